//! Arrows between points, drawn with braille dots or, in ASCII, with stars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::{Line as TextLine, Span as TextSpan};
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Context, Line};

use super::theme::Theme;
use crate::view::glyphs::Glyphs;
use crate::view::text::{Role, cells};
use crate::view::{ArrowView, PlotView, Stands, StartView};

/// The roles of the arrows in turn, so that they can be told apart by colour as well as by their labels.
const ROLES: [Role; 4] = [Role::Queries, Role::Keys, Role::Values, Role::Pattern];

/// Draws a plot onto a screen.
pub(super) fn draw(plot: &PlotView, glyphs: Glyphs, screen: Rect, buffer: &mut Buffer, theme: &Theme) {
    let area =
        Rect { x: screen.x + plot.at.x, y: screen.y + plot.at.y, width: plot.width, height: plot.height };
    let area = area.intersection(screen);
    if area.is_empty() {
        return;
    }
    let marker = match glyphs {
        Glyphs::Unicode => Marker::Braille,
        Glyphs::Ascii => Marker::Custom('*'),
    };
    let ground = theme.base().bg.unwrap_or(Color::Reset);
    let canvas = Canvas::default()
        .marker(marker)
        .background_color(ground)
        .x_bounds(plot.horizontal)
        .y_bounds(plot.vertical)
        .paint(|context| paint(context, plot, theme));
    canvas.render(area, buffer);
    blank_halved_glyphs(area, buffer);
}

/// Where labels meet in a small plot, the one that is drawn later may cut a wide glyph of the other in half.
fn blank_halved_glyphs(area: Rect, buffer: &mut Buffer) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let is_wide = cells(buffer[(x, y)].symbol()) > 1;
            let is_cut = x + 1 == area.right() || !buffer[(x + 1, y)].symbol().trim().is_empty();
            if is_wide && is_cut {
                buffer[(x, y)].set_symbol(" ");
            }
        }
    }
}

fn paint(context: &mut Context<'_>, plot: &PlotView, theme: &Theme) {
    let [left, right] = plot.horizontal;
    let [bottom, top] = plot.vertical;
    let muted = colour(theme, Role::Border);
    context.draw(&Line { x1: left, y1: 0.0, x2: right, y2: 0.0, color: muted });
    context.draw(&Line { x1: 0.0, y1: bottom, x2: 0.0, y2: top, color: muted });
    context.layer();
    for (index, arrow) in plot.arrows.iter().enumerate() {
        draw_arrow(context, arrow, plot, colour(theme, ROLES[index % ROLES.len()]));
    }
    context.layer();
    let [horizontal, vertical] = &plot.axes;
    let wide = (right - left) / f64::from(plot.width.max(1));
    let high = (top - bottom) / f64::from(plot.height.max(1));
    let axis = theme.style(Role::Header);
    let name = horizontal.text();
    let x = right - wide * (horizontal.width() as f64 + 0.5);
    context.print(x, high, TextLine::from(TextSpan::styled(name, axis)));
    context.print(wide, top - high * 0.5, TextLine::from(TextSpan::styled(vertical.text(), axis)));
    label_arrows(context, plot, [wide, high], theme);
    if let Some(note) = &plot.note {
        let line = TextSpan::styled(note.text(), theme.style(Role::Note));
        context.print(left, bottom, TextLine::from(line));
    }
    if let Some(StartView { at: [x, y], label, stands }) = &plot.start {
        let width = wide * label.width() as f64;
        let (x, y) = match stands {
            Stands::Above => (x - width / 2.0, y + 1.5 * high),
            Stands::Right => (x + 2.0 * wide, *y),
        };
        let name = TextSpan::styled(label.text(), theme.style(Role::Strong));
        context.print(x.min(right - width).max(left), y, TextLine::from(name));
    }
}

/// Prints the labels of all arrows, beside their tips or, where one stands there already, a line or two away.
fn label_arrows(context: &mut Context<'_>, plot: &PlotView, [wide, high]: [f64; 2], theme: &Theme) {
    let [left, right] = plot.horizontal;
    let [bottom, top] = plot.vertical;
    let mut printed: Vec<[f64; 3]> = Vec::new();
    for (index, arrow) in plot.arrows.iter().enumerate() {
        let style = theme.style(ROLES[index % ROLES.len()]);
        let width = arrow.label.width() as f64 * wide;
        let [x, y] = arrow.to;
        // The label stands beyond the tip, on the side that the arrow points to.
        let beyond = if x < arrow.from[0] { x - width - 2.0 * wide } else { x + 2.0 * wide };
        let x = beyond.min(right - width).max(left);
        let is_free = |y: &f64| {
            let apart = |[from, to, line]: &[f64; 3]| {
                x >= *to || x + width <= *from || (y - line).abs() >= 0.99 * high
            };
            (bottom..=top).contains(y) && printed.iter().all(apart)
        };
        let y =
            [0.0, -1.0, 1.0, -2.0, 2.0].map(|lines| y + lines * high).into_iter().find(is_free).unwrap_or(y);
        printed.push([x, x + width, y]);
        context.print(x, y, TextLine::from(TextSpan::styled(arrow.label.text(), style)));
    }
}

/// A line with two strokes at its end, of a size that stays the same on the screen.
fn draw_arrow(context: &mut Context<'_>, arrow: &ArrowView, plot: &PlotView, color: Color) {
    let ([x1, y1], [x2, y2]) = (arrow.from, arrow.to);
    context.draw(&Line { x1, y1, x2, y2, color });
    // In units of the plot a cell is as wide as it is high twice over.
    let unit_x = (plot.horizontal[1] - plot.horizontal[0]) / (f64::from(plot.width.max(1)) / 2.0);
    let unit_y = (plot.vertical[1] - plot.vertical[0]) / f64::from(plot.height.max(1));
    let (dx, dy) = ((x1 - x2) / unit_x, (y1 - y2) / unit_y);
    let length = dx.hypot(dy);
    if length < 1e-9 {
        return;
    }
    for turn in [0.5_f64, -0.5] {
        let (sin, cos) = turn.sin_cos();
        let (sx, sy) = ((dx * cos - dy * sin) / length, (dx * sin + dy * cos) / length);
        context.draw(&Line { x1: x2, y1: y2, x2: x2 + sx * unit_x, y2: y2 + sy * unit_y, color });
    }
}

fn colour(theme: &Theme, role: Role) -> Color {
    theme.style(role).fg.unwrap_or(Color::Reset)
}
