//! How one number came to be: an expression over numbers of earlier matrices.
//!
//! Expressions are made when they are looked at and never stored. A sum over a thousand terms is one [`Expr::Fold`]
//! whose body is written with a running index, in the way of `Σ_i q_i·k_i`; its terms come one by one.

use super::op::Constant;
use super::reason::Reason;
use super::{Cell, NodeId, Place, Trace};
use crate::math;

/// How a number is computed.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A constant of the lesson, such as `√d_k`.
    Constant(Constant),
    /// A number that has a place of its own.
    Place(Place),
    /// The cell of a line at the running index; only inside a [`Expr::Fold`].
    Running(Line),
    /// A sum of two.
    Plus(Box<Expr>, Box<Expr>),
    /// A difference.
    Minus(Box<Expr>, Box<Expr>),
    /// A product.
    Times(Box<Expr>, Box<Expr>),
    /// A quotient.
    Over(Box<Expr>, Box<Expr>),
    /// A function of one number.
    Apply(Function, Box<Expr>),
    /// The terms of `body`, with the running index from 0 to `count − 1`, put together.
    Fold {
        /// How terms are put together.
        fold: Fold,
        /// How many terms there are.
        count: usize,
        /// One term, written with [`Expr::Running`].
        body: Box<Expr>,
    },
    /// A number that no arithmetic explains, and why it is what it is.
    Defined {
        /// The number.
        value: f64,
        /// Why.
        reason: Reason,
    },
    /// A number that a rule gives by comparing the numbers of a row.
    Ruled {
        /// The number.
        value: Box<Expr>,
        /// What the rule says of `own` among the others.
        reason: Reason,
        /// The number at the same place of the row that is compared.
        own: Cell,
        /// How many numbers that row has.
        count: usize,
    },
}

/// A function of one number, as formulas write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `exp(x)`, e to the power of x.
    Exponential,
    /// `−x`
    Negative,
    /// `x²`
    Square,
    /// `x³`
    Cube,
    /// `√x`
    Root,
    /// `max(0, x)`
    Rectified,
    /// `tanh(x)`, from −1 to 1.
    Tanh,
    /// `erf(x) = 2/√π · ∫₀ˣ exp(−t²) dt`, from −1 to 1.
    ErrorFunction,
    /// `sin x`, of an angle in radians.
    Sine,
    /// `cos x`, of an angle in radians.
    Cosine,
    /// `ln p`, and 0 at 0: of shares, where 0·ln 0 is 0.
    LogarithmOfShare,
    /// `ln(x)`, the natural logarithm.
    Logarithm,
}

impl Function {
    /// Its value at `x`.
    pub fn of(self, x: f64) -> f64 {
        match self {
            Self::Exponential => x.exp(),
            Self::Negative => -x,
            Self::Square => x * x,
            Self::Cube => x * x * x,
            Self::Root => x.sqrt(),
            Self::Rectified => math::relu(x),
            Self::Tanh => x.tanh(),
            Self::ErrorFunction => libm::erf(x),
            Self::Sine => x.sin(),
            Self::Cosine => x.cos(),
            Self::LogarithmOfShare => math::logarithm_of_share(x),
            Self::Logarithm => x.ln(),
        }
    }
}

/// What an expression is made of in the end.
#[derive(Debug, Clone, Copy)]
pub enum Leaf<'a> {
    /// A number with a place.
    Place(Place),
    /// A constant of the lesson.
    Constant(&'a Constant),
}

impl Leaf<'_> {
    fn value(self, trace: &Trace) -> f64 {
        match self {
            Self::Place(place) => trace.number(place),
            Self::Constant(constant) => constant.value,
        }
    }
}

/// How the terms of a fold are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// Added, from the first to the last.
    Sum,
    /// The largest.
    Maximum,
    /// The smallest.
    Minimum,
    /// Which one is the largest, counted from 1; the first among equals.
    FirstLargest,
    /// Which one is the smallest, counted from 1; the first among equals.
    FirstSmallest,
}

/// A row or a column of a matrix, walked by the running index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Row `row` of `node`; the index walks the columns.
    Row {
        /// The matrix.
        node: NodeId,
        /// The row.
        row: usize,
    },
    /// Column `column` of `node`; the index walks the rows.
    Column {
        /// The matrix.
        node: NodeId,
        /// The column.
        column: usize,
    },
}

impl Line {
    pub(super) const fn row(node: NodeId, row: usize) -> Self {
        Self::Row { node, row }
    }

    pub(super) const fn column(node: NodeId, column: usize) -> Self {
        Self::Column { node, column }
    }

    /// The cell at the running index.
    pub const fn cell(self, index: usize) -> Cell {
        match self {
            Self::Row { node, row } => Cell { node, row, column: index },
            Self::Column { node, column } => Cell { node, row: index, column },
        }
    }

    /// The matrix that the line is in.
    pub const fn node(self) -> NodeId {
        match self {
            Self::Row { node, .. } | Self::Column { node, .. } => node,
        }
    }
}

impl Expr {
    pub(super) const fn at(node: NodeId, row: usize, column: usize) -> Self {
        Self::Place(Place::Cell(Cell { node, row, column }))
    }

    /// `1`, `2`, as formulas write them.
    pub(super) fn number(value: f64) -> Self {
        Self::Constant(Constant::plain(value))
    }

