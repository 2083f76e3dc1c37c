//! How matrices, cells and axes are called on the screen, and in which role.

use super::text::{Line, Role};
use crate::graph::op::Keeping;
use crate::graph::{
    Aggregate, AggregateKind, Cell, Convention, Function, NodeId, Op, Part, Place, Trace, op,
};
use crate::language::{Language, Words, words};

/// The role in which a matrix is written wherever it is named.
pub(super) const fn role_of(part: Part) -> Role {
    match part {
        Part::Vocabulary | Part::OneHot | Part::Embeddings | Part::Positions | Part::Norm => Role::Inputs,
        Part::QueryWeights
        | Part::KeyWeights
        | Part::ValueWeights
        | Part::OutputWeights
        | Part::Weights
        | Part::UnembeddingWeights => Role::Weights,
        Part::Queries => Role::Queries,
        Part::Keys => Role::Keys,
        Part::Values => Role::Values,
        Part::Scores | Part::Scaled | Part::Masked | Part::Tempered | Part::Cosines | Part::Logits => {
            Role::Scores
        }
        Part::Pattern | Part::Probabilities => Role::Pattern,
        Part::HeadOutput
        | Part::Concat
        | Part::Output
        | Part::FeedForward
        | Part::Residual
        | Part::Choice
        | Part::Loss => Role::Output,
        Part::Hidden | Part::Other => Role::Strong,
    }
}

/// What a matrix is in words, for readers who do not know its letter yet.
pub(super) const fn words_of(part: Part) -> Option<Words> {
    Some(match part {
        Part::Vocabulary => words("vocabulary", "词表"),
        Part::OneHot => words("one-hot vectors", "独热向量"),
        Part::Embeddings => words("embeddings", "嵌入"),
        Part::Positions => words("positions", "位置编码"),
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
        Part::Tempered => words("scores after the temperature", "除以温度后的分数"),
        Part::Pattern => words("attention pattern", "注意力模式"),
        Part::HeadOutput => words("weighted sum of values", "值的加权和"),
        Part::Concat => words("heads side by side", "各头拼接"),
        Part::Output => words("output", "输出"),
        Part::Weights => words("weights", "权重"),
        Part::Norm => words("after the norm", "归一化后"),
        Part::Hidden => words("hidden numbers", "隐藏层"),
        Part::FeedForward => words("feed-forward output", "前馈网络的输出"),
        Part::Residual => words("residual sum", "残差之和"),
        Part::Cosines => words("cosines", "余弦相似度"),
        Part::UnembeddingWeights => words("unembedding weights", "反嵌入权重"),
        Part::Logits => words("logits", "logit 值"),
        Part::Probabilities => words("probabilities", "概率"),
        Part::Choice => words("choice", "选择"),
        Part::Loss => words("loss", "损失"),
        Part::Other => return None,
    })
}

