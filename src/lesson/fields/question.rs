//! The fields of a question.

use super::{Choice, Field, Kind, Presence, Record};
use crate::language::words;
use crate::lesson::question::MOST_OPTIONS;

/// A question of a step.
pub(super) static QUESTION: Record = Record {
    name: "question",
    doc: words("A question to the learner, answered with the keyboard.", "向学习者提的问题，用键盘作答。"),
    fields: &[
        Field {
            name: "ask",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "The question in words; left out, it is made of what is asked for. `choose` needs it.",
                "问题的文字；不写时按所问的内容自动生成。`choose` 必须写。",
            ),
        },
        Field {
            name: "answer",
            kind: Kind::OneOf(&ANSWER),
            presence: Presence::Required,
            doc: words("What is asked for; qkv works the answer out.", "所问的内容；答案由 qkv 算出。"),
        },
        Field {
            name: "hint",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "A hint, given before those that qkv makes of the derivation.",
                "提示，先于 qkv 根据推导给出的提示显示。",
            ),
        },
        Field {
            name: "explain",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words("What is said after the answer.", "给出答案之后的讲解。"),
        },
    ],
};

pub(super) static ANSWER: Record = Record {
    name: "answer",
    doc: words("What is asked for.", "所问的内容。"),
    fields: &[
        Field {
            name: "cell",
            kind: Kind::Word,
            presence: Presence::Optional,
            doc: words(
                "A number to predict: a cell, or anything computed of cells, as in `{…}`. A cell is covered until it is answered.",
                "要预测的数：一个单元格，或用单元格算出的数，写法与 `{…}` 相同。作答之前单元格会被遮住。",
            ),
        },
        Field {
            name: "token",
            kind: Kind::Word,
            presence: Presence::Optional,
            doc: words(
                "A token or feature to name, found by argmax or argmin. The row is covered until it is answered.",
                "要说出的词元或特征，由 argmax 或 argmin 求得。作答之前这一行会被遮住。",
            ),
        },
        Field {
            name: "shape",
            kind: Kind::Name,
            presence: Presence::Optional,
            doc: words("A matrix whose rows and columns are to be told.", "要说出行数和列数的矩阵。"),
        },
        Field {
            name: "order",
            kind: Kind::Record(&ORDER),
            presence: Presence::Optional,
            doc: words("Things to be put in order.", "要排序的各项。"),
        },
        Field {
            name: "choose",
            kind: Kind::List { of: &Kind::OneOf(&OPTION), least: 2, most: MOST_OPTIONS },
            presence: Presence::Optional,
            doc: words("Options of which one or several are right.", "若干选项，其中一项或几项是对的。"),
        },
    ],
};

static ORDER: Record = Record {
    name: "order",
    doc: words("Things to be put in order.", "要排序的各项。"),
    fields: &[
        Field {
            name: "items",
            kind: Kind::List { of: &Kind::Word, least: 2, most: MOST_OPTIONS },
            presence: Presence::Required,
            doc: words(
                "The things, as they are first seen: numbers as in `{…}`, or with `by: making` matrices.",
                "各项，按最初显示的顺序：与 `{…}` 写法相同的数；`by: making` 时写矩阵。",
            ),
        },
        Field {
            name: "by",
            kind: Kind::Choice(&[
                Choice::new("largest", "the largest number first", "从大到小"),
                Choice::new("smallest", "the smallest number first", "从小到大"),
                Choice::new("making", "matrices in the order in which they are made", "矩阵按算出的先后"),
            ]),
            presence: Presence::Default("largest"),
            doc: words(
                "What comes first: the largest or the smallest number, or the matrix that is made first.",
                "谁排在最前：最大的数、最小的数，或最先算出的矩阵。",
            ),
        },
    ],
};

pub(super) static OPTION: Record = Record {
    name: "option",
    doc: words("One option of a question.", "问题的一个选项。"),
    fields: &[
        Field {
            name: "right",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "An option that is right, where no number decides it.",
                "正确的选项（无法由数值判断时）。",
            ),
        },
        Field {
            name: "wrong",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "An option that is wrong, where no number decides it.",
                "错误的选项（无法由数值判断时）。",
            ),
        },
        Field {
            name: "claim",
            kind: Kind::Record(&CLAIM),
            presence: Presence::Optional,
            doc: words("An option that is right if the numbers say so.", "由数值判断对错的选项。"),
        },
    ],
};

static CLAIM: Record = Record {
    name: "claim",
    doc: words("An option that is right if the numbers say so.", "由数值判断对错的选项。"),
    fields: &[
        Field {
            name: "say",
            kind: Kind::Text,
            presence: Presence::Required,
            doc: words("The words of the option.", "选项的文字。"),
        },
        Field {
            name: "holds",
            kind: Kind::Word,
            presence: Presence::Required,
            doc: words(
                "The claim, written as in `expect`; the option is right if it holds.",
                "断言，写法与 `expect` 相同；断言成立时这个选项是对的。",
            ),
        },
    ],
};
