//! Values that stand there in another form than theirs, such as `mask: {causal}` and `order: [A, B]`: what is meant by
//! them, so that it is told once, where it stands.

use super::mask_table::table_of_a_mask;
use super::moved::put_below;
use super::other_kind::{under_another_kind, without_its_kind};
use super::other_words::own_word;
use super::unknown::in_line;
use super::{Kind, MATRIX_KINDS, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, all_of};
use crate::yaml::{Key, Scalar, Style, Tree, Value, quoted_text, within_braces};

/// What is told of such a value, and the value that is meant.
pub(super) struct Otherwise {
    pub(super) finding: Diagnostic,
    pub(super) meant: Tree,
}

/// Longer values are not written again.
pub(super) const LONGEST: usize = 60;

/// What is meant by a value of another form.
pub(super) fn otherwise(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    word_in_braces(tree, kind)
        .or_else(|| table_of_a_mask(tree, kind))
        .or_else(|| list_to_order(tree, kind))
        .or_else(|| seed_alone(tree, kind))
        .or_else(|| words_of_a_claim(tree, kind))
        .or_else(|| feature_alone(tree, kind))
        .or_else(|| equation(tree, kind))
        .or_else(|| without_its_kind(tree, kind))
        .or_else(|| under_another_kind(tree, kind))
        .or_else(|| words_beside_tokens(tree, kind))
        .or_else(|| printed_alone(tree, kind))
}

pub(super) fn told(span: Span, message: Localised<String>, hint: Localised<String>) -> Diagnostic {
    Diagnostic::new(Code::WrongKind, span, message).with_hint(hint)
}

pub(super) fn write(written: &str) -> Localised<String> {
    both!("write `{written}`", "请写 `{written}`")
}

pub(super) fn word(text: &str, span: Span) -> Tree {
    Tree { span, value: Value::Scalar(Scalar { text: text.to_owned(), style: Style::Plain }) }
}

pub(super) fn names(entries: Vec<(&str, Tree)>, span: Span) -> Tree {
    let entry = |(name, value): (&str, Tree)| (Key { text: name.to_owned(), span }, value);
    Tree { span, value: Value::Map(entries.into_iter().map(entry).collect()) }
}

/// What may stand there and has this field.
pub(super) fn record_with(kind: &Kind, field: &str) -> Option<&'static Record> {
    kind.alternatives().into_iter().filter_map(Kind::own_record).find(|record| record.field(field).is_some())
}

/// The finding with signs around a value that stands in brackets or on one line.
pub(super) fn put_around(finding: Diagnostic, tree: &Tree, before: &str, after: &str) -> Diagnostic {
    if is_in_brackets(tree) {
        finding.with_fix(Span::at(tree.span.start), before).with_fix(Span::at(tree.span.end), after)
    } else {
        finding
    }
}

/// Whether a list or names stand in brackets. On lines of their own, no sign stands before the first, or a dash and a blank.
pub(super) fn is_in_brackets(tree: &Tree) -> bool {
    let first = match &tree.value {
        Value::List(items) => items.first().map(|item| item.span.start),
        Value::Map(entries) => entries.first().map(|(key, _)| key.span.start),
        Value::Scalar(_) => None,
    };
    first.is_none_or(|first| first == tree.span.start + 1)
}

/// `mask: {causal}` and `mask: {causal: true}`.
fn word_in_braces(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    let [(key, value)] = tree.as_map()? else { return None };
    let is_said = value.is_null() || matches!(value.as_text(), Some("true" | "yes" | "on" | "是" | "1"));
    let kinds = kind.alternatives();
    if kinds.iter().all(|kind| !matches!(kind, Kind::Choice(_))) {
        return None;
    }
    let is_word = |own: &str| {
        kinds.iter().any(|kind| matches!(kind, Kind::Choice(words) if words.iter().any(|it| it.word == own)))
    };
    if !is_said || record_with(kind, &key.text).is_some() {
        return None;
    }
    let lower = key.text.to_lowercase();
    let own = own_word(&lower, is_word).map(str::to_owned).filter(|_| !is_word(&key.text));
    let own = own.or_else(|| is_word(&key.text).then(|| key.text.clone()))?;
    let message = both!("one word belongs here, without braces", "这里只写一个词，不加花括号");
    let finding = told(tree.span, message, write(&own)).with_fix(tree.span, own.clone());
    Some(Otherwise { finding, meant: word(&own, tree.span) })
}

