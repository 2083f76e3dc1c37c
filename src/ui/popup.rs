//! Framed boxes over the rest of the screen. Glyphs that the box would halve are blanked, since a terminal that gets
//! half of one moves the row by a cell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::line::{draw, draw_text};
use super::theme::Theme;
use crate::view::glyphs::Glyphs;
use crate::view::text::{Line, Role, cells};

/// A box with a title and lines, drawn over an area. Lines beyond its height and text beyond its width are not drawn.
#[derive(Debug, Clone, Copy)]
pub struct Popup<'a> {
    /// In the upper border; empty for none.
    pub title: &'a Line,
    /// What is in the box.
    pub lines: &'a [Line],
    /// The box lines.
    pub glyphs: Glyphs,
    /// How it looks.
    pub theme: &'a Theme,
}

/// Border and blank at the left and right of the text together.
const SIDES: u16 = 4;

/// The borders above and below the text together.
const ENDS: u16 = 2;

impl Popup<'_> {
    /// The smallest box with room for everything, centred in `screen` and never larger than it.
    pub fn area(&self, screen: Rect) -> Rect {
        let widest = self.lines.iter().map(Line::width).chain([self.title.width() + 2]).max().unwrap_or(0);
        let width = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(SIDES).min(screen.width);
        let height =
            u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(ENDS).min(screen.height);
        Rect {
            x: screen.x + (screen.width - width) / 2,
            y: screen.y + (screen.height - height) / 2,
            width,
            height,
        }
    }

    /// The part of a box of this area that holds the text.
    pub fn inside(area: Rect) -> Rect {
        Rect {
            x: area.x.saturating_add(SIDES / 2),
            y: area.y.saturating_add(ENDS / 2),
            width: area.width.saturating_sub(SIDES),
            height: area.height.saturating_sub(ENDS),
        }
    }

    fn draw_frame(&self, area: Rect, buffer: &mut Buffer) {
        let frame = self.glyphs.frame();
        let style = self.theme.style(Role::Border);
        let across = frame.horizontal.repeat(usize::from(area.width.saturating_sub(2)));
        for (y, left, right) in [
            (area.top(), frame.top_left, frame.top_right),
            (area.bottom() - 1, frame.bottom_left, frame.bottom_right),
        ] {
            let row = Rect { y, height: 1, ..area };
            draw_text(&format!("{left}{across}{right}"), row, buffer, style);
        }
        for y in area.top() + 1..area.bottom() - 1 {
            for x in [area.left(), area.right() - 1] {
                draw_text(frame.vertical, Rect::new(x, y, 1, 1), buffer, style);
            }
        }
        let room = usize::from(area.width.saturating_sub(SIDES));
        if !self.title.is_empty() && room > 2 {
            let mut title = Line::of(" ", Role::Title);
            title.append(&self.title.truncate(room - 2, self.glyphs));
            title.push(" ", Role::Title);
            draw(
                &title,
                Rect { x: area.x + SIDES / 2, y: area.y, width: room as u16, height: 1 },
                buffer,
                self.theme,
            );
        }
    }
}

impl Widget for Popup<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        clear(area, buffer, self.theme.base());
        if area.width < 2 || area.height < 2 {
            return;
        }
        self.draw_frame(area, buffer);
        for (line, row) in self.lines.iter().zip(Self::inside(area).rows()) {
            draw(line, row, buffer, self.theme);
        }
    }
}

