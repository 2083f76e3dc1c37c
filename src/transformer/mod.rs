//! The parts of the Transformer as builders: each expands into named nodes of the graph. Beside them stand what it is
//! compared with, and how its parameters and its work are counted.

mod attention;
mod cbow;
mod cost;
mod count;
mod multi_head;
mod parameters;
mod recurrence;
mod sizes;

pub use attention::{Attention, AttentionNodes, Naming, Scale, Source, Values};
pub use cbow::Cbow;
pub use cost::{Cost, Sight};
pub use count::{Count, MOST};
pub use multi_head::{Head, MultiHead};
pub use parameters::{Parameter, parameters};
pub use recurrence::Recurrence;
pub use sizes::{Extras, MODELS, Model, Parameters, Row, Sizes, TOTAL, Unembedding, model};
