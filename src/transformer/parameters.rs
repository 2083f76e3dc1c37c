//! Which matrices of a graph are parameters: what a model would have to learn.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::graph::{AxisKind, Graph, Node, NodeId, Op, Part, Side, op};

/// A matrix that counts as a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The matrix.
    pub node: NodeId,
    /// How many numbers it has.
    pub numbers: usize,
    /// What it is used in, by the beginnings of dotted names (`mh` and `mh.1` of `mh.1.Q`), and how many of its numbers
    /// are used there: a head uses only its own columns of a `W_Q` for all heads, and its own rows of `W_O`. Empty for
    /// what is used in nodes of no group.
    pub used_in: BTreeMap<String, usize>,
}

/// The parameters of a graph, in order of definition.
///
/// A matrix is one if it is given (written, random or the identity), stands where weights stand (in a product, as a
/// bias or gain of one row, as a kernel, or as the table that tokens are looked up in, also by way of a transpose or
/// with other matrices beside it) and is not over the positions of a text. Given queries, keys, values, scores and
/// embeddings of tokens are what a model computes, and do not count; the vocabulary does. What is computed again over
/// a text that has grown uses nothing new.
pub fn parameters(graph: &Graph) -> Vec<Parameter> {
    let nodes: Vec<_> = graph.nodes().filter(|(_, node)| node.replays.is_none()).collect();
    let wholes = nodes.iter().flat_map(|(_, node)| groups(&node.name)).collect();
    let mut uses = Uses { graph, wholes, areas: BTreeMap::new() };
    for (id, node) in nodes.into_iter().rev() {
        uses.read(id, node);
    }
    let parameter = |(node, areas): (NodeId, BTreeMap<String, BTreeSet<Area>>)| {
        let used_in = areas.into_iter().map(|(group, areas)| (group, covered(&areas))).collect();
        let (rows, columns) = graph.node(node).shape.size();
        Parameter { node, numbers: rows * columns, used_in }
    };
    let learned = uses.areas.into_iter().filter(|(node, _)| is_learned(graph.node(*node), graph));
    learned.map(parameter).collect()
}

/// Where matrices are used, and which cells of them.
struct Uses<'a> {
    graph: &'a Graph,
    /// The groups that there are.
    wholes: BTreeSet<String>,
    areas: BTreeMap<NodeId, BTreeMap<String, BTreeSet<Area>>>,
}

/// Some rows and columns of a matrix, each from and to, without the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Area {
    rows: (usize, usize),
    columns: (usize, usize),
}

impl Uses<'_> {
    /// Notes what a node uses; all that uses the node has been noted.
    fn read(&mut self, id: NodeId, node: &Node) {
        let groups = self.groups_of(node);
        for weights in node.op.weights(self.graph) {
            self.add(weights, &groups, self.all(weights));
        }
        if let Op::Product(op::Product { left, .. }) | Op::DotProducts(op::DotProducts { left, .. }) =
            &node.op
            && let Op::Concat(op::Concat { parts }) = &self.graph.node(*left).op
        {
            // What stands side by side meets rows of its own of the weights.
            for (part, entries) in self.side_by_side(parts, Side::Columns) {
                self.meets(&node.op, &self.groups_of(self.graph.node(part)), &entries);
            }
        }
        if let Op::Slice(op::Slice { of, side: Side::Columns, entries }) = &node.op {
            self.makes_columns(*of, &groups, entries);
        }
        if let Some(used) = self.areas.get(&id).cloned() {
            self.pass_on(&node.op, &used);
        }
    }

    /// The groups that a node belongs to; `L` belongs to its own where there is an `L.product`.
    fn groups_of(&self, node: &Node) -> BTreeSet<String> {
        let mut groups = groups(&node.name);
        groups.extend(self.wholes.get(plain(&node.name)).cloned());
        groups
    }

    fn add(&mut self, weights: NodeId, groups: &BTreeSet<String>, area: Area) {
        let used = self.areas.entry(weights).or_default();
        for group in groups {
            used.entry(group.clone()).or_default().insert(area);
        }
    }

    fn all(&self, node: NodeId) -> Area {
        let (rows, columns) = self.graph.node(node).shape.size();
        Area { rows: (0, rows), columns: (0, columns) }
    }

    /// The parts with the entries that they take of the whole.
    fn side_by_side(&self, parts: &[NodeId], side: Side) -> Vec<(NodeId, Range<usize>)> {
        let place = |start: &mut usize, part: &NodeId| {
            let from = *start;
            *start += self.graph.node(*part).shape.axis(side).size();
            Some((*part, from..*start))
        };
        parts.iter().scan(0, place).collect()
    }

    /// Entries of the vectors that are multiplied with weights.
    fn meets(&mut self, product: &Op, groups: &BTreeSet<String>, entries: &Range<usize>) {
        let met = (entries.start, entries.end);
        if let Op::Product(op::Product { right, .. }) = product {
            self.add(*right, groups, Area { rows: met, ..self.all(*right) });
        } else if let Op::DotProducts(op::DotProducts { right, .. }) = product {
            self.add(*right, groups, Area { columns: met, ..self.all(*right) });
        }
    }

    /// Columns of a result, for which only the same columns of weights and biases are needed.
    fn makes_columns(&mut self, of: NodeId, groups: &BTreeSet<String>, entries: &Range<usize>) {
        let made = (entries.start, entries.end);
        let alone = [of];
        let sum = if let Op::Add(op::Add { terms }) = &self.graph.node(of).op { Some(terms) } else { None };
        let terms = sum.map_or(alone.as_slice(), Vec::as_slice);
        for term in terms {
            let op = &self.graph.node(*term).op;
            if let Op::Product(op::Product { right, .. }) = op {
                self.add(*right, groups, Area { columns: made, ..self.all(*right) });
            } else if let Op::DotProducts(op::DotProducts { right, .. }) = op {
                // The weights are stored with a row for each column of the result.
                self.add(*right, groups, Area { rows: made, ..self.all(*right) });
            } else if self.all(*term).rows.1 == 1 {
                self.add(*term, groups, Area { columns: made, ..self.all(*term) });
            }
        }
    }

    /// What is only moved before it is used stands where its result stands.
    fn pass_on(&mut self, op: &Op, used: &BTreeMap<String, BTreeSet<Area>>) {
        if let Op::Transpose(op::Transpose { of }) = op {
            self.pass_to(*of, used, |Area { rows, columns }| Area { rows: columns, columns: rows });
        } else if let Op::Slice(op::Slice { of, side, entries }) = op {
            self.pass_to(*of, used, |area| area.moved(*side, |entry| entry + entries.start));
        } else if let Op::Concat(op::Concat { parts }) = op {
            self.pass_to_parts(parts, Side::Columns, used);
        } else if let Op::Stack(op::Stack { parts, .. }) = op {
            self.pass_to_parts(parts, Side::Rows, used);
        }
    }

    fn pass_to_parts(&mut self, parts: &[NodeId], side: Side, used: &BTreeMap<String, BTreeSet<Area>>) {
        for (part, entries) in self.side_by_side(parts, side) {
            let within = |entry: usize| entry.clamp(entries.start, entries.end) - entries.start;
            self.pass_to(part, used, |area| area.moved(side, within));
        }
    }

    fn pass_to(
        &mut self,
        operand: NodeId,
        used: &BTreeMap<String, BTreeSet<Area>>,
        moved: impl Fn(Area) -> Area,
    ) {
        self.areas.entry(operand).or_default();
        for (group, areas) in used {
            let group = BTreeSet::from([group.clone()]);
            for area in areas.iter().map(|area| moved(*area)).filter(|area| !area.is_empty()) {
                self.add(operand, &group, area);
            }
        }
    }
}

