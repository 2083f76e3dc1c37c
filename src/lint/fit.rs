//! Whether a step fits on a small screen.

use std::sync::Arc;

use super::model;
use crate::app::Size;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Language, counted, words};
use crate::lesson::{Lesson, StepPlaces};
use crate::view::{self, Overflow};

/// A terminal as it opens, and a projector with large letters.
const SCREENS: [Size; 2] = [Size { width: 80, height: 24 }, Size { width: 60, height: 16 }];

/// A finding if something of a step is cut off on a small screen, in either language.
pub(super) fn crowded(lesson: &Arc<Lesson>, step: usize, places: &StepPlaces) -> Option<Diagnostic> {
    SCREENS.iter().find_map(|size| {
        let of = |language| (language, view::overflow(&model(lesson, step, *size, language)));
        let mut found: Vec<(Language, Overflow)> = Language::ALL.map(of).to_vec();
        found.retain(|(_, overflow)| *overflow != Overflow::default());
        (!found.is_empty()).then(|| finding(places, *size, &found))
    })
}

fn finding(places: &StepPlaces, size: Size, found: &[(Language, Overflow)]) -> Diagnostic {
    let Size { width, height } = size;
    let languages = match found {
        [(Language::English, _)] => words("in English", "英文"),
        [(Language::Chinese, _)] => words("in Chinese", "中文"),
        _ => words("in either language", "中英文"),
    };
    let (en, zh) = (languages.en, languages.zh);
    let lines = found.iter().map(|(_, overflow)| overflow.lines).max().unwrap_or(0);
    let text = found.iter().find_map(|(language, _)| *places.say.get(*language));
    if lines > 0 {
        let cut = counted(lines, "line", "lines");
        let are = if lines == 1 { "is" } else { "are" };
        let message = both!(
            "on a screen of {width} columns and {height} lines this step says too much {en}: {cut} {are} cut off",
            "在 {width} 列 {height} 行的屏幕上，这一步的{zh}讲解放不下，有 {lines} 行看不到"
        );
        Diagnostic::new(Code::CrowdedStep, text.unwrap_or(places.step), message).with_hint(both!(
            "shorten the text by {cut} of the screen, or make two steps of it",
            "请把讲解缩短 {lines} 行（按屏幕上的行数），或分成两步"
        ))
    } else {
        let message = both!(
            "on a screen of {width} columns and {height} lines there is no room for all that this step shows {en}",
            "在 {width} 列 {height} 行的屏幕上，这一步显示的内容放不下（{zh}）"
        );
        Diagnostic::new(Code::CrowdedStep, places.show.unwrap_or(places.step), message)
            .with_hint(both!("show less, or make two steps of it", "请少显示一些，或分成两步"))
    }
}
