//! Sentences with gaps, filled in both languages at once.

use crate::graph::Cell;
use crate::language::{Localised, Words};
use crate::lesson::expression::{NumberFormat, Resolved};
use crate::lesson::prose::is_han;
use crate::lesson::{Piece, Prose};

/// What goes into the gap `{0}`, `{1}`, … of a sentence.
#[derive(Debug, Clone)]
pub(super) enum Gap {
    /// A name, emphasised.
    Name(String),
    /// Words that differ between the languages, emphasised.
    Words(Localised<String>),
    /// Words that are a part of the sentence.
    Plain(Words),
    /// A number of the lesson.
    Cell(Cell),
    /// A number that stands in no matrix.
    Number(f64),
    /// A number of things.
    Count(usize),
}

/// One paragraph in both languages, sentence by sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Say {
    pieces: Localised<Vec<Piece>>,
}

impl Say {
    pub(super) fn new(sentence: Words, gaps: &[Gap]) -> Self {
        Self::default().and(sentence, gaps)
    }

    /// Adds a sentence, in English after a blank.
    pub(super) fn and(self, sentence: Words, gaps: &[Gap]) -> Self {
        let Localised { mut en, mut zh } = self.pieces;
        if !en.is_empty() {
            push_words(&mut en, " ");
        }
        fill(&mut en, sentence.en, gaps, |both| &both.en);
        fill(&mut zh, sentence.zh, gaps, |both| &both.zh);
        Self { pieces: Localised { en, zh } }
    }

    pub(super) fn prose(self) -> Localised<Prose> {
        self.pieces.map(|pieces| Prose { paragraphs: vec![pieces] })
    }
}

fn fill(pieces: &mut Vec<Piece>, sentence: &str, gaps: &[Gap], language: fn(&Localised<String>) -> &String) {
    let mut rest = sentence;
    while let Some((words, (gap, after))) =
        rest.split_once('{').and_then(|(words, gap)| Some((words, gap.split_once('}')?)))
    {
        push_words(pieces, words);
        rest = after;
        let gap = gap.parse().ok().and_then(|gap: usize| gaps.get(gap));
        match gap.expect("the sentences of this module have a filling for every gap") {
            Gap::Name(name) => rest = push_name(pieces, name, rest),
            Gap::Words(both) => rest = push_name(pieces, language(both), rest),
            Gap::Plain(both) => push_words(pieces, language(&both.map(str::to_owned))),
            Gap::Cell(cell) => pieces
                .push(Piece::Number { value: Resolved::of_cell(*cell), format: NumberFormat::default() }),
            Gap::Number(number) => {
                pieces.push(Piece::Number {
                    value: Resolved::of_number(*number),
                    format: NumberFormat::default(),
                });
            }
            Gap::Count(count) => push_words(pieces, &count.to_string()),
        }
    }
    push_words(pieces, rest);
}

/// Adds a name and gives what follows it. The blanks around a name in Latin letters are none around one in Han.
fn push_name<'a>(pieces: &mut Vec<Piece>, name: &str, rest: &'a str) -> &'a str {
    if let Some(Piece::Words(before)) = pieces.last_mut() {
        let end = before.trim_end().len();
        if before[..end].ends_with(is_han) && name.starts_with(is_han) {
            before.truncate(end);
        }
    }
    pieces.push(Piece::Emphasis(name.to_owned()));
    let after = rest.trim_start();
    if name.ends_with(is_han) && after.starts_with(is_han) { after } else { rest }
}

fn push_words(pieces: &mut Vec<Piece>, words: &str) {
    if words.is_empty() {
        return;
    }
    if let Some(Piece::Words(last)) = pieces.last_mut() {
        last.push_str(words);
    } else {
        pieces.push(Piece::Words(words.to_owned()));
    }
}
