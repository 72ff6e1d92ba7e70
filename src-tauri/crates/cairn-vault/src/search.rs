//! Finding any record by words in it (SQLite FTS5): prefixes match, accents and case are folded.

use cairn_domain::{Kind, RecordId};
use rusqlite::params;

use crate::Result;
use crate::record::{Reader, key, kind};

/// What stands before and after a match in a [`Hit`]'s snippet.
pub const MARKS: (char, char) = ('\u{1}', '\u{2}');

/// The columns of the index that hold what the learner wrote. Its third names the kind, which is no word of theirs: "evidence"
/// finds what speaks of evidence, not every piece of it.
pub(crate) const WORDS: &str = "{title body}";

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// Words around the match, the match itself between [`MARKS`].
    pub snippet: String,
}

impl Reader<'_> {
    /// Records that hold every word of `words`, each word as the start of one of theirs: those with all of them in the
    /// title first, newest first among equals.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn search(&self, words: &str, limit: u32) -> Result<Vec<Hit>> {
        let matching = match_words(words);
        if matching.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.hits(&format!("title : ({matching})"), limit)?;
        for hit in self.hits(&format!("{WORDS} : ({matching})"), limit)? {
            if found.len() >= limit as usize {
                break;
            }
            if !found.iter().any(|known| known.id == hit.id) {
                found.push(hit);
            }
        }
        Ok(found)
    }

    fn hits(&self, matching: &str, limit: u32) -> Result<Vec<Hit>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.kind, r.id, r.title, r.subtitle, snippet(record_fts, 1, char(1), char(2), '…', 16) \
             FROM record_fts JOIN record r ON r.rowid = record_fts.rowid \
             WHERE record_fts MATCH ?1 ORDER BY record_fts.rowid DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![matching, limit], |row| {
            Ok(Hit { kind: kind(row, 0)?, id: key(row, 1)?, title: row.get(2)?, subtitle: row.get(3)?, snippet: row.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What a learner typed as an FTS5 query: each run of letters and digits a quoted prefix, so that no character of
/// theirs is an operator. At most twelve words.
pub(crate) fn match_words(typed: &str) -> String {
    let is_apart = |c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c);
    let words: Vec<String> = typed.split(is_apart).filter(|word| !word.is_empty()).take(12).map(|word| format!("\"{word}\"*")).collect();
    words.join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_only_words() {
        assert_eq!(match_words(r#"C++ OR "x" NEAR(y) -z*"#), "\"C\"* AND \"OR\"* AND \"x\"* AND \"NEAR\"* AND \"y\"* AND \"z\"*");
        assert_eq!(match_words(" \"' "), "");
    }
}
