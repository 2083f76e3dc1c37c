//! The specification of qkv: one binary, one module per subject.

mod diagnostics;
mod expression;
mod fields;
#[cfg(unix)]
mod job;
mod keys;
#[cfg(unix)]
mod program;
#[cfg(unix)]
mod pty;
mod screens;
#[cfg(unix)]
mod terminal;
mod walk;
mod yaml;
