//! How many parameters a Transformer of given sizes has, matrix by matrix.

use std::sync::Arc;

use super::count::Count;
use crate::graph::op::Tally;
use crate::graph::{Axis, CannotAdd, Graph, NodeId, Op, Part, Shape, op};

/// The sizes that decide how many parameters a Transformer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// How many tokens it knows; `None` if embeddings are not counted.
    pub vocabulary: Option<u64>,
    /// How many learned positions it has.
    pub positions: Option<u64>,
    /// The size of a token's vector.
    pub d_model: u64,
    /// The size of a query and of a key.
    pub d_k: u64,
    /// The size of a value.
    pub d_v: u64,
    /// Heads in a layer.
    pub n_heads: u64,
    /// Heads in a layer that have keys and values of their own; fewer if heads share them.
    pub n_kv_heads: u64,
    /// Layers, each attention and a feed-forward network.
    pub n_layers: u64,
    /// The size between the two matrices of the feed-forward network; `None` if there is none.
    pub d_ff: Option<u64>,
    /// Whether matrices have biases.
    pub biases: Small,
    /// Whether there are layer norms: two a layer and one at the end, each with gains and biases.
    pub norms: Small,
    /// What turns vectors back into scores of tokens.
    pub unembedding: Tying,
}

/// Parameters that are small beside the matrices and are often left out of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    /// All are counted.
    All,
    /// There are none, or they are not counted.
    None,
}

/// What turns vectors back into scores of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tying {
    /// A matrix of its own.
    Own,
    /// The embeddings, used a second time.
    Tied,
}

/// A model that is known by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// Its name in files and on the command line.
    pub name: &'static str,
    /// Its sizes.
    pub sizes: Sizes,
}

/// GPT-2 small (Radford et al. 2019; sizes of the released model), with everything counted; and GPT-3 (Brown et al.
/// 2020, table 2.1) as 3Blue1Brown counts it, without biases, norms and positions.
pub const MODELS: [Model; 2] = [
    Model {
        name: "gpt-2",
        sizes: Sizes {
            vocabulary: Some(50_257),
            positions: Some(1024),
            d_model: 768,
            d_k: 64,
            d_v: 64,
            n_heads: 12,
            n_kv_heads: 12,
            n_layers: 12,
            d_ff: Some(3072),
            biases: Small::All,
            norms: Small::All,
            unembedding: Tying::Tied,
        },
    },
    Model {
        name: "gpt-3",
        sizes: Sizes {
            vocabulary: Some(50_257),
            positions: None,
            d_model: 12_288,
            d_k: 128,
            d_v: 128,
            n_heads: 96,
            n_kv_heads: 96,
            n_layers: 96,
            d_ff: Some(49_152),
            biases: Small::None,
            norms: Small::None,
            unembedding: Tying::Own,
        },
    },
];

/// The model of this name.
pub fn model(name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.name == name)
}

/// One kind of matrix and how often it occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is: `query`, `embedding`.
    pub name: &'static str,
    /// Its rows and columns.
    pub shape: (Count, Count),
    /// The numbers in one such matrix.
    pub each: Count,
    /// The numbers in all such matrices of one layer; 0 for what stands outside the layers.
    pub layer: Count,
    /// How many such matrices there are.
    pub matrices: Count,
    /// The numbers in all of them.
    pub numbers: Count,
}

/// The numbers that are counted of each kind of matrix, in this order.
pub(super) const COLUMNS: [&str; 4] = ["each", "layer", "matrices", "numbers"];

/// The name of the sum of all rows.
pub const TOTAL: &str = "total";

/// A table of parameters: its rows, and the sum of each of its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// One row for each kind of matrix.
    pub rows: Vec<Row>,
    /// The sums of the columns: one of each kind together, one layer, all matrices, all numbers.
    pub total: [Count; 4],
}

impl Sizes {
    /// The table. The queries', keys' and values' matrices are counted head by head; `W_O`, through which all heads of a
    /// layer go together, once a layer.
    pub fn parameters(&self) -> Parameters {
        let sized = Symbols::of(self);
        let rows: Vec<Row> =
            [sized.embeddings(self), sized.attention(), sized.feed_forward(self), sized.extras(self)]
                .into_iter()
                .flatten()
                .collect();
        let sum = |column: fn(&Row) -> &Count| {
            // What is 0 would only lengthen the formula.
            let counts = rows.iter().map(column).filter(|count| count.value() != Some(0));
            Count::sum(counts.cloned())
        };
        let total =
            [sum(|row| &row.each), sum(|row| &row.layer), sum(|row| &row.matrices), sum(|row| &row.numbers)];
        Parameters { rows, total }
    }

