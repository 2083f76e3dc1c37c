//! One attention head: `softmax(Q·Kᵀ / √d_k)·V` (Vaswani et al. 2017, §3.2.1).

use super::projection::{Layout, Projection};
use crate::graph::{CannotAdd, Constant, EmptyRow, Graph, NodeId, Op, Part, Visible, op};
use crate::math::Angles;

/// What one head is made of.
#[derive(Debug, Clone)]
pub struct Attention {
    /// What the scores come from.
    pub source: Source,
    /// What the pattern sums up; without values the head ends at its pattern.
    pub values: Values,
    /// How scores become a pattern.
    pub rules: Rules,
}

/// What the scores come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Queries and keys are projected: `Q = X·W_Q`, `K = Y·W_K`. In self-attention `X` and `Y` are one.
    Projected {
        /// `Q`, `[queries, d_k]`
        queries: Projection,
        /// `K`, `[keys, d_k]`
        keys: Projection,
    },
    /// Queries and keys are there already.
    Vectors {
        /// `Q`, `[queries, d_k]`
        queries: NodeId,
        /// `K`, `[keys, d_k]`
        keys: NodeId,
    },
    /// The scores are there already, `[queries, keys]`.
    Scores(NodeId),
}

/// What the pattern sums up.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Nothing.
    None,
    /// `V = Y·W_V`, `[keys, d_v]`
    Projected(Projection),
    /// The value matrix in two factors: `V = Y·W_V` goes down to few numbers, `V_up = V·W_V_up` up again.
    Factored {
        /// `V`, `[keys, d_v]`
        down: Projection,
        /// `W_V_up`, `[d_v, d_model]`, stored as the layout of `down` says.
        up: NodeId,
    },
    /// `V` is there already, `[keys, d_v]`.
    Vectors(NodeId),
}

/// How scores become a pattern.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// What the scores are divided by.
    pub scale: Scale,
    /// Which keys each query may see; `None` for all.
    pub mask: Option<Masking>,
    /// What the scores are divided by once more, right before softmax; greater than 0.
    pub temperature: Option<Constant>,
    /// What becomes of a query that sees no key.
    pub empty_row: EmptyRow,
    /// The angles by which queries and keys are turned before they meet: rotary positions.
    pub rotary: Option<Angles>,
}

/// A mask, and what hidden scores become.
#[derive(Debug, Clone)]
pub struct Masking {
    /// Which keys each query may see.
    pub visible: Visible,
    /// What a hidden score becomes: −∞, or a finite number.
    pub hidden: f64,
}

/// What the scores are divided by.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Scale {
    /// The square root of the queries' size, where there are queries.
    #[default]
    RootOfQuerySize,
    /// Nothing.
    None,
    /// A number.
    By(Constant),
}

/// How the nodes of a builder are called: `head.scores@animal` has the prefix `head` and the suffix `@animal`.
#[derive(Debug, Clone)]
pub struct Naming {
    /// Before the part's name and a dot.
    pub prefix: String,
    /// After it.
    pub suffix: String,
}

impl Naming {
    /// The full name of what is built as a whole: `head@animal`.
    pub fn whole(&self) -> String {
        format!("{}{}", self.prefix, self.suffix)
    }

    /// The full name of a part.
    pub fn of(&self, part: &str) -> String {
        format!("{}.{part}{}", self.prefix, self.suffix)
    }

    /// The names of what is inside a part: `mh.1` in `mh`.
    pub fn inside(&self, part: &str) -> Self {
        Self { prefix: format!("{}.{part}", self.prefix), suffix: self.suffix.clone() }
    }
}

/// The nodes that a head is made of.
#[derive(Debug, Clone, Copy)]
pub struct AttentionNodes {
    /// `[queries, keys]`
    pub pattern: NodeId,
    /// `Z`, `[queries, d_v]`, where there are values.
    pub output: Option<NodeId>,
}

impl Masking {
    /// A mask that hides under −∞.
    pub const fn new(visible: Visible) -> Self {
        Self { visible, hidden: f64::NEG_INFINITY }
    }
}

impl Rules {
    /// A mask that hides under −∞, and nothing else out of the ordinary.
    pub fn masked(visible: Visible) -> Self {
        Self { mask: Some(Masking::new(visible)), ..Self::default() }
    }
}

