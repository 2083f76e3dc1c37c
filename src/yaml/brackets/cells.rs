//! Cells of a matrix in which no number stands, and rows of it without the brackets or commas between them.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::yaml::draft::Draft;
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the reading stopped at `at` because of the cells of a list.
pub(in crate::yaml) fn of_list(at: usize, draft: &Draft) -> Option<Explained> {
    let bracket = bracket(at, draft)?;
    empty(at, bracket, draft)
        .or_else(|| dashes(at, bracket, draft))
        .or_else(|| semicolons(at, bracket, draft))
}

/// The list in the line of `at` that is open there; the library may not have told of it yet.
fn bracket(at: usize, draft: &Draft) -> Option<usize> {
    let line = draft.line(at).0;
    let mut closed = 0_usize;
    for index in (line..at).rev() {
        match draft.get(index) {
            Some(']' | '}') => closed += 1,
            Some('[') if closed == 0 => return Some(index),
            Some('{') if closed == 0 => return None,
            Some('[' | '{') => closed -= 1,
            Some(_) | None => {}
        }
    }
    None
}

/// The cells of the list that is opened at `bracket`, each with its place.
fn cells(bracket: usize, draft: &Draft) -> Vec<(usize, String)> {
    const LONGEST: usize = 20_000;
    let text = draft.slice(bracket + 1, bracket + LONGEST);
    let length = text.iter().position(|c| matches!(c, '[' | ']' | '{' | '}' | '\n')).unwrap_or(text.len());
    let mut cells = Vec::new();
    let mut start = bracket + 1;
    for cell in text[..length].split(|c| *c == ',') {
        let blanks = cell.iter().take_while(|c| **c == ' ').count();
        cells.push((start + blanks, cell.iter().collect::<String>().trim().to_owned()));
        start += cell.len() + 1;
    }
    cells
}

fn is_number(cell: &str) -> bool {
    cell.parse::<f64>().is_ok()
}

/// `[0, , 1]`.
fn empty(at: usize, bracket: usize, draft: &Draft) -> Option<Explained> {
    let mut above = draft.slice(bracket, at).iter().rev().filter(|c| !c.is_whitespace());
    let before = above.next()?;
    // Between rows, such a comma is only one too many.
    if above.next() == Some(&']') {
        return None;
    }
    let of_numbers = cells(bracket, draft).iter().any(|(_, cell)| is_number(cell));
    if draft.get(at) != Some(',') || !matches!(before, ',' | '[') {
        return None;
    }
    if let Some(explained) = surplus_comma(at, bracket, draft) {
        return Some(explained);
    }
    let finding = if of_numbers {
        let message = both!("there is no number before this comma", "这个逗号前面没有数");
        Diagnostic::new(Code::YamlSyntax, draft.span(at, at + 1), message).with_hint(both!(
            "write the number that is missing, which for an empty cell is `0`; if none is, remove this comma",
            "请补上缺少的数，空着的格子写 `0`；如果并不缺数，请删去这个逗号"
        ))
    } else {
        let message = both!("there is nothing before this comma", "这个逗号前面什么也没有");
        Diagnostic::new(Code::YamlSyntax, draft.span(at, at + 1), message).with_hint(both!(
            "write the word that is missing; if none is, remove this comma",
            "请补上缺少的词；如果并不缺词，请删去这个逗号"
        ))
    };
    // Only the author knows what belongs there.
    Some(Explained { finding, about_indentation: false, mends: Vec::new() })
}

/// `[1, , 0]` beside a row of as many numbers as this one has without its empty cell.
fn surplus_comma(at: usize, bracket: usize, draft: &Draft) -> Option<Explained> {
    let filled = |bracket: usize| {
        let mut cells: Vec<String> = cells(bracket, draft).into_iter().map(|(_, cell)| cell).collect();
        cells.retain(|cell| !cell.is_empty());
        cells
    };
    let row = filled(bracket);
    let (start, end) = draft.line(bracket);
    let closing = (bracket..end).find(|at| draft.get(*at) == Some(']'))?;
    // The row beside this one stands in its line, or in the one below or above it.
    let in_line = (start..bracket.saturating_sub(1)).chain(closing..end);
    let below = end + 1..draft.line(end + 1).1;
    let above = draft.line(start.saturating_sub(1)).0..start.saturating_sub(1);
    let is_row = |at: &usize| {
        let begins_number = |c: char| c.is_ascii_digit() || "-.".contains(c);
        draft.get(*at) == Some('[') && draft.get(at + 1).is_some_and(begins_number)
    };
    let other = in_line.chain(below).chain(above).find(is_row)?;
    let fits = filled(other).len() == row.len() && row.len() > 1 && row.iter().all(|cell| is_number(cell));
    let (count, written) = (row.len(), format!("[{}]", row.join(", ")));
    let message = both!(
        "one comma too many: this row has its {count} numbers, as the one beside it",
        "这里多了一个逗号：这一行已有 {count} 个数，与相邻的一行相同"
    );
    let hint = both!("write `{written}`", "请写 `{written}`");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(at, at + 1), message).with_hint(hint);
    // An empty cell may have been meant all the same, where another number was lost.
    let mends = vec![Mend { start: bracket, end: closing + 1, with: written }];
    fits.then_some(Explained { finding, about_indentation: false, mends })
}

