//! Today on the command line: what is next, what is unfinished, what has grown, in the window's words.

use cairn_app::App;
use cairn_app::today::{DueItem, DueReason, Grown, GrownItem, Period, Today, UnfinishedItem, UnfinishedReason};
use chrono::Local;

use super::Ended;
use super::print::{Printer, counted, quoted};

pub fn today(app: &App, printer: &Printer) -> Result<(), Ended> {
    let today = app.today(Local::now().date_naive())?;
    if today.empty {
        printer.nothing("Nothing is due, and nothing is left undone.");
    }
    if printer.json || !today.empty {
        printer.result(&today, || told(&today));
    }
    Ok(())
}

fn told(today: &Today) -> String {
    let mut lines = vec!["What is next".to_owned()];
    lines.extend(today.due.iter().map(due));
    if today.due.is_empty() {
        lines.push("  Nothing is due in the next two weeks.".into());
    }
    if today.overdue_hidden > 0 {
        lines.push(format!("  {} overdue as well.", counted(today.overdue_hidden, "older thing is", "older things are")));
    }
    lines.push("What is unfinished".into());
    for group in today.unfinished.chunk_by(|one, next| one.reason == next.reason) {
        lines.extend(unfinished(group));
    }
    if today.unfinished.is_empty() {
        lines.push("  Everything you have logged is whole.".into());
    }
    if !today.grown.is_empty() {
        lines.push("What has grown".into());
        lines.extend(today.grown.chunk_by(|one, next| one.period == next.period).map(grown));
    }
    lines.join("\n")
}

fn due(item: &DueItem) -> String {
    let what = match item.reason {
        DueReason::Block => "Study block",
        DueReason::Deadline => "Deadline",
        DueReason::Renewal => "Renewal",
        DueReason::Expiry => "Expires",
        DueReason::Credits => "CE credits",
        DueReason::Milestone => "Milestone",
        DueReason::Sprint => "Sprint ends",
    };
    let time = item.time.as_ref().map(|time| format!(" {time}")).unwrap_or_default();
    let of = if item.subtitle.is_empty() { String::new() } else { format!(" ({})", item.subtitle) };
    let credits = item.credits.as_ref().map(|credits| {
        let unit = if credits.unit.is_empty() { "CE credits" } else { &credits.unit };
        format!(", {} of {} {unit}", credits.earned, credits.required)
    });
    let overdue = if item.overdue { ", overdue" } else { "" };
    format!("  {}{time}  {what}: {}{of}{}{overdue}", item.date, quoted(&item.title), credits.unwrap_or_default())
}

/// What lacks the same thing: how many, and the newest of them with their ids.
fn unfinished(group: &[UnfinishedItem]) -> Vec<String> {
    let Some(first) = group.first() else { return Vec::new() };
    let (one, many) = match first.reason {
        UnfinishedReason::BrokenCredential => ("credential that does not verify", "credentials that do not verify"),
        UnfinishedReason::CredentialIssuedUnearned => {
            ("credential with an issue date and not marked as earned", "credentials with an issue date and not marked as earned")
        }
        UnfinishedReason::CredentialWithoutReflection => ("credential without a reflection", "credentials without a reflection"),
        UnfinishedReason::MilestoneWithoutReflection => ("milestone without a reflection", "milestones without a reflection"),
        UnfinishedReason::ClaimWithoutEvidence => ("credential that nothing shows in use", "credentials that nothing shows in use"),
        UnfinishedReason::StoryWithoutMetric => ("story without a figure", "stories without a figure"),
        UnfinishedReason::EvidenceWithoutFile => ("piece of evidence without a file or link", "pieces of evidence without a file or link"),
        UnfinishedReason::SkillWithoutBacking => ("skill that nothing backs", "skills that nothing backs"),
    };
    let mut lines = vec![format!("  {}", counted(first.count, one, many))];
    lines.extend(group.iter().map(|item| format!("    {} {} {}", item.kind, quoted(&item.title), item.id)));
    let more = (first.count as usize).saturating_sub(group.len());
    if more > 0 {
        lines.push(format!("    and {more} more"));
    }
    lines
}

/// What has grown in one period, as a sentence.
fn grown(period: &[GrownItem]) -> String {
    let name = match period.first().map(|item| item.period) {
        Some(Period::Week) | None => "This week",
        Some(Period::Month) => "This month",
        Some(Period::Quarter) => "This quarter",
    };
    let minutes = period.iter().find(|item| item.what == Grown::MinutesKept).map(|item| duration(item.count));
    let wins = period.iter().filter_map(|item| {
        Some(match item.what {
            Grown::Credentials => counted(item.count, "credential earned", "credentials earned"),
            Grown::Evidence => counted(item.count, "piece of evidence made", "pieces of evidence made"),
            Grown::Stories => counted(item.count, "story lived", "stories lived"),
            Grown::BlocksKept => {
                let time = minutes.as_ref().map(|minutes| format!(" ({minutes})")).unwrap_or_default();
                format!("{}{time}", counted(item.count, "study block kept", "study blocks kept"))
            }
            // Said with the blocks.
            Grown::MinutesKept => return None,
            Grown::Milestones => counted(item.count, "milestone reached", "milestones reached"),
            Grown::Reflections => counted(item.count, "reflection written", "reflections written"),
        })
    });
    format!("  {name}: {}", wins.collect::<Vec<_>>().join(", "))
}

/// `50 min`, `2 h`, `2 h 15 min`.
fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
