//! Claims that prove nothing, and the numbers that stand in a text.

use std::collections::{BTreeMap, BTreeSet};

use super::items;
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Cell, Node, Trace};
use crate::language::Localised;
use crate::lesson::Lesson;
use crate::lesson::check::Checker;
use crate::lesson::check::locate::in_place_of;
use crate::lesson::expression::{self, Claim, ResolvedClaim, Scope};
use crate::lesson::prose::is_inside;
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports claims that a wrong number would meet as well.
    pub(super) fn claims_can_fail(&mut self, tree: &Tree, lesson: &Lesson) {
        let longer = self.with_longer_texts(lesson);
        let mut proposed: BTreeSet<String> = BTreeSet::new();
        let claims = || items(tree, "expect").filter_map(|item| Claim::parse(item.as_text()?).ok());
        let claimed = || claims().filter_map(|claim| claim.resolve(&self.scope()).ok());
        let claimed: Vec<Cell> = claimed().flat_map(|claim| claim.cells()).collect();
        for item in items(tree, "expect") {
            let words = item.as_text().unwrap_or_default();
            let Ok(written) = Claim::parse(words) else { continue };
            let Ok(claim) = written.resolve(&self.scope()) else { continue };
            let of_length = || {
                let scope = Scope { sizes: &longer, ..self.scope() };
                written.resolve(&scope).is_ok_and(|other| other != claim)
            };
            // How long a text is that writes itself comes of its numbers.
            let is_about_none = claim.node().is_none();
            if is_about_none && of_length() {
                continue;
            }
            let trace = &lesson.trace;
            let told = if is_about_none {
                Some(both!(
                    "this claim is about no matrix, and can never fail",
                    "这条断言与任何矩阵无关，永远不会失败"
                ))
            } else if written.repeats_itself(words) {
                Some(both!(
                    "both sides are the same, so that this can never fail",
                    "左右两边相同，这条断言永远不会失败"
                ))
            } else if claim.is_of_itself() {
                Some(both!(
                    "both sides name the same cells, so that this can never fail",
                    "左右两边指的是同样的单元格，这条断言永远不会失败"
                ))
            } else {
                loose(&claim, trace)
            };
            if let Some(message) = told {
                let own = expression::stated(written.left(words), &self.scope(), trace);
                let of_cell = |cell| {
                    let cell = expression::reference(&self.graph, cell);
                    expression::stated(&cell, &self.scope(), trace)
                };
                let hint = match if is_about_none {
                    self.cell_without_claim(&claimed).and_then(of_cell)
                } else {
                    own
                } {
                    Some(is) if is_about_none => both!(
                        "claim something of a cell, for example `{is}`",
                        "请对某个单元格作出断言，例如 `{is}`"
                    ),
                    None if is_about_none => both!("remove this line", "请删去这一行"),
                    Some(is) if !proposed.insert(is.clone()) => {
                        both!("remove this line", "请删去这一行")
                    }
                    Some(is) => {
                        let is = in_place_of(self.source, item, &is);
                        both!("write `{is}`", "请写 `{is}`")
                    }
                    None => both!("claim which number stands in a cell", "请写明某个单元格里是什么数"),
                };
                self.report(Code::LooseExpect, item.span, message, hint);
            } else if let Some((message, hint)) = self.first_of_equals(&claim, written.left(words), trace) {
                self.report(Code::LooseExpect, item.span, message, hint);
            }
        }
    }

    /// The first cell of the last matrix of which nothing is claimed.
    fn cell_without_claim(&self, claimed: &[Cell]) -> Option<Cell> {
        let (node, Node { shape, .. }) = self.graph.nodes().last()?;
        let (rows, columns) = shape.size();
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| Cell { node, row, column }));
        cells.into_iter().find(|cell| !claimed.contains(cell))
    }

    /// Reports options with the same on both sides, which are right or wrong whatever the numbers are.
    pub(super) fn options_can_differ(&mut self, tree: &Tree) {
        let answers =
            items(tree, "steps").filter_map(|step| step.get("question")?.get("answer")?.get("choose"));
        let options = answers.flat_map(|choose| {
            choose.as_list().unwrap_or_default().iter().map(move |option| (choose, option))
        });
        let claims = options
            .filter_map(|(choose, option)| Some((choose, option, option.as_map()?.first()?.1.get("holds")?)));
        for (choose, option, holds) in claims {
            let words = holds.as_text().unwrap_or_default();
            let Ok(written) = Claim::parse(words) else { continue };
            let Ok(claim) = written.resolve(&self.scope()) else { continue };
            if claim.node().is_some() && (claim.is_of_itself() || written.repeats_itself(words)) {
                let message = both!(
                    "both sides are the same, so that no number decides whether this holds",
                    "左右两边相同，是否成立与数值无关"
                );
                let others = self.source.slice(choose.span).replace(self.source.slice(option.span), "");
                let hint = match self.cell_beside(&claim, &others) {
                    Some(other) => both!(
                        "on the right side write another cell, such as `{other}`",
                        "请把右边换成另一个单元格，例如 `{other}`"
                    ),
                    None => both!("compare two different cells", "请比较两个不同的单元格"),
                };
                self.report(Code::Questionable, holds.span, message, hint);
            }
        }
    }

    /// Another cell in the row of the one that a claim is about: the one that other words name, or the next.
    fn cell_beside(&self, claim: &ResolvedClaim, words: &str) -> Option<String> {
        let [own, ..] = claim.cells()[..] else { return None };
        let columns = &self.graph.node(own.node).shape.columns;
        let mut others = (own.column + 1..columns.size()).chain(0..own.column);
        let is_named = |column: &usize| words.contains(&format!("*{}*", columns.label(*column)));
        let column = others.clone().find(is_named).or_else(|| others.next())?;
        Some(expression::reference(&self.graph, Cell { column, ..own }))
    }

    fn first_of_equals(&self, claim: &ResolvedClaim, left: &str, trace: &Trace) -> Option<Told> {
        let alike = claim.alike(trace);
        let [first, second, ..] = alike[..] else { return None };
        if let Some(claims) = self.all_equal(claim, left, &alike, trace) {
            let count = alike.len();
            return Some((
                both!(
                    "all {count} numbers here are equal, and this takes the first of them",
                    "这里的 {count} 个数全都相等，取的只是其中第一个"
                ),
                both!(
                    "in its place write that all are equal: `{claims}`",
                    "请改为断言它们全都相等：`{claims}`"
                ),
            ));
        }
        let [first, second] = [first, second].map(|cell| expression::reference(&self.graph, cell));
        Some((
            both!(
                "`{first}` and `{second}` are equal, and this takes the first of them",
                "`{first}` 和 `{second}` 相等，这里取的只是其中第一个"
            ),
            both!(
                "in its place write that they are equal: `{first} = {second}`",
                "请改为断言它们相等：`{first} = {second}`"
            ),
        ))
    }

    /// For a row or column whose numbers are all equal, more than two, the claim that they are: `argmax(L[:, a])` as
    /// `L[:, a] = 0`.
    fn all_equal(&self, claim: &ResolvedClaim, left: &str, alike: &[Cell], trace: &Trace) -> Option<String> {
        let line = left.split_once('(')?.1.strip_suffix(')')?.trim();
        let number = expression::printed(trace.cell(*alike.first()?));
        let all = format!("{line} = {number}");
        let is_so = |claim: Claim| claim.resolve(&self.scope()).is_ok_and(|it| it.check(trace).is_ok());
        (alike.len() > 2 && alike.len() == claim.cells().len() && Claim::parse(&all).is_ok_and(is_so))
            .then_some(all)
    }

    /// The sizes that names stand for, if every text that writes itself had one token more.
    fn with_longer_texts(&self, lesson: &Lesson) -> BTreeMap<String, usize> {
        let mut sizes = self.sizes.clone();
        for text in lesson.texts.iter().filter(|text| text.generation.is_some()) {
            sizes.entry(text.name.clone()).and_modify(|size| *size += 1);
        }
        sizes
    }
}

