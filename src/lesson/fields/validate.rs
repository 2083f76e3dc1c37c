//! A walk through a file along the table, which reports everything that does not fit.

use super::asked::{said_otherwise, written_otherwise};
use super::items::{
    decimal_comma, decimal_comma_among_numbers, in_round_brackets, items_without_dashes, lost_colon,
    names_for_an_axis, unbracketed,
};
use super::languages::{translations, words_by_token};
use super::lengths::wrong_length;
use super::lists::{listed, one_by_one};
use super::lit::lit_otherwise;
use super::named_items::named_items;
use super::one_way::{exactly_one, made_twice};
use super::options::lettered_lines;
use super::otherwise::{Otherwise, otherwise};
use super::programs::of_other_programs;
use super::sources::sources;
use super::unknown::{is_told_of, owner_beside, unknown_field, word_of_field};
use super::wording::{expected, how_to_write, one_of, words_of};
use super::wrong::{
    empty, empty_field, empty_row, is_wrong_choice, no_count, no_value, not_made, rows_with_semicolons,
    wrong_choice, wrong_kind,
};
use super::{Field, Kind, LESSON, MATRIX_KINDS, Presence, Record, owners};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH, Span};
use crate::language::{Localised, beside};
use crate::yaml::{Key, Tree, Value};

/// Reports everything in `tree` that is not of `kind`: unknown and missing fields, wrong kinds, missing languages.
/// Names, numbers and references are read later; here only their shape counts.
pub fn validate(tree: &Tree, kind: &Kind, findings: &mut Vec<Diagnostic>) {
    if findings.len() >= ENOUGH {
        return;
    }
    if told_whole(tree, kind, findings) {
        return;
    }
    match (kind, &tree.value) {
        (Kind::Either(kinds), Value::Scalar(scalar)) if is_wrong_choice(kinds, &scalar.text, tree) => {
            let words: Vec<_> = kinds.iter().flat_map(words_of).collect();
            findings.push(wrong_choice(tree, &one_of(kinds), &words));
        }
        (Kind::Either(kinds), value) => match kinds.iter().find(|kind| has_shape(kind, value)) {
            Some(kind) if !tree.is_null() => validate(tree, kind, findings),
            Some(_) | None => findings.push(wrong_kind(tree, kind)),
        },
        (Kind::Text, Value::Map(entries)) => translations(tree, entries, findings),
        (Kind::Text | Kind::Word | Kind::Name | Kind::Expression, Value::Scalar(scalar)) => {
            if tree.is_null() {
                findings.push(wrong_kind(tree, kind));
            } else if scalar.text.trim().is_empty() && !matches!(kind, Kind::Word) {
                findings.push(empty(tree.span, kind));
            }
        }
        (Kind::Count | Kind::Size, Value::Scalar(_)) => {
            if tree.as_count().is_none() {
                findings.push(if tree.is_null() { wrong_kind(tree, kind) } else { no_count(tree, kind) });
            }
        }
        (Kind::Choice(choices), Value::Scalar(scalar)) => {
            if choices.iter().all(|choice| choice.word != scalar.text) {
                findings.push(wrong_choice(tree, &expected(kind), &choices.iter().collect::<Vec<_>>()));
            }
        }
        (Kind::List { of, .. }, Value::List(items)) => {
            let told = rows_with_semicolons(tree, items, of).or_else(|| one_by_one(tree, items, of));
            match told {
                Some(finding) => findings.push(finding),
                None => list(tree, items, kind, findings),
            }
        }
        (Kind::Map(of), Value::Map(entries)) => {
            if entries.is_empty() {
                findings.push(empty(tree.span, kind));
            }
            map(entries, of, findings);
        }
        (Kind::Named(of), Value::Map(entries)) => named(tree, entries, of, findings),
        (Kind::Record(record), Value::Map(entries)) => {
            fields_of_record(tree, entries, record, findings);
        }
        (Kind::OneOf(record), Value::Map(entries)) => {
            known_fields(entries, record, findings);
            exactly_one(tree, entries, record, findings);
        }
        (Kind::List { of: of @ (Kind::Named(_) | Kind::Record(_)), .. }, Value::Map(entries))
            if !entries.is_empty() =>
        {
            if !named_items(tree, entries, of, findings) {
                items_without_dashes(tree, entries, of, findings);
            }
        }
        (
            Kind::Text
            | Kind::Word
            | Kind::Name
            | Kind::Expression
            | Kind::Count
            | Kind::Size
            | Kind::Choice(_),
            Value::List(_) | Value::Map(_),
        )
        | (Kind::List { .. }, Value::Scalar(_) | Value::Map(_))
        | (
            Kind::Map(_) | Kind::Named(_) | Kind::Record(_) | Kind::OneOf(_),
            Value::Scalar(_) | Value::List(_),
        ) => {
            findings.push(wrong_kind(tree, kind));
        }
    }
}

