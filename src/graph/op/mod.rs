//! The operations: one closed enum, and for each of its kinds a struct that answers shape, value, derivation of one
//! cell, formula and form of picture, side by side.
//!
//! To add an operation is to write such a struct in the file of its subject, to implement `Operation` for it and to
//! name it in [`Op`]; the compiler then asks for the few words that the screen needs of it.

mod activation;
mod choice;
mod components;
mod context;
mod convolution;
mod counted;
mod dropout;
mod elementwise;
mod fit;
mod form;
mod given;
mod loss;
mod mask;
mod measure;
mod moved;
mod norm;
mod operation;
mod positions;
mod product;
mod recurrence;
mod similarity;
mod slice;
mod softmax;

use std::sync::Arc;

use super::expr::Expr;
use super::formula::{Convention, FormulaPiece};
use super::replay::Grown;
use super::{Aggregate, AggregateKind, Cell, Graph, NodeId, Shape, Trace};
use crate::math::{self, Matrix};
use fit::{agree, axis, named};
use operation::Operation;

pub use activation::{Activate, Activation};
pub use choice::{Choose, Choosing, Keep, Keeping};
pub use components::{Components, ShareOf};
pub use context::Context;
pub use convolution::{Convolution, KernelSlice};
pub use counted::{Counted, Tally};
pub use dropout::Dropout;
pub use elementwise::{Add, Multiply, Scale, Subtract};
pub use fit::{AxisOf, Mismatch};
pub use form::Form;
pub use given::{Given, Origin, Random};
pub use loss::CrossEntropy;
pub use mask::Mask;
pub use measure::{Measure, Quantity};
pub use moved::{Concat, Gather, Stack, Transpose};
pub use norm::{LayerNorm, RmsNorm};
pub(super) use operation::{Operands, Storage};
pub use positions::{OneHot, Rotate, Sinusoids};
pub use product::{DotProducts, Product};
pub use recurrence::Recur;
pub use similarity::{Distances, UnitRows};
pub use slice::Slice;
pub use softmax::{EmptyRow, Softmax};

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
    /// Numbers that follow from constants alone.
    Counted(Counted),
    /// What stands at fixed distances, each with weights of its own.
    Convolution(Convolution),
    /// A state made of the one before it.
    Recur(Recur),
    /// Matrices one below the other.
    Stack(Stack),
    /// Neighbours in equal parts.
    Context(Context),
    /// The difference, cell by cell.
    Subtract(Subtract),
    /// The product, cell by cell.
    Multiply(Multiply),
    /// A function of each cell.
    Activate(Activate),
    /// Some cells become 0, in training.
    Dropout(Dropout),
    /// Rows brought to mean 0 and variance 1.
    LayerNorm(LayerNorm),
    /// Rows brought to the mean square 1.
    RmsNorm(RmsNorm),
    /// Rows of a single 1, which name their tokens.
    OneHot(OneHot),
    /// Sines and cosines of the positions.
    Sinusoids(Sinusoids),
    /// Pairs of numbers turned by their position.
    Rotate(Rotate),
    /// One number for each row, or for each column.
    Measure(Measure),
    /// Each row divided by its own length.
    UnitRows(UnitRows),
    /// The distance of every row from every row.
    Distances(Distances),
    /// Principal components.
    Components(Components),
    /// A row as shares of the sum of another.
    ShareOf(ShareOf),
    /// The cells that a rule keeps, −∞ elsewhere: top-k and top-p.
    Keep(Keep),
    /// One cell of each row: the largest, or drawn.
    Choose(Choose),
    /// What is lost on the right column of each row.
    CrossEntropy(CrossEntropy),
    /// Some of the rows or columns.
    Slice(Slice),
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
            Self::Counted(op) => op,
            Self::Convolution(op) => op,
            Self::Recur(op) => op,
            Self::Stack(op) => op,
            Self::Context(op) => op,
            Self::Subtract(op) => op,
            Self::Multiply(op) => op,
            Self::Activate(op) => op,
            Self::Dropout(op) => op,
            Self::LayerNorm(op) => op,
            Self::RmsNorm(op) => op,
            Self::OneHot(op) => op,
            Self::Sinusoids(op) => op,
            Self::Rotate(op) => op,
            Self::Measure(op) => op,
            Self::UnitRows(op) => op,
            Self::Distances(op) => op,
            Self::Components(op) => op,
            Self::ShareOf(op) => op,
            Self::Keep(op) => op,
            Self::Choose(op) => op,
            Self::CrossEntropy(op) => op,
            Self::Slice(op) => op,
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

    /// The sign between operands that are drawn side by side, cell by cell.
    pub fn sign(&self) -> &'static str {
        self.operation().sign()
    }

    /// The shape of the result.
    ///
    /// # Errors
    /// When the operands' axes do not fit together.
    pub fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        self.operation().infer_shape(graph)
    }

    /// Operands that stand where a model has its weights, if they are given: the same for every position.
    pub fn weights(&self, graph: &Graph) -> Vec<NodeId> {
        self.operation().weights(graph)
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
    pub(super) fn evaluate(&self, operands: &dyn Operands, shared: &Matrix) -> Arc<Matrix> {
        self.operation().evaluate(operands, shared)
    }

    /// The value with what its rows share; `None` as soon as `go_on` says no.
    pub(super) fn evaluate_while(
        &self,
        operands: &dyn Operands,
        go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        self.operation().evaluate_while(operands, go_on)
    }

    /// Whether a large lesson keeps the value.
    pub(super) fn storage(&self) -> Storage {
        self.operation().storage()
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
    pub fn origin(&self) -> Option<Origin> {
        self.operation().origin()
    }

    /// The same done again over a text that has grown; `None` where it is made for the text as it is.
    pub fn replay(&self, grown: &Grown<'_>) -> Option<Self> {
        self.operation().replay(grown)
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

/// `a sign b sign c`
fn listed(operands: &[NodeId], sign: &'static str) -> Vec<FormulaPiece> {
    let mut pieces = vec![FormulaPiece::Matrix(operands[0])];
    let others = operands[1..].iter();
    pieces.extend(others.flat_map(|operand| [FormulaPiece::Sign(sign), FormulaPiece::Matrix(*operand)]));
    pieces
}
