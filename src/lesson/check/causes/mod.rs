//! One mistake of a lesson that makes many findings far from it: a mask that is lost, a word that is written in one place
//! and not in another, a matrix that stands for its neighbour. Each thing that may have been meant is tried: if the lesson
//! is right with it, it is told where it belongs, and what follows from it is silent.

pub(super) mod commas;
pub(super) mod doubled;
pub(super) mod embedded;
mod endings;
pub(super) mod exchanged;
pub(super) mod fields;
mod masks;
mod merged;
mod names;
mod options;
mod questions;
mod renamed;
mod shown;
pub(super) mod suspects;
mod tree;
mod words;
pub(super) mod wrong_number;

use super::{Checker, is_error};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span, line_numbers};
use crate::language::{Localised, counted};
use crate::yaml::Tree;

/// So many readings are tried; each is another check.
const TRIED: usize = 40;
/// So many bytes of a lesson are read again: of a long lesson fewer readings are tried.
const BYTES: usize = 350_000;
/// So many mistakes of one lesson are looked for.
const CAUSES: usize = 3;

/// A lesson in which one thing is written as it may have been meant.
pub(super) struct Reading {
    /// What is tried: two readings of one kind that help equally contradict each other.
    kind: Kind,
    tree: Tree,
    /// What is said if the reading is right; its code is that of the first finding that it explains.
    finding: Diagnostic,
}

/// What a reading changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What another finding proposes anyway.
    Proposed,
    /// A mask or a scale.
    Mask,
    /// What may be left out.
    Option,
    /// The weights of queries and keys.
    Weights,
    Sources,
    Word,
    Name,
    /// The name of an axis; one that is used once may be a slip there.
    Axis,
    /// A name that only what comes of it shows to be wrong.
    Neighbour,
    Question,
    /// More rounds of a text that is written: the fewest that help.
    Rounds,
}

impl Reading {
    fn new(kind: Kind, tree: Tree, place: Span, message: Localised<String>, hint: Localised<String>) -> Self {
        Self { kind, tree, finding: Diagnostic::new(Code::UnknownName, place, message).with_hint(hint) }
    }

    fn with_fix(self, place: Span, with: impl Into<String>) -> Self {
        Self { finding: self.finding.with_fix(place, with), ..self }
    }

    /// Whether this may explain these findings, if they are gone with it.
    fn explains(&self, gone: &[&Diagnostic], source: &Source) -> bool {
        let is_of_numbers = |it: &&&Diagnostic| matches!(it.code, Code::ExpectFailed | Code::NoAnswer);
        // A definition that is wrong itself is silent where nothing uses it.
        let comes_of_numbers = |it: &Diagnostic| {
            matches!(it.code, Code::UnknownLabel | Code::AnswerShown | Code::PublishedDiffers)
                || it.code == Code::ShapeMismatch && gone.len() > 1
        };
        match self.kind {
            // A part that is missing alone is told where it is named.
            Kind::Option if gone.iter().all(|it| it.code != Code::ExpectFailed) => false,
            Kind::Mask | Kind::Option => {
                let mut of_numbers = gone.iter().filter(is_of_numbers);
                let is_place = |it: &&Diagnostic| source.slice(it.span).contains("arg");
                match (of_numbers.next(), of_numbers.next()) {
                    // Which of a few numbers is the largest is soon another one.
                    (Some(only), None) => !is_place(only),
                    (first, _) => first.is_some(),
                }
            }
            // Cells that are only the other way round are put right one by one.
            Kind::Sources => gone.len() > 2 && gone.iter().any(|it| it.fix.is_empty()),
            Kind::Weights | Kind::Axis => gone.len() > 1,
            Kind::Proposed => gone.iter().any(|it| it.span != self.finding.span),
            Kind::Neighbour => gone.iter().all(|it| is_of_numbers(&it) || comes_of_numbers(it)),
            Kind::Word | Kind::Name | Kind::Question | Kind::Rounds => true,
        }
    }

    /// What is said of the cause of these findings.
    fn told(&self, gone: &[&Diagnostic], source: &Source) -> Diagnostic {
        let mut told = self.finding.clone();
        if self.kind == Kind::Proposed {
            return told;
        }
        let is_follow_up = |it: &&&Diagnostic| it.code == Code::NoAnswer;
        let first = gone.iter().find(|it| !is_follow_up(it)).or(gone.first());
        told.code = first.map_or(told.code, |first| first.code);
        let mut places: Vec<Span> = gone.iter().map(|it| it.span).filter(|span| *span != told.span).collect();
        places.sort();
        match places.as_slice() {
            [] => told,
            [one] => told.with_related(*one, both!("this is wrong because of it", "这里因此出错")),
            [one, rest @ ..] => {
                let (count, Localised { en, zh }) = (rest.len(), lines(source, rest));
                let more = counted(count, "place", "places");
                told.with_related(
                    *one,
                    both!(
                        "this is wrong because of it, and {more} more, in {en}",
                        "这里因此出错，另有 {count} 处，在{zh}"
                    ),
                )
            }
        }
    }
}

