//! `qkv print`: a whole walk as plain text.

use std::process::ExitCode;

use super::arguments::Page;
use super::{Done, Library, play, say};
use crate::environment::Environment;
use crate::export;
use crate::language::Language;

/// Writes every step, fully uncovered.
pub(super) fn run(environment: &Environment, language: Language, page: &Page, name: &str) -> Done {
    let library = Library::find(name)?;
    let lesson = library.open(0)?;
    let mut model = play::model(environment, language, page, &library);
    model.enter(0, lesson);
    say(&export::text::walk(model))?;
    Ok(ExitCode::SUCCESS)
}
