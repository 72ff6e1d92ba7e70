//! Backups, the doctor, and what the vault is.
