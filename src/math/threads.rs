//! Large matrices are worked on by all cores at once. What comes out does not depend on how many there are.

use std::num::NonZero;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use nalgebra::{Dyn, MatrixViewMut, U1};

use super::Matrix;

/// From so many elementary steps on it pays to start threads, which takes some hundredth of a millisecond.
const WORTH_THREADS: usize = 1 << 17;

/// The most numbers of a block that one thread fills at a time.
const BLOCK: usize = 1 << 17;

/// Some rows, or some columns, of a matrix that is being written.
pub(super) type Piece<'a> = MatrixViewMut<'a, f64, Dyn, Dyn, U1, Dyn>;

/// How many threads work at once on something of so many elementary steps.
pub(super) fn threads_for(steps: usize) -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    if steps < WORTH_THREADS {
        return 1;
    }
    *CORES.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// A matrix of zeros that takes its memory only where it is written.
pub(super) fn blank(rows: usize, columns: usize) -> Matrix {
    Matrix::from_vec(rows, columns, vec![0.0; rows * columns])
}

/// The matrix of `cell(row, column)`, made by several threads where it is large.
pub(crate) fn from_fn(rows: usize, columns: usize, cell: impl Fn(usize, usize) -> f64 + Sync) -> Matrix {
    let mut whole = blank(rows, columns);
    fill_columns(&mut whole, 1, &|columns, numbers| {
        for (column, numbers) in columns.zip(numbers.chunks_exact_mut(rows)) {
            for (row, number) in numbers.iter_mut().enumerate() {
                *number = cell(row, column);
            }
        }
    });
    whole
}

/// Has blocks of columns filled; one number of them takes so many `steps`. `fill` gets which columns, and their
/// numbers column by column.
pub(super) fn fill_columns(
    whole: &mut Matrix,
    steps: usize,
    fill: &(dyn Fn(Range<usize>, &mut [f64]) + Sync),
) {
    let (rows, columns) = whole.shape();
    if whole.is_empty() {
        return;
    }
    let threads = threads_for(whole.len().saturating_mul(steps)).min(columns);
    let width = width_of_blocks(rows, columns, threads);
    let blocks = whole.as_mut_slice().chunks_mut(rows * width).zip((0..).step_by(width));
    each_at_once(threads, blocks, |(numbers, first)| fill(first..first + numbers.len() / rows, numbers));
}

/// What `look` finds in blocks of columns, in their order; it gets the first column, and the numbers column by column.
pub(crate) fn look_at_columns<T: Send>(of: &Matrix, look: impl Fn(usize, &[f64]) -> T + Sync) -> Vec<T> {
    let (rows, columns) = of.shape();
    let threads = threads_for(of.len());
    let width = width_of_blocks(rows, columns, threads);
    let blocks = of.as_slice().chunks((rows * width).max(1)).zip((0..).step_by(width));
    each_at_once(threads, blocks, |(numbers, first)| look(first, numbers))
}

/// How many columns a thread takes at a time: all if it is alone, else so few that none has to wait long for another.
fn width_of_blocks(rows: usize, columns: usize, threads: usize) -> usize {
    if threads == 1 {
        return columns.max(1);
    }
    columns.div_ceil(4 * threads).min(BLOCK / rows.max(1)).max(1)
}

/// Which way a matrix is cut into pieces.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cut {
    /// Some rows each.
    Rows,
    /// Some columns each.
    Columns,
}

/// What `fill` gives for pieces of a matrix, in their order, one for each of so many threads; it gets the first row or
/// column of its piece.
pub(super) fn fill_pieces<T: Send>(
    whole: &mut Matrix,
    cut: Cut,
    threads: usize,
    fill: impl Fn(usize, Piece<'_>) -> T + Sync,
) -> Vec<T> {
    let rows = whole.nrows();
    fill_from(0, whole.rows_range_mut(0..rows), cut, threads, &fill)
}

/// The same for a piece that begins with the row or column `first`.
fn fill_from<T: Send>(
    first: usize,
    mut whole: Piece<'_>,
    cut: Cut,
    threads: usize,
    fill: &(impl Fn(usize, Piece<'_>) -> T + Sync),
) -> Vec<T> {
    let (rows, columns) = whole.shape();
    let size = match cut {
        Cut::Rows => rows,
        Cut::Columns => columns,
    };
    if threads < 2 || size < 2 {
        return vec![fill(first, whole)];
    }
    let middle = (size * (threads / 2) / threads).max(1);
    let (before, after) = match cut {
        Cut::Rows => whole.rows_range_pair_mut(0..middle, middle..size),
        Cut::Columns => whole.columns_range_pair_mut(0..middle, middle..size),
    };
    thread::scope(|scope| {
        let before = scope.spawn(move || fill_from(first, before, cut, threads / 2, fill));
        let after = fill_from(first + middle, after, cut, threads - threads / 2, fill);
        let mut found = joined(before);
        found.extend(after);
        found
    })
}

/// What `work` gives for each job, in their order; so many threads take one job after the other.
fn each_at_once<J: Send, T: Send>(
    threads: usize,
    jobs: impl Iterator<Item = J> + Send,
    work: impl Fn(J) -> T + Sync,
) -> Vec<T> {
    if threads == 1 {
        return jobs.map(work).collect();
    }
    let jobs = Mutex::new(jobs.enumerate());
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).next();
    let take_turns = || std::iter::from_fn(next).map(|(place, job)| (place, work(job))).collect::<Vec<_>>();
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take_turns)).collect();
        let mut done = take_turns();
        for other in others {
            done.extend(joined(other));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, found)| found).collect()
}

/// What a thread gives back; its panic goes on here.
fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
