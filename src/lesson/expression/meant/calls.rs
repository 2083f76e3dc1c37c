//! What is computed of cells, as others call it: `average(…)`, `largest(…)`, `MAX(…)`, `argmax X[1]`.

use super::{Surroundings, relation};
use crate::lesson::expression::syntax::Function;

/// Names that others have for what is computed here.
const OTHERS: [(&str, &[&str]); 18] = [
    ("max", &["largest", "biggest", "highest", "greatest", "maximum", "top", "最大", "最大值"]),
    ("min", &["smallest", "lowest", "least", "minimum", "最小", "最小值"]),
    ("mean", &["avg", "average", "ave", "平均", "平均值", "平均数", "均值"]),
    ("sum", &["total", "add", "总和", "求和", "和", "合计"]),
    ("std", &["stdev", "stddev", "sd", "deviation", "标准差"]),
    ("variance", &["var", "varp", "方差"]),
    ("norm", &["magnitude", "范数", "模长"]),
    ("entropy", &["熵"]),
    ("count", &["number", "数目", "个数"]),
    ("cosine", &["cos", "cosine_similarity", "cos_sim", "similarity", "余弦", "余弦相似度", "相似度"]),
    ("distance", &["dist", "距离"]),
    ("sqrt", &["root", "square_root", "squareroot", "根号", "平方根"]),
    ("abs", &["absolute", "绝对值"]),
    ("rows", &["n_rows", "nrows", "row_count", "行数"]),
    ("columns", &["cols", "n_cols", "ncols", "n_columns", "列数"]),
    ("shape", &["size", "dim", "dims", "形状"]),
    ("argmax", &["which", "winner"]),
    ("ln", &["loge"]),
];

/// What stands before the names of functions in programs.
const MODULES: [&str; 6] = ["math.", "np.", "numpy.", "torch.", "tf.", "statistics."];

/// Known names, whichever letters they are written in, for those that others use.
pub(super) fn other_names(text: &str, around: Surroundings<'_>) -> String {
    called(text, |name| {
        let lower = name.to_lowercase();
        let lower = MODULES.iter().find_map(|module| lower.strip_prefix(module)).unwrap_or(&lower);
        if around.scope.graph.find(name).is_some() || Function::named(name).is_some() {
            return None;
        }
        let own = Function::NAMES.into_iter().find(|own| *own == lower);
        own.or_else(|| OTHERS.iter().find(|(_, others)| others.contains(&lower)).map(|(own, _)| *own))
    })
}

/// `argmax(…) = bird` for `max(…) = bird`: a name is that of the largest number, not the number.
pub(super) fn of_names(text: &str, _: Surroundings<'_>) -> String {
    let right = relation(text).map(|at| text[at..].trim_start_matches(['=', ' ']));
    match right.filter(|right| right.starts_with(|c: char| c.is_alphabetic() || c == '"')) {
        Some(_) if ["max(", "min("].iter().any(|call| text.starts_with(call)) => format!("arg{text}"),
        Some(_) | None => text.to_owned(),
    }
}

/// `argmax(…)` for `max(…)`, where a name is asked for and the number cannot be it.
pub(super) fn of_a_name(text: &str, _: Surroundings<'_>) -> String {
    let is_number = ["max(", "min("].iter().any(|call| text.starts_with(call));
    if is_number && relation(text).is_none() { format!("arg{text}") } else { text.to_owned() }
}

/// `argmax(…)` for `arg max(…)` and `arg_max(…)`.
pub(super) fn in_one_word(text: &str, _: Surroundings<'_>) -> String {
    const BETWEEN: [&str; 4] = [" ", "_", "-", "."];
    let ends = ["max", "min"].into_iter().flat_map(|end| BETWEEN.map(|sign| (sign, end)));
    ends.fold(text.to_owned(), |text, (sign, end)| {
        text.replace(&format!("arg{sign}{end}"), &format!("arg{end}"))
    })
}

/// `argmax(X[1])` for `argmax[X[1]]`.
pub(super) fn in_square_brackets(text: &str, _: Surroundings<'_>) -> String {
    let (left, right) = text.split_at(relation(text).unwrap_or(text.len()));
    let (own, gap) = (left.trim_end(), &left[left.trim_end().len()..]);
    let of = own.strip_suffix(']').and_then(|own| own.split_once('['));
    match of.filter(|(name, _)| Function::named(name.trim()).is_some()) {
        Some((name, inside)) => format!("{}({inside}){gap}{right}", name.trim()),
        None => text.to_owned(),
    }
}

