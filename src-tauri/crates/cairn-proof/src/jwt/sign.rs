//! A credential as JWT with EdDSA, in the form of Open Badges 3.0 §8.2: the credential is the payload, with `iss`, `jti`,
//! `nbf`, `sub` and `exp` beside its members.

use super::JwtError;
use crate::keys::SigningKey;
use crate::{date, jcs};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

/// Signs a credential of the key's own `did:key`. An embedded proof is left out: the token is the proof.
pub fn sign(credential: &Map<String, Value>, key: &SigningKey) -> Result<String, JwtError> {
    let id = |value: Option<&Value>| {
        value.and_then(|value| value.as_str().or_else(|| value.get("id").and_then(Value::as_str))).map(str::to_owned)
    };
    let issuer = key.did().to_string();
    if id(credential.get("issuer")).as_deref() != Some(&issuer) {
        return Err(JwtError::NotTheSigner);
    }
    let mut payload = credential.clone();
    payload.remove("proof");
    payload.insert("iss".into(), issuer.into());
    payload.extend(id(credential.get("id")).map(|id| ("jti".to_owned(), id.into())));
    payload.extend(id(credential.get("credentialSubject")).map(|id| ("sub".to_owned(), id.into())));
    for (claim, members) in [("nbf", ["validFrom", "issuanceDate"]), ("exp", ["validUntil", "expirationDate"])] {
        for member in members {
            let Some(value) = credential.get(member) else { continue };
            let date = value.as_str().and_then(date::parse).ok_or(JwtError::Date(member))?;
            payload.insert(claim.into(), date.timestamp().into());
        }
    }
    let header = json!({"alg": "EdDSA", "kid": key.did().verification_method(), "typ": "JWT"});
    let encode = |value: &Value| -> Result<String, JwtError> {
        // Canonical, so that the same credential and key give the same token.
        Ok(URL_SAFE_NO_PAD.encode(jcs::canonicalize(value).map_err(|_| JwtError::NotAnObject("payload"))?))
    };
    let signed = format!("{}.{}", encode(&header)?, encode(&Value::Object(payload))?);
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    Ok(format!("{signed}.{signature}"))
}
