//! Where a learner's vault lies when nobody says.

use std::path::PathBuf;

/// The folder named on the command line, or in `CAIRN_VAULT`, or `cairn` in the system's folder for data.
pub fn vault(named: Option<PathBuf>) -> PathBuf {
    named
        .or_else(|| std::env::var_os("CAIRN_VAULT").filter(|value| !value.is_empty()).map(PathBuf::from))
        .or_else(|| dirs::data_dir().map(|data| data.join("cairn")))
        .unwrap_or_else(|| PathBuf::from("cairn-vault"))
}
