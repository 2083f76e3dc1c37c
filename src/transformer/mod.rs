//! The parts of the Transformer as builders: each expands into named nodes of the graph. Beside them stand what it is
//! compared with, and how its parameters and its work are counted.

mod attention;
mod block;
mod cbow;
mod cost;
mod count;
mod feed_forward;
mod measures;
mod multi_head;
mod norm;
mod output;
mod parameters;
mod projection;
mod recurrence;
mod sizes;
mod stack;

pub use attention::{Attention, AttentionNodes, Masking, Naming, Rules, Scale, Source, Values};
pub use block::{Block, Dropping, Order, Sublayer, SublayerKind};
pub use cbow::Cbow;
pub use cost::{Cost, Sight};
pub use count::{Count, MOST};
pub use feed_forward::{FeedForward, Linear};
pub use measures::{Cosines, PrincipalComponents, Spread, SpreadUnit};
pub use multi_head::{Extras, Fused, Head, Heads, MultiHead, Output, Wanted};
pub use norm::{Norm, NormKind};
pub use output::{Logits, Sampling, Unembedding};
pub use parameters::{Parameter, parameters};
pub use projection::{Layout, Projection};
pub use recurrence::Recurrence;
pub use sizes::{MODELS, Model, Parameters, Row, Sizes, Small, TOTAL, Tying, model};
pub use stack::Stack;
