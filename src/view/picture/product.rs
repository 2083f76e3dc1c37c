//! The drawing of a product: one operand to the left, the other above, so that the row and the column that make a cell
//! meet in it.

use super::super::grid::{Density, Drawn, Measure};
use super::super::{At, Part};
use super::pane::{self, Window};
use super::{Canvas, Drawing, Room};

/// The blanks between the left operand and the result.
const GAP: u16 = 3;

/// Draws `result = left · top`.
pub(super) fn draw(canvas: &Canvas<'_>, left: Drawn, top: Drawn, result: Drawn, density: Density) -> Drawing {
    let measure = |drawn| Measure::new(canvas.trace, drawn, density, (canvas.glyphs, canvas.language));
    let (left_measure, mut top_measure, mut result_measure) = (measure(left), measure(top), measure(result));
    // The columns of the upper operand stand on those of the result.
    let shared = top_measure.cell_width.max(result_measure.cell_width);
    (top_measure.cell_width, result_measure.cell_width) = (shared, shared);
    let whole = |drawn| Window::whole(canvas, drawn);
    let (left_window, top_window, result_window) = (whole(left), whole(top), whole(result));
    let left_cells = pane::cells_size(&left_measure, &left_window);
    let top_cells = pane::cells_size(&top_measure, &top_window);

    let left_x = left_measure.header_width;
    let right_x = (left_x + left_cells.width + GAP).max(top_measure.header_width);
    let top_y = 1;
    let titles_y = top_y + top_cells.height;
    let headers_y = titles_y + 1;
    let rows_y = headers_y + 1;
    let at = |x, y| At { x, y };

    let top_title = pane::title(canvas, top, &top_window, u16::MAX);
    let result_title = pane::title(canvas, result, &result_window, u16::MAX);
    let left_title = pane::title(canvas, left, &left_window, right_x.saturating_sub(2));
    let width = top_cells.width.max(top_title.width() as u16).max(result_title.width() as u16);
    let size = Room { width: right_x + width, height: rows_y + left_cells.height };

    let mut parts = vec![
        Part::Text(at(right_x, 0), top_title),
        Part::Text(at(0, titles_y), left_title),
        Part::Text(at(right_x, titles_y), result_title),
        pane::column_headers(canvas, &left_measure, &left_window, at(left_x, headers_y)),
        pane::column_headers(canvas, &result_measure, &result_window, at(right_x, headers_y)),
        pane::grid(canvas, &top_measure, &top_window, at(right_x, top_y)),
        pane::grid(canvas, &left_measure, &left_window, at(left_x, rows_y)),
        pane::grid(canvas, &result_measure, &result_window, at(right_x, rows_y)),
    ];
    let top_headers = at(right_x - top_measure.header_width, top_y);
    parts.extend(pane::row_headers(canvas, &top_measure, &top_window, top_headers));
    parts.extend(pane::row_headers(canvas, &left_measure, &left_window, at(0, rows_y)));
    Drawing { parts, size }
}
