//! `qkv check`: everything that is wrong in lesson files.

use std::path::PathBuf;
use std::process::ExitCode;

use super::library::{CannotOpen, read};
use super::{Done, FAILURE, FINDINGS, complain, say};
use crate::both;
use crate::diagnostic::{Paint, escaped, render};
use crate::language::Language;
use crate::lesson;

/// Reports on every file; a file that cannot be read does not keep the others from being checked.
pub(super) fn run(language: Language, paint: Paint, files: &[PathBuf]) -> Done {
    let mut code = 0;
    for path in files {
        let (source, findings) = match read(path) {
            Ok(source) => {
                let checked = lesson::check(&source);
                if checked.findings.is_empty() {
                    let (name, steps) =
                        (escaped(&source.name), checked.lesson.map_or(0, |lesson| lesson.steps.len()));
                    let fine =
                        both!("{name}: all is well, {steps} steps\n", "{name}：没有问题，共 {steps} 步\n");
                    say(fine.get(language))?;
                    continue;
                }
                (source, checked.findings)
            }
            Err(CannotOpen::Findings { source, findings }) => (source, findings),
            Err(cannot @ (CannotOpen::File(_) | CannotOpen::Unknown { .. })) => {
                complain(&cannot.message(language));
                code = FAILURE;
                continue;
            }
        };
        code = code.max(FINDINGS);
        say(&render(&source, &findings, language, paint))?;
    }
    Ok(ExitCode::from(code))
}
