//! The book that comes with the program: the reference of the format, the tutorial, and how to write a good lesson.
//!
//! Its pages are Markdown files under `assets`, so that they can be read anywhere; here they become blocks, and blocks
//! the lines of a terminal.

pub mod layout;
pub mod markdown;
pub mod reference;
pub mod search;
mod sections;

use crate::both;
use crate::diagnostic::nearest;
use crate::language::{Language, Localised, Words, words};
use crate::view::text::{Line, Role};
use markdown::{Block, parse};
pub use sections::{Section, sections};

/// A page of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, for a list.
    pub about: Words,
    /// The file.
    pub page: Words,
    kind: Kind,
}

/// How a page is given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By sections that follow one another: their list, or one by its number.
    Stages,
    /// By what is looked up.
    Reference,
    /// In one piece.
    Whole,
}

/// The pages, in the order of reading.
pub const TOPICS: [Topic; 3] = [
    Topic {
        name: "tutorial",
        about: words("your first lesson, from four lines to ten steps", "写出你的第一课：从四行到十步"),
        page: words(include_str!("../../assets/tutorial.md"), include_str!("../../assets/tutorial.zh.md")),
        kind: Kind::Stages,
    },
    Topic {
        name: "writing",
        about: words("how to write a good lesson", "怎样写出一节好课"),
        page: words(include_str!("../../assets/writing.md"), include_str!("../../assets/writing.zh.md")),
        kind: Kind::Whole,
    },
    Topic {
        name: "format",
        about: words(
            "the lesson file: every field and every way to make a matrix",
            "课程文件：每个字段，以及矩阵的每种由来",
        ),
        page: words(include_str!("../../assets/format.md"), include_str!("../../assets/format.zh.md")),
        kind: Kind::Reference,
    },
];

/// The word that asks for the whole page.
pub const ALL: &str = "all";

impl Topic {
    /// The page of a name.
    pub fn named(name: &str) -> Option<Self> {
        TOPICS.into_iter().find(|topic| topic.name == name)
    }

    /// What a call asks for: the page or its list of contents, a part of it, or with [`ALL`] everything.
    ///
    /// # Errors
    ///
    /// With what to say where the part does not exist.
    pub fn part(self, part: Option<&str>, language: Language) -> Result<Vec<Block>, Localised<String>> {
        let page = self.page.get(language);
        match (self.kind, part) {
            (_, Some(ALL)) | (Kind::Whole, None) => Ok(parse(page)),
            (Kind::Stages, None) => Ok(contents(self, page)),
            (Kind::Stages, Some(part)) => stage(self, page, part, language),
            (Kind::Reference, None) => Ok(reference::index(language)),
            (Kind::Reference, Some(word)) => {
                // A word that means a field is answered with that field; those of Chinese stand in the pages as well.
                let is_of_pages = reference::meant(word).is_none() || !word.is_ascii();
                let elsewhere = || is_of_pages.then(|| search::places(word, language));
                reference::about(word, language)
                    .or_else(|| elsewhere().flatten())
                    .ok_or_else(|| unknown_word(word))
            }
            (Kind::Whole, Some(_)) => {
                let name = self.name;
                Err(both!("`qkv help {name}` is one page", "`qkv help {name}` 只有一页"))
            }
        }
    }
}

/// What stands before the stages, and their list.
fn contents(topic: Topic, page: &str) -> Vec<Block> {
    let all = sections(page);
    let Some((head, stages)) = all.split_first() else { return Vec::new() };
    let mut blocks = parse(head.text);
    let row = |(index, stage): (usize, &Section<'_>)| {
        let call = format!("qkv help {} {}", topic.name, index + 1);
        vec![Line::of(call, Role::Code), stage.words().into()]
    };
    blocks.push(Block::rows(stages.iter().enumerate().map(row)));
    blocks
}

/// One stage, and how to go on.
fn stage(topic: Topic, page: &str, part: &str, language: Language) -> Result<Vec<Block>, Localised<String>> {
    let all = sections(page);
    let (name, last) = (topic.name, all.len() - 1);
    let number = part.parse().ok().filter(|number| (1..=last).contains(number));
    let Some(number) = number else {
        return Err(both!(
            "`{name}` has no stage `{part}`; there are 1 to {last}",
            "`{name}` 没有阶段 `{part}`；共有 1 到 {last}"
        ));
    };
    let mut blocks = parse(all[number].text);
    if let Some(next) = all.get(number + 1) {
        let call = format!("qkv help {name} {}", number + 1);
        let (before, title) = (words("Next: ", "下一阶段："), next.words());
        let after = both!(", {title}", "（{title}）");
        let line = Line::from(*before.get(language)).with(&call, Role::Code);
        blocks.push(Block::Paragraph(line.with(after.get(language), Role::Plain)));
    }
    Ok(blocks)
}

fn unknown_word(word: &str) -> Localised<String> {
    let known = reference::known();
    match reference::meant(word).or_else(|| nearest(word, known.iter().copied())) {
        Some(near) => both!(
            "the format has no `{word}`; did you mean `qkv help format {near}`?",
            "格式中没有 `{word}`；是不是想看 `qkv help format {near}`？"
        ),
        None => both!(
            "the format has no `{word}`; `qkv help format` lists what there is",
            "格式中没有 `{word}`；`qkv help format` 列出全部内容"
        ),
    }
}
