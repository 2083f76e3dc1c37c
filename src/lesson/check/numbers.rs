//! What to type where numbers are wrong, made of the numbers that stand in the file.

use crate::language::{Localised, joined};

/// More numbers than these are counted and not drawn.
const DRAWN: usize = 8;
/// More divisors than these are not listed.
const LISTED: usize = 12;

/// A matrix of one row as it is typed: `[[…, …, …]]`.
pub(super) fn one_row(count: usize) -> String {
    let dots = if count <= DRAWN { vec!["…"; count.max(1)].join(", ") } else { "…".to_owned() };
    format!("[[{dots}]]")
}

/// The numbers that divide a number, the smallest first: `1, 2, 3, 4, 6 or 12`.
pub(super) fn divisors(of: u64) -> Localised<String> {
    let all = (1..=of).filter(|number| of.is_multiple_of(*number)).take(LISTED);
    joined(all.map(|number| number.to_string()))
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
    }
}
