//! Matrices as grids of cells: digits, a sign for the magnitude, a role and a shade.

use super::At;
use super::labels::label;
use super::lit::Lit;
use super::number::{Format, Precision};
use super::text::{Align, Line, Role, cells};
use crate::app::{Glyphs, Walk};
use crate::graph::{Axis, Cell, NodeId, Part, Place, Shape, Trace};
use crate::language::Language;

/// The cells of a matrix, or a window of them, as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct GridView {
    /// The upper left cell of the screen.
    pub at: At,
    /// The width of each cell.
    pub cell_width: u16,
    /// Rows from above, cells from the left.
    pub rows: Vec<Vec<CellView>>,
}

/// One cell as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct CellView {
    /// What stands in it; with the sign it is as wide as the cell.
    pub text: String,
    /// A sign for its magnitude, after the text; one cell wide, or nothing where there is no room.
    pub sign: &'static str,
    /// What it is.
    pub role: Role,
    /// How it is shaded.
    pub shade: Shade,
    /// Which cell of the lesson it is.
    pub cell: Cell,
}

/// How a cell is shaded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shade {
    /// Not at all.
    None,
    /// From −1 to 1, as a part of the largest magnitude of the matrix.
    Signed(f64),
    /// From 0 to 1, as a share of a whole.
    Share(f64),
}

impl GridView {
    /// The place under a cell of the screen.
    pub fn place_at(&self, at: At) -> Option<Place> {
        let column = usize::from(at.x.checked_sub(self.at.x)? / self.cell_width.max(1));
        let row = usize::from(at.y.checked_sub(self.at.y)?);
        Some(Place::Cell(self.rows.get(row)?.get(column)?.cell))
    }
}

/// A matrix in the way it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The matrix.
    pub(super) node: NodeId,
    /// Which way round.
    pub(super) turn: Turn,
}

/// Which way round a matrix is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// As it is stored.
    Stored,
    /// Stored rows are drawn as columns.
    Turned,
}

impl Turn {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Stored => Self::Turned,
            Self::Turned => Self::Stored,
        }
    }
}

impl Drawn {
    /// The axis of the drawn rows.
    pub(super) fn rows(self, trace: &Trace) -> &Axis {
        let Shape { rows, columns } = &trace.node(self.node).shape;
        match self.turn {
            Turn::Stored => rows,
            Turn::Turned => columns,
        }
    }

    /// The axis of the drawn columns.
    pub(super) fn columns(self, trace: &Trace) -> &Axis {
        Self { turn: self.turn.other(), ..self }.rows(trace)
    }

    /// How wide the widest of the names of its columns is, as far as they are measured.
    pub(super) fn widest_column(self, trace: &Trace, language: Language) -> usize {
        widest(trace, self.node, self.columns(trace), language)
    }

    /// The cell at a drawn row and column.
    pub(super) const fn cell(self, row: usize, column: usize) -> Cell {
        match self.turn {
            Turn::Stored => Cell { node: self.node, row, column },
            Turn::Turned => Cell { node: self.node, row: column, column: row },
        }
    }

    /// Something about stored rows and columns, in the order in which they are drawn.
    pub(super) fn turned<T>(self, (row, column): (T, T)) -> (T, T) {
        match self.turn {
            Turn::Stored => (row, column),
            Turn::Turned => (column, row),
        }
    }

    /// Where a cell of this matrix is drawn.
    pub(super) const fn position(self, cell: Cell) -> (usize, usize) {
        match self.turn {
            Turn::Stored => (cell.row, cell.column),
            Turn::Turned => (cell.column, cell.row),
        }
    }
}

/// How much room a cell gives its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// Digits, with so many decimals, and headers up to so many cells.
    Digits {
        /// Decimals.
        decimals: u8,
        /// The widest header of a column.
        header: u16,
        /// Whether a sign for the magnitude stands behind each number.
        signs: Signs,
    },
    /// One sign for the magnitude, no digits.
    Signs,
}

/// Whether a sign for the magnitude stands behind each number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// It does.
    Shown,
    /// It does not, to save a cell.
    Omitted,
}

/// A matrix measured for a density: how numbers are printed and how wide cells are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) drawn: Drawn,
    density: Density,
    format: Format,
    glyphs: Glyphs,
    language: Language,
    /// The width of a cell.
    pub(super) cell_width: u16,
    /// The width of the row headers, with the blank after them.
    pub(super) header_width: u16,
}

/// How wide the widest name of an axis is.
fn widest(trace: &Trace, node: NodeId, axis: &Axis, language: Language) -> usize {
    let labels = (0..axis.size()).take(MEASURED).map(|index| label(trace, node, axis, index, language));
    labels.map(cells).max().unwrap_or(0)
}

/// So many labels of an axis decide how wide its headers are: a frame costs as much as the screen, not the lesson.
const MEASURED: usize = 200;

