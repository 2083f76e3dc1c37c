//! What each of a few words that may be chosen stands for, said where another word stands.

use crate::both;
use crate::language::{Localised, Words, joined, words};

/// Words that stand together, what each of them means, and what is meant where they are asked for.
const MEANINGS: &[&[(&str, Words)]] = &[
    &[
        ("largest", words("the largest number first", "从大到小")),
        ("smallest", words("the smallest number first", "从小到大")),
        ("making", words("matrices in the order in which they are made", "矩阵按算出的先后")),
    ],
    &[
        ("pre", words("norms before each part", "归一化在每个子层之前")),
        ("post", words("norms behind each sum", "归一化在求和之后")),
    ],
    &[
        ("all", words("all at once", "一次全部显示")),
        ("rows", words("row by row", "逐行")),
        ("columns", words("column by column", "逐列")),
        ("cells", words("cell by cell", "逐格")),
    ],
    &[
        ("rows", words("a token is a row", "每个词元一行")),
        ("columns", words("a token is a column", "每个词元一列")),
    ],
    &[("row", words("each row", "每一行")), ("column", words("each column", "每一列"))],
    &[
        ("toy", words("made up", "自编的")),
        ("published", words("taken from a publication", "取自出版物")),
        ("real", words("of a real model", "来自真实模型")),
    ],
    &[
        ("layer", words("layer norm", "层归一化")),
        ("rms", words("RMS norm", "均方根归一化")),
        ("none", words("no norm", "不做归一化")),
    ],
    &[
        ("plain", words("two matrices with a function between them", "两个矩阵，中间一个函数")),
        ("gated", words("with a gate", "带门控")),
        ("none", words("no network", "没有前馈网络")),
    ],
    &[
        ("greedy", words("the most probable token", "取最可能的词元")),
        ("sampled", words("drawn at random", "按概率随机抽取")),
    ],
    &[
        ("interleaved", words("the two of a pair side by side", "成对的数两两相邻")),
        ("halves", words("all first ones before all second ones", "前一半与后一半对应")),
    ],
    &[
        ("in_out", words("a row for each input", "每个输入一行")),
        ("out_in", words("a row for each output, as in PyTorch", "每个输出一行，与 PyTorch 相同")),
    ],
    &[
        ("zeros", words("all 0", "全为 0")),
        ("nan", words("no number at all", "不是数，显示为 NaN")),
        ("uniform", words("the same weight for all", "权重都相同")),
    ],
    &[
        ("own", words("a matrix of its own", "单独一个矩阵")),
        ("tied", words("the embeddings again", "再次使用词嵌入")),
    ],
    &[
        ("causal", words("a token sees itself and those before it", "看到自己和前面的词元")),
        ("backward", words("a token sees itself and those after it", "看到自己和后面的词元")),
        ("none", words("every token sees all", "每个词元都能看到全部")),
    ],
    &[("none", words("without them", "不计入")), ("all", words("with them", "计入"))],
    &[("true", words("yes", "是")), ("false", words("no", "否"))],
];

/// The choices with their meanings, to write one of them; `None` for names that speak for themselves, as of functions.
pub(super) fn explained(choices: &[&str]) -> Option<Localised<String>> {
    let among =
        |group: &&&[(&str, Words)]| choices.iter().all(|choice| group.iter().any(|(own, _)| own == choice));
    // The smallest group that has them all.
    let group =
        MEANINGS.iter().filter(among).min_by_key(|group| group.len()).filter(|_| !choices.is_empty())?;
    let each = choices.iter().filter_map(|choice| group.iter().find(|(own, _)| own == choice));
    let each: Vec<_> = each.collect();
    let en = joined(each.iter().map(|(own, meaning)| format!("`{own}` ({})", meaning.en))).en;
    let zh = joined(each.iter().map(|(own, meaning)| format!("`{own}`（{}）", meaning.zh))).zh;
    Some(both!("write {en}", "请写 {zh}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::fields::{Kind, records};

    #[test]
    fn words_that_stand_together_are_explained() {
        let choices: Vec<&[&str]> = records()
            .into_iter()
            .flat_map(|record| record.fields)
            .flat_map(|field| field.kind.alternatives())
            .filter_map(|kind| if let Kind::Choice(words) = kind { Some(*words) } else { None })
            .collect();
        // Functions and models are called what they are.
        let known = ["relu", "sum", "gpt-2", "below_base"];
        for words in choices.iter().filter(|words| !words.iter().any(|word| known.contains(word))) {
            assert!(explained(words).is_some(), "{words:?}");
        }
        assert!(explained(&["relu"]).is_none());
    }
}
