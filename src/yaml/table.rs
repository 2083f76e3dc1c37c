//! Rows of numbers that are not in brackets together: pasted from a spreadsheet, from Markdown, or one row below the other.

use super::draft::Draft;
use super::indentation::indent;
use super::quotes::value_of_line;
use super::structure::begins_entry;
use super::syntax::Mend;
use crate::both;
use crate::diagnostic::Diagnostic;

/// The rows around the line of `at` in one pair of brackets, if they are the value of the name above them. A row of
/// names above the numbers becomes a comment.
pub(super) fn in_brackets(at: usize, draft: &Draft) -> Option<Mend> {
    below_one_another(at, draft).or_else(|| side_by_side(at, draft))
}

/// `values: [1, 2], [3, 4]`, whose rows have no brackets around all of them.
fn side_by_side(at: usize, draft: &Draft) -> Option<Mend> {
    let start = value_of_line(draft.line(at).1, draft)?;
    let value: String = draft.slice(start, draft.line(at).1).iter().collect();
    let value = value.trim_end();
    let is_row = |row: &str| row.starts_with('[') && !row.starts_with("[[") && numbers(row).is_some();
    let rows: Vec<&str> = value.split_inclusive(']').map(|row| row.trim_start_matches([',', ' '])).collect();
    let fits = rows.len() > 1 && rows.iter().all(|row| is_row(row));
    let with = format!("[{}]", rows.join(", "));
    fits.then(|| Mend { start, end: start + value.chars().count(), with })
}

fn below_one_another(at: usize, draft: &Draft) -> Option<Mend> {
    let (mut line, end) = draft.line(at);
    // In Markdown the reading stops at the names above the numbers.
    if text_of(line, draft).trim_start().starts_with('|') && !is_row(&text_of(line, draft)) {
        line = end + 1;
    }
    if !is_row(&text_of(line, draft)) {
        return None;
    }
    while let Some(above) = line.checked_sub(1).map(|end| draft.line(end).0)
        && is_row(&text_of(above, draft))
    {
        line = above;
    }
    let mut first = line;
    let mut above = draft.line(first.checked_sub(1)?).0;
    let header = text_of(above, draft);
    let is_header = !begins_entry(header.trim_start()) && !header.trim_end().ends_with(':');
    if is_header {
        first = above;
        above = draft.line(above.checked_sub(1)?).0;
    }
    let name = text_of(above, draft);
    if !begins_entry(name.trim_start()) || !name.trim_end().ends_with(':') {
        return None;
    }
    let dashed = name.trim_start().starts_with("- ");
    let column = (indent(above, draft) + if dashed { 4 } else { 2 }).max(indent(line, draft));
    let mut end = first;
    let mut rows = Vec::new();
    while line <= draft.len() && is_row(&text_of(line, draft)) {
        rows.extend(numbers(&text_of(line, draft)));
        end = draft.line(line).1;
        line = end + 1;
    }
    let width = rows.first()?.len();
    let even = rows.iter().all(|row| row.len() == width) && rows.len() * width > 1;
    let fits = even && (!is_header || cells(&header).len() == width);
    let blanks = " ".repeat(column);
    let header = if is_header { format!("{blanks}# {}\n", cells(&header).join("  ")) } else { String::new() };
    let rows: Vec<String> = rows.iter().map(|row| format!("[{}]", row.join(", "))).collect();
    let rows = rows.join(&format!(",\n{blanks} "));
    fits.then(|| Mend { start: first, end, with: format!("{header}{blanks}[{rows}]") })
}

/// The finding with the rows to write, if they are few, and the lines in the place of which they stand.
pub(super) fn written(finding: Diagnostic, Mend { start, end, with }: &Mend, draft: &Draft) -> Diagnostic {
    const SHORT: usize = 60;
    let (first, last) = (draft.number(*start), draft.number(end.saturating_sub(1)));
    let whole = draft.line(*start).0 == *start && first < last;
    let rows = with.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let rows = rows.collect::<Vec<_>>().join(" ");
    if rows.len() > SHORT {
        return finding;
    }
    finding.with_hint(if whole {
        both!(
            "write `{rows}` in the place of lines {first} to {last}",
            "请把第 {first} 行到第 {last} 行改成 `{rows}`"
        )
    } else {
        both!("write `{rows}`", "请写 `{rows}`")
    })
}

