//! What to type where numbers are wrong, made of the numbers that stand in the file.

use crate::language::{Localised, joined};

/// More numbers than these are counted and not drawn.
const DRAWN: usize = 8;
/// Larger divisors are not looked for, other than the number itself.
const SMALL: u64 = 1000;
/// More divisors than these are not listed.
const LISTED: usize = 12;

/// A matrix of one row as it is typed: `[[…, …, …]]`.
pub(super) fn one_row(count: usize) -> String {
    let dots = if count <= DRAWN { vec!["…"; count.max(1)].join(", ") } else { "…".to_owned() };
    format!("[[{dots}]]")
}

/// The small numbers that divide a number and the number itself, the smallest first: `1, 2, 3, 4, 6 or 12`.
pub(super) fn divisors(of: u64) -> Localised<String> {
    let small = (1..=SMALL.min(of / 2)).filter(|number| of.is_multiple_of(*number)).take(LISTED - 1);
    joined(small.chain([of]).map(|number| number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_divisors_are_written_as_they_are_typed() {
        assert_eq!(one_row(3), "[[…, …, …]]");
        assert_eq!(one_row(64), "[[…]]");
        assert_eq!(divisors(12).en, "1, 2, 3, 4, 6 or 12");
        assert_eq!(divisors(12).zh, "1、2、3、4、6 或 12");
        assert_eq!(divisors(1).en, "1");
        assert_eq!(divisors(9_007_199_254_740_881).en, "1 or 9007199254740881");
    }
}
