//! The operations: one closed enum, and for each of its kinds a struct that answers shape, value, derivation of one
//! cell, formula and form of picture, side by side.
//!
//! To add an operation is to write such a struct in the file of its subject, to implement `Operation` for it and to
//! name it in [`Op`]; the compiler then asks for the few words that the screen needs of it.

mod elementwise;
mod given;
mod mask;
mod moved;
mod product;
mod softmax;

use std::sync::Arc;

use super::expr::Expr;
use super::formula::{Convention, FormulaPiece};
use super::{Aggregate, AggregateKind, Axis, Cell, Graph, NodeId, Shape, Side, Trace};
use crate::math::{self, Matrix};

pub use elementwise::{Add, Scale};
pub use given::{Given, Origin, Random};
pub use mask::Mask;
pub use moved::{Concat, Gather, Transpose};
pub use product::{DotProducts, Product};
pub use softmax::Softmax;

/// How a matrix is made.
#[derive(Debug, Clone)]
pub enum Op {
    /// Numbers that the lesson gives.
    Given(Given),
    /// Numbers drawn by a seeded generator.
    Random(Random),
    /// Rows taken from a table: the look-up of tokens.
    Gather(Gather),
    /// Rows and columns exchanged.
    Transpose(Transpose),
    /// The matrix product.
    Product(Product),
    /// Every row with every row.
    DotProducts(DotProducts),
    /// Every cell divided by one number.
    Scale(Scale),
    /// The sum, cell by cell.
    Add(Add),
    /// Cells that may not be seen become −∞.
    Mask(Mask),
    /// Softmax along each row.
    Softmax(Softmax),
    /// Matrices side by side.
    Concat(Concat),
}

/// What every operation answers. `value` gives an operand's matrix by its id; operands come first and are there.
pub(super) trait Operation {
    /// The matrices that it is made of, in the order of the formula.
    fn operands(&self) -> Vec<NodeId>;

    /// How it is drawn.
    fn form(&self) -> Form;

    /// The shape of the result.
    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch>;

    /// What the cells of a row share, in the order in which one is made of another.
    fn aggregates(&self) -> &'static [AggregateKind] {
        &[]
    }

    /// The numbers that the cells of each row share, `[rows, aggregates]`.
    fn share(&self, _value: &dyn Fn(NodeId) -> Arc<Matrix>) -> Matrix {
        Matrix::zeros(0, 0)
    }

    /// The value; `shared` is what [`share`](Self::share) gave.
    fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, shared: &Matrix) -> Arc<Matrix>;

    /// The value with what its rows share; `None` as soon as `go_on`, which is told the work done so far, says no. To be
    /// written only where one run gives both, or where the work is long.
    fn evaluate_while(
        &self,
        value: &dyn Fn(NodeId) -> Arc<Matrix>,
        _go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let shared = self.share(value);
        Some((self.evaluate(value, &shared), shared))
    }

    /// Whether a large lesson keeps the value. An operation whose derivation asks for its own cell is always kept.
    fn keeping(&self) -> Keeping {
        Keeping::WhileNeeded
    }

    /// How many cells of each operand one cell is made of, numbers that a row shares aside.
    fn reach(&self, graph: &Graph) -> usize {
        match self.form() {
            Form::Product | Form::ProductOfRows => {
                self.operands().first().map_or(1, |left| graph.node(*left).shape.columns.size())
            }
            Form::Elementwise | Form::Stack | Form::Normalise | Form::Gather | Form::Given => 1,
        }
    }

    /// The work of an evaluation, counted in multiplications of a large product; all else takes some of them for each
    /// cell.
    fn steps(&self, graph: &Graph, shape: &Shape) -> usize {
        const CELL: usize = 16;
        let (rows, columns) = shape.size();
        let each = match self.form() {
            Form::Product | Form::ProductOfRows => self.reach(graph).saturating_add(CELL),
            Form::Normalise => 8 * CELL,
            Form::Elementwise | Form::Stack | Form::Gather | Form::Given => {
                (self.operands().len() + 1).saturating_mul(CELL)
            }
        };
        (rows * columns).saturating_mul(each)
    }

    /// One cell, where the value is not kept.
    fn cell(&self, at: Cell, trace: &Trace) -> f64 {
        self.derive(at, trace).compute(trace)
    }

    /// How one cell came to be.
    fn derive(&self, at: Cell, trace: &Trace) -> Expr;

    /// How a number that a row shares came to be; `None` for a kind that is not among the
    /// [`aggregates`](Self::aggregates).
    fn derive_aggregate(&self, _at: Aggregate, _trace: &Trace) -> Option<Expr> {
        None
    }

    /// How the whole matrix is made, in symbols; empty for a given one.
    fn formula(&self, convention: Convention) -> Vec<FormulaPiece>;
}

/// Whether a value stays in memory once everything that uses it is computed, in a lesson that is too large to keep all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It does: it is costly to compute again, or there is no other way to a single cell.
    Always,
    /// It does not, and is computed when it is looked at, as long as that is not far from what is kept.
    WhileNeeded,
}

