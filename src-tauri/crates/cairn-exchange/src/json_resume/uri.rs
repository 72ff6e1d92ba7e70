//! Addresses as JSON Schema's format `uri` asks for them (RFC 3986, section 3).

/// `address` as a URI: what RFC 3986 does not allow is percent-encoded. `None` where it still would not be one.
pub(super) fn encoded(address: &str) -> Option<String> {
    let mut uri = String::with_capacity(address.len());
    let mut fragment = false;
    let chars = address.char_indices();
    for (at, c) in chars {
        let hex = |offset| address.as_bytes().get(at + offset).is_some_and(u8::is_ascii_hexdigit);
        let kept = match c {
            '#' => !std::mem::replace(&mut fragment, true),
            '%' => hex(1) && hex(2),
            _ => c.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(c),
        };
        if kept {
            uri.push(c);
        } else {
            let mut bytes = [0; 4];
            uri.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    is_uri(&uri).then_some(uri)
}

/// Whether the authority, where there is one, has its shape; the characters are known to be allowed.
fn is_uri(uri: &str) -> bool {
    let Some((_, rest)) = uri.split_once("://") else { return uri.contains(':') };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    !host.is_empty() && !host.contains('@') && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether JSON Schema's format `email` takes `address`: a plain local part and a domain with a dot (RFC 5321 allows more).
pub(super) fn is_plain_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let dotted = |text: &str, allowed: fn(char) -> bool| text.split('.').all(|part| !part.is_empty() && part.chars().all(allowed));
    let label = |part: &str| !part.starts_with('-') && !part.ends_with('-') && part.len() <= 63;
    dotted(local, |c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c))
        && dotted(domain, |c| c.is_ascii_alphanumeric() || c == '-')
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_uri_may_not_hold_is_encoded() {
        for (address, uri) in [
            ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("https://example.org/ü|[1]#a#b", "https://example.org/%C3%BC%7C%5B1%5D#a%23b"),
            ("https://example.org/100%", "https://example.org/100%25"),
            ("https://example.org/%C3%BC", "https://example.org/%C3%BC"),
            ("mailto:a@example.org", "mailto:a@example.org"),
        ] {
            assert_eq!(encoded(address).as_deref(), Some(uri));
        }
    }

    #[test]
    fn what_cannot_be_one_is_left_out() {
        for address in ["https://a:b:c/", "https://[::1]/", "https:///path", "https://a@b@c/"] {
            assert_eq!(encoded(address), None, "{address}");
        }
    }

    #[test]
    fn mail_addresses_that_schema_checkers_refuse_are_known() {
        assert!(is_plain_email("ana.o'neil+cv@mail.example.org"));
        for address in ["ana@localhost", "ü@example.org", "a..b@example.org", "a@b@c.org", "a@-b.org", "@b.org"] {
            assert!(!is_plain_email(address), "{address}");
        }
    }
}
