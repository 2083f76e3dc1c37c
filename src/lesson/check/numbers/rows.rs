//! Rows of numbers, which must be equally long, and what made one of them longer or shorter.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Axis;
use crate::language::{Localised, all_of, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::names::slips::Slip;
use crate::lesson::check::numbers::row as list_of;
use crate::lesson::expression::comma::{self, Meant};
use crate::yaml::Tree;

/// A row of numbers in a file.
pub(in crate::lesson::check) struct Row<'a> {
    span: Span,
    numbers: &'a [Tree],
}

impl<'a> Row<'a> {
    /// A row in brackets, or a single number, which is a row of its own.
    pub(in crate::lesson::check) fn of(tree: &'a Tree) -> Self {
        Self { span: tree.span, numbers: tree.as_list().unwrap_or(std::slice::from_ref(tree)) }
    }

    pub(in crate::lesson::check) const fn numbers(&self) -> &'a [Tree] {
        self.numbers
    }

    const fn len(&self) -> usize {
        self.numbers.len()
    }
}

/// The length that rows are to have, and who says so.
struct Wanted {
    length: usize,
    measure: Measure,
}

/// What the length of a row is compared with.
enum Measure {
    /// All other rows.
    Others,
    /// More of the rows than have any other length.
    Most,
    /// The axis of this name.
    Named(String),
    /// The rows of the matrix of this name.
    Matrix(String),
    /// One row, by its index, where nothing tells which of two is right.
    Row(usize),
}