/// Blanks an area, and outside it the other halves of the wide glyphs that its edges cut.
pub fn clear(area: Rect, buffer: &mut Buffer, style: Style) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    for y in area.rows().map(|row| row.y) {
        for edge in [area.left(), area.right()] {
            blank_glyph_across(edge, y, buffer);
        }
        for x in area.left()..area.right() {
            let cell = &mut buffer[(x, y)];
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Blanks the glyph, if there is one, that begins before column `edge` and does not end there.
fn blank_glyph_across(edge: u16, y: u16, buffer: &mut Buffer) {
    let mut x = buffer.area.left();
    while x < edge {
        let width = cells(buffer[(x, y)].symbol()).max(1);
        let end = x.saturating_add(width as u16).min(buffer.area.right());
        if end > edge {
            let style = buffer[(x, y)].style();
            for column in x..end {
                let cell = &mut buffer[(column, y)];
                cell.reset();
                cell.set_style(style);
            }
        }
        x = end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::ThemeName;
    use crate::environment::ColourDepth;

    const HAN: &str = "注意力帮助查询词元注意力帮助";

    fn theme() -> Theme {
        Theme::new(ThemeName::Dark, ColourDepth::True)
    }

    /// A screen full of Chinese, beginning at column `start`, with a popup over it.
    fn screen(start: u16, area: Rect, lines: &[Line]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 6));
        let theme = theme();
        for y in 0..6 {
            draw(&Line::from(HAN), Rect::new(start, y, 24 - start, 1), &mut buffer, &theme);
        }
        let title = Line::of("帮助", Role::Title);
        Popup { title: &title, lines, glyphs: Glyphs::Unicode, theme: &theme }.render(area, &mut buffer);
        buffer
    }

    /// A row as a terminal shows it: a wide glyph takes its two cells, and what is in the second one is not seen.
    fn shown(buffer: &Buffer, y: u16) -> String {
        let mut row = String::new();
        let mut x = 0;
        while x < buffer.area.right() {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += cells(symbol) as u16;
        }
        row
    }

    #[test]
    fn a_popup_at_an_odd_column_keeps_its_border_over_chinese() {
        let buffer = screen(0, Rect::new(5, 1, 12, 3), &[Line::from("下一步 →")]);
        assert_eq!(shown(&buffer, 0), "注意力帮助查询词元注意力");
        assert_eq!(shown(&buffer, 1), "注意 ┌─ 帮助 ───┐ 注意力");
        assert_eq!(shown(&buffer, 2), "注意 │ 下一步 → │ 注意力");
        assert_eq!(shown(&buffer, 3), "注意 └──────────┘ 注意力");
    }

    #[test]
    fn a_popup_at_an_even_column_leaves_its_neighbours_whole() {
        let buffer = screen(0, Rect::new(4, 1, 12, 3), &[]);
        assert_eq!(shown(&buffer, 2), "注意│          │元注意力");
    }

    #[test]
    fn text_that_does_not_fit_is_clipped_and_the_title_gets_an_ellipsis() {
        let buffer = screen(0, Rect::new(0, 0, 9, 3), &[Line::from("查询与键"), Line::from("more")]);
        assert_eq!(shown(&buffer, 0), "┌─ 帮… ─┐ 查询词元注意力");
        assert_eq!(shown(&buffer, 1), "│ 查询  │ 查询词元注意力");
        assert!(shown(&buffer, 2).starts_with("└───────┘"));
    }

    #[test]
    fn the_box_is_as_large_as_its_text_and_in_the_middle() {
        let theme = theme();
        let lines = [Line::from("下一步"), Line::from("next step")];
        let popup =
            Popup { title: &Line::from("键"), lines: &lines, glyphs: Glyphs::Unicode, theme: &theme };
        let area = popup.area(Rect::new(0, 0, 80, 24));
        assert_eq!(area, Rect::new(33, 10, 13, 4));
        assert_eq!(Popup::inside(area), Rect::new(35, 11, 9, 2));
        assert_eq!(popup.area(Rect::new(2, 1, 5, 2)), Rect::new(2, 1, 5, 2));
    }

    proptest! {
        #[test]
        fn no_popup_moves_a_row_or_loses_its_border(
            start in 0_u16..3, x in 0_u16..26, y in 0_u16..8, width in 0_u16..30, height in 0_u16..10,
        ) {
            let area = Rect::new(x, y, width, height);
            let buffer = screen(start, area, &[Line::from("查询 query"), Line::from(HAN)]);
            let area = area.intersection(buffer.area);
            for row in 0..6 {
                prop_assert_eq!(cells(&shown(&buffer, row)), 24);
            }
            if area.width >= 2 && area.height >= 3 {
                for row in area.top() + 1..area.bottom() - 1 {
                    let line = Line::from(shown(&buffer, row));
                    prop_assert!(line.clip(usize::from(area.left()) + 1).text().ends_with('│'));
                    prop_assert!(line.clip(usize::from(area.right())).text().ends_with('│'));
                }
            }
        }

        #[test]
        fn outside_a_popup_only_halved_glyphs_change(x in 1_u16..20, width in 1_u16..12) {
            let before = screen(0, Rect::default(), &[]);
            let after = screen(0, Rect::new(x, 1, width, 4), &[]);
            let kept = |column: u16| before[(column, 2)] == after[(column, 2)];
            for column in (0..x.saturating_sub(1)).chain((x + width + 1).min(24)..24) {
                prop_assert!(kept(column), "{}", column);
            }
            prop_assert_eq!(kept(x - 1), x % 2 == 0, "only an odd column halves a glyph at the left");
        }
    }
}
