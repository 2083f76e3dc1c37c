//! The ways to make a matrix.

mod attention;

use super::{Field, Kind, Presence, Record};
use crate::language::{Words, words};
use attention::MULTI_HEAD;

pub(in crate::lesson) use attention::ATTENTION;

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
pub(in crate::lesson::fields) const NAMES: Kind = Kind::List { of: &Kind::Name, least: 1, most: usize::MAX };
/// A list of rows.
pub(in crate::lesson::fields) const GRID: Kind = Kind::List { of: &ROW, least: 1, most: usize::MAX };
/// Numbers in full, or by the names of an axis.
pub(in crate::lesson::fields) const VALUES_BY_NAME: Kind = Kind::Either(&[ROW, Kind::Map(&Kind::Expression)]);

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

/// A field that names an axis, or says how many entries one without a name has.
const fn axis(name: &'static str, presence: Presence, doc: Words) -> Field {
    Field { name, kind: Kind::Either(&[Kind::Name, Kind::Count]), presence, doc }
}

const fn pair(name: &'static str, doc: Words) -> Field {
    let kind = Kind::List { of: &Kind::Name, least: 2, most: 2 };
    Field { name, kind, presence: Presence::Optional, doc }
}

static GIVEN: Record = Record {
    name: "given",
    doc: words("A matrix that is written down.", "直接写出的矩阵。"),
    fields: &[
        axis(
            "rows",
            Presence::Optional,
            words(
                "The axis of the rows: a feature axis, a text, or only how many.",
                "行所在的轴：特征轴、文本，或只写有多少行。",
            ),
        ),
        axis("cols", Presence::Optional, words("The axis of the columns.", "列所在的轴。")),
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
        axis(
            "rows",
            Presence::Required,
            words("The axis of the rows, or only how many.", "行所在的轴，或只写有多少行。"),
        ),
        axis(
            "cols",
            Presence::Required,
            words("The axis of the columns, or only how many.", "列所在的轴，或只写有多少列。"),
        ),
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
