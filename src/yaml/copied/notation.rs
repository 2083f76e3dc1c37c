//! Matrices in the notation of other programs, before anything is read: `{{1, 0}, {0, 1}}`, `np.array([[1, 0]])`,
//! `\begin{pmatrix} 1 & 0 \end{pmatrix}`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::yaml::copied::table::{is_short, numbers, written};
use crate::yaml::draft::Draft;
use crate::yaml::structure::outline::{self, Entry, Part, Shape, Table, entry};
use crate::yaml::syntax::{Explained, Mend, Slip};
use crate::yaml::wording;

/// Longer files are no lessons that somebody typed.
const LARGEST: usize = 200_000;
/// So many are looked for in one file.
const MATRICES: usize = 100;
/// The names behind which rows of numbers stand.
const NAMES: [&str; 2] = ["given:", "values:"];

/// Puts each such matrix of the draft into brackets, and gives what is to be said of it.
pub(in crate::yaml) fn put_in_brackets(table: Table<'_>, draft: &mut Draft) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut line = 0;
    while draft.len() <= LARGEST && line < draft.len() && findings.len() < MATRICES {
        if let Some(Explained { finding, mends, .. }) = of_line(line, table, draft) {
            findings.push(finding);
            draft.mend(mends);
        }
        line = draft.line(line).1 + 1;
    }
    findings
}

/// The matrix behind a name in this line, or below it.
fn of_line(line: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let text: String = draft.slice(line, draft.line(line).1).iter().collect();
    NAMES.into_iter().find_map(|name| {
        let before = text.rfind(name)? + name.len();
        behind(line, line + text[..before].chars().count(), table, draft)
    })
}

/// The matrix behind the colon that ends before `after`.
fn behind(line: usize, after: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let rest = draft.slice(after, draft.len());
    let start = after + rest.iter().take_while(|c| matches!(c, ' ' | '\n')).count();
    // Most matrices are written as they should be.
    let rest = draft.slice(start, draft.len());
    let is_other = rest.first().is_some_and(|c| "{(\\\"'|>".contains(*c) || c.is_alphabetic());
    let (rows, length, notation) = if is_other { read(rest)? } else { return None };
    (after < start && belongs(line, after, table, draft)).then_some(())?;
    let from = if draft.line(start).0 == line { start } else { after };
    let mut with = format!("[{}]", rows.join(", "));
    if !is_short(&with) {
        let column = start - draft.line(start).0;
        with = format!("[{}]", rows.join(&format!(",\n{}", " ".repeat(column + 1))));
    }
    // In one line it stands behind its name.
    let from = if with.contains('\n') { start } else { from };
    let blank = if from == after { " " } else { "" };
    let mend = Mend { start: from, end: start + length, with: format!("{blank}{with}") };
    let first = draft.slice(start, start + length).iter().take_while(|c| **c != '\n').count();
    let (code, message) = notation.told();
    let finding = Diagnostic::new(code, draft.span(start, start + first), message);
    let finding = finding.with_hint(notation.how(start, start + length, draft));
    Some(Explained::new(written(finding, &mend, draft), vec![mend], draft))
}

/// Whether rows may stand behind the colon before `after`.
fn belongs(line: usize, after: usize, table: Table<'_>, draft: &Draft) -> bool {
    let brace = draft.slice(line, after).iter().position(|c| *c == '{');
    let path = if let Some(brace) = brace {
        outline::in_brackets(after, line + brace, draft)
    } else {
        let Entry { column, name, .. } = entry(line, draft);
        [outline::above(line, column, draft), name.map(Part::Name).into_iter().collect()].concat()
    };
    table(&path).is_some_and(|it| it.shapes.contains(&Shape::Items))
}

/// How another program writes a matrix.
enum Notation {
    /// In brackets of these two signs.
    Brackets(char, char),
    /// In brackets, with these words before them.
    Words(String),
    Tex,
    /// Between quotation marks, or below a `|`.
    Text(char),
}

