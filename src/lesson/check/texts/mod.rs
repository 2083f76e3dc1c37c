//! What a lesson is about before any number is computed: axes, texts, vocabulary and glosses.

pub(super) mod axes;
pub(super) mod comment;
pub(super) mod gloss;
pub(super) mod lacking;
pub(super) mod unnamed;
