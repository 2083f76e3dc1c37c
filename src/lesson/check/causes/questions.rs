//! Questions that are right of the matrix that the step shows.

use super::tree::{Change, said};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::check::Checker;
use crate::lesson::check::advice::items;
use crate::lesson::check::locate::in_place_of;
use crate::yaml::Tree;

/// The lesson with questions about what their steps show.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for step in items(tree, "steps") {
        readings.extend(of_the_step(checker, step, findings));
    }
    readings
}

/// A question about another matrix than the only one that its step shows.
fn of_the_step(checker: &Checker<'_>, step: &Tree, findings: &[Diagnostic]) -> Option<Reading> {
    let answer = step.get("question")?.get("answer")?;
    let shown = step.get("show")?;
    let shown = match shown.as_list() {
        Some([only]) => only.as_text()?,
        Some(_) => return None,
        None => shown.as_text()?,
    };
    let is_wrong = |written: &&Tree| {
        findings.iter().any(|it| {
            it.code == Code::NoAnswer
                && written.span.start <= it.span.start
                && it.span.end <= written.span.end
        })
    };
    let (_, written) = answer.as_map()?.first()?;
    let written = Some(written).filter(is_wrong)?;
    let text = written.as_text()?;
    let part = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let names = checker.graph.nodes().map(|(_, node)| node.name.as_str());
    let other = names
        .filter(|name| *name != shown && part(name) == part(shown) && text.contains(&format!("{name}[")))
        .max_by_key(|name| name.len())?;
    let meant = text.replacen(other, shown, 1);
    let message = both!(
        "this step shows `{shown}`, and its answer is taken from `{other}`",
        "这一步显示的是 `{shown}`，答案却取自 `{other}`"
    );
    let typed = in_place_of(checker.source, written, &meant);
    let hint = both!("write `{typed}`", "请写 `{typed}`");
    let changed = Change::Value(written.span, said(&meant));
    Some(Reading::new(Kind::Question, changed, written.span, message, hint))
}