/// What is wrong with a claim, and what to do about it.
type Told = (Localised<String>, Localised<String>);

/// What is wrong with a claim that other numbers would meet as well.
fn loose(claim: &ResolvedClaim, trace: &Trace) -> Option<Localised<String>> {
    if claim.is_true_of_all_shares(trace) {
        return Some(both!(
            "this is so of every share, and can never fail",
            "所有份额都是这样，这条断言永远不会失败"
        ));
    }
    let tolerance = claim.loose(trace)?;
    Some(both!(
        "this claim allows for ±{tolerance}, more than a tenth of the number",
        "这条断言允许 ±{tolerance} 的误差，超过了数值的十分之一"
    ))
}

/// A number that is typed in a text.
pub(in crate::lesson::check) struct Typed<'a> {
    start: usize,
    pub(in crate::lesson::check) written: &'a str,
    /// What it is worth: `12,288`, `.5` and `50%` are numbers as well.
    pub(in crate::lesson::check) value: f64,
    /// Where the sign ends that makes it a number of hundredths.
    per_cent: Option<usize>,
}

impl Typed<'_> {
    pub(in crate::lesson::check) const fn span(&self) -> Span {
        Span::new(self.start, self.start + self.written.len())
    }

    /// Its place, with the sign of `82 %`.
    pub(in crate::lesson::check) fn with_sign(&self) -> Span {
        let own = self.span();
        Span::new(own.start, self.per_cent.unwrap_or(own.end))
    }

    /// How many digits stand after the point.
    pub(in crate::lesson::check) fn digits(&self) -> usize {
        with_point(self.written).split_once('.').map_or(0, |(_, digits)| digits.len())
    }

    /// How a lesson has a computed number written like this one. Whole numbers are counts more often than cells, and 0% and
    /// 100% are said of what is certain.
    pub(in crate::lesson::check) fn format(&self) -> Option<String> {
        let digits = self.digits();
        match self.per_cent {
            Some(_) if self.value <= 0.0 || self.value >= 1.0 => None,
            Some(_) if digits == 0 => Some("%".to_owned()),
            Some(_) => Some(format!(".{digits}%")),
            None if digits == 0 || self.value == 0.0 => None,
            None => Some(format!(".{digits}")),
        }
    }

    /// Whether it is written in hundredths.
    pub(in crate::lesson::check) const fn is_per_cent(&self) -> bool {
        self.per_cent.is_some()
    }

    /// Whether a number that is printed as this one has further digits.
    pub(in crate::lesson::check) fn rounds(&self, number: f64) -> bool {
        const OF_COMPUTING: f64 = 1e-9;
        (number.abs() - self.value.abs()).abs() > OF_COMPUTING
    }

    /// Whether a number is printed as this one.
    pub(in crate::lesson::check) fn is_printed(&self, number: f64) -> bool {
        let digits = self.digits();
        let number = if self.is_per_cent() { 100.0 * number } else { number };
        let printed = format!("{number:.digits$}");
        let written = with_point(self.written);
        printed == written || printed.strip_prefix('0') == Some(&written)
    }
}

