//! The lessons that an author begins with.

use crate::language::{Language, Words, words};

/// The name of the schema file that the first line of a new lesson names. It stands beside the lesson, so that an editor
/// finds it without a network.
pub const SCHEMA_FILE: &str = "lesson.schema.json";

const BOOK: Words = words(
    "Step by step: qkv help tutorial. All that can stand here: qkv help format.",
    "一步一步学：qkv help tutorial。可以写些什么：qkv help format。",
);

/// A lesson to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, for a list.
    pub about: Words,
    /// Its file, with every comment in both languages: `#en …` and `#zh …`.
    text: &'static str,
    /// The files that it includes, by name, written the same way.
    parts: &'static [(&'static str, &'static str)],
}

/// All of them, the simplest first.
pub const TEMPLATES: &[Template] = &[
    template(
        "small",
        words("four lines; all else is made", "四行，其余自动生成"),
        include_str!("../../assets/templates/small.yaml"),
    ),
    template(
        "head",
        words("one head, its features by name", "一个头，特征都有名字"),
        include_str!("../../assets/templates/head.yaml"),
    ),
    template(
        "texts",
        words("several texts, one set of weights", "几段文字，同一组权重"),
        include_str!("../../assets/templates/texts.yaml"),
    ),
    template(
        "multi-head",
        words("two heads and W_O", "两个头与 W_O"),
        include_str!("../../assets/templates/multi-head.yaml"),
    ),
    template(
        "cross-attention",
        words("one text asks another", "一段文字去问另一段"),
        include_str!("../../assets/templates/cross-attention.yaml"),
    ),
    template(
        "block",
        words("a block of a Transformer, random weights", "一个 Transformer 块，随机权重"),
        include_str!("../../assets/templates/block.yaml"),
    ),
    template(
        "quiz",
        words("questions with computed answers", "提问的课，答案由程序算出"),
        include_str!("../../assets/templates/quiz.yaml"),
    ),
];

/// The stages of the tutorial, which builds one lesson from four lines to ten steps.
pub const STAGES: &[Template] = &[
    stage("1", include_str!("../../assets/tutorial/1.yaml")),
    stage("2", include_str!("../../assets/tutorial/2.yaml")),
    stage("3", include_str!("../../assets/tutorial/3.yaml")),
    stage("4", include_str!("../../assets/tutorial/4.yaml")),
    stage("5", include_str!("../../assets/tutorial/5.yaml")),
    stage("6", include_str!("../../assets/tutorial/6.yaml")),
    stage("7", include_str!("../../assets/tutorial/7.yaml")),
    stage("8", include_str!("../../assets/tutorial/8.yaml")),
    stage("9", include_str!("../../assets/tutorial/9.yaml")),
    stage("10", include_str!("../../assets/tutorial/10.yaml")),
    Template {
        parts: &[("words.yaml", include_str!("../../assets/tutorial/words.yaml"))],
        ..stage("11", include_str!("../../assets/tutorial/11.yaml"))
    },
];

const fn template(name: &'static str, about: Words, text: &'static str) -> Template {
    Template { name, about, text, parts: &[] }
}

const fn stage(name: &'static str, text: &'static str) -> Template {
    template(name, words("a stage of the tutorial", "教程的一个阶段"), text)
}

impl Template {
    /// The one that is taken where nobody chooses.
    pub const DEFAULT: &'static str = "head";

    /// The template of a name.
    pub fn named(name: &str) -> Option<Self> {
        TEMPLATES.iter().copied().find(|template| template.name == name)
    }

    /// The stage of a number.
    pub fn stage(number: &str) -> Option<Self> {
        STAGES.iter().copied().find(|stage| stage.name == number)
    }

    /// The lesson file, its comments in one language. Its first line names the schema, for editors, its second one tells
    /// people where to read on.
    pub fn text(self, language: Language) -> String {
        let (book, text) = (BOOK.get(language), commented(self.text, language));
        format!("# yaml-language-server: $schema={SCHEMA_FILE}\n# {book}\n{text}")
    }

    /// The files that the lesson includes, which stand beside it: their names and texts.
    pub fn parts(self, language: Language) -> impl Iterator<Item = (&'static str, String)> {
        self.parts.iter().map(move |(name, text)| (*name, commented(text, language)))
    }
}

/// The text with the comments of one language alone.
fn commented(text: &str, language: Language) -> String {
    let (own, other) = match language {
        Language::English => ("#en ", "#zh "),
        Language::Chinese => ("#zh ", "#en "),
    };
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(other));
    lines.map(|line| line.replacen(own, "# ", 1) + "\n").collect()
}
