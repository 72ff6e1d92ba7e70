//! The one place where Cairn uses the network: fetching a key document or a status list that the learner asked for.

use std::io::Read;
use std::time::Duration;

use ureq::Agent;
use ureq::http::Uri;

/// How long one document may take in all.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a host may take to answer the first call.
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(8);
/// The largest document that is read, in bytes: a status list of 2^24 entries, and more.
const LARGEST: u64 = 4 << 20;
/// How often a host may send us elsewhere within itself.
const MOST_REDIRECTS: u32 = 3;

/// Why a document was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    /// The address is none.
    #[error("{0} is not an address on the web")]
    NotAnAddress(String),
    /// The address is not protected.
    #[error("{0} is not protected (https), so anybody on the way could change the answer")]
    NotProtected(String),
    /// The host sends us to another one.
    #[error("it sends the request on to another place ({0}), which you have not been asked about")]
    SentElsewhere(String),
    /// The host answered, but not with the document.
    #[error("it answered with the error {0}")]
    Refused(u16),
    /// The document is larger than any should be.
    #[error("its answer is larger than {} MiB", LARGEST >> 20)]
    TooLarge,
    /// The host took too long.
    #[error("it took too long to answer")]
    TooSlow,
    /// The host was not reached.
    #[error("it could not be reached: {0}")]
    NotReached(String),
}

impl Problem {
    /// Its name in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::NotAnAddress(_) => "not-an-address",
            Problem::NotProtected(_) => "not-protected",
            Problem::SentElsewhere(_) => "sent-elsewhere",
            Problem::Refused(_) => "refused",
            Problem::TooLarge => "too-large",
            Problem::TooSlow => "too-slow",
            Problem::NotReached(_) => "not-reached",
        }
    }
}

/// A client that sends nothing but the request: no cookies, no name of the learner or the vault.
pub(crate) fn client() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .timeout_connect(Some(PATIENCE_TO_CONNECT))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent("cairn")
        .accept("application/json, application/ld+json, application/jwt, */*;q=0.1")
        .build()
        .new_agent()
}

/// What stands at `url`. Only https is asked, and http on this machine itself; a redirect is followed within the same host.
pub(crate) fn fetch(client: &Agent, url: &str) -> Result<Vec<u8>, Problem> {
    let mut address = parsed(url)?;
    for _ in 0..=MOST_REDIRECTS {
        let mut answer = client.get(address.clone()).call().map_err(|error| not_reached(&error))?;
        let status = answer.status();
        if status.is_redirection() {
            let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
            address = within(&address, to)?;
            continue;
        }
        if !status.is_success() {
            return Err(Problem::Refused(status.as_u16()));
        }
        let mut bytes = Vec::new();
        let read = answer.body_mut().as_reader().take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(
            |error| if error.kind() == std::io::ErrorKind::TimedOut { Problem::TooSlow } else { Problem::NotReached(error.to_string()) },
        )?;
        return if bytes.len() as u64 > LARGEST { Err(Problem::TooLarge) } else { Ok(bytes) };
    }
    Err(Problem::SentElsewhere(url.to_owned()))
}

/// An address that may be asked.
fn parsed(url: &str) -> Result<Uri, Problem> {
    let address: Uri = url.parse().map_err(|_| Problem::NotAnAddress(url.to_owned()))?;
    let host = address.host().unwrap_or_default();
    match address.scheme_str() {
        _ if host.is_empty() || address.authority().is_some_and(|authority| authority.as_str().contains('@')) => {
            Err(Problem::NotAnAddress(url.to_owned()))
        }
        Some("https") => Ok(address),
        Some("http") if is_this_machine(host) => Ok(address),
        Some("http") => Err(Problem::NotProtected(url.to_owned())),
        _ => Err(Problem::NotAnAddress(url.to_owned())),
    }
}

/// Where `from` sends us, if that is the same host in the same way.
fn within(from: &Uri, to: &str) -> Result<Uri, Problem> {
    let elsewhere = || Problem::SentElsewhere(cairn_domain::text::shown_safely(to));
    let origin = format!("{}://{}", from.scheme_str().unwrap_or("https"), from.authority().map(|it| it.as_str()).unwrap_or_default());
    let absolute = if to.starts_with('/') && !to.starts_with("//") { format!("{origin}{to}") } else { to.to_owned() };
    let address = parsed(&absolute).map_err(|_| elsewhere())?;
    let same = address.scheme() == from.scheme() && address.authority() == from.authority();
    if same { Ok(address) } else { Err(elsewhere()) }
}

/// Whether a host is this machine itself (loopback).
pub(crate) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn not_reached(error: &ureq::Error) -> Problem {
    match error {
        ureq::Error::Timeout(_) => Problem::TooSlow,
        other => Problem::NotReached(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_protected_addresses_are_asked_and_this_machine_itself() {
        for asked in ["https://example.org/did.json", "http://127.0.0.1:8080/x", "http://localhost:1/x", "http://[::1]:9/x"] {
            assert!(parsed(asked).is_ok(), "{asked}");
        }
        for refused in ["http://example.org/", "ftp://example.org/", "file:///etc/passwd", "example.org", "https://", "https://a@b.org/"] {
            assert!(parsed(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn a_redirect_stays_within_its_host() {
        let from = parsed("https://example.org/a").unwrap();
        assert_eq!(within(&from, "/b").unwrap(), "https://example.org/b");
        assert_eq!(within(&from, "https://example.org/c").unwrap(), "https://example.org/c");
        for elsewhere in ["https://example.com/c", "//example.com/c", "http://example.org/c", "https://example.org:444/c", ""] {
            assert!(matches!(within(&from, elsewhere), Err(Problem::SentElsewhere(_))), "{elsewhere}");
        }
    }
}
