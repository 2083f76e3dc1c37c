//! The tables of numbers that a lesson names.

use super::{Content, Gathered, MOST_BYTES, Reader, Table, csv, npy, path};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::yaml::Tree;

/// The endings of tables.
pub(super) const ENDINGS: [&str; 3] = ["csv", "tsv", "npy"];

/// Whether a file is a table by its name.
pub(in crate::lesson) fn is_table(name: &str) -> bool {
    ENDINGS.contains(&path::ending(name))
}

impl Gathered {
    pub(super) fn load_tables(&mut self, reader: &Reader<'_>) {
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
        let name = self.named(path, at, folder, reader)?;
        match path::ending(&name) {
            "csv" | "tsv" => {
                let text = self.text(path, &name, at, reader)?;
                let separator = csv::Separator::of(&text);
                let by = self.append(&name, &text, at, Content::Table(separator));
                let rows = csv::rows(&text, by, separator);
                self.has_only_numbers(&name, at, &rows, by)?;
                Some(Table::Rows(rows))
            }
            "npy" => match npy::read(&self.bytes(path, &name, at, reader)?) {
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
                let csv = format!("{}.csv", path.rsplit_once('.').map_or(path, |(stem, _)| stem));
                self.report(
                    at,
                    both!(
                        "qkv loads files that end in .csv, .tsv or .npy, and `{name}` does not",
                        "只能读取以 .csv、.tsv 或 .npy 结尾的文件，`{name}` 不是"
                    ),
                    both!(
                        "save the table from your spreadsheet program as `{csv}` (CSV UTF-8), and write `{csv}` here",
                        "请在电子表格软件中把它另存为 `{csv}`（CSV UTF-8 格式），这里写 `{csv}`"
                    ),
                );
                None
            }
        }
    }

    /// The text of a table.
    fn text(&mut self, path: &str, name: &str, at: Span, reader: &Reader<'_>) -> Option<String> {
        let bytes = self.bytes(path, name, at, reader)?;
        self.fits(name, at, bytes.len(), MOST_BYTES)?;
        if let Ok(source) = Source::from_bytes(name, &bytes) {
            return Some(source.text);
        }
        let message = both!("`{name}` is not plain text in UTF-8", "`{name}` 不是 UTF-8 编码的纯文本");
        let hint = both!(
            "open it in your spreadsheet program, and save it as CSV UTF-8",
            "请在电子表格软件中打开它，另存为“CSV UTF-8”格式"
        );
        self.findings.push(Diagnostic::new(Code::NotUtf8, at, message).with_hint(hint));
        None
    }

    /// Reports names in the first line or the first column of a table, as spreadsheets have them.
    fn has_only_numbers(&mut self, name: &str, at: Span, rows: &Tree, start: usize) -> Option<()> {
        let names = csv::Names::of(rows);
        let line = names.line.map(|offset| {
            let text = Source::new("", self.source.slice(Span::new(start, offset)));
            text.line(text.text.len())
        });
        let place = match (line, names.in_first_column) {
            (None, false) => return Some(()),
            (Some(line), false) => both!("line {line}", "第 {line} 行"),
            (None, true) => both!("the first column", "第 1 列"),
            (Some(line), true) => both!("line {line} and the first column", "第 {line} 行和第 1 列"),
        };
        let verb = if line.is_some() && names.in_first_column { "hold" } else { "holds" };
        let Localised { en, zh } = place;
        self.report(
            at,
            both!(
                "{en} of `{name}` {verb} names, and a table has only numbers",
                "`{name}` 的{zh}是名称，而表中只能有数"
            ),
            both!("remove {en} from `{name}`, and save it again", "请在 `{name}` 中删去{zh}，再保存"),
        );
        None
    }
}
