//! `qkv explain`: what a finding means, with a wrong example and a right one.

use std::process::ExitCode;

use super::{Done, Failure, help, say};
use crate::book::markdown::{Block, inline};
use crate::both;
use crate::diagnostic::{Code, Page, escaped, nearest};
use crate::environment::Environment;
use crate::language::{Language, Localised, Words, words};

const WRONG: Words = words("Wrong:", "错误的写法：");
const RIGHT: Words = words("Right:", "正确的写法：");

/// Explains one code, or lists all.
pub(super) fn run(environment: &Environment, language: Language, code: Option<&str>) -> Done {
    let text = match code {
        Some(name) => help::page(environment, &page(Page::of(find(name)?), language)),
        None => list(language),
    };
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The code of a name; people copy it with the brackets around it.
fn find(name: &str) -> Result<Code, Failure> {
    let plain =
        name.trim().trim_start_matches("error").trim_start_matches("warning").trim_matches(['[', ']']);
    let plain = plain.to_lowercase().replace('_', "-");
    Code::named(&plain).ok_or_else(|| {
        let near = nearest(&plain, Code::ALL.iter().map(|code| code.as_str()));
        let hint: Localised<String> = match near {
            Some(near) => both!("did you mean `{near}`?", "是不是想写 `{near}`？"),
            None => both!("`qkv explain` lists all codes", "用 `qkv explain` 查看全部代码"),
        };
        let (en, zh) = (hint.en, hint.zh);
        Failure::Call(both!("there is no code `{name}`; {en}", "没有代码 `{name}`；{zh}"))
    })
}

fn list(language: Language) -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    let line = |page: &Page| format!("{:width$}  {}\n", page.code.as_str(), page.title.get(language));
    Page::all().map(line).collect()
}

fn page(page: &Page, language: Language) -> Vec<Block> {
    let (code, title, meaning) = (page.code.as_str(), page.title.get(language), page.meaning.get(language));
    let title = both!("{code}: {title}", "{code}：{title}");
    let mut blocks =
        vec![Block::Heading(1, title.get(language).as_str().into()), Block::Paragraph(inline(meaning))];
    let wrong = String::from_utf8_lossy(page.wrong);
    for (heading, example) in [(WRONG, wrong.as_ref()), (RIGHT, page.right)] {
        blocks.push(Block::Paragraph((*heading.get(language)).into()));
        blocks.push(Block::Code(example.lines().map(shown).collect()));
    }
    blocks
}

/// A line of an example, in which a tab or fullwidth blank can be seen.
fn shown(line: &str) -> String {
    escaped(&line.replace('\t', "→").replace('\u{3000}', "□"))
}
