//! The ways to make a matrix.

use super::{Field, Kind, Presence, Record};
use crate::language::{Words, words};

/// What makes a matrix: the one key under its name.
pub static MATRIX_KINDS: Record = Record {
    name: "matrix",
    doc: words("How a matrix is made; exactly one of these.", "矩阵的由来，只能写其中一种。"),
    fields: &[
        Field {
            name: "given",
            kind: Kind::Either(&[GRID, Kind::Record(&GIVEN)]),
            presence: Presence::Optional,
            doc: words(
                "Written down: a list of rows, or with named axes.",
                "直接写出：各行的列表，或带有轴名的写法。",
            ),
        },
        Field {
            name: "random",
            kind: Kind::Record(&RANDOM),
            presence: Presence::Optional,
            doc: words(
                "Random numbers of a normal distribution, the same on every machine.",
                "服从正态分布的随机数，在任何机器上都相同。",
            ),
        },
        name("identity", words("Ones on the diagonal, on this axis.", "这个轴上的单位矩阵。")),
        Field {
            name: "embed",
            kind: Kind::Either(&[Kind::Name, NAMES]),
            presence: Presence::Optional,
            doc: words(
                "The embeddings of a text's tokens; of a list of texts, one matrix per text.",
                "一段文本中各词元的词嵌入；写几段文本时，每段得到一个矩阵。",
            ),
        },
        pair("product", words("The matrix product of two matrices.", "两个矩阵的乘积。")),
        pair(
            "dot_products",
            words(
                "The dot product of every row of the first with every row of the second.",
                "第一个矩阵的每一行与第二个矩阵的每一行的点积。",
            ),
        ),
        name("transpose", words("Rows and columns exchanged.", "转置，即行列互换。")),
        Field {
            name: "scale",
            kind: Kind::Record(&SCALE),
            presence: Presence::Optional,
            doc: words("Every number divided by the same number.", "每个数都除以同一个数。"),
        },
        Field {
            name: "add",
            kind: Kind::List { of: &Kind::Name, least: 2, most: usize::MAX },
            presence: Presence::Optional,
            doc: words("The sum of two or more matrices of one shape.", "两个或更多同形状矩阵的和。"),
        },
        Field {
            name: "mask",
            kind: Kind::Record(&MASK),
            presence: Presence::Optional,
            doc: words(
                "Scores with forbidden cells set to minus infinity.",
                "把不允许看到的格子设为负无穷的分数。",
            ),
        },
        name("softmax", words("The softmax of each row.", "对每一行做 softmax。")),
        Field {
            name: "concat",
            kind: Kind::List { of: &Kind::Name, least: 2, most: usize::MAX },
            presence: Presence::Optional,
            doc: words("Matrices side by side.", "把几个矩阵左右拼接。"),
        },
        Field {
            name: "attention",
            kind: Kind::Record(&ATTENTION),
            presence: Presence::Optional,
            doc: words("One attention head with all its matrices.", "一个注意力头及其全部矩阵。"),
        },
        Field {
            name: "multi_head",
            kind: Kind::Record(&MULTI_HEAD),
            presence: Presence::Optional,
            doc: words("Several heads, put side by side and mixed by W_O.", "多个注意力头，拼接后再乘 W_O。"),
        },
    ],
};

/// One or more names.
pub(super) const NAMES: Kind = Kind::List { of: &Kind::Name, least: 1, most: usize::MAX };
/// A list of rows.
pub(super) const GRID: Kind = Kind::List { of: &ROW, least: 1, most: usize::MAX };
/// Numbers in full, or by the names of an axis.
pub(super) const VALUES_BY_NAME: Kind = Kind::Either(&[ROW, Kind::Map(&Kind::Expression)]);

const ROW: Kind = Kind::List { of: &Kind::Expression, least: 1, most: usize::MAX };
const ALLOWED: Kind = Kind::Record(&ALLOW);

/// A field that names one matrix, text or axis and may be left out.
const fn name(name: &'static str, doc: Words) -> Field {
    Field { name, kind: Kind::Name, presence: Presence::Optional, doc }
}

