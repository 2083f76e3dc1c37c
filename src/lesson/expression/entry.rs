//! Rows and columns by name or number: `creature`, `the#2`, `"[CLS]"`, `3`, `a:b`, `:`.

use std::ops::Range;

use super::finding::{bad, finding, half_range, hinted, listed};
use super::lexer::{Lexer, gap_after, halfwidth, missing};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::graph::{Axis, NoEntry, Node, Side};
use crate::language::{Localised, Words, words};

/// One row or column, as it is written.
///
/// A plain number counts from 1. Everything else is a token or a feature, and so is a number in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    text: String,
    quoted: bool,
    span: Span,
}

/// Some rows or columns, as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Extent {
    /// `:`
    All,
    /// `a`
    One(Entry),
    /// `a:b`, with both ends.
    Range(Entry, Entry),
    /// `a:`, which lacks an end.
    From(Entry),
    /// `:b`, which lacks its beginning.
    To(Entry),
}

impl Entry {
    /// Reads what stands alone, as in `focus: [creature, fluffy]`: a name, `"a name"` or a number.
    ///
    /// # Errors
    /// When nothing is written, or a quote is not closed. The span counts bytes of `text`.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let start = text.len() - text.trim_start().len();
        let trimmed = text.trim();
        let span = Span { start, end: start + trimmed.len() };
        if trimmed.is_empty() {
            return Err(missing(Span { start: 0, end: text.len() }));
        }
        if !trimmed.starts_with('"') {
            return Ok(Self::plain(trimmed, span));
        }
        let mut lexer = Lexer::new(trimmed);
        match lexer.entry() {
            Ok(Some(entry)) if lexer.rest().0.is_empty() => Ok(entry.shifted(start)),
            Ok(_) | Err(_) => Err(bad(span, both!("the quotes do not match", "引号不成对"))),
        }
    }

    /// A name that is taken as it is, even if it looks like a number.
    pub fn label(text: impl Into<String>, span: Span) -> Self {
        Self::quoted(text.into(), span)
    }

    pub(super) fn plain(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), quoted: false, span }
    }

    pub(super) const fn quoted(text: String, span: Span) -> Self {
        Self { text, quoted: true, span }
    }

    /// Which row or column of a matrix this is, from 0.
    ///
    /// # Errors
    /// When the matrix has no such row or column, or several: spans count bytes of the text that was parsed.
    pub fn find(&self, node: &Node, side: Side) -> Result<usize, Diagnostic> {
        let axis = node.shape.axis(side);
        if let Some(count) = self.count() {
            return match count.checked_sub(1).filter(|index| *index < axis.size()) {
                Some(index) => Ok(index),
                None => Err(self.out_of_range(node, side)),
            };
        }
        axis.find(&self.text).map_err(|no_entry| match no_entry {
            NoEntry::Unknown => self.unknown(node, side),
            NoEntry::Ambiguous(count) => self.ambiguous(node, side, count),
            NoEntry::OnlySoMany(count) => self.only_so_many(node, side, count),
        })
    }

    /// The same where nothing is said of what is wrong.
    fn place(&self, node: &Node, side: Side) -> Option<usize> {
        let axis = node.shape.axis(side);
        match self.count() {
            Some(count) => count.checked_sub(1).filter(|index| *index < axis.size()),
            None => axis.find(&self.text).ok(),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What is written, unless it stands in quotation marks and means just itself.
    pub(super) fn plain_text(&self) -> Option<&str> {
        (!self.quoted).then_some(self.text.as_str())
    }

    pub(super) const fn span(&self) -> Span {
        self.span
    }

    /// As a lesson writes it.
    pub(super) fn written(&self) -> String {
        if self.quoted { format!("\"{}\"", self.text.replace('"', "\"\"")) } else { self.text.clone() }
    }

    /// The same entry, `by` bytes further on.
    pub(super) const fn shifted(mut self, by: usize) -> Self {
        self.span = Span { start: self.span.start + by, end: self.span.end + by };
        self
    }

    /// The number that is meant, if it is a plain number.
    fn count(&self) -> Option<usize> {
        let digits = !self.quoted && self.text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| self.text.parse().unwrap_or(usize::MAX))
    }

    fn out_of_range(&self, node: &Node, side: Side) -> Diagnostic {
        let (text, name, axis) = (&self.text, &node.name, node.shape.axis(side));
        let (Localised { en, zh }, count) = (noun(node, side), axis.size());
        // Rows and columns are counted by themselves, what they stand for with a word for single things.
        let counter = if node.part.is_query_by_key() { format!("个{zh}") } else { zh.to_owned() };
        let all = if count == 1 { format!("1 {en}") } else { format!("{count} {}", plural(en)) };
        let are_counted = (0..count).all(|at| axis.label(at) == (at + 1).to_string());
        let Localised { en: listed, zh: listed_zh } =
            if are_counted { Localised::default() } else { in_round_brackets(&entries(axis)) };
        let message = both!(
            "`{name}` has {all}{listed}, and none with the number {text}",
            "`{name}` 有 {count} {counter}{listed_zh}，没有第 {text} {counter}"
        );
        let hint = if axis.find(text).is_ok() {
            both!(
                "the {en} called `{text}` is written `\"{text}\"` here; without quotation marks a number counts from 1",
                "名为 `{text}` 的{zh}在这里要写成 `\"{text}\"`；不加引号的数表示从 1 数起的第几{counter}"
            )
        } else if count == 1 {
            both!("counting starts at 1: write 1", "从 1 数起：请写 1")
        } else if count == 2 {
            both!("write 1 or 2", "请写 1 或 2")
        } else {
            both!("write a number from 1 to {count}", "请写 1 到 {count} 之间的整数")
        };
        hinted(finding(Code::OutOfRange, self.span, message), hint)
    }

    fn unknown(&self, node: &Node, side: Side) -> Diagnostic {
        let (text, name) = (&self.text, &node.name);
        let Localised { en, zh } = noun(node, side);
        let pair = self.pair(node, side).filter(|_| self.otherwise(node, side).is_none());
        let message = match pair {
            Some(_) if text.contains(';') => {
                both!("row and column are separated by a comma, not by `;`", "行和列之间用逗号，不用 `;`")
            }
            Some(_) => {
                both!("a comma is missing between the row and the column", "行和列之间缺少逗号")
            }
            None => both!("`{name}` has no {en} called `{text}`", "`{name}` 中没有名为 `{text}` 的{zh}"),
        };
        let plain: String = text.chars().map(|c| halfwidth(c).unwrap_or(c)).collect();
        let plain = plain.trim_matches('"');
        let finding = hinted(finding(Code::UnknownLabel, self.span, message), self.hint(node, side));
        let counted = plain.parse().is_ok_and(|number| (1..=node.shape.axis(side).size()).contains(&number));
        let meant = plain != text && (counted || node.shape.axis(side).find(plain).is_ok());
        if meant {
            return finding.with_fix(self.span, plain);
        }
        if let Some(meant) = self.otherwise(node, side) {
            return finding.with_fix(self.span, meant);
        }
        if let Some((row, column)) = pair {
            return finding.with_fix(self.span, format!("{row}, {column}"));
        }
        if let Some((from, to)) = self.range(node, side) {
            return finding.with_fix(self.span, format!("{from}:{to}"));
        }
        // `X[a，1]`: two entries that a fullwidth comma keeps together.
        let commas = text.char_indices().filter(|(_, c)| *c == '，' && !self.quoted);
        commas.fold(finding, |finding, (at, c)| {
            let start = self.span.start + at;
            let gap = gap_after(',', &text[at + c.len_utf8()..]);
            finding.with_fix(Span { start, end: start + c.len_utf8() }, format!(",{gap}"))
        })
    }

    /// What the author may have meant.
    fn hint(&self, node: &Node, side: Side) -> Localised<String> {
        let (axis, text) = (node.shape.axis(side), &self.text);
        let Localised { en: list_en, zh: list_zh } = entries(axis);
        let Localised { en, zh } = noun(node, side);
        if let Some(meant) = self.otherwise(node, side) {
            return both!("write `{meant}`", "请写 `{meant}`");
        }
        if let Some((row, column)) = self.pair(node, side) {
            return both!("write `{row}, {column}`", "请写 `{row}, {column}`");
        }
        if let Some((from, to)) = self.range(node, side) {
            return both!("a range has a colon: write `{from}:{to}`", "范围用冒号：请写 `{from}:{to}`");
        }
        if let Some((first, second)) = self.two(axis) {
            let [from, to] = [first, second].map(|name| axis.find(name).unwrap_or_default());
            if to == from + 1 {
                return both!(
                    "for both write `{first}:{second}`; for one of them, `{first}` or `{second}`",
                    "两个都要，请写 `{first}:{second}`；只要一个，请写 `{first}` 或 `{second}`"
                );
            }
            return both!(
                "one name belongs here: write `{first}` or `{second}`; from one to the other is `{first}:{second}`",
                "这里只写一个名称：请写 `{first}` 或 `{second}`；从一个到另一个写作 `{first}:{second}`"
            );
        }
        if let Some((sign, plain)) = text.chars().find_map(|c| Some((c, halfwidth(c)?))) {
            return both!(
                "`{sign}` is a wide sign, as Chinese keyboards write it; write `{plain}`",
                "`{sign}` 是全角符号，请写半角的 `{plain}`"
            );
        }
        if let Some(meant) = nearest(text, axis.labels().iter().map(String::as_str)) {
            return both!(
                "did you mean `{meant}`? There are: {list_en}",
                "是不是想写 `{meant}`？这里有：{list_zh}"
            );
        }
        let other = match side {
            Side::Rows => Side::Columns,
            Side::Columns => Side::Rows,
        };
        if node.shape.axis(other).find(text).is_ok() {
            let Localised { en: own, zh: own_zh } = noun(node, other);
            return both!(
                "`{text}` is a {own}; here write the name of a {en}: {list_en}",
                "`{text}` 是{own_zh}；这里请写{zh}的名称，即以下之一：{list_zh}"
            );
        }
        both!("write the name of a {en}: {list_en}", "请写{zh}的名称，即以下之一：{list_zh}")
    }

    /// The first and the last of `a~b`, `a–b` and `a..b`.
    fn range(&self, node: &Node, side: Side) -> Option<(&str, &str)> {
        const SIGNS: [&str; 10] = ["...", "..", "~", "～", "–", "—", "-", " to ", "到", "至"];
        let is_there = |word: &&str| node.shape.axis(side).find(word).is_ok();
        let ends = |sign: &&str| {
            let (from, to) = self.text.split_once(*sign)?;
            let (from, to) = (from.trim(), to.trim());
            [from, to].iter().all(is_there).then_some((from, to))
        };
        SIGNS.iter().filter(|_| !self.quoted).find_map(ends)
    }

    /// The two of `a and b`, in the order of the axis.
    fn two(&self, axis: &Axis) -> Option<(&str, &str)> {
        const SIGNS: [&str; 6] = [" and ", " & ", "&", "+", "和", "与"];
        let places = |sign: &&str| {
            let (one, other) = self.text.split_once(*sign)?;
            let (one, other) = (one.trim(), other.trim());
            let (first, second) = (axis.find(one).ok()?, axis.find(other).ok()?);
            Some(if first < second { (one, other) } else { (other, one) })
        };
        SIGNS.iter().filter(|_| !self.quoted).find_map(places)
    }

    /// The row and the column that stand here without a comma between them.
    fn pair(&self, node: &Node, side: Side) -> Option<(&str, &str)> {
        const BETWEEN: [&str; 12] = ["->", " - ", "=>", "→", "|", "/", "×", "、", "到", "的", ";", " "];
        let are_there = |(row, column): &(&str, &str)| {
            is_there(row, node, Side::Rows) && is_there(column, node, Side::Columns)
        };
        let pairs = BETWEEN.iter().filter(|_| !self.quoted && side == Side::Rows).filter_map(|sign| {
            let (row, column) = self.text.split_once(sign)?;
            Some((row.trim(), column.trim()))
        });
        pairs.into_iter().find(are_there)
    }

    fn ambiguous(&self, node: &Node, side: Side, count: usize) -> Diagnostic {
        let (text, name) = (&self.text, &node.name);
        let Localised { en, zh } = noun(node, side);
        hinted(
            finding(
                Code::UnknownLabel,
                self.span,
                both!(
                    "more than one {en} of `{name}` is called `{text}`",
                    "`{name}` 中有 {count} 个名为 `{text}` 的{zh}"
                ),
            ),
            both!(
                "say which: `{text}#1` for the first, `{text}#2` for the second",
                "请说明是哪一个：第一个写 `{text}#1`，第二个写 `{text}#2`"
            ),
        )
    }

    fn only_so_many(&self, node: &Node, side: Side, count: usize) -> Diagnostic {
        let (text, name) = (&self.text, &node.name);
        let token = text.rsplit_once('#').map_or(text.as_str(), |(token, _)| token);
        let Localised { en, zh } = noun(node, side);
        hinted(
            finding(
                Code::OutOfRange,
                self.span,
                both!("`{name}` has no {en} `{text}`", "`{name}` 中没有{zh} `{text}`"),
            ),
            if count == 1 {
                both!(
                    "`{token}` stands there only once: write `{token}`",
                    "`{token}` 在这里只出现一次：请写 `{token}`"
                )
            } else {
                both!(
                    "`{token}` stands there {count} times: the last is `{token}#{count}`",
                    "`{token}` 在这里出现 {count} 次：最后一个写 `{token}#{count}`"
                )
            },
        )
    }
}

