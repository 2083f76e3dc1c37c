//! `qkv print`: a walk, or some of its steps, as plain text.

use std::ops::RangeInclusive;
use std::process::ExitCode;

use super::arguments::Page;
use super::{Done, Failure, Library, play, say};
use crate::both;
use crate::environment::Environment;
use crate::export;
use crate::language::Language;

/// Writes these steps, counted from 1, or every one, fully uncovered.
pub(super) fn run(
    environment: &Environment,
    language: Language,
    page: &Page,
    name: &str,
    wanted: Option<RangeInclusive<usize>>,
) -> Done {
    let library = Library::find(name)?;
    let lesson = library.open(0)?;
    let count = lesson.steps.len();
    let wanted = wanted.unwrap_or(1..=count);
    if *wanted.end() > count {
        let asked = wanted.end();
        return Err(Failure::Call(both!(
            "there is no step {asked}: the lesson has {count}",
            "没有第 {asked} 步：这节课共 {count} 步"
        )));
    }
    let mut model = play::model(environment, language, page, &library);
    model.enter(0, lesson);
    say(&export::text::walk(model, &wanted))?;
    Ok(ExitCode::SUCCESS)
}
