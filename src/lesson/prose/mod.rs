//! What a lesson says: words, emphasis and numbers that are computed where they stand.

mod bare;
mod braces;
mod cells;
mod emphasis;
mod formula;
mod plain_braces;
mod reader;
mod unit;

use super::expression::{NumberFormat, Resolved, Scope, Value};
use crate::diagnostic::Diagnostic;
use crate::graph::Trace;
pub(in crate::lesson) use bare::{Bare, Instead, bare, is_same_formula};
pub(in crate::lesson) use braces::{braces, doubled_braces, is_inside};
pub(in crate::lesson) use cells::cells;
pub(in crate::lesson) use emphasis::lone_stars;
pub(in crate::lesson) use formula::{formulas, in_plain_signs};
use reader::Reader;

/// Paragraphs of words and numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prose {
    /// The paragraphs, none of them empty.
    pub paragraphs: Vec<Vec<Piece>>,
}

/// A piece of a paragraph. Blanks are part of the words.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// `*emphasised*` words.
    Emphasis(String),
    /// A number, or the name that `argmax` gives.
    Number {
        /// What is computed.
        value: Resolved,
        /// How `{…:.4}` asks for it to be written.
        format: NumberFormat,
    },
}

impl Prose {
    /// Reads a text: `{expression}` and `{expression:.4}` are numbers, of a row or column in brackets, `{{` and `}}` are
    /// braces, `*word*` is emphasised, a blank line begins a paragraph. Other line breaks are blanks, or nothing between
    /// two Han characters.
    ///
    /// Gives what could be read and everything that is wrong, with spans in bytes of `text`.
    pub fn read(text: &str, scope: &Scope<'_>) -> (Self, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let mut paragraphs = Vec::new();
        for (start, paragraph) in split_paragraphs(text) {
            let marks = Reader::new((start, paragraph), scope, &mut findings).marks();
            let pieces = emphasis::assembled(marks);
            if !pieces.is_empty() {
                paragraphs.push(pieces);
            }
        }
        (Self { paragraphs }, findings)
    }
}

impl Prose {
    /// What it says, without looks: numbers have seven digits.
    pub(super) fn text(&self, trace: &Trace) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(words) | Piece::Emphasis(words) => words.clone(),
            Piece::Number { value, .. } => match value.evaluate(trace) {
                Value::Number(number) => format!("{number:.6e}"),
                Value::Label(label) => label,
            },
        };
        self.paragraphs.iter().flatten().map(piece).collect()
    }

    /// The same after a mark, for words that are in the other language only.
    pub(super) fn marked(mut self, mark: &str) -> Self {
        if let Some(first) = self.paragraphs.first_mut() {
            first.insert(0, Piece::Words(mark.to_owned()));
        }
        self
    }
}

/// The paragraphs of a text with the bytes at which they start.
fn split_paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut paragraphs = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.push((start, &text[start..at]));
            start = at + line.len();
        }
        at += line.len();
    }
    paragraphs.push((start, &text[start..]));
    paragraphs
}

/// Han characters, and the signs that are set between them without blanks.
pub(in crate::lesson) const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