/// What makes a number one of hundredths.
const PER_CENT: [&str; 4] = ["%", "％", "per cent", "percent"];

/// The numbers of a text that mean themselves: not those of names such as `3Blue1Brown` and `175B`, and none of which
/// Chinese counts ten thousands.
pub(in crate::lesson::check) fn typed(text: &str) -> Vec<Typed<'_>> {
    let mut found = Vec::new();
    let mut end = 0;
    for (start, number) in numbers(text) {
        // The rest of `12,288`.
        if start < end {
            continue;
        }
        end = start + number.len();
        while let Some(rest) = text[end..].strip_prefix(',')
            && rest.bytes().take_while(u8::is_ascii_digit).count() == 3
            && !number.contains('.')
        {
            end += 4;
        }
        if number == "0" && end == start + 1 {
            end += decimals_behind_comma(&text[..start], &text[end..]);
        }
        let (before, rest) = (&text[..start], &text[end..]);
        // The exponent of `1e-3`.
        if before.trim_end_matches(['-', '−', '+']).strip_suffix('e').is_some_and(ends_in_digit) {
            continue;
        }
        // `.5` is a number, the 5 of `Fig.5` another one.
        let point =
            before.strip_suffix('.').is_some_and(|it| !it.ends_with(|c: char| c == '.' || c.is_alphabetic()));
        let start = if point { start - 1 } else { start };
        let written = &text[start..end];
        let sign = rest.trim_start();
        let per_cent = PER_CENT.iter().find(|it| sign.starts_with(**it));
        let per_cent = per_cent.map(|it| text.len() - sign.len() + it.len());
        let hundredths = |it: f64| if per_cent.is_some() { it / 100.0 } else { it };
        let value = with_point(written).replace(',', "").parse().map(hundredths);
        let counted = rest.trim_start().starts_with(['百', '千', '万', '亿'])
            || ["hundred", "thousand", "million", "billion"]
                .iter()
                .any(|word| rest.trim_start_matches([' ', '-']).starts_with(word));
        let named = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if let (Ok(value), false) = (value, counted || named) {
            found.push(Typed { start, written, value, per_cent });
        }
    }
    found
}

/// How long the rest of `0,80` is, which has a comma where English has a point: not that of a list.
fn decimals_behind_comma(before: &str, rest: &str) -> usize {
    let Some(behind) = rest.strip_prefix(',') else { return 0 };
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let is_in_list =
        before.ends_with(['(', '[', ',', '（']) || behind[digits..].starts_with([',', ')', ']', '）']);
    if digits > 1 && !is_in_list { 1 + digits } else { 0 }
}

/// `0,80` as English writes it.
fn with_point(written: &str) -> String {
    written.strip_prefix("0,").map_or_else(|| written.to_owned(), |decimals| format!("0.{decimals}"))
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// The times of day of a text, `10:30`, which are no numbers of a lesson.
fn times_of_day(text: &str) -> Vec<Span> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let colons = text.match_indices([':', '：']);
    let time = |(colon, sign): (usize, &str)| {
        let behind = colon + sign.len();
        let hour = text.as_bytes()[..colon].iter().rev().take_while(|byte| is_digit(byte)).count();
        let minute = text.as_bytes()[behind..].iter().take_while(|byte| is_digit(byte)).count();
        let span = Span::new(colon - hour, behind + minute);
        let value = |digits: &str| digits.parse::<u8>().ok();
        let is_time = (1..=2).contains(&hour)
            && minute == 2
            && value(&text[span.start..colon])? < 24
            && value(&text[behind..span.end])? < 60;
        is_time.then_some(span)
    };
    colons.filter_map(time).collect()
}

/// The numbers of a text, outside of braces and not at the end of a name, with the bytes at which they start.
fn numbers(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    let bytes = text.as_bytes();
    let times = times_of_day(text);
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if depth == 0 && byte.is_ascii_digit() => {
                let length =
                    bytes[at..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
                let number = text[at..at + length].trim_end_matches('.');
                let alone =
                    text[..at].chars().next_back().is_none_or(|c| !(c.is_ascii_alphanumeric() || c == '_'));
                if alone && !is_inside(&times, at) {
                    found.push((at, number));
                }
                at += length;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}
