//! The parts of the Transformer as builders: each expands into named nodes of the graph.

mod attention;
mod measures;
mod multi_head;
mod output;
mod projection;

pub use attention::{Attention, AttentionNodes, Masking, Naming, Rules, Scale, Source, Values};
pub use measures::{Cosines, PrincipalComponents, Spread, SpreadUnit};
pub use multi_head::{Extras, Fused, Head, Heads, MultiHead, Output, Wanted};
pub use output::{Logits, Sampling, Unembedding};
pub use projection::{Layout, Projection};
