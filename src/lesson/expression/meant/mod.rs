//! What was meant by a text that cannot be read: the same, spelled as this language spells it.
//!
//! Teachers bring the spellings of textbooks, spreadsheets and other languages: `X(a, b)`, `X[a][b]`, `\geq`, `is`,
//! `average(…)`. Each [`Spelling`] puts one of them right; what comes of it is proposed only if it can be read in the lesson
//! that it stands in.

mod calls;
mod cells;
mod counted;
mod format;
mod plain;
mod products;
mod relations;
mod several;
mod spellings;
mod told;

use super::claim::Claim;
use super::finding::hinted;
use super::resolve::Scope;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Trace};
use crate::language::{Localised, Words};
pub(in crate::lesson) use cells::{first_cell, missing_matrix, of_text_last, softmax_of};
pub(in crate::lesson) use several::several;
use spellings::{ENDED, SPELLINGS, Sureness};
use told::words_of;

/// The cell that stands for any cell where the names of the lesson are not known.
const EXAMPLE: &str = "X[1, 2]";

/// Longer texts are not looked at.
const LONGEST: usize = 200;

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::lesson) struct Surroundings<'a> {
    /// What names stand for.
    pub(in crate::lesson) scope: &'a Scope<'a>,
    /// The matrix that is meant where none is named.
    pub(in crate::lesson) of: Option<NodeId>,
    /// What stands before and behind it.
    pub(in crate::lesson) signs: [&'static str; 2],
    /// The numbers that a claim is held to, where they are there.
    pub(in crate::lesson) trace: Option<&'a Trace>,
}

impl<'a> Surroundings<'a> {
    /// Those of a text that stands by itself.
    pub(in crate::lesson) const fn none(scope: &'a Scope<'a>) -> Self {
        Self { scope, of: None, signs: ["", ""], trace: None }
    }

    /// Those of a number in a sentence.
    pub(in crate::lesson) const fn braces(scope: &'a Scope<'a>) -> Self {
        Self { scope, of: None, signs: ["{", "}"], trace: None }
    }
}

/// The findings about a text; or, where it is known what was meant by it, one that says how that is written.
///
/// `reads` tells whether a text can be read in its place.
pub(in crate::lesson) fn meant(
    findings: Vec<Diagnostic>,
    text: &str,
    around: Surroundings<'_>,
    reads: impl Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    if let [only] = findings.as_slice()
        && only.code == Code::FullwidthPunctuation
        && !only.fix.is_empty()
        && !reads(&put_right(text, only))
    {
        // Plain signs alone would not make it right, and no second look at it should be needed.
        let mut told = only.clone();
        told.fix.clear();
        if let Some(spelled) = spelled(&put_right(text, only), around, reads) {
            if spelled.told.is_some() {
                return vec![spelled_here(&spelled, only, text, around)];
            }
            let ([open, close], written) = (around.signs, spelled.text);
            told = hinted(told, both!("write `{open}{written}{close}`", "请写 `{open}{written}{close}`"));
        }
        return vec![told];
    }
    if let Some(finding) = counted::from_0(&findings, text, around) {
        return vec![finding];
    }
    let Some(first) = findings.first().filter(|_| !is_well_told(&findings)) else { return findings };
    let plain = plain::of_keyboard(first, text);
    if let Some(plain) = plain.as_deref().filter(|plain| reads(plain)) {
        return vec![plain::told(first, text, plain, around)];
    }
    let found = spelled(text, around, &reads);
    let found = found.or_else(|| plain.as_deref().and_then(|plain| spelled(plain, around, &reads)));
    let Some(spelled) = found else {
        if plain.is_some() {
            return findings;
        }
        let findings = without_matrix(findings, text, around);
        return findings.into_iter().map(|finding| by_own_example(finding, around.scope)).collect();
    };
    vec![spelled_here(&spelled, first, text, around)]
}

/// The finding of a text that is spelled otherwise here.
fn spelled_here(spelled: &Spelled, first: &Diagnostic, text: &str, around: Surroundings<'_>) -> Diagnostic {
    let written = &spelled.text;
    let borne_out = || {
        let (claim, trace) = (Claim::parse(written).ok()?, around.trace?);
        match spelled.how_sure {
            Sureness::Certain => claim.rounded(written, around.scope, trace),
            Sureness::Likely => claim.borne_out(written, around.scope, trace),
        }
    };
    let borne_out = borne_out();
    let proposed = borne_out.as_ref().unwrap_or(written);
    let changed = changed(text, proposed);
    let place = if changed.removed.is_empty() { first.span } else { changed.removed };
    // What is told is no longer that a sign is wide, or that a name is unknown.
    let is_told_anew =
        spelled.told.is_some() && matches!(first.code, Code::FullwidthPunctuation | Code::UnknownLabel);
    let code = if is_told_anew { Code::BadExpression } else { first.code };
    let (message, hint) = words_of(spelled, borne_out.as_deref(), text, around);
    let finding =
        hinted(Diagnostic::new(code, place, message.unwrap_or_else(|| first.message.clone())), hint);
    match spelled.how_sure {
        // The sign of a sentence goes behind the brace.
        Sureness::Certain if spelled.told == Some(ENDED) && around.signs[1] == "}" => finding,
        Sureness::Certain => finding.with_fix(changed.replaced, changed.with),
        Sureness::Likely => finding,
    }
}

/// A text with the fix of a finding.
fn put_right(text: &str, finding: &Diagnostic) -> String {
    let mut edits = finding.fix.clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    edits.into_iter().fold(text.to_owned(), |mut text, edit| {
        let range = edit.span.range();
        if text.get(range.clone()).is_some() {
            text.replace_range(range, &edit.with);
        }
        text
    })
}

