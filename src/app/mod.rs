//! The app: what the learner can do, as a pure function from message to model.
//!
//! What comes in is a [`Message`], which the [keymap] makes of keys; [`update`] changes the [`Model`], which is
//! cursors and settings, and gives back an [`Effect`] for the terminal to perform. Nothing here draws, reads or
//! writes.

pub mod answering;
mod answers;
pub mod keymap;
mod list;
mod looking;
mod message;
mod renew;
mod settings;
mod update;
mod walk;

use std::sync::Arc;

pub use answering::{Answering, Attempt, Attempts, Outcome};
pub use answers::Answers;
pub use list::{List, ListKind, Typed};
pub use looking::{Looking, Visit};
pub use message::{Direction, Effect, Listing, LookAt, Message, Panel, Setting, Walking};
pub use renew::Broken;
pub use settings::{Glyphs, Notes, Progress, ProgressBook, Settings, ThemeName};
pub use update::update;
pub use walk::{Field, Walk};

use crate::language::{Language, Localised};
use crate::lesson::question::Manner;
use crate::lesson::{Lesson, Text};

/// Everything that the screen depends on besides the lesson's own content.
#[derive(Debug, Clone)]
pub struct Model {
    /// The lessons to choose from.
    pub catalog: Vec<Entry>,
    /// Which of them the menu points at.
    pub chosen: usize,
    /// The number of a lesson that is being typed in the menu.
    pub typed: Typed,
    /// The lesson being walked; without one the menu is seen.
    pub walk: Option<Walk>,
    /// The lesson whose numbers are still being computed; it is walked as soon as they are there.
    pub opening: Option<Opening>,
    /// What is wrong with the lesson being walked or waited for since its file was last saved.
    pub broken: Option<Broken>,
    /// What could be better in the file of the lesson being walked, as the check prints it.
    pub advice: Option<Localised<String>>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// The language of everything on the screen.
    pub language: Language,
    /// What the learner chose for the look of things.
    pub settings: Settings,
    /// Whether the mouse is on.
    pub mouse: Mouse,
    /// Whether the screen is blanked.
    pub curtain: Curtain,
    /// The size of the screen in cells.
    pub size: Size,
}

/// A lesson in the menu.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What names it on the command line.
    pub id: String,
    /// What names it in the progress file, from wherever the program is started.
    pub key: String,
    /// Its number in the course, where it has one.
    pub number: Option<usize>,
    /// Its title, or the file's name where it cannot be read.
    pub title: Text,
    /// Where its example comes from.
    pub source: Option<Text>,
    /// How many steps it has, as far as that is known before it is opened.
    pub steps: Option<usize>,
    /// How far the learner has come, and what the learner has said to its questions.
    pub progress: Option<Progress>,
}

/// A lesson on its way from the file to the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Which lesson of the catalog.
    pub entry: usize,
    /// How many hundredths of its numbers are computed.
    pub percent: u8,
}

/// Something that lies over the screen until it is closed.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys of the screen below.
    Help {
        /// The screen whose keys they are.
        of: keymap::Context,
        /// The first line seen.
        scroll: usize,
    },
    /// The step as NumPy and PyTorch code.
    Code {
        /// The first line seen.
        scroll: usize,
    },
    /// Things to choose from.
    List(List),
    /// The number of a step is being typed.
    Jump(String),
    /// A report on a file that cannot be opened; scrolled by so many lines.
    Report {
        /// The report, as the check prints it.
        text: Localised<String>,
        /// The first line seen.
        scroll: usize,
    },
}

/// Whether the mouse is captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mouse {
    /// Not captured: the terminal's own selecting and copying works.
    #[default]
    Off,
    /// Wheel and clicks are for qkv.
    On,
}

/// Whether the screen shows anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Curtain {
    /// It does.
    #[default]
    Open,
    /// It is blank, so that the class looks at the teacher.
    Closed,
}

/// A size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
}

impl Model {
    /// The menu over these lessons.
    pub const fn new(catalog: Vec<Entry>, language: Language, settings: Settings, size: Size) -> Self {
        Self {
            catalog,
            chosen: 0,
            typed: Typed::NONE,
            walk: None,
            opening: None,
            broken: None,
            advice: None,
            overlay: None,
            language,
            settings,
            mouse: Mouse::Off,
            curtain: Curtain::Open,
            size,
        }
    }

    /// Puts the learner into a lesson, where the progress says or at the beginning.
    pub fn enter(&mut self, entry: usize, lesson: Arc<Lesson>) {
        let progress = self.catalog[entry].progress.as_ref();
        let step = progress.map_or(0, |progress| progress.resume(lesson.steps.len()));
        let attempts =
            progress.map(|progress| answers::found(&lesson, &progress.answers)).unwrap_or_default();
        self.chosen = entry;
        self.overlay = None;
        self.broken = None;
        self.advice = None;
        self.opening = None;
        self.walk = Some(Walk { attempts, ..Walk::new(entry, lesson, step, self.settings.convention) });
    }

    /// Notes in the catalog how far the learner has come in the lesson being walked, and what was said to its questions.
    pub fn remember(&mut self) {
        if let Some(walk) = &self.walk {
            let answers = answers::kept(&walk.lesson, &walk.attempts);
            let progress = Progress { step: walk.step + 1, steps: walk.lesson.steps.len(), answers };
            self.catalog[walk.entry].progress = Some(progress);
        }
    }

    /// The lesson of the catalog that is walked, or whose report has the screen to itself.
    pub fn shown_entry(&self) -> Option<usize> {
        let walked = self.walk.as_ref().map(|walk| walk.entry);
        walked.or(self.broken.as_ref().map(|broken| broken.entry))
    }

    /// What the keys mean now.
    pub fn context(&self) -> keymap::Context {
        if self.overlay.is_none() && self.opening.is_some() {
            return keymap::Context::Opening;
        }
        match (&self.overlay, &self.walk) {
            (Some(Overlay::List(List { kind: ListKind::Actions(_), .. })), _) => keymap::Context::Actions,
            (Some(Overlay::List(List { kind: ListKind::Index, .. })), _) => keymap::Context::List,
            (Some(Overlay::Jump(_)), _) => keymap::Context::Jump,
            (Some(Overlay::Help { .. } | Overlay::Code { .. } | Overlay::Report { .. }), _) => {
                keymap::Context::Reading
            }
            (None, None) if self.broken.is_some() => keymap::Context::Waiting,
            (None, None) => keymap::Context::Menu,
            (None, Some(walk)) if walk.looking.is_some() => keymap::Context::Looking,
            (None, Some(walk)) => match walk.answering() {
                Some(Manner::Typing) => keymap::Context::Typing,
                Some(Manner::One) => keymap::Context::Choosing,
                Some(Manner::Several | Manner::Order) => keymap::Context::Picking,
                None if walk.open_question().is_some() => keymap::Context::Asked,
                None if walk.current().question.is_some() => keymap::Context::Answered,
                None => keymap::Context::Walking,
            },
        }
    }
}
