//! Several heads side by side: `concat(Z_1, …, Z_h)·W_O` (Vaswani et al. 2017, §3.2.2).

use std::ops::Range;

use super::attention::{Attention, AttentionNodes, Naming, Rules, Source, Values};
use super::projection::{Layout, Projection};
use crate::graph::{CannotAdd, Constant, Graph, NodeId, Op, Part, Side, op};

/// Heads that look at the same positions.
#[derive(Debug, Clone)]
pub struct MultiHead {
    /// The heads.
    pub heads: Heads,
    /// What mixes them; without it the heads end at their concat.
    pub output: Option<Output>,
    /// What is added to be looked at.
    pub extras: Extras,
}

/// The heads, each with matrices of its own or all cut out of matrices for all.
#[derive(Debug, Clone)]
pub enum Heads {
    /// At least one head, each with values. Heads that name the same `W_K` and `W_V` share them.
    Separate(Vec<Head>),
    /// Computed for all heads at once.
    Fused(Box<Fused>),
}

/// One of several heads.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its name among the heads: `1`, `adjectives`.
    pub name: String,
    /// What it is made of.
    pub attention: Attention,
}

/// Queries, keys and values for all heads at once, of which each head takes its columns.
///
/// With fewer heads of keys and values than of queries, neighbouring heads share them: grouped-query attention (Ainslie
/// et al. 2023); with only one it is multi-query attention (Shazeer 2019).
#[derive(Debug, Clone)]
pub struct Fused {
    /// `Q`, `[queries, n_heads·d_k]`
    pub queries: Projection,
    /// `K`, `[keys, n_kv_heads·d_k]`
    pub keys: Projection,
    /// `V`, `[keys, n_kv_heads·d_v]`
    pub values: Projection,
    /// How many heads there are; a divisor of the width of `Q`.
    pub n_heads: usize,
    /// How many heads of keys and values there are; a divisor of `n_heads` and of the widths of `K` and `V`.
    pub n_kv_heads: usize,
    /// How scores become a pattern, in every head.
    pub rules: Rules,
}

/// What mixes the heads: `concat·W_O + b_O`.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// `W_O`, `[n_heads·d_v, d_model]`, or the other way round as the layout says.
    pub weights: NodeId,
    /// `b_O`, `[1, d_model]`
    pub bias: Option<NodeId>,
    /// How the weights are stored.
    pub layout: Layout,
}

/// What is added to be looked at, though nothing needs it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extras {
    /// What each head adds to the output by itself.
    pub contributions: Wanted,
    /// The average of the patterns.
    pub average: Wanted,
}

/// Whether something is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// It is.
    Yes,
    /// It is not.
    #[default]
    No,
}

/// A head that is built.
struct Built {
    name: String,
    pattern: NodeId,
    /// `Z`, `[queries, d_v]`
    output: NodeId,
}

impl MultiHead {
    /// Heads with nothing but what they are and what mixes them.
    pub fn new(heads: Vec<Head>, output_weights: Option<NodeId>) -> Self {
        let output = output_weights.map(|weights| Output { weights, bias: None, layout: Layout::InOut });
        Self { heads: Heads::Separate(heads), output, extras: Extras::default() }
    }

    /// Adds each head's nodes under `PREFIX.HEAD.…`, then `PREFIX.concat` and `PREFIX.output`; of fused heads first
    /// `PREFIX.Q`, `PREFIX.K` and `PREFIX.V`. Last come the extras. Gives the concat or the output.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let heads = match &self.heads {
            Heads::Separate(heads) => {
                let build = |head: &Head| built(graph, &head.name, &head.attention, naming);
                heads.iter().map(build).collect::<Result<Vec<_>, _>>()?
            }
            Heads::Fused(fused) => fused.build(graph, naming)?,
        };
        // [n, d_v], … -> [n, n_heads·d_v]
        let parts = heads.iter().map(|head| head.output).collect();
        let concat = graph.push(naming.of("concat"), Op::Concat(op::Concat { parts }), Part::Concat)?;
        let last = match self.output {
            None => concat,
            Some(Output { weights, bias, layout }) => {
                graph.play(weights, Part::OutputWeights);
                // [n, n_heads·d_v] · [n_heads·d_v, d_model] -> [n, d_model]
                let mixed = Projection { from: concat, weights, bias, layout };
                mixed.build(graph, naming, "output", Part::Output)?
            }
        };
        if let (Wanted::Yes, Some(output)) = (self.extras.contributions, self.output) {
            contributions(graph, naming, &heads, output)?;
        }
        if self.extras.average == Wanted::Yes {
            average(graph, naming, &heads)?;
        }
        Ok(last)
    }

    /// The same heads over other positions.
    pub fn looking(&self, queries_from: NodeId, keys_values_from: NodeId) -> Self {
        let look = |head: &Head| Head {
            attention: head.attention.looking(queries_from, keys_values_from),
            name: head.name.clone(),
        };
        let heads = match &self.heads {
            Heads::Separate(heads) => Heads::Separate(heads.iter().map(look).collect()),
            Heads::Fused(fused) => {
                let mut own = fused.clone();
                own.queries.from = queries_from;
                (own.keys.from, own.values.from) = (keys_values_from, keys_values_from);
                Heads::Fused(own)
            }
        };
        Self { heads, ..self.clone() }
    }
}

