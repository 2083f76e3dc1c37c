//! Files beside a lesson: parts that several lessons share, and tables of numbers.
//!
//! Nothing here reads a file: the caller gives a [`Reader`]. The text of a part is appended to that of the lesson, so
//! that everything in it has a place; `Gathered::at_home` tells findings there by file, line and column.

mod csv;
mod npy;
mod path;

use std::collections::BTreeMap;

use super::StepPlaces;
use super::fields::{Kind, LESSON, as_meant, validate_part};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::math::Matrix;
use crate::yaml::{self, Key, Tree, Value};

/// Reads a file by its path from the folder of the lesson, with `/` between folders and no `..` in it.
pub type Reader<'a> = dyn Fn(&str) -> Result<Vec<u8>, Unread> + 'a;

/// Why a file beside a lesson cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// There is none.
    Missing,
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
    files: Vec<File>,
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
}

impl Gathered {
    /// The lesson with its parts.
    pub(super) fn new(source: &Source, tree: Tree, reader: &Reader<'_>) -> Self {
        let mut gathered = Self {
            source: source.clone(),
            tree: Tree { span: tree.span, value: Value::Map(Vec::new()) },
            tables: BTreeMap::new(),
            findings: Vec::new(),
            files: Vec::new(),
        };
        gathered.include_all(&tree, "", &mut Vec::new(), reader);
        let parts = std::mem::replace(&mut gathered.tree, tree);
        gathered.merge_before(parts);
        gathered.load_tables(reader);
        gathered
    }

    /// Findings in a part told where the lesson names the part.
    pub(super) fn at_home(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.into_iter().map(|finding| self.told_at_home(finding)).collect()
    }

    /// The places of a step of a part, told where the lesson names the part.
    pub(super) fn place_at_home(&self, places: &StepPlaces) -> StepPlaces {
        let home = |mut span: Span| {
            while let Some(file) = self.file_at(span) {
                span = file.named;
            }
            span
        };
        StepPlaces {
            step: home(places.step),
            show: places.show.map(home),
            reveal: places.reveal.map(home),
            say: places.say.map(|say| say.map(home)),
        }
    }

    fn told_at_home(&self, mut finding: Diagnostic) -> Diagnostic {
        finding.related.retain(|(span, _)| self.file_at(*span).is_none());
        let Some(file) = self.file_at(finding.span) else {
            finding.fix.retain(|edit| self.file_at(edit.span).is_none());
            return finding;
        };
        let own = Source::new("", self.source.slice(file.span));
        let (line, column) = own.line_column(finding.span.start.saturating_sub(file.span.start));
        let (name, Localised { en, zh }) = (&file.name, finding.message);
        finding.message = both!(
            "in `{name}`, line {line}, column {column}: {en}",
            "`{name}` 第 {line} 行第 {column} 列：{zh}"
        );
        finding.fix.clear();
        finding.label = Localised::default();
        finding.span = file.named;
        self.told_at_home(finding)
    }

    fn file_at(&self, span: Span) -> Option<&File> {
        self.files.iter().find(|file| file.span.start <= span.start && span.start <= file.span.end)
    }

    fn include_all(&mut self, tree: &Tree, folder: &str, above: &mut Vec<String>, reader: &Reader<'_>) {
        let Some(include) = tree.get("include") else { return };
        for item in include.as_list().unwrap_or(std::slice::from_ref(include)) {
            if let Some(path) = item.as_text() {
                self.include(path, item.span, folder, above, reader);
            }
        }
    }

    fn include(&mut self, path: &str, at: Span, folder: &str, above: &mut Vec<String>, reader: &Reader<'_>) {
        let Some(name) = self.named(path, at, folder) else { return };
        if above.contains(&name) {
            self.report(
                at,
                both!(
                    "`{name}` includes itself, directly or through others",
                    "`{name}` 直接或间接地包含了它自己"
                ),
                both!("remove one of the `include`s", "请去掉其中一处 `include`"),
            );
            return;
        }
        if above.len() == DEEPEST {
            self.report(
                at,
                both!(
                    "`{name}` is included too deep: parts go {DEEPEST} levels down",
                    "`{name}` 嵌套得太深：`include` 最多 {DEEPEST} 层"
                ),
                both!("include it from the lesson itself", "请直接在课程里 `include` 它"),
            );
            return;
        }
        // What two parts share is there once.
        if self.files.iter().any(|file| file.name == name) {
            return;
        }
        let Some(text) = self.text(&name, at, yaml::MAX_BYTES, reader) else { return };
        let (tree, findings) = yaml::parse(&Source::new("", &text));
        let by = self.append(&name, &text, at);
        let moved = |span: Span| Span::new(span.start + by, span.end + by);
        self.findings.extend(findings.into_iter().map(|finding| finding.moved(moved)));
        let Some(mut tree) = tree.map(|tree| tree.moved(by)) else { return };
        validate_part(&tree, &mut self.findings);
        as_meant(&mut tree, &Kind::Record(&LESSON));
        above.push(name.clone());
        self.include_all(&tree, path::folder(&name), above, reader);
        above.pop();
        self.merge_after(tree);
    }

