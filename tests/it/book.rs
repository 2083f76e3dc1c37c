//! The pages that people read: every lesson in them is right, every field is explained, every command says what they show.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use qkv::diagnostic::{Paint, Source, render};
use qkv::language::Language;
use qkv::lesson::fields::{Kind, LESSON, MATRIX_KINDS, Record};
use qkv::lesson::parts::Unread;
use qkv::lesson::{LESSONS, check_with, cover};

use crate::cli::{COMMANDS, qkv};

const REFERENCE: [&str; 2] = ["assets/format.md", "assets/format.zh.md"];
const README: [(&str, &str); 2] = [("README.md", "en"), ("README.zh.md", "zh")];

pub(crate) fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .expect("the page is a file of this package")
}

/// The fenced blocks of a language, each with the line that it begins on.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<(usize, &'a str)> {
    let mut blocks = Vec::new();
    let mut start = None;
    let mut at = 0;
    for (number, line) in page.split_inclusive('\n').enumerate() {
        if let Some(rest) = line.trim_end().strip_prefix("```") {
            match start.take() {
                None => start = Some((rest == language, number + 2, at + line.len())),
                Some((wanted, number, start)) if wanted => blocks.push((number, &page[start..at])),
                Some(_) => {}
            }
        }
        at += line.len();
    }
    assert!(start.is_none(), "a block is not closed");
    blocks
}

/// The blocks that are whole lessons, but for the one that shows slips.
pub(crate) fn lessons(page: &str) -> Vec<(usize, &str)> {
    let titled = |text: &str| text.lines().any(|line| line.starts_with("title:"));
    let whole = |text: &str| titled(text) && !text.starts_with("# slips.yaml");
    blocks(page, "yaml").into_iter().filter(|(_, text)| whole(text)).collect()
}

/// The block whose first line names this file.
fn file_of(page: &str, name: &str) -> Option<Vec<u8>> {
    let blocks = ["yaml", "csv"].into_iter().flat_map(|language| blocks(page, language));
    let named = blocks.map(|(_, text)| text).find(|text| text.lines().next() == Some(&format!("# {name}")));
    named.map(|text| text.as_bytes().to_vec())
}

#[test]
fn every_lesson_on_the_pages_is_right() {
    for path in REFERENCE.into_iter().chain(README.map(|(path, _)| path)) {
        let page = page(path);
        let lessons = lessons(&page);
        assert!(!lessons.is_empty(), "{path} has no lesson");
        for (line, text) in lessons {
            let source = Source::new(format!("{path}, lesson in line {line}"), text);
            let checked =
                check_with(&source, &|name| file_of(&page, name).ok_or(Unread::Missing(Vec::new())));
            let report = render(&source, &checked.findings, Language::English, Paint::Plain);
            assert!(checked.findings.is_empty() && checked.lesson.is_some(), "{report}");
        }
    }
}

#[test]
fn every_kind_of_matrix_has_a_lesson_in_both_references() {
    for path in REFERENCE {
        let page = page(path);
        let lessons = lessons(&page);
        for kind in MATRIX_KINDS.fields {
            let made = format!("{}:", kind.name);
            let shown =
                |text: &str| text.split(|c: char| c.is_whitespace() || c == '{').any(|word| word == made);
            assert!(lessons.iter().any(|(_, text)| shown(text)), "{path} shows no `{}`", kind.name);
        }
    }
}

#[test]
fn every_field_is_named_in_both_references() {
    static ROOT: Kind = Kind::Record(&LESSON);
    let mut names = BTreeSet::new();
    collect(&ROOT, &mut BTreeSet::new(), &mut names);
    for path in REFERENCE {
        let page = page(path);
        let prose = without_blocks(&page);
        // Between backquotes is every second part.
        let marked: BTreeSet<&str> = prose
            .split('`')
            .skip(1)
            .step_by(2)
            .flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_').chain([code]))
            .collect();
        let missing: Vec<_> = names.iter().filter(|name| !marked.contains(**name)).collect();
        assert!(missing.is_empty(), "{path} lacks {missing:?}");
    }
}

