//! A lesson that is opened by a thread of its own, so that keys are heard meanwhile.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use super::Library;
use super::library::{CannotOpen, Good};
use super::play::Watching;
use super::watching::Stamps;
use crate::files;
use crate::graph::Evaluation;
use crate::language::Localised;
use crate::lesson::Lesson;
use crate::terminal::Waker;

/// So long a lesson is waited for before the screen says that it is being computed: most are there by then, and the
/// screen does not flicker.
const PATIENCE: Duration = Duration::from_millis(20);

/// A lesson on its way. Dropped before it is there, it is cancelled.
#[derive(Debug)]
pub(super) struct OpeningLesson {
    evaluation: Arc<Evaluation>,
    news: Receiver<News>,
    waker: Arc<OnceLock<Waker>>,
}

/// What comes of opening a lesson.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) lesson: Result<Arc<Lesson>, CannotOpen>,
    /// The files beside it that it wants, as they were before they were read.
    pub(super) beside: Stamps,
}

/// What the thread tells.
#[derive(Debug)]
enum News {
    /// The evaluation has begun, or is a hundredth further.
    Advanced,
    /// It is done.
    Opened(Opened),
    /// What could be better in a lesson that was opened.
    Advised(Localised<String>),
    /// A bug ended it.
    Panicked(Box<dyn Any + Send>),
}

impl OpeningLesson {
    /// Begins to open a lesson of a library; there is advice on what is watched.
    pub(super) fn start(library: &Library, entry: usize, watching: Watching) -> Self {
        let (sender, news) = mpsc::channel();
        let waker: Arc<OnceLock<Waker>> = Arc::default();
        let tell = Tell { sender, waker: Arc::clone(&waker) };
        let advanced = tell.clone();
        let evaluation = Arc::new(Evaluation::new(move || advanced.tell(News::Advanced)));
        let own = watching.file(library, entry).is_some();
        let (library, watched) = (library.clone(), Arc::clone(&evaluation));
        thread::spawn(move || {
            let open = AssertUnwindSafe(|| {
                let beside = RefCell::new(Stamps::new());
                let reads = |path: &Path| beside.borrow_mut().push((path.to_owned(), files::stamp(path)));
                let Some(opened) = library.open_while(entry, &watched, &reads) else { return };
                let (lesson, advised) = match opened {
                    Ok(good) => (Ok(Arc::clone(&good.lesson)), own.then_some(good)),
                    Err(cannot) => (Err(cannot), None),
                };
                tell.tell(News::Opened(Opened { lesson, beside: beside.into_inner() }));
                if let Some(advice) = advised.and_then(Good::advice) {
                    tell.tell(News::Advised(advice));
                }
            });
            if let Err(reason) = panic::catch_unwind(open) {
                tell.tell(News::Panicked(reason));
            }
        });
        Self { evaluation, news, waker }
    }

    /// Has somebody woken whenever there are news from now on.
    pub(super) fn wake(&self, waker: Waker) {
        // What was told before is looked at when the event comes.
        waker.wake();
        let _only_once = self.waker.set(waker);
    }

    /// Waits until the evaluation has begun or the file turns out to have none, however long that takes.
    pub(super) fn read(&self) -> Option<Opened> {
        self.news.recv().ok().and_then(opened)
    }

    /// Waits for a moment.
    pub(super) fn soon(&self) -> Option<Opened> {
        let until = Instant::now() + PATIENCE;
        let left = || until.saturating_duration_since(Instant::now());
        std::iter::from_fn(|| self.news.recv_timeout(left()).ok()).find_map(opened)
    }

    /// The lesson if it is there by now.
    pub(super) fn now(&self) -> Option<Opened> {
        self.news.try_iter().find_map(opened)
    }

    /// What could be better in the lesson, once it was there and that is known.
    pub(super) fn advice(&self) -> Option<Localised<String>> {
        self.news.try_iter().find_map(|news| match news {
            News::Advanced | News::Opened(_) => None,
            News::Advised(advice) => Some(advice),
            News::Panicked(reason) => panic::resume_unwind(reason),
        })
    }

    /// How many hundredths are computed.
    pub(super) fn percent(&self) -> u8 {
        (self.evaluation.fraction() * 100.0) as u8
    }
}

impl Drop for OpeningLesson {
    fn drop(&mut self) {
        self.evaluation.cancel();
    }
}

/// Tells news and wakes whoever waits for them.
#[derive(Debug, Clone)]
struct Tell {
    sender: Sender<News>,
    waker: Arc<OnceLock<Waker>>,
}

impl Tell {
    fn tell(&self, news: News) {
        // Whoever does not want the lesson any more does not listen.
        let _ = self.sender.send(news);
        if let Some(waker) = self.waker.get() {
            waker.wake();
        }
    }
}

/// The lesson of the news that has it. A bug in the thread goes on here.
fn opened(news: News) -> Option<Opened> {
    match news {
        // Advice comes after the lesson.
        News::Advanced | News::Advised(_) => None,
        News::Opened(opened) => Some(opened),
        News::Panicked(reason) => panic::resume_unwind(reason),
    }
}
