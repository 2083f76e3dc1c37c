//! What stands behind the closing bracket of a value that is no text: `[0, 1]^T`, `{embed: main} (from the book)`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::copied::table::{is_short, numbers};
use crate::yaml::draft::Draft;
use crate::yaml::structure::outline::{self, Entry, Part, Shape, Table, entry};
use crate::yaml::syntax::{Explained, Mend};

/// How rows and columns are exchanged elsewhere, longer signs first.
const TRANSPOSED: [&str; 9] = ["^{\\top}", "^\\top", "^{T}", "^T", "^⊤", ".T", "ᵀ", "⊤", "'"];

/// What is wrong if the reading stopped at `at` behind such a value: quotation marks would make a text of it.
pub(in crate::yaml) fn explained(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let (line, end) = draft.line(at);
    let before = draft.slice(line, at);
    let value = before.len() - before.iter().rev().take_while(|c| **c == ' ').count();
    let rest: String = draft.slice(line + value, end).iter().collect();
    let rest = rest.trim();
    if !before[..value].ends_with(&[']']) && !before[..value].ends_with(&['}']) || rest.is_empty() {
        return None;
    }
    let Entry { column, name, .. } = entry(line, draft);
    let path = [outline::above(line, column, draft), name.map(Part::Name).into_iter().collect()].concat();
    let is_text = |shape: &Shape| matches!(shape, Shape::Single | Shape::Number | Shape::Text);
    let says_something = TRANSPOSED.contains(&rest) || rest.contains(char::is_alphanumeric);
    if let Some(explained) =
        one_sign(line + value, rest, draft).or_else(|| next_row(line, line + value, rest, draft))
    {
        return Some(explained);
    }
    if table(&path)?.shapes.iter().any(is_text) || !says_something || rest.contains([']', '}', '`']) {
        return None;
    }
    let place = draft.span(line + value, line + value + draft.slice(line + value, end).len());
    let away = Mend { start: line + value, end, with: String::new() };
    if TRANSPOSED.contains(&rest) {
        let message = both!("`{rest}` has no meaning behind numbers", "数的后面不能写 `{rest}`");
        let finding = Diagnostic::new(Code::YamlSyntax, place, message);
        let text: String = before.iter().collect();
        // A row of numbers is written as a row, whichever way it is meant; rows and columns of a matrix are not the same.
        return Some(if text.contains("[[") || text.contains("],") || text.contains('{') {
            exchanged(finding, rest, line, line + value, away, draft)
        } else {
            let hint = both!("remove `{rest}`", "请删去 `{rest}`");
            Explained::new(finding.with_hint(hint), vec![away], draft)
        });
    }
    let opening = before[..value].iter().rposition(|c| matches!(c, '[' | '{')).unwrap_or(0);
    let written: String = before[opening..value].iter().collect();
    let message = both!("`{rest}` stands behind the closing bracket", "括号后面多了 `{rest}`");
    let hint = if is_short(&written) && before[..opening].iter().all(|c| !matches!(c, '[' | '{')) {
        both!(
            "if it is a remark, write `{written}  # {rest}`; else remove it",
            "如果是说明，请写 `{written}  # {rest}`；否则请删去它"
        )
    } else {
        both!(
            "if it is a remark, write ` # ` before it; else remove it",
            "如果是说明，请在它前面写 ` # `；否则请删去它"
        )
    };
    let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
    // Only the author knows whether it is a remark.
    let mends = vec![Mend { with: format!(" # {rest}"), ..away }];
    Some(Explained { finding, about_indentation: false, mends })
}

/// `[1, 0]。`: a sign behind the bracket that ends `at`, which begins nothing.
fn one_sign(at: usize, rest: &str, draft: &Draft) -> Option<Explained> {
    const SIGNS: [char; 8] = ['。', '，', '；', '、', '．', '.', ';', ','];
    if !rest.chars().all(|c| SIGNS.contains(&c)) {
        return None;
    }
    let message = both!("this `{rest}` is one too many", "这里多了一个 `{rest}`");
    let end = draft.line(at).1;
    let length = rest.chars().count();
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(end - length, end), message);
    let away = Mend { start: at, end, with: String::new() };
    Some(Explained::new(finding.with_hint(both!("remove it", "请删去它")), vec![away], draft))
}