/// A field that must name one.
const fn required_name(name: &'static str, doc: Words) -> Field {
    Field { name, kind: Kind::Name, presence: Presence::Required, doc }
}

const fn pair(name: &'static str, doc: Words) -> Field {
    let kind = Kind::List { of: &Kind::Name, least: 2, most: 2 };
    Field { name, kind, presence: Presence::Optional, doc }
}

const MASK_FIELD: Field = Field {
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

static GIVEN: Record = Record {
    name: "given",
    doc: words("A matrix that is written down.", "直接写出的矩阵。"),
    fields: &[
        name("rows", words("The axis of the rows: a feature axis or a text.", "行所在的轴：特征轴或文本。")),
        name("cols", words("The axis of the columns.", "列所在的轴。")),
        Field {
            name: "layout",
            kind: Kind::Choice(&["rows", "columns"]),
            presence: Presence::Default("rows"),
            doc: words(
                "Whether it is written with tokens or outputs as rows, or as columns; columns are turned when the lesson is loaded.",
                "写法中词元或输出按行还是按列排；按列写的会在载入时转置。",
            ),
        },
        Field {
            name: "values",
            kind: Kind::Either(&[GRID, Kind::Map(&VALUES_BY_NAME)]),
            presence: Presence::Required,
            doc: words(
                "The numbers: a list of rows, or by names, where others are 0.",
                "各个数：各行的列表，或按名字写（其余为 0）。",
            ),
        },
    ],
};

static RANDOM: Record = Record {
    name: "random",
    doc: words("A random matrix.", "随机矩阵。"),
    fields: &[
        required_name("rows", words("The axis of the rows.", "行所在的轴。")),
        required_name("cols", words("The axis of the columns.", "列所在的轴。")),
        Field {
            name: "seed",
            kind: Kind::Count,
            presence: Presence::Required,
            doc: words("A number that fixes the random ones.", "随机种子；同一个数总是给出同样的矩阵。"),
        },
        Field {
            name: "deviation",
            kind: Kind::Expression,
            presence: Presence::Optional,
            doc: words(
                "The standard deviation; left out, 1/sqrt(number of rows).",
                "标准差；不写时为 1/sqrt(行数)。",
            ),
        },
        Field {
            name: "decimals",
            kind: Kind::Count,
            presence: Presence::Optional,
            doc: words("Rounds to so many decimals.", "四舍五入到几位小数。"),
        },
    ],
};

static SCALE: Record = Record {
    name: "scale",
    doc: words("A matrix divided by a number.", "除以一个数的矩阵。"),
    fields: &[
        required_name("of", words("The matrix to divide.", "被除的矩阵。")),
        Field {
            name: "divide_by",
            kind: Kind::Expression,
            presence: Presence::Required,
            doc: words("The number, such as sqrt(d_k).", "除数，例如 sqrt(d_k)。"),
        },
    ],
};

static MASK: Record = Record {
    name: "mask",
    doc: words("A masked matrix of scores.", "加了掩码的分数矩阵。"),
    fields: &[
        required_name("of", words("The scores to mask.", "要加掩码的分数。")),
        Field {
            name: "mask",
            kind: Kind::Either(&[Kind::Choice(&["causal"]), ALLOWED]),
            presence: Presence::Required,
            doc: words(
                "Causal, or a table of 1 (may be seen) and 0.",
                "causal，或用 1（可以看到）和 0 列出。",
            ),
        },
    ],
};

static ALLOW: Record = Record {
    name: "allow",
    doc: words("A mask of one's own.", "自己写的掩码。"),
    fields: &[Field {
        name: "allow",
        kind: GRID,
        presence: Presence::Required,
        doc: words(
            "A row per query: 1 where the key may be seen, else 0.",
            "每个查询一行：可以看到的键写 1，否则写 0。",
        ),
    }],
};

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

static MULTI_HEAD: Record = Record {
    name: "multi_head",
    doc: words("Attention with several heads.", "多头注意力。"),
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
    ],
};

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
