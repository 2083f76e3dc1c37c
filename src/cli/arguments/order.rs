//! Options before the command: `qkv --lang zh list`.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

use super::Arguments;

/// The call with its command first. Otherwise the command behind `--lang zh` would be taken for a lesson.
pub(in crate::cli) fn command_first(mut call: Vec<OsString>) -> Vec<OsString> {
    // What follows `--` is a file, and `-` is standard input.
    let is_option = |word: &OsStr| word.as_encoded_bytes().starts_with(b"-") && word != "-" && word != "--";
    if !call.get(1).is_some_and(|word| is_option(word)) {
        return call;
    }
    let all = Arguments::command();
    let is_command = |word: &OsString| all.get_subcommands().any(|command| word == command.get_name());
    // Behind an option its value may stand.
    let is_before = |at: usize| is_option(&call[at]) || is_option(&call[at - 1]);
    let first = (2..call.len()).find(|at| is_command(&call[*at]));
    if let Some(at) = first.filter(|at| (1..*at).all(is_before)) {
        let command = call.remove(at);
        call.insert(1, command);
    }
    call
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_comes_before_its_options() {
        let ordered = |call: &str| {
            let call = command_first(call.split(' ').map(OsString::from).collect());
            call.join(OsStr::new(" ")).into_string().expect("it was text")
        };
        assert_eq!(ordered("qkv --lang zh list"), "qkv list --lang zh");
        assert_eq!(ordered("qkv --color=never check a.yaml"), "qkv check --color=never a.yaml");
        assert_eq!(ordered("qkv --theme light play 05 --step 2"), "qkv play --theme light 05 --step 2");
        assert_eq!(ordered("qkv --lang zh a.yaml list"), "qkv --lang zh a.yaml list");
        assert_eq!(ordered("qkv a.yaml list"), "qkv a.yaml list");
        assert_eq!(ordered("qkv -- list"), "qkv -- list");
        assert_eq!(ordered("qkv --help"), "qkv --help");
    }
}
