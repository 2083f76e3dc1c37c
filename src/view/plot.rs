//! Arrows between points, on two named features.

use super::At;
use super::Part;
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
            label: Line::of(arrow.label.get(canvas.language).as_str(), Role::Strong),
        })
        .collect();
    let range = |axis: usize| {
        let ends = arrows.iter().flat_map(|arrow| [arrow.from[axis], arrow.to[axis]]);
        let (low, high) = ends
            .filter(|end| end.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let margin = ((high - low) * 0.15).max(0.5);
        [low - margin, high + margin]
    };
    let (horizontal, vertical) = (range(0), range(1));
    PlotView {
        at: At::default(),
        width: size.width,
        height: size.height,
        axes: [0, 1].map(|axis| Line::of(plot.axes[axis].as_str(), Role::Header)),
        horizontal,
        vertical,
        arrows,
    }
}
