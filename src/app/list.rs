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
        Self { kind: ListKind::Actions(context), chosen: 0 }
    }

    /// The index of steps, at the present one.
    pub const fn index(step: usize) -> Self {
        Self { kind: ListKind::Index, chosen: step }
    }

    /// Moves in the list; gives what was taken, if anything. A lesson has `steps` steps.
    pub(super) fn update(&mut self, listing: Listing, steps: usize) -> Option<Choice> {
        let count = match self.kind {
            ListKind::Actions(context) => keymap::actions(context).count(),
            ListKind::Index => steps,
        };
        let last = count.saturating_sub(1);
        match listing {
            Listing::Next => self.chosen = (self.chosen + 1).min(last),
            Listing::Previous => self.chosen = self.chosen.saturating_sub(1),
            Listing::NextPage => self.chosen = (self.chosen + 10).min(last),
            Listing::PreviousPage => self.chosen = self.chosen.saturating_sub(10),
            Listing::First => self.chosen = 0,
            Listing::Last => self.chosen = last,
            Listing::Digit(digit) => self.chosen = typed(self.chosen, digit, count),
            Listing::Choose => {
                return match self.kind {
                    ListKind::Actions(context) => {
                        keymap::actions(context).nth(self.chosen).map(|action| Choice::Action(action.message))
                    }
                    ListKind::Index => Some(Choice::Step(self.chosen)),
                };
            }
            Listing::Erase | Listing::Close => {}
        }
        None
    }
}

/// The entry, from 0, after a digit is typed: 1 then 2 is entry 12 where there are so many, else entry 2.
fn typed(chosen: usize, digit: u8, count: usize) -> usize {
    let digit = usize::from(digit);
    let longer = (chosen + 1) * 10 + digit;
    let number = if longer <= count { longer } else { digit };
    if (1..=count).contains(&number) { number - 1 } else { chosen }
}
