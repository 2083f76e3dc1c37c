//! What a text written token by token costs, and what a cache of keys and values saves of it.

use super::{Round, Writer};
use crate::graph::op::Tally;
use crate::graph::{Axis, AxisKind, Constant, Expr, NodeId, Op, Part, Partial, Shape, op};
use crate::lesson::check::Checker;
use crate::yaml::Key;

/// How the number of tokens so far is written.
const SO_FAR: &str = "n";

impl Checker<'_> {
    /// The multiply–adds of each round, with everything computed anew and with a cache.
    pub(super) fn push_cost(
        &mut self,
        key: &Key,
        writer: &Writer,
        rounds: &[Round],
        values: &mut Partial,
    ) -> Option<NodeId> {
        let mut cells = Vec::with_capacity(2 * rounds.len());
        for (index, round) in rounds.iter().enumerate() {
            let made = || writer.replay.nodes().iter().map(|original| (*original, round.node(*original)));
            let sizes = |node| self.product_sizes(node, writer);
            let anew: Vec<_> = made().filter_map(|(_, node)| sizes(node)).collect();
            // A cache holds the earlier rows, and is of no use where a later token changes them.
            let goes_on = index.checked_sub(1).is_some_and(|before| {
                made().all(|(original, node)| self.goes_on(values, node, rounds[before].node(original)))
            });
            let last_row = |mut sizes: [Constant; 3]| {
                if goes_on && sizes[0].symbol == SO_FAR {
                    sizes[0] = Constant::plain(1.0);
                }
                sizes
            };
            let cached = anew.iter().cloned().map(last_row).collect();
            cells.extend([together(anew), together(cached)]);
        }
        let columns = ["recomputed", "cached"].map(str::to_owned).to_vec();
        let shape = Shape::new(Axis::sized("round", rounds.len()), Axis::features("multiply_adds", columns));
        let op = Op::Counted(op::Counted { shape, cells: cells.into(), tally: Tally::Rounds });
        self.push(format!("{}.cost", writer.name), op, Part::Other, key.span)
    }

    /// Rows, inner size and columns of a product.
    fn product_sizes(&self, id: NodeId, writer: &Writer) -> Option<[Constant; 3]> {
        let node = self.graph.node(id);
        let (Op::Product(op::Product { left, .. }) | Op::DotProducts(op::DotProducts { left, .. })) =
            &node.op
        else {
            return None;
        };
        let inner = &self.graph.node(*left).shape.columns;
        Some([&node.shape.rows, inner, &node.shape.columns].map(|axis| {
            let size = axis.size();
            let is_text = |name: &str| name == writer.from || name == writer.name;
            let symbol = match axis.name() {
                Some(name) if axis.kind() == AxisKind::Tokens && is_text(name) => SO_FAR.to_owned(),
                Some(name) => name.to_owned(),
                None => size.to_string(),
            };
            Constant { value: size as f64, symbol }
        }))
    }

    /// Whether the earlier rows of a matrix are the same numbers as in the round before, so that a cache can keep them.
    fn goes_on(&self, values: &mut Partial, now: NodeId, then: NodeId) -> bool {
        let (now, then) = (values.value(&self.graph, now), values.value(&self.graph, then));
        let columns = then.ncols().min(now.ncols());
        (0..then.nrows()).all(|row| {
            (0..columns).all(|column| now[(row, column)].to_bits() == then[(row, column)].to_bits())
        })
    }
}

/// The work of all products; those of the same sizes are counted together: `3 · n · d_model · d_k`.
fn together(products: Vec<[Constant; 3]>) -> Expr {
    let mut counted: Vec<(usize, [Constant; 3])> = Vec::new();
    for sizes in products {
        match counted.iter_mut().find(|(_, other)| *other == sizes) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, sizes)),
        }
    }
    let work = |(count, sizes): (usize, [Constant; 3])| {
        let times = (count > 1).then(|| Constant::plain(count as f64));
        times.into_iter().chain(sizes).map(Expr::Constant).reduce(Expr::times)
    };
    sum(&counted.into_iter().filter_map(work).collect::<Vec<_>>())
}

/// The sum of all terms, 0 of none. Many terms are halved, so that the sum is not as deep as it is long.
fn sum(terms: &[Expr]) -> Expr {
    match terms {
        [] => Expr::Constant(Constant::plain(0.0)),
        [term] => term.clone(),
        several => {
            let (first, second) = several.split_at(several.len() / 2);
            sum(first).plus(sum(second))
        }
    }
}
