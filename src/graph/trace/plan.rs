//! What an evaluation will keep, in which order it computes, and what that costs: all known from shapes alone.

use crate::graph::op::Storage;
use crate::graph::{Graph, NodeId};

/// Up to so many numbers in all matrices together, every matrix of a lesson is kept.
pub const BUDGET: usize = 8_000_000;

/// A cell that is computed when looked at may be made of so many cells that are kept, whatever lies between. This
/// keeps a window of cells within some milliseconds.
const FURTHEST: usize = 600;

/// So many matrices may lie between a cell that is computed when looked at and those that are kept.
const DEEPEST: usize = 64;

/// What matrices take, counted one by one in the order of their definition, before anything is computed.
#[derive(Debug, Clone, Default)]
pub struct Estimate {
    nodes: Vec<Cost>,
    numbers: usize,
    kept: usize,
    steps: u64,
}

/// What one matrix takes.
#[derive(Debug, Clone, Copy)]
struct Cost {
    /// Whether it is kept where not every matrix is.
    is_kept: bool,
    /// How many kept cells one of its cells is made of when it is looked at; 1 for a kept matrix.
    reach: usize,
    /// How many matrices lie between it and kept ones.
    depth: usize,
}

impl Estimate {
    /// Counts the next node of a graph.
    pub fn add(&mut self, graph: &Graph, id: NodeId) {
        let node = graph.node(id);
        let (rows, columns) = node.shape.size();
        let operands = node.op.operands();
        let costs = || operands.iter().map(|operand| self.nodes[operand.index()]);
        let far = costs().fold(0, |sum: usize, cost| sum.saturating_add(cost.reach));
        let reach = node.op.reach(graph).saturating_mul(far).saturating_add(1);
        let depth = costs().map(|cost| cost.depth).max().unwrap_or(0) + 1;
        let is_kept = node.op.storage() == Storage::Always || reach > FURTHEST || depth > DEEPEST;
        let cost =
            if is_kept { Cost { is_kept, reach: 1, depth: 0 } } else { Cost { is_kept, reach, depth } };
        let numbers = rows * columns;
        // Labels of matrices side by side are made anew, and each takes the room of some numbers.
        let shared = rows * node.op.aggregates().len() + if operands.len() > 1 { columns * 8 } else { 0 };
        self.numbers += numbers + shared;
        self.kept += shared + if is_kept { numbers } else { 0 };
        self.steps = self.steps.saturating_add(node.op.steps(graph, &node.shape) as u64);
        self.nodes.push(cost);
    }

    /// The estimate of a whole graph.
    pub fn of(graph: &Graph) -> Self {
        let mut estimate = Self::default();
        graph.nodes().for_each(|(id, _)| estimate.add(graph, id));
        estimate
    }

    /// How many numbers stay in memory within a budget: all, or where they are more, those that are costly to compute
    /// again.
    pub const fn stored(&self, budget: usize) -> usize {
        if self.numbers <= budget { self.numbers } else { self.kept }
    }

    /// How many multiplications with an addition, or as much work of another kind, the evaluation takes.
    pub const fn steps(&self) -> u64 {
        self.steps
    }
}

/// Which matrices are kept, and in which order all are computed.
#[derive(Debug)]
pub(super) struct Plan {
    /// Of each node whether its value is kept.
    pub(super) kept: Vec<bool>,
    /// The nodes to compute. One that is not kept comes as late as possible, so that it is dropped soon.
    pub(super) order: Vec<NodeId>,
}

impl Plan {
    /// The plan for the nodes of a graph that `is_known` does not name.
    pub(super) fn new(graph: &Graph, budget: usize, is_known: &dyn Fn(NodeId) -> bool) -> Self {
        let estimate = Estimate::of(graph);
        let keeps_all = estimate.numbers <= budget;
        let kept: Vec<_> = estimate.nodes.iter().map(|cost| keeps_all || cost.is_kept).collect();
        let mut planned: Vec<bool> = graph.nodes().map(|(id, _)| is_known(id)).collect();
        let mut order = Vec::with_capacity(graph.len());
        let is_kept = |id: &NodeId| kept[id.index()];
        let all = || graph.nodes().map(|(id, _)| id);
        for id in all().filter(is_kept).chain(all()) {
            with_operands(graph, id, &mut planned, &mut order);
        }
        Self { kept, order }
    }

    /// The most numbers that are in memory at once, and the node at which they are.
    pub(super) fn peak(&self, graph: &Graph) -> (usize, Option<NodeId>) {
        let size = |id: NodeId| {
            let (rows, columns) = graph.node(id).shape.size();
            rows * columns
        };
        let mut uses = self.uses(graph);
        let (mut now, mut peak) = (0, (0, None));
        for &id in &self.order {
            now += size(id);
            if now > peak.0 {
                peak = (now, Some(id));
            }
            self.after(graph, id, &mut uses, &mut |dropped| now -= size(dropped));
        }
        peak
    }

    /// How often the nodes in the plan use each node as an operand.
    pub(super) fn uses(&self, graph: &Graph) -> Vec<usize> {
        let mut uses = vec![0; graph.len()];
        for id in &self.order {
            for operand in graph.node(*id).op.operands() {
                uses[operand.index()] += 1;
            }
        }
        uses
    }

    /// Calls `drop` with what nobody needs any more after a node is computed, and which is not kept.
    pub(super) fn after(&self, graph: &Graph, id: NodeId, uses: &mut [usize], drop: &mut dyn FnMut(NodeId)) {
        for operand in graph.node(id).op.operands() {
            let left = &mut uses[operand.index()];
            *left -= 1;
            if *left == 0 && !self.kept[operand.index()] {
                drop(operand);
            }
        }
        if uses[id.index()] == 0 && !self.kept[id.index()] {
            drop(id);
        }
    }
}

/// The most numbers that an evaluation has in memory at once, and the node at which it has them.
pub fn peak(graph: &Graph, budget: usize) -> (usize, Option<NodeId>) {
    Plan::new(graph, budget, &|_| false).peak(graph)
}

/// Plans a node after those of its operands that are not planned. What is not kept is never deep, and what is kept has
/// been planned in its order.
fn with_operands(graph: &Graph, id: NodeId, planned: &mut [bool], order: &mut Vec<NodeId>) {
    if std::mem::replace(&mut planned[id.index()], true) {
        return;
    }
    for operand in graph.node(id).op.operands() {
        with_operands(graph, operand, planned, order);
    }
    order.push(id);
}
