//! The specification of qkv: one binary, one module per subject.

mod expression;
