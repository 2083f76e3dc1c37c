//! What the author of a right lesson may want to look at again.

pub(super) mod asked;
mod cited;
mod gloss;
mod heads;
pub(super) mod languages;
mod links;
mod listening;
mod markup;
pub(super) mod meant;
mod mixed;
mod named;
mod named_cells;
mod named_numbers;
mod number_tokens;
pub(super) mod numbers;
mod percent;
mod printed;
mod prose;
mod quotation;
pub(super) mod said;
pub(super) mod sentences;
mod signs;
mod spaced;
mod spoken_of;
mod step_numbers;

mod translated;
mod typed;
mod unfinished;
mod unused_texts;
mod writing;

use std::collections::BTreeSet;

use super::causes::fields::told_of_field;
use super::{Checker, remedies::insertion, version};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH};
use crate::language::{Language, Localised};
use crate::lesson::Lesson;
use crate::lesson::fields::{Kind, LESSON, texts};
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// Looks a lesson without errors through; every finding is a warning.
    pub(super) fn advise(&mut self, tree: &Tree, lesson: &Lesson) -> Vec<Diagnostic> {
        self.findings.clear();
        let texts = texts(tree, &Kind::Record(&LESSON));
        let whole = self.texts_are_whole(tree, &texts);
        let mut misplaced = self.texts_are_translated(tree, &texts);
        misplaced.extend(self.languages_are_apart(&texts, &misplaced));
        self.lists_have_commas(tree);
        self.texts_are_cut_into_tokens(tree);
        self.claims_can_fail(tree, lesson);
        self.steps_have_words(tree);
        self.arrows_go_somewhere(tree, lesson);
        self.published_is_of_the_step(tree, lesson);
        self.lines_stand_once(tree);
        self.items_stand_once(tree);
        // A text that is cut lacks what comes after the cut.
        let whole: Vec<&Tree> = whole.into_iter().filter(|text| !misplaced.contains(&text.span)).collect();
        self.languages_agree(&whole, &lesson.trace);
        self.signs_are_tidy(&texts, &misplaced);
        self.marks_belong_to_texts(&texts);
        self.prose_is_complete(tree);
        self.languages_stand_open(&texts);
        self.stars_touch_their_word(tree);
        self.texts_have_no_markup(tree, &texts);
        self.numbers_are_computed(tree, lesson);
        self.per_cent_is_meant(tree, lesson);
        self.texts_are_finished(&texts);
        self.titles_are_changed(tree);
        self.titles_are_counted(tree);
        self.words_are_of_what_is_shown(tree, lesson);
        self.numbers_are_of_what_is_named(tree, lesson);
        self.glosses_are_in_their_language(tree);
        self.options_differ(tree);
        self.sources_are_named(tree);
        self.shares_are_meant(tree, lesson);
        self.answers_are_meant(tree, lesson);
        self.answers_are_not_named(tree, lesson);
        self.options_can_differ(tree);
        let told = self.heads_use_their_own(tree, lesson);
        self.matrices_are_used(tree, lesson, &told);
        self.texts_are_used(tree);
        self.glosses_are_own(tree, lesson);
        self.tokens_are_no_numbers(tree, &lesson.trace);
        let mut findings = std::mem::take(&mut self.findings);
        findings.truncate(ENOUGH);
        findings.sort_by_key(|finding| finding.span);
        findings
    }

    fn steps_have_words(&mut self, tree: &Tree) {
        for step in items(tree, "steps") {
            let Some(entries) = step.as_map() else { continue };
            let speaks = step.get("say").is_some() || step.get("question").is_some();
            if let (false, Some((first, _))) = (speaks, entries.first()) {
                let say = ["say: …".to_owned()];
                let Localised { en, zh } = insertion::to_add(self.source, step, first.span, &say);
                self.report(
                    Code::WordlessStep,
                    first.span,
                    both!("this step says nothing", "这一步没有讲解"),
                    both!(
                        "{en}, with a sentence or a question for `…` about what is to be seen",
                        "请{zh}，`…` 处写一句话或一个问题，说明该看什么"
                    ),
                );
            }
        }
    }

    /// Reports arrows that end where they begin.
    fn arrows_go_somewhere(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            let (Some(written), Some(plot)) = (tree.get("plot"), &step.plot) else { continue };
            for (tree, _) in items(written, "arrows").zip(&plot.arrows).filter(|(_, it)| it.from == it.to) {
                let place = tree.get("to").map_or(tree.span, |to| to.span);
                self.report(
                    Code::Questionable,
                    place,
                    both!(
                        "this arrow ends where it begins, and is drawn as a dot",
                        "这支箭头的终点就是起点，画出来只是一个点"
                    ),
                    both!("write another row in `to`", "请在 `to` 中写另一行"),
                );
            }
        }
    }

    /// Reports matrices that no other matrix, step, text or claim uses. The standard walkthrough shows all of them.
    /// Those of which more is said already are left out.
    fn matrices_are_used(&mut self, tree: &Tree, lesson: &Lesson, told: &BTreeSet<String>) {
        if tree.get("steps").is_none() {
            return;
        }
        let graph = lesson.trace.graph();
        let owner = |name: &str| name.split(['.', '@']).next().unwrap_or(name).to_owned();
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (_, node) in graph.nodes() {
            let own = owner(&node.name);
            let operands = node.op.operands().into_iter().map(|id| owner(&graph.node(id).name));
            used.extend(operands.filter(|operand| *operand != own));
        }
        let mut words = String::new();
        for part in ["steps", "expect"] {
            words += tree.get(part).map(|tree| self.source.slice(tree.span)).unwrap_or_default();
        }
        for (key, _) in items(tree, "matrices").filter_map(|item| item.as_map()?.first()) {
            let name = &key.text;
            if used.contains(name) || words.contains(name.as_str()) || told.contains(name) {
                continue;
            }
            if let Some((_, told)) = told_of_field(tree, name) {
                self.findings.push(told);
                continue;
            }
            self.report(
                Code::UnusedMatrix,
                key.span,
                both!("nothing uses `{name}`, and no step shows it", "`{name}` 没有被用到，也没有步骤显示它"),
                both!(
                    "show it in a step, `show: {name}`, or remove it here",
                    "请在某一步中用 `show: {name}` 显示它，或者在这里删去它"
                ),
            );
        }
    }
}

