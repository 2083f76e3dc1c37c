//! The fields of a lesson, its texts and its steps.

use super::matrices::{NAMES, VALUES_BY_NAME};
use super::question::QUESTION;
use super::{Choice, Field, Kind, MATRIX_KINDS, Presence, Record, published};
use crate::language::words;

/// A lesson file.
pub static LESSON: Record = Record {
    name: "lesson",
    doc: words("A lesson file.", "一个课程文件。"),
    fields: &[
        Field {
            name: "qkv",
            kind: Kind::Count,
            presence: Presence::Default("1"),
            doc: words("The version of the format; it is 1.", "格式的版本，现在是 1。"),
        },
        Field {
            name: "title",
            kind: Kind::Text,
            presence: Presence::Required,
            doc: words("The title, shown in the menu and on every screen.", "标题，显示在菜单和每个画面上。"),
        },
        Field {
            name: "source",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words("Where the example and its numbers come from.", "例子和数据的出处。"),
        },
        Field {
            name: "numbers",
            kind: HONESTY,
            presence: Presence::Default("toy"),
            doc: words(
                "How honest the numbers are: made up (toy), taken from a publication, or of a real model.",
                "数据的来历：自编的（toy）、取自出版物的（published）或来自真实模型的（real）。",
            ),
        },
        Field {
            name: "convention",
            kind: Kind::Choice(&[
                Choice::new("rows", "a token is a row", "每个词元一行"),
                Choice::new("columns", "a token is a column", "每个词元一列"),
            ]),
            presence: Presence::Default("rows"),
            doc: words(
                "Whether tokens are shown first as rows or as columns; a key switches at any time.",
                "开始时词元按行还是按列显示；随时可以用按键切换。",
            ),
        },
        Field {
            name: "include",
            kind: Kind::Either(&[Kind::Word, WORDS]),
            presence: Presence::Optional,
            doc: words(
                "Files in the folder of the lesson whose axes, texts, vocabulary, matrices, steps and expectations come before its own.",
                "课程文件夹中的文件；它们的轴、文本、词表、矩阵、步骤和断言排在本课自己的内容之前。",
            ),
        },
        Field {
            name: "axes",
            kind: Kind::Map(&Kind::Either(&[Kind::Size, WORDS])),
            presence: Presence::Optional,
            doc: words(
                "The feature axes: for each name its features, or only their number.",
                "特征轴：每个名字对应一组特征，或者只写特征的个数。",
            ),
        },
        Field {
            name: "text",
            kind: TEXT,
            presence: Presence::Optional,
            doc: words("Short for `texts: {main: …}`.", "`texts: {main: …}` 的简写。"),
        },
        Field {
            name: "texts",
            kind: Kind::Map(&TEXT),
            presence: Presence::Optional,
            doc: words(
                "The token axes, by name: a sentence that is split at spaces, or a list of tokens.",
                "词元轴，按名字列出：一句用空格分开的话，或一组词元。",
            ),
        },
        Field {
            name: "vocabulary",
            kind: Kind::Record(&VOCABULARY),
            presence: Presence::Optional,
            doc: words("The embedding of each token.", "每个词元的词嵌入。"),
        },
        Field {
            name: "seed",
            kind: Kind::Count,
            presence: Presence::Optional,
            doc: words(
                "In a lesson without matrices: makes the vocabulary and one attention head at random, always the same.",
                "用于没有 `matrices` 的课：随机生成词嵌入和一个注意力头，同一个数总是给出同样的结果。",
            ),
        },
        Field {
            name: "matrices",
            kind: list(&Kind::Named(&Kind::OneOf(&MATRIX_KINDS))),
            presence: Presence::Optional,
            doc: words(
                "What is computed, in order: each item names a matrix and says how it is made.",
                "依次要计算的矩阵：每一项给出矩阵的名字和它的由来。",
            ),
        },
        Field {
            name: "steps",
            kind: list(&Kind::Record(&STEP)),
            presence: Presence::Optional,
            doc: words(
                "What the learner sees, in order. Without it the standard walkthrough is made.",
                "学习者依次看到的内容；不写时使用标准讲解。",
            ),
        },
        Field {
            name: "expect",
            kind: list(&Kind::Word),
            presence: Presence::Optional,
            doc: words(
                "Claims about the numbers that are proved whenever the lesson is checked.",
                "关于数值的断言，每次检查课程时都会验证。",
            ),
        },
    ],
};

const HONESTY: Kind = Kind::Choice(&[
    Choice::new("toy", "made up", "自编的"),
    Choice::new("published", "taken from a publication", "取自出版物"),
    Choice::new("real", "of a real model", "来自真实模型"),
]);
const WORDS: Kind = Kind::List { of: &Kind::Word, least: 1, most: usize::MAX };
const TEXT: Kind = Kind::Either(&[Kind::Word, WORDS, Kind::Record(&TOKENS)]);

const fn list(of: &'static Kind) -> Kind {
    Kind::List { of, least: 1, most: usize::MAX }
}

static TOKENS: Record = Record {
    name: "text",
    doc: words("A text whose tokens have glosses.", "带有注释的词元序列。"),
    fields: &[
        Field {
            name: "tokens",
            kind: Kind::Either(&[Kind::Word, WORDS]),
            presence: Presence::Required,
            doc: words(
                "The tokens, as a list or as a sentence that is split at spaces.",
                "词元：列表，或用空格分开的一句话。",
            ),
        },
        Field {
            name: "gloss",
            kind: Kind::Record(&GLOSS),
            presence: Presence::Optional,
            doc: words("What each token means, one gloss per token.", "每个词元的意思，与词元一一对应。"),
        },
    ],
};

