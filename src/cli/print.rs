//! `qkv print`: a whole walk as plain text.

use std::process::ExitCode;

use super::arguments::Look;
use super::{Done, Library, play, say};
use crate::environment::Environment;
use crate::export;

/// Writes every step, fully uncovered.
pub(super) fn run(environment: &Environment, look: &Look, name: &str) -> Done {
    let library = Library::find(name)?;
    let lesson = library.open(0)?;
    let mut model = play::model(environment, look, &library);
    model.enter(0, lesson.into());
    say(&export::text::walk(model))?;
    Ok(ExitCode::SUCCESS)
}
