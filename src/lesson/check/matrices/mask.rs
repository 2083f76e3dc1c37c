//! Masks: which keys a query may see.

use crate::both;
use crate::diagnostic::Code;
use crate::graph::{Op, Visible, op};
use crate::lesson::check::grid::Named;
use crate::lesson::check::{Checker, Reported};
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    pub(super) fn define_mask(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let tree = value.get("mask")?;
        self.define_members(key, &[of], |checker, nodes| {
            let (queries, keys) = checker.graph.node(nodes[0]).shape.size();
            let mask = checker.mask(tree, queries, keys).ok()??;
            Some(Op::Mask(op::Mask { of: nodes[0], visible: mask }))
        })
    }

    /// A mask, or `None` for none.
    pub(in crate::lesson::check) fn mask(
        &mut self,
        tree: &Tree,
        queries: usize,
        keys: usize,
    ) -> Result<Option<Visible>, Reported> {
        match tree.as_text() {
            Some("causal") => return Ok(Some(Visible::Causal)),
            Some("none") => return Ok(None),
            Some(_) => return Err(Reported),
            None => {}
        }
        let table = tree.get("allow").ok_or(Reported)?;
        let named = Named { rows: None, columns: None };
        let (matrix, _) = self.matrix(table, &named).ok_or(Reported)?;
        if matrix.shape() != (queries, keys) {
            let (rows, columns) = matrix.shape();
            self.report(
                Code::ShapeMismatch,
                table.span,
                both!(
                    "the mask is {rows}×{columns}, and the scores are {queries}×{keys}",
                    "掩码是 {rows}×{columns}，而分数是 {queries}×{keys}"
                ),
                both!(
                    "write a row for each query and a number for each key",
                    "每个查询写一行，每个键写一个数"
                ),
            );
            return Err(Reported);
        }
        let is = |cell: f64, number: f64| (cell - number).abs() < f64::EPSILON;
        if matrix.iter().any(|cell| !is(*cell, 0.0) && !is(*cell, 1.0)) {
            self.report(
                Code::BadNumber,
                table.span,
                both!("a mask holds 1 and 0 only", "掩码只能由 1 和 0 组成"),
                both!("write 1 where the key may be seen, else 0", "可以看到的键写 1，否则写 0"),
            );
            return Err(Reported);
        }
        let rows = (0..queries).flat_map(|query| (0..keys).map(move |key| (query, key)));
        Ok(Some(Visible::Cells(rows.map(|cell| is(matrix[cell], 1.0)).collect())))
    }
}