    /// Adds what a part has to what earlier parts have.
    fn merge_after(&mut self, part: Tree) {
        let Value::Map(entries) = part.value else { return };
        for (key, value) in entries {
            if !SHARED.contains(&key.text.as_str()) {
                continue;
            }
            let Value::Map(own) = &mut self.tree.value else { continue };
            match own.iter_mut().find(|(name, _)| name.text == key.text) {
                None => own.push((key, value)),
                Some((_, there)) => join(there, value, &mut self.findings),
            }
        }
    }

    /// Puts what the parts have before what the lesson has itself.
    fn merge_before(&mut self, parts: Tree) {
        let Value::Map(parts) = parts.value else { return };
        let Value::Map(own) = &mut self.tree.value else { return };
        for (key, mut value) in parts {
            match own.iter_mut().find(|(name, _)| name.text == key.text) {
                None => own.push((key, value)),
                Some((_, there)) => {
                    std::mem::swap(there, &mut value);
                    join(there, value, &mut self.findings);
                }
            }
        }
    }

    fn load_tables(&mut self, reader: &Reader<'_>) {
        let items = self.tree.get("matrices").and_then(Tree::as_list).unwrap_or_default();
        let loads = items.iter().filter_map(|item| item.as_map()?.first()?.1.get("load"));
        let files = loads.map(|load| load.get("file").unwrap_or(load));
        let named: Vec<(String, Span)> =
            files.filter_map(|file| Some((file.as_text()?.to_owned(), file.span))).collect();
        for (path, at) in named {
            let folder = self.file_at(at).map_or("", |file| path::folder(&file.name)).to_owned();
            if let Some(table) = self.table(&path, at, &folder, reader) {
                self.tables.insert(at, table);
            }
        }
    }

    fn table(&mut self, path: &str, at: Span, folder: &str, reader: &Reader<'_>) -> Option<Table> {
        let name = self.named(path, at, folder)?;
        match path::ending(&name) {
            "csv" | "tsv" => {
                let text = self.text(&name, at, MOST_BYTES, reader)?;
                let by = self.append(&name, &text, at);
                Some(Table::Rows(csv::rows(&text, by)))
            }
            "npy" => match npy::read(&self.bytes(&name, at, reader)?) {
                Ok(matrix) => Some(Table::Matrix(matrix)),
                Err(reason) => {
                    let Localised { en, zh } = reason;
                    self.report(
                        at,
                        both!("`{name}` cannot be used: {en}", "无法使用 `{name}`：{zh}"),
                        both!(
                            "save it again with `numpy.save`, as a matrix of `float64`, `float32` or `int64`",
                            "请用 `numpy.save` 重新保存，内容为 `float64`、`float32` 或 `int64` 的矩阵"
                        ),
                    );
                    None
                }
            },
            _ => {
                self.report(
                    at,
                    both!(
                        "qkv loads files that end in .csv, .tsv or .npy, and `{name}` does not",
                        "只能读取以 .csv、.tsv 或 .npy 结尾的文件，`{name}` 不是"
                    ),
                    both!(
                        "save the table from your spreadsheet with commas (CSV), and write that name here",
                        "请在电子表格软件中把它另存为 CSV 文件，并在这里写那个文件名"
                    ),
                );
                None
            }
        }
    }

    /// A path from the folder of the lesson; reports one that leads out of it.
    fn named(&mut self, path: &str, at: Span, folder: &str) -> Option<String> {
        let name = path::within(folder, path);
        if name.is_none() {
            let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
            self.report(
                at,
                both!("this file is not in the folder of the lesson", "这个文件不在课程所在的文件夹里"),
                both!(
                    "put `{file}` into the folder of the lesson, and write `{file}`",
                    "请把 `{file}` 放进课程所在的文件夹，这里写 `{file}`"
                ),
            );
        }
        name
    }

