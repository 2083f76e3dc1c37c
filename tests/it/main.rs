//! The specification of qkv: one binary, one module per subject.

mod check;
mod cli;
mod compositions;
mod diagnostics;
mod expression;
mod fields;
mod invalid;
#[cfg(unix)]
mod job;
#[cfg(unix)]
mod pty;
mod robustness;
#[cfg(unix)]
mod terminal;
mod yaml;
