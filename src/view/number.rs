//! Numbers as they are printed: one form for a whole matrix, honest about what was rounded away.

use super::glyphs::Glyphs;
use super::text::cells;
use crate::lesson::expression::{Form, NumberFormat};

/// How many digits stand after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Precision {
    /// The number of digits, at most [`Precision::MOST`].
    pub decimals: u8,
}

impl Default for Precision {
    fn default() -> Self {
        Self { decimals: 2 }
    }
}

impl Precision {
    /// More digits than this say nothing about a number of 64 bits.
    pub const MOST: u8 = 12;

    /// So many digits, or the most there can be.
    pub fn new(decimals: u8) -> Self {
        Self { decimals: decimals.min(Self::MOST) }
    }
}

/// From here on, fixed-point numbers are too wide to be read, and are printed in scientific form.
const HUGE: f64 = 1e7;

/// Up to here every whole number is exact: 2⁵³. Counts are printed whole as far as they are.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// From here on whole numbers are read by groups of three digits.
const GROUPED: f64 = 1e4;

/// What stands between groups of three digits.
pub const SEPARATOR: char = ',';

/// The place of the first digit below which an explanation prints a number in scientific form: 0.0001 is the last one.
const SMALLEST_FIXED: i32 = -4;

/// By how much, relative to its size, a value may differ from what is printed for it and still be called equal.
const EQUAL_WITHIN: f64 = 1e-12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Integer,
    /// Whole numbers with their digits in groups of three.
    Grouped,
    Fixed,
    Scientific,
}

/// How the numbers of one matrix are printed. It is decided once, from all of them, so that the points stand below
/// each other and a matrix of whole numbers has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    notation: Notation,
    precision: Precision,
    glyphs: Glyphs,
    width: usize,
}

impl Format {
    /// The format for these numbers.
    ///
    /// ```
    /// use qkv::view::{glyphs::Glyphs, number::{Format, Precision}};
    /// let format = Format::for_values([1.5, -2.0], Precision { decimals: 2 }, Glyphs::Unicode);
    /// assert_eq!(format.aligned(1.5), " 1.50");
    /// assert_eq!(format.aligned(-2.0), "−2.00");
    /// ```
    pub fn for_values<I>(values: I, precision: Precision, glyphs: Glyphs) -> Self
    where
        I: IntoIterator<Item = f64>,
        I::IntoIter: Clone,
    {
        let values = values.into_iter();
        let mut finite = values.clone().filter(|value| value.is_finite());
        let most = finite.clone().fold(0.0, |most: f64, value| most.max(value.abs()));
        let notation = if most <= LARGEST_WHOLE && finite.all(is_whole) {
            if most >= GROUPED { Notation::Grouped } else { Notation::Integer }
        } else if most >= HUGE {
            Notation::Scientific
        } else {
            Notation::Fixed
        };
        let precision = Precision::new(precision.decimals);
        let mut format = Self { notation, precision, glyphs, width: 0 };
        format.width = values.map(|value| cells(&format.number(value))).max().unwrap_or(0);
        format
    }

    /// The width of the widest number, in cells.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number as it stands in its matrix, without blanks. An exact zero is `0`; what only rounds to zero is `0.00`,
    /// without a sign.
    pub fn number(&self, value: f64) -> String {
        let decimals = usize::from(self.precision.decimals);
        match self.notation {
            // An exact zero is told apart from a small number that only rounds to it.
            Notation::Fixed | Notation::Scientific if value == 0.0 => "0".to_owned(),
            Notation::Integer => print(value, self.glyphs, |size| format!("{size:.0}")),
            Notation::Grouped => print(value, self.glyphs, |size| grouped(&format!("{size:.0}"))),
            Notation::Fixed => print(value, self.glyphs, |size| format!("{size:.decimals$}")),
            Notation::Scientific => print(value, self.glyphs, |size| format!("{size:.decimals$e}")),
        }
    }

    /// The number with blanks before it, as wide as every other of its matrix.
    pub fn aligned(&self, value: f64) -> String {
        let number = self.number(value);
        " ".repeat(self.width.saturating_sub(cells(&number))) + &number
    }

