//! Numbers that the source has printed: they agree with what is computed, or the lesson says why not.

pub(super) mod as_printed;
mod elsewhere;

use super::locate::in_place_of;
use super::numbers::rows::Row;
use super::numbers::{matrix, row};
use super::{Checker, text};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Trace};
use crate::language::{Localised, counted};
use crate::lesson::expression::{self, Resolved, Surroundings};
use crate::lesson::published::{Printed, Published};
use crate::yaml::{Tree, quoted_text};

impl Checker<'_> {
    pub(super) fn published(
        &mut self,
        tree: Option<&Tree>,
        shown: &[NodeId],
        trace: Option<&Trace>,
    ) -> Vec<Published> {
        let Some(tree) = tree else { return Vec::new() };
        let items = tree.as_list().unwrap_or(std::slice::from_ref(tree));
        for item in items {
            self.which_was_printed(item, shown, trace);
        }
        items.iter().filter_map(|item| self.one_published(item, shown, trace)).collect()
    }

    /// Reports numbers of another size than that of what they were printed for.
    fn report_other_size(&mut self, of: &Tree, value: &Tree, [own, (rows, columns)]: [(usize, usize); 2]) {
        let (own, wanted) = (size_words(own), size_words((rows, columns)));
        let of_words = of.as_text().unwrap_or_default().trim();
        let message = Localised {
            en: format!("{} for `{of_words}`, which has {}", own.en, wanted.en),
            zh: format!("这里有 {}，而 `{of_words}` 有 {}", own.zh, wanted.zh),
        };
        let drawn = match (rows, columns) {
            (1, 1) => "…".to_owned(),
            (1, _) => row(columns),
            (_, _) => matrix(rows, columns),
        };
        let Localised { en, zh } = &wanted;
        let hint = both!("write {en}: `{drawn}`", "请写 {zh}：`{drawn}`");
        let finding = Diagnostic::new(Code::ShapeMismatch, value.span, message).with_hint(hint);
        self.findings.push(finding.with_related(of.span, wanted));
    }

    fn one_published(&mut self, tree: &Tree, shown: &[NodeId], trace: Option<&Trace>) -> Option<Published> {
        let because = tree.get("because").map(|tree| self.prose(tree));
        let (of, value) = (tree.get("of")?, tree.get("value")?);
        if self.report_swapped(of, value) || self.report_unbracketed(value) || self.report_per_cent(value) {
            return None;
        }
        let printed = self.printed(value, of)?;
        let computed = self.computed(of, &printed, trace)?;
        let ((a, b), (c, d)) = (size_of(&printed), size_of(&computed));
        if (a, b) != (c, d) {
            if (a, c) == (1, 1) && b == 2 * d && self.report_decimal_commas(value) {
                return None;
            }
            let row = trace.and_then(|trace| self.row_of("", &printed, trace));
            match row.filter(|_| self.is_sound()) {
                Some(row) => self.report_row_meant(of, &row),
                None => self.report_other_size(of, value, [(a, b), (c, d)]),
            }
            return None;
        }
        let decimals = printed.iter().flatten().map(|(written, _)| decimals(written)).max().unwrap_or(0);
        let rows = printed.into_iter().zip(computed).map(|(printed, computed)| {
            let pairs = printed.into_iter().zip(computed);
            pairs.map(|((written, number), computed)| Printed { written, number, computed }).collect()
        });
        let published = Published {
            of: of.as_text()?.trim().to_owned(),
            rows: rows.collect(),
            source: tree.get("source").and_then(text),
            because,
            decimals,
        };
        if let Some(trace) = trace.filter(|_| self.is_sound()) {
            self.differs_for_a_reason((tree, value), &published, shown, trace);
        }
        Some(published)
    }

    fn differs_for_a_reason(
        &mut self,
        (tree, value): (&Tree, &Tree),
        published: &Published,
        shown: &[NodeId],
        trace: &Trace,
    ) {
        match (published.differs(trace), tree.entry("because")) {
            (true, None) => self.report_difference((tree, value), published, shown, trace),
            (false, Some((because, _))) => self.report(
                Code::Questionable,
                because.span,
                both!(
                    "`because` says why two numbers differ, and these agree",
                    "`because` 说明两个数为什么不同，而它们是一致的"
                ),
                both!(
                    "remove `because` and what stands behind it; or, if `value` was copied wrongly, correct it",
                    "请删去 `because` 和它后面的内容；如果 `value` 抄错了，请改正 `value`"
                ),
            ),
            (true, Some(_)) | (false, None) => {}
        }
    }

    /// Says what is computed instead, at the number itself if it is the only one of several.
    fn report_difference(
        &mut self,
        (tree, value): (&Tree, &Tree),
        published: &Published,
        shown: &[NodeId],
        trace: &Trace,
    ) {
        let (of, digits) = (&published.of, usize::from(published.decimals) + 2);
        let number = |printed: &Printed| format!("{:.digits$}", printed.computed(trace));
        let differing = published.differing(trace);
        let single = differing.first().filter(|_| differing.len() == 1);
        let written = single.and_then(|(row, column)| number_at(value, *row, *column));
        let (place, message) = if let Some((written, (row, column))) = written.zip(single) {
            let computed = number(&published.rows[*row][*column]);
            let message = both!(
                "in `{of}` this number is computed as {computed}",
                "`{of}` 中的这个数算出来是 {computed}"
            );
            (written.span, message)
        } else {
            let row = |row: &Vec<Printed>| row.iter().map(number).collect::<Vec<_>>().join(", ");
            let computed = published.rows.iter().map(row).collect::<Vec<_>>().join("; ");
            (value.span, both!("`{of}` is computed as {computed}", "`{of}` 算出来是 {computed}"))
        };
        let one = single.map(|(row, column)| &published.rows[*row][*column]);
        let (en, zh) = match one {
            Some(one) => as_computed(one, usize::from(published.decimals), trace),
            None => ("correct the numbers".to_owned(), "请改正这些数".to_owned()),
        };
        let (en, zh) = match self.printed_elsewhere(published, shown, trace) {
            Some(cell) => {
                let number =
                    published.rows.iter().flatten().map(|it| it.written.as_str()).collect::<String>();
                let cell = expression::reference(&self.graph, cell);
                let typed = tree.get("of").map(|of| in_place_of(self.source, of, &cell)).unwrap_or(cell);
                (
                    format!("{number} is another number of this step: write `of: {typed}`"),
                    format!("{number} 是这一步的另一个数：请写 `of: {typed}`"),
                )
            }
            None => (en, zh),
        };
        let hint = if self.source.slice(tree.span).starts_with('{') {
            both!(
                "{en}; or, if the source does print it so, say why in the same braces: `because: …`",
                "{zh}；如果原文确实如此，请在同一对花括号里写上 `because: …`，说明原因"
            )
        } else {
            both!(
                "{en}; or, if the source does print it so, say why in a line below `value`: `because: …`",
                "{zh}；如果原文确实如此，请在 `value` 下面加一行 `because: …`，说明原因"
            )
        };
        self.report(Code::PublishedDiffers, place, message, hint);
    }

    /// The numbers as they were printed, row by row; `of` is what they are.
    fn printed(&mut self, tree: &Tree, of: &Tree) -> Option<Vec<Vec<(String, f64)>>> {
        let rows: Vec<Row<'_>> = match tree.as_list() {
            Some(items) if items.iter().any(|item| item.as_list().is_some()) => {
                items.iter().map(Row::of).collect()
            }
            Some(_) | None => vec![Row::of(tree)],
        };
        let matrix = of.as_text().and_then(|name| Some((self.columns(self.graph.find(name)?), name)));
        self.width(&rows, matrix.as_ref().map(|(columns, name)| (columns.as_ref(), *name)))?;
        let mut printed = Vec::with_capacity(rows.len());
        for row in &rows {
            let numbers: Vec<_> = row.numbers().iter().map(|tree| self.printed_number(tree)).collect();
            printed.push(numbers.into_iter().collect::<Option<Vec<_>>>()?);
        }
        Some(printed)
    }

    fn printed_number(&mut self, tree: &Tree) -> Option<(String, f64)> {
        let written = tree.as_text()?;
        let scope = self.scope();
        let number = expression::parse(written).map_err(|it| vec![it]).and_then(|it| it.constant(&scope));
        match number {
            Ok(number) => Some((written.trim().to_owned(), number)),
            Err(mut findings) => {
                if let [finding] = findings.as_mut_slice()
                    && finding.fix.is_empty()
                {
                    let is_quoted = self.source.slice(tree.span).starts_with(['"', '\'']);
                    let (message, hint) = as_printed(written, is_quoted);
                    finding.hint = Some(hint);
                    if finding.code == Code::BadExpression {
                        finding.span = Span::new(0, written.len());
                        finding.message = message;
                    }
                }
                self.report_in(tree, findings);
                None
            }
        }
    }

    /// Reports a number for `of` and a cell for `value`; whether they are.
    fn report_swapped(&mut self, of: &Tree, value: &Tree) -> bool {
        let (Some(_), Some(cell)) = (of.as_number(), value.as_text().filter(|text| text.contains('[')))
        else {
            return false;
        };
        let number = of.as_text().unwrap_or_default().trim().to_owned();
        let cell = quoted_text(cell.trim());
        let message = both!("`of` and `value` stand in each other's place", "`of` 和 `value` 写反了");
        let hint =
            both!("write `of: {cell}` and `value: {number}`", "请写 `of: {cell}` 和 `value: {number}`");
        self.report(Code::WrongKind, of.span, message, hint);
        true
    }

    /// Reports several numbers that stand in no brackets; whether they do.
    fn report_unbracketed(&mut self, value: &Tree) -> bool {
        const FEWEST: usize = 3;
        let Some(text) = value.as_text() else { return false };
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        let numbers: Vec<&str> = text.split(between).filter(|number| !number.is_empty()).collect();
        let is_number = |part: &&str| part.parse::<f64>().is_ok();
        if numbers.len() < FEWEST || !numbers.iter().all(is_number) {
            return false;
        }
        let list = format!("[{}]", numbers.join(", "));
        let message = both!("these numbers are in no brackets", "这些数没有写在方括号里");
        let hint = both!("write `{list}`", "请写 `{list}`");
        let finding = Diagnostic::new(Code::WrongKind, value.span, message).with_hint(hint);
        let finding = self.with_fix_of(finding, value.span, text, &list);
        self.findings.push(finding);
        true
    }

    /// What the lesson computes, row by row.
    fn computed(
        &mut self,
        tree: &Tree,
        printed: &[Vec<(String, f64)>],
        trace: Option<&Trace>,
    ) -> Option<Vec<Vec<Resolved>>> {
        let scope = self.scope();
        let read = expression::parse(tree.as_text()?).map_err(|finding| vec![finding]);
        let computed = read.and_then(|expression| match expression.selection(&scope) {
            Ok(selection) => {
                let cells = |row| {
                    let cell = |column| crate::graph::Cell { node: selection.node, row, column };
                    selection.columns.clone().map(|column| Resolved::of_cell(cell(column))).collect()
                };
                Ok(selection.rows.clone().map(cells).collect())
            }
            Err(_) => expression.resolve(&scope).map(|resolved| vec![vec![resolved]]),
        });
        let text = tree.as_text()?;
        let reads = |text: &str| {
            expression::parse(text).is_ok_and(|it| {
                expression::makes_sense(it.selection(&scope)) || expression::makes_sense(it.resolve(&scope))
            })
        };
        let around = Surroundings::none(&scope);
        let told = computed.map_err(|findings| expression::meant(findings, text, around, reads));
        let told = told.map_err(|findings| self.named_by_numbers(findings, text, printed, trace));
        told.map_err(|findings| self.report_in(tree, findings)).ok()
    }
}

