//! `did:web`: an issuer named by a place on the web, and where its key document is published (did:web Method §3.2).

/// The address of the DID's document: `https`, or `http` where the host is this computer itself. None for another DID, or one
/// whose host or path could lead elsewhere.
pub fn document_url(did: &str) -> Option<String> {
    let name = did.strip_prefix("did:web:")?;
    let mut parts = name.split(':');
    let host = parts.next()?.replace("%3A", ":").replace("%3a", ":");
    let path: Vec<&str> = parts.collect();
    let host_is_plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let segment_is_plain = |segment: &&str| {
        let plain = segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._~-%!$'()*+,;=@".contains(&byte));
        plain && !segment.is_empty() && *segment != "." && *segment != ".."
    };
    if host.is_empty() || !host_is_plain || !path.iter().all(segment_is_plain) {
        return None;
    }
    let scheme = if is_loopback(&host) { "http" } else { "https" };
    let path = if path.is_empty() { ".well-known".to_owned() } else { path.join("/") };
    Some(format!("{scheme}://{host}/{path}/did.json"))
}

/// Whether a host, with or without a port, is this computer.
pub(crate) fn is_loopback(host: &str) -> bool {
    let name = if host.starts_with('[') { host.split(']').next().unwrap_or(host) } else { host.split(':').next().unwrap_or(host) };
    matches!(name, "localhost" | "127.0.0.1" | "[::1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_did_tells_where_its_document_is() {
        let url = |did| document_url(did).unwrap_or_default();
        assert_eq!(url("did:web:w3c-ccg.github.io"), "https://w3c-ccg.github.io/.well-known/did.json");
        assert_eq!(url("did:web:w3c-ccg.github.io:user:alice"), "https://w3c-ccg.github.io/user/alice/did.json");
        assert_eq!(url("did:web:example.com%3A3000:user:alice"), "https://example.com:3000/user/alice/did.json");
        assert_eq!(url("did:web:localhost%3A8080"), "http://localhost:8080/.well-known/did.json");
        assert_eq!(url("did:web:localhost.example.com"), "https://localhost.example.com/.well-known/did.json");
    }

    #[test]
    fn a_did_that_could_lead_elsewhere_has_no_address() {
        for did in [
            "did:key:z6Mk",
            "did:web:",
            "did:web:a..b/../c",
            "did:web:user@evil.example",
            "did:web:a:..:b",
            "did:web:a::b",
            "did:web:a%2Fb",
        ] {
            assert_eq!(document_url(did), None, "{did}");
        }
    }
}
