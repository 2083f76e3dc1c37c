//! Files beside a lesson: parts that several lessons share, and tables of numbers.
//!
//! Nothing here reads a file: the caller gives a [`Reader`]. The text of a part is appended to that of the lesson, so
//! that everything in it has a place; `Gathered::at_home` tells findings there by file, line and column.

mod csv;
mod home;
mod join;
mod npy;
mod path;
mod tables;
mod unread;

use std::collections::BTreeMap;

pub(super) use csv::SPREADSHEET_ERRORS;
pub(super) use tables::is_table;

use super::fields::{Kind, LESSON, as_meant, validate_part};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::math::Matrix;
use crate::yaml::{self, Tree, Value};

/// Reads a file by its path from the folder of the lesson, with `/` between folders and no `..` in it.
pub type Reader<'a> = dyn Fn(&str) -> Result<Vec<u8>, Unread> + 'a;

/// Why a file beside a lesson cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is none. These files are in its folder instead.
    Missing(Vec<String>),
    /// It is not in the folder of the lesson, or may not be read.
    Refused,
    /// It is too large.
    TooLarge,
    /// The lesson is in no folder: it is built in, or comes from standard input.
    NoFolder,
}

/// The [`Reader`] of a lesson that is in no folder, such as a built-in one.
///
/// # Errors
///
/// Always: there is nothing beside it.
pub fn no_folder(_: &str) -> Result<Vec<u8>, Unread> {
    Err(Unread::NoFolder)
}

/// The most files of one lesson.
const MOST_FILES: usize = 64;
/// The most bytes of all texts together.
const MOST_BYTES: usize = 8_000_000;
/// Parts inside of parts.
const DEEPEST: usize = 8;

/// A lesson with all that it includes.
pub(super) struct Gathered {
    /// The text of the lesson, and after it those of its parts.
    pub(super) source: Source,
    /// The lesson with what its parts have.
    pub(super) tree: Tree,
    /// Tables of numbers, by the place where their file is named.
    pub(super) tables: BTreeMap<Span, Table>,
    /// What is wrong with the files.
    pub(super) findings: Vec<Diagnostic>,
    /// Whether so much of what it includes is missing or contradicts it that nothing can be said of the rest.
    pub(super) is_incomplete: bool,
    /// The name of the lesson in its own folder.
    own_name: String,
    files: Vec<File>,
    /// The files that were looked for outside of the folder of the lesson.
    outside: Vec<String>,
}

/// The numbers of a file.
#[derive(Clone)]
pub(super) enum Table {
    /// Rows whose numbers have places.
    Rows(Tree),
    /// Numbers that are there at once.
    Matrix(Matrix),
}

/// A file whose text was appended.
struct File {
    /// From the folder of the lesson.
    name: String,
    span: Span,
    /// Where the lesson names it, or the part that names it.
    named: Span,
    content: Content,
}

/// What a file beside a lesson is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// A part of a lesson.
    Part,
    /// A table whose numbers are separated so.
    Table(csv::Separator),
}

impl Gathered {
    /// The lesson with its parts.
    pub(super) fn new(source: &Source, tree: Tree, reader: &Reader<'_>) -> Self {
        let mut gathered = Self {
            source: source.clone(),
            tree: Tree { span: tree.span, value: Value::Map(Vec::new()) },
            tables: BTreeMap::new(),
            findings: Vec::new(),
            is_incomplete: false,
            own_name: source.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            files: Vec::new(),
            outside: Vec::new(),
        };
        gathered.include_all(&tree, "", &mut Vec::new(), reader);
        let parts = std::mem::replace(&mut gathered.tree, tree);
        gathered.merge_before(parts);
        gathered.load_tables(reader);
        gathered
    }

    fn file_at(&self, span: Span) -> Option<&File> {
        self.files.iter().find(|file| file.span.start <= span.start && span.start <= file.span.end)
    }

    fn include_all(&mut self, tree: &Tree, folder: &str, above: &mut Vec<String>, reader: &Reader<'_>) {
        let Some(include) = tree.get("include") else { return };
        for item in include.as_list().unwrap_or(std::slice::from_ref(include)) {
            let Some(path) = item.as_text() else { continue };
            for path in self.several(path, item.span) {
                if self.include(path, item.span, folder, above, reader).is_none() {
                    self.is_incomplete = true;
                }
            }
        }
    }

