//! What becomes of the last vectors: logits, probabilities, a choice, what is lost, and a text written token by token.

use super::attention::WEIGHTS_FIELD;
use super::mask::TEMPERATURE_FIELD;
use super::{name, required_name};
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(in crate::lesson) static LOGITS: Record = Record {
    name: "logits",
    doc: words(
        "A number for each token of the vocabulary, the larger the likelier it comes next.",
        "词表中每个词元对应一个数，越大越可能是下一个词元。",
    ),
    fields: &[
        required_name("of", words("The vectors that logits are made of.", "由哪个矩阵的向量得到。")),
        name(
            "W_U",
            words(
                "The weights that make the logits; left out, the embeddings of the vocabulary.",
                "生成 logit 值的权重；不写时用词表的词嵌入。",
            ),
        ),
        name(
            "bias",
            words(
                "A matrix of one row that is added to every position.",
                "加到每个位置上的偏置，只有一行的矩阵。",
            ),
        ),
        WEIGHTS_FIELD,
    ],
};

pub(super) static PROBABILITIES: Record = Record {
    name: "probabilities",
    doc: words(
        "The probability of each token, with temperature, top-k and top-p.",
        "每个词元的概率，可以设温度、top-k 和 top-p。",
    ),
    fields: &[
        required_name("of", words("The logits.", "由哪个 logit 矩阵得到。")),
        TEMPERATURE_FIELD,
        TOP_K,
        TOP_P,
    ],
};

pub(super) static CHOOSE: Record = Record {
    name: "choose",
    doc: words(
        "The token chosen in each row: 1 where it is, else 0.",
        "每一行选中的词元：选中处为 1，其余为 0。",
    ),
    fields: &[
        required_name("of", words("The probabilities to choose by.", "按哪个概率矩阵选择。")),
        HOW,
        SEED,
    ],
};

pub(super) static CROSS_ENTROPY: Record = Record {
    name: "cross_entropy",
    doc: words(
        "What is lost on the right token of each row, and the mean of it.",
        "每一行在正确词元上的损失，以及平均损失。",
    ),
    fields: &[
        required_name("of", words("The logits.", "由哪个 logit 矩阵得到。")),
        Field {
            name: "targets",
            kind: Kind::Either(&[Kind::Word, Kind::List { of: &Kind::Word, least: 1, most: usize::MAX }]),
            presence: Presence::Optional,
            doc: words(
                "The right token of each row: a sentence that is split at spaces, or a list.",
                "每一行的正确词元：用空格分开的一句话，或一个列表。",
            ),
        },
        name(
            "next_of",
            words(
                "Instead of targets: a text of which each token is to predict the next one.",
                "代替 targets：一段文本，每个词元要预测下一个词元。",
            ),
        ),
    ],
};

pub(super) static GENERATE: Record = Record {
    name: "generate",
    doc: words(
        "A text that the lesson's model writes token by token, with all matrices of each round.",
        "由课程中的模型逐个词元写出的文本，以及每一轮的全部矩阵。",
    ),
    fields: &[
        required_name("from", words("The text to go on from.", "从哪段文本继续写。")),
        required_name(
            "logits",
            words(
                "The logits over that text; all that they are made of is done again in each round.",
                "这段文本的 logit 矩阵；每一轮都会重新计算它所用到的一切。",
            ),
        ),
        Field {
            name: "at_most",
            kind: Kind::Size,
            presence: Presence::Required,
            doc: words("How many tokens are added at most.", "最多添加多少个词元。"),
        },
        Field {
            name: "until",
            kind: Kind::Word,
            presence: Presence::Optional,
            doc: words("The token after which the text is at its end.", "选中这个词元后，文本就结束。"),
        },
        HOW,
        TEMPERATURE_FIELD,
        TOP_K,
        TOP_P,
        SEED,
    ],
};

const HOW: Field = Field {
    name: "how",
    kind: Kind::Choice(&[
        Choice::new("greedy", "the most probable token", "取最可能的词元"),
        Choice::new("sampled", "drawn at random", "按概率随机抽取"),
    ]),
    presence: Presence::Default("greedy"),
    doc: words(
        "Whether the most probable token is taken (greedy) or one is drawn (sampled).",
        "取最可能的词元（greedy），还是按概率抽取（sampled）。",
    ),
};

const SEED: Field = Field {
    name: "seed",
    kind: Kind::Count,
    presence: Presence::Optional,
    doc: words("A number that fixes what is drawn.", "随机种子，决定抽到什么。"),
};

const TOP_K: Field = Field {
    name: "top_k",
    kind: Kind::Size,
    presence: Presence::Optional,
    doc: words("How many of the largest logits are kept.", "保留最大的几个 logit 值。"),
};

const TOP_P: Field = Field {
    name: "top_p",
    kind: Kind::Expression,
    presence: Presence::Optional,
    doc: words(
        "Keeps the most probable tokens, as few as together reach this share.",
        "只保留最可能的词元：概率之和达到这个数的最少几个。",
    ),
};
