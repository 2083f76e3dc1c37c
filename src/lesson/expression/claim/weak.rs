//! Claims that hardly any number would refute, and what could be claimed instead.

use super::{Claim, Operand, ROUNDING, ResolvedClaim, Right};
use crate::graph::{Cell, Place, Trace};
use crate::lesson::expression::lexer::Relation;
use crate::lesson::expression::value::Value;

impl Claim {
    /// What stands before the sign of this claim.
    pub fn left<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.left.span.range()).unwrap_or_default().trim()
    }

    /// Whether both sides of this claim are written alike.
    pub fn repeats_itself(&self, text: &str) -> bool {
        let Right::Term(right) = &self.right else { return false };
        let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        tight(self.left(text)) == tight(text.get(right.span.range()).unwrap_or_default())
    }
}

impl ResolvedClaim {
    /// How far it may be off, where that is more than a tenth of what is claimed: then a wrong number would do as well.
    /// A claim of 0 has no tenth, and is left alone.
    pub fn loose(&self, trace: &Trace) -> Option<f64> {
        let Some(Value::Number(expected)) = self.right.single(trace) else { return None };
        let loose = self.tolerance > expected.abs() / 10.0 && expected != 0.0;
        (self.relation == Relation::Equal && loose).then_some(self.tolerance)
    }

    /// Whether it says of shares what all shares are: not below 0, and above 0 where none is hidden.
    pub fn is_true_of_all_shares(&self, trace: &Trace) -> bool {
        let node = match &self.left {
            Operand::Cells(selection) => Some(selection.node),
            Operand::Number(resolved) => resolved.place().map(Place::node),
            Operand::Name(_) | Operand::Label(_) => None,
        };
        let Some(node) = node.filter(|node| trace.node(*node).part.holds_shares()) else { return false };
        let Some(Value::Number(bound)) = self.right.single(trace) else { return false };
        match self.relation {
            Relation::AtLeast => bound <= 0.0,
            Relation::Greater => bound < 0.0 || bound == 0.0 && trace.value(node).iter().all(|it| *it > 0.0),
            Relation::AtMost => bound >= 1.0,
            Relation::Less => bound > 1.0,
            Relation::Equal => false,
        }
    }

    /// Whether both sides are the same cells, or the same question about them.
    pub fn is_of_itself(&self) -> bool {
        match (&self.left, &self.right) {
            (Operand::Number(left), Operand::Number(right)) => {
                left.place().is_some_and(|place| right.place() == Some(place))
            }
            (Operand::Cells(left), Operand::Cells(right)) => left == right,
            (Operand::Name(left), Operand::Name(right)) => left == right,
            (
                Operand::Number(_) | Operand::Cells(_) | Operand::Name(_) | Operand::Label(_),
                Operand::Number(_) | Operand::Cells(_) | Operand::Name(_) | Operand::Label(_),
            ) => false,
        }
    }

    /// The cells that are as large as the one that `argmax` names here, or as small as that of `argmin`; empty where it is
    /// the only one.
    pub fn alike(&self, trace: &Trace) -> Vec<Cell> {
        let (Operand::Name(found), Operand::Label(_)) = (&self.left, &self.right) else { return Vec::new() };
        let Some((line, _)) = found.line() else { return Vec::new() };
        let numbers = line.cells().map(|cell| trace.cell(cell));
        let best = numbers.reduce(|a, b| if (b < a) == found.is_smallest() { b } else { a });
        let is_best = |cell: &Cell| {
            best.is_some_and(|best| (trace.cell(*cell) - best).abs() <= ROUNDING * best.abs().max(1.0))
        };
        let alike: Vec<Cell> = line.cells().filter(is_best).collect();
        if alike.len() > 1 { alike } else { Vec::new() }
    }
}
