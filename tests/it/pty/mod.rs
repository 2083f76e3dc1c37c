//! A terminal for tests: a program runs in it, and the test sees its screen, types, and learns how the program ends.
//!
//! Nothing here sleeps: every wait is for something that the program does, with a deadline for when it does not.

use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, open};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::termios::{LocalModes, tcgetattr};
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long anything may take: far longer than it does even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// A program in a terminal that shows what it is told and answers nothing.
pub struct Pty {
    terminal: Option<Arc<pty_process::blocking::Pty>>,
    reports: Receiver<Report>,
    parser: Parser,
    written: Vec<u8>,
    process: Pid,
    state: State,
    output: Output,
}

/// A mode of the terminal that a program has changed and not put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOn {
    /// Keys arrive one by one, without echo.
    RawMode,
    /// The other screen.
    AlternateScreen,
    /// No cursor.
    HiddenCursor,
    /// The mouse reports to the program.
    Mouse,
    /// Pastes are set apart from typing.
    BracketedPaste,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Stopped,
    Ended(ExitStatus),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Open,
    Closed,
}

enum Report {
    Output(Vec<u8>),
    OutputClosed,
    State(State),
}

/// A command with the environment of a plain 16-colour terminal in English, and none of the caller's settings.
pub fn command(program: impl AsRef<Path>) -> Command {
    Command::new(program.as_ref())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TERM", "xterm")
        .env("LANG", "C.UTF-8")
        .env("HOME", "/nonexistent")
}

/// The path of an example program of the package, which `cargo test` builds beside the program.
pub fn example(name: &str) -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_qkv"));
    let example = program.with_file_name("examples").join(name);
    assert!(example.exists(), "`cargo build --examples` makes {}", example.display());
    example
}

impl Pty {
    /// Starts `command` in a terminal of `columns` × `rows`.
    pub fn start((columns, rows): (u16, u16), command: Command) -> Self {
        let (terminal, inner) = open().unwrap();
        terminal.resize(Size::new(rows, columns)).unwrap();
        let child = command.spawn(inner).unwrap();
        let process = Pid::from_child(&child);
        let terminal = Arc::new(terminal);
        let (sender, reports) = mpsc::channel();
        let to_output = sender.clone();
        let output = Arc::downgrade(&terminal);
        // The reading thread has a handle of its own, so that closing the terminal is one drop.
        let readable = output.upgrade().map(|terminal| rustix::io::dup(&*terminal).unwrap()).unwrap();
        thread::spawn(move || report_output(std::fs::File::from(readable), &to_output));
        thread::spawn(move || report_states(process, &sender));
        Self {
            terminal: Some(terminal),
            reports,
            parser: Parser::new(nonzero(rows), nonzero(columns), 0),
            written: Vec::new(),
            process,
            state: State::Running,
            output: Output::Open,
        }
    }
}

fn nonzero(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap()
}
