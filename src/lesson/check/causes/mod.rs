//! One mistake of a lesson that makes many findings far from it: a mask that is lost, a word that is written in one place
//! and not in another, a matrix that stands for its neighbour. Each thing that may have been meant is tried: if the lesson
//! is right with it, it is told where it belongs, and what follows from it is silent.

pub(super) mod commas;
pub(super) mod doubled;
pub(super) mod embedded;
mod endings;
pub(super) mod exchanged;
pub(super) mod fields;
mod heads;
mod lost_axis;
mod masks;
mod merged;
mod names;
mod operands;
mod options;
mod questions;
mod renamed;
mod shown;
pub(super) mod suspects;
mod swapped;
mod tree;
mod words;
pub(super) mod wrong_number;

use self::tree::{Change, changed, scalars};
use super::{Checker, errors, is_error};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span, line_numbers};
use crate::language::{Localised, counted};
use crate::lesson::expression;
use crate::yaml::Tree;

/// So many readings are tried; each is another check.
const TRIED: usize = 120;
/// So many bytes of a lesson are read again: of a long lesson fewer readings are tried.
const BYTES: usize = 350_000;
/// So many steps of computing are gone again.
const STEPS: u64 = 400_000_000;
/// So many mistakes of one lesson are looked for.
const CAUSES: usize = 3;

/// A lesson in which one thing is written as it may have been meant.
pub(super) struct Reading {
    /// What is tried: two readings of one kind that help equally contradict each other.
    kind: Kind,
    changes: Vec<Change>,
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
    /// What is done with matrices, an axis of one, or two names of them exchanged.
    Operation,
    /// A matrix in a definition in the place of one that nothing uses.
    Unused,
    /// A matrix in a definition in the place of another.
    Operand,
    Question,
    /// More rounds of a text that is written: the fewest that help.
    Rounds,
}

impl Reading {
    fn new(
        kind: Kind,
        change: Change,
        place: Span,
        message: Localised<String>,
        hint: Localised<String>,
    ) -> Self {
        let finding = Diagnostic::new(Code::UnknownName, place, message).with_hint(hint);
        Self { kind, changes: vec![change], finding }
    }

    fn with_changes(self, changes: impl IntoIterator<Item = Change>) -> Self {
        Self { changes: self.changes.into_iter().chain(changes).collect(), ..self }
    }

    fn with_fix(self, place: Span, with: impl Into<String>) -> Self {
        Self { finding: self.finding.with_fix(place, with), ..self }
    }

