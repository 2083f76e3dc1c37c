//! Written matrices with more or fewer rows or numbers than their axes have.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{AxisKind, Shape};
use crate::language::{Localised, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::numbers::grid::{Layout, Named, called};
use crate::lesson::check::numbers::sized_as;
use crate::lesson::check::sizes::resized::Misfit;
use crate::yaml::Tree;

impl Checker<'_> {
    /// The finding of a size that is wrong, which says which row is there twice, or marks the rows beyond those that have a
    /// place.
    pub(in crate::lesson::check) fn with_row(
        mut finding: Diagnostic,
        rows: &[Tree],
        named: &Named,
    ) -> Diagnostic {
        let Some(size) = named.rows.as_ref().map(|axis| axis.size()).filter(|size| *size != rows.len())
        else {
            return finding;
        };
        let doubled = rows.windows(2).find(|pair| pair[1].says_the_same(&pair[0])).map(|pair| pair[1].span);
        if let Some(doubled) = doubled.filter(|_| size + 1 == rows.len()) {
            finding.span = doubled;
            finding.label = both!("this row is the same as the one above", "这一行与上一行相同");
            finding.hint = Some(both!("remove one of the two equal rows", "请删去两个相同的行中的一个"));
        } else if let (Some(beyond), Some(last)) = (rows.get(size), rows.last()) {
            let is_one = size + 1 == rows.len();
            let these = if is_one { "this row" } else { "these rows" };
            if is_one {
                finding.hint = Some(both!(
                    "remove the row that is too many, which need not be this one",
                    "请删去多出来的那一行，不一定是这一行"
                ));
            }
            let axis = named.rows.as_deref().map(called).unwrap_or_default();
            finding.span = beyond.span.to(last.span);
            finding.label = both!("`{axis}` has no entry for {these}", "`{axis}` 中没有与这里对应的项");
        }
        finding
    }

    /// What is said of rows or numbers that are more or fewer than the axes of a written matrix have; it is to be reported
    /// next.
    pub(in crate::lesson::check) fn of_size(
        &mut self,
        (rows, columns): (usize, usize),
        shape: &Shape,
        layout: Layout,
        span: Span,
    ) -> Diagnostic {
        let (rows_axis, columns_axis) = (&shape.rows, &shape.columns);
        let (named_rows, named_columns) = (called(rows_axis), called(columns_axis));
        let (wanted_rows, wanted_columns) = shape.size();
        let lines = counted(rows, "row", "rows");
        let numbers = counted(columns, "number", "numbers");
        let wanted_lines = counted(wanted_rows, "row", "rows");
        let wanted_numbers = counted(wanted_columns, "number", "numbers");
        let entries = counted(wanted_columns, "entry", "entries");
        let message = if columns == wanted_columns {
            both!(
                "{lines} of numbers, where `{named_rows}` has {wanted_rows} entries",
                "写了 {rows} 行数，而 `{named_rows}` 有 {wanted_rows} 项"
            )
        } else if rows == wanted_rows {
            both!(
                "each row has {numbers}, and `{named_columns}` has {entries}",
                "每行写了 {columns} 个数，而 `{named_columns}` 有 {wanted_columns} 项"
            )
        } else {
            both!(
                "{lines} of {numbers}, where `{named_rows}` asks for {wanted_lines} and `{named_columns}` for {wanted_numbers} in each",
                "写了 {rows} 行，每行 {columns} 个数，而 `{named_rows}` 有 {wanted_rows} 项，`{named_columns}` 有 {wanted_columns} 项"
            )
        };
        let mut finding = Diagnostic::new(Code::ShapeMismatch, span, message);
        // The axis whose size is not as long as what is written.
        let wrong = [(rows, rows_axis), (columns, columns_axis)]
            .into_iter()
            .filter(|(count, axis)| *count != axis.size());
        for (_, axis) in wrong.clone() {
            if let Some(place) = axis.name().and_then(|name| self.axis_places.get(name)) {
                let size = axis.size();
                finding = finding.with_related(*place, both!("{size} here", "这里是 {size}"));
            }
        }
        if shape.size() == (columns, rows) {
            return self.of_exchanged(finding, shape, layout, span);
        }
        if let [(written, axis)] = wrong.collect::<Vec<_>>()[..]
            && let Some(axis) = axis.name().map(str::to_owned)
        {
            self.misfits.push(Misfit { axis, written, finding: self.findings.len() });
        }
        let hint = sized_as((rows, columns), shape);
        finding.with_hint(self.or_longer_axis(hint, (rows, columns), shape))
    }

    /// The same hint, or to add a name to an axis that is one shorter than the rows that are written.
    fn or_longer_axis(
        &self,
        hint: Localised<String>,
        (rows, columns): (usize, usize),
        shape: &Shape,
    ) -> Localised<String> {
        let axis = &shape.columns;
        let place = axis.name().and_then(|name| Some((name, self.axis_places.get(name)?)));
        let is_short = columns == axis.size() + 1 && rows == shape.rows.size();
        let Some((name, place)) = place.filter(|_| is_short && axis.kind() == AxisKind::Features) else {
            return hint;
        };
        let (line, Localised { en, zh }) = (self.source.line(place.start), hint);
        both!(
            "{en}; or, if a name is missing, add it to `{name}` in line {line}",
            "{zh}；如果少了一个名字，请补到第 {line} 行的 `{name}` 里"
        )
    }
}
