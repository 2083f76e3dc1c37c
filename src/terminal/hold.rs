//! What this process has changed about the terminal, and how it is undone.
//!
//! The terminal belongs to the process, not to a value: a panic in any thread, a signal and the end of the session all
//! give it back. So its state is the one piece of global state in qkv.

use std::io::{self, Write};
use std::panic;
#[cfg(unix)]
use std::sync::TryLockError;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
#[cfg(unix)]
use std::{
    thread,
    time::{Duration, Instant},
};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, queue};

/// Whom the mouse belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mouse {
    /// The terminal: dragging selects text, as everywhere.
    #[default]
    Terminal,
    /// The program: clicks, drags and the wheel arrive as events.
    Program,
}

/// Takes the terminal, or takes it anew where something else may have changed it in the meantime.
pub(super) fn take() -> io::Result<()> {
    let mut hold = lock();
    // After a stop from outside, whoever had the terminal may have left other modes than crossterm believes.
    disable_raw_mode()?;
    enable_raw_mode()?;
    hold.taken = true;
    let taken = hold.entering().and_then(|sequences| send(&sequences));
    if taken.is_err() {
        hold.give_back();
    }
    taken
}

/// Gives the terminal back if it is taken. What fails is lost on a terminal that is itself lost.
pub(super) fn give_back() {
    lock().give_back();
}

/// Gives the terminal back as soon as no other thread is at it; only its modes where one is held up, as by a terminal
/// that takes nothing more.
#[cfg(unix)]
pub(super) fn give_back_soon() {
    const WRITES_END: Duration = Duration::from_millis(200);
    let until = Instant::now() + WRITES_END;
    loop {
        match HOLD.try_lock() {
            Ok(mut hold) => return hold.give_back(),
            Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner().give_back(),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                thread::sleep(Duration::from_millis(1));
            }
            Err(TryLockError::WouldBlock) => return drop(disable_raw_mode()),
        }
    }
}

/// Whether the terminal is taken.
pub(super) fn is_taken() -> bool {
    lock().taken
}

/// Whether the terminal is taken, or another thread is at it just now: never waits.
#[cfg(unix)]
pub(super) fn is_taken_or_busy() -> bool {
    match HOLD.try_lock() {
        Ok(hold) => hold.taken,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().taken,
        Err(TryLockError::WouldBlock) => true,
    }
}

/// Writes to the terminal if it is taken, all in one piece.
pub(super) fn write(sequences: &[u8]) -> io::Result<()> {
    // The lock is held while writing: a panic in another thread gives the terminal back after this frame, not within.
    let hold = lock();
    if hold.taken { send(sequences) } else { Ok(()) }
}

/// Gives the mouse to the program or to the terminal, now or when the terminal is next taken.
pub(super) fn set_mouse(mouse: Mouse) -> io::Result<()> {
    let mut hold = lock();
    if hold.mouse == mouse {
        return Ok(());
    }
    hold.mouse = mouse;
    if !hold.taken {
        return Ok(());
    }
    let mut sequences = Vec::new();
    match mouse {
        Mouse::Program => queue!(sequences, EnableMouseCapture)?,
        Mouse::Terminal => queue!(sequences, DisableMouseCapture)?,
    }
    send(&sequences)
}

/// Has every panic give the terminal back before its message is written.
pub(super) fn give_back_before_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let message = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            give_back();
            message(panic);
        }));
    });
}

#[derive(Debug)]
struct Hold {
    taken: bool,
    mouse: Mouse,
}

static HOLD: Mutex<Hold> = Mutex::new(Hold { taken: false, mouse: Mouse::Terminal });

fn lock() -> MutexGuard<'static, Hold> {
    // The two fields are true at every moment, so a panic elsewhere does not spoil them.
    HOLD.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hold {
    fn give_back(&mut self) {
        if !self.taken {
            return;
        }
        self.taken = false;
        // Each step is tried whatever became of the one before.
        drop(self.leaving().and_then(|sequences| send(&sequences)));
        drop(disable_raw_mode());
    }

    fn entering(&self) -> io::Result<Vec<u8>> {
        let mut sequences = Vec::new();
        queue!(sequences, EnterAlternateScreen, Clear(ClearType::All), cursor::Hide, EnableBracketedPaste)?;
        if self.mouse == Mouse::Program {
            queue!(sequences, EnableMouseCapture)?;
        }
        Ok(sequences)
    }

    fn leaving(&self) -> io::Result<Vec<u8>> {
        let mut sequences = Vec::new();
        // A frame may have been cut off in the middle, so its bracket and its style are closed first.
        queue!(sequences, EndSynchronizedUpdate, SetAttribute(Attribute::Reset))?;
        if self.mouse == Mouse::Program {
            queue!(sequences, DisableMouseCapture)?;
        }
        queue!(sequences, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
        Ok(sequences)
    }
}

fn send(sequences: &[u8]) -> io::Result<()> {
    let mut terminal = io::stdout().lock();
    terminal.write_all(sequences)?;
    terminal.flush()
}