    /// The number for an explanation: as in the matrix, but a small one gets as many more digits as it takes to show
    /// two that count, and scientific form where that would be too long.
    ///
    /// ```
    /// use qkv::view::{glyphs::Glyphs, number::{Format, Precision}};
    /// let format = Format::for_values([3.0, 0.0123], Precision { decimals: 2 }, Glyphs::Unicode);
    /// assert_eq!(format.number(0.0123), "0.01");
    /// assert_eq!(format.explained(0.0123), "0.012");
    /// assert_eq!(format.explained(0.000_000_11), "1.1e−7");
    /// assert_eq!(format.explained(3.0), "3.00");
    /// ```
    pub fn explained(&self, value: f64) -> String {
        let as_in_the_matrix = self.number(value);
        if self.notation == Notation::Scientific || exact(&as_in_the_matrix, value) {
            return as_in_the_matrix;
        }
        let first_digit = value.abs().log10().floor() as i32;
        if first_digit < SMALLEST_FIXED {
            return print(value, self.glyphs, |size| format!("{size:.1e}"));
        }
        let decimals = i32::from(self.precision.decimals).max(1 - first_digit) as usize;
        print(value, self.glyphs, |size| format!("{size:.decimals$}"))
    }
}

/// A number as prose asks for it, on a screen that shows so many decimals.
///
/// ```
/// use qkv::lesson::expression::{Form, NumberFormat};
/// use qkv::view::{glyphs::Glyphs, number::written};
/// let percent = NumberFormat { decimals: Some(1), form: Form::Percent };
/// assert_eq!(written(0.4231, percent, 2, Glyphs::Unicode), "42.3%");
/// let powers = NumberFormat { decimals: Some(1), form: Form::Scientific };
/// assert_eq!(written(0.00042, powers, 2, Glyphs::Unicode), "4.2e−4");
/// ```
pub fn written(value: f64, format: NumberFormat, shown: u8, glyphs: Glyphs) -> String {
    let precision = |usual| Precision::new(format.decimals.unwrap_or(usual));
    match format.form {
        Form::Plain => Format::for_values([value], precision(shown), glyphs).number(value),
        Form::Percent => {
            let decimals = usize::from(precision(0).decimals);
            print(100.0 * value, glyphs, |size| format!("{size:.decimals$}")) + "%"
        }
        Form::Scientific => {
            let decimals = usize::from(precision(shown).decimals);
            print(value, glyphs, |size| format!("{size:.decimals$e}"))
        }
    }
}

/// What may stand between a calculation and its result, both as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The arithmetic adds up as it is printed: `=`.
    Equal,
    /// It adds up only before rounding: `≈`.
    Approximate,
}

impl Relation {
    /// The relation between what the printed operands come to and the printed result.
    ///
    /// ```
    /// use qkv::view::number::Relation;
    /// assert_eq!(Relation::of(1.50 * 2.0, "3.00"), Relation::Equal);
    /// assert_eq!(Relation::of(0.33 * 3.0, "1"), Relation::Approximate);
    /// ```
    pub fn of(operands: f64, result: &str) -> Self {
        let same = parse(result).is_some_and(|result| {
            let both_infinite = operands.is_infinite() && operands.total_cmp(&result).is_eq();
            let neither_is_a_number = operands.is_nan() && result.is_nan();
            both_infinite
                || neither_is_a_number
                || (operands - result).abs() <= EQUAL_WITHIN * operands.abs().max(1.0)
        });
        if same { Self::Equal } else { Self::Approximate }
    }

    /// The sign, without blanks.
    pub const fn sign(self, glyphs: Glyphs) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Approximate => glyphs.approximately(),
        }
    }
}

/// Whether a printed number is the value itself, but for the last digits of its 64 bits (10⁻¹² of its size).
pub fn exact(printed: &str, value: f64) -> bool {
    parse(printed).is_some_and(|read| {
        if value.is_finite() {
            (read - value).abs() <= EQUAL_WITHIN * value.abs()
        } else {
            read.total_cmp(&value).is_eq() || read.is_nan() && value.is_nan()
        }
    })
}

/// Reads a number back that was printed here, with the signs of either set.
pub fn parse(printed: &str) -> Option<f64> {
    printed.trim().replace('−', "-").replace('∞', "inf").replace(SEPARATOR, "").parse().ok()
}