/// Whether a matrix has a row or column of this name or number.
pub(super) fn is_there(word: &str, node: &Node, side: Side) -> bool {
    let axis = node.shape.axis(side);
    let counted = word.parse().is_ok_and(|number: usize| (1..=axis.size()).contains(&number));
    counted || axis.find(word).is_ok()
}

impl Extent {
    /// As a lesson writes it.
    pub(super) fn written(&self) -> String {
        match self {
            Self::All => ":".to_owned(),
            Self::One(entry) => entry.written(),
            Self::Range(from, to) => format!("{}:{}", from.written(), to.written()),
            Self::From(from) => format!("{}:", from.written()),
            Self::To(to) => format!(":{}", to.written()),
        }
    }

    /// The only end of a range that lacks the other.
    pub(super) const fn half(&self) -> Option<&Entry> {
        match self {
            Self::From(entry) | Self::To(entry) => Some(entry),
            Self::All | Self::One(_) | Self::Range(..) => None,
        }
    }

    /// Whether a matrix has such rows or columns.
    pub(super) fn is_in(&self, node: &Node, side: Side) -> bool {
        match self {
            Self::All => true,
            Self::From(_) | Self::To(_) => false,
            Self::One(entry) => entry.place(node, side).is_some(),
            Self::Range(from, to) => {
                let ends = from.place(node, side).zip(to.place(node, side));
                ends.is_some_and(|(first, last)| first <= last)
            }
        }
    }

