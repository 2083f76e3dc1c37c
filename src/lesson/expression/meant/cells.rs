//! Cells as others write them: `X(a, b)`, `X[a][b]`, `X[a; b]`, `X.a.b`, `X_{a,b}`, `pattern[a, b]` of a head.

use super::Surroundings;
use crate::graph::{Cell, Graph, Node, NodeId, Op, Part, Side};
use crate::lesson::expression::entry::{is_there, written};
use crate::lesson::expression::syntax::Function;
use crate::lesson::expression::{self, Scope};

/// Each cell that begins with a matrix, as this language writes it.
pub(super) fn of_names(text: &str, around: Surroundings<'_>) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if c.is_alphabetic() || c == '_' { name_length(rest) } else { 0 };
        if length == 0 {
            let quoted = (c == '"').then(|| rest[1..].find('"')).flatten().map_or(0, |end| end + 1);
            out.push_str(&rest[..c.len_utf8() + quoted]);
            at += c.len_utf8() + quoted;
            continue;
        }
        let (cell, length) =
            cell(rest, length, around.scope).unwrap_or_else(|| (rest[..length].to_owned(), length));
        out.push_str(&cell);
        at += length;
    }
    out
}

/// `X[1, 2]` for `X[1] 2]`.
pub(super) fn closed_early(text: &str, _: Surroundings<'_>) -> String {
    let Some((before, behind)) = lone_bracket(text).map(|lone| text.split_at(lone)) else {
        return text.to_owned();
    };
    match before.rsplit_once(']') {
        Some((cell, second)) => {
            format!("{}, {}{behind}", cell.trim_end(), second.trim_start_matches([' ', ',']))
        }
        None => text.to_owned(),
    }
}

/// Where a `]` stands that closes nothing.
fn lone_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let lone = text.char_indices().find(|(_, c)| {
        depth += usize::from(*c == '[');
        let is_lone = *c == ']' && depth == 0;
        depth = depth.saturating_sub(usize::from(*c == ']'));
        is_lone
    });
    lone.map(|(at, _)| at)
}

/// `X[1, 2]` for `X 1, 2]`.
pub(super) fn unopened(text: &str, around: Surroundings<'_>) -> String {
    let Some((before, behind)) = lone_bracket(text).map(|lone| text.split_at(lone)) else {
        return text.to_owned();
    };
    let is_matrix = |name: &str| around.scope.graph.find(name).is_some();
    let starts =
        before.char_indices().rev().filter(|(at, _)| !before[..*at].ends_with(char::is_alphanumeric));
    let found = starts.into_iter().find_map(|(at, _)| {
        let (name, inside) = before[at..].split_at(name_length(&before[at..]));
        (is_matrix(name) && !inside.trim().is_empty()).then_some((at + name.len(), inside))
    });
    match found {
        Some((end, inside)) => format!("{}[{}{behind}", &before[..end], inside.trim()),
        None => text.to_owned(),
    }
}

/// `X[a, b]` for `X a b`.
pub(super) fn without_brackets(text: &str, around: Surroundings<'_>) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let cell = |(at, three): (usize, &[&str])| {
        let (row, column) = (three[1].trim_end_matches([',', '，']), three[2]);
        let node = around.scope.graph.find(three[0])?;
        let is_plain = !row.contains(']') && !column.contains(']');
        Some((at, cell_of(&format!("{row}, {column}"), node, around.scope).filter(|_| is_plain)?))
    };
    let Some((at, cell)) = words.windows(3).enumerate().find_map(cell) else { return text.to_owned() };
    [&words[..at], &[cell.as_str()], &words[at + 3..]].concat().join(" ")
}

/// A text with the brackets of this keyboard: those of Chinese ones look much alike.
pub(super) fn in_plain_brackets(text: &str, _: Surroundings<'_>) -> String {
    text.replace(['【', '［', '〔'], "[").replace(['】', '］', '〕'], "]")
}

/// A text without the signs that Markdown puts before brackets and others: `X\[a, b\]`.
pub(super) fn without_backslashes(text: &str, _: Surroundings<'_>) -> String {
    ["[", "]", "_", "*"].iter().fold(text.to_owned(), |text, sign| text.replace(&format!("\\{sign}"), sign))
}

