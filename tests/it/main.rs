//! The specification of qkv: one binary, one module per subject.

mod book;
mod check;
mod cli;
mod compositions;
mod diagnostics;
mod expression;
mod fields;
mod graph;
mod invalid;
#[cfg(unix)]
mod job;
mod layers;
mod lessons;
#[cfg(unix)]
mod pty;
mod published;
mod reference;
mod robustness;
#[cfg(unix)]
mod terminal;
mod yaml;
