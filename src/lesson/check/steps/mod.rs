//! Steps: what they show, light and say.

pub(super) mod focus;
pub(super) mod places;
pub(super) mod plot;
mod prose;
pub(super) mod scattered;

use super::{Checker, honesty, remedies::insertion, text};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Convention, NodeId, Op, Trace};
use crate::language::Localised;
use crate::lesson::expression;
use crate::lesson::fields::STEP;
use crate::lesson::{Honesty, Reveal, Shown, Step, Text};
use crate::yaml::Tree;
use focus::named_first;

impl Checker<'_> {
    pub(super) fn read_steps(
        &mut self,
        trees: &[Tree],
        convention: Convention,
        lesson: Honesty,
        trace: Option<&Trace>,
    ) -> Vec<Step> {
        let trees = self.joined(trees);
        let mut steps = Vec::with_capacity(trees.len());
        for (index, tree) in trees.iter().enumerate() {
            let (show, last) = self.shown(tree);
            let say = tree.get("say").map(|tree| self.prose(tree)).unwrap_or_default();
            let focus = match tree.entry("focus") {
                Some(entry) => self.focus(entry, tree, (&show, &last), trace),
                None => named_first(&say.en, &show).into_iter().collect(),
            };
            let note = tree.get("note").map(|tree| self.prose(tree));
            let plot = tree.get("plot").and_then(|tree| self.plot(tree, &show));
            self.is_worth_a_step(tree);
            self.has_what_it_reveals(tree, &show);
            let published = self.published(tree.get("published"), &last, trace);
            let question = tree.get("question").filter(|_| !self.is_answered_beside(tree, &show, trace));
            let question = question.and_then(|question| self.question(question, &show, trace));
            if let (Some(question), Some(trace)) = (&question, trace) {
                self.keeps_its_answer(tree, question, &show, trace);
            }
            steps.push(Step {
                title: tree.get("title").and_then(text).unwrap_or_else(|| self.title(index, &show)),
                reveal: reveal(tree.get("reveal"), convention),
                honesty: honesty(tree.get("numbers")).unwrap_or(lesson),
                show,
                focus,
                say,
                note,
                plot,
                published,
                question,
            });
        }
        steps
    }

    /// Reports a step that has nothing for the learner.
    fn is_worth_a_step(&mut self, tree: &Tree) {
        let Some(entries) = tree.as_map() else { return };
        let for_learners = ["title", "show", "say", "plot", "question"];
        let Some((first, _)) = entries.first() else {
            self.report_empty_step(tree.span);
            return;
        };
        // A misspelt field has been reported; with it the step may be worth something.
        let all_known = entries.iter().all(|(key, _)| STEP.field(&key.text).is_some());
        if all_known && !entries.iter().any(|(key, _)| for_learners.contains(&key.text.as_str())) {
            self.report_empty_step(first.span);
        }
    }

    /// Reports `reveal` in a step that shows nothing that could be uncovered.
    fn has_what_it_reveals(&mut self, tree: &Tree, show: &[Shown]) {
        let Some((field, reveal)) = tree.entry("reveal") else { return };
        let no_matrix = show.iter().all(|shown| matches!(shown, Shown::Text(_)));
        // A name that nothing has is reported as such, and shows nothing.
        let named = tree.get("show").map_or(0, |tree| tree.as_list().map_or(1, <[_]>::len));
        if no_matrix && named == show.len() && reveal.as_text() != Some("all") {
            let of = self.example_matrix().map_or("X", |node| &self.graph.node(node).name);
            let Localised { en, zh } = self.to_show_instead(tree, field.span, of);
            let Localised { en: without, zh: without_zh } =
                insertion::to_remove(self.source, tree, &["reveal"]);
            self.report(
                Code::MissingField,
                field.span,
                both!(
                    "this step shows no matrix that could be uncovered bit by bit",
                    "这一步没有显示可以逐步显示的矩阵"
                ),
                both!("{without}; or {en}", "请{without_zh}；或{zh}"),
            );
        }
    }

    /// What to write so that a step shows this matrix, and not only a text or nothing.
    pub(super) fn to_show_instead(&self, step: &Tree, told: Span, matrix: &str) -> Localised<String> {
        let Some((key, shown)) = step.entry("show") else {
            return insertion::to_add(self.source, step, told, &[format!("show: {matrix}")]);
        };
        let written = self.source.slice(key.span.to(shown.span));
        both!("write `show: {matrix}` instead of `{written}`", "把 `{written}` 改成 `show: {matrix}`")
    }

    fn report_empty_step(&mut self, span: Span) {
        self.report(
            Code::Empty,
            span,
            both!("this step shows nothing and says nothing", "这一步没有显示任何内容，也没有讲解"),
            if self.source.slice(span) == "{}" {
                both!(
                    "remove this line; or write `show: …` or `say: …` instead of `{{}}`",
                    "请删去这一行；或把 `{{}}` 改成 `show: …` 或 `say: …`"
                )
            } else {
                both!(
                    "add `show: …` or `say: …`, or remove the step",
                    "请加上 `show: …` 或 `say: …`，或删去这一步"
                )
            },
        );
    }

    /// A title for a step that has none: what it shows.
    fn title(&self, index: usize, show: &[Shown]) -> Text {
        let number = index + 1;
        match show.last() {
            Some(Shown::Matrix(node)) => {
                let name = self.graph.symbol(*node);
                both!("{name}", "{name}")
            }
            Some(Shown::Text(_)) => both!("Tokens", "词元"),
            None => both!("Step {number}", "第 {number} 步"),
        }
    }

    /// What a step shows, and the matrices of the last name in it.
    fn shown(&mut self, step: &Tree) -> (Vec<Shown>, Vec<NodeId>) {
        let (mut shown, mut last) = (Vec::new(), Vec::new());
        let Some(tree) = step.get("show") else { return (shown, last) };
        for tree in tree.as_list().unwrap_or(std::slice::from_ref(tree)) {
            let Some(name) = tree.as_text() else { continue };
            if let Some(text) = self.texts.iter().position(|text| text.name == name) {
                shown.push(Shown::Text(text));
            } else if let Some(node) = self.graph.find(name) {
                shown.push(Shown::Matrix(node));
                last = vec![node];
            } else if let Some(family) = self.families.get(name) {
                last = family.iter().map(|(_, node)| *node).collect();
                shown.extend(last.iter().map(|node| Shown::Matrix(*node)));
            } else if let Some(finding) = self.told_by_its_step(name, tree, step) {
                self.findings.push(finding);
            } else if let Some(node) = self.not_shown(name, tree, step) {
                shown.push(Shown::Matrix(node));
                last = vec![node];
            }
        }
        (shown, last)
    }

    /// Reports a name that nothing has; gives the matrix that was meant, where only its letters are not plain.
    fn not_shown(&mut self, name: &str, tree: &Tree, within: &Tree) -> Option<NodeId> {
        let stem = name.split(['.', '@']).next().unwrap_or(name);
        if self.broken.contains(name) || self.broken.contains(stem) || self.has_enough_findings() {
            return None;
        }
        let names = self.graph.nodes().map(|(_, node)| node.name.as_str());
        let texts = self.texts.iter().map(|text| text.name.as_str());
        let families = self.families.keys().map(String::as_str);
        let known: Vec<String> = texts.chain(names).chain(families).map(str::to_owned).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if let Some(meant) = self.known_in_plain(name, tree.span, &known) {
            return self.graph.find(&meant);
        }
        if let Some((matrix, inside)) = name.strip_suffix(']').and_then(|name| name.split_once('['))
            && known.contains(&matrix)
            && !known.contains(&format!("{matrix}@{inside}").as_str())
        {
            let message = both!("`show` takes a whole matrix", "`show` 只能写整个矩阵");
            let hint = self.to_light(matrix, inside, within);
            self.report(Code::UnknownName, tree.span, message, hint);
            return None;
        }
        let softmax = expression::softmax_of(name, &self.graph);
        let softmax =
            softmax.map(|own| both!("write `{own}`, which is just this", "请写 `{own}`，它正是这个结果"));
        if let Some(hint) = softmax.or_else(|| self.arithmetic(name)) {
            let message = both!(
                "`show` takes names of matrices, and computes nothing",
                "`show` 里只写矩阵的名称，不写算式"
            );
            self.report(Code::UnknownName, tree.span, message, hint);
            return None;
        }
        if let ([text], true) = (self.texts.as_slice(), is_word_for_a_text(name)) {
            let text = &text.name;
            let message = both!("the text is called `{text}`", "这段文本的名称是 `{text}`");
            let hint = both!("write `{text}`", "请写 `{text}`");
            let finding = Diagnostic::new(Code::UnknownName, tree.span, message).with_hint(hint);
            self.findings.push(self.with_fix_of(finding, tree.span, name, text));
            return None;
        }
        let message = both!(
            "there is no matrix or text called `{name}` to show",
            "没有名为 `{name}` 的矩阵或文本可以显示"
        );
        self.report_unknown_name(name, tree.span, message, &known);
        None
    }

    /// How a step shows a whole matrix of which it names a part.
    fn to_light(&self, matrix: &str, part: &str, step: &Tree) -> Localised<String> {
        let is_alone =
            step.get("focus").is_none() && step.get("show").is_some_and(|it| it.as_list().is_none());
        let in_braces = self.source.text[step.span.start..].starts_with('{');
        match (is_alone, in_braces) {
            (true, false) => both!(
                "write `show: {matrix}`; to light this part of it, add below it the line `focus: [{part}]`, just as far in as `show`",
                "请写 `show: {matrix}`；要高亮这一部分，请在下面加一行 `focus: [{part}]`，与 `show` 对齐"
            ),
            (true, true) => both!(
                "write `show: {matrix}`; to light this part of it, `show: {matrix}, focus: [{part}]`",
                "请写 `show: {matrix}`；要高亮这一部分，请写 `show: {matrix}, focus: [{part}]`"
            ),
            (false, _) => both!("write `{matrix}`", "请写 `{matrix}`"),
        }
    }

    /// What to do about `A + B` where the name of a matrix belongs.
    fn arithmetic(&self, text: &str) -> Option<Localised<String>> {
        let kinds =
            [("+", "add"), (" - ", "subtract"), (" − ", "subtract"), ("*", "product"), ("·", "product")];
        let (left, right, kind) = kinds.into_iter().find_map(|(sign, kind)| {
            let (left, right) = text.split_once(sign)?;
            Some((left.trim(), right.trim(), kind))
        })?;
        let (a, b) = (self.graph.find(left)?, self.graph.find(right)?);
        let is_it = |op: &Op| match kind {
            "add" => matches!(op, Op::Add(_)) && (op.operands() == [a, b] || op.operands() == [b, a]),
            "subtract" => matches!(op, Op::Subtract(_)) && op.operands() == [a, b],
            _ => false,
        };
        let own = self.graph.nodes().map(|(_, node)| node).find(|node| is_it(&node.op));
        if let Some(own) = own.map(|node| &node.name) {
            return Some(both!("write `{own}`, which is just this", "请写 `{own}`，它正是这个结果"));
        }
        let new = self.free_name(if kind == "add" { "total" } else { "difference" });
        Some(both!(
            "make it a matrix, as a last item of `matrices`: `- {new}: {{{kind}: [{left}, {right}]}}`, and write `{new}` here",
            "请在 `matrices` 的末尾加上 `- {new}: {{{kind}: [{left}, {right}]}}`，这里写 `{new}`"
        ))
    }
}

/// Whether a word says only that a text is meant.
fn is_word_for_a_text(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "text",
        "texts",
        "sentence",
        "sentences",
        "tokens",
        "words",
        "句子",
        "文本",
        "原文",
        "例句",
        "词元",
        "文字",
    ];
    WORDS.contains(&name.to_lowercase().as_str())
}

/// How a step is uncovered, from the lesson's own convention to stored rows and columns.
fn reveal(tree: Option<&Tree>, convention: Convention) -> Reveal {
    match (tree.and_then(Tree::as_text), convention) {
        (Some("rows"), Convention::Rows) | (Some("columns"), Convention::Columns) => Reveal::Rows,
        (Some("columns"), Convention::Rows) | (Some("rows"), Convention::Columns) => Reveal::Columns,
        (Some("cells"), _) => Reveal::Cells,
        (_, _) => Reveal::All,
    }
}