static GLOSS: Record = Record {
    name: "gloss",
    doc: words("Glosses by language.", "按语言给出的注释。"),
    fields: &[
        Field {
            name: "en",
            kind: WORDS,
            presence: Presence::Optional,
            doc: words("The glosses in English.", "英文注释。"),
        },
        Field {
            name: "zh",
            kind: WORDS,
            presence: Presence::Optional,
            doc: words("The glosses in Chinese.", "中文注释。"),
        },
    ],
};

static VOCABULARY: Record = Record {
    name: "vocabulary",
    doc: words("The embeddings of the tokens.", "词元的词嵌入表。"),
    fields: &[
        Field {
            name: "axis",
            kind: Kind::Name,
            presence: Presence::Required,
            doc: words("The feature axis of the embeddings.", "词嵌入所用的特征轴。"),
        },
        Field {
            name: "tokens",
            kind: Kind::Map(&VALUES_BY_NAME),
            presence: Presence::Required,
            doc: words(
                "For each token its numbers: by feature name, where others are 0, or a full list.",
                "每个词元对应的数：按特征名写（其余为 0），或写出完整的列表。",
            ),
        },
    ],
};

/// One screen of the walk.
pub(in crate::lesson) static STEP: Record = Record {
    name: "step",
    doc: words("One screen of the walk.", "讲解中的一步。"),
    fields: &[
        Field {
            name: "title",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words("The title of the step in the index.", "这一步在目录中的标题。"),
        },
        Field {
            name: "show",
            kind: Kind::Either(&[Kind::Name, NAMES]),
            presence: Presence::Optional,
            doc: words("The matrix or text to show, or a list of them.", "要显示的矩阵或文本，可以是一组。"),
        },
        Field {
            name: "reveal",
            kind: Kind::Choice(&[
                Choice::new("all", "all at once", "一次全部显示"),
                Choice::new("rows", "row by row", "逐行"),
                Choice::new("columns", "column by column", "逐列"),
                Choice::new("cells", "cell by cell", "逐格"),
            ]),
            presence: Presence::Default("all"),
            doc: words(
                "Whether it appears at once or bit by bit, as seen in the lesson's own convention.",
                "一次全部显示，还是按行、按列、逐格显示（以课程自己的行列约定为准）。",
            ),
        },
        Field {
            name: "focus",
            kind: Kind::Either(&[Kind::Word, Kind::List { of: &Kind::Word, least: 1, most: 2 }]),
            presence: Presence::Optional,
            doc: words(
                "The cell that is lit and explained: [query, key], or a reference to cells that are shown. One word in brackets is a whole row. Left out, it is the first cell of a shown matrix that `say` has in braces.",
                "高亮并解释的单元格：[查询, 键]，或对所显示单元格的引用；方括号里只写一个词表示整行。不写时，就是 `say` 的花括号中第一个属于所显示矩阵的单元格。",
            ),
        },
        Field {
            name: "say",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words(
                "What is said; a reference in braces is replaced by its number, `*word*` is emphasised.",
                "讲解文字；花括号中的引用会换成对应的数，`*词*` 表示强调。",
            ),
        },
        Field {
            name: "note",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words("A note for the teacher, hidden from learners.", "给教师的备注，学习者看不到。"),
        },
        Field {
            name: "numbers",
            kind: HONESTY,
            presence: Presence::Optional,
            doc: words(
                "How honest the numbers of this step are, if not as in the lesson.",
                "这一步数据的来历（与整课不同时才写）。",
            ),
        },
        Field {
            name: "plot",
            kind: Kind::Record(&PLOT),
            presence: Presence::Optional,
            doc: words("Rows of matrices as points on two features.", "把矩阵的行画成两个特征平面上的点。"),
        },
        Field {
            name: "published",
            kind: published::KIND,
            presence: Presence::Optional,
            doc: words(
                "Numbers that a source has printed, one or a list: where they differ from the computed ones, both are shown.",
                "出处中给出的数，一项或一组：与算出的数不同时，两者都会显示。",
            ),
        },
        Field {
            name: "question",
            kind: Kind::Record(&QUESTION),
            presence: Presence::Optional,
            doc: words(
                "A question to the learner, asked after everything else of the step.",
                "向学习者提的问题，在这一步的其他内容之后提出。",
            ),
        },
    ],
};

static PLOT: Record = Record {
    name: "plot",
    doc: words("A picture of vectors on two features.", "两个特征上的向量图。"),
    fields: &[
        Field {
            name: "axes",
            kind: Kind::List { of: &Kind::Word, least: 2, most: 2 },
            presence: Presence::Required,
            doc: words("The two features: to the right, and up.", "两个特征：横轴和纵轴。"),
        },
        Field {
            name: "arrows",
            kind: list(&Kind::Record(&ARROW)),
            presence: Presence::Required,
            doc: words("Arrows between rows of matrices.", "矩阵各行之间的箭头。"),
        },
    ],
};

static ARROW: Record = Record {
    name: "arrow",
    doc: words("An arrow from one row to another.", "从一行指向另一行的箭头。"),
    fields: &[
        Field {
            name: "from",
            kind: Kind::Word,
            presence: Presence::Required,
            doc: words("The row where it starts, such as \"X[mole]\".", "起点所在的行，例如 \"X[mole]\"。"),
        },
        Field {
            name: "to",
            kind: Kind::Word,
            presence: Presence::Required,
            doc: words("The row where it ends.", "终点所在的行。"),
        },
        Field {
            name: "label",
            kind: Kind::Text,
            presence: Presence::Optional,
            doc: words("Words beside the arrow.", "箭头旁的文字。"),
        },
    ],
};
