//! One attention head: `softmax(Q·Kᵀ / √d_k)·V` (Vaswani et al. 2017, §3.2.1).

use crate::graph::{CannotAdd, Constant, Graph, NodeId, Op, Part, Visible, op};

/// What one head is made of.
#[derive(Debug, Clone)]
pub struct Attention {
    /// What the scores come from.
    pub source: Source,
    /// What the pattern sums up; without values the head ends at its pattern.
    pub values: Values,
    /// Which keys each query may see; `None` for all.
    pub mask: Option<Visible>,
    /// What the scores are divided by.
    pub scale: Scale,
}

/// What the scores come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Queries and keys are projected: `Q = X·W_Q`, `K = Y·W_K`. In self-attention `X` and `Y` are one.
    Projected {
        /// `X`, `[queries, d_model]`
        queries_from: NodeId,
        /// `Y`, `[keys, d_model]`
        keys_from: NodeId,
        /// `W_Q`, `[d_model, d_k]`
        query_weights: NodeId,
        /// `W_K`, `[d_model, d_k]`
        key_weights: NodeId,
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
    /// `V = Y·W_V`.
    Projected {
        /// `Y`, `[keys, d_model]`
        from: NodeId,
        /// `W_V`, `[d_model, d_v]`
        weights: NodeId,
    },
    /// `V` is there already, `[keys, d_v]`.
    Vectors(NodeId),
}

/// What the scores are divided by.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// The square root of the queries' size, where there are queries.
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
    /// The full name of a part.
    pub fn of(&self, part: &str) -> String {
        format!("{}.{part}{}", self.prefix, self.suffix)
    }

    /// How the nodes of a part are called that is made of several: `block.attention` within `block`.
    pub fn within(&self, part: &str) -> Self {
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

impl Attention {
    /// Adds the nodes `Q`, `K`, `scores`, `scaled`, `masked`, `pattern`, `V` and `Z`, as far as they are needed.
    ///
    /// # Errors
    /// When shapes do not fit or a name is taken.
    pub fn build(&self, graph: &mut Graph, naming: &Naming) -> Result<AttentionNodes, CannotAdd> {
        let scores = self.scores(graph, naming)?;
        let scaled = match self.divisor(graph) {
            Some(divisor) => {
                graph.push(naming.of("scaled"), Op::Scale(op::Scale { of: scores, divisor }), Part::Scaled)?
            }
            None => scores,
        };
        let masked = match &self.mask {
            Some(mask) => {
                let op = Op::Mask(op::Mask { of: scaled, visible: mask.clone() });
                graph.push(naming.of("masked"), op, Part::Masked)?
            }
            None => scaled,
        };
        let pattern =
            graph.push(naming.of("pattern"), Op::Softmax(op::Softmax { of: masked }), Part::Pattern)?;
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
        if let Source::Projected { queries_from: queries, keys_from: keys, .. } = &mut own.source {
            (*queries, *keys) = (queries_from, keys_values_from);
        }
        if let Values::Projected { from, .. } = &mut own.values {
            *from = keys_values_from;
        }
        own
    }

    fn scores(&self, graph: &mut Graph, naming: &Naming) -> Result<NodeId, CannotAdd> {
        let (queries, keys) = match self.source {
            Source::Projected { queries_from, keys_from, query_weights, key_weights } => {
                graph.play(queries_from, Part::Embeddings);
                graph.play(keys_from, Part::Embeddings);
                graph.play(query_weights, Part::QueryWeights);
                graph.play(key_weights, Part::KeyWeights);
                // [queries, d_model] · [d_model, d_k] -> [queries, d_k], and the same for the keys
                let queries = Op::Product(op::Product { left: queries_from, right: query_weights });
                let keys = Op::Product(op::Product { left: keys_from, right: key_weights });
                (
                    graph.push(naming.of("Q"), queries, Part::Queries)?,
                    graph.push(naming.of("K"), keys, Part::Keys)?,
                )
            }
            Source::Vectors { queries, keys } => {
                graph.play(queries, Part::Queries);
                graph.play(keys, Part::Keys);
                (queries, keys)
            }
            Source::Scores(scores) => {
                graph.play(scores, Part::Scores);
                return Ok(scores);
            }
        };
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
            Values::Projected { from, weights } => {
                graph.play(weights, Part::ValueWeights);
                // [keys, d_model] · [d_model, d_v] -> [keys, d_v]
                let op = Op::Product(op::Product { left: from, right: weights });
                graph.push(naming.of("V"), op, Part::Values).map(Some)
            }
            Values::Vectors(values) => {
                graph.play(values, Part::Values);
                Ok(Some(values))
            }
        }
    }

    fn divisor(&self, graph: &Graph) -> Option<Constant> {
        let queries = match (&self.scale, &self.source) {
            (Scale::By(divisor), _) => return Some(divisor.clone()),
            (Scale::None, _) | (Scale::RootOfQuerySize, Source::Scores(_)) => return None,
            (Scale::RootOfQuerySize, Source::Projected { query_weights, .. }) => *query_weights,
            (Scale::RootOfQuerySize, Source::Vectors { queries, .. }) => *queries,
        };
        let d_k = &graph.node(queries).shape.columns;
        let size = d_k.size().to_string();
        let symbol = format!("√{}", d_k.name().unwrap_or(&size));
        Some(Constant { value: (d_k.size() as f64).sqrt(), symbol })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::graph::{Axis, Origin, Shape};

    fn given(graph: &mut Graph, name: &str, rows: usize, columns: Arc<Axis>) -> NodeId {
        // Nothing is computed here, so shapes are enough.
        let (values, shape) = (Arc::default(), Shape::new(Axis::numbered(rows), columns));
        graph
            .push(name, Op::Given(op::Given { values, shape, origin: Origin::Written }), Part::Other)
            .expect("a free name")
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
            source: Source::Projected { queries_from: x, keys_from: x, query_weights, key_weights },
            values: Values::Projected { from: x, weights },
            mask: Some(Visible::Causal),
            scale: Scale::RootOfQuerySize,
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
        let head = Attention { source, values: Values::None, mask: None, scale: Scale::RootOfQuerySize };
        assert_eq!(names(graph, &head), ["head.pattern@skin"]);
    }

    #[test]
    fn the_divisor_is_the_root_of_the_size_of_the_queries_and_bears_its_name() {
        let mut graph = Graph::default();
        let queries = given(&mut graph, "Q", 3, Axis::sized("d_k", 16));
        let keys = given(&mut graph, "K", 5, Axis::sized("d_k", 16));
        let source = Source::Vectors { queries, keys };
        let head = Attention { source, values: Values::None, mask: None, scale: Scale::RootOfQuerySize };
        assert_eq!(head.divisor(&graph), Some(Constant { value: 4.0, symbol: "√d_k".to_owned() }));
    }
}
