//! Numbers between braces that lack the brackets of their list: `{cat: 0, 1}`, which reads as two names.

use crate::both;
use crate::yaml::draft::Draft;
use crate::yaml::quotes::length_in_brackets;
use crate::yaml::structure::outline::{Part, Shape, Table};
use crate::yaml::syntax::{Explained, Mend, told};
use crate::yaml::{Key, Tree};

/// The names behind which a matrix stands, whose rows have brackets of their own.
const MATRICES: [&str; 2] = ["given", "values"];

/// What is wrong if further numbers stand behind the value of a name, where a list belongs.
pub(in crate::yaml) fn numbers(
    (key, value): &(Key, Tree),
    path: &[Part],
    table: Table<'_>,
    draft: &Draft,
) -> Option<Explained> {
    const LONGEST: usize = 400;
    value.as_number()?;
    let (start, end) = (draft.index(value.span.start), draft.index(value.span.end));
    // Without a blank behind it, a comma is that of a decimal.
    let [',', ' ', rest @ ..] = draft.slice(end, end + LONGEST) else { return None };
    rest.iter().find(|c| **c != ' ').filter(|c| c.is_ascii_digit() || "-.".contains(**c))?;
    let length = length_in_brackets('{', draft.slice(start, start + LONGEST))?;
    let text: String = draft.slice(start, start + length).iter().collect();
    let cells: Vec<&str> = text.trim_end().trim_end_matches(',').split(',').map(str::trim).collect();
    let are_numbers = cells.iter().all(|cell| cell.parse::<f64>().is_ok_and(f64::is_finite));
    if !are_numbers || !table(path)?.shapes.contains(&Shape::Items) {
        return None;
    }
    let (name, list) = (&key.text, format!("[{}]", cells.join(", ")));
    let with = if MATRICES.contains(&name.as_str()) { format!("[{list}]") } else { list };
    let mend = Mend { start, end: start + text.trim_end().chars().count(), with };
    let message = both!("these numbers are in no brackets", "这些数没有写在方括号里");
    let written = &mend.with;
    let hint = both!("write `{name}: {written}`", "请写 `{name}: {written}`");
    Some(told(draft.span(start, mend.end), message, hint, vec![mend], draft))
}
