//! What becomes of logits, on any matrix.

use proptest::prelude::*;
use proptest::sample::Index;
use qkv::graph::op::{Choosing, Keeping};
use qkv::graph::{Axis, Constant, Graph, NodeId, Op, Shape, op};
use qkv::transformer::{Layout, Logits, Naming, Sampling, Unembedding};

/// What is added.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    TopK,
    TopP,
    Greedy,
    Sampled,
    CrossEntropy,
}

/// Any of them.
pub(super) fn kind() -> impl Strategy<Value = Kind> {
    use Kind::{CrossEntropy, Greedy, Sampled, TopK, TopP};
    prop::sample::select(vec![TopK, TopP, Greedy, Sampled, CrossEntropy])
}

/// The operation on a matrix of this shape; `by` has the same shape.
pub(super) fn op(kind: Kind, of: NodeId, by: NodeId, shape: &Shape, picks: &[Index; 4]) -> Op {
    let (rows, columns) = shape.size();
    match kind {
        Kind::TopK => Op::Keep(op::Keep { of, by, keeping: Keeping::Most(1 + picks[1].index(columns)) }),
        Kind::TopP => {
            let keeping = Keeping::Share((1 + picks[1].index(10)) as f64 / 10.0);
            Op::Keep(op::Keep { of, by, keeping })
        }
        Kind::Greedy => Op::Choose(op::Choose { of, choosing: Choosing::Greedy }),
        Kind::Sampled => {
            let choosing = Choosing::Sampled { seed: picks[1].index(1000) as u64 };
            Op::Choose(op::Choose { of, choosing })
        }
        Kind::CrossEntropy => {
            let targets = (0..=picks[1].index(rows)).map(|row| (row + picks[2].index(9)) % columns).collect();
            Op::CrossEntropy(op::CrossEntropy { of, targets })
        }
    }
}

/// Logits of a matrix with given weights and perhaps a bias, and probabilities with any settings.
pub(super) fn build(graph: &mut Graph, logits: Logits, sampling: &Sampling) {
    let prefix = format!("o{}", graph.len());
    let naming = Naming { prefix: prefix.clone(), suffix: "@main".to_owned() };
    let logits = logits.build(graph, &naming).expect("everything is made to fit");
    let naming = Naming { prefix: format!("{prefix}.p"), suffix: String::new() };
    sampling.build(graph, logits, &naming).expect("the names are free");
}

/// Temperature, top-k and top-p, each there or not.
pub(super) fn sampling(picks: &[Index; 4], tokens: usize) -> Sampling {
    let temperature = (picks[1].index(2) == 0).then(|| Constant { value: 0.7, symbol: "T".to_owned() });
    let top_k = (picks[2].index(2) == 0).then(|| 1 + picks[2].index(tokens));
    let top_p = (picks[3].index(2) == 0).then(|| (1 + picks[3].index(10)) as f64 / 10.0);
    Sampling { temperature, top_k, top_p }
}

/// The tied form takes a table of tokens by features, the other the same turned.
pub(super) fn unembedding(tied: bool, weights: NodeId) -> Unembedding {
    if tied { Unembedding::Tied(weights) } else { Unembedding::Weights { weights, layout: Layout::InOut } }
}

/// The tokens that there are logits for.
pub(super) fn vocabulary() -> std::sync::Arc<Axis> {
    Axis::tokens("vocabulary", ["a", "b", "c", "d"].map(str::to_owned).to_vec())
}
