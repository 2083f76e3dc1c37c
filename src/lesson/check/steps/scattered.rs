//! Steps of which each line begins with a `- ` of its own, so that `focus` stands in a step without a matrix.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lesson::check::Checker;
use crate::yaml::{Key, Tree, Value};

/// What is nothing without something else in its step.
const NEVER_ALONE: [&str; 3] = ["focus", "reveal", "numbers"];

impl Checker<'_> {
    /// The steps as they are meant: those that are the lines of one are told and joined.
    pub(in crate::lesson::check) fn joined(&mut self, trees: &[Tree]) -> Vec<Tree> {
        let mut steps: Vec<Tree> = Vec::with_capacity(trees.len());
        let mut rest = trees;
        while let Some((first, after)) = rest.split_first() {
            let count = lines_of_one(first, after);
            let (lines, further) = after.split_at(count);
            if let Some(finding) = self.scattered(lines) {
                self.findings.push(finding);
                let entries = std::iter::once(first).chain(lines).filter_map(Tree::as_map).flatten();
                let value = Value::Map(entries.cloned().collect());
                steps.push(Tree { span: first.span, value });
                rest = further;
            } else {
                steps.push(first.clone());
                rest = after;
            }
        }
        steps
    }

    /// The finding for lines that belong to the step above them, with a blank for each of their dashes.
    fn scattered(&self, lines: &[Tree]) -> Option<Diagnostic> {
        let keys: Vec<&Key> = lines.iter().filter_map(only_entry).map(|(key, _)| key).collect();
        let first = keys.iter().find(|key| NEVER_ALONE.contains(&key.text.as_str()))?;
        let dashes: Vec<Span> = keys.iter().map(|key| self.dash_before(key)).collect::<Option<_>>()?;
        let listed = |between: &str| {
            keys.iter().map(|key| format!("`{}`", key.text)).collect::<Vec<_>>().join(between)
        };
        let (en, zh) = (listed(", "), listed("、"));
        let name = &first.text;
        let message = both!(
            "`{name}` stands in a step of its own, and belongs to the step above",
            "`{name}` 单独成了一步，它应当属于上一步"
        );
        let hint = match keys.len() {
            1 => both!("write a space in the place of the `-` before {en}", "请把 {zh} 前面的 `-` 改成空格"),
            _ => both!(
                "only the first line of a step begins with `- `: write a space in the place of the `-` before {en}",
                "一步只有第一行以 `- ` 开头：请把 {zh} 前面的 `-` 改成空格"
            ),
        };
        let finding = Diagnostic::new(Code::MissingField, first.span, message).with_hint(hint);
        Some(dashes.into_iter().fold(finding, |finding, dash| finding.with_fix(dash, " ")))
    }

    /// The dash that begins the item of this name.
    fn dash_before(&self, key: &Key) -> Option<Span> {
        let before = self.source.text.get(..key.span.start)?.trim_end_matches(' ');
        before.ends_with('-').then(|| Span::new(before.len() - 1, before.len()))
    }
}

fn only_entry(tree: &Tree) -> Option<&(Key, Tree)> {
    match tree.as_map()? {
        [entry] => Some(entry),
        _ => None,
    }
}

/// How many of the steps that follow one are lines of it: each has one field, which none of those above has.
fn lines_of_one(first: &Tree, after: &[Tree]) -> usize {
    let Some(entries) = first.as_map() else { return 0 };
    let mut names: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
    for (count, tree) in after.iter().enumerate() {
        let name = only_entry(tree).map(|(key, _)| key.text.as_str());
        match name.filter(|name| *name != "title" && !names.contains(name)) {
            Some(name) => names.push(name),
            None => return count,
        }
    }
    after.len()
}
