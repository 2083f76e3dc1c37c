//! What stands for a whole matrix when it is decided how to print it and where to look first.

use crate::math::{self, Matrix};

/// A few numbers that stand for a whole matrix when it is decided how to print and shade it, so that drawing a window
/// of a large matrix need not read all of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Extent {
    /// The smallest finite number.
    pub min: f64,
    /// Where it stands first, row by row: `(row, column)`.
    pub min_at: (usize, usize),
    /// The largest finite number.
    pub max: f64,
    /// Where it stands first, row by row.
    pub max_at: (usize, usize),
    /// The number that is furthest from whole, if one is not whole.
    pub fraction: Option<f64>,
    /// The smallest magnitude besides 0, which needs the most room where numbers are printed with powers of ten.
    pub least: Option<f64>,
    /// An infinity or a missing number, if there is one; −∞ only if there is no other.
    pub beyond: Option<f64>,
    /// Where −∞ stands first, row by row.
    pub masked_at: Option<(usize, usize)>,
}

impl Extent {
    pub(super) fn of(matrix: &Matrix) -> Self {
        let rows = matrix.nrows().max(1);
        let blocks = math::look_at_columns(matrix, |first, block| {
            let columns = block.chunks_exact(rows).zip(first..);
            columns.map(|(column, at)| Self::of_column(column, at)).fold(Self::NOTHING, Self::and)
        });
        let mut all = blocks.into_iter().fold(Self::NOTHING, Self::and);
        if all.min > all.max {
            (all.min, all.max) = (0.0, 0.0);
        }
        all
    }

    const NOTHING: Self = Self {
        min: f64::INFINITY,
        min_at: (0, 0),
        max: f64::NEG_INFINITY,
        max_at: (0, 0),
        fraction: None,
        least: None,
        beyond: None,
        masked_at: None,
    };

    /// The extent of one column, found without a branch for each number; where the extremes are is asked afterwards.
    fn of_column(column: &[f64], at: usize) -> Self {
        const LANES: usize = 4;
        let mut found = [Lane::NOTHING; LANES];
        let chunks = column.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for (lane, x) in found.iter_mut().zip(chunk) {
                lane.see(*x);
            }
        }
        for x in rest {
            found[0].see(*x);
        }
        let all = found.into_iter().fold(Lane::NOTHING, Lane::and);
        let first = |wanted: &dyn Fn(f64) -> bool| column.iter().position(|x| wanted(*x)).unwrap_or(0);
        #[expect(clippy::float_cmp, reason = "the very number is looked for again")]
        let place = |number: f64| (first(&|x| x == number), at);
        let mut extent = Self { min: all.min, max: all.max, ..Self::NOTHING };
        if all.min <= all.max {
            (extent.min_at, extent.max_at) = (place(all.min), place(all.max));
        }
        if all.from_whole > 0.0 {
            #[expect(clippy::float_cmp, reason = "the very number is looked for again")]
            let row = first(&|x| from_whole(x) == all.from_whole);
            extent.fraction = Some(column[row]);
        }
        if all.least < f64::INFINITY {
            #[expect(clippy::float_cmp, reason = "the very number is looked for again")]
            let row = first(&|x| x.abs() == all.least);
            extent.least = Some(column[row]);
        }
        if all.is_beyond {
            let strange = |x: &&f64| x.is_nan() || **x == f64::INFINITY;
            extent.beyond = column.iter().find(strange).copied().or(Some(f64::NEG_INFINITY));
            let masked = column.iter().position(|x| *x == f64::NEG_INFINITY);
            extent.masked_at = masked.map(|row| (row, at));
        }
        extent
    }

    /// The extent of both together; of equals the place that comes first.
    fn and(self, other: Self) -> Self {
        let distance = |fraction: Option<f64>| fraction.map_or(0.0, from_whole);
        let magnitude = |least: Option<f64>| least.map_or(f64::INFINITY, f64::abs);
        let lower = (other.min, other.min_at) < (self.min, self.min_at);
        let higher = (-other.max, other.max_at) < (-self.max, self.max_at);
        let (min, max) = (if lower { &other } else { &self }, if higher { &other } else { &self });
        let is_only_masked = self.beyond.is_none_or(|beyond| beyond == f64::NEG_INFINITY);
        Self {
            min: min.min,
            min_at: min.min_at,
            max: max.max,
            max_at: max.max_at,
            fraction: if distance(other.fraction) > distance(self.fraction) { other } else { self }.fraction,
            least: if magnitude(other.least) < magnitude(self.least) { other } else { self }.least,
            beyond: if is_only_masked { other.beyond.or(self.beyond) } else { self.beyond },
            masked_at: [self.masked_at, other.masked_at].into_iter().flatten().min(),
        }
    }

    /// The largest magnitude.
    pub const fn magnitude(&self) -> f64 {
        self.max.abs().max(self.min.abs())
    }

    /// Where the number furthest from 0 stands first, row by row.
    pub fn furthest_at(&self) -> (usize, usize) {
        let (below, above) = ((-self.min.abs(), self.min_at), (-self.max.abs(), self.max_at));
        if below < above { self.min_at } else { self.max_at }
    }

    /// Numbers of the matrix that need the most room and digits.
    pub fn sample(&self) -> impl Iterator<Item = f64> + Clone + use<> {
        [Some(self.min), Some(self.max), self.fraction, self.least, self.beyond].into_iter().flatten()
    }
}