/// So many items of one kind as the `kind` of a list asks for.
fn list(tree: &Tree, items: &[Tree], kind: &Kind, findings: &mut Vec<Diagnostic>) {
    let Kind::List { of, least, most } = kind else { return };
    if items.is_empty() && *least > 0 {
        findings.push(empty(tree.span, kind));
    } else if items.len() < *least || items.len() > *most {
        findings.push(wrong_length(tree, items, *least, *most));
    }
    for item in items {
        match empty_row(item, items, of) {
            Some(finding) => findings.push(finding),
            None => validate(item, of, findings),
        }
    }
}

/// Entries under names of the author's own.
fn map(entries: &[(Key, Tree)], of: &Kind, findings: &mut Vec<Diagnostic>) {
    for (at, (key, value)) in entries.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| (&entries[before].1, of));
        let comma = before.and_then(|before| decimal_comma_among_numbers(before, key, value));
        let number = || matches!(of, Kind::Expression).then(|| lost_colon(key, value)).flatten();
        // Of an axis its size alone may be told as well.
        let nothing = || value.as_list().is_some_and(<[_]>::is_empty).then(|| empty(value.span, of));
        match comma.or_else(number).or_else(nothing) {
            Some(finding) => findings.push(finding),
            None => validate(value, of, findings),
        }
    }
}

/// Reports a value of another form than its own, of which it is said what to write; whether it is one.
fn told_whole(tree: &Tree, kind: &Kind, findings: &mut Vec<Diagnostic>) -> bool {
    let listed = listed(tree, kind).map(|listed| listed.finding(tree));
    let told = listed.or_else(|| written_otherwise(tree, kind)).or_else(|| lettered_lines(tree, kind));
    if let Some(finding) = told {
        findings.push(finding);
        return true;
    }
    if let Some(Otherwise { finding, meant }) = otherwise(tree, kind) {
        let mut further = Vec::new();
        validate(&meant, kind, &mut further);
        // What is missing from it, or is told of the same place, is said with the rest.
        further.retain(|it| it.code != Code::MissingField && it.span != finding.span);
        findings.push(finding);
        findings.append(&mut further);
        return true;
    }
    let of_program = of_other_programs(tree, kind);
    let is_told = of_program.is_some();
    findings.extend(of_program);
    is_told
}

/// Reports what is wrong with the fields of a part, which has those of a lesson but needs none of them.
pub(in crate::lesson) fn validate_part(tree: &Tree, findings: &mut Vec<Diagnostic>) {
    match &tree.value {
        Value::Map(entries) => known_fields(entries, &LESSON, findings),
        Value::Scalar(_) | Value::List(_) => findings.push(wrong_kind(tree, &Kind::Record(&LESSON))),
    }
}

/// Whether a value could be of a kind, by its shape alone.
pub(super) fn has_shape(kind: &Kind, value: &Value) -> bool {
    match kind {
        Kind::Word | Kind::Name | Kind::Expression | Kind::Count | Kind::Size | Kind::Choice(_) => {
            matches!(value, Value::Scalar(_))
        }
        Kind::Text => matches!(value, Value::Scalar(_) | Value::Map(_)),
        Kind::List { .. } => matches!(value, Value::List(_)),
        Kind::Map(_) | Kind::Named(_) | Kind::Record(_) | Kind::OneOf(_) => matches!(value, Value::Map(_)),
        Kind::Either(kinds) => kinds.iter().any(|kind| has_shape(kind, value)),
    }
}

