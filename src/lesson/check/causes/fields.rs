//! Fields that name another matrix than the one that is called as they are, or that are left out though their matrix is
//! there: `W_V: W_Q`, heads without `W_O`, `probabilities` of something else than the logits.

use super::tree::{Change, definitions, fields, said, scalars, with_entry};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::insertion;
use crate::yaml::{Key, Tree};

/// The lesson with the fields that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let mut readings = with_output(checker.source, tree);
    readings.extend(of_another_field(tree));
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

/// Heads without the `W_O` that is defined.
fn with_output(source: &Source, tree: &Tree) -> Vec<Reading> {
    const OUTPUT: &str = "W_O";
    let is_used =
        definitions(tree).any(|(_, kind)| scalars(kind).iter().any(|it| it.as_text() == Some(OUTPUT)));
    if is_used || !definitions(tree).any(|(key, _)| key.text == OUTPUT) {
        return Vec::new();
    }
    let heads = definitions(tree).filter_map(|(key, kind)| {
        let (_, of) = kind.as_map()?.first()?;
        let attention = of.get("attention").unwrap_or(of);
        Some((key, attention.entry("heads")?, attention))
    });
    let reading = |(key, (heads, _), fields): (&Key, &(Key, Tree), &Tree)| {
        let name = &key.text;
        let changed = Change::Value(fields.span, with_entry(fields, OUTPUT, said(OUTPUT))?);
        let message = both!(
            "`{name}` has no `W_O`, and the matrix `W_O` is used by nothing",
            "`{name}` 没有写 `W_O`，而矩阵 `W_O` 没有用到"
        );
        let weights = [format!("{OUTPUT}: {OUTPUT}")];
        let Localised { en, zh } = insertion::to_add(source, fields, heads.span, &weights);
        let hint = both!("{en}", "请{zh}");
        Some(Reading::new(Kind::Name, changed, heads.span, message, hint))
    };
    heads.filter_map(reading).collect()
}
