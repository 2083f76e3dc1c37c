//! Matrices, texts and axes that have another name where they are made than everywhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Change, definitions, fields, scalars};
use super::{Kind, Reading, TRIED, lines};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::advice::items;
use crate::lesson::check::names::slips::plain;
use crate::yaml::{Key, Tree};

/// So many missing names are looked at.
const MISSING: usize = 3;

/// What names an axis, and no matrix.
const OF_AXES: [&str; 4] = ["rows", "cols", "axis", "identity"];

/// The lesson with the names that it uses, where they are made.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let mut readings = with_parts(checker, tree, findings);
    readings.extend(alone(checker, tree, findings));
    readings
}

/// The lesson with each name that is missing for one that nothing uses.
fn alone(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let axes: Vec<Span> =
        items(tree, "matrices").flat_map(fields).filter(is_of_axis).map(|(_, it)| it.span).collect();
    // The standard walkthrough shows every matrix.
    if tree.get("steps").is_none() {
        return Vec::new();
    }
    // A slip of a name that is there is put right where it stands.
    let is_free = |it: &&Diagnostic| it.fix.is_empty() && !axes.contains(&it.span);
    let unknown = findings.iter().filter(|it| it.code == Code::UnknownName).filter(is_free);
    let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
    for it in unknown.filter(|it| is_name(checker.source.slice(it.span))).take(MISSING) {
        missing.entry(checker.source.slice(it.span)).or_insert(it.span.start);
    }
    let text = &checker.source.text;
    let names = || items(tree, "matrices").flat_map(scalars).filter_map(Tree::as_text);
    let is_said = |key: &Key| {
        let mut places = text.match_indices(key.text.as_str()).map(|(at, _)| at);
        places.any(|at| at != key.span.start && is_whole(text, at, &key.text))
    };
    // The name of a text may be one of its tokens as well.
    let is_named = |key: &Key| names().any(|it| it == key.text) || text.contains(&format!("@{}", key.text));
    let texts = tree.get("texts").and_then(Tree::as_map).unwrap_or_default();
    let matrices: Vec<&(Key, Tree)> = definitions(tree).collect();
    let is_near = |key: &Key, name: &str| key.text.eq_ignore_ascii_case(name);
    missing.retain(|name, _| plain(name).is_none());
    missing
        .retain(|name, _| !texts.iter().chain(matrices.iter().copied()).any(|(key, _)| is_near(key, name)));
    let is_good = |key: &Key| checker.graph.find(&key.text).is_some();
    let texts = texts.iter().filter(|(key, _)| !is_named(key));
    let unused = texts.chain(matrices.into_iter().filter(|(key, _)| is_good(key) && !is_said(key)));
    let with_each = |(key, made): &(Key, Tree)| {
        let later = missing.iter().filter(|(_, first)| **first > made.span.end);
        later.map(|(meant, _)| under_its_name(Kind::Name, key, meant)).collect::<Vec<_>>()
    };
    let mut readings: Vec<Reading> = unused.flat_map(with_each).collect();
    let wanted: BTreeSet<&str> = axes.iter().map(|span| checker.source.slice(*span)).collect();
    for (key, _) in
        tree.get("axes").and_then(Tree::as_map).unwrap_or_default().iter().filter(|(key, _)| !is_said(key))
    {
        let missing = wanted.iter().filter(|name| is_name(name) && !checker.axes.contains_key(**name));
        readings.extend(missing.map(|meant| under_its_name(Kind::Axis, key, meant)));
    }
    readings
}

fn is_of_axis((field, _): &(&Key, &Tree)) -> bool {
    OF_AXES.contains(&field.text.as_str())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn is_whole(text: &str, at: usize, name: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    !text[..at].ends_with(in_name) && !text[at + name.len()..].starts_with(in_name)
}

fn under_its_name(kind: Kind, key: &Key, meant: &str) -> Reading {
    let (own, place) = (&key.text, key.span);
    let message = both!(
        "nothing uses `{own}`, and `{meant}`, which the lesson uses, is not there",
        "`{own}` 没有用到，而课里用到的 `{meant}` 却没有定义"
    );
    let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
    Reading::new(kind, Change::Name(place, meant.to_owned()), place, message, hint).with_fix(place, meant)
}

/// `attention: …` for a lesson that speaks of `head.pattern` and `head.scores`.
fn with_parts(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let source = checker.source;
    let unknown = findings.iter().filter(|it| it.code == Code::UnknownName);
    let mut missing: Vec<(&str, Vec<Span>)> = Vec::new();
    for finding in unknown {
        let Some((stem, _)) = source.slice(finding.span).split_once('.') else { continue };
        match missing.iter_mut().find(|(known, _)| *known == stem) {
            Some((_, places)) => places.push(finding.span),
            None => missing.push((stem, vec![finding.span])),
        }
    }
    missing.retain(|(stem, places)| places.len() > 1 && definitions(tree).all(|(key, _)| key.text != *stem));
    let is_unused = |(key, _): &&(Key, Tree)| !source.text.contains(&format!("{}.", key.text));
    let reading = |(key, _): &(Key, Tree), (stem, places): &(&str, Vec<Span>)| {
        let own = &key.text;
        let Localised { en, zh } = lines(source, places);
        let message = both!(
            "this is called `{own}`, and the lesson speaks of `{stem}`",
            "这里的名称是 `{own}`，而课里写的是 `{stem}`"
        );
        let hint = both!(
            "write `{stem}` here; or `{own}` for `{stem}` in {en}",
            "请在这里写 `{stem}`；或把{zh}的 `{stem}` 换成 `{own}`"
        );
        Reading::new(Kind::Name, Change::Name(key.span, (*stem).to_owned()), key.span, message, hint)
    };
    let unused: Vec<&(Key, Tree)> = definitions(tree).filter(is_unused).collect();
    missing.iter().flat_map(|stem| unused.iter().map(move |own| reading(own, stem))).take(TRIED).collect()
}
