//! What kinds of things are called when a person is told about them.

use super::{Choice, Field, Kind, MATRIX_KINDS, Presence, Record};
use crate::both;
use crate::language::{Localised, Words, joined, words};
use crate::yaml::{Tree, Value};

/// What should stand somewhere: "a list or a text".
pub(super) fn expected(kind: &Kind) -> Localised<String> {
    let own = |words: Words| words.map(str::to_owned);
    match kind {
        Kind::Text => own(words("a text", "一段文字")),
        Kind::Word => own(words("a word or a line", "一个词或一行文字")),
        Kind::Name => own(words("a name", "一个名字")),
        Kind::Expression => own(words("a number", "一个数")),
        Kind::Count => own(words("a whole number from 0 up", "一个非负整数")),
        Kind::Size => own(words("a whole number from 1 up", "一个不小于 1 的整数")),
        Kind::Choice(choices) => joined(choices.iter().map(|choice| choice.word)),
        Kind::List { .. } => own(words("a list", "一个列表")),
        Kind::Map(_) | Kind::Named(_) | Kind::Record(_) => {
            own(words("names with values, `name: value`", "“名字: 值”"))
        }
        Kind::OneOf(record) => {
            let first = record.fields.first().map_or("…", |field| field.name);
            both!("a kind with what belongs to it, such as `{{{first}: …}}`", "`{{{first}: …}}` 这样的种类")
        }
        Kind::Either(kinds) => joined(kinds.iter().map(expected)),
    }
}

/// What stands there instead.
pub(super) fn found(tree: &Tree) -> Words {
    match &tree.value {
        Value::List(_) => words("a list", "列表"),
        Value::Map(_) => words("names with values", "“名字: 值”"),
        Value::Scalar(scalar) if scalar.is_null() => words("nothing", "空的"),
        Value::Scalar(scalar) if scalar.as_number().is_some() => words("a number", "数"),
        Value::Scalar(_) => words("a text", "文字"),
    }
}

/// How to write what should stand somewhere.
pub(super) fn how_to_write(kind: &Kind) -> Localised<String> {
    let own = |words: Words| words.map(str::to_owned);
    match kind {
        Kind::Text => own(words(
            "write one text, or `{en: …, zh: …}`; a text with `{`, `: ` or `#` in it goes in quotation marks",
            "请写一段文字，或 `{en: …, zh: …}`；含有 `{`、`: ` 或 `#` 的文字要加英文引号",
        )),
        Kind::Word => own(words(
            "write it as one text, in quotation marks if it has brackets",
            "请写成一段文字；含有括号时加英文引号",
        )),
        Kind::Name => own(words("write one name, such as `W_Q`", "请写一个名称，例如 `W_Q`")),
        Kind::Expression => own(words(
            "write a number or arithmetic such as `1/3` or `sqrt(2)`",
            "请写一个数，或 `1/3`、`sqrt(2)` 这样的算式",
        )),
        Kind::Count | Kind::Size => own(words("write a whole number, such as 7", "请写一个整数，例如 7")),
        Kind::Choice(choices) => {
            let Localised { en, zh } = joined(choices.iter().map(|choice| format!("`{}`", choice.word)));
            both!("write {en}", "请写 {zh}")
        }
        Kind::List { of, .. } => items_of(of),
        Kind::Map(_) | Kind::Named(_) => own(words(
            "write `name: value` on each line, or `{name: value}`",
            "请每行写一个 `名字: 值`，或写成 `{名字: 值}`",
        )),
        Kind::Record(record) => with_fields(record),
        Kind::OneOf(record) => kinds_of(record),
        Kind::Either([Kind::Size, Kind::List { .. }]) => own(words(
            "write how many there are, such as `2`, or the name of each in square brackets: `[a, b]`",
            "请写有几项，例如 `2`；或在方括号里写各项的名称：`[a, b]`",
        )),
        Kind::Either(kinds) => {
            let parts: Vec<_> = kinds.iter().map(how_to_write).collect();
            Localised {
                en: parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join("; or "),
                zh: parts
                    .iter()
                    .map(|part| part.zh.as_str())
                    .collect::<Vec<_>>()
                    .join("；或")
                    .replace("；或请", "；或"),
            }
        }
    }
}

/// How to write the items of a list.
fn items_of(of: &Kind) -> Localised<String> {
    match first_name(of) {
        Some(first) => {
            both!("write one `- {first}: …` on a line for each", "请每项一行，写成 `- {first}: …`")
        }
        None if matches!(of, Kind::Name) => {
            both!(
                "write a name in square brackets, or several: `[A, B]`",
                "请在方括号里写一个或几个名称：`[A, B]`"
            )
        }
        None if matches!(of, Kind::Expression) => {
            both!("write numbers in square brackets: `[1, 2]`", "请在方括号里写数：`[1, 2]`")
        }
        None if matches!(of, Kind::List { .. } | Kind::Either(_)) => {
            both!(
                "write rows in square brackets: `[[1, 2], [3, 4]]`",
                "请在方括号里写各行：`[[1, 2], [3, 4]]`"
            )
        }
        None => both!(
            "write at least one in square brackets, with commas: `[a, b]`",
            "请在方括号里至少写一个，用逗号分开：`[a, b]`"
        ),
    }
}

