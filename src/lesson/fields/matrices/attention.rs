//! Attention: one head, or several.

use super::mask::{EMPTY_ROW_FIELD, HIDDEN_FIELD, MASK_FIELD, TEMPERATURE_FIELD};
use super::positions::ROTARY_FIELD;
use super::{name, required_name};
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(in crate::lesson) static ATTENTION: Record = Record {
    name: "attention",
    doc: words("One attention head with all its matrices.", "一个注意力头及其全部矩阵。"),
    fields: &[
        OF_FIELD,
        QUERIES_FROM_FIELD,
        KEYS_VALUES_FROM_FIELD,
        name("W_Q", words("The weights that make the queries.", "生成查询的权重。")),
        name("W_K", words("The weights that make the keys.", "生成键的权重。")),
        name(
            "W_V",
            words(
                "The weights that make the values; without values there is no output.",
                "生成值的权重；没有值就没有输出。",
            ),
        ),
        W_V_UP_FIELD,
        B_Q_FIELD,
        B_K_FIELD,
        B_V_FIELD,
        name("Q", words("The queries, if they are not computed here.", "查询（不在这里计算时）。")),
        name("K", words("The keys, if they are not computed here.", "键（不在这里计算时）。")),
        name("V", words("The values, if they are not computed here.", "值（不在这里计算时）。")),
        name("scores", words("The scores, if they are not computed here.", "分数（不在这里计算时）。")),
        WEIGHTS_FIELD,
        ROTARY_FIELD,
        SCALE_FIELD,
        MASK_FIELD,
        HIDDEN_FIELD,
        TEMPERATURE_FIELD,
        EMPTY_ROW_FIELD,
    ],
};

pub(in crate::lesson) static MULTI_HEAD: Record = Record {
    name: "multi_head",
    doc: words("Several heads, put side by side and mixed by W_O.", "多个注意力头，拼接后再乘 W_O。"),
    fields: MULTI_HEAD_FIELDS,
};

/// Attention in a block, which says where it looks: the same without the first three fields.
pub(super) static BLOCK_ATTENTION: Record = Record {
    name: "block.attention",
    doc: words("The attention of a block.", "块中的注意力。"),
    fields: MULTI_HEAD_FIELDS.split_at(WHERE_IT_LOOKS).1,
};

/// How many fields say where the heads look.
const WHERE_IT_LOOKS: usize = 3;

const MULTI_HEAD_FIELDS: &[Field] = &[
    OF_FIELD,
    QUERIES_FROM_FIELD,
    KEYS_VALUES_FROM_FIELD,
    Field {
        name: "heads",
        kind: Kind::List { of: &Kind::Record(&HEAD), least: 1, most: usize::MAX },
        presence: Presence::Optional,
        doc: words(
            "The heads in order, each with weights of its own; or write n_heads instead.",
            "按顺序列出各个头，各有自己的权重；也可以改写 n_heads。",
        ),
    },
    Field {
        name: "n_heads",
        kind: Kind::Expression,
        presence: Presence::Optional,
        doc: words(
            "How many heads are cut out of one W_Q, W_K and W_V for all of them.",
            "从所有头共用的 W_Q、W_K、W_V 中切出几个头。",
        ),
    },
    N_KV_HEADS_FIELD,
    name(
        "W_Q",
        words(
            "With n_heads: the weights that make the queries of all heads.",
            "与 n_heads 同用：生成所有头的查询的权重。",
        ),
    ),
    name(
        "W_K",
        words(
            "With n_heads: the weights that make the keys of all heads.",
            "与 n_heads 同用：生成所有头的键的权重。",
        ),
    ),
    name(
        "W_V",
        words(
            "With n_heads: the weights that make the values of all heads.",
            "与 n_heads 同用：生成所有头的值的权重。",
        ),
    ),
    B_Q_FIELD,
    B_K_FIELD,
    B_V_FIELD,
    name(
        "W_O",
        words(
            "The weights that mix the heads; left out, there is no such step.",
            "混合各头输出的权重；不写就没有这一步。",
        ),
    ),
    name("b_O", words("The bias after W_O, a matrix of one row.", "W_O 之后的偏置：只有一行的矩阵。")),
    WEIGHTS_FIELD,
    ROTARY_FIELD,
    SCALE_FIELD,
    MASK_FIELD,
    HIDDEN_FIELD,
    TEMPERATURE_FIELD,
    EMPTY_ROW_FIELD,
    Field {
        name: "contributions",
        kind: YES_OR_NO,
        presence: Presence::Default("false"),
        doc: words(
            "Also shows what each head adds to the output by itself, and their sum.",
            "另外给出每个头单独对输出的贡献，以及它们的和。",
        ),
    },
    Field {
        name: "average",
        kind: YES_OR_NO,
        presence: Presence::Default("false"),
        doc: words(
            "Also shows the average of the patterns of all heads.",
            "另外给出所有头的注意力模式的平均。",
        ),
    },
];