/// `- [1, 0], [0, 1]`: two rows in one line, of which the first ends `at`.
fn next_row(line: usize, at: usize, rest: &str, draft: &Draft) -> Option<Explained> {
    let Entry { dash: Some(dash), name: None, column, .. } = entry(line, draft) else { return None };
    let row = rest.trim_start_matches([',', '，', ' ']);
    let inner = row.strip_prefix('[')?.strip_suffix(']')?;
    numbers(inner)?;
    let first: String = draft.slice(line + column, at).iter().collect();
    let end = draft.line(at).1;
    let message = both!("two rows stand in this line", "这一行写了两行数");
    let hint = both!(
        "give each a line of its own: `- {first}`, and below it `- {row}`",
        "请把每行数各写一行：`- {first}`，下面再写 `- {row}`"
    );
    let mark = draft.span(end - row.chars().count(), end);
    let with = format!("\n{}- {row}", " ".repeat(dash));
    let finding = Diagnostic::new(Code::YamlSyntax, mark, message).with_hint(hint);
    Some(Explained::new(finding, vec![Mend { start: at, end, with }], draft))
}

/// What is said of the sign behind a matrix that exchanges its rows and columns: the numbers are written the other way round.
fn exchanged(
    finding: Diagnostic,
    sign: &str,
    line: usize,
    end: usize,
    away: Mend,
    draft: &Draft,
) -> Explained {
    let matrix = matrix(line, end, draft).filter(|it| is_short(&it.written));
    let Some(Matrix { start, length, written, lacking }) = matrix else {
        let hint = both!(
            "remove `{sign}`, and write each column of the numbers as a row",
            "请删去 `{sign}`，并把这些数的每一列写成一行"
        );
        return Explained { finding: finding.with_hint(hint), about_indentation: false, mends: vec![away] };
    };
    let old: String = draft.slice(start, start + length).iter().collect();
    if let Some(row) = lacking {
        let message = both!(
            "`{sign}` has no meaning behind numbers, and row {row} lacks numbers",
            "数的后面不能写 `{sign}`，而且第 {row} 行缺数"
        );
        let hint = both!(
            "remove `{sign}`, and write the columns as rows, with the missing number for each `…`: `{written}` in the place of `{old}`",
            "请删去 `{sign}`，再把 `{old}` 改成 `{written}`（行列互换），每个 `…` 处写缺少的数"
        );
        let finding = Diagnostic { message, ..finding }.with_hint(hint);
        return Explained { finding, about_indentation: false, mends: vec![away] };
    }
    let hint = both!(
        "remove `{sign}`, and write the columns as rows: `{written}` in the place of `{old}`",
        "请删去 `{sign}`，再把 `{old}` 改成 `{written}`（行列互换）"
    );
    let mends = vec![Mend { start, end: start + length, with: written }, away];
    Explained::new(finding.with_hint(hint), mends, draft)
}

/// A matrix in a line, and how it is written the other way round.
struct Matrix {
    start: usize,
    length: usize,
    /// Its columns as rows.
    written: String,
    /// The first row, from 1, that has fewer numbers than the longest: `…` is written for them.
    lacking: Option<usize>,
}

/// The matrix that stands last in a line before `end`.
fn matrix(line: usize, end: usize, draft: &Draft) -> Option<Matrix> {
    let text = draft.slice(line, end);
    let start = text.windows(2).rposition(|pair| pair == ['[', '['])?;
    let length = text[start..].windows(2).position(|pair| pair == [']', ']'])? + 2;
    let inner: String = text[start + 2..start + length - 2].iter().collect();
    let rows: Vec<Vec<String>> = inner
        .split("],")
        .map(|row| numbers(row.trim_start().trim_start_matches('[')))
        .collect::<Option<_>>()?;
    let width = rows.iter().map(Vec::len).max()?;
    let lacking = rows.iter().position(|row| row.len() < width).map(|at| at + 1);
    let cell = |row: &'_ Vec<String>, at: usize| row.get(at).cloned().unwrap_or_else(|| "…".to_owned());
    let column = |at: usize| rows.iter().map(|row| cell(row, at)).collect::<Vec<_>>().join(", ");
    let columns: Vec<String> = (0..width).map(|at| format!("[{}]", column(at))).collect();
    Some(Matrix { start: line + start, length, written: format!("[{}]", columns.join(", ")), lacking })
}