    /// Adds what a part has; `None` where it cannot be used, which is reported.
    fn include(
        &mut self,
        path: &str,
        at: Span,
        folder: &str,
        above: &mut Vec<String>,
        reader: &Reader<'_>,
    ) -> Option<()> {
        let name = self.named(path, at, folder, reader)?;
        self.may_be_included(&name, at, above)?;
        // What two parts share is there once.
        if self.files.iter().any(|file| file.name == name) {
            return Some(());
        }
        let text = self.part(path, &name, at, reader)?;
        let (tree, findings) = yaml::parse(&Source::new("", &text));
        let by = self.append(&name, &text, at, Content::Part);
        let moved = |span: Span| Span::new(span.start + by, span.end + by);
        self.findings.extend(findings.into_iter().map(|finding| finding.moved(moved)));
        let mut tree = tree?.moved(by);
        validate_part(&tree, &mut self.findings);
        as_meant(&mut tree, &Kind::Record(&LESSON));
        above.push(name.clone());
        self.include_all(&tree, path::folder(&name), above, reader);
        above.pop();
        self.merge_after(tree);
        Some(())
    }

    /// Reports a part that includes itself, is included too deep, or is a table.
    fn may_be_included(&mut self, name: &str, at: Span, above: &[String]) -> Option<()> {
        let (message, hint) = if name == self.own_name {
            (
                both!("`{name}` is this lesson itself", "`{name}` 就是这节课自己"),
                both!(
                    "remove the line, or write the name of another file",
                    "请删去这一行，或写另一个文件的名字"
                ),
            )
        } else if above.iter().any(|part| part == name) {
            (
                both!(
                    "`{name}` includes itself, directly or through others",
                    "`{name}` 直接或间接地包含了它自己"
                ),
                both!("remove one of the `include`s", "请去掉其中一处 `include`"),
            )
        } else if above.len() == DEEPEST {
            (
                both!(
                    "`{name}` is included too deep: parts go {DEEPEST} levels down",
                    "`{name}` 嵌套得太深：`include` 最多 {DEEPEST} 层"
                ),
                both!("include it from the lesson itself", "请直接在课程里 `include` 它"),
            )
        } else if is_table(name) {
            (
                both!(
                    "`{name}` is a table of numbers, and `include` takes lessons",
                    "`{name}` 是数表，而 `include` 只用于课程文件"
                ),
                both!(
                    "remove it here, and write under `matrices`: `- W: {{load: {name}}}`",
                    "请在这里删去它，改在 `matrices` 中写 `- W: {{load: {name}}}`"
                ),
            )
        } else {
            return Some(());
        };
        self.report(at, message, hint);
        None
    }

    /// The text of a part.
    fn part(&mut self, path: &str, name: &str, at: Span, reader: &Reader<'_>) -> Option<String> {
        let bytes = self.bytes(path, name, at, reader)?;
        self.fits(name, at, bytes.len(), yaml::MAX_BYTES)?;
        match Source::from_bytes(name, &bytes) {
            Ok(source) => Some(source.text),
            Err(not_utf8) => {
                let Localised { en, zh } = not_utf8.finding.message;
                let message = both!("in `{name}`: {en}", "`{name}`：{zh}");
                let hint = not_utf8.finding.hint.unwrap_or_default();
                self.findings.push(Diagnostic::new(Code::NotUtf8, at, message).with_hint(hint));
                None
            }
        }
    }

    /// Reports a file of so many bytes that is larger than it or all files together may be.
    fn fits(&mut self, name: &str, at: Span, bytes: usize, most: usize) -> Option<()> {
        if bytes > most || self.source.text.len() + bytes > MOST_BYTES {
            self.report_unread(name, name, at, &Unread::TooLarge);
            return None;
        }
        Some(())
    }

    fn bytes(&mut self, path: &str, name: &str, at: Span, reader: &Reader<'_>) -> Option<Vec<u8>> {
        let read = if self.files.len() == MOST_FILES { Err(Unread::TooLarge) } else { reader(name) };
        read.map_err(|reason| self.report_unread(path, name, at, &reason)).ok()
    }

    /// Appends a text and tells where it begins.
    fn append(&mut self, name: &str, text: &str, named: Span, content: Content) -> usize {
        self.source.text.push('\n');
        let start = self.source.text.len();
        self.source.text.push_str(text);
        let span = Span::new(start, self.source.text.len());
        self.files.push(File { name: name.to_owned(), span, named, content });
        start
    }

    fn report(&mut self, at: Span, message: Localised<String>, hint: Localised<String>) {
        self.findings.push(Diagnostic::new(Code::BadFile, at, message).with_hint(hint));
    }
}
