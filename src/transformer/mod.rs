//! The parts of the Transformer as builders: each expands into named nodes of the graph.

mod attention;
mod block;
mod feed_forward;
mod measures;
mod multi_head;
mod norm;
mod output;
mod projection;
mod stack;

pub use attention::{Attention, AttentionNodes, Masking, Naming, Rules, Scale, Source, Values};
pub use block::{Block, Dropping, Order, Sublayer, SublayerKind};
pub use feed_forward::{FeedForward, Linear};
pub use measures::{Cosines, PrincipalComponents, Spread, SpreadUnit};
pub use multi_head::{Extras, Fused, Head, Heads, MultiHead, Output, Wanted};
pub use norm::{Norm, NormKind};
pub use output::{Logits, Sampling, Unembedding};
pub use projection::{Layout, Projection};
pub use stack::Stack;
