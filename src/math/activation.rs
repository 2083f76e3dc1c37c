//! The non-linear functions of a feed-forward network, number by number.

use std::f64::consts::{FRAC_2_PI, SQRT_2};

use super::larger;

/// The cubic term of [`gelu_tanh`].
pub const GELU_CUBIC: f64 = 0.044_715;

/// `max(0, x)`: the rectified linear unit (Nair and Hinton 2010), that of the first Transformer.
///
/// ```
/// use qkv::math::relu;
/// assert_eq!([-2.0, 0.0, 3.0].map(relu), [0.0, 0.0, 3.0]);
/// ```
pub const fn relu(x: f64) -> f64 {
    larger(0.0, x)
}

/// `x · (1 + erf(x / √2)) / 2`, which is `x · Φ(x)` with the normal distribution `Φ` (Hendrycks and Gimpel 2016).
///
/// ```
/// use qkv::math::gelu;
/// // Φ(1) = 0.841344746068543
/// assert!((gelu(1.0) - 0.841_344_746_068_543).abs() < 1e-15);
/// ```
pub fn gelu(x: f64) -> f64 {
    x * (1.0 + libm::erf(x / SQRT_2)) / 2.0
}

/// `x · (1 + tanh(√(2/π) · (x + 0.044715·x³))) / 2`: [`gelu`] without the error function, as GPT-2 computes it
/// (Hendrycks and Gimpel 2016, §2).
///
/// ```
/// use qkv::math::{gelu, gelu_tanh};
/// assert!((gelu(1.0) - gelu_tanh(1.0)).abs() < 5e-4);
/// ```
pub fn gelu_tanh(x: f64) -> f64 {
    x * (1.0 + (FRAC_2_PI.sqrt() * (x + GELU_CUBIC * (x * x * x))).tanh()) / 2.0
}

/// `1 / (1 + exp(−x))`, from 0 to 1.
///
/// ```
/// use qkv::math::sigmoid;
/// assert_eq!([f64::NEG_INFINITY, 0.0, f64::INFINITY].map(sigmoid), [0.0, 0.5, 1.0]);
/// ```
pub fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// `x / (1 + exp(−x))`, which is `x · sigmoid(x)`, also called Swish (Elfwing et al. 2017).
///
/// ```
/// use qkv::math::{sigmoid, silu};
/// assert!((silu(3.0) - 3.0 * sigmoid(3.0)).abs() < 1e-15);
/// ```
pub fn silu(x: f64) -> f64 {
    x / (1.0 + (-x).exp())
}
