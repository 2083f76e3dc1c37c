//! qkv: step through the attention mechanism of the Transformer, number by number, in a terminal.

pub mod diagnostic;
pub mod environment;
pub mod files;
pub mod language;
pub mod terminal;
pub mod yaml;