    /// The numbers that belong to one head: its three matrices and its slice of `W_O`.
    pub fn of_one_head(&self) -> Count {
        let Symbols { d_model, d_k, d_v, .. } = &Symbols::of(self);
        Count::sum([d_model * d_k, d_model * d_k, d_model * d_v, d_v * d_model])
    }
}

/// The sizes as they read in formulas.
struct Symbols {
    d_model: Count,
    d_k: Count,
    d_v: Count,
    n_heads: Count,
    n_kv_heads: Count,
    n_layers: Count,
}

impl Symbols {
    fn of(sizes: &Sizes) -> Self {
        let n_heads = Count::size("n_heads", sizes.n_heads);
        let shared = sizes.n_kv_heads != sizes.n_heads;
        Self {
            d_model: Count::size("d_model", sizes.d_model),
            d_k: Count::size("d_k", sizes.d_k),
            d_v: Count::size("d_v", sizes.d_v),
            n_kv_heads: if shared { Count::size("n_kv_heads", sizes.n_kv_heads) } else { n_heads.clone() },
            n_heads,
            n_layers: Count::size("n_layers", sizes.n_layers),
        }
    }

    /// What stands before and after the layers, once.
    fn embeddings(&self, sizes: &Sizes) -> Vec<Row> {
        let once = |name, rows: &Count, columns: &Count| {
            let each = rows * columns;
            let shape = (rows.clone(), columns.clone());
            Row {
                name,
                shape,
                numbers: each.clone(),
                each,
                layer: Count::number(0),
                matrices: Count::number(1),
            }
        };
        let mut rows = Vec::new();
        if let Some(vocabulary) = sizes.vocabulary {
            let vocabulary = Count::size("vocabulary", vocabulary);
            rows.push(once("embedding", &vocabulary, &self.d_model));
            if sizes.unembedding == Tying::Own {
                rows.push(once("unembedding", &self.d_model, &vocabulary));
            }
        }
        if let Some(positions) = sizes.positions {
            rows.push(once("positions", &Count::size("positions", positions), &self.d_model));
        }
        rows
    }

    /// Matrices that every layer has, `in_layer` of them.
    fn in_layers(&self, name: &'static str, rows: &Count, columns: &Count, in_layer: Option<&Count>) -> Row {
        let each = if rows.value() == Some(1) { columns.clone() } else { rows * columns };
        let layer = in_layer.map_or_else(|| each.clone(), |in_layer| &each * in_layer);
        let matrices = in_layer.map_or_else(|| self.n_layers.clone(), |in_layer| in_layer * &self.n_layers);
        let numbers = &layer * &self.n_layers;
        Row { name, shape: (rows.clone(), columns.clone()), each, layer, matrices, numbers }
    }

    fn attention(&self) -> Vec<Row> {
        let Self { d_model, d_k, d_v, n_heads, n_kv_heads, .. } = self;
        vec![
            self.in_layers("query", d_model, d_k, Some(n_heads)),
            self.in_layers("key", d_model, d_k, Some(n_kv_heads)),
            self.in_layers("value", d_model, d_v, Some(n_kv_heads)),
            self.in_layers("output", &(n_heads * d_v), d_model, None),
        ]
    }

    fn feed_forward(&self, sizes: &Sizes) -> Vec<Row> {
        let Some(d_ff) = sizes.d_ff else { return Vec::new() };
        let d_ff = Count::size("d_ff", d_ff);
        vec![
            self.in_layers("up", &self.d_model, &d_ff, None),
            self.in_layers("down", &d_ff, &self.d_model, None),
        ]
    }

