//! The program itself in a terminal: from the shell's prompt into a lesson and back.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod opening;
mod sent;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

use pty_process::blocking::Command;
use qkv::lesson::LESSONS;
use tempfile::TempDir;
use vt100::Color;

use crate::pty::{LeftOn, Pty, Signal, command};

const TAKEN: [LeftOn; 4] =
    [LeftOn::RawMode, LeftOn::AlternateScreen, LeftOn::HiddenCursor, LeftOn::BracketedPaste];
const USUAL: (u16, u16) = (80, 24);
const RIGHT: &str = "\x1b[C";
const DOWN: &str = "\x1b[B";
const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";

/// Somebody's home, and what was kept there.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn qkv(&self) -> Command {
        command(env!("CARGO_BIN_EXE_qkv")).env("HOME", self.0.path())
    }

    /// The program in a terminal of the usual size, with arguments.
    fn start(&self, arguments: &[&str]) -> Pty {
        Pty::start(USUAL, self.qkv().args(arguments))
    }

    /// A lesson at a step.
    fn lesson(&self, number: &str, step: &str) -> Pty {
        let mut pty = self.start(&["play", number, "--step", step]);
        pty.wait_for_text(&format!(" {step}/"));
        pty
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.file(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn progress(&self) -> String {
        fs::read_to_string(self.file(PROGRESS)).unwrap()
    }
}

const PROGRESS: &str = ".local/state/qkv/progress.yaml";
const SETTINGS: &str = ".config/qkv/settings.yaml";

fn contents(pty: &Pty) -> String {
    pty.screen().contents()
}

/// Quits at once, and everything is given back.
fn quit(mut pty: Pty) -> Pty {
    pty.send(CTRL_C);
    assert!(pty.exit_status().success(), "{}", contents(&pty));
    assert_given_back(&pty);
    pty
}

fn assert_given_back(pty: &Pty) {
    assert_eq!(pty.left_on(), []);
    assert_eq!(pty.written().matches("\x1b[?1049l").count(), 1, "{:?}", pty.written());
}

// From the menu to the pattern and back.

#[test]
fn from_the_menu_to_the_pattern_of_the_fluffy_creature_and_back_to_the_shell() {
    let home = Home::new();
    let mut pty = home.start(&[]);
    pty.wait_for_text("A fluffy blue creature");
    assert_eq!(pty.left_on(), TAKEN);
    let place = LESSONS.iter().position(|lesson| lesson.number() == "05").unwrap();
    pty.send(&DOWN.repeat(place));
    pty.send(ENTER);
    pty.wait_for_text(" 1/18");
    pty.send("12");
    pty.wait_for_text("12_");
    pty.send(ENTER);
    pty.wait_for_text("12/18");
    pty.send(&RIGHT.repeat(8));
    pty.wait_for_text("0.58");
    pty.wait_for_text("0.42");
    let pty = quit(pty);
    assert_eq!(
        contents(&pty).trim(),
        "Stopped at step 12/18. Go on with: qkv play 05-fluffy-blue-creature --step 12"
    );
}

#[test]
fn the_farewell_is_in_the_language_of_the_screen_and_what_it_says_works() {
    let home = Home::new();
    let mut pty = home.lesson("05", "7");
    pty.send("L");
    pty.wait_for_text("毛茸茸的蓝色生物");
    let farewell = contents(&quit(pty)).replace('\n', "");
    let (words, call) = farewell.split_once("qkv ").unwrap();
    assert_eq!(words, "停在第 7/18 步。继续：");
    let arguments: Vec<_> = call.split_whitespace().collect();
    let mut pty = home.start(&arguments);
    pty.wait_for_text(" 7/18");
    quit(pty);
}

#[test]
fn q_leads_from_the_lesson_to_the_menu_and_out_without_a_word() {
    let home = Home::new();
    let mut pty = home.start(&[]);
    pty.wait_for_text("A fluffy blue creature");
    pty.send(ENTER);
    pty.wait_for_text(" 1/16");
    pty.send("q");
    pty.wait_for_text("How does attention work?");
    pty.send("q");
    assert!(pty.exit_status().success());
    assert_given_back(&pty);
    assert_eq!(contents(&pty).trim(), "");
}

// What is kept.

#[test]
fn progress_and_settings_are_kept_for_the_next_run() {
    let home = Home::new();
    let mut pty = home.lesson("05", "7");
    pty.send("nc");
    pty.wait_for_text(" 8/18");
    quit(pty);
    let settings = fs::read_to_string(home.file(SETTINGS)).unwrap();
    assert!(settings.contains("theme: light"), "{settings}");
    assert!(home.progress().contains("05-fluffy-blue-creature"));

    let mut pty = home.start(&[]);
    pty.wait_for_text("8/18");
    pty.send("5");
    pty.send(ENTER);
    pty.wait_for_text("[");
    pty.wait_for_text(" 8/18");
    // The light theme has a light ground.
    assert_eq!(pty.screen().cell(5, 0).unwrap().bgcolor(), Color::Idx(15));
    quit(pty);
}

#[test]
fn answers_are_kept_for_the_next_run_and_nobody_else_may_read_them() {
    let home = Home::new();
    home.write("quiz.yaml", include_str!("../quiz.yaml"));
    let path = home.file("quiz.yaml");
    let quiz = ["play", path.to_str().unwrap(), "--step", "1"];
    let mut pty = home.start(&quiz);
    pty.wait_for_text("Question:");
    pty.send("\r4\r");
    pty.wait_for_text("Right:");
    quit(pty);
    let mut pty = home.start(&quiz);
    pty.wait_for_text("Right:");
    pty.send("a");
    pty.wait_for(|screen| !screen.contents().contains("Right:"));
    quit(pty);
    let folder = fs::metadata(home.file(".local/state/qkv")).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
}

#[test]
fn the_folders_of_the_desktop_are_respected() {
    let home = Home::new();
    let (config, data) = (home.file("config"), home.file("state"));
    let command = home.qkv().env("XDG_CONFIG_HOME", &config).env("XDG_STATE_HOME", &data);
    let mut pty = Pty::start(USUAL, command.args(["play", "06"]));
    pty.wait_for_text(" 1/12");
    pty.send("c");
    quit(pty);
    assert!(config.join("qkv/settings.yaml").exists() && data.join("qkv/progress.yaml").exists());
    assert!(!home.file(".config").exists() && !home.file(".local").exists());
}

#[test]
fn damaged_files_do_not_hurt_and_are_written_anew() {
    for damage in
        [&b"\xff\xfe\x00"[..], b"theme: [", b"theme: pink\ndecimals: -7", b"- - - 3", b"a: {step: x}", b""]
    {
        let home = Home::new();
        home.write(SETTINGS, damage);
        home.write(PROGRESS, damage);
        let mut pty = home.lesson("05", "7");
        pty.send("c");
        quit(pty);
        assert!(home.progress().contains("05-fluffy-blue-creature"), "{damage:?}");
        assert!(fs::read_to_string(home.file(SETTINGS)).unwrap().contains("theme: light"), "{damage:?}");
    }
}

#[test]
fn progress_beyond_the_end_of_a_lesson_does_not_hurt() {
    let home = Home::new();
    home.write(
        PROGRESS,
        "05-fluffy-blue-creature: {step: 4000000000, steps: 0}\n03-mole: {step: 0, steps: 13}\n",
    );
    for (lesson, start) in [("05", " 1/18"), ("03", " 1/13")] {
        let mut pty = home.start(&["play", lesson]);
        pty.wait_for_text(start);
        quit(pty);
    }
}

#[test]
fn what_cannot_be_kept_is_said_when_the_screen_is_given_back() {
    let home = Home::new();
    // A file where a folder should be.
    home.write(".local", "");
    let pty = quit(home.lesson("05", "7"));
    assert!(
        contents(&pty).contains("progress.yaml") || contents(&pty).contains(".local"),
        "{}",
        contents(&pty)
    );
    assert!(contents(&pty).contains("Stopped at step 7/18"));
}

// Signals, sizes and the shell.

#[test]
fn a_signal_in_a_lesson_gives_the_terminal_back_and_keeps_the_progress() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let home = Home::new();
        let mut pty = home.lesson("05", "7");
        pty.send("n");
        pty.wait_for_text(" 8/18");
        pty.signal(signal);
        assert_eq!(pty.exit_status().signal(), Some(signal.as_raw()));
        assert_given_back(&pty);
        assert!(home.progress().contains("step: 8"), "{}", home.progress());
    }
}

