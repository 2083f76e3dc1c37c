//! Names among the numbers of a matrix: the first row or the first column of a table in a spreadsheet.

use super::Checker;
use super::exchanged::leads_back;
use super::grid::{Layout, Named};
use super::numbers::row;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, Side};
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports a first row or a first column of names; whether there is one.
    pub(super) fn has_names_among_numbers(&mut self, rows: &[Tree], named: &Named) -> bool {
        let lines: Option<Vec<&[Tree]>> = rows.iter().map(Tree::as_list).collect();
        let Some(lines) = lines.filter(|lines| lines.len() > 1) else { return false };
        let finding =
            self.first_row_of_names(&lines, named).or_else(|| self.first_column_of_names(&lines, named));
        let is_one = finding.is_some();
        self.findings.extend(finding);
        is_one
    }

    /// Says of numbers of which one side does not fit its axis that the other does, which has none; whether it does.
    pub(super) fn say_other_side(
        &mut self,
        (lines, width): (usize, usize),
        named: &Named,
        span: Span,
    ) -> bool {
        let (own, axis, other) = match (&named.rows, &named.columns) {
            (Some(axis), None) => (Side::Rows, axis, width),
            (None, Some(axis)) => (Side::Columns, axis, lines),
            (Some(_), Some(_)) | (None, None) => return false,
        };
        let Some(name) = axis.name().filter(|_| axis.size() == other) else { return false };
        let (is_not, is) = match (own, named.layout) {
            (Side::Rows, Layout::Rows) | (Side::Columns, Layout::Columns) => ("rows", "cols"),
            (Side::Rows, Layout::Columns) | (Side::Columns, Layout::Rows) => ("cols", "rows"),
        };
        let lead_back = self.definition_around(span).is_some_and(leads_back);
        let Some(finding) = self.findings.last_mut() else { return false };
        finding.hint = Some(match (own, named.layout) {
            (Side::Columns, Layout::Rows) if lead_back => both!(
                "each line of numbers is a column here: add `layout: columns` beside `cols: {name}`",
                "这里一行写的是矩阵的一列：请在 `cols: {name}` 旁边加上 `layout: columns`"
            ),
            (Side::Columns, Layout::Rows | Layout::Columns) => both!(
                "the rows fit `{name}`: write `{is}: {name}` in the place of `{is_not}: {name}`",
                "与 `{name}` 一致的是行数：请把 `{is_not}: {name}` 改成 `{is}: {name}`"
            ),
            (Side::Rows, Layout::Rows | Layout::Columns) => both!(
                "the columns fit `{name}`: write `{is}: {name}` in the place of `{is_not}: {name}`",
                "与 `{name}` 一致的是列数：请把 `{is_not}: {name}` 改成 `{is}: {name}`"
            ),
        });
        true
    }

    fn first_row_of_names(&self, lines: &[&[Tree]], named: &Named) -> Option<Diagnostic> {
        let (first, rest) = lines.split_first()?;
        let are_names = first.len() > 1 && first.iter().all(|it| self.is_a_name(it));
        let number = rest.first()?.get(1)?;
        if !are_names || self.is_a_name(number) {
            return None;
        }
        let place = first.first()?.span.to(first.last()?.span);
        let message = both!("this row holds names, not numbers", "这一行是名字，不是数");
        let axis = named.columns.as_deref().filter(|axis| is_along(axis, first));
        let hint = match axis.and_then(Axis::name) {
            Some(axis) => both!(
                "remove this row: `{axis}` names the columns already",
                "请删去这一行：`{axis}` 已经给出了各列的名字"
            ),
            None => {
                both!("remove this row; the columns are named by an axis", "请删去这一行；各列的名字由轴给出")
            }
        };
        Some(Diagnostic::new(Code::BadNumber, place, message).with_hint(hint))
    }

    fn first_column_of_names(&self, lines: &[&[Tree]], of: &Named) -> Option<Diagnostic> {
        let are_names = |line: &&[Tree]| {
            line.len() > 1 && self.is_a_name(&line[0]) && !line[1..].iter().any(|it| self.is_a_name(it))
        };
        if !lines.iter().all(are_names) {
            return None;
        }
        let names: Vec<Tree> = lines.iter().map(|line| line[0].clone()).collect();
        let message = both!("the first column holds names, not numbers", "第一列是名字，不是数");
        let first = names.first()?;
        let finding = Diagnostic::new(Code::BadNumber, first.span, message);
        let finding = names.iter().skip(1).fold(finding, |finding, name| finding.with_another(name.span));
        let axis = of.rows.as_deref().filter(|axis| is_along(axis, &names));
        let Some(axis) = axis.and_then(Axis::name) else {
            let (name, numbers) = (first.as_text().unwrap_or_default(), row(lines[0].len() - 1));
            return Some(finding.with_hint(both!(
                "write the name before the brackets, without a `-`: `{name}: {numbers}`",
                "请把名字写在方括号前面，不写 `-`：`{name}: {numbers}`"
            )));
        };
        let hint = both!(
            "remove the name from each row: `{axis}` names the rows already",
            "请删去每一行的名字：`{axis}` 已经给出了各行的名字"
        );
        let away = lines.iter().map(|line| Span::new(line[0].span.start, line[1].span.start));
        Some(away.fold(finding.with_hint(hint), |finding, span| finding.with_fix(span, "")))
    }

    /// Whether a word stands here that is neither a number nor a size.
    fn is_a_name(&self, tree: &Tree) -> bool {
        let Some(text) = tree.as_text() else { return false };
        let is_word = text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' '));
        let values = ["true", "false", "yes", "no", "on", "off", "inf", "nan"];
        is_word && !self.sizes.contains_key(text) && !values.contains(&text.to_lowercase().as_str())
    }
}

/// Whether these are the entries of an axis, in its order.
fn is_along(axis: &Axis, names: &[Tree]) -> bool {
    axis.size() == names.len()
        && names.iter().enumerate().all(|(at, it)| it.as_text() == Some(axis.label(at)))
}