/// What to write for a number that is not the computed one, so that it is: whole numbers are exact, and `80` may be said of
/// 0.80.
fn as_computed(printed: &Printed, decimals: usize, trace: &Trace) -> (String, String) {
    let computed = printed.computed(trace);
    let half = 0.5 * 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
    let is_per_cent = (printed.number - 100.0 * computed).abs() <= half && computed.abs() <= 1.0;
    let more = if is_per_cent || (decimals == 0 && computed.fract() != 0.0) { 2 } else { 0 };
    let decimals = decimals + more;
    let number = format!("{computed:.decimals$}");
    if is_per_cent && printed.number != 0.0 {
        let written = &printed.written;
        (
            format!("if {written} is per cent, write {number}"),
            format!("如果 {written} 是百分数，请写 {number}"),
        )
    } else {
        (format!("write {number}"), format!("请写 {number}"))
    }
}

/// Where one of several numbers is written, in a list or in a list of rows.
fn number_at(value: &Tree, row: usize, column: usize) -> Option<&Tree> {
    let items = value.as_list()?;
    if items.iter().any(|item| item.as_list().is_some()) {
        let line = items.get(row)?;
        return line.as_list().map_or(Some(line), |line| line.get(column));
    }
    items.get(column)
}

/// What is said of a number that cannot be read as it was printed, and what to write.
fn as_printed(written: &str, is_quoted: bool) -> (Localised<String>, Localised<String>) {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let reads = |part: &&str| part.parse::<f64>().is_ok();
    let mut numbers = written.split(|c| !is_digit(c)).filter(reads);
    let Localised { en: marks, zh: marks_zh } =
        if is_quoted { both!(", without quotation marks", "，不加引号") } else { Localised::default() };
    let is_cell = written.contains('[');
    let number = match (numbers.next(), numbers.next()) {
        (Some(number), None) if !is_cell => {
            let place = written.find(number).unwrap_or(0);
            let sign = if written[..place].ends_with(['-', '−']) { "-" } else { "" };
            Some(format!("{sign}{number}"))
        }
        (Some(number), Some(_)) if written.contains('±') => Some(number.to_owned()),
        _ => None,
    };
    let message = match number {
        Some(_) => both!(
            "only a number may stand here, without other signs or words",
            "这里只写数，前后不加别的符号或文字"
        ),
        None if is_cell => {
            both!("the number that was printed stands here, not a cell", "这里要写原文印出的数，不能写单元格")
        }
        None => both!("`{written}` is no number", "`{written}` 不是数"),
    };
    let hint = match number {
        Some(number) => {
            both!("write the number alone: `{number}`{marks}", "请只写这个数：`{number}`{marks_zh}")
        }
        None => both!(
            "write the number that the book or paper prints, such as 0.42{marks}",
            "请照书或论文写出这个数，例如 0.42{marks_zh}"
        ),
    };
    (message, hint)
}

fn size_of<T>(rows: &[Vec<T>]) -> (usize, usize) {
    (rows.len(), rows.first().map_or(0, Vec::len))
}

/// How many decimals a number was printed with; arithmetic has none.
fn decimals(written: &str) -> u8 {
    let digits = written.trim_start_matches(['-', '−', '+']);
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return 0;
    }
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(decimals).unwrap_or(u8::MAX)
}

/// So many rows and columns as numbers: `3 numbers`, `2 rows of 3 numbers`.
fn size_words((rows, columns): (usize, usize)) -> Localised<String> {
    let numbers = counted(columns, "number", "numbers");
    if rows == 1 {
        both!("{numbers}", "{columns} 个数")
    } else {
        both!("{rows} rows of {numbers}", "{rows} 行，每行 {columns} 个数")
    }
}
