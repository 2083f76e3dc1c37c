//! Numbers that a lesson's source has printed, beside those that are computed.

use super::expression::Resolved;
use super::{Prose, Text};
use crate::graph::Trace;
use crate::language::Localised;

/// Some numbers of a source.
#[derive(Debug, Clone)]
pub struct Published {
    /// How the lesson writes what they are.
    pub of: String,
    /// The numbers, row by row.
    pub rows: Vec<Vec<Printed>>,
    /// Where they were printed.
    pub source: Option<Text>,
    /// Why they differ from what is computed.
    pub because: Option<Localised<Prose>>,
    /// How many decimals they have.
    pub decimals: u8,
}

/// One number of a source.
#[derive(Debug, Clone)]
pub struct Printed {
    /// How it was printed.
    pub written: String,
    /// What it is worth.
    pub number: f64,
    /// What the lesson computes in its place.
    pub computed: Resolved,
}

impl Printed {
    /// The computed number.
    pub fn computed(&self, trace: &Trace) -> f64 {
        self.computed.number(trace)
    }
}

impl Published {
    /// Whether any of them is not the computed number, rounded to as many decimals as were printed.
    ///
    /// Whole numbers are rounded only beside numbers that have decimals: `112` stands for 112 and nothing near it.
    pub fn differs(&self, trace: &Trace) -> bool {
        !self.differing(trace).is_empty()
    }

    /// The rows and columns of those that are not.
    pub fn differing(&self, trace: &Trace) -> Vec<(usize, usize)> {
        let numbers = self.rows.iter().enumerate().flat_map(|(row, numbers)| {
            numbers.iter().enumerate().map(move |(column, printed)| (row, column, printed))
        });
        numbers
            .filter(|(_, _, printed)| !self.agrees(printed, trace))
            .map(|(row, column, _)| (row, column))
            .collect()
    }

    fn agrees(&self, printed: &Printed, trace: &Trace) -> bool {
        let (number, computed) = (printed.number, printed.computed(trace));
        let allowed = if self.decimals == 0 { 0.0 } else { 0.5 * 10_f64.powi(-i32::from(self.decimals)) };
        let rounding = 1e-9 * number.abs().max(1.0);
        number.total_cmp(&computed).is_eq() || (number - computed).abs() <= allowed + rounding
    }
}
