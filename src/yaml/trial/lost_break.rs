//! Two lines in one: `show: X focus: [cat]`, `texts: main:`, `values: - [2, 0]`.

use super::{Evidence, Trial};
use crate::both;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, indent, on_new_line, own_and_above};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};
use crate::yaml::syntax::{Mend, told};

/// The line breaks that may have been lost in the line of `at`, or in the one above it.
pub(super) fn trials(at: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    own_and_above(at, draft).into_iter().flat_map(|line| of_line(line, table, draft)).collect()
}

/// What begins in the middle of a line.
struct Second {
    start: usize,
    /// Its name, with which an entry begins; an item of a list has none.
    name: Option<String>,
    /// Whether nothing stands between the name of the line and it, so that it belongs inside.
    is_inside: bool,
    /// Whether nothing stands behind its name.
    is_empty: bool,
}

impl Second {
    /// Whether braces around it would not do: it stands beside the first name, or more stands below it.
    fn needs_lines(&self, draft: &Draft) -> bool {
        let line = draft.line(self.start).0;
        let has_more =
            || below(line, draft).is_some_and(|next| indent(next, draft) > entry(line, draft).column);
        !self.is_inside || self.is_empty || has_more()
    }
}

fn of_line(line: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    let Entry { column, name: Some(first), .. } = entry(line, draft) else { return Vec::new() };
    let beside = outline::above(line, column, draft);
    let inside = [beside.as_slice(), &[Part::Name(first.clone())]].concat();
    let value = line + column + first.chars().count() + 1;
    let fits = |second: &Second| {
        let place = table(if second.is_inside { &inside } else { &beside })?;
        match &second.name {
            Some(name) if place.knows(name) => Some(Evidence::Names),
            Some(_) => place.takes_any_name().then_some(Evidence::Values),
            None if second.is_inside => place.takes_items().then_some(Evidence::Names),
            None => entry(line, draft).dash.map(|_| Evidence::Values),
        }
    };
    let seconds = seconds(value, draft).into_iter().filter(|it| it.needs_lines(draft));
    let fitting = seconds.filter_map(|second| Some((fits(&second)?, second)));
    fitting.map(|(by, second)| trial(line, &first, &second, by, draft)).collect()
}

fn trial(line: usize, first: &str, second: &Second, by: Evidence, draft: &Draft) -> Trial {
    let (_, end) = draft.line(line);
    let Second { start, ref name, is_inside, is_empty } = *second;
    let Entry { dash, column: of_first, .. } = entry(line, draft);
    let next = below(line, draft).filter(|next| indent(*next, draft) > of_first);
    let of_inside = next.map(|next| indent(next, draft));
    // What is inside an item stands two columns right of its dash.
    let is_in_item = name.is_none() && next.is_some_and(|next| entry(next, draft).dash.is_none());
    let column = match (is_inside, of_inside) {
        (false, _) => dash.filter(|_| name.is_none()).unwrap_or(of_first),
        (true, Some(inner)) if is_in_item => inner.saturating_sub(2).max(of_first),
        (true, Some(inner)) if !is_empty => inner,
        (true, _) => of_first + 2,
    };
    let before = draft.slice(line, start).iter().rev();
    let blanks = before.clone().take_while(|c| **c == ' ').count();
    let sign = before.clone().nth(blanks).copied().filter(|c| matches!(c, ',' | ';' | '，' | '；'));
    let from = start - blanks - usize::from(sign.is_some());
    let word = name.clone().unwrap_or_else(|| draft.slice(start, end).iter().collect());
    let place = if is_inside && of_inside == Some(column) {
        let number = next.map_or(0, |next| draft.number(next));
        if next.is_some_and(|next| entry(next, draft).dash.is_some()) {
            both!("straight above the `-` of line {number}", "与第 {number} 行的 `-` 对齐")
        } else {
            both!("straight above the first word of line {number}", "与第 {number} 行对齐")
        }
    } else if name.is_none() && !is_inside {
        both!("straight below the `-` of `{first}`", "与 `{first}` 的 `-` 对齐")
    } else if is_inside {
        both!("below `{first}`, further right", "比 `{first}` 靠右")
    } else {
        both!("straight below `{first}`", "与 `{first}` 对齐")
    };
    let message = if is_inside {
        both!("`{word}` must begin a new line below `{first}:`", "`{word}` 要在 `{first}:` 下面另起一行")
    } else {
        both!("`{word}` must begin a new line", "`{word}` 要另起一行")
    };
    let hint = on_new_line(&word, sign, column, place);
    let mend = Mend { start: from, end: start, with: format!("\n{}", " ".repeat(column)) };
    let mark = draft.span(start, start + word.chars().count());
    Trial { lines: line..end, by, told: told(mark, message, hint, vec![mend], draft) }
}

/// What begins behind a blank of the line in which a value begins, outside of quotation marks and brackets.
fn seconds(value: usize, draft: &Draft) -> Vec<Second> {
    let (_, end) = draft.line(value);
    let (mut found, mut depth, mut quote) = (Vec::new(), 0_usize, None);
    for at in value..end {
        let (before, own) = (draft.get(at.wrapping_sub(1)), draft.get(at));
        let begins = before == Some(' ') && depth == 0 && quote.is_none();
        let is_inside = draft.slice(value, at).iter().all(|c| *c == ' ');
        match own {
            Some('"' | '\'') if quote == own => quote = None,
            Some('"' | '\'') if begins => quote = own,
            Some('{' | '[') if quote.is_none() => depth += 1,
            Some('}' | ']') if quote.is_none() => depth = depth.saturating_sub(1),
            Some('-') if begins && draft.get(at + 1) == Some(' ') => {
                found.push(Second { start: at, name: None, is_inside, is_empty: false });
            }
            Some(_) if begins => {
                let name: String =
                    draft.slice(at, end).iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                let colon = at + name.chars().count();
                let is_empty = draft.slice(colon + 1, end).iter().all(|c| *c == ' ');
                let is_name = !name.is_empty() && draft.get(colon) == Some(':');
                if is_name && (is_empty || draft.get(colon + 1) == Some(' ')) {
                    found.push(Second { start: at, name: Some(name), is_inside, is_empty });
                }
            }
            Some(_) | None => {}
        }
    }
    found
}