pub(in crate::lesson) static HEAD: Record = Record {
    name: "head",
    doc: words("One of several heads.", "多个头中的一个。"),
    fields: &[
        Field {
            name: "name",
            kind: Kind::Word,
            presence: Presence::Optional,
            doc: words("Its name; left out, its number.", "这个头的名字；不写时用序号。"),
        },
        required_name("W_Q", words("The weights that make the queries.", "生成查询的权重。")),
        required_name(
            "W_K",
            words("The weights that make the keys; heads may share them.", "生成键的权重；几个头可以共用。"),
        ),
        required_name(
            "W_V",
            words(
                "The weights that make the values; heads may share them.",
                "生成值的权重；几个头可以共用。",
            ),
        ),
        W_V_UP_FIELD,
        B_Q_FIELD,
        B_K_FIELD,
        B_V_FIELD,
    ],
};

const OF_FIELD: Field =
    name("of", words("The matrix that queries, keys and values come from.", "查询、键和值都来自的矩阵。"));

const QUERIES_FROM_FIELD: Field = name(
    "queries_from",
    words("In cross-attention: where the queries come from.", "交叉注意力：查询来自的矩阵。"),
);

const KEYS_VALUES_FROM_FIELD: Field = name(
    "keys_values_from",
    words("In cross-attention: where keys and values come from.", "交叉注意力：键和值来自的矩阵。"),
);

pub(super) const N_KV_HEADS_FIELD: Field = Field {
    name: "n_kv_heads",
    kind: Kind::Expression,
    presence: Presence::Optional,
    doc: words(
        "How many heads of keys and values there are, shared by neighbouring heads; left out, as many as heads.",
        "有几组键和值，由相邻的头共用；不写时与头数相同。",
    ),
};

const W_V_UP_FIELD: Field = name(
    "W_V_up",
    words(
        "The second factor of the value weights: W_V makes few numbers of a vector, W_V_up makes them many again.",
        "值权重的第二个因子：W_V 把向量变短，W_V_up 再把它变长。",
    ),
);

const B_Q_FIELD: Field =
    name("b_Q", words("The bias of the queries, a matrix of one row.", "查询的偏置：只有一行的矩阵。"));
const B_K_FIELD: Field =
    name("b_K", words("The bias of the keys, a matrix of one row.", "键的偏置：只有一行的矩阵。"));
const B_V_FIELD: Field =
    name("b_V", words("The bias of the values, a matrix of one row.", "值的偏置：只有一行的矩阵。"));

pub(super) const WEIGHTS_FIELD: Field = Field {
    name: "weights",
    kind: Kind::Choice(&[
        Choice::new("in_out", "a row for each input", "每个输入一行"),
        Choice::new("out_in", "a row for each output, as in PyTorch", "每个输出一行，与 PyTorch 相同"),
    ]),
    presence: Presence::Default("in_out"),
    doc: words(
        "How weights are stored: a row per input (in_out), or a row per output as PyTorch keeps them (out_in).",
        "权重的存法：每个输入一行（in_out），或像 PyTorch 那样每个输出一行（out_in）。",
    ),
};

const SCALE_FIELD: Field = Field {
    name: "scale",
    kind: Kind::Expression,
    presence: Presence::Optional,
    doc: words(
        "What the scores are divided by, or none. Left out, the square root of the size of the query axis; with given scores, none.",
        "分数除以多少；none 表示不除。不写时除以查询轴大小的平方根；直接给出分数时不除。",
    ),
};

const YES_OR_NO: Kind = Kind::Choice(&[Choice::new("true", "yes", "是"), Choice::new("false", "no", "否")]);
