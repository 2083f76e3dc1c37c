//! Words of other books, other programs and other languages for words of the format.

/// What an author may call something, and what it is called here.
const OTHER: &[(&str, &str)] = &[
    // A lesson.
    ("标题", "title"),
    ("titre", "title"),
    ("titulo", "title"),
    ("heading", "title"),
    ("文本", "text"),
    ("句子", "text"),
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
    ("made up", "toy"),
    ("invented", "toy"),
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
    ("uncover", "reveal"),
    // A question.
    ("提问", "question"),
    ("问题", "question"),
    ("quiz", "question"),
    ("答案", "answer"),
    ("提示", "hint"),
    ("explanation", "explain"),
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
    ("concatenate", "concat"),
    ("eye", "identity"),
    ("attn", "attention"),
    ("self_attention", "attention"),
    ("mha", "multi_head"),
    ("multi_head_attention", "multi_head"),
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
    ("layernorm", "layer"),
    ("rmsnorm", "rms"),
    ("before", "pre"),
    ("first", "pre"),
    ("after", "post"),
    ("last", "post"),
    ("random", "sampled"),
    ("sampling", "sampled"),
    ("argmax", "greedy"),
    ("autoregressive", "causal"),
    ("lookahead", "causal"),
    ("look_ahead", "causal"),
];

/// What a word of another book, in small letters, is called here, if that is among what may stand there.
pub(super) fn own_word(word: &str, may_stand: impl Fn(&str) -> bool) -> Option<&'static str> {
    OTHER.iter().find(|(other, own)| *other == word && may_stand(own)).map(|(_, own)| *own)
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
            kinds.into_iter().any(|kind| matches!(kind, Kind::Choice(words) if words.contains(&own)))
        };
        let idle: Vec<_> = OTHER
            .iter()
            .filter(|(_, own)| !is_choice(own) && fields().all(|field| field.name != *own))
            .collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}