impl Checker<'_> {
    /// The length of all rows, whose numbers run along this axis of this name as far as that is known. Rows that are
    /// longer or shorter than the others are reported.
    pub(in crate::lesson::check) fn width(
        &mut self,
        rows: &[Row<'_>],
        along: Option<(&Axis, &str)>,
    ) -> Option<usize> {
        let length = rows.first()?.len();
        if self.has_decimal_commas_and_semicolons(rows) {
            return None;
        }
        if length == 0 && rows.iter().all(|row| row.len() == 0) {
            // Without a name to compare it with, an empty row is told by the table of fields.
            let (axis, name) = along?;
            let wanted = Wanted { length: axis.size(), measure: Measure::Named(name.to_owned()) };
            rows.iter().enumerate().for_each(|(at, row)| self.report_empty(at, row, &wanted));
            return None;
        }
        // One text in each row, where several numbers belong, may be numbers without commas.
        let are_texts = length == 1 && along.is_some_and(|(axis, _)| axis.size() > 1);
        if are_texts && rows.iter().filter(|row| self.lacks_commas(row)).count() > 0 {
            return None;
        }
        if rows.iter().all(|row| row.len() == length) {
            return Some(length);
        }
        if self.is_decimal_comma(rows) {
            return None;
        }
        let wanted = Wanted::of(rows, along);
        let mut wrong: Vec<usize> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if row.len() == 0 {
                self.report_empty(at, row, &wanted);
            } else if row.len() != wanted.length && !self.lacks_commas(row) {
                wrong.push(at);
            }
        }
        while let Some(first) = wrong.first() {
            let length = rows[*first].len();
            let (alike, others): (Vec<usize>, Vec<usize>) =
                wrong.iter().partition(|at| rows[**at].len() == length);
            self.report_length(rows, &alike, &wanted);
            wrong = others;
        }
        None
    }

    /// Reports numbers of a row that stand side by side without a comma; whether there are any.
    fn lacks_commas(&mut self, row: &Row<'_>) -> bool {
        let is_between = |c| matches!(c, ' ' | '\t' | ';' | '；' | '、');
        let slips = row.numbers.iter().filter(|number| {
            let text = number.as_text().filter(|text| text.contains(is_between));
            text.is_some_and(|text| matches!(self.slip_of_a_number(number, text), Slip::Reported { .. }))
        });
        slips.count() > 0
    }

    fn report_empty(&mut self, at: usize, row: &Row<'_>, wanted: &Wanted) {
        let (number, Localised { en, zh }, length) = (at + 1, wanted.said(), wanted.length);
        let (all, written) = (counted(length, "number", "numbers"), list_of(length));
        self.report(
            Code::Empty,
            row.span,
            both!("row {number} has no numbers, and {en}", "矩阵的第 {number} 行没有数，而{zh}"),
            match &wanted.measure {
                // Nothing says how many rows there should be.
                Measure::Most | Measure::Others => both!(
                    "write {all}: `{written}`, or remove the empty row",
                    "请写 {length} 个数：`{written}`，或删去这个空行"
                ),
                Measure::Named(_) | Measure::Matrix(_) | Measure::Row(_) => {
                    both!("write {all}: `{written}`", "请写 {length} 个数：`{written}`")
                }
            },
        );
    }

    /// Reports these rows, which have one length.
    fn report_length(&mut self, rows: &[Row<'_>], alike: &[usize], wanted: &Wanted) {
        let Some((&first, others)) = alike.split_first() else { return };
        let (number, has, length) = (first + 1, rows[first].len(), wanted.length);
        let numbers = counted(has, "number", "numbers");
        let Localised { en, zh } = wanted.said();
        let all = counted(length, "number", "numbers");
        let (message, here) = if others.is_empty() {
            (
                both!("row {number} has {numbers}, and {en}", "矩阵的第 {number} 行有 {has} 个数，而{zh}"),
                both!("this row", "这一行"),
            )
        } else {
            let these: Vec<String> = alike.iter().map(|at| (at + 1).to_string()).collect();
            let (these, these_zh) = (all_of(these.iter().map(String::as_str)).en, these.join("、"));
            (
                both!(
                    "rows {these} have {numbers} each, and {en}",
                    "矩阵的第 {these_zh} 行各有 {has} 个数，而{zh}"
                ),
                both!("each of rows {these}", "第 {these_zh} 行各"),
            )
        };
        let (in_row, in_row_zh) = (here.en, here.zh);
        let hint = match wanted.measure {
            Measure::Others | Measure::Most | Measure::Named(_) | Measure::Matrix(_) => {
                both!("write {all} in {in_row}", "请在{in_row_zh}写 {length} 个数")
            }
            Measure::Row(other) => {
                let (other, own) = (other + 1, counted(has, "number", "numbers"));
                both!(
                    "write {all} in row {number}, or {own} in row {other}",
                    "请在第 {number} 行写 {length} 个数，或在第 {other} 行写 {has} 个数"
                )
            }
        };
        let finding = Diagnostic::new(Code::RaggedRows, rows[first].span, message).with_hint(hint);
        let mark = |finding: Diagnostic, at: &usize| {
            finding.with_related(rows[*at].span, both!("{numbers}", "{has} 个数"))
        };
        let finding = others.iter().fold(finding, mark);
        let like_it = rows.iter().find(|row| row.len() == length).map(|row| row.span);
        self.findings.push(match like_it {
            Some(like_it) => finding.with_related(like_it, both!("{all}", "{length} 个数")),
            None => finding,
        });
    }

    /// Reports rows such as `[0,1; 0,2]`, in which a comma stands for the point of a number; whether there are any.
    fn has_decimal_commas_and_semicolons(&mut self, rows: &[Row<'_>]) -> bool {
        let before = self.findings.len();
        for row in rows {
            let Some(with) = in_points(self.source.slice(row.span)) else { continue };
            let message =
                both!("a number is written with a point, not with a comma", "小数要用小数点，不能用逗号");
            let hint = both!("write `{with}`", "请写 `{with}`");
            let finding = Diagnostic::new(Code::BadNumber, row.span, message).with_hint(hint);
            self.findings.push(finding.with_fix(row.span, with));
        }
        self.findings.len() > before
    }

    /// Reports rows whose lengths differ only by numbers such as `3,5`, which YAML reads as two; whether they do.
    fn is_decimal_comma(&mut self, rows: &[Row<'_>]) -> bool {
        let commas: Vec<Vec<usize>> = rows.iter().map(|row| tight_commas(row.numbers)).collect();
        let merged = |row: usize| rows[row].len() - commas[row].len();
        let width = merged(0);
        if commas.iter().all(Vec::is_empty) || (1..rows.len()).any(|row| merged(row) != width) {
            return false;
        }
        for (row, commas) in rows.iter().zip(&commas) {
            for &at in commas {
                let (whole, decimals) = (&row.numbers[at], &row.numbers[at + 1]);
                let number = format!(
                    "{},{}",
                    whole.as_text().unwrap_or_default(),
                    decimals.as_text().unwrap_or_default()
                );
                let Meant { instead, hint, .. } = comma::meant(&number);
                let between = Span::new(whole.span.end, decimals.span.start);
                self.findings.push(
                    Diagnostic::new(
                        Code::BadNumber,
                        whole.span.to(decimals.span),
                        both!("`{number}` is read as two numbers", "`{number}` 会被读成两个数"),
                    )
                    .with_hint(hint)
                    .with_fix(between, instead),
                );
            }
        }
        true
    }
}

impl Wanted {
    /// What the axis has, if any row has it; or else what most rows have, or the first of those that are as frequent.
    fn of(rows: &[Row<'_>], axis: Option<(&Axis, &str)>) -> Self {
        let having = |length: usize| rows.iter().filter(|row| row.len() == length).count();
        let along = |length: usize| axis.filter(|(axis, _)| axis.size() == length);
        let rank =
            |at: usize| (along(rows[at].len()).is_some(), having(rows[at].len()), std::cmp::Reverse(at));
        let first = (0..rows.len()).max_by_key(|at| rank(*at)).unwrap_or(0);
        let length = rows.get(first).map_or(0, Row::len);
        let along = along(length);
        let is_like_another =
            rows.iter().any(|row| row.len() != length && having(row.len()) == having(length));
        let measure = match (along, having(length)) {
            (Some((axis, name)), _) if axis.name() == Some(name) => Measure::Named(name.to_owned()),
            (Some((_, name)), _) => Measure::Matrix(name.to_owned()),
            (None, _) if is_like_another => Measure::Row(first),
            (None, like_it) if like_it + 1 == rows.len() => Measure::Others,
            (None, _) => Measure::Most,
        };
        Self { length, measure }
    }

    /// What a row of another length is told: `the others have 3`.
    fn said(&self) -> Localised<String> {
        let length = self.length;
        match &self.measure {
            Measure::Others => both!("the others have {length}", "其余各行都有 {length} 个"),
            Measure::Most => both!("most rows have {length}", "多数行有 {length} 个"),
            Measure::Named(name) => both!("`{name}` has {length}", " `{name}` 有 {length} 项"),
            Measure::Matrix(name) => {
                both!("each row of `{name}` has {length}", " `{name}` 每行有 {length} 个数")
            }
            Measure::Row(first) => {
                let number = first + 1;
                both!("row {number} has {length}", "矩阵的第 {number} 行有 {length} 个")
            }
        }
    }
}

/// The row of numbers that `[0,1; 0,2]` means, where all of them are separated by semicolons.
fn in_points(row: &str) -> Option<String> {
    let inner = row.strip_prefix('[')?.strip_suffix(']')?;
    let numbers: Vec<&str> = inner.split([';', '；']).map(str::trim).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |text: &&str| {
        let text = text.strip_prefix('-').unwrap_or(text);
        text.split_once(',').map_or_else(|| digits(text), |(whole, rest)| digits(whole) && digits(rest))
    };
    let fits = numbers.len() > 1 && inner.contains(',') && numbers.iter().all(is_number);
    fits.then(|| format!("[{}]", numbers.join(", ").replace(',', ".").replace(". ", ", ")))
}

/// The items of a row after which a comma stands between two digits, without a blank: `3,5`.
fn tight_commas(line: &[Tree]) -> Vec<usize> {
    let digits =
        |tree: &Tree| tree.as_text().is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = |tree: &Tree| {
        tree.as_text().is_some_and(|text| {
            text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let tight =
        |pair: &[Tree]| pair[0].span.end + 1 == pair[1].span.start && whole(&pair[0]) && digits(&pair[1]);
    // Who never writes a blank after a comma has not told decimals from separate numbers.
    if line.len() > 2 && line.windows(2).all(tight) {
        return Vec::new();
    }
    let mut found: Vec<usize> = Vec::new();
    for (at, pair) in line.windows(2).enumerate() {
        if tight(pair) && found.last().is_none_or(|last| last + 1 < at) {
            found.push(at);
        }
    }
    found
}
