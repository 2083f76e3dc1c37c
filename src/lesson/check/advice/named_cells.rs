//! Sentences that give the number of one cell and name the row or column of another: `*he* gives *Mia* {…[he, Tom]}`.

use super::meant::{ELSEWHERE, TURNS, has_one};
use super::typed::is_lit;
use super::{items, versions};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, Cell, Place, Side, Trace};
use crate::language::Localised;
use crate::lesson::check::{Checker, locate};
use crate::lesson::{Lesson, Step};
use crate::lesson::{expression, fields};
use crate::yaml::Tree;

/// What parts a sentence: a number on one side of it belongs to no name on the other.
const PARTS: [char; 15] = ['.', ',', ';', ':', '?', '!', '—', '(', '。', '，', '；', '：', '？', '！', '（'];
/// In shorter words one letter is too much of them to be a slip.
const LONG: usize = 3;

/// A number of a sentence and a word beside it that is not its own.
struct Misnamed<'t> {
    text: &'t Tree,
    /// Where the braces and the word stand in the text.
    braces: Span,
    word: Span,
    /// The cell whose number it is.
    cell: Cell,
    /// On which side the word is another one.
    side: Side,
    /// What the word names on that side; `None` where it only looks like what it should be.
    named: Option<usize>,
}

impl Checker<'_> {
    /// Reports sentences that name another token or feature than the cell whose number they give.
    pub(super) fn numbers_are_of_what_is_named(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            let texts = tree.get("say").map(versions).unwrap_or_default();
            let found: Vec<Misnamed<'_>> =
                texts.iter().filter_map(|text| self.misnamed(text, (tree, step), lesson)).collect();
            if let Some((first, others)) = found.split_first() {
                let finding = self.is_of_another(first, others, &texts, step, &lesson.trace);
                self.findings.push(finding);
            }
        }
    }

    /// The cell that a text speaks of and the word that is none of its names, where there is one of each.
    fn misnamed<'t>(
        &self,
        tree: &'t Tree,
        (around, step): (&Tree, &Step),
        lesson: &Lesson,
    ) -> Option<Misnamed<'t>> {
        let text = tree.as_text()?;
        let mut cells = self.in_braces(text).into_iter().filter_map(|braces| match braces.values[..] {
            [ref value] => match value.place()? {
                Place::Cell(cell) => Some((braces.span, cell)),
                Place::Aggregate(_) => None,
            },
            _ => None,
        });
        let (braces, cell) = cells.next().filter(|_| cells.next().is_none())?;
        let words = without(text, braces);
        if has_one(&words.to_lowercase(), &ELSEWHERE) || has_one(&words.to_lowercase(), &TURNS) {
            return None;
        }
        let shape = &lesson.trace.node(cell.node).shape;
        let own = [shape.rows.label(cell.row), shape.columns.label(cell.column)];
        let mut others = emphasised(text).into_iter().filter(|word| !own.contains(&&text[word.range()]));
        let word = others.next().filter(|_| others.next().is_none())?;
        let between = if word.end <= braces.start { word.end..braces.start } else { braces.end..word.start };
        if text.get(between)?.contains(PARTS) {
            return None;
        }
        [(Side::Columns, own[1]), (Side::Rows, own[0])].into_iter().find_map(|(side, label)| {
            if words.to_lowercase().contains(&label.to_lowercase()) {
                return None;
            }
            let written = &text[word.range()];
            let named = shape.axis(side).find(written).ok();
            let is_slip = named.is_none()
                && is_slip(written, label)
                && !is_known(written, lesson)
                && !self.stands_outside(around, written);
            let meant = named.map(|at| turned_to(cell, side, at));
            let is_sure = meant.is_some_and(|meant| is_alone_lit(cell, step) || is_alone_lit(meant, step));
            (is_slip || is_sure).then_some(Misnamed { text: tree, braces, word, cell, side, named })
        })
    }

    fn is_of_another(
        &self,
        of: &Misnamed<'_>,
        others: &[Misnamed<'_>],
        texts: &[&Tree],
        step: &Step,
        trace: &Trace,
    ) -> Diagnostic {
        let Misnamed { text, braces, word, cell, side, named } = of;
        let text_words = text.as_text().unwrap_or_default();
        let shape = &trace.node(cell.node).shape;
        let label = match side {
            Side::Rows => shape.rows.label(cell.row),
            Side::Columns => shape.columns.label(cell.column),
        };
        let written = &text_words[word.range()];
        let reference = expression::reference(&self.graph, *cell);
        let place = |tree: &Tree, span: Span| locate::in_source(self.source, tree, span);
        let Some(at) = named else {
            let message = both!(
                "`{written}` is no token and no name of this lesson; the number is that of `{label}`",
                "课里没有 `{written}`，而这个数是 `{label}` 的"
            );
            let hint = self.here_and(others, &both!("write `{label}`", "请写 `{label}`"));
            return Diagnostic::new(Code::Questionable, place(text, *word), message).with_hint(hint);
        };
        let message = both!(
            "this names `{written}`, and the number is `{reference}`",
            "这里说的是 `{written}`，而数取自 `{reference}`"
        );
        let meant = turned_to(*cell, *side, *at);
        if is_alone_lit(meant, step) {
            let meant = expression::reference(&self.graph, meant);
            let own = &text_words[braces.start + 1..braces.end - 1];
            let format = &own[expression::Formatted::formula_end(own)..];
            let hint = both!("write `{{{meant}{format}}}`", "请写 `{{{meant}{format}}}`");
            let same = &text_words[braces.range()];
            let is_other =
                |it: &&&Tree| it.span != text.span && it.as_text().is_some_and(|text| text.contains(same));
            let lines = texts.iter().filter(is_other).map(|it| self.source.line(it.span.start));
            let hint = also_in(&hint, &lines.collect::<Vec<_>>());
            return Diagnostic::new(Code::Questionable, place(text, *braces), message).with_hint(hint);
        }
        let hint = self.here_and(
            others,
            &both!("write `{label}` instead of `{written}`", "请把 `{written}` 改成 `{label}`"),
        );
        Diagnostic::new(Code::Questionable, place(text, *word), message).with_hint(hint)
    }

    /// Whether a word stands outside a step too: a slip is made once.
    fn stands_outside(&self, step: &Tree, word: &str) -> bool {
        let text = &self.source.text;
        let in_word = |c: char| c.is_ascii_alphanumeric();
        text.match_indices(word).any(|(at, _)| {
            let end = at + word.len();
            let is_whole = !text[..at].ends_with(in_word) && !text[end..].starts_with(in_word);
            is_whole && !step.span.range().contains(&at)
        })
    }

    /// What to do, also in the other language.
    fn here_and(&self, others: &[Misnamed<'_>], hint: &Localised<String>) -> Localised<String> {
        let lines: Vec<usize> = others.iter().map(|it| self.source.line(it.text.span.start)).collect();
        also_in(hint, &lines)
    }
}

/// What to do here and in these lines.
pub(super) fn also_in(hint: &Localised<String>, lines: &[usize]) -> Localised<String> {
    let Localised { en, zh } = hint;
    match lines.first() {
        Some(line) => both!("{en}, here and in line {line}", "{zh}（这里和第 {line} 行）"),
        None => hint.clone(),
    }
}

/// The cell in another row or column.
fn turned_to(cell: Cell, side: Side, at: usize) -> Cell {
    match side {
        Side::Rows => Cell { row: at, ..cell },
        Side::Columns => Cell { column: at, ..cell },
    }
}

/// Whether a step lights this cell, and neither its row nor its column alone.
fn is_alone_lit(cell: Cell, step: &Step) -> bool {
    is_lit(cell, step) && step.focus.iter().all(|focus| focus.row.is_some() && focus.column.is_some())
}

/// The words of a text that are emphasised, without their stars.
fn emphasised(text: &str) -> Vec<Span> {
    let stars: Vec<usize> = text.match_indices('*').map(|(at, _)| at).collect();
    stars.chunks_exact(2).map(|pair| Span::new(pair[0] + 1, pair[1])).collect()
}

fn without(text: &str, braces: Span) -> String {
    format!("{}{}", &text[..braces.start], &text[braces.end..])
}

/// Whether a word is another one with a single letter wrong: not `ran` for `run`, which are forms of one word.
fn is_slip(written: &str, label: &str) -> bool {
    let is_long = |word: &str| word.chars().count() >= LONG && word.chars().all(|c| c.is_ascii_alphabetic());
    if !is_long(written) || !is_long(label) || strsim::damerau_levenshtein(written, label) != 1 {
        return false;
    }
    let is_vowel = |c: char| "aeiou".contains(c);
    let differing: Vec<_> = written.chars().zip(label.chars()).filter(|(a, b)| a != b).collect();
    let is_form = matches!(differing[..], [(a, b)] if is_vowel(a) && is_vowel(b));
    written.len() == label.len() && (!is_form || label.starts_with(char::is_uppercase))
}

/// Whether a lesson has a word, as a token or as a name of an axis, or the format has it.
fn is_known(word: &str, lesson: &Lesson) -> bool {
    let has = |axis: &Axis| axis.find(word).is_ok();
    let is_of_format = || {
        let lower = word.to_lowercase();
        fields::own_word(&lower, |_| true).is_some()
            || fields::records().iter().any(|record| record.name == lower || record.field(&lower).is_some())
    };
    is_of_format()
        || lesson.texts.iter().any(|text| has(&text.tokens))
        || lesson.trace.graph().nodes().any(|(_, node)| has(&node.shape.rows) || has(&node.shape.columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_forms_of_a_word() {
        for (written, label) in [("woh", "who"), ("Tim", "Tom")] {
            assert!(is_slip(written, label), "{written} {label}");
        }
        for (written, label) in
            [("ran", "run"), ("cats", "cat"), ("men", "man"), ("it", "at"), ("dog", "cat")]
        {
            assert!(!is_slip(written, label), "{written} {label}");
        }
    }
}
