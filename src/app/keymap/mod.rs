//! Keys: one table of what each key means where, with its words; the help, the footer and the menu of actions are
//! read from it.

#![expect(clippy::wildcard_enum_match_arm, reason = "key codes are a foreign and open set")]

mod question;
mod table;

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Answering, Curtain, Direction, Listing, Message, Model, Panel, Setting};
use crate::language::Words;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// In the menu of lessons.
    Menu,
    /// Before a lesson whose numbers are being computed.
    Opening,
    /// Before a report, until the file of the lesson is saved without mistakes.
    Waiting,
    /// In a lesson, walking.
    Walking,
    /// In a lesson, walking, at a question that is not answered.
    Asked,
    /// In a lesson, walking, at a question that is answered.
    Answered,
    /// Answering with typed signs.
    Typing,
    /// Answering with one of several options.
    Choosing,
    /// Answering with several options, or with all in an order.
    Picking,
    /// In a lesson, looking at cells.
    Looking,
    /// In the menu of actions.
    Actions,
    /// In the index of steps.
    List,
    /// In a text over the screen.
    Reading,
    /// In the field for a step's number.
    Jump,
}

/// A key with its modifiers; the shift of a letter is in the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: Control,
}

/// Whether the control key is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Control {
    Up,
    Held,
}

/// What some keys mean in some places.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The keys; the first is the one that lists of actions name.
    pub keys: &'static [Key],
    /// What they mean.
    pub message: Message,
    /// What they do, in a few words.
    pub help: Words,
    /// How the help names them.
    pub named: Named,
    /// How the footer names them, if it does.
    pub footer: Option<Footer>,
    /// Whether they are an entry of the menu of actions.
    pub listed: Listed,
}

/// How the help names the keys of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// By themselves.
    Alone,
    /// Together with those of the rows after it that do the same in other directions.
    Together(&'static [Key]),
    /// In a row before it.
    Before,
}

/// How the footer names keys.
#[derive(Debug, Clone)]
pub struct Footer {
    /// The lower it is, the sooner they are named when there is little room.
    pub rank: u8,
    /// The keys that are named, with those of other rows that belong to them.
    pub keys: &'static [Key],
    /// What they do, in a word or two.
    pub words: Words,
}

/// Whether a binding is an entry of the menu of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// It is.
    Yes,
    /// It only moves, or is what opens that menu.
    No,
}

impl Model {
    /// What a key means now. Behind the curtain any key opens it, also one that means nothing.
    pub fn message(&self, key: KeyEvent) -> Option<Message> {
        let curtain = (self.curtain == Curtain::Closed).then_some(Message::Set(Setting::Curtain));
        message(self.context(), key).or(curtain)
    }

    /// Whether keys are worth naming now: where a step shows no matrix, there is no number to look at.
    pub fn offers(&self, binding: &Binding) -> bool {
        let has_numbers = self.walk.as_ref().is_none_or(|walk| walk.shown().next().is_some());
        has_numbers || !matches!(binding.message, Message::Look(_))
    }
}

/// What a key means here; digits stand for themselves.
pub fn message(context: Context, event: KeyEvent) -> Option<Message> {
    let key = Key::of(event);
    if let Some(binding) = bindings(context).find(|binding| binding.keys.contains(&key)) {
        return Some(binding.message);
    }
    if let (Context::Typing, KeyCode::Char(sign), Control::Up) = (context, key.code, key.control) {
        return Some(Message::Answer(Answering::Type(sign)));
    }
    let KeyCode::Char(digit @ '0'..='9') = key.code else { return None };
    let digit = digit as u8 - b'0';
    match context {
        Context::Choosing | Context::Picking => Some(Message::Answer(Answering::Option(digit))),
        Context::Menu | Context::Actions | Context::List | Context::Jump => {
            Some(Message::List(Listing::Digit(digit)))
        }
        Context::Walking | Context::Asked | Context::Answered | Context::Looking => {
            Some(Message::Open(Panel::Jump(digit)))
        }
        Context::Reading | Context::Typing | Context::Opening | Context::Waiting => None,
    }
}

/// What can be done at every step of a lesson, whatever else the keys mean there.
const IN_A_LESSON: &[&[Binding]] =
    &[table::TURN, table::WINDOW, table::LESSON, table::APPEARANCE, table::HELP, table::ALWAYS];

