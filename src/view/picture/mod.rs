//! The picture of a step: the matrices that it shows, with what they are made of where there is room.
//!
//! There is one drawing for each [form](crate::graph::Form) of operation and none for a single operation. What does
//! not fit degrades in a fixed order: the operands move above the result or are cut, then all but one of them go, then
//! all, then decimals, then digits, then windows are opened; where something is lit its digits stay, and the windows
//! come before the signs.

mod cut;
mod pane;
mod product;
mod row;

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::At;
use super::Part;
use super::grid::{Density, Drawn, Measure, Signs, Turn};
use super::lit::Lit;
use super::number::{Format, Precision};
use crate::app::{Glyphs, Model, Walk};
use crate::graph::{Convention, Form, NodeId, Op, Trace};
use crate::language::Language;
use pane::Window;
use product::Factors;

/// Headers of columns that need more are shortened where there is too little room for all.
const NARROW_HEADER: u16 = 5;

/// Headers of columns that need more are shortened in any case.
const WIDE_HEADER: u16 = 25;

/// What every drawing depends on.
pub(super) struct Canvas<'a> {
    pub(super) trace: &'a Trace,
    pub(super) walk: &'a Walk,
    pub(super) lit: Lit,
    pub(super) language: Language,
    pub(super) glyphs: Glyphs,
    pub(super) decimals: u8,
    /// How the numbers of each matrix that is explained are printed: long sums ask again and again.
    formats: RefCell<HashMap<NodeId, Format>>,
}

/// How many cells there are, across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Room {
    pub(super) width: u16,
    pub(super) height: u16,
}

impl Room {
    const fn holds(self, other: Self) -> bool {
        other.width <= self.width && other.height <= self.height
    }
}

/// A drawing, with its parts counted from its own upper left cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    pub(super) parts: Vec<Part>,
    pub(super) size: Room,
}

impl Drawing {
    /// Puts another drawing into this one.
    pub(super) fn place(&mut self, other: Self, at: At) {
        self.size.width = self.size.width.max(at.x + other.size.width);
        self.size.height = self.size.height.max(at.y + other.size.height);
        self.parts.extend(other.moved(at));
    }

    /// How many cells of matrices are seen.
    fn cells(&self) -> usize {
        let cells = |part: &Part| match part {
            Part::Grid(grid) => grid.rows.iter().map(Vec::len).sum(),
            Part::Text(..) | Part::Plot(_) => 0,
        };
        self.parts.iter().map(cells).sum()
    }

    /// What of it lies within a room: the rest would be drawn over what stands beside it.
    pub(super) fn within(mut self, room: Room) -> Self {
        let across = |at: At| usize::from(room.width.saturating_sub(at.x));
        self.parts.retain_mut(|part| match part {
            Part::Text(at, line) => {
                if line.width() > across(*at) {
                    *line = line.clip(across(*at));
                }
                at.x < room.width && at.y < room.height
            }
            Part::Grid(grid) => {
                grid.rows.truncate(usize::from(room.height.saturating_sub(grid.at.y)));
                let most = across(grid.at) / usize::from(grid.cell_width.max(1));
                grid.rows.iter_mut().for_each(|row| row.truncate(most));
                most > 0 && !grid.rows.is_empty()
            }
            Part::Plot(plot) => {
                plot.at.x + plot.width <= room.width && plot.at.y + plot.height <= room.height
            }
        });
        self.size =
            Room { width: self.size.width.min(room.width), height: self.size.height.min(room.height) };
        self
    }

    /// Its parts, moved to a place on the screen.
    pub(super) fn moved(self, by: At) -> impl Iterator<Item = Part> {
        let moved = move |at: At| At { x: at.x + by.x, y: at.y + by.y };
        self.parts.into_iter().map(move |part| match part {
            Part::Text(at, line) => Part::Text(moved(at), line),
            Part::Grid(mut grid) => {
                grid.at = moved(grid.at);
                Part::Grid(grid)
            }
            Part::Plot(mut plot) => {
                plot.at = moved(plot.at);
                Part::Plot(plot)
            }
        })
    }
}

