//! Fields that may be left out, where the lesson is right without them: a temperature, another activation, a gate, positions
//! that rotate; and a dropout that is passed through.

use super::tree::{Change, definitions, said, scalars, without_entry};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::insertion;
use crate::lesson::fields::{self, MATRIX_KINDS, Presence, Record};
use crate::yaml::{Key, Tree};

/// The lesson without each of these fields.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let source = checker.source;
    if !findings.iter().any(|it| it.code == Code::ExpectFailed) {
        return Vec::new();
    }
    let mut options = Vec::new();
    for (_, kind) in definitions(tree) {
        collect(kind, &MATRIX_KINDS, &mut options);
    }
    let readings = options.into_iter().filter_map(|option| option.left_out(source, tree));
    let mut readings: Vec<Reading> = readings.collect();
    readings.extend(definitions(tree).filter_map(|definition| passed_by(source, tree, definition)));
    readings
}

/// A field that may be left out, in what has it.
struct Written<'t> {
    of: &'t Tree,
    entry: &'t (Key, Tree),
    field: &'static fields::Field,
}

fn collect<'t>(of: &'t Tree, record: &'static Record, found: &mut Vec<Written<'t>>) {
    for entry in of.as_map().unwrap_or_default() {
        let Some(field) = record.field(&entry.0.text) else { continue };
        let is_kind = std::ptr::eq(record, &raw const MATRIX_KINDS);
        if field.presence != Presence::Required && !is_kind {
            found.push(Written { of, entry, field });
        }
        let [inner] = field.kind.records()[..] else { continue };
        collect(&entry.1, inner, found);
    }
}

impl Written<'_> {
    fn left_out(&self, source: &Source, tree: &Tree) -> Option<Reading> {
        let (key, value) = self.entry;
        // A mask or a scale may be another one; a matrix that is used here alone was written for this place.
        let uses = |name: &str| {
            let named = definitions(tree).flat_map(|(_, kind)| scalars(kind));
            named.filter(|it| it.as_text() == Some(name)).count()
        };
        let is_defined = |name: &str| definitions(tree).any(|(key, _)| key.text == name);
        let own = value.as_text();
        if matches!(key.text.as_str(), "mask" | "scale")
            || own.is_some_and(|name| is_defined(name) && uses(name) == 1)
        {
            return None;
        }
        let changed = Change::Value(self.of.span, without_entry(self.of, &key.text)?);
        let place = key.span.to(value.span);
        let (written, name) = (own.unwrap_or("…"), &key.text);
        let message = both!(
            "what the lesson says is right without `{name}: {written}`, and wrong with it",
            "课里说的是没有 `{name}: {written}` 时的数"
        );
        let hint = match (self.field.presence, &self.field.kind) {
            (Presence::Default(usual), fields::Kind::Choice(_)) => {
                both!("write `{name}: {usual}`", "请写 `{name}: {usual}`")
            }
            (Presence::Default(_) | Presence::Optional | Presence::Required, _) => {
                let Localised { en, zh } = insertion::to_remove(source, self.of, &[name]);
                both!("{en}", "请{zh}")
            }
        };
        Some(Reading::new(Kind::Option, changed, place, message, hint))
    }
}

/// What is computed from a dropout computed from what goes into it instead.
fn passed_by(source: &Source, tree: &Tree, (name, kind): &(Key, Tree)) -> Option<Reading> {
    let dropout = kind.get("dropout")?;
    let (name, of) = (&name.text, dropout.get("of").unwrap_or(dropout).as_text()?);
    let named =
        |part: &str| tree.get(part).is_some_and(|part| source.slice(part.span).contains(name.as_str()));
    if named("steps") || named("expect") {
        return None;
    }
    let uses = definitions(tree).flat_map(|(_, kind)| scalars(kind));
    let places: Vec<Span> = uses.filter(|it| it.as_text() == Some(name)).map(|it| it.span).collect();
    let place = *places.first()?;
    let mut changes = places.iter().map(|place| Change::Value(*place, said(of)));
    let first = changes.next()?;
    let message = both!(
        "what the lesson says is right without the dropout `{name}`, and wrong with it",
        "课里说的是没有 `{name}`（dropout）时的数"
    );
    let line = source.line(kind.span.start);
    let hint = both!(
        "write `{of}` instead of `{name}`, and remove `{name}` in line {line}",
        "请把 `{name}` 改成 `{of}`，并删去第 {line} 行的 `{name}`"
    );
    Some(Reading::new(Kind::Option, first, place, message, hint).with_changes(changes))
}
