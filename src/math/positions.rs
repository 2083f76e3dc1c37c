//! Where a token stands, as numbers: one-hot rows, sines and cosines, and vectors turned by their position.

use super::Matrix;

/// One row for each entry, with a single 1 in the column that it names: `H[i, j] = 1` where `j = entries[i]`, else 0.
///
/// `[n, vocabulary]`. `H·E` takes the rows of `E` that the entries name, which is the look-up of embeddings.
///
/// ```
/// use qkv::math::{Matrix, one_hot};
/// assert_eq!(one_hot(&[1, 0], 3), Matrix::from_row_slice(2, 3, &[0.0, 1.0, 0.0, 1.0, 0.0, 0.0]));
/// ```
pub fn one_hot(entries: &[usize], size: usize) -> Matrix {
    Matrix::from_fn(entries.len(), size, |row, column| if entries[row] == column { 1.0 } else { 0.0 })
}

/// How the two numbers of a pair stand in a vector of `d` numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pairs {
    /// Side by side: numbers 1 and 2, 3 and 4, … (Vaswani et al. 2017, §3.5; Su et al. 2021, §3.4.2).
    #[default]
    Interleaved,
    /// All first ones, then all second ones, as in most programs.
    Halves,
}

/// What a column is in its pair. The last column of an odd number of them is a first one without a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first of the pair: the sine.
    First(usize),
    /// The second of the pair: the cosine.
    Second(usize),
}

impl Pairs {
    /// Which pair a column belongs to, of `width` columns.
    pub const fn place(self, column: usize, width: usize) -> Place {
        let half = width.div_ceil(2);
        match self {
            Self::Interleaved if column.is_multiple_of(2) => Place::First(column / 2),
            Self::Interleaved => Place::Second(column / 2),
            Self::Halves if column < half => Place::First(column),
            Self::Halves => Place::Second(column - half),
        }
    }

    /// The columns of a pair; the second may lie beyond an odd `width`.
    pub const fn columns(self, pair: usize, width: usize) -> (usize, usize) {
        match self {
            Self::Interleaved => (2 * pair, 2 * pair + 1),
            Self::Halves => (pair, pair + width.div_ceil(2)),
        }
    }
}

/// How slow the slowest pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slowest {
    /// Pair `i` divides by `base^(2i/d)`, which stays below the base (Vaswani et al. 2017, §3.5).
    #[default]
    BelowBase,
    /// Pair `i` of `h` divides by `base^(i/(h − 1))`, which reaches the base, as in the program of that paper
    /// (`Tensor2Tensor`) and in the figures that were made with it.
    Base,
}

/// The angle of every position and pair: the position divided by a power of the base, in radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Angles {
    /// How the numbers of a pair stand in a vector.
    pub pairs: Pairs,
    /// How slow the slowest pair is.
    pub slowest: Slowest,
    /// What the powers are of; above 0.
    pub base: f64,
    /// The number of the first position.
    pub first: f64,
}

impl Default for Angles {
    fn default() -> Self {
        Self { pairs: Pairs::default(), slowest: Slowest::default(), base: 10_000.0, first: 0.0 }
    }
}

impl Angles {
    /// The number of the position in a row.
    pub fn position(&self, row: usize) -> f64 {
        self.first + row as f64
    }

    /// The exponent of a pair as a fraction: `(2i, d)` or `(i, h − 1)`.
    pub const fn exponent(&self, pair: usize, width: usize) -> (usize, usize) {
        match self.slowest {
            Slowest::BelowBase => (2 * pair, width),
            Slowest::Base if width > 2 => (pair, width.div_ceil(2) - 1),
            // A single pair has no slower one to go to.
            Slowest::Base => (0, 1),
        }
    }

    /// What the position is divided by for a pair.
    pub fn divisor(&self, pair: usize, width: usize) -> f64 {
        let (above, below) = self.exponent(pair, width);
        self.base.powf(above as f64 / below as f64)
    }

    /// The angle of a position and a pair.
    pub fn angle(&self, row: usize, pair: usize, width: usize) -> f64 {
        self.position(row) / self.divisor(pair, width)
    }
}

/// Sinusoidal positions: the first number of pair `i` is `sin(position ÷ base^(2i/d))`, the second its cosine
/// (Vaswani et al. 2017, §3.5).
///
/// `[rows, width]`; of an odd width the last pair has no cosine.
///
/// ```
/// use qkv::math::{Angles, sinusoids};
/// let positions = sinusoids(2, 4, &Angles::default());
/// assert_eq!(positions.row(0).iter().copied().collect::<Vec<_>>(), [0.0, 1.0, 0.0, 1.0]);
/// assert_eq!(positions[(1, 2)], 0.01_f64.sin());
/// ```
pub fn sinusoids(rows: usize, width: usize, angles: &Angles) -> Matrix {
    Matrix::from_fn(rows, width, |row, column| match angles.pairs.place(column, width) {
        Place::First(pair) => angles.angle(row, pair, width).sin(),
        Place::Second(pair) => angles.angle(row, pair, width).cos(),
    })
}

/// Rotary positions: each pair `(a, b)` of a row is turned by the angle θ of its position and becomes
/// `(a·cos θ − b·sin θ, a·sin θ + b·cos θ)` (Su et al. 2021, §3.2.2).
///
/// `[n, d] -> [n, d]`; the length of each row stays, and the dot product of two rows depends on the distance of their
/// positions only. The last of an odd number of columns has nothing to be turned with and stays as it is.
///
/// ```
/// use qkv::math::{Angles, Matrix, rotate};
/// let quarter = Angles { first: std::f64::consts::FRAC_PI_2, ..Angles::default() };
/// let turned = rotate(&Matrix::from_row_slice(1, 2, &[1.0, 0.0]), &quarter);
/// assert!((turned - Matrix::from_row_slice(1, 2, &[0.0, 1.0])).norm() < 1e-15);
/// ```
pub fn rotate(a: &Matrix, angles: &Angles) -> Matrix {
    let width = a.ncols();
    Matrix::from_fn(a.nrows(), width, |row, column| {
        let (Place::First(pair) | Place::Second(pair)) = angles.pairs.place(column, width);
        let (first, second) = angles.pairs.columns(pair, width);
        if second >= width {
            return a[(row, column)];
        }
        let (sine, cosine) = angles.angle(row, pair, width).sin_cos();
        match angles.pairs.place(column, width) {
            Place::First(_) => a[(row, first)] * cosine - a[(row, second)] * sine,
            Place::Second(_) => a[(row, first)] * sine + a[(row, second)] * cosine,
        }
    })
}
