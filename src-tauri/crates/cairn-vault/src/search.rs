//! Finding any record by words in it (SQLite FTS5), and evidence by the names of its files: prefixes match, accents and case are
//! folded.
//!
//! SQLite's tokenizer takes the marks from Latin letters alone, keeps those that are letters of their own (ß, ł, ø), and knows words only where something stands between them. So a
//! text is indexed with what it is [also found by](indexed), which nobody is shown.

use cairn_domain::{Kind, RecordId};
use rusqlite::params;

use crate::Result;
use crate::record::{Reader, key, kind, sort_key};

/// What stands before and after a match in a [`Hit`]'s snippet.
pub const MARKS: (char, char) = ('\u{1}', '\u{2}');

/// What stands before and after each word that a text is also found by.
const ALSO: (char, char) = ('\u{3}', '\u{4}');
/// How far into writing without spaces a word is told apart, in characters: few words there are longer.
const LONGEST_PART: usize = 6;

/// Latin letters that are none with a mark, as they are written where there are none of them (CLDR's transform Latin-ASCII).
const SPELT: &[(char, &str)] =
    &[('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ð', "d"), ('þ', "th"), ('ħ', "h"), ('ı', "i")];

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
    /// title first, then those with them anywhere, then evidence with a file that is called so; newest first among equals.
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
        let by_file = self.evidence_by_file(&words_of(words), limit as usize, &found)?;
        found.extend(by_file);
        Ok(found)
    }

    /// Evidence with a file whose name holds every word, the file that was attached last first, until there are `limit` with those
    /// that are `known`. A file belongs to no text of its record, so that attaching one is no edit: names are few, and read.
    fn evidence_by_file(&self, words: &[&str], limit: usize, known: &[Hit]) -> Result<Vec<Hit>> {
        let mut found: Vec<Hit> = Vec::new();
        let mut statement = self.connection().prepare_cached("SELECT evidence_id, name FROM evidence_file ORDER BY rowid DESC")?;
        let mut rows = statement.query([])?;
        while known.len() + found.len() < limit
            && let Some(row) = rows.next()?
        {
            let Some(snippet) = marked(&row.get::<_, String>(1)?, words) else { continue };
            let id = key(row, 0)?;
            if known.iter().chain(&found).any(|hit| hit.id == id) {
                continue;
            }
            if let Some(item) = self.item(id)? {
                found.push(Hit { kind: Kind::Evidence, id, title: item.title, subtitle: item.subtitle, snippet });
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
            Ok(Hit { kind: kind(row, 0)?, id: key(row, 1)?, title: row.get(2)?, subtitle: row.get(3)?, snippet: without_also(row.get(4)?) })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What a learner typed as an FTS5 query: each run of letters and digits a quoted prefix, so that no character of
/// theirs is an operator, or what that is also found by. At most twelve words.
pub(crate) fn match_words(typed: &str) -> String {
    let words: Vec<String> = words_of(typed)
        .into_iter()
        .map(|word| match also(word) {
            Some(also) => format!("(\"{word}\"* OR \"{also}\"*)"),
            None => format!("\"{word}\"*"),
        })
        .collect();
    words.join(" AND ")
}

/// A text as it is indexed: with its words in other letters than Latin without their marks, and of writing without spaces with
/// what begins at each of its characters.
pub(crate) fn indexed(mut text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut more = String::new();
    let mut add = |word: &str| more.extend([ALSO.0].into_iter().chain(word.chars()).chain([ALSO.1]));
    for word in text.split(is_apart) {
        if word.chars().any(is_unspaced) {
            let starts = word.char_indices().skip(1).filter(|(_, c)| is_unspaced(*c));
            starts.for_each(|(at, _)| add(&word[at..].chars().take(LONGEST_PART).collect::<String>()));
        } else if let Some(folded) = also(word) {
            add(&folded);
        }
    }
    text.push_str(&more);
    text
}

/// What a word is also found by: its letters without marks where SQLite keeps those, the beginning of a long run of writing
/// without spaces.
fn also(word: &str) -> Option<String> {
    if word.chars().any(is_unspaced) {
        return Some(word.chars().take(LONGEST_PART).collect::<String>()).filter(|part| part != word);
    }
    // Up to here the tokenizer does it, and in Latin Extended Additional.
    let beyond_latin = |c: char| c > '\u{24f}' && !('\u{1e00}'..='\u{1eff}').contains(&c);
    let lower = word.to_lowercase();
    if !lower.contains(beyond_latin) && !lower.contains(|c| SPELT.iter().any(|(letter, _)| *letter == c)) {
        return None;
    }
    Some(folded(word)).filter(|folded| *folded != lower)
}

/// A word in small letters without marks, those spelt out that have none but are seldom at hand.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in sort_key(word).chars() {
        match SPELT.iter().find(|(letter, _)| *letter == c) {
            Some((_, spelt)) => folded.push_str(spelt),
            // A sigma at the end of a word is one in capitals, too.
            None if c == 'ς' => folded.push('σ'),
            None => folded.push(c),
        }
    }
    folded
}

/// Whether a character belongs to writing that puts no spaces between its words (Han, kana, Thai, Lao, Khmer, Burmese), or
/// joins them into long ones (Hangul).
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A snippet without what its text is also found by.
fn without_also(snippet: String) -> String {
    match snippet.find([ALSO.0, ALSO.1]) {
        None => snippet,
        // It began among those words.
        Some(at) if snippet[at..].starts_with(ALSO.1) => String::new(),
        Some(at) => snippet[..at].trim_end_matches(['…', ' ', MARKS.0]).to_owned(),
    }
}

/// The first twelve runs of letters and digits.
fn words_of(typed: &str) -> Vec<&str> {
    typed.split(is_apart).filter(|word| !word.is_empty()).take(12).collect()
}

/// Whether a character stands between words.
fn is_apart(c: char) -> bool {
    !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c)
}

