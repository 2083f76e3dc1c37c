//! The specification of qkv: one binary, one module per subject.

mod book;
mod diagnostics;
mod expression;
mod fields;
#[cfg(unix)]
mod job;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod terminal;
mod yaml;
