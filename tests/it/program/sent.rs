//! What the program sends to the terminal, and what it makes of the mouse.

use std::time::Duration;

use vt100::MouseProtocolMode;

use super::{ENTER, ESC, Home, USUAL, contents, quit};
use crate::pty::Pty;

#[test]
fn a_terminal_that_answers_nothing_is_asked_nothing_and_every_frame_is_shown_at_once() {
    let home = Home::new();
    let mut pty = home.lesson("05", "1");
    pty.send("nLtcM?");
    pty.wait_for_text("按键");
    pty.resize((100, 30));
    pty.wait_for(|screen| {
        screen.contents_between(29, 0, 29, 100).contains('?') || screen.contents().contains("按键")
    });
    let pty = quit(pty);
    let written = pty.written();
    // Device attributes, cursor position, colours, keyboard flags, modes, capabilities.
    for question in ["\x1b[c", "\x1b[>", "\x1b[6n", "\x1b[5n", "\x1b]", "\x1b[?u", "$p", "\x1bP", "\x1b_"] {
        assert_eq!(written.matches(question).count(), 0, "{question:?}");
    }
    let frames = written.matches("\x1b[?2026h").count();
    assert!(frames >= 2);
    assert_eq!(written.matches("\x1b[?2026l").count(), frames + 1);
    let (written, _farewell) = written.split_once("\x1b[?1049l").unwrap();
    // Nothing is written between the frames but what takes the terminal, gives it back and sets the mouse.
    let between: String = written
        .split("\x1b[?2026h")
        .map(|piece| piece.rsplit_once("\x1b[?2026l").map_or(piece, |(_, after)| after))
        .collect();
    assert!(!between.contains("fluffy") && !between.contains("按键"), "{between:?}");
}

/// The lesson with these variables set, and the flag; what it has written once it stands.
fn written_with(variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let home = Home::new();
    let mut command = home.qkv().args(["play", "05", "--step", "12"]).args(arguments);
    for (name, value) in variables {
        command = command.env(name, value);
    }
    let mut pty = Pty::start(USUAL, command);
    pty.wait_for_text("12/18");
    quit(pty).written()
}

/// Whether a colour of any kind is chosen; giving the default colour back is none.
fn has_colours(written: &str) -> bool {
    let sequences =
        written.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m').map(|(inside, _)| inside));
    let numbers = sequences.filter(|inside| inside.chars().all(|char| char.is_ascii_digit() || char == ';'));
    numbers.flat_map(|inside| inside.split(';')).any(|number| {
        number.parse::<u16>().is_ok_and(|number| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
    })
}

#[test]
fn no_color_and_the_flag_send_no_colours_and_the_flag_is_stronger() {
    assert!(has_colours(&written_with(&[], &[])));
    assert!(!has_colours(&written_with(&[("NO_COLOR", "1")], &[])));
    assert!(!has_colours(&written_with(&[], &["--color", "never"])));
    assert!(has_colours(&written_with(&[("NO_COLOR", "1")], &["--color", "always"])));
}

#[test]
fn as_many_colours_are_used_as_the_terminal_says_it_has() {
    let (sixteen, many, all) = (
        written_with(&[], &[]),
        written_with(&[("TERM", "xterm-256color")], &[]),
        written_with(&[("COLORTERM", "truecolor")], &[]),
    );
    let (indexed, direct) = ("8;5;", "8;2;");
    let highest = |written: &str| {
        let numbers = written.split(indexed).skip(1).filter_map(|rest| rest.split(['m', ';']).next());
        numbers.filter_map(|number| number.parse::<u16>().ok()).max()
    };
    assert!(highest(&sixteen).is_none_or(|highest| highest < 16) && !sixteen.contains(direct));
    assert!(highest(&many).is_some_and(|highest| highest >= 16) && !many.contains(direct));
    assert!(all.contains(direct));
}

#[test]
fn the_mouse_is_the_terminals_until_a_key_asks_for_it_and_again_at_the_end() {
    let home = Home::new();
    let mut pty = home.lesson("05", "7");
    assert_eq!(pty.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    pty.send("M");
    pty.wait_for(|screen| screen.mouse_protocol_mode() != MouseProtocolMode::None);
    // The score of creature and fluffy, found where it stands on the screen.
    let (column, row) = position(&pty, "13.29").unwrap();
    pty.send(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 1, row + 1, column + 1, row + 1));
    pty.wait_for_text("scores[creature, fluffy]");
    pty.send("M");
    pty.wait_for(|screen| screen.mouse_protocol_mode() == MouseProtocolMode::None);
    pty.send("M");
    pty.wait_for(|screen| screen.mouse_protocol_mode() != MouseProtocolMode::None);
    quit(pty);
}

/// Where a text stands on the screen, in cells from the upper left.
fn position(pty: &Pty, text: &str) -> Option<(usize, u16)> {
    let (height, width) = pty.screen().size();
    let (height, width) = (height.get(), width.get());
    (0..height).find_map(|y| {
        let row = pty.screen().contents_between(y, 0, y, width);
        row.find(text).map(|byte| (row[..byte].chars().count(), y))
    })
}

const LARGE: &str = "{title: Large, axes: {rows: 200, d_k: 3}, matrices: [W: {random: {rows: rows, cols: d_k, seed: 1}}], steps: [{show: W, say: Large.}]}";

#[test]
fn the_wheel_moves_the_window_over_a_large_matrix_and_what_is_open() {
    let home = Home::new();
    home.write("large.yaml", LARGE);
    let mut pty = home.start(&["play", home.file("large.yaml").to_str().unwrap()]);
    pty.wait_for_text("rows 1–");
    pty.send("M");
    pty.wait_for(|screen| screen.mouse_protocol_mode() != MouseProtocolMode::None);
    pty.send(&"\x1b[<65;10;10M".repeat(3));
    pty.wait_for_text("rows 4–");
    pty.send("\x1b[<64;10;10M");
    pty.wait_for_text("rows 3–");
    pty.send(ENTER);
    pty.wait_for_text("Actions");
    pty.send("\x1b[<65;10;10M");
    pty.wait_for_text("›  2");
    // A click goes to what is seen, and there the list is seen.
    pty.send("\x1b[<0;10;10M");
    pty.send(ESC);
    pty.wait_for(|screen| !screen.contents().contains("Actions"));
    assert!(contents(&pty).contains("rows 3–"), "{}", contents(&pty));
    quit(pty);
}

#[cfg(target_os = "linux")]
#[test]
fn a_lesson_that_is_looked_at_costs_no_time_of_the_processor() {
    let home = Home::new();
    let mut pty = home.lesson("05", "12");
    pty.send("M\t");
    pty.wait_for_text("not shown yet");
    pty.wait_for(|screen| screen.mouse_protocol_mode() != MouseProtocolMode::None);
    // Whatever of the last frame is still on its way arrives first.
    while !pty.is_silent_for(Duration::from_millis(100)) {}
    let before = crate::terminal::ticks(pty.process_id());
    assert!(pty.is_silent_for(Duration::from_millis(500)), "{:?}", pty.written());
    assert!(crate::terminal::ticks(pty.process_id()) - before <= 1);
    quit(pty);
}
