//! What can be said of a credential, in words for people.

use cairn_app::standing::{Fit, FitReason, Fitting, Purpose, RenewalStanding, Standing, Stronger};
use cairn_app::{App, Kind, RecordId, Result};

/// What a list says of a credential that only shows attendance.
pub const ATTENDANCE_ONLY: &str = "  warning: it only shows attendance";

/// What is said of a credential that was issued and is not marked as earned.
const ISSUED_UNEARNED: &str = "it was issued, and its status is not “earned”, so résumés and LinkedIn leave it out";

/// What to say beside a change to the credential `id`, where documents leave it out for no reason that was meant.
pub fn after_change(app: &App, kind: Kind, id: Option<RecordId>) -> Result<Option<String>> {
    let (Kind::Credential, Some(id)) = (kind, id) else { return Ok(None) };
    let left_out = app.show(kind, id)?.standing.is_some_and(|standing| standing.issued_unearned);
    let way = format!("“cairn edit credential {id}” with {{\"status\": \"earned\"}} changes that");
    Ok(left_out.then(|| format!("Note: {ISSUED_UNEARNED}; {way}.")))
}

/// What `show` says below the fields of a credential, a line each.
pub fn lines(standing: &Standing) -> Vec<String> {
    let mut lines = Vec::new();
    if standing.issued_unearned {
        lines.push(format!("  note: {ISSUED_UNEARNED}"));
    }
    if standing.attendance_only {
        lines.push(ATTENDANCE_ONLY.to_owned());
        lines.extend(standing.stronger.iter().map(|stronger| format!("    stronger with {}", would_help(*stronger))));
    }
    lines.extend(standing.fitting.iter().flat_map(fitting));
    lines.extend(standing.renewal.iter().flat_map(renewal));
    lines
}

fn would_help(stronger: Stronger) -> &'static str {
    match stronger {
        Stronger::Evidence => "evidence or a story that shows it in use",
        Stronger::Endorsement => "an endorsement by someone who saw the work",
        Stronger::AssessedCredential => "a credential on the same subject that judges work",
    }
}

fn fitting(fitting: &Fitting) -> Vec<String> {
    let purpose = match fitting.purpose {
        Purpose::Learn => "to learn",
        Purpose::ShowSkill => "to show that you can do it",
        Purpose::NewRole => "to be hired or promoted",
        Purpose::Practise => "to be allowed to practise",
        Purpose::FurtherStudy => "to study further",
        Purpose::StayCurrent => "to keep another credential current",
    };
    let fit = match fitting.fit {
        Fit::Fits => "fits",
        Fit::Partly => "fits in part",
        Fit::Misses => "does not fit",
        Fit::Unknown => "cannot be said",
    };
    let mut lines = vec![format!("  fit {purpose}: {fit}")];
    lines.extend(fitting.reasons.iter().map(|reason| format!("    {}", because(*reason))));
    lines
}

fn because(reason: FitReason) -> &'static str {
    match reason {
        FitReason::LearningNeedsNoProof => "learning itself needs no proof",
        FitReason::AttendanceOnly => "it shows attendance only, and this needs proof of doing",
        FitReason::QuizOnly => "a quiz shows recall, not doing",
        FitReason::ExaminationNotWork => "an examination shows knowledge, not work",
        FitReason::Examined => "it was examined under supervision",
        FitReason::WorkJudged => "work was judged",
        FitReason::AssessmentUnknown => "how it was assessed is not recorded",
        FitReason::DepthStopsAtRecall => "its depth stops at recalling and understanding",
        FitReason::DepthReachesDoing => "its depth reaches doing",
        FitReason::NotALicence => "practising needs a licence, and it is none",
        FitReason::IsALicence => "it is a licence",
        FitReason::Portable => "it counts elsewhere",
        FitReason::NotPortable => "it does not count elsewhere",
        FitReason::PortableUnknown => "whether it counts elsewhere is not recorded",
        FitReason::IsADegree => "it is a degree or diploma",
        FitReason::CountsTowardsStudy => "it counts towards further study",
        FitReason::NoCreditTowardsStudy => "it does not count towards further study",
        FitReason::CreditUnknown => "whether it counts towards further study is not recorded",
        FitReason::HoursStated => "its hours are recorded",
        FitReason::HoursUnknown => "its hours are not recorded, and certifying bodies ask for them",
    }
}

fn renewal(renewal: &RenewalStanding) -> Vec<String> {
    let progress = &renewal.progress;
    let unit = if renewal.unit.is_empty() { "CE credits" } else { &renewal.unit };
    let by = renewal.end.map(|end| format!(" by {end}")).unwrap_or_default();
    let mut line = format!("  renewal: {} of {} {unit}{by}", progress.earned, progress.required);
    if progress.planned > 0.0 {
        line.push_str(&format!(", {} more planned", progress.planned));
    }
    vec![line]
}
