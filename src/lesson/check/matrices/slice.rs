//! Some of the rows or columns of a matrix.

use std::ops::Range;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Op, Side, op};
use crate::language::Localised;
use crate::lesson::check::{Checker, remedies::insertion};
use crate::lesson::expression::Entry;
use crate::yaml::{Key, Style, Tree};

impl Checker<'_> {
    pub(super) fn define_slice(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let (side, tree) = match (value.entry("rows"), value.entry("columns")) {
            (Some((_, tree)), None) => (Side::Rows, tree),
            (None, Some((_, tree))) => (Side::Columns, tree),
            (Some((first, _)), Some((second, columns))) => {
                let (name, columns) = (&key.text, self.source.slice(columns.span));
                let new = self.free_name("part");
                let (first, again) = (first.span.min(second.span), first.span.max(second.span));
                self.findings.push(
                    Diagnostic::new(
                        Code::ConflictingFields,
                        again,
                        both!("a slice takes rows or columns, not both", "一次只能取行或取列"),
                    )
                    .with_another(first)
                    .with_hint(both!(
                        "keep `rows`, and take the columns in an item of their own: `- {new}: {{slice: {{of: {name}, columns: {columns}}}}}`",
                        "请保留 `rows`，列另写一项：`- {new}: {{slice: {{of: {name}, columns: {columns}}}}}`"
                    )),
                );
                return None;
            }
            (None, None) => {
                let Localised { en, zh } =
                    insertion::to_add(self.source, value, key.span, &["columns: 1".to_owned()]);
                self.report(
                    Code::MissingField,
                    key.span,
                    both!("nothing says which rows or columns are taken", "没有说明取哪些行或列"),
                    both!(
                        "{en}, or `, rows: 1`, with the number of the one to take; `[1, 2]` takes all from the first to the second",
                        "请{zh} 或 `, rows: 1`，写要取的是第几列或第几行；`[1, 2]` 表示从第一个取到第二个"
                    ),
                );
                return None;
            }
        };
        self.define_members(key, &[of], |checker, nodes| {
            let entries = checker.ends(tree, nodes[0], side)?;
            Some(Op::Slice(op::Slice { of: nodes[0], side, entries }))
        })
    }

    /// The rows or columns from one to another, with both ends.
    fn ends(&mut self, tree: &Tree, node: NodeId, side: Side) -> Option<Range<usize>> {
        let ends = tree.as_list().unwrap_or(std::slice::from_ref(tree));
        let found: Vec<_> = ends.iter().map(|end| self.end(end, node, side)).collect();
        let found: Vec<usize> = found.into_iter().collect::<Option<_>>()?;
        let (first, last) = (*found.first()?, *found.last()?);
        if first > last {
            self.report(
                Code::OutOfRange,
                tree.span,
                both!("the last stands before the first", "末尾在开头之前"),
                match ends {
                    [a, b] => {
                        let one = if side == Side::Rows { "row" } else { "column" };
                        let (a, b) = (self.source.slice(a.span), self.source.slice(b.span));
                        both!(
                            "the first {one} stands first: write `[{b}, {a}]`",
                            "开头写在前面：请写 `[{b}, {a}]`"
                        )
                    }
                    _ => both!("write the first, then the last", "请先写开头，再写末尾"),
                },
            );
            return None;
        }
        Some(first..last + 1)
    }

    fn end(&mut self, tree: &Tree, node: NodeId, side: Side) -> Option<usize> {
        let scalar = tree.as_scalar()?;
        let entry = if scalar.style == Style::Plain {
            Entry::parse(&scalar.text)
        } else {
            Ok(Entry::label(scalar.text.clone(), Span::new(0, scalar.text.len())))
        };
        match entry.and_then(|entry| entry.find(self.graph.node(node), side)) {
            Ok(index) => Some(index),
            Err(finding) => {
                self.report_in(tree, vec![finding]);
                None
            }
        }
    }
}