impl Fused {
    fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<Vec<Built>, CannotAdd> {
        for (projection, part) in [
            (&self.queries, Part::QueryWeights),
            (&self.keys, Part::KeyWeights),
            (&self.values, Part::ValueWeights),
        ] {
            graph.play(projection.from, Part::Embeddings);
            graph.play(projection.weights, part);
        }
        let queries = self.queries.build(graph, naming, "Q", Part::Queries)?;
        let keys = self.keys.build(graph, naming, "K", Part::Keys)?;
        let values = self.values.build(graph, naming, "V", Part::Values)?;
        let shared_by = self.n_heads / self.n_kv_heads;
        let mut heads = Vec::with_capacity(self.n_heads);
        for head in 0..self.n_heads {
            let name = (head + 1).to_string();
            let own = naming.inside(&name);
            let mut cut = |of: NodeId, letter: &str, part: Part, (nth, heads): (usize, usize)| {
                let width = graph.node(of).shape.columns.size() / heads;
                let entries = nth * width..(nth + 1) * width;
                // [n, heads·d] -> [n, d]
                let op = Op::Slice(op::Slice { of, side: Side::Columns, entries });
                graph.push(own.of(letter), op, part)
            };
            let group = (head / shared_by, self.n_kv_heads);
            let queries = cut(queries, "Q", Part::Queries, (head, self.n_heads))?;
            let keys = cut(keys, "K", Part::Keys, group)?;
            let values = Values::Vectors(cut(values, "V", Part::Values, group)?);
            let source = Source::Vectors { queries, keys };
            let attention = Attention { source, values, rules: self.rules.clone() };
            heads.push(built(graph, &name, &attention, naming)?);
        }
        Ok(heads)
    }
}

fn built(graph: &mut Graph, name: &str, attention: &Attention, naming: &Naming) -> Result<Built, CannotAdd> {
    let AttentionNodes { pattern, output } = attention.build(graph, &naming.inside(name))?;
    let output = output.expect("a head among several has values");
    Ok(Built { name: name.to_owned(), pattern, output })
}

/// What each head adds to the output, `Z_i·W_O[its rows]`, and their sum, which is the output.
fn contributions(
    graph: &mut Graph,
    naming: &Naming,
    heads: &[Built],
    output: Output,
) -> Result<(), CannotAdd> {
    let mut terms = Vec::with_capacity(heads.len() + 1);
    let mut from = 0;
    for head in heads {
        let own = naming.inside(&head.name);
        let entries: Range<usize> = from..from + graph.node(head.output).shape.columns.size();
        from = entries.end;
        // The side of W_O that meets the concat: [n_heads·d_v, d_model] -> [d_v, d_model]
        let side = match output.layout {
            Layout::InOut => Side::Rows,
            Layout::OutIn => Side::Columns,
        };
        let slice = Op::Slice(op::Slice { of: output.weights, side, entries });
        let weights = graph.push(own.of("W_O"), slice, Part::OutputWeights)?;
        // [n, d_v] · [d_v, d_model] -> [n, d_model]
        let product = output.layout.product(head.output, weights);
        terms.push(graph.push(own.of("contribution"), product, Part::Output)?);
    }
    terms.extend(output.bias);
    graph.push(naming.of("sum"), Op::Add(op::Add { terms }), Part::Output).map(|_| ())
}

/// The patterns added up and divided by their number.
fn average(graph: &mut Graph, naming: &Naming, heads: &[Built]) -> Result<(), CannotAdd> {
    let terms = heads.iter().map(|head| head.pattern).collect();
    let sum = graph.push(naming.of("pattern_sum"), Op::Add(op::Add { terms }), Part::Other)?;
    let divisor = Constant::plain(heads.len() as f64);
    let op = Op::Scale(op::Scale { of: sum, divisor });
    graph.push(naming.of("average"), op, Part::Pattern).map(|_| ())
}
