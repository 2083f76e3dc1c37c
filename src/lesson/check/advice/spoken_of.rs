//! Whether a number of a text can be that of a cell: a cell of other words than the text names is none of its own.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, Trace};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::advice::numbers::Typed;
use crate::lesson::expression;

/// Whether a text names the row and the column of a cell, as far as it names rows and columns with emphasis.
pub(super) fn is_spoken_of(text: &str, cell: Cell, trace: &Trace) -> bool {
    let shape = &trace.node(cell.node).shape;
    let (row, column) = (shape.rows.label(cell.row), shape.columns.label(cell.column));
    let named = |label: &str| text.contains(&format!("*{label}*"));
    let names_another = |labels: &[String], but: [&str; 2]| {
        labels.iter().any(|label| !but.contains(&label.as_str()) && named(label))
    };
    match (named(row), named(column) && row != column) {
        (true, true) => true,
        (true, false) => !names_another(shape.columns.labels(), [row, column]),
        (false, true) => !names_another(shape.rows.labels(), [row, column]),
        (false, false) => {
            let but = [row, column];
            !names_another(shape.rows.labels(), but) && !names_another(shape.columns.labels(), but)
        }
    }
}

impl Checker<'_> {
    /// For `1.41` in a text, `√d_k`: the root of a size, where it is printed so.
    pub(super) fn root_of_size(&self, typed: &Typed<'_>) -> Option<String> {
        let names = self.sizes.iter().filter(|(name, _)| name.starts_with("d_"));
        let mut roots = names.filter(|(_, size)| {
            let root = (**size as f64).sqrt();
            root.fract() != 0.0 && typed.digits() > 0 && !typed.is_per_cent() && typed.is_printed(root)
        });
        roots.next().map(|(name, _)| format!("sqrt({name})"))
    }

    /// What is said of the number of a cell in a text that names another column of its row, if it names only one.
    pub(super) fn of_other_words(
        &self,
        text: &str,
        cell: Cell,
        format: &str,
        place: Span,
        trace: &Trace,
    ) -> Option<Diagnostic> {
        let shape = &trace.node(cell.node).shape;
        let (row, column) = (shape.rows.label(cell.row), shape.columns.label(cell.column));
        let named = |label: &str| text.contains(&format!("*{label}*"));
        if !named(row) || (named(column) && row != column) {
            return None;
        }
        let mut others = (0..shape.columns.size())
            .filter(|at| shape.columns.label(*at) != row && named(shape.columns.label(*at)));
        let other = others.next().filter(|_| others.next().is_none())?;
        let meant = Cell { column: other, ..cell };
        let word = shape.columns.label(other);
        let [own, meant] = [cell, meant].map(|cell| expression::reference(&self.graph, cell));
        let message = both!(
            "`{own}` is this number, and the text speaks of `{word}`",
            "这个数是 `{own}`，而这段文字说的是 `{word}`"
        );
        let hint: Localised<String> = both!(
            "write the number of `{word}`, `{{{meant}:{format}}}`; or, if the number is right, write `{column}` instead of `{word}`",
            "请写 `{word}` 的数：`{{{meant}:{format}}}`；如果数没有错，请把 `{word}` 改成 `{column}`"
        );
        Some(Diagnostic::new(Code::TypedNumber, place, message).with_hint(hint))
    }
}
