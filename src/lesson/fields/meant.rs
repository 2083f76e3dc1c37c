//! A file with misspelt fields under the names that were meant, so that one slip is one finding, and not one for each
//! name that then stands nowhere.

use super::items::{
    in_round_brackets, names_for_an_axis, tight_dash, unbracketed, with_decimals, without_colon,
};
use super::lists::listed;
use super::lit::lit_by_number;
use super::otherwise::otherwise;
use super::sources::sources;
use super::unknown::{field_of, is_stray, owner_beside};
use super::validate::has_shape;
use super::{Kind, MATRIX_KINDS, Record};
use crate::diagnostic::Span;
use crate::yaml::{Key, Scalar, Style, Tree, Value};

/// Puts fields under the names that were meant, and makes lists of what was written without `-`. Both have been
/// reported by [`validate`](super::validate()).
pub fn as_meant(tree: &mut Tree, kind: &Kind) {
    if let Some(listed) = listed(tree, kind) {
        tree.value = listed.meant(tree);
    }
    if let Some(otherwise) = otherwise(tree, kind) {
        *tree = otherwise.meant;
    }
    match kind {
        Kind::Record(record) | Kind::OneOf(record) => fields(tree, record),
        Kind::List { of, .. } => {
            if matches!(tree.value, Value::Map(_)) {
                into_list(tree, of);
            }
            if let Value::List(items) = &mut tree.value {
                if matches!(of, Kind::Named(_)) {
                    *items = std::mem::take(items).into_iter().flat_map(one_by_one).collect();
                }
                for item in items {
                    as_meant(item, of);
                }
            }
        }
        Kind::Map(of) | Kind::Named(of) => {
            if let Value::Map(entries) = &mut tree.value {
                if matches!(of, Kind::Expression) {
                    numbers(entries);
                }
                for (_, value) in entries {
                    as_meant(value, of);
                }
            }
        }
        Kind::Either(kinds) => {
            if let Some(kind) = kinds.iter().find(|kind| has_shape(kind, &tree.value)) {
                as_meant(tree, kind);
            }
        }
        Kind::Text
        | Kind::Word
        | Kind::Name
        | Kind::Expression
        | Kind::Count
        | Kind::Size
        | Kind::Choice(_) => {}
    }
}

/// Names with numbers, such as `3,5` and `animal = 1`, which YAML reads as names without one.
fn numbers(entries: &mut Vec<(Key, Tree)>) {
    let number =
        |text: String, span| Tree { span, value: Value::Scalar(Scalar { text, style: Style::Plain }) };
    let mut meant: Vec<(Key, Tree)> = Vec::with_capacity(entries.len());
    for (mut key, value) in std::mem::take(entries) {
        if let Some((_, before)) = meant.last_mut()
            && let Some(whole) = with_decimals(before, &Kind::Expression, &key, &value)
        {
            *before = number(whole, before.span.to(key.span));
        } else if let Some((name, between, text)) = without_colon(&key, &value) {
            let span = Span::new(between.end, key.span.end);
            key = Key { text: name, span: Span::new(key.span.start, between.start) };
            meant.push((key, number(text, span)));
        } else {
            meant.push((key, value));
        }
    }
    *entries = meant;
}

/// An item of a list of definitions, or several items where it has several names: the `- ` before the others is missing.
fn one_by_one(mut item: Tree) -> Vec<Tree> {
    let is_made = |(_, value): &(Key, Tree)| matches!(value.value, Value::Map(_));
    let Value::Map(entries) = &mut item.value else { return vec![item] };
    if entries.len() < 2 || !entries.iter().all(is_made) {
        return vec![item];
    }
    let alone = |(key, value): (Key, Tree)| Tree {
        span: key.span.to(value.span),
        value: Value::Map(vec![(key, value)]),
    };
    std::mem::take(entries).into_iter().map(alone).collect()
}

fn fields(tree: &mut Tree, record: &'static Record) {
    let Value::Map(entries) = &mut tree.value else { return };
    into_brackets(entries, record);
    if std::ptr::eq(record, &raw const MATRIX_KINDS) {
        into_owner(entries, record);
    }
    if let Some(sources) = sources(entries, record) {
        sources.meant(entries);
    }
    for at in 0..entries.len() {
        let (key, value) = &entries[at];
        let Some(field) = record.meant_of(&key.text, value).and_then(|name| record.field(name)) else {
            continue;
        };
        let misspelt = key.text != field.name;
        if misspelt && (value.is_null() || entries.iter().any(|(key, _)| key.text == field.name)) {
            continue;
        }
        field.name.clone_into(&mut entries[at].0.text);
        if let Some(lit) = lit_by_number(&entries[at].1).filter(|_| field.name == "focus") {
            entries[at].1.value = lit;
        }
        as_meant(&mut entries[at].1, &field.kind);
    }
}

