//! The sample learner, in and out.

use cairn_exchange::sample;
use cairn_vault::Change as Step;
use chrono::NaiveDate;

use crate::files::media_type;
use crate::records::{Change, new_id};
use crate::{App, AppError, Result};

impl App {
    /// Fills an empty vault with the sample learner, dated around `today`, as one step of history.
    ///
    /// # Errors
    /// `vault-not-empty` where anything is logged already.
    pub fn sample_fill(&self, today: NaiveDate) -> Result<Change> {
        if !self.vault.read(|reader| reader.counts())?.is_empty() {
            return Err(AppError::new("vault-not-empty", "The sample learner only moves into an empty vault. Nothing was changed."));
        }
        let learner = sample::learner(today, new_id)
            .map_err(|error| AppError::new("sample-broken", format!("The sample learner is not whole: {error}.")))?;
        let mut shelved = Vec::new();
        for record in &learner {
            for file in &record.files {
                let mut incoming = self.vault.receive(file.name)?;
                incoming.write(file.bytes)?;
                let staged = incoming.finish()?;
                let media_type = media_type(file.name, &staged.head);
                shelved.push((record.id, self.vault.shelve(staged)?, file.name, media_type));
            }
        }
        let step = Step::new("sample-fill");
        let changed = self.vault.change(&step, |writer| {
            for record in &learner {
                writer.insert(record.id, &record.record, true)?;
            }
            for (evidence, file, name, media_type) in &shelved {
                writer.attach(*evidence, file, name, media_type)?;
            }
            Ok(())
        });
        for (_, file, ..) in &shelved {
            self.vault.settle(file);
        }
        Ok(Change::from(step, &changed?))
    }

    /// Removes everything of the sample learner as one step of history; what the learner logged stays.
    ///
    /// # Errors
    /// Why the vault cannot be written.
    pub fn sample_remove(&self) -> Result<Change> {
        let step = Step::new("sample-remove");
        let changed = self.vault.change(&step, |writer| writer.remove_sample())?;
        Ok(Change::from(step, &changed))
    }
}