/// `order: [A, B]`
fn list_to_order(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    record_with(kind, "items").filter(|record| record.field("by").is_some())?;
    let items: Vec<&str> = tree.as_list()?.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let are_matrices = !items.iter().any(|item| item.contains(['[', '(', '+', '*', '/']));
    let (before, by) = if are_matrices { ("by: making, ", Some("making")) } else { ("", None) };
    let list = items.into_iter().map(within_braces).collect::<Vec<_>>().join(", ");
    let message = both!("what is put in order must stand in `items`", "要排序的各项写在 `items` 里");
    let hint = if are_matrices {
        both!(
            "write `{{by: making, items: [{list}]}}` for the order in which they are made",
            "按算出的先后排序，请写 `{{by: making, items: [{list}]}}`"
        )
    } else {
        both!(
            "write `{{items: [{list}]}}` for the largest first, `{{by: smallest, items: [{list}]}}` for the smallest",
            "从大到小请写 `{{items: [{list}]}}`，从小到大请写 `{{by: smallest, items: [{list}]}}`"
        )
    };
    let finding = told(tree.span, message, hint);
    let finding = put_around(finding, tree, &format!("{{{before}items: "), "}");
    let by = by.map(|by| ("by", word(by, tree.span)));
    let meant = names(by.into_iter().chain([("items", tree.clone())]).collect(), tree.span);
    Some(Otherwise { finding, meant })
}

/// `weights: 7`
fn seed_alone(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    let number = tree.as_text().filter(|_| tree.as_count().is_some())?;
    let record = record_with(kind, "seed").filter(|record| record.field("n_heads").is_some())?;
    if kind.alternatives().iter().any(|kind| matches!(kind, Kind::Count | Kind::Size | Kind::Expression)) {
        return None;
    }
    let owner = record.name.rsplit('.').next().unwrap_or(record.name);
    let message =
        both!("nothing says what `{number}` is in `{owner}`", "没有写明 `{owner}` 中的 `{number}` 是什么");
    let hint = both!(
        "write `{{seed: {number}}}`; for two heads, `{{seed: {number}, n_heads: 2}}`",
        "请写 `{{seed: {number}}}`；有两个头时写 `{{seed: {number}, n_heads: 2}}`"
    );
    let finding = told(tree.span, message, hint);
    Some(Otherwise { finding, meant: names(vec![("seed", tree.clone())], tree.span) })
}

/// `claim: "argmax(P[1]) = cat"`
fn words_of_a_claim(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    record_with(kind, "holds")?;
    let text = tree.as_text().filter(|text| !tree.is_null() && !text.trim().is_empty())?;
    let compares = text.contains(['=', '<', '>', '≤', '≥', '≈']) && text.contains(['[', '(']);
    let (message, hint) = if compares {
        let quoted = quoted_text(text);
        (
            both!(
                "an option with a claim needs both: words to read, and the claim",
                "带断言的选项要写两样：给人看的文字和断言"
            ),
            both!(
                "write `{{say: …, holds: {quoted}}}` after `claim:`, with the words of the option for `…`",
                "请在 `claim:` 后面写 `{{say: …, holds: {quoted}}}`，`…` 处写选项的文字"
            ),
        )
    } else {
        (
            both!("these are words, and `claim` is for numbers", "这里是文字，而 `claim` 后面写关于数的断言"),
            both!(
                "if it is right, write `right` in the place of `claim`, else `wrong`",
                "如果这句话对，请把 `claim` 改成 `right`；如果不对，请改成 `wrong`"
            ),
        )
    };
    let claim = if compares { text } else { "1 = 1" };
    let meant = names(vec![("say", word(text, tree.span)), ("holds", word(claim, tree.span))], tree.span);
    Some(Otherwise { finding: told(tree.span, message, hint), meant })
}

