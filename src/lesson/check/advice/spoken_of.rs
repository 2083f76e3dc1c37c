//! Whether a number of a text can be that of a cell: a cell of other words than the text names is none of its own.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, Trace};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::advice::meant::has_one;
use crate::lesson::check::advice::numbers::{self, Typed};
use crate::lesson::check::advice::typed::let_compute;
use crate::lesson::expression;
use crate::lesson::{Focus, Step};

/// A typed share that is nearer to the computed one is only rounded more.
const FAR: f64 = 0.05;
/// Words of sentences whose number is a share,
const OF_SHARES: [&str; 7] = ["attention", "share", "weight", "gives", "注意", "份额", "权重"];
/// and those in which it is no share of this cell, or none that is claimed.
const ROUGHLY: [&str; 43] = [
    "than",
    "over ",
    "above",
    "below",
    "under",
    "least",
    "most ",
    "up to",
    "if ",
    "would",
    "could",
    "should",
    "without",
    "instead",
    "dropout",
    "temperature",
    "before",
    "after",
    "guess",
    "suppose",
    "not ",
    "n't",
    "other",
    "rest",
    "如果",
    "若",
    "超过",
    "以上",
    "以下",
    "不",
    "大于",
    "小于",
    "多于",
    "少于",
    "高于",
    "低于",
    "比",
    "温度",
    "假",
    "猜",
    "其",
    "前",
    "后",
];

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

    /// What is said of a share that is typed beside both names of the cell that the step lights, which is quite another
    /// number.
    pub(super) fn other_than_lit(
        &self,
        text: &str,
        typed: &Typed<'_>,
        step: &Step,
        trace: &Trace,
    ) -> Option<Diagnostic> {
        let [Focus { node, row: Some(row), column: Some(column) }] = step.focus[..] else { return None };
        let (cell, shape) = (Cell { node, row, column }, &trace.node(node).shape);
        let lower = text.to_lowercase();
        let named = |label: &str| text.contains(&format!("*{label}*"));
        let is_of_both = named(shape.rows.label(row)) && named(shape.columns.label(column));
        let is_plain = !text.contains('{') && numbers::typed(text).len() == 1;
        let is_share = trace.node(node).part.holds_shares() && has_one(&lower, &OF_SHARES);
        if !is_of_both || !is_plain || !is_share || has_one(&lower, &ROUGHLY) {
            return None;
        }
        let number = trace.cell(cell);
        if (number - typed.value).abs() < FAR || !(0.0..=1.0).contains(&typed.value) {
            return None;
        }
        let reference = expression::reference(&self.graph, cell);
        let format = typed.format()?;
        let digits = typed.digits();
        let is = if typed.is_per_cent() {
            format!("{:.digits$}%", 100.0 * number)
        } else {
            format!("{number:.digits$}")
        };
        let message = both!("`{reference}` is {is}, not this number", "`{reference}` 是 {is}，不是这个数");
        let finding = Diagnostic::new(Code::TypedNumber, typed.with_sign(), message);
        Some(finding.with_hint(let_compute(&reference, &format)))
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
