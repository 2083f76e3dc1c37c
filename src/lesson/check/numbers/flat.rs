//! The numbers of a matrix in one list, whose axes say where each row ends.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::counted;
use crate::lesson::check::Checker;
use crate::lesson::check::numbers::grid::Named;
use crate::yaml::Tree;

/// Longer lists are not written again.
const LONGEST: usize = 80;

impl Checker<'_> {
    /// Tells how numbers in one list are written in rows, if both axes are known and there are as many numbers.
    pub(in crate::lesson::check) fn one_flat_list(&mut self, items: &[Tree], span: Span, named: &Named) {
        let (Some(rows), Some(columns)) = (&named.rows, &named.columns) else { return };
        let (rows, columns) = (rows.size(), columns.size());
        let numbers: Option<Vec<&str>> = items.iter().map(Tree::as_text).collect();
        let Some(numbers) = numbers.filter(|numbers| numbers.len() == rows * columns && columns > 0) else {
            return;
        };
        let lines: Vec<String> = numbers.chunks(columns).map(|row| format!("[{}]", row.join(", "))).collect();
        let written = format!("[{}]", lines.join(", "));
        let (down, across) = (counted(rows, "row", "rows"), counted(columns, "number", "numbers"));
        let message = both!(
            "these numbers must stand in {down} of {across}",
            "这些数没有分成行：应有 {rows} 行，每行 {columns} 个数"
        );
        let hint = if written.chars().count() <= LONGEST {
            both!("write `{written}`", "请写 `{written}`")
        } else {
            let first = &lines[0];
            both!(
                "put each row in brackets of its own: `[{first}, …]`",
                "每一行都要写在自己的方括号里：`[{first}, …]`"
            )
        };
        let finding = Diagnostic::new(Code::WrongKind, span, message).with_hint(hint);
        self.findings.push(finding.with_fix(span, written));
    }
}
