//! What the things that have fields are called when a person is told about their fields.

use super::Record;
use crate::language::Localised;

/// What an author has not typed as a name, or not in one word: what it is with an article, pointed at, and in Chinese.
const INNER: [(&str, &str, &str, &str); 14] = [
    ("lesson", "a lesson", "this lesson", "课程"),
    ("step", "a step", "this step", "步骤"),
    ("arrow", "an arrow", "this arrow", "箭头"),
    ("option", "an option", "this option", "选项"),
    ("matrix", "a matrix", "this matrix", "矩阵"),
    ("head", "a head", "this head", "注意力头"),
    ("layer", "a layer", "this layer", "层"),
    ("rotation", "a rotation", "this rotation", "旋转"),
    ("block.attention", "the attention of a block", "the attention of this block", "`block` 的注意力"),
    ("block.feed_forward", "the network of a block", "the network of this block", "`block` 的前馈网络"),
    ("block.norm", "the norm of a block", "this norm of a block", "`block` 的归一化"),
    ("block.dropout", "the dropout of a block", "the dropout of this block", "`block` 的 dropout"),
    ("block.weights", "the weights of a block", "the weights of this block", "`block` 的 `weights`"),
    ("stack.weights", "the weights of layers", "the weights of these layers", "各层的 `weights`"),
];

/// What a record is called: `a step` and `attention`.
pub(super) fn any(record: &Record) -> Localised<String> {
    named(record, |(_, any, _, zh)| (any, zh), "")
}

/// What this one is called: `this step` and `this attention`.
pub(super) fn this(record: &Record) -> Localised<String> {
    named(record, |(_, _, this, zh)| (this, zh), "this ")
}

type Row = (&'static str, &'static str, &'static str, &'static str);

fn named(record: &Record, words: fn(Row) -> (&'static str, &'static str), before: &str) -> Localised<String> {
    let name = record.name;
    match INNER.into_iter().find(|(inner, ..)| *inner == name).map(words) {
        Some((en, zh)) => Localised { en: en.to_owned(), zh: zh.to_owned() },
        None => crate::both!("{before}`{name}`", "`{name}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::fields::records;

    #[test]
    fn what_nobody_types_has_words() {
        let all = records();
        let typed = |name: &str| all.iter().any(|record| record.field(name).is_some());
        let without: Vec<_> = all
            .iter()
            .map(|record| record.name)
            .filter(|name| !typed(name) && !INNER.iter().any(|(inner, ..)| inner == name))
            .collect();
        assert_eq!(without, [""; 0]);
        let idle: Vec<_> =
            INNER.iter().filter(|(inner, ..)| !all.iter().any(|record| record.name == *inner)).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}