    fn extras(&self, sizes: &Sizes) -> Vec<Row> {
        let Self { d_model, d_k, d_v, n_heads, n_kv_heads, .. } = self;
        let one = Count::number(1);
        let mut rows = Vec::new();
        if sizes.biases == Small::All {
            rows.extend([
                self.in_layers("query_bias", &one, d_k, Some(n_heads)),
                self.in_layers("key_bias", &one, d_k, Some(n_kv_heads)),
                self.in_layers("value_bias", &one, d_v, Some(n_kv_heads)),
                self.in_layers("output_bias", &one, d_model, None),
            ]);
            if let Some(d_ff) = sizes.d_ff {
                rows.push(self.in_layers("up_bias", &one, &Count::size("d_ff", d_ff), None));
                rows.push(self.in_layers("down_bias", &one, d_model, None));
            }
        }
        if sizes.norms == Small::All {
            // One before attention and one before the feed-forward network.
            let in_layer = Count::number(if sizes.d_ff.is_some() { 2 } else { 1 });
            rows.extend(["norm_gain", "norm_bias"].map(|name| {
                let of_layers = self.in_layers(name, &one, d_model, Some(&in_layer));
                // And one after the last layer.
                let matrices = &of_layers.matrices + &one;
                Row { numbers: &of_layers.each * &matrices, matrices, ..of_layers }
            }));
        }
        rows
    }
}

impl Parameters {
    /// The numbers in all, of all kinds together.
    pub const fn numbers(&self) -> &Count {
        &self.total[3]
    }

    /// The row of this name.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// Whether every number of the table is exact.
    pub fn is_exact(&self) -> bool {
        self.cells().iter().all(|count| count.value().is_some())
    }

    /// The table as a matrix with a row for each kind of matrix and one for the total.
    ///
    /// # Errors
    /// When the name is taken.
    pub fn build(&self, graph: &mut Graph, name: &str) -> Result<NodeId, CannotAdd> {
        let names = self.rows.iter().map(|row| row.name).chain([TOTAL]).map(str::to_owned).collect();
        let columns = COLUMNS.map(str::to_owned).to_vec();
        table(graph, name, Axis::features("kinds", names), Axis::features("counts", columns), &self.cells())
    }

    fn cells(&self) -> Vec<Count> {
        let rows = self.rows.iter().flat_map(|row| [&row.each, &row.layer, &row.matrices, &row.numbers]);
        rows.chain(&self.total).cloned().collect()
    }
}

/// Adds a table of counts, given row by row.
pub(super) fn table(
    graph: &mut Graph,
    name: &str,
    rows: Arc<Axis>,
    columns: Arc<Axis>,
    cells: &[Count],
) -> Result<NodeId, CannotAdd> {
    let cells = cells.iter().map(|count| count.formula().clone()).collect();
    let (shape, tally) = (Shape::new(rows, columns), Tally::Sizes);
    graph.push(name, Op::Counted(op::Counted { shape, cells, tally }), Part::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(name: &str) -> Parameters {
        model(name).expect("a known model").sizes.parameters()
    }

    #[test]
    fn gpt_2_small_has_the_parameters_of_the_released_model() {
        // The sum over the shapes of its tensors, as they are released: wte, wpe, twelve times ln_1, attn, ln_2 and mlp,
        // and ln_f.
        let block = 2 * 768
            + (768 * 2304 + 2304)
            + (768 * 768 + 768)
            + 2 * 768
            + (768 * 3072 + 3072)
            + (3072 * 768 + 768);
        let released = 50_257 * 768 + 1024 * 768 + 12 * block + 2 * 768;
        assert_eq!(released, 124_439_808);
        assert_eq!(counted("gpt-2").numbers().value(), Some(released));
    }

    #[test]
    fn a_table_adds_up_across_and_down() {
        for model in MODELS {
            let table = model.sizes.parameters();
            assert!(table.is_exact());
            for row in &table.rows {
                let product =
                    row.each.value().zip(row.matrices.value()).map(|(each, matrices)| each * matrices);
                assert_eq!(row.numbers.value(), product, "{} {}", model.name, row.name);
            }
            let sum: Option<u64> = table.rows.iter().map(|row| row.numbers.value()).sum();
            assert_eq!(table.numbers().value(), sum);
        }
    }

    #[test]
    fn heads_that_share_keys_and_values_have_fewer_of_their_matrices() {
        let shared = Sizes { n_kv_heads: 8, ..model("gpt-3").expect("a known model").sizes };
        let (own, shared) = (counted("gpt-3"), shared.parameters());
        let numbers = |table: &Parameters, name| table.row(name).and_then(|row| row.numbers.value());
        for name in ["key", "value"] {
            assert_eq!(numbers(&shared, name).map(|count| count * 12), numbers(&own, name));
        }
        assert_eq!(numbers(&shared, "query"), numbers(&own, "query"));
    }
}
