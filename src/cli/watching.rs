//! Files that are looked at while they are worked on.
//!
//! Looking costs next to nothing and works wherever files can be read: on disks of the network and in containers, where
//! systems tell of no changes, and with editors that put a new file in the place of the old one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::files::{self, Stamp};
use crate::terminal::Waker;

/// The time between two looks.
const INTERVAL: Duration = Duration::from_millis(250);
/// A file is only taken as saved when it stays the same so long: some editors empty it first and then write.
const REST: Duration = Duration::from_millis(50);
/// A file that is gone may be about to be replaced.
const GONE: Duration = Duration::from_secs(1);
/// Every so many looks the file of a lesson is read even if it looks the same: disks with coarse times hide fast changes.
const THOROUGH: u32 = 8;

/// What is looked at.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    /// The content of a lesson.
    File(PathBuf),
    /// The files beside a lesson. They are not read to see whether they changed: tables may be large.
    Beside(Vec<PathBuf>),
    /// Which lessons there are in folders, and when they were saved.
    Folders(Vec<PathBuf>),
}

/// Files with what can be told of them without reading.
pub(super) type Stamps = Vec<(PathBuf, Option<Stamp>)>;

/// What was seen last. Taken before a lesson is opened, so that nothing saved meanwhile is missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    stamps: Stamps,
    /// Of a file that can be read.
    content: Option<Vec<u8>>,
}

/// Something that is being looked at, by a thread of its own, until this is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    changed: Arc<AtomicBool>,
    /// Nothing is ever sent: that it is dropped ends the thread.
    _end: Sender<()>,
}

impl Subject {
    /// Looks closely.
    pub(super) fn look(&self) -> Seen {
        let stamps = self.glance();
        let content = match self {
            Self::File(path) => files::read_lesson(path).ok(),
            Self::Beside(_) | Self::Folders(_) => None,
        };
        Seen { stamps, content }
    }

    /// Looks from outside, without reading.
    fn glance(&self) -> Stamps {
        let stamped = |path: PathBuf| {
            let stamp = files::stamp(&path);
            (path, stamp)
        };
        match self {
            Self::File(path) => vec![stamped(path.clone())],
            Self::Beside(paths) => paths.iter().cloned().map(stamped).collect(),
            Self::Folders(folders) => {
                let lessons = folders.iter().flat_map(|folder| files::lessons_in(folder).unwrap_or_default());
                lessons.map(stamped).collect()
            }
        }
    }
}

impl Watch {
    /// Begins to look at the files beside a lesson, which were so before it was opened.
    pub(super) fn beside(stamps: Stamps, waker: Waker) -> Self {
        let paths = stamps.iter().map(|(path, _)| path.clone()).collect();
        Self::start(Subject::Beside(paths), Seen { stamps, content: None }, waker)
    }

    /// Begins to look; whenever something is other than what was seen last, and rests, the waker is used.
    pub(super) fn start(subject: Subject, seen: Seen, waker: Waker) -> Self {
        let changed = Arc::new(AtomicBool::new(false));
        let tell = Arc::clone(&changed);
        let (end, ended) = mpsc::channel::<()>();
        thread::spawn(move || {
            let mut seen = seen;
            let mut looks = 0_u32;
            let goes_on = |wait| ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout);
            while goes_on(INTERVAL) {
                looks = looks.wrapping_add(1);
                if subject.glance() == seen.stamps && !looks.is_multiple_of(THOROUGH) {
                    continue;
                }
                let mut now = subject.look();
                while now != seen {
                    let missing = now.stamps.iter().any(|(_, stamp)| stamp.is_none());
                    if !goes_on(if missing { GONE } else { REST }) {
                        return;
                    }
                    let again = subject.look();
                    if again == now {
                        break;
                    }
                    now = again;
                }
                let other = match subject {
                    // A file that was only touched says what it said.
                    Subject::File(_) => now.content != seen.content,
                    Subject::Beside(_) | Subject::Folders(_) => now != seen,
                };
                seen = now;
                if other {
                    tell.store(true, Ordering::Release);
                    waker.wake();
                }
            }
        });
        Self { changed, _end: end }
    }

    /// Whether something has changed since this was asked last.
    pub(super) fn has_changed(&self) -> bool {
        self.changed.swap(false, Ordering::Acquire)
    }
}
