//! The page that checks a packet in a browser, without Cairn and without a network.
//!
//! It is built from `verify-page/` (`npm run build` there) and committed, so that cargo needs no npm.

/// The page, one HTML file with everything it needs inside. It opens from disk; its own policy lets nothing be fetched.
pub const VERIFY_PAGE: &str = include_str!("../../verify-page/verify.html");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_page_is_built_from_the_sources_beside_it() {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut sources = BTreeMap::new();
        for name in ["build.mjs", "index.html", "package-lock.json", "package.json"] {
            sources.insert(format!("verify-page/{name}"), crate_folder.join("verify-page").join(name));
        }
        for folder in ["verify-page/src", "src/jsonld/contexts"] {
            for entry in fs::read_dir(crate_folder.join(folder)).unwrap().map(|entry| entry.unwrap()) {
                sources.insert(format!("{folder}/{}", entry.file_name().to_str().unwrap()), entry.path());
            }
        }
        let lines: String =
            sources.iter().map(|(name, path)| format!("{name}\0{}\n", hex(Digest::of(&fs::read(path).unwrap()).as_bytes()))).collect();
        let noted = format!("<meta name=\"cairn-sources\" content=\"{}\">", hex(Digest::of(lines.as_bytes()).as_bytes()));
        assert!(VERIFY_PAGE.contains(&noted), "verify.html is stale: run `npm ci && npm run build` in verify-page");
    }

    #[test]
    fn the_page_is_small_and_may_fetch_nothing() {
        assert!(VERIFY_PAGE.len() < 1_500_000);
        assert!(VERIFY_PAGE.contains("content=\"default-src 'none'; script-src 'sha256-"));
        assert!(!VERIFY_PAGE.contains("unsafe-"));
    }
}
