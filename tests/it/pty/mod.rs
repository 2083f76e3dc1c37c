//! A terminal for tests: a program runs in it, and the test sees its screen, types, and learns how the program ends.
//!
//! Nothing here sleeps: every wait is for something that the program does, with a deadline for when it does not.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, open};
use rustix::event::{PollFd, PollFlags, poll};
pub(crate) use rustix::process::Signal;
use rustix::process::{Pid, WaitOptions, kill_process, waitpid};
use rustix::termios::{Termios, tcgetattr};
use vt100::{MouseProtocolMode, Parser, Screen};

/// How long anything may take: far longer than it does even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// A program in a terminal that shows what it is told and answers nothing.
pub(crate) struct Pty {
    terminal: Option<Open>,
    modes_before: Termios,
    reports: Receiver<Report>,
    parser: Parser,
    written: Vec<u8>,
    process: Pid,
    state: State,
    output: Output,
}

/// The outer end of the terminal, and the thread that reads from it until its stream is dropped.
struct Open {
    end: pty_process::blocking::Pty,
    keep_reading: UnixStream,
    reader: JoinHandle<()>,
}

/// A mode of the terminal that a program has changed and not put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOn {
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
pub(crate) fn command(program: impl AsRef<Path>) -> Command {
    Command::new(program.as_ref())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TERM", "xterm")
        .env("LANG", "C.UTF-8")
        .env("HOME", "/nonexistent")
}

/// The path of an example program of the package, which `cargo test` builds beside the program.
pub(crate) fn example(name: &str) -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_qkv"));
    let example = program.with_file_name("examples").join(name);
    assert!(example.exists(), "`cargo build --examples` makes {}", example.display());
    example
}

impl Pty {
    /// Starts `command` in a terminal of `(columns, rows)`.
    pub(crate) fn start((columns, rows): (u16, u16), command: Command) -> Self {
        // A program started by another test between the opening and its marking as our own would keep the terminal.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let (end, inner) = open().unwrap();
        end.resize(Size::new(rows, columns)).unwrap();
        let modes_before = tcgetattr(&end).unwrap();
        let process = Pid::from_child(&command.spawn(inner).unwrap());
        drop(one);
        let (sender, reports) = mpsc::channel();
        let (keep_reading, stop_reading) = UnixStream::pair().unwrap();
        let readable = end.as_fd().try_clone_to_owned().unwrap();
        let to_output = sender.clone();
        let reader = thread::spawn(move || report_output(readable, &stop_reading, &to_output));
        thread::spawn(move || report_states(process, &sender));
        Self {
            terminal: Some(Open { end, keep_reading, reader }),
            modes_before,
            reports,
            parser: Parser::new(nonzero(rows), nonzero(columns), 0),
            written: Vec::new(),
            process,
            state: State::Running,
            output: Output::Open,
        }
    }

