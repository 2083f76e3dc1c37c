//! What an expression consists of, before its names are looked up.

use super::entry::Extent;
use crate::diagnostic::Span;
use crate::graph::Side;
use crate::math;

/// A part of an expression with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    pub(super) span: Span,
    pub(super) kind: TermKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TermKind {
    Number(f64),
    Reference(Box<Reference>),
    Negate(Box<Term>),
    Operation(Operator, Box<Term>, Box<Term>),
    Elementary(Elementary, Box<Term>),
    Reduction(Reduction, Vec<Term>),
    /// `argmax` or `argmin`
    Extreme(Extreme, Box<Term>),
    Comparison(Comparison, Box<Term>, Box<Term>),
    /// How many rows or columns there are.
    Extent(Side, Box<Term>),
    /// `shape(X)`, which is written as `8×2`.
    Shape(Box<Term>),
}

impl Term {
    /// Whether it is a number by itself, which no name is needed for.
    pub(super) fn is_constant(&self) -> bool {
        match &self.kind {
            TermKind::Number(_) => true,
            TermKind::Reference(_) | TermKind::Shape(_) => false,
            TermKind::Negate(of)
            | TermKind::Elementary(_, of)
            | TermKind::Extreme(_, of)
            | TermKind::Extent(_, of) => of.is_constant(),
            TermKind::Operation(_, left, right) | TermKind::Comparison(_, left, right) => {
                left.is_constant() && right.is_constant()
            }
            TermKind::Reduction(_, of) => of.iter().all(Self::is_constant),
        }
    }
}

/// `NAME[ROW, COLUMN]`, or only a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reference {
    pub(super) name: String,
    /// Where the name is.
    pub(super) span: Span,
    pub(super) cells: Option<Cells>,
}

/// What stands in brackets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    /// All that stands between them.
    pub(super) span: Span,
    pub(super) rows: Extent,
    pub(super) columns: Extent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

impl Operator {
    pub(super) fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Plus => left + right,
            Self::Minus => left - right,
            Self::Times => left * right,
            Self::Over => left / right,
            Self::Power => left.powf(right),
        }
    }
}

/// A function of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elementary {
    Root,
    Logarithm,
    Exponential,
    Absolute,
}

impl Elementary {
    pub(super) fn apply(self, x: f64) -> f64 {
        match self {
            Self::Root => x.sqrt(),
            Self::Logarithm => x.ln(),
            Self::Exponential => x.exp(),
            Self::Absolute => x.abs(),
        }
    }
}

/// A function that makes one number of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reduction {
    Sum,
    Maximum,
    Minimum,
    Mean,
    Variance,
    Deviation,
    Norm,
    Entropy,
    Count,
}

impl Reduction {
    /// The number made of all; what is no number makes a result that is none.
    pub(super) fn apply(self, numbers: impl Iterator<Item = f64>) -> f64 {
        let choose = |better: fn(f64, f64) -> f64| {
            move |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { better(a, b) }
        };
        match self {
            Self::Sum => numbers.sum(),
            Self::Maximum => numbers.fold(f64::NEG_INFINITY, choose(f64::max)),
            Self::Minimum => numbers.fold(f64::INFINITY, choose(f64::min)),
            Self::Mean => math::mean(&numbers.collect::<Vec<_>>()),
            Self::Variance => variance(&numbers.collect::<Vec<_>>()),
            Self::Deviation => variance(&numbers.collect::<Vec<_>>()).sqrt(),
            Self::Norm => math::norm(&numbers.collect::<Vec<_>>()),
            Self::Entropy => math::entropy(&numbers.collect::<Vec<_>>()),
            Self::Count => numbers.count() as f64,
        }
    }
}

fn variance(numbers: &[f64]) -> f64 {
    math::variance(numbers, math::mean(numbers))
}

/// Which of the numbers of a line gives its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extreme {
    Largest,
    Smallest,
}

impl Extreme {
    /// How it is written.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Largest => "argmax",
            Self::Smallest => "argmin",
        }
    }

    /// What gives the number instead of its name.
    pub(super) const fn number(self) -> &'static str {
        match self {
            Self::Largest => "max",
            Self::Smallest => "min",
        }
    }

    /// Which of these it is, from 0; `None` where one is no number.
    pub(super) fn of(self, numbers: impl Iterator<Item = f64>) -> Option<usize> {
        let place = match self {
            Self::Largest => math::first_largest(numbers),
            Self::Smallest => math::first_smallest(numbers),
        };
        (!place.is_nan()).then(|| place as usize - 1)
    }
}

/// A function that makes one number of two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Cosine,
    Distance,
}

impl Comparison {
    /// How it is written.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Cosine => "cosine",
            Self::Distance => "distance",
        }
    }

    /// The number made of two lines of one length.
    pub(super) fn apply(self, left: &[f64], right: &[f64]) -> f64 {
        match self {
            Self::Cosine => math::cosine(left, right),
            Self::Distance => math::distance(left, right),
        }
    }
}

/// A function by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Elementary(Elementary),
    Reduction(Reduction),
    Extreme(Extreme),
    Comparison(Comparison),
    Extent(Side),
    Shape,
}

impl Function {
    pub(super) const NAMES: [&'static str; 20] = [
        "sqrt", "ln", "exp", "abs", "rows", "columns", "shape", "sum", "max", "min", "mean", "variance",
        "std", "norm", "entropy", "count", "argmax", "argmin", "cosine", "distance",
    ];

    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sqrt" => Self::Elementary(Elementary::Root),
            "ln" => Self::Elementary(Elementary::Logarithm),
            "exp" => Self::Elementary(Elementary::Exponential),
            "abs" => Self::Elementary(Elementary::Absolute),
            "rows" => Self::Extent(Side::Rows),
            "columns" => Self::Extent(Side::Columns),
            "shape" => Self::Shape,
            "sum" => Self::Reduction(Reduction::Sum),
            "max" => Self::Reduction(Reduction::Maximum),
            "min" => Self::Reduction(Reduction::Minimum),
            "mean" => Self::Reduction(Reduction::Mean),
            "count" => Self::Reduction(Reduction::Count),
            "variance" => Self::Reduction(Reduction::Variance),
            "std" => Self::Reduction(Reduction::Deviation),
            "norm" => Self::Reduction(Reduction::Norm),
            "entropy" => Self::Reduction(Reduction::Entropy),
            "argmax" => Self::Extreme(Extreme::Largest),
            "argmin" => Self::Extreme(Extreme::Smallest),
            "cosine" => Self::Comparison(Comparison::Cosine),
            "distance" => Self::Comparison(Comparison::Distance),
            _ => return None,
        })
    }
}
