//! `qkv help`: what a command takes, and the pages of the book.
//!
//! A page is written as it is and no pager is started: who has never seen one does not know the way out, and who likes one
//! writes `| less`.

use std::process::ExitCode;

use super::library::Library;
use super::{Done, Failure, arguments, paint, say};
use crate::book::layout::text;
use crate::book::markdown::Block;
use crate::book::reference;
use crate::book::{TOPICS, Topic, search};
use crate::both;
use crate::diagnostic::{Code, nearest};
use crate::environment::{ColourChoice, Environment};
use crate::language::{Language, Localised};
use crate::terminal;

/// Lines are not longer than this, however wide the terminal is: long lines are hard to read.
const WIDEST: usize = 80;
const NARROWEST: usize = 40;

/// Writes the help of a command or a page of the book; without a topic, the help of the whole program.
pub(super) fn run(environment: &Environment, language: Language, topic: &[String]) -> Done {
    let Some((name, part)) = topic.split_first() else { return command_help(&[], language) };
    if let Some(topic) = Topic::named(name) {
        let part = (!part.is_empty()).then(|| part.join(" "));
        let blocks = topic.part(part.as_deref(), language).map_err(Failure::Call)?;
        say(&page(environment, &blocks))?;
        return Ok(ExitCode::SUCCESS);
    }
    let all = arguments::command(language);
    match all.find_subcommand(name) {
        Some(command) => command_help(&[command.get_name()], language),
        None => Err(Failure::Call(unknown(name, &all))),
    }
}

/// What `--help` behind the command gives.
fn command_help(command: &[&str], language: Language) -> Done {
    let call = ["qkv"].iter().chain(command).chain(&["--help"]);
    if let Err(help) = arguments::command(language).try_get_matches_from(call) {
        help.print()?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Blocks as they are written to standard output.
pub(super) fn page(environment: &Environment, blocks: &[Block]) -> String {
    let columns = if environment.is_plain() { None } else { terminal::size().ok() };
    let width = columns.map_or(WIDEST, |(columns, _)| usize::from(columns).clamp(NARROWEST, WIDEST));
    text(blocks, width, paint(environment, ColourChoice::Auto))
}

/// What may be meant by a word that stands where a command or file belongs, and is none.
pub(super) fn instead_of(word: &str, language: Language) -> Option<Localised<String>> {
    let all = arguments::command(language);
    if word.starts_with('-') || word.contains(['/', '\\', '.']) || all.find_subcommand(word).is_some() {
        return None;
    }
    let plain = word.to_lowercase();
    if let Some(name) = Topic::named(&plain).map(|topic| topic.name) {
        return Some(match name {
            "format" => both!(
                "`{word}` is a page of the help: `qkv help {name}`; to lay a lesson out, write `qkv fmt FILE`",
                "`{word}` 是帮助中的一页：`qkv help {name}`；要整理课程文件的排版，请写 `qkv fmt 文件`"
            ),
            _ => both!(
                "`{word}` is a page of the help: `qkv help {name}`",
                "`{word}` 是帮助中的一页：`qkv help {name}`"
            ),
        });
    }
    if Library::find(word).is_ok() {
        return Some(both!(
            "`{word}` is a lesson: `qkv play {word}` walks it",
            "`{word}` 是一节课：用 `qkv play {word}` 打开"
        ));
    }
    let topics = TOPICS.iter().map(|topic| (topic.name, format!("help {}", topic.name)));
    let commands = all.get_subcommands().map(|command| (command.get_name(), command.get_name().to_owned()));
    let known: Vec<(&str, String)> = commands.chain(topics).collect();
    let near = nearest(&plain, known.iter().map(|(name, _)| *name))?;
    let (_, call) = known.iter().find(|(name, _)| *name == near)?;
    Some(both!(
        "there is no command, file or folder called `{word}`; did you mean `qkv {call}`?",
        "没有名为 `{word}` 的命令、文件或文件夹；是不是想写 `qkv {call}`？"
    ))
}

/// What to say to a topic that does not exist: where its like is.
fn unknown(name: &str, all: &clap::Command) -> Localised<String> {
    let plain = name.to_lowercase();
    if let Some(code) = Code::named(&plain).map(Code::as_str) {
        return both!(
            "`{name}` is a finding: `qkv explain {code}`",
            "`{name}` 是检查结果：`qkv explain {code}`"
        );
    }
    if reference::about(name, Language::English).is_some() {
        return both!(
            "`{name}` is a word of the lesson file: `qkv help format {name}`",
            "`{name}` 是课程文件中的词：`qkv help format {name}`"
        );
    }
    let commands = all.get_subcommands().map(clap::Command::get_name);
    match nearest(&plain, TOPICS.iter().map(|topic| topic.name).chain(commands)) {
        Some(near) => both!(
            "there is no help on `{name}`; did you mean `qkv help {near}`?",
            "没有关于 `{name}` 的帮助；是不是想看 `qkv help {near}`？"
        ),
        None if search::places(name, Language::English).is_some() => both!(
            "pages of the help speak of `{name}`: `qkv help format {name}` lists them",
            "帮助中有几处讲到 `{name}`：用 `qkv help format {name}` 查看"
        ),
        None => both!(
            "there is no help on `{name}`; `qkv help` lists what there is",
            "没有关于 `{name}` 的帮助；`qkv help` 列出全部内容"
        ),
    }
}
