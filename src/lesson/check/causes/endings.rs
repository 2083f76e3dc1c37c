//! Texts that write themselves and end elsewhere than the lesson takes them to: with another token, or too early.

use super::tree::{Change, definitions, said};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

/// Of a larger vocabulary not every token is tried.
const TOKENS: usize = 12;

/// The lesson with the ends that may have been meant.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let mut readings = with_another_token(checker, tree, findings);
    readings.extend(in_more_rounds(checker, tree, findings));
    readings
}

/// The lesson with each other token behind `until`.
fn with_another_token(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let tokens = &checker.vocabulary_places;
    if tokens.len() > TOKENS || !findings.iter().any(|it| it.code == Code::ExpectFailed) {
        return Vec::new();
    }
    let endings =
        definitions(tree).filter_map(|(name, kind)| Some((name, kind.get("generate")?.get("until")?)));
    let mut readings = Vec::new();
    for (name, until) in endings {
        let (name, own) = (&name.text, until.as_text().unwrap_or_default());
        for meant in tokens.keys().filter(|token| *token != own) {
            let message = both!(
                "what the lesson says of `{name}` is right with `until: {meant}`, and wrong with `{own}`",
                "课里说的是 `{name}` 用 `until: {meant}` 时的结果，而不是 `{own}`"
            );
            let hint = both!("write `until: {meant}`", "请写 `until: {meant}`");
            let changed = Change::Value(until.span, said(meant));
            readings.push(Reading::new(Kind::Neighbour, changed, until.span, message, hint));
        }
    }
    readings
}

/// For `letter.3.choice` where `letter` stops after two rounds.
fn in_more_rounds(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    const MORE: u64 = 6;
    let unknown: Vec<&str> = findings
        .iter()
        .filter(|it| it.code == Code::UnknownName)
        .map(|it| checker.source.slice(it.span))
        .collect();
    let mut readings = Vec::new();
    for (key, kind) in definitions(tree) {
        let (name, rounds) = (&key.text, kind.get("generate").and_then(|fields| fields.get("at_most")));
        let Some((rounds, count)) = rounds.and_then(|tree| Some((tree, tree.as_count()?))) else { continue };
        let is_round = |missing: &&str| missing.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        if !unknown.iter().any(is_round) {
            continue;
        }
        readings.extend((1..=MORE).filter_map(|more| {
            let enough = count.checked_add(more)?.to_string();
            let message = both!(
                "`{name}` stops after `at_most: {count}`, and the lesson speaks of later rounds",
                "`{name}` 写到 `at_most: {count}` 就停了，而课里还说到后面的轮次"
            );
            let hint = both!("write `at_most: {enough}`", "请写 `at_most: {enough}`");
            let changed = Change::Value(rounds.span, said(&enough));
            Some(
                Reading::new(Kind::Rounds, changed, rounds.span, message, hint).with_fix(rounds.span, enough),
            )
        }));
    }
    readings
}
