//! What a lesson says: words, emphasis and numbers that are computed where they stand.

mod bare;
mod cells;
mod formula;
mod plain_braces;
mod unit;

use std::ops::Range;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;

use super::expression::{
    self, Formatted, NumberFormat, Resolved, Scope, Surroundings, Value, bad, with_hint,
};
use crate::graph::Trace;
pub(in crate::lesson) use bare::{Bare, Instead, bare, is_same_formula};
pub(in crate::lesson) use cells::cells;
pub(in crate::lesson) use formula::{formula, in_plain_signs};
use plain_braces::about_braces;

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
    /// Reads a text: `{expression}` and `{expression:.4}` are numbers, of a row or column in brackets, `{{` and `}}` are braces, `*word*` is
    /// emphasised, a blank line begins a paragraph. Other line breaks are blanks, or nothing between two Han characters.
    ///
    /// Gives what could be read and everything that is wrong, with spans in bytes of `text`.
    pub fn read(text: &str, scope: &Scope<'_>) -> (Self, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let mut paragraphs = Vec::new();
        for (start, paragraph) in split_paragraphs(text) {
            let marks = Reader { text: paragraph, start, at: 0, scope, findings: &mut findings }.marks();
            let pieces = assemble(marks);
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

/// What a paragraph consists of, before stars are paired.
#[derive(Debug, Clone, PartialEq)]
enum Mark {
    Char(char),
    Star,
    Number {
        value: Resolved,
        format: NumberFormat,
    },
    /// A number that could not be read.
    Lost,
}

struct Reader<'a, 'f> {
    text: &'a str,
    /// Where the paragraph starts in the whole text.
    start: usize,
    at: usize,
    scope: &'a Scope<'a>,
    findings: &'f mut Vec<Diagnostic>,
}

impl<'a> Reader<'a, '_> {
    fn marks(mut self) -> Vec<Mark> {
        let mut marks = Vec::new();
        while let Some(next) = self.text[self.at..].chars().next() {
            let doubled = self.text[self.at + next.len_utf8()..].starts_with(next);
            match next {
                '{' | '}' if doubled => {
                    self.at += 2;
                    marks.push(Mark::Char(next));
                }
                '{' if is_tex(&self.text[..self.at]) => {
                    self.tex();
                    marks.push(Mark::Lost);
                }
                '{' => {
                    let numbers = self.number();
                    marks.extend(numbers);
                }
                '}' => {
                    self.report_unopened();
                    self.at += 1;
                }
                '｛' if self.fullwidth_braces() => marks.push(Mark::Lost),
                '*' => {
                    self.at += 1;
                    marks.push(Mark::Star);
                }
                _ if next.is_whitespace() => {
                    let blank = self.blank(marks.last());
                    marks.extend(blank.map(Mark::Char));
                }
                _ => {
                    self.at += next.len_utf8();
                    marks.push(Mark::Char(next));
                }
            }
        }
        if marks.last() == Some(&Mark::Char(' ')) {
            marks.pop();
        }
        marks
    }

    /// Reports `｛X[1, 2]｝`, which would be shown as it stands; whether it is such.
    fn fullwidth_braces(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(length) = rest.find(['｝', '}']) else { return false };
        let formula = &rest['｛'.len_utf8()..length];
        let plain: String = formula
            .chars()
            .map(|c| expression::halfwidth(c).unwrap_or(c))
            .collect::<String>()
            .replace('{', "");
        let numeric = Formatted::parse(&plain).is_ok_and(|it| it.expression.resolve(self.scope).is_ok());
        if !numeric {
            return false;
        }
        let start = self.start + self.at;
        let end = start + length;
        let closing = rest[length..].chars().next().map_or(0, char::len_utf8);
        let opening = Span { start, end: start + '｛'.len_utf8() };
        let message = both!(
            "a wide `｛`, as Chinese keyboards write it: the number would not be shown",
            "这里用了全角的 `｛`，不会显示为数"
        );
        let hint = both!("write `{{{plain}}}` with plain braces", "请用半角花括号，写成 `{{{plain}}}`");
        let finding = with_hint(Diagnostic::new(Code::FullwidthPunctuation, opening, message), hint)
            .with_fix(opening, "{")
            .with_fix(Span { start: end, end: end + closing }, "}");
        let inner = opening.end;
        let signs =
            formula.char_indices().filter_map(|(at, c)| Some((inner + at, c, expression::halfwidth(c)?)));
        let finding = signs.fold(finding, |finding, (start, c, plain)| {
            finding.with_fix(Span { start, end: start + c.len_utf8() }, plain)
        });
        self.findings.push(finding);
        self.at += length + closing;
        true
    }

    /// Reports LaTeX whose first brace is next, and passes over it.
    fn tex(&mut self) {
        let in_command = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\\' | '_' | '^');
        let command = self.text[..self.at].trim_end_matches(in_command).len();
        let braces = self.at;
        self.at = self.behind_braces();
        let message = both!("qkv does not draw LaTeX formulas", "qkv 不排 LaTeX 公式");
        let hint = in_plain_signs(formula::around(self.text, command..self.at));
        self.report(command..braces, message, hint);
    }

    /// Where the pairs of braces end of which the first is next: `\frac{a}{b}` has two.
    fn behind_braces(&self) -> usize {
        let mut depth = 0_usize;
        let end = self.text[self.at..].char_indices().find(|(_, c)| match c {
            '{' => {
                depth += 1;
                false
            }
            '}' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        });
        end.map_or(self.text.len(), |(end, _)| self.at + end)
    }

    /// What blanks and line breaks become.
    fn blank(&mut self, before: Option<&Mark>) -> Option<char> {
        let rest = &self.text[self.at..];
        let after = rest.trim_start();
        let blanks = &rest[..rest.len() - after.len()];
        self.at += blanks.len();
        let before = before?;
        let between_han = matches!(before, Mark::Char(c) if is_han(*c)) && after.starts_with(is_han);
        (!(between_han && blanks.contains('\n'))).then_some(' ')
    }

    /// A number in braces, of which the first is next.
    fn number(&mut self) -> Vec<Mark> {
        let open = self.at;
        let Some(inner) = self.braced() else {
            let message = both!("this `{{` is never closed", "这个 `{{` 没有闭合");
            if let Some(meant) = self.unclosed() {
                let hint = both!("write `{{{meant}}}`", "请写 `{{{meant}}}`");
                let (at, last) = (self.start + open, meant.len() - 1);
                let closed = Span::new(at + 1 + last, at + 1 + meant.len());
                let finding = with_hint(bad(Span::new(at, at + 1), message), hint);
                self.findings.push(finding.with_fix(closed, format!("{}}}", &meant[last..])));
                self.at = open + 1 + meant.len();
                return vec![Mark::Lost];
            }
            let hint = if cells::breaks_off(&self.text[open + 1..]) {
                both!(
                    "write the rest of it, up to its `}}`: the text breaks off here",
                    "请把它写完，直到 `}}`：文字到这里就断了"
                )
            } else {
                both!("write `{{{{` for a brace", "要写花括号本身，请写 `{{{{`")
            };
            self.report(open..open + 1, message, hint);
            self.at = open + 1;
            return vec![Mark::Lost];
        };
        self.at = open + inner.len() + 2;
        if inner.trim().is_empty() {
            let cell = expression::first_cell(self.scope).unwrap_or_else(|| "X[1, 2]".to_owned());
            let hint = both!(
                "write a cell, such as `{{{cell}}}`; braces themselves are written `{{{{` and `}}}}`",
                "请写一个单元格，例如 `{{{cell}}}`；花括号本身写作 `{{{{` 和 `}}}}`"
            );
            let message = both!("there is nothing in these braces", "花括号里是空的");
            self.report(open..self.at, message, hint);
            return vec![Mark::Lost];
        }
        let read = Formatted::parse(inner).map_err(|finding| vec![finding]);
        let resolved = read.and_then(|Formatted { expression, format }| match expression.line(self.scope) {
            Some(cells) => Ok((cells.into_iter().map(Resolved::of_cell).collect(), format)),
            None => Ok((vec![expression.resolve(self.scope)?], format)),
        });
        match resolved {
            Ok((values, format)) => numbers(values, format),
            Err(findings) => {
                let by = self.start + open + 1;
                let told = self.told(inner, findings);
                self.findings.extend(told.into_iter().map(|finding| shifted(finding, by)));
                vec![Mark::Lost]
            }
        }
    }

    /// What is wrong with a number in braces.
    fn told(&self, inner: &str, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let reads = |inner: &str| {
            Formatted::parse(inner).is_ok_and(|it| {
                it.expression.line(self.scope).is_some()
                    || expression::makes_sense(it.expression.resolve(self.scope))
            })
        };
        let told = expression::meant(findings, inner, Surroundings::braces(self.scope), reads);
        if told.iter().all(|finding| finding.fix.is_empty())
            && let Some(finding) = unit::word_inside(inner, reads)
        {
            return vec![finding];
        }
        // What names a matrix was meant as a number.
        let is_cell = !cells(inner, self.scope).is_empty() || told.iter().any(|it| !it.fix.is_empty());
        if is_cell {
            told
        } else {
            told.into_iter().map(|finding| about_braces(inner, finding, self.scope)).collect()
        }
    }

    /// What stands between the brace that is next and the one that closes it.
    fn braced(&self) -> Option<&'a str> {
        let rest = &self.text[self.at + 1..];
        let (mut in_brackets, mut in_quotes) = (false, false);
        for (at, c) in rest.char_indices() {
            match c {
                '"' if in_brackets => in_quotes = !in_quotes,
                _ if in_quotes => {}
                '[' => in_brackets = true,
                ']' => in_brackets = false,
                '{' => return None,
                '}' => return Some(&rest[..at]),
                _ => {}
            }
        }
        None
    }

    /// Reports the brace that is next, which closes nothing.
    fn report_unopened(&mut self) {
        let brace = Span::new(self.start + self.at, self.start + self.at + 1);
        let finding = bad(brace, both!("this `}}` closes nothing", "这个 `}}` 没有对应的 `{{`"));
        if braces(self.text).iter().any(|before| before.end == self.at) {
            let hint = both!("remove it: there is one `}}` too many", "这里多了一个 `}}`：请删去");
            self.findings.push(with_hint(finding, hint).with_fix(brace, ""));
            return;
        }
        let Some(start) = self.unopened() else {
            let hint = both!("write `}}}}` for a brace", "要写花括号本身，请写 `}}}}`");
            self.findings.push(with_hint(finding, hint));
            return;
        };
        let meant = &self.text[start..self.at];
        let finding = with_hint(finding, both!("write `{{{meant}}}`", "请写 `{{{meant}}}`"));
        let first = meant.chars().next().map_or(0, char::len_utf8);
        let place = Span::new(self.start + start, self.start + start + first);
        self.findings.push(finding.with_fix(place, format!("{{{}", &meant[..first])));
    }

    /// Where the cell begins that ends before the brace that is next, which lacks its other half.
    fn unopened(&self) -> Option<usize> {
        let found = cells(&self.text[..self.at], self.scope);
        found.last().filter(|cell| cell.end == self.at).map(|cell| cell.start)
    }

    /// The longest expression after the brace that is next, which lacks its other half.
    fn unclosed(&self) -> Option<&'a str> {
        const LONGEST: usize = 200;
        let rest = &self.text[self.at + 1..];
        let rest = &rest[..rest.find(['{', '}', '\n']).unwrap_or(rest.len())];
        let first = rest.find([']', ')'])?;
        let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let ends = rest.char_indices().filter(|(at, _)| *at >= first).map(|(at, c)| at + c.len_utf8());
        let parts = ends.map(|end| rest.split_at(end)).filter(|(inner, behind)| {
            let is_whole = !(inner.ends_with(in_word) && behind.starts_with(in_word));
            is_whole && inner.len() <= LONGEST && !inner.ends_with(char::is_whitespace)
        });
        let makes_sense =
            |inner: &&str| Formatted::parse(inner).is_ok_and(|it| it.expression.resolve(self.scope).is_ok());
        parts.map(|(inner, _)| inner).rfind(makes_sense)
    }

    fn report(&mut self, range: Range<usize>, message: Localised<String>, hint: Localised<String>) {
        let span = Span { start: self.start + range.start, end: self.start + range.end };
        self.findings.push(with_hint(bad(span, message), hint));
    }
}