#[test]
fn closing_the_window_keeps_the_progress() {
    let home = Home::new();
    let mut pty = home.lesson("05", "9");
    pty.close();
    pty.exit_status();
    assert!(home.progress().contains("step: 9"), "{}", home.progress());
}

#[test]
fn another_size_draws_the_same_step_anew() {
    let home = Home::new();
    let mut pty = home.lesson("05", "7");
    for size in [(120, 36), (60, 16), (40, 12)] {
        pty.resize(size);
        // The keys stand in the last row, wherever that is.
        pty.wait_for(|screen| {
            let last = screen.contents_between(size.1 - 1, 0, size.1 - 1, size.0);
            last.contains('?') && screen.contents().contains(" 7/18")
        });
    }
    pty.resize((30, 8));
    pty.wait_for_text("qkv needs 40×12");
    pty.resize((1, 1));
    pty.resize(USUAL);
    pty.wait_for_text(" 7/18");
    quit(pty);
}

#[test]
fn a_key_that_is_pressed_while_the_size_changes_is_heard() {
    let home = Home::new();
    let mut pty = home.lesson("05", "1");
    for (step, width) in (2..=7).zip(70..) {
        pty.resize((width, 24));
        pty.send(RIGHT);
        pty.wait_for_text(&format!(" {step}/18"));
    }
    quit(pty);
}