    /// The rows or columns of a matrix, from 0.
    pub(super) fn find(&self, node: &Node, side: Side) -> Result<Range<usize>, Vec<Diagnostic>> {
        match self {
            Self::All => Ok(0..node.shape.axis(side).size()),
            Self::From(entry) => {
                let axis = node.shape.axis(side);
                let last = written(axis, axis.size().saturating_sub(1));
                let Span { start, end } = entry.span();
                let own = entry.written();
                let whole =
                    both!("from `{own}` on write `{own}:{last}`", "从 `{own}` 到最后，请写 `{own}:{last}`");
                Err(half_range(&entry.written(), Span::new(start, end + 1), &whole, side))
            }
            Self::To(entry) => {
                let first = written(node.shape.axis(side), 0);
                let Span { start, end } = entry.span();
                let own = entry.written();
                let whole =
                    both!("up to `{own}` write `{first}:{own}`", "从第一个到 `{own}`，请写 `{first}:{own}`");
                Err(half_range(&entry.written(), Span::new(start.saturating_sub(1), end), &whole, side))
            }
            Self::One(entry) => match entry.find(node, side) {
                Ok(index) => Ok(index..index + 1),
                Err(finding) => Err(vec![entry.all(node, side).unwrap_or(finding)]),
            },
            Self::Range(from, to) => match (from.find(node, side), to.find(node, side)) {
                (Ok(first), Ok(last)) if first <= last => Ok(first..last + 1),
                (Ok(_), Ok(_)) => {
                    let span = Span { start: from.span.start, end: to.span.end };
                    let (from, to) = (&from.text, &to.text);
                    Err(vec![hinted(
                        finding(
                            Code::OutOfRange,
                            span,
                            both!(
                                "this range is empty: `{from}` comes after `{to}`",
                                "这个范围是空的：`{from}` 在 `{to}` 之后"
                            ),
                        ),
                        both!("write `{to}:{from}`", "请写 `{to}:{from}`"),
                    )])
                }
                (from, to) => Err(from.err().into_iter().chain(to.err()).collect()),
            },
        }
    }
}

