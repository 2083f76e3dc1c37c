//! Lessons: what a YAML file becomes once it is read and checked.
//!
//! [`Lesson`] is immutable, and nothing after the check can fail. Everything wrong with a file comes back as
//! [diagnostics](crate::diagnostic::Diagnostic), all of them at once.

mod builtin;
mod check;
pub mod expression;
pub mod fields;
mod mend;
pub mod parts;
mod prose;
pub mod published;
pub mod question;
mod rounds;
pub mod template;
mod tidy;
mod walkthrough;

use std::sync::Arc;

use crate::graph::{Axis, Convention, NodeId, Trace};
use crate::language::{Localised, Words, words};

pub use builtin::{Builtin, LESSONS};
pub use check::{Checked, Cover, StepPlaces, check, check_while, check_with, cover};
pub use mend::{Mended, mend, mend_with};
pub use prose::{Piece, Prose};
pub use published::Published;
pub use question::Question;
pub use rounds::first_round;
pub use tidy::tidy;

/// A text of a lesson, in both languages.
pub type Text = Localised<String>;

/// A lesson that is checked: its matrices with their values, and the steps through them.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Its title.
    pub title: Text,
    /// Where its example comes from.
    pub source: Option<Text>,
    /// What kind of numbers it has.
    pub honesty: Honesty,
    /// Whether tokens are rows or columns, until the learner turns them.
    pub convention: Convention,
    /// Its texts.
    pub texts: Vec<TokenText>,
    /// Its matrices.
    pub trace: Trace,
    /// Its steps, at least one.
    pub steps: Vec<Step>,
}

/// A text, cut into tokens.
#[derive(Debug, Clone)]
pub struct TokenText {
    /// Its name: `main`.
    pub name: String,
    /// Its tokens.
    pub tokens: Arc<Axis>,
    /// What each token means, for readers of the other language.
    pub gloss: Localised<Option<Vec<String>>>,
    /// How it was written, if the lesson's own model has written it.
    pub generation: Option<Generation>,
}

/// How a text was written token by token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// How many tokens were added.
    pub rounds: usize,
    /// Why there are no more.
    pub ending: Ending,
}

/// Why a text that is written token by token ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// This token was chosen.
    Token(String),
    /// As many tokens have been added as the lesson allows.
    Limit,
}

/// What kind of numbers a lesson or step shows; the learner is always told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Honesty {
    /// Made up, but every step is really computed.
    #[default]
    Toy,
    /// The source's own numbers, reproduced.
    Published,
    /// The weights of a trained model.
    Real,
}

impl Honesty {
    /// How the label reads on the screen.
    pub const fn words(self) -> Words {
        match self {
            Self::Toy => words("toy numbers", "示意数值"),
            Self::Published => words("published numbers", "原文数值"),
            Self::Real => words("real weights", "真实权重"),
        }
    }
}

/// One screen of a lesson.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its title in the index.
    pub title: Text,
    /// What it shows, in this order; may be empty.
    pub show: Vec<Shown>,
    /// How the last shown matrices come to be seen.
    pub reveal: Reveal,
    /// What is lit; the last that is one cell is explained.
    pub focus: Vec<Focus>,
    /// What it says.
    pub say: Localised<Prose>,
    /// What only the teacher is told.
    pub note: Option<Localised<Prose>>,
    /// What kind of numbers it shows.
    pub honesty: Honesty,
    /// Points and arrows, instead of matrices or beside them.
    pub plot: Option<Plot>,
    /// What a source has printed of it.
    pub published: Vec<Published>,
    /// What the learner is asked after all that.
    pub question: Option<Question>,
}

/// Something that a step shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A text of the lesson, by its place among the texts.
    Text(usize),
    /// A matrix.
    Matrix(NodeId),
}

/// In which portions the matrices of a step are uncovered, by stored rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reveal {
    /// At once.
    #[default]
    All,
    /// Row by row.
    Rows,
    /// Column by column.
    Columns,
    /// Cell by cell, along the rows.
    Cells,
}

/// What a step draws attention to: a row, a column or, with both, a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// In which matrix.
    pub node: NodeId,
    /// The stored row, from 0.
    pub row: Option<usize>,
    /// The stored column, from 0.
    pub column: Option<usize>,
}

/// Arrows between rows of matrices, drawn as points on two of their features.
#[derive(Debug, Clone)]
pub struct Plot {
    /// The names of the two features: to the right, and up.
    pub axes: [String; 2],
    /// The arrows.
    pub arrows: Vec<Arrow>,
}

/// One arrow of a plot.
#[derive(Debug, Clone)]
pub struct Arrow {
    /// Where it starts.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// What stands at its end.
    pub label: Text,
}

/// A row of a matrix as a point: its entries in two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The matrix.
    pub node: NodeId,
    /// The row.
    pub row: usize,
    /// The columns of the two features.
    pub columns: [usize; 2],
}
