//! The operations: one closed enum that answers shape, value, derivation of one cell and picture form, side by side.

use std::sync::Arc;

use super::expr::{Expr, Fold, Line, Reason};
use super::{Aggregate, AggregateKind, Axis, Cell, Graph, NodeId, Place, Shape, Side, Trace};
use crate::math::{self, Matrix};

/// How a matrix is made.
#[derive(Debug, Clone)]
pub enum Op {
    /// Numbers that the lesson gives.
    Given {
        /// The numbers, positions as rows.
        values: Arc<Matrix>,
        /// What its rows and columns stand for.
        shape: Shape,
        /// Where the numbers come from.
        origin: Origin,
    },
    /// Row `rows[i]` of a table becomes row `i`: the look-up of tokens.
    Gather {
        /// `[entries, d]`
        table: NodeId,
        /// Which row of the table each position takes.
        rows: Vec<usize>,
        /// What the positions are: the tokens of a text.
        positions: Arc<Axis>,
    },
    /// `[n, m] -> [m, n]`
    Transpose {
        /// `[n, m]`
        of: NodeId,
    },
    /// `[n, k] · [k, m] -> [n, m]`
    Product {
        /// `[n, k]`
        left: NodeId,
        /// `[k, m]`
        right: NodeId,
    },
    /// Every row with every row: `[n, d] · [m, d]ᵀ -> [n, m]`
    DotProducts {
        /// `[n, d]`
        left: NodeId,
        /// `[m, d]`
        right: NodeId,
    },
    /// Every cell divided by one number.
    Scale {
        /// `[n, m]`
        of: NodeId,
        /// What it is divided by.
        divisor: Divisor,
    },
    /// The sum of matrices of one shape, cell by cell.
    Add {
        /// At least one, each `[n, m]`.
        terms: Vec<NodeId>,
    },
    /// Cells that may not be seen become −∞.
    Mask {
        /// `[queries, keys]`
        of: NodeId,
        /// Which cells may be seen.
        mask: Mask,
    },
    /// Softmax along each row.
    Softmax {
        /// `[queries, keys]`
        of: NodeId,
    },
    /// Matrices side by side: `[n, a], [n, b], … -> [n, a + b + …]`
    Concat {
        /// At least one, with the same rows.
        parts: Vec<NodeId>,
    },
}

/// Where given numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written in the lesson.
    Written,
    /// Drawn by a seeded generator.
    Random {
        /// The seed.
        seed: u64,
    },
    /// 1 on the diagonal, 0 elsewhere.
    Identity,
}

/// What scores are divided by: the number, and the way the lesson writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Divisor {
    /// Its value; finite and not 0.
    pub value: f64,
    /// How it reads in a formula: `√d_k`, `8`.
    pub symbol: String,
}

/// Which keys each query may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mask {
    /// Keys up to the query's own position.
    Causal,
    /// Said cell by cell, row by row: `allowed[query * keys + key]`.
    Cells(Arc<[bool]>),
}

impl Mask {
    /// Whether this query may see this key, of `keys` in all.
    pub fn allows(&self, query: usize, key: usize, keys: usize) -> bool {
        match self {
            Self::Causal => math::is_causal(query, key),
            Self::Cells(allowed) => allowed[query * keys + key],
        }
    }
}

/// The few forms in which an operation is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Two matrices multiplied: the row of one meets the column of the other in the cell.
    Product,
    /// Two matrices whose rows are multiplied: the row of one meets the row of the other, which is turned.
    ProductOfRows,
    /// Cell by cell from cells at the same place.
    Elementwise,
    /// Parts laid side by side.
    Stack,
    /// A row made to sum to 1.
    Normalise,
    /// Rows taken from a table, or cells moved.
    Gather,
    /// Given.
    Given,
}

/// An axis of an operand, for saying what does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisOf {
    /// The operand.
    pub node: NodeId,
    /// Which of its sides.
    pub side: Side,
    /// The axis there.
    pub axis: Arc<Axis>,
}

/// Two axes that should agree and do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The first.
    pub left: AxisOf,
    /// The second.
    pub right: AxisOf,
}

