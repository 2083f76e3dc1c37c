//! One number for many: measures and principal components.

use super::required_name;
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static MEASURE: Record = Record {
    name: "measure",
    doc: words(
        "One number for each row, or for each column: its sum, its entropy and the like.",
        "每一行（或每一列）得出一个数，例如和、熵等。",
    ),
    fields: &[
        required_name("of", words("The matrix to measure.", "要度量的矩阵。")),
        Field {
            name: "of_each",
            kind: Kind::Choice(&[
                Choice::new("row", "each row", "每一行"),
                Choice::new("column", "each column", "每一列"),
            ]),
            presence: Presence::Default("row"),
            doc: words(
                "Whether each row is measured (each token, each query) or each column (each feature, each key).",
                "对每一行（每个词元、每个查询）还是每一列（每个特征、每个键）进行度量。",
            ),
        },
        Field {
            name: "what",
            kind: Kind::Choice(&[
                Choice::bare("sum"),
                Choice::bare("mean"),
                Choice::bare("mean_square"),
                Choice::bare("variance"),
                Choice::bare("std"),
                Choice::bare("min"),
                Choice::bare("max"),
                Choice::bare("argmin"),
                Choice::bare("argmax"),
                Choice::bare("norm"),
                Choice::bare("entropy"),
            ]),
            presence: Presence::Required,
            doc: words(
                "What is measured, such as mean or entropy.",
                "度量什么，例如 mean（平均值）、entropy（熵）。",
            ),
        },
    ],
};

pub(super) static PRINCIPAL_COMPONENTS: Record = Record {
    name: "principal_components",
    doc: words(
        "The rows of a matrix on the few directions in which they differ most.",
        "把矩阵的各行投影到差异最大的几个方向上。",
    ),
    fields: &[
        required_name("of", words("The matrix whose rows are compared.", "要比较其各行的矩阵。")),
        Field {
            name: "count",
            kind: Kind::Size,
            presence: Presence::Default("2"),
            doc: words("How many directions.", "取几个方向。"),
        },
    ],
};
