//! Arrows between points, on two named features.

use super::At;
use super::Part;
use super::number::{Format, Precision};
use super::picture::{self, Canvas, Drawing, Room};
use super::text::{Line, Role};
use crate::both;
use crate::graph::{Cell, NodeId};
use crate::language::{Words, words};
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
    /// The point at which all of them start, where there is one.
    pub start: Option<StartView>,
    /// What is to be known about the scales, where there is something.
    pub note: Option<Line>,
}

impl PlotView {
    /// An arrow in words: `(x, y)  mole (−2, 1) → animal (−1, −1.50)`.
    pub fn describe(&self, arrow: &ArrowView) -> String {
        let [horizontal, vertical] = &self.axes;
        let (horizontal, vertical) = (horizontal.text(), vertical.text());
        let start = self.start.as_ref().map_or_else(
            || format!("({:.2}, {:.2}) → ", arrow.from[0], arrow.from[1]),
            |start| start.label.whole().text() + " → ",
        );
        format!("({horizontal}, {vertical})  {start}{}", arrow.label.whole().text())
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
    pub label: PointLabel,
}

/// What stands at a point.
#[derive(Debug, Clone, PartialEq)]
pub struct PointLabel {
    /// What the point is called.
    pub name: Line,
    /// Where it is, with the blank before it; left out where there is no room.
    pub place: Line,
}

impl PointLabel {
    /// The name and where the point is.
    pub fn whole(&self) -> Line {
        let mut whole = self.name.clone();
        whole.append(&self.place);
        whole
    }

    fn width(&self) -> usize {
        self.name.width() + self.place.width()
    }
}

/// The point at which all arrows start.
#[derive(Debug, Clone, PartialEq)]
pub struct StartView {
    /// Where it is, in features.
    pub at: [f64; 2],
    /// Its name.
    pub label: PointLabel,
    /// Where the name stands.
    pub stands: Stands,
}

/// Where the name of a point stands, seen from the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Above it.
    Above,
    /// To the right of it, where no arrow goes.
    Right,
}

/// The narrowest plot that can be read.
const NARROWEST: u16 = 34;

/// A plot of fewer lines is low.
const LOW: u16 = 9;

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

/// What there is of a feature along one side of a plot.
struct Extent {
    /// The smallest and the largest end of an arrow, 0 among them.
    ends: [f64; 2],
    /// The cells before and after them that labels ask for.
    beyond: [f64; 2],
    /// All cells of the side.
    cells: f64,
}

impl Extent {
    fn of(arrows: &[ArrowView], axis: usize, beyond: [f64; 2], cells: f64) -> Self {
        let ends = arrows.iter().flat_map(|arrow| [arrow.from[axis], arrow.to[axis]]);
        let ends = ends.filter(|end| end.is_finite());
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        // However long they are, labels leave a quarter to the arrows.
        let most = 0.75 * cells / (beyond[0] + beyond[1]);
        Self { ends: [low, high], beyond: beyond.map(|cells| cells * most.min(1.0)), cells }
    }

    /// The least that a cell stands for.
    fn unit(&self) -> f64 {
        let inner = self.cells - self.beyond[0] - self.beyond[1];
        (self.ends[1] - self.ends[0]).max(1e-9) / inner
    }

    /// What is seen where a cell stands for so much, with what is to spare on both sides alike.
    fn range(&self, unit: f64) -> [f64; 2] {
        let used = self.ends[1] - self.ends[0] + (self.beyond[0] + self.beyond[1]) * unit;
        let spare = (self.cells * unit - used).max(0.0) / 2.0;
        [self.ends[0] - self.beyond[0] * unit - spare, self.ends[1] + self.beyond[1] * unit + spare]
    }
}

/// A cell of the screen is about so many times as high as it is wide.
const TALL: f64 = 2.0;

/// Beyond so many times the other, the smaller of two features would hardly be seen in the same scale.
const MOST_UNLIKE: f64 = 8.0;

/// What is seen of both features: in one scale, so that angles and circles are what they are, and what is to be said where
/// that cannot be.
fn ranges(across: &Extent, up: &Extent) -> ([f64; 2], [f64; 2], Option<Words>) {
    let (wide, high) = (across.unit(), up.unit() / TALL);
    let flat = |extent: &Extent| extent.ends[0].total_cmp(&extent.ends[1]).is_eq();
    if wide.max(high) > MOST_UNLIKE * wide.min(high) && !flat(across) && !flat(up) {
        let note = words("the axes differ in scale", "两轴比例不同");
        return (across.range(across.unit()), up.range(up.unit()), Some(note));
    }
    let unit = wide.max(high);
    (across.range(unit), up.range(unit * TALL), None)
}

/// `mole (−2, 1)`
fn label(canvas: &Canvas<'_>, name: &str, point: [f64; 2]) -> PointLabel {
    let number = |value: f64| {
        Format::for_values([value], Precision::new(canvas.decimals), canvas.glyphs).number(value)
    };
    let place = format!(" ({}, {})", number(point[0]), number(point[1]));
    PointLabel {
        name: Line::of(name, Role::Strong).plain(canvas.glyphs),
        place: Line::of(place, Role::Muted).plain(canvas.glyphs),
    }
}

/// The name of a feature; a number alone would be read as one of the plot.
fn feature(canvas: &Canvas<'_>, name: &str) -> Line {
    let numbered = both!("feature {name}", "第 {name} 维");
    let is_number = name.parse::<u32>().is_ok();
    let name = if is_number { numbered.get(canvas.language).as_str() } else { name };
    Line::of(name, Role::Header).plain(canvas.glyphs)
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
            label: label(canvas, arrow.label.get(canvas.language), point(arrow.to)),
        })
        .collect();
    let start = plot.arrows.first().map(|arrow| arrow.from).filter(|from| {
        let bits = |point: [f64; 2]| point.map(f64::to_bits);
        let from = bits(point(*from));
        arrows.iter().all(|arrow| bits(arrow.from) == from)
    });
    let start = start.map(|from| {
        let name = canvas.trace.node(from.node).shape.rows.label(from.row);
        let leftwards = arrows.iter().all(|arrow| arrow.to[0] < arrow.from[0]);
        let stands = if leftwards { Stands::Right } else { Stands::Above };
        StartView { at: point(from), label: label(canvas, name, point(from)), stands }
    });
    let right = start.iter().filter(|start| start.stands == Stands::Right).map(|start| start.label.width());
    let right = right.max().unwrap_or(0);
    let labels = |left: bool| {
        let pointing = arrows.iter().filter(|arrow| (arrow.to[0] < arrow.from[0]) == left);
        let own = if left { 0 } else { right };
        pointing.map(|arrow| arrow.label.width()).chain([own]).max().map_or(4.0, |width| (width + 4) as f64)
    };
    // In a low plot the arrows need the lines themselves.
    let above_and_below = if size.height < LOW { [0.5, 1.5] } else { [1.5, 3.0] };
    let across = Extent::of(&arrows, 0, [labels(true), labels(false)], f64::from(size.width));
    let up = Extent::of(&arrows, 1, above_and_below, f64::from(size.height));
    let (horizontal, vertical, note) = ranges(&across, &up);
    PlotView {
        at: At::default(),
        width: size.width,
        height: size.height,
        axes: [0, 1].map(|axis| feature(canvas, &plot.axes[axis])),
        horizontal,
        vertical,
        arrows,
        start,
        note: note.map(|note| Line::of(*note.get(canvas.language), Role::Note)),
    }
}