impl Area {
    fn moved(self, side: Side, to: impl Fn(usize) -> usize) -> Self {
        let both = |(from, end): (usize, usize)| (to(from), to(end));
        match side {
            Side::Rows => Self { rows: both(self.rows), ..self },
            Side::Columns => Self { columns: both(self.columns), ..self },
        }
    }

    const fn is_empty(&self) -> bool {
        self.rows.0 == self.rows.1 || self.columns.0 == self.columns.1
    }
}

/// How many cells lie in at least one of the areas.
fn covered(areas: &BTreeSet<Area>) -> usize {
    let cuts: BTreeSet<usize> = areas.iter().flat_map(|area| [area.rows.0, area.rows.1]).collect();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let band = |cut: &[usize]| {
        let (from, to) = (cut[0], cut[1]);
        let across = areas.iter().filter(|area| area.rows.0 <= from && to <= area.rows.1);
        let mut spans: Vec<_> = across.map(|area| area.columns).collect();
        spans.sort_unstable();
        let mut reached = 0;
        let widths = spans.into_iter().map(|(from, to)| {
            let width = to.saturating_sub(from.max(reached));
            reached = reached.max(to);
            width
        });
        (to - from) * widths.sum::<usize>()
    };
    cuts.windows(2).map(band).sum()
}

/// Whether a matrix that is used as weights is given for every position alike.
fn is_learned(node: &Node, graph: &Graph) -> bool {
    let may_be = matches!(
        node.part,
        Part::Vocabulary
            | Part::Positions
            | Part::QueryWeights
            | Part::KeyWeights
            | Part::ValueWeights
            | Part::OutputWeights
            | Part::UnembeddingWeights
            | Part::Weights
            | Part::Other
    );
    let vocabulary = graph.find("vocabulary").map(|id| &graph.node(id).shape.rows);
    let of_text = [&node.shape.rows, &node.shape.columns]
        .into_iter()
        .any(|axis| axis.kind() == AxisKind::Tokens && Some(axis) != vocabulary);
    // A table of positions is over positions and is learned.
    node.op.origin().is_some() && may_be && (!of_text || node.part == Part::Positions)
}

/// The groups that a name is in: `mh` and `mh.1` of `mh.1.Q@animal`.
fn groups(name: &str) -> BTreeSet<String> {
    let plain = plain(name);
    plain.match_indices('.').map(|(dot, _)| plain[..dot].to_owned()).collect()
}

/// The name without its text.
fn plain(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_covered_once() {
        let area = |rows, columns| Area { rows, columns };
        let of = |areas: &[Area]| covered(&areas.iter().copied().collect());
        assert_eq!(of(&[]), 0);
        assert_eq!(of(&[area((0, 4), (0, 3)), area((1, 2), (1, 2))]), 12);
        assert_eq!(of(&[area((0, 2), (0, 2)), area((1, 3), (1, 3))]), 4 + 4 - 1);
        assert_eq!(of(&[area((0, 1), (0, 1)), area((2, 3), (5, 6))]), 2);
    }
}
