//! Tables of numbers as text: one row a line, with commas, semicolons or tabs between the numbers.
//!
//! The numbers become the rows of a lesson's own matrix, each with its place, so that the same checks find the same
//! mistakes.

use crate::diagnostic::Span;
use crate::yaml::{Scalar, Style, Tree, Value};

/// The rows of a text whose first byte has this place. Blank lines, and lines that begin with `#`, are left out.
pub(super) fn rows(text: &str, start: usize) -> Tree {
    let separator = separator(text);
    let mut rows = Vec::new();
    let mut at = start;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        if !content.trim().is_empty() && !content.trim_start().starts_with('#') {
            let span = Span::new(at, at + content.len());
            rows.push(Tree { span, value: Value::List(cells(content, at, separator)) });
        }
        at += line.len();
    }
    Tree { span: Span::new(start, start + text.len()), value: Value::List(rows) }
}

/// What stands between the numbers: where there are semicolons, a comma belongs to a number, as in much of Europe.
fn separator(text: &str) -> char {
    [';', '\t'].into_iter().find(|sign| text.contains(*sign)).unwrap_or(',')
}

fn cells(line: &str, start: usize, separator: char) -> Vec<Tree> {
    let mut at = start;
    let cell = |cell: &str| {
        let before = cell.len() - cell.trim_start().len();
        let bare = cell.trim();
        let inner = bare.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(bare).trim();
        let text = if separator == ';' { inner.replace(',', ".") } else { inner.to_owned() };
        let span = Span::new(at + before, at + before + bare.len());
        at += cell.len() + separator.len_utf8();
        Tree { span, value: Value::Scalar(Scalar { text, style: Style::Plain }) }
    };
    line.split(separator).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<(String, usize)>> {
        let cell = |tree: &Tree| (tree.as_text().unwrap_or("-").to_owned(), tree.span.start);
        let row = |tree: &Tree| tree.as_list().unwrap().iter().map(cell).collect();
        rows(text, 100).as_list().unwrap().iter().map(row).collect()
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
