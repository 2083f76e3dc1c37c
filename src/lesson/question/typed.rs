//! What a learner types as an answer, read as people write numbers and shapes.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Graph;
use crate::lesson::expression::{self, Scope};

/// What a typed number may mean: digits, arithmetic, per cent, an infinity, or `NaN`. Much of the world writes `0,58` for
/// what others write `0.58`, and `1,234` may be either.
pub(super) fn read_numbers(typed: &str) -> Vec<f64> {
    let typed = typed.trim().replace(['−', '—', '–'], "-");
    match typed.to_ascii_lowercase().as_str() {
        "-inf" | "-∞" | "-infinity" => return vec![f64::NEG_INFINITY],
        "inf" | "∞" | "+∞" | "infinity" => return vec![f64::INFINITY],
        "nan" => return vec![f64::NAN],
        _ => {}
    }
    let (typed, unit) = typed.strip_suffix('%').map_or((typed.as_str(), 1.0), |number| (number, 0.01));
    let (graph, sizes, broken) = (Graph::default(), BTreeMap::new(), BTreeSet::new());
    let scope = Scope { graph: &graph, sizes: &sizes, broken: &broken };
    let read = |text: &str| Some(expression::parse(text).ok()?.constant(&scope).ok()? * unit);
    let ways = if typed.contains(',') {
        vec![typed.replacen(',', ".", 1), typed.replace(',', "")]
    } else {
        vec![typed.to_owned()]
    };
    ways.iter().filter_map(|text| read(text)).collect()
}

/// A typed shape: `8 2`, `8×2`, `8x2`, `8, 2`.
pub(super) fn read_shape(typed: &str) -> Option<(usize, usize)> {
    let numbers = typed.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let numbers: Vec<usize> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    let [rows, columns] = numbers[..] else { return None };
    Some((rows, columns))
}

/// Whether a number is right to so many decimals: at most half a unit of the last one away.
///
/// From ten million on a screen shows powers of ten, and the decimals are those of what stands before them.
pub(super) fn is_near(typed: f64, value: f64, decimals: u8) -> bool {
    if !value.is_finite() || !typed.is_finite() {
        return typed.total_cmp(&value).is_eq() || typed.is_nan() && value.is_nan();
    }
    let power = if value.abs() >= 1e7 { value.abs().log10().floor() } else { 0.0 };
    let half = 0.5 * 10_f64.powf(power - f64::from(decimals));
    (typed - value).abs() <= half * (1.0 + 1e-9) + 1e-12 * value.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_right_to_the_shown_precision_and_no_further() {
        assert!(is_near(0.58, 0.5799, 2) && is_near(0.5799, 0.5799, 2) && is_near(0.575, 0.5799, 2));
        assert!(!is_near(0.57, 0.5799, 2) && !is_near(0.5, 0.58, 2));
        assert!(is_near(0.5, 0.54, 1) && !is_near(0.5, 0.56, 1));
        // Half a unit is on both sides of what is shown: 0.125 reads 0.12 or 0.13.
        assert!(is_near(0.12, 0.125, 2) && is_near(0.13, 0.125, 2));
        assert!(is_near(1.5e8, 1.504e8, 2) && !is_near(1.5e8, 1.514e8, 2));
    }

    #[test]
    fn infinities_are_right_only_as_themselves() {
        assert_eq!(read_numbers("−∞"), [f64::NEG_INFINITY]);
        assert!(is_near(f64::NEG_INFINITY, f64::NEG_INFINITY, 2));
        assert!(!is_near(-1e300, f64::NEG_INFINITY, 2) && !is_near(f64::INFINITY, f64::NEG_INFINITY, 2));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(read_numbers(" 0.58 "), [0.58]);
        assert_eq!(read_numbers("58%"), [0.58]);
        assert!(read_numbers("0,58").contains(&0.58));
        assert!(read_numbers("150,994,944").contains(&150_994_944.0));
        assert_eq!(read_numbers("-.5"), [-0.5]);
        assert_eq!(read_numbers("−2"), [-2.0]);
        assert_eq!(read_numbers("6/8"), [0.75]);
        assert_eq!(read_numbers("sqrt(4)"), [2.0]);
        for typed in ["", "x", "1 2", "1/0", "0.5.5", "X[1, 1]", "%", ","] {
            assert!(read_numbers(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn shapes_are_read_with_any_sign_between_them() {
        for typed in ["8 2", "8×2", "8x2", "8, 2", "(8,2)", "8*2"] {
            assert_eq!(read_shape(typed), Some((8, 2)), "{typed}");
        }
        for typed in ["", "8", "8 2 1", "99999999999999999999 1"] {
            assert_eq!(read_shape(typed), None, "{typed}");
        }
    }
}
