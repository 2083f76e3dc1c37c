//! The terminal is taken, drawn on, listened to, and always given back.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use pty_process::blocking::Command;

use crate::pty::{LeftOn, Pty, Signal, command, example};

const SIZE: (u16, u16) = (60, 16);
const CTRL_Z: &str = "\x1a";
const TAKEN: [LeftOn; 4] =
    [LeftOn::RawMode, LeftOn::AlternateScreen, LeftOn::HiddenCursor, LeftOn::BracketedPaste];

fn session() -> Command {
    command(example("session"))
}

fn started() -> Pty {
    let mut pty = Pty::start(SIZE, session());
    pty.wait_for_text("started");
    assert_eq!(pty.left_on(), TAKEN);
    pty
}

fn times(pty: &Pty, sequence: &str) -> usize {
    pty.written().matches(sequence).count()
}

fn assert_given_back_once(pty: &Pty) {
    assert_eq!(pty.left_on(), []);
    assert_eq!(times(pty, "\x1b[?1049l"), 1, "{:?}", pty.written());
}

fn assert_ends_by(signal: Signal) {
    let mut pty = started();
    pty.signal(signal);
    assert_eq!(pty.exit_status().signal(), Some(signal.as_raw()));
    assert_given_back_once(&pty);
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = started();
    pty.send("q");
    assert!(pty.exit_status().success());
    assert_given_back_once(&pty);
}

