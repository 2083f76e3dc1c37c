//! `*emphasised*` words: which stars of a paragraph belong together.

use super::braces::{braces, is_inside};
use super::reader::Mark;
use super::{Piece, is_han, split_paragraphs};
use crate::diagnostic::Span;

/// Pairs the stars and puts the characters together.
pub(super) fn assembled(marks: Vec<Mark>) -> Vec<Piece> {
    let paired = paired_stars(&marks);
    let mut pieces = Vec::new();
    let (mut words, mut emphasised) = (String::new(), false);
    let flush = |words: &mut String, emphasised: bool, pieces: &mut Vec<Piece>| {
        let words = std::mem::take(words);
        if !words.is_empty() {
            pieces.push(if emphasised { Piece::Emphasis(words) } else { Piece::Words(words) });
        }
    };
    for (mark, paired) in marks.into_iter().zip(paired) {
        match mark {
            Mark::Char(c) => words.push(c),
            Mark::Star if paired => {
                flush(&mut words, emphasised, &mut pieces);
                emphasised = !emphasised;
            }
            Mark::Star => words.push('*'),
            Mark::Number { value, format } => {
                flush(&mut words, emphasised, &mut pieces);
                pieces.push(Piece::Number { value, format });
            }
            Mark::Lost => {}
        }
    }
    flush(&mut words, emphasised, &mut pieces);
    pieces
}

/// Which marks are stars that begin or end an emphasis: each that can begin one, with the next that can end one.
fn paired_stars(marks: &[Mark]) -> Vec<bool> {
    let mut paired = vec![false; marks.len()];
    let mut open: Option<usize> = None;
    for (at, mark) in marks.iter().enumerate() {
        if *mark != Mark::Star {
            continue;
        }
        let before = at.checked_sub(1).map(|at| &marks[at]);
        let after = marks.get(at + 1);
        match open {
            Some(start) if at > start + 1 && can_end(before, after) => {
                (paired[start], paired[at]) = (true, true);
                open = None;
            }
            None if can_begin(before, after) => open = Some(at),
            Some(_) | None => {}
        }
    }
    paired
}

/// The stars of a text that could begin an emphasis and have no other one to end it.
pub(in crate::lesson) fn lone_stars(text: &str) -> Vec<Span> {
    let computed = braces(text);
    let mut lone = Vec::new();
    for (start, paragraph) in split_paragraphs(text) {
        let mark = |(at, c): (usize, char)| {
            let is_computed = is_inside(&computed, start + at);
            match c {
                _ if is_computed => Mark::Lost,
                '*' => Mark::Star,
                c if c.is_whitespace() => Mark::Char(' '),
                c => Mark::Char(c),
            }
        };
        let marks: Vec<Mark> = paragraph.char_indices().map(mark).collect();
        let paired = paired_stars(&marks);
        for (index, (at, _)) in paragraph.char_indices().enumerate() {
            let before = index.checked_sub(1).map(|before| &marks[before]);
            if marks[index] == Mark::Star && !paired[index] && can_begin(before, marks.get(index + 1)) {
                lone.push(Span::new(start + at, start + at + 1));
            }
        }
    }
    lone
}

fn can_begin(before: Option<&Mark>, after: Option<&Mark>) -> bool {
    !is_blank(after) && (!is_latin(before) || matches!(after, Some(Mark::Char(c)) if is_han(*c)))
}

fn can_end(before: Option<&Mark>, after: Option<&Mark>) -> bool {
    !is_blank(before) && (!is_latin(after) || matches!(before, Some(Mark::Char(c)) if is_han(*c)))
}

fn is_blank(mark: Option<&Mark>) -> bool {
    matches!(mark, None | Some(Mark::Char(' ') | Mark::Star))
}

/// Whether a star beside this is likely to be a product: `3*4`, `{a}*{b}`.
fn is_latin(mark: Option<&Mark>) -> bool {
    match mark {
        None | Some(Mark::Star) => false,
        Some(Mark::Char(c)) => c.is_alphanumeric() && !is_han(*c),
        Some(Mark::Number { .. } | Mark::Lost) => true,
    }
}