/// How to write what is missing from a field that has nothing in it but these `brackets`, and whether its items may
/// stand on lines of their own below it.
pub(super) fn how_to_fill(brackets: &str, kind: &Kind, place: Place) -> Localised<String> {
    let kinds = kind.alternatives();
    let list = kinds.iter().find_map(|kind| if let Kind::List { of, .. } = kind { Some(*of) } else { None });
    match (list.and_then(first_name), place) {
        (Some(first), Place::Outermost) => both!(
            "remove `{brackets}`, and write `  - {first}: …` in the line below",
            "请删去 `{brackets}`，在下一行写 `  - {first}: …`"
        ),
        (Some(first), Place::Inner) => both!("write `[{{{first}: …}}]`", "请写 `[{{{first}: …}}]`"),
        (None, _) if kinds.iter().any(|kind| matches!(kind, Kind::Name)) => {
            both!("write one name, or several: `[A, B]`", "请写一个名称，或几个：`[A, B]`")
        }
        (None, _) => list.map_or_else(|| how_to_write(kind), items_of),
    }
}

/// Where a field stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the left edge.
    Outermost,
    Inner,
}

/// The name with which an item of a list begins: what it must have or what it names, or else its first field.
fn first_name(of: &Kind) -> Option<&'static str> {
    if matches!(of, Kind::Named(_)) {
        return Some("X");
    }
    let names = |field: &&Field| field.kind.alternatives().iter().any(|kind| matches!(kind, Kind::Name));
    let (Kind::Record(record) | Kind::OneOf(record)) = of else { return None };
    let required = record.fields.iter().find(|field| field.presence == Presence::Required);
    let first = required.or_else(|| record.fields.iter().find(names)).or_else(|| record.fields.first());
    first.map(|field| field.name)
}

/// The words and the kinds of which one can be: `causal, {window: …} or {block: …}`.
pub(super) fn one_of(kinds: &[Kind]) -> Localised<String> {
    let ways = |kind: &Kind| {
        let fields = if let Kind::OneOf(record) = kind { record.fields } else { &[] };
        fields.iter().map(|field| format!("{{{}: …}}", field.name))
    };
    let each = |kind| words_of(kind).iter().map(|choice| choice.word.to_owned()).chain(ways(kind));
    let all: Vec<String> = kinds.iter().flat_map(each).collect();
    joined(all)
}

/// The words of which one may stand where this kind may, if it is one of words.
pub(super) fn words_of(kind: &Kind) -> &'static [Choice] {
    if let Kind::Choice(words) = kind { words } else { &[] }
}

/// Braces with the field that is needed most, and the names of all fields.
fn with_fields(record: &Record) -> Localised<String> {
    let needed = record.fields.iter().find(|field| field.presence == Presence::Required);
    let first = needed.or_else(|| record.fields.first()).map_or("…", |field| field.name);
    let Localised { en, zh } = fields_of(record);
    both!("write `{{{first}: …}}`; {en}", "请写 `{{{first}: …}}`；{zh}")
}

/// The names of all fields.
pub(super) fn fields_of(record: &Record) -> Localised<String> {
    if std::ptr::eq(record, &raw const MATRIX_KINDS) {
        return kinds_of(record);
    }
    let names: Vec<_> = record.fields.iter().map(|field| field.name).collect();
    Localised {
        en: format!("the fields are {}", names.join(", ")),
        zh: format!("可用的字段有 {}", names.join("、")),
    }
}

/// The kinds of which one can be; of those of matrices, which are many, a few.
fn kinds_of(record: &Record) -> Localised<String> {
    if std::ptr::eq(record, &raw const MATRIX_KINDS) {
        return both!(
            "write such as `{{given: [[1, 2]]}}`, `{{embed: main}}` or `{{product: [A, B]}}`; `qkv help format` has all kinds",
            "请写成 `{{given: [[1, 2]]}}`、`{{embed: main}}` 或 `{{product: [A, B]}}` 等；全部种类见 `qkv help format`"
        );
    }
    let Some((first, others)) = record.fields.split_first() else { return Localised::default() };
    let first = first.name;
    let Localised { en, zh } = joined(others.iter().map(|field| format!("`{}`", field.name)));
    both!(
        "write `{{{first}: …}}`, or {en} in the place of `{first}`",
        "请写成 `{{{first}: …}}`，`{first}` 也可以换成 {zh}"
    )
}
