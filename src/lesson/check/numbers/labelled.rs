//! Names among the numbers of a matrix: the first row or the first column of a table in a spreadsheet.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, Shape, Side};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::causes::exchanged::leads_back;
use crate::lesson::check::numbers::grid::{FEW, Layout, Named, called};
use crate::lesson::check::remedies::insertion;
use crate::lesson::expression;
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// Reports lines that are named after columns, and cannot be the columns themselves.
    pub(in crate::lesson::check) fn report_named_across(
        &mut self,
        (first, line): &(Key, Tree),
        lines: &[(Key, Tree)],
        shape: &Shape,
    ) {
        let word = &first.text;
        let (rows, columns) = (called(&shape.rows), called(&shape.columns));
        let number = line.as_text().filter(|_| line.as_number().is_some()).unwrap_or("…");
        let code = if line.as_scalar().is_some() { Code::WrongKind } else { Code::ShapeMismatch };
        // Where each name has one number, all of them are a row.
        let numbers = lines.iter().map(|(key, line)| Some(format!("{}: {}", key.text, line.as_text()?)));
        let numbers = numbers.collect::<Option<Vec<_>>>().filter(|all| all.len() <= FEW);
        let numbers = numbers.map_or_else(|| format!("{word}: {number}, …"), |all| all.join(", "));
        // Which row these numbers are is for the author to say, and so are the numbers of the others.
        let row = |at: usize| {
            let own = if at == 0 { &numbers } else { "…" };
            format!("{}: {{{own}}}", shape.rows.unique_label(at))
        };
        let each = (0..shape.rows.size().min(FEW)).map(row).collect::<Vec<_>>().join(", ");
        let Localised { en, zh } = if each.contains('…') {
            both!(", with the numbers of the other rows for `…`", "，`…` 处写其余各行的数")
        } else {
            Localised::default()
        };
        self.report(
            code,
            first.span,
            both!(
                "the rows here are named by `{rows}`, and `{word}` is a column, of `{columns}`",
                "这里各行的名字取自 `{rows}`，而 `{word}` 是 `{columns}` 中的一列"
            ),
            both!(
                "write the numbers of each row after its name: `values: {{{each}}}`{en}",
                "请把每一行的数写在行名后面：`values: {{{each}}}`{zh}"
            ),
        );
    }

    /// Reports a first row or a first column of names; whether there is one.
    pub(in crate::lesson::check) fn has_names_among_numbers(&mut self, rows: &[Tree], named: &Named) -> bool {
        let lines: Option<Vec<&[Tree]>> = rows.iter().map(Tree::as_list).collect();
        let Some(lines) = lines.filter(|lines| lines.len() > 1) else { return false };
        let finding =
            self.first_row_of_names(&lines, named).or_else(|| self.first_column_of_names(&lines, named));
        let is_one = finding.is_some();
        self.findings.extend(finding);
        is_one
    }

    /// What to do about numbers of which one side does not fit its axis, and the other does, which has none.
    pub(in crate::lesson::check) fn to_name_other_side(
        &self,
        (lines, width): (usize, usize),
        named: &Named,
        span: Span,
    ) -> Option<Localised<String>> {
        let (own, axis, other) = match (&named.rows, &named.columns) {
            (Some(axis), None) => (Side::Rows, axis, width),
            (None, Some(axis)) => (Side::Columns, axis, lines),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        let name = axis.name().filter(|_| axis.size() == other)?;
        let (is_not, is) = match (own, named.layout) {
            (Side::Rows, Layout::Rows) | (Side::Columns, Layout::Columns) => ("rows", "cols"),
            (Side::Rows, Layout::Columns) | (Side::Columns, Layout::Rows) => ("cols", "rows"),
        };
        let around = self.definition_around(span);
        let lead_back = around.is_some_and(leads_back);
        let given = around.and_then(|own| self.item(own)?.1.get("given"));
        let Localised { en: add, zh: add_zh } = given.map_or_else(
            || {
                both!(
                    "add `layout: columns` beside `cols: {name}`",
                    "在 `cols: {name}` 旁边加上 `layout: columns`"
                )
            },
            |given| insertion::to_add(self.source, given, span, &["layout: columns".to_owned()]),
        );
        Some(match (own, named.layout) {
            (Side::Columns, Layout::Rows) if lead_back => {
                both!("each line of numbers is a column here: {add}", "这里一行写的是矩阵的一列：请{add_zh}")
            }
            (Side::Columns, Layout::Rows | Layout::Columns) => both!(
                "the rows fit `{name}`: write `{is}: {name}` in the place of `{is_not}: {name}`",
                "与 `{name}` 一致的是行数：请把 `{is_not}: {name}` 改成 `{is}: {name}`"
            ),
            (Side::Rows, Layout::Rows | Layout::Columns) => both!(
                "the columns fit `{name}`: write `{is}: {name}` in the place of `{is_not}: {name}`",
                "与 `{name}` 一致的是列数：请把 `{is_not}: {name}` 改成 `{is}: {name}`"
            ),
        })
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
        let field = match named.layout {
            Layout::Rows => "cols",
            Layout::Columns => "rows",
        };
        let own = named.columns.as_deref();
        let elsewhere = self.axes.iter().find(|(_, axis)| own.is_none() && is_along(axis, first));
        let elsewhere = elsewhere.and_then(|(axis, _)| self.to_name(first[0].span, field, axis));
        let hint = match (own.and_then(Axis::name), elsewhere) {
            (Some(axis), _) => both!(
                "remove this row: `{axis}` names the columns already",
                "请删去这一行：`{axis}` 已经给出了各列的名字"
            ),
            (None, Some(Localised { en, zh })) => both!("remove this row, and {en}", "请删去这一行，并{zh}"),
            (None, None) => both!(
                "remove this row: without `{field}`, these columns have no names",
                "请删去这一行：没有写 `{field}`，这些列就没有名字"
            ),
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
        let own = of.rows.as_deref();
        let is_label = |name: &Tree| {
            own.zip(name.as_text())
                .is_some_and(|(axis, name)| axis.labels().iter().any(|label| label == name))
        };
        // By their names rows may stand in another order than the axis has them.
        if let (true, Some(_)) = (names.iter().all(is_label), &of.columns)
            && !own.is_some_and(|axis| is_along(axis, &names))
        {
            return Some(self.rows_by_name(finding, lines));
        }
        let elsewhere = self.axes.iter().find(|(_, axis)| own.is_none() && is_along(axis, &names));
        let elsewhere = elsewhere.and_then(|(axis, _)| self.to_name(first.span, "rows", axis));
        let hint = match (own.and_then(Axis::name), elsewhere) {
            (Some(axis), _) => both!(
                "remove the name and its comma from each row: `{axis}` names the rows already",
                "请删去每一行的名字和它后面的逗号：`{axis}` 已经给出了各行的名字"
            ),
            (None, Some(Localised { en, zh })) => {
                return Some(finding.with_hint(both!(
                    "remove the name and its comma from each row, and {en}",
                    "请删去每一行的名字和它后面的逗号，并{zh}"
                )));
            }
            (None, None) => both!(
                "remove the name and its comma from each row: without `rows`, the rows of a matrix have no names",
                "请删去每一行的名字和它后面的逗号：没有写 `rows` 的矩阵，各行没有名字"
            ),
        };
        let away = lines.iter().map(|line| Span::new(line[0].span.start, line[1].span.start));
        Some(away.fold(finding.with_hint(hint), |finding, span| finding.with_fix(span, "")))
    }

    /// How rows are written of which each has its name.
    fn rows_by_name(&self, finding: Diagnostic, lines: &[&[Tree]]) -> Diagnostic {
        const SHORT: usize = 80;
        let row = |line: &&[Tree]| {
            let cells: Vec<&str> = line[1..].iter().map(|it| self.source.slice(it.span)).collect();
            format!("{}: [{}]", line[0].as_text().unwrap_or_default(), cells.join(", "))
        };
        let rows: Vec<String> = lines.iter().map(row).collect();
        let (written, first) = (rows.join(", "), rows.first().cloned().unwrap_or_default());
        finding.with_hint(if written.len() <= SHORT {
            both!("write `values: {{{written}}}`", "请写 `values: {{{written}}}`")
        } else {
            both!(
                "below `values:` write each row behind its name, without a `-`: `{first}`",
                "请在 `values:` 下面把每一行写在它的名字后面，不写 `-`：`{first}`"
            )
        })
    }

    /// What to write so that a side of a written matrix is named by an axis.
    fn to_name(&self, inside: Span, field: &str, axis: &str) -> Option<Localised<String>> {
        let given = self.item(self.definition_around(inside)?)?.1.get("given")?;
        Some(if given.get("values").is_some() {
            both!("write `{field}: {axis}, ` before `values`", "在 `values` 前面写上 `{field}: {axis}, `")
        } else {
            both!(
                "write `given: {{{field}: {axis}, values: [[…]]}}`, with the other rows for `[…]`",
                "改写成 `given: {{{field}: {axis}, values: [[…]]}}`，`[…]` 处写其余各行"
            )
        })
    }

    /// Whether a word stands here that is no number, no size and nothing made of them.
    fn is_a_name(&self, tree: &Tree) -> bool {
        let Some(text) = tree.as_text() else { return false };
        let is_word = text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' '));
        let values = ["true", "false", "yes", "no", "on", "off", "inf", "nan"];
        let is_number = || expression::parse(text).is_ok_and(|number| number.constant(&self.scope()).is_ok());
        is_word && !values.contains(&text.to_lowercase().as_str()) && !is_number()
    }
}

/// Whether these are the entries of an axis, in its order.
fn is_along(axis: &Axis, names: &[Tree]) -> bool {
    axis.size() == names.len()
        && names.iter().enumerate().all(|(at, it)| it.as_text() == Some(axis.label(at)))
}
