//! The arguments that the command line takes.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::app;
use crate::environment::ColourChoice;
use crate::graph;
use crate::language;

/// Step through the attention mechanism of the Transformer, number by number.
///
/// Without a command, the menu of lessons opens: the built-in ones, and those of the files and folders named.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  qkv                           open the menu of lessons
  qkv play 05                   walk lesson 05
  qkv play 05 --step 7 --lang zh
  qkv check my-lesson.yaml      find everything that is wrong in a lesson
  qkv values 05 head.pattern --format csv
  qkv count gpt-3               count parameters, of a known model or of a lesson
  qkv print 05 | less           read the whole walk as text"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Lesson files, or folders of them, to put into the menu.
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) look: Look,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk a lesson.
    Play {
        /// A built-in lesson (05, or 05-fluffy-blue-creature), or a file.
        lesson: String,
        /// The step to begin at, from 1.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        step: Option<u32>,
        #[command(flatten)]
        look: Look,
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
        #[command(flatten)]
        page: Page,
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
  qkv explain fullwidth-punctuation   what a finding means")]
    Check(Checking),
    /// Explain a finding of `qkv check`: what it means, a wrong example and a right one.
    Explain {
        /// The code in the brackets of the finding, such as `ragged-rows`; without one, all codes are listed.
        code: Option<String>,
        #[command(flatten)]
        speech: Speech,
    },
    /// Count parameters, matrix by matrix.
    ///
    /// A matrix of a lesson counts if it is given, stands where weights stand (in a product, as a bias, as a kernel, as the
    /// vocabulary that tokens are looked up in) and is not over the positions of a text. It counts once in all, and in every
    /// head or block that uses it.
    Count {
        /// A built-in lesson or a file; or a known model, gpt-2 (small, everything counted) or gpt-3 (as 3Blue1Brown counts
        /// it: without biases, norms and positions).
        lesson: String,
        /// The form.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        speech: Speech,
    },
    /// Write matrices with their labels at full precision, for scripts.
    Values {
        /// A built-in lesson or a file.
        lesson: String,
        /// The matrices; all of them if none is named.
        names: Vec<String>,
        /// The form.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
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

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// With the lines of the file and what to do.
    Human,
    /// An array with an object for each file.
    Json,
    /// Annotations for a build on GitHub.
    Github,
}

/// In which language the program speaks.
#[derive(Debug, Clone, Args)]
pub(super) struct Speech {
    /// The language. Else `QKV_LANG`, then the locale, then English decide.
    #[arg(long, value_enum)]
    lang: Option<Lang>,
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
            Some(Command::Check(checking)) => checking.speech.language(),
            Some(
                Command::List { speech, .. }
                | Command::Count { speech, .. }
                | Command::Explain { speech, .. }
                | Command::Values { speech, .. }
                | Command::Schema { speech },
            ) => speech.language(),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Zh,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Theme {
    Dark,
    Light,
    HighContrast,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Convention {
    Rows,
    Columns,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for ColourChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum GlyphSet {
    Unicode,
    Ascii,
}

/// The form of matrices for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One object with a key for each matrix.
    Json,
    /// A line for each cell: matrix, row, column, value.
    Csv,
    /// Tables to read.
    Text,
}
