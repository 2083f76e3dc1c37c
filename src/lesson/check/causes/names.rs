//! Names of matrices and texts that stand for their neighbours: a line that was copied, and not changed.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Change, definitions, said, scalars};
use super::{Kind, Reading, TRIED};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::check::Checker;
use crate::yaml::{Key, Tree};

/// Shorter names are all neighbours of each other.
const LONG: usize = 3;

/// The lesson with the names that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let mut readings = defined_twice(checker, tree, findings);
    if findings.iter().any(|it| it.code == Code::UnknownName) {
        readings.extend(for_one_text(tree));
    }
    readings.extend(unused(checker, tree));
    readings
}

/// A name that is defined twice may be the second time one that is missing.
fn defined_twice(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let missing = findings.iter().filter(|it| it.code == Code::UnknownName);
    let mut missing: Vec<&str> = missing.map(|it| checker.source.slice(it.span)).collect();
    missing.sort_unstable();
    missing.dedup();
    let twice = findings.iter().filter(|it| it.code == Code::DuplicateName);
    let second = |finding: &Diagnostic| {
        let (key, _) = definitions(tree).find(|(key, _)| key.span == finding.span)?;
        Some((key.text.clone(), key.span))
    };
    let reading = |name: &str, place, meant: &&str| {
        let message = both!(
            "`{name}` is defined twice, and `{meant}` not at all",
            "`{name}` 定义了两次，而 `{meant}` 没有定义"
        );
        let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
        Reading::new(Kind::Name, Change::Name(place, (*meant).to_owned()), place, message, hint)
            .with_fix(place, *meant)
    };
    let again = twice.filter_map(second);
    again
        .flat_map(|(name, place)| {
            missing.iter().take(TRIED).map(move |meant| reading(&name, place, meant)).collect::<Vec<_>>()
        })
        .take(TRIED)
        .collect()
}

/// `embed: [main]` makes `X@main`, and `embed: main` makes `X`.
fn for_one_text(tree: &Tree) -> Vec<Reading> {
    let embeds = definitions(tree).filter_map(|(key, kind)| Some((key, kind.get("embed")?)));
    let reading = |(key, list): (&Key, &Tree)| {
        let [only] = list.as_list()? else { return None };
        let (name, text) = (&key.text, only.as_text()?);
        let changed = Change::ForList(list.span, text.to_owned());
        let message = both!(
            "with `[{text}]` the matrix is called `{name}@{text}`, and the lesson calls it `{name}`",
            "写成 `[{text}]`，矩阵就叫 `{name}@{text}`，而课里写的是 `{name}`"
        );
        let hint = both!("write `embed: {text}`", "请写 `embed: {text}`");
        Some(Reading::new(Kind::Name, changed, list.span, message, hint).with_fix(list.span, text))
    };
    embeds.filter_map(reading).collect()
}

/// What is named twice may be once what is named nowhere.
fn unused(checker: &Checker<'_>, tree: &Tree) -> Vec<Reading> {
    let named = definitions(tree).flat_map(|(_, kind)| scalars(kind));
    let named: Vec<(&Tree, &str)> = named.filter_map(|place| Some((place, place.as_text()?))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, name) in &named {
        *counts.entry(*name).or_default() += 1;
    }
    let uses = |name: &str| counts.get(name).copied().unwrap_or_default();
    let written = |part: &str| tree.get(part).map(|tree| checker.source.slice(tree.span)).unwrap_or_default();
    let is_shown = |name: &str| written("steps").contains(name) || written("expect").contains(name);
    let matrices: Vec<&str> = definitions(tree).map(|(key, _)| key.text.as_str()).collect();
    let texts = tree.get("texts").and_then(Tree::as_map).unwrap_or_default();
    let texts: Vec<&str> = texts.iter().map(|(key, _)| key.text.as_str()).collect();
    let mut readings = Vec::new();
    for (names, is_text) in [(&matrices, false), (&texts, true)] {
        let known: BTreeSet<&str> = names.iter().copied().collect();
        let again: Vec<_> = named.iter().filter(|(_, own)| known.contains(own) && uses(own) > 1).collect();
        for meant in names.iter().filter(|name| uses(name) == 0 && (is_text || !is_shown(name))) {
            let is_good = is_text && checker.is_text(meant) || checker.graph.find(meant).is_some();
            if !is_good || readings.len() >= TRIED {
                continue;
            }
            let is_near = |own: &str| {
                let is_long = own.chars().count() >= LONG && own.chars().count() == meant.chars().count();
                is_text || is_long && strsim::damerau_levenshtein(own, meant) == 1
            };
            for (place, own) in again.iter().filter(|(_, own)| is_near(own)).take(TRIED) {
                let message = if is_text {
                    both!(
                        "matrices are made of `{own}` here and elsewhere, and none of `{meant}`",
                        "这里和别处的矩阵都由 `{own}` 得出，而没有一个由 `{meant}` 得出"
                    )
                } else {
                    both!(
                        "`{own}` is used here and elsewhere, and `{meant}` nowhere",
                        "这里和别处都用了 `{own}`，而 `{meant}` 没有用到"
                    )
                };
                let hint = both!("write `{meant}` here", "请在这里写 `{meant}`");
                let changed = Change::Value(place.span, said(meant));
                readings.push(
                    Reading::new(Kind::Neighbour, changed, place.span, message, hint)
                        .with_fix(place.span, *meant),
                );
            }
        }
    }
    readings
}
