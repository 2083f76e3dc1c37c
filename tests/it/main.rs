//! The specification of qkv: one binary, one module per subject.

mod book;
mod diagnostics;
mod expression;
mod fields;
mod graph;
#[cfg(unix)]
mod job;
mod keys;
mod layers;
mod lessons;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod pty;
mod published;
mod reference;
mod screens;
#[cfg(unix)]
mod terminal;
mod walk;
mod yaml;
