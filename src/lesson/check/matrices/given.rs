//! Matrices that are there from the start: written, random or the identity.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Axis, Op, Origin, Part, Shape, op};
use crate::lesson::check::grid::Named;
use crate::lesson::check::{Checker, Reported};
use crate::math::{self, Matrix};
use crate::yaml::{Key, Tree};

/// The most decimals that random numbers are rounded to: more than a number has.
const MOST_DECIMALS: i32 = 15;

impl Checker<'_> {
    pub(super) fn define_given(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let written = value.get("values").unwrap_or(value);
        let turned = value.get("layout").and_then(Tree::as_text) == Some("columns");
        let rows = self.optional_axis(value.get("rows"));
        let columns = self.optional_axis(value.get("cols"));
        let (rows, columns) = (rows.ok()?, columns.ok()?);
        let named = if turned { Named { rows: columns, columns: rows } } else { Named { rows, columns } };
        let (matrix, shape) = self.matrix(written, &named)?;
        let (matrix, shape) = if turned {
            (matrix.transpose(), Shape::new(shape.columns, shape.rows))
        } else {
            (matrix, shape)
        };
        self.push_given(&key.text, matrix, shape, Origin::Written, Part::Other, key.span).map(|_| ())
    }

    /// An axis that may be left out.
    fn optional_axis(&mut self, tree: Option<&Tree>) -> Result<Option<Arc<Axis>>, Reported> {
        tree.map(|tree| self.axis(tree).ok_or(Reported)).transpose()
    }

    pub(super) fn define_random(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let rows = value.get("rows").and_then(|tree| self.axis(tree));
        let columns = value.get("cols").and_then(|tree| self.axis(tree));
        let seed = value.get("seed").and_then(Tree::as_count);
        let deviation = match value.get("deviation") {
            Some(tree) => Some(self.deviation(tree)?),
            None => None,
        };
        let decimals = match value.get("decimals") {
            Some(tree) => Some(self.decimals(tree)?),
            None => None,
        };
        let (rows, columns, seed) = (rows?, columns?, seed?);
        let deviation = deviation.unwrap_or_else(|| 1.0 / (rows.size() as f64).sqrt());
        let (source, shape) = (math::Random { seed, deviation, decimals }, Shape::new(rows, columns));
        let op = Op::Random(op::Random { source, shape });
        self.push(key.text.clone(), op, Part::Other, key.span).map(|_| ())
    }

    /// How far random numbers spread; reports a negative number.
    fn deviation(&mut self, tree: &Tree) -> Option<f64> {
        let deviation = self.number(tree)?;
        if deviation >= 0.0 {
            return Some(deviation);
        }
        self.report(
            Code::OutOfRange,
            tree.span,
            both!("a standard deviation is never negative", "标准差不会是负数"),
            both!("write how far the numbers are to spread, such as 0.5", "请写这些数的分散程度，例如 0.5"),
        );
        None
    }

    pub(super) fn decimals(&mut self, tree: &Tree) -> Option<i32> {
        let decimals = i32::try_from(tree.as_count()?).ok().filter(|decimals| *decimals <= MOST_DECIMALS);
        if decimals.is_none() {
            self.report(
                Code::OutOfRange,
                tree.span,
                both!(
                    "a number has no more than {MOST_DECIMALS} decimals that mean anything",
                    "一个数最多只有 {MOST_DECIMALS} 位有意义的小数"
                ),
                both!("write a number from 0 to {MOST_DECIMALS}", "请写 0 到 {MOST_DECIMALS} 之间的数"),
            );
        }
        decimals
    }

    pub(super) fn define_identity(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let axis = self.axis(value)?;
        let shape = Shape::new(Arc::clone(&axis), axis);
        self.has_room(shape.size(), key.span)?;
        let (rows, columns) = shape.size();
        let matrix = Matrix::identity(rows, columns);
        self.push_given(&key.text, matrix, shape, Origin::Identity, Part::Other, key.span).map(|_| ())
    }
}
