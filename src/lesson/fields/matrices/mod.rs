//! The ways to make a matrix.

mod attention;
mod block;
mod comparison;
mod counting;
mod elementwise;
mod given;
mod mask;
mod measures;
mod output;
mod positions;

use super::{Field, Kind, Presence, Record};
use crate::language::{Words, words};
use block::{DECODER, ENCODER, FEED_FORWARD, STACK};
use comparison::{CBOW, CONVOLUTION, RECURRENCE};
use counting::{COST, PARAMETERS};
use elementwise::{ACTIVATE, DROPOUT, LAYER_NORM, RMS_NORM};
use given::{GIVEN, LOAD, RANDOM};
use mask::{MASK, SOFTMAX};
use measures::{MEASURE, PRINCIPAL_COMPONENTS};
use output::{CHOOSE, CROSS_ENTROPY, GENERATE, PROBABILITIES};
use positions::{LEARNED_POSITIONS, POSITIONS, ROTARY};

pub(in crate::lesson) use attention::{ATTENTION, HEAD, MULTI_HEAD};
pub(in crate::lesson) use block::{BLOCK, BLOCK_FEED_FORWARD};
pub(in crate::lesson) use output::LOGITS;

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
            name: "load",
            kind: Kind::Either(&[Kind::Word, Kind::Record(&LOAD)]),
            presence: Presence::Optional,
            doc: words(
                "Numbers from a CSV or NPY file in the folder of the lesson.",
                "从课程文件夹中的 CSV 或 NPY 文件读取的数。",
            ),
        },
        record("random", &RANDOM),
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
        record("scale", &SCALE),
        Field {
            name: "add",
            kind: Kind::List { of: &Kind::Name, least: 2, most: usize::MAX },
            presence: Presence::Optional,
            doc: words("The sum of two or more matrices of one shape.", "两个或更多同形状矩阵的和。"),
        },
        record("mask", &MASK),
        Field {
            name: "softmax",
            kind: Kind::Either(&[Kind::Name, Kind::Record(&SOFTMAX)]),
            presence: Presence::Optional,
            doc: words("The softmax of each row.", "对每一行做 softmax。"),
        },
        Field {
            name: "concat",
            kind: Kind::List { of: &Kind::Name, least: 2, most: usize::MAX },
            presence: Presence::Optional,
            doc: words("Matrices side by side.", "把几个矩阵左右拼接。"),
        },
        record("slice", &SLICE),
        record("attention", &ATTENTION),
        record("multi_head", &MULTI_HEAD),
        pair(
            "subtract",
            words("The second matrix subtracted from the first, cell by cell.", "第一个矩阵逐格减去第二个。"),
        ),
        pair("multiply", words("Two matrices multiplied cell by cell.", "两个矩阵逐格相乘。")),
        record("activate", &ACTIVATE),
        record("dropout", &DROPOUT),
        Field {
            name: "layer_norm",
            kind: Kind::Either(&[Kind::Name, Kind::Record(&LAYER_NORM)]),
            presence: Presence::Optional,
            doc: words("Each row brought to mean 0 and variance 1.", "把每一行变成均值 0、方差 1。"),
        },
        Field {
            name: "rms_norm",
            kind: Kind::Either(&[Kind::Name, Kind::Record(&RMS_NORM)]),
            presence: Presence::Optional,
            doc: words("Each row divided by the root of its mean square.", "每一行除以它的均方根。"),
        },
        record("feed_forward", &FEED_FORWARD),
        record("block", &BLOCK),
        record("stack", &STACK),
        record("encoder", &ENCODER),
        record("decoder", &DECODER),
        Field {
            name: "one_hot",
            kind: Kind::Either(&[Kind::Name, NAMES]),
            presence: Presence::Optional,
            doc: words(
                "A row for each token of a text, with a single 1 at its place in the vocabulary.",
                "文本的每个词元一行：在词表中自己的位置上是 1，其余为 0。",
            ),
        },
        record("positions", &POSITIONS),
        record("learned_positions", &LEARNED_POSITIONS),
        record("rotary", &ROTARY),
        record("measure", &MEASURE),
        name("unit_rows", words("Each row divided by its own length.", "每一行除以自己的长度。")),
        pair(
            "cosine",
            words(
                "The cosine of every row of the first with every row of the second.",
                "第一个矩阵的每一行与第二个矩阵的每一行的余弦相似度。",
            ),
        ),
        pair(
            "distance",
            words(
                "The distance of every row of the first from every row of the second.",
                "第一个矩阵的每一行与第二个矩阵的每一行的距离。",
            ),
        ),
        record("principal_components", &PRINCIPAL_COMPONENTS),
        record("logits", &LOGITS),
        record("probabilities", &PROBABILITIES),
        record("choose", &CHOOSE),
        record("cross_entropy", &CROSS_ENTROPY),
        record("generate", &GENERATE),
        record("parameters", &PARAMETERS),
        record("cost", &COST),
        record("convolution", &CONVOLUTION),
        record("recurrence", &RECURRENCE),
        record("cbow", &CBOW),
    ],
};

/// One or more names.
pub(in crate::lesson::fields) const NAMES: Kind = Kind::List { of: &Kind::Name, least: 1, most: usize::MAX };
/// A list of rows.
pub(in crate::lesson::fields) const GRID: Kind = Kind::List { of: &ROW, least: 1, most: usize::MAX };
/// Numbers in full, or by the names of an axis.
pub(in crate::lesson::fields) const VALUES_BY_NAME: Kind = Kind::Either(&[ROW, Kind::Map(&Kind::Expression)]);

const ROW: Kind = Kind::List { of: &Kind::Expression, least: 1, most: usize::MAX };

/// A field that names one matrix, text or axis and may be left out.
const fn name(name: &'static str, doc: Words) -> Field {
    Field { name, kind: Kind::Name, presence: Presence::Optional, doc }
}

/// A field that must name one.
const fn required_name(name: &'static str, doc: Words) -> Field {
    Field { name, kind: Kind::Name, presence: Presence::Required, doc }
}

/// A kind with fields of its own, which bears their description.
const fn record(name: &'static str, record: &'static Record) -> Field {
    Field { name, kind: Kind::Record(record), presence: Presence::Optional, doc: record.doc }
}

/// A field that names an axis, or says how many entries one without a name has.
const fn axis(name: &'static str, presence: Presence, doc: Words) -> Field {
    Field { name, kind: Kind::Either(&[Kind::Name, Kind::Size]), presence, doc }
}

const fn pair(name: &'static str, doc: Words) -> Field {
    let kind = Kind::List { of: &Kind::Name, least: 2, most: 2 };
    Field { name, kind, presence: Presence::Optional, doc }
}

static SCALE: Record = Record {
    name: "scale",
    doc: words("Every number divided by the same number.", "每个数都除以同一个数。"),
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

static SLICE: Record = Record {
    name: "slice",
    doc: words("Some of the rows or columns of a matrix.", "矩阵的若干行或若干列。"),
    fields: &[
        required_name("of", words("The matrix.", "矩阵。")),
        ends(
            "rows",
            words(
                "The first and the last row, by name or by number from 1.",
                "首行和末行，写名字或从 1 数起的序号。",
            ),
        ),
        ends(
            "columns",
            words(
                "The first and the last column, by name or by number from 1.",
                "首列和末列，写名字或从 1 数起的序号。",
            ),
        ),
    ],
};

const fn ends(name: &'static str, doc: Words) -> Field {
    let kind = Kind::Either(&[Kind::Word, Kind::List { of: &Kind::Word, least: 1, most: 2 }]);
    Field { name, kind, presence: Presence::Optional, doc }
}
