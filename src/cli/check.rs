//! `qkv check`: everything that is wrong in lesson files, and slips of the hand put right.

use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use super::arguments::{Checking, Report};
use super::difference::difference;
use super::library::{CannotOpen, beside, read};
use super::{Done, FAILURE, FINDINGS, Failure, complain, say};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, NotUtf8, Paint, Source, changes, escaped, render, summary};
use crate::export::findings;
use crate::files;
use crate::language::{Language, Localised, counted};
use crate::lesson;
use crate::lint;

/// Reports on every file; a file that cannot be read does not keep the others from being checked.
pub(super) fn run(language: Language, paint: Paint, checking: &Checking) -> Done {
    if checking.fix && checking.files.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::Call(both!(
            "standard input cannot be written to; use `--diff` to see the fixes",
            "无法写回标准输入；请用 `--diff` 查看改动"
        )));
    }
    let mut report = Reporter { language, paint, checking, code: 0, objects: Vec::new() };
    for path in &checking.files {
        report.path(path)?;
    }
    if checking.format == Report::Json {
        let text =
            serde_json::to_string_pretty(&Value::Array(report.objects)).expect("texts and numbers are JSON");
        say(&format!("{text}\n"))?;
    }
    Ok(ExitCode::from(report.code))
}

struct Reporter<'a> {
    language: Language,
    paint: Paint,
    checking: &'a Checking,
    code: u8,
    /// The files so far, for the report as JSON.
    objects: Vec<Value>,
}

/// What is known of one file.
struct Outcome {
    source: Source,
    /// Everything that was found, the worst first, and then by place.
    all: Vec<Diagnostic>,
    /// How many steps it has; `None` if it is no lesson.
    steps: Option<usize>,
    /// Whether a build fails by it.
    fails: bool,
}

impl Outcome {
    fn of(source: Source, path: Option<&Path>) -> Self {
        let checked = lint::check_with(&source, &beside(path));
        // Advice never fails a build, but for what lacks a language or is questionable, however it was found.
        let counts = |it: &Diagnostic| matches!(it.code, Code::MissingLanguage | Code::Questionable);
        let fails = !checked.findings.is_empty() || checked.advice.iter().any(counts);
        let mut all = [checked.findings, checked.advice].concat();
        all.sort_by_key(|finding| (finding.severity(), finding.span));
        Self { source, all, steps: checked.lesson.map(|lesson| lesson.steps.len()), fails }
    }

    /// Of a file that cannot be read as a text.
    fn unread(source: Source, findings: Vec<Diagnostic>) -> Self {
        Self { source, all: findings, steps: None, fails: true }
    }
}