/// The items of a list in the lesson.
pub(super) fn items<'a>(tree: &'a Tree, field: &str) -> impl Iterator<Item = &'a Tree> {
    tree.get(field).and_then(Tree::as_list).unwrap_or_default().iter()
}

/// A text in each language in which it is written: one for both, or each with its own.
pub(super) fn versions(tree: &Tree) -> Vec<&Tree> {
    if tree.as_text().is_some() {
        return vec![tree];
    }
    let own = Language::ALL.into_iter().filter_map(|language| version(tree, language));
    own.filter(|own| own.as_text().is_some()).collect()
}

impl Checker<'_> {
    /// Puts findings, from a place of the list on, that say the same of both languages of a text into one.
    fn told_of_both_languages(&mut self, from: usize) {
        let mut kept: Vec<Diagnostic> = Vec::new();
        for finding in self.findings.split_off(from) {
            let told = |it: &Diagnostic| (it.code, it.message.clone(), it.hint.clone(), it.fix.is_empty());
            let same = |it: &&mut Diagnostic| told(it) == told(&finding);
            match kept.iter_mut().find(same) {
                Some(first) => {
                    first.related.push((finding.span, Localised::default()));
                    first.fix.extend(finding.fix);
                }
                None => kept.push(finding),
            }
        }
        self.findings.extend(kept);
    }
}

/// The entries of a map in the lesson.
fn entries<'a>(tree: &'a Tree, field: &str) -> impl Iterator<Item = &'a (Key, Tree)> {
    tree.get(field).and_then(Tree::as_map).unwrap_or_default().iter()
}
