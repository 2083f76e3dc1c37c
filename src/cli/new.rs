//! `qkv new`: a lesson to begin with.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::library::CannotOpen;
use super::{Done, Failure, say};
use crate::both;
use crate::diagnostic::escaped;
use crate::files;
use crate::language::{Language, Localised};
use crate::lesson::fields;
use crate::lesson::template::{SCHEMA_FILE, Template};

/// What a lesson is called that nobody has named.
const NAME: &str = "my-lesson";

/// Writes a template and, beside it, the schema that its first line names.
pub(super) fn run(language: Language, file: Option<&Path>, template: Option<&str>) -> Done {
    let own_name = || file?.file_stem()?.to_str();
    let template = template.and_then(Template::named).or_else(|| Template::named(own_name()?));
    let template = template.or_else(|| Template::named(Template::DEFAULT)).expect("it is one of the table");
    let text = template.text(language);
    if file == Some(Path::new("-")) {
        say(&text)?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = create(file, text.as_bytes()).map_err(CannotOpen::File)?;
    let schema = create_schema(&path)?;
    let (name, about, about_zh) =
        (escaped(&path.display().to_string()), template.about.en, template.about.zh);
    let Localised { en, zh } = schema;
    let told = both!(
        "Written: {name}, {about}.\n{en}\n  qkv play {name}    walk it\n  qkv check {name}   find everything that is wrong\n",
        "已写好：{name}（{about_zh}）。\n{zh}\n  qkv play {name}    走一遍\n  qkv check {name}   找出所有错误\n"
    );
    say(told.get(language))?;
    Ok(ExitCode::SUCCESS)
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

/// Writes the schema beside a lesson, unless there is one; tells which.
fn create_schema(lesson: &Path) -> Result<Localised<String>, Failure> {
    let path = lesson.with_file_name(SCHEMA_FILE);
    let schema = fields::schema();
    match files::create(&path, schema.as_bytes()) {
        Ok(()) => {}
        Err(files::Error::Exists(_)) => {
            let same = files::read_own(&path).is_ok_and(|found| found.as_deref() == Some(schema.as_str()));
            if !same {
                return Ok(both!(
                    "{SCHEMA_FILE} beside it is of another version; `qkv schema > {SCHEMA_FILE}` renews it.",
                    "旁边的 {SCHEMA_FILE} 属于另一个版本；用 `qkv schema > {SCHEMA_FILE}` 更新。"
                ));
            }
        }
        Err(error) => return Err(CannotOpen::File(error).into()),
    }
    Ok(both!(
        "{SCHEMA_FILE} beside it lets an editor complete and check it while you type.",
        "旁边的 {SCHEMA_FILE} 让编辑器在输入时补全并检查。"
    ))
}
