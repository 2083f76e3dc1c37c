//! The values of all matrices, and numbers among them that are none.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{BUDGET, EmptyRow, Form, Node, NodeId, Op, Quantity, Trace, op};
use crate::lesson::check::Checker;
use crate::lesson::check::causes::suspects::Written;
use crate::lesson::check::matrices::division_by_zero;

/// Matrices in which not every number is finite, by what may be done with them.
#[derive(Default)]
struct Beyond {
    /// −∞ that a mask puts.
    masked: BTreeSet<NodeId>,
    /// Missing numbers that the lesson asks for, where a query sees no key, and all that comes of them.
    missing: BTreeSet<NodeId>,
    /// Whatever else; reported where it first happens.
    wrong: BTreeSet<NodeId>,
}

impl Checker<'_> {
    /// The values of all matrices, unless it is cancelled. What comes out infinite is reported where it first happens.
    pub(in crate::lesson::check) fn evaluate(&mut self) -> Option<Trace> {
        let graph = Arc::new(std::mem::take(&mut self.graph));
        let trace = Trace::evaluate_while(graph, BUDGET, self.evaluation)?;
        self.graph = trace.graph().clone();
        let mut beyond = Beyond::default();
        for (id, node) in trace.graph().nodes().filter(|(id, _)| trace.extent(*id).beyond.is_some()) {
            let operands = node.op.operands();
            let any = |set: &BTreeSet<NodeId>| operands.iter().any(|operand| set.contains(operand));
            if any(&beyond.wrong) {
                beyond.wrong.insert(id);
                continue;
            }
            let (of_mask, of_missing) = (any(&beyond.masked), any(&beyond.missing));
            let makes_missing =
                matches!(node.op, Op::Softmax(op::Softmax { empty_row: EmptyRow::Missing, .. })) && of_mask;
            // −∞ is what a mask puts, and it may be handed on, but a sum with it says nothing of its other terms.
            let is_sum = matches!(node.op.form(), Form::Product | Form::ProductOfRows)
                || matches!(&node.op, Op::ShareOf(_))
                || matches!(&node.op, Op::Measure(measure) if measure.quantity.adds_up());
            let may_be_masked = !is_sum && (of_mask || matches!(node.op, Op::Mask(_) | Op::Keep(_)));
            let may_be_missing = makes_missing || (of_missing && !(is_sum && of_mask));
            if may_be_masked && trace.extent(id).beyond == Some(f64::NEG_INFINITY) {
                beyond.masked.insert(id);
                continue;
            }
            let value = trace.value(id);
            let is_meant = |cell: &f64| {
                cell.is_finite()
                    || may_be_masked && *cell == f64::NEG_INFINITY
                    || may_be_missing && cell.is_nan()
            };
            if value.iter().all(is_meant) {
                if value.iter().any(|cell| cell.is_infinite()) {
                    beyond.masked.insert(id);
                }
                if value.iter().any(|cell| cell.is_nan()) {
                    beyond.missing.insert(id);
                }
                continue;
            }
            beyond.wrong.insert(id);
            if !of_mask && self.report_no_entropy(&trace, id) {
                continue;
            }
            let divided = division_by_zero(node, &trace).filter(|_| !of_mask);
            let span = self.places.get(&id).copied().unwrap_or_default();
            let masked = operands.iter().copied().find(|operand| beyond.masked.contains(operand));
            self.findings.push(match (masked.filter(|_| of_mask), divided) {
                (Some(masked), _) => self.of_masked(node, masked, span),
                (None, Some((message, hint))) => {
                    Diagnostic::new(Code::NotFinite, span, message).with_hint(hint)
                }
                (None, None) => self.grown(trace.graph().node(id), id, span),
            });
        }
        let finite = trace.graph().nodes().filter(|(id, _)| trace.extent(*id).beyond.is_none());
        for (id, _) in finite {
            self.report_no_entropy(&trace, id);
        }
        Some(trace)
    }
}

impl Checker<'_> {
    /// What is said of a matrix that is made of masked scores, where it should be made of their shares.
    fn of_masked(&self, node: &Node, masked: NodeId, span: Span) -> Diagnostic {
        let name = &node.name;
        let is_mean = matches!(&node.op, Op::Measure(measure) if measure.quantity != Quantity::Entropy);
        let scores = &self.graph.node(masked).name;
        let message = both!(
            "`{name}` would compute with the −∞ of the masked scores `{scores}`",
            "`{name}` 会用到掩码分数 `{scores}` 中的 −∞"
        );
        let is_pattern = |op: &Op| matches!(op, Op::Softmax(softmax) if softmax.of == masked);
        let pattern = self.graph.nodes().map(|(_, node)| node).find(|node| is_pattern(&node.op));
        let hint = if let (Op::Mask(mask), true) = (&self.graph.node(masked).op, is_mean) {
            let before = &self.graph.node(mask.of).name;
            both!(
                "write `{before}` instead of `{scores}`: the scores before the mask",
                "请把 `{scores}` 改成 `{before}`，即加掩码之前的分数"
            )
        } else if let Some(Node { name: pattern, .. }) = pattern {
            both!("write `{pattern}` instead of `{scores}`", "请把 `{scores}` 改成 `{pattern}`")
        } else {
            let free = self.free_name("P");
            both!(
                "above this line add `- {free}: {{softmax: {scores}}}`, and write `{free}` instead of `{scores}` here",
                "请在这一行上面加一行 `- {free}: {{softmax: {scores}}}`，再把这一行的 `{scores}` 改成 `{free}`"
            )
        };
        Diagnostic::new(Code::NotFinite, span, message).with_hint(hint)
    }
}

impl Checker<'_> {
    /// What is said of numbers that nobody has divided or masked, with the largest that is written among what they are
    /// made of.
    fn grown(&self, Node { name, .. }: &Node, id: NodeId, span: Span) -> Diagnostic {
        let mut open = vec![id];
        let mut made_of = BTreeSet::new();
        while let Some(node) = open.pop() {
            if made_of.insert(node) {
                open.extend(self.graph.node(node).op.operands());
            }
        }
        let size = |written: &Written| written.text.parse().map_or(0.0, f64::abs);
        let written = self.written(self.tree);
        let own = written.iter().filter(|written| made_of.contains(&written.cell.node));
        let largest = own.max_by(|a, b| size(a).total_cmp(&size(b)));
        let message = both!(
            "`{name}` gets numbers that are too large to compute with",
            "`{name}` 中的数过大，已无法计算"
        );
        let finding = Diagnostic::new(Code::NotFinite, span, message);
        let Some(Written { text, span: place, .. }) = largest else {
            return finding.with_hint(both!(
                "use smaller numbers in what `{name}` is made of",
                "请把构成 `{name}` 的数改小"
            ));
        };
        let line = self.source.line(place.start);
        finding.with_related(*place, both!("this is very large", "这个数很大")).with_hint(both!(
            "in line {line} write a much smaller number in the place of `{text}`, such as 10",
            "请把第 {line} 行的 `{text}` 改成小得多的数，例如 10"
        ))
    }
}