/// How a matrix is called in the pipeline: by its letter, or by what is done to make it.
pub(super) fn stage(trace: &Trace, id: NodeId, convention: Convention, language: Language) -> String {
    let node = trace.node(id);
    let plain = |id: NodeId| without_text(trace.graph().symbol(id)).to_owned();
    match &node.op {
        // Weights that are stored as (out × in), and biases, make queries, keys and values all the same.
        Op::DotProducts(_) | Op::Add(_) if is_projected(node.part) => plain(id),
        Op::DotProducts(op::DotProducts { left, right }) => match convention {
            Convention::Rows => format!("{}·{}ᵀ", plain(*left), plain(*right)),
            Convention::Columns => format!("{}ᵀ·{}", plain(*right), plain(*left)),
        },
        Op::Scale(op::Scale { divisor, .. }) => format!("÷{}", divisor.symbol),
        Op::Mask(_) => (*words("mask", "掩码").get(language)).to_owned(),
        Op::Softmax(_) => "softmax".to_owned(),
        Op::Add(op::Add { terms }) => terms.iter().map(|term| plain(*term)).collect::<Vec<_>>().join("+"),
        Op::Context(_) => (*words("context", "上下文").get(language)).to_owned(),
        Op::Subtract(op::Subtract { left, right }) => format!("{}−{}", plain(*left), plain(*right)),
        Op::Multiply(op::Multiply { left, right }) => format!("{}⊙{}", plain(*left), plain(*right)),
        Op::Activate(op::Activate { with, .. }) => with.name().to_owned(),
        Op::Dropout(_) => "dropout".to_owned(),
        Op::LayerNorm(_) => (*words("layer norm", "层归一化").get(language)).to_owned(),
        Op::RmsNorm(_) => "RMS norm".to_owned(),
        Op::OneHot(_) => (*words("one-hot", "独热").get(language)).to_owned(),
        Op::Sinusoids(_) => (*words("positions", "位置编码").get(language)).to_owned(),
        Op::Rotate(_) => (*words("rotate", "旋转").get(language)).to_owned(),
        Op::Measure(op::Measure { quantity, .. }) => quantity.word().to_owned(),
        Op::UnitRows(_) => "÷‖·‖".to_owned(),
        Op::Distances(op::Distances { left, right }) => format!("‖{}−{}‖", plain(*left), plain(*right)),
        Op::Given(_)
        | Op::Random(_)
        | Op::Gather(_)
        | Op::Transpose(_)
        | Op::Product(_)
        | Op::Concat(_)
        | Op::Counted(_)
        | Op::Convolution(_)
        | Op::Recur(_)
        | Op::Stack(_)
        | Op::Slice(_)
        | Op::Components(_)
        | Op::ShareOf(_) => plain(id),
        Op::Keep(op::Keep { keeping: Keeping::Most(k), .. }) => format!("top-k {k}"),
        Op::Keep(op::Keep { keeping: Keeping::Share(share), .. }) => format!("top-p {share}"),
        Op::Choose(_) => (*words("choice", "选择").get(language)).to_owned(),
        Op::CrossEntropy(_) => "−ln p".to_owned(),
    }
}

/// Whether a matrix is known by its letter, however it is made.
const fn is_projected(part: Part) -> bool {
    matches!(part, Part::Queries | Part::Keys | Part::Values)
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

/// What a lesson writes, with matrices called as they are elsewhere on the screen: `max(pattern[1])` for
/// `max(head.pattern[1])`.
pub(super) fn shortened(trace: &Trace, written: &str) -> String {
    let graph = trace.graph();
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@');
    let mut out = String::with_capacity(written.len());
    let mut start = 0;
    for (end, c) in written.char_indices().chain([(written.len(), ' ')]) {
        if in_name(c) {
            continue;
        }
        let name = &written[start..end];
        out.push_str(graph.find(name).map_or(name, |id| graph.symbol(id)));
        start = (end + c.len_utf8()).min(written.len());
        out.push_str(&written[end..start]);
    }
    out
}

/// How a function is written: before and after what it is applied to.
pub(super) const fn function(function: Function) -> (&'static str, &'static str) {
    match function {
        Function::Exponential => ("exp(", ")"),
        Function::Negative => ("−", ""),
        Function::Square => ("", "²"),
        Function::Cube => ("", "³"),
        Function::Root => ("√(", ")"),
        Function::Rectified => ("max(0, ", ")"),
        Function::Tanh => ("tanh(", ")"),
        Function::ErrorFunction => ("erf(", ")"),
        Function::Sine => ("sin(", ")"),
        Function::Cosine => ("cos(", ")"),
        Function::Logarithm | Function::LogarithmOfShare => ("ln(", ")"),
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
                AggregateKind::Mean => words("mean", "均值"),
                AggregateKind::Variance => words("variance", "方差"),
                AggregateKind::MeanSquare => words("mean square", "均方"),
                AggregateKind::Norm => words("length", "长度"),
            };
            format!("{}[{}]", name.get(language), trace.node(node).shape.rows.unique_label(row))
        }
    }
}
