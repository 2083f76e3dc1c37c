//! YAML, in the only module that names a YAML crate.
//!
//! Lessons are read as a [`Tree`] with positions, so that every finding has a place. The program's own files are
//! read and written as values.

use crate::diagnostic::Span;

/// A value with its place in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// From its first to past its last byte; of a block scalar, its text without the indicator.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a [`Tree`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A single value; see [`Scalar`].
    Scalar(Scalar),
    /// A list.
    List(Vec<Tree>),
    /// A map, in the order of the file. Duplicate keys are reported, and only the first is kept.
    Map(Vec<(Key, Tree)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its text, in NFC.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A scalar as written: the text in NFC, and whether quotes or a block say that it is text whatever it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its text after YAML's own unescaping and folding, in NFC.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: `0.5`, `creature`.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block, after `|` or `>`.
    Block,
}