fn fields_of_record(
    tree: &Tree,
    entries: &[(Key, Tree)],
    record: &'static Record,
    findings: &mut Vec<Diagnostic>,
) {
    if let Some((finding, others)) = said_otherwise(entries, record) {
        findings.push(finding);
        known_fields(&others, record, findings);
        return;
    }
    known_fields(entries, record, findings);
    findings.extend(missing_fields(tree, record).into_iter().map(|(_, finding)| finding));
}

fn known_fields(entries: &[(Key, Tree)], record: &'static Record, findings: &mut Vec<Diagnostic>) {
    if let Some(finding) = words_by_token(entries, record) {
        findings.push(finding);
        return;
    }
    let sources = sources(entries, record);
    if let Some(sources) = &sources {
        findings.push(sources.finding(entries));
    }
    let mut at = 0;
    while let Some((key, value)) = entries.get(at) {
        if sources.as_ref().is_some_and(|it| it.places.contains(&at)) {
            at += 1;
            continue;
        }
        at += 1;
        let before = at.checked_sub(2).and_then(|before| {
            let (name, value) = &entries[before];
            Some((value, record.field(&name.text).map(|field| &field.kind)?))
        });
        if let Some(finding) = before.and_then(|before| decimal_comma(before, key, value)) {
            findings.push(finding);
            continue;
        }
        if let Some((finding, others)) = unbracketed(entries, at - 1, record) {
            findings.push(finding);
            at += others;
            continue;
        }
        if let Some((_, _, others)) = names_for_an_axis(entries, at - 1, record) {
            at += others;
            continue;
        }
        if let Some((finding, _, items)) = in_round_brackets(entries, at - 1, record) {
            findings.push(finding);
            at += items.len() - 1;
            continue;
        }
        match record.field(&key.text) {
            Some(field) if value.is_null() => findings.push(no_value(key, entries, field)),
            Some(field) if is_empty_list(value, &field.kind) => {
                findings.push(empty_field(&entries[at - 1], entries, field));
            }
            Some(field) => {
                let before = findings.len();
                match lit_otherwise(value).filter(|_| field.name == "focus") {
                    Some(finding) => findings.push(finding),
                    None => validate(value, &field.kind, findings),
                }
                without_strays(entries, record, field, value, before, findings);
            }
            None if is_told_of(key, &entries[..at - 1], record) => {}
            None => {
                let meant = record.meant_of(&key.text, value);
                findings.push(unknown_field(&entries[at - 1], entries, record, meant));
                let free = |field: &&Field| entries.iter().all(|(key, _)| key.text != field.name);
                let field = meant.and_then(|name| record.field(name)).filter(free);
                if let Some(field) = field.filter(|_| !value.is_null()) {
                    match lit_otherwise(value).filter(|_| field.name == "focus") {
                        Some(finding) => findings.push(finding),
                        None => validate(value, &field.kind, findings),
                    }
                }
            }
        }
    }
}

/// Whether a list has nothing in it, or braces without anything stand where it should.
fn is_empty_list(value: &Tree, kind: &Kind) -> bool {
    let is_list = |kind: &&Kind| matches!(kind, Kind::List { least, .. } if *least > 0);
    let is_map = |kind: &&Kind| !matches!(kind, Kind::Map(_) | Kind::Record(_) | Kind::OneOf(_) | Kind::Text);
    let kinds = kind.alternatives();
    match &value.value {
        Value::List(items) => items.is_empty() && kinds.iter().any(is_list),
        Value::Map(entries) => entries.is_empty() && kinds.iter().any(is_list) && kinds.iter().all(is_map),
        Value::Scalar(_) => false,
    }
}

