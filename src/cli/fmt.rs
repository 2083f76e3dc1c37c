//! `qkv fmt`: lesson files laid out.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::arguments::Formatting;
use super::difference::difference;
use super::library::{CannotOpen, source_of};
use super::{Done, FINDINGS, Failure, complain, say};
use crate::both;
use crate::diagnostic::{Source, escaped};
use crate::files;
use crate::language::{Language, Words, words};
use crate::lesson;

/// The mark that some editors put before the first letter of a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const LAID_OUT: Words = words("laid out", "已排好");
const AS_IT_WAS: Words = words("nothing to do", "无需改动");
const WOULD_CHANGE: Words = words("not laid out", "尚未排好");

/// Lays every file out. One that cannot be read is left alone and reported, and does not keep the others from it.
pub(super) fn run(language: Language, formatting: &Formatting) -> Done {
    let mut code = 0;
    for path in &formatting.files {
        for done in each(language, formatting, path) {
            match done {
                Ok(found) => code = code.max(found),
                Err(Failure::Write(error)) => return Err(error.into()),
                Err(failure) => {
                    complain(failure.message().get(language));
                    code = code.max(failure.code());
                }
            }
        }
    }
    Ok(ExitCode::from(code))
}

/// Lays out what a path stands for: a file, the lessons of a folder, or standard input. Gives the exit code of each.
fn each(language: Language, formatting: &Formatting, path: &Path) -> Vec<Result<u8, Failure>> {
    if path.as_os_str() == "-" {
        return vec![standard_input(language, formatting)];
    }
    let lessons = if files::is_folder(path) {
        files::lessons_in(path).map_err(CannotOpen::File)
    } else {
        Ok(vec![PathBuf::from(path)])
    };
    match lessons {
        Ok(lessons) => lessons.iter().map(|lesson| file(language, formatting, lesson)).collect(),
        Err(cannot) => vec![Err(cannot.into())],
    }
}

/// Writes what comes in to standard output, laid out, so that editors can use it as a filter.
fn standard_input(language: Language, formatting: &Formatting) -> Result<u8, Failure> {
    let name = both!("standard input", "标准输入").get(language).clone();
    let bytes = files::read_input().map_err(CannotOpen::File)?;
    let laid = LaidOut::of(name, &bytes)?;
    if formatting.only_looks() {
        return Ok(laid.shown(language, formatting)?);
    }
    say(&laid.whole())?;
    Ok(0)
}

fn file(language: Language, formatting: &Formatting, path: &Path) -> Result<u8, Failure> {
    let bytes = files::read_lesson(path).map_err(CannotOpen::File)?;
    let laid = LaidOut::of(path.display().to_string(), &bytes)?;
    if formatting.only_looks() {
        return Ok(laid.shown(language, formatting)?);
    }
    if laid.changes() {
        files::write(path, laid.whole().as_bytes()).map_err(CannotOpen::File)?;
    }
    laid.tell(language, if laid.changes() { LAID_OUT } else { AS_IT_WAS })?;
    Ok(0)
}

/// A file, and how it looks laid out.
struct LaidOut {
    mark: &'static str,
    before: Source,
    after: String,
}

impl LaidOut {
    fn of(name: String, bytes: &[u8]) -> Result<Self, CannotOpen> {
        let before = source_of(name, bytes)?;
        let mark = if bytes.starts_with(BYTE_ORDER_MARK.as_bytes()) { BYTE_ORDER_MARK } else { "" };
        match lesson::tidy(&before) {
            Ok(after) => Ok(Self { mark, before, after }),
            Err(findings) => Err(CannotOpen::Findings { source: before, findings }),
        }
    }

    fn changes(&self) -> bool {
        self.before.text != self.after
    }

    /// The whole file as it is to be written.
    fn whole(&self) -> String {
        format!("{}{}", self.mark, self.after)
    }

    /// Tells what would be done, as far as that is asked for; the exit code says whether it is anything.
    fn shown(&self, language: Language, formatting: &Formatting) -> io::Result<u8> {
        if !self.changes() {
            return Ok(0);
        }
        if formatting.diff {
            say(&difference(&self.before.name, &self.before.text, &self.after))?;
        }
        if formatting.check {
            self.tell(language, WOULD_CHANGE)?;
        }
        Ok(FINDINGS)
    }

    fn tell(&self, language: Language, what: Words) -> io::Result<()> {
        let (name, en, zh) = (escaped(&self.before.name), what.en, what.zh);
        say(both!("{name}: {en}\n", "{name}：{zh}\n").get(language))
    }
}
