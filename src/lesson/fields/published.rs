//! The fields of a number that the lesson's source has printed.

use super::{Field, Kind, Presence, Record};
use crate::language::words;

/// One number or several.
const VALUES: Kind = Kind::Either(&[
    Kind::Expression,
    Kind::List { of: &Kind::Either(&[Kind::Expression, ROW]), least: 1, most: usize::MAX },
]);

const ROW: Kind = Kind::List { of: &Kind::Expression, least: 1, most: usize::MAX };

/// One number that the source has printed, or several of them.
pub(super) const KIND: Kind = Kind::Either(&[
    Kind::Record(&PUBLISHED),
    Kind::List { of: &Kind::Record(&PUBLISHED), least: 1, most: usize::MAX },
]);

/// The field that names what was printed.
pub(super) fn of_printed() -> &'static Field {
    &PUBLISHED.fields[0]
}

static PUBLISHED: Record = Record {
    name: "published",
    doc: words(
        "A number that a source has printed, beside the computed one.",
        "出处中给出的数，与算出的数对照。",
    ),
    fields: &[
        Field {
            name: "of",
            kind: Kind::Word,
            presence: Presence::Required,
            doc: words(
                "What was printed: a cell, a row, a matrix, or something computed of cells.",
                "给出的是什么：单元格、一行、一个矩阵，或由单元格算出的数。",
            ),
        },
        Field {
            name: "value",
            kind: VALUES,
            presence: Presence::Required,
            doc: words(
                "The number as it was printed; a list for a row, a list of lists for several rows.",
                "给出的数；一行写成列表，多行写成列表的列表。",
            ),
        },
        Field {
            name: "source",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "Where it was printed, if not in the source of the lesson.",
                "出处（与整课不同时才写）。",
            ),
        },
        Field {
            name: "because",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "Why it differs from the computed number; needed where it does, and shown with both.",
                "与算出的数不同的原因；不同时必须写，会与两个数一起显示。",
            ),
        },
    ],
};