impl Attention {
    /// Adds the nodes `Q`, `K`, `Q_rotated`, `K_rotated`, `scores`, `scaled`, `masked`, `tempered`, `pattern`, `V`, `V_up`
    /// and `Z`, as far as they are needed.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<AttentionNodes, CannotAdd> {
        let scores = self.scores(graph, naming)?;
        let scaled = divided(graph, scores, self.divisor(graph), naming.of("scaled"), Part::Scaled)?;
        let masked = match &self.rules.mask {
            Some(Masking { visible, hidden }) => {
                let op = Op::Mask(op::Mask { of: scaled, visible: visible.clone(), hidden: *hidden });
                graph.push(naming.of("masked"), op, Part::Masked)?
            }
            None => scaled,
        };
        let temperature = self.rules.temperature.clone();
        let of = divided(graph, masked, temperature, naming.of("tempered"), Part::Tempered)?;
        let op = Op::Softmax(op::Softmax { of, empty_row: self.rules.empty_row });
        let pattern = graph.push(naming.of("pattern"), op, Part::Pattern)?;
        let output = match self.values(graph, naming)? {
            // [queries, keys] · [keys, d_v] -> [queries, d_v]
            Some(values) => {
                let op = Op::Product(op::Product { left: pattern, right: values });
                Some(graph.push(naming.of("Z"), op, Part::HeadOutput)?)
            }
            None => None,
        };
        Ok(AttentionNodes { pattern, output })
    }

    /// The same weights over other positions. Vectors and scores that are there already stay as they are.
    pub fn looking(&self, queries_from: NodeId, keys_values_from: NodeId) -> Self {
        let mut own = self.clone();
        if let Source::Projected { queries, keys } = &mut own.source {
            (queries.from, keys.from) = (queries_from, keys_values_from);
        }
        match &mut own.values {
            Values::Projected(values) | Values::Factored { down: values, .. } => {
                values.from = keys_values_from;
            }
            Values::None | Values::Vectors(_) => {}
        }
        own
    }

    fn scores(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let (queries, keys) = match &self.source {
            Source::Projected { queries, keys } => {
                graph.play(queries.from, Part::Embeddings);
                graph.play(keys.from, Part::Embeddings);
                graph.play(queries.weights, Part::QueryWeights);
                graph.play(keys.weights, Part::KeyWeights);
                (
                    queries.build(graph, naming, "Q", Part::Queries)?,
                    keys.build(graph, naming, "K", Part::Keys)?,
                )
            }
            Source::Vectors { queries, keys } => {
                graph.play(*queries, Part::Queries);
                graph.play(*keys, Part::Keys);
                (*queries, *keys)
            }
            Source::Scores(scores) => {
                graph.play(*scores, Part::Scores);
                return Ok(*scores);
            }
        };
        let mut placed = |of, part: &str, plays| match self.rules.rotary {
            Some(angles) => graph.push(naming.of(part), Op::Rotate(op::Rotate { of, angles }), plays),
            None => Ok(of),
        };
        let queries = placed(queries, "Q_rotated", Part::Queries)?;
        let keys = placed(keys, "K_rotated", Part::Keys)?;
        // [queries, d_k] · [keys, d_k]ᵀ -> [queries, keys]
        graph.push(
            naming.of("scores"),
            Op::DotProducts(op::DotProducts { left: queries, right: keys }),
            Part::Scores,
        )
    }

    fn values(&self, graph: &mut Graph, naming: &Naming) -> Result<Option<NodeId>, CannotAdd> {
        match self.values {
            Values::None => Ok(None),
            Values::Projected(values) => {
                graph.play(values.weights, Part::ValueWeights);
                values.build(graph, naming, "V", Part::Values).map(Some)
            }
            Values::Factored { down, up } => {
                graph.play(down.weights, Part::ValueWeights);
                graph.play(up, Part::ValueWeights);
                let values = down.build(graph, naming, "V", Part::Values)?;
                // [keys, d_v] · [d_v, d_model] -> [keys, d_model]
                graph.push(naming.of("V_up"), down.layout.product(values, up), Part::Values).map(Some)
            }
            Values::Vectors(values) => {
                graph.play(values, Part::Values);
                Ok(Some(values))
            }
        }
    }

    fn divisor(&self, graph: &Graph) -> Option<Constant> {
        let d_k = match (&self.rules.scale, &self.source) {
            (Scale::By(divisor), _) => return Some(divisor.clone()),
            (Scale::None, _) | (Scale::RootOfQuerySize, Source::Scores(_)) => return None,
            (Scale::RootOfQuerySize, Source::Projected { queries, .. }) => {
                let shape = &graph.node(queries.weights).shape;
                match queries.layout {
                    Layout::InOut => &shape.columns,
                    Layout::OutIn => &shape.rows,
                }
            }
            (Scale::RootOfQuerySize, Source::Vectors { queries, .. }) => &graph.node(*queries).shape.columns,
        };
        let size = d_k.size().to_string();
        let symbol = format!("√{}", d_k.name().unwrap_or(&size));
        Some(Constant { value: (d_k.size() as f64).sqrt(), symbol })
    }
}

