//! Arrows between points, on two named features.

use super::At;
use super::Part;
use super::number::{Format, Precision};
use super::picture::{self, Canvas, Drawing, Room};
use super::text::{Line, Role};
use crate::graph::{Cell, NodeId};
use crate::lesson::{Plot, Point};

/// A plot with its place on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct PlotView {
    /// The upper left cell of the screen.
    pub at: At,
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
    /// The names of the features: to the right, and up.
    pub axes: [Line; 2],
    /// What is seen of the first feature, from the smallest to the largest.
    pub horizontal: [f64; 2],
    /// What is seen of the second feature.
    pub vertical: [f64; 2],
    /// The arrows.
    pub arrows: Vec<ArrowView>,
    /// The point at which all of them start, where there is one, and its name.
    pub start: Option<([f64; 2], Line)>,
}

impl PlotView {
    /// An arrow in words: `(x, y)  mole (−2, 1) → animal (−1, −1.50)`.
    pub fn describe(&self, arrow: &ArrowView) -> String {
        let [horizontal, vertical] = &self.axes;
        let (horizontal, vertical) = (horizontal.text(), vertical.text());
        let start = self.start.as_ref().map_or_else(
            || format!("({:.2}, {:.2}) → ", arrow.from[0], arrow.from[1]),
            |(_, label)| label.text() + " → ",
        );
        format!("({horizontal}, {vertical})  {start}{}", arrow.label.text())
    }
}

/// An arrow of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct ArrowView {
    /// Where it starts, in features.
    pub from: [f64; 2],
    /// Where it ends.
    pub to: [f64; 2],
    /// What stands at its end.
    pub label: Line,
}

/// The narrowest plot that can be read.
const NARROWEST: u16 = 34;

/// The widest plot; beyond it arrows only grow.
const WIDEST: u16 = 76;

/// The matrices with the plot to their right, or the plot alone where there is no room for both.
pub(super) fn beside(canvas: &Canvas<'_>, nodes: &[NodeId], plot: &Plot, room: Room) -> Drawing {
    let left_room = Room { width: room.width.saturating_sub(NARROWEST + 3), height: room.height };
    let mut drawing = Drawing::default();
    if !nodes.is_empty() && left_room.width > 20 {
        let left = picture::draw(canvas, nodes, left_room);
        if left.size.width <= left_room.width && left.size.height <= left_room.height {
            drawing.place(left, At::default());
        }
    }
    let x = if drawing.size.width == 0 { 0 } else { drawing.size.width + 3 };
    let width = (room.width - x).min(WIDEST);
    let height = room.height.min(width / 2).max(drawing.size.height.min(room.height));
    let part = Part::Plot(view(canvas, plot, Room { width, height }));
    drawing.place(Drawing { parts: vec![part], size: Room { width, height } }, At { x, y: 0 });
    drawing
}

/// What is seen of a feature: all ends of arrows, and beyond them so many of the `cells` that there are.
fn range(arrows: &[ArrowView], axis: usize, beyond: [f64; 2], cells: f64) -> [f64; 2] {
    let ends =
        arrows.iter().flat_map(|arrow| [arrow.from[axis], arrow.to[axis]]).filter(|end| end.is_finite());
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
    let inner = (cells - beyond[0] - beyond[1]).max(cells / 4.0);
    let unit = (high - low).max(1e-9) / inner;
    [low - beyond[0] * unit, high + beyond[1] * unit]
}

/// ` (−2, 1)`
fn coordinates(canvas: &Canvas<'_>, point: [f64; 2]) -> String {
    let number = |value: f64| {
        Format::for_values([value], Precision::new(canvas.decimals), canvas.glyphs).number(value)
    };
    format!(" ({}, {})", number(point[0]), number(point[1]))
}

fn view(canvas: &Canvas<'_>, plot: &Plot, size: Room) -> PlotView {
    let point = |Point { node, row, columns }: Point| {
        columns.map(|column| canvas.trace.cell(Cell { node, row, column }))
    };
    let arrows: Vec<_> = plot
        .arrows
        .iter()
        .map(|arrow| ArrowView {
            from: point(arrow.from),
            to: point(arrow.to),
            label: Line::of(arrow.label.get(canvas.language).as_str(), Role::Strong)
                .with(&coordinates(canvas, point(arrow.to)), Role::Muted)
                .plain(canvas.glyphs),
        })
        .collect();
    let start = plot.arrows.first().map(|arrow| arrow.from).filter(|from| {
        let bits = |point: [f64; 2]| point.map(f64::to_bits);
        let from = bits(point(*from));
        arrows.iter().all(|arrow| bits(arrow.from) == from)
    });
    let start = start.map(|from| {
        let name = canvas.trace.node(from.node).shape.rows.label(from.row);
        let label = Line::of(name, Role::Strong).with(&coordinates(canvas, point(from)), Role::Muted);
        (point(from), label.plain(canvas.glyphs))
    });
    let label = |left: bool| {
        let pointing = arrows.iter().filter(|arrow| (arrow.to[0] < arrow.from[0]) == left);
        pointing.map(|arrow| arrow.label.width() + 4).max().unwrap_or(4) as f64
    };
    let horizontal = range(&arrows, 0, [label(true), label(false)], f64::from(size.width));
    let vertical = range(&arrows, 1, [1.5, 3.0], f64::from(size.height));
    PlotView {
        at: At::default(),
        width: size.width,
        height: size.height,
        axes: [0, 1].map(|axis| Line::of(plot.axes[axis].as_str(), Role::Header)),
        horizontal,
        vertical,
        arrows,
        start,
    }
}
