//! The pieces of a drawing: the title of a matrix, its headers and a window of its cells.

use std::ops::Range;

use super::super::grid::{Drawn, GridView, Measure, Turn};
use super::super::names;
use super::super::text::{Line, Role};
use super::super::{At, Part};
use super::{Canvas, Room};
use crate::graph::Cell;
use crate::language::words;

/// Which part of a matrix is seen.
#[derive(Debug, Clone)]
pub(super) struct Window {
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
}

impl Window {
    /// All of it.
    pub(super) fn whole(canvas: &Canvas<'_>, drawn: Drawn) -> Self {
        let (rows, columns) = (drawn.rows(canvas.trace).size(), drawn.columns(canvas.trace).size());
        Self { rows: 0..rows, columns: 0..columns }
    }

    /// As much as fits into so many rows and columns, around what is looked at.
    pub(super) fn around(canvas: &Canvas<'_>, drawn: Drawn, rows: usize, columns: usize) -> Self {
        let (row, column) = canvas.lit.anchor(drawn.node).unwrap_or((0, 0));
        let (row, column) = drawn.position(Cell { node: drawn.node, row, column });
        let scroll = canvas.walk.scroll;
        let (shown_row, shown_column) = drawn.turned(canvas.lit.must_show());
        let part = |size: usize, room: usize, at: usize, shown: Option<usize>, scroll: i32| {
            let Range { start, end } = part(size, room, at);
            let room = end - start;
            // The window stands still until what is uncovered next would be outside of it.
            let start = shown.map_or(start, |shown| start.clamp((shown + 1).saturating_sub(room), shown));
            let start = start.saturating_add_signed(scroll as isize).min(size - room);
            start..start + room
        };
        Self {
            rows: part(drawn.rows(canvas.trace).size(), rows, row, shown_row, scroll.0),
            columns: part(drawn.columns(canvas.trace).size(), columns, column, shown_column, scroll.1),
        }
    }
}

/// As many of so many rows or columns as there is room for, around one of them.
pub(super) fn part(size: usize, room: usize, around: usize) -> Range<usize> {
    let room = room.clamp(1, size.max(1)).min(size);
    let start = around.saturating_sub(room / 2).min(size - room);
    start..start + room
}

/// The title of a matrix: its name, what it is, its size and which way to read it, as far as there is room.
pub(super) fn title(canvas: &Canvas<'_>, drawn: Drawn, window: &Window, width: u16) -> Line {
    let node = canvas.trace.node(drawn.node);
    let mut name = names::matrix(canvas.trace, drawn.node);
    if drawn.turn != canvas.drawn(drawn.node).turn {
        name.push(canvas.glyphs.transpose(), names::role_of(node.part));
    }
    let (rows, columns) = (drawn.rows(canvas.trace).size(), drawn.columns(canvas.trace).size());
    let size = format!(" {rows}×{columns}");
    let what = names::words_of(node.part)
        // English words that only repeat the name are left out.
        .filter(|words| !words.get(canvas.language).contains(names::family(canvas.trace, drawn.node)));
    let what = what.map(|words| format!("  {}", words.get(canvas.language)));
    let reading = if node.part.is_query_by_key() { direction(canvas, drawn.turn) } else { String::new() };
    let mut full = name.clone().with(&size, Role::Muted);
    if let Some(what) = what {
        full.push(&what, Role::Muted);
    }
    full.push(&reading, Role::Header);
    let middle = name.clone().with(&size, Role::Muted).with(&reading, Role::Header);
    let short = name.clone().with(&size, Role::Muted);
    let in_words = seen(
        window,
        rows,
        columns,
        [words("  rows ", "  行 "), words("  columns ", "  列 ")].map(|words| *words.get(canvas.language)),
    );
    let [down, across] = [canvas.glyphs.down(), canvas.glyphs.right()].map(|arrow| format!(" {arrow}"));
    let by_arrows = seen(window, rows, columns, [&down, &across]);
    let candidates = [full, middle, short].map(|line| line.with(&in_words, Role::Warning));
    let shortest = name.clone().with(&by_arrows, Role::Warning);
    let fitting = candidates.into_iter().chain([shortest]).find(|line| line.width() <= usize::from(width));
    fitting.unwrap_or_else(|| name.truncate(usize::from(width), canvas.glyphs))
}

fn direction(canvas: &Canvas<'_>, turn: Turn) -> String {
    let query = words("query", "查询");
    let key = words("key", "键");
    let (down, across) = match turn {
        Turn::Stored => (query, key),
        Turn::Turned => (key, query),
    };
    let (down, across) = (down.get(canvas.language), across.get(canvas.language));
    format!("  {down} {}  {across} {}", canvas.glyphs.down(), canvas.glyphs.right())
}

/// Says which rows and columns are seen where that is not all, each after its own mark.
fn seen(window: &Window, rows: usize, columns: usize, marks: [&str; 2]) -> String {
    let part = |range: &Range<usize>, size: usize, mark: &str| {
        (range.len() < size).then(|| format!("{mark}{}–{}/{size}", range.start + 1, range.end))
    };
    [part(&window.rows, rows, marks[0]), part(&window.columns, columns, marks[1])]
        .into_iter()
        .flatten()
        .collect()
}

/// The cells of a window.
pub(super) fn grid(canvas: &Canvas<'_>, measure: &Measure, window: &Window, at: At) -> Part {
    let row = |row: usize| {
        let cell = |column| measure.cell(canvas.trace, canvas.walk, &canvas.lit, row, column);
        window.columns.clone().map(cell).collect()
    };
    let rows = window.rows.clone().map(row).collect();
    Part::Grid(GridView { at, cell_width: measure.cell_width, rows })
}

/// The headers of the rows of a window, one line each.
pub(super) fn row_headers(canvas: &Canvas<'_>, measure: &Measure, window: &Window, at: At) -> Vec<Part> {
    let header = |(index, row): (usize, usize)| {
        let line = measure.row_header(canvas.trace, row, Role::Header);
        Part::Text(At { x: at.x, y: at.y + index as u16 }, line)
    };
    window.rows.clone().enumerate().map(header).collect()
}

/// The headers of the columns of a window, in one line.
pub(super) fn column_headers(canvas: &Canvas<'_>, measure: &Measure, window: &Window, at: At) -> Part {
    let mut line = Line::new();
    for column in window.columns.clone() {
        line.append(&measure.column_header(canvas.trace, column, Role::Header));
    }
    Part::Text(at, line)
}

/// The size of a window's cells.
pub(super) fn cells_size(measure: &Measure, window: &Window) -> Room {
    let width = window.columns.len().saturating_mul(usize::from(measure.cell_width)).min(60_000);
    Room { width: width as u16, height: window.rows.len().min(60_000) as u16 }
}