#[test]
fn an_error_gives_the_terminal_back_and_is_told_on_the_normal_screen() {
    let mut pty = started();
    pty.send("e");
    assert_eq!(pty.exit_status().code(), Some(1));
    assert_given_back_once(&pty);
    assert!(pty.screen().contents().contains("an error"));
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told_on_the_normal_screen() {
    let mut pty = started();
    pty.send("p");
    assert_eq!(pty.exit_status().code(), Some(101));
    assert_given_back_once(&pty);
    assert!(pty.screen().contents().contains("a panic"));
}

#[test]
fn a_panic_in_another_thread_gives_the_terminal_back_and_nothing_more_is_drawn() {
    let mut pty = started();
    pty.send("t");
    pty.wait_for_text("a panic elsewhere");
    assert_eq!(pty.left_on(), []);
    pty.send("x");
    pty.signal(Signal::TERM);
    assert_eq!(pty.exit_status().signal(), Some(Signal::TERM.as_raw()));
    assert_given_back_once(&pty);
    assert!(!pty.screen().contents().contains("60x16"));
}

#[test]
fn sigterm_gives_the_terminal_back_and_ends_the_program() {
    assert_ends_by(Signal::TERM);
}

#[test]
fn sighup_gives_the_terminal_back_and_ends_the_program() {
    assert_ends_by(Signal::HUP);
}

#[test]
fn sigint_gives_the_terminal_back_and_ends_the_program() {
    assert_ends_by(Signal::INT);
}

#[test]
fn sigquit_gives_the_terminal_back_and_ends_the_program() {
    assert_ends_by(Signal::QUIT);
}

#[test]
fn a_program_that_does_not_listen_any_more_is_ended_by_a_signal_all_the_same() {
    let mut pty = started();
    pty.send("b");
    pty.wait_for_text("busy");
    pty.signal(Signal::TERM);
    assert_eq!(pty.exit_status().signal(), Some(Signal::TERM.as_raw()));
    assert_given_back_once(&pty);
}

#[test]
fn after_a_stop_that_could_not_be_prepared_for_everything_is_drawn_again() {
    let mut pty = started();
    pty.signal(Signal::STOP);
    pty.wait_until_stopped();
    let before = times(&pty, "started");
    pty.signal(Signal::CONT);
    pty.wait_for_text("continue");
    assert_eq!(pty.left_on(), TAKEN);
    assert!(times(&pty, "started") > before);
}

#[test]
fn where_no_shell_could_continue_the_program_it_does_not_stop() {
    let mut pty = started();
    pty.send(CTRL_Z);
    pty.signal(Signal::TSTP);
    pty.send("x");
    pty.wait_for_text("key x");
    assert_eq!(pty.left_on(), TAKEN);
    pty.send("q");
    assert!(pty.exit_status().success());
    assert_given_back_once(&pty);
}

#[test]
fn another_size_draws_everything_again() {
    let mut pty = started();
    for (columns, rows) in [(100, 30), (20, 6), (1, 1), (80, 24)] {
        pty.resize((columns, rows));
        let size = format!("{columns}x{rows}");
        let shown = size[..size.len().min(usize::from(columns))].to_owned();
        pty.wait_for(|screen| screen.contents().starts_with(&shown));
    }
    pty.wait_for_text("resize 80x24");
}

#[test]
fn the_mouse_is_the_programs_only_when_it_asks_and_never_at_the_end() {
    let mut pty = started();
    pty.send("m");
    pty.wait_for_text("key m");
    assert!(pty.left_on().contains(&LeftOn::Mouse));
    pty.send("\x1b[<0;3;4M");
    pty.wait_for_text("mouse Down(Left)");
    pty.send("M");
    pty.wait_for_text("key M");
    assert!(!pty.left_on().contains(&LeftOn::Mouse));
    pty.send("mq");
    assert!(pty.exit_status().success());
    assert_given_back_once(&pty);
}

#[test]
fn a_paste_is_not_typing() {
    let mut pty = started();
    pty.send("\x1b[200~qqq\x1b[201~x");
    pty.wait_for_text("key x");
    assert!(!pty.screen().contents().contains("key q"));
}

#[test]
fn nothing_is_asked_of_the_terminal_and_every_frame_is_shown_at_once() {
    let mut pty = started();
    pty.send("x");
    pty.wait_for_text("key x");
    pty.signal(Signal::CONT);
    pty.wait_for_text("continue");
    pty.send("q");
    pty.exit_status();
    // Device attributes, cursor position, colours, keyboard flags, modes, capabilities.
    for question in ["\x1b[c", "\x1b[>", "\x1b[6n", "\x1b[5n", "\x1b]", "\x1b[?u", "$p", "\x1bP", "\x1b_"] {
        assert_eq!(times(&pty, question), 0, "{question:?}");
    }
    let frames = times(&pty, "\x1b[?2026h");
    assert!(frames >= 3);
    // The one bracket more that is closed is for a frame that may have been cut off: once for each giving back.
    assert_eq!(times(&pty, "\x1b[?2026l"), frames + times(&pty, "\x1b[?1049l"));
}

#[test]
fn colours_are_sent_unless_no_color_is_set_and_its_value_does_not_matter() {
    let mut coloured = started();
    coloured.wait_for(|screen| screen.cell(1, 0).is_some_and(|cell| cell.fgcolor() == vt100::Color::Idx(1)));
    let mut plain = Pty::start(SIZE, session().env("NO_COLOR", "0"));
    plain.wait_for_text("red");
    assert_eq!(plain.screen().cell(1, 0).unwrap().fgcolor(), vt100::Color::Default);
}

#[cfg(debug_assertions)]
#[test]
fn a_reader_of_keys_that_panics_ends_the_program_with_the_terminal_given_back() {
    let mut pty = started();
    // crossterm counts from 0 and takes 1 from the column, which only a build that checks for overflow notices.
    pty.send("\x1b[<0;0;0M");
    assert_eq!(pty.exit_status().code(), Some(9));
    assert_given_back_once(&pty);
    assert!(pty.screen().contents().contains("overflow"));
}

#[test]
fn closing_the_terminal_ends_the_program() {
    let mut pty = started();
    pty.close();
    let status = pty.exit_status();
    assert!(status.signal() == Some(Signal::HUP.as_raw()) || has_noticed_the_loss(status), "{status}");
}

#[test]
fn closing_the_terminal_ends_a_program_that_gets_no_signal_of_it() {
    // Only the leader of the session, here the shell, is told.
    let shell = command("/bin/sh").args(["-c", "trap '' HUP; \"$PROGRAM\"; exit $?"]);
    let mut pty = Pty::start(SIZE, shell.env("PROGRAM", example("session")));
    pty.wait_for_text("started");
    pty.close();
    let status = pty.exit_status();
    assert!(has_noticed_the_loss(status), "{status}");
}

/// It heard of the loss, or failed to draw.
fn has_noticed_the_loss(status: ExitStatus) -> bool {
    matches!(status.code(), Some(9 | 1))
}

#[test]
fn where_the_output_leads_elsewhere_the_terminal_is_not_touched() {
    let shell = command("/bin/sh").args(["-c", "\"$PROGRAM\" | cat"]);
    let mut pty = Pty::start(SIZE, shell.env("PROGRAM", example("session")));
    assert!(pty.exit_status().success());
    assert!(pty.screen().contents().contains("standard output is not a terminal"));
    assert!(!pty.written().contains('\x1b'), "{:?}", pty.written());
    assert_eq!(pty.left_on(), []);
}

#[cfg(target_os = "linux")]
#[test]
fn waiting_costs_no_time_of_the_processor() {
    let mut pty = started();
    let before = ticks(pty.process_id());
    assert!(pty.is_silent_for(Duration::from_millis(500)), "{:?}", pty.written());
    // A program that goes round in a circle would have used about fifty ticks.
    assert!(ticks(pty.process_id()) - before <= 1);
}

/// Hundredths of a second that a process has used so far, its own and the system's for it.
#[cfg(target_os = "linux")]
pub(crate) fn ticks(process: i32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The name in brackets may hold blanks; the state, field 3, comes after it, and the times are fields 14 and 15.
    let (_, after_name) = stat.rsplit_once(") ").unwrap();
    let fields: Vec<_> = after_name.split(' ').collect();
    fields[14 - 3].parse::<u64>().unwrap() + fields[15 - 3].parse::<u64>().unwrap()
}
