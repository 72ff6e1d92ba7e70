//! Verifiable credentials: bytes to a verdict, claims to signed bytes. Offline always.
//!
//! ```text
//! claims, files, SigningKey ──packet::write──▶ .cairn ──verify──▶ Report (verdict, reason, what was changed)
//!                              credential as JSON ──verify──▶ Report
//! ```
//!
//! A **packet** is a ZIP with `manifest.json`, a W3C Verifiable Credential signed with `eddsa-jcs-2022` by the learner's own
//! `did:key`, and the files that its `relatedResource` list binds by SHA-256: [`packet::write`] makes one, [`verify`] reads any
//! file and says what it found. Both stream, report progress, and stop when told to.
//!
//! A [`Report`] rests on one [`Reason`]; the reason decides the [`Verdict`], the sentence and the next step, so that no verdict
//! stands without its why. Programs that word it themselves take the reason's code and parameters.
//!
//! The key comes from a [`KeyStore`]: the system's keychain where one answers, else a file of mode 0600 in the vault.
//!
//! A **credential** is checked in `credential`: form, every proof with its key ([`issuer_keys`]), dates, status ([`status`]),
//! each as a [`Check`] of its own. What issuers signed as RDF is read by [`jsonld`] in safe mode with contexts that travel with
//! Cairn, and canonicalised by [`rdfc`]; the [`suites`] differ in form, hash and key alone.
//!
//! Below lie the standards, each in its file: [`multibase`], [`digest`] (`digestMultibase`), [`did_key`], [`json`] (what is
//! refused before any signature is looked at), [`jcs`]. A further cryptosuite is a file in `suites` and an arm of
//! [`suites::Suite`]; a further context is a file in `jsonld/contexts`; a further kind of file is an arm in `detect`.
//!
//! ```ignore
//! let held = KeyStore::open(&vault_dir).learner_key()?;
//! let id = PacketId(Uuid::now_v7());
//! let name = EntryName::evidence(1, "photo.png");
//! let subject = /* a JSON object that points to the photo as id.resource(&name) */;
//! let claims = Claims { id, title: None, issuer_name: Some("Ada".into()), subject, valid_until: None };
//! let files = [Attachment { name, media_type: "image/png".into(), source: Source::Path(photo) }];
//! let contents = Contents { attachments: files.into(), ..Contents::new(claims) };
//! packet::write(contents, &held.key, Utc::now(), &mut file, &mut |_| ControlFlow::Continue(()))?;
//! let report = verify("ada.cairn", file, &Materials::new(), Utc::now(), &mut |_| ControlFlow::Continue(()))?;
//! ```
//!
//! The clock is always handed in, nothing is fetched, and nothing is written while verifying.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod bake;
mod credential;
mod date;
mod detect;
pub mod did_key;
pub mod did_web;
pub mod digest;
pub mod evidence;
pub mod identity;
pub mod issue;
pub mod issuer_keys;
pub mod jcs;
pub mod json;
pub mod jsonld;
pub mod jwt;
pub mod keys;
mod materials;
pub mod multibase;
mod needed;
mod open_badges_2;
pub mod opened;
pub mod packet;
pub mod public_key;
pub mod rdfc;
mod reason;
mod report;
mod said;
pub mod status;
pub mod suites;
mod text;
#[cfg(test)]
mod vectors;
pub mod view;

pub use detect::{verify, verify_bytes, verify_item};
pub use did_key::DidKey;
pub use keys::{KeyHome, KeyStore, LearnerKey, SigningKey};
pub use materials::{Material, MaterialKind, Materials};
pub use needed::{Needed, needed};
pub use reason::{Reason, Verdict};
pub use report::{Check, Issuer, LineReport, Part, ProofReport, Recorded, Report, Used};
pub use suites::eddsa_jcs_2022;
pub use text::shown;

/// Why verification ended without a report.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The file could not be read.
    #[error("the file could not be read: {0}")]
    Read(#[from] std::io::Error),
    /// The caller stopped it.
    #[error("the verification was stopped")]
    Cancelled,
}
