//! Rows of numbers that are not in brackets together: pasted from a spreadsheet, from Markdown, or one row below the other.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::indent;
use crate::yaml::quotes::value_of_line;
use crate::yaml::structure::lines::begins_entry;
use crate::yaml::syntax::{Explained, Mend, Slip};
use crate::yaml::wording;

/// The rows around the line of `at` in one pair of brackets, if they are the value of the name above them. A row of
/// names above the numbers becomes a comment.
pub(in crate::yaml) fn in_brackets(at: usize, draft: &Draft) -> Option<Mend> {
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

/// Rows below their name, or from its line on.
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
    let own = indent(line, draft);
    let mut above = draft.line(line.checked_sub(1)?).0;
    let header = Some(text_of(above, draft))
        .filter(|it| !begins_entry(it.trim_start()) && !it.trim_end().ends_with(':'));
    if header.is_some() {
        above = draft.line(above.checked_sub(1)?).0;
    }
    let name = text_of(above, draft);
    let (before, beside) = name.split_once(':').filter(|_| begins_entry(name.trim_start()))?;
    let mut rows: Vec<Vec<String>> = numbers(beside).into_iter().collect();
    if !beside.trim().is_empty() && (rows.is_empty() || header.is_some()) {
        return None;
    }
    let mut end = line;
    while line <= draft.len() && is_row(&text_of(line, draft)) {
        rows.extend(numbers(&text_of(line, draft)));
        end = draft.line(line).1;
        line = end + 1;
    }
    let length = rows.first()?.len();
    let even = rows.iter().all(|row| row.len() == length) && rows.len() * length > 1;
    let fits = even && header.as_ref().is_none_or(|header| cells(header).len() == length);
    let dashed = name.trim_start().starts_with("- ");
    let blanks = " ".repeat((indent(above, draft) + if dashed { 4 } else { 2 }).max(own));
    let header = header.map(|header| format!("# {}", cells(&header).join(", "))).unwrap_or_default();
    let rows: Vec<String> = rows.iter().map(|row| format!("[{}]", row.join(", "))).collect();
    let short = format!(" [{}]", rows.join(", "));
    let with = match (is_short(&short), header.as_str()) {
        (true, "") => short,
        (true, header) => format!("{short}  {header}"),
        (false, "") => format!("\n{blanks}[{}]", rows.join(&format!(",\n{blanks} "))),
        (false, header) => format!("\n{blanks}{header}\n{blanks}[{}]", rows.join(&format!(",\n{blanks} "))),
    };
    fits.then(|| Mend { start: above + before.chars().count() + 1, end, with })
}

/// Rows of numbers that make up a whole text, of which the last line holds `at`, and what is wrong with them.
pub(in crate::yaml) fn explain(at: usize, draft: &Draft) -> Option<Explained> {
    let mend = below_one_another(at, draft)?;
    let first = draft.line(mend.start).1 + 1;
    let header = text_of(first, draft);
    let message = if is_row(&header) {
        wording::message(Slip::Table, '[', ']')
    } else {
        let names = cells(&header).join(", ");
        both!(
            "names stand above these numbers, where only numbers belong: {names}",
            "这里只写数，上面不写各列的名称：{names}"
        )
    };
    let place = draft.span(first + indent(first, draft), draft.line(first).1);
    let finding =
        Diagnostic::new(Code::WrongKind, place, message).with_hint(wording::hint(Slip::Table, '[', ']'));
    Some(Explained::new(written(finding, &mend, draft), vec![mend], draft))
}

/// Whether rows can be written in one line, and shown in a hint.
pub(in crate::yaml) fn is_short(rows: &str) -> bool {
    const SHORT: usize = 60;
    rows.chars().count() <= SHORT
}

/// The finding with the rows to write, if they are few: alone where they stay in their line, else as the whole line that
/// stands in the place of several.
pub(in crate::yaml) fn written(finding: Diagnostic, mend: &Mend, draft: &Draft) -> Diagnostic {
    let Mend { start, end, with } = mend;
    let rows = with.trim();
    if !is_short(rows) || rows.contains('\n') {
        return finding;
    }
    if draft.number(*start) == draft.number(end.saturating_sub(1)) {
        let before: String = draft.slice(draft.line(*start).0, *start).iter().collect();
        // With its name it is plain where it stands, but for a line with braces, which goes on behind it.
        let name = if before.contains('{') { "" } else { before.trim_start() };
        return finding.with_hint(both!("write `{name}{rows}`", "请写 `{name}{rows}`"));
    }
    finding.with_hint(in_one_line(mend, draft))
}

/// How several lines are written as one.
pub(in crate::yaml) fn in_one_line(Mend { start, end, with }: &Mend, draft: &Draft) -> Localised<String> {
    let (first, last) = (draft.number(*start), draft.number(end.saturating_sub(1)));
    let text = |start: usize, end: usize| -> String { draft.slice(start, end).iter().collect() };
    let before = text(draft.line(*start).0, *start);
    let after = text(*end, draft.line(*end).1);
    let line = format!("{before}{with}{after}");
    let line = line.trim_end();
    // Names that stood above the numbers are kept for whoever reads the file.
    let (en, zh) = if with.contains("  # ") {
        ("; what stands after `#` is for yourself, and not shown", "；`#` 后面的内容只给自己看，不会显示")
    } else {
        ("", "")
    };
    if first + 1 == last {
        both!(
            "write this one line in the place of lines {first} and {last}: `{line}`{en}",
            "请把第 {first}、{last} 两行改成一行：`{line}`{zh}"
        )
    } else {
        both!(
            "write this one line in the place of lines {first} to {last}: `{line}`{en}",
            "请把第 {first} 行到第 {last} 行改成一行：`{line}`{zh}"
        )
    }
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
pub(in crate::yaml) fn numbers(line: &str) -> Option<Vec<String>> {
    let cells = cells(line);
    // Where other signs stand between the cells, a comma is that of a decimal.
    let cells: Vec<String> = if line.contains(['\t', ';']) {
        cells.into_iter().map(|cell| cell.replacen(',', ".", 1)).collect()
    } else {
        cells
    };
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
    } else if row.contains(';') {
        row.split(';').collect()
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
        let brackets = "- M:\n    given: [[1, 2], [3, 4]]\nsteps: 1\n";
        for rows in ["      [1, 2]\n      [3, 4]\n", "      | 1 | 2 |\n      | 3 | 4 |\n", "1\t2\n3\t4\n"] {
            let line = rows.lines().nth(1).expect("there are two");
            assert_eq!(
                mended(&format!("{given}{rows}steps: 1\n"), line).as_deref(),
                Some(brackets),
                "{rows}"
            );
        }
        assert_eq!(mended("x:\n  |---|\n", "|"), None, "a rule alone");
        let table = "      | x | y |\n      |---|---|\n      | 1 | 2 |\n";
        for line in ["| x", "|--", "| 1"] {
            let text = format!("{given}{table}steps: 1\n");
            let brackets = "- M:\n    given: [[1, 2]]  # x, y\nsteps: 1\n";
            assert_eq!(mended(&text, line).as_deref(), Some(brackets));
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
