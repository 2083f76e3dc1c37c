//! What may stand behind an option.

use std::ops::RangeInclusive;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use crate::environment::ColourChoice;
use crate::lesson::template::{STAGES, TEMPLATES, Template};

/// The names of the templates.
pub(super) fn templates() -> PossibleValuesParser {
    PossibleValuesParser::new(TEMPLATES.iter().map(|template| template.name))
}

/// Reads the number of a step, from 1, or of the first and the last of some steps: `7`, `3-5`.
pub(super) fn steps(text: &str) -> Result<RangeInclusive<usize>, String> {
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|number| *number > 0);
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok(first..=last),
        (Some(_) | None, Some(_) | None) => {
            Err("write the number of a step, or a range such as 3-5".to_owned())
        }
    }
}

/// Reads the number of a stage of the tutorial.
pub(super) fn stage(text: &str) -> Result<String, String> {
    let all = STAGES.len();
    let known = Template::stage(text).map(|stage| stage.name.to_owned());
    known.ok_or_else(|| format!("the tutorial has {all} stages, so write a number from 1 to {all}"))
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum Report {
    Human,
    Json,
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in super::super) enum Lang {
    En,
    Zh,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in super::super) enum Theme {
    Dark,
    Light,
    HighContrast,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in super::super) enum Convention {
    Rows,
    Columns,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum Color {
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
pub(in super::super) enum GlyphSet {
    Unicode,
    Ascii,
}

/// The form of numbers to read or for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum Format {
    Json,
    Csv,
    Text,
}
