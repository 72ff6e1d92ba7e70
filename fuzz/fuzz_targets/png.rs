//! PNG pictures with a badge in them, checksums put right; and a badge put into them.
#![no_main]

use cairn_fuzz::{mend, read, seeds};
use cairn_proof::bake::{Generation, png};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: seeds::write("png", seeds::png()), |bytes: &[u8]| {
    let picture = mend::png(bytes);
    read("badge.png", &picture);
    for generation in [Generation::OpenBadges2, Generation::OpenBadges3] {
        if let Ok(baked) = png::write(&picture, "{\"a\":1}", generation) {
            // What was put in comes out again, and nothing else.
            let found = png::read(&baked).ok().flatten();
            assert_eq!(found.map(|found| found.text).as_deref(), Some("{\"a\":1}"));
        }
    }
});
