//! A letter to the issuer of a credential that does not verify, in words its registrar understands.

use cairn_domain::RecordId;
use serde::Serialize;

use super::{Held, KeptVerdict};
use crate::documents::Verdict;
use crate::{App, AppError, Result};

/// A letter that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Letter {
    /// The issuer's e-mail address as the credential gives it; empty where it gives none.
    pub to: String,
    /// What it is about, in one line.
    pub subject: String,
    /// The letter.
    pub body: String,
}

/// What a letter is about.
struct Matter<'m> {
    /// The learner's name; may be empty.
    learner: &'m str,
    /// What the credential calls itself.
    title: &'m str,
    /// When it says it was awarded; may be empty.
    awarded: &'m str,
    held: &'m Held,
    verdict: &'m KeptVerdict,
}

impl App {
    /// A letter to the issuer of a received credential, saying what is wrong and what would mend it.
    ///
    /// # Errors
    /// `not-held`; `nothing-to-complain` where it is valid.
    pub fn letter(&self, id: RecordId) -> Result<Letter> {
        let page = self.held(id)?;
        let verdict = match page.verdict {
            Some(verdict) => verdict,
            None => self.check_one(id)?,
        };
        if verdict.verdict == Verdict::Valid {
            return Err(AppError::new(
                "nothing-to-complain",
                "This credential is valid, so there is nothing to write to its issuer about.",
            ));
        }
        let learner = self.learner()?.name;
        let title = page.view.name.clone().unwrap_or_else(|| page.held.name.clone());
        let dates = &page.view.dates;
        let matter = Matter {
            learner: &learner,
            title: &title,
            awarded: dates.awarded.as_deref().or(dates.valid_from.as_deref()).and_then(|date| date.get(..10)).unwrap_or_default(),
            held: &page.held,
            verdict: &verdict,
        };
        Ok(Letter { to: page.view.issuer.email.clone().unwrap_or_default(), subject: matter.subject(), body: matter.body() })
    }
}

impl Matter<'_> {
    fn subject(&self) -> String {
        let about = match self.verdict.verdict {
            Verdict::Expired => "has expired",
            Verdict::Revoked => "is marked as withdrawn",
            Verdict::NotYetValid => "is not valid yet",
            Verdict::Invalid => "does not verify",
            Verdict::Valid | Verdict::CannotCheck => "cannot be verified",
        };
        format!("My credential “{}” {about}", self.title)
    }

    fn body(&self) -> String {
        let Matter { title, held, verdict, .. } = self;
        let mut letter = String::from("Dear registrar,\n\n");
        letter.push_str(&format!("you issued me the digital credential “{title}”. When I check the file, this is what I am told:\n\n"));
        letter.push_str(&format!("    {}\n\n", verdict.reason));
        letter.push_str(&self.meaning());
        letter.push_str(&format!("\n\n{}\n\nSo that you can find it:\n\n", self.request()));
        let issuer = held.issuer.as_ref();
        let facts = [
            ("Credential", *title),
            ("Awarded", self.awarded),
            ("Awarded to", self.learner),
            ("Issuer", issuer.and_then(|issuer| issuer.name.as_deref()).unwrap_or_default()),
            ("Issuer's identifier", issuer.map(|issuer| issuer.id.as_str()).unwrap_or_default()),
            ("The credential's identifier", held.credential_id.as_str()),
            ("The file I received", held.name.as_str()),
            ("Its SHA-256", held.sha256.as_str()),
            ("Checked on", verdict.at.get(..10).unwrap_or_default()),
            ("Reason code", verdict.detail.code.as_str()),
        ];
        for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            letter.push_str(&format!("    {name}: {value}\n"));
        }
        letter.push_str("\nI attach the file as I received it.\n\nKind regards");
        if !self.learner.is_empty() {
            letter.push_str(&format!("\n{}", self.learner));
        }
        letter.push('\n');
        letter
    }

    /// What the finding means for whoever holds the credential.
    fn meaning(&self) -> String {
        let code = self.verdict.detail.code.as_str();
        let meaning = match (self.verdict.verdict, code) {
            (_, "signature-mismatch" | "contents-differ" | "context-changed") => {
                "The file says something else than what was signed, or it was changed on its way: the signature no longer fits the text."
            }
            (_, "not-issuers-key") => "The file names you as its issuer, but the key that signed it is not one that you publish as yours.",
            (Verdict::Expired, _) => "The period for which you issued it has passed.",
            (Verdict::Revoked, _) => {
                return match self.verdict.detail.params.get("why").and_then(serde_json::Value::as_str) {
                    Some(why) => {
                        format!("You have taken it back or suspended it, and the reason that stands there is “{why}”. Nobody told me.")
                    }
                    None => "You have taken it back or suspended it. Nobody told me why.".to_owned(),
                };
            }
            (Verdict::NotYetValid, _) => "Its validity begins on a later date than today.",
            (_, "no-proof") => "The file carries no signature, so nobody can tell that it comes from you.",
            (_, "unknown-key" | "key-unreachable") => {
                "Your public key is not at hand where the file says it can be found, so the signature cannot be compared with it."
            }
            (_, "unknown-status" | "status-unreachable") => {
                "The list on which you say whether a credential still stands was not at hand, so nobody can tell whether it does."
            }
            (Verdict::Invalid, _) => "Programs that check such files will therefore refuse it, whoever shows it to them.",
            _ => "So neither I nor an employer can confirm that it comes from you and still stands.",
        };
        meaning.to_owned()
    }

    /// What would mend it.
    fn request(&self) -> &'static str {
        let code = self.verdict.detail.code.as_str();
        match (self.verdict.verdict, code) {
            (Verdict::Expired, _) => "Please tell me how I renew it, or send me the renewed credential if it has been renewed already.",
            (Verdict::Revoked, _) => "Please tell me more of the reason. If it was a mistake, please restore it or issue it again.",
            (Verdict::NotYetValid, _) => "Please tell me whether that date is meant; if not, please send me a corrected credential.",
            (_, "not-issuers-key") => {
                "Please confirm whether this credential is yours. If it is, please publish the key it was signed with, or issue it again with a key that you publish."
            }
            (_, "unknown-key" | "key-unreachable") => {
                "Please make your key document available again at its address, or send it to me as a file."
            }
            (_, "unknown-status" | "status-unreachable") => {
                "Please make your status list available again at its address, or send it to me as a file."
            }
            (_, "no-proof") => "Please send me the signed credential.",
            _ => "Please issue the credential again, and let the system it came from check it before it leaves.",
        }
    }
}
