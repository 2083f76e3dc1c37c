//! The arguments that the command line takes.

mod choices;

use std::ops::RangeInclusive;
use std::path::PathBuf;

pub(super) use choices::{Color, Format, Report};
use choices::{Convention, GlyphSet, Lang, Theme, stages, steps, templates};
use clap::{Args, Parser, Subcommand};

use super::help::pages;
use super::play::Watching;
use crate::app;
use crate::graph;
use crate::language;

/// Step through the attention mechanism of the Transformer, number by number.
///
/// Without a command, the menu of lessons opens: the built-in ones, and those of the files and folders named.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = after_help(),
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Lesson files, or folders of them, to put into the menu.
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) look: Look,
    #[command(flatten)]
    pub(super) watch: Watch,
}

/// The pages of the book, which are no commands, and examples.
fn after_help() -> String {
    let pages = pages(language::Language::English);
    let examples = "Examples:
  qkv                           open the menu of lessons
  qkv play 05                   walk lesson 05
  qkv play 05 --step 7 --lang zh
  qkv help tutorial             write a lesson of your own, step by step
  qkv check my-lesson.yaml      find everything that is wrong in a lesson
  qkv values 05 head.pattern --format csv
  qkv count gpt-3               count parameters, of a known model or of a lesson
  qkv print 05 | less           read the whole walk as text
  qkv print 05 --step 7-9       or some of its steps";
    format!("Pages:\n{pages}\n{examples}")
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk a lesson.
    ///
    /// A file of your own is shown anew, at the same step, whenever you save it; saved with mistakes, the last good version
    /// stays and the report stands beside it. One that is not right yet shows its report until it is.
    Play {
        /// A built-in lesson (05, or 05-fluffy-blue-creature), a file, or a folder of files.
        lesson: String,
        /// The step to begin at, from 1.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        step: Option<u32>,
        #[command(flatten)]
        look: Look,
        #[command(flatten)]
        watch: Watch,
    },
    /// List the lessons.
    List {
        /// Lesson files, or folders of them, to list as well.
        paths: Vec<PathBuf>,
        #[command(flatten)]
        speech: Speech,
    },
    /// Write a whole walk as plain text.
    Print {
        /// A built-in lesson or a file.
        lesson: String,
        /// Only this step, or those from one to another.
        #[arg(long, value_name = "N|N-M", value_parser = steps)]
        step: Option<RangeInclusive<usize>>,
        #[command(flatten)]
        page: Page,
    },
    /// Write a lesson to begin with.
    ///
    /// The file is never one that is there already. Its comments are in your language, its texts in both; beside it comes
    /// lesson.schema.json, with which an editor that knows YAML completes, explains and checks it while you type.
    #[command(after_help = "Examples:
  qkv new                                 my-lesson.yaml: one head, its features by name
  qkv new pets.yaml --template texts
  qkv new multi-head                      multi-head.yaml, from the template of that name
  qkv new creature.yaml --stage 3         a stage of the tutorial
  qkv new - --template small              to standard output")]
    New {
        /// The new file; a folder for my-lesson.yaml in it; or - for standard output.
        file: Option<PathBuf>,
        /// What to begin with. Else the one that the file is named after, else head.
        #[arg(long, short, value_parser = templates())]
        template: Option<String>,
        /// Begin with a stage of the tutorial (`qkv help tutorial`).
        #[arg(long, value_name = "N", value_parser = stages(), conflicts_with = "template")]
        stage: Option<String>,
        #[command(flatten)]
        speech: Speech,
    },
    /// Find everything that is wrong in lesson files.
    ///
    /// The exit code is 0 if every lesson is right, 1 for errors and missing translations, and 2 for a file that cannot
    /// be read. Other warnings are advice, and do not count.
    #[command(after_help = "Examples:
  qkv check my-lesson.yaml
  qkv check lessons/              every lesson in a folder
  qkv check --fix my-lesson.yaml  put fullwidth signs, tabs, misspelt fields and the like right
  qkv check - < my-lesson.yaml
  qkv help writing                what makes a lesson good
  qkv explain fullwidth-punctuation   what a finding means")]
    Check(Checking),
    /// Explain a finding of `qkv check`: what it means, a wrong example and a right one.
    Explain {
        /// The code in the brackets of the finding, such as `ragged-rows`; without one, all codes are listed.
        code: Option<String>,
        #[command(flatten)]
        speech: Speech,
    },
    /// Read about a command, or in the book: the tutorial, how to write a good lesson, every field of the lesson file.
    #[command(after_help = "Examples:
  qkv help tutorial          your first lesson, step by step
  qkv help tutorial 3        its third stage
  qkv help writing           how to write a good lesson
  qkv help format            what can stand in a lesson file
  qkv help format softmax    one field, or one way to make a matrix
  qkv help format all | less
  qkv help check             what a command takes")]
    Help {
        /// A command, or `tutorial`, `writing` or `format`; after it what to read there.
        topic: Vec<String>,
        #[command(flatten)]
        speech: Speech,
    },
    /// Count parameters, matrix by matrix.
    ///
    /// A matrix of a lesson counts if it is given, stands where weights stand (in a product, as a bias, as a kernel, as the
    /// vocabulary that tokens are looked up in) and is not over the positions of a text. It counts once in all, and in every
    /// head or block that uses it; a head counts only its own columns and rows of matrices for all heads.
    Count {
        /// A built-in lesson or a file; or a known model, gpt-2 (small, everything counted) or gpt-3 (as 3Blue1Brown counts
        /// it: without biases, norms and positions).
        lesson: String,
        /// The form: csv has a line for each matrix, json what is counted in each head and block as well.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        speech: Speech,
    },
    /// Lay lesson files out: the columns of matrices stand under each other, and nothing else changes.
    ///
    /// The exit code is 0 if every file could be laid out, 1 if one is broken or, with --check or --diff, would change,
    /// and 2 for a file that cannot be read or written. A broken file is reported and left alone.
    #[command(after_help = "Examples:
  qkv fmt my-lesson.yaml
  qkv fmt lessons/               every lesson in a folder
  qkv fmt --diff my-lesson.yaml  show what would change
  qkv fmt --check lessons/       for builds: fail if something would change
  qkv fmt - < my-lesson.yaml     as a filter, for editors")]
    Fmt(Formatting),
    /// Write matrices with their labels at full precision, for scripts.
    Values {
        /// A built-in lesson or a file.
        lesson: String,
        /// The matrices; all of them if none is named.
        names: Vec<String>,
        /// The form: csv has a line for each cell, with matrix, row, column and value, json a key for each matrix.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        speech: Speech,
    },
    /// Tell what qkv finds around it, as one block to paste into a question.
    ///
    /// It draws a few signs and asks the terminal how wide they are; a terminal that does not answer is waited for one
    /// second. A line that begins with ! needs something done. Nothing of it leaves your machine.
    Doctor {
        #[command(flatten)]
        speech: Speech,
    },
    /// Write the format of lessons as a JSON Schema, for editors.
    ///
    /// An editor that knows YAML then completes, explains and checks a lesson while you type.
    #[command(after_help = "Examples:
  qkv schema > lesson.schema.json

The first line of a lesson beside that file:
  # yaml-language-server: $schema=lesson.schema.json")]
    Schema {
        #[command(flatten)]
        speech: Speech,
    },
}