/// `cat: animal` and `cat: {animal}`, where a number for each feature belongs.
fn feature_alone(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    let kinds = kind.alternatives();
    let by_name = |kind: &&Kind| matches!(kind, Kind::Map(Kind::Expression));
    let takes_word = |kind: &&Kind| matches!(kind, Kind::Text | Kind::Word | Kind::Name | Kind::Expression);
    if !kinds.iter().any(by_name) || (tree.as_text().is_some() && kinds.iter().any(takes_word)) {
        return None;
    }
    let is_feature =
        |text: &str| text.chars().all(|c| c.is_alphabetic() || c == '_') && text.chars().next().is_some();
    let features: Vec<(&str, Span)> = match &tree.value {
        Value::Scalar(_) if tree.is_null() => return None,
        Value::Scalar(scalar) => vec![(scalar.text.as_str(), tree.span)],
        Value::Map(entries) => {
            let has_value = |(_, value): &(Key, Tree)| !value.is_null();
            if entries.is_empty() || entries.iter().any(has_value) {
                return None;
            }
            entries.iter().map(|(key, _)| (key.text.as_str(), key.span)).collect()
        }
        Value::List(_) => return None,
    };
    if !features.iter().all(|(name, _)| is_feature(name)) {
        return None;
    }
    let with = |number: &str| {
        let each: Vec<String> = features.iter().map(|(name, _)| format!("{name}: {number}")).collect();
        format!("{{{}}}", each.join(", "))
    };
    let one = with("1");
    let Localised { en, zh } = all_of(features.iter().map(|(name, _)| format!("`{name}`")));
    let message = both!("there is no number for {en}", "{zh} 后面没有数");
    let hint = both!(
        "write `{one}`: 1 says that it is there, other numbers say more or less",
        "请写 `{one}`：1 表示“有”，程度不同可以写别的数"
    );
    let entry =
        |(name, span): &(&str, Span)| (Key { text: (*name).to_owned(), span: *span }, word("1", *span));
    let meant = Tree { span: tree.span, value: Value::Map(features.iter().map(entry).collect()) };
    Some(Otherwise { finding: told(tree.span, message, hint), meant })
}

/// `- out = X + head.Z`, which the checker can say how to write.
fn equation(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    let Kind::Named(Kind::OneOf(record)) = kind else { return None };
    let text = tree.as_text().filter(|_| std::ptr::eq(*record, &raw const MATRIX_KINDS))?;
    let (name, formula) = text.split_once(['=', '＝', '←'])?;
    let (name, formula) = (name.trim().trim_end_matches(':').trim(), formula.trim());
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "_.'".contains(c));
    if !is_word(name) || formula.is_empty() || formula.starts_with('=') {
        return None;
    }
    let of = formula.strip_suffix(')').and_then(|call| call.split_once('('));
    let of = of.filter(|(word, of)| is_word(word) && is_word(of));
    let (message, hint) = match of {
        Some((word, of)) => (
            both!("qkv knows no `{word}` of a matrix", "没有 `{word}` 这种计算"),
            both!(
                "write `{name}: {{…: {of}}}`, with the name of the operation for `…`, such as `softmax`; `qkv help format` lists them",
                "请写 `{name}: {{…: {of}}}`，`…` 处写计算的名称，例如 `softmax`；有哪些计算，见 `qkv help format`"
            ),
        ),
        None => (
            both!("a matrix is not written as an equation", "矩阵不写成等式"),
            both!(
                "write `{name}: {{…: [A, B]}}`, with the name of the operation for `…`, such as `add`, and your matrices for `A` and `B`; `qkv help format` lists them",
                "请写 `{name}: {{…: [A, B]}}`，`…` 处写计算的名称，例如 `add`，`A`、`B` 换成你的矩阵；有哪些计算，见 `qkv help format`"
            ),
        ),
    };
    let start = tree.span.start;
    let key = Key { text: name.to_owned(), span: Span::new(start, start + name.len()) };
    let value = Value::Map(vec![(key, word(formula, tree.span))]);
    Some(Otherwise { finding: told(tree.span, message, hint), meant: Tree { span: tree.span, value } })
}

