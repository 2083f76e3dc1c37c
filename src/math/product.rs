//! Matrix products: small ones in the order in which they are written down, large ones as fast as the machine can.

use std::sync::atomic::{AtomicBool, Ordering};

use nalgebra::{Dyn, MatrixView};

use super::Matrix;
use super::threads::{Cut, Piece, blank, fill_pieces, from_fn, threads_for};

/// Up to so many multiplications a product is summed from left to right, the same on every machine: these are the
/// sizes of which a lesson shows digits.
pub const LARGE_PRODUCT: usize = 1 << 20;

/// A block of a large product after which it is asked whether to go on: some hundredth of a second.
const BLOCK: usize = 1 << 28;

/// Below so many rows or columns the fast product is none.
const NARROW: usize = 6;

/// A matrix, or its transpose, without a copy.
type Operand<'a> = MatrixView<'a, f64, Dyn, Dyn, Dyn, Dyn>;

/// Asked block by block, with what is done since the last time, whether to go on.
pub type GoOn<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// The matrix product: `C[i, j] = Σ_k A[i, k] · B[k, j]`.
///
/// `[n, k] · [k, m] -> [n, m]`. Sums run from left to right as long as `n·k·m` is at most [`LARGE_PRODUCT`]; beyond that
/// their order is that of the fastest way, and their last digits may differ between machines.
///
/// ```
/// use qkv::math::{Matrix, product};
/// let a = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// let b = Matrix::from_row_slice(2, 2, &[3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(product(&a, &b), Matrix::from_row_slice(1, 2, &[13.0, 16.0]));
/// ```
pub fn product(a: &Matrix, b: &Matrix) -> Matrix {
    product_while(a, b, &|_| true).expect("nothing stops it")
}

/// The same, given up as soon as `go_on` says no.
pub fn product_while(a: &Matrix, b: &Matrix, go_on: GoOn<'_>) -> Option<Matrix> {
    assert_eq!(a.ncols(), b.nrows(), "the graph proves that inner axes agree");
    if is_fast(a.nrows(), a.ncols(), b.ncols()) {
        return fast(as_it_is(a), as_it_is(b), go_on);
    }
    // Matrices are stored column by column, so the rows of `a` are laid out as columns before they are walked.
    let rows = a.transpose();
    // [n, k] · [k, m] -> [n, m]
    let whole = by_dots(&rows, b);
    go_on(a.nrows() * a.ncols() * b.ncols()).then_some(whole)
}

/// The dot product of every row of `A` with every row of `B`, which is `A·Bᵀ`: `S[i, j] = Σ_k A[i, k] · B[j, k]`.
///
/// `[n, d], [m, d] -> [n, m]`, summed as in [`product`]. With queries and keys these are the attention scores
/// (Vaswani et al. 2017, §3.2.1).
///
/// ```
/// use qkv::math::{Matrix, dot_products};
/// let q = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// let k = Matrix::from_row_slice(2, 2, &[3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(dot_products(&q, &k), Matrix::from_row_slice(1, 2, &[11.0, 17.0]));
/// ```
pub fn dot_products(a: &Matrix, b: &Matrix) -> Matrix {
    dot_products_while(a, b, &|_| true).expect("nothing stops it")
}

/// The same, given up as soon as `go_on` says no.
pub fn dot_products_while(a: &Matrix, b: &Matrix, go_on: GoOn<'_>) -> Option<Matrix> {
    assert_eq!(a.ncols(), b.ncols(), "the graph proves that inner axes agree");
    if is_fast(a.nrows(), a.ncols(), b.nrows()) {
        return fast(as_it_is(a), turned(b), go_on);
    }
    let (rows, columns) = (a.transpose(), b.transpose());
    // [n, d] · [m, d]ᵀ -> [n, m]
    let whole = by_dots(&rows, &columns);
    go_on(a.nrows() * a.ncols() * b.nrows()).then_some(whole)
}

/// Every column of `rows` with every column of `b`, each sum from the first entry to the last.
fn by_dots(rows: &Matrix, b: &Matrix) -> Matrix {
    let cell = |i, j| dot(rows, i, b, j);
    if threads_for(rows.len().saturating_mul(b.ncols())) > 1 {
        return from_fn(rows.ncols(), b.ncols(), cell);
    }
    Matrix::from_fn(rows.ncols(), b.ncols(), cell)
}

/// The dot product of two columns, added from the first entry to the last.
pub(super) fn dot(a: &Matrix, i: usize, b: &Matrix, j: usize) -> f64 {
    a.column(i).iter().zip(b.column(j).iter()).map(|(x, y)| x * y).sum()
}

const fn is_fast(n: usize, k: usize, m: usize) -> bool {
    n.saturating_mul(k).saturating_mul(m) > LARGE_PRODUCT && n >= NARROW && k >= NARROW && m >= NARROW
}

fn as_it_is(a: &Matrix) -> Operand<'_> {
    let (rows, columns) = a.shape();
    Operand::from_slice_with_strides(a.as_slice(), rows, columns, 1, rows)
}

fn turned(a: &Matrix) -> Operand<'_> {
    let (rows, columns) = a.shape();
    Operand::from_slice_with_strides(a.as_slice(), columns, rows, rows, 1)
}

/// The product in pieces of rows or columns, whichever are more, one for each thread.
fn fast(a: Operand<'_>, b: Operand<'_>, go_on: GoOn<'_>) -> Option<Matrix> {
    let (n, m) = (a.nrows(), b.ncols());
    let threads = threads_for(usize::MAX).min(n.max(m) / NARROW);
    let stopped = AtomicBool::new(false);
    let mut whole = blank(n, m);
    if n >= m {
        fill_pieces(&mut whole, Cut::Rows, threads, |first, piece| {
            let rows = a.rows(first, piece.nrows());
            in_blocks(piece, rows, b, &stopped, go_on);
        });
    } else {
        fill_pieces(&mut whole, Cut::Columns, threads, |first, piece| {
            let columns = b.columns(first, piece.ncols());
            in_blocks(piece, a, columns, &stopped, go_on);
        });
    }
    (!stopped.into_inner()).then_some(whole)
}

/// Computes a piece block by block of its columns, until it is stopped.
fn in_blocks(mut piece: Piece<'_>, a: Operand<'_>, b: Operand<'_>, stopped: &AtomicBool, go_on: GoOn<'_>) {
    let (rows, columns) = piece.shape();
    let steps = rows * a.ncols();
    let width = (BLOCK / steps.max(1)).max(NARROW);
    for first in (0..columns).step_by(width) {
        let width = width.min(columns - first);
        piece.columns_mut(first, width).gemm(1.0, &a, &b.columns(first, width), 0.0);
        if !go_on(steps * width) {
            stopped.store(true, Ordering::Relaxed);
        }
        if stopped.load(Ordering::Relaxed) {
            return;
        }
    }
}