fn without_blocks(page: &str) -> String {
    let mut inside = false;
    let outside = |line: &&str| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !inside && !fence
    };
    page.lines().filter(outside).collect::<Vec<_>>().join("\n")
}

fn collect(kind: &'static Kind, seen: &mut BTreeSet<&'static str>, names: &mut BTreeSet<&'static str>) {
    match kind {
        Kind::Choice(words) => names.extend(words.iter().map(|choice| choice.word)),
        Kind::Text | Kind::Word | Kind::Name | Kind::Expression | Kind::Count | Kind::Size => {}
        Kind::List { of, .. } | Kind::Map(of) | Kind::Named(of) => collect(of, seen, names),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| collect(kind, seen, names)),
        Kind::Record(record) | Kind::OneOf(record) => fields(record, seen, names),
    }
}

fn fields(record: &'static Record, seen: &mut BTreeSet<&'static str>, names: &mut BTreeSet<&'static str>) {
    if seen.insert(record.name) {
        for field in record.fields {
            names.insert(field.name);
            collect(&field.kind, seen, names);
        }
    }
}

#[test]
fn the_readme_shows_what_the_commands_really_print() {
    for (path, language) in README {
        let page = page(path);
        let folder = tempfile::tempdir().unwrap();
        save_files(&page, folder.path());
        let mut commands = 0;
        for (line, session) in blocks(&page, "console") {
            for (command, expected) in calls(session) {
                let printed = run(command, folder.path(), language);
                let (printed, expected) = (printed.trim_end(), expected.trim_end());
                match expected.strip_suffix("\n…") {
                    Some(beginning) => assert!(
                        printed.starts_with(beginning),
                        "{path}, session in line {line}: {command}\n{printed}"
                    ),
                    None => {
                        assert_eq!(printed, expected, "{path}, session in line {line}: {command}");
                    }
                }
                commands += 1;
            }
        }
        assert!(commands >= 5, "{path} shows only {commands} commands");
    }
}

#[test]
fn the_readme_has_a_line_for_every_lesson_and_every_command() {
    for (path, language) in README {
        let page = page(path);
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        for builtin in LESSONS {
            let title = cover(&builtin.source()).expect("shipped lessons have a title").title;
            let title = if language == "en" { title.en } else { title.zh };
            let own = format!("| `{}` | {title} |", &builtin.id[..2]);
            assert!(rows.iter().any(|row| row.starts_with(&own)), "{path} lacks {own}");
        }
        for command in COMMANDS {
            let own = format!("| `qkv {command}");
            let named = |row: &&str| row.strip_prefix(&own).is_some_and(|rest| rest.starts_with(['`', ' ']));
            assert!(rows.iter().any(named), "{path} lacks {own}`");
        }
    }
}

/// Saves the blocks whose first line names a file, as in `# pets.yaml`.
fn save_files(page: &str, folder: &Path) {
    for (_, text) in blocks(page, "yaml") {
        let name = text.lines().next().and_then(|line| line.strip_prefix("# "));
        let is_file = |name: &&str| Path::new(name).extension().is_some_and(|ending| ending == "yaml");
        if let Some(name) = name.filter(is_file) {
            fs::write(folder.join(name), text).expect("the folder was made for this");
        }
    }
}

/// The commands of a session with what they print.
fn calls(session: &str) -> Vec<(&str, &str)> {
    let parts = session.split("$ ").skip(1);
    parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
}

/// What a command prints, on standard output and then on standard error.
fn run(command: &str, folder: &Path, language: &str) -> String {
    let words: Vec<_> = command.split_whitespace().collect();
    assert_eq!(words[0], "qkv", "{command} runs another program");
    qkv(&words[1..]).inside(folder).env("QKV_LANG", language).run().written()
}
