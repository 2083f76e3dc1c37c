//! Published numbers as books print them: in per cent, and with decimal commas.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, NodeId, Trace};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::expression;
use crate::yaml::{Tree, quoted_text};

impl Checker<'_> {
    /// Reports shares in per cent, `[91%, 9%]`, all of them at once; whether there are any.
    pub(in crate::lesson::check) fn report_per_cent(&mut self, value: &Tree) -> bool {
        let Some(shares) =
            written(value).and_then(|it| it.iter().map(|it| share(it)).collect::<Option<Vec<_>>>())
        else {
            return false;
        };
        let message = both!("shares are written as parts of 1, without `%`", "份额要写成小数，不写 `%`");
        self.report_anew(value, Code::BadNumber, &shares, message);
        true
    }

    /// Reports decimal commas, `[0,91, 0,05]`, in a list that has twice as many numbers as it should; whether they are.
    pub(in crate::lesson::check) fn report_decimal_commas(&mut self, value: &Tree) -> bool {
        let is_digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let Some(parts) = written(value).filter(|parts| {
            parts.len() % 2 == 0 && parts.iter().all(|part| is_digits(&part.trim_start_matches(['-', '−'])))
        }) else {
            return false;
        };
        let pairs = parts.chunks_exact(2);
        let numbers: Vec<String> = pairs.map(|pair| pair.join(".")).collect();
        let message = both!("these are numbers with decimal commas", "这些数的小数点写成了逗号");
        self.report_anew(value, Code::BadNumber, &numbers, message);
        true
    }

    /// For words that name no row, the row that holds the numbers which are published.
    pub(in crate::lesson::check) fn named_by_numbers(
        &self,
        findings: Vec<Diagnostic>,
        text: &str,
        printed: &[Vec<(String, f64)>],
        trace: Option<&Trace>,
    ) -> Vec<Diagnostic> {
        let is_plain = |it: &Diagnostic| it.code == Code::BadExpression && it.fix.is_empty();
        let is_of_words = text.contains(char::is_alphabetic) && !text.contains(['[', '(']);
        let [first] = findings.as_slice() else { return findings };
        if !is_plain(first) || !is_of_words {
            return findings;
        }
        let message =
            both!("this names no row or cell of a matrix", "这里没有写明是矩阵的哪一行或哪个单元格");
        let hint = match trace.and_then(|trace| self.row_of(text, printed, trace)) {
            Some(row) => both!("write `{row}`, which holds these numbers", "请写 `{row}`，它正是这些数"),
            None => match trace.and_then(|trace| self.row_of_this_length(printed, trace)) {
                Some((row, numbers)) => both!(
                    "write the matrix and its row, such as `{row}`, which is {numbers}",
                    "请写明矩阵和它的行，例如 `{row}`，它的数是 {numbers}"
                ),
                None => both!(
                    "write the matrix and its row: `\"NAME[ROW]\"`",
                    "请写明矩阵和它的行：`\"名称[行]\"`"
                ),
            },
        };
        vec![Diagnostic::new(Code::BadExpression, Span::new(0, text.len()), message).with_hint(hint)]
    }

    /// The only row of all matrices that is printed as these numbers, or whose name is in the text as well.
    pub(super) fn row_of(&self, text: &str, printed: &[Vec<(String, f64)>], trace: &Trace) -> Option<String> {
        let [numbers] = printed else { return None };
        let is_printed = |cell: Cell, (written, _): &(String, f64)| {
            let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            format!("{:.decimals$}", trace.cell(cell)) == *written
        };
        let rows = self.graph.nodes().filter(|(_, node)| node.shape.columns.size() == numbers.len());
        let rows = rows.flat_map(|(node, it)| (0..it.shape.rows.size()).map(move |row| (node, row)));
        let holding: Vec<_> = rows
            .filter(|(node, row)| {
                let mut cells = numbers.iter().enumerate();
                cells.all(|(column, number)| is_printed(Cell { node: *node, row: *row, column }, number))
            })
            .collect();
        let is_named =
            |(node, row): &&(NodeId, usize)| text.contains(self.graph.node(*node).shape.rows.label(*row));
        let mut named = holding.iter().filter(is_named);
        let (node, row) = match (holding.as_slice(), named.next(), named.next()) {
            ([only], _, _) | (_, Some(only), None) => *only,
            (_, _, _) => return None,
        };
        Some(quoted_text(&expression::row_reference(&self.graph, node, row)))
    }

    /// The first row of a later matrix that has as many numbers as are published, and these as they would be printed.
    fn row_of_this_length(&self, printed: &[Vec<(String, f64)>], trace: &Trace) -> Option<(String, String)> {
        let [numbers] = printed else { return None };
        let fits = self.graph.nodes().filter(|(_, node)| node.shape.columns.size() == numbers.len());
        let (node, _) = fits.last()?;
        let cells = numbers.iter().enumerate().map(|(column, (written, _))| {
            let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len()).max(2);
            format!("{:.decimals$}", trace.cell(Cell { node, row: 0, column }))
        });
        let cells: Vec<String> = cells.collect();
        Some((quoted_text(&expression::row_reference(&self.graph, node, 0)), cells.join(", ")))
    }

    fn report_anew(&mut self, value: &Tree, code: Code, numbers: &[String], message: Localised<String>) {
        let list =
            if value.as_list().is_some() { format!("[{}]", numbers.join(", ")) } else { numbers.join(", ") };
        let hint = both!("write `{list}`", "请写 `{list}`");
        let finding = Diagnostic::new(code, value.span, message).with_hint(hint);
        let is_in_brackets = value.as_text().is_some() || self.source.slice(value.span).starts_with('[');
        self.findings.push(if is_in_brackets { finding.with_fix(value.span, list) } else { finding });
    }
}

/// The numbers of a list, or the only one, as they are written.
fn written(value: &Tree) -> Option<Vec<&str>> {
    match value.as_list() {
        Some(items) => {
            items.iter().map(Tree::as_text).collect::<Option<Vec<_>>>().filter(|it| !it.is_empty())
        }
        None => value.as_text().map(|text| vec![text]),
    }
}

/// `0.91` for `91%`.
fn share(written: &str) -> Option<String> {
    let digits = written.trim().strip_suffix(['%', '％'])?.trim_end();
    let number: f64 = digits.parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len()) + 2;
    number.is_finite().then(|| format!("{:.decimals$}", number / 100.0))
}
