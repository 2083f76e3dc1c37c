//! The `qkv` program.

const fn main() {}
