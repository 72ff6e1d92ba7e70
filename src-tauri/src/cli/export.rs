//! `cairn export`: which document, of what, in which format, to where.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use cairn_app::documents::{DocumentKind, Exported, Format};
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, RecordId};
use clap::Args;

use super::print::Printer;
use super::{Ended, documents, issuing, wallet};

/// The templates a résumé can be set in.
const TEMPLATES: [&str; 1] = ["classic"];

#[derive(Debug, Args)]
pub struct Export {
    /// resume, resume-with-packet, linkedin, json-resume, packet, clr, cards, calendar; or of one record: badge, endorsement-request, original (a received credential as it came)
    document: Wanted,
    /// The record or received credential that it is about (badge, endorsement-request, original)
    #[arg(long, value_name = "ID")]
    id: Option<RecordId>,
    /// The collection's title or id (default: everything)
    #[arg(long, value_name = "NAME")]
    collection: Option<String>,
    /// The résumé's template: classic
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// pdf, text, markdown, json, cairn, ics; for a badge json, jwt, png or svg (default: the document's own)
    #[arg(long, value_name = "F")]
    format: Option<String>,
    /// Put the signed packet into the résumé's PDF, so that its reader can check what backs each line
    #[arg(long)]
    with_packet: bool,
    /// What you write to the person who is asked (endorsement-request)
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// Where to write (default: a name made from yours, in this folder; "-" for standard output)
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// What `export` can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A document of a collection.
    Document(DocumentKind),
    /// A record's claim, signed by the learner.
    Badge,
    /// A request that somebody endorses a record.
    EndorsementRequest,
    /// A received credential as it came.
    Original,
}

impl Wanted {
    fn name(self) -> &'static str {
        match self {
            Wanted::Document(kind) => kind.name(),
            Wanted::Badge => "badge",
            Wanted::EndorsementRequest => "endorsement-request",
            Wanted::Original => "original",
        }
    }

    /// Whether an option means anything for this.
    fn takes(self, option: &str) -> bool {
        match option {
            "--id" => !matches!(self, Wanted::Document(_)),
            "--collection" => matches!(self, Wanted::Document(kind) if kind != DocumentKind::Calendar),
            "--template" => matches!(self, Wanted::Document(DocumentKind::Resume | DocumentKind::ResumeWithPacket | DocumentKind::Packet)),
            "--format" => matches!(self, Wanted::Document(_) | Wanted::Badge),
            "--with-packet" => matches!(self, Wanted::Document(DocumentKind::Resume | DocumentKind::ResumeWithPacket)),
            _ => self == Wanted::EndorsementRequest,
        }
    }
}

impl FromStr for Wanted {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        for one in [Wanted::Badge, Wanted::EndorsementRequest, Wanted::Original] {
            if one.name() == text {
                return Ok(one);
            }
        }
        text.parse().map(Wanted::Document).map_err(|mut error: AppError| {
            error.message.push_str(" Of one record, named by --id, there is badge, endorsement-request and original as well.");
            error
        })
    }
}

impl Export {
    /// Refuses what would do nothing, since it was said for something.
    fn fits(&self) -> Result<(), AppError> {
        let said = [
            ("--id", self.id.is_some()),
            ("--collection", self.collection.is_some()),
            ("--template", self.template.is_some()),
            ("--format", self.format.is_some()),
            ("--with-packet", self.with_packet),
            ("--message", self.message.is_some()),
        ];
        if let Some((option, _)) = said.into_iter().find(|(option, said)| *said && !self.document.takes(option)) {
            let message = format!("{option} means nothing for {}: leave it out.", self.document.name());
            return Err(AppError::new("option-unused", message).with("option", option));
        }
        match &self.template {
            Some(template) if !TEMPLATES.contains(&template.as_str()) => {
                let known = TEMPLATES.join(", ");
                Err(AppError::new("no-such-template", format!("There is no template “{template}”; there is {known}.")))
            }
            _ => Ok(()),
        }
    }

    /// The record that it is about.
    fn one(&self) -> Result<RecordId, AppError> {
        self.id.ok_or_else(|| AppError::new("id-needed", "Say which one with --id: the id of a record or of a received credential."))
    }
}

pub fn obey(app: &App, wanted: &Export, printer: &Printer) -> Result<(), Ended> {
    wanted.fits()?;
    let out = wanted.out.as_deref();
    match wanted.document {
        Wanted::Document(document) => document_of(app, wanted, document, printer),
        Wanted::Badge => issuing::badge(app, wanted.one()?, wanted.format.as_deref(), out, printer),
        Wanted::EndorsementRequest => issuing::request(app, wanted.one()?, wanted.message.as_deref().unwrap_or_default(), out, printer),
        Wanted::Original => wallet::original(app, wanted.one()?, out, printer),
    }
}

fn document_of(app: &App, wanted: &Export, document: DocumentKind, printer: &Printer) -> Result<(), Ended> {
    let collection = wanted.collection.as_deref().map(|name| app.find_collection(name)).transpose()?;
    let document = if wanted.with_packet { DocumentKind::ResumeWithPacket } else { document };
    // Each document's usual format is the first it names.
    let usual = || document.formats().first().copied().unwrap_or(Format::Text);
    let format = wanted.format.as_deref().map(str::parse).transpose()?.unwrap_or_else(usual);
    documents::warn(app, collection, document, format, printer)?;
    if to_standard_output(wanted.out.as_deref()) {
        let (bytes, lost) = app.document_bytes(collection, document, format)?;
        lost.iter().for_each(|line| printer.words(line));
        return Ok(printer.bytes(&bytes)?);
    }
    let to = place(wanted.out.as_deref(), &app.document_name(collection, document, format)?);
    let exported = app.write_document(collection, document, format, &to, &mut unwatched())?;
    for line in &exported.lost {
        printer.words(&format!("Not in this file: {line}"));
    }
    told(&exported, printer);
    Ok(())
}

/// Whether what is exported is to be printed.
pub fn to_standard_output(out: Option<&Path>) -> bool {
    out == Some(Path::new("-"))
}

/// The file that is written: the one that was named, or one of this name in the folder that was.
pub fn place(out: Option<&Path>, name: &str) -> PathBuf {
    match out {
        Some(out) if out.is_dir() => out.join(name),
        Some(out) => out.to_owned(),
        None => PathBuf::from(name),
    }
}

/// Says what was written.
pub fn told(written: &Exported, printer: &Printer) {
    printer.words(&format!("Wrote {} ({} bytes).", written.path, written.size));
    printer.result(written, || written.path.clone());
}