/// The keys that mean something here, those of the place before those of everywhere.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    let (own, shared): (&[&[Binding]], &[&[Binding]]) = match context {
        Context::Menu => (&[table::MENU, table::APPEARANCE, table::HELP, table::ALWAYS], &[]),
        Context::Opening => (&[table::OPENING, table::APPEARANCE, table::ALWAYS], &[]),
        Context::Waiting => (
            &[table::WAITING, table::SCROLL, table::PAGES, table::APPEARANCE, table::HELP, table::ALWAYS],
            &[],
        ),
        Context::Walking => (&[table::WALKING, table::STEPS], IN_A_LESSON),
        Context::Answered => (&[table::WALKING, question::ANSWERED, table::STEPS], IN_A_LESSON),
        Context::Asked => (&[question::ASKED, table::STEPS], IN_A_LESSON),
        Context::Typing => (&[question::TYPING, table::HELP, table::ALWAYS], &[]),
        Context::Choosing => {
            (&[question::CHOOSING, table::WINDOW, question::CURTAIN, table::HELP, table::ALWAYS], &[])
        }
        Context::Picking => {
            (&[question::PICKING, table::WINDOW, question::CURTAIN, table::HELP, table::ALWAYS], &[])
        }
        Context::Looking => (&[table::LOOKING], IN_A_LESSON),
        Context::Actions => (&[table::LIST, table::OVER, table::APPEARANCE, table::ALWAYS], &[]),
        Context::List => (&[table::LIST, table::PAGES, table::APPEARANCE, table::ALWAYS], &[]),
        Context::Reading => {
            (&[table::SCROLL, table::READING, table::OVER, table::APPEARANCE, table::ALWAYS], &[])
        }
        Context::Jump => (&[table::JUMP, table::ALWAYS], &[]),
    };
    own.iter().chain(shared).copied().flatten()
}

/// Everything that can be done on this screen, for the menu of actions.
pub fn actions(context: Context) -> impl Iterator<Item = &'static Binding> {
    bindings(context).filter(|binding| binding.listed == Listed::Yes)
}

impl Key {
    const fn code(code: KeyCode) -> Self {
        Self { code, control: Control::Up }
    }

    const fn char(char: char) -> Self {
        Self::code(KeyCode::Char(char))
    }

    const fn control(code: KeyCode) -> Self {
        Self { code, control: Control::Held }
    }

    /// The key of an event. Fullwidth forms, as a Chinese input method sends them, are folded to the plain ones.
    fn of(event: KeyEvent) -> Self {
        let held = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char('\u{3000}') => KeyCode::Char(' '),
            KeyCode::Char('。') => KeyCode::Char('.'),
            KeyCode::Char(wide @ '\u{ff01}'..='\u{ff5e}') => {
                KeyCode::Char(char::from_u32(wide as u32 - 0xfee0).unwrap_or(wide))
            }
            code => code,
        };
        Self { code, control: if held { Control::Held } else { Control::Up } }
    }

    /// The event of pressing this key, for feeding keys written as text.
    pub fn event(self) -> KeyEvent {
        let modifiers = match self.control {
            Control::Up => KeyModifiers::NONE,
            Control::Held => KeyModifiers::CONTROL,
        };
        KeyEvent::new(self.code, modifiers)
    }

    /// Reads a key as [its text](Key#impl-Display-for-Key) writes it: `n`, `Right`, `Space`, `Ctrl+c`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("Ctrl+") {
            return Self::parse(rest).map(|key| Self { control: Control::Held, ..key });
        }
        if let Some((code, _)) = NAMES.iter().find(|(_, name)| *name == text) {
            return Some(Self::code(*code));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Some(Self::char(char)),
            _ => None,
        }
    }

    /// The sign of an arrow key, for help that is drawn with arrows.
    pub const fn arrow(self) -> Option<Direction> {
        if matches!(self.control, Control::Held) {
            return None;
        }
        match self.code {
            KeyCode::Up => Some(Direction::Up),
            KeyCode::Down => Some(Direction::Down),
            KeyCode::Left => Some(Direction::Left),
            KeyCode::Right => Some(Direction::Right),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.control == Control::Held {
            f.write_str("Ctrl+")?;
        }
        if let Some((_, name)) = NAMES.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(char) => write!(f, "{char}"),
            code => write!(f, "{code}"),
        }
    }
}

const NAMES: &[(KeyCode, &str)] = &[
    (KeyCode::Right, "Right"),
    (KeyCode::Left, "Left"),
    (KeyCode::Up, "Up"),
    (KeyCode::Down, "Down"),
    (KeyCode::Enter, "Enter"),
    (KeyCode::Esc, "Esc"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::BackTab, "BackTab"),
    (KeyCode::Char(' '), "Space"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::PageUp, "PgUp"),
    (KeyCode::PageDown, "PgDn"),
    (KeyCode::Backspace, "Backspace"),
];