/// What is checked, and how it is reported.
#[derive(Debug, Clone, Args)]
pub(super) struct Checking {
    /// The files, folders of them, or - for standard input.
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Write the fixes of slips of the hand into the files; the report tells what is left.
    #[arg(long)]
    pub(super) fix: bool,
    /// Show what the fixes change; without --fix nothing is written.
    #[arg(long)]
    pub(super) diff: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = Report::Human)]
    pub(super) format: Report,
    /// Whether reports are coloured; auto respects `NO_COLOR`, `CLICOLOR_FORCE` and the terminal.
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    #[command(flatten)]
    speech: Speech,
}

/// What is laid out, and whether it is written.
#[derive(Debug, Clone, Args)]
pub(super) struct Formatting {
    /// The files, folders of them, or - for standard input to standard output.
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Name the files that would change, and write nothing.
    #[arg(long)]
    pub(super) check: bool,
    /// Show the lines that would change, and write nothing.
    #[arg(long)]
    pub(super) diff: bool,
    #[command(flatten)]
    speech: Speech,
}

impl Formatting {
    /// Whether nothing is to be written.
    pub(super) const fn only_looks(&self) -> bool {
        self.check || self.diff
    }
}

/// In which language the program speaks.
#[derive(Debug, Clone, Args)]
pub(super) struct Speech {
    /// The language. Else `QKV_LANG`, then the locale, then English decide.
    #[arg(long, value_enum)]
    lang: Option<Lang>,
}

