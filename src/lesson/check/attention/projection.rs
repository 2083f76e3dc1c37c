//! Weights and biases that do not fit.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Axis, NodeId};
use crate::lesson::check::Checker;
use crate::transformer::{Layout, Projection, Source, Values};
use crate::yaml::Tree;

impl Checker<'_> {
    /// Whether the biases of a head fit the weights; reports each that does not.
    pub(super) fn biases_fit(&mut self, head: &Tree, source: &Source, values: &Values) -> Option<()> {
        let (queries, keys) = match source {
            Source::Projected { queries, keys } => (Some(queries), Some(keys)),
            Source::Vectors { .. } | Source::Scores(_) => (None, None),
        };
        let values = match values {
            Values::Projected(values) | Values::Factored { down: values, .. } => Some(values),
            Values::None | Values::Vectors(_) => None,
        };
        let biases = [("b_Q", queries), ("b_K", keys), ("b_V", values)];
        let fit: Vec<_> = biases
            .into_iter()
            .filter_map(|(field, projection)| Some(self.bias_fits(head, field, projection?)))
            .collect();
        fit.into_iter().collect()
    }

    /// Whether a bias has one row with a number for each that the weights make; reports one that has not.
    pub(super) fn bias_fits(&mut self, tree: &Tree, field: &str, projection: &Projection) -> Option<()> {
        let Some(bias) = projection.bias else { return Some(()) };
        let made = self.made_by(projection.weights, projection.layout);
        let (shape, weights) = (&self.graph.node(bias).shape, self.graph.node(projection.weights));
        let (rows, columns) = shape.size();
        if rows == 1 && shape.columns.agrees_with(&made) {
            return Some(());
        }
        let (name, weights) = (self.graph.node(bias).name.clone(), weights.name.clone());
        let (row_axis, column_axis) = (Arc::clone(&shape.rows), Arc::clone(&shape.columns));
        let (weight_rows, weight_columns) = self.graph.node(projection.weights).shape.size();
        let message = both!(
            "the bias `{name}` is {rows}×{columns} (rows {row_axis}, columns {column_axis}), and `{weights}` ({weight_rows}×{weight_columns}) makes {made} numbers of each vector",
            "偏置 `{name}` 是 {rows}×{columns}（行 {row_axis}，列 {column_axis}），而 `{weights}`（{weight_rows}×{weight_columns}）把每个向量变成 {made} 个数"
        );
        let width = made.size();
        let hint = if rows == width && columns == 1 {
            both!(
                "it stands upright: write it as one row, `[[…]]` with {width} numbers",
                "它竖过来了：请写成一行，即含 {width} 个数的 `[[…]]`"
            )
        } else if rows > 1 {
            both!(
                "a bias is one row that is added to every vector: write {width} numbers, `[[…]]`",
                "偏置只有一行，会加到每个向量上：请写 {width} 个数，即 `[[…]]`"
            )
        } else {
            both!(
                "a bias has one number for each that its weights make: {made}",
                "权重每产生一个数，偏置就要有一个数：{made}"
            )
        };
        self.report(Code::ShapeMismatch, Self::place_of(tree, field), message, hint);
        None
    }

    /// The axis of what weights make of a vector.
    pub(super) fn made_by(&self, weights: NodeId, layout: Layout) -> Arc<Axis> {
        let shape = &self.graph.node(weights).shape;
        match layout {
            Layout::InOut => Arc::clone(&shape.columns),
            Layout::OutIn => Arc::clone(&shape.rows),
        }
    }
}
