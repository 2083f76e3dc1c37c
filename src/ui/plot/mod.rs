//! Arrows between points, drawn with braille dots or, in ASCII, with stars.

mod labels;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Context, Line};

use self::labels::{Board, Place, Side, Spot};
use super::theme::Theme;
use crate::view::glyphs::Glyphs;
use crate::view::text::{self, Role, cells};
use crate::view::{ArrowView, PlotView, PointLabel, Stands, StartView};

/// The roles of the arrows in turn, so that they can be told apart by colour as well as by their labels.
const ROLES: [Role; 6] = [Role::Queries, Role::Keys, Role::Values, Role::Pattern, Role::Output, Role::Scores];

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
    let paint = |draw: &dyn Fn(&mut Context<'_>), buffer: &mut Buffer| {
        let canvas = Canvas::default().marker(marker).background_color(ground).paint(|context| draw(context));
        canvas.x_bounds(plot.horizontal).y_bounds(plot.vertical).render(area, buffer);
    };
    let axes = |context: &mut Context<'_>| draw_axes(context, plot, colour(theme, Role::Border));
    let arrows = |context: &mut Context<'_>| draw_arrows(context, plot, theme);
    let both = |context: &mut Context<'_>| {
        axes(context);
        context.layer();
        arrows(context);
    };
    paint(&both, buffer);
    let (mut axes_alone, mut arrows_alone) = (Buffer::empty(area), Buffer::empty(area));
    paint(&axes, &mut axes_alone);
    paint(&arrows, &mut arrows_alone);
    let starts = plot.start.iter().map(|start| start.at);
    let points = plot.arrows.iter().map(|arrow| arrow.to).chain(starts);
    let points = points.map(|point| spot(plot, area, point)).collect();
    let board = Board::of(area, &axes_alone, &arrows_alone, points);
    Writing { board, area, plot, buffer }.write(theme);
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

/// The words of a plot on their way onto the screen.
struct Writing<'a> {
    board: Board,
    area: Rect,
    plot: &'a PlotView,
    buffer: &'a mut Buffer,
}

impl Writing<'_> {
    /// Writes what has the fewest places first, so that the rest can make way for it.
    fn write(&mut self, theme: &Theme) {
        let plot = self.plot;
        let [horizontal, vertical] = &plot.axes;
        let origin = spot(plot, self.area, [0.0, 0.0]);
        let header = theme.style(Role::Header);
        self.put(&[horizontal], header, |board, width| board.at_right_end(origin.y, width));
        self.put(&[vertical], header, |_, width| Board::at_top(origin.x, width));
        if let Some(note) = &plot.note {
            self.put(&[note], theme.style(Role::Note), Board::corners);
        }
        for (arrow, role) in plot.arrows.iter().zip(ROLES.into_iter().cycle()) {
            // The label stands beyond the tip, on the side that the arrow points to.
            let side = if arrow.to[0] < arrow.from[0] { Side::Left } else { Side::Right };
            self.label(&arrow.label, arrow.to, side, theme.style(role));
        }
        if let Some(StartView { at, label, stands }) = &plot.start {
            let side = match stands {
                Stands::Above => Side::Above,
                Stands::Right => Side::Right,
            };
            self.label(label, *at, side, theme.style(Role::Strong));
        }
    }

    fn label(&mut self, label: &PointLabel, at: [f64; 2], side: Side, style: Style) {
        let point = spot(self.plot, self.area, at);
        self.put(&[&label.whole(), &label.name], style, |board, width| board.around(point, side, width));
    }

    /// Writes the fullest of these texts that has a free place.
    fn put(&mut self, texts: &[&text::Line], style: Style, spots: impl Fn(&Board, i32) -> Vec<Place>) {
        let widths: Vec<u16> = texts.iter().map(|text| text.width() as u16).collect();
        let Some((index, Spot { x, y })) = self.board.settle(&widths, spots) else { return };
        let (x, y) = (self.area.x + x as u16, self.area.y + y as u16);
        self.buffer.set_string(x, y, texts[index].text(), style);
    }
}

/// The cell of a point of the plot.
fn spot(plot: &PlotView, area: Rect, [x, y]: [f64; 2]) -> Spot {
    let share = |value: f64, [low, high]: [f64; 2]| (value - low) / (high - low);
    // A cell holds two dots across and four down.
    let cell = |share: f64, cells: u16, dots: u16| {
        let last = f64::from(cells * dots - 1);
        (share * last).round() as i32 / i32::from(dots)
    };
    Spot {
        x: cell(share(x, plot.horizontal), area.width, 2),
        y: cell(1.0 - share(y, plot.vertical), area.height, 4),
    }
}

fn draw_axes(context: &mut Context<'_>, plot: &PlotView, color: Color) {
    let ([left, right], [bottom, top]) = (plot.horizontal, plot.vertical);
    context.draw(&Line { x1: left, y1: 0.0, x2: right, y2: 0.0, color });
    context.draw(&Line { x1: 0.0, y1: bottom, x2: 0.0, y2: top, color });
}

fn draw_arrows(context: &mut Context<'_>, plot: &PlotView, theme: &Theme) {
    for (arrow, role) in plot.arrows.iter().zip(ROLES.into_iter().cycle()) {
        draw_arrow(context, arrow, plot, colour(theme, role));
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
