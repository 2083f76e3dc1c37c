//! The drawing of a product: one operand to the left, the other above, so that the row and the column that make a cell
//! meet in it.

use super::super::grid::{Density, Drawn, Measure};
use super::super::{At, Part};
use super::pane::{self, Window};
use super::{Canvas, Drawing, Room};

/// The blanks between the left operand and the result.
pub(super) const GAP: u16 = 3;

/// The lines of titles and headers.
pub(super) const LINES: u16 = 3;

/// What is multiplied, and what comes of it, as drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Factors {
    /// To the left of the result, row by row.
    pub(super) left: Drawn,
    /// Above the result, column by column.
    pub(super) top: Drawn,
    /// The result.
    pub(super) result: Drawn,
}

/// The measures of left, top and result: the columns of the upper operand stand on those of the result.
pub(super) fn measures(canvas: &Canvas<'_>, factors: Factors, density: Density) -> [Measure; 3] {
    let measure = |drawn| Measure::new(canvas.trace, drawn, density, (canvas.glyphs, canvas.language));
    let Factors { left, top, result } = factors;
    let [left, mut top, mut result] = [left, top, result].map(measure);
    let shared = top.cell_width.max(result.cell_width);
    (top.cell_width, result.cell_width) = (shared, shared);
    [left, top, result]
}

/// Draws windows on left, top and result; titles keep to the width.
pub(super) fn draw(
    canvas: &Canvas<'_>,
    measures: &[Measure; 3],
    windows: &[Window; 3],
    width: u16,
) -> Drawing {
    let [left, top, result] = measures;
    let [left_window, top_window, result_window] = windows;
    let left_cells = pane::cells_size(left, left_window);
    let top_cells = pane::cells_size(top, top_window);

    let left_x = left.header_width;
    let right_x = (left_x + left_cells.width + GAP).max(top.header_width);
    let top_y = 1;
    let titles_y = top_y + top_cells.height;
    let headers_y = titles_y + 1;
    let rows_y = headers_y + 1;
    let at = |x, y| At { x, y };

    let right_width = width.saturating_sub(right_x);
    let top_title = pane::title(canvas, top.drawn, top_window, right_width);
    let result_title = pane::title(canvas, result.drawn, result_window, right_width);
    let left_title = pane::title(canvas, left.drawn, left_window, right_x.saturating_sub(2));
    let width = top_cells.width.max(top_title.width() as u16).max(result_title.width() as u16);
    let size = Room { width: right_x + width, height: rows_y + left_cells.height };

    let mut parts = vec![
        Part::Text(at(right_x, 0), top_title),
        Part::Text(at(0, titles_y), left_title),
        Part::Text(at(right_x, titles_y), result_title),
        pane::column_headers(canvas, left, left_window, at(left_x, headers_y)),
        pane::column_headers(canvas, result, result_window, at(right_x, headers_y)),
        pane::grid(canvas, top, top_window, at(right_x, top_y)),
        pane::grid(canvas, left, left_window, at(left_x, rows_y)),
        pane::grid(canvas, result, result_window, at(right_x, rows_y)),
    ];
    parts.extend(pane::row_headers(canvas, top, top_window, at(right_x - top.header_width, top_y)));
    parts.extend(pane::row_headers(canvas, left, left_window, at(0, rows_y)));
    Drawing { parts, size }
}
