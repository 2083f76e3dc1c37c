//! Masks, and softmax after them.

use super::{GRID, required_name};
use crate::language::{Words, words};
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static MASK: Record = Record {
    name: "mask",
    doc: words("Scores with forbidden cells set to minus infinity.", "把不允许看到的格子设为负无穷的分数。"),
    fields: &[
        required_name("of", words("The scores to mask.", "要加掩码的分数。")),
        Field {
            name: "mask",
            kind: MASK_KIND,
            presence: Presence::Required,
            doc: words(
                "Which keys a query may see: causal, backward, a rule such as {window: 3}, or a list of them.",
                "每个查询可以看到哪些键：causal、backward、{window: 3} 之类的规则，或由它们组成的列表。",
            ),
        },
        HIDDEN_FIELD,
    ],
};

pub(super) const MASK_FIELD: Field = Field {
    name: "mask",
    kind: MASK_OR_NONE,
    presence: Presence::Default("none"),
    doc: words(
        "Which keys a query may see: all (none), those up to itself (causal), from itself on (backward), a rule such as {window: 3}, or a list of them.",
        "每个查询可以看到哪些键：全部（none）、到自己为止（causal）、从自己开始（backward）、{window: 3} 之类的规则，或由它们组成的列表。",
    ),
};

pub(super) const HIDDEN_FIELD: Field = Field {
    name: "hidden",
    kind: Kind::Expression,
    presence: Presence::Default("-inf"),
    doc: words(
        "What the score of a hidden key becomes: -inf, or a number such as -1e9.",
        "被遮住的键的分数变成什么：-inf，或 -1e9 之类的数。",
    ),
};

pub(super) const EMPTY_ROW_FIELD: Field = Field {
    name: "empty_row",
    kind: Kind::Choice(&[
        Choice::new("zeros", "all 0", "全为 0"),
        Choice::new("nan", "no number at all", "不是数，显示为 NaN"),
        Choice::new("uniform", "the same weight for all", "权重都相同"),
    ]),
    presence: Presence::Default("zeros"),
    doc: words(
        "What a row becomes in which every key is hidden: zeros, no number at all (nan), or the same weight for all (uniform).",
        "一行的键全被遮住时变成什么：全为 0（zeros）、不是数（nan），或权重相同（uniform）。",
    ),
};

pub(super) const TEMPERATURE_FIELD: Field = Field {
    name: "temperature",
    kind: Kind::Expression,
    presence: Presence::Optional,
    doc: words(
        "What the scores are divided by right before softmax; greater than 0. Below 1 the weights get sharper, above 1 flatter.",
        "softmax 之前分数再除以多少，须大于 0。小于 1 时权重更集中，大于 1 时更平均。",
    ),
};

pub(super) static SOFTMAX: Record = Record {
    name: "softmax",
    doc: words("The softmax of each row, with its settings.", "对每一行做 softmax，并指定细节。"),
    fields: &[required_name("of", words("The scores.", "分数。")), TEMPERATURE_FIELD, EMPTY_ROW_FIELD],
};

const MASK_KIND: Kind = Kind::Either(&[ONE_MASK, RULE, SEVERAL]);
const MASK_OR_NONE: Kind = Kind::Either(&[
    Kind::Choice(&[
        Choice::new("none", "every token sees all", "每个词元都能看到全部"),
        Choice::new("causal", "a token sees itself and those before it", "看到自己和前面的词元"),
        Choice::new("backward", "a token sees itself and those after it", "看到自己和后面的词元"),
    ]),
    RULE,
    SEVERAL,
]);
const ONE_MASK: Kind = Kind::Choice(&[
    Choice::new("causal", "a token sees itself and those before it", "看到自己和前面的词元"),
    Choice::new("backward", "a token sees itself and those after it", "看到自己和后面的词元"),
]);
/// More masks at once than this are more than anyone explains.
const SEVERAL: Kind = Kind::List { of: &Kind::Either(&[ONE_MASK, RULE]), least: 1, most: 8 };
const RULE: Kind = Kind::OneOf(&MASK_RULE);

static MASK_RULE: Record = Record {
    name: "mask",
    doc: words("A mask of one's own; exactly one of these.", "自定义的掩码，只能写其中一种。"),
    fields: &[
        table(
            "allow",
            words(
                "A row per query: 1 where the key may be seen, else 0.",
                "每个查询一行：可以看到的键写 1，否则写 0。",
            ),
        ),
        table(
            "hide",
            words(
                "A row per query: 1 where the key is hidden, else 0; the opposite of allow.",
                "每个查询一行：被遮住的键写 1，否则写 0；与 allow 相反。",
            ),
        ),
        table(
            "add",
            words(
                "A row per query: numbers that are added to the scores; -inf hides the key.",
                "每个查询一行：加到分数上的数；-inf 表示遮住这个键。",
            ),
        ),
        so_many_keys(
            "valid",
            words(
                "How many keys are tokens; those after them are padding and hidden. Or a number for each text.",
                "有几个键是词元；之后的是填充，会被遮住。也可以为每段文本各写一个数。",
            ),
        ),
        so_many_keys(
            "prefix",
            words(
                "How many keys every query sees; the keys after them are causal. Or a number for each text.",
                "所有查询都能看到的前几个键；之后的键按 causal 处理。也可以为每段文本各写一个数。",
            ),
        ),
        Field {
            name: "window",
            kind: Kind::Either(&[Kind::Expression, Kind::Record(&WINDOW)]),
            presence: Presence::Optional,
            doc: words(
                "How many keys a query sees: itself and those right before it; or so many before and after.",
                "每个查询能看到几个键：自己和紧挨在前面的；或分别写前后各几个。",
            ),
        },
        number(
            "block",
            words(
                "The positions are cut into blocks of so many; a query sees the keys of its own block.",
                "位置按这个数分块；查询只能看到自己所在块的键。",
            ),
        ),
    ],
};

static WINDOW: Record = Record {
    name: "window",
    doc: words("A window around the query.", "查询周围的窗口。"),
    fields: &[
        number(
            "before",
            words("How many keys before the query; left out, none.", "查询之前的几个键；不写为 0。"),
        ),
        number(
            "after",
            words("How many keys after the query; left out, none.", "查询之后的几个键；不写为 0。"),
        ),
    ],
};

const fn table(name: &'static str, doc: Words) -> Field {
    Field { name, kind: GRID, presence: Presence::Optional, doc }
}

const fn so_many_keys(name: &'static str, doc: Words) -> Field {
    Field {
        name,
        kind: Kind::Either(&[Kind::Expression, Kind::Map(&Kind::Expression)]),
        presence: Presence::Optional,
        doc,
    }
}

const fn number(name: &'static str, doc: Words) -> Field {
    Field { name, kind: Kind::Expression, presence: Presence::Optional, doc }
}
