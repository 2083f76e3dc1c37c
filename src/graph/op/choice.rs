//! From logits to tokens: which may be chosen, and which is.

use std::sync::Arc;

use super::{Constant, Form, Mismatch, Operands, Operation, agree};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::{Draw, Reason};
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Shape, Side, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// Which numbers of a row are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Keeping {
    /// So many of the largest, of equal ones the first: top-k.
    Most(usize),
    /// The smallest set of the largest whose sum reaches this share: top-p.
    Share(f64),
}

impl Keeping {
    fn of(self, row: &[f64]) -> Vec<bool> {
        match self {
            Self::Most(k) => math::among_most(row, k),
            Self::Share(share) => math::reaching_share(row, share),
        }
    }
}

/// The cells that a rule keeps, −∞ elsewhere: `[n, m] -> [n, m]`.
#[derive(Debug, Clone)]
pub struct Keep {
    /// The logits, `[n, m]`
    pub of: NodeId,
    /// What the rule looks at, `[n, m]`: the logits themselves for top-k, their probabilities for top-p.
    pub by: NodeId,
    /// The rule.
    pub keeping: Keeping,
}

impl Operation for Keep {
    fn operands(&self) -> Vec<NodeId> {
        if self.of == self.by { vec![self.of] } else { vec![self.of, self.by] }
    }

    fn form(&self) -> Form {
        Form::Gather
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        agree(graph, (self.of, Side::Rows), (self.by, Side::Rows))?;
        agree(graph, (self.of, Side::Columns), (self.by, Side::Columns))?;
        Ok(graph.node(self.of).shape.clone())
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let (mut kept, by) = (Arc::unwrap_or_clone(operands.value(self.of)), operands.value(self.by));
        for row in 0..by.nrows() {
            for (column, keeps) in self.keeping.of(&numbers(&by, row)).into_iter().enumerate() {
                if !keeps {
                    kept[(row, column)] = f64::NEG_INFINITY;
                }
            }
        }
        Arc::new(kept)
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let own = Cell { node: self.by, ..at };
        let row = numbers_of(trace, own);
        if self.keeping.of(&row)[at.column] {
            let value = Expr::at(self.of, at.row, at.column);
            return Expr::ruled(value, Reason::Kept(self.keeping), own, row.len());
        }
        let reason = Reason::NotKept(self.keeping);
        Expr::ruled(Expr::defined(f64::NEG_INFINITY, reason), reason, own, row.len())
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let (name, sign, value) = match self.keeping {
            Keeping::Most(k) => ("top-k(", ", k = ", k as f64),
            Keeping::Share(share) => ("top-p(", ", p = ", share),
        };
        vec![
            FormulaPiece::Sign(name),
            FormulaPiece::Matrix(self.of),
            FormulaPiece::Sign(sign),
            FormulaPiece::Constant(Constant::plain(value)),
            FormulaPiece::Sign(")"),
        ]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Keep(Self { of: grown.operand(self.of), by: grown.operand(self.by), ..self.clone() }))
    }
}

/// How one number of a row is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// The largest, of equal ones the first; nothing in a row that has what is no number, or −∞ alone.
    Greedy,
    /// As the probabilities of the row say: row `i` takes the number `i` that the seed gives.
    Sampled {
        /// The seed.
        seed: u64,
    },
}

impl Choosing {
    /// The number of [0, 1) that is drawn for a row; none where nothing is left to chance.
    pub fn number(self, row: usize) -> Option<f64> {
        match self {
            Self::Greedy => None,
            Self::Sampled { seed } => Some(math::uniform_of_seed(seed, row)),
        }
    }
}

/// The choice of one cell in each row, 1 where it is and 0 elsewhere: `[n, m] -> [n, m]`.
#[derive(Debug, Clone)]
pub struct Choose {
    /// `[n, m]`
    pub of: NodeId,
    /// How.
    pub choosing: Choosing,
}

impl Choose {
    /// The column that is chosen; `None` where nothing can be compared or drawn.
    fn chosen(&self, row: &[f64], index: usize) -> Option<usize> {
        match self.choosing {
            Choosing::Greedy => {
                let can_be_compared =
                    row.iter().all(|x| !x.is_nan()) && row.iter().any(|x| *x > f64::NEG_INFINITY);
                can_be_compared.then(|| math::largest(row))
            }
            Choosing::Sampled { seed } => math::drawn(row, math::uniform_of_seed(seed, index)),
        }
    }
}

impl Operation for Choose {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Normalise
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(graph.node(self.of).shape.clone())
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let of = operands.value(self.of);
        let mut choice = Matrix::zeros(of.nrows(), of.ncols());
        for row in 0..of.nrows() {
            if let Some(column) = self.chosen(&numbers(&of, row), row) {
                choice[(row, column)] = 1.0;
            }
        }
        Arc::new(choice)
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let own = Cell { node: self.of, ..at };
        let row = numbers_of(trace, own);
        let chosen = self.chosen(&row, at.row);
        let is_chosen = chosen == Some(at.column);
        let reason = match self.choosing {
            Choosing::Greedy if is_chosen => Reason::Largest,
            Choosing::Greedy if chosen.is_none() => Reason::NothingToCompare,
            Choosing::Greedy => Reason::NotLargest,
            Choosing::Sampled { .. } if chosen.is_none() => Reason::NothingToDraw,
            Choosing::Sampled { seed } => {
                let from: f64 = row[..at.column].iter().sum();
                let to = from + row[at.column];
                let draw = Draw { number: math::uniform_of_seed(seed, at.row), from, to };
                if is_chosen { Reason::Drawn(draw) } else { Reason::NotDrawn(draw) }
            }
        };
        let value = if is_chosen { 1.0 } else { 0.0 };
        Expr::ruled(Expr::defined(value, reason), reason, own, row.len())
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let how = match self.choosing {
            Choosing::Greedy => words("the largest of ", "最大者："),
            Choosing::Sampled { .. } => words("drawn from ", "抽样："),
        };
        vec![FormulaPiece::Word(how), FormulaPiece::Matrix(self.of)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Choose(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}

/// The numbers of a row.
fn numbers(of: &Matrix, row: usize) -> Vec<f64> {
    of.row(row).iter().copied().collect()
}

/// The numbers of the row that a cell is in.
fn numbers_of(trace: &Trace, Cell { node, row, .. }: Cell) -> Vec<f64> {
    let columns = trace.node(node).shape.columns.size();
    (0..columns).map(|column| trace.cell(Cell { node, row, column })).collect()
}