/// What stands beside the field that it belongs inside, as in `{load: a.csv, rows: f}`.
fn into_owner(entries: &mut Vec<(Key, Tree)>, record: &'static Record) {
    let is_unknown = |(key, _): &&(Key, Tree)| record.meant(&key.text).is_none();
    let mut strays = entries.iter().filter(is_unknown);
    let Some((field, inner)) = strays.find_map(|(key, _)| owner_beside(&key.text, entries, record)) else {
        return;
    };
    let Some(at) = entries.iter().position(|(key, value)| key.text == field.name && !value.is_null()) else {
        return;
    };
    let owner = &entries[at].1;
    let short = field_of(owner, inner).map(|field| field.name);
    let key = |text: &str, span| Key { text: text.to_owned(), span };
    let mut within = match (&owner.value, short) {
        (Value::Map(within), _) => within.clone(),
        (Value::Scalar(_) | Value::List(_), Some(short)) => vec![(key(short, owner.span), owner.clone())],
        (Value::Scalar(_) | Value::List(_), None) => return,
    };
    let is_free = |name: &str| within.iter().all(|(key, _)| key.text != name);
    let (strays, mut rest): (Vec<_>, Vec<_>) = std::mem::take(entries)
        .into_iter()
        .partition(|(key, _)| is_stray(&key.text, field, inner, record) && is_free(&key.text));
    within.extend(strays);
    if let Some((_, owner)) = rest.iter_mut().find(|(key, _)| key.text == field.name) {
        owner.value = Value::Map(within);
    }
    *entries = rest;
}

/// The names of `embed: sight, story` and `rows: a, b` and the numbers of `value: (4, -1)`, which YAML reads as further
/// fields, as one value.
fn into_brackets(entries: &mut Vec<(Key, Tree)>, record: &Record) {
    let mut at = 0;
    while at < entries.len() {
        if let Some((_, others)) = unbracketed(entries, at, record) {
            let names: Vec<(Key, Tree)> = entries.drain(at + 1..=at + others).collect();
            let word = |(key, _): (Key, Tree)| Tree {
                span: key.span,
                value: Value::Scalar(Scalar { text: key.text, style: Style::Plain }),
            };
            let value = &mut entries[at].1;
            let items = [value.clone()].into_iter().chain(names.into_iter().map(word)).collect();
            value.value = Value::List(items);
        } else if let Some((names, end, others)) = names_for_an_axis(entries, at, record) {
            entries.drain(at + 1..=at + others);
            let value = &mut entries[at].1;
            value.span = Span::new(value.span.start, end);
            value.value = Value::Scalar(Scalar { text: names, style: Style::Plain });
        } else if let Some((_, span, items)) = in_round_brackets(entries, at, record) {
            entries.drain(at + 1..at + items.len());
            let word =
                |text: String| Tree { span, value: Value::Scalar(Scalar { text, style: Style::Plain }) };
            let kind = record.field(&entries[at].0.text).map(|field| &field.kind);
            entries[at].1 = if kind.is_some_and(is_text) {
                word(format!("({})", items.join(", ")))
            } else {
                Tree { span, value: Value::List(items.into_iter().map(word).collect()) }
            };
        }
        at += 1;
    }
}

fn is_text(kind: &Kind) -> bool {
    kind.alternatives().iter().all(|kind| matches!(kind, Kind::Text | Kind::Word))
}

/// Names with values where items with `- ` belong: each name is an item, or all of them are the fields of one.
fn into_list(tree: &mut Tree, of: &Kind) {
    let Value::Map(entries) = &mut tree.value else { return };
    if entries.is_empty() {
        tree.value = Value::List(Vec::new());
        return;
    }
    let span = tree.span;
    let mut entries: Vec<(Key, Tree)> = std::mem::take(entries);
    for (key, _) in &mut entries {
        if let Some(name) = tight_dash(key) {
            key.text = name.to_owned();
        }
    }
    let item = |entries: Vec<(Key, Tree)>| Tree { span, value: Value::Map(entries) };
    tree.value = if matches!(of, Kind::Named(_)) {
        Value::List(entries.into_iter().map(|entry| item(vec![entry])).collect())
    } else if matches!(of, Kind::Record(_)) {
        Value::List(vec![item(entries)])
    } else {
        Value::Map(entries)
    };
}
