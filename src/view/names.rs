//! How matrices, cells and axes are called on the screen, and in which role.

use super::text::{Line, Role};
use crate::graph::{
    Aggregate, AggregateKind, Cell, Convention, Function, NodeId, Op, Part, Place, Trace, op,
};
use crate::language::{Language, Words, words};

/// The role in which a matrix is written wherever it is named.
pub(super) const fn role_of(part: Part) -> Role {
    match part {
        Part::Vocabulary | Part::Embeddings => Role::Inputs,
        Part::QueryWeights | Part::KeyWeights | Part::ValueWeights | Part::OutputWeights => Role::Weights,
        Part::Queries => Role::Queries,
        Part::Keys => Role::Keys,
        Part::Values => Role::Values,
        Part::Scores | Part::Scaled | Part::Masked => Role::Scores,
        Part::Pattern => Role::Pattern,
        Part::HeadOutput | Part::Concat | Part::Output => Role::Output,
        Part::Other => Role::Strong,
    }
}

/// What a matrix is in words, for readers who do not know its letter yet.
pub(super) const fn words_of(part: Part) -> Option<Words> {
    Some(match part {
        Part::Vocabulary => words("vocabulary", "词表"),
        Part::Embeddings => words("embeddings", "嵌入"),
        Part::QueryWeights => words("query weights", "查询权重"),
        Part::KeyWeights => words("key weights", "键权重"),
        Part::ValueWeights => words("value weights", "值权重"),
        Part::OutputWeights => words("output weights", "输出权重"),
        Part::Queries => words("queries", "查询"),
        Part::Keys => words("keys", "键"),
        Part::Values => words("values", "值"),
        Part::Scores => words("scores", "分数"),
        Part::Scaled => words("scaled scores", "缩放后的分数"),
        Part::Masked => words("masked scores", "掩码后的分数"),
        Part::Pattern => words("attention pattern", "注意力模式"),
        Part::HeadOutput => words("weighted sum of values", "值的加权和"),
        Part::Concat => words("heads side by side", "各头拼接"),
        Part::Output => words("output", "输出"),
        Part::Other => return None,
    })
}

/// How a matrix is called in the pipeline: by its letter, or by what is done to make it.
pub(super) fn stage(trace: &Trace, id: NodeId, convention: Convention, language: Language) -> String {
    let node = trace.node(id);
    let plain = |id: NodeId| without_text(trace.graph().symbol(id)).to_owned();
    match &node.op {
        Op::DotProducts(op::DotProducts { left, right }) => match convention {
            Convention::Rows => format!("{}·{}ᵀ", plain(*left), plain(*right)),
            Convention::Columns => format!("{}ᵀ·{}", plain(*right), plain(*left)),
        },
        Op::Scale(op::Scale { divisor, .. }) => format!("÷{}", divisor.symbol),
        Op::Mask(_) => (*words("mask", "掩码").get(language)).to_owned(),
        Op::Softmax(_) => "softmax".to_owned(),
        Op::Add(op::Add { terms }) => terms.iter().map(|term| plain(*term)).collect::<Vec<_>>().join("+"),
        Op::Given(_) | Op::Random(_) | Op::Gather(_) | Op::Transpose(_) | Op::Product(_) | Op::Concat(_) => {
            plain(id)
        }
    }
}

/// The name of a matrix without the text that it belongs to: `Z` for `Z@animal`.
pub(super) fn family(trace: &Trace, node: NodeId) -> &str {
    without_text(trace.graph().symbol(node))
}

/// A name without the text that it belongs to: `Z` of `Z@animal`.
fn without_text(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

/// The name of a matrix: `scores`, or `Kᵀ` where it is turned.
pub(super) fn matrix(trace: &Trace, node: NodeId) -> Line {
    Line::of(trace.graph().symbol(node), role_of(trace.node(node).part))
}

/// How a function is written before its bracket.
pub(super) const fn function(function: Function) -> &'static str {
    match function {
        Function::Exponential => "exp",
    }
}

/// The name of a place: `scores[creature, fluffy]`.
pub(super) fn place(trace: &Trace, place: Place, language: Language) -> String {
    match place {
        Place::Cell(Cell { node, row, column }) => {
            let shape = &trace.node(node).shape;
            let (row, column) = (shape.rows.unique_label(row), shape.columns.unique_label(column));
            format!("{}[{row}, {column}]", trace.graph().symbol(node))
        }
        Place::Aggregate(Aggregate { node, kind, row }) => {
            let name = match kind {
                AggregateKind::Maximum => words("max", "最大值"),
                AggregateKind::Total => words("total", "总和"),
            };
            format!("{}[{}]", name.get(language), trace.node(node).shape.rows.unique_label(row))
        }
    }
}
