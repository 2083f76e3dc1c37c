//! The specification of qkv: one binary, one module per subject.

mod book;
mod diagnostics;
mod expression;
mod fields;
mod graph;
#[cfg(unix)]
mod job;
mod layers;
mod lessons;
#[cfg(unix)]
mod pty;
mod published;
mod reference;
#[cfg(unix)]
mod terminal;
mod yaml;
