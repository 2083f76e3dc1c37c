//! What is done to each number on its own, and norms.

use super::{name, required_name};
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

/// The functions of one number.
pub(in crate::lesson::fields) const ACTIVATIONS: Kind = Kind::Choice(&[
    Choice::bare("relu"),
    Choice::bare("gelu"),
    Choice::bare("gelu_tanh"),
    Choice::bare("silu"),
    Choice::bare("sigmoid"),
    Choice::bare("tanh"),
]);

pub(super) static ACTIVATE: Record = Record {
    name: "activate",
    doc: words("A function of each number, such as ReLU.", "对每个数做的函数，例如 ReLU。"),
    fields: &[
        required_name("of", words("The matrix whose numbers go in.", "输入的矩阵。")),
        Field {
            name: "with",
            kind: ACTIVATIONS,
            presence: Presence::Required,
            doc: words(
                "The function; gelu is exact, gelu_tanh the approximation that GPT-2 uses.",
                "所用的函数；gelu 是精确的，gelu_tanh 是 GPT-2 所用的近似。",
            ),
        },
    ],
};

pub(super) static DROPOUT: Record = Record {
    name: "dropout",
    doc: words("Some numbers become 0, as in training.", "像训练时那样，让一些数变成 0。"),
    fields: &[
        required_name("of", words("The matrix of which some numbers become 0.", "其中一些数变成 0 的矩阵。")),
        RATE,
        SEED,
    ],
};

/// Dropout in a block.
pub(super) static DROPPING: Record = Record {
    name: "block.dropout",
    doc: words("The dropout of what each sublayer gives back.", "每个子层输出的 dropout。"),
    fields: &[RATE, SEED],
};

const RATE: Field = Field {
    name: "rate",
    kind: Kind::Expression,
    presence: Presence::Required,
    doc: words(
        "The probability that a number becomes 0, from 0 to below 1; the others are divided by 1 less this.",
        "每个数变成 0 的概率，从 0 到小于 1；其余的数除以 1 减去它。",
    ),
};

const SEED: Field = Field {
    name: "seed",
    kind: Kind::Count,
    presence: Presence::Required,
    doc: words("A number that fixes which ones.", "随机种子，决定是哪些数。"),
};

pub(super) static LAYER_NORM: Record = Record {
    name: "layer_norm",
    doc: words("Layer norm of each row.", "对每一行做层归一化。"),
    fields: &[
        required_name("of", words("The matrix to normalise.", "要归一化的矩阵。")),
        EPSILON,
        GAIN,
        BIAS,
    ],
};

pub(super) static RMS_NORM: Record = Record {
    name: "rms_norm",
    doc: words("RMS norm of each row.", "对每一行做 RMS 归一化。"),
    fields: &[required_name("of", words("The matrix to normalise.", "要归一化的矩阵。")), EPSILON, GAIN],
};

/// The learned part of a norm in a block.
pub(super) static NORM: Record = Record {
    name: "block.norm",
    doc: words("What is learned of a norm.", "归一化中学到的部分。"),
    fields: &[GAIN, BIAS],
};

pub(super) const EPSILON: Field = Field {
    name: "epsilon",
    kind: Kind::Expression,
    presence: Presence::Default("1e-5"),
    doc: words(
        "What is added under the root, so that nothing is divided by 0.",
        "加在根号里的小数，避免除以 0。",
    ),
};

const GAIN: Field = name(
    "gain",
    words("One row by which every vector is multiplied, number by number.", "一行数，每个向量逐个数乘以它。"),
);

const BIAS: Field = name("bias", words("One row that is added to every vector.", "一行数，加到每个向量上。"));
