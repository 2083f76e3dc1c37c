//! Options that no command has.

use clap::error::{ContextKind, ErrorKind};
use clap::{Command, CommandFactory, Error};

use super::Arguments;
use crate::both;
use crate::diagnostic::nearest;
use crate::language::Localised;

/// What is said of an option that neither the program nor any of its commands has.
pub(in crate::cli) fn unknown_option(error: &Error) -> Option<Localised<String>> {
    let option = error.get(ContextKind::InvalidArg).filter(|_| error.kind() == ErrorKind::UnknownArgument)?;
    let option = option.to_string();
    let name = option.strip_prefix("--")?.split('=').next()?;
    let all = Arguments::command();
    let own = |command: &Command| -> Vec<String> {
        command.get_arguments().filter_map(|arg| arg.get_long()).map(str::to_owned).collect()
    };
    let known: Vec<String> = std::iter::once(&all).chain(all.get_subcommands()).flat_map(own).collect();
    if known.iter().any(|known| known == name) {
        return None;
    }
    Some(match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => both!(
            "`--{name}` is not an option of qkv; did you mean `--{near}`?",
            "没有 `--{name}` 这个选项，是不是想写 `--{near}`？"
        ),
        None => both!(
            "`--{name}` is not an option of qkv; `qkv --help` lists them",
            "没有 `--{name}` 这个选项；`qkv --help` 会列出全部选项"
        ),
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn an_option_that_no_command_has_is_told_with_the_nearest() {
        let told = |call: &str| {
            let error = Arguments::try_parse_from(call.split(' ')).expect_err("it is no call");
            unknown_option(&error).map(|words| words.en)
        };
        assert_eq!(
            told("qkv 05 --bogus").as_deref(),
            Some("`--bogus` is not an option of qkv; `qkv --help` lists them")
        );
        assert_eq!(
            told("qkv 05 --watsh").as_deref(),
            Some("`--watsh` is not an option of qkv; did you mean `--watch`?")
        );
        assert_eq!(told("qkv chek --fix"), None, "another command has it");
    }
}
