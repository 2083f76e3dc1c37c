//! What others call the matrices of a head: `scores`, `output` and `分数`, which have names of their own here.

use super::finding::listed;
use crate::both;
use crate::language::Localised;

/// A part of a head, and what others call it, in small letters.
const PARTS: [(&str, &[&str]); 8] = [
    ("Q", &["q", "query", "queries", "查询", "查询矩阵"]),
    ("K", &["k", "key", "keys", "键", "键矩阵"]),
    ("V", &["v", "value", "values", "值", "值矩阵"]),
    (
        "scores",
        &[
            "score",
            "scores",
            "raw_scores",
            "similarities",
            "similarity",
            "分数",
            "得分",
            "打分",
            "原始分数",
            "相似度",
        ],
    ),
    ("scaled", &["scaled", "scaled_scores", "缩放后的分数", "缩放分数", "缩放后"]),
    ("masked", &["masked", "masked_scores", "遮住后的分数", "掩码后的分数", "加掩码后"]),
    (
        "pattern",
        &[
            "pattern",
            "share",
            "shares",
            "weights",
            "attention_weights",
            "softmax",
            "probabilities",
            "份额",
            "权重",
            "注意力权重",
            "注意力",
            "注意力分布",
            "概率",
        ],
    ),
    ("Z", &["z", "output", "outputs", "result", "head_output", "输出", "结果", "头的输出", "注意力输出"]),
];

/// For `分数`, the matrix of a head that is called so: `head.scores`.
pub(in crate::lesson) fn by_another_word(name: &str, known: &[&str]) -> Option<Localised<String>> {
    let lower = name.trim().to_lowercase();
    let (part, _) = PARTS.iter().find(|(part, words)| *part != name && words.contains(&lower.as_str()))?;
    let is_it = |known: &&&str| known.rsplit_once('.').is_some_and(|(_, end)| end == *part);
    let found: Vec<String> = known.iter().filter(is_it).map(|name| format!("`{name}`")).collect();
    match found.as_slice() {
        [] => None,
        [only] => Some(both!(
            "`{name}` is called `{part}` here: write {only}",
            "`{name}` 在这里叫 `{part}`：请写 {only}"
        )),
        _ => {
            let Localised { en, zh } = listed(found.iter().map(String::as_str));
            Some(both!(
                "`{name}` is called `{part}` here: write one of {en}",
                "`{name}` 在这里叫 `{part}`：请写其中一个：{zh}"
            ))
        }
    }
}