impl Op {
    const fn operation(&self) -> &dyn Operation {
        match self {
            Self::Given(op) => op,
            Self::Random(op) => op,
            Self::Gather(op) => op,
            Self::Transpose(op) => op,
            Self::Product(op) => op,
            Self::DotProducts(op) => op,
            Self::Scale(op) => op,
            Self::Add(op) => op,
            Self::Mask(op) => op,
            Self::Softmax(op) => op,
            Self::Concat(op) => op,
        }
    }

    /// The matrices that it is made of, in the order of the formula.
    pub fn operands(&self) -> Vec<NodeId> {
        self.operation().operands()
    }

    /// How it is drawn.
    pub fn form(&self) -> Form {
        self.operation().form()
    }

    /// The shape of the result.
    ///
    /// # Errors
    /// When the operands' axes do not fit together.
    pub fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        self.operation().infer_shape(graph)
    }

    /// What the cells of a row share, in the order in which one is made of another; nothing for most operations.
    pub fn aggregates(&self) -> &'static [AggregateKind] {
        self.operation().aggregates()
    }

    /// How the whole matrix is made, in symbols; empty for a given one.
    pub fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        self.operation().formula(convention)
    }

    /// The value, from the values of the operands, which are all there: operands come first.
    pub(super) fn evaluate(&self, value: &dyn Fn(NodeId) -> Arc<Matrix>, shared: &Matrix) -> Arc<Matrix> {
        self.operation().evaluate(value, shared)
    }

    /// The value with what its rows share; `None` as soon as `go_on` says no.
    pub(super) fn evaluate_while(
        &self,
        value: &dyn Fn(NodeId) -> Arc<Matrix>,
        go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        self.operation().evaluate_while(value, go_on)
    }

    /// Whether a large lesson keeps the value.
    pub(super) fn keeping(&self) -> Keeping {
        self.operation().keeping()
    }

    /// How many cells of each operand one cell is made of.
    pub(super) fn reach(&self, graph: &Graph) -> usize {
        self.operation().reach(graph)
    }

    /// The work of an evaluation, counted in multiplications of a large product.
    pub(super) fn steps(&self, graph: &Graph, shape: &Shape) -> usize {
        self.operation().steps(graph, shape)
    }

    /// One cell of the node `at.node`, made by this operation, where its value is not kept.
    pub(super) fn cell(&self, at: Cell, trace: &Trace) -> f64 {
        self.operation().cell(at, trace)
    }

    /// Where the numbers come from, if they are there from the start.
    pub const fn origin(&self) -> Option<Origin> {
        match self {
            Self::Given(given) => Some(given.origin),
            Self::Random(random) => Some(Origin::Random { seed: random.source.seed }),
            Self::Gather(_)
            | Self::Transpose(_)
            | Self::Product(_)
            | Self::DotProducts(_)
            | Self::Scale(_)
            | Self::Add(_)
            | Self::Mask(_)
            | Self::Softmax(_)
            | Self::Concat(_) => None,
        }
    }

    /// How one cell of the node `at.node`, made by this operation, came to be.
    pub(super) fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        self.operation().derive(at, trace)
    }

    /// How a number shared by a row came to be; `None` where rows share no such number.
    pub(super) fn derive_aggregate(&self, at: Aggregate, trace: &Trace) -> Option<Expr> {
        self.operation().derive_aggregate(at, trace)
    }
}

/// A number of the lesson and the way it is written, as what scores are divided by.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// Its value; finite.
    pub value: f64,
    /// How it reads in a formula: `√d_k`, `8`.
    pub symbol: String,
}

impl Constant {
    /// A number that is written as it is.
    pub fn plain(value: f64) -> Self {
        Self { value, symbol: value.to_string() }
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

/// The axis on one side of an operand.
fn axis(graph: &Graph, node: NodeId, side: Side) -> Arc<Axis> {
    Arc::clone(graph.node(node).shape.axis(side))
}

/// Whether two sides of operands stand for the same thing.
fn agree(graph: &Graph, left: (NodeId, Side), right: (NodeId, Side)) -> Result<(), Mismatch> {
    let of = |(node, side)| AxisOf { node, side, axis: axis(graph, node, side) };
    let (left, right) = (of(left), of(right));
    if left.axis.agrees_with(&right.axis) { Ok(()) } else { Err(Mismatch { left, right }) }
}

/// Of axes that agree, the first that has a name, or else the first.
fn named(mut axes: impl Iterator<Item = Arc<Axis>>) -> Arc<Axis> {
    let first = axes.next().expect("an operation has operands");
    if first.name().is_some() {
        return first;
    }
    axes.find(|axis| axis.name().is_some()).unwrap_or(first)
}

/// `a sign b sign c`
fn listed(operands: &[NodeId], sign: &'static str) -> Vec<FormulaPiece> {
    let mut pieces = vec![FormulaPiece::Matrix(operands[0])];
    let others = operands[1..].iter();
    pieces.extend(others.flat_map(|operand| [FormulaPiece::Sign(sign), FormulaPiece::Matrix(*operand)]));
    pieces
}
