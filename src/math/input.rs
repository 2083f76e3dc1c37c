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
    map_columns(of, |column, numbers| {
        for (row, x) in numbers.iter_mut().enumerate() {
            *x = number(row, column, *x);
        }
    })
}

/// Each column made anew from the one in its place, which it is written over: `make(column, numbers)`.
pub(crate) fn map_columns<'a>(of: impl Into<Input<'a>>, make: impl Fn(usize, &mut [f64]) + Sync) -> Matrix {
    match of.into() {
        Input::Borrowed(matrix) => from_columns(matrix, make),
        Input::Shared(matrix) => match Arc::try_unwrap(matrix) {
            Ok(mut own) => {
                fill_each_column(&mut own, make);
                own
            }
            Err(shared) => from_columns(&shared, make),
        },
    }
}

fn from_columns(of: &Matrix, make: impl Fn(usize, &mut [f64]) + Sync) -> Matrix {
    let mut whole = blank(of.nrows(), of.ncols());
    fill_each_column(&mut whole, |column, numbers| {
        numbers.copy_from_slice(&of.as_slice()[column * numbers.len()..][..numbers.len()]);
        make(column, numbers);
    });
    whole
}

fn fill_each_column(whole: &mut Matrix, fill: impl Fn(usize, &mut [f64]) + Sync) {
    let rows = whole.nrows();
    fill_columns(whole, 1, &|block, numbers| {
        for (column, numbers) in block.zip(numbers.chunks_exact_mut(rows)) {
            fill(column, numbers);
        }
    });
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
