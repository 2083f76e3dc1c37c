//! What leaves the screen: text to read and numbers for scripts.

pub mod findings;
pub mod text;
pub mod values;
