//! Tables of numbers as text: one row a line, with commas, semicolons or tabs between the numbers.
//!
//! The numbers become the rows of a lesson's own matrix, each with its place, so that the same checks find the same
//! mistakes.

use crate::diagnostic::Span;
use crate::yaml::{Scalar, Style, Tree, Value};

/// What spreadsheets save where they could not compute a number.
pub(in crate::lesson) const SPREADSHEET_ERRORS: [&str; 7] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// What stands between the numbers of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// Commas, also the wide ones of Chinese keyboards.
    Commas,
    /// A semicolon; then a comma belongs to a number, as in much of Europe.
    Semicolons,
    /// A tab.
    Tabs,
    /// Any number of blanks.
    Blanks,
}

impl Separator {
    /// What separates the numbers of a text.
    pub(super) fn of(text: &str) -> Self {
        let has = |signs: &[char]| lines(text).any(|(_, line)| line.contains(signs));
        let is_row = |line: &str| {
            let mut words = line.split_whitespace();
            words.clone().count() > 1 && words.all(|word| word.parse::<f64>().is_ok())
        };
        if has(&[';', '；']) {
            Self::Semicolons
        } else if has(&['\t']) {
            Self::Tabs
        } else if !has(&[',', '，']) && lines(text).all(|(_, line)| is_row(line)) {
            Self::Blanks
        } else {
            Self::Commas
        }
    }

    /// The cells of a line, each with where it begins, and without blanks around it.
    pub(super) fn cells(self, line: &str) -> Vec<(usize, &str)> {
        let separates = |c: char| match self {
            Self::Commas => matches!(c, ',' | '，'),
            Self::Semicolons => matches!(c, ';' | '；'),
            Self::Tabs => c == '\t',
            Self::Blanks => c.is_whitespace(),
        };
        let (mut at, mut pieces) = (0, Vec::new());
        for piece in line.split(separates) {
            let blank = piece.len() - piece.trim_start().len();
            pieces.push((at + blank, piece.trim()));
            let after = line[at + piece.len()..].chars().next();
            at += piece.len() + after.map_or(0, char::len_utf8);
        }
        if self == Self::Blanks {
            pieces.retain(|(_, piece)| !piece.is_empty());
        }
        pieces
    }
}

/// The rows of a text whose first byte has this place. Blank lines, lines that begin with `#`, and the empty lines and
/// columns that spreadsheets save around the numbers are left out.
pub(super) fn rows(text: &str, start: usize, separator: Separator) -> Tree {
    let mut rows: Vec<(Span, Vec<Tree>)> = lines(text)
        .map(|(at, line)| {
            (Span::new(start + at, start + at + line.len()), cells(line, start + at, separator))
        })
        .filter(|(_, cells)| cells.len() < 2 || cells.iter().any(|cell| !is_empty(cell)))
        .collect();
    while rows.iter().all(|(_, row)| row.len() > 1 && row.last().is_some_and(is_empty)) && !rows.is_empty() {
        for (_, row) in &mut rows {
            row.pop();
        }
    }
    let row = |(span, cells)| Tree { span, value: Value::List(cells) };
    Tree {
        span: Span::new(start, start + text.len()),
        value: Value::List(rows.into_iter().map(row).collect()),
    }
}

/// Names among the numbers of a table, as spreadsheets have them.
pub(super) struct Names {
    /// Where the first line begins, if it has names.
    pub(super) line: Option<usize>,
    pub(super) in_first_column: bool,
}

impl Names {
    pub(super) fn of(rows: &Tree) -> Self {
        let rows = rows.as_list().unwrap_or_default();
        let has_number = |row: &Tree| cells_of(row).iter().any(is_number);
        let is_heading = |row: &Tree| {
            let cells = cells_of(row);
            cells.iter().all(|cell| is_name(cell) || is_empty(cell)) && cells.iter().any(is_name)
        };
        let below = rows.get(1..).unwrap_or_default();
        let has_numbers = !below.is_empty() && below.iter().all(has_number);
        let heading = rows.first().filter(|row| is_heading(row) && has_numbers);
        let below = if heading.is_some() { below } else { rows };
        let begins_with_name = |row: &Tree| cells_of(row).first().is_some_and(is_name) && has_number(row);
        let in_first_column = !below.is_empty() && below.iter().all(begins_with_name);
        Self { line: heading.map(|row| row.span.start), in_first_column }
    }
}

fn cells_of(row: &Tree) -> &[Tree] {
    row.as_list().unwrap_or_default()
}

fn is_empty(cell: &Tree) -> bool {
    cell.as_text().is_none_or(str::is_empty)
}

fn is_number(cell: &Tree) -> bool {
    cell.as_text().is_some_and(|text| text.parse::<f64>().is_ok())
}

/// Whether a cell is a word: neither a number nor arithmetic.
fn is_name(cell: &Tree) -> bool {
    let is_word =
        |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_') && !text.contains('(');
    cell.as_text().is_some_and(is_word) && !is_number(cell)
}

/// The lines that hold something, each with where it begins. The first may be `sep=;`, with which spreadsheets tell
/// each other how to read the rest.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let starts = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line.trim_end_matches(['\n', '\r']))
    });
    starts.filter(|(_, line)| {
        let line = line.trim_start();
        let is_comment = line.starts_with('#') && !SPREADSHEET_ERRORS.iter().any(|it| line.starts_with(it));
        !line.is_empty() && !is_comment && !line.starts_with("sep=")
    })
}

fn cells(line: &str, start: usize, separator: Separator) -> Vec<Tree> {
    let cell = |(at, bare): (usize, &str)| {
        let inner = bare.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(bare).trim();
        let text = match separator {
            Separator::Semicolons => inner.replace(',', "."),
            Separator::Commas | Separator::Tabs | Separator::Blanks => inner.to_owned(),
        };
        let span = Span::new(start + at, start + at + bare.len());
        Tree { span, value: Value::Scalar(Scalar { text, style: Style::Plain }) }
    };
    separator.cells(line).into_iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<(String, usize)>> {
        let cell = |tree: &Tree| (tree.as_text().unwrap_or("-").to_owned(), tree.span.start);
        let row = |tree: &Tree| tree.as_list().unwrap().iter().map(cell).collect();
        rows(text, 100, Separator::of(text)).as_list().unwrap().iter().map(row).collect()
    }

    #[test]
    fn numbers_have_their_places() {
        let cells = |row: &[(&str, usize)]| -> Vec<(String, usize)> {
            row.iter().map(|(text, at)| ((*text).to_owned(), *at)).collect()
        };
        assert_eq!(
            read("1, 2\r\n# x\n\n\"3\",4"),
            [cells(&[("1", 100), ("2", 103)]), cells(&[("3", 111), ("4", 115)])]
        );
        assert_eq!(read("1,5;2\n"), [cells(&[("1.5", 100), ("2", 104)])]);
        assert_eq!(read("1\t2"), [cells(&[("1", 100), ("2", 102)])]);
        assert_eq!(read("1,,2")[0][1], ("-".to_owned(), 102));
        assert_eq!(read(""), Vec::<Vec<(String, usize)>>::new());
    }
}
