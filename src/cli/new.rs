//! `qkv new`: a lesson to begin with.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::library::CannotOpen;
use super::{Done, Failure, say};
use crate::both;
use crate::diagnostic::escaped;
use crate::files;
use crate::language::{Language, Localised, Words, words};
use crate::lesson::fields;
use crate::lesson::template::{SCHEMA_FILE, Template};
use crate::view::text::cells;

/// What a lesson is called that nobody has named.
const NAME: &str = "my-lesson";

/// What the commands do that are told to an author.
const NEXT: [Words; 3] = [
    words("walk it", "走一遍"),
    words("find everything that is wrong", "找出所有错误"),
    words("write a lesson, step by step", "一步一步学写课"),
];

/// Writes a template and, beside it, the files that it includes and the schema that its first line names.
pub(super) fn run(language: Language, file: Option<&Path>, chosen: Option<Template>) -> Done {
    let own_name = || file?.file_stem()?.to_str();
    let template = chosen.or_else(|| Template::named(own_name()?));
    let template = template.or_else(|| Template::named(Template::DEFAULT)).expect("it is one of the table");
    let text = template.text(language);
    if file == Some(Path::new("-")) {
        say(&text)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(other) = file.and_then(other_kind) {
        return Err(Failure::Call(other));
    }
    let path = create(file, text.as_bytes()).map_err(CannotOpen::File)?;
    let mut beside = Vec::new();
    for (name, text) in template.parts(language) {
        beside.push(match create_beside(&path, name, &text)? {
            Beside::Ours => both!("{name} stands beside it.", "旁边有 {name}。"),
            Beside::Other => both!(
                "{name} was there already and is another one; the lesson may not fit it.",
                "旁边原有的 {name} 内容不同，与这节课未必相符。"
            ),
        });
    }
    beside.push(match create_beside(&path, SCHEMA_FILE, &fields::schema())? {
        Beside::Ours => both!(
            "With {SCHEMA_FILE} beside it, an editor completes and checks as you type.",
            "旁边的 {SCHEMA_FILE} 让编辑器在输入时补全并检查。"
        ),
        Beside::Other => both!(
            "{SCHEMA_FILE} beside it is of another version; `qkv schema > {SCHEMA_FILE}` renews it.",
            "旁边的 {SCHEMA_FILE} 属于另一个版本；用 `qkv schema > {SCHEMA_FILE}` 更新。"
        ),
    });
    let name = escaped(&path.display().to_string());
    let (about, about_zh) = (template.about.en, template.about.zh);
    let written = both!("Written: {name}, {about}.", "已写好：{name}（{about_zh}）。");
    let calls = [format!("qkv play {name}"), format!("qkv check {name}"), "qkv help tutorial".to_owned()];
    let width = calls.iter().map(|call| cells(call)).max().unwrap_or_default();
    let told = calls.iter().zip(NEXT).map(|(call, what)| {
        let blanks = " ".repeat(width - cells(call));
        format!("  {call}{blanks}   {}", what.get(language))
    });
    let beside = beside.iter().map(|told| told.get(language).clone());
    let lines: Vec<String> = [written.get(language).clone()].into_iter().chain(beside).chain(told).collect();
    say(&(lines.join("\n") + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Endings of files that somebody may think of and that no lesson has.
const OTHER_KINDS: [&str; 16] = [
    "txt", "md", "doc", "docx", "rtf", "odt", "pdf", "html", "htm", "json", "toml", "csv", "tsv", "xls",
    "xlsx", "py",
];

/// What to say where a file of another kind is asked for.
fn other_kind(path: &Path) -> Option<Localised<String>> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let is_other = OTHER_KINDS.contains(&ending.as_str()) && !files::is_folder(path);
    let lesson = path.with_extension("yaml");
    let lesson = lesson.display();
    is_other.then(|| {
        both!(
            "a lesson is a file that ends in .yaml, not in .{ending}: write `qkv new {lesson}`",
            "课程文件以 .yaml 结尾，而不是 .{ending}：请写 `qkv new {lesson}`"
        )
    })
}

/// Writes the lesson where it was asked for; a name that nobody chose makes way for files that are there.
fn create(file: Option<&Path>, text: &[u8]) -> files::Result<PathBuf> {
    let folder = match file {
        None => Path::new(""),
        Some(path) if files::is_folder(path) || path.as_os_str().as_encoded_bytes().ends_with(b"/") => path,
        Some(path) => {
            let path = files::with_lesson_name(path);
            return files::create(&path, text).map(|()| path);
        }
    };
    let mut number = 1;
    loop {
        let name = if number == 1 { format!("{NAME}.yaml") } else { format!("{NAME}-{number}.yaml") };
        let path = folder.join(name);
        match files::create(&path, text) {
            Err(files::Error::Exists(_)) if number < 1000 => number += 1,
            done => return done.map(|()| path),
        }
    }
}

/// What stands under a name beside a lesson.
enum Beside {
    /// What was to be there.
    Ours,
    /// Something else, which was there before.
    Other,
}

/// Writes a file beside a lesson, unless there is one of this name.
fn create_beside(lesson: &Path, name: &str, text: &str) -> Result<Beside, Failure> {
    let path = lesson.with_file_name(name);
    match files::create(&path, text.as_bytes()) {
        Ok(()) => Ok(Beside::Ours),
        Err(files::Error::Exists(_)) => {
            let same = files::read_own(&path).is_ok_and(|found| found.as_deref() == Some(text));
            Ok(if same { Beside::Ours } else { Beside::Other })
        }
        Err(error) => Err(CannotOpen::File(error).into()),
    }
}
