//! Matrices and masks as other programs write them: `{op: softmax, inputs: [S]}`, `mask: [[1, 0], [1, 1]]`.

use super::{Kind, MATRIX_KINDS, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, Tree};

/// Names under which others say how something is made,
const MADE: [&str; 11] =
    ["op", "operation", "type", "kind", "function", "func", "fn", "method", "layer", "运算", "类型"];
/// of what it is made,
const MADE_OF: [&str; 13] = [
    "of",
    "input",
    "inputs",
    "in",
    "args",
    "arguments",
    "operands",
    "on",
    "from",
    "x",
    "matrices",
    "输入",
    "参数",
];
/// and what it is called.
const NAMED: [&str; 4] = ["name", "id", "名称", "名字"];

/// The finding for a matrix, a mask or heads that are written as another program has them, if this is one.
pub(super) fn of_other_programs(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    match kind {
        Kind::OneOf(record) if std::ptr::eq(*record, &raw const MATRIX_KINDS) => kind_as_value(tree, None),
        Kind::Named(Kind::OneOf(record)) if std::ptr::eq(*record, &raw const MATRIX_KINDS) => {
            let (_, name) = tree.as_map()?.iter().find(|(key, _)| NAMED.contains(&key.text.as_str()))?;
            kind_as_value(tree, Some(name.as_text()?))
        }
        Kind::Record(record) if record.name == "vocabulary" => tokens_alone(tree),
        Kind::Name => name_in_braces(tree),
        Kind::List { of: Kind::Name, .. } => names_in_braces(tree),
        Kind::Either(kinds) => match kinds.iter().find_map(mask_rule) {
            Some(_) => bare_table(tree),
            None => kinds.iter().all(is_of_names).then(|| name_in_braces(tree)).flatten(),
        },
        Kind::List { of: Kind::Record(head), .. } if head.field("W_Q").is_some() => names_of_heads(tree),
        Kind::Text
        | Kind::Word
        | Kind::Expression
        | Kind::Count
        | Kind::Size
        | Kind::Choice(_)
        | Kind::List { .. }
        | Kind::Map(_)
        | Kind::Named(_)
        | Kind::Record(_)
        | Kind::OneOf(_) => None,
    }
}

/// Whether a name may stand here, or a list of them, and nothing in braces.
fn is_of_names(kind: &Kind) -> bool {
    matches!(kind, Kind::Name | Kind::List { of: Kind::Name, .. })
}

fn mask_rule(kind: &Kind) -> Option<&'static Record> {
    if let Kind::OneOf(record) = kind { (record.name == "mask").then_some(*record) } else { None }
}

