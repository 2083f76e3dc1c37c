//! Texts that write themselves and end with another token than the lesson takes them to.

use super::tree::{said, with};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::check::Checker;
use crate::lesson::check::advice::items;
use crate::yaml::Tree;

/// Of a larger vocabulary not every token is tried.
const TOKENS: usize = 12;

/// The lesson with each other token behind `until`.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let tokens = &checker.vocabulary_places;
    if tokens.len() > TOKENS || !findings.iter().any(|it| it.code == Code::ExpectFailed) {
        return Vec::new();
    }
    let made = items(tree, "matrices").filter_map(|item| item.as_map()?.first());
    let endings = made.filter_map(|(name, kind)| Some((name, kind.get("generate")?.get("until")?)));
    let mut readings = Vec::new();
    for (name, until) in endings {
        let (name, own) = (&name.text, until.as_text().unwrap_or_default());
        for meant in tokens.keys().filter(|token| *token != own) {
            let message = both!(
                "what the lesson says of `{name}` is right with `until: {meant}`, and wrong with `{own}`",
                "课里说的是 `{name}` 用 `until: {meant}` 时的结果，而不是 `{own}`"
            );
            let hint = both!("write `until: {meant}`", "请写 `until: {meant}`");
            let changed = with(tree, until.span, &said(meant));
            readings.push(Reading::new(Kind::Neighbour, changed, until.span, message, hint));
        }
    }
    readings
}
