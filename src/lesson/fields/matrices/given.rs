//! Matrices whose numbers are written down or random.

use super::{GRID, VALUES_BY_NAME, axis};
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static GIVEN: Record = Record {
    name: "given",
    doc: words("A matrix that is written down.", "直接写出的矩阵。"),
    fields: &[
        ROWS,
        COLS,
        LAYOUT,
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

pub(super) static RANDOM: Record = Record {
    name: "random",
    doc: words(
        "Random numbers of a normal distribution, the same on every machine.",
        "服从正态分布的随机数，在任何机器上都相同。",
    ),
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

/// A matrix from a file beside the lesson.
pub(super) static LOAD: Record = Record {
    name: "load",
    doc: words("A matrix from a file beside the lesson.", "从课程旁边的文件读取的矩阵。"),
    fields: &[
        Field {
            name: "file",
            kind: Kind::Word,
            presence: Presence::Required,
            doc: words(
                "The path of the file, .csv, .tsv or .npy, from the file that names it.",
                "文件路径（.csv、.tsv 或 .npy），从写出它的文件算起。",
            ),
        },
        ROWS,
        COLS,
        LAYOUT,
    ],
};

const ROWS: Field = axis(
    "rows",
    Presence::Optional,
    words(
        "The axis of the rows: a feature axis, a text, or only how many.",
        "行所在的轴：特征轴、文本，或只写有多少行。",
    ),
);

const COLS: Field = axis("cols", Presence::Optional, words("The axis of the columns.", "列所在的轴。"));

const LAYOUT: Field = Field {
    name: "layout",
    kind: Kind::Choice(&[
        Choice::new("rows", "each line of numbers is a row of the matrix", "写的每一行就是矩阵的一行"),
        Choice::new("columns", "each line of numbers is a column of the matrix", "写的每一行是矩阵的一列"),
    ]),
    presence: Presence::Default("rows"),
    doc: words(
        "Whether it is written with tokens or outputs as rows, or as columns; columns are turned when the lesson is loaded.",
        "写法中词元或输出按行还是按列排；按列写的会在载入时转置。",
    ),
};
