//! What an expression consists of, before its names are looked up.

use super::entry::Extent;
use crate::diagnostic::Span;

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
    /// `argmax`
    Largest(Box<Term>),
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
    pub(super) rows: Extent,
    pub(super) columns: Extent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    pub(super) fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Plus => left + right,
            Self::Minus => left - right,
            Self::Times => left * right,
            Self::Over => left / right,
        }
    }
}

/// A function of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elementary {
    Root,
    Logarithm,
    Exponential,
}

impl Elementary {
    pub(super) fn apply(self, x: f64) -> f64 {
        match self {
            Self::Root => x.sqrt(),
            Self::Logarithm => x.ln(),
            Self::Exponential => x.exp(),
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
            Self::Mean => {
                let (count, sum) = numbers.fold((0.0, 0.0), |(count, sum), x| (count + 1.0, sum + x));
                sum / count
            }
            Self::Count => numbers.count() as f64,
        }
    }
}

/// A function by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Elementary(Elementary),
    Reduction(Reduction),
    Largest,
}

impl Function {
    pub(super) const NAMES: [&'static str; 9] =
        ["sqrt", "ln", "exp", "sum", "max", "min", "mean", "count", "argmax"];

    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sqrt" => Self::Elementary(Elementary::Root),
            "ln" => Self::Elementary(Elementary::Logarithm),
            "exp" => Self::Elementary(Elementary::Exponential),
            "sum" => Self::Reduction(Reduction::Sum),
            "max" => Self::Reduction(Reduction::Maximum),
            "min" => Self::Reduction(Reduction::Minimum),
            "mean" => Self::Reduction(Reduction::Mean),
            "count" => Self::Reduction(Reduction::Count),
            "argmax" => Self::Largest,
            _ => return None,
        })
    }
}
