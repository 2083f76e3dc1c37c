//! Lessons that are shown anew whenever their file is saved, or one that they include or load.

use std::path::{Path, PathBuf};

use super::Player;
use crate::app::{Broken, Entry};
use crate::cli::Library;
use crate::cli::library::CannotOpen;
use crate::cli::opening::{Opened, OpeningLesson};
use crate::cli::watching::{Seen, Stamps, Subject, Watch};
use crate::files;

/// Whether files are looked at while their lessons are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) enum Watching {
    /// Those of the author's own; what is built in does not change.
    Own,
    /// None: what is shown stays as it was when it was opened.
    #[default]
    Off,
}

/// What is watched, and what becomes of it.
#[derive(Debug, Default)]
pub(super) struct Reload {
    pub(super) watching: Watching,
    /// The paths that the menu was made of.
    paths: Vec<PathBuf>,
    /// The file of the lesson being walked.
    lesson: Option<Watch>,
    /// The files beside it that it includes or loads.
    beside: Option<Watch>,
    /// The folders of the menu.
    folders: Option<Watch>,
    /// The lesson being walked or waited for, on its way again.
    opening: Option<OpeningLesson>,
    /// The lesson being walked, whose advice is being thought of.
    advising: Option<OpeningLesson>,
}

/// What is to be looked at, and how it looked before it was opened.
pub(super) type First = Option<(Subject, Seen)>;

impl Watching {
    /// The file of a lesson, if it is to be watched.
    pub(in super::super) fn file(self, library: &Library, entry: usize) -> Option<&Path> {
        library.path(entry).filter(|_| self == Self::Own)
    }

    /// How the file of a lesson looks before it is opened, if it is to be watched.
    pub(super) fn look(self, library: &Library, entry: usize) -> First {
        Some(looked(Subject::File(self.file(library, entry)?.to_owned())))
    }

    /// Whether a lesson that cannot be opened is waited for until its file is saved again.
    pub(super) fn waits(self, library: &Library, entry: usize, cannot: &CannotOpen) -> bool {
        match cannot {
            CannotOpen::Findings { .. } => self.file(library, entry).is_some(),
            CannotOpen::File(_) | CannotOpen::Unknown { .. } => false,
        }
    }

    /// How the folders among paths look, if they are to be watched.
    pub(super) fn folders(self, paths: &[PathBuf]) -> First {
        let folders: Vec<_> = paths.iter().filter(|path| files::is_folder(path)).cloned().collect();
        (self == Self::Own && !folders.is_empty()).then(|| looked(Subject::Folders(folders)))
    }
}

fn looked(subject: Subject) -> (Subject, Seen) {
    let seen = subject.look();
    (subject, seen)
}

impl Reload {
    pub(super) fn new(watching: Watching, paths: &[PathBuf]) -> Self {
        Self { watching, paths: paths.to_vec(), ..Self::default() }
    }
}

impl Player<'_> {
    /// Watches the file of the lesson that is opened now, and no other.
    pub(super) fn watch(&mut self, first: First) {
        self.reload.opening = None;
        self.reload.advising = None;
        self.reload.beside = None;
        self.reload.lesson = first.map(|(subject, seen)| Watch::start(subject, seen, self.events.waker()));
    }

    /// Watches the files beside the lesson that it wants by now.
    pub(super) fn watch_beside(&mut self, stamps: Stamps) {
        let wanted = self.reload.watching == Watching::Own && !stamps.is_empty();
        self.reload.beside = wanted.then(|| Watch::beside(stamps, self.events.waker()));
    }

    pub(super) fn watch_folders(&mut self, first: First) {
        self.reload.folders = first.map(|(subject, seen)| Watch::start(subject, seen, self.events.waker()));
    }

    /// Back in the menu: no lesson is watched, and the menu catches up.
    pub(super) fn unwatch(&mut self) {
        self.watch(None);
        self.gather_again();
    }

    /// Shows what was saved since, as far as it is there.
    pub(super) fn take_saved(&mut self) {
        self.gather_again();
        if let Some(advice) = self.reload.advising.as_ref().and_then(OpeningLesson::advice) {
            self.model.advice = Some(advice);
        }
        let Some(entry) = self.model.shown_entry() else { return };
        let watches = [&self.reload.lesson, &self.reload.beside];
        if watches.into_iter().flatten().filter(|watch| watch.has_changed()).count() > 0 {
            let opening = OpeningLesson::start(&self.library, entry, self.reload.watching);
            opening.wake(self.events.waker());
            self.reload.opening = Some(opening);
        }
        let Some(opening) = self.reload.opening.take() else { return };
        match opening.now() {
            Some(opened) => self.renew(entry, opening, opened),
            None => self.reload.opening = Some(opening),
        }
    }

    fn renew(&mut self, entry: usize, opening: OpeningLesson, Opened { lesson, beside }: Opened) {
        self.watch_beside(beside);
        match lesson {
            Ok(lesson) => {
                let progress = self.model.catalog[entry].progress.take();
                self.model.catalog[entry] = Entry { progress, ..self.library.entry(entry) };
                if self.model.walk.is_some() {
                    self.model.renew(lesson);
                    self.model.remember();
                } else {
                    self.enter(entry, lesson);
                }
                self.advise(opening);
            }
            Err(cannot) => self.show_report(entry, &cannot),
        }
    }

    /// Waits for what could be better in the lesson that was opened, if its file is watched.
    pub(super) fn advise(&mut self, opening: OpeningLesson) {
        if self.reload.lesson.is_some() {
            opening.wake(self.events.waker());
            self.reload.advising = Some(opening);
        }
    }

    /// Shows what is wrong with a file, beside its last good version if there is one, until it is saved again.
    pub(super) fn show_report(&mut self, entry: usize, cannot: &CannotOpen) {
        self.reload.advising = None;
        self.model.advice = None;
        let file = self.model.catalog[entry].id.clone();
        self.model.broken = Some(broken(entry, file, cannot));
    }

    /// Makes the menu anew if its folders have changed. A lesson that is walked or opened has its number in it.
    fn gather_again(&mut self) {
        if self.model.shown_entry().is_some() || self.model.opening.is_some() {
            return;
        }
        if !self.reload.folders.as_ref().is_some_and(Watch::has_changed) {
            return;
        }
        // A folder that is empty or gone for now leaves the menu as it is.
        let Ok(library) = Library::gather(&self.reload.paths) else { return };
        let mut before = std::mem::take(&mut self.model.catalog);
        self.model.catalog = (0..library.len()).map(|index| library.entry(index)).collect();
        for entry in &mut self.model.catalog {
            let own = before.iter_mut().find(|old| old.key == entry.key);
            entry.progress = own.and_then(|old| old.progress.take());
        }
        let chosen = before.get(self.model.chosen).map(|old| old.key.as_str());
        let again = self.model.catalog.iter().position(|entry| Some(entry.key.as_str()) == chosen);
        self.model.chosen =
            again.unwrap_or(self.model.chosen).min(self.model.catalog.len().saturating_sub(1));
        self.library = library;
    }
}

/// What is told of a file that was saved with mistakes.
fn broken(entry: usize, file: String, cannot: &CannotOpen) -> Broken {
    let place = match cannot {
        CannotOpen::Findings { source, findings } => {
            let first = findings.iter().min_by_key(|finding| (finding.severity(), finding.span));
            first.map(|first| source.line_column(first.span.start))
        }
        CannotOpen::File(_) | CannotOpen::Unknown { .. } => None,
    };
    Broken { entry, file, place, report: cannot.report(), scroll: 0 }
}
