//! Where the steps of a lesson are written, for advice that only a layout can give.

use crate::diagnostic::Span;
use crate::language::{Language, Localised};
use crate::lesson::check::version;
use crate::yaml::Tree;

/// Where a step and its parts are written.
#[derive(Debug, Clone)]
pub struct StepPlaces {
    /// The name of its first field.
    pub step: Span,
    /// What it shows.
    pub show: Option<Span>,
    /// In which portions it is uncovered.
    pub reveal: Option<Span>,
    /// What it says; in both languages the same place where one text is for both.
    pub say: Localised<Option<Span>>,
}

impl StepPlaces {
    pub(in crate::lesson::check) fn of(step: &Tree) -> Self {
        let say = |language: Language| Some(version(step.get("say")?, language)?.span);
        Self {
            step: step.as_map().and_then(<[_]>::first).map_or(step.span, |(key, _)| key.span),
            show: step.get("show").map(|show| show.span),
            reveal: step.get("reveal").map(|reveal| reveal.span),
            say: Localised { en: say(Language::English), zh: say(Language::Chinese) },
        }
    }
}
