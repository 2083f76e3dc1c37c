//! Lessons that take long to compute: the screen says so, and keys are heard meanwhile.

use crate::pty::Signal;

use super::{CTRL_C, ENTER, ESC, Home, assert_given_back, contents, quit};

/// A lesson whose numbers take longer than anybody would wait for in a test.
fn endless() -> String {
    let matrices = (0..20).map(|n| format!("  - W_{n}: {{random: {{rows: d, cols: d, seed: {n}}}}}\n"));
    format!(
        "title: {{en: Endless, zh: 无尽}}\naxes: {{d: 4096}}\nmatrices:\n{}",
        matrices.collect::<String>()
    )
}

/// One that takes longer than the screen waits before it says so, and is there soon after.
fn slow() -> String {
    let matrix = "{random: {rows: d, cols: d, seed: 7}}";
    format!(
        "title: {{en: Slow, zh: 慢}}\naxes: {{d: 300}}\nmatrices:\n  - W: {matrix}\n  \
         - V: {{transpose: W}}\n  - U: {{transpose: V}}\n"
    )
}

#[test]
fn a_lesson_that_takes_long_shows_its_title_and_how_far_it_is_until_it_is_there() {
    let home = Home::new();
    home.write("slow.yaml", slow());
    let mut pty = home.start(&["play", home.file("slow.yaml").to_str().unwrap(), "--step", "2"]);
    pty.wait_for(|screen| {
        let shown = screen.contents();
        shown.contains("Slow") && (shown.contains(" %") || shown.contains(" 2/2"))
    });
    pty.wait_for_text(" 2/2");
    quit(pty);
}

#[test]
fn whoever_does_not_want_to_wait_leaves_at_once() {
    for key in [ESC, "q", "\x7f", CTRL_C] {
        let home = Home::new();
        home.write("endless.yaml", endless());
        let mut pty = home.start(&["play", home.file("endless.yaml").to_str().unwrap()]);
        pty.wait_for_text("are being computed");
        assert!(contents(&pty).contains("Endless") && contents(&pty).contains(" %"));
        pty.send("L");
        pty.wait_for_text("正在计算");
        pty.send(key);
        assert!(pty.exit_status().success(), "{}", contents(&pty));
        assert_given_back(&pty);
        assert_eq!(contents(&pty).trim(), "");
    }
}

#[test]
fn from_the_menu_one_goes_back_to_the_menu_and_opens_another() {
    let home = Home::new();
    home.write("endless.yaml", endless());
    let mut pty = home.start(&[home.file("endless.yaml").to_str().unwrap()]);
    pty.wait_for_text("Endless");
    pty.send(ENTER);
    pty.wait_for_text("are being computed");
    pty.resize((60, 16));
    pty.wait_for(|screen| screen.contents_between(15, 0, 15, 60).contains("do not wait"));
    pty.send(ESC);
    pty.wait_for_text("How does attention work?");
    pty.send("5");
    pty.send(ENTER);
    pty.wait_for_text(" 1/18");
    quit(pty);
}

#[test]
fn a_signal_ends_the_waiting() {
    let home = Home::new();
    home.write("endless.yaml", endless());
    let mut pty = home.start(&["play", home.file("endless.yaml").to_str().unwrap()]);
    pty.wait_for_text("are being computed");
    pty.signal(Signal::TERM);
    pty.exit_status();
    assert_given_back(&pty);
}

#[test]
fn what_turns_out_wrong_only_by_its_numbers_is_reported_when_the_screen_is_given_back() {
    let home = Home::new();
    home.write("wrong.yaml", slow() + "expect: ['V[1, 1] = 77']\n");
    let path = home.file("wrong.yaml");
    let mut pty = home.start(&["play", path.to_str().unwrap(), "--present"]);
    assert_eq!(pty.exit_status().code(), Some(1));
    assert!(contents(&pty).contains("77"), "{}", contents(&pty));
    let (taken, given) = ("\x1b[?1049h", "\x1b[?1049l");
    assert_eq!(pty.written().matches(taken).count(), pty.written().matches(given).count());
    let mut watched = home.start(&["play", path.to_str().unwrap()]);
    watched.wait_for_text("opens as soon as");
    assert!(contents(&watched).contains("77"), "{}", contents(&watched));
    quit(watched);
}