/// What is drawn of one matrix.
enum Picture {
    /// The matrix alone.
    Alone,
    /// A product: the row of the one and the column of the other meet in the cell.
    Product(Factors),
    /// Operands, then the result.
    Beside {
        /// What it is made of.
        operands: Vec<Drawn>,
        /// What stands between operands.
        sign: &'static str,
        /// The result.
        result: Drawn,
    },
}

/// Draws these matrices within the room, as much as can be read.
pub(super) fn draw(canvas: &Canvas<'_>, nodes: &[NodeId], room: Room) -> Drawing {
    let decimals = canvas.decimals;
    let picture = match nodes {
        [node] => canvas.picture(*node),
        _ => Picture::Alone,
    };
    let widest = canvas.widest_header(nodes, &picture);
    let open = || {
        let headers = (NARROW_HEADER.min(widest)..=widest).rev().chain([0]);
        headers.map(|header| Density::Digits { decimals, header, signs: Signs::Shown })
    };
    let close = |decimals| Density::Digits { decimals, header: 0, signs: Signs::Omitted };
    let fits = |drawing: &Drawing| room.holds(drawing.size);
    let alone = |density| row::draw_natural(canvas, nodes, density, room);
    let digits = || open().chain([close(decimals)]);
    // For a part of what a matrix is made of, the names of its columns are not given up.
    let legible = |density: &Density| match density {
        Density::Digits { header, .. } => *header >= NARROW_HEADER || widest < NARROW_HEADER,
        Density::Signs => false,
    };
    let fewer = (1..=decimals).rev().map(close);
    // Where something is lit, a window with its digits says more than the signs of all.
    let lit = nodes.iter().any(|node| canvas.lit.anchor(*node).is_some());
    let signs = if lit { None } else { Some(Density::Signs) };
    let lone = open().chain(fewer).chain(signs);
    let small_enough = |density: &Density| row::natural_size_within(canvas, nodes, *density, room);
    let with_operands = |density| canvas.with_operands(&picture, density, room);
    let with_cut = |density| canvas.with_cut_operands(&picture, density, room);
    let with_one = |density| canvas.with_one_operand(&picture, density, room);
    digits()
        .filter_map(with_operands)
        .find(fits)
        // Of those that fit, the one that cuts the least.
        .or_else(|| {
            open().filter(legible).filter_map(with_cut).filter(fits).min_by_key(|it| Reverse(it.cells()))
        })
        .or_else(|| Some(close(decimals)).filter(legible).and_then(with_cut).filter(fits))
        .or_else(|| digits().filter(legible).filter_map(with_one).find(fits))
        .or_else(|| lone.filter(small_enough).map(alone).find(fits))
        .or_else(|| canvas.with_windows_on_operands(&picture, close(decimals), room).filter(fits))
        .unwrap_or_else(|| row::draw_windows(canvas, nodes, &digits().collect::<Vec<_>>(), room))
}

impl<'a> Canvas<'a> {
    /// The canvas of a model that walks a lesson.
    pub(super) fn new(model: &Model, walk: &'a Walk) -> Self {
        Self {
            trace: &walk.lesson.trace,
            walk,
            lit: Lit::of(walk),
            language: model.language,
            glyphs: model.settings.glyphs,
            decimals: model.settings.decimals,
            formats: RefCell::default(),
        }
    }

    /// How explanations print the numbers of a matrix.
    pub(super) fn format(&self, node: NodeId) -> Format {
        *self.formats.borrow_mut().entry(node).or_insert_with(|| {
            let sample = self.trace.extent(node).sample();
            Format::for_values(sample, Precision::new(self.decimals), self.glyphs)
        })
    }
}