/// For `{op: softmax, inputs: [S]}`, and `{name: P, op: softmax, inputs: [S]}` where the name stands inside.
fn kind_as_value(tree: &Tree, name: Option<&str>) -> Option<Diagnostic> {
    let entries = tree.as_map()?;
    let is = |names: &[&str], key: &Key| names.contains(&key.text.to_lowercase().as_str());
    let (made, how) = entries.iter().find(|(key, value)| is(&MADE, key) && value.as_text().is_some())?;
    if MATRIX_KINDS.field(&made.text).is_some() {
        return None;
    }
    let field = MATRIX_KINDS.field(MATRIX_KINDS.meant(how.as_text()?.trim())?)?;
    let of = entries.iter().find(|(key, _)| is(&MADE_OF, key)).map(|(_, of)| of);
    let names: Vec<&str> = match of {
        Some(of) => match of.as_list() {
            Some(items) => items.iter().map(Tree::as_text).collect::<Option<_>>()?,
            None => vec![of.as_text()?],
        },
        None => Vec::new(),
    };
    let kinds = field.kind.alternatives();
    let has = |is: fn(&Kind) -> bool| kinds.iter().any(|kind| is(kind));
    let rest = entries.iter().filter(|(key, _)| !is(&MADE, key) && !is(&MADE_OF, key) && !is(&NAMED, key));
    let mut rest =
        rest.map(|(key, value)| format!("{}: {}", key.text, value.as_text().unwrap_or("…"))).peekable();
    let inside = match names.as_slice() {
        [one] if has(|kind| matches!(kind, Kind::Name)) && rest.peek().is_none() => (*one).to_owned(),
        [_, _, ..] if has(|kind| matches!(kind, Kind::List { .. })) => format!("[{}]", names.join(", ")),
        [one, ..] => {
            let all: Vec<String> = std::iter::once(format!("of: {one}")).chain(rest).collect();
            format!("{{{}}}", all.join(", "))
        }
        [] => "…".to_owned(),
    };
    let (word, kind) = (&made.text, field.name);
    let written = format!("{{{kind}: {inside}}}");
    let written = name.map_or_else(|| written.clone(), |name| format!("- {name}: {written}"));
    let message = both!(
        "how a matrix is made stands before the colon, not after `{word}:`",
        "矩阵怎样得到要写在冒号前面，而不是写在 `{word}:` 后面"
    );
    let finding = Diagnostic::new(Code::UnknownField, made.span, message);
    if name.is_some() {
        let hint = both!("write `{written}` instead of this item", "请把这一项改写成 `{written}`");
        return Some(finding.with_hint(hint));
    }
    let finding = finding.with_hint(both!("write `{written}`", "请写 `{written}`"));
    Some(if written.contains('…') { finding } else { finding.with_fix(tree.span, written) })
}

/// For `embed: {of: main}`, where one name belongs.
fn name_in_braces(tree: &Tree) -> Option<Diagnostic> {
    let [(key, value)] = tree.as_map()? else { return None };
    let name = value.as_text().filter(|_| !value.is_null())?;
    let is_it =
        MADE_OF.contains(&key.text.as_str()) || matches!(key.text.as_str(), "text" | "matrix" | "name");
    let message = both!("one name belongs here, without braces", "这里只写一个名称，不加花括号");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    is_it.then(|| finding.with_hint(both!("write `{name}`", "请写 `{name}`")).with_fix(tree.span, name))
}

/// For `concat: {inputs: [X, W]}` and `add: {a: X, b: Y}`, where a list of names belongs.
fn names_in_braces(tree: &Tree) -> Option<Diagnostic> {
    let entries = tree.as_map().filter(|entries| !entries.is_empty())?;
    let names: Option<Vec<&str>> = match entries {
        [(key, value)] if MADE_OF.contains(&key.text.as_str()) => {
            value.as_list()?.iter().map(Tree::as_text).collect()
        }
        [_] => None,
        [..] => entries.iter().map(|(_, value)| value.as_text().filter(|_| !value.is_null())).collect(),
    };
    let list = format!("[{}]", names?.join(", "));
    let message = both!("names stand here in square brackets alone", "这里只在方括号里写几个名称");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    Some(finding.with_hint(both!("write `{list}`", "请写 `{list}`")).with_fix(tree.span, list))
}

/// For `vocabulary: {cat: [1, 0]}`, tokens that do not stand inside `tokens`.
fn tokens_alone(tree: &Tree) -> Option<Diagnostic> {
    let entries = tree.as_map().filter(|entries| !entries.is_empty())?;
    let is_token = |(key, value): &(Key, Tree)| {
        !matches!(key.text.as_str(), "axis" | "tokens")
            && (value.as_list().is_some() || value.as_map().is_some())
    };
    let (first, numbers) = entries.first().filter(|_| entries.iter().all(is_token))?;
    let token = &first.text;
    let numbers =
        numbers.as_list().and_then(|items| items.iter().map(Tree::as_text).collect::<Option<Vec<_>>>());
    let numbers = numbers.map_or_else(|| "…".to_owned(), |numbers| format!("[{}]", numbers.join(", ")));
    let more = if entries.len() > 1 { ", …" } else { "" };
    let message = both!(
        "the tokens of a vocabulary stand inside `tokens`, and beside it the axis of their features",
        "词表中的词元要写在 `tokens` 里面，旁边还要写明特征所在的轴"
    );
    let finding = Diagnostic::new(Code::MissingField, first.span, message);
    Some(finding.with_hint(both!(
        "write `{{axis: d_model, tokens: {{{token}: {numbers}{more}}}}}`",
        "请写 `{{axis: d_model, tokens: {{{token}: {numbers}{more}}}}}`"
    )))
}

