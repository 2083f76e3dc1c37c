//! Things to be put in order that do not go with how they are put: matrices by their size, or cells by their making.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

impl Checker<'_> {
    /// Whether all items are matrices of several numbers, of which none is the largest; reports it if so.
    pub(super) fn are_matrices_to_rank(&mut self, order: &Tree, items: &[Tree]) -> bool {
        let is_matrix = |item: &Tree| {
            let node = item.as_text().and_then(|name| self.graph.find(name.trim()));
            node.is_some_and(|node| self.graph.node(node).shape.size() != (1, 1))
        };
        if items.is_empty() || !items.iter().all(is_matrix) {
            return false;
        }
        let message =
            both!("these items are matrices, of which none is the largest", "各项是矩阵，不能比较大小");
        let hint = both!(
            "add `by: making` for the order in which they are made",
            "按算出的先后排序，请加上 `by: making`"
        );
        let place = order.entry("items").map_or(order.span, |(key, _)| key.span);
        let finding = Diagnostic::new(Code::WrongKind, place, message).with_hint(hint);
        let fix = crate::diagnostic::Span::at(place.start);
        let is_in_braces = order.span.start < place.start;
        self.findings.push(if is_in_braces { finding.with_fix(fix, "by: making, ") } else { finding });
        true
    }

    /// Whether cells stand there to be put in the order of their making, which only matrices have; reports it if so.
    pub(super) fn are_cells_to_make(&mut self, items: &[Tree]) -> bool {
        let matrix = |item: &Tree| {
            let (name, _) = item.as_text()?.trim().strip_suffix(']')?.split_once('[')?;
            self.graph.find(name).map(|_| name.to_owned())
        };
        let Some(matrices) = items.iter().map(matrix).collect::<Option<Vec<_>>>() else { return false };
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return false };
        let names = matrices.join(", ");
        let message = both!(
            "`making` puts matrices in order, and these are cells",
            "`making` 排的是矩阵，这里却是单元格"
        );
        let hint = if (1..matrices.len()).any(|at| matrices[..at].contains(&matrices[at])) {
            both!("to compare these numbers, write `by: largest`", "要比较这些数的大小，请写 `by: largest`")
        } else {
            both!(
                "write `items: [{names}]`; or, to compare these numbers, `by: largest`",
                "请写 `items: [{names}]`；要比较这些数的大小，请写 `by: largest`"
            )
        };
        self.report(Code::WrongKind, first.span.to(last.span), message, hint);
        true
    }
}
