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
        let blocks = math::look_at_columns(matrix, |_, block| {
            block.chunks_exact(rows).map(Column::of).collect::<Vec<_>>()
        });
        let columns: Vec<_> = blocks.into_iter().flatten().collect();
        let all = columns.iter().copied().fold(Column::NOTHING, Column::and);
        // Only columns that have the number are searched for it.
        let first = |has: &dyn Fn(&Column) -> bool, wanted: &dyn Fn(f64) -> bool| {
            let columns = columns.iter().enumerate().filter(|(_, column)| has(column));
            let place = |(at, _)| Some((matrix.column(at).iter().position(|x| wanted(*x))?, at));
            columns.filter_map(place).min()
        };
        #[expect(clippy::float_cmp, reason = "the very number is looked for again")]
        let place = |of: fn(&Column) -> f64, rank: fn(f64) -> f64| {
            let wanted = of(&all);
            // An infinity says here that there is no such number.
            wanted
                .is_finite()
                .then(|| first(&|column| of(column) == wanted, &|x| rank(x) == wanted))
                .flatten()
        };
        let number = |place: (usize, usize)| matrix[place];
        let (min_at, max_at) = (place(|column| column.min, |x| x), place(|column| column.max, |x| x));
        let masked_at = first(&|column| column.is_masked, &|x| x == f64::NEG_INFINITY);
        let strange_at = first(&|column| column.is_strange, &is_strange);
        let is_whole = all.from_whole <= 0.0;
        Self {
            min: min_at.map_or(0.0, number),
            min_at: min_at.unwrap_or_default(),
            max: max_at.map_or(0.0, number),
            max_at: max_at.unwrap_or_default(),
            fraction: if is_whole { None } else { place(|column| column.from_whole, from_whole).map(number) },
            least: place(|column| column.least, f64::abs).map(number),
            beyond: strange_at.or(masked_at).map(number),
            masked_at,
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

/// From here on no number has a fraction worth printing.
const WHOLE_FROM: f64 = 1_688_849_860_263_936.0;

/// How far a number is from the next whole one; 0 for what has no fraction.
fn from_whole(x: f64) -> f64 {
    if x.abs() < WHOLE_FROM { distance(x) } else { 0.0 }
}

/// How far a number below [`WHOLE_FROM`] is from the next whole one.
fn distance(x: f64) -> f64 {
    // Added to so large a number, the fraction is rounded away.
    const LARGE: f64 = 4.0 * WHOLE_FROM;
    (x - ((x + LARGE) - LARGE)).abs()
}

/// No number that can be printed, and none that a mask leaves.
fn is_strange(x: f64) -> bool {
    x.is_nan() || x == f64::INFINITY
}

/// What the numbers of a column come to.
#[derive(Clone, Copy)]
struct Column {
    min: f64,
    max: f64,
    from_whole: f64,
    least: f64,
    is_strange: bool,
    is_masked: bool,
}

impl Column {
    const NOTHING: Self = Self {
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
        from_whole: 0.0,
        least: f64::INFINITY,
        is_strange: false,
        is_masked: false,
    };

    fn of(numbers: &[f64]) -> Self {
        // Times 0, what is not finite is missing; so are sums of it, and what is missing is passed over below.
        let is_finite = !fold(numbers, 0.0, |sum, x| sum + x * 0.0, |a, b| a + b).is_nan();
        let (min, max) = if is_finite {
            (least(numbers, |x| x), most(numbers, |x| x))
        } else {
            (least(numbers, |x| x * 0.0 + x), most(numbers, |x| x * 0.0 + x))
        };
        let from_whole =
            if larger(max, -min) < WHOLE_FROM { most(numbers, distance) } else { most(numbers, from_whole) };
        Self {
            min,
            max,
            from_whole: larger(0.0, from_whole),
            least: least(numbers, |x| if x == 0.0 { f64::NAN } else { x.abs() }),
            is_strange: !is_finite && numbers.iter().any(|x| is_strange(*x)),
            is_masked: !is_finite && numbers.contains(&f64::NEG_INFINITY),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            min: smaller(self.min, other.min),
            max: larger(self.max, other.max),
            from_whole: larger(self.from_whole, other.from_whole),
            least: smaller(self.least, other.least),
            is_strange: self.is_strange || other.is_strange,
            is_masked: self.is_masked || other.is_masked,
        }
    }
}

/// So many numbers are looked at side by side, which processors do several times faster than one by one.
const LANES: usize = 8;

/// The smallest of what `of` gives for each number, without what is missing; ∞ if that is all.
fn least(numbers: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    fold(numbers, f64::INFINITY, |least, x| smaller(least, of(x)), smaller)
}

/// The largest of what `of` gives for each number, without what is missing; −∞ if that is all.
fn most(numbers: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    fold(numbers, f64::NEG_INFINITY, |most, x| larger(most, of(x)), larger)
}

fn fold(
    numbers: &[f64],
    nothing: f64,
    take: impl Fn(f64, f64) -> f64,
    join: impl Fn(f64, f64) -> f64,
) -> f64 {
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [nothing; LANES];
    for chunk in chunks {
        lanes = std::array::from_fn(|lane| take(lanes[lane], chunk[lane]));
    }
    let rest = rest.iter().fold(nothing, |all, x| take(all, *x));
    lanes.into_iter().fold(rest, join)
}

/// The second number if it is smaller.
const fn smaller(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The second number if it is larger, which is one instruction.
const fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
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
        let hidden = Extent::of(&Matrix::from_row_slice(1, 2, &[-inf, -inf]));
        assert_eq!((hidden.min, hidden.max, hidden.least), (0.0, 0.0, None));
        assert_eq!(Extent::of(&Matrix::from_row_slice(1, 2, &[0.0, -inf])).least, None);
    }

    /// What is found one by one, by the words of the documentation.
    fn one_by_one(numbers: &[f64]) -> Column {
        let finite = || numbers.iter().copied().filter(|x| x.is_finite());
        Column {
            min: finite().fold(f64::INFINITY, f64::min),
            max: finite().fold(f64::NEG_INFINITY, f64::max),
            from_whole: finite().map(|x| (x - x.round_ties_even()).abs()).fold(0.0, f64::max),
            least: finite().filter(|x| *x != 0.0).map(f64::abs).fold(f64::INFINITY, f64::min),
            is_strange: numbers.iter().any(|x| x.is_nan() || *x == f64::INFINITY),
            is_masked: numbers.contains(&f64::NEG_INFINITY),
        }
    }

    #[test]
    fn what_is_found_side_by_side_is_what_is_found_one_by_one() {
        let others = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, 1e300, -1e300, 4e15, -3.5];
        let assert_found = |numbers: &[f64]| {
            let (found, wanted) = (Column::of(numbers), one_by_one(numbers));
            let all = |column: Column| {
                let Column { min, max, from_whole, least, is_strange, is_masked } = column;
                ([min, max, from_whole, least].map(|x| (x + 0.0).to_bits()), is_strange, is_masked)
            };
            assert_eq!(all(found), all(wanted), "{numbers:?}");
        };
        for count in 0..40 {
            for deviation in [1.0, 1e12, 1e-12] {
                let random = math::random(count, 1, count as u64, deviation);
                assert_found(random.as_slice());
                for at in 0..count {
                    for (n, other) in others.into_iter().enumerate() {
                        let mut numbers = random.as_slice().to_vec();
                        numbers[at] = other;
                        numbers[(5 * at + n) % count] = others[(n + count) % others.len()];
                        assert_found(&numbers);
                    }
                }
            }
        }
    }
}