    /// Waits until the screen is as `wanted` says.
    ///
    /// # Panics
    ///
    /// If it never is, with what it is instead.
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Screen) -> bool) {
        self.wait_until(|pty| wanted(pty.screen()), "the screen");
    }

    /// Waits until `text` is on the screen.
    pub(crate) fn wait_for_text(&mut self, text: &str) {
        self.wait_until(|pty| pty.screen().contents().contains(text), text);
    }

    /// Waits until the program has written `sequence`.
    pub(crate) fn wait_for_written(&mut self, sequence: &str) {
        self.wait_until(|pty| pty.written().contains(sequence), sequence);
    }

    /// Waits until the program has been stopped, as a shell's job is. What it wrote before may still be on its way.
    pub(crate) fn wait_until_stopped(&mut self) {
        self.wait_until(|pty| pty.state == State::Stopped, "the program to stop");
    }

    /// Waits until the program has ended and everything it has written is on the screen.
    pub(crate) fn exit_status(&mut self) -> ExitStatus {
        self.wait_until(
            |pty| matches!(pty.state, State::Ended(_)) && pty.output == Output::Closed,
            "the program to end",
        );
        match self.state {
            State::Ended(status) => status,
            State::Running | State::Stopped => unreachable!("it has just ended"),
        }
    }

    /// Whether the program writes nothing for as long as `time`.
    pub(crate) fn is_silent_for(&mut self, time: Duration) -> bool {
        match self.reports.recv_timeout(time) {
            Ok(report) => {
                self.note(report);
                false
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => true,
        }
    }

    /// What the terminal shows now.
    pub(crate) fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Everything the program has written so far, sequences and all.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    /// The modes of the terminal that are not as they were before the program.
    pub(crate) fn left_on(&self) -> Vec<LeftOn> {
        let modes = tcgetattr(&self.open().end).unwrap();
        let before = &self.modes_before;
        let raw = modes.local_modes != before.local_modes
            || modes.input_modes != before.input_modes
            || modes.output_modes != before.output_modes
            || modes.control_modes != before.control_modes;
        let screen = self.screen();
        [
            (LeftOn::RawMode, raw),
            (LeftOn::AlternateScreen, screen.alternate_screen()),
            (LeftOn::HiddenCursor, screen.hide_cursor()),
            (LeftOn::Mouse, screen.mouse_protocol_mode() != MouseProtocolMode::None),
            (LeftOn::BracketedPaste, screen.bracketed_paste()),
        ]
        .into_iter()
        .filter_map(|(mode, is_on)| is_on.then_some(mode))
        .collect()
    }

    /// Types `keys`: text, and the sequences of keys that are not text.
    pub(crate) fn send(&mut self, keys: &str) {
        (&self.open().end).write_all(keys.as_bytes()).unwrap();
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.parser.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.open().end.resize(Size::new(rows, columns)).unwrap();
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&mut self, signal: Signal) {
        kill_process(self.process, signal).unwrap();
    }

    /// Closes the terminal under the program, as closing a window does.
    pub(crate) fn close(&mut self) {
        let Open { end, keep_reading, reader } = self.terminal.take().expect("the terminal is open");
        drop(keep_reading);
        reader.join().unwrap();
        drop(end);
    }

    /// The number of the program's process.
    pub(crate) fn process_id(&self) -> i32 {
        self.process.as_raw_pid()
    }

    fn open(&self) -> &Open {
        self.terminal.as_ref().expect("the terminal is open")
    }

    fn wait_until(&mut self, reached: impl Fn(&Self) -> bool, what: &str) {
        let deadline = Instant::now() + DEADLINE;
        while !reached(self) {
            match self.reports.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(report) => self.note(report),
                Err(error) => panic!(
                    "waited for {what} ({error}); the program: {:?}; left on: {:?}; the screen:\n{}",
                    self.state,
                    self.terminal.is_some().then(|| self.left_on()),
                    self.screen().contents(),
                ),
            }
        }
    }

    fn note(&mut self, report: Report) {
        match report {
            Report::Output(bytes) => {
                self.parser.process(&bytes);
                self.written.extend(bytes);
            }
            Report::OutputClosed => self.output = Output::Closed,
            Report::State(state) => self.state = state,
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        while let Ok(report) = self.reports.try_recv() {
            self.note(report);
        }
        if !matches!(self.state, State::Ended(_)) {
            let _ = kill_process(self.process, Signal::KILL);
        }
    }
}

fn report_output(readable: OwnedFd, stop: &UnixStream, reports: &Sender<Report>) {
    let mut buffer = [0; 4096];
    let mut source = std::fs::File::from(readable);
    loop {
        let mut ready = [PollFd::new(&source, PollFlags::IN), PollFd::new(stop, PollFlags::IN)];
        if poll(&mut ready, None).is_err() {
            continue;
        }
        if !ready[1].revents().is_empty() {
            break;
        }
        match source.read(&mut buffer) {
            // Linux ends the output of a terminal with an error, other systems with no bytes.
            Ok(0) => break,
            Ok(length) => {
                if reports.send(Report::Output(buffer[..length].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    let _ = reports.send(Report::OutputClosed);
}

fn report_states(process: Pid, reports: &Sender<Report>) {
    while let Ok(Some((_, status))) = waitpid(Some(process), WaitOptions::UNTRACED | WaitOptions::CONTINUED) {
        let state = if status.stopped() {
            State::Stopped
        } else if status.continued() {
            State::Running
        } else {
            State::Ended(ExitStatus::from_raw(status.as_raw()))
        };
        // If the test is over, only the process is still to be reaped.
        let _ = reports.send(Report::State(state));
        if matches!(state, State::Ended(_)) {
            return;
        }
    }
}

fn nonzero(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap()
}
