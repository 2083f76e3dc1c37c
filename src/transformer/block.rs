//! The block: sublayers with what is around them, residual sums and norms (Vaswani et al. 2017, §3.1 and §5.4).

use super::attention::Naming;
use super::feed_forward::FeedForward;
use super::multi_head::MultiHead;
use super::norm::Norm;
use crate::graph::{CannotAdd, Graph, NodeId, Op, Part, op};

/// One layer of a Transformer: its sublayers one after the other, each with a residual sum around it.
#[derive(Debug, Clone)]
pub struct Block {
    /// At least one.
    pub sublayers: Vec<Sublayer>,
    /// Where the norms stand.
    pub order: Order,
}

/// What a block does in one go, between two residual sums.
#[derive(Debug, Clone)]
pub struct Sublayer {
    /// What it does.
    pub kind: SublayerKind,
    /// Its norm, if it has one.
    pub norm: Option<Norm>,
    /// The dropout of what it gives back, in training.
    pub dropout: Option<Dropping>,
}

/// What a sublayer does.
#[derive(Debug, Clone)]
pub enum SublayerKind {
    /// The positions look at each other. Where the heads look is set by the block.
    SelfAttention(MultiHead),
    /// The positions look at those of another text.
    CrossAttention {
        /// What they look at, `[keys, d_model]`: the output of the encoder.
        memory: NodeId,
        /// The heads. Where they look is set by the block.
        heads: MultiHead,
    },
    /// Each position on its own.
    FeedForward(FeedForward),
}

/// Where the norms of a block stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Before each sublayer, `X + sublayer(norm(X))`, as since GPT-2 (Xiong et al. 2020).
    Pre,
    /// After each sum, `norm(X + sublayer(X))`, as in the first paper.
    Post,
}

/// Dropout of what a sublayer gives back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropping {
    /// The probability that a number becomes 0; from 0 to below 1.
    pub rate: f64,
    /// What fixes which ones.
    pub seed: u64,
}

impl Block {
    /// Adds the nodes of the block, of which the last is `PREFIX.output`: for the first sublayer `norm_1`,
    /// `attention.1.Q`, …, `attention.output`, `dropout_1` and `residual_1`, as far as they are needed.
    /// `[n, d_model] -> [n, d_model]`
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, from: NodeId, naming: &Naming) -> Result<NodeId, CannotAdd> {
        self.build_up_to(graph, from, naming, &naming.of("output"))
    }

    /// The same, where the last node is called `last`.
    pub(super) fn build_up_to(
        &self,
        graph: &mut Graph,
        from: NodeId,
        naming: &Naming,
        last: &str,
    ) -> Result<NodeId, CannotAdd> {
        graph.play(from, Part::Embeddings);
        let mut stream = from;
        for (index, sublayer) in self.sublayers.iter().enumerate() {
            let number = index + 1;
            let is_last = number == self.sublayers.len();
            let norm_name = naming.of(&format!("norm_{number}"));
            let inner = naming.inside(&format!("norm_{number}"));
            let before = sublayer.norm.as_ref().filter(|_| self.order == Order::Pre);
            let after = sublayer.norm.as_ref().filter(|_| self.order == Order::Post);
            let input = match before {
                Some(norm) => norm.build(graph, stream, &inner, &norm_name)?,
                None => stream,
            };
            let mut found = sublayer.kind.build(graph, input, naming)?;
            if let Some(Dropping { rate, seed }) = sublayer.dropout {
                let op = Op::Dropout(op::Dropout { of: found, rate, seed });
                found = graph.push(naming.of(&format!("dropout_{number}")), op, Part::Other)?;
            }
            let sum = if is_last && after.is_none() {
                last.to_owned()
            } else {
                naming.of(&format!("residual_{number}"))
            };
            // [n, d_model] + [n, d_model] -> [n, d_model]
            stream = graph.push(sum, Op::Add(op::Add { terms: vec![stream, found] }), Part::Residual)?;
            if let Some(norm) = after {
                let name = if is_last { last } else { &norm_name };
                stream = norm.build(graph, stream, &inner, name)?;
            }
        }
        Ok(stream)
    }
}

impl SublayerKind {
    fn build(&self, graph: &mut Graph, from: NodeId, naming: &Naming) -> Result<NodeId, CannotAdd> {
        match self {
            Self::SelfAttention(heads) => heads.looking(from, from).build(graph, &naming.inside("attention")),
            Self::CrossAttention { memory, heads } => {
                heads.looking(from, *memory).build(graph, &naming.inside("cross_attention"))
            }
            Self::FeedForward(network) => network.build(graph, from, &naming.inside("feed_forward")),
        }
    }
}