    pub(super) const fn defined(value: f64, reason: Reason) -> Self {
        Self::Defined { value, reason }
    }

    pub(super) fn ruled(value: Self, reason: Reason, own: Cell, count: usize) -> Self {
        Self::Ruled { value: Box::new(value), reason, own, count }
    }

    pub(super) fn dot(left: Line, right: Line, count: usize) -> Self {
        Self::fold(Fold::Sum, count, Self::Running(left).times(Self::Running(right)))
    }

    pub(super) fn fold(fold: Fold, count: usize, body: Self) -> Self {
        Self::Fold { fold, count, body: Box::new(body) }
    }

    /// The sum with another.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::Plus(Box::new(self), Box::new(other))
    }

    /// The difference from another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::Minus(Box::new(self), Box::new(other))
    }

    /// The product with another.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self::Times(Box::new(self), Box::new(other))
    }

    /// The quotient by another.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self::Over(Box::new(self), Box::new(other))
    }

    pub(super) fn apply(self, function: Function) -> Self {
        Self::Apply(function, Box::new(self))
    }

    /// The body of a fold at one running index: the same expression with cells in place of lines.
    pub fn term(&self, index: usize) -> Self {
        let part = |part: &Self| Box::new(part.term(index));
        match self {
            Self::Running(line) => Self::Place(Place::Cell(line.cell(index))),
            Self::Plus(a, b) => Self::Plus(part(a), part(b)),
            Self::Minus(a, b) => Self::Minus(part(a), part(b)),
            Self::Times(a, b) => Self::Times(part(a), part(b)),
            Self::Over(a, b) => Self::Over(part(a), part(b)),
            Self::Apply(function, a) => Self::Apply(*function, part(a)),
            Self::Constant(_)
            | Self::Place(_)
            | Self::Fold { .. }
            | Self::Defined { .. }
            | Self::Ruled { .. } => self.clone(),
        }
    }

    /// The number, recomputed from the numbers of the places.
    pub fn compute(&self, trace: &Trace) -> f64 {
        self.compute_from(&|leaf| leaf.value(trace))
    }

    /// The number of one term of a fold with this body, without making the term.
    pub(super) fn compute_term(&self, index: usize, trace: &Trace) -> f64 {
        self.walk(&|leaf| leaf.value(trace), index, &mut |_| {})
    }

    /// The number of an expression that is made of constants only.
    pub(super) fn compute_from_constants(&self) -> f64 {
        self.compute_from(&|leaf| match leaf {
            Leaf::Constant(constant) => constant.value,
            Leaf::Place(_) => f64::NAN,
        })
    }

    /// The number that comes out when each place and constant is worth what `value` says, such as what is printed
    /// for it.
    pub fn compute_from(&self, value: &dyn Fn(Leaf<'_>) -> f64) -> f64 {
        self.walk(value, 0, &mut |_| {})
    }

    /// The number, recomputed, and the sum of the magnitudes that were added up on the way, which bounds the rounding.
    pub fn compute_with_magnitude(&self, trace: &Trace) -> (f64, f64) {
        let mut magnitude = 0.0;
        let value = self.walk(&|leaf| leaf.value(trace), 0, &mut |term: f64| {
            if term.is_finite() {
                magnitude += term.abs();
            }
        });
        (value, magnitude)
    }

    /// Computes the number at a running index, telling `note` every term that is added up.
    fn walk(&self, value: &dyn Fn(Leaf<'_>) -> f64, index: usize, note: &mut impl FnMut(f64)) -> f64 {
        match self {
            Self::Constant(constant) => value(Leaf::Constant(constant)),
            Self::Place(place) => value(Leaf::Place(*place)),
            Self::Running(line) => value(Leaf::Place(Place::Cell(line.cell(index)))),
            Self::Plus(a, b) => {
                let (a, b) = (a.walk(value, index, note), b.walk(value, index, note));
                note(a);
                note(b);
                a + b
            }
            Self::Minus(a, b) => {
                let (a, b) = (a.walk(value, index, note), b.walk(value, index, note));
                note(a);
                note(b);
                a - b
            }
            Self::Times(a, b) => a.walk(value, index, note) * b.walk(value, index, note),
            Self::Over(a, b) => a.walk(value, index, note) / b.walk(value, index, note),
            Self::Apply(function, a) => function.of(a.walk(value, index, note)),
            Self::Fold { fold, count, body } => {
                let mut terms = (0..*count).map(|index| body.walk(value, index, &mut *note));
                match fold {
                    Fold::Maximum => terms.fold(f64::NEG_INFINITY, math::larger),
                    Fold::Minimum => terms.fold(f64::INFINITY, math::smaller),
                    Fold::FirstLargest => math::first_largest(terms),
                    Fold::FirstSmallest => math::first_smallest(terms),
                    Fold::Sum => {
                        // `note` is borrowed by the terms, so their magnitudes are told one by one afterwards.
                        let terms: Vec<f64> = terms.by_ref().collect();
                        for term in &terms {
                            note(*term);
                        }
                        terms.iter().sum()
                    }
                }
            }
            Self::Defined { value, .. } => *value,
            Self::Ruled { value: ruled, .. } => ruled.walk(value, index, note),
        }
    }
}
