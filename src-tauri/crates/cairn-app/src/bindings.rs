//! Writes the TypeScript form of everything that crosses to the window, to the folder in `TS_RS_EXPORT_DIR` (see
//! `scripts/bindings`). Without it nothing is written.

use ts_rs::{Config, ExportError, TS};

use crate::curation::Outline;
use crate::documents::{DocumentKind, DocumentText, Exported, Format, KeyRecovered, KeyView, LinkedIn, Report, ResumePreview, TextFormat};
use crate::files::{FileInfo, FileText};
use crate::finding::{ListPage, ListQuery, SearchHit};
use crate::history::{HistoryPage, Retraced};
use crate::import::ImportReport;
use crate::issuing::{BadgeFormat, Request};
use crate::keeping::{BackupInfo, DoctorReport, Occasion, Restored, VaultInfo, WholeBackup};
use crate::money::MoneyOverview;
use crate::packets::{Looked, PacketPage};
use crate::records::{Change, Hanging, RecordPage};
use crate::skills::BackedSkill;
use crate::study::Week;
use crate::today::Today;
use crate::wallet::letter::Letter;
use crate::wallet::refresh::{HostPlan, RefreshReport};
use crate::wallet::sources::LineSource;
use crate::wallet::{Checked, Held, HeldOverview, HeldPage, HeldStanding, KeptVerdict};
use crate::{AppError, Kind};

/// Writes each type with all it is made of.
macro_rules! export {
    ($($name:ty),+ $(,)?) => {
        |config: &Config| -> Result<(), ExportError> {
            $(<$name>::export_all(config)?;)+
            Ok(())
        }
    };
}

#[test]
fn export_bindings() {
    if std::env::var_os("TS_RS_EXPORT_DIR").is_none() {
        println!("skipped: TS_RS_EXPORT_DIR names no folder");
        return;
    }
    // What JSON carries is a number, whatever its width in Rust.
    let config = Config::from_env().with_large_int("number");
    export![
        AppError,
        BackedSkill,
        BadgeFormat,
        BackupInfo,
        Change,
        Checked,
        DocumentKind,
        DocumentText,
        DoctorReport,
        Exported,
        FileInfo,
        FileText,
        Format,
        Hanging,
        Held,
        HeldOverview,
        HeldPage,
        HeldStanding,
        HistoryPage,
        Retraced,
        HostPlan,
        ImportReport,
        KeptVerdict,
        KeyRecovered,
        KeyView,
        Kind,
        Letter,
        LineSource,
        LinkedIn,
        ListPage,
        ListQuery,
        Looked,
        MoneyOverview,
        Outline,
        PacketPage,
        RecordPage,
        Request,
        RefreshReport,
        Report,
        Occasion,
        Restored,
        ResumePreview,
        SearchHit,
        TextFormat,
        Today,
        VaultInfo,
        Week,
        WholeBackup,
    ](&config)
    .unwrap();
    macro_rules! records {
        ($(($variant:ident, $name:literal, $record:ty)),+ $(,)?) => {
            export![$($record),+](&config).unwrap()
        };
    }
    cairn_domain::for_each_kind!(records);
}
