//! Fields that name another matrix than the one that is called as they are, or that are left out though their matrix is
//! there: `W_V: W_Q`, heads without `W_O`, `probabilities` of something else than the logits.

use super::tree::{Change, definitions, fields, records, said, scalars, with_entry};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::insertion;
use crate::yaml::{Key, Tree, Value};

/// Fields that may be left out, each with one beside which it stands.
const LEFT_OUT: [(&str, &str); 3] = [("W_O", "heads"), ("b_1", "W_1"), ("b_2", "W_2")];
/// Fields whose matrices are often called as they are.
const WEIGHTS: [&str; 8] = ["W_Q", "W_K", "W_V", "W_O", "W_1", "b_1", "W_2", "b_2"];

/// The lesson with the fields that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let left_out = LEFT_OUT.iter();
    let mut readings: Vec<Reading> =
        left_out.flat_map(|(field, beside)| with_field(checker.source, tree, field, beside)).collect();
    readings.extend(of_another_field(tree));
    readings.extend(under_another_field(tree));
    readings.extend(of_logits(tree, findings));
    readings
}

/// `W_V: W_Q` beside a matrix `W_V` that no other matrix is made of.
fn of_another_field(tree: &Tree) -> Vec<Reading> {
    let named: Vec<&Tree> = definitions(tree).flat_map(|(_, kind)| scalars(kind)).collect();
    let is_used = |name: &str| named.iter().any(|it| it.as_text() == Some(name));
    let reading = |(name, _): &(Key, Tree)| {
        let (place, told) = told_of_field(tree, &name.text)?;
        let change = Change::Value(place, said(&name.text));
        Some(Reading { kind: Kind::Name, changes: vec![change], finding: told })
    };
    definitions(tree).filter(|(name, _)| !is_used(&name.text)).filter_map(reading).collect()
}

/// What is to be said of the only field that is called as a matrix is, and names another one; with its place.
pub(in crate::lesson::check) fn told_of_field(tree: &Tree, meant: &str) -> Option<(Span, Diagnostic)> {
    let is_matrix = |name: &str| definitions(tree).any(|(key, _)| key.text == name);
    let own = definitions(tree).flat_map(|(_, kind)| fields(kind)).filter(|(key, _)| key.text == meant);
    let mut own =
        own.filter_map(|(_, value)| Some((value.span, value.as_text().filter(|it| is_matrix(it))?)));
    let (place, own) = own.next().filter(|_| own.next().is_none())?;
    let message = both!(
        "`{meant}` is `{own}` here, and the matrix `{meant}` is used by nothing",
        "这里的 `{meant}` 写的是 `{own}`，而矩阵 `{meant}` 没有用到"
    );
    let hint = both!("write `{meant}: {meant}`", "请写 `{meant}: {meant}`");
    let told = Diagnostic::new(Code::Questionable, place, message).with_hint(hint);
    Some((place, told.with_fix(place, meant)))
}

/// `probabilities: {of: out}` for those of the only logits, whose columns are the tokens.
fn of_logits(tree: &Tree, findings: &[Diagnostic]) -> Option<Reading> {
    let mut logits =
        definitions(tree).filter(|(_, kind)| kind.get("logits").is_some_and(|it| it.as_map().is_some()));
    let (meant, _) = logits.next().filter(|_| logits.next().is_none())?;
    let of = |(_, kind): &'_ (Key, Tree)| {
        let of = kind.get("probabilities")?.get("of")?;
        Some((of.span, of.as_text()?.to_owned()))
    };
    let (place, own) = definitions(tree).filter_map(of).find(|(_, own)| *own != meant.text)?;
    if !findings.iter().any(|it| it.code == Code::UnknownLabel) {
        return None;
    }
    let meant = &meant.text;
    let message = both!(
        "probabilities need one column for each token: `{own}` has none of these, the logits `{meant}` have them",
        "概率要为每个词元各写一列：`{own}` 的列不是词元，`{meant}`（logit 值）的列才是"
    );
    let hint = both!("write `of: {meant}`", "请写 `of: {meant}`");
    let changed = Change::Value(place, said(meant));
    Some(Reading::new(Kind::Neighbour, changed, place, message, hint).with_fix(place, meant.as_str()))
}

