//! One name in a definition that is another matrix of the lesson, or another axis: each that may stand there is tried.

use super::tree::{Change, definitions, records, said, scalars};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Node;
use crate::language::Localised;
use crate::lesson::check::{Checker, is_error, remedies::insertion};
use crate::yaml::{Key, Tree, Value};

/// The operations that make one matrix of two, as one takes them for each other.
const OPERATIONS: [&str; 4] = ["add", "subtract", "product", "dot_products"];
/// What stands where one of these was meant, and is hardly meant where one of these stands: it nearly always fits.
const CONCAT: &str = "concat";
/// What says of which axes a matrix is that is given.
const AXES: [&str; 2] = ["rows", "cols"];
/// What a matrix is called that comes of a whole line, the last first.
const RESULTS: [&str; 3] = ["output", "concat", "Z"];

/// The lesson with the names that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let errors: Vec<&Diagnostic> = findings.iter().filter(|it| is_error(it)).collect();
    if !errors.iter().any(|it| may_come_of_it(it)) {
        return Vec::new();
    }
    let lesson = Operands { checker, tree, errors };
    let mut readings = lesson.operations();
    readings.extend(lesson.axes());
    readings.extend(lesson.said_twice());
    readings.extend(lesson.too_many());
    let (unused, used): (Vec<Reading>, Vec<Reading>) =
        lesson.names().into_iter().partition(|it| it.kind == Kind::Unused);
    readings.extend(unused);
    readings.extend(used);
    readings
}

/// Whether a finding may come of another matrix than was meant.
pub(super) fn may_come_of_it(finding: &Diagnostic) -> bool {
    use Code::{ExpectFailed, NoAnswer, PublishedDiffers, ShapeMismatch, UnknownLabel, UsedBeforeDefinition};
    matches!(
        finding.code,
        ExpectFailed | NoAnswer | PublishedDiffers | ShapeMismatch | UnknownLabel | UsedBeforeDefinition
    )
}

struct Operands<'t> {
    checker: &'t Checker<'t>,
    tree: &'t Tree,
    errors: Vec<&'t Diagnostic>,
}

/// A name of a matrix in a definition.
struct Place<'t> {
    /// The field that it stands in.
    field: &'t str,
    own: &'t str,
    span: Span,
    /// Whether the same name stands beside it once more.
    is_twice: bool,
}

