//! The résumé as pictures, and that the same résumé is the same document.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use cairn_document::{Attached, Compiler, Warning};
use common::{created, people, person};

#[test]
fn pages_fetch_nothing_and_run_nothing() {
    let compiler = Compiler::new();
    for name in people() {
        for page in compiler.resume_svg_pages(&person(&name)).unwrap().pages {
            assert!(page.starts_with("<svg") && page.ends_with("</svg>"), "{name}");
            for risk in ["<script", "<style", " style=", "<foreignObject", "<text", " on", "@import", "url(http"] {
                assert!(!page.contains(risk), "{name} has {risk}");
            }
        }
    }
}

#[test]
fn more_than_two_pages_are_spoken_of() {
    let compiler = Compiler::new();
    let long = compiler.resume_svg_pages(&person("long")).unwrap();
    assert_eq!(long.pages.len(), 3);
    assert_eq!(long.warnings, [Warning::ManyPages { pages: 3 }]);
    let engineer = compiler.resume_svg_pages(&person("engineer")).unwrap();
    assert_eq!((engineer.pages.len(), engineer.warnings), (1, vec![]));
}

#[test]
fn the_same_resume_is_the_same_bytes_whatever_was_set_before() {
    let compiler = Compiler::new();
    let engineer = person("engineer");
    let first = compiler.resume_pdf(&engineer, &[Attached::json_resume(b"{}".to_vec())], created()).unwrap();
    for other in people() {
        compiler.resume_svg_pages(&person(&other)).unwrap();
    }
    assert!(first == compiler.resume_pdf(&engineer, &[Attached::json_resume(b"{}".to_vec())], created()).unwrap());
    assert!(first == Compiler::new().resume_pdf(&engineer, &[Attached::json_resume(b"{}".to_vec())], created()).unwrap());
}

#[test]
fn one_compiler_serves_many_at_once() {
    let compiler = Compiler::new();
    let alone: Vec<_> = people().iter().map(|name| compiler.resume_svg_pages(&person(name)).unwrap()).collect();
    std::thread::scope(|scope| {
        for (name, alone) in people().into_iter().zip(&alone) {
            let compiler = &compiler;
            scope.spawn(move || assert!(compiler.resume_svg_pages(&person(&name)).unwrap() == *alone, "{name}"));
        }
    });
}
