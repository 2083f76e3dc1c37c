//! What a person sees, as plain data: lines of text with roles, numbers as they are printed, and what is laid out where.
//! Nothing here knows about a terminal; the layer above gives the roles their colours.

pub mod glyphs;
pub mod number;
pub mod text;
pub mod wrap;
