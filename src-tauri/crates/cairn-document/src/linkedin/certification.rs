//! "Licenses & certifications", field by field, and the link that opens its form filled in.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::{Counted, Limits};
use crate::prose;

/// A year, or a month of it. LinkedIn knows no days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct YearMonth {
    /// The year (Gregorian).
    pub year: i32,
    /// The month, 1 to 12.
    pub month: Option<u8>,
}

/// A credential as records have it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Certification {
    /// The record behind it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Who awarded it.
    pub organisation: String,
    /// When it was awarded.
    pub issued: Option<YearMonth>,
    /// When it ends; `None` where it does not.
    pub expires: Option<YearMonth>,
    /// The issuer's number for it.
    pub credential_id: String,
    /// Where it can be seen.
    pub url: String,
    /// The skills it backs.
    pub skills: Vec<String>,
}

/// A credential as LinkedIn's form takes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Filled {
    /// The record behind it.
    pub id: String,
    /// Name.
    pub name: Counted,
    /// Issuing organization.
    pub organisation: Counted,
    /// Issue date.
    pub issued: Option<YearMonth>,
    /// Expiration date.
    pub expires: Option<YearMonth>,
    /// Credential ID.
    pub credential_id: Counted,
    /// Credential URL.
    pub url: Counted,
    /// Skills.
    pub skills: Vec<String>,
    /// Opens LinkedIn's form with these fields; see [`add_to_profile_url`].
    pub add_url: String,
}

/// The form's fields for a credential.
pub fn certification(it: &Certification, limits: &Limits) -> Filled {
    Filled {
        id: it.id.clone(),
        name: Counted::new(prose::line(&it.name), limits.title),
        organisation: Counted::new(prose::line(&it.organisation), limits.title),
        issued: it.issued,
        expires: it.expires,
        credential_id: Counted::new(prose::line(&it.credential_id), limits.credential_id),
        url: Counted::new(prose::address(&it.url).unwrap_or_default(), limits.url),
        skills: prose::lines(it.skills.iter().map(String::as_str)),
        add_url: add_to_profile_url(it),
    }
}

/// What a query keeps as it is: the unreserved characters of RFC 3986, section 2.3.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// LinkedIn's "add to profile" address for a credential: months count from 1, fields without a value are left out.
pub fn add_to_profile_url(it: &Certification) -> String {
    let date = |at: Option<YearMonth>| {
        let month = at.and_then(|at| at.month).filter(|month| (1..=12).contains(month));
        (at.map(|at| at.year.to_string()).unwrap_or_default(), month.map(|month| month.to_string()).unwrap_or_default())
    };
    let (issue_year, issue_month) = date(it.issued);
    let (expiration_year, expiration_month) = date(it.expires);
    let fields = [
        ("name", prose::line(&it.name)),
        ("organizationName", prose::line(&it.organisation)),
        ("issueYear", issue_year),
        ("issueMonth", issue_month),
        ("expirationYear", expiration_year),
        ("expirationMonth", expiration_month),
        ("certUrl", prose::address(&it.url).unwrap_or_default().to_owned()),
        ("certId", prose::line(&it.credential_id)),
    ];
    let mut url = String::from("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME");
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        url.extend(["&", name, "="]);
        url.extend(utf8_percent_encode(&value, ENCODED));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cka() -> Certification {
        Certification {
            id: "1".into(),
            name: "C++ & Réseaux: 100 %".into(),
            organisation: "Example #1".into(),
            issued: Some(YearMonth { year: 2026, month: Some(1) }),
            expires: Some(YearMonth { year: 2029, month: None }),
            credential_id: "A/7=x".into(),
            url: "https://example.org/c?a=1&b=2".into(),
            skills: vec!["Rust".into(), " ".into()],
        }
    }

    #[test]
    fn the_link_counts_months_from_one_and_escapes_everything() {
        assert_eq!(
            add_to_profile_url(&cka()),
            "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=C%2B%2B%20%26%20R%C3%A9seaux%3A%20100%20%25\
             &organizationName=Example%20%231&issueYear=2026&issueMonth=1&expirationYear=2029\
             &certUrl=https%3A%2F%2Fexample.org%2Fc%3Fa%3D1%26b%3D2&certId=A%2F7%3Dx"
        );
    }

    #[test]
    fn what_is_not_known_is_not_in_the_link() {
        let named = Certification { name: "CKA".into(), url: "javascript:alert(1)".into(), ..Certification::default() };
        assert_eq!(add_to_profile_url(&named), "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=CKA");
    }

    #[test]
    fn each_field_is_counted_against_its_limit() {
        let filled = certification(&Certification { name: "n".repeat(101), ..cka() }, &Limits::default());
        assert!(!filled.name.fits() && filled.organisation.fits() && filled.url.fits());
        assert_eq!((filled.name.limit, filled.url.limit, filled.skills), (100, 256, vec!["Rust".to_owned()]));
    }
}
