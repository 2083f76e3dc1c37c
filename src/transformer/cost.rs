//! What a layer of attention costs as texts grow, and what all layers do: multiply–adds, cells of the pattern, bytes.

use std::sync::Arc;

use super::count::{Count, MOST};
use super::sizes::table;
use crate::graph::{Axis, CannotAdd, Graph, NodeId};

/// Layers of attention, for texts of several lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The lengths, in tokens.
    pub tokens: Vec<u64>,
    /// The size of a token's vector.
    pub d_model: u64,
    /// The size of a query and of a key.
    pub d_k: u64,
    /// The size of a value.
    pub d_v: u64,
    /// Heads, each with a pattern of its own.
    pub n_heads: u64,
    /// Heads that have keys and values of their own; fewer if heads share them.
    pub n_kv_heads: u64,
    /// Which keys each query sees.
    pub mask: Sight,
    /// How many bytes a number takes.
    pub bytes: u64,
    /// How many such layers there are; nothing where only one is looked at.
    pub n_layers: Option<u64>,
}

/// Which keys each query sees, as far as it decides how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// All of them.
    All,
    /// Those up to itself.
    Causal,
    /// So many at most: itself and those right before it.
    Window(u64),
}

/// What is counted of a layer for each length, in this order.
///
/// - `projections`: multiply–adds of `X·W_Q`, `X·W_K`, `X·W_V` of all heads and of `concat·W_O`.
/// - `scores`: multiply–adds of `Q·Kᵀ`, of the cells that a query may see only.
/// - `sums`: multiply–adds of the weighted sums `pattern·V`.
/// - `total`: these three together; softmax, scaling, biases and norms are not counted.
/// - `next`: what of it is left for the last token, if the keys and values of those before it are kept. Where a query
///   sees later keys, every token changes what those before it give back, and nothing is left out.
/// - `saved`: the difference, which a key–value cache saves (Pope et al. 2023).
/// - `cells`: the cells of one pattern that a query may see.
/// - `bytes`: what the patterns of all heads take if they are stored.
/// - `cache`: what the keys and values of all heads take if they are kept for the next token.
pub(super) const COLUMNS: [&str; 9] =
    ["projections", "scores", "sums", "total", "next", "saved", "cells", "bytes", "cache"];

impl Cost {
    /// The counts of one layer, row by row.
    pub fn cells(&self) -> Vec<Count> {
        self.tokens.iter().flat_map(|tokens| self.of(*tokens)).collect()
    }

    /// The counts of all layers together, row by row, without the cells of a pattern; empty where only one is looked
    /// at.
    pub fn of_all_layers(&self) -> Vec<Count> {
        let Some(n_layers) = self.n_layers else { return Vec::new() };
        let n_layers = Count::size("n_layers", n_layers);
        let counts = self.cells().into_iter().zip(COLUMNS.iter().cycle());
        counts.filter(|(_, column)| add_up(column)).map(|(count, _)| &n_layers * &count).collect()
    }

    fn of(&self, tokens: u64) -> [Count; 9] {
        let n = Count::size("n", tokens);
        let (d_k, d_v) = (Count::size("d_k", self.d_k), Count::size("d_v", self.d_v));
        let n_heads = Count::size("n_heads", self.n_heads);
        let n_kv_heads = Count::size("n_kv_heads", self.n_kv_heads);
        let n_kv_heads = if self.n_kv_heads == self.n_heads { &n_heads } else { &n_kv_heads };
        let bytes = Count::number(self.bytes);
        let cells = self.seen(&n, tokens);

        let of_one = self.projections(&d_k, &d_v, &n_heads, n_kv_heads);
        let met = |cells: &Count, width: &Count| &(cells * width) * &n_heads;
        let (projections, scores, sums) = (&n * &of_one, met(&cells, &d_k), met(&cells, &d_v));
        let total = Count::sum([projections.clone(), scores.clone(), sums.clone()]);
        let next = match self.seen_by_last(&n, tokens) {
            Some(keys) => Count::sum([of_one, met(&keys, &d_k), met(&keys, &d_v)]),
            None => total.clone(),
        };
        let saved = &total - &next;
        let stored = &(&cells * &n_heads) * &bytes;
        let cache = &(&(&n * &(&d_k + &d_v)) * n_kv_heads) * &bytes;
        [projections, scores, sums, total, next, saved, cells, stored, cache]
    }

