//! The graph of a lesson: named matrices in the order of their definition, each given or made by one [`Op`] of
//! earlier ones.
//!
//! What comes in is definitions, what goes out is a [`Graph`] whose shapes are proved, so that its [`Trace`] can be
//! evaluated without an error, and in which [every cell explains itself](Trace::derive). Operands come before the
//! nodes that use them; that is the only order, and there are no cycles.

mod axis;
mod expr;
mod formula;
mod mask;
pub mod op;
mod partial;
mod reason;
mod replay;
mod sources;
mod trace;

use std::collections::HashMap;

pub use axis::{Axis, AxisKind, NoEntry, Shape, Side};
pub use expr::{Expr, Fold, Function, Leaf, Line};
pub use formula::{Convention, FormulaPiece};
pub use mask::Visible;
pub use op::{AxisOf, Constant, EmptyRow, Form, Mismatch, Op, Origin, Quantity};
pub use partial::Partial;
pub use reason::{Draw, Reason};
pub use replay::{CannotReplay, Grown, Replay};
pub use trace::{BUDGET, Estimate, Evaluation, Extent, Memo, Trace, peak};

/// A node, by its position in the order of definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(usize);

impl NodeId {
    /// Its position in the order of definition, from 0.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A named matrix and how it is made.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its full name: `W_Q`, `head.scores`, `head.Z@animal`.
    pub name: String,
    /// How it is made.
    pub op: Op,
    /// What its rows and columns stand for.
    pub shape: Shape,
    /// What it is in attention, for colours and headings.
    pub part: Part,
    /// The definition that this is another round of, where the text has grown since.
    pub replays: Option<NodeId>,
}

/// The part that a matrix plays in attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Part {
    /// One row for each known token.
    Vocabulary,
    /// One row for each token of a text, with a single 1 where the vocabulary has it.
    OneHot,
    /// `X`, one row for each token of a text.
    Embeddings,
    /// Where each token stands, as a vector.
    Positions,
    /// `W_Q`.
    QueryWeights,
    /// `W_K`.
    KeyWeights,
    /// `W_V`.
    ValueWeights,
    /// `W_O`.
    OutputWeights,
    /// `Q`.
    Queries,
    /// `K`.
    Keys,
    /// `V`.
    Values,
    /// `Q·Kᵀ`.
    Scores,
    /// The scores after the division.
    Scaled,
    /// The scores after the mask.
    Masked,
    /// The scores after the division by the temperature.
    Tempered,
    /// The attention pattern: the weights after softmax.
    Pattern,
    /// `Z`, the weighted sums of values.
    HeadOutput,
    /// The heads' outputs side by side.
    Concat,
    /// What a head, or all heads after `W_O`, give back.
    Output,
    /// Weights of a feed-forward network or of a norm, biases included.
    Weights,
    /// Vectors after a norm.
    Norm,
    /// The inner numbers of a feed-forward network.
    Hidden,
    /// What a feed-forward network gives back.
    FeedForward,
    /// What a sublayer gave back, added to what went in.
    Residual,
    /// The cosine of every row with every row.
    Cosines,
    /// `W_U`, which makes logits.
    UnembeddingWeights,
    /// A score for each token of the vocabulary, also tempered or with some left out.
    Logits,
    /// The probability of each token of the vocabulary.
    Probabilities,
    /// The token that is chosen.
    Choice,
    /// What is lost on the right tokens.
    Loss,
    /// None of these.
    #[default]
    Other,
}

impl Part {
    /// Whether its rows are shares, from 0 up and 1 altogether.
    pub const fn holds_shares(self) -> bool {
        matches!(self, Self::Pattern | Self::Probabilities)
    }

    /// Whether rows are queries and columns are keys.
    pub const fn is_query_by_key(self) -> bool {
        matches!(self, Self::Scores | Self::Scaled | Self::Masked | Self::Tempered | Self::Pattern)
    }
}

/// One cell of one matrix, by stored row and column, whichever way it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// The matrix.
    pub node: NodeId,
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
}

/// A number that many cells of a row share and that therefore explains itself once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Aggregate {
    /// The node that uses it.
    pub node: NodeId,
    /// Which of the shared numbers.
    pub kind: AggregateKind,
    /// The row, from 0.
    pub row: usize,
}

/// The numbers that a row of softmax or of a norm shares.
/// The numbers that the cells of a row share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateKind {
    /// The largest score of the row, of softmax.
    Maximum,
    /// What the row is divided by so that it sums to 1: for softmax the sum of its exponentials.
    Total,
    /// The mean of the row.
    Mean,
    /// The mean of the squared distances from the mean of the row.
    Variance,
    /// The mean of the squares of the row.
    MeanSquare,
    /// The Euclidean length of the row.
    Norm,
}

/// Whatever has a number and can explain it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A cell.
    Cell(Cell),
    /// A number shared by a row.
    Aggregate(Aggregate),
}

impl Place {
    /// The matrix that it belongs to.
    pub const fn node(self) -> NodeId {
        match self {
            Self::Cell(cell) => cell.node,
            Self::Aggregate(aggregate) => aggregate.node,
        }
    }
}

/// Named matrices in the order of their definition.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    by_name: HashMap<String, NodeId>,
}

/// Why a definition cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotAdd {
    /// The name is taken.
    Duplicate(NodeId),
    /// The operands' axes do not fit together.
    Mismatch(Mismatch),
}

