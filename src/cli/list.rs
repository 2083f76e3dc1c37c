//! `qkv list`: the lessons, one a line.

use std::path::PathBuf;
use std::process::ExitCode;

use super::{Done, Library, say};
use crate::diagnostic::escaped;
use crate::language::Language;

/// Writes each lesson's id and title.
pub(super) fn run(language: Language, paths: &[PathBuf]) -> Done {
    let library = Library::gather(paths)?;
    let entries: Vec<_> = (0..library.len()).map(|index| library.entry(index)).collect();
    let widest = entries.iter().map(|entry| crate::view::text::cells(&entry.id)).max().unwrap_or(0);
    for entry in entries {
        let blanks = " ".repeat(widest - crate::view::text::cells(&entry.id));
        say(&format!("{}{blanks}  {}\n", escaped(&entry.id), escaped(entry.title.get(language))))?;
    }
    Ok(ExitCode::SUCCESS)
}
