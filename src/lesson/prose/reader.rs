//! A paragraph read from left to right: characters, stars and numbers.

use std::ops::Range;

use super::braces::braces;
use super::plain_braces::about_braces;
use super::{cells, formula, in_plain_signs, is_han, unit};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH, Span};
use crate::language::Localised;
use crate::lesson::expression::{
    self, Formatted, NumberFormat, Resolved, Scope, Surroundings, bad, with_hint,
};

/// What a paragraph consists of, before stars are paired.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Char(char),
    Star,
    Number {
        value: Resolved,
        format: NumberFormat,
    },
    /// A number that could not be read.
    Lost,
}

pub(super) struct Reader<'a, 'f> {
    text: &'a str,
    /// Where the paragraph starts in the whole text.
    start: usize,
    at: usize,
    /// The braces of the paragraph, and the cells outside of them, each in their order.
    braces: Vec<Span>,
    cells: Vec<Span>,
    scope: &'a Scope<'a>,
    findings: &'f mut Vec<Diagnostic>,
}

impl<'a, 'f> Reader<'a, 'f> {
    /// A paragraph that starts at a byte of the whole text, and where to what is wrong with it.
    pub(super) fn new(
        (start, text): (usize, &'a str),
        scope: &'a Scope<'a>,
        findings: &'f mut Vec<Diagnostic>,
    ) -> Self {
        Self { text, start, at: 0, braces: braces(text), cells: cells(text, scope), scope, findings }
    }

    /// What the paragraph consists of.
    pub(super) fn marks(mut self) -> Vec<Mark> {
        let mut marks = Vec::new();
        while let Some(next) = self.text[self.at..].chars().next().filter(|_| self.findings.len() < ENOUGH) {
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
        if let Some(words) = emphasised(&self.text[command..braces], &self.text[braces..self.at]) {
            let message = both!(
                "emphasis is written with stars here, not as in LaTeX",
                "这里用星号表示强调，不用 LaTeX"
            );
            let hint = both!("write `*{words}*`", "请写成 `*{words}*`");
            self.report(command..self.at, message, hint);
            return;
        }
        let message = both!("qkv does not draw LaTeX formulas", "qkv 不排 LaTeX 公式");
        let whole = formula::around(self.text, command..self.at);
        let hint = in_plain_signs(&self.text[whole.clone()]);
        let is_alone = whole == (command..self.at);
        self.at = whole.end;
        self.report(if is_alone { command..braces } else { whole }, message, hint);
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
                both!("write `{{{{` for a brace", "要显示花括号，请写 `{{{{`")
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
        if ending_at(self.at, &self.braces).is_some() {
            let hint = both!("remove it: there is one `}}` too many", "这里多了一个 `}}`：请删去");
            self.findings.push(with_hint(finding, hint).with_fix(brace, ""));
            return;
        }
        // A cell that lacks its other half.
        let Some(start) = ending_at(self.at, &self.cells) else {
            let hint = both!("write `}}}}` for a brace", "要显示花括号，请写 `}}}}`");
            self.findings.push(with_hint(finding, hint));
            return;
        };
        let meant = &self.text[start..self.at];
        let finding = with_hint(finding, both!("write `{{{meant}}}`", "请写 `{{{meant}}}`"));
        let first = meant.chars().next().map_or(0, char::len_utf8);
        let place = Span::new(self.start + start, self.start + start + first);
        self.findings.push(finding.with_fix(place, format!("{{{}", &meant[..first])));
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

/// Where the last span begins that ends in this place; the spans are in their order.
fn ending_at(end: usize, spans: &[Span]) -> Option<usize> {
    let before = spans.partition_point(|span| span.end <= end);
    spans[..before].last().filter(|span| span.end == end).map(|span| span.start)
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
/// The words that a command of LaTeX emphasises: `\textbf{cat}`.
fn emphasised<'t>(command: &str, braces: &'t str) -> Option<&'t str> {
    const COMMANDS: [&str; 5] = ["\\textbf", "\\textit", "\\emph", "\\underline", "\\textsl"];
    let words = braces.strip_prefix('{')?.strip_suffix('}')?;
    let is_plain = !words.is_empty() && !words.contains(['{', '}', '\\', '*', '$']);
    (COMMANDS.contains(&command) && is_plain).then_some(words)
}