#[test]
fn control_z_gives_the_terminal_to_the_shell_and_fg_comes_back_to_the_step() {
    let home = Home::new();
    let shell = command("/bin/sh").arg("-i").env("PS1", "shell> ").env("HOME", home.0.path());
    let mut pty = Pty::start(USUAL, shell.env("PROGRAM", env!("CARGO_BIN_EXE_qkv")));
    let prompts = |pty: &mut Pty, wanted: usize| {
        pty.wait_for(|screen| {
            !screen.alternate_screen() && screen.contents().matches("shell>").count() == wanted
        });
    };
    prompts(&mut pty, 1);
    pty.send("\"$PROGRAM\" play 05 --step 7\n");
    pty.wait_for_text(" 7/18");
    pty.send("n");
    pty.wait_for_text(" 8/18");
    pty.send(CTRL_Z);
    prompts(&mut pty, 2);
    pty.send("echo us''able\n");
    pty.wait_for_text("usable\n");
    prompts(&mut pty, 3);
    pty.send("fg\n");
    pty.wait_for(|screen| screen.alternate_screen() && screen.contents().contains(" 8/18"));
    pty.send(DOWN);
    pty.wait_for_text(" 9/18");
    pty.send(CTRL_C);
    prompts(&mut pty, 4);
    assert!(contents(&pty).contains("Stopped at step 9/18"));
    pty.send("exit\n");
    assert!(pty.exit_status().success());
}

// Files and folders.

const SHORT: &str =
    "title: {en: My lesson, zh: 我的课}\ntext: one two\naxes: {d_model: 3, d_k: 2}\nseed: 7\n";

#[test]
fn the_lessons_of_a_folder_are_listed_before_the_built_in_ones() {
    let home = Home::new();
    home.write("lessons/mine.yaml", SHORT);
    home.write("lessons/notes.txt", "no lesson");
    let mut pty = home.start(&[home.file("lessons").to_str().unwrap()]);
    pty.wait_for_text("My lesson");
    assert!(contents(&pty).contains("A fluffy blue creature") && !contents(&pty).contains("notes"));
    pty.send(ENTER);
    pty.wait_for_text(" 1/");
    let farewell = contents(&quit(pty));
    assert!(farewell.contains("mine.yaml"), "{farewell}");
}

#[test]
fn a_broken_file_shows_its_report_and_esc_returns_to_the_menu() {
    let home = Home::new();
    home.write("broken.yaml", SHORT.replace("seed: 7", "sede: 7"));
    let mut pty = home.start(&[home.file("broken.yaml").to_str().unwrap()]);
    pty.wait_for_text("How does attention work?");
    pty.send(ENTER);
    pty.wait_for_text("sede");
    pty.send(ESC);
    pty.wait_for(|screen| !screen.contents().contains("sede"));
    pty.send("q");
    assert!(pty.exit_status().success());
    assert_given_back(&pty);
}

#[test]
fn a_broken_file_that_is_not_watched_is_reported_without_taking_the_screen() {
    let home = Home::new();
    home.write("broken.yaml", SHORT.replace("seed: 7", "sede: 7"));
    let mut pty = home.start(&["play", home.file("broken.yaml").to_str().unwrap(), "--present"]);
    assert_eq!(pty.exit_status().code(), Some(1));
    assert!(contents(&pty).contains("sede"), "{}", contents(&pty));
    assert!(!pty.written().contains("\x1b[?1049h"));
    let mut pty = home.start(&["play", "no-such-lesson"]);
    assert_eq!(pty.exit_status().code(), Some(2));
    assert!(contents(&pty).contains("no-such-lesson"), "{}", contents(&pty));
}

#[test]
fn a_terminal_that_only_prints_gets_plain_text() {
    let home = Home::new();
    for arguments in [&["play", "05"][..], &[]] {
        let mut pty = Pty::start((200, 200), home.qkv().args(arguments).env("TERM", "dumb"));
        assert!(pty.exit_status().success());
        assert!(contents(&pty).contains("A fluffy blue creature") || arguments.len() == 2);
        assert!(!pty.written().contains('\x1b'), "{:?}", pty.written());
    }
    assert!(!Path::new(&home.file(PROGRESS)).exists());
}
