//! The name of a head where one of its matrices is meant.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

impl Checker<'_> {
    /// What is said of a group of matrices, which is no matrix itself, if its step tells which of them is meant.
    pub(in crate::lesson::check) fn told_by_its_step(
        &self,
        name: &str,
        tree: &Tree,
        step: &Tree,
    ) -> Option<Diagnostic> {
        let inside = |full: &str| full.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let parts: Vec<String> =
            self.graph.nodes().map(|(_, node)| node.name.clone()).filter(|full| inside(full)).collect();
        let text = self.source.slice(step.span);
        let in_name = |c: char| c.is_alphanumeric() || "_.@".contains(c);
        let is_said = |full: &&String| {
            text.match_indices(full.as_str()).any(|(at, _)| {
                !text[..at].ends_with(in_name) && !text[at + full.len()..].starts_with(in_name)
            })
        };
        let mut said = parts.iter().filter(is_said);
        let meant = said.next().filter(|_| said.next().is_none())?;
        let message = both!(
            "`{name}` is not one matrix but several, and `show` takes one",
            "`{name}` 不是一个矩阵，而是几个；`show` 里要写其中一个"
        );
        let hint = both!("write `{meant}`, which this step speaks of", "请写 `{meant}`，这一步讲的就是它");
        Some(Diagnostic::new(Code::UnknownName, tree.span, message).with_hint(hint))
    }
}
