//! Laying a lesson file out: the columns of its matrices stand under each other, and nothing else changes.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{Diagnostic, Source};
use crate::yaml::{self, Tree, Value};

/// The text of a lesson with the columns of its matrices aligned. Only blanks inside of matrices and before their rows
/// are put in or taken out; comments, line ends and everything else stay, and the file says the same as before.
///
/// A matrix is aligned if each of its rows is a list on a line of its own.
///
/// ```
/// let source = qkv::diagnostic::Source::new("a.yaml", "values:\n  - [1, -2]  # first\n  - [0.5, 3]\n");
/// assert_eq!(qkv::lesson::tidy(&source).unwrap(), "values:\n  - [  1, -2]  # first\n  - [0.5,  3]\n");
/// ```
///
/// # Errors
/// What is wrong with the file as YAML. What it says may be wrong as well; that is no hindrance.
pub fn tidy(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let (tree, findings) = yaml::parse(source);
    let Some(tree) = tree.filter(|_| findings.is_empty()) else { return Err(findings) };
    let mut layout = Layout { text: &source.text, blanks: Vec::new() };
    layout.walk(&tree);
    let tidied = layout.carried_out();
    // Somebody's work is at stake; the cost of looking again is that of reading the file.
    let (again, _) = yaml::parse(&Source::new(source.name.as_str(), &tidied));
    Ok(if again.is_some_and(|again| again.says_the_same(&tree)) { tidied } else { source.text.clone() })
}

struct Layout<'a> {
    text: &'a str,
    /// Places with nothing but blanks, and how many are to stand there.
    blanks: Vec<(Range<usize>, usize)>,
}

/// A row of a matrix: a list on a line of its own.
struct Row {
    /// The blanks before its bracket.
    before: Range<usize>,
    /// Its cells from left to right.
    cells: Vec<Range<usize>>,
    /// Before the first cell, after each comma, and before the closing bracket.
    gaps: Vec<Range<usize>>,
    /// Between a cell and its comma, where nothing is to stand.
    tails: Vec<Range<usize>>,
}

impl Layout<'_> {
    /// Aligns the matrices of a tree. A file is at most [`yaml::MAX_DEPTH`] levels deep.
    fn walk(&mut self, tree: &Tree) {
        let inside: Vec<&Tree> = match &tree.value {
            Value::Scalar(_) => return,
            Value::List(items) => items.iter().collect(),
            Value::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        };
        let flow = self.text[tree.span.range()].starts_with('[');
        match self.matrix(&inside) {
            Some(rows) => self.align(&rows, flow),
            None => inside.into_iter().for_each(|tree| self.walk(tree)),
        }
    }

    /// The rows, if these are the rows of a matrix that can be aligned.
    fn matrix(&self, rows: &[&Tree]) -> Option<Vec<Row>> {
        let cells = || rows.iter().filter_map(|row| row.as_list()).flatten();
        let numbers = cells().filter_map(Tree::as_text).any(is_arithmetic);
        if rows.len() < 2 || !numbers {
            return None;
        }
        let rows: Vec<Row> = rows.iter().map(|row| self.row(row)).collect::<Option<_>>()?;
        let apart = |pair: &[Row]| self.text[pair[0].before.end..pair[1].before.end].contains('\n');
        rows.windows(2).all(apart).then_some(rows)
    }

    fn row(&self, tree: &Tree) -> Option<Row> {
        let items = tree.as_list()?;
        let written = &self.text[tree.span.range()];
        if !written.starts_with('[') || written.contains('\n') || items.is_empty() {
            return None;
        }
        let cells: Vec<_> = items.iter().map(|item| item.as_scalar().map(|_| item.span.range())).collect();
        let mut row = Row {
            before: self.blanks_before(tree.span.start),
            cells: cells.into_iter().collect::<Option<_>>()?,
            gaps: Vec::new(),
            tails: Vec::new(),
        };
        let mut at = tree.span.start + 1;
        for cell in &row.cells {
            row.gaps.push(self.blanks_from(at).filter(|gap| gap.end == cell.start)?);
            let tail = self.blanks_from(cell.end)?;
            at = tail.end;
            if self.text[at..].starts_with(',') {
                at += 1;
            }
            row.tails.push(tail);
        }
        row.gaps.push(self.blanks_from(at).filter(|gap| gap.end == tree.span.end - 1)?);
        Some(row)
    }

    fn blanks_before(&self, end: usize) -> Range<usize> {
        self.text[..end].trim_end_matches(' ').len()..end
    }

    fn blanks_from(&self, start: usize) -> Option<Range<usize>> {
        let rest = self.text.get(start..)?;
        Some(start..start + rest.len() - rest.trim_start_matches(' ').len())
    }

    fn align(&mut self, rows: &[Row], flow: bool) {
        let Some(column) = self.column(rows, flow) else { return };
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let width = |cell: &Range<usize>| self.text[cell.clone()].width();
        let widest = |column| rows.iter().filter_map(|row| row.cells.get(column)).map(width).max();
        let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
        let mut blanks = Vec::new();
        for row in rows {
            let stays = flow && row.before == rows[0].before;
            if !stays {
                blanks.push((row.before.clone(), column - self.cells_before(row.before.start)));
            }
            for (number, cell) in row.cells.iter().enumerate() {
                let between = usize::from(number > 0);
                blanks.push((row.gaps[number].clone(), between + widths[number] - width(cell)));
                blanks.push((row.tails[number].clone(), 0));
            }
            // After the last cell; the tail of a row without a final comma is the same place.
            if row.gaps.last() != row.tails.last() {
                blanks.extend(row.gaps.last().map(|gap| (gap.clone(), 0)));
            }
        }
        self.blanks.append(&mut blanks);
    }

    /// The column of the opening brackets, in cells of the screen: in brackets that of the first row, after names or
    /// dashes the first that leaves a blank after each. `None` if a row cannot stand there.
    fn column(&self, rows: &[Row], flow: bool) -> Option<usize> {
        let lines: Vec<&str> = rows.iter().map(|row| self.line_before(row.before.start)).collect();
        if lines.iter().any(|line| line.contains('\t')) {
            return None;
        }
        if flow {
            let own = |line: &&str| line.is_empty();
            return lines[1..].iter().all(own).then(|| self.cells_before(rows[0].before.end));
        }
        let named = |line: &&str| line.ends_with([':', '-']);
        lines.iter().all(named).then(|| lines.iter().map(|line| line.width() + 1).max().unwrap_or(0))
    }

    /// What stands on the line before a place.
    fn line_before(&self, offset: usize) -> &str {
        let start = self.text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        &self.text[start..offset]
    }

    fn cells_before(&self, offset: usize) -> usize {
        self.line_before(offset).width()
    }

    fn carried_out(mut self) -> String {
        self.blanks.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, blanks) in self.blanks {
            text.push_str(&self.text[at..range.start]);
            text.extend(std::iter::repeat_n(' ', blanks));
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        text
    }
}

/// Whether this looks like a number or arithmetic, `-1/3` or `sqrt(d_k)`, and not like a word.
fn is_arithmetic(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "+-.(".contains(c)) || text.contains('(')
}
