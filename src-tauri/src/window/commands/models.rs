//! What is seen across records.

use cairn_app::Result;
use cairn_app::money::MoneyOverview;
use cairn_app::skills::BackedSkill;
use cairn_app::study::Week;
use cairn_app::today::Today;
use chrono::{Local, NaiveDate};
use tauri::State;

use crate::window::shell::Shell;

#[tauri::command(async)]
pub fn today(shell: State<'_, Shell>, day: NaiveDate) -> Result<Today> {
    shell.app()?.today(day)
}

#[tauri::command(async)]
pub fn money(shell: State<'_, Shell>) -> Result<MoneyOverview> {
    shell.app()?.money(Local::now().date_naive())
}

#[tauri::command(async)]
pub fn week(shell: State<'_, Shell>, from: NaiveDate) -> Result<Week> {
    shell.app()?.week(from)
}

#[tauri::command(async)]
pub fn skill_backing(shell: State<'_, Shell>) -> Result<Vec<BackedSkill>> {
    shell.app()?.skill_backing()
}
