//! RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation 2024-05-21): one text for every dataset that says the same.
//!
//! Blank nodes get names by what is said of them. Nodes of which the same is said are told apart by their neighbours, and that
//! costs a permutation of every tie: the work is counted, and a dataset that is built to exhaust its reader is refused.
//! *Hash N-Degree Quads* keeps a **list** of related nodes (§4.8.3, step 3): a node that stands in two graphs under one property
//! counts twice. Implementations that keep a set there give another result for tied nodes in named graphs.

use crate::jsonld::dataset::{Dataset, Quad, Term};
use indexmap::IndexSet;
use sha2::{Digest as _, Sha256, Sha384};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Most steps of comparing tied nodes; the W3C's hardest solvable case takes about a twentieth.
const MAX_STEPS: usize = 40_000;
/// Longest chain of tied nodes that is followed.
const MAX_CHAIN: usize = 256;

/// The hash that names blank nodes; SHA-384 goes with P-384 keys alone (Data Integrity ECDSA Cryptosuites 1.0 §3.2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-256, the default.
    Sha256,
    /// SHA-384.
    Sha384,
}

impl Algorithm {
    /// The hash of a text, in lower-case hexadecimal.
    fn hex(self, text: &str) -> String {
        match self {
            Self::Sha256 => hex(&Sha256::digest(text)),
            Self::Sha384 => hex(&Sha384::digest(text)),
        }
    }
}

/// Telling the blank nodes apart would take too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has too many parts without a name that look alike")]
pub struct TooMuchWork;

/// The dataset in canonical N-Quads: sorted lines, blank nodes named `_:c14n0` onwards.
pub fn canonicalize(dataset: &Dataset, algorithm: Algorithm) -> Result<String, TooMuchWork> {
    let mut canon = Canon::new(dataset, algorithm);
    canon.name_all()?;
    let name = |term: Term, out: &mut String| match term {
        Term::Blank(blank) => canon.canonical.write(blank, out),
        text => out.push_str(dataset.nquads(text)),
    };
    let mut lines: Vec<String> = dataset.quads().iter().map(|quad| line(quad, name)).collect();
    lines.sort_unstable();
    Ok(lines.concat())
}

/// One statement as a line of N-Quads.
fn line(quad: &Quad, name: impl Fn(Term, &mut String)) -> String {
    let mut line = String::with_capacity(160);
    for term in [Some(quad.subject), Some(quad.predicate), Some(quad.object), quad.graph].into_iter().flatten() {
        name(term, &mut line);
        line.push(' ');
    }
    line.push_str(".\n");
    line
}

/// Names for blank nodes in the order in which they are first asked for (§4.5).
#[derive(Clone)]
struct Issuer {
    prefix: &'static str,
    names: IndexSet<u32>,
}

impl Issuer {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, names: IndexSet::new() }
    }

    fn has(&self, blank: u32) -> bool {
        self.names.contains(&blank)
    }

    /// Gives the node a name where it has none; true where it had none.
    fn issue(&mut self, blank: u32) -> bool {
        self.names.insert(blank)
    }

    fn write(&self, blank: u32, out: &mut String) {
        if let Some(number) = self.names.get_index_of(&blank) {
            out.push_str(self.prefix);
            let _ = write!(out, "{number}");
        }
    }
}

/// The state of one canonicalisation (§4.3).
struct Canon<'d> {
    dataset: &'d Dataset,
    algorithm: Algorithm,
    canonical: Issuer,
    /// The quads in which each blank node stands.
    mentions: Vec<Vec<&'d Quad>>,
    /// Each blank node's first-degree hash.
    hashes: Vec<String>,
    steps: usize,
}

impl<'d> Canon<'d> {
    fn new(dataset: &'d Dataset, algorithm: Algorithm) -> Self {
        let mut mentions: Vec<Vec<&Quad>> = vec![Vec::new(); dataset.blanks()];
        for quad in dataset.quads() {
            for (blank, _) in blanks(quad) {
                // A node that stands twice in a quad has that quad once.
                let known = &mut mentions[blank as usize];
                if !known.last().is_some_and(|&last| std::ptr::eq(last, quad)) {
                    known.push(quad);
                }
            }
        }
        let canonical = Issuer::new("_:c14n");
        Self { dataset, algorithm, canonical, mentions, hashes: Vec::new(), steps: 0 }
    }

    /// The algorithm's body (§4.4.3).
    fn name_all(&mut self) -> Result<(), TooMuchWork> {
        self.hashes = (0..self.dataset.blanks()).map(|blank| self.first_degree(blank as u32)).collect();
        let mut by_hash: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (blank, hash) in self.hashes.iter().enumerate().filter(|(blank, _)| !self.mentions[*blank].is_empty()) {
            by_hash.entry(hash).or_default().push(blank as u32);
        }
        let (alone, tied): (Vec<_>, Vec<_>) = by_hash.into_values().partition(|blanks| blanks.len() == 1);
        for blank in alone.into_iter().flatten() {
            self.canonical.issue(blank);
        }
        for tie in tied {
            let mut paths = Vec::new();
            for blank in tie {
                if self.canonical.has(blank) {
                    continue;
                }
                let mut issuer = Issuer::new("_:b");
                issuer.issue(blank);
                paths.push(self.n_degree(blank, issuer, 0)?);
            }
            paths.sort_by(|a, b| a.0.cmp(&b.0));
            for blank in paths.into_iter().flat_map(|(_, issuer)| issuer.names) {
                self.canonical.issue(blank);
            }
        }
        Ok(())
    }