impl Canvas<'_> {
    /// A matrix as it is drawn on its own.
    fn drawn(&self, node: NodeId) -> Drawn {
        let turn = match self.walk.convention {
            Convention::Rows => Turn::Stored,
            Convention::Columns => Turn::Turned,
        };
        Drawn { node, turn }
    }

    /// The matrix with all that it is made of, side by side; `None` if that is nothing, or cannot fit.
    fn with_operands(&self, picture: &Picture, density: Density, room: Room) -> Option<Drawing> {
        match picture {
            Picture::Alone => None,
            Picture::Product(factors) => {
                let [left, top, result] = [factors.left, factors.top, factors.result]
                    .map(|drawn| (Window::whole(self, drawn), self.cells(drawn, density)));
                let cells = Room {
                    width: left.1.width.saturating_add(result.1.width.max(top.1.width)),
                    height: top.1.height.saturating_add(result.1.height),
                };
                let measures = || product::measures(self, *factors, density);
                let windows = [left.0, top.0, result.0];
                room.holds(cells).then(|| product::draw(self, &measures(), &windows, u16::MAX))
            }
            Picture::Beside { operands, sign, result } => {
                let panes = row::beside(self, operands, sign, *result);
                let all = panes.iter().map(|pane| self.cells(pane.drawn, density));
                let cells = all.fold(Room::default(), |sum, cells| Room {
                    width: sum.width.saturating_add(cells.width),
                    height: sum.height.max(cells.height),
                });
                room.holds(cells).then(|| row::draw_beside(self, &panes, density, u16::MAX))
            }
        }
    }

    /// The width that the headers of all columns ask for, with the blank before them.
    fn widest_header(&self, nodes: &[NodeId], picture: &Picture) -> u16 {
        let widest = |drawn: Drawn| drawn.widest_column(self.trace, self.language) as u16 + 1;
        let of = |all: &[Drawn]| all.iter().copied().map(widest).max().unwrap_or(0);
        let headers = match picture {
            Picture::Alone => of(&nodes.iter().map(|node| self.drawn(*node)).collect::<Vec<_>>()),
            Picture::Product(Factors { left, result, .. }) => of(&[*left, *result]),
            Picture::Beside { operands, result, .. } => of(operands).max(widest(*result)),
        };
        headers.min(WIDE_HEADER)
    }

    /// The room of a whole matrix without title and headers: enough to know that a drawing cannot fit, before it is
    /// begun.
    fn cells(&self, drawn: Drawn, density: Density) -> Room {
        let measure = Measure::new(self.trace, drawn, density, (self.glyphs, self.language));
        pane::cells_size(&measure, &Window::whole(self, drawn))
    }

    fn picture(&self, node: NodeId) -> Picture {
        let result = self.drawn(node);
        let op = &self.trace.node(node).op;
        let operands = || op.operands().into_iter().map(|operand| self.drawn(operand)).collect();
        let beside = |sign| Picture::Beside { operands: operands(), sign, result };
        match op.form() {
            Form::Given => Picture::Alone,
            Form::Product => self.product(op, result, Turn::Stored),
            Form::ProductOfRows => self.product(op, result, Turn::Turned),
            Form::Elementwise => beside(op.sign()),
            Form::Stack => beside(self.glyphs.frame().vertical),
            Form::Normalise | Form::Reduce | Form::Gather | Form::Several => beside(""),
        }
    }

    /// A product, whose second operand stands as it is stored or turned.
    fn product(&self, op: &Op, result: Drawn, second_stands: Turn) -> Picture {
        let operands = op.operands();
        let first = self.drawn(operands[0]);
        let second = self.drawn(operands[1]);
        let second = match second_stands {
            Turn::Stored => second,
            Turn::Turned => Drawn { turn: second.turn.other(), ..second },
        };
        match self.walk.convention {
            Convention::Rows => Picture::Product(Factors { left: first, top: second, result }),
            Convention::Columns => Picture::Product(Factors { left: second, top: first, result }),
        }
    }
}