/// `name` with each of its words between [`MARKS`] that begins as one of `words` does; `None` where one of those begins none.
fn marked(name: &str, words: &[&str]) -> Option<String> {
    let mut missing: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let wanted = missing.clone();
    let mut text = String::with_capacity(name.len() + 2);
    for part in name.split_inclusive(is_apart) {
        let word = part.trim_end_matches(is_apart);
        let folded = folded(word);
        missing.retain(|word| !folded.starts_with(word.as_str()));
        if wanted.iter().any(|word| folded.starts_with(word.as_str())) {
            text.extend([MARKS.0]);
            text.push_str(word);
            text.extend([MARKS.1]);
            text.push_str(&part[word.len()..]);
        } else {
            text.push_str(part);
        }
    }
    missing.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_only_words() {
        assert_eq!(match_words(r#"C++ OR "x" NEAR(y) -z*"#), "\"C\"* AND \"OR\"* AND \"x\"* AND \"NEAR\"* AND \"y\"* AND \"z\"*");
        assert_eq!(match_words(" \"' "), "");
    }

    #[test]
    fn other_letters_than_latin_are_folded_and_unspaced_writing_is_taken_apart() {
        assert_eq!(indexed("Résumé of a résumé".into()), "Résumé of a résumé");
        let more = |text: &str| {
            let indexed = indexed(text.to_owned());
            let added = indexed.strip_prefix(text).unwrap().split([ALSO.0, ALSO.1]).filter(|word| !word.is_empty());
            added.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(more("Πέτρος ёлка дом"), ["πετροσ", "елка"]);
        assert_eq!(more("Straße, Łódź, Ørsted, ÆSIR"), ["strasse", "lodz", "orsted", "aesir"]);
        assert_eq!(more("云计算 AWS認証"), ["计算", "算", "認証", "証"]);
        assert_eq!(match_words("ёлка"), "(\"ёлка\"* OR \"елка\"*)");
        assert_eq!(match_words("дом"), "\"дом\"*");
        assert_eq!(match_words("straße"), "(\"straße\"* OR \"strasse\"*)");
        assert_eq!(without_also("at \u{1}home\u{2} now".into()), "at \u{1}home\u{2} now");
        assert_eq!(without_also("at home\u{3}\u{1}елка\u{2}\u{4}…".into()), "at home");
        assert_eq!(without_also("…\u{1}елка\u{2}\u{4}\u{3}x\u{4}".into()), "");
    }

    #[test]
    fn a_files_name_is_found_by_the_beginnings_of_its_words() {
        let found = |name: &str, words: &str| marked(name, &words_of(words)).map(|text| text.replace(MARKS.0, "[").replace(MARKS.1, "]"));
        assert_eq!(found("Résumé-2026_final.pdf", "final resu").as_deref(), Some("[Résumé]-2026_[final].pdf"));
        assert_eq!(found("Hauptstraße.pdf", "HAUPTSTRASSE").as_deref(), Some("[Hauptstraße].pdf"));
        assert_eq!(found("report.pdf", "report docx"), None);
        assert_eq!(found("report.pdf", "port"), None);
    }
}
