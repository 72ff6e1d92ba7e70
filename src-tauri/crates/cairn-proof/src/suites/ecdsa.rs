//! The cryptosuites `ecdsa-rdfc-2019` and `ecdsa-jcs-2019` (W3C Data Integrity ECDSA Cryptosuites 1.0 §3.2, §3.3): as their
//! Ed25519 siblings, with P-256 and SHA-256 or P-384 and SHA-384. Cairn checks them and signs with neither.

/// The suite over canonical RDF.
pub const RDFC: &str = "ecdsa-rdfc-2019";

/// The suite over canonical JSON.
pub const JCS: &str = "ecdsa-jcs-2019";
