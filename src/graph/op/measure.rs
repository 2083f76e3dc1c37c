//! One number for a whole row, or for a whole column.

use std::sync::Arc;

use super::{Form, Mismatch, Op, Operands, Operation, agree, axis};
use crate::graph::expr::{Expr, Fold, Function, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::{Axis, Cell, Graph, Grown, NodeId, Shape, Side, Trace};
use crate::language::words;
use crate::math::{self, Matrix};

/// One number for each row, `[n, m] -> [n, 1]`, or for each column, `[n, m] -> [1, m]`.
#[derive(Debug, Clone)]
pub struct Measure {
    /// `[n, m]`
    pub of: NodeId,
    /// Whether each of the rows or each of the columns is measured.
    pub each: Side,
    /// What is measured.
    pub quantity: Quantity,
}

/// What is measured of a row or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// The sum.
    Sum,
    /// The mean.
    Mean,
    /// The mean of the squares.
    MeanSquare,
    /// The population variance.
    Variance {
        /// The means, measured of the same rows or columns.
        mean: NodeId,
    },
    /// The standard deviation: the root of the population variance.
    Deviation {
        /// The means, measured of the same rows or columns.
        mean: NodeId,
    },
    /// The smallest number.
    Minimum,
    /// The largest number.
    Maximum,
    /// Which number is the smallest, counted from 1; the first among equals.
    FirstSmallest,
    /// Which number is the largest, counted from 1; the first among equals.
    FirstLargest,
    /// The Euclidean length.
    Norm,
    /// The entropy of shares, in nats.
    Entropy,
}

impl Quantity {
    /// Those that need no means.
    const OF_THEMSELVES: [Self; 9] = [
        Self::Sum,
        Self::Mean,
        Self::MeanSquare,
        Self::Minimum,
        Self::Maximum,
        Self::FirstSmallest,
        Self::FirstLargest,
        Self::Norm,
        Self::Entropy,
    ];

    /// The quantity that a lesson writes so; `None` for one that is measured from means, and for any other word.
    pub fn called(word: &str) -> Option<Self> {
        Self::OF_THEMSELVES.into_iter().find(|quantity| quantity.word() == word)
    }

