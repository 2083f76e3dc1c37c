//! The program from outside: what it writes, where to, and how it ends.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod check;
mod print;
mod values;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use qkv::lesson::{self, LESSONS, Lesson};
use tempfile::TempDir;

/// A call of the program with nothing in its environment but a home of its own.
pub(crate) struct Call {
    command: Command,
    pub(crate) home: TempDir,
}

pub(crate) struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

pub(crate) fn qkv(arguments: &[&str]) -> Call {
    let home = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_qkv"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .current_dir(home.path())
        .stdin(Stdio::null());
    Call { command, home }
}

impl Call {
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Puts a file into the folder that the program runs in.
    pub(crate) fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Runs in another folder, which is its home as well.
    pub(crate) fn inside(mut self, folder: &Path) -> Self {
        self.command.env("HOME", folder).current_dir(folder);
        self
    }

    /// What comes through a pipe: a text so short that it waits there until it is read.
    pub(crate) fn piped(mut self, text: &str) -> Self {
        let (reader, mut writer) = std::io::pipe().unwrap();
        writer.write_all(text.as_bytes()).unwrap();
        self.command.stdin(reader);
        self
    }

    pub(crate) fn run(mut self) -> Outcome {
        let Output { status, stdout, stderr } = self.command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Outcome { code: status.code(), out: text(stdout), err: text(stderr) }
    }
}

impl Outcome {
    /// Asserts how it ended; gives both outputs.
    pub(crate) fn ends(self, code: i32) -> (String, String) {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        (self.out, self.err)
    }

    /// Both outputs, however it ended.
    pub(crate) fn written(self) -> String {
        self.out + &self.err
    }
}

const GOOD: &str =
    "title: {en: Short, zh: 短}\ntext: a fluffy blue creature\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";
const BAD: &str =
    "titel: {en: Short, zh: 短}\ntext: a fluffy blue creature\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";

/// Everything that the program can be told to do.
pub(crate) const COMMANDS: [&str; 12] = [
    "play", "list", "print", "new", "check", "explain", "help", "count", "fmt", "values", "doctor", "schema",
];

fn shipped(id: &str) -> Lesson {
    let builtin = LESSONS.iter().find(|builtin| builtin.id == id).unwrap();
    lesson::check(&builtin.source()).lesson.unwrap()
}

/// What a page of plain text must not have.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && c != '\n')
}

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    let call = |more: &[&str]| qkv(&[&["check", "bad.yaml"], more].concat()).file("bad.yaml", BAD);
    let escapes = |call: Call| call.run().ends(1).0.contains('\u{1b}');
    assert!(!escapes(call(&[])));
    assert!(!escapes(call(&[]).env("TERM", "xterm-256color").env("COLORTERM", "truecolor")));
    assert!(escapes(call(&["--color", "always"]).env("TERM", "xterm-256color")));
    // The flag is the newer word: it wins over the environment.
    assert!(escapes(call(&["--color", "always"]).env("TERM", "xterm-256color").env("NO_COLOR", "1")));
    assert!(!escapes(call(&["--color", "never"]).env("TERM", "xterm-256color")));
    assert!(!escapes(call(&[]).env("NO_COLOR", "1")));
}

#[test]
fn the_language_is_that_of_the_flag_then_qkv_lang_then_the_locale() {
    let chinese = |call: Call| call.file("bad.yaml", BAD).run().ends(1).0.contains("错误[");
    let check = |more: &[&str]| qkv(&[&["check", "bad.yaml"], more].concat());
    assert!(!chinese(check(&[])));
    assert!(chinese(check(&["--lang", "zh"])));
    assert!(chinese(check(&["--lang=zh"])));
    assert!(chinese(check(&[]).env("LANG", "zh_CN.UTF-8")));
    assert!(chinese(check(&[]).env("LANG", "en_US.UTF-8").env("LC_ALL", "zh_CN.UTF-8")));
    assert!(chinese(check(&[]).env("LANG", "en_US.UTF-8").env("QKV_LANG", "zh")));
    assert!(!chinese(check(&[]).env("LANG", "zh_CN.UTF-8").env("QKV_LANG", "en")));
    assert!(!chinese(check(&["--lang", "en"]).env("LANG", "zh_CN.UTF-8").env("QKV_LANG", "zh")));
}

