//! Draws lines of a view into cells, without ever halving a wide glyph.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::theme::Theme;
use crate::view::text::{Line, grapheme_cells};

/// Draws a line into the first row of `area`. Returns how many cells it took.
pub fn draw(line: &Line, area: Rect, buffer: &mut Buffer, theme: &Theme) -> u16 {
    let mut used = 0;
    for span in &line.0 {
        let rest = Rect { x: area.x.saturating_add(used), width: area.width - used, ..area };
        let (drawn, clipped) = draw_part(&span.text, rest, buffer, theme.style(span.role));
        used += drawn;
        if clipped {
            break;
        }
    }
    used
}

/// Draws a text in one style into the first row of `area`. Returns how many cells it took.
pub fn draw_text(text: &str, area: Rect, buffer: &mut Buffer, style: Style) -> u16 {
    draw_part(text, area, buffer, style).0
}

/// Also tells whether something did not fit. Whatever was in the cells before, letters included, is gone.
fn draw_part(text: &str, area: Rect, buffer: &mut Buffer, style: Style) -> (u16, bool) {
    let room = area.intersection(buffer.area);
    if room.is_empty() || room.x != area.x || room.y != area.y {
        return (0, true);
    }
    let mut x = room.x;
    for grapheme in text.graphemes(true) {
        let width = grapheme_cells(grapheme) as u16;
        if width > room.right() - x {
            return (x - room.x, true);
        }
        for (cell, symbol) in (x..x + width).zip([grapheme].into_iter().chain(std::iter::repeat(" "))) {
            let cell = &mut buffer[(cell, room.y)];
            cell.reset();
            cell.set_symbol(symbol).set_style(style);
        }
        x += width;
    }
    (x - room.x, false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    use super::*;
    use crate::app::ThemeName;
    use crate::environment::ColourDepth;
    use crate::view::text::Role;

    fn theme() -> Theme {
        Theme::new(ThemeName::Dark, ColourDepth::True)
    }

    fn drawn(line: &Line, area: Rect) -> (Buffer, u16) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let used = draw(line, area, &mut buffer, &theme());
        (buffer, used)
    }

    #[test]
    fn text_and_styles_arrive_in_their_cells() {
        let line = Line::of("查", Role::Queries).with("=Q", Role::Strong);
        let (buffer, used) = drawn(&line, Rect::new(1, 0, 10, 1));
        assert_eq!(used, 4);
        assert_eq!(buffer[(1, 0)].symbol(), "查");
        assert_eq!(buffer[(3, 0)].symbol(), "=");
        for (x, role) in [(1, Role::Queries), (2, Role::Queries), (4, Role::Strong)] {
            assert_eq!(buffer[(x, 0)].style().fg, theme().style(role).fg);
            assert_eq!(buffer[(x, 0)].style().bg, theme().style(role).bg);
        }
    }

    #[test]
    fn a_wide_glyph_at_the_edge_is_left_out_and_so_is_all_after_it() {
        let line = Line::of("a查询", Role::Plain).with("b", Role::Strong);
        let (buffer, used) = drawn(&line, Rect::new(0, 0, 4, 1));
        assert_eq!(used, 3);
        assert_eq!(buffer[(3, 0)].symbol(), " ");
    }

    #[test]
    fn letters_of_what_was_there_before_do_not_stay() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        draw(&Line::of("old", Role::Source), buffer.area, &mut buffer, &theme());
        draw(&Line::of("new", Role::Plain), buffer.area, &mut buffer, &theme());
        assert_eq!(buffer[(0, 0)].modifier, Modifier::empty());
    }

    #[test]
    fn outside_the_screen_nothing_is_drawn() {
        for area in [Rect::new(12, 0, 5, 1), Rect::new(0, 1, 5, 1), Rect::new(3, 0, 0, 1)] {
            assert_eq!(drawn(&Line::from("text"), area), (Buffer::empty(Rect::new(0, 0, 12, 1)), 0));
        }
    }

    proptest! {
        #[test]
        fn what_is_drawn_is_what_the_clipped_line_says(text in "[a-z词元，e\u{301}]{0,12}", x in 0_u16..12, width in 0_u16..20) {
            let line = Line::from(text);
            let (buffer, used) = drawn(&line, Rect::new(x, 0, width, 1));
            let clipped = line.clip(usize::from(width.min(12 - x)));
            prop_assert_eq!(usize::from(used), clipped.width());
            let mut shown = String::new();
            let mut column = x;
            while column < x + used {
                let symbol = buffer[(column, 0)].symbol();
                shown.push_str(symbol);
                column += grapheme_cells(symbol) as u16;
            }
            // An accent at the very beginning has no letter to stand on and is not drawn.
            let expected = clipped.text();
            prop_assert_eq!(shown, expected.trim_start_matches('\u{301}'));
        }
    }
}
