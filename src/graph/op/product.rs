//! Sums of products: a row of one matrix meets a column or a row of another.

use std::sync::Arc;

use super::{Form, Mismatch, Operands, Operation, Storage, agree, axis};
use crate::graph::expr::{Expr, Line};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::replay::Grown;
use crate::graph::{Cell, Graph, NodeId, Op, Part, Shape, Side, Trace};
use crate::math::{self, Matrix};

/// The matrix product: `[n, k] · [k, m] -> [n, m]`.
#[derive(Debug, Clone)]
pub struct Product {
    /// `[n, k]`
    pub left: NodeId,
    /// `[k, m]`
    pub right: NodeId,
}

impl Operation for Product {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.left, self.right]
    }

    fn form(&self) -> Form {
        Form::Product
    }

    fn weights(&self, graph: &Graph) -> Vec<NodeId> {
        let left = Some(self.left).filter(|left| names_its_rows(graph, *left));
        left.into_iter().chain([self.right]).collect()
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        agree(graph, (self.left, Side::Columns), (self.right, Side::Rows))?;
        Ok(Shape::new(axis(graph, self.left, Side::Rows), axis(graph, self.right, Side::Columns)))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [n, k] · [k, m] -> [n, m]
        Arc::new(math::product(&operands.value(self.left), &operands.value(self.right)))
    }

    fn evaluate_while(
        &self,
        operands: &dyn Operands,
        go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let product = math::product_while(&operands.value(self.left), &operands.value(self.right), go_on)?;
        Some((Arc::new(product), Matrix::zeros(0, 0)))
    }

    fn storage(&self) -> Storage {
        Storage::Always
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let count = trace.node(self.left).shape.columns.size();
        Expr::dot(Line::row(self.left, at.row), Line::column(self.right, at.column), count)
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let (left, right) = (FormulaPiece::Matrix(self.left), FormulaPiece::Matrix(self.right));
        match convention {
            Convention::Rows => vec![left, FormulaPiece::Sign("·"), right],
            Convention::Columns => vec![right, FormulaPiece::Sign("·"), left],
        }
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Product(Self { left: grown.operand(self.left), right: grown.operand(self.right) }))
    }
}

/// Every row with every row: `[n, d] · [m, d]ᵀ -> [n, m]`.
///
/// With queries and keys these are scores; with embeddings and a weight matrix that is stored as (out × in), as
/// `PyTorch` does, it is the projection.
#[derive(Debug, Clone)]
pub struct DotProducts {
    /// `[n, d]`
    pub left: NodeId,
    /// `[m, d]`
    pub right: NodeId,
}

impl Operation for DotProducts {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.left, self.right]
    }

    fn form(&self) -> Form {
        Form::ProductOfRows
    }

    fn weights(&self, graph: &Graph) -> Vec<NodeId> {
        self.operands().into_iter().filter(|factor| names_its_rows(graph, *factor)).collect()
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        agree(graph, (self.left, Side::Columns), (self.right, Side::Columns))?;
        Ok(Shape::new(axis(graph, self.left, Side::Rows), axis(graph, self.right, Side::Rows)))
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        // [n, d] · [m, d]ᵀ -> [n, m]
        Arc::new(math::dot_products(&operands.value(self.left), &operands.value(self.right)))
    }

    fn evaluate_while(
        &self,
        operands: &dyn Operands,
        go_on: math::GoOn<'_>,
    ) -> Option<(Arc<Matrix>, Matrix)> {
        let product =
            math::dot_products_while(&operands.value(self.left), &operands.value(self.right), go_on)?;
        Some((Arc::new(product), Matrix::zeros(0, 0)))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let count = trace.node(self.left).shape.columns.size();
        Expr::dot(Line::row(self.left, at.row), Line::row(self.right, at.column), count)
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        let (left, right) = (FormulaPiece::Matrix(self.left), FormulaPiece::Transposed(self.right));
        match convention {
            Convention::Rows => vec![left, FormulaPiece::Sign("·"), right],
            Convention::Columns => vec![right, FormulaPiece::Sign("·"), left],
        }
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::DotProducts(Self { left: grown.operand(self.left), right: grown.operand(self.right) }))
    }
}

/// Whether a factor that may hold vectors, a row for each, can hold weights as well: it is known for what it is, or its
/// rows are features with a name.
fn names_its_rows(graph: &Graph, factor: NodeId) -> bool {
    let node = graph.node(factor);
    node.part != Part::Other || node.shape.rows.name().is_some()
}
