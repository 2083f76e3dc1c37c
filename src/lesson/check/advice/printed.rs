//! Published numbers in a step that has nothing to do with them, as they come from a step that was copied.

use super::typed::shown;
use super::{items, versions};
use crate::both;
use crate::diagnostic::Code;
use crate::graph::NodeId;
use crate::lesson::Lesson;
use crate::lesson::check::Checker;
use crate::lesson::published::Published;
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports published numbers of a matrix that the step neither draws nor speaks of, while it shows another one with
    /// the same rows and columns.
    pub(super) fn published_is_of_the_step(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            let Some(written) = tree.get("published") else { continue };
            let trees = written.as_list().unwrap_or(std::slice::from_ref(written));
            if trees.len() != step.published.len() {
                continue;
            }
            for (tree_of, published) in trees.iter().zip(&step.published) {
                let Some((node, place)) = matrix_of(published).zip(tree_of.get("of")) else { continue };
                let shown = shown(step);
                let (own, graph) = (self.graph.node(node), &self.graph);
                let is_drawn = |it: &NodeId| *it == node || graph.node(*it).op.operands().contains(&node);
                let has_its_shape = |it: &NodeId| graph.node(*it).shape == own.shape;
                if !shown.iter().any(has_its_shape)
                    || shown.iter().any(is_drawn)
                    || step.plot.is_some()
                    || self.speaks_of(tree, node)
                {
                    continue;
                }
                let (own, with) = (own.name.clone(), self.shown_with(&step.show, node));
                let line = tree.get("show").map_or(0, |show| self.source.line(show.span.start));
                let message = both!("this step does not show `{own}`", "这一步没有显示 `{own}`");
                let hint = both!(
                    "write `{with}` in line {line}; or remove these numbers, if they belong to another step",
                    "请在第 {line} 行写 `{with}`；如果这些数属于别的步骤，请在这里删去"
                );
                self.report(Code::Questionable, place.span, message, hint);
            }
        }
    }

    /// Reports printed numbers of which nothing says where they are from.
    pub(super) fn sources_are_named(&mut self, tree: &Tree) {
        if tree.get("source").is_some() {
            return;
        }
        let message = both!("nothing says where this was printed", "没有写明出处");
        let hint = both!(
            "add `source: …` at the left edge of the lesson",
            "请在课程中顶格加一行 `source: …`，写明出处"
        );
        if let Some(numbers) = tree.get("numbers").filter(|it| it.as_text() == Some("published")) {
            let message = both!(
                "`numbers: published` says that the numbers were printed, and nothing says where",
                "`numbers: published` 表示数取自出版物，却没有写明出处"
            );
            self.report(Code::Questionable, numbers.span, message, hint);
            return;
        }
        for written in items(tree, "steps").filter_map(|step| step.get("published")) {
            let all = written.as_list().unwrap_or(std::slice::from_ref(written));
            if let Some(one) = all.iter().find(|one| one.get("source").is_none()) {
                let place = one.get("of").unwrap_or(one).span;
                self.report(Code::Questionable, place, message, hint);
                return;
            }
        }
    }

    /// Whether the words of a step have a number of this matrix.
    fn speaks_of(&self, step: &Tree, node: NodeId) -> bool {
        let asked = step.get("question");
        let of_question = ["ask", "hint", "explain"].map(|field| asked.and_then(|asked| asked.get(field)));
        let texts = [step.get("say"), step.get("note")].into_iter().chain(of_question).flatten();
        let mut braces =
            texts.flat_map(versions).flat_map(|text| self.in_braces(text.as_text().unwrap_or_default()));
        braces.any(|braces| braces.values.iter().any(|value| value.node() == Some(node)))
    }
}

/// The only matrix that published numbers are of.
fn matrix_of(published: &Published) -> Option<NodeId> {
    let mut nodes = published.rows.iter().flatten().map(|printed| printed.computed.node());
    let first = nodes.next()??;
    nodes.all(|node| node == Some(first)).then_some(first)
}
