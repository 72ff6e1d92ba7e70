//! Declares each command of the window by name, so that each must be granted, and lays a page where there is no UI yet.

use std::error::Error;
use std::fs;
use std::path::Path;

const HANDLER: &str = "src-tauri/src/window/commands/mod.rs";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={HANDLER}");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist");
    // `generate_context!` wants a page to embed, also where only the command line is being checked.
    if !Path::new("ui/dist/index.html").exists() {
        fs::create_dir_all("ui/dist")?;
        fs::write("ui/dist/index.html", "<!doctype html><title>Cairn</title><p>Run <code>make build</code> to build the window.</p>")?;
    }
    // The names live in one place, the handler; leaked because tauri-build wants them for the length of the program.
    let handler: &'static str = fs::read_to_string(HANDLER)?.leak();
    let commands: Vec<&'static str> =
        handler.lines().filter_map(|line| line.trim().strip_suffix(',')?.split_once("::").map(|(_, name)| name)).collect();
    let manifest = tauri_build::AppManifest::new().commands(commands.leak());
    tauri_build::try_build(
        tauri_build::Attributes::new().app_manifest(manifest).capabilities_path_pattern("./src-tauri/capabilities/**/*"),
    )?;
    Ok(())
}