impl Op {
    /// The matrices that it is made of, in the order of the formula.
    pub fn operands(&self) -> Vec<NodeId> {
        match self {
            Self::Given { .. } => Vec::new(),
            Self::Gather { table: of, .. }
            | Self::Transpose { of }
            | Self::Scale { of, .. }
            | Self::Mask { of, .. }
            | Self::Softmax { of } => vec![*of],
            Self::Product { left, right } | Self::DotProducts { left, right } => vec![*left, *right],
            Self::Add { terms: operands } | Self::Concat { parts: operands } => operands.clone(),
        }
    }

    /// How it is drawn.
    pub const fn form(&self) -> Form {
        match self {
            Self::Given { .. } => Form::Given,
            Self::Gather { .. } | Self::Transpose { .. } => Form::Gather,
            Self::Product { .. } => Form::Product,
            Self::DotProducts { .. } => Form::ProductOfRows,
            Self::Scale { .. } | Self::Add { .. } | Self::Mask { .. } => Form::Elementwise,
            Self::Softmax { .. } => Form::Normalise,
            Self::Concat { .. } => Form::Stack,
        }
    }

    /// The shape of the result.
    ///
    /// # Errors
    /// When the operands' axes do not fit together.
    pub fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        let shape = |id: NodeId| &graph.node(id).shape;
        let axis = |node: NodeId, side: Side| AxisOf { node, side, axis: Arc::clone(shape(node).axis(side)) };
        let agree = |left: AxisOf, right: AxisOf| {
            if left.axis.agrees_with(&right.axis) { Ok(()) } else { Err(Mismatch { left, right }) }
        };
        Ok(match self {
            Self::Given { shape, .. } => shape.clone(),
            Self::Gather { table, positions, .. } => {
                Shape::new(Arc::clone(positions), Arc::clone(&shape(*table).columns))
            }
            Self::Transpose { of } => {
                let Shape { rows, columns } = shape(*of).clone();
                Shape::new(columns, rows)
            }
            Self::Product { left, right } => {
                agree(axis(*left, Side::Columns), axis(*right, Side::Rows))?;
                Shape::new(Arc::clone(&shape(*left).rows), Arc::clone(&shape(*right).columns))
            }
            Self::DotProducts { left, right } => {
                agree(axis(*left, Side::Columns), axis(*right, Side::Columns))?;
                Shape::new(Arc::clone(&shape(*left).rows), Arc::clone(&shape(*right).rows))
            }
            Self::Scale { of, .. } | Self::Mask { of, .. } | Self::Softmax { of } => shape(*of).clone(),
            Self::Add { terms } => {
                for term in &terms[1..] {
                    agree(axis(terms[0], Side::Rows), axis(*term, Side::Rows))?;
                    agree(axis(terms[0], Side::Columns), axis(*term, Side::Columns))?;
                }
                named_of(&terms.iter().map(|term| shape(*term)).collect::<Vec<_>>())
            }
            Self::Concat { parts } => {
                for part in &parts[1..] {
                    agree(axis(parts[0], Side::Rows), axis(*part, Side::Rows))?;
                }
                let columns: Vec<_> = parts.iter().map(|part| Arc::clone(&shape(*part).columns)).collect();
                let shapes: Vec<_> = parts.iter().map(|part| shape(*part)).collect();
                Shape::new(named_of(&shapes).rows, Axis::joined(&columns))
            }
        })
    }

    /// The value, from the values of the operands, which are all there: operands come first.
    pub(super) fn evaluate(&self, value: impl Fn(NodeId) -> Arc<Matrix>) -> Arc<Matrix> {
        Arc::new(match self {
            Self::Given { values, .. } => return Arc::clone(values),
            Self::Gather { table, rows, .. } => value(*table).select_rows(rows.iter()),
            Self::Transpose { of } => value(*of).transpose(),
            Self::Product { left, right } => math::product(&value(*left), &value(*right)),
            Self::DotProducts { left, right } => math::dot_products(&value(*left), &value(*right)),
            Self::Scale { of, divisor } => math::scale(&value(*of), divisor.value),
            Self::Add { terms } => {
                let first = value(terms[0]).as_ref().clone();
                terms[1..].iter().fold(first, |sum, term| math::add(&sum, &value(*term)))
            }
            Self::Mask { of, mask } => {
                let of = value(*of);
                math::mask(&of, |query, key| mask.allows(query, key, of.ncols()))
            }
            Self::Softmax { of } => math::softmax(&value(*of)),
            Self::Concat { parts } => {
                let parts: Vec<_> = parts.iter().map(|part| value(*part)).collect();
                math::concat(&parts.iter().map(AsRef::as_ref).collect::<Vec<_>>())
            }
        })
    }

    /// How one cell of the node `at.node`, made by this operation, came to be.
    pub(super) fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let Cell { node, row, column } = at;
        let cell = |of: NodeId| Expr::at(of, row, column);
        match self {
            Self::Given { origin, .. } => Expr::defined(trace.cell(at), Reason::Given(*origin)),
            Self::Gather { table, rows, .. } => Expr::at(*table, rows[row], column),
            Self::Transpose { of } => Expr::at(*of, column, row),
            Self::Product { left, right } => {
                Expr::dot(Line::row(*left, row), Line::column(*right, column), trace.value(*left).ncols())
            }
            Self::DotProducts { left, right } => {
                Expr::dot(Line::row(*left, row), Line::row(*right, column), trace.value(*left).ncols())
            }
            Self::Scale { of, divisor } => cell(*of).over(Expr::Constant(divisor.clone())),
            Self::Add { terms } => terms[1..].iter().fold(cell(terms[0]), |sum, term| sum.plus(cell(*term))),
            Self::Mask { of, mask } => {
                if mask.allows(row, column, trace.value(*of).ncols()) {
                    cell(*of)
                } else {
                    let reason = match mask {
                        Mask::Causal => Reason::LaterKey,
                        Mask::Cells(_) => Reason::MaskedKey,
                    };
                    Expr::defined(f64::NEG_INFINITY, reason)
                }
            }
            Self::Softmax { of } => {
                let aggregate = |kind| Place::Aggregate(Aggregate { node, kind, row });
                if trace.number(aggregate(AggregateKind::Maximum)) == f64::NEG_INFINITY {
                    return Expr::defined(0.0, Reason::NothingToSee);
                }
                let shifted = cell(*of).minus(Expr::Place(aggregate(AggregateKind::Maximum)));
                shifted.exp().over(Expr::Place(aggregate(AggregateKind::Total)))
            }
            Self::Concat { parts } => {
                let mut column = column;
                for part in parts {
                    let width = trace.value(*part).ncols();
                    if column < width {
                        return Expr::at(*part, row, column);
                    }
                    column -= width;
                }
                unreachable!("the shape of a concat is as wide as its parts together")
            }
        }
    }

    /// How a number shared by a row came to be; only softmax has such numbers.
    pub(super) fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        let Self::Softmax { of } = self else { return None };
        let line = Line::row(*of, at.row);
        let count = trace.value(*of).ncols();
        Some(match at.kind {
            AggregateKind::Maximum => {
                Expr::Fold { fold: Fold::Maximum, count, body: Box::new(Expr::Running(line)) }
            }
            AggregateKind::Total => {
                let maximum = Place::Aggregate(Aggregate { kind: AggregateKind::Maximum, ..at });
                if trace.number(maximum) == f64::NEG_INFINITY {
                    return Some(Expr::defined(0.0, Reason::NothingToSee));
                }
                let body = Expr::Running(line).minus(Expr::Place(maximum)).exp();
                Expr::Fold { fold: Fold::Sum, count, body: Box::new(body) }
            }
        })
    }
}

/// Of shapes that agree, the one whose axes have names wherever any of them has.
fn named_of(shapes: &[&Shape]) -> Shape {
    let named = |side: Side| {
        let named = shapes.iter().map(|shape| shape.axis(side)).find(|axis| axis.name().is_some());
        Arc::clone(named.unwrap_or_else(|| shapes[0].axis(side)))
    };
    Shape::new(named(Side::Rows), named(Side::Columns))
}
