//! Packets: the archive as it comes; and the bytes as claims, as credential, as materials and lines of a packet that is signed.
#![no_main]

use cairn_fuzz::{key, mend, now, object, read, seeds};
use cairn_proof::packet::{self, Contents};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use std::ops::ControlFlow;

fuzz_target!(init: seeds::write("packet", seeds::packet()), |bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return read("packet.cairn", &mend::zip(bytes));
    }
    // A manifest that nobody signed.
    read("unsigned.cairn", &seeds::archive(&[("evidence/1-a.txt", b"a"), ("manifest.json", bytes)]));
    let subject = object(bytes).unwrap_or_else(seeds::subject);
    for name in ["credentials/01-a.json", "materials/index.json", "lines.json", "verdicts.json"] {
        let contents = Contents { attachments: seeds::attached(name, bytes), page: false, ..Contents::new(seeds::claims(subject.clone())) };
        let mut out = Cursor::new(Vec::new());
        if packet::write(contents, &key(), now(), &mut out, &mut |_| ControlFlow::Continue(())).is_ok() {
            read("signed.cairn", out.get_ref());
        }
    }
});
