//! Words of other books, other programs and other languages for words of the format.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::everyday::EVERYDAY;

/// What an author may call something, and what it is called here.
const OTHER: &[(&str, &str)] = &[
    // A lesson.
    ("标题", "title"),
    ("titre", "title"),
    ("titulo", "title"),
    ("heading", "title"),
    ("文本", "text"),
    ("句子", "text"),
    ("文本", "texts"),
    ("句子", "texts"),
    ("tekst", "text"),
    ("texte", "text"),
    ("sentence", "text"),
    ("sentences", "texts"),
    ("轴", "axes"),
    ("dimensions", "axes"),
    ("dims", "axes"),
    ("features", "axes"),
    ("词表", "vocabulary"),
    ("词汇", "vocabulary"),
    ("词汇表", "vocabulary"),
    ("vocab", "vocabulary"),
    ("dictionary", "vocabulary"),
    ("矩阵", "matrices"),
    ("matrixes", "matrices"),
    ("matrix", "matrices"),
    ("步骤", "steps"),
    ("slides", "steps"),
    ("种子", "seed"),
    ("随机种子", "seed"),
    ("来源", "source"),
    ("出处", "source"),
    ("断言", "expect"),
    ("checks", "expect"),
    ("claims", "expect"),
    ("expectations", "expect"),
    ("made_up", "toy"),
    ("invented", "toy"),
    ("自编", "toy"),
    ("自编的", "toy"),
    ("示意", "toy"),
    ("已发表", "published"),
    ("列", "columns"),
    ("按列", "columns"),
    ("行", "rows"),
    ("按行", "rows"),
    ("import", "include"),
    ("includes", "include"),
    ("random_seed", "seed"),
    ("包含", "include"),
    ("词元", "tokens"),
    ("sentence", "tokens"),
    ("句子", "tokens"),
    ("释义", "gloss"),
    ("注释", "gloss"),
    // A step.
    ("显示", "show"),
    ("display", "show"),
    ("picture", "show"),
    ("讲解", "say"),
    ("words", "say"),
    ("explanation", "say"),
    ("text", "say"),
    ("备注", "note"),
    ("notes", "note"),
    ("remark", "note"),
    ("cursor", "focus"),
    ("highlight", "focus"),
    ("高亮", "focus"),
    ("焦点", "focus"),
    ("光标", "focus"),
    ("uncover", "reveal"),
    ("揭示", "reveal"),
    ("逐行", "rows"),
    ("逐列", "columns"),
    ("row_by_row", "rows"),
    ("line_by_line", "rows"),
    ("column_by_column", "columns"),
    ("解说", "say"),
    ("原因", "because"),
    ("reason", "because"),
    // A question.
    ("提问", "question"),
    ("问题", "question"),
    ("quiz", "question"),
    ("答案", "answer"),
    ("提示", "hint"),
    ("explanation", "explain"),
    ("solution", "explain"),
    ("question", "ask"),
    ("prompt", "ask"),
    ("问题", "ask"),
    ("解析", "explain"),
    ("解释", "explain"),
    ("题目", "ask"),
    ("ascending", "smallest"),
    ("increasing", "smallest"),
    ("从小到大", "smallest"),
    ("descending", "largest"),
    ("decreasing", "largest"),
    ("从大到小", "largest"),
    ("word", "token"),
    ("options", "choose"),
    ("choices", "choose"),
    ("choice", "choose"),
    ("multiple_choice", "choose"),
    ("correct", "right"),
    ("true", "right"),
    ("false", "wrong"),
    ("incorrect", "wrong"),
    // A matrix.
    ("plus", "add"),
    ("sum", "add"),
    ("minus", "subtract"),
    ("difference", "subtract"),
    ("matmul", "product"),
    ("dot", "product"),
    ("linear", "product"),
    ("times", "multiply"),
    ("hadamard", "multiply"),
    ("t", "transpose"),
    ("embeddings", "embed"),
    ("embedding", "embed"),
    ("embeddings", "vocabulary"),
    ("embedding", "vocabulary"),
    ("concatenate", "concat"),
    ("eye", "identity"),
    ("attn", "attention"),
    ("self_attention", "attention"),
    ("multi_head", "attention"),
    ("注意力", "attention"),
    ("mha", "multi_head"),
    ("multi_head_attention", "multi_head"),
    ("多头", "multi_head"),
    ("多头注意力", "multi_head"),
    ("嵌入", "embed"),
    ("给定", "given"),
    ("ffn", "feed_forward"),
    ("mlp", "feed_forward"),
    ("layer_normalisation", "layer_norm"),
    ("layer_normalization", "layer_norm"),
    ("rope", "rotary"),
    ("positional_encoding", "positions"),
    ("position_encoding", "positions"),
    ("pca", "principal_components"),
    ("conv", "convolution"),
    ("rnn", "recurrence"),
    ("loss", "cross_entropy"),
    // What belongs to a matrix.
    ("输入", "of"),
    ("数值", "values"),
    ("值", "values"),
    ("数值", "value"),
    ("值", "value"),
    ("名称", "name"),
    ("名字", "name"),
    ("掩码", "mask"),
    ("attn_mask", "mask"),
    ("attention_mask", "mask"),
    ("温度", "temperature"),
    ("t", "temperature"),
    ("temp", "temperature"),
    ("divisor", "divide_by"),
    ("data", "values"),
    ("numbers", "values"),
    ("缩放", "scale"),
    ("头", "heads"),
    ("行", "rows"),
    ("列", "cols"),
    ("input", "of"),
    ("query", "W_Q"),
    ("key", "W_K"),
    ("value", "W_V"),
    ("columns", "cols"),
    ("column", "cols"),
    ("row", "rows"),
    ("heads", "n_heads"),
    ("layers", "n_layers"),
    ("gamma", "gain"),
    ("beta", "bias"),
    ("eps", "epsilon"),
    ("std", "deviation"),
    ("stddev", "deviation"),
    ("swish", "silu"),
    ("logistic", "sigmoid"),
    ("层归一化", "layer"),
    ("layernorm", "layer"),
    ("rmsnorm", "rms"),
    ("before", "pre"),
    ("pre_norm", "pre"),
    ("post_norm", "post"),
    ("first", "pre"),
    ("after", "post"),
    ("last", "post"),
    ("random", "sampled"),
    ("sampling", "sampled"),
    ("argmax", "greedy"),
    ("true", "causal"),
    ("yes", "causal"),
    ("autoregressive", "causal"),
    ("lookahead", "causal"),
    ("look_ahead", "causal"),
    ("triangular", "causal"),
    ("lower_triangular", "causal"),
    ("tril", "causal"),
    ("因果", "causal"),
    ("因果掩码", "causal"),
    ("下三角", "causal"),
    ("下三角掩码", "causal"),
];

