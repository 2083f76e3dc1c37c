//! Counting: parameters and work.

use crate::language::{Words, words};
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static PARAMETERS: Record = Record {
    name: "parameters",
    doc: words("How many parameters a model of these sizes has.", "这样大小的模型有多少参数。"),
    fields: &[
        MODEL,
        D_MODEL,
        N_HEADS,
        N_KV_HEADS,
        D_K,
        D_V,
        size("n_layers", words("The layers; left out, 1.", "层数；不写为 1。")),
        size(
            "d_ff",
            words(
                "The size inside the feed-forward network; left out, there is none.",
                "前馈网络内部的大小；不写表示没有前馈网络。",
            ),
        ),
        size(
            "vocabulary",
            words(
                "The number of tokens that are known; left out, embeddings are not counted.",
                "词表中的词元数；不写则不计词嵌入。",
            ),
        ),
        size(
            "positions",
            words(
                "The number of learned positions; left out, there are none.",
                "可学习的位置数；不写表示没有。",
            ),
        ),
        Field {
            name: "biases",
            kind: Kind::Choice(&[
                Choice::new("none", "without them", "不计入"),
                Choice::new("all", "with them", "计入"),
            ]),
            presence: Presence::Default("none"),
            doc: words("Whether the matrices have biases that count.", "是否计入各矩阵的偏置。"),
        },
        Field {
            name: "norms",
            kind: Kind::Choice(&[
                Choice::new("none", "without them", "不计入"),
                Choice::new("all", "with them", "计入"),
            ]),
            presence: Presence::Default("none"),
            doc: words(
                "Whether layer norms count: one before each part of a layer, one at the end.",
                "是否计入层归一化：每层各部分之前一个，最后一个。",
            ),
        },
        Field {
            name: "unembedding",
            kind: Kind::Choice(&[
                Choice::new("own", "a matrix of its own", "单独一个矩阵"),
                Choice::new("tied", "the embeddings again", "再次使用词嵌入"),
            ]),
            presence: Presence::Default("own"),
            doc: words(
                "Whether vectors become scores of tokens by a matrix of its own, or by the embeddings again.",
                "把向量变回词元分数的矩阵：单独一个（own），还是再次使用词嵌入（tied）。",
            ),
        },
    ],
};

pub(super) static COST: Record = Record {
    name: "cost",
    doc: words(
        "What attention costs: a layer of it, and all layers.",
        "注意力的代价：一层的，以及所有层的。",
    ),
    fields: &[
        Field {
            name: "tokens",
            kind: Kind::List { of: &Kind::Expression, least: 1, most: usize::MAX },
            presence: Presence::Required,
            doc: words("The lengths of the texts, in tokens.", "各文本的长度，以词元计。"),
        },
        MODEL,
        D_MODEL,
        N_HEADS,
        N_KV_HEADS,
        D_K,
        D_V,
        size(
            "n_layers",
            words(
                "The layers, whose costs are then added up as well; left out, one layer is counted.",
                "层数；写了就另外给出所有层合计的代价，不写只计一层。",
            ),
        ),
        Field {
            name: "mask",
            kind: Kind::Either(&[
                Kind::Choice(&[
                    Choice::new("none", "every token sees all", "每个词元都能看到全部"),
                    Choice::new("causal", "a token sees itself and those before it", "看到自己和前面的词元"),
                ]),
                Kind::Record(&WINDOW),
            ]),
            presence: Presence::Default("none"),
            doc: words(
                "Which keys a query sees: all, those up to itself (causal), or a window of them.",
                "每个查询看到哪些键：全部、到自己为止（causal），或一个窗口内的。",
            ),
        },
        size("bytes", words("The bytes that a number takes; left out, 4.", "一个数占多少字节；不写为 4。")),
    ],
};

static WINDOW: Record = Record {
    name: "window",
    doc: words("A window of keys.", "键的窗口。"),
    fields: &[Field {
        name: "window",
        kind: Kind::Expression,
        presence: Presence::Required,
        doc: words(
            "How many keys a query sees at most: itself and those right before it.",
            "每个查询最多看到几个键：它自己和紧挨在它之前的。",
        ),
    }],
};

const MODEL: Field = Field {
    name: "model",
    kind: Kind::Choice(&[Choice::bare("gpt-2"), Choice::bare("gpt-3")]),
    presence: Presence::Optional,
    doc: words("A known model, in place of its sizes.", "已知的模型，代替各个大小。"),
};

const D_MODEL: Field = size("d_model", words("The size of a token's vector.", "词元向量的大小。"));

const N_HEADS: Field = size("n_heads", words("The heads of a layer; left out, 1.", "每层的头数；不写为 1。"));

const N_KV_HEADS: Field = size(
    "n_kv_heads",
    words(
        "The heads of a layer that have keys and values of their own; left out, all.",
        "每层中各有自己的键和值的头数；不写为全部。",
    ),
);

const D_K: Field = size(
    "d_k",
    words(
        "The size of a query and of a key; left out, d_model / n_heads.",
        "查询和键的大小；不写为 d_model / n_heads。",
    ),
);

const D_V: Field = size("d_v", words("The size of a value; left out, d_k.", "值的大小；不写与 d_k 相同。"));

const fn size(name: &'static str, doc: Words) -> Field {
    Field { name, kind: Kind::Expression, presence: Presence::Optional, doc }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transformer::MODELS;

    #[test]
    fn the_models_that_can_be_named_are_those_that_are_known() {
        let Kind::Choice(names) = MODEL.kind else { panic!("names to choose from") };
        assert!(names.iter().map(|choice| choice.word).eq(MODELS.map(|model| model.name)));
    }
}
