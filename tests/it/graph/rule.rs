//! What the rules that compare the numbers of a row must give, said again in another way.

use qkv::graph::op::{Choosing, Keeping};
use qkv::graph::{Cell, Draw, NodeId, Op, Reason, Trace, op};

/// Whether a rule may say this of a cell of the node.
pub(crate) fn is_so(trace: &Trace, op: &Op, at: Cell, reason: Reason) -> bool {
    match (op, reason) {
        (Op::Keep(op::Keep { by, keeping, .. }), _) => {
            let kept = keeps(&row(trace, *by, at.row), at.column, *keeping);
            reason == if kept { Reason::Kept(*keeping) } else { Reason::NotKept(*keeping) }
        }
        (Op::Choose(op::Choose { of, choosing: Choosing::Greedy }), _) => {
            let row = row(trace, *of, at.row);
            let orders = row.iter().all(|x| !x.is_nan()) && row.iter().any(|x| *x != f64::NEG_INFINITY);
            if !orders {
                return reason == Reason::NothingToCompare;
            }
            let first = rank(&row, at.column) == 0;
            reason == if first { Reason::Largest } else { Reason::NotLargest }
        }
        (Op::Choose(op::Choose { of, choosing: Choosing::Sampled { .. } }), Reason::NothingToDraw) => {
            !row(trace, *of, at.row).iter().any(|x| *x > 0.0)
        }
        (Op::Choose(op::Choose { of, choosing: Choosing::Sampled { .. } }), Reason::Drawn(draw)) => {
            let row = row(trace, *of, at.row);
            draws(&row, at.column, draw) && hit(&row, draw.number) == Some(at.column)
        }
        (Op::Choose(op::Choose { of, choosing: Choosing::Sampled { .. } }), Reason::NotDrawn(draw)) => {
            let row = row(trace, *of, at.row);
            draws(&row, at.column, draw) && hit(&row, draw.number) != Some(at.column)
        }
        _ => false,
    }
}

fn row(trace: &Trace, node: NodeId, row: usize) -> Vec<f64> {
    trace.value(node).row(row).iter().copied().collect()
}

/// How many numbers of the row come before this one: the larger ones, and equal ones that stand earlier. What is no
/// number comes last.
fn rank(row: &[f64], place: usize) -> usize {
    let beats = |a: f64, b: f64| a > b || (b.is_nan() && !a.is_nan());
    let own = row[place];
    let earlier = |other: usize, x: f64| beats(x, own) || (!beats(own, x) && other < place);
    row.iter().enumerate().filter(|(other, x)| earlier(*other, **x)).count()
}

fn keeps(row: &[f64], place: usize, keeping: Keeping) -> bool {
    match keeping {
        Keeping::Most(k) => rank(row, place) < k,
        Keeping::Share(share) => {
            let own = rank(row, place);
            let before = (0..own).map(|nth| (0..row.len()).find(|other| rank(row, *other) == nth).unwrap());
            // None of the sums on the way reaches the share.
            let sums = before.scan(0.0, |sum, other| {
                *sum += row[other];
                Some(*sum)
            });
            !sums.into_iter().any(|sum| sum >= share - 1e-12)
        }
    }
}

/// The first place whose running sum exceeds the number, or else the last with a probability.
fn hit(row: &[f64], number: f64) -> Option<usize> {
    let sum_to = |place: usize| row[..=place].iter().sum::<f64>();
    (0..row.len()).find(|place| number < sum_to(*place)).or_else(|| row.iter().rposition(|x| *x > 0.0))
}

/// Whether the part of the row that is told is that of this place.
fn draws(row: &[f64], place: usize, Draw { number, from, to }: Draw) -> bool {
    let before: f64 = row[..place].iter().sum();
    let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
    (0.0..1.0).contains(&number) && same(from, before) && same(to, before + row[place])
}
