//! Numbers that are written the other way round than is said beside them, and which of the two is meant.

use std::collections::BTreeMap;

use super::Checker;
use super::grid::{Layout, called};
use crate::both;
use crate::diagnostic::Span;
use crate::graph::{Axis, Shape, Side};
use crate::language::Localised;
use crate::yaml::Tree;

/// By the name of a matrix, the one that it is multiplied with from the left: as the second of a product, or as weights.
pub(super) fn left_factors(tree: &Tree) -> BTreeMap<String, String> {
    let mut factors = BTreeMap::new();
    for (_, kind) in super::advice::items(tree, "matrices").filter_map(|item| item.as_map()?.first()) {
        let Some((_, of)) = kind.as_map().and_then(<[_]>::first) else { continue };
        if let Some([left, right]) = of.as_list()
            && kind.get("product").is_some()
            && let (Some(left), Some(right)) = (left.as_text(), right.as_text())
        {
            factors.entry(right.to_owned()).or_insert_with(|| left.to_owned());
        }
        for (weights, inputs) in WEIGHTS {
            let input = inputs.iter().find_map(|field| of.get(field)?.as_text());
            if let (Some(weights), Some(input)) = (of.get(weights).and_then(Tree::as_text), input) {
                factors.entry(weights.to_owned()).or_insert_with(|| input.to_owned());
            }
        }
    }
    factors
}

/// Fields of attention that name weights, with those that name what is multiplied with them.
const WEIGHTS: [(&str, [&str; 2]); 3] = [
    ("W_Q", ["queries_from", "of"]),
    ("W_K", ["keys_values_from", "of"]),
    ("W_V", ["keys_values_from", "of"]),
];

impl Checker<'_> {
    /// What to do about a matrix that is written the other way round; `shape` is as it should be in the file, and `place`
    /// within its definition.
    pub(super) fn exchanged(&self, shape: &Shape, layout: Layout, place: Span) -> Localised<String> {
        let (said, other) = match layout {
            Layout::Rows => (&shape.rows, &shape.columns),
            Layout::Columns => (&shape.columns, &shape.rows),
        };
        let written = both!("rows and columns are exchanged", "行列写反了");
        let turn = match layout {
            Layout::Rows => both!(
                "add `layout: columns` beside `rows` and `cols`",
                "请在 `rows`、`cols` 旁边加上 `layout: columns`"
            ),
            Layout::Columns => both!("remove `layout: columns`", "请删去 `layout: columns`"),
        };
        let (rows, columns) = (called(other), called(said));
        let (en, zh) = (written.en, written.zh);
        let (turn_en, turn_zh) = (turn.en, turn.zh);
        match self.rows_are_meant(said, other, place) {
            Some(Side::Rows) => both!("{en}: {turn_en}", "{zh}：{turn_zh}"),
            Some(Side::Columns) => both!(
                "{en}: write `rows: {rows}, cols: {columns}`",
                "{zh}：请写 `rows: {rows}, cols: {columns}`"
            ),
            None => both!(
                "{en}: {turn_en}, or write `rows: {rows}, cols: {columns}`",
                "{zh}：{turn_zh}，或改成 `rows: {rows}, cols: {columns}`"
            ),
        }
    }

    /// Which of two axes, that which is said to be of the rows or that of the columns, is the one that the rows must have:
    /// tokens are rows, and so is what is in the columns of the matrix on the left of a product.
    fn rows_are_meant(&self, said: &Axis, other: &Axis, place: Span) -> Option<Side> {
        let is_text = |axis: &Axis| self.texts.iter().any(|text| Some(text.name.as_str()) == axis.name());
        match (is_text(said), is_text(other)) {
            (true, false) => return Some(Side::Rows),
            (false, true) => return Some(Side::Columns),
            (true, true) | (false, false) => {}
        }
        let before = self.definitions.iter().filter(|(_, at)| at.start <= place.start);
        let (name, _) = before.max_by_key(|(_, at)| at.start)?;
        let left = self.graph.find(self.left_factors.get(name)?)?;
        let needed = self.graph.node(left).shape.columns.name()?;
        match (said.name() == Some(needed), other.name() == Some(needed)) {
            (true, false) => Some(Side::Rows),
            (false, true) => Some(Side::Columns),
            (true, true) | (false, false) => None,
        }
    }
}
