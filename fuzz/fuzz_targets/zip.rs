//! Archives, checksums put right; and the bytes as a file inside an archive and as an attachment of a PDF.
#![no_main]

use cairn_fuzz::{mend, read, seeds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: seeds::write("zip", seeds::zip()), |bytes: &[u8]| {
    let archive = mend::zip(bytes);
    read("archive.zip", &archive);
    read("outer.zip", &seeds::archive(&[("inner.zip", &archive), ("badge.json", bytes)]));
    read("document.pdf", &seeds::pdf(&archive));
});
