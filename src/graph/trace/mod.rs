//! The trace of a graph: every value, and for every number how it came to be.
//!
//! Of a small lesson every matrix is kept. Of one with more numbers than [`BUDGET`], those are kept that are costly to
//! compute again, as products are, with the [`Extent`] of all others and the numbers that rows share; all else is
//! computed when it is looked at: a [cell](Trace::cell) by its derivation, a [whole matrix](Trace::value) from its
//! operands. Nobody who asks can tell the difference, except by the last digits of large products.
//!
//! What is not kept is dropped when the last matrix that is made of it is there, or is written over by it.

mod evaluation;
mod extent;
mod memo;
mod plan;

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

pub use evaluation::Evaluation;
pub use extent::Extent;
pub use memo::Memo;
pub use plan::{BUDGET, Estimate, peak};

use super::op::Operands;
use super::{Aggregate, Cell, Expr, Graph, Node, NodeId, Op, Place, op};
use crate::math::Matrix;
use plan::Plan;

/// A graph with its values.
#[derive(Debug, Clone)]
pub struct Trace {
    graph: Arc<Graph>,
    nodes: Vec<Evaluated>,
    budget: usize,
}

/// What is known of a node after its evaluation.
#[derive(Debug, Clone)]
struct Evaluated {
    /// The whole matrix, if it is kept.
    value: Option<Arc<Matrix>>,
    /// Of a matrix that is kept, only found when it is asked for.
    extent: OnceLock<Extent>,
    /// What its rows share, `[rows, aggregates]`, so that a cell explains itself without reading its row.
    shared: Arc<Matrix>,
}

impl Trace {
    /// Evaluates every node. Shapes are proved, so nothing here can fail.
    pub fn evaluate(graph: Arc<Graph>) -> Self {
        Self::evaluate_while(graph, BUDGET, &Evaluation::default()).expect("nobody cancels it")
    }

    /// Evaluates every node, keeping all of at most `budget` numbers, or else only what is costly to compute again.
    /// `None` if it was cancelled.
    pub fn evaluate_while(graph: Arc<Graph>, budget: usize, evaluation: &Evaluation) -> Option<Self> {
        let nodes = vec![None; graph.len()];
        Self::complete(graph, nodes, budget, evaluation)
    }

    /// The trace with other numbers for a matrix that has no operands. Only what depends on it is computed again; all
    /// else is shared with this trace.
    pub fn replaced(&self, node: NodeId, values: Matrix) -> Self {
        let shape = self.node(node).shape.clone();
        assert_eq!(shape.size(), values.shape(), "other numbers have the same shape");
        let mut graph = Graph::clone(&self.graph);
        graph.replace(node, Op::Given(op::Given::written(values, shape)));
        let stale = graph.dependants(node);
        let known = self.nodes.iter().zip(stale).map(|(known, stale)| (!stale).then(|| known.clone()));
        let known = known.collect();
        Self::complete(Arc::new(graph), known, self.budget, &Evaluation::default())
            .expect("nobody cancels it")
    }

    /// Computes what is not known yet.
    fn complete(
        graph: Arc<Graph>,
        mut nodes: Vec<Option<Evaluated>>,
        budget: usize,
        evaluation: &Evaluation,
    ) -> Option<Self> {
        let plan = Plan::new(&graph, budget, &|id| nodes[id.index()].is_some());
        let steps = |id: NodeId| graph.node(id).op.steps(&graph, &graph.node(id).shape) as u64;
        evaluation.begin(plan.order.iter().map(|id| steps(*id)).sum());
        let mut uses = plan.uses(&graph);
        let alive = RefCell::new(vec![None; graph.len()]);
        for &id in &plan.order {
            let told = AtomicU64::new(0);
            let go_on = |steps: usize| {
                told.fetch_add(steps as u64, Ordering::Relaxed);
                evaluation.advance(steps as u64)
            };
            let operands =
                Evaluating { graph: &graph, nodes: &nodes, plan: &plan, uses: &uses, alive: &alive };
            let (value, shared) = graph.node(id).op.evaluate_while(&operands, &go_on)?;
            let is_kept = plan.kept[id.index()];
            // What is not kept is looked at as long as it is there.
            let extent = if is_kept { OnceLock::new() } else { OnceLock::from(Extent::of(&value)) };
            if !evaluation.advance(steps(id).saturating_sub(told.into_inner())) {
                return None;
            }
            let kept = is_kept.then(|| Arc::clone(&value));
            nodes[id.index()] = Some(Evaluated { value: kept, extent, shared: Arc::new(shared) });
            let mut alive = alive.borrow_mut();
            alive[id.index()] = Some(value);
            plan.after(&graph, id, &mut uses, &mut |id| alive[id.index()] = None);
        }
        evaluation.finish();
        let nodes = nodes.into_iter().map(|node| node.expect("every node is known or planned")).collect();
        Some(Self { graph, nodes, budget })
    }

