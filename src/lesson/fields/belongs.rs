//! What belongs at a place of a file, by the names above it: what the reader of the text asks the table.

use super::other_words::words_for;
use super::{Kind, LESSON, Record};
use crate::language::Language;
use crate::yaml::{Belongs, Part, Shape};

/// What may stand where these names and items lead; `None` where they lead nowhere in the table.
pub(in crate::lesson) fn belongs(path: &[Part]) -> Option<Belongs> {
    static ROOT: Kind = Kind::Record(&LESSON);
    let mut kinds: Vec<&'static Kind> = vec![&ROOT];
    for part in path {
        kinds =
            kinds.into_iter().filter_map(|kind| inside(kind, part)).flat_map(Kind::alternatives).collect();
    }
    let mut found = Belongs::default();
    for kind in &kinds {
        found.shapes.push(shape(kind));
        match kind {
            Kind::Text => {
                found.shapes.push(Shape::Names);
                found.fields.extend(Language::ALL.iter().map(|language| language.code()));
            }
            Kind::Record(Record { fields, .. }) | Kind::OneOf(Record { fields, .. }) => {
                found.fields.extend(fields.iter().map(|field| field.name));
                found.other_words.extend(fields.iter().flat_map(|field| words_for(field.name)));
            }
            Kind::Word
            | Kind::Name
            | Kind::Expression
            | Kind::Count
            | Kind::Size
            | Kind::Choice(_)
            | Kind::List { .. }
            | Kind::Map(_)
            | Kind::Named(_)
            | Kind::Either(_) => {}
        }
    }
    (!kinds.is_empty()).then_some(found)
}

/// The kind of an item, or of what has this name.
fn inside(kind: &'static Kind, part: &Part) -> Option<&'static Kind> {
    match (kind, part) {
        (Kind::List { of, .. }, Part::Item) | (Kind::Map(of) | Kind::Named(of), Part::Name(_)) => Some(of),
        (Kind::Record(record) | Kind::OneOf(record), Part::Name(name)) => {
            record.meant(name).and_then(|name| record.field(name)).map(|field| &field.kind)
        }
        (Kind::Text, Part::Name(name)) => {
            static TEXT: Kind = Kind::Text;
            Language::from_code(name).map(|_| &TEXT)
        }
        (
            Kind::List { .. }
            | Kind::Map(_)
            | Kind::Named(_)
            | Kind::Record(_)
            | Kind::OneOf(_)
            | Kind::Text
            | Kind::Word
            | Kind::Name
            | Kind::Expression
            | Kind::Count
            | Kind::Size
            | Kind::Choice(_)
            | Kind::Either(_),
            Part::Name(_) | Part::Item,
        ) => None,
    }
}

fn shape(kind: &Kind) -> Shape {
    match kind {
        Kind::Text => Shape::Text,
        Kind::Word | Kind::Name | Kind::Choice(_) => Shape::Single,
        Kind::Expression | Kind::Count | Kind::Size => Shape::Number,
        Kind::List { of, .. } => {
            let has_names = |kind: &&Kind| {
                matches!(kind, Kind::Map(_) | Kind::Named(_) | Kind::Record(_) | Kind::OneOf(_))
            };
            if of.alternatives().iter().any(has_names) { Shape::ItemsWithNames } else { Shape::Items }
        }
        Kind::Map(_) | Kind::Named(_) | Kind::Record(_) | Kind::OneOf(_) | Kind::Either(_) => Shape::Names,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_what_belongs_there() {
        use Part::Item;
        let name = |name: &str| Part::Name(name.to_owned());
        let shapes = |path: &[Part]| belongs(path).map(|it| it.shapes);
        assert_eq!(shapes(&[]), Some(vec![Shape::Names]));
        assert_eq!(shapes(&[name("steps")]), Some(vec![Shape::ItemsWithNames]));
        assert_eq!(shapes(&[name("steps"), Item, name("say")]), Some(vec![Shape::Text, Shape::Names]));
        assert_eq!(
            shapes(&[name("vocabulary"), name("tokens"), name("cat")]),
            Some(vec![Shape::Items, Shape::Names])
        );
        assert_eq!(shapes(&[name("matrices"), Item, name("X")]), Some(vec![Shape::Names]));
        assert_eq!(shapes(&[name("nowhere"), name("x")]), None);
        assert_eq!(shapes(&[name("steps"), name("say")]), None, "an item is between them");
    }
}
