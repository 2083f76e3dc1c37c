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
    if threads == 1 {
        fill(0..columns, whole.as_mut_slice());
        return;
    }
    let width = columns.div_ceil(4 * threads).min((BLOCK / rows).max(1));
    let blocks = Mutex::new(whole.as_mut_slice().chunks_mut(rows * width).enumerate());
    let work = || {
        loop {
            let next = blocks.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((block, numbers)) = next else { return };
            let first = block * width;
            fill(first..first + numbers.len() / rows, numbers);
        }
    };
    at_once(threads, &work);
}

/// What `look` finds in blocks of columns, in their order; it gets the first column, and the numbers column by column.
pub(crate) fn look_at_columns<T: Send>(of: &Matrix, look: impl Fn(usize, &[f64]) -> T + Sync) -> Vec<T> {
    let rows = of.nrows().max(1);
    let width = of.ncols().div_ceil(threads_for(of.len())).max(1);
    let mut blocks = of.as_slice().chunks(rows * width).zip((0..).step_by(width));
    let look = |(block, first): (&[f64], usize)| look(first, block);
    let first = blocks.next();
    thread::scope(|scope| {
        let others: Vec<_> = blocks.map(|block| scope.spawn(move || look(block))).collect();
        let first = first.map(look);
        let others = others.into_iter().map(|other| match other.join() {
            Ok(found) => found,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        first.into_iter().chain(others).collect()
    })
}

/// Which way a matrix is cut into pieces.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cut {
    /// Some rows each.
    Rows,
    /// Some columns each.
    Columns,
}

/// Has pieces of a matrix filled by so many threads; `fill` gets the first row or column of its piece.
pub(super) fn fill_pieces(
    mut whole: Piece<'_>,
    cut: Cut,
    first: usize,
    threads: usize,
    fill: &(dyn Fn(usize, Piece<'_>) + Sync),
) {
    let (rows, columns) = whole.shape();
    let size = match cut {
        Cut::Rows => rows,
        Cut::Columns => columns,
    };
    if threads < 2 || size < 2 {
        fill(first, whole);
        return;
    }
    let middle = (size * (threads / 2) / threads).max(1);
    let (before, after) = match cut {
        Cut::Rows => whole.rows_range_pair_mut(0..middle, middle..size),
        Cut::Columns => whole.columns_range_pair_mut(0..middle, middle..size),
    };
    thread::scope(|scope| {
        scope.spawn(move || fill_pieces(before, cut, first, threads / 2, fill));
        fill_pieces(after, cut, first + middle, threads - threads / 2, fill);
    });
}

/// Has the parts of something filled that takes so many `steps`; `fill` gets the place of the first number of its part.
pub(super) fn fill_parts(whole: &mut [f64], steps: usize, fill: &(dyn Fn(usize, &mut [f64]) + Sync)) {
    let size = whole.len().div_ceil(threads_for(steps)).max(1);
    let mut parts = (0..).step_by(size).zip(whole.chunks_mut(size));
    let first = parts.next();
    thread::scope(|scope| {
        for (first, part) in parts {
            scope.spawn(move || fill(first, part));
        }
        if let Some((first, part)) = first {
            fill(first, part);
        }
    });
}

fn at_once(threads: usize, work: &(dyn Fn() + Sync)) {
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
}
