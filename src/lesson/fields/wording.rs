//! What kinds of things are called when a person is told about them.

use super::{Kind, Record};
use crate::language::{Localised, Words, words};
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
        Kind::Size => own(words("a whole number from 1 up", "一个大于等于 1 的整数")),
        Kind::Choice(choices) => choice(choices),
        Kind::List { .. } => own(words("a list", "一个列表")),
        Kind::Map(_) | Kind::Named(_) | Kind::Record(_) => {
            own(words("names with values, `name: value`", "“名字: 值”"))
        }
        Kind::OneOf(_) => own(words("its kind with what belongs to it, `{KIND: …}`", "`{种类: …}`")),
        Kind::Either(kinds) => {
            let parts: Vec<_> = kinds.iter().map(expected).collect();
            Localised {
                en: parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join(" or "),
                zh: parts.iter().map(|part| part.zh.as_str()).collect::<Vec<_>>().join("或"),
            }
        }
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
            "write one text, or {en: …, zh: …}; a text with `{`, `: ` or `#` in it goes in quotation marks",
            "写一段文字，或 {en: …, zh: …}；含有 `{`、`: ` 或 `#` 的文字要加英文引号",
        )),
        Kind::Word => own(words(
            "write it as one text, in quotation marks if it has brackets",
            "写成一段文字；含有括号时加英文引号",
        )),
        Kind::Name => own(words("write one name, such as W_Q", "写一个名字，例如 W_Q")),
        Kind::Expression => own(words(
            "write a number or arithmetic such as 1/3 or sqrt(2)",
            "写一个数，或 1/3、sqrt(2) 这样的算式",
        )),
        Kind::Count | Kind::Size => {
            own(words("write a whole number in digits, such as 7", "请用数字写一个整数，例如 7"))
        }
        Kind::Choice(choices) => {
            choice(choices).map(|all| format!("`{}`", all.replace(" or ", "`, `").replace(" 或 ", "`, `")))
        }
        Kind::List { .. } => {
            own(words("write [a, b], or one `- ` item per line", "写成 [a, b]，或每行一个 `- ` 项"))
        }
        Kind::Map(_) | Kind::Named(_) => own(words(
            "write `name: value` on each line, or {name: value}",
            "每行写一个 `名字: 值`，或写成 {名字: 值}",
        )),
        Kind::Record(record) => fields_of(record),
        Kind::OneOf(record) => kinds_of(record),
        Kind::Either(kinds) => {
            let parts: Vec<_> = kinds.iter().map(how_to_write).collect();
            Localised {
                en: parts.iter().map(|part| part.en.as_str()).collect::<Vec<_>>().join("; or "),
                zh: parts.iter().map(|part| part.zh.as_str()).collect::<Vec<_>>().join("；或"),
            }
        }
    }
}

/// The words and the kinds of which one can be: `causal, {window: …} or {block: …}`.
pub(super) fn one_of(kinds: &[Kind]) -> Localised<String> {
    let ways = |kind: &Kind| {
        let fields = if let Kind::OneOf(record) = kind { record.fields } else { &[] };
        fields.iter().map(|field| format!("{{{}: …}}", field.name))
    };
    let each = |kind| words_of(kind).iter().map(|word| (*word).to_owned()).chain(ways(kind));
    let all: Vec<String> = kinds.iter().flat_map(each).collect();
    let Some((last, others)) = all.split_last() else { return Localised::default() };
    if others.is_empty() {
        return Localised { en: last.clone(), zh: last.clone() };
    }
    Localised {
        en: format!("{} or {last}", others.join(", ")),
        zh: format!("{} 或 {last}", others.join("、")),
    }
}

/// The words of which one may stand where this kind may, if it is one of words.
pub(super) fn words_of(kind: &Kind) -> &'static [&'static str] {
    if let Kind::Choice(words) = kind { words } else { &[] }
}

/// The names of all fields.
pub(super) fn fields_of(record: &Record) -> Localised<String> {
    let names: Vec<_> = record.fields.iter().map(|field| field.name).collect();
    Localised {
        en: format!("the fields are {}", names.join(", ")),
        zh: format!("可用的字段有 {}", names.join("、")),
    }
}

/// The kinds of which one can be.
fn kinds_of(record: &Record) -> Localised<String> {
    let names: Vec<_> = record.fields.iter().map(|field| field.name).collect();
    Localised {
        en: format!("write {{KIND: …}}, where the kind is one of {}", names.join(", ")),
        zh: format!("写成 {{种类: …}}，种类有 {}", names.join("、")),
    }
}

fn choice(choices: &[&str]) -> Localised<String> {
    Localised { en: choices.join(" or "), zh: choices.join(" 或 ") }
}