fn text_of(line: usize, draft: &Draft) -> String {
    draft.slice(line, draft.line(line).1).iter().collect()
}

/// Whether a line is a row of numbers, or the rule of a Markdown table.
fn is_row(line: &str) -> bool {
    let is_rule = line.trim().starts_with('|') && line.chars().all(|c| "|-: \t\r".contains(c));
    is_rule || numbers(line).is_some()
}

/// The numbers of a line that holds nothing else.
pub(super) fn numbers(line: &str) -> Option<Vec<String>> {
    let cells = cells(line);
    let are_numbers = cells.iter().all(|cell| cell.parse::<f64>().is_ok_and(f64::is_finite));
    (are_numbers && !cells.is_empty()).then_some(cells)
}

/// What stands in the cells of a row.
fn cells(line: &str) -> Vec<String> {
    let row = line.trim().trim_end_matches(',').trim_matches(['|', '[', ']', ' ', '\t']);
    let cells: Vec<&str> = if row.contains('|') {
        row.split('|').collect()
    } else if row.contains('\t') {
        row.split('\t').collect()
    } else {
        row.split([',', ' ']).filter(|cell| !cell.is_empty()).collect()
    };
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// What stands in `[0, 1; 2, 3]`, as mathematics programs write matrices, in brackets for each row.
pub(crate) fn from_semicolons(text: &str) -> Option<String> {
    let rows: Vec<Vec<String>> = text.split(';').map(numbers).collect::<Option<_>>()?;
    let rows: Vec<String> = rows.iter().map(|row| format!("[{}]", row.join(", "))).collect();
    (rows.len() > 1).then(|| format!("[{}]", rows.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, line: &str) -> Option<String> {
        let mut draft = Draft::new(text, Vec::new());
        let at = text[..text.find(line).expect("the line is there")].chars().count();
        let Mend { start, end, with } = in_brackets(at, &draft)?;
        draft.replace(start, end, &with);
        Some(draft.text())
    }

    #[test]
    fn rows_are_put_in_brackets_together() {
        let given = "- M:\n    given:\n";
        let with = |rows: &str| Some(format!("{given}{rows}steps: 1\n"));
        let brackets = "      [[1, 2],\n       [3, 4]]\n";
        for rows in ["      [1, 2]\n      [3, 4]\n", "      | 1 | 2 |\n      | 3 | 4 |\n", "1\t2\n3\t4\n"] {
            let line = rows.lines().nth(1).expect("there are two");
            assert_eq!(mended(&format!("{given}{rows}steps: 1\n"), line), with(brackets), "{rows}");
        }
        assert_eq!(mended("x:\n  |---|\n", "|"), None, "a rule alone");
        let table = "      | x | y |\n      |---|---|\n      | 1 | 2 |\n";
        for line in ["| x", "|--", "| 1"] {
            let text = format!("{given}{table}steps: 1\n");
            assert_eq!(mended(&text, line), with("      # x  y\n      [[1, 2]]\n"));
        }
    }

    #[test]
    fn rows_side_by_side_get_brackets_around_them() {
        let mended = |text| mended(text, "],");
        assert_eq!(mended("values: [1, 2], [3, 4]\n").as_deref(), Some("values: [[1, 2], [3, 4]]\n"));
        assert_eq!(mended("values: [1, 2],[3, 4]\n").as_deref(), Some("values: [[1, 2], [3, 4]]\n"));
        assert_eq!(mended("values: [1, 2], [a, b]\n"), None);
        assert_eq!(mended("values: [[1, 2], [3, 4]]\n"), None);
    }

    #[test]
    fn what_is_no_table_stays() {
        assert_eq!(mended("- [1, 2]\n[3, 4]\n", "[3"), None, "a list with a dash");
        assert_eq!(mended("say:\n  in words\n  5\n", "5"), None, "one number below words");
        assert_eq!(mended("given:\n  [1, 2]\n  [3]\n", "[3"), None, "rows of other lengths");
    }

    #[test]
    fn semicolons_end_rows() {
        assert_eq!(from_semicolons("0, 1; 2, 3").as_deref(), Some("[[0, 1], [2, 3]]"));
        assert_eq!(from_semicolons("0 1; 2 3").as_deref(), Some("[[0, 1], [2, 3]]"));
        assert_eq!(from_semicolons("0, 1"), None);
        assert_eq!(from_semicolons("a; b"), None);
    }
}
