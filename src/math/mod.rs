//! The dense math core: plain functions on matrices, each with its formula, shapes and source.
//!
//! Positions are rows. Everything is `f64`, never rounded. Sums are added from left to right, so that the numbers of
//! a lesson are the same on every machine; only products of more than [`LARGE_PRODUCT`] multiplications, whose digits
//! nobody reads, take the fastest order. Large matrices are worked on by all cores at once, which changes no number.
//! Shapes are proved by [`crate::graph`] before anything here is called; a wrong shape is a bug and panics.

mod activation;
mod choice;
mod components;
mod convolution;
mod dropout;
mod input;
mod measures;
mod norm;
mod positions;
mod product;
mod random;
mod softmax;
mod threads;

use rand::Rng;
use rand::rngs::ChaCha8Rng;

pub use activation::{GELU_CUBIC, gelu, gelu_tanh, relu, sigmoid, silu};
pub use choice::{
    among_most, cross_entropy, cross_entropy_by, drawn, largest, reaching_share, uniform_of_seed,
};
pub use components::principal_components;
pub use convolution::{context, convolution, neighbours};
pub use dropout::{dropout, keeps};
pub use input::Input;
pub(crate) use input::{map, map_columns};
pub use measures::{
    NotShares, cosine, distance, distances, entropy, first_largest, first_smallest, logarithm_of_share, mean,
    mean_square, norm, not_shares, smaller, unit_rows, variance,
};
pub use norm::{layer_norm, layer_norm_by, mean_squares, means_and_variances, rms_norm, rms_norm_by};
pub use positions::{Angles, Pairs, Place, Slowest, one_hot, rotate, sinusoids};
pub use product::{GoOn, LARGE_PRODUCT, dot_products, dot_products_while, product, product_while};
pub use random::{Random, random};
pub use softmax::{Shares, shares, softmax};
pub(crate) use threads::{from_fn, look_at_columns};

/// A dense matrix, `[rows, columns]`, indexed `m[(row, column)]`.
pub type Matrix = nalgebra::DMatrix<f64>;

/// The sum, cell by cell: `C[i, j] = A[i, j] + B[i, j]`.
///
/// `[n, m], [n, m] -> [n, m]`. As a residual connection it keeps what was there (He et al. 2015).
///
/// ```
/// use qkv::math::{Matrix, add};
/// let a = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// assert_eq!(add(&a, &a), Matrix::from_row_slice(1, 2, &[2.0, 4.0]));
/// ```
pub fn add(a: &Matrix, b: &Matrix) -> Matrix {
    assert_eq!(a.shape(), b.shape(), "the graph proves that shapes agree");
    from_fn(a.nrows(), a.ncols(), |i, j| a[(i, j)] + b[(i, j)])
}

/// Every cell divided by one number: `C[i, j] = A[i, j] / divisor`.
///
/// `[n, m] -> [n, m]`. Scores are divided by `√d_k`, so that their variance does not grow with `d_k`
/// (Vaswani et al. 2017, §3.2.1, footnote 4).
///
/// ```
/// use qkv::math::{Matrix, scale};
/// let scores = Matrix::from_row_slice(1, 2, &[112.0, 96.0]);
/// assert_eq!(scale(&scores, 8.0), Matrix::from_row_slice(1, 2, &[14.0, 12.0]));
/// ```
pub fn scale<'a>(a: impl Into<Input<'a>>, divisor: f64) -> Matrix {
    map(a, |_, _, x| x / divisor)
}

/// Cells that may not be seen become another number: `C[i, j] = A[i, j]` where `allowed(i, j)`, else `hidden`.
///
/// `[n, m] -> [n, m]`. Under −∞ softmax gives exactly 0 (Vaswani et al. 2017, §3.2.3).
///
/// ```
/// use qkv::math::{Matrix, is_causal, mask};
/// let scores = Matrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
/// let masked = mask(&scores, f64::NEG_INFINITY, is_causal);
/// assert_eq!(masked, Matrix::from_row_slice(2, 2, &[1.0, f64::NEG_INFINITY, 3.0, 4.0]));
/// ```
pub fn mask<'a>(
    a: impl Into<Input<'a>>,
    hidden: f64,
    allowed: impl Fn(usize, usize) -> bool + Sync,
) -> Matrix {
    map(a, |i, j, x| if allowed(i, j) { x } else { hidden })
}

/// The causal mask: a query sees the keys up to its own position, never a later one.
pub const fn is_causal(query: usize, key: usize) -> bool {
    key <= query
}

/// The larger of two numbers, and no number if one of them is none.
///
/// [`f64::max`] would pass over what is missing, and a row of missing numbers would be taken for a masked one.
pub const fn larger(a: f64, b: f64) -> f64 {
    if b > a || b.is_nan() { b } else { a }
}

/// Matrices side by side: `[n, a], [n, b], … -> [n, a + b + …]`, as the heads are before `W_O`
/// (Vaswani et al. 2017, §3.2.2).
///
/// ```
/// use qkv::math::{Matrix, concat};
/// let a = Matrix::from_row_slice(1, 1, &[1.0]);
/// let b = Matrix::from_row_slice(1, 2, &[2.0, 3.0]);
/// assert_eq!(concat(&[&a, &b]), Matrix::from_row_slice(1, 3, &[1.0, 2.0, 3.0]));
/// ```
pub fn concat(parts: &[&Matrix]) -> Matrix {
    let rows = parts.first().map_or(0, |part| part.nrows());
    let mut whole = Matrix::zeros(rows, parts.iter().map(|part| part.ncols()).sum());
    let mut column = 0;
    for part in parts {
        whole.columns_mut(column, part.ncols()).copy_from(part);
        column += part.ncols();
    }
    whole
}

/// Matrices one below the other: `[a, m], [b, m], … -> [a + b + …, m]`.
///
/// ```
/// use qkv::math::{Matrix, stack};
/// let a = Matrix::from_row_slice(1, 2, &[1.0, 2.0]);
/// assert_eq!(stack(&[&a, &a]), Matrix::from_row_slice(2, 2, &[1.0, 2.0, 1.0, 2.0]));
/// ```
pub fn stack(parts: &[&Matrix]) -> Matrix {
    let columns = parts.first().map_or(0, |part| part.ncols());
    let mut whole = Matrix::zeros(parts.iter().map(|part| part.nrows()).sum(), columns);
    let mut row = 0;
    for part in parts {
        whole.rows_mut(row, part.nrows()).copy_from(part);
        row += part.nrows();
    }
    whole
}

/// The next uniform number in [0, 1): the top 53 bits of a word.
fn uniform(generator: &mut ChaCha8Rng) -> f64 {
    (generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_survives_any_input() {
        let inf = f64::NEG_INFINITY;
        let p = softmax(&Matrix::from_row_slice(3, 2, &[1e308, -1e308, inf, 5.0, inf, inf]));
        assert_eq!(p, Matrix::from_row_slice(3, 2, &[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]));
    }
}
