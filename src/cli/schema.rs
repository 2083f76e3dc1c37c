//! `qkv schema`: the format of lessons for editors.

use std::process::ExitCode;

use super::{Done, say};
use crate::lesson::fields;

/// Writes the JSON Schema of a lesson.
pub(super) fn run() -> Done {
    say(&fields::schema())?;
    Ok(ExitCode::SUCCESS)
}