/// `argmax(X[sat])` for `argmax(X, sat)`.
pub(super) fn row_beside(text: &str, around: Surroundings<'_>) -> String {
    let parts = text.split_once('(').and_then(|(name, rest)| {
        let (inside, behind) = rest.split_once(')')?;
        let (matrix, entries) = inside.split_once(',')?;
        Some((name, matrix.trim(), entries.trim(), behind))
    });
    match parts.filter(|(_, matrix, _, _)| around.scope.graph.find(matrix).is_some()) {
        Some((name, matrix, entries, behind)) => format!("{name}({matrix}[{entries}]){behind}"),
        None => text.to_owned(),
    }
}

/// `ln(…)` for `log(…)`, which may be another logarithm.
pub(super) fn logarithm(text: &str, _: Surroundings<'_>) -> String {
    called(text, |name| (name == "log").then_some("ln"))
}

/// `abs(x)` for `|x|`.
pub(super) fn absolute(text: &str, _: Surroundings<'_>) -> String {
    let parts: Vec<&str> = text.split('|').collect();
    match parts.as_slice() {
        [before, inside, behind] if !inside.trim().is_empty() => format!("{before}abs({inside}){behind}"),
        _ => text.to_owned(),
    }
}

/// `sum(X[1])` for `sum(X, axis=1)`, which says it of each row.
pub(super) fn along_axis(text: &str, _: Surroundings<'_>) -> String {
    let Some((call, of, is_column, behind)) = with_axis(text) else { return text.to_owned() };
    let line = if is_column { "[:, 1]" } else { "[1]" };
    let line = if of.ends_with(']') { "" } else { line };
    format!("{call}({of}{line}){behind}")
}

/// The parts of `sum(X, axis=1) = 1`: what is computed of what, whether of each column, and what stands behind.
pub(super) fn with_axis(text: &str) -> Option<(&str, &str, bool, &str)> {
    let words = [", axis", ",axis", ", dim", ",dim"];
    let (before, rest) = words.iter().find_map(|word| text.split_once(word))?;
    let ((call, of), (axis, behind)) = (before.split_once('(')?, rest.split_once(')')?);
    Some((call, of, axis.trim_start_matches([' ', '=']).starts_with('0'), behind))
}

/// `count(X[1])` for `len(X[1])`, and `rows(X)` for `len(X)`.
pub(super) fn length(text: &str, _: Surroundings<'_>) -> String {
    let of = text.split_once("len(").map_or("", |(_, of)| of.split(')').next().unwrap_or(of));
    let own = if of.contains('[') { "count" } else { "rows" };
    called(text, |name| (name == "len").then_some(own))
}

/// `argmax(X[1])` for `argmax X[1]`.
pub(super) fn without_brackets(text: &str, _: Surroundings<'_>) -> String {
    let end = relation(text).unwrap_or(text.len());
    let (left, right) = text.split_at(end);
    match left.split_once(' ') {
        Some((name, of)) if Function::named(name).is_some() && !of.trim_start().starts_with('(') => {
            let gap = if right.is_empty() { "" } else { " " };
            format!("{name}({}){gap}{right}", of.trim())
        }
        Some(_) | None => text.to_owned(),
    }
}

/// `sum(X[1]) = 1` for `sum(X[1] = 1`.
pub(super) fn unclosed(text: &str, _: Surroundings<'_>) -> String {
    let (left, right) = text.split_at(relation(text).unwrap_or(text.len()));
    let missing = left.matches('(').count().saturating_sub(left.matches(')').count());
    let gap = if right.is_empty() { "" } else { " " };
    if missing == 0 {
        text.to_owned()
    } else {
        format!("{}{}{gap}{right}", left.trim_end(), ")".repeat(missing))
    }
}

/// A text in which names before `(` have been changed.
fn called(text: &str, own: impl Fn(&str) -> Option<&'static str>) -> String {
    let mut pieces = text.split('(').peekable();
    let mut out = String::new();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            out.push_str(piece);
            break;
        }
        let before = piece.trim_end();
        let start = before.trim_end_matches(|c: char| c.is_alphanumeric() || "_.".contains(c)).len();
        match own(&before[start..]) {
            Some(own) => out.extend([&before[..start], own, "("]),
            None => out.extend([piece, "("]),
        }
    }
    out
}