    /// How a lesson writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::MeanSquare => "mean_square",
            Self::Variance { .. } => "variance",
            Self::Deviation { .. } => "std",
            Self::Minimum => "min",
            Self::Maximum => "max",
            Self::FirstSmallest => "argmin",
            Self::FirstLargest => "argmax",
            Self::Norm => "norm",
            Self::Entropy => "entropy",
        }
    }

    /// The means that it is measured from.
    pub const fn mean(self) -> Option<NodeId> {
        match self {
            Self::Variance { mean } | Self::Deviation { mean } => Some(mean),
            Self::Sum
            | Self::Mean
            | Self::MeanSquare
            | Self::Minimum
            | Self::Maximum
            | Self::FirstSmallest
            | Self::FirstLargest
            | Self::Norm
            | Self::Entropy => None,
        }
    }

    /// Whether it adds numbers up, so that one infinite number says all.
    pub const fn adds_up(self) -> bool {
        !matches!(self, Self::Minimum | Self::Maximum | Self::FirstSmallest | Self::FirstLargest)
    }

    fn of(self, line: &[f64], mean: f64) -> f64 {
        match self {
            Self::Sum => line.iter().sum(),
            Self::Mean => math::mean(line),
            Self::MeanSquare => math::mean_square(line),
            Self::Variance { .. } => math::variance(line, mean),
            Self::Deviation { .. } => math::variance(line, mean).sqrt(),
            Self::Minimum => line.iter().copied().fold(f64::INFINITY, math::smaller),
            Self::Maximum => line.iter().copied().fold(f64::NEG_INFINITY, math::larger),
            Self::FirstSmallest => math::first_smallest(line.iter().copied()),
            Self::FirstLargest => math::first_largest(line.iter().copied()),
            Self::Norm => math::norm(line),
            Self::Entropy => math::entropy(line),
        }
    }

    /// How it comes out of a line of `count` numbers with this mean.
    fn derive(self, line: Line, count: usize, mean: impl Fn(NodeId) -> Expr) -> Expr {
        let number = || Expr::Running(line);
        let sum = |body| Expr::fold(Fold::Sum, count, body);
        let averaged = |body| sum(body).over(Expr::number(count as f64));
        let variance = |id| averaged(number().minus(mean(id)).apply(Function::Square));
        match self {
            Self::Sum => sum(number()),
            Self::Mean => averaged(number()),
            Self::MeanSquare => averaged(number().apply(Function::Square)),
            Self::Variance { mean } => variance(mean),
            Self::Deviation { mean } => variance(mean).apply(Function::Root),
            Self::Minimum => Expr::fold(Fold::Minimum, count, number()),
            Self::Maximum => Expr::fold(Fold::Maximum, count, number()),
            Self::FirstSmallest => Expr::fold(Fold::FirstSmallest, count, number()),
            Self::FirstLargest => Expr::fold(Fold::FirstLargest, count, number()),
            Self::Norm => sum(number().apply(Function::Square)).apply(Function::Root),
            Self::Entropy => {
                let information = number().times(number().apply(Function::LogarithmOfShare));
                sum(information).apply(Function::Negative)
            }
        }
    }

    const fn name(self) -> FormulaPiece {
        FormulaPiece::Word(match self {
            Self::Sum => words("sum of each ", "求和，每"),
            Self::Mean => words("mean of each ", "求平均，每"),
            Self::MeanSquare => words("mean square of each ", "求平方的平均，每"),
            Self::Variance { .. } => words("variance of each ", "求方差，每"),
            Self::Deviation { .. } => words("standard deviation of each ", "求标准差，每"),
            Self::Minimum => words("smallest of each ", "求最小值，每"),
            Self::Maximum => words("largest of each ", "求最大值，每"),
            Self::FirstSmallest => words("place of the smallest of each ", "求最小值的位置，每"),
            Self::FirstLargest => words("place of the largest of each ", "求最大值的位置，每"),
            Self::Norm => words("length of each ", "求长度，每"),
            Self::Entropy => words("entropy of each ", "求熵，每"),
        })
    }
}

impl Operation for Measure {
    fn operands(&self) -> Vec<NodeId> {
        [self.of].into_iter().chain(self.quantity.mean()).collect()
    }

    fn form(&self) -> Form {
        Form::Reduce
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        if let Some(mean) = self.quantity.mean() {
            agree(graph, (self.of, self.each), (mean, self.each))?;
        }
        let measured = axis(graph, self.of, self.each);
        let name = Axis::labelled(vec![self.quantity.word().to_owned()]);
        Ok(match self.each {
            Side::Rows => Shape::new(measured, name),
            Side::Columns => Shape::new(name, measured),
        })
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let of = operands.value(self.of);
        let means = self.quantity.mean().map(|mean| operands.value(mean));
        let mean = |index: usize| {
            let at = match self.each {
                Side::Rows => (index, 0),
                Side::Columns => (0, index),
            };
            means.as_ref().map_or(f64::NAN, |means| means[at])
        };
        // Matrices are stored column by column, so rows are laid out as columns before they are walked.
        let lines = match self.each {
            Side::Rows => of.transpose(),
            Side::Columns => of.as_ref().clone(),
        };
        let measured = lines.column_iter().enumerate();
        let numbers: Vec<f64> =
            measured.map(|(index, line)| self.quantity.of(line.as_slice(), mean(index))).collect();
        Arc::new(match self.each {
            Side::Rows => Matrix::from_vec(numbers.len(), 1, numbers),
            Side::Columns => Matrix::from_vec(1, numbers.len(), numbers),
        })
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let (rows, columns) = trace.node(self.of).shape.size();
        let (line, count) = match self.each {
            Side::Rows => (Line::row(self.of, at.row), columns),
            Side::Columns => (Line::column(self.of, at.column), rows),
        };
        self.quantity.derive(line, count, |mean| Expr::at(mean, at.row, at.column))
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let is_row = (self.each == Side::Rows) == (convention == Convention::Rows);
        let line = if is_row { words("row of ", "行：") } else { words("column of ", "列：") };
        vec![self.quantity.name(), FormulaPiece::Word(line), FormulaPiece::Matrix(self.of)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Measure(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}