    /// Whether this may explain these findings of a lesson, if they are gone with it and those are left.
    fn explains(&self, gone: &[&Diagnostic], left: &[Diagnostic], lesson: &Tree) -> bool {
        let is_whole = !left.iter().any(|it| is_error(it) && operands::may_come_of_it(it));
        let is_of_numbers = |it: &&&Diagnostic| matches!(it.code, Code::ExpectFailed | Code::NoAnswer);
        // A definition that is wrong itself is silent where nothing uses it.
        let comes_of_numbers = |it: &Diagnostic| {
            matches!(it.code, Code::UnknownLabel | Code::AnswerShown | Code::PublishedDiffers)
                || it.code == Code::ShapeMismatch && gone.len() > 1
        };
        // Which of a few numbers is the largest is soon another one.
        let is_one_place = || match gone {
            [only] => only.code == Code::NoAnswer || is_of_largest(only, lesson),
            _ => false,
        };
        let is_of_definition =
            |it: &&Diagnostic| matches!(it.code, Code::ShapeMismatch | Code::UsedBeforeDefinition);
        let has_claims = lesson.get("expect").and_then(Tree::as_list).is_some_and(|it| !it.is_empty());
        match self.kind {
            Kind::Operation | Kind::Operand | Kind::Unused if !is_whole => false,
            // What only fits is not what is meant: that claims say.
            Kind::Operation => gone.len() > 1 || has_claims && !gone.iter().any(|it| is_of_numbers(&it)),
            Kind::Operand | Kind::Weights => {
                gone.len() > 1 || has_claims && gone.iter().any(is_of_definition)
            }
            Kind::Unused => has_claims && !is_one_place(),
            // A part that is missing alone is told where it is named.
            Kind::Option if gone.iter().all(|it| it.code != Code::ExpectFailed) => false,
            Kind::Mask | Kind::Option => {
                let mut of_numbers = gone.iter().filter(is_of_numbers);
                match (of_numbers.next(), of_numbers.next()) {
                    // Which of a few numbers is the largest is soon another one.
                    (Some(only), None) => !is_of_largest(only, lesson),
                    (first, _) => first.is_some(),
                }
            }
            // Cells that are only the other way round are put right one by one.
            Kind::Sources => gone.len() > 2 && gone.iter().any(|it| it.fix.is_empty()),
            Kind::Axis => gone.len() > 1,
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
    let computed = usize::try_from(STEPS / checker.estimate.steps().max(1)).unwrap_or(TRIED);
    let mut may_try = TRIED.min(BYTES / source.text.len().max(1)).min(computed);
    for _ in 0..CAUSES {
        let tried = readings(checker, &tree, &findings).take(may_try).inspect(|_| may_try -= 1);
        let Some(Best { reading, changed, left, gone }) = best(tried, &tree, &findings, &on_trial) else {
            break;
        };
        causes.push(reading.told(&gone, source));
        (findings, tree) = (left, changed);
    }
    if !causes.is_empty() {
        findings = check(&tree);
    }
    findings.extend(causes);
    merged::of_one_word(checker, findings)
}

/// What may have been meant, what is more probable first; it is looked for only as far as it is asked for.
fn readings<'t>(
    checker: &'t Checker<'_>,
    tree: &'t Tree,
    findings: &'t [Diagnostic],
) -> impl Iterator<Item = Reading> {
    type Readings = fn(&Checker<'_>, &Tree, &[Diagnostic]) -> Vec<Reading>;
    const ALL: [Readings; 14] = [
        words::proposed,
        options::readings,
        masks::readings,
        names::readings,
        fields::readings,
        endings::readings,
        renamed::readings,
        words::readings,
        shown::readings,
        questions::readings,
        lost_axis::readings,
        heads::readings,
        swapped::readings,
        operands::readings,
    ];
    let is_wrong = findings.iter().any(is_error);
    let all = ALL.into_iter().filter(move |_| is_wrong);
    all.flat_map(move |readings| readings(checker, tree, findings))
}

/// A reading that helps.
struct Best<'f> {
    reading: Reading,
    /// The lesson with it.
    changed: Tree,
    /// What is found then.
    left: Vec<Diagnostic>,
    /// The errors that are gone then.
    gone: Vec<&'f Diagnostic>,
}

/// The reading that leaves the fewest errors and makes none.
fn best<'f>(
    readings: impl Iterator<Item = Reading>,
    tree: &Tree,
    findings: &'f [Diagnostic],
    on_trial: &impl Fn(&Tree) -> Vec<Diagnostic>,
) -> Option<Best<'f>> {
    let mut best: Option<Best<'f>> = None;
    let mut is_sure = true;
    for reading in readings {
        let changed = changed(tree, &reading.changes);
        let left = on_trial(&changed);
        let gone: Vec<&Diagnostic> =
            findings.iter().filter(|it| is_error(it) && !stands_among(it, &left)).collect();
        let makes_none = left.iter().filter(|it| is_error(it)).all(|it| {
            findings.iter().any(|other| other.code == it.code && other.span.start == it.span.start)
        });
        if !makes_none || errors(&left) >= errors(findings) || !reading.explains(&gone, &left, tree) {
            continue;
        }
        let least = best.as_ref().map(|it| errors(&it.left));
        match &best {
            Some(other) if least == Some(errors(&left)) => {
                // Of several matrices that fit, the last above is the one that the others lead to.
                let is_above =
                    reading.kind == Kind::Operand && other.reading.finding.span == reading.finding.span;
                let is_more = reading.kind == Kind::Rounds || is_above;
                // Of two mistakes that have nothing in common, one is told after the other.
                let is_apart = gone.iter().all(|it| stands_among(it, &other.left));
                is_sure &=
                    other.reading.kind != reading.kind || is_more || is_apart || other.changed == changed;
            }
            Some(_) if least < Some(errors(&left)) => {}
            Some(_) | None => (best, is_sure) = (Some(Best { reading, changed, left, gone }), true),
        }
    }
    best.filter(|_| is_sure)
}

/// Whether a finding is about which of some numbers is the largest or the smallest.
fn is_of_largest(finding: &Diagnostic, lesson: &Tree) -> bool {
    let place = finding.span.range();
    let mut marked = scalars(lesson).into_iter().filter(|it| place.contains(&it.span.start));
    marked.any(|it| it.as_text().is_some_and(expression::is_of_largest))
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
    let mut starts: Vec<usize> = places.iter().map(|place| place.start).collect();
    starts.sort_unstable();
    let (mut line, mut at) = (1, 0);
    let mut numbers: Vec<usize> = Vec::new();
    for start in starts {
        line += source.text.get(at..start).unwrap_or_default().matches('\n').count();
        at = start;
        numbers.push(line);
    }
    numbers.dedup();
    if numbers.len() <= most {
        return line_numbers(&numbers);
    }
    let shown: Vec<String> = numbers.iter().take(most).map(usize::to_string).collect();
    let (en, zh) = (shown.join(", "), shown.join("、"));
    both!("lines {en}, …", "第 {zh} 等行")
}
