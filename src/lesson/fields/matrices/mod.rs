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

pub(in crate::lesson) use attention::{ATTENTION, MULTI_HEAD};
pub(in crate::lesson) use block::BLOCK;
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
        Field {
            name: "slice",
            kind: Kind::Record(&SLICE),
            presence: Presence::Optional,
            doc: words("Some of the rows or columns of a matrix.", "矩阵的若干行或若干列。"),
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
        pair(
            "subtract",
            words("The second matrix subtracted from the first, cell by cell.", "第一个矩阵逐格减去第二个。"),
        ),
        pair("multiply", words("Two matrices multiplied cell by cell.", "两个矩阵逐格相乘。")),
        Field {
            name: "activate",
            kind: Kind::Record(&ACTIVATE),
            presence: Presence::Optional,
            doc: words("A function of each number, such as ReLU.", "对每个数做的函数，例如 ReLU。"),
        },
        Field {
            name: "dropout",
            kind: Kind::Record(&DROPOUT),
            presence: Presence::Optional,
            doc: words("Some numbers become 0, as in training.", "像训练时那样，让一些数变成 0。"),
        },
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
        Field {
            name: "feed_forward",
            kind: Kind::Record(&FEED_FORWARD),
            presence: Presence::Optional,
            doc: words("Two products with a function between them.", "两次相乘，中间是一个非线性函数。"),
        },
        Field {
            name: "block",
            kind: Kind::Record(&BLOCK),
            presence: Presence::Optional,
            doc: words(
                "One layer: attention and a feed-forward network with residual sums and norms.",
                "一层：注意力和前馈网络，加上残差连接和归一化。",
            ),
        },
        Field {
            name: "stack",
            kind: Kind::Record(&STACK),
            presence: Presence::Optional,
            doc: words("Several layers one after the other.", "一层接一层。"),
        },
        Field {
            name: "encoder",
            kind: Kind::Record(&ENCODER),
            presence: Presence::Optional,
            doc: words("Layers without a mask.", "没有掩码的各层。"),
        },
        Field {
            name: "decoder",
            kind: Kind::Record(&DECODER),
            presence: Presence::Optional,
            doc: words(
                "Layers with a causal mask, and with attention to the output of an encoder.",
                "带因果掩码的各层，并且关注编码器的输出。",
            ),
        },
        Field {
            name: "one_hot",
            kind: Kind::Either(&[Kind::Name, NAMES]),
            presence: Presence::Optional,
            doc: words(
                "A row for each token of a text, with a single 1 at its place in the vocabulary.",
                "文本的每个词元一行：在词表中自己的位置上是 1，其余为 0。",
            ),
        },
        Field {
            name: "positions",
            kind: Kind::Record(&POSITIONS),
            presence: Presence::Optional,
            doc: words(
                "Sinusoidal positions: sines and cosines of where each token stands.",
                "正弦位置编码：由每个词元的位置得出的正弦和余弦。",
            ),
        },
        Field {
            name: "learned_positions",
            kind: Kind::Record(&LEARNED_POSITIONS),
            presence: Presence::Optional,
            doc: words("The first rows of a table of positions.", "位置表的前几行，每个位置一行。"),
        },
        Field {
            name: "rotary",
            kind: Kind::Record(&ROTARY),
            presence: Presence::Optional,
            doc: words(
                "Queries or keys, each turned by an angle that grows with its position.",
                "按位置旋转的查询或键，旋转角随位置增大。",
            ),
        },
        Field {
            name: "measure",
            kind: Kind::Record(&MEASURE),
            presence: Presence::Optional,
            doc: words(
                "One number for each row, or for each column: its sum, its entropy and the like.",
                "每一行（或每一列）得出一个数，例如和、熵等。",
            ),
        },
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
        Field {
            name: "principal_components",
            kind: Kind::Record(&PRINCIPAL_COMPONENTS),
            presence: Presence::Optional,
            doc: words(
                "The rows of a matrix on the few directions in which they differ most.",
                "把矩阵的各行投影到差异最大的几个方向上。",
            ),
        },
        Field {
            name: "logits",
            kind: Kind::Record(&LOGITS),
            presence: Presence::Optional,
            doc: words(
                "A number for each token of the vocabulary, the larger the likelier it comes next.",
                "词表中每个词元对应一个数，越大越可能是下一个词元。",
            ),
        },
        Field {
            name: "probabilities",
            kind: Kind::Record(&PROBABILITIES),
            presence: Presence::Optional,
            doc: words(
                "The probability of each token, with temperature, top-k and top-p.",
                "每个词元的概率，可以设温度、top-k 和 top-p。",
            ),
        },
        Field {
            name: "choose",
            kind: Kind::Record(&CHOOSE),
            presence: Presence::Optional,
            doc: words(
                "The token chosen in each row: 1 where it is, else 0.",
                "每一行选中的词元：选中处为 1，其余为 0。",
            ),
        },
        Field {
            name: "cross_entropy",
            kind: Kind::Record(&CROSS_ENTROPY),
            presence: Presence::Optional,
            doc: words(
                "What is lost on the right token of each row, and the mean of it.",
                "每一行在正确词元上的损失，以及平均损失。",
            ),
        },
        Field {
            name: "generate",
            kind: Kind::Record(&GENERATE),
            presence: Presence::Optional,
            doc: words(
                "A text that the lesson's model writes token by token, with all matrices of each round.",
                "由课程中的模型逐个词元写出的文本，以及每一轮的全部矩阵。",
            ),
        },
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
