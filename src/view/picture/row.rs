//! Matrices side by side, or one below the other.

use super::super::grid::{Density, Drawn, Measure};
use super::super::text::{Line, Role, cells};
use super::super::{At, Part};
use super::pane::{self, Window};
use super::{Canvas, Drawing, Room};
use crate::graph::NodeId;

/// The blanks between two matrices.
const GAP: u16 = 3;

/// Whether this many cells can fit at all, so that a drawing far larger than the screen is never begun.
pub(super) fn natural_size_within(
    canvas: &Canvas<'_>,
    nodes: &[NodeId],
    density: Density,
    room: Room,
) -> bool {
    // Across or down, all cells together take no more than the room has.
    let mut area = 0_usize;
    nodes.iter().all(|node| {
        let cells = canvas.cells(canvas.drawn(*node), density);
        area += usize::from(cells.width) * usize::from(cells.height);
        room.holds(cells) && area <= usize::from(room.width) * usize::from(room.height)
    })
}

/// All matrices whole: side by side, or below each other where that is too wide.
pub(super) fn draw_natural(canvas: &Canvas<'_>, nodes: &[NodeId], density: Density, room: Room) -> Drawing {
    let panes: Vec<_> = nodes.iter().map(|node| whole(canvas, canvas.drawn(*node), density)).collect();
    let across = panes.iter().map(|pane| pane.size.width + GAP).sum::<u16>().saturating_sub(GAP);
    let mut drawing = Drawing::default();
    for pane in panes {
        let at = if across <= room.width {
            At { x: next(drawing.size.width, GAP), y: 0 }
        } else {
            At { x: 0, y: next(drawing.size.height, 1) }
        };
        drawing.place(pane, at);
    }
    drawing
}

/// A window on each matrix, side by side while they stay wide enough to be read, else below each other. Numbers have as
/// much room as leaves all columns seen, else the last of these.
pub(super) fn draw_windows(
    canvas: &Canvas<'_>,
    nodes: &[NodeId],
    densities: &[Density],
    room: Room,
) -> Drawing {
    let count = nodes.len().max(1) as u16;
    let across = (room.width + GAP) / count;
    let side_by_side = across.saturating_sub(GAP) >= 24 || room.height / count < 4;
    let each = if side_by_side {
        Room { width: across.saturating_sub(GAP).max(1), height: room.height }
    } else {
        Room { width: room.width, height: (room.height / count).saturating_sub(1) }
    };
    let mut drawing = Drawing::default();
    for node in nodes {
        let pane = window(canvas, canvas.drawn(*node), densities, each);
        let at = if side_by_side {
            At { x: next(drawing.size.width, GAP), y: 0 }
        } else {
            At { x: 0, y: next(drawing.size.height, 1) }
        };
        if at.x < room.width && at.y < room.height {
            drawing.place(pane, at);
        }
    }
    drawing
}

/// A window on a matrix in a row of them, and what stands before it.
pub(super) struct Pane {
    /// A sign between it and the matrix before.
    pub(super) before: String,
    pub(super) drawn: Drawn,
    pub(super) window: Window,
}

impl Pane {
    /// All of a matrix.
    pub(super) fn whole(canvas: &Canvas<'_>, before: String, drawn: Drawn) -> Self {
        Self { before, drawn, window: Window::whole(canvas, drawn) }
    }
}

/// Operands, then the result, with signs between them.
pub(super) fn beside(canvas: &Canvas<'_>, operands: &[Drawn], sign: &str, result: Drawn) -> Vec<Pane> {
    let before = |index| if index == 0 { String::new() } else { sign.to_owned() };
    let operands =
        operands.iter().enumerate().map(|(index, drawn)| Pane::whole(canvas, before(index), *drawn));
    operands.chain([Pane::whole(canvas, canvas.glyphs.right().to_owned(), result)]).collect()
}

