//! An evaluation while it runs: how far it is, and whether anybody still wants it.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A running evaluation, seen from outside by whoever waits for it.
///
/// The thread that evaluates and the one that waits share it. It knows how much there is to do as soon as the
/// evaluation begins.
pub struct Evaluation {
    steps: AtomicU64,
    done: AtomicU64,
    cancelled: AtomicBool,
    advanced: Box<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluation").field("fraction", &self.fraction()).finish_non_exhaustive()
    }
}

impl Default for Evaluation {
    /// One that nobody watches.
    fn default() -> Self {
        Self::new(|| {})
    }
}

impl Evaluation {
    /// One that calls `advanced` when it begins and whenever another hundredth is done.
    pub fn new(advanced: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            steps: AtomicU64::new(0),
            done: AtomicU64::new(0),
            cancelled: AtomicBool::new(false),
            advanced: Box::new(advanced),
        }
    }

    /// How much is done, from 0 to 1; never less than before.
    pub fn fraction(&self) -> f64 {
        let (steps, done) = (self.steps.load(Ordering::Relaxed), self.done.load(Ordering::Relaxed));
        if steps == 0 { 0.0 } else { (done as f64 / steps as f64).min(1.0) }
    }

    /// Nobody wants the result any more; the evaluation ends within some hundredths of a second.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was [cancelled](Self::cancel).
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Says how much there is to do, the first time.
    pub(super) fn begin(&self, steps: u64) {
        let begun = self.steps.compare_exchange(0, steps.max(1), Ordering::Relaxed, Ordering::Relaxed);
        if begun.is_ok() {
            (self.advanced)();
        }
    }

    /// So much more is done; whether to go on.
    pub(super) fn advance(&self, steps: u64) -> bool {
        let percent = |done: u64| done.saturating_mul(100) / self.steps.load(Ordering::Relaxed).max(1);
        let before = self.done.fetch_add(steps, Ordering::Relaxed);
        if percent(before) < percent(before + steps) {
            (self.advanced)();
        }
        !self.is_cancelled()
    }

    /// All is done.
    pub(super) fn finish(&self) {
        self.begin(1);
        self.done.fetch_max(self.steps.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}
