//! Cairn's one program: the window where no command is given, the command line otherwise. Both call `cairn-app`.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod cli;
mod logs;
mod place;
mod window;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let vault = place::vault(arguments.vault.clone());
    match arguments.command {
        Some(command) => cli::run(command, &vault, arguments.json),
        None => window::run(vault),
    }
}