/// Whether a file is looked at while its lesson is shown.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Watch {
    /// Show a lesson anew whenever its file is saved; this is what happens with files of your own.
    #[arg(long, conflicts_with = "present")]
    watch: bool,
    /// Do not look at files again: in front of a class nothing changes but by keys.
    #[arg(long)]
    present: bool,
}

impl Watch {
    pub(super) const fn watching(self) -> Watching {
        // That files are watched is the rule, so asking for it changes nothing.
        if self.present && !self.watch { Watching::Off } else { Watching::Own }
    }
}

/// How a lesson is written down.
#[derive(Debug, Clone, Args)]
pub(super) struct Page {
    #[command(flatten)]
    speech: Speech,
    /// Tokens as rows or columns, whatever the lesson shows first.
    #[arg(long, value_enum)]
    convention: Option<Convention>,
    /// The signs to draw; ascii where a terminal draws lines two cells wide.
    #[arg(long, value_enum, default_value_t = GlyphSet::Unicode)]
    glyphs: GlyphSet,
}

/// How a lesson looks on the screen.
#[derive(Debug, Clone, Args)]
pub(super) struct Look {
    #[command(flatten)]
    pub(super) page: Page,
    /// The colours. Else what was chosen last, then what the terminal says decide.
    #[arg(long, value_enum)]
    theme: Option<Theme>,
    /// Whether to use colours; auto respects `NO_COLOR`, `CLICOLOR_FORCE` and the terminal.
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
}

impl Speech {
    pub(super) fn language(&self) -> Option<language::Language> {
        self.lang.map(|lang| match lang {
            Lang::En => language::Language::English,
            Lang::Zh => language::Language::Chinese,
        })
    }
}

impl Page {
    pub(super) fn language(&self) -> Option<language::Language> {
        self.speech.language()
    }

    pub(super) fn convention(&self) -> Option<graph::Convention> {
        self.convention.map(|convention| match convention {
            Convention::Rows => graph::Convention::Rows,
            Convention::Columns => graph::Convention::Columns,
        })
    }

    pub(super) const fn glyphs(&self) -> app::Glyphs {
        match self.glyphs {
            GlyphSet::Unicode => app::Glyphs::Unicode,
            GlyphSet::Ascii => app::Glyphs::Ascii,
        }
    }
}

impl Look {
    pub(super) fn theme(&self) -> Option<app::ThemeName> {
        self.theme.map(|theme| match theme {
            Theme::Dark => app::ThemeName::Dark,
            Theme::Light => app::ThemeName::Light,
            Theme::HighContrast => app::ThemeName::HighContrast,
        })
    }
}

impl Arguments {
    /// The language that was asked for, by whichever command.
    pub(super) fn language(&self) -> Option<language::Language> {
        match &self.command {
            None => self.look.page.language(),
            Some(Command::Play { look, .. }) => look.page.language(),
            Some(Command::Print { page, .. }) => page.language(),
            Some(Command::Fmt(formatting)) => formatting.speech.language(),
            Some(Command::Check(checking)) => checking.speech.language(),
            Some(
                Command::New { speech, .. }
                | Command::List { speech, .. }
                | Command::Count { speech, .. }
                | Command::Explain { speech, .. }
                | Command::Help { speech, .. }
                | Command::Values { speech, .. }
                | Command::Doctor { speech }
                | Command::Schema { speech },
            ) => speech.language(),
        }
    }
}