/// For `mask: [[1, 0], [1, 1]]`, a table without its kind.
fn bare_table(tree: &Tree) -> Option<Diagnostic> {
    let rows: Vec<Vec<&str>> = tree
        .as_list()?
        .iter()
        .map(|row| row.as_list()?.iter().map(Tree::as_text).collect())
        .collect::<Option<_>>()?;
    let yes_or_no = |cell: &str| match cell.to_lowercase().as_str() {
        "1" | "true" | "1.0" => Some("1"),
        "0" | "false" | "0.0" => Some("0"),
        _ => None,
    };
    let cells: Option<Vec<Vec<&str>>> =
        rows.iter().map(|row| row.iter().map(|cell| yes_or_no(cell)).collect()).collect();
    let is_added =
        |cell: &str| cell.parse::<f64>().is_ok() || matches!(cell, "-.inf" | "-∞" | "−∞" | "-Infinity");
    let written = |rows: &[Vec<&str>]| {
        let rows: Vec<String> = rows.iter().map(|row| format!("[{}]", row.join(", "))).collect();
        format!("[{}]", rows.join(", "))
    };
    let message = both!("nothing says what the numbers of this mask mean", "没有写明掩码中的数是什么意思");
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    let Some(cells) = cells else {
        let all = rows.iter().flatten().all(|cell| is_added(cell));
        let plain: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| {
                row.iter().map(|cell| if cell.parse::<f64>().is_ok() { *cell } else { "-inf" }).collect()
            })
            .collect();
        let table = written(&plain);
        return (all && !rows.is_empty()).then(|| {
            let hint = both!(
                "write `{{add: {table}}}`: these numbers are added to the scores",
                "请写 `{{add: {table}}}`：这些数会加到分数上"
            );
            finding.with_hint(hint).with_fix(tree.span, format!("{{add: {table}}}"))
        });
    };
    if cells.is_empty() {
        return None;
    }
    let table = written(&cells);
    // A token that sees nothing else sees itself.
    let hides = cells.iter().enumerate().all(|(at, row)| row.get(at) == Some(&"0"));
    let hint = if hides {
        both!(
            "write `{{hide: {table}}}`, in which 1 hides a key; if 1 is a key that may be seen, write `allow` for `hide`",
            "请写 `{{hide: {table}}}`，其中 1 表示遮住这个键；如果 1 表示可以看到，请把 `hide` 改成 `allow`"
        )
    } else {
        both!(
            "write `{{allow: {table}}}`, in which 1 is a key that may be seen; if 1 hides it, write `hide` for `allow`",
            "请写 `{{allow: {table}}}`，其中 1 表示可以看到这个键；如果 1 表示遮住，请把 `allow` 改成 `hide`"
        )
    };
    Some(finding.with_hint(hint))
}

/// For `heads: [head1, head2]`, names without weights.
fn names_of_heads(tree: &Tree) -> Option<Diagnostic> {
    let names: Vec<&str> = tree.as_list()?.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let first = names.first()?;
    let outputs = names.iter().map(|name| format!("{name}.Z")).collect::<Vec<_>>().join(", ");
    let message = both!("these are names, and a head needs its weights", "这里只有名称，而每个头都要有权重");
    let hint = both!(
        "write the weights of each head: `{{name: {first}, W_Q: …, W_K: …, W_V: …}}`; or, if these heads are made above, `{{concat: [{outputs}]}}` in the place of `multi_head`",
        "请写出每个头的权重：`{{name: {first}, W_Q: …, W_K: …, W_V: …}}`；如果这些头在前面已经得到，请不用 `multi_head`，写 `{{concat: [{outputs}]}}`"
    );
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint))
}
