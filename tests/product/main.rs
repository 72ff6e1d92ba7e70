//! The product from outside: every test runs the built program as a person at a shell would, on a vault of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where something is not as it should be")]

mod backup;
mod bad_input;
mod crash;
mod documents;
mod harness;
mod history;
mod keys;
mod migration;
mod path;
mod places;
mod privacy;
mod records;
mod two;
mod wallet;
