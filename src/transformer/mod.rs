//! The parts of the Transformer as builders: each expands into named nodes of the graph.

mod attention;
mod block;
mod feed_forward;
mod multi_head;
mod norm;
mod stack;

pub use attention::{Attention, AttentionNodes, Naming, Scale, Source, Values};
pub use block::{Block, Dropping, Order, Sublayer, SublayerKind};
pub use feed_forward::{FeedForward, Linear};
pub use multi_head::{Head, MultiHead};
pub use norm::{Norm, NormKind};
pub use stack::Stack;
