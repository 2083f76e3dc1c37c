//! Which matrices may be meant where none has the name that is written: those that have the row and the column.

use super::entry::is_there;
use super::finding::listed;
use super::lexer::is_name;
use super::syntax::Cells;
use super::{Scope, reference};
use crate::both;
use crate::graph::{Cell, Node, NodeId, Part, Side};
use crate::language::Localised;

/// The most matrices that are listed.
const MOST: usize = 6;

impl Scope<'_> {
    /// The matrices that have these cells, for a name before them that none has.
    pub(super) fn having(&self, name: &str, cells: &Cells) -> Option<Localised<String>> {
        let having = self.nodes_with(|node| cells.are_in(node)).into_iter();
        let having: Vec<&str> = having.map(|(_, node)| node.name.as_str()).collect();
        // The same part of another head.
        let part = |name: &'_ str| name.rsplit_once('.').map(|(_, part)| part.to_owned());
        let mut alike = having.iter().filter(|other| part(name).is_some() && part(other) == part(name));
        if let (Some(meant), None) = (alike.next(), alike.next()) {
            return Some(both!("did you mean `{meant}`?", "是不是想写 `{meant}`？"));
        }
        let names: Vec<String> = having.iter().map(|name| format!("`{name}`")).collect();
        let Localised { en, zh } = listed(names.iter().map(String::as_str));
        match names.len() {
            1 if cells.is_named() => {
                Some(both!("write {en}, which has such a cell", "请写 {zh}，它有这个单元格"))
            }
            2..=MOST if cells.is_named() => Some(both!(
                "write the matrix that is meant; these have such a cell: {en}",
                "请写所指的矩阵；有这个单元格的是：{zh}"
            )),
            _ => None,
        }
    }

    /// The matrices of this kind; the vocabulary only where the vectors of no text are among them.
    fn nodes_with(&self, is_one: impl Fn(&Node) -> bool) -> Vec<(NodeId, &Node)> {
        let nodes: Vec<_> = self.graph.nodes().filter(|(_, node)| is_one(node)).collect();
        let is_vocabulary = |(_, node): &(NodeId, &Node)| node.part == Part::Vocabulary;
        let is_only = nodes.iter().all(is_vocabulary);
        nodes.into_iter().filter(|node| is_only || !is_vocabulary(node)).collect()
    }

    /// For `猫的颜色`, the cells in the row `猫` and the column `颜色`.
    pub(super) fn of_whom(&self, name: &str) -> Option<Localised<String>> {
        let (row, column) = name.split_once('的').filter(|_| is_name(name))?;
        let has = |node: &Node| is_there(row, node, Side::Rows) && is_there(column, node, Side::Columns);
        let cells = self.nodes_with(has).into_iter().filter_map(|(id, node)| {
            let at = |side: Side, label: &str| node.shape.axis(side).find(label).ok();
            let cell = Cell { node: id, row: at(Side::Rows, row)?, column: at(Side::Columns, column)? };
            Some(format!("`{}`", reference(self.graph, cell)))
        });
        let cells: Vec<String> = cells.collect();
        if !(1..=MOST).contains(&cells.len()) {
            return None;
        }
        let Localised { en, zh } = listed(cells.iter().map(String::as_str));
        Some(both!("write the cell that is meant: {en}", "请写所指的单元格：{zh}"))
    }
}
