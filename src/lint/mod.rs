//! Advice on a right lesson that takes a screen to give: what does not fit, what nobody comes to, and what does not add up
//! as printed.

mod fit;
mod reach;
mod sums;

use std::sync::Arc;

use crate::app::{Model, Settings, Size, Walk};
use crate::diagnostic::{Diagnostic, Source};
use crate::language::Language;
use crate::lesson::parts::{Reader, no_folder};
use crate::lesson::{self, Checked, Lesson, StepPlaces};

/// Reads and checks a lesson as [`lesson::check`](lesson::check()) does, and gives this advice as well.
pub fn check(source: &Source) -> Checked {
    check_with(source, &no_folder)
}

/// The same for a lesson that has files beside it.
pub fn check_with(source: &Source, reader: &Reader<'_>) -> Checked {
    let mut checked = lesson::check_with(source, reader);
    if let Some(lesson) = &checked.lesson {
        checked.advice.extend(advice(source, &Arc::new(lesson.clone()), &checked.places));
        checked.advice.sort_by_key(|finding| finding.span);
    }
    checked
}

/// What only a screen tells of a right lesson. `places` are those of the written steps; a walkthrough that was made for
/// the lesson has none, and is not its author's.
pub fn advice(source: &Source, lesson: &Arc<Lesson>, places: &[StepPlaces]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (step, places) in places.iter().enumerate().take(lesson.steps.len()) {
        findings.extend(fit::crowded(lesson, step, places));
        findings.extend(reach::unreachable(lesson, step, places));
        findings.extend(sums::uneven(source, lesson, step, places));
    }
    findings
}

/// A step with all of it uncovered, on a screen.
fn model(lesson: &Arc<Lesson>, step: usize, size: Size, language: Language) -> Model {
    let mut walk = Walk::new(0, Arc::clone(lesson), step, None);
    walk.uncovered = walk.portions();
    let mut model = Model::new(Vec::new(), language, Settings::default(), size);
    model.walk = Some(walk);
    model
}
