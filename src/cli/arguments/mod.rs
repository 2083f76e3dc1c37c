//! The arguments that the command line takes.

mod choices;
mod order;
mod spoken;
mod unknown;
mod words;

use std::ops::RangeInclusive;
use std::path::PathBuf;

pub(super) use choices::{Color, Format, Report};
use choices::{Convention, GlyphSet, Lang, Theme, stage, steps, templates};
use clap::{Args, Parser, Subcommand};
pub(super) use order::command_first;
pub(super) use spoken::{asked_for, command};
pub(super) use unknown::unknown_option;

use super::play::Watching;
use crate::app;
use crate::graph;
use crate::language;

// What is said of commands and arguments is in `words`; comments of documentation would be taken for it.

#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) look: Look,
    #[command(flatten)]
    pub(super) watch: Watch,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Play {
        lesson: String,
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        step: Option<u32>,
        #[command(flatten)]
        look: Look,
        #[command(flatten)]
        watch: Watch,
    },
    List {
        paths: Vec<PathBuf>,
        #[command(flatten)]
        speech: Speech,
    },
    Print {
        lesson: String,
        #[arg(long, value_name = "N|N-M", value_parser = steps)]
        step: Option<RangeInclusive<usize>>,
        #[command(flatten)]
        page: Page,
    },
    New {
        file: Option<PathBuf>,
        #[arg(long, short, value_parser = templates())]
        template: Option<String>,
        #[arg(long, value_name = "N", value_parser = stage, conflicts_with = "template")]
        stage: Option<String>,
        #[command(flatten)]
        speech: Speech,
    },
    Check(Checking),
    Explain {
        code: Option<String>,
        #[command(flatten)]
        speech: Speech,
    },
    Help {
        topic: Vec<String>,
        #[command(flatten)]
        speech: Speech,
    },
    Count {
        lesson: String,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        speech: Speech,
    },
    Fmt(Formatting),
    Values {
        lesson: String,
        names: Vec<String>,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        speech: Speech,
    },
    Doctor {
        #[command(flatten)]
        speech: Speech,
    },
    Schema {
        #[command(flatten)]
        speech: Speech,
    },
}

/// What is checked, and how it is reported.
#[derive(Debug, Clone, Args)]
pub(super) struct Checking {
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    #[arg(long)]
    pub(super) fix: bool,
    #[arg(long)]
    pub(super) diff: bool,
    #[arg(long, value_enum, default_value_t = Report::Human)]
    pub(super) format: Report,
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    #[command(flatten)]
    speech: Speech,
}

/// What is laid out, and whether it is written.
#[derive(Debug, Clone, Args)]
pub(super) struct Formatting {
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    #[arg(long)]
    pub(super) check: bool,
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
    #[arg(long, value_enum)]
    lang: Option<Lang>,
}

/// Whether a file is looked at while its lesson is shown.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Watch {
    #[arg(long, conflicts_with = "present")]
    watch: bool,
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
    #[arg(long, value_enum)]
    convention: Option<Convention>,
    #[arg(long, value_enum, default_value_t = GlyphSet::Unicode)]
    glyphs: GlyphSet,
}

/// How a lesson looks on the screen.
#[derive(Debug, Clone, Args)]
pub(super) struct Look {
    #[command(flatten)]
    pub(super) page: Page,
    #[arg(long, value_enum)]
    theme: Option<Theme>,
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