/// Whether a text ends with a command of LaTeX, `\frac`, or with its sign for an index or a power: `x_`.
fn is_tex(text: &str) -> bool {
    let index = text.strip_suffix(['_', '^']);
    if index.is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']'))) {
        return true;
    }
    let word = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    word.len() < text.len() && word.ends_with('\\')
}

fn shifted(finding: Diagnostic, by: usize) -> Diagnostic {
    finding.moved(|span| Span { start: span.start + by, end: span.end + by })
}

/// One number, or those of a row or column in brackets: `[0.25, 0.75]`.
fn numbers(values: Vec<Resolved>, format: NumberFormat) -> Vec<Mark> {
    let many = values.len() > 1;
    let mut marks: Vec<Mark> = many.then_some(Mark::Char('[')).into_iter().collect();
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            marks.extend([Mark::Char(','), Mark::Char(' ')]);
        }
        marks.push(Mark::Number { value, format });
    }
    marks.extend(many.then_some(Mark::Char(']')));
    marks
}

/// Pairs the stars and puts the characters together.
fn assemble(marks: Vec<Mark>) -> Vec<Piece> {
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

/// The `{…}` of a text; doubled braces are none.
pub(in crate::lesson) fn braces(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut at, bytes) = (0, text.as_bytes());
    while at < bytes.len() {
        let doubled = bytes.get(at + 1) == Some(&bytes[at]);
        match bytes[at] {
            b'{' | b'}' if doubled => at += 2,
            b'{' => {
                let end = text[at..].find('}').map_or(text.len(), |end| at + end + 1);
                spans.push(Span::new(at, end));
                at = end;
            }
            _ => at += 1,
        }
    }
    spans
}

/// The `{{…}}` of a text, which are shown as braces.
pub(in crate::lesson) fn doubled_braces(text: &str) -> Vec<Span> {
    let ends = |start: usize| text[start..].find("}}").map(|length| start + length + 2);
    let spans = text.match_indices("{{").filter_map(|(start, _)| Some(Span::new(start, ends(start)?)));
    spans.filter(|span| !text[span.range()].contains('\n')).collect()
}

/// Whether a byte is in one of some spans, which are in order and do not overlap, as [`braces`] are.
pub(in crate::lesson) fn is_inside(spans: &[Span], at: usize) -> bool {
    let before = spans.partition_point(|span| span.start <= at);
    spans[..before].last().is_some_and(|span| at < span.end)
}

/// Han characters, and the signs that are set between them without blanks.
pub(in crate::lesson) const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests;
