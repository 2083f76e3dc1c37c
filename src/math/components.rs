//! Principal components: the directions in which the rows of a matrix differ most.

use nalgebra::SymmetricEigen;

use super::Matrix;

/// How small a number must be beside its neighbours to end the search.
const CLOSE: f64 = 1e-15;

/// Rounds of the search; it needs a few for each column.
const MOST_ROUNDS: usize = 100_000;

/// Two magnitudes this close are taken for the same, so that rounding does not decide about a sign.
const SAME: f64 = 1e-9;

/// The first `count` principal components of rows whose columns have the mean 0, as columns: unit vectors at right
/// angles to each other, such that the squares of `A·C` are as large as they can be (Pearson 1901).
///
/// `[n, m] -> [m, count]`, `count ≤ m`. They are the eigenvectors of `Aᵀ·A` in the order of their eigenvalues. An
/// eigenvector has no sign of its own: here its largest entry, the first among equals, is positive. Filled with what
/// is no number where `A` holds one, or grows beyond all numbers.
pub fn principal_components(centred: &Matrix, count: usize) -> Matrix {
    let width = centred.ncols();
    // [m, n] · [n, m] -> [m, m]
    let spread = super::product(&centred.transpose(), centred);
    let none = || Matrix::from_element(width, count, f64::NAN);
    if !spread.iter().all(|x| x.is_finite()) {
        return none();
    }
    // Directions do not change with the size of the numbers, which are brought near 1 lest they overflow.
    let most = spread.amax();
    let spread = if most > 0.0 { spread / most } else { spread };
    let Some(eigen) = SymmetricEigen::try_new(spread, CLOSE, MOST_ROUNDS) else { return none() };
    let mut order: Vec<usize> = (0..width).collect();
    order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
    let mut components = Matrix::zeros(width, count);
    for (to, from) in order.into_iter().take(count).enumerate() {
        let direction = eigen.eigenvectors.column(from);
        components.set_column(to, &(direction * sign(direction.as_slice())));
    }
    components
}

/// What a direction is multiplied by so that its largest entry is positive.
fn sign(direction: &[f64]) -> f64 {
    let most = direction.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let largest = direction.iter().find(|x| x.abs() >= most * (1.0 - SAME));
    if largest.is_some_and(|x| *x < 0.0) { -1.0 } else { 1.0 }
}