/// Whether nothing better can be said of a text, as of a slip that is known.
fn is_well_told(findings: &[Diagnostic]) -> bool {
    let is_of_keyboard = |code: Code| matches!(code, Code::BadNumber | Code::FullwidthPunctuation);
    match findings {
        [only] if !only.fix.is_empty() => !is_of_keyboard(only.code),
        [first, ..] => first.code == Code::OutOfRange,
        [] => true,
    }
}

/// Whether what is written makes sense; with a name whose definition is wrong, which is reported already, too.
pub(in crate::lesson) fn makes_sense<T>(read: Result<T, Vec<Diagnostic>>) -> bool {
    read.is_ok() || read.is_err_and(|findings| findings.is_empty())
}

/// The findings about a text; of a row and a column by themselves, that the matrix is missing.
fn without_matrix(findings: Vec<Diagnostic>, text: &str, around: Surroundings<'_>) -> Vec<Diagnostic> {
    let mut with = cells::with_matrix(text, around.scope);
    let (Some(first), Some(cell)) = (findings.first(), with.next_back()) else { return findings };
    let message = both!("the matrix is missing here", "这里缺少矩阵的名称");
    let [open, close] = around.signs;
    let hint = if with.next().is_none() {
        both!("write `{open}{cell}{close}`", "请写 `{open}{cell}{close}`")
    } else {
        both!("name it, as in `{open}{cell}{close}`", "请写明是哪个矩阵，例如 `{open}{cell}{close}`")
    };
    vec![hinted(Diagnostic::new(Code::BadExpression, first.span, message), hint)]
}

/// A finding whose hint has a cell of the lesson for its example.
fn by_own_example(mut finding: Diagnostic, scope: &Scope<'_>) -> Diagnostic {
    if let (Some(hint), Some(cell)) = (&mut finding.hint, first_cell(scope)) {
        let own = |words: &str| words.replace(EXAMPLE, &cell);
        *hint = Localised { en: own(&hint.en), zh: own(&hint.zh) };
    }
    finding
}

/// A text as it is spelled here.
struct Spelled {
    text: String,
    told: Option<Words>,
    how_sure: Sureness,
}

/// A text that cannot be read, as it can.
fn spelled(text: &str, around: Surroundings<'_>, reads: impl Fn(&str) -> bool) -> Option<Spelled> {
    if text.len() > LONGEST || text.trim().is_empty() {
        return None;
    }
    let mut written = text.to_owned();
    let (mut told, mut how_sure) = (None, Sureness::Certain);
    for spelling in SPELLINGS {
        let better = (spelling.here)(&written, around);
        if better == written {
            continue;
        }
        written = better;
        told = told.or(Some(spelling.told));
        if spelling.how_sure == Sureness::Likely {
            how_sure = Sureness::Likely;
        }
        if !written.contains('`') && reads(&written) {
            let (text, told) = (written.trim().to_owned(), told.flatten());
            return Some(Spelled { text, told, how_sure });
        }
    }
    None
}

/// What makes one text of another.
struct Changed<'a> {
    /// What is not in the other any more, with all of its words.
    removed: Span,
    /// What is replaced; never nothing, because only what is there has a place in a file.
    replaced: Span,
    /// By what.
    with: &'a str,
}

fn changed<'a>(text: &str, written: &'a str) -> Changed<'a> {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = text.chars().zip(written.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (rest, new) = (&text[start..], &written[start..]);
    let back: usize =
        rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (mut from, mut to) = (start, text.len() - back);
    let removed = if from == to { Span::new(from, to) } else { with_words(text, from, to) };
    if from == to {
        // The sign before, or at the very start the sign behind, is written again.
        match (text[..from].chars().next_back(), text[to..].chars().next()) {
            (Some(before), _) => from -= before.len_utf8(),
            (None, Some(behind)) => to += behind.len_utf8(),
            (None, None) => {}
        }
    } else {
        (from, to) = (removed.start, removed.end);
    }
    let with = &written[from..written.len() - (text.len() - to)];
    Changed { removed, replaced: Span::new(from, to), with }
}

/// A part of a text, with the rest of the words, or signs that compare, that it begins and ends in.
fn with_words(text: &str, from: usize, to: usize) -> Span {
    let in_word = |c: char| c.is_ascii_alphanumeric();
    let in_sign = |c: char| matches!(c, '=' | '<' | '>' | '!' | '~');
    let kinds: [&dyn Fn(char) -> bool; 2] = [&in_word, &in_sign];
    let of = |at: usize| kinds.into_iter().find(|is| text[at..].starts_with(is) && text[..at].ends_with(is));
    let start = of(from).map_or(from, |is| text[..from].trim_end_matches(is).len());
    let end = of(to).map_or(to, |is| text.len() - text[to..].trim_start_matches(is).len());
    Span::new(start, end)
}

/// A text in which what is outside of brackets `[ ]` has been changed.
fn outside_brackets(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(open) = rest.find('[') {
        out.push_str(&change(&rest[..open]));
        let close = rest[open..].find(']').map_or(rest.len(), |close| open + close + 1);
        out.push_str(&rest[open..close]);
        rest = &rest[close..];
    }
    out.push_str(&change(rest));
    out
}

/// Where the first sign that compares stands, outside of brackets and quotation marks.
fn relation(text: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0_usize, false);
    text.char_indices().find_map(|(at, c)| {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            '=' | '<' | '>' | '≤' | '≥' if !quoted && depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}
