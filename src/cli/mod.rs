//! The command line: what was asked for, done with the rest of the program.
//!
//! Exit codes: 0 when all is well, 1 for findings in a lesson or a file that `fmt` would change, 2 for a wrong call or a
//! file that cannot be read or written.

mod arguments;
mod check;
mod count;
mod difference;
mod doctor;
mod explain;
mod fmt;
mod help;
mod library;
mod list;
mod new;
mod opening;
mod play;
mod print;
mod schema;
mod usage;
mod values;
mod watching;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, Command, Look, Watch};
use clap::Parser;
use library::{CannotOpen, Library};

use crate::both;
use crate::diagnostic::{Paint, escaped};
use crate::environment::{ColourChoice, ColourDepth, Environment};
use crate::files;
use crate::language::{Language, Localised};
use crate::lesson::template::Template;

/// Something was found in a lesson.
const FINDINGS: u8 = 1;

/// The call was wrong, or a file cannot be read or written.
const FAILURE: u8 = 2;

/// Reads the command line, does what it says and gives the exit code.
pub fn run() -> ExitCode {
    let call = arguments::command_first(std::env::args_os().collect());
    let environment = Environment::from_process();
    // Help and what is wrong with a call are put into words only where somebody reads them.
    let arguments = match Arguments::try_parse_from(&call) {
        Ok(arguments) => arguments,
        Err(error) => {
            let language = environment.language(arguments::asked_for(&call));
            // The options of a misspelt command are unknown only because the command is.
            let is_unknown = error.kind() == clap::error::ErrorKind::UnknownArgument;
            let first = call.get(1).filter(|_| is_unknown).map(PathBuf::from);
            if let Some(meant) = first.and_then(|first| mistaken(&[first], language)) {
                complain(meant.get(language));
                if let Some(words) = arguments::unknown_option(&error) {
                    complain(words.get(language));
                }
                return ExitCode::from(FAILURE);
            }
            let told = arguments::command(language).try_get_matches_from(call).err();
            return answer(&told.unwrap_or(error), language);
        }
    };
    let language = environment.language(arguments.language());
    match carry_out(arguments, &environment, language) {
        Ok(code) => code,
        // Whoever reads the output has had enough: that is no failure of ours.
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            complain(failure.message().get(language));
            ExitCode::from(failure.code())
        }
    }
}

/// Prints what clap answers itself: help, the version, or what is wrong with the call.
fn answer(error: &clap::Error, language: Language) -> ExitCode {
    let translated = match language {
        Language::English => None,
        Language::Chinese => usage::in_chinese(error),
    };
    let _nobody_left = match translated {
        Some(words) => io::stderr().lock().write_all(words.as_bytes()),
        None => error.print(),
    };
    if error.use_stderr() { ExitCode::from(FAILURE) } else { ExitCode::SUCCESS }
}

fn carry_out(arguments: Arguments, environment: &Environment, language: Language) -> Done {
    let Arguments { command, paths, look, watch } = arguments;
    match command {
        None => menu(environment, language, &look, watch, &paths),
        Some(Command::Play { lesson, look, watch, .. }) if files::is_folder(Path::new(&lesson)) => {
            menu(environment, language, &look, watch, &[lesson.into()])
        }
        Some(Command::Play { lesson, look, .. }) if environment.is_plain() => {
            print::run(environment, language, &look.page, &lesson, None)
        }
        Some(Command::Play { lesson, step, look, watch }) => {
            play::lesson(environment, language, &look, watch.watching(), &lesson, step)
        }
        Some(Command::Fmt(formatting)) => fmt::run(language, &formatting),
        Some(Command::New { file, template, stage, .. }) => {
            let chosen = template.as_deref().and_then(Template::named);
            let chosen = chosen.or_else(|| Template::stage(stage.as_deref()?));
            new::run(language, file.as_deref(), chosen)
        }
        Some(Command::List { paths, .. }) => list::run(language, &paths),
        Some(Command::Print { lesson, step, page }) => {
            print::run(environment, language, &page, &lesson, step)
        }
        Some(Command::Check(checking)) => {
            check::run(language, paint(environment, checking.color.into()), &checking)
        }
        Some(Command::Count { lesson, format, .. }) => count::run(language, &lesson, format),
        Some(Command::Values { lesson, names, format, .. }) => values::run(&lesson, &names, format),
        Some(Command::Explain { code, .. }) => explain::run(environment, language, code.as_deref()),
        Some(Command::Help { topic, .. }) => help::run(environment, language, &topic),
        Some(Command::Doctor { .. }) => doctor::run(environment, language),
        Some(Command::Schema { .. }) => schema::run(),
    }
}

/// Whether a report or page may be coloured.
fn paint(environment: &Environment, choice: ColourChoice) -> Paint {
    match environment.colour_depth(choice) {
        ColourDepth::Mono => Paint::Plain,
        ColourDepth::Sixteen | ColourDepth::TwoFiftySix | ColourDepth::True => Paint::Coloured,
    }
}

/// The menu of lessons; where there is no screen, their list.
fn menu(environment: &Environment, language: Language, look: &Look, watch: Watch, paths: &[PathBuf]) -> Done {
    if let Some(meant) = mistaken(paths, language) {
        return Err(Failure::Call(meant));
    }
    if environment.is_plain() {
        list::run(language, paths)
    } else {
        play::menu(environment, language, look, watch.watching(), paths)
    }
}

/// What was meant where the first of some paths is a word that no file has as its name.
fn mistaken(paths: &[PathBuf], language: Language) -> Option<Localised<String>> {
    let first = paths.first().filter(|path| !files::exists(path))?;
    help::instead_of(first.to_str()?, language)
}

/// Why a command could not be carried out.
#[derive(Debug)]
enum Failure {
    /// A lesson cannot be opened.
    Open(CannotOpen),
    /// Output cannot be written, or the terminal is lost.
    Write(io::Error),
    /// Something that the call names does not exist.
    Call(Localised<String>),
}

impl Failure {
    const fn code(&self) -> u8 {
        match self {
            Self::Open(CannotOpen::Findings { .. }) => FINDINGS,
            Self::Open(CannotOpen::File(_) | CannotOpen::Unknown { .. }) | Self::Write(_) | Self::Call(_) => {
                FAILURE
            }
        }
    }

    fn message(&self) -> Localised<String> {
        match self {
            Self::Open(cannot) => cannot.message(),
            Self::Write(error) => {
                both!("the screen or output cannot be written to: {error}", "无法写入屏幕或输出：{error}")
            }
            Self::Call(message) => message.clone(),
        }
    }
}

impl From<CannotOpen> for Failure {
    fn from(cannot: CannotOpen) -> Self {
        Self::Open(cannot)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

type Done = Result<ExitCode, Failure>;

/// Writes to standard output.
fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes to standard error; where even that is gone, nobody is left to tell.
fn complain(text: &str) {
    let mut error = io::stderr().lock();
    let _nobody_left = writeln!(error, "qkv: {}", escaped(text.trim_end()));
}
