//! Credentials that are held, as cards for the wallet.

use cairn_document::cards::Card;

use super::dates::{maybe, span};
use super::words::Words;
use crate::curation::selection::Selection;

/// A card for each credential of the selection that is or was held.
pub(super) fn wallet_cards(selection: &Selection) -> Vec<Card> {
    let words = Words::of(&selection.collection.language);
    let held = selection.credentials().filter(|(_, credential)| credential.held());
    let card = held.map(|(_, it)| Card {
        title: it.title.trim().to_owned(),
        issuer: it.issuer.trim().to_owned(),
        holder: selection.name().to_owned(),
        // Without an end a credential holds for good: its card says since when, not "– present".
        dates: if it.expires.is_some() { span(words, it.issued, it.expires) } else { maybe(words, it.issued) },
        identifier: if it.number().is_empty() { String::new() } else { words.number.replace("{}", it.number()) },
        url: it.url.trim().to_owned(),
    });
    card.collect()
}