/// Matrices side by side; one that would end beyond the width begins a new line.
pub(super) fn draw_beside(canvas: &Canvas<'_>, panes: &[Pane], density: Density, width: u16) -> Drawing {
    let mut drawing = Drawing::default();
    let mut line = Drawing::default();
    let mut previous: Option<Drawn> = None;
    for Pane { before, drawn, window } in panes {
        let same_rows = previous.is_some_and(|previous| same_rows(canvas, previous, *drawn));
        let measure = Measure::new(canvas.trace, *drawn, density, (canvas.glyphs, canvas.language));
        let pane = |headers| pane(canvas, &measure, window, headers, None);
        let signs = cells(before) as u16;
        let mut own = pane(if same_rows { Headers::ColumnsOnly } else { Headers::Both });
        let mut x = if previous.is_none() { 0 } else { line.size.width + GAP + signs - 1 };
        if previous.is_some() && x.saturating_add(own.size.width) > width {
            drawing.place(std::mem::take(&mut line), At { x: 0, y: next(drawing.size.height, 1) });
            own = pane(Headers::Both);
            x = if signs == 0 { 0 } else { signs + 1 };
        }
        if !before.is_empty() {
            let height = if line.size.height > 0 { line.size.height } else { own.size.height };
            let middle = At { x: x - signs - 1, y: 2 + height.saturating_sub(2) / 2 };
            line.parts.push(Part::Text(middle, Line::of(before.as_str(), Role::Muted)));
        }
        line.place(own, At { x, y: 0 });
        previous = Some(*drawn);
    }
    drawing.place(line, At { x: 0, y: next(drawing.size.height, 1) });
    drawing
}

fn same_rows(canvas: &Canvas<'_>, one: Drawn, other: Drawn) -> bool {
    one.rows(canvas.trace) == other.rows(canvas.trace)
}

/// Where the next drawing begins: at the edge, or after a gap.
const fn next(used: u16, gap: u16) -> u16 {
    if used == 0 { 0 } else { used + gap }
}

/// Which headers a matrix has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Headers {
    Both,
    /// The rows are those of the matrix before it.
    ColumnsOnly,
}

fn whole(canvas: &Canvas<'_>, drawn: Drawn, density: Density) -> Drawing {
    let measure = Measure::new(canvas.trace, drawn, density, (canvas.glyphs, canvas.language));
    pane(canvas, &measure, &Window::whole(canvas, drawn), Headers::Both, None)
}

fn window(canvas: &Canvas<'_>, drawn: Drawn, densities: &[Density], room: Room) -> Drawing {
    let measure = |density| Measure::new(canvas.trace, drawn, density, (canvas.glyphs, canvas.language));
    let seen = |measure: &Measure| room.width.saturating_sub(measure.header_width) / measure.cell_width;
    let all = |measure: &Measure| usize::from(seen(measure)) >= drawn.columns(canvas.trace).size();
    // Numbers stand close where that shows more columns; else their headers have the room that they ask for.
    let closest = || measure(*densities.last().expect("numbers can always stand close"));
    let measure = densities.iter().copied().map(measure).find(all).unwrap_or_else(closest);
    let rows = usize::from(room.height.saturating_sub(2));
    let columns = usize::from(seen(&measure));
    let window = Window::around(canvas, drawn, rows, columns);
    pane(canvas, &measure, &window, Headers::Both, Some(room.width))
}

/// A matrix with its title and headers; `most` is the width that the title must keep to, where there is one.
fn pane(
    canvas: &Canvas<'_>,
    measure: &Measure,
    window: &Window,
    headers: Headers,
    most: Option<u16>,
) -> Drawing {
    let cells_x = match headers {
        Headers::Both => measure.header_width,
        Headers::ColumnsOnly => 0,
    };
    let cells = pane::cells_size(measure, window);
    let cells_width = cells_x + cells.width;
    // A title may be wider than its matrix by a little: the name and the size are always read.
    let title_width = most.unwrap_or_else(|| cells_width.max(cells_x + 22));
    let title = pane::title(canvas, measure.drawn, window, title_width);
    let size = Room { width: cells_width.max(title.width() as u16), height: 2 + cells.height };
    let at = |x, y| At { x, y };
    let mut parts = vec![
        Part::Text(at(0, 0), title),
        pane::column_headers(canvas, measure, window, at(cells_x, 1)),
        pane::grid(canvas, measure, window, at(cells_x, 2)),
    ];
    match headers {
        Headers::Both => parts.extend(pane::row_headers(canvas, measure, window, at(0, 2))),
        Headers::ColumnsOnly => {}
    }
    Drawing { parts, size }
}