/// `[-, 1]`, as printed tables show that there is nothing.
fn dashes(at: usize, bracket: usize, draft: &Draft) -> Option<Explained> {
    let cells = cells(bracket, draft);
    let places: Vec<usize> = cells.iter().filter(|(_, cell)| cell == "-").map(|(at, _)| *at).collect();
    let fits = places.contains(&at) && cells.iter().all(|(_, cell)| cell == "-" || is_number(cell));
    let places: Vec<Span> = places.iter().map(|at| draft.span(*at, at + 1)).collect();
    let (first, rest) = places.split_first().filter(|_| fits)?;
    let message = both!("`-` is no number", "`-` 不是数");
    let finding = Diagnostic::new(Code::YamlSyntax, *first, message).with_hint(both!(
        "write a number in each cell; where `-` stands for an empty one, write `0`",
        "每一格都要写一个数；如果用 `-` 表示空着的格子，请写 `0`"
    ));
    let finding = rest.iter().copied().fold(finding, Diagnostic::with_another);
    Some(Explained { finding, about_indentation: false, mends: Vec::new() })
}

/// `[[0]；[1]]`.
fn semicolons(at: usize, bracket: usize, draft: &Draft) -> Option<Explained> {
    const SHORT: usize = 60;
    let sign = draft.get(at).filter(|c| matches!(c, '；' | ';'))?;
    let end = draft.line(at).1;
    let is_one = |place: &usize| {
        let before = draft.slice(bracket, *place).iter().rfind(|c| **c != ' ');
        let after = draft.slice(place + 1, end).iter().find(|c| **c != ' ');
        draft.get(*place) == Some(sign) && before == Some(&']') && matches!(after, Some('[') | None)
    };
    let places: Vec<usize> = (bracket..end).filter(is_one).collect();
    (places.first() == Some(&at)).then_some(())?;
    let mends: Vec<Mend> = places
        .iter()
        .map(|place| {
            let blanks = draft.slice(place + 1, end).iter().take_while(|c| **c == ' ').count();
            Mend { start: *place, end: place + 1 + blanks, with: ", ".to_owned() }
        })
        .collect();
    let mut depth = 0_i32;
    let length = draft.slice(bracket, end).iter().position(|c| {
        depth += i32::from(*c == '[') - i32::from(*c == ']');
        depth == 0
    });
    let written: Option<String> = length.map(|length| {
        let text: String = draft.slice(bracket, bracket + length + 1).iter().collect();
        text.split(sign).map(str::trim).collect::<Vec<_>>().join(", ")
    });
    let message = both!("a `{sign}` stands where a comma belongs", "这里的 `{sign}` 应当是英文逗号");
    let (length, others) = (length.unwrap_or_default(), places.len() - 1);
    // What is marked is what is written anew.
    let (place, others, hint) = match written.filter(|written| written.chars().count() <= SHORT) {
        Some(written) => {
            let all = draft.span(bracket, bracket + length + 1);
            (all, 0, both!("write `{written}`", "请写 `{written}`"))
        }
        None => (draft.span(at, at + 1), others, both!("write `, ` in its place", "请改成 `, `")),
    };
    let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
    let others = places.iter().skip(1).take(others).map(|place| draft.span(*place, place + 1));
    Some(Explained::new(others.fold(finding, Diagnostic::with_another), mends, draft))
}

/// `{values: [0], [1]}`, which reads as names that are lists: the rows stand in no brackets together.
pub(in crate::yaml) fn rows_as_names(findings: &[Diagnostic], draft: &Draft) -> Option<Explained> {
    let of_row = |finding: &Diagnostic| {
        let at = draft.index(finding.span.start);
        (finding.code == Code::UnsupportedYaml && draft.get(at) == Some('[')).then_some(at)
    };
    let at = findings.iter().find_map(of_row)?;
    let (line, end) = draft.line(at);
    let colon = line + draft.slice(line, at).iter().rposition(|c| *c == ':')?;
    let start = colon + 1 + draft.slice(colon + 1, at).iter().take_while(|c| **c == ' ').count();
    let text: String = draft.slice(start, end).iter().take_while(|c| !matches!(c, '}' | ':')).collect();
    let text = text.trim_end();
    let mut rows: Vec<String> = Vec::new();
    for row in text.split_inclusive(']') {
        let numbers = row.trim_start_matches([',', ' ']).strip_prefix('[')?.strip_suffix(']')?;
        rows.push(format!("[{}]", crate::yaml::copied::table::numbers(numbers)?.join(", ")));
    }
    let with = format!("[{}]", rows.join(", "));
    let message =
        both!("the rows of this matrix are not in brackets together", "这个矩阵的各行没有一起写在方括号里");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, start + text.chars().count()), message);
    let mend = Mend { start, end: start + text.chars().count(), with };
    let finding =
        crate::yaml::copied::table::written(finding.with_hint(crate::yaml::wording::rows()), &mend, draft);
    (rows.len() > 1).then(|| Explained::new(finding, vec![mend], draft))
}
