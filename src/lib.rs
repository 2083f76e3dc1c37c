//! qkv: step through the attention mechanism of the Transformer, number by number, in a terminal.

pub mod app;
pub mod diagnostic;
pub mod environment;
pub mod files;
pub mod graph;
pub mod language;
pub mod lesson;
pub mod math;
pub mod terminal;
pub mod transformer;
pub mod ui;
pub mod view;
pub mod yaml;
