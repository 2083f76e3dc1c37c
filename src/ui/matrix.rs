//! The cells of a matrix: digits on a shade.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::line::draw_text;
use super::row;
use super::theme::{Heat, Theme};
use crate::view::text::Role;
use crate::view::{At, GridView, Shade};

/// Draws a grid onto a screen.
pub(super) fn draw(grid: &GridView, screen: Rect, buffer: &mut Buffer, theme: &Theme) {
    for (cells, y) in grid.rows.iter().zip(grid.at.y..) {
        for (cell, x) in cells.iter().zip((grid.at.x..).step_by(usize::from(grid.cell_width.max(1)))) {
            let Some(room) = row(screen, At { x, y }) else { break };
            let style = match cell.shade {
                Shade::None => theme.style(cell.role),
                Shade::Signed(value) => theme.cell(cell.role, Heat::Signed, value),
                Shade::Share(value) => theme.cell(cell.role, Heat::Share, value),
            };
            let used = draw_text(&cell.text, room, buffer, style);
            if let Some(rest) = row(screen, At { x: x + used, y }) {
                // The sign repeats what the digits say, so it stands back behind them.
                // A blank one changes nothing, and changing colours for it would only cost bytes.
                let lit = matches!(cell.role, Role::Selected | Role::Focus) || cell.sign == " ";
                let muted = Style { fg: theme.style(Role::Border).fg, ..Style::default() };
                let sign = if lit { style } else { style.patch(muted).remove_modifier(Modifier::UNDERLINED) };
                draw_text(cell.sign, rest, buffer, sign);
            }
        }
    }
}