/// A record without the field whose matrix is defined, and used by nothing.
fn with_field(source: &Source, tree: &Tree, field: &str, beside: &str) -> Vec<Reading> {
    if !is_matrix(tree, field) || is_used(tree, field) {
        return Vec::new();
    }
    let records =
        definitions(tree).flat_map(|(key, made)| records(made).into_iter().map(move |it| (key, it)));
    let reading = |(key, record): (&Key, &Tree)| {
        let (before, _) = record.entry(beside)?;
        let name = &key.text;
        let changed = Change::Value(record.span, with_entry(record, field, said(field))?);
        let message = both!(
            "`{name}` has no `{field}`, and the matrix `{field}` is used by nothing",
            "`{name}` 没有写 `{field}`，而矩阵 `{field}` 没有用到"
        );
        let weights = [format!("{field}: {field}")];
        let Localised { en, zh } = insertion::to_add(source, record, before.span, &weights);
        let hint = both!("{en}", "请{zh}");
        Some(Reading::new(Kind::Name, changed, before.span, message, hint))
    };
    records.filter(|(_, record)| record.get(field).is_none()).filter_map(reading).collect()
}

/// `Q: W_Q` and `b_2: b_1`, where the matrix is called as another field is; `V: X` beside a matrix `W_V` that is not used.
fn under_another_field(tree: &Tree) -> Vec<Reading> {
    let records = definitions(tree).flat_map(|(_, made)| records(made));
    let reading = |record: &Tree| {
        let entries = record.as_map()?;
        let meant = |key: &Key, value: &Tree| {
            let own = value.as_text()?;
            let weights = format!("W_{}", key.text);
            let is_of_weights = ["Q", "K", "V"].contains(&key.text.as_str());
            let is_left_out = is_of_weights && is_matrix(tree, &weights) && !is_used(tree, &weights);
            let meant = if is_left_out { weights.as_str() } else { own };
            let may_be = WEIGHTS.contains(&meant) && (is_of_weights || WEIGHTS.contains(&key.text.as_str()));
            (may_be && is_matrix(tree, meant) && record.get(meant).is_none()).then(|| meant.to_owned())
        };
        let mut changed = entries.to_vec();
        let mut written: Vec<(Span, String, String)> = Vec::new();
        for (key, value) in &mut changed {
            let Some(meant) = meant(key, value) else { continue };
            let own = format!("{}: {}", key.text, value.as_text().unwrap_or_default());
            written.push((key.span.to(value.span), own, format!("{meant}: {meant}")));
            value.value = said(&meant);
            key.text = meant;
        }
        let (place, ..) = written.first()?;
        let list = |part: fn(&(Span, String, String)) -> &String| {
            all_of(written.iter().map(|it| format!("`{}`", part(it))))
        };
        let (own, meant) = (list(|it| &it.1), list(|it| &it.2));
        let (own, own_zh, meant, meant_zh) = (own.en, own.zh, meant.en, meant.zh);
        let message = both!(
            "the rest of the lesson is right with {meant} here, and wrong with {own}",
            "这里写 {meant_zh}，课里其余的内容才成立；写 {own_zh} 就不成立"
        );
        let hint = both!("write {meant}", "请写 {meant_zh}");
        let changed = Change::Value(record.span, Value::Map(changed));
        let reading = Reading::new(Kind::Name, changed, *place, message, hint);
        Some(written.into_iter().fold(reading, |it, (place, _, meant)| it.with_fix(place, meant)))
    };
    records.filter_map(reading).collect()
}

fn is_used(tree: &Tree, name: &str) -> bool {
    definitions(tree).any(|(_, made)| scalars(made).iter().any(|it| it.as_text() == Some(name)))
}

fn is_matrix(tree: &Tree, name: &str) -> bool {
    definitions(tree).any(|(key, _)| key.text == name)
}
