//! Other people's files into the vault.