/// The words of a vocabulary beside `axis`, where `tokens:` is left out.
fn words_beside_tokens(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    const SURE: usize = 2;
    let record = record_with(kind, "tokens").filter(|record| record.field("axis").is_some())?;
    let entries = tree.as_map()?;
    if entries.iter().any(|(key, _)| record.meant(&key.text) == Some("tokens")) {
        return None;
    }
    let (axis, words): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|(key, _)| record.field(&key.text).is_some());
    let has_numbers = |(_, value): &(Key, Tree)| value.as_map().is_some() || value.as_list().is_some();
    let is_sure = words.len() >= SURE || (axis.is_empty() && !words.is_empty());
    if !is_sure || !words.iter().all(has_numbers) {
        return None;
    }
    let (first, _) = words.first()?;
    let name = &first.text;
    let message =
        both!("the words of a vocabulary must stand under `tokens:`", "词表中的词要写在 `tokens:` 下面");
    let finding = Diagnostic::new(Code::WrongKind, first.span, message);
    let last = words.last().map_or(first.span, |(_, value)| value.span);
    let lines = first.span.to(last);
    let is_between = axis.iter().any(|(key, _)| lines.range().contains(&key.span.start));
    let finding = if is_in_brackets(tree) && axis.is_empty() {
        finding.with_hint(both!(
            "write `axis: d_model, tokens: {{` before `{name}`, with the name of the feature axis, and one more `}}` at the end",
            "请在 `{name}` 前面写 `axis: d_model, tokens: {{`（`d_model` 是特征轴的名称），末尾再加一个 `}}`"
        ))
    } else if is_in_brackets(tree) {
        finding.with_hint(both!(
            "write `tokens: {{` before `{name}`, and one more `}}` at the end",
            "请在 `{name}` 前面写 `tokens: {{`，末尾再加一个 `}}`"
        ))
    } else if is_between {
        finding.with_hint(both!(
            "write a line `tokens:` above the words, and put 2 more spaces before each line of a word",
            "请在各词上面写一行 `tokens:`，再把各词的行向右移 2 格"
        ))
    } else if axis.is_empty() {
        finding.with_hint(both!(
            "write two lines above `{name}`, `axis: d_model` with the name of the feature axis and `tokens:`, and put two spaces more before each word",
            "请在 `{name}` 上面写两行：`axis: d_model`（特征轴的名称）和 `tokens:`，再把各词缩进两格"
        ))
    } else {
        put_below(finding, &["tokens:"], name, lines)
    };
    let span = first.span;
    let tokens =
        (Key { text: "tokens".to_owned(), span }, Tree { span: tree.span, value: Value::Map(words) });
    let meant = axis.into_iter().chain([tokens]).collect();
    Some(Otherwise { finding, meant: Tree { span: tree.span, value: Value::Map(meant) } })
}

/// `published: [0.9, 0.1]`, where nothing says what was printed.
fn printed_alone(tree: &Tree, kind: &Kind) -> Option<Otherwise> {
    record_with(kind, "because").filter(|record| record.field("of").is_some())?;
    let is_number = |tree: &Tree| tree.as_number().is_some();
    let (of, is_printed) = match &tree.value {
        Value::List(items) => ("NAME[ROW]", !items.is_empty() && items.iter().all(is_number)),
        Value::Scalar(_) => ("NAME[ROW, COLUMN]", is_number(tree)),
        Value::Map(_) => ("", false),
    };
    let value = in_line(tree).filter(|_| is_printed)?;
    let zh = of.replace("NAME", "名称").replace("ROW", "行").replace("COLUMN", "列");
    let message = both!("nothing says of what these printed numbers are", "没有写明这些数是哪个矩阵的");
    let hint = both!("write `{{of: \"{of}\", value: {value}}}`", "请写 `{{of: \"{zh}\", value: {value}}}`");
    let meant = names(vec![("value", tree.clone())], tree.span);
    Some(Otherwise { finding: told(tree.span, message, hint), meant })
}