/// A number for scripts: the shortest text that reads back as the same number (`0.1`, `3`, `1e-7`, `-inf`, `NaN`).
/// Negative zero is `0`.
pub fn shortest(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let text = format!("{value:?}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The digits of a whole number in groups of three: `175,181,291,520`.
pub fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(SEPARATOR);
        }
        text.push(digit);
    }
    text
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() <= EQUAL_WITHIN * value.abs().max(1.0)
}

/// Prints a value whose digits `digits` makes from its size. A sign stands only before something that is not all zeros.
fn print(value: f64, glyphs: Glyphs, digits: impl Fn(f64) -> String) -> String {
    let size = match (value.is_nan(), value.is_infinite()) {
        (true, _) => return "NaN".to_owned(),
        (false, true) => glyphs.infinity().to_owned(),
        (false, false) => digits(value.abs()).replace('-', glyphs.minus()),
    };
    let vanishes = size.chars().all(|sign| matches!(sign, '0' | '.' | 'e'));
    if value < 0.0 && !vanishes { glyphs.minus().to_owned() + &size } else { size }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn format(values: &[f64], decimals: u8) -> Format {
        Format::for_values(values.iter().copied(), Precision { decimals }, Glyphs::Unicode)
    }

    fn printed(values: &[f64], decimals: u8) -> Vec<String> {
        values.iter().map(|value| format(values, decimals).aligned(*value)).collect()
    }

    #[test]
    fn a_matrix_of_whole_numbers_has_no_points_and_a_matrix_with_one_fraction_has_them_everywhere() {
        assert_eq!(printed(&[1.0, -20.0, 0.0], 2), ["  1", "−20", "  0"]);
        assert_eq!(printed(&[1.0, -20.5, 0.0], 2), ["  1.00", "−20.50", "     0"]);
        assert_eq!(
            printed(&[0.1 + 0.2 + 0.7, 3.0 * 0.1 * 10.0], 2),
            ["1", "3"],
            "rounding noise is no fraction"
        );
    }

    #[test]
    fn large_whole_numbers_are_printed_whole_in_groups_of_three_as_far_as_they_are_exact() {
        assert_eq!(printed(&[175_181_291_520.0, 96.0], 2), ["175,181,291,520", "             96"]);
        assert_eq!(printed(&[9999.0], 2), ["9999"]);
        assert_eq!(printed(&[-10_000.0, 0.0], 2), ["−10,000", "      0"]);
        assert_eq!(printed(&[9_007_199_254_740_992.0], 2), ["9,007,199,254,740,992"]);
        assert_eq!(printed(&[18_014_398_509_481_984.0], 2), ["1.80e16"]);
        assert_eq!(printed(&[12_345.5], 1), ["12345.5"], "only whole numbers have groups");
        assert_eq!(parse("175,181,291,520"), Some(175_181_291_520.0));
    }

    #[test]
    fn what_is_masked_is_infinite_and_decides_nothing() {
        assert_eq!(printed(&[1.0, f64::NEG_INFINITY], 2), [" 1", "−∞"]);
        let ascii = Format::for_values([1.0, f64::NEG_INFINITY], Precision::default(), Glyphs::Ascii);
        assert_eq!(ascii.aligned(f64::NEG_INFINITY), "-inf");
        assert_eq!(printed(&[f64::INFINITY, f64::NAN], 2), ["  ∞", "NaN"]);
    }

    #[test]
    fn nothing_is_minus_zero() {
        assert_eq!(printed(&[-0.0, -0.001, 0.5], 2), ["   0", "0.00", "0.50"]);
        assert_eq!(printed(&[-0.0, 7.0], 2), ["0", "7"]);
        assert_eq!(printed(&[-0.0, 1e300], 1), ["      0", "1.0e300"]);
        assert_eq!(shortest(-0.0), "0");
    }

    #[test]
    fn huge_numbers_do_not_blow_the_width() {
        assert_eq!(printed(&[1e300, -2.5e-7], 2), ["1.00e300", "−2.50e−7"]);
        assert!(format(&[f64::MAX, f64::MIN], 12).width() <= 20);
    }

    #[test]
    fn a_matrix_without_numbers_has_no_width() {
        assert_eq!(format(&[], 2).width(), 0);
    }

    #[test]
    fn an_explanation_shows_two_digits_that_count() {
        let all = [1.5, 0.0];
        let explained = |value| format(&all, 2).explained(value);
        assert_eq!(explained(0.012_345), "0.012");
        assert_eq!(explained(-0.000_123_4), "−0.00012");
        assert_eq!(explained(0.000_012_34), "1.2e−5");
        assert_eq!(explained(0.05), "0.05");
        assert_eq!(explained(0.0), "0");
        assert_eq!(explained(f64::NEG_INFINITY), "−∞");
        assert_eq!(format(&[1.0, 2.0], 2).explained(2.0), "2");
        assert_eq!(format(&all, 0).explained(2.5), "2.5");
    }

    #[test]
    fn equal_is_claimed_only_of_what_is_printed_in_full() {
        assert!(exact("0.30", 0.1 + 0.2), "the last bit does not count");
        assert!(exact("−∞", f64::NEG_INFINITY) && exact("-inf", f64::NEG_INFINITY) && exact("NaN", f64::NAN));
        assert!(!exact("0.33", 1.0 / 3.0));
        assert!(!exact("0.00", 1e-9));
        assert!(!exact("∞", 1.0) && !exact("1", f64::INFINITY) && !exact("one", 1.0));
        assert_eq!(Relation::of(3.1 * 3.0, "9.30").sign(Glyphs::Unicode), "=");
        assert_eq!(Relation::of(3.1 * 3.0, "9.31").sign(Glyphs::Unicode), "≈");
        assert_eq!(Relation::of(f64::NEG_INFINITY, "−∞"), Relation::Equal);
        assert_eq!(Relation::of(f64::NAN, "0.00"), Relation::Approximate);
    }

    #[test]
    fn scripts_get_the_shortest_text() {
        assert_eq!([0.1, 3.0, 1e-7, 1e300, -2.5].map(shortest), ["0.1", "3", "1e-7", "1e300", "-2.5"]);
    }

    fn finite() -> impl Strategy<Value = f64> {
        prop_oneof![-1e3..1e3, -1e-3..1e-3, -1e9..1e9, (-50_i32..50).prop_map(f64::from), any::<f64>()]
            .prop_filter("half a unit more or less is a number as well", |value: &f64| {
                *value == 0.0 || (1e-290..1e300).contains(&value.abs())
            })
    }

    proptest! {
        #[test]
        fn a_printed_number_is_within_half_a_unit_of_its_last_digit(
            values in prop::collection::vec(finite(), 1..6),
            decimals in 0_u8..=6,
        ) {
            let format = format(&values, decimals);
            for value in values {
                let text = format.number(value);
                let digits = text.split('e').next().unwrap();
                let exponent: i32 = text.split_once('e').map_or(0, |(_, e)| e.replace('−', "-").parse().unwrap());
                let places = digits.split_once('.').map_or(0, |(_, after)| after.len() as u16);
                let unit = 10_f64.powi(exponent) / 10_f64.powi(places.into());
                let read = parse(&text).unwrap();
                let slack = 1e-9 * unit.max(value.abs() * 1e-6);
                prop_assert!((read - value).abs() <= unit / 2.0 + slack, "{} for {}", text, value);
            }
        }

        #[test]
        fn every_number_of_a_matrix_has_the_same_width(
            values in prop::collection::vec(any::<f64>(), 1..6),
            decimals in 0_u8..=20,
        ) {
            let format = format(&values, decimals);
            for value in values {
                prop_assert_eq!(cells(&format.aligned(value)), format.width());
            }
            prop_assert!(format.width() <= 24);
        }

        #[test]
        fn no_zero_has_a_sign(value in -1.0..0.0, decimals in 0_u8..4) {
            let text = format(&[value, 0.5], decimals).number(value);
            prop_assert!(!text.starts_with('−') || text.contains(|c: char| c.is_ascii_digit() && c != '0'), "{}", text);
        }

        #[test]
        fn an_explained_number_is_right_to_two_digits(value in finite(), decimals in 0_u8..5) {
            let read = parse(&format(&[0.5], decimals).explained(value)).unwrap();
            prop_assert!((read - value).abs() <= 0.05001 * value.abs(), "{} for {}", read, value);
        }

        #[test]
        fn the_shortest_text_reads_back_as_the_same_number(value in any::<f64>()) {
            let read: f64 = shortest(value).parse().unwrap();
            prop_assert!(read.to_bits() == (value + 0.0).to_bits() || read.is_nan() && value.is_nan());
        }
    }
}
