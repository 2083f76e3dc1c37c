//! Positions, measures and comparisons of any earlier matrix.

use std::sync::Arc;

use qkv::graph::{NodeId, Op, Quantity, Shape, Side, op};
use qkv::math::{Angles, Pairs, Slowest};
use qkv::transformer::{Cosines, Naming, PrincipalComponents, Spread, SpreadUnit};

use super::{Choice, Kitchen, Step};

impl Kitchen {
    /// One-hot rows, sinusoids, or a matrix turned by its positions.
    pub(super) fn position(&mut self, step: &Step, of: NodeId) {
        let (rows, columns) = (self.axis(step, 0), self.axis(step, 1));
        let op = match step.choice {
            Choice::First => {
                let entry =
                    |row: usize| step.numbers[row % step.numbers.len()].to_bits() as usize % columns.size();
                let entries = (0..rows.size()).map(entry).collect();
                Op::OneHot(op::OneHot { entries, positions: rows, vocabulary: Arc::clone(&columns) })
            }
            Choice::Second => {
                Op::Sinusoids(op::Sinusoids { positions: rows, features: columns, angles: angles(step) })
            }
            Choice::Third => Op::Rotate(op::Rotate { of, angles: angles(step) }),
        };
        self.push(op);
    }

    /// One number for each row or column.
    pub(super) fn measure(&mut self, step: &Step, of: NodeId) {
        let each = if step.allowed[0] { Side::Rows } else { Side::Columns };
        let plain = [
            Quantity::Sum,
            Quantity::Mean,
            Quantity::MeanSquare,
            Quantity::Minimum,
            Quantity::Maximum,
            Quantity::FirstSmallest,
            Quantity::FirstLargest,
            Quantity::Norm,
            Quantity::Entropy,
        ];
        if let Some(quantity) = plain.get(step.picks[1].index(plain.len() + 2)) {
            self.push(Op::Measure(op::Measure { of, each, quantity: *quantity }));
        } else {
            let unit = if step.allowed.len() > 1 { SpreadUnit::Variance } else { SpreadUnit::Deviation };
            let naming = self.naming();
            Spread { of, each, unit }.build(&mut self.graph, &naming).expect("the names are free");
        }
    }

    /// Rows beside rows: unit lengths, cosines, distances, principal components, shares.
    pub(super) fn compare(&mut self, step: &Step, of: NodeId) {
        let Shape { rows, columns } = self.graph.node(of).shape.clone();
        let naming = self.naming();
        match step.picks[1].index(5) {
            0 => self.push(Op::UnitRows(op::UnitRows { of })),
            1 => {
                let right = self.partner(step, Side::Columns, &columns);
                Cosines { left: of, right }
                    .build(&mut self.graph, &naming)
                    .expect("everything is made to fit");
            }
            2 => {
                let right = self.partner(step, Side::Columns, &columns);
                self.push(Op::Distances(op::Distances { left: of, right }));
            }
            3 => {
                let count = 1 + step.picks[2].index(columns.size());
                PrincipalComponents { of, count }
                    .build(&mut self.graph, &naming)
                    .expect("everything is made to fit");
            }
            _ => {
                let whole = self.partner(step, Side::Rows, &rows);
                self.push(Op::ShareOf(op::ShareOf { part: of, whole }));
            }
        }
    }

    fn naming(&self) -> Naming {
        Naming { prefix: format!("b{}", self.graph.len()), suffix: "@main".to_owned() }
    }
}

fn angles(step: &Step) -> Angles {
    let first = step.numbers.first().copied().filter(|number| number.is_finite());
    Angles {
        pairs: if step.allowed[0] { Pairs::Interleaved } else { Pairs::Halves },
        slowest: if step.allowed.len() > 1 { Slowest::BelowBase } else { Slowest::Base },
        base: if step.picks[2].index(2) == 0 { 10_000.0 } else { 3.5 },
        first: first.unwrap_or(1.0),
    }
}
