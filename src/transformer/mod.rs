//! The parts of the Transformer as builders: each expands into named nodes of the graph.

mod attention;
mod multi_head;
mod output;

pub use attention::{Attention, AttentionNodes, Naming, Scale, Source, Values};
pub use multi_head::{Head, MultiHead};
pub use output::{Logits, Sampling, Unembedding};