impl Operands<'_> {
    /// Whether a definition is wrong itself.
    fn is_wrong(&self, made: &Tree) -> bool {
        self.errors.iter().any(|it| made.span.range().contains(&it.span.start))
    }

    /// `add` for `concat`.
    fn operations(&self) -> Vec<Reading> {
        let mut readings = Vec::new();
        for (_, made) in definitions(self.tree) {
            let Some([(key, _)]) = made.as_map() else { continue };
            let own = key.text.as_str();
            if own != CONCAT && !OPERATIONS.contains(&own) {
                continue;
            }
            readings.extend(OPERATIONS.iter().filter(|meant| **meant != own).map(|meant| {
                let message = told(own, meant);
                let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
                let changed = Change::Name(key.span, (*meant).to_owned());
                Reading::new(Kind::Operation, changed, key.span, message, hint).with_fix(key.span, *meant)
            }));
        }
        readings
    }

    /// One of two operands that are the same left out.
    fn said_twice(&self) -> Vec<Reading> {
        let lists = definitions(self.tree).filter_map(|(_, made)| made.get("add"));
        let reading = |list: &Tree| {
            let items = list.as_list().filter(|items| items.len() > 2)?;
            let is_again = |at: &usize| items[..*at].iter().any(|it| it.says_the_same(&items[*at]));
            let again = (0..items.len()).find(is_again)?;
            let (own, place) = (items[again].as_text()?, items[again].span);
            let mut left = items.to_vec();
            left.remove(again);
            let message = both!(
                "`{own}` stands here twice; with one of them all that the lesson says is right",
                "`{own}` 在这里写了两次；只写一次，课里说的才成立"
            );
            let hint = both!("remove this one", "请删去这一个");
            let changed = Change::Value(list.span, Value::List(left));
            let from_last = Span::new(items[again - 1].span.end, place.end);
            Some(Reading::new(Kind::Unused, changed, place, message, hint).with_fix(from_last, ""))
        };
        lists.filter_map(reading).collect()
    }

    /// The rows of a matrix that has others, and biases that are another matrix, left out.
    fn too_many(&self) -> Vec<Reading> {
        const MAY_BE_LEFT_OUT: [&str; 5] = ["rows", "gain", "bias", "b_1", "b_2"];
        let named: Vec<&str> =
            definitions(self.tree).flat_map(|(_, it)| scalars(it)).filter_map(Tree::as_text).collect();
        let is_elsewhere = |name: &str| named.iter().filter(|it| **it == name).count() > 1;
        let wrong = definitions(self.tree).filter(|(_, made)| self.is_wrong(made));
        let reading = |record: &Tree, (key, value): &(Key, Tree)| {
            let (field, own) = (key.text.as_str(), value.as_text()?);
            let may_be = MAY_BE_LEFT_OUT.contains(&field) && own != field && is_elsewhere(own);
            let rest = record.as_map()?.iter().filter(|(other, _)| other.span != key.span).cloned();
            let changed = Change::Value(record.span, Value::Map(rest.collect()));
            let message = both!(
                "the rest of the lesson is right without `{field}: {own}`",
                "去掉 `{field}: {own}`，课里其余的内容就都成立"
            );
            let Localised { en, zh } = insertion::to_remove(self.checker.source, record, &[field]);
            let hint = both!("{en}", "请{zh}");
            let place = key.span.to(value.span);
            may_be.then(|| Reading::new(Kind::Operand, changed, place, message, hint))
        };
        let records = wrong.flat_map(|(_, made)| records(made));
        let readings = records.flat_map(|record| {
            let entries = record.as_map().unwrap_or_default().iter();
            entries.filter_map(move |entry| reading(record, entry))
        });
        readings.collect()
    }

    /// Another axis for that of the vocabulary, and for the rows and columns of a matrix that is given.
    fn axes(&self) -> Vec<Reading> {
        let axes = self.tree.get("axes").and_then(Tree::as_map).unwrap_or_default();
        let vocabulary = self.tree.get("vocabulary").and_then(|it| it.get("axis"));
        let given = definitions(self.tree).filter_map(|(_, made)| made.get("given"));
        let wrong = given.filter(|given| self.is_wrong(given));
        let given = wrong.flat_map(|given| AXES.iter().filter_map(|field| given.get(field)));
        let places = vocabulary.into_iter().chain(given);
        let mut readings = Vec::new();
        for (place, own) in places.filter_map(|place| Some((place, place.as_text()?))) {
            let others = axes.iter().map(|(axis, _)| axis.text.as_str()).filter(|axis| *axis != own);
            readings.extend(others.map(|meant| {
                let message = told(own, meant);
                let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
                let changed = Change::Value(place.span, said(meant));
                Reading::new(Kind::Operation, changed, place.span, message, hint).with_fix(place.span, meant)
            }));
        }
        readings
    }

    /// Another matrix in the place of each that a definition names.
    fn names(&self) -> Vec<Reading> {
        let made: Vec<&(Key, Tree)> = definitions(self.tree).collect();
        let named: Vec<&str> =
            made.iter().flat_map(|(_, it)| scalars(it)).filter_map(Tree::as_text).collect();
        let mut readings = Vec::new();
        for (at, (key, definition)) in made.iter().enumerate() {
            let is_wrong = self.is_wrong(definition);
            let mut places = Vec::new();
            self.places("", definition, &mut places);
            for place in &places {
                for meant in made[..at].iter().rev().filter_map(|(key, _)| self.result_of(&key.text)) {
                    let kind = if named.contains(&meant) { Kind::Operand } else { Kind::Unused };
                    let is_named_beside = places.iter().any(|it| it.own == meant && it.field == place.field);
                    let is_candidate = meant != place.own
                        && !is_named_beside
                        && Self::suits(place, meant, kind)
                        && (is_wrong || self.is_alike(place.own, meant))
                        && !self.is_only_too_early(place.own, &key.text);
                    if is_candidate {
                        readings.push(Self::instead(place, meant, kind));
                    }
                }
            }
        }
        readings
    }

    /// Where a definition names matrices, each name of a list once.
    fn places<'t>(&self, field: &'t str, tree: &'t Tree, found: &mut Vec<Place<'t>>) {
        match &tree.value {
            Value::Scalar(_) => {
                let Some(own) = tree.as_text().filter(|own| self.is_matrix(own)) else { return };
                found.push(Place { field, own, span: tree.span, is_twice: false });
            }
            Value::List(items) => {
                let is_first = |at: usize| items[..at].iter().all(|it| !it.says_the_same(&items[at]));
                for (_, item) in items.iter().enumerate().filter(|(at, _)| is_first(*at)) {
                    let known = found.len();
                    self.places(field, item, found);
                    let is_twice = items.iter().filter(|other| other.says_the_same(item)).count() > 1;
                    found[known..].iter_mut().for_each(|place| place.is_twice = is_twice);
                }
            }
            Value::Map(entries) => {
                for (key, value) in entries {
                    self.places(&key.text, value, found);
                }
            }
        }
    }

    fn is_matrix(&self, name: &str) -> bool {
        let stem = name.split('.').next().unwrap_or(name);
        self.checker.graph.find(name).is_some() || definitions(self.tree).any(|(key, _)| key.text == stem)
    }

    /// What a definition makes in the end.
    fn result_of(&self, name: &str) -> Option<&str> {
        let graph = &self.checker.graph;
        let parts = RESULTS.iter().map(|part| format!("{name}.{part}"));
        let mut found = std::iter::once(name.to_owned()).chain(parts).filter_map(|name| graph.find(&name));
        found.next().map(|node| graph.node(node).name.as_str())
    }

    /// Whether a matrix may stand in this field. Weights that are called as the field is are hardly others in use.
    fn suits(place: &Place<'_>, meant: &str, kind: Kind) -> bool {
        let is_of_weights = place.field.starts_with("W_") || place.field.starts_with("b_");
        let is_called = |name: &str| name.starts_with(place.field);
        !is_of_weights || is_called(meant) && (kind == Kind::Unused || !is_called(place.own))
    }

    /// Whether one matrix may stand for another without a word about sizes.
    fn is_alike(&self, own: &str, meant: &str) -> bool {
        let node = |name: &str| self.checker.graph.find(name).map(|node| self.checker.graph.node(node));
        let columns = |node: &Node| node.shape.size().1;
        let is_of_labels = |it: &&Diagnostic| matches!(it.code, Code::UnknownLabel | Code::ShapeMismatch);
        match (node(own), node(meant)) {
            (Some(own), Some(meant)) if self.errors.iter().any(is_of_labels) => {
                columns(own) == columns(meant)
            }
            (Some(own), Some(meant)) => own.shape.size() == meant.shape.size(),
            (None, _) | (_, None) => false,
        }
    }

    /// Whether a name is only defined below, and not made of what stands here: then its line belongs above.
    fn is_only_too_early(&self, own: &str, here: &str) -> bool {
        let is_early = |it: &&Diagnostic| {
            it.code == Code::UsedBeforeDefinition && self.checker.source.slice(it.span) == own
        };
        let stem = |name: &str| name.split('.').next().unwrap_or(name).to_owned();
        let (mut open, mut seen) = (vec![stem(own)], Vec::new());
        while let Some(name) = open.pop() {
            let made = definitions(self.tree).find(|(key, _)| key.text == name);
            let operands = made.map(|(_, made)| scalars(made)).unwrap_or_default();
            open.extend(
                operands.iter().filter_map(|it| it.as_text()).map(stem).filter(|it| !seen.contains(it)),
            );
            seen.push(name);
        }
        self.errors.iter().any(is_early) && !seen[1..].iter().any(|name| name == here)
    }

    fn instead(place: &Place<'_>, meant: &str, kind: Kind) -> Reading {
        let own = place.own;
        let (kind, message) = if place.is_twice {
            let message = both!(
                "`{own}` stands here twice; with `{meant}` in one of the two places all that the lesson says is right",
                "`{own}` 在这里写了两次；把其中一个换成 `{meant}`，课里说的都成立"
            );
            (Kind::Unused, message)
        } else if kind == Kind::Unused {
            let message = both!(
                "`{own}` is used here, and nothing uses `{meant}`; with it all that the lesson says is right",
                "这里写的是 `{own}`，而 `{meant}` 没有用到；换成它，课里说的都成立"
            );
            (Kind::Unused, message)
        } else {
            (kind, told(own, meant))
        };
        let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
        let changed = Change::Value(place.span, said(meant));
        Reading::new(kind, changed, place.span, message, hint).with_fix(place.span, meant)
    }
}

fn told(own: &str, meant: &str) -> Localised<String> {
    both!(
        "the rest of the lesson is right with `{meant}` here, and wrong with `{own}`",
        "这里写 `{meant}`，课里其余的内容才成立；写 `{own}` 就不成立"
    )
}
