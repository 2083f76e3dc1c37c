//! Draws a view into the cells of a screen. Colours, styles and cells are named here and nowhere below.

pub mod line;
mod matrix;
mod plot;
pub mod popup;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use popup::Popup;
use theme::Theme;

use crate::view::{At, Part, View};

/// A whole screen in the colours of a theme.
#[derive(Debug, Clone, Copy)]
pub struct Screen<'a> {
    /// What is seen.
    pub view: &'a View,
    /// How it looks.
    pub theme: &'a Theme,
}

impl Widget for Screen<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { view, theme } = self;
        buffer.set_style(area, theme.base());
        for part in &view.parts {
            match part {
                Part::Text(at, text) => {
                    if let Some(row) = row(area, *at) {
                        line::draw(text, row, buffer, theme);
                    }
                }
                Part::Grid(grid) => matrix::draw(grid, area, buffer, theme),
                Part::Plot(plot) => plot::draw(plot, view.glyphs, area, buffer, theme),
            }
        }
        if let Some(popup) = &view.popup {
            let popup = Popup { title: &popup.title, lines: &popup.lines, glyphs: view.glyphs, theme };
            popup.render(popup.area(above_keys(area)), buffer);
        }
    }
}

impl Screen<'_> {
    /// Which entry of a list over the screen is under a cell, for a click.
    pub fn entry_at(&self, at: At) -> Option<usize> {
        let Self { view, theme } = self;
        let seen = view.popup.as_ref()?;
        let popup = Popup { title: &seen.title, lines: &seen.lines, glyphs: view.glyphs, theme };
        let screen = Rect::new(0, 0, view.size.width, view.size.height);
        let inside = Popup::inside(popup.area(above_keys(screen)));
        let line = usize::from(at.y.checked_sub(inside.y)?);
        let hit = inside.contains(Position { x: at.x, y: at.y }) && line < seen.lines.len();
        seen.entries.filter(|_| hit).map(|first| first + line)
    }
}

/// The last row stays free: it tells how to close what lies over the rest.
const fn above_keys(screen: Rect) -> Rect {
    Rect { height: screen.height.saturating_sub(1), ..screen }
}

/// The rest of a row of the screen from a cell on; `None` outside of the screen.
fn row(area: Rect, at: At) -> Option<Rect> {
    let inside = at.x < area.width && at.y < area.height;
    inside.then(|| Rect { x: area.x + at.x, y: area.y + at.y, width: area.width - at.x, height: 1 })
}