/// How far a number is from the next whole one; 0 for what has no fraction.
fn from_whole(x: f64) -> f64 {
    // Added to so large a number, the fraction is rounded away. What is larger itself has none worth printing.
    const LARGE: f64 = 6_755_399_441_055_744.0;
    let whole = (x + LARGE) - LARGE;
    if x.abs() < LARGE / 4.0 { (x - whole).abs() } else { 0.0 }
}

/// What every fourth number of a column comes to.
#[derive(Clone, Copy)]
struct Lane {
    min: f64,
    max: f64,
    from_whole: f64,
    least: f64,
    is_beyond: bool,
}

impl Lane {
    const NOTHING: Self = Self {
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
        from_whole: 0.0,
        least: f64::INFINITY,
        is_beyond: false,
    };

    #[inline]
    fn see(&mut self, x: f64) {
        let size = x.abs();
        let is_finite = size < f64::INFINITY;
        let distance = from_whole(x);
        self.is_beyond |= !is_finite;
        self.min = if is_finite && x < self.min { x } else { self.min };
        self.max = if is_finite && x > self.max { x } else { self.max };
        self.from_whole = if distance > self.from_whole { distance } else { self.from_whole };
        self.least = if size > 0.0 && size < self.least { size } else { self.least };
    }

    fn and(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            from_whole: self.from_whole.max(other.from_whole),
            least: self.least.min(other.least),
            is_beyond: self.is_beyond || other.is_beyond,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equal_extremes_is_named_whichever_way_matrices_are_stored() {
        let matrix = Matrix::from_row_slice(2, 3, &[1.0, 4.0, -2.5, -2.5, 1.0, 4.0]);
        let extent = Extent::of(&matrix);
        assert_eq!((extent.min, extent.min_at, extent.max, extent.max_at), (-2.5, (0, 2), 4.0, (0, 1)));
        assert_eq!((extent.fraction, extent.least, extent.beyond), (Some(-2.5), Some(1.0), None));
        assert_eq!(extent.furthest_at(), (0, 1));
    }

    #[test]
    fn what_is_not_finite_is_set_apart_and_a_mask_only_where_nothing_is_worse() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let masked = Extent::of(&Matrix::from_row_slice(2, 2, &[1.0, -inf, -inf, 2.0]));
        assert_eq!((masked.min, masked.max, masked.beyond), (1.0, 2.0, Some(-inf)));
        assert_eq!(masked.masked_at, Some((0, 1)));
        for worse in [inf, nan] {
            for row in [[-inf, worse], [worse, -inf]] {
                let beyond = Extent::of(&Matrix::from_row_slice(1, 2, &row)).beyond.expect("there is one");
                assert_eq!(beyond.to_bits(), worse.to_bits());
            }
        }
        let nothing = Extent::of(&Matrix::from_row_slice(1, 1, &[nan]));
        assert_eq!((nothing.min, nothing.max), (0.0, 0.0));
    }
}
