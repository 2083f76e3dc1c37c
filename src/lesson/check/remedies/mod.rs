//! What is to be typed where something is wrong or missing: the whole of it, and in which line.

pub(super) mod definition;
pub(super) mod example;
pub(super) mod fillings;
pub(super) mod insertion;
mod softmax;
