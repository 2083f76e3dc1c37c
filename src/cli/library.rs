//! The lessons that can be opened: built-in ones, files, and the files of folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use crate::app::Entry;
use crate::both;
use crate::diagnostic::{Diagnostic, Paint, Source, render};
use crate::files;
use crate::graph::Evaluation;
use crate::language::{Language, Localised};
use crate::lesson::parts::Unread;
use crate::lesson::{self, Builtin, Checked, LESSONS, Lesson, StepPlaces};
use crate::lint;

/// Lessons in the order of the menu.
#[derive(Debug, Clone)]
pub(super) struct Library {
    lessons: Vec<Place>,
}

/// Where a lesson is.
#[derive(Debug, Clone)]
enum Place {
    Builtin(Builtin),
    File(PathBuf),
}

/// Why a lesson cannot be opened.
#[derive(Debug)]
pub(super) enum CannotOpen {
    /// The file cannot be read.
    File(files::Error),
    /// It has errors.
    Findings { source: Source, findings: Vec<Diagnostic> },
    /// No built-in lesson and no file has this name.
    Unknown { name: String, near: Option<String> },
}

impl CannotOpen {
    pub(super) fn message(&self) -> Localised<String> {
        match self {
            Self::File(error) => error.message(),
            Self::Findings { source, .. } => {
                self.report().map(|report| format!("{}\n\n{report}", source.name))
            }
            Self::Unknown { name, near } => {
                let hint: Localised<String> = match near {
                    Some(near) => both!("did you mean `{near}`?", "是不是想写 `{near}`？"),
                    None => both!("`qkv list` shows the lessons", "用 `qkv list` 查看有哪些课程"),
                };
                let (en, zh) = (hint.en, hint.zh);
                both!(
                    "there is no lesson or file called `{name}`; {en}",
                    "没有名为 `{name}` 的课程或文件；{zh}"
                )
            }
        }
    }
}

/// A lesson that can be walked, and how it was read.
#[derive(Debug)]
pub(super) struct Good {
    pub(super) lesson: Arc<Lesson>,
    source: Source,
    /// What was found in it that is no error.
    findings: Vec<Diagnostic>,
    places: Vec<StepPlaces>,
}

impl Good {
    /// What `qkv check` would say of it, once the screens that it takes are laid out; `None` where all is well.
    pub(super) fn advice(self) -> Option<Localised<String>> {
        let Self { lesson, source, mut findings, places } = self;
        findings.extend(lint::advice(&source, &lesson, &places));
        (!findings.is_empty()).then(|| report(&source, &findings))
    }
}

/// A report on a file in both languages.
fn report(source: &Source, findings: &[Diagnostic]) -> Localised<String> {
    let render = |language| render(source, findings, language, Paint::Plain);
    Localised { en: render(Language::English), zh: render(Language::Chinese) }
}

impl CannotOpen {
    /// What is wrong, without the name of the file before it.
    pub(super) fn report(&self) -> Localised<String> {
        match self {
            Self::Findings { source, findings } => report(source, findings),
            Self::File(_) | Self::Unknown { .. } => self.message(),
        }
    }
}

impl Library {
    /// The lessons of files and folders, then the built-in ones.
    pub(super) fn gather(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut lessons = Vec::new();
        for path in paths {
            if files::is_folder(path) {
                let files = files::lessons_in(path).map_err(CannotOpen::File)?;
                if files.is_empty() {
                    let folder = path.display();
                    return Err(Failure::Call(both!(
                        "there is no lesson (*.yaml) in the folder {folder}",
                        "文件夹 {folder} 中没有课程（*.yaml）"
                    )));
                }
                lessons.extend(files.into_iter().map(Place::File));
            } else {
                files::read_lesson(path).map_err(CannotOpen::File)?;
                lessons.push(Place::File(path.clone()));
            }
        }
        lessons.extend(LESSONS.iter().copied().map(Place::Builtin));
        Ok(Self { lessons })
    }

    /// One lesson, by its number, its id or its path.
    pub(super) fn find(name: &str) -> Result<Self, CannotOpen> {
        let number = |builtin: &&Builtin| {
            builtin.id == name
                || builtin.number() == name
                || builtin.number().trim_start_matches('0') == name
                || builtin.id.split_once('-').is_some_and(|(_, words)| words == name)
        };
        if let Some(builtin) = LESSONS.iter().find(number) {
            return Ok(Self { lessons: vec![Place::Builtin(*builtin)] });
        }
        let path = Path::new(name);
        if files::exists(path) || name.contains(['/', '\\', '.']) {
            return Ok(Self { lessons: vec![Place::File(path.to_owned())] });
        }
        let near = crate::diagnostic::nearest(name, LESSONS.iter().map(|builtin| builtin.id));
        Err(CannotOpen::Unknown { name: name.to_owned(), near: near.map(str::to_owned) })
    }

