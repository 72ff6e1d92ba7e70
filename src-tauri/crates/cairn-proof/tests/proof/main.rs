//! Credentials and packets from outside: what is written verifies, what is touched is named, what is hostile is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod changes;
mod co_signed;
mod complete;
mod credentials;
mod dcc;
mod exports;
mod files;
mod hostile;
mod interop;
mod issue;
mod journey;
mod mutations;
mod said;
mod sample;
mod tokens;
