//! Measures that take more than one matrix: spread around a mean, cosines, principal components.

use super::attention::Naming;
use crate::graph::{CannotAdd, Constant, Graph, NodeId, Op, Part, Quantity, Side, op};

/// How far the numbers of each row, or of each column, lie from their mean.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// `[n, m]`
    pub of: NodeId,
    /// Whether each of the rows or each of the columns is measured.
    pub each: Side,
    /// In which unit.
    pub unit: SpreadUnit,
}

/// In which unit a spread is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpreadUnit {
    /// The population variance, in the square of the unit of the numbers.
    Variance,
    /// The standard deviation, in the unit of the numbers.
    Deviation,
}

impl Spread {
    /// Adds `NAME.mean` and then `NAME` itself, `[n, 1]` or `[1, m]`. Gives the last.
    ///
    /// # Errors
    /// When a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let Self { of, each, unit } = *self;
        let measure = |quantity| Op::Measure(op::Measure { of, each, quantity });
        let mean = graph.push(naming.of("mean"), measure(Quantity::Mean), Part::Other)?;
        let quantity = match unit {
            SpreadUnit::Variance => Quantity::Variance { mean },
            SpreadUnit::Deviation => Quantity::Deviation { mean },
        };
        graph.push(naming.whole(), measure(quantity), Part::Other)
    }
}

/// The cosine of the angle between every row of one matrix and every row of another.
#[derive(Debug, Clone, Copy)]
pub struct Cosines {
    /// `[n, d]`
    pub left: NodeId,
    /// `[m, d]`; may be the same.
    pub right: NodeId,
}

impl Cosines {
    /// Adds the rows at unit length, `NAME.unit` for one matrix, `NAME.unit_1` and `NAME.unit_2` for two, and then
    /// `NAME` itself, `[n, m]`. Gives the last.
    ///
    /// # Errors
    /// When the columns do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        // What does not fit is said of the matrices that were named, not of what is made of them.
        let compared = Op::DotProducts(op::DotProducts { left: self.left, right: self.right });
        compared.infer_shape(graph).map_err(CannotAdd::Mismatch)?;
        let mut unit =
            |part: &str, of| graph.push(naming.of(part), Op::UnitRows(op::UnitRows { of }), Part::Other);
        let (left, right) = if self.left == self.right {
            let both = unit("unit", self.left)?;
            (both, both)
        } else {
            (unit("unit_1", self.left)?, unit("unit_2", self.right)?)
        };
        // [n, d] · [m, d]ᵀ -> [n, m]
        graph.push(naming.whole(), Op::DotProducts(op::DotProducts { left, right }), Part::Cosines)
    }
}

/// The rows of a matrix on the few directions in which they differ most (Pearson 1901).
#[derive(Debug, Clone, Copy)]
pub struct PrincipalComponents {
    /// `[n, m]`
    pub of: NodeId,
    /// How many directions, at most `m`.
    pub count: usize,
}

impl PrincipalComponents {
    /// Adds `NAME.mean` and `NAME.centred`, `NAME.components` with a column for each direction, `NAME` itself with the
    /// rows on these directions, `[n, count]`, and what share of the variance each of them keeps: `NAME.spread`,
    /// `NAME.kept` and `NAME.explained`. Gives `NAME`.
    ///
    /// # Errors
    /// When a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let Self { of, count } = *self;
        let measure = |of, quantity| Op::Measure(op::Measure { of, each: Side::Columns, quantity });
        let mut push = |part: &str, op| graph.push(naming.of(part), op, Part::Other);
        // [n, m] -> [1, m]
        let mean = push("mean", measure(of, Quantity::Mean))?;
        let divisor = Constant::plain(-1.0);
        let minus = push("minus_mean", Op::Scale(op::Scale { of: mean, divisor }))?;
        // [n, m] + [1, m] -> [n, m]
        let centred = push("centred", Op::Add(op::Add { terms: vec![of, minus] }))?;
        // [n, m] -> [m, count]
        let components = push("components", Op::Components(op::Components { of: centred, count }))?;
        // [n, m] · [m, count] -> [n, count]
        let product = Op::Product(op::Product { left: centred, right: components });
        let projected = graph.push(naming.whole(), product, Part::Other)?;
        let mut push = |part: &str, op| graph.push(naming.of(part), op, Part::Other);
        // What is centred has the mean 0, so the mean of its squares is its variance.
        let whole = push("spread", measure(centred, Quantity::MeanSquare))?;
        let part = push("kept", measure(projected, Quantity::MeanSquare))?;
        push("explained", Op::ShareOf(op::ShareOf { part, whole }))?;
        Ok(projected)
    }
}