impl Notation {
    fn told(&self) -> (Code, Localised<String>) {
        match self {
            Self::Brackets(opening, closing) => (
                Code::WrongKind,
                both!(
                    "a matrix stands in `[…]`, not in `{opening}…{closing}`",
                    "矩阵要写在 `[…]` 里，而不是 `{opening}…{closing}` 里"
                ),
            ),
            Self::Words(_) => (Code::YamlSyntax, wording::message(Slip::Call, '[', ']')),
            Self::Tex => (Code::YamlSyntax, wording::message(Slip::Tex, '[', ']')),
            Self::Text('"' | '\'') => {
                (Code::WrongKind, both!("a matrix is written without quotation marks", "矩阵外面不加引号"))
            }
            Self::Text(sign) => {
                (Code::WrongKind, both!("a matrix is written without `{sign}`", "矩阵前面不写 `{sign}`"))
            }
        }
    }

    /// How a matrix is put right that is too long to be shown.
    fn how(&self, start: usize, end: usize, draft: &Draft) -> Localised<String> {
        match self {
            Self::Brackets(opening, closing) => both!(
                "write `[` in the place of each `{opening}` in it, and `]` in the place of each `{closing}`",
                "请把其中的每个 `{opening}` 改成 `[`，每个 `{closing}` 改成 `]`"
            ),
            Self::Words(word) => {
                let written = draft.slice(start, end);
                let behind = written.iter().rposition(|c| *c == ']').map_or(0, |at| at + 1);
                let behind: String = written[behind..].iter().collect();
                let (from, to) = (draft.number(start), draft.number(end.saturating_sub(1)));
                both!(
                    "remove `{word}` in line {from}, and `{behind}` behind the brackets in line {to}",
                    "请删去第 {from} 行的 `{word}` 和第 {to} 行方括号后面的 `{behind}`"
                )
            }
            Self::Tex | Self::Text(_) => wording::hint(Slip::Table, '[', ']'),
        }
    }
}

/// The rows at the beginning of a text as a lesson writes them, how long they are in the text, and how it writes them.
fn read(text: &[char]) -> Option<(Vec<String>, usize, Notation)> {
    if text[0] == '\\' {
        let (rows, length) = tex(text)?;
        return Some((rows, length, Notation::Tex));
    }
    if matches!(text[0], '"' | '\'' | '|' | '>') {
        return as_text(text);
    }
    let word = text.iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')).count();
    let (rows, length) = brackets(&text[word..])?;
    if word == 0 {
        let closing = *text.get(length - 1)?;
        return Some((rows, length, Notation::Brackets(text[0], closing)));
    }
    (text[word] == '(').then_some((rows, word + length, Notation::Words(text[..=word].iter().collect())))
}

/// Rows between quotation marks in one line, or in the lines below a `|`.
fn as_text(text: &[char]) -> Option<(Vec<String>, usize, Notation)> {
    const LONGEST: usize = 20_000;
    let sign = text[0];
    let text = &text[..text.len().min(LONGEST)];
    let (from, to, length) = if matches!(sign, '"' | '\'') {
        let line = text.iter().position(|c| *c == '\n').unwrap_or(text.len());
        let end = 1 + text[1..line].iter().position(|c| *c == sign)?;
        (1, end, end + 1)
    } else {
        let first = text.iter().position(|c| *c == '\n')?;
        let is_bare = text[1..first].iter().all(|c| matches!(c, ' ' | '-' | '+'));
        let is_row = |c: &char| c.is_ascii_digit() || "[], \t;+-−.eE/".contains(*c);
        let lines = text[first + 1..].split(|c| *c == '\n').take_while(|line| {
            line.iter().any(char::is_ascii_digit) && line.starts_with(&[' ']) && line.iter().all(is_row)
        });
        let end = first + lines.map(|line| line.len() + 1).sum::<usize>();
        (is_bare && end > first).then_some((first + 1, end, end))?
    };
    let inner: String = text[from..to].iter().collect();
    let inner = inner.trim();
    let rows = if inner.starts_with("[[") {
        let inner: Vec<char> = inner.chars().collect();
        let (rows, length) = brackets(&inner)?;
        (length == inner.len()).then_some(rows)?
    } else {
        let rows = inner.split(['\n', ';']).map(str::trim).filter(|row| !row.is_empty());
        let rows: Vec<Vec<String>> = rows.map(numbers).collect::<Option<_>>()?;
        rows.iter().map(|row| format!("[{}]", row.join(", "))).collect()
    };
    // One row alone may be a list of something else.
    (rows.len() > 1 || inner.starts_with("[[")).then_some((rows, length, Notation::Text(sign)))
}

