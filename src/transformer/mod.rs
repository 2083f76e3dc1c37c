//! The parts of the Transformer as builders: each expands into named nodes of the graph.

mod attention;
mod measures;
mod multi_head;

pub use attention::{Attention, AttentionNodes, Naming, Scale, Source, Values};
pub use measures::{Cosines, PrincipalComponents, Spread, SpreadUnit};
pub use multi_head::{Head, MultiHead};