    fn text(&mut self, name: &str, at: Span, most: usize, reader: &Reader<'_>) -> Option<String> {
        let bytes = self.bytes(name, at, reader)?;
        if bytes.len() > most || self.source.text.len() + bytes.len() > MOST_BYTES {
            self.report_unread(name, at, Unread::TooLarge);
            return None;
        }
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

    fn bytes(&mut self, name: &str, at: Span, reader: &Reader<'_>) -> Option<Vec<u8>> {
        let read = if self.files.len() == MOST_FILES { Err(Unread::TooLarge) } else { reader(name) };
        match read {
            Ok(bytes) => Some(bytes),
            Err(reason) => {
                self.report_unread(name, at, reason);
                None
            }
        }
    }

    /// Appends a text and tells where it begins.
    fn append(&mut self, name: &str, text: &str, named: Span) -> usize {
        self.source.text.push('\n');
        let start = self.source.text.len();
        self.source.text.push_str(text);
        let span = Span::new(start, self.source.text.len());
        self.files.push(File { name: name.to_owned(), span, named });
        start
    }

    fn report_unread(&mut self, name: &str, at: Span, reason: Unread) {
        let (message, hint) = match reason {
            Unread::Missing => (
                both!("there is no file `{name}` beside the lesson", "课程旁边没有文件 `{name}`"),
                both!(
                    "put the file there, or correct its name here, also capital letters",
                    "请把文件放到那里，或改正这里的文件名（包括大小写）"
                ),
            ),
            Unread::Refused => (
                both!("`{name}` may not be read", "不允许读取 `{name}`"),
                both!("put the file into the folder of the lesson", "请把文件放到课程所在的文件夹里"),
            ),
            Unread::TooLarge => (
                both!("`{name}` is too large, or there are too many files", "`{name}` 太大，或者文件太多"),
                both!("take only the numbers that the lesson needs", "请只保留课程需要的数"),
            ),
            Unread::NoFolder => (
                both!(
                    "`{name}` cannot be found: this lesson is in no folder",
                    "找不到 `{name}`：这节课不在任何文件夹里"
                ),
                both!("save the lesson as a file, and check that file", "请把课程存为文件，再检查那个文件"),
            ),
        };
        self.report(at, message, hint);
    }

    fn report(&mut self, at: Span, message: Localised<String>, hint: Localised<String>) {
        self.findings.push(Diagnostic::new(Code::BadFile, at, message).with_hint(hint));
    }
}

/// What a lesson takes from a part: the rest, such as its title, belongs to the part as a lesson of its own.
const SHARED: [&str; 7] = ["axes", "text", "texts", "vocabulary", "matrices", "steps", "expect"];

/// Adds one field to the same field of an earlier file: lists and names follow each other.
fn join(there: &mut Tree, more: Tree, findings: &mut Vec<Diagnostic>) {
    let span = more.span;
    match (&mut there.value, more.value) {
        (Value::List(there), Value::List(more)) => there.extend(more),
        (Value::Map(there), Value::Map(more)) => {
            for (key, value) in more {
                join_entry(there, key, value, findings);
            }
        }
        // The file's own text counts; a part has it for itself.
        (Value::Scalar(_) | Value::List(_) | Value::Map(_), more) => *there = Tree { span, value: more },
    }
}

fn join_entry(there: &mut Vec<(Key, Tree)>, key: Key, value: Tree, findings: &mut Vec<Diagnostic>) {
    let Some((first, own)) = there.iter_mut().find(|(name, _)| name.text == key.text) else {
        there.push((key, value));
        return;
    };
    // The vocabulary is one table of tokens on one axis.
    if key.text == "tokens" {
        join(own, value, findings);
    } else if !is_alike(own, &value) {
        let name = &key.text;
        findings.push(
            Diagnostic::new(
                Code::DuplicateName,
                key.span,
                both!("`{name}` is there already, and otherwise", "`{name}` 已经有了，而且内容不同"),
            )
            .with_related(first.span, both!("the first", "第一处"))
            .with_hint(both!(
                "remove one of the two, or give it another name",
                "请去掉其中一处，或换一个名字"
            )),
        );
    }
}

/// Whether two trees say the same, wherever they stand.
fn is_alike(a: &Tree, b: &Tree) -> bool {
    match (&a.value, &b.value) {
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_alike(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let same = |((a, x), (b, y)): (&(Key, Tree), &(Key, Tree))| a.text == b.text && is_alike(x, y);
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        (Value::Scalar(_) | Value::List(_) | Value::Map(_), _) => false,
    }
}