/// The findings of a lesson in which what follows from one mistake is told with it. `on_trial` finds where something is
/// wrong in a tree, and `check` says what to do about it as well.
pub(super) fn without_consequences(
    checker: &Checker<'_>,
    tree: &Tree,
    mut findings: Vec<Diagnostic>,
    on_trial: impl Fn(&Tree) -> Vec<Diagnostic>,
    check: impl Fn(&Tree) -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let source = checker.source;
    let (mut causes, mut tree) = (Vec::new(), tree.clone());
    let mut may_try = TRIED.min(BYTES / source.text.len().max(1));
    for _ in 0..CAUSES {
        let mut readings = readings(checker, &tree, &findings);
        readings.truncate(may_try);
        may_try -= readings.len();
        let Some((reading, left)) = best(readings, &findings, source, &on_trial) else { break };
        let gone: Vec<&Diagnostic> =
            findings.iter().filter(|it| is_error(it) && !stands_among(it, &left)).collect();
        causes.push(reading.told(&gone, source));
        (findings, tree) = (left, reading.tree);
    }
    if !causes.is_empty() {
        findings = check(&tree);
    }
    findings.extend(causes);
    merged::of_one_word(checker, findings)
}

fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    if !findings.iter().any(is_error) {
        return Vec::new();
    }
    let mut readings = words::proposed(tree, findings);
    readings.extend(options::readings(checker.source, tree, findings));
    readings.extend(masks::readings(checker.source, tree, findings));
    readings.extend(names::readings(checker, tree, findings));
    readings.extend(fields::readings(checker.source, tree, findings));
    readings.extend(endings::readings(checker, tree, findings));
    readings.extend(renamed::readings(checker, tree, findings));
    readings.extend(words::readings(checker, tree, findings));
    readings.extend(shown::readings(checker, tree, findings));
    readings.extend(questions::readings(checker, tree, findings));
    readings
}

/// The reading that leaves the fewest errors and makes none, with what is found then.
fn best(
    readings: Vec<Reading>,
    findings: &[Diagnostic],
    source: &Source,
    on_trial: &impl Fn(&Tree) -> Vec<Diagnostic>,
) -> Option<(Reading, Vec<Diagnostic>)> {
    let errors = |findings: &[Diagnostic]| findings.iter().filter(|it| is_error(it)).count();
    let mut best: Option<(Reading, Vec<Diagnostic>)> = None;
    let mut is_sure = true;
    for reading in readings {
        let left = on_trial(&reading.tree);
        let gone: Vec<&Diagnostic> =
            findings.iter().filter(|it| is_error(it) && !stands_among(it, &left)).collect();
        let makes_none = left.iter().filter(|it| is_error(it)).all(|it| {
            findings.iter().any(|other| other.code == it.code && other.span.start == it.span.start)
        });
        if !makes_none || errors(&left) >= errors(findings) || !reading.explains(&gone, source) {
            continue;
        }
        match &best {
            Some((other, least)) if errors(&left) == errors(least) => {
                let is_more = reading.kind == Kind::Rounds;
                // Of two mistakes that have nothing in common, one is told after the other.
                let is_apart = gone.iter().all(|it| stands_among(it, least));
                is_sure &= other.kind != reading.kind || is_more || is_apart || other.tree == reading.tree;
            }
            Some((_, least)) if errors(&left) > errors(least) => {}
            Some(_) | None => (best, is_sure) = (Some((reading, left)), true),
        }
    }
    best.filter(|_| is_sure)
}

/// Whether a finding is among others, whatever it says.
fn stands_among(finding: &Diagnostic, others: &[Diagnostic]) -> bool {
    others.iter().any(|other| other.code == finding.code && other.span.start == finding.span.start)
}

/// The lines in which some places begin: `lines 4, 7 and 9` and `第 4、7、9 行`.
pub(super) fn lines(source: &Source, places: &[Span]) -> Localised<String> {
    const SHOWN: usize = 8;
    lines_up_to(SHOWN, source, places)
}

/// All of them, as far as they can be gone through one by one.
fn all_lines(source: &Source, places: &[Span]) -> Localised<String> {
    const CHANGED: usize = 40;
    lines_up_to(CHANGED, source, places)
}

fn lines_up_to(most: usize, source: &Source, places: &[Span]) -> Localised<String> {
    let mut numbers: Vec<usize> = places.iter().map(|place| source.line(place.start)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() <= most {
        return line_numbers(&numbers);
    }
    let shown: Vec<String> = numbers.iter().take(most).map(usize::to_string).collect();
    let (en, zh) = (shown.join(", "), shown.join("、"));
    both!("lines {en}, …", "第 {zh} 等行")
}