/// A label as a reference writes it: in quotes unless it is a plain word.
pub(in crate::lesson) fn written(axis: &Axis, index: usize) -> String {
    let label = axis.unique_label(index);
    let counted = label.bytes().all(|byte| byte.is_ascii_digit());
    if counted && axis.label(index) == (index + 1).to_string() {
        return label;
    }
    let plain = !counted
        && label.trim() == label
        && !label.starts_with('"')
        && !label.contains([',', ']', ':', '[', '{', '}']);
    if plain { label } else { format!("\"{}\"", label.replace('"', "\"\"")) }
}

/// What the rows or columns are called: where rows are queries and columns are keys, so, because on the screen they
/// may be drawn the other way.
pub(super) fn noun(node: &Node, side: Side) -> Words {
    match (node.part.is_query_by_key(), side) {
        (true, Side::Rows) => words("query", "查询"),
        (true, Side::Columns) => words("key", "键"),
        (false, Side::Rows) => words("row", "行"),
        (false, Side::Columns) => words("column", "列"),
    }
}

/// What several of these are called in English.
fn plural(noun: &str) -> String {
    noun.strip_suffix("ry").map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ries"))
}

fn in_round_brackets(words: &Localised<String>) -> Localised<String> {
    Localised { en: format!(" ({})", words.en), zh: format!("（{}）", words.zh) }
}

fn entries(axis: &Axis) -> Localised<String> {
    listed(axis.labels().iter().map(String::as_str))
}
