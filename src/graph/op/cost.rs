//! Work that is counted: sums of products of sizes.

use std::sync::Arc;

use super::{Constant, Form, Mismatch, Operands, Operation};
use crate::graph::expr::Expr;
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Shape, Trace};
use crate::language::words;
use crate::math::Matrix;

/// The multiply–adds of some matrix products, `Σ rows · inner · columns`: `-> [n, m]`.
#[derive(Debug, Clone)]
pub struct Cost {
    /// What its rows and columns stand for.
    pub shape: Shape,
    /// For each cell, row by row, the products that are counted: the sizes of each, to be multiplied.
    pub products: Vec<Vec<Vec<Constant>>>,
}

impl Operation for Cost {
    fn operands(&self) -> Vec<NodeId> {
        Vec::new()
    }

    fn form(&self) -> Form {
        Form::Given
    }

    fn infer_shape(&self, _graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(self.shape.clone())
    }

    fn evaluate(&self, _operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        let (rows, columns) = self.shape.size();
        let work = |sizes: &Vec<Constant>| sizes.iter().map(|size| size.value).product::<f64>();
        let cells =
            self.products.iter().map(|products| products.iter().map(work).fold(0.0, |sum, work| sum + work));
        Arc::new(Matrix::from_row_iterator(rows, columns, cells))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        let products = &self.products[at.row * self.shape.columns.size() + at.column];
        let constant = |size: &Constant| Expr::Constant(size.clone());
        let work = |sizes: &Vec<Constant>| sizes.iter().map(constant).reduce(Expr::times);
        products.iter().filter_map(work).reduce(Expr::plus).unwrap_or_else(|| Expr::number(0.0))
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Word(words(
            "multiply–adds of every product: rows · inner size · columns",
            "各个矩阵乘积的乘加次数：行数·内部大小·列数",
        ))]
    }

    fn replay(&self, _grown: &Grown<'_>) -> Option<Op> {
        None
    }
}