/// Rows in two levels of brackets of any kind: `{{1, 0}, {0, 1}}`, and within one more pair what a program has to say
/// of them: `([[1, 0]], dtype=float32)`.
fn brackets(text: &[char]) -> Option<(Vec<String>, usize)> {
    const LONGEST: usize = 20_000;
    let mut open = Vec::new();
    let (mut rows, mut row, mut cell): (Vec<String>, Vec<String>, String) =
        (Vec::new(), Vec::new(), String::new());
    let (mut deepest, mut ended) = (0, false);
    for (at, c) in text.iter().enumerate().take(LONGEST) {
        let is_part = c.is_ascii_digit() || ".+-−/eE".contains(*c);
        match c {
            '[' | '(' | '{' if cell.is_empty() && !ended => {
                open.push(if *c == '(' {
                    ')'
                } else if *c == '[' {
                    ']'
                } else {
                    '}'
                });
                deepest = deepest.max(open.len());
            }
            ']' | ')' | '}' => {
                row.extend(Some(std::mem::take(&mut cell)).filter(|cell| !cell.is_empty()));
                if open.pop()? != *c {
                    return None;
                }
                if !row.is_empty() {
                    let is_row = open.len() + 1 == deepest && row.iter().all(|cell| is_number(cell));
                    rows.push(is_row.then(|| format!("[{}]", row.join(", ")))?);
                    row.clear();
                }
                ended |= !rows.is_empty() && open.len() + 2 == deepest;
                if open.is_empty() {
                    let is_matrix = !rows.is_empty() && (2..=3).contains(&deepest);
                    return is_matrix.then_some((rows, at + 1));
                }
            }
            _ if ended && *c != '\n' => {}
            ',' | ' ' | '\n' => {
                row.extend(Some(std::mem::take(&mut cell)).filter(|cell| !cell.is_empty()));
            }
            _ if is_part => cell.push(if *c == '−' { '-' } else { *c }),
            _ => return None,
        }
    }
    None
}

/// `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, over several lines as well.
fn tex(text: &[char]) -> Option<(Vec<String>, usize)> {
    const LONGEST: usize = 20_000;
    let text: String = text.iter().take(LONGEST).collect();
    let (name, inside) = text.strip_prefix("\\begin")?.trim_start().strip_prefix('{')?.split_once('}')?;
    let closing = format!("\\end{{{name}}}");
    let (inside, after) = inside.split_once(&closing)?;
    let row = |row: &str| {
        let cells: Vec<&str> = row.split('&').map(str::trim).collect();
        cells.iter().all(|cell| is_number(cell)).then(|| format!("[{}]", cells.join(", ")))
    };
    let rows = inside.split("\\\\").filter(|words| !words.trim().is_empty());
    let rows: Vec<String> = rows.map(row).collect::<Option<_>>()?;
    let length = text.chars().count() - after.chars().count();
    (!rows.is_empty()).then_some((rows, length))
}

/// Whether it is a decimal, or a fraction of two.
fn is_number(cell: &str) -> bool {
    cell.splitn(2, '/').all(|part| part.trim().parse::<f64>().is_ok_and(f64::is_finite))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(String, usize)> {
        let text: Vec<char> = text.chars().collect();
        read(&text).map(|(rows, length, _)| (format!("[{}]", rows.join(", ")), length))
    }

    #[test]
    fn matrices_of_other_programs_are_read_up_to_their_end() {
        for (matrix, behind) in [
            ("{{1, 0}, {0, 1}}", "}"),
            ("{{1, 0},\n  {0, 1}}", "}"),
            ("((1, 0), (0, 1))", ""),
            ("np.array([[1, 0], [0, 1]])", "}"),
            ("tensor([[1, 0],\n  [0, 1]], dtype=float32)", "}"),
            ("\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}", "}"),
        ] {
            let found = Some(("[[1, 0], [0, 1]]".to_owned(), matrix.chars().count()));
            assert_eq!(rows(&format!("{matrix}{behind}")), found, "{matrix}");
        }
        assert_eq!(rows("{{1/2}}"), Some(("[[1/2]]".to_owned(), 7)));
    }

    #[test]
    fn what_is_no_matrix_stays() {
        for text in
            ["{1, 0}", "{a: {b: 1}}", "{values: [[1, 2]]}", "{{1, 0}, {0, 1}", "main", "sqrt(2)", "f((1, a))"]
        {
            assert_eq!(rows(text), None, "{text}");
        }
    }
}
