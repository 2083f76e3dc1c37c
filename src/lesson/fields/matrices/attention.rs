//! Attention: one head, or several.

use super::{ALLOWED, name, required_name};
use crate::language::words;
use crate::lesson::fields::{Field, Kind, Presence, Record};

pub(in crate::lesson) static ATTENTION: Record = Record {
    name: "attention",
    doc: words("One attention head.", "一个注意力头。"),
    fields: &[
        name(
            "of",
            words("The matrix that queries, keys and values come from.", "查询、键和值都来自的矩阵。"),
        ),
        name(
            "queries_from",
            words("In cross-attention: where the queries come from.", "交叉注意力：查询来自的矩阵。"),
        ),
        name(
            "keys_values_from",
            words("In cross-attention: where keys and values come from.", "交叉注意力：键和值来自的矩阵。"),
        ),
        name("W_Q", words("The weights that make the queries.", "生成查询的权重。")),
        name("W_K", words("The weights that make the keys.", "生成键的权重。")),
        name(
            "W_V",
            words(
                "The weights that make the values; without values there is no output.",
                "生成值的权重；没有值就没有输出。",
            ),
        ),
        name("Q", words("The queries, if they are not computed here.", "查询（不在这里计算时）。")),
        name("K", words("The keys, if they are not computed here.", "键（不在这里计算时）。")),
        name("V", words("The values, if they are not computed here.", "值（不在这里计算时）。")),
        name("scores", words("The scores, if they are not computed here.", "分数（不在这里计算时）。")),
        MASK_FIELD,
        SCALE_FIELD,
    ],
};

pub(super) static MULTI_HEAD: Record = Record {
    name: "multi_head",
    doc: words("Attention with several heads.", "多头注意力。"),
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
    name("of", words("The matrix that queries, keys and values come from.", "查询、键和值都来自的矩阵。")),
    name(
        "queries_from",
        words("In cross-attention: where the queries come from.", "交叉注意力：查询来自的矩阵。"),
    ),
    name(
        "keys_values_from",
        words("In cross-attention: where keys and values come from.", "交叉注意力：键和值来自的矩阵。"),
    ),
    Field {
        name: "heads",
        kind: Kind::List { of: &Kind::Record(&HEAD), least: 1, most: usize::MAX },
        presence: Presence::Required,
        doc: words("The heads, in order.", "各个头，按顺序。"),
    },
    name(
        "W_O",
        words(
            "The weights that mix the heads; left out, there is no such step.",
            "混合各头输出的权重；不写就没有这一步。",
        ),
    ),
    MASK_FIELD,
    SCALE_FIELD,
];

static HEAD: Record = Record {
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
        required_name("W_K", words("The weights that make the keys.", "生成键的权重。")),
        required_name("W_V", words("The weights that make the values.", "生成值的权重。")),
    ],
};

pub(super) const MASK_FIELD: Field = Field {
    name: "mask",
    kind: Kind::Either(&[Kind::Choice(&["none", "causal"]), ALLOWED]),
    presence: Presence::Default("none"),
    doc: words(
        "Which keys a query may see: all, those up to itself (causal), or a table of 1 and 0.",
        "每个查询可以看到哪些键：全部、到自己为止（causal），或用 1 和 0 列出。",
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
