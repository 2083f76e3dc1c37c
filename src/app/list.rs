//! Lists to choose from: all actions of a screen, and the index of steps.

use super::keymap::{self, Context};
use super::{Listing, Message};

/// A list with one entry chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// What is listed.
    pub kind: ListKind,
    /// The chosen entry, from 0.
    pub chosen: usize,
    /// The number that is being typed: the next digit goes on with it.
    pub typed: Typed,
}

/// A number that is being typed, digit by digit; anything but a digit ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Typed(Option<usize>);

impl Typed {
    /// Nothing typed yet.
    pub const NONE: Self = Self(None);

    /// The numbers that the next digit may mean, the longer one first.
    pub(super) fn candidates(self, digit: u8) -> impl Iterator<Item = usize> {
        let digit = usize::from(digit);
        self.0.map(|typed| typed * 10 + digit).into_iter().chain([digit])
    }

    /// Goes on with the number that was understood.
    pub(super) const fn understood(number: usize) -> Self {
        Self(Some(number))
    }
}

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// Everything that can be done on this screen.
    Actions(Context),
    /// The steps of the lesson.
    Index,
}

/// What was taken from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// A step, from 0.
    Step(usize),
    /// An action.
    Action(Message),
}

impl List {
    /// All actions of a screen.
    pub const fn actions(context: Context) -> Self {
        Self { kind: ListKind::Actions(context), chosen: 0, typed: Typed::NONE }
    }

    /// The index of steps, at the present one.
    pub const fn index(step: usize) -> Self {
        Self { kind: ListKind::Index, chosen: step, typed: Typed::NONE }
    }

    /// Moves in the list; gives what was taken, if anything. A lesson has `steps` steps.
    pub(super) fn update(&mut self, listing: Listing, steps: usize) -> Option<Choice> {
        let count = match self.kind {
            ListKind::Actions(context) => keymap::actions(context).count(),
            ListKind::Index => steps,
        };
        let last = count.saturating_sub(1);
        let typed = std::mem::take(&mut self.typed);
        match listing {
            Listing::Next => self.chosen = (self.chosen + 1).min(last),
            Listing::Previous => self.chosen = self.chosen.saturating_sub(1),
            Listing::NextPage => self.chosen = (self.chosen + 10).min(last),
            Listing::PreviousPage => self.chosen = self.chosen.saturating_sub(10),
            Listing::First => self.chosen = 0,
            Listing::Last => self.chosen = last,
            Listing::Digit(digit) => {
                if let Some(number) = typed.candidates(digit).find(|number| (1..=count).contains(number)) {
                    self.chosen = number - 1;
                    self.typed = Typed::understood(number);
                }
            }
            Listing::Choose => return self.choice(),
            Listing::Take(entry) if entry < count => {
                self.chosen = entry;
                return self.choice();
            }
            Listing::Take(_) | Listing::Erase | Listing::Close => {}
        }
        None
    }

    fn choice(&self) -> Option<Choice> {
        match self.kind {
            ListKind::Actions(context) => {
                keymap::actions(context).nth(self.chosen).map(|action| Choice::Action(action.message))
            }
            ListKind::Index => Some(Choice::Step(self.chosen)),
        }
    }
}