/// A field that stands beside the thing it belongs to is told there; that it is missing inside would say it twice.
fn without_strays(
    entries: &[(Key, Tree)],
    record: &'static Record,
    field: &'static Field,
    value: &Tree,
    from: usize,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(inside) = value.as_map() else { return };
    let strays = entries.iter().filter(|(key, _)| record.field(&key.text).is_none());
    let consequences: Vec<Diagnostic> = strays
        .filter_map(|(key, _)| {
            let (owner, inner) = owner_beside(&key.text, entries, record)?;
            (owner.name == field.name).then_some(())?;
            Some(missing_field(value, inside, inner, inner.field(&key.text)?))
        })
        .collect();
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= from || !consequences.contains(finding)
    });
}

/// The fields that must be there and are not, with what is reported of each.
pub(in crate::lesson) fn missing_fields(
    tree: &Tree,
    record: &'static Record,
) -> Vec<(&'static str, Diagnostic)> {
    let entries = tree.as_map().unwrap_or_default();
    let mut missing = Vec::new();
    for field in record.fields.iter().filter(|field| field.presence == Presence::Required) {
        // A misspelt name has been reported with the right one; that it is missing as well would say it twice.
        if entries.iter().any(|(key, value)| record.meant_of(&key.text, value) == Some(field.name)) {
            continue;
        }
        // So has `is_causal: true`, which says what `mask` does.
        let says = |(key, _): &(Key, Tree)| {
            record.field(&key.text).is_none()
                && word_of_field(&key.text, entries, record).is_some_and(|(name, _)| name == field.name)
        };
        if !entries.iter().any(says) {
            missing.push((field.name, missing_field(tree, entries, record, field)));
        }
    }
    missing
}

fn missing_field(
    tree: &Tree,
    entries: &[(Key, Tree)],
    record: &'static Record,
    field: &'static Field,
) -> Diagnostic {
    let (name, owner) = (field.name, owners::this(record));
    let message = Localised {
        en: format!("`{name}` is missing from {}", owner.en),
        zh: beside(&owner.zh, &format!("中缺少 `{name}`")),
    };
    let Localised { en, zh } = field.to_add(tree, entries);
    let hint = if std::ptr::eq(record, &raw const LESSON) {
        both!("at the top of the lesson {en}", "{zh}，写在课程开头")
    } else {
        Localised { en, zh }
    };
    Diagnostic::new(Code::MissingField, beginning(tree, entries), message).with_hint(hint)
}

fn is_how_a_matrix_is_made(kind: &Kind) -> bool {
    matches!(kind, Kind::OneOf(record) if std::ptr::eq(*record, &raw const MATRIX_KINDS))
}

fn is_scalar(tree: &Tree) -> bool {
    tree.as_text().is_some()
}

fn named(tree: &Tree, entries: &[(Key, Tree)], of: &Kind, findings: &mut Vec<Diagnostic>) {
    let [(first, value), rest @ ..] = entries else {
        findings.push(empty(tree.span, of));
        return;
    };
    if value.is_null() {
        let (name, kind) = (&first.text, how_to_write(of));
        let message = both!("nothing stands after `{name}:`", "`{name}:` 后面是空的");
        findings.push(Diagnostic::new(Code::Empty, first.span, message).with_hint(kind));
    } else if is_scalar(value) && is_how_a_matrix_is_made(of) {
        findings.push(not_made(first, value));
    } else {
        let known = findings.len();
        validate(value, of, findings);
        if is_how_a_matrix_is_made(of) {
            let again = made_twice(first, value, &findings[known..]);
            findings.extend(again);
        }
    }
    for (key, value) in rest {
        let name = &key.text;
        findings.push(
            Diagnostic::new(
                Code::WrongKind,
                key.span,
                both!("a second name, `{name}`, in one item", "一项中出现了第二个名字 `{name}`"),
            )
            .with_related(first.span, both!("the first", "第一个"))
            .with_hint(both!(
                "begin a new item: `- {name}: …`, with the `-` below that of the item above",
                "请另起一项：`- {name}: …`，其中的 `-` 与上一项的 `-` 对齐"
            )),
        );
        if !value.is_null() {
            validate(value, of, findings);
        }
    }
}

/// The first name of a map, for what concerns the whole of it; the map itself if it has none.
pub(super) fn beginning(tree: &Tree, entries: &[(Key, Tree)]) -> Span {
    entries.first().map_or(tree.span, |(key, _)| key.span)
}
