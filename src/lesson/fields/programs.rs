//! Matrices and heads as other programs write them: `{op: softmax, inputs: [S]}`, `heads: [head1, head2]`.

use super::otherwise::is_in_brackets;
use super::{Kind, MATRIX_KINDS, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, lines_at};
use crate::yaml::{Key, Tree, Value};

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

/// The finding for a matrix or heads that are written as another program has them, if this is one.
pub(super) fn of_other_programs(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    match kind {
        Kind::OneOf(record) if std::ptr::eq(*record, &raw const MATRIX_KINDS) => kind_as_value(tree, None),
        Kind::Named(Kind::OneOf(record)) if std::ptr::eq(*record, &raw const MATRIX_KINDS) => {
            let (_, name) = tree.as_map()?.iter().find(|(key, _)| NAMED.contains(&key.text.as_str()))?;
            kind_as_value(tree, Some(name.as_text()?))
        }
        Kind::Name => name_in_braces(tree),
        Kind::List { of: Kind::Name, .. } => names_in_braces(tree),
        Kind::Either(kinds) => kinds.iter().all(is_of_names).then(|| name_in_braces(tree)).flatten(),
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
        "a matrix begins with the name of what is done, without `{word}:`",
        "这里不写 `{word}:`，直接用计算的名称开头"
    );
    let finding = Diagnostic::new(Code::UnknownField, made.span, message);
    if name.is_some() {
        let lines = lines_at([tree.span]);
        let hint = both!("write `{written}` in the place of {lines}", "请把{lines}改写成 `{written}`");
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
    let message = both!(
        "names must stand in square brackets here, without braces",
        "这里只在方括号里写几个名称，不加花括号"
    );
    let finding = Diagnostic::new(Code::WrongKind, tree.span, message);
    Some(finding.with_hint(both!("write `{list}`", "请写 `{list}`")).with_fix(tree.span, list))
}

/// For `heads: [head1, head2]`, names without weights.
fn names_of_heads(tree: &Tree) -> Option<Diagnostic> {
    let names: Vec<&str> = tree.as_list()?.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let head = |name: &&str| format!("{{name: {name}, W_Q: …, W_K: …, W_V: …}}");
    let heads = names.iter().map(head).collect::<Vec<_>>().join(", ");
    let message = both!("these are names, and a head needs its weights", "这里只有名称，而每个头都要有权重");
    let hint = both!(
        "write `[{heads}]`, with the names of the weights of each head for `…`",
        "请写 `[{heads}]`，`…` 处写每个头的权重矩阵的名称"
    );
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint))
}

/// For `W_O` in one of the heads, which all of them share: the finding, and the fields without it.
pub(super) fn output_weights_of_a_head(
    entries: &[(Key, Tree)],
    record: &Record,
) -> Option<(Diagnostic, Vec<(Key, Tree)>)> {
    record.field("heads").filter(|_| record.field("W_O").is_some())?;
    let at = entries.iter().position(|(key, _)| key.text == "heads")?;
    let (heads, list) = &entries[at];
    let is_it = |(key, _): &&(Key, Tree)| key.text == "W_O";
    let mut found =
        list.as_list()?.iter().filter_map(|head| Some((head, head.as_map()?.iter().find(is_it)?)));
    let (head, (key, value)) =
        found.next().filter(|_| found.next().is_none() && !entries.iter().any(|it| is_it(&it)))?;
    let written = format!("W_O: {}", value.as_text()?);
    // Between braces a comma stands before it or behind it.
    let is_first = head.as_map().and_then(<[_]>::first).is_some_and(|first| is_it(&first));
    let removed = match (is_in_brackets(head), is_first) {
        (true, true) => format!("{written}, "),
        (true, false) => format!(", {written}"),
        (false, _) => written.clone(),
    };
    let message = both!("`W_O` belongs to all heads together", "`W_O` 由所有的头共用，不属于其中一个");
    let hint = if is_in_brackets(list) {
        both!(
            "remove `{removed}` here, and write `{written}, ` straight before `heads`",
            "请在这里删去 `{removed}`，在 `heads` 前面写 `{written}, `"
        )
    } else {
        let line = lines_at([heads.span]);
        both!(
            "remove `{removed}` here, and above {line} add the line `{written}`, just as far in as `heads`",
            "请在这里删去 `{removed}`，在{line}上面加一行 `{written}`，与 `heads` 左端对齐"
        )
    };
    let finding = Diagnostic::new(Code::UnknownField, key.span, message).with_hint(hint);
    let mut others = entries.to_vec();
    if let Value::List(heads) = &mut others[at].1.value {
        for head in heads {
            if let Value::Map(fields) = &mut head.value {
                fields.retain(|field| !is_it(&field));
            }
        }
    }
    Some((finding, others))
}