/// A text without blanks that no key of a keyboard writes, which come along with copied text.
pub(super) fn without_unusual_blanks(text: &str, _: Surroundings<'_>) -> String {
    text.replace(['\u{a0}', '\u{ad}', '\u{2007}', '\u{2009}', '\u{200a}', '\u{202f}', '\u{3000}'], "")
}

/// A text without the word of a hint or of a program before it: `write X[1, 2]`, `assert X[1, 2] = 0`.
pub(super) fn without_telling(text: &str, _: Surroundings<'_>) -> String {
    const WORDS: [&str; 6] = ["assert ", "write ", "Write ", "请写 ", "请写", "写成 "];
    WORDS.iter().find_map(|word| text.trim_start().strip_prefix(word)).unwrap_or(text).to_owned()
}

/// A text without the signs that others put around a cell: `{X[1, 2]}`, `$X[1, 2]$`, `=X[1, 2]`.
pub(super) fn alone(text: &str, _: Surroundings<'_>) -> String {
    let bare = super::outside_brackets(text, |part| part.replace(['{', '}', '$', '`', '"'], ""));
    let bare = bare.trim();
    let is_formula = bare.starts_with('=') && bare.matches('=').count() == 1;
    if is_formula { bare[1..].trim().to_owned() } else { bare.to_owned() }
}

/// `X[2, 1]` for `X₂₁`.
pub(super) fn by_index(text: &str, _: Surroundings<'_>) -> String {
    let digit = |c: char| matches!(c, '₀'..='₉').then(|| u32::from(c) - u32::from('₀'));
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(|c| digit(c).is_some()) {
        let behind = rest[start..].trim_start_matches(|c| digit(c).is_some());
        let digits: Vec<u32> = rest[start..rest.len() - behind.len()].chars().filter_map(digit).collect();
        let [row, column] = digits.as_slice() else { return text.to_owned() };
        out.extend([&rest[..start], "[", &row.to_string(), ", ", &column.to_string(), "]"]);
        rest = behind;
    }
    out + rest
}

/// A row and a column by themselves, with the matrix that is meant.
pub(super) fn pair(text: &str, around: Surroundings<'_>) -> String {
    let found = around.of.and_then(|node| cell_of(text, node, around.scope));
    found.unwrap_or_else(|| text.to_owned())
}

/// For a row and a column by themselves, the cell of the last matrix that has them.
pub(in crate::lesson) fn missing_matrix(text: &str, scope: &Scope<'_>) -> Option<String> {
    with_matrix(text, scope).next_back()
}

/// For a row and a column by themselves, their cell in each matrix that has them, but not in a vocabulary.
pub(super) fn with_matrix(text: &str, scope: &Scope<'_>) -> impl DoubleEndedIterator<Item = String> {
    let is_own = |(_, node): &(NodeId, &Node)| node.part != Part::Vocabulary;
    let ids: Vec<NodeId> = scope.graph.nodes().filter(is_own).map(|(id, _)| id).collect();
    ids.into_iter().filter_map(move |node| cell_of(text, node, scope))
}

/// The first cell of the last matrix, for what is said by example.
pub(in crate::lesson) fn first_cell(scope: &Scope<'_>) -> Option<String> {
    let (node, _) = scope.graph.nodes().last()?;
    Some(expression::reference(scope.graph, Cell { node, row: 0, column: 0 }))
}

fn cell_of(text: &str, node: NodeId, scope: &Scope<'_>) -> Option<String> {
    let around = |c: char| "()[]{}".contains(c) || c.is_whitespace();
    let parts = parts(&text.trim_matches(around).replace("->", ",").replace('→', ","));
    let [_, _] = parts.as_slice() else { return None };
    written_cell(node, &parts, scope)
}

/// How long a name with its dots is that a text begins with.
fn name_length(text: &str) -> usize {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@');
    text.find(|c| !in_name(c)).unwrap_or(text.len())
}

/// The cell that a text begins with a name of, and how much of the text it takes.
fn cell(text: &str, name: usize, scope: &Scope<'_>) -> Option<(String, usize)> {
    let word = text[..name].trim_end_matches('.');
    let (node, rest) = matrix(word, scope)?;
    let (parts, length) = if rest.is_empty() {
        in_brackets(text, word)?
    } else {
        (rest.split('.').map(str::to_owned).collect(), word.len())
    };
    Some((written_cell(node, &parts, scope)?, length))
}