    /// The graph that was evaluated.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The node of an id.
    pub fn node(&self, id: NodeId) -> &Node {
        self.graph.node(id)
    }

    /// A whole matrix, positions as rows; of a large lesson it may be computed from its operands for the occasion.
    pub fn value(&self, node: NodeId) -> Arc<Matrix> {
        let Evaluated { value, shared, .. } = &self.nodes[node.index()];
        value.clone().unwrap_or_else(|| self.node(node).op.evaluate(&|operand| self.value(operand), shared))
    }

    /// The matrix if it is kept, without computing anything.
    pub fn kept(&self, node: NodeId) -> Option<&Arc<Matrix>> {
        self.nodes[node.index()].value.as_ref()
    }

    /// How many numbers are in memory.
    pub fn stored(&self) -> usize {
        let numbers =
            |node: &Evaluated| node.value.as_ref().map_or(0, |value| value.len()) + node.shared.len();
        self.nodes.iter().map(numbers).sum()
    }

    /// What stands for the matrix when it is decided how to print it.
    pub fn extent(&self, node: NodeId) -> Extent {
        *self.nodes[node.index()].extent.get_or_init(|| Extent::of(&self.value(node)))
    }

    /// The number in a cell; where the matrix is not kept, by way of its derivation.
    pub fn cell(&self, cell: Cell) -> f64 {
        match self.kept(cell.node) {
            Some(value) => value[(cell.row, cell.column)],
            None => self.node(cell.node).op.cell(cell, self),
        }
    }

    /// The number at a place.
    pub fn number(&self, place: Place) -> f64 {
        match place {
            Place::Cell(cell) => self.cell(cell),
            Place::Aggregate(aggregate) => self.aggregate(aggregate),
        }
    }

    /// How the number at a place came to be.
    pub fn derive(&self, place: Place) -> Expr {
        let op = &self.node(place.node()).op;
        match place {
            Place::Cell(cell) => op.derive(cell, self),
            Place::Aggregate(aggregate) => op
                .derive_aggregate(aggregate, self)
                .expect("aggregates are made by the operation that has them"),
        }
    }

    /// The first place without a number on the way to this one, which has none because of it; `None` for a place that
    /// has a number, or is itself the first without.
    pub fn first_without_number(&self, place: Place) -> Option<Place> {
        let has_none = |place: Place| self.number(place).is_nan();
        let mut first = place;
        while has_none(first) {
            let mut earlier = None;
            self.derive(first).sources(&mut |source| {
                if earlier.is_none() && has_none(source) {
                    earlier = Some(source);
                }
            });
            let Some(earlier) = earlier else { break };
            first = earlier;
        }
        (first != place).then_some(first)
    }

    fn aggregate(&self, Aggregate { node, kind, row }: Aggregate) -> f64 {
        let kinds = self.node(node).op.aggregates();
        let column = kinds.iter().position(|own| *own == kind).expect("the operation has this aggregate");
        self.nodes[node.index()].shared[(row, column)]
    }
}

/// An evaluation before one of its nodes.
struct Evaluating<'a> {
    graph: &'a Graph,
    nodes: &'a [Option<Evaluated>],
    plan: &'a Plan,
    /// How often each node is still needed as an operand.
    uses: &'a [usize],
    /// The matrices that are computed and still needed.
    alive: &'a RefCell<Vec<Option<Arc<Matrix>>>>,
}

impl Operands for Evaluating<'_> {
    /// The value of an operand: still there, kept, or computed again from what is known of it.
    fn value(&self, operand: NodeId) -> Arc<Matrix> {
        if let Some(value) = &self.alive.borrow()[operand.index()] {
            return Arc::clone(value);
        }
        let Evaluated { value, shared, .. } =
            self.nodes[operand.index()].as_ref().expect("operands come first");
        value
            .clone()
            .unwrap_or_else(|| self.graph.node(operand).op.evaluate(&|operand| self.value(operand), shared))
    }

    fn last(&self, operand: NodeId) -> Arc<Matrix> {
        let is_needed = self.plan.kept[operand.index()] || self.uses[operand.index()] > 1;
        let given_away = if is_needed { None } else { self.alive.borrow_mut()[operand.index()].take() };
        given_away.unwrap_or_else(|| self.value(operand))
    }
}