impl Reporter<'_> {
    fn path(&mut self, path: &Path) -> Result<(), Failure> {
        if path.as_os_str() == "-" {
            return self.standard_input();
        }
        if !files::is_folder(path) {
            return self.file(path);
        }
        match files::lessons_in(path) {
            Ok(lessons) if lessons.is_empty() => {
                let folder = path.display();
                self.cannot(&both!(
                    "there is no lesson (*.yaml) in the folder {folder}",
                    "文件夹 {folder} 中没有课程（*.yaml）"
                ));
            }
            Ok(lessons) => {
                for lesson in lessons {
                    self.file(&lesson)?;
                }
            }
            Err(error) => self.cannot(&error.message()),
        }
        Ok(())
    }

    fn standard_input(&mut self) -> Result<(), Failure> {
        let name = both!("standard input", "标准输入").get(self.language).clone();
        match files::read_input() {
            Ok(bytes) => match Source::from_bytes(name, &bytes) {
                Ok(source) => self.source(source, None),
                Err(not_utf8) => self.not_utf8(*not_utf8),
            },
            Err(error) => {
                self.cannot(&error.message());
                Ok(())
            }
        }
    }

    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        match read(path) {
            Ok(source) => self.source(source, Some(path)),
            Err(CannotOpen::Findings { source, findings }) => {
                self.tell(&Outcome::unread(source, findings), 0)
            }
            Err(cannot @ (CannotOpen::File(_) | CannotOpen::Unknown { .. })) => {
                complain(cannot.message().get(self.language));
                self.code = FAILURE;
                Ok(())
            }
        }
    }

    fn not_utf8(&mut self, NotUtf8 { source, finding }: NotUtf8) -> Result<(), Failure> {
        self.tell(&Outcome::unread(source, vec![finding]), 0)
    }

    fn cannot(&mut self, message: &Localised<String>) {
        complain(message.get(self.language));
        self.code = FAILURE;
    }

    /// Checks what was read, and puts it right where that is asked for.
    fn source(&mut self, source: Source, path: Option<&Path>) -> Result<(), Failure> {
        let checked = Outcome::of(source, path);
        let mended = self.asks_for_fixes(&checked).then(|| lesson::mend_with(&checked.source, &beside(path)));
        let Some(mended) = mended.flatten() else { return self.tell(&checked, 0) };
        if self.checking.diff {
            say(&difference(&checked.source.name, &checked.source.text, &mended.source.text))?;
        }
        match path {
            // What came from standard input cannot be written back to.
            None => self.tell(&checked, 0),
            Some(path) if self.checking.fix => match files::write(path, mended.source.text.as_bytes()) {
                Ok(()) => {
                    if self.checking.format == Report::Human {
                        say(put_right(&checked.source, &mended.source).get(self.language))?;
                    }
                    self.tell(&Outcome::of(mended.source, Some(path)), 0)
                }
                Err(error) => {
                    self.cannot(&error.message());
                    self.tell(&checked, 0)
                }
            },
            Some(_) => self.tell(&checked, mended.count(&checked.all)),
        }
    }

    /// Whether somebody wants to know what `--fix` would do: who asks for it, and who reads the last line of a report.
    fn asks_for_fixes(&self, checked: &Outcome) -> bool {
        let is_asked = self.checking.fix || self.checking.diff || self.checking.format == Report::Human;
        is_asked && checked.all.iter().any(|finding| !finding.fix.is_empty())
    }

    /// Tells what was found, and how many of it `--fix` would put right.
    fn tell(&mut self, outcome: &Outcome, fixes: usize) -> Result<(), Failure> {
        let Outcome { source, all, steps, fails } = outcome;
        if *fails {
            self.code = self.code.max(FINDINGS);
        }
        match self.checking.format {
            Report::Human => say(&self.page(source, all, *steps, fixes))?,
            Report::Json => self.objects.push(findings::json(source, all, *steps, self.language)),
            Report::Github => say(&findings::github(source, all, self.language))?,
        }
        Ok(())
    }

    /// The report for people, which promises so many fixes.
    fn page(&self, source: &Source, all: &[Diagnostic], steps: Option<usize>, fixes: usize) -> String {
        let name = escaped(&source.name);
        if all.is_empty() {
            let count = steps.unwrap_or(0);
            let steps = counted(count, "step", "steps");
            let fine = both!("{name}: all is well, {steps}\n", "{name}：没有问题，共 {count} 步\n");
            return fine.get(self.language).clone();
        }
        let report = render(source, all, self.language, self.paint);
        let Localised { en, zh } = summary(all);
        let count = all.len();
        let quoted = if name.contains(' ') { format!("\"{name}\"") } else { name.clone() };
        let Localised { en: more, zh: more_zh } = match fixes {
            0 => both!("", ""),
            1 if count == 1 => {
                both!(
                    "; `qkv check --fix {quoted}` puts it right",
                    "；用 `qkv check --fix {quoted}` 可自动改正"
                )
            }
            all if all == count => {
                both!(
                    "; `qkv check --fix {quoted}` puts them right",
                    "；用 `qkv check --fix {quoted}` 可自动改正"
                )
            }
            some => both!(
                "; `qkv check --fix {quoted}` puts {some} of {count} right",
                "；用 `qkv check --fix {quoted}` 可自动改正其中 {some} 处"
            ),
        };
        let last = both!("\n{name}: {en}{more}\n", "\n{name}：{zh}{more_zh}\n");
        report + last.get(self.language)
    }
}

fn put_right(before: &Source, after: &Source) -> Localised<String> {
    let lines: usize = changes(&before.text, &after.text)
        .iter()
        .map(|change| change.before.len().max(change.after.len()))
        .sum();
    let (name, count) = (escaped(&before.name), counted(lines, "line", "lines"));
    both!("{name}: {count} put right\n", "{name}：已改正 {lines} 行\n")
}
