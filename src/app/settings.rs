//! What the learner chose for the look of things, and how far the learner has come.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answers::{self, Answers};
use crate::graph::Convention;

/// What the learner chose for the look of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The colours.
    #[serde(skip)]
    pub theme: ThemeName,
    /// The colours that the learner chose by key; only a choice is kept, not what a flag or the terminal said.
    #[serde(rename = "theme", skip_serializing_if = "Option::is_none")]
    pub chosen_theme: Option<ThemeName>,
    /// How many decimals numbers have on the screen.
    pub decimals: u8,
    /// The signs that are drawn; not kept, since terminals differ.
    #[serde(skip)]
    pub glyphs: Glyphs,
    /// Rows or columns whatever the lesson says first; not kept.
    #[serde(skip)]
    pub convention: Option<Convention>,
    /// Whether the teacher's notes are seen; not kept, lest a class see them by surprise.
    #[serde(skip)]
    pub notes: Notes,
}

/// Whether the teacher's notes are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Notes {
    /// They are not.
    #[default]
    Hidden,
    /// They are.
    Shown,
}

impl Notes {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Hidden => Self::Shown,
            Self::Shown => Self::Hidden,
        }
    }
}

/// The names of the themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// Light text on dark ground.
    #[default]
    Dark,
    /// Dark text on light ground, for projectors and daylight.
    Light,
    /// The strongest contrasts.
    HighContrast,
}

impl ThemeName {
    /// Every theme, in the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::HighContrast];

    /// The theme that a key goes on to.
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::HighContrast,
            Self::HighContrast => Self::Dark,
        }
    }
}

/// The signs that are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Glyphs {
    /// Lines, bars and dots of Unicode.
    #[default]
    Unicode,
    /// ASCII only, for terminals that draw ambiguous signs two cells wide.
    Ascii,
}

impl Glyphs {
    /// Both sets.
    pub const ALL: [Self; 2] = [Self::Unicode, Self::Ascii];
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::Dark,
            chosen_theme: None,
            decimals: 2,
            glyphs: Glyphs::Unicode,
            convention: None,
            notes: Notes::Hidden,
        }
    }
}

impl Settings {
    /// From two decimals on to six, and round again from none.
    pub const fn cycle_decimals(&mut self) {
        self.decimals = if self.decimals >= 6 { 0 } else { self.decimals + 1 };
    }
}

/// How far the learner has come, by the ids of lessons.
pub type ProgressBook = BTreeMap<String, Progress>;

/// How far the learner has come in a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The step that was last seen, from 1.
    pub step: usize,
    /// How many steps there were.
    pub steps: usize,
    /// What the learner has said to the questions.
    #[serde(default, skip_serializing_if = "Answers::is_empty", deserialize_with = "answers::readable")]
    pub answers: Answers,
}

impl Progress {
    /// How much of the lesson lies behind, from 0 to 1.
    pub fn share(&self) -> f64 {
        self.step as f64 / self.steps.max(1) as f64
    }

    /// Where to go on in a lesson that now has `steps` steps, from 0; a finished lesson starts over.
    pub const fn resume(&self, steps: usize) -> usize {
        if self.step >= steps { 0 } else { self.step.saturating_sub(1) }
    }
}
