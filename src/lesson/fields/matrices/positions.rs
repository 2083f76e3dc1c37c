//! Positions: sinusoidal, learned and rotary.

use super::{NAMES, required_name};
use crate::language::words;
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static POSITIONS: Record = Record {
    name: "positions",
    doc: words(
        "Sinusoidal positions: sines and cosines of where each token stands.",
        "正弦位置编码：由每个词元的位置得出的正弦和余弦。",
    ),
    fields: &[
        OF,
        required_name(
            "axis",
            words("The axis of the embeddings that they are added to.", "与之相加的嵌入所在的轴。"),
        ),
        LAYOUT,
        Field {
            name: "slowest",
            kind: Kind::Choice(&[Choice::bare("below_base"), Choice::bare("base")]),
            presence: Presence::Default("below_base"),
            doc: words(
                "What the slowest pair divides by: below_base is base^(2i/d) as in the paper, base reaches the base itself.",
                "最慢的一对除以多少：below_base 为论文中的 base^(2i/d)，base 表示正好到达底数。",
            ),
        },
        BASE,
        FIRST,
    ],
};

pub(super) static LEARNED_POSITIONS: Record = Record {
    name: "learned_positions",
    doc: words("The first rows of a table of positions.", "位置表的前几行，每个位置一行。"),
    fields: &[
        OF,
        required_name("table", words("The table, with a row for each position.", "位置表，每个位置一行。")),
    ],
};

pub(super) static ROTARY: Record = Record {
    name: "rotary",
    doc: words(
        "Queries or keys, each turned by an angle that grows with its position.",
        "按位置旋转的查询或键，旋转角随位置增大。",
    ),
    fields: &[
        required_name("of", words("The queries or keys to turn.", "要旋转的查询或键。")),
        LAYOUT,
        BASE,
        FIRST,
    ],
};

/// Rotary positions inside of attention.
pub(super) const ROTARY_FIELD: Field = Field {
    name: "rotary",
    kind: Kind::Either(&[
        Kind::Choice(&[Choice::new("true", "yes", "是"), Choice::new("false", "no", "否")]),
        Kind::Record(&ROTATION),
    ]),
    presence: Presence::Default("false"),
    doc: words(
        "Whether queries and keys are turned by their positions, or how: {layout: …, base: …, first: …}.",
        "查询和键是否按位置旋转，或怎样旋转：{layout: …, base: …, first: …}。",
    ),
};

static ROTATION: Record = Record {
    name: "rotation",
    doc: words("How queries and keys are turned by their positions.", "查询和键怎样按位置旋转。"),
    fields: &[LAYOUT, BASE, FIRST],
};

const OF: Field = Field {
    name: "of",
    kind: Kind::Either(&[Kind::Name, NAMES]),
    presence: Presence::Required,
    doc: words("The text, or a list of texts.", "文本，或几段文本的列表。"),
};

const LAYOUT: Field = Field {
    name: "layout",
    kind: Kind::Choice(&[
        Choice::new("interleaved", "the two of a pair side by side", "成对的数两两相邻"),
        Choice::new("halves", "all first ones before all second ones", "前一半与后一半对应"),
    ]),
    presence: Presence::Default("interleaved"),
    doc: words(
        "How pairs stand in a vector: side by side (interleaved), or all first ones before all second ones (halves).",
        "成对的数如何排列：interleaved 表示两两相邻，halves 表示前一半与后一半对应。",
    ),
};

const BASE: Field = Field {
    name: "base",
    kind: Kind::Expression,
    presence: Presence::Default("10000"),
    doc: words("The number whose powers slow the pairs down.", "底数：用它的幂让各对依次变慢。"),
};

const FIRST: Field = Field {
    name: "first",
    kind: Kind::Expression,
    presence: Presence::Default("0"),
    doc: words("The number of the first position.", "第一个位置的编号。"),
};
