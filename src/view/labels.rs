//! What the entries of an axis are called on the screen.
//!
//! Tokens and features are called what the lesson calls them. The tables that count parameters and work have rows and
//! columns of the program's own, whose names are said in the language of the screen; claims write the English ones.

use crate::graph::{Axis, NodeId, Op, Trace, op};
use crate::language::{Language, Words, words};

/// The rows and columns of tables of counts: what a lesson writes, and what it is called.
const COUNTED: &[(&str, Words)] = &[
    ("embedding", words("embedding", "嵌入")),
    ("unembedding", words("unembedding", "反嵌入")),
    ("positions", words("positions", "位置")),
    ("query", words("query", "查询")),
    ("key", words("key", "键")),
    ("value", words("value", "值")),
    ("output", words("output", "输出")),
    ("up", words("up", "升维")),
    ("down", words("down", "降维")),
    ("query_bias", words("query_bias", "查询偏置")),
    ("key_bias", words("key_bias", "键偏置")),
    ("value_bias", words("value_bias", "值偏置")),
    ("output_bias", words("output_bias", "输出偏置")),
    ("up_bias", words("up_bias", "升维偏置")),
    ("down_bias", words("down_bias", "降维偏置")),
    ("norm_gain", words("norm_gain", "归一化增益")),
    ("norm_bias", words("norm_bias", "归一化偏置")),
    ("total", words("total", "合计")),
    ("each", words("each", "每个")),
    ("layer", words("layer", "每层")),
    ("matrices", words("matrices", "矩阵数")),
    ("numbers", words("numbers", "参数量")),
    ("projections", words("projections", "投影")),
    ("scores", words("scores", "分数")),
    ("sums", words("sums", "加权求和")),
    ("next", words("next", "下一词元")),
    ("saved", words("saved", "省下")),
    ("cells", words("cells", "格数")),
    ("bytes", words("bytes", "字节")),
    ("cache", words("cache", "缓存")),
    ("recomputed", words("recomputed", "重新计算")),
    ("cached", words("cached", "用缓存")),
];

/// What an entry of an axis of a matrix is called in a language.
pub(super) fn label<'a>(
    trace: &Trace,
    node: NodeId,
    axis: &'a Axis,
    index: usize,
    language: Language,
) -> &'a str {
    let own = axis.label(index);
    // A part of a table keeps its names.
    let mut table = node;
    while let Op::Slice(op::Slice { of, .. }) = trace.node(table).op {
        table = of;
    }
    if !matches!(trace.node(table).op, Op::Counted(_)) {
        return own;
    }
    let counted = COUNTED.iter().find(|(name, _)| *name == own);
    counted.map_or(own, |(_, words)| *words.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::lesson::check;

    #[test]
    fn every_row_and_column_that_is_counted_has_a_word_in_chinese() {
        let written = "title: Counts
axes: {d_model: [the, cat]}
text: the
vocabulary: {axis: d_model, tokens: {the: {the: 1}, cat: {cat: 1}}}
matrices:
  - X: {embed: main}
  - gpt: {logits: {of: X}}
  - story: {generate: {from: main, logits: gpt, at_most: 2}}
  - known: {parameters: {model: gpt-2}}
  - part: {slice: {of: known, rows: [query, value]}}
  - own: {parameters: {d_model: 8, n_heads: 2, vocabulary: 9, positions: 4, d_ff: 16, biases: all, norms: all}}
  - work: {cost: {tokens: [10, 20], model: gpt-2}}
";
        let lesson = check(&Source::new("counts.yaml", written)).lesson.expect("nothing is wrong with it");
        let graph = lesson.trace.graph();
        for name in ["known", "part", "own", "work", "work.layers", "story.cost"] {
            let node = graph.find(name).expect(name);
            for axis in [&graph.node(node).shape.rows, &graph.node(node).shape.columns] {
                for index in 0..axis.size() {
                    let own = axis.label(index);
                    let zh = label(&lesson.trace, node, axis, index, Language::Chinese);
                    assert_eq!(label(&lesson.trace, node, axis, index, Language::English), own);
                    assert!(!zh.is_ascii() || own.parse::<u32>().is_ok(), "{name}: {own} is {zh}");
                }
            }
        }
        let embeddings = graph.find("X").expect("it is defined");
        let columns = &graph.node(embeddings).shape.columns;
        assert_eq!(label(&lesson.trace, embeddings, columns, 0, Language::Chinese), "the");
    }
}