    /// How many lessons there are.
    pub(super) const fn len(&self) -> usize {
        self.lessons.len()
    }

    /// The file of a lesson, if it is not built in.
    pub(super) fn path(&self, index: usize) -> Option<&Path> {
        match &self.lessons[index] {
            Place::Builtin(_) => None,
            Place::File(path) => Some(path),
        }
    }

    /// Reads and checks a lesson.
    pub(super) fn open(&self, index: usize) -> Result<Arc<Lesson>, CannotOpen> {
        let opened = self.open_while(index, &Evaluation::default(), &|_| {});
        opened.expect("nobody cancels it").map(|good| good.lesson)
    }

    /// Reads and checks a lesson whose evaluation somebody watches; `None` if they cancelled it. They are told of each
    /// file beside it before it is read.
    pub(super) fn open_while(
        &self,
        index: usize,
        evaluation: &Evaluation,
        reads: &dyn Fn(&Path),
    ) -> Option<Result<Good, CannotOpen>> {
        let source = match self.source(index) {
            Ok(source) => source,
            Err(cannot) => return Some(Err(cannot)),
        };
        let path = self.path(index);
        let read = beside(path);
        let reader = |name: &str| {
            if let Some(path) = path {
                reads(&files::part_path(path, name));
            }
            read(name)
        };
        let Checked { lesson, mut findings, advice, places } =
            lesson::check_while(&source, &reader, evaluation)?;
        Some(match lesson {
            Some(lesson) => {
                findings.extend(advice);
                Ok(Good { lesson: Arc::new(lesson), source, findings, places })
            }
            None => Err(CannotOpen::Findings { source, findings }),
        })
    }

    /// A lesson in the menu: its title, or its file's name where that cannot be read.
    pub(super) fn entry(&self, index: usize) -> Entry {
        let id = self.id(index);
        let number = match &self.lessons[index] {
            Place::Builtin(builtin) => builtin.number().parse().ok(),
            Place::File(_) => None,
        };
        let cover = self.source(index).ok().and_then(|source| lesson::cover(&source));
        let (title, source, steps) = match cover {
            Some(cover) => (cover.title, cover.source, cover.steps),
            None => (Localised { en: id.clone(), zh: id.clone() }, None, None),
        };
        Entry { id, key: self.key(index), number, title, source, steps, progress: None }
    }

    fn key(&self, index: usize) -> String {
        match &self.lessons[index] {
            Place::Builtin(builtin) => builtin.id.to_owned(),
            Place::File(path) => {
                std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string()
            }
        }
    }

    fn id(&self, index: usize) -> String {
        match &self.lessons[index] {
            Place::Builtin(builtin) => builtin.id.to_owned(),
            Place::File(path) => path.display().to_string(),
        }
    }

    fn source(&self, index: usize) -> Result<Source, CannotOpen> {
        match &self.lessons[index] {
            Place::Builtin(builtin) => Ok(builtin.source()),
            Place::File(path) => read(path),
        }
    }
}

/// A lesson file as a source.
pub(super) fn read(path: &Path) -> Result<Source, CannotOpen> {
    let bytes = files::read_lesson(path).map_err(CannotOpen::File)?;
    source_of(path.display().to_string(), &bytes)
}

/// What was read, as a source.
pub(super) fn source_of(name: String, bytes: &[u8]) -> Result<Source, CannotOpen> {
    Source::from_bytes(name, bytes).map_err(|not_utf8| {
        let not_utf8 = *not_utf8;
        CannotOpen::Findings { source: not_utf8.source, findings: vec![not_utf8.finding] }
    })
}

/// Reads the files beside a lesson; one that is in no folder has none.
pub(super) fn beside(lesson: Option<&Path>) -> impl Fn(&str) -> Result<Vec<u8>, Unread> {
    move |name| {
        let lesson = lesson.ok_or(Unread::NoFolder)?;
        files::read_part(lesson, name).map_err(|error| match error {
            files::Error::Missing(_) => Unread::Missing(files::names_beside(lesson, name)),
            files::Error::TooLarge(_) => Unread::TooLarge,
            files::Error::IsFolder(_)
            | files::Error::IsFile(_)
            | files::Error::Exists(_)
            | files::Error::MayNotRead(_)
            | files::Error::MayNotWrite(_)
            | files::Error::Read(..)
            | files::Error::Write(..) => Unread::Refused,
        })
    }
}
