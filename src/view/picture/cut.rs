//! A matrix with what it is made of where that does not all fit whole: below each other, cut, or one operand alone. The
//! result is there in any case, and whole where it fits.

use super::super::grid::{Density, Drawn, Measure};
use super::pane::{self, Window};
use super::product::{self, Factors};
use super::row::{self, Pane};
use super::{Canvas, Drawing, Picture, Room};

/// The fewest rows or columns of an operand that say something of it.
const FEWEST: u16 = 2;

/// The fewest rows and columns of a result that is cut to leave room for what it is made of.
const FEWEST_OF_RESULT: Room = Room { width: 3, height: 4 };

impl Canvas<'_> {
    /// The whole result, with operands that stand above it or are cut.
    pub(super) fn with_cut_operands(
        &self,
        picture: &Picture,
        density: Density,
        room: Room,
    ) -> Option<Drawing> {
        match picture {
            Picture::Alone => None,
            Picture::Product(factors) => {
                let result = Window::whole(self, factors.result);
                self.cut_product(*factors, &result, density, room)
            }
            Picture::Beside { operands, sign, result } => {
                let panes = row::beside(self, operands, sign, *result);
                let cells = panes.iter().map(|pane| self.cells(pane.drawn, density));
                let area: usize =
                    cells.map(|cells| usize::from(cells.width) * usize::from(cells.height)).sum();
                let most = usize::from(room.width) * usize::from(room.height);
                (area <= most).then(|| row::draw_beside(self, &panes, density, room.width))
            }
        }
    }

    /// The whole result beside the first of its operands, with a sign for the others.
    pub(super) fn with_one_operand(
        &self,
        picture: &Picture,
        density: Density,
        room: Room,
    ) -> Option<Drawing> {
        let (operand, sign, result) = match picture {
            Picture::Product(Factors { left, result, .. }) => (*left, self.glyphs.dot(), *result),
            Picture::Beside { operands, sign, result } if operands.len() > 1 => (operands[0], *sign, *result),
            Picture::Alone | Picture::Beside { .. } => return None,
        };
        let (cells, own) = (self.cells(operand, density), self.cells(result, density));
        if cells.width.saturating_add(own.width) > room.width || cells.height.max(own.height) > room.height {
            return None;
        }
        let others = format!("{sign} {} {}", self.glyphs.ellipsis(), self.glyphs.right());
        let panes = [Pane::whole(self, String::new(), operand), Pane::whole(self, others, result)];
        Some(row::draw_beside(self, &panes, density, u16::MAX))
    }

    /// Windows on the result and on what it is made of, where there is room for enough of each. A result most of which
    /// could be seen alone is not cut for them.
    pub(super) fn with_windows_on_operands(
        &self,
        picture: &Picture,
        density: Density,
        room: Room,
    ) -> Option<Drawing> {
        match picture {
            Picture::Alone => None,
            Picture::Product(Factors { result, .. }) | Picture::Beside { result, .. }
                if self.is_mostly_seen_alone(*result, density, room) =>
            {
                None
            }
            Picture::Product(factors) => {
                let Factors { left, top, result } = *factors;
                let [left_measure, _, result_measure] = product::measures(self, *factors, density);
                let inner = [left.columns(self.trace).size(), top.rows(self.trace).size()];
                let left_cells = FEWEST.max(room.width / 4 / left_measure.cell_width);
                let left_cells = left_cells.min(clipped(inner[0])) * left_measure.cell_width;
                let top_cells = FEWEST.max(room.height / 4).min(clipped(inner[1]));
                let beside = left_measure.header_width + left_cells + product::GAP;
                let columns = room.width.checked_sub(beside)? / result_measure.cell_width;
                let rows = room.height.checked_sub(product::LINES + top_cells)?;
                let window = Window::around(self, result, usize::from(rows), usize::from(columns));
                if !is_enough(self, result, &window) {
                    return None;
                }
                self.cut_product(*factors, &window, density, room)
            }
            Picture::Beside { operands, sign, result } => {
                let mut panes = row::beside(self, operands, sign, *result);
                let between: usize = panes.iter().map(|pane| pane.before.chars().count() + 2).sum();
                let across = usize::from(room.width).saturating_sub(between) / panes.len();
                let columns = |drawn: Drawn| {
                    let measure = Measure::new(self.trace, drawn, density, (self.glyphs, self.language));
                    let cells = across.saturating_sub(usize::from(measure.header_width));
                    cells / usize::from(measure.cell_width)
                };
                // The same columns are seen of all.
                let columns = panes.iter().map(|pane| columns(pane.drawn)).min()?;
                let rows = usize::from(room.height.saturating_sub(2));
                for pane in &mut panes {
                    pane.window = Window::around(self, pane.drawn, rows, columns);
                }
                let enough = panes.iter().all(|pane| is_enough(self, pane.drawn, &pane.window));
                enough.then(|| row::draw_beside(self, &panes, density, u16::MAX))
            }
        }
    }

    fn is_mostly_seen_alone(&self, drawn: Drawn, density: Density, room: Room) -> bool {
        let Room { width, height } = self.cells(drawn, density);
        let area = |width: u16, height: u16| usize::from(width) * usize::from(height);
        2 * area(width.min(room.width), height.min(room.height)) > area(width, height)
    }

    /// A window on the result of a product, with as much of the rows and columns that make it as there is room for.
    fn cut_product(
        &self,
        factors: Factors,
        result: &Window,
        density: Density,
        room: Room,
    ) -> Option<Drawing> {
        let Factors { left, top, .. } = factors;
        let [left_measure, top_measure, result_measure] = product::measures(self, factors, density);
        let own = pane::cells_size(&result_measure, result);
        let beside = (left_measure.header_width + product::GAP).saturating_add(own.width);
        let left_columns = room.width.checked_sub(beside)? / left_measure.cell_width;
        let top_rows = room.height.checked_sub(product::LINES.saturating_add(own.height))?;
        let inner = [left.columns(self.trace).size(), top.rows(self.trace).size()];
        if [left_columns, top_rows].iter().zip(inner).any(|(seen, size)| *seen < FEWEST.min(clipped(size))) {
            return None;
        }
        // The column of the one and the row of the other that meet in the term that is followed.
        let at = |drawn: Drawn| self.lit.followed(drawn.node).map(|cell| drawn.position(cell));
        let term = at(left).map(|(_, column)| column).or(at(top).map(|(row, _)| row)).unwrap_or(0);
        let seen = [left_columns, top_rows].map(usize::from);
        // Where both are cut, they are cut to the same terms; one that is whole stays so.
        let both_cut = seen.iter().zip(inner).all(|(seen, size)| *seen < size);
        let [left_columns, top_rows] = if both_cut { [seen[0].min(seen[1]); 2] } else { seen };
        let columns = pane::part(inner[0], left_columns, term);
        let rows = pane::part(inner[1], top_rows, term);
        let windows = [
            Window { rows: result.rows.clone(), columns },
            Window { rows, columns: result.columns.clone() },
            result.clone(),
        ];
        let measures = [left_measure, top_measure, result_measure];
        Some(product::draw(self, &measures, &windows, room.width))
    }
}

/// Whether a window that a matrix is cut to still says something of it.
fn is_enough(canvas: &Canvas<'_>, drawn: Drawn, window: &Window) -> bool {
    let enough = |seen: usize, size: usize, fewest: u16| seen >= size.min(usize::from(fewest));
    let Room { width, height } = FEWEST_OF_RESULT;
    enough(window.columns.len(), drawn.columns(canvas.trace).size(), width)
        && enough(window.rows.len(), drawn.rows(canvas.trace).size(), height)
}

fn clipped(size: usize) -> u16 {
    u16::try_from(size).unwrap_or(u16::MAX)
}
