//! `qkv play` while the lesson is being written: saved, it is shown; saved with mistakes, they stand beside it.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;

use crate::pty::{Pty, command};

const LESSON: &str = "title: Pets
text: black cat
matrices:
  - S: {given: {rows: main, cols: main, values: [[1, 2], [3, 4]]}}
steps:
  - {title: One, show: main, say: Two words.}
  - {title: Two, show: S, say: \"The number is {S[cat, black]}.\"}
";

/// A folder with a lesson that somebody works on.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.save("pets.yaml", LESSON);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Saves as most editors do: writes into the file.
    fn save(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    /// Saves as vim and others do: puts a new file in the place of the old one, which has another name for a moment.
    fn replace(&self, name: &str, text: &str) {
        let (path, backup, draft) = (self.path(name), self.path("pets.yaml~"), self.path("4913"));
        fs::rename(&path, &backup).unwrap();
        fs::write(&draft, text).unwrap();
        fs::rename(&draft, &path).unwrap();
        fs::remove_file(&backup).unwrap();
    }

    fn start(&self, arguments: &[&str]) -> Pty {
        let mut qkv = command(env!("CARGO_BIN_EXE_qkv"));
        qkv = qkv.env("HOME", self.0.path()).current_dir(self.0.path());
        Pty::start((80, 24), qkv.args(arguments))
    }

    /// The lesson at its second step.
    fn play(&self, more: &[&str]) -> Pty {
        let mut pty = self.start(&[&["play", "pets.yaml", "--step", "2"], more].concat());
        pty.wait_for_text("The number is 3.");
        pty
    }
}

fn quit(mut pty: Pty) {
    pty.send("\x03");
    assert!(pty.exit_status().success());
    assert_eq!(pty.left_on(), []);
}

#[test]
fn each_way_of_saving_is_seen_at_the_same_step() {
    let desk = Desk::new();
    let mut pty = desk.play(&[]);
    desk.save("pets.yaml", &LESSON.replace("[3, 4]", "[31, 4]"));
    pty.wait_for_text("The number is 31.");
    desk.replace("pets.yaml", &LESSON.replace("[3, 4]", "[32, 4]"));
    pty.wait_for_text("The number is 32.");
    // As long as before, and saved at the same moment as far as the disk tells.
    let written = fs::metadata(desk.path("pets.yaml")).unwrap().modified().unwrap();
    desk.save("pets.yaml", &LESSON.replace("[3, 4]", "[33, 4]"));
    let file = fs::File::options().write(true).open(desk.path("pets.yaml")).unwrap();
    file.set_modified(written).unwrap();
    pty.wait_for_text("The number is 33.");
    assert!(pty.screen().contents().contains("2/2"));
    quit(pty);
}

#[test]
fn mistakes_stand_beside_the_last_good_screen_until_they_are_mended() {
    let desk = Desk::new();
    let mut pty = desk.play(&["--watch"]);
    desk.replace("pets.yaml", &LESSON.replace("show: S", "shwo: S"));
    pty.wait_for_text("did you mean `show`?");
    let seen = pty.screen().contents();
    assert!(seen.contains("pets.yaml, line 7, column 18") && seen.contains("The number is 3."), "{seen}");
    pty.send("L");
    pty.wait_for_text("pets.yaml 第 7 行第 18 列");
    pty.send("L");
    pty.wait_for_text("the last good version stays");
    desk.replace("pets.yaml", &LESSON.replace("[3, 4]", "[34, 4]"));
    pty.wait_for_text("The number is 34.");
    assert!(!pty.screen().contents().contains("the last good version"));
    quit(pty);
}

#[test]
fn a_file_that_was_never_right_is_waited_for() {
    let desk = Desk::new();
    desk.save("pets.yaml", &LESSON.replace("show: S", "shwo: S"));
    let mut pty = desk.start(&["play", "pets.yaml", "--step", "2"]);
    pty.wait_for_text("did you mean `show`?");
    let seen = pty.screen().contents();
    assert!(seen.contains("pets.yaml, line 7, column 18") && seen.contains("opens as soon as"), "{seen}");
    desk.save("pets.yaml", &LESSON.replace("show: S", "show: T"));
    pty.wait_for_text("line 7, column 24");
    desk.replace("pets.yaml", LESSON);
    pty.wait_for_text("The number is 3.");
    desk.save("pets.yaml", &LESSON.replace("show: S", "shwo: S"));
    pty.wait_for_text("the last good version stays");
    quit(pty);
}

#[test]
fn in_front_of_a_class_a_file_that_is_not_right_is_told_at_once() {
    let desk = Desk::new();
    desk.save("pets.yaml", &LESSON.replace("show: S", "shwo: S"));
    let mut pty = desk.start(&["play", "pets.yaml", "--present"]);
    assert_eq!(pty.exit_status().code(), Some(1));
    assert!(pty.screen().contents().contains("did you mean `show`?"));
}

#[test]
fn what_could_be_better_is_told_apart_from_mistakes() {
    let desk = Desk::new();
    let silent = LESSON.replace(", say: Two words.", "");
    desk.save("pets.yaml", &silent);
    let mut pty = desk.play(&[]);
    pty.wait_for_text("e advice");
    pty.send("e");
    pty.wait_for_text("warning[wordless-step]");
    desk.save("pets.yaml", LESSON);
    pty.wait_for(|screen| !screen.contents().contains("advice") && !screen.contents().contains("wordless"));
    desk.save("pets.yaml", &silent.replace("show: S", "shwo: S"));
    pty.wait_for_text("the last good version stays");
    assert!(!pty.screen().contents().contains("advice"));
    quit(pty);
}

#[test]
fn a_file_that_is_gone_is_told_and_comes_back() {
    let desk = Desk::new();
    let mut pty = desk.play(&[]);
    fs::remove_file(desk.path("pets.yaml")).unwrap();
    pty.wait_for_text("does not exist");
    assert!(pty.screen().contents().contains("The number is 3."));
    desk.save("pets.yaml", LESSON);
    pty.wait_for(|screen| !screen.contents().contains("does not exist"));
    quit(pty);
}

#[test]
fn a_file_that_the_lesson_loads_or_includes_is_watched_even_while_it_is_missing() {
    let desk = Desk::new();
    desk.save("scores.csv", "1,2\n3,4\n");
    desk.save("words.yaml", "text: black cat\n");
    let lesson = LESSON.replace(
        "given: {rows: main, cols: main, values: [[1, 2], [3, 4]]}",
        "load: {file: scores.csv, rows: main, cols: main}",
    );
    desk.save("pets.yaml", &lesson.replace("text: black cat", "include: words.yaml"));
    let mut pty = desk.play(&[]);
    desk.save("scores.csv", "1,2\n31.5,4\n");
    pty.wait_for_text("The number is 31.5");
    fs::remove_file(desk.path("scores.csv")).unwrap();
    pty.wait_for_text("the last good version stays");
    desk.save("scores.csv", "1,2\n32.5,4\n");
    pty.wait_for_text("The number is 32.5");
    desk.save("words.yaml", "text: grey cat\n");
    pty.wait_for_text("the last good version stays");
    desk.save("words.yaml", "text: black cat\n");
    pty.wait_for(|screen| !screen.contents().contains("the last good version"));
    quit(pty);
}

#[test]
fn in_front_of_a_class_nothing_changes_and_nothing_is_written_to_an_idle_terminal() {
    let desk = Desk::new();
    let mut pty = desk.play(&["--present"]);
    while !pty.is_silent_for(Duration::from_millis(200)) {}
    desk.save("pets.yaml", &LESSON.replace("[3, 4]", "[35, 4]"));
    assert!(pty.is_silent_for(Duration::from_millis(1500)));
    quit(pty);
}

#[test]
fn a_broken_lesson_of_a_folder_is_waited_for_until_it_is_left() {
    let desk = Desk::new();
    desk.save("course/birds.yaml", &LESSON.replace("Pets", "Birds").replace("show: S", "shwo: S"));
    desk.save("course/pets.yaml", LESSON);
    let mut pty = desk.start(&["play", "course"]);
    pty.wait_for_text("Pets");
    pty.send("\r");
    pty.wait_for_text("did you mean `show`?");
    pty.send("q");
    pty.wait_for_text("File: course/birds.yaml");
    // What is saved now is not waited for any more.
    desk.save("course/birds.yaml", &LESSON.replace("Pets", "Geese").replace("show: S", "shwo: S"));
    pty.wait_for_text("Geese");
    pty.send("\r");
    pty.wait_for_text("did you mean `show`?");
    desk.save("course/birds.yaml", &LESSON.replace("Pets", "Ducks"));
    pty.wait_for_text("Two words.");
    pty.send("q");
    pty.wait_for_text("Ducks");
    quit(pty);
}

#[test]
fn a_folder_is_a_menu_that_grows_and_its_lessons_are_watched() {
    let desk = Desk::new();
    desk.save("course/pets.yaml", LESSON);
    let mut pty = desk.start(&["play", "course"]);
    pty.wait_for_text("Pets");
    desk.save("course/birds.yaml", &LESSON.replace("Pets", "Birds"));
    pty.wait_for_text("Birds");
    // The lesson that was chosen is still chosen.
    pty.send("\r");
    pty.wait_for_text("1/2");
    assert!(pty.screen().contents().contains("Pets"));
    desk.save("course/pets.yaml", &LESSON.replace("Two words", "Just two words"));
    pty.wait_for_text("Just two words.");
    desk.save("course/birds.yaml", &LESSON.replace("Pets", "Geese"));
    pty.send("q");
    pty.wait_for_text("Geese");
    quit(pty);
}
