//! The command line in a language: what the table says, and the few words that clap has of its own.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Arguments;
use super::words::{About, CHOICES, COMMANDS, TAKEN};
use crate::book::TOPICS;
use crate::language::{Language, Words, words};
use crate::lesson::template::Template;

/// The language that is asked for with `--lang`, found before anything else is read: what is wrong with a call is said in
/// it as well.
pub(in crate::cli) fn asked_for(call: &[OsString]) -> Option<Language> {
    let mut words = call.iter().skip(1).filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let mut asked = None;
    while let Some(word) = words.next() {
        let code = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        asked = code.and_then(Language::from_code).or(asked);
    }
    asked
}

/// The command line with its help in a language.
pub(in crate::cli) fn command(language: Language) -> Command {
    let [program, commands @ ..] = &COMMANDS;
    let whole = spoken(Arguments::command(), program, language)
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, language))
        .subcommand_help_heading(COMMAND_HEADING.get(language))
        .after_help(after_help(program, language));
    commands.iter().fold(whole, |whole, about| {
        whole.mut_subcommand(about.command, |command| spoken(command, about, language))
    })
}

const COMMAND_HEADING: Words = words("Commands", "命令");

/// A command, or the program itself, with its arguments.
fn spoken(command: Command, about: &About, language: Language) -> Command {
    let does = *about.does.get(language);
    let is_long = about.more.is_some() || command.get_arguments().any(|arg| has_told_choices(about, arg));
    let mut command = command
        .about(does)
        .disable_help_flag(true)
        .mut_args(|arg| argument(arg, about, language, if is_long { Form::Long } else { Form::Short }))
        .arg(flag("help", 'h', ArgAction::Help, language));
    if is_long {
        let see = words("Print help (see more with '--help')", "显示帮助（'--help' 更详细）");
        let short = words("Print help (see a summary with '-h')", "显示帮助（'-h' 只显示概要）");
        command =
            command.mut_arg("help", |help| help.help(*see.get(language)).long_help(*short.get(language)));
    }
    if let Some(more) = about.more {
        let end = words(".", "。");
        command = command.long_about(format!("{does}{}\n\n{}", end.get(language), more.get(language)));
    }
    if let Some(examples) = about.examples {
        command = command.after_help(*examples.get(language));
    }
    match language {
        Language::English => command,
        Language::Chinese => {
            let usage = usage(&command, about);
            command
                .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
                .override_usage(usage)
        }
    }
}

/// Whether what is said of an argument takes one line, or several where there is more to say.
#[derive(Clone, Copy)]
enum Form {
    Short,
    Long,
}

/// An argument with its words, its default and what may stand there.
fn argument(arg: Arg, about: &About, language: Language, form: Form) -> Arg {
    let taken =
        |command: &str| TAKEN.iter().find(|(of, id, _)| *of == command && *id == arg.get_id().as_str());
    let Some((_, _, says)) = taken(about.command).or_else(|| taken("")) else { return arg };
    let says = *says.get(language);
    let heading = match (language, arg.is_positional()) {
        (Language::English, _) => None,
        (Language::Chinese, true) => Some("参数"),
        (Language::Chinese, false) => Some("选项"),
    };
    let notes = notes(&arg, language);
    let short = [&[says.to_owned()], &notes[..]].concat().join(" ");
    let told = told_choices(about, &arg, language);
    // What is told one by one is not listed again.
    let below = if told.is_empty() { &notes[..] } else { &notes[..notes.len() - 1] };
    let title = words("Possible values:", "可选的值：");
    let told = (!told.is_empty()).then(|| format!("{}\n{}", title.get(language), told.join("\n")));
    let below = (!below.is_empty()).then(|| below.join("\n"));
    let long: Vec<String> = [Some(says.to_owned()), told, below].into_iter().flatten().collect();
    // What clap would say of these in English has been said.
    let arg = if notes.is_empty() { arg } else { arg.hide_default_value(true).hide_possible_values(true) };
    let arg = arg.help(short);
    let arg = match form {
        Form::Short => arg,
        Form::Long => arg.long_help(long.join("\n\n")),
    };
    match heading {
        Some(heading) => arg.help_heading(heading),
        None => arg,
    }
}

/// The default of an argument and, last, what may stand there.
fn notes(arg: &Arg, language: Language) -> Vec<String> {
    let values: Vec<String> = choices(arg);
    let default = arg.get_default_values().iter().find_map(|value| value.to_str());
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let default = default.filter(|_| takes_value).map(|default| match language {
        Language::English => format!("[default: {default}]"),
        Language::Chinese => format!("[默认：{default}]"),
    });
    let values = (takes_value && !values.is_empty()).then(|| match language {
        Language::English => format!("[possible values: {}]", values.join(", ")),
        Language::Chinese => format!("[可选：{}]", values.join(", ")),
    });
    default.into_iter().chain(values).collect()
}

fn choices(arg: &Arg) -> Vec<String> {
    arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}

/// What may stand behind an option, each with what it is, one a line; empty where the names say enough.
fn told_choices(about: &About, arg: &Arg, language: Language) -> Vec<String> {
    let choices = choices(arg);
    let widest = choices.iter().map(String::len).max().unwrap_or(0) + 1;
    let says = |choice: &str| -> Option<Words> {
        let told = CHOICES.iter().find(|(of, word, _)| *of == about.command && *word == choice);
        let of_template = || Template::named(choice).map(|template| template.about);
        let is_template = arg.get_id() == "template";
        told.map(|(_, _, says)| *says).or_else(|| is_template.then(of_template).flatten())
    };
    let line = |choice: &String| {
        let says = says(choice)?;
        Some(format!("- {:<widest$} {}", format!("{choice}:"), says.get(language)))
    };
    choices.iter().filter_map(line).collect()
}

fn has_told_choices(about: &About, arg: &Arg) -> bool {
    !told_choices(about, arg, Language::English).is_empty()
}

fn flag(name: &'static str, short: char, action: ArgAction, language: Language) -> Arg {
    let says = TAKEN.iter().find(|(_, id, _)| *id == name).map_or("", |(_, _, says)| *says.get(language));
    let flag = Arg::new(name).short(short).long(name).action(action).help(says);
    match language {
        Language::English => flag,
        Language::Chinese => flag.help_heading("选项"),
    }
}

/// How a command is called, in Chinese: clap builds this line itself, with English words in it.
fn usage(command: &Command, about: &About) -> String {
    let is_program = about.command == "qkv";
    let name = if is_program { "qkv [选项]".to_owned() } else { format!("qkv {} [选项]", about.command) };
    let taken = command.get_positionals().map(|arg| {
        let name = arg.get_id().as_str().to_uppercase();
        let (open, close) = if arg.is_required_set() { ('<', '>') } else { ('[', ']') };
        let more = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
        format!("{open}{name}{close}{more}")
    });
    let usage = std::iter::once(name).chain(taken).collect::<Vec<_>>().join(" ");
    if is_program { format!("{usage}\n      qkv <命令>") } else { usage }
}

/// Examples, and before them the pages of the book, which are no commands.
fn after_help(program: &About, language: Language) -> String {
    let row = |topic: &crate::book::Topic| {
        let call = format!("qkv help {}", topic.name);
        format!("  {call:<17}  {}\n", topic.about.get(language))
    };
    let pages: String = TOPICS.iter().map(row).collect();
    let title = words("Pages:", "手册：");
    let examples = program.examples.map_or("", |examples| *examples.get(language));
    format!("{}\n{pages}\n{examples}", title.get(language))
}
