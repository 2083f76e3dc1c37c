//! The view: what is seen, as plain data in the learner's terms, without colours and without a terminal.
//!
//! [`build`] is the only place that decides what is seen. It depends on the model (with its lesson and size) alone,
//! costs as much as the screen is large, and writes nothing back.

mod broken;
mod code;
mod explain;
mod footer;
pub mod glyphs;
mod grid;
mod labels;
mod lesson;
mod lit;
mod menu;
mod names;
pub mod number;
mod opening;
mod overlay;
mod picture;
mod plot;
mod prose;
mod published;
mod question;
mod reason;
mod report;
pub mod text;
mod words;
pub mod wrap;

pub use grid::{CellView, GridView, Shade};
pub use plot::{ArrowView, PlotView, PointLabel, Stands, StartView};

use crate::app::{Curtain, Glyphs, Model, Overlay, Settings, Size, ThemeName};
use crate::graph::Place;
use crate::language::words;
use text::{Line, Role};

/// A whole screen.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Its size.
    pub size: Size,
    /// Its colours.
    pub theme: ThemeName,
    /// Its signs.
    pub glyphs: Glyphs,
    /// What is on it.
    pub parts: Vec<Part>,
    /// What lies over it.
    pub popup: Option<PopupView>,
}

/// A part of a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A line of text.
    Text(At, Line),
    /// The cells of a matrix, or a window of them.
    Grid(GridView),
    /// Arrows between points.
    Plot(PlotView),
}

/// A cell of the screen, from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct At {
    /// Cells from the left.
    pub x: u16,
    /// Cells from the top.
    pub y: u16,
}

/// A framed text over the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct PopupView {
    /// In its upper border.
    pub title: Line,
    /// Its lines, as many as fit.
    pub lines: Vec<Line>,
    /// Where they are entries to choose from, which of them is the first.
    pub entries: Option<usize>,
}

/// The smallest screen on which a lesson can be walked.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

/// What is seen.
pub fn build(model: &Model) -> View {
    let Size { width, height } = model.size;
    if model.curtain == Curtain::Closed {
        return View::of(model, Vec::new(), None);
    }
    if width < SMALLEST.width || height < SMALLEST.height {
        return View::of(model, too_small(model), None);
    }
    let parts = match (&model.opening, &model.walk, &model.broken) {
        (Some(opening), ..) => opening::build(model, *opening),
        // What lies over the screen has keys of its own, which stand in its last line.
        (None, Some(walk), Some(broken)) if matches!(model.overlay, None | Some(Overlay::Jump(_))) => {
            broken::build(model, walk, broken)
        }
        (None, Some(walk), _) => lesson::build(model, walk),
        (None, None, Some(broken)) => broken::alone(model, broken),
        (None, None, None) => menu::build(model),
    };
    View::of(model, parts, overlay::build(model))
}

/// The lesson of the menu that is seen in a line of the screen, for a click.
pub fn lesson_at(model: &Model, y: u16) -> Option<usize> {
    menu::lesson_at(model, y)
}

/// The option of an open question, from 0, that is seen at a place of the screen, for a click.
pub fn option_at(model: &Model, at: At) -> Option<usize> {
    let alone = model.overlay.is_none() && model.broken.is_none() && model.curtain == Curtain::Open;
    let walk = model.walk.as_ref().filter(|_| alone)?;
    let Size { width, height } = model.size;
    let large_enough = width >= SMALLEST.width && height >= SMALLEST.height;
    if large_enough { lesson::option_at(model, walk, at) } else { None }
}

/// The picture and words of a step on a page of the model's size, without header, pipeline and keys.
pub fn page(model: &Model) -> View {
    let parts = model.walk.as_ref().map(|walk| lesson::page(model, walk));
    View::of(model, parts.unwrap_or_default(), None)
}

/// The answer to the question of a step on a page of the model's width; nothing where it asks nothing.
pub fn answer(model: &Model) -> View {
    let parts = model.walk.as_ref().map(|walk| lesson::answer(model, walk));
    View::of(model, parts.unwrap_or_default(), None)
}

/// What the present step says, paragraph by paragraph, with its numbers filled in.
pub fn said(model: &Model) -> Vec<String> {
    model.walk.as_ref().map(|walk| lesson::said(model, walk)).unwrap_or_default()
}

/// What of a step cannot be seen on a screen of the model's size. A matrix of which a window is shown can be seen: the
/// learner moves the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overflow {
    /// So many lines of the words are cut off.
    pub lines: usize,
    /// Whether a matrix, a text or the plot is missing from the picture, or cut off.
    pub picture: bool,
}

/// What of the present step does not fit on the screen.
pub fn overflow(model: &Model) -> Overflow {
    let Size { width, height } = model.size;
    match &model.walk {
        Some(walk) if width >= SMALLEST.width && height >= SMALLEST.height => lesson::overflow(model, walk),
        Some(_) | None => Overflow::default(),
    }
}

impl View {
    /// These parts in the model's size, colours and signs.
    fn of(model: &Model, parts: Vec<Part>, popup: Option<PopupView>) -> Self {
        let (size, Settings { theme, glyphs, .. }) = (model.size, model.settings);
        let mut view = Self { size, theme, glyphs, parts, popup };
        if glyphs == Glyphs::Ascii {
            view.fold_to_ascii();
        }
        view
    }

    /// The place under a cell of the screen, for a click.
    pub fn place_at(&self, at: At) -> Option<Place> {
        self.parts.iter().find_map(|part| match part {
            Part::Grid(grid) => grid.place_at(at),
            Part::Text(..) | Part::Plot(_) => None,
        })
    }

    fn fold_to_ascii(&mut self) {
        let fold = |line: &mut Line| *line = std::mem::take(line).plain(Glyphs::Ascii);
        for part in &mut self.parts {
            if let Part::Text(_, line) = part {
                fold(line);
            }
        }
        if let Some(popup) = &mut self.popup {
            fold(&mut popup.title);
            popup.lines.iter_mut().for_each(fold);
        }
    }
}

fn too_small(model: &Model) -> Vec<Part> {
    let Size { width, height } = model.size;
    let need = words("qkv needs", "qkv 需要");
    let have = words("this is", "现在");
    let lines = [
        format!("{} {}×{}", need.get(model.language), SMALLEST.width, SMALLEST.height),
        format!("{} {width}×{height}", have.get(model.language)),
    ];
    let lines = lines.into_iter().take(usize::from(height)).enumerate();
    lines.map(|(y, line)| Part::Text(At { x: 0, y: y as u16 }, Line::of(line, Role::Warning))).collect()
}
