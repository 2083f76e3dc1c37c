//! The lessons that an author begins with.

use crate::language::{Language, Words, words};

/// The name of the schema file that the first line of a new lesson names. It stands beside the lesson, so that an editor
/// finds it without a network.
pub const SCHEMA_FILE: &str = "lesson.schema.json";

/// A lesson to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, for a list.
    pub about: Words,
    /// Its file, with every comment in both languages: `#en …` and `#zh …`.
    text: &'static str,
}

/// All of them, the simplest first.
pub const TEMPLATES: &[Template] = &[
    Template {
        name: "small",
        about: words("four lines; all else is made", "四行，其余自动生成"),
        text: include_str!("../../assets/templates/small.yaml"),
    },
    Template {
        name: "head",
        about: words("one head, its features by name", "一个头，特征都有名字"),
        text: include_str!("../../assets/templates/head.yaml"),
    },
    Template {
        name: "texts",
        about: words("several texts, one set of weights", "几段文字，同一组权重"),
        text: include_str!("../../assets/templates/texts.yaml"),
    },
    Template {
        name: "multi-head",
        about: words("two heads and W_O", "两个头与 W_O"),
        text: include_str!("../../assets/templates/multi-head.yaml"),
    },
    Template {
        name: "cross-attention",
        about: words("one text asks another", "一段文字去问另一段"),
        text: include_str!("../../assets/templates/cross-attention.yaml"),
    },
    Template {
        name: "block",
        about: words("a block of a Transformer, random weights", "一个 Transformer 块，随机权重"),
        text: include_str!("../../assets/templates/block.yaml"),
    },
    Template {
        name: "quiz",
        about: words("questions with computed answers", "提问的课，答案由程序算出"),
        text: include_str!("../../assets/templates/quiz.yaml"),
    },
];

impl Template {
    /// The one that is taken where nobody chooses.
    pub const DEFAULT: &'static str = "head";

    /// The template of a name.
    pub fn named(name: &str) -> Option<Self> {
        TEMPLATES.iter().copied().find(|template| template.name == name)
    }

    /// The lesson file, its comments in one language. Its first line names the schema, for editors.
    pub fn text(self, language: Language) -> String {
        let (own, other) = match language {
            Language::English => ("#en ", "#zh "),
            Language::Chinese => ("#zh ", "#en "),
        };
        let mut text = format!("# yaml-language-server: $schema={SCHEMA_FILE}\n");
        for line in self.text.lines().filter(|line| !line.trim_start().starts_with(other)) {
            text += &line.replacen(own, "# ", 1);
            text.push('\n');
        }
        text
    }
}
