//! What attention is compared with: convolution, recurrence, the bag of words.

use super::{name, required_name};
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static CONVOLUTION: Record = Record {
    name: "convolution",
    doc: words("A convolution over positions.", "沿位置的卷积。"),
    fields: &[
        required_name("of", words("The matrix whose positions it goes along.", "沿其位置做卷积的矩阵。")),
        Field {
            name: "kernel",
            kind: Kind::Map(&Kind::Name),
            presence: Presence::Required,
            doc: words(
                "A matrix of weights for each distance: 0 for the position itself, -1 for the one before it, 1 for the one after it.",
                "每个距离一个权重矩阵：0 是当前位置，-1 是前一个，1 是后一个。",
            ),
        },
    ],
};

pub(super) static RECURRENCE: Record = Record {
    name: "recurrence",
    doc: words("A recurrent network: one state after the other.", "循环网络：状态一个接一个。"),
    fields: &[
        required_name(
            "of",
            words("The matrix whose vectors come in, one after the other.", "依次输入的向量所在的矩阵。"),
        ),
        required_name("W_x", words("The weights of what comes in.", "输入的权重。")),
        required_name("W_h", words("The weights of the state before.", "前一个状态的权重。")),
        name("b", words("The bias, a single row.", "偏置，只有一行。")),
        Field {
            name: "activation",
            kind: Kind::Choice(&[
                Choice::bare("none"),
                Choice::bare("tanh"),
                Choice::bare("relu"),
                Choice::bare("sigmoid"),
            ]),
            presence: Presence::Default("none"),
            doc: words("What each sum goes through.", "每个和再经过的函数。"),
        },
    ],
};

pub(super) static CBOW: Record = Record {
    name: "cbow",
    doc: words("A word guessed from the words around it.", "由周围的词猜中间的词。"),
    fields: &[
        required_name("text", words("The text.", "文本。")),
        Field {
            name: "window",
            kind: Kind::Size,
            presence: Presence::Required,
            doc: words("How many neighbours on either side are its context.", "左右各几个词算作上下文。"),
        },
        Field {
            name: "W_in",
            kind: Kind::Name,
            presence: Presence::Default("vocabulary"),
            doc: words("The embeddings: a matrix with a row for each word.", "词嵌入：每个词一行的矩阵。"),
        },
        required_name(
            "W_out",
            words("The weights that make scores: a column for each word.", "生成分数的权重：每个词一列。"),
        ),
    ],
};