impl Graph {
    /// Adds a matrix made of earlier ones.
    ///
    /// # Errors
    /// When the name is taken or the shapes do not fit.
    pub fn push(&mut self, name: impl Into<String>, op: Op, part: Part) -> Result<NodeId, CannotAdd> {
        let name = name.into();
        if let Some(&first) = self.by_name.get(&name) {
            return Err(CannotAdd::Duplicate(first));
        }
        let shape = op.infer_shape(self).map_err(CannotAdd::Mismatch)?;
        let part = if part == Part::Other { self.natural_part(&op) } else { part };
        let id = NodeId(self.nodes.len());
        self.by_name.insert(name.clone(), id);
        self.nodes.push(Node { name, op, shape, part, replays: None });
        Ok(id)
    }

    /// The part that a matrix plays by the way it is made, where nobody says more.
    fn natural_part(&self, op: &Op) -> Part {
        let of = |id: &NodeId| self.node(*id).part;
        match op {
            Op::Gather(_) => Part::Embeddings,
            Op::DotProducts(_) => Part::Scores,
            Op::Scale(op::Scale { of: scores, .. }) if of(scores) == Part::Scores => Part::Scaled,
            Op::LayerNorm(_) | Op::RmsNorm(_) => Part::Norm,
            Op::Dropout(op::Dropout { of: whole, .. }) => of(whole),
            Op::OneHot(_) => Part::OneHot,
            Op::Sinusoids(_) => Part::Positions,
            Op::Rotate(op::Rotate { of: turned, .. }) => of(turned),
            // One-hot rows take embeddings out of their table, as a look-up does.
            Op::Product(op::Product { left, .. }) if of(left) == Part::OneHot => Part::Embeddings,
            // With positions added, embeddings are embeddings still.
            Op::Add(op::Add { terms })
                if terms.iter().any(|term| of(term) == Part::Positions)
                    && terms.iter().all(|term| matches!(of(term), Part::Positions | Part::Embeddings)) =>
            {
                Part::Embeddings
            }
            Op::Scale(op::Scale { of: logits, .. }) | Op::Keep(op::Keep { of: logits, .. })
                if of(logits) == Part::Logits =>
            {
                Part::Logits
            }
            Op::Mask(_) => Part::Masked,
            Op::Softmax(op::Softmax { of: logits, .. }) if of(logits) == Part::Logits => Part::Probabilities,
            Op::Softmax(_) => Part::Pattern,
            Op::Choose(_) => Part::Choice,
            Op::CrossEntropy(_) => Part::Loss,
            Op::Measure(op::Measure { of: loss, quantity: Quantity::Mean, .. }) if of(loss) == Part::Loss => {
                Part::Loss
            }
            Op::Concat(_)
            | Op::Given(_)
            | Op::Random(_)
            | Op::Transpose(_)
            | Op::Product(_)
            | Op::Scale(_)
            | Op::Add(_)
            | Op::Counted(_)
            | Op::Convolution(_)
            | Op::Recur(_)
            | Op::Stack(_)
            | Op::Context(_)
            | Op::Keep(_)
            | Op::Slice(_)
            | Op::Subtract(_)
            | Op::Multiply(_)
            | Op::Activate(_)
            | Op::Measure(_)
            | Op::UnitRows(_)
            | Op::Distances(_)
            | Op::Components(_)
            | Op::ShareOf(_) => Part::Other,
        }
    }

    /// Says what part a matrix plays that so far plays none, as when a given matrix is used as `W_Q`.
    pub fn play(&mut self, id: NodeId, part: Part) {
        let node = &mut self.nodes[id.0];
        if node.part == Part::Other {
            node.part = part;
        }
    }

    /// Of each node whether it is `of` or made of it, directly or not.
    pub(crate) fn dependants(&self, of: NodeId) -> Vec<bool> {
        let mut depends = vec![false; self.nodes.len()];
        depends[of.0] = true;
        for (index, node) in self.nodes.iter().enumerate().skip(of.0 + 1) {
            depends[index] = node.op.operands().iter().any(|operand| depends[operand.0]);
        }
        depends
    }

    /// Puts another operation of the same shape in the place of one that has no operands.
    pub(crate) fn replace(&mut self, id: NodeId, op: Op) {
        let node = &mut self.nodes[id.0];
        assert!(
            node.op.operands().is_empty() && op.operands().is_empty(),
            "only what is given can be replaced"
        );
        node.op = op;
    }

    /// Notes that a matrix is another round of an earlier one, over a text that has grown.
    pub fn note_replay(&mut self, copy: NodeId, original: NodeId) {
        self.nodes[copy.0].replays = Some(original);
    }

    /// The node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The node of this full name.
    pub fn find(&self, name: &str) -> Option<NodeId> {
        self.by_name.get(name).copied()
    }

    /// All nodes with their ids, in order of definition.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (NodeId(index), node))
    }

    /// How many nodes there are.
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing is defined.
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The shortest name that tells the node apart: `scores` for `head.scores` where no other head has scores. What is
    /// done again over a longer text does not make the names of the first time longer.
    pub fn symbol(&self, id: NodeId) -> &str {
        let Node { name: full, replays, .. } = self.node(id);
        let full = full.as_str();
        let taken = |short: &str| {
            let alike = |node: &&Node| ends_with_part(&node.name, short);
            let counts = |node: &&Node| replays.is_some() || node.replays.is_none();
            self.nodes.iter().filter(alike).filter(counts).take(2).count() > 1
        };
        // A number alone, such as the `1` of `rnn.1`, would be read as a number.
        let is_number = |short: &str| short.bytes().all(|byte| byte.is_ascii_digit());
        let mut starts = full.rmatch_indices('.').map(|(dot, _)| &full[dot + 1..]);
        starts.find(|short| !taken(short) && !is_number(family_of(short))).unwrap_or(full)
    }
}

/// A name without the text that it belongs to: `1` of `1@animal`.
fn family_of(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

/// Whether `name` is `short` or ends in `.short`.
fn ends_with_part(name: &str, short: &str) -> bool {
    name.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
