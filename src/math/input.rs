//! What a function is computed from: a matrix that it only reads, or one whose memory the result may take.

use std::sync::Arc;

use super::Matrix;
use super::threads::{blank, fill_columns};

/// A matrix from which another of the same shape is made.
///
/// A large matrix that nobody needs any more is written over: fresh memory would have to be cleared first.
#[derive(Debug, Clone)]
pub enum Input<'a> {
    /// Only read.
    Borrowed(&'a Matrix),
    /// Written over if nobody else holds it, else only read.
    Shared(Arc<Matrix>),
}

impl<'a> From<&'a Matrix> for Input<'a> {
    fn from(matrix: &'a Matrix) -> Self {
        Self::Borrowed(matrix)
    }
}

impl From<Arc<Matrix>> for Input<'_> {
    fn from(matrix: Arc<Matrix>) -> Self {
        Self::Shared(matrix)
    }
}

impl AsRef<Matrix> for Input<'_> {
    fn as_ref(&self) -> &Matrix {
        match self {
            Self::Borrowed(matrix) => matrix,
            Self::Shared(matrix) => matrix,
        }
    }
}

impl Input<'_> {
    /// The matrix to write over: itself where nobody else holds it, else a copy.
    pub(super) fn into_own(self) -> Matrix {
        match self {
            Self::Borrowed(matrix) => matrix.clone(),
            Self::Shared(matrix) => Arc::unwrap_or_clone(matrix),
        }
    }
}

/// Each number made anew from the one in its place: `number(row, column, old)`.
pub(crate) fn map<'a>(of: impl Into<Input<'a>>, number: impl Fn(usize, usize, f64) -> f64 + Sync) -> Matrix {
    let of = match of.into() {
        Input::Shared(shared) => match Arc::try_unwrap(shared) {
            Ok(own) => return written_over(own, number),
            Err(shared) => Input::Shared(shared),
        },
        borrowed @ Input::Borrowed(_) => borrowed,
    };
    let of = of.as_ref();
    let (rows, columns) = of.shape();
    let mut whole = blank(rows, columns);
    fill_columns(&mut whole, 1, &|block, numbers| {
        let old = &of.as_slice()[block.start * rows..][..numbers.len()];
        let pairs = numbers.chunks_exact_mut(rows).zip(old.chunks_exact(rows));
        for (column, (numbers, old)) in block.zip(pairs) {
            for (row, (new, old)) in numbers.iter_mut().zip(old).enumerate() {
                *new = number(row, column, *old);
            }
        }
    });
    whole
}

fn written_over(mut own: Matrix, number: impl Fn(usize, usize, f64) -> f64 + Sync) -> Matrix {
    let rows = own.nrows();
    fill_columns(&mut own, 1, &|block, numbers| {
        for (column, numbers) in block.zip(numbers.chunks_exact_mut(rows)) {
            for (row, x) in numbers.iter_mut().enumerate() {
                *x = number(row, column, *x);
            }
        }
    });
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_matrix_that_nobody_else_holds_is_written_over() {
        let twice = |of: Input<'_>| map(of, |_, _, x| 2.0 * x);
        let ones = || Arc::new(Matrix::repeat(3, 2, 1.0));
        let (shared, alone) = (ones(), ones());
        let memory = alone.as_slice().as_ptr();
        for made in [twice(Input::from(shared.as_ref())), twice(Arc::clone(&shared).into())] {
            assert_eq!((made, shared.as_ref()), (Matrix::repeat(3, 2, 2.0), &Matrix::repeat(3, 2, 1.0)));
        }
        let made = twice(alone.into());
        assert_eq!((made.as_slice().as_ptr(), &made), (memory, &Matrix::repeat(3, 2, 2.0)));
    }
}
