//! Lessons in which one thing stands otherwise.

use crate::diagnostic::Span;
use crate::lesson::check::advice::items;
use crate::yaml::{Key, Scalar, Style, Tree, Value};

/// A single value that says this.
pub(super) fn said(text: &str) -> Value {
    Value::Scalar(Scalar { text: text.to_owned(), style: Style::Plain })
}

/// What stands otherwise in a lesson.
pub(super) enum Change {
    /// Another value in this place.
    Value(Span, Value),
    /// A single value in the place of this list.
    ForList(Span, String),
    /// Another name before one of the values.
    Name(Span, String),
}

/// The tree with some changes, one after the other.
pub(super) fn changed(tree: &Tree, changes: &[Change]) -> Tree {
    changes.iter().fold(tree.clone(), |mut tree, change| match change {
        Change::Value(place, value) => {
            tree.put(*place, value);
            tree
        }
        Change::ForList(place, text) => {
            put_for_list(&mut tree, *place, text);
            tree
        }
        Change::Name(place, name) => renamed(&tree, *place, name),
    })
}

fn put_for_list(tree: &mut Tree, place: Span, text: &str) {
    if tree.span == place && tree.as_list().is_some() {
        tree.value = said(text);
        return;
    }
    match &mut tree.value {
        Value::List(items) => items.iter_mut().for_each(|item| put_for_list(item, place, text)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| put_for_list(value, place, text)),
        Value::Scalar(_) => {}
    }
}

/// The tree with another value in one place.
pub(super) fn with(tree: &Tree, place: Span, value: &Value) -> Tree {
    let mut tree = tree.clone();
    tree.put(place, value);
    tree
}

/// The tree with another name before one of its values.
fn renamed(tree: &Tree, place: Span, name: &str) -> Tree {
    let value = match &tree.value {
        Value::Scalar(scalar) => Value::Scalar(scalar.clone()),
        Value::List(items) => Value::List(items.iter().map(|item| renamed(item, place, name)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, value)| {
                    let text = if key.span == place { name } else { key.text.as_str() };
                    (Key { text: text.to_owned(), span: key.span }, renamed(value, place, name))
                })
                .collect(),
        ),
    };
    Tree { span: tree.span, value }
}

/// A map with one more entry, or with another value for one that it has.
pub(super) fn with_entry(map: &Tree, field: &str, value: Value) -> Option<Value> {
    let mut entries = map.as_map()?.to_vec();
    if let Some((_, own)) = entries.iter_mut().find(|(key, _)| key.text == field) {
        own.value = value;
    } else {
        let span = Span::at(map.span.end);
        entries.push((Key { text: field.to_owned(), span }, Tree { span, value }));
    }
    Some(Value::Map(entries))
}

/// A map without one of its entries.
pub(super) fn without_entry(map: &Tree, field: &str) -> Option<Value> {
    let others = map.as_map()?.iter().filter(|(key, _)| key.text != field);
    Some(Value::Map(others.cloned().collect()))
}

/// All single values of a tree, in the order of the file.
pub(super) fn scalars(tree: &Tree) -> Vec<&Tree> {
    match &tree.value {
        Value::Scalar(_) => vec![tree],
        Value::List(items) => items.iter().flat_map(scalars).collect(),
        Value::Map(entries) => entries.iter().flat_map(|(_, value)| scalars(value)).collect(),
    }
}

/// All fields of a tree that have a single value, in the order of the file.
pub(super) fn fields(tree: &Tree) -> Vec<(&Key, &Tree)> {
    match &tree.value {
        Value::Scalar(_) => Vec::new(),
        Value::List(items) => items.iter().flat_map(fields).collect(),
        Value::Map(entries) => entries
            .iter()
            .flat_map(|(key, value)| match &value.value {
                Value::Scalar(_) => vec![(key, value)],
                Value::List(_) | Value::Map(_) => fields(value),
            })
            .collect(),
    }
}

/// All records of a tree, each before those in it.
pub(super) fn records(tree: &Tree) -> Vec<&Tree> {
    match &tree.value {
        Value::Scalar(_) => Vec::new(),
        Value::List(items) => items.iter().flat_map(records).collect(),
        Value::Map(entries) => {
            std::iter::once(tree).chain(entries.iter().flat_map(|(_, value)| records(value))).collect()
        }
    }
}

/// The definitions of matrices: the name of each, and how it is made.
pub(super) fn definitions(tree: &Tree) -> impl Iterator<Item = &(Key, Tree)> {
    items(tree, "matrices").filter_map(|item| item.as_map()?.first())
}