/// What a word of another book, in small letters, is called here, if that is among what may stand there.
pub(in crate::lesson) fn own_word(word: &str, may_stand: impl Fn(&str) -> bool) -> Option<&'static str> {
    static OWN: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
        all().fold(HashMap::new(), |mut words, (other, own)| {
            words.entry(letters(other)).or_insert_with(Vec::new).push(own);
            words
        })
    });
    OWN.get(&letters(word))?.iter().copied().find(|own| may_stand(own))
}

/// What an author may call something, and what it is called here: words of other books before everyday ones.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    let everyday =
        EVERYDAY.iter().flat_map(|(own, words)| words.split_whitespace().map(move |other| (other, *own)));
    OTHER.iter().copied().chain(everyday)
}

/// A word without what joins its parts, which everybody writes in another way.
fn letters(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect()
}

/// The words of other books for a word of the format. They are asked for at every name of a file.
pub(super) fn words_for(own: &str) -> &'static [&'static str] {
    static WORDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        all().fold(HashMap::new(), |mut words, (other, own)| {
            words.entry(own).or_insert_with(Vec::new).push(other);
            words
        })
    });
    WORDS.get(own).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::fields::{Kind, records};

    #[test]
    fn what_words_stand_for_can_be_written() {
        let fields = || records().into_iter().flat_map(|record| record.fields);
        let is_choice = |own: &str| {
            let kinds = fields().flat_map(|field| field.kind.alternatives());
            kinds
                .into_iter()
                .any(|kind| matches!(kind, Kind::Choice(words) if words.iter().any(|it| it.word == own)))
        };
        let idle: Vec<_> =
            all().filter(|(_, own)| !is_choice(own) && fields().all(|field| field.name != *own)).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}