/// The widest row header.
const WIDEST_HEADER: usize = 14;

impl Measure {
    pub(super) fn new(
        trace: &Trace,
        drawn: Drawn,
        density: Density,
        (glyphs, language): (Glyphs, Language),
    ) -> Self {
        let decimals = match density {
            Density::Digits { decimals, .. } => decimals,
            Density::Signs => 0,
        };
        let extent = trace.extent(drawn.node);
        let format = Format::for_values(extent.sample(), Precision::new(decimals), glyphs);
        let cell_width = match density {
            // A blank, the number and, where there is room, a sign for its magnitude.
            Density::Digits { header, signs, .. } => {
                let digits = format.width() as u16 + 1 + u16::from(signs == Signs::Shown);
                match header {
                    0 => digits,
                    header => digits.max(header.min(drawn.widest_column(trace, language) as u16 + 1)),
                }
            }
            Density::Signs => 2,
        };
        let header_width =
            widest(trace, drawn.node, drawn.rows(trace), language).min(WIDEST_HEADER) as u16 + 1;
        Self { drawn, density, format, glyphs, language, cell_width, header_width }
    }

    /// One cell. What is not uncovered yet keeps its room.
    pub(super) fn cell(&self, trace: &Trace, walk: &Walk, lit: &Lit, row: usize, column: usize) -> CellView {
        let cell = self.drawn.cell(row, column);
        let value = trace.cell(cell);
        let part = trace.node(cell.node).part;
        let signed = match self.density {
            Density::Digits { signs: Signs::Omitted, .. } => 0,
            Density::Digits { signs: Signs::Shown, .. } | Density::Signs => 1,
        };
        let width = usize::from(self.cell_width) - signed;
        if !walk.is_uncovered(cell.node, cell.row, cell.column) {
            let asked = walk.open_question().is_some_and(|question| question.covers(cell, trace));
            let usual = if asked { Role::Focus } else { Role::Hidden };
            let role = lit.role(cell).filter(|role| *role == Role::Selected).unwrap_or(usual);
            let mark = if asked { "?" } else { self.glyphs.dot() };
            let text = Line::from(mark).pad(width, Align::Right).text();
            return CellView {
                text,
                sign: if signed > 0 { " " } else { "" },
                role,
                shade: Shade::None,
                cell,
            };
        }
        let magnitude = trace.extent(cell.node).magnitude();
        let share = if magnitude > 0.0 { value / magnitude } else { 0.0 };
        let (heat, sign) = if matches!(part, Part::Pattern | Part::Probabilities | Part::Choice) {
            (Shade::Share(value), self.glyphs.dot_of_size(value))
        } else if value.is_finite() {
            (Shade::Signed(share), self.glyphs.bar(share.abs()))
        } else {
            (Shade::None, " ")
        };
        let role = lit.role(cell).unwrap_or(if value == f64::NEG_INFINITY {
            Role::Masked
        } else if value == 0.0 {
            Role::Muted
        } else {
            Role::Number
        });
        let text = match self.density {
            Density::Digits { .. } => Line::from(self.format.number(value)).pad(width, Align::Right).text(),
            Density::Signs if value.is_finite() => " ".to_owned(),
            Density::Signs => "×".to_owned(),
        };
        CellView { text, sign: if signed > 0 { sign } else { "" }, role, shade: heat, cell }
    }

    /// What an entry is called in the language of the screen.
    fn label<'a>(&self, trace: &'a Trace, axis: &'a Axis, index: usize) -> &'a str {
        label(trace, self.drawn.node, axis, index, self.language)
    }

    /// The header of a drawn column, as wide as the cells.
    pub(super) fn column_header(&self, trace: &Trace, column: usize, role: Role) -> Line {
        let width = usize::from(self.cell_width);
        let label = Line::of(self.label(trace, self.drawn.columns(trace), column), role);
        match self.density {
            Density::Digits { signs: Signs::Omitted, .. } => {
                let label = self.short(&label, width - 1);
                Line::from(" ").with(&label.pad(width - 1, Align::Right).text(), role)
            }
            Density::Digits { signs: Signs::Shown, .. } => {
                self.short(&label, width - 1).pad(width - 1, Align::Right).with(" ", role)
            }
            Density::Signs => label.clip(width).pad(width, Align::Left),
        }
    }

    /// A label that fits: where there is hardly any room, its first letters say more than an ellipsis.
    fn short(&self, label: &Line, width: usize) -> Line {
        if width < 4 { label.clip(width) } else { label.truncate(width, self.glyphs) }
    }

    /// The header of a drawn row, with the blank after it.
    pub(super) fn row_header(&self, trace: &Trace, row: usize, role: Role) -> Line {
        let width = usize::from(self.header_width);
        let label = Line::of(self.label(trace, self.drawn.rows(trace), row), role);
        label.truncate(width - 1, self.glyphs).pad(width - 1, Align::Right)
    }
}