/// The matrix that a word begins with, and what stands behind it and a dot.
fn matrix<'a>(word: &'a str, scope: &Scope<'_>) -> Option<(NodeId, &'a str)> {
    let whole = word.trim_end_matches('_');
    if let Some(node) = named(whole, scope) {
        return Some((node, ""));
    }
    let ends = word.rmatch_indices('.').map(|(at, _)| (&word[..at], &word[at + 1..]));
    ends.filter(|(_, rest)| !rest.is_empty()).find_map(|(name, rest)| Some((scope.graph.find(name)?, rest)))
}

/// The matrix of this name, in other letters of the alphabet too; or the only one whose name ends with it.
fn named(name: &str, scope: &Scope<'_>) -> Option<NodeId> {
    if let Some(node) = scope.graph.find(name).or_else(|| scope.graph.find(&of_text_last(name, scope)?)) {
        return Some(node);
    }
    if Function::named(name).is_some() || scope.sizes.contains_key(name) {
        return None;
    }
    let lower = name.to_lowercase();
    let only = |meets: &dyn Fn(&str) -> bool| {
        let mut found = scope.graph.nodes().filter(|(_, node)| meets(&node.name));
        found.next().filter(|_| found.next().is_none()).map(|(id, _)| id)
    };
    only(&|own| own.to_lowercase() == lower)
        .or_else(|| only(&|own| own.strip_suffix(name).is_some_and(|before| before.ends_with('.'))))
}

/// What stands in the brackets behind a name, part by part, and where they end.
fn in_brackets(text: &str, name: &str) -> Option<(Vec<String>, usize)> {
    let (inside, mut end) = bracket(text, name.len())?;
    let mut parts = parts(inside);
    if let [_] = parts.as_slice()
        && let Some((second, behind)) = bracket(text, end)
    {
        parts.push(second.trim().to_owned());
        end = behind;
    }
    Some((parts, end))
}

/// What stands in the brackets that open at a place, whichever they are, and where they end. What is never closed ends
/// before the sign of a claim.
fn bracket(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = &text[at..];
    if !rest.starts_with(['[', '(', '{']) {
        return None;
    }
    let mut quoted = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        quoted ^= *c == '"';
        !quoted && "])}=<>≤≥±".contains(*c)
    });
    Some(match end {
        Some((end, c)) if "])}".contains(c) => (&rest[1..end], at + end + 1),
        Some((end, _)) => (&rest[1..end], at + rest[..end].trim_end().len()),
        None => (&rest[1..], text.len()),
    })
}

