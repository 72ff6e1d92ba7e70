//! Says where a vault's signing key is kept, making it on first use: `cargo run --example key_home -- VAULT`.

use cairn_proof::{KeyHome, KeyStore};
use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let vault = PathBuf::from(std::env::args_os().nth(1).ok_or("name the vault's folder")?);
    let started = Instant::now();
    let held = KeyStore::open(&vault).learner_key()?;
    let home = match held.home {
        KeyHome::Keychain => "the system's keychain".to_owned(),
        KeyHome::File(path) => path.display().to_string(),
    };
    let made = if held.created { "made" } else { "found" };
    println!("{} {made} in {home} within {} ms", held.key.did(), started.elapsed().as_millis());
    Ok(())
}
