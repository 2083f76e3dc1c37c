//! qkv: step through the attention mechanism of the Transformer, number by number, in a terminal.

pub mod diagnostic;
pub mod language;
pub mod lesson;
pub mod yaml;