/// A row and a column, whatever stands between them.
fn parts(inside: &str) -> Vec<String> {
    let separator = [',', '，', ';', '；', '|'].into_iter().find(|sign| inside.contains(*sign));
    let parts: Vec<&str> = match separator {
        Some(sign) => inside.split(sign).collect(),
        None if inside.contains('"') => vec![inside],
        None => inside.split_whitespace().collect(),
    };
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// The cell, or the row, of these parts.
fn written_cell(node: NodeId, parts: &[String], scope: &Scope<'_>) -> Option<String> {
    let name = &scope.graph.node(node).name;
    match parts {
        [row] => Some(format!("{name}[{}]", entry(node, row, Side::Rows, scope)?)),
        [row, column] => {
            let row = entry(node, row, Side::Rows, scope)?;
            Some(format!("{name}[{row}, {}]", entry(node, column, Side::Columns, scope)?))
        }
        _ => None,
    }
}

/// A row or column as it is written here: without the quotation marks of other languages, in the letters of the lesson.
fn entry(node: NodeId, part: &str, side: Side, scope: &Scope<'_>) -> Option<String> {
    let matrix = scope.graph.node(node);
    let reads = |entry: &str| {
        let cell = match side {
            Side::Rows => format!("{}[{entry}, :]", matrix.name),
            Side::Columns => format!("{}[:, {entry}]", matrix.name),
        };
        expression::parse(&cell).is_ok_and(|it| it.selection(scope).is_ok())
    };
    let bare = part.trim_matches(['\'', '‘', '’', '“', '”', '`', '*']);
    if let Some(own) = [part, bare].into_iter().find(|own| reads(own)) {
        return Some(own.to_owned());
    }
    let axis = matrix.shape.axis(side);
    let lower = bare.to_lowercase();
    let mut alike = (0..axis.size()).filter(|index| axis.unique_label(*index).to_lowercase() == lower);
    alike.next().filter(|_| alike.next().is_none()).map(|index| written(axis, index))
}

/// `head.pattern@river` for `river.head.pattern` and `head@river.pattern`.
pub(in crate::lesson) fn of_text_last(name: &str, scope: &Scope<'_>) -> Option<String> {
    let moved = if let Some((head, rest)) = name.split_once('@') {
        let (text, part) = rest.split_once('.')?;
        format!("{head}.{part}@{text}")
    } else {
        let (text, rest) = name.split_once('.')?;
        format!("{rest}@{text}")
    };
    scope.graph.find(&moved).map(|_| moved)
}

/// The matrix of the lesson that is what `softmax(X)` says.
pub(in crate::lesson) fn softmax_of(call: &str, graph: &Graph) -> Option<String> {
    let of = call.trim().strip_prefix("softmax(")?.strip_suffix(')')?.trim();
    let node = graph.find(of)?;
    let is_it = |op: &Op| matches!(op, Op::Softmax(_)) && op.operands() == [node];
    let own = graph.nodes().map(|(_, node)| node).find(|node| is_it(&node.op)).map(|node| node.name.clone());
    own.or_else(|| {
        let (head, text) = of.split_once('@').map_or((of, None), |(name, text)| (name, Some(text)));
        let stem = head.strip_suffix(".scaled").or_else(|| head.strip_suffix(".scores"))?;
        let shares = text.map_or(format!("{stem}.pattern"), |text| format!("{stem}.pattern@{text}"));
        graph.find(&shares).map(|_| shares)
    })
}

/// `head.pattern[1, 2]` for `softmax(head.scaled)[1, 2]`.
pub(super) fn of_softmax(text: &str, around: Surroundings<'_>) -> String {
    let found = text.find("softmax(").and_then(|start| {
        let end = start + text[start..].find(')')? + 1;
        Some((start, softmax_of(&text[start..end], around.scope.graph)?, end))
    });
    match found {
        Some((start, own, end)) => format!("{}{own}{}", &text[..start], &text[end..]),
        None => text.to_owned(),
    }
}

/// The name in the brackets behind `X@savings` that this text does not have, and the name of the text.
pub(super) fn not_of_its_text(text: &str, scope: &Scope<'_>) -> Option<(String, String)> {
    let (start, end) = (text.find('@')?, text.find('[')?);
    let of = text.get(start + 1..end)?;
    let name = text[..end].rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '@'))).next()?;
    let node = scope.graph.node(scope.graph.find(name)?);
    let inside = text[end + 1..].split(']').next()?;
    let has = |label: &&str| [Side::Rows, Side::Columns].into_iter().any(|side| is_there(label, node, side));
    let lacking = inside.split(',').map(str::trim).find(|label| !has(label))?;
    Some((lacking.to_owned(), of.to_owned()))
}

/// `X@river[bank, river]` for `X@savings[bank, river]`, where only the other text has this row and column.
pub(super) fn of_another_text(text: &str, around: Surroundings<'_>) -> String {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@');
    let found = text.find('@').and_then(|at| {
        let start = text[..at].trim_end_matches(in_name).len();
        let end = at + text[at..].find('[')?;
        let close = end + text[end..].find(']')? + 1;
        let family = &text[start..=at];
        let nodes = around.scope.graph.nodes().map(|(_, node)| node.name.as_str());
        let alike = nodes.filter(|name| name.starts_with(family) && *name != &text[start..end]);
        let mut cells = alike
            .map(|name| format!("{name}{}", &text[end..close]))
            .filter(|cell| expression::parse(cell).is_ok_and(|it| it.selection(around.scope).is_ok()));
        let cell = cells.next().filter(|_| cells.next().is_none())?;
        Some(format!("{}{cell}{}", &text[..start], &text[close..]))
    });
    found.unwrap_or_else(|| text.to_owned())
}