/// The matrix divided by a number, or itself where there is none.
fn divided(
    graph: &mut Graph,
    of: NodeId,
    divisor: Option<Constant>,
    name: String,
    part: Part,
) -> Result<NodeId, CannotAdd> {
    match divisor {
        Some(divisor) => graph.push(name, Op::Scale(op::Scale { of, divisor }), part),
        None => Ok(of),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::graph::{Axis, Shape};

    fn given(graph: &mut Graph, name: &str, rows: usize, columns: Arc<Axis>) -> NodeId {
        // Nothing is computed here, so shapes are enough.
        let (values, shape) = (Arc::default(), Shape::new(Axis::numbered(rows), columns));
        graph.push(name, Op::Given(op::Given::written(values, shape)), Part::Other).expect("a free name")
    }

    /// The names of the nodes that a head adds.
    fn names(mut graph: Graph, head: &Attention) -> Vec<String> {
        let before = graph.len();
        let naming = Naming { prefix: "head".to_owned(), suffix: "@skin".to_owned() };
        head.build(&mut graph, &naming).expect("everything fits");
        graph.nodes().skip(before).map(|(_, node)| node.name.clone()).collect()
    }

    #[test]
    fn a_head_has_a_node_for_every_step_that_it_takes() {
        let mut graph = Graph::default();
        let d_k = Axis::sized("d_k", 2);
        let x = given(&mut graph, "X", 3, Axis::numbered(4));
        let query_weights = given(&mut graph, "W_Q", 4, Arc::clone(&d_k));
        let key_weights = given(&mut graph, "W_K", 4, d_k);
        let weights = given(&mut graph, "W_V", 4, Axis::numbered(4));
        let head = Attention {
            source: Source::Projected {
                queries: Projection::new(x, query_weights),
                keys: Projection::new(x, key_weights),
            },
            values: Values::Projected(Projection::new(x, weights)),
            rules: Rules::masked(Visible::Causal),
        };
        assert_eq!(
            names(graph, &head),
            ["Q", "K", "scores", "scaled", "masked", "pattern", "V", "Z"]
                .map(|part| format!("head.{part}@skin"))
        );
    }

    #[test]
    fn a_head_of_scores_alone_is_only_their_pattern() {
        let mut graph = Graph::default();
        let scores = given(&mut graph, "scores", 3, Axis::numbered(3));
        let source = Source::Scores(scores);
        let head = Attention { source, values: Values::None, rules: Rules::default() };
        assert_eq!(names(graph, &head), ["head.pattern@skin"]);
    }

    #[test]
    fn the_divisor_is_the_root_of_the_size_of_the_queries_and_bears_its_name() {
        let mut graph = Graph::default();
        let queries = given(&mut graph, "Q", 3, Axis::sized("d_k", 16));
        let keys = given(&mut graph, "K", 5, Axis::sized("d_k", 16));
        let source = Source::Vectors { queries, keys };
        let head = Attention { source, values: Values::None, rules: Rules::default() };
        assert_eq!(head.divisor(&graph), Some(Constant { value: 4.0, symbol: "√d_k".to_owned() }));
    }

    #[test]
    fn rotary_positions_turn_queries_and_keys_and_nothing_else() {
        let mut graph = Graph::default();
        let [queries, keys, values] =
            ["Q", "K", "V"].map(|name| given(&mut graph, name, 3, Axis::sized("d_k", 2)));
        let source = Source::Vectors { queries, keys };
        let rules = Rules { rotary: Some(Angles::default()), ..Rules::default() };
        let head = Attention { source, values: Values::Vectors(values), rules };
        assert_eq!(
            names(graph, &head),
            ["Q_rotated", "K_rotated", "scores", "scaled", "pattern", "Z"]
                .map(|part| format!("head.{part}@skin"))
        );
    }

    #[test]
    fn biases_factored_values_and_a_temperature_have_nodes_of_their_own() {
        let mut graph = Graph::default();
        let x = given(&mut graph, "X", 3, Axis::numbered(4));
        // Stored as (out × in).
        let mut weights = |name: &str| given(&mut graph, name, 2, Axis::numbered(4));
        let [w_q, w_k, w_v] = ["W_Q", "W_K", "W_V"].map(&mut weights);
        let bias = given(&mut graph, "b", 1, Axis::numbered(2));
        let up = given(&mut graph, "W_V_up", 4, Axis::numbered(2));
        let projection = |weights| Projection { from: x, weights, bias: Some(bias), layout: Layout::OutIn };
        let head = Attention {
            source: Source::Projected { queries: projection(w_q), keys: projection(w_k) },
            values: Values::Factored { down: projection(w_v), up },
            rules: Rules {
                scale: Scale::None,
                temperature: Some(Constant::plain(2.0)),
                ..Rules::masked(Visible::Causal)
            },
        };
        let expected = [
            "Q_without_bias",
            "Q",
            "K_without_bias",
            "K",
            "scores",
            "masked",
            "tempered",
            "pattern",
            "V_without_bias",
            "V",
            "V_up",
            "Z",
        ];
        assert_eq!(names(graph, &head), expected.map(|part| format!("head.{part}@skin")));
    }
}