    /// The multiply–adds of the query, key and value of one token, and of its row of `concat·W_O`.
    fn projections(&self, d_k: &Count, d_v: &Count, n_heads: &Count, n_kv_heads: &Count) -> Count {
        let d_model = Count::size("d_model", self.d_model);
        if n_heads == n_kv_heads {
            let widths = Count::sum([d_k, d_k, d_v, d_v].map(Count::clone));
            return &(&d_model * n_heads) * &widths;
        }
        let widths = d_k + d_v;
        &d_model * &(&(n_heads * &widths) + &(n_kv_heads * &widths))
    }

    /// The keys that the last query sees; `None` where earlier queries see later keys.
    fn seen_by_last(&self, n: &Count, tokens: u64) -> Option<Count> {
        match self.mask {
            Sight::All => None,
            Sight::Window(window) if window < tokens => Some(Count::size("w", window)),
            Sight::Causal | Sight::Window(_) => Some(n.clone()),
        }
    }

    /// The cells of a pattern that its queries may see.
    fn seen(&self, n: &Count, tokens: u64) -> Count {
        let one = Count::number(1);
        let triangle = |n: &Count| (n * &(n + &one)).halved();
        match self.mask {
            Sight::All => n * n,
            Sight::Causal => triangle(n),
            Sight::Window(window) if window >= tokens => triangle(n),
            Sight::Window(window) => {
                // The first queries see fewer: 1 + 2 + … + w, and each of the n − w others sees w.
                let w = Count::size("w", window);
                let others = Count::size("(n − w)", tokens - window);
                &triangle(&w) + &(&others * &w)
            }
        }
    }

    /// Whether every number is exact.
    pub fn is_exact(&self) -> bool {
        self.tokens.iter().all(|tokens| *tokens <= MOST)
            && self.cells().iter().chain(&self.of_all_layers()).all(|count| count.value().is_some())
    }

    /// The table of one layer as a matrix with a row for each length, called by it; where there are several layers, also
    /// `NAME.layers` with what they take together. Gives the last.
    ///
    /// # Errors
    /// When a name is taken.
    pub fn build(&self, graph: &mut Graph, name: &str) -> Result<NodeId, CannotAdd> {
        let lengths = Axis::features("n", self.tokens.iter().map(ToString::to_string).collect());
        let columns = |columns: Vec<&str>| {
            Axis::features("counts", columns.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let of_one = table(graph, name, Arc::clone(&lengths), columns(COLUMNS.to_vec()), &self.cells())?;
        if self.n_layers.is_none() {
            return Ok(of_one);
        }
        let sums = columns(COLUMNS.into_iter().filter(|column| add_up(column)).collect());
        table(graph, &format!("{name}.layers"), lengths, sums, &self.of_all_layers())
    }
}

/// Whether the counts of several layers add up: the cells are those of one pattern, of which each layer has others.
fn add_up(column: &str) -> bool {
    column != "cells"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(tokens: u64, mask: Sight) -> Option<u64> {
        let cost = Cost {
            tokens: vec![tokens],
            d_model: 1,
            d_k: 1,
            d_v: 1,
            n_heads: 1,
            n_kv_heads: 1,
            mask,
            bytes: 1,
            n_layers: None,
        };
        cost.cells()[6].value()
    }

    #[test]
    fn the_cells_that_are_seen_are_those_that_a_mask_allows_one_by_one() {
        for n in 1..=9 {
            let count = |allowed: &dyn Fn(u64, u64) -> bool| {
                let pairs = (0..n).flat_map(|query| (0..n).map(move |key| (query, key)));
                Some(pairs.filter(|(query, key)| allowed(*query, *key)).count() as u64)
            };
            assert_eq!(seen(n, Sight::All), count(&|_, _| true));
            assert_eq!(seen(n, Sight::Causal), count(&|query, key| key <= query));
            for window in 1..=10 {
                let near = |query: u64, key: u64| key <= query && query - key < window;
                assert_eq!(seen(n, Sight::Window(window)), count(&near), "{n} tokens, {window} seen");
            }
        }
    }

    #[test]
    fn a_pattern_over_2048_tokens_has_over_four_million_cells() {
        assert_eq!(seen(2048, Sight::All), Some(4_194_304));
    }
}
