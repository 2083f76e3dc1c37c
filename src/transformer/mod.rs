//! The parts of the Transformer as builders: each expands into named nodes of the graph. Beside them stand what it is
//! compared with, and how its parameters and its work are counted.

mod attention;
mod cbow;
mod cost;
mod count;
mod measures;
mod multi_head;
mod output;
mod parameters;
mod projection;
mod recurrence;
mod sizes;

pub use attention::{Attention, AttentionNodes, Masking, Naming, Rules, Scale, Source, Values};
pub use cbow::Cbow;
pub use cost::{Cost, Sight};
pub use count::{Count, MOST};
pub use measures::{Cosines, PrincipalComponents, Spread, SpreadUnit};
pub use multi_head::{Extras, Fused, Head, Heads, MultiHead, Output, Wanted};
pub use output::{Logits, Sampling, Unembedding};
pub use parameters::{Parameter, parameters};
pub use projection::{Layout, Projection};
pub use recurrence::Recurrence;
pub use sizes::{MODELS, Model, Parameters, Row, Sizes, Small, TOTAL, Tying, model};
