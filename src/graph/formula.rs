//! The formula of a whole matrix in symbols, in either convention.

use super::op::Constant;
use super::{Graph, NodeId};
use crate::language::Words;

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum FormulaPiece {
    /// A matrix.
    Matrix(NodeId),
    /// A matrix turned around its diagonal.
    Transposed(NodeId),
    /// A matrix whose positions are read so many further on, or before.
    Moved(NodeId, isize),
    /// The vector of one position, from 0.
    Entry(NodeId, usize),
    /// A number with its symbol.
    Constant(Constant),
    /// A sign or the name of a function.
    Sign(&'static str),
    /// A word.
    Word(Words),
    /// Which rows and columns are taken: `[:, 1:2]`, counted from 1 and with both ends.
    Range(String),
}

/// Whether tokens are rows or columns on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Convention {
    /// Tokens are rows: `Q·Kᵀ`, each row of the pattern sums to 1.
    #[default]
    Rows,
    /// Tokens are columns: `Kᵀ·Q`, each column of the pattern sums to 1.
    Columns,
}

impl Convention {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Rows => Self::Columns,
            Self::Columns => Self::Rows,
        }
    }
}

impl Graph {
    /// How the matrix is made, in symbols; empty for a given one.
    ///
    /// Columns are the transpose of rows, `(A·B)ᵀ = Bᵀ·Aᵀ`, and every matrix there bears the name of its transpose;
    /// so products are read the other way round: `Q = X·W_Q` becomes `Q = W_Q·X`, and `Q·Kᵀ` becomes `Kᵀ·Q`.
    pub fn formula(&self, id: NodeId, convention: Convention) -> Vec<FormulaPiece> {
        self.node(id).op.formula(convention)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Axis, Op, Part, Shape, op};
    use crate::math::Matrix;

    fn given(graph: &mut Graph, name: &str) -> NodeId {
        let shape = Shape::new(Axis::numbered(2), Axis::numbered(2));
        let op = Op::Given(op::Given::written(Matrix::zeros(2, 2), shape));
        graph.push(name, op, Part::Other).unwrap()
    }

    fn written(graph: &Graph, id: NodeId, convention: Convention) -> String {
        let piece = |piece: &FormulaPiece| match piece {
            FormulaPiece::Matrix(id) | FormulaPiece::Moved(id, _) | FormulaPiece::Entry(id, _) => {
                graph.symbol(*id).to_owned()
            }
            FormulaPiece::Transposed(id) => format!("{}ᵀ", graph.symbol(*id)),
            FormulaPiece::Constant(divisor) => divisor.symbol.clone(),
            FormulaPiece::Sign(sign) => (*sign).to_owned(),
            FormulaPiece::Word(words) => words.en.to_owned(),
            FormulaPiece::Range(range) => range.clone(),
        };
        graph.formula(id, convention).iter().map(piece).collect()
    }

    #[test]
    fn products_turn_round_with_the_convention() {
        let mut graph = Graph::default();
        let (x, w_q) = (given(&mut graph, "X"), given(&mut graph, "W_Q"));
        let (q, k) = (given(&mut graph, "head.Q"), given(&mut graph, "head.K"));
        let product = graph.push("P", Op::Product(op::Product { left: x, right: w_q }), Part::Other).unwrap();
        let scores =
            graph.push("S", Op::DotProducts(op::DotProducts { left: q, right: k }), Part::Other).unwrap();
        assert_eq!(written(&graph, product, Convention::Rows), "X·W_Q");
        assert_eq!(written(&graph, product, Convention::Columns), "W_Q·X");
        assert_eq!(written(&graph, scores, Convention::Rows), "Q·Kᵀ");
        assert_eq!(written(&graph, scores, Convention::Columns), "Kᵀ·Q");
        assert_eq!(written(&graph, x, Convention::Rows), "");
    }

    #[test]
    fn a_symbol_is_as_short_as_it_can_be_without_meaning_two() {
        let mut graph = Graph::default();
        let (q, other, k) =
            (given(&mut graph, "mh.1.Q"), given(&mut graph, "mh.2.Q"), given(&mut graph, "mh.1.K"));
        assert_eq!([q, other, k].map(|id| graph.symbol(id)), ["1.Q", "2.Q", "K"]);
    }
}