    /// Hash First Degree Quads (§4.6.3): what is said of the node itself.
    fn first_degree(&self, node: u32) -> String {
        let name = |term: Term, out: &mut String| match term {
            Term::Blank(blank) => out.push_str(if blank == node { "_:a" } else { "_:z" }),
            text => out.push_str(self.dataset.nquads(text)),
        };
        let mut lines: Vec<String> = self.mentions[node as usize].iter().map(|quad| line(quad, name)).collect();
        lines.sort_unstable();
        self.algorithm.hex(&lines.concat())
    }

    /// Hash Related Blank Node (§4.7.3).
    fn related(&self, related: u32, quad: &Quad, issuer: &Issuer, position: char) -> String {
        let mut input = String::from(position);
        if position != 'g' {
            input.push_str(self.dataset.nquads(quad.predicate));
        }
        if self.canonical.has(related) {
            self.canonical.write(related, &mut input);
        } else if issuer.has(related) {
            issuer.write(related, &mut input);
        } else {
            input.push_str(&self.hashes[related as usize]);
        }
        self.algorithm.hex(&input)
    }

    /// Hash N-Degree Quads (§4.8.3): what is said of the nodes around it, in the order that gives the least text.
    fn n_degree(&mut self, node: u32, mut issuer: Issuer, chain: usize) -> Result<(String, Issuer), TooMuchWork> {
        let mut around: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for quad in &self.mentions[node as usize] {
            for (blank, position) in blanks(quad).filter(|(blank, _)| *blank != node) {
                self.steps += 1;
                around.entry(self.related(blank, quad, &issuer, position)).or_default().push(blank);
            }
        }
        let mut data = String::new();
        for (hash, mut nodes) in around {
            data.push_str(&hash);
            let mut chosen: Option<(String, Issuer)> = None;
            nodes.sort_unstable();
            loop {
                let best = chosen.as_ref().map(|(path, _)| path.as_str());
                if let Some(better) = self.path(&nodes, best, &issuer, chain)? {
                    chosen = Some(better);
                }
                if !next_permutation(&mut nodes) {
                    break;
                }
            }
            if let Some((path, its_issuer)) = chosen {
                data.push_str(&path);
                issuer = its_issuer;
            }
        }
        Ok((self.algorithm.hex(&data), issuer))
    }

    /// The path through the nodes in this order, or None where it cannot be less than the best so far (steps 5.4.4 to 5.4.6).
    fn path(&mut self, nodes: &[u32], best: Option<&str>, issuer: &Issuer, chain: usize) -> Result<Option<(String, Issuer)>, TooMuchWork> {
        self.steps += 1 + nodes.len() + issuer.names.len() / 8;
        if self.steps > MAX_STEPS || chain > MAX_CHAIN {
            return Err(TooMuchWork);
        }
        let worse = |path: &str| best.is_some_and(|best| path.len() >= best.len() && path > best);
        let (mut issuer, mut path, mut deeper) = (issuer.clone(), String::new(), Vec::new());
        for &node in nodes {
            if self.canonical.has(node) {
                self.canonical.write(node, &mut path);
            } else {
                if issuer.issue(node) {
                    deeper.push(node);
                }
                issuer.write(node, &mut path);
            }
            if worse(&path) {
                return Ok(None);
            }
        }
        for node in deeper {
            let (hash, deeper_issuer) = self.n_degree(node, issuer.clone(), chain + 1)?;
            issuer.write(node, &mut path);
            path.push('<');
            path.push_str(&hash);
            path.push('>');
            issuer = deeper_issuer;
            if worse(&path) {
                return Ok(None);
            }
        }
        let better = best.is_none_or(|best| path.as_str() < best);
        Ok(better.then_some((path, issuer)))
    }
}

/// The blank nodes of a quad, each with its position.
fn blanks(quad: &Quad) -> impl Iterator<Item = (u32, char)> {
    [(Some(quad.subject), 's'), (Some(quad.object), 'o'), (quad.graph, 'g')].into_iter().filter_map(|(term, position)| match term {
        Some(Term::Blank(blank)) => Some((blank, position)),
        _ => None,
    })
}

/// Puts the nodes into their next order; false when they have been through all. Orders that differ only in which of two
/// mentions of one node comes first give the same path, and are taken once.
fn next_permutation(nodes: &mut [u32]) -> bool {
    let Some(pivot) = (1..nodes.len()).rev().find(|&place| nodes[place - 1] < nodes[place]) else { return false };
    let Some(swap) = (pivot..nodes.len()).rev().find(|&place| nodes[place] > nodes[pivot - 1]) else { return false };
    nodes.swap(pivot - 1, swap);
    nodes[pivot..].reverse();
    true
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)] as char, DIGITS[usize::from(byte & 15)] as char]).collect()
}

#[cfg(test)]
pub(crate) mod nquads;
#[cfg(test)]
mod tests;