#[test]
fn complaints_speak_the_language_too() {
    let (_, err) = qkv(&["check", "nowhere.yaml", "--lang", "zh"]).run().ends(2);
    assert!(err.contains("不存在"), "{err}");
    let (_, err) = qkv(&["values", "05", "head.skores"]).env("LANG", "zh_CN.UTF-8").run().ends(2);
    assert!(err.contains("是不是想写 `head.scores`"), "{err}");
    let (_, err) = qkv(&["print", "05-fluffy-blue-creatur", "--lang", "zh"]).run().ends(2);
    assert!(err.contains("是不是想写 `05-fluffy-blue-creature`"), "{err}");
}

#[test]
fn lessons_are_found_by_number_name_words_and_path() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/05-fluffy-blue-creature.yaml");
    let all = ["05", "5", "05-fluffy-blue-creature", "fluffy-blue-creature", path.to_str().unwrap()];
    let outputs: Vec<_> =
        all.iter().map(|name| qkv(&["values", name, "head.pattern"]).run().ends(0).0).collect();
    assert!(outputs.iter().all(|out| *out == outputs[0] && !out.is_empty()));
}

#[test]
fn the_list_has_every_lesson_with_its_title_in_the_language() {
    let (english, err) = qkv(&["list"]).run().ends(0);
    let (chinese, _) = qkv(&["list", "--lang", "zh"]).run().ends(0);
    assert_eq!(err, "");
    for builtin in LESSONS {
        let title = lesson::cover(&builtin.source()).unwrap().title;
        let line = |list: &str, title: &str| {
            list.lines().any(|line| line.starts_with(builtin.id) && line.ends_with(title))
        };
        assert!(line(&english, &title.en) && line(&chinese, &title.zh), "{english}\n{chinese}");
    }
    assert_eq!(english.lines().count(), LESSONS.len());
    let own = qkv(&["list", "course"]).file("course/own.yaml", GOOD).file("course/broken.yaml", "a: [");
    let (out, _) = own.run().ends(0);
    let own: Vec<_> = out.lines().filter(|line| line.starts_with("course")).collect();
    assert!(own.len() == 2 && own[0].contains("broken.yaml") && own[1].ends_with("Short"), "{out}");
    let (out, err) = qkv(&["list", "empty"]).file("empty/readme.txt", "").run().ends(2);
    assert!(out.is_empty() && err.contains("no lesson"), "{err}");
}

#[test]
fn help_and_version_are_told() {
    let (out, err) = qkv(&["--help"]).run().ends(0);
    assert_eq!(err, "");
    for option in ["--lang", "--color"] {
        assert!(out.contains(option), "{option}: {out}");
    }
    for command in COMMANDS {
        assert!(out.contains(&format!("\n  {command} ")), "{command}: {out}");
        assert!(qkv(&[command, "--help"]).run().ends(0).0.contains("Usage: qkv"), "{command}");
    }
    let (out, _) = qkv(&["--version"]).run().ends(0);
    assert_eq!(out, format!("qkv {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_wrong_call_ends_with_2_and_says_what_was_meant() {
    let (out, err) = qkv(&["print", "05-fluffy-blue-creatur"]).run().ends(2);
    assert_eq!(out, "");
    assert!(err.contains("did you mean `05-fluffy-blue-creature`?"), "{err}");
    let (_, err) = qkv(&["play", "sandwich"]).run().ends(2);
    assert!(err.contains("`qkv list` shows the lessons"), "{err}");
    qkv(&["check"]).run().ends(2);
    qkv(&["print"]).run().ends(2);
    qkv(&["values", "05", "--format", "xml"]).run().ends(2);
    qkv(&["print", "05", "--lang", "fr"]).run().ends(2);
    qkv(&["play", "05", "--step", "0"]).run().ends(2);
    let (_, err) = qkv(&["list", "nowhere"]).run().ends(2);
    assert!(err.contains("nowhere"), "{err}");
}

#[test]
fn names_of_files_cannot_reach_the_terminal_as_commands() {
    let (out, err) = qkv(&["check", "no\u{1b}[2J\u{7}where.yaml"]).run().ends(2);
    assert!(is_plain(&out) && is_plain(&err), "{err:?}");
    let (out, err) = qkv(&["print", "no\u{1b}[2Jwhere"]).run().ends(2);
    assert!(is_plain(&out) && is_plain(&err), "{err:?}");
    let title = "title: \"\\e[2Jx\"\n";
    let (out, _) = qkv(&["list", "a\u{1b}[2J.yaml"]).file("a\u{1b}[2J.yaml", title).run().ends(0);
    assert!(is_plain(&out), "{out:?}");
    let (out, _) = qkv(&["check", "a\u{1b}[2J.yaml"]).file("a\u{1b}[2J.yaml", GOOD).run().ends(0);
    assert!(is_plain(&out), "{out:?}");
}
