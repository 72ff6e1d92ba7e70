//! SVG pictures with a badge in them, and a badge put into them.
#![no_main]

use cairn_fuzz::{read, seeds};
use cairn_proof::bake::{Generation, svg};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: seeds::write("svg", seeds::svg()), |bytes: &[u8]| {
    read("badge.svg", bytes);
    for generation in [Generation::OpenBadges2, Generation::OpenBadges3] {
        for text in ["{\"a\":\"]]>\"}", "https://school.example/1"] {
            if let Ok(baked) = svg::write(bytes, text, generation) {
                // What was put in comes out again, and nothing else.
                let found = svg::read(&baked).ok().flatten();
                assert_eq!(found.map(|found| found.text).as_deref(), Some(text));
            }
        }
    }
});
