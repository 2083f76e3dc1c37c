//! The specification of qkv: one binary, one module per subject.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod authoring;
mod book;
mod check;
mod cli;
mod compositions;
mod count;
mod diagnostics;
mod expression;
mod fields;
mod fixes;
mod graph;
mod help;
mod hints;
mod invalid;
#[cfg(unix)]
mod job;
mod keys;
mod layers;
mod lessons;
mod mistakes;
mod output;
mod padding;
mod parts;
mod printed;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod pty;
mod published;
mod reference;
mod right;
mod robustness;
mod said;
mod schema;
mod screens;
#[cfg(unix)]
mod terminal;
mod walk;
mod yaml;
