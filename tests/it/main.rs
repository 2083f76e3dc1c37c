//! The specification of qkv: one binary, one module per subject.

mod expression;
#[cfg(unix)]
mod job;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod terminal;
