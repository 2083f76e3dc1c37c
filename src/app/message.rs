//! Messages into the app and effects out of it.

use super::{Answering, Mouse, Size};
use crate::graph::Place;

/// What the learner, or the terminal, wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Moves in the lesson.
    Walk(Walking),
    /// Looks at cells.
    Look(LookAt),
    /// Does something with the question of the step.
    Answer(Answering),
    /// Moves the window over a matrix that is larger than the screen.
    Scroll(Direction),
    /// Moves in the menu, a list or a text.
    List(Listing),
    /// Opens something over the screen.
    Open(Panel),
    /// Changes how things are shown.
    Set(Setting),
    /// Leaves the lesson, or the program from the menu.
    Quit,
    /// Ends the program at once.
    QuitNow,
    /// Stops the program until the shell continues it.
    Suspend,
    /// Draws everything anew.
    Repaint,
    /// The screen has another size.
    Resize(Size),
    /// So many hundredths of the lesson that is being opened are computed.
    Computed(u8),
}

/// Moves in the lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walking {
    /// On: the next portion of the step, or the next step.
    Next,
    /// Back: the portion or step before.
    Previous,
    /// The next step, whatever this one still hides.
    NextStep,
    /// The step before.
    PreviousStep,
    /// The first step.
    First,
    /// The last step.
    Last,
}

/// Looking at cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookAt {
    /// Starts at the focus of the step.
    Start,
    /// Stops looking and walks on.
    Leave,
    /// Moves to the neighbouring cell.
    Move(Direction),
    /// Marks the next operand of the explanation.
    NextOperand,
    /// Marks the operand before.
    PreviousOperand,
    /// Goes into the marked operand.
    Follow,
    /// Comes back out of an operand.
    Back,
    /// Looks at this very place.
    Select(Place),
}

/// Moves in the menu, a list or a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// One entry or line on.
    Next,
    /// One back.
    Previous,
    /// A page on.
    NextPage,
    /// A page back.
    PreviousPage,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// A digit of a number.
    Digit(u8),
    /// Takes the last digit back.
    Erase,
    /// Takes what is chosen.
    Choose,
    /// Takes this entry, from 0, which was clicked at.
    Take(usize),
    /// Closes the list or text.
    Close,
}

/// What can be opened over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// All actions.
    Actions,
    /// The index of steps.
    Index,
    /// The keys.
    Help,
    /// The step as code.
    Code,
    /// What is wrong with the lesson's file since it was last saved, or could be better.
    Report,
    /// A field for the number of a step, with its first digit.
    Jump(u8),
}

/// How things are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Turns rows into columns and back.
    Convention,
    /// Shows the other language.
    Language,
    /// Shows the next theme.
    Theme,
    /// Shows another number of decimals.
    Decimals,
    /// Shows or hides the teacher's notes.
    Notes,
    /// Switches the mouse on or off.
    Mouse,
    /// Blanks the screen, or shows it again.
    Curtain,
}

/// A direction on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// What is to be done outside of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but a new frame.
    None,
    /// Open this lesson of the catalog.
    Open(usize),
    /// Wait no longer for the lesson that was being opened, or whose file has mistakes.
    Cancel,
    /// Write down how far the learner has come in this lesson of the catalog.
    SaveProgress(usize),
    /// Write down the settings.
    SaveSettings,
    /// Capture the mouse or let it go.
    SetMouse(Mouse),
    /// Draw every cell anew.
    Repaint,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End the program.
    Quit,
}
