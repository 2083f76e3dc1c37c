//! Whole numbers that are reckoned from sizes and remember how.

use std::ops::{Add, Mul, Sub};

use crate::graph::{Constant, Expr};

/// Up to here every whole number is a number of 64 bits exactly: 2⁵³.
pub const MOST: u64 = 1 << 53;

/// A whole number with its formula; nothing in place of the number if it, or a number on the way to it, is larger
/// than [`MOST`].
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    formula: Expr,
    value: Option<u64>,
}

impl Count {
    /// A size and how it reads in a formula: `d_model`.
    pub fn size(symbol: &str, value: u64) -> Self {
        let constant = Constant { value: value as f64, symbol: symbol.to_owned() };
        Self { formula: Expr::Constant(constant), value: Some(value).filter(|value| *value <= MOST) }
    }

    /// A number that is written as it is.
    pub fn number(value: u64) -> Self {
        Self::size(&value.to_string(), value)
    }

    /// The formula, made of constants only.
    pub const fn formula(&self) -> &Expr {
        &self.formula
    }

    /// The number; `None` if it is larger than [`MOST`].
    pub const fn value(&self) -> Option<u64> {
        self.value
    }

    /// One of two parts that are equal.
    #[must_use]
    pub fn halved(self) -> Self {
        let formula = self.formula.over(Self::number(2).formula);
        Self { formula, value: self.value.map(|value| value / 2) }
    }

    /// The sum of several; 0 of none.
    pub fn sum(counts: impl IntoIterator<Item = Self>) -> Self {
        counts.into_iter().reduce(|sum, count| &sum + &count).unwrap_or_else(|| Self::number(0))
    }

    fn joined(&self, other: &Self, formula: Expr, join: fn(u64, u64) -> Option<u64>) -> Self {
        let value = self.value.zip(other.value).and_then(|(a, b)| join(a, b));
        Self { formula, value: value.filter(|value| *value <= MOST) }
    }
}

impl Add for &Count {
    type Output = Count;

    fn add(self, other: Self) -> Count {
        self.joined(other, self.formula.clone().plus(other.formula.clone()), u64::checked_add)
    }
}

impl Sub for &Count {
    type Output = Count;

    fn sub(self, other: Self) -> Count {
        self.joined(other, self.formula.clone().minus(other.formula.clone()), u64::checked_sub)
    }
}

impl Mul for &Count {
    type Output = Count;

    fn mul(self, other: Self) -> Count {
        self.joined(other, self.formula.clone().times(other.formula.clone()), u64::checked_mul)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_exact_or_refused() {
        let half = Count::number(MOST / 2);
        assert_eq!((&half + &half).value(), Some(MOST));
        assert_eq!((&(&half + &half) + &Count::number(1)).value(), None);
        assert_eq!((&half * &Count::number(3)).value(), None);
        assert_eq!(Count::number(u64::MAX).value(), None);
        assert_eq!((&Count::number(1) - &Count::number(2)).value(), None);
        let much = Count::number(u64::MAX / 2 + 1);
        assert_eq!((&much * &Count::number(2)).value(), None, "it does not wrap round to 0");
    }

    #[test]
    fn half_of_n_times_n_plus_1_is_the_triangle() {
        let n = Count::size("n", 5);
        assert_eq!((&n * &(&n + &Count::number(1))).halved().value(), Some(1 + 2 + 3 + 4 + 5));
    }
}
