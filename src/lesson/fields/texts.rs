//! Everything in a file that is there to be read.

use super::validate::has_shape;
use super::{Kind, Record};
use crate::yaml::Tree;

/// Each value of a file whose field is a [`Kind::Text`], in the order of the file: titles, what steps say, notes, questions,
/// sources, labels.
pub(in crate::lesson) fn texts<'a>(tree: &'a Tree, kind: &Kind) -> Vec<&'a Tree> {
    match kind {
        Kind::Text => vec![tree],
        Kind::Record(record) | Kind::OneOf(record) => of_fields(tree, record),
        Kind::List { of, .. } => {
            tree.as_list().unwrap_or_default().iter().flat_map(|item| texts(item, of)).collect()
        }
        Kind::Map(of) | Kind::Named(of) => {
            tree.as_map().unwrap_or_default().iter().flat_map(|(_, value)| texts(value, of)).collect()
        }
        Kind::Either(kinds) => {
            let kind = kinds.iter().find(|kind| has_shape(kind, &tree.value));
            kind.map(|kind| texts(tree, kind)).unwrap_or_default()
        }
        Kind::Word | Kind::Name | Kind::Expression | Kind::Count | Kind::Size | Kind::Choice(_) => Vec::new(),
    }
}

fn of_fields<'a>(tree: &'a Tree, record: &'static Record) -> Vec<&'a Tree> {
    let entries = tree.as_map().unwrap_or_default().iter();
    let known = entries.filter_map(|(key, value)| Some((record.field(&key.text)?, value)));
    known.flat_map(|(field, value)| texts(value, &field.kind)).collect()
}
