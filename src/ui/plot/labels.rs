//! Where the words of a plot stand: near what they name, and clear of the arrows as long as there is a free place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What is in a cell of a plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Free,
    Axis,
    Arrow,
    Text,
}

impl Taken {
    /// How much is lost when text is put there.
    const fn loss(self) -> usize {
        match self {
            Self::Free => 0,
            Self::Axis => 1,
            Self::Arrow => 100,
            Self::Text => 10_000,
        }
    }
}

/// A cell of a plot, from its upper left one; it may lie outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) x: i32,
    pub(super) y: i32,
}

/// A spot where a text may stand, and how much is lost by its being there rather than elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    spot: Spot,
    loss: usize,
}

impl Place {
    const fn at(x: i32, y: i32) -> Self {
        Self { spot: Spot { x, y }, loss: 0 }
    }
}

/// How much is lost by a label that stands nearer to another point than to its own: less than by a covered arrow.
const MISREAD: usize = 50;

/// From which side of a point its label is first tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Above,
}

/// The cells of a plot, with what is in them.
#[derive(Debug)]
pub(super) struct Board {
    width: i32,
    height: i32,
    cells: Vec<Taken>,
    /// The points that have labels.
    points: Vec<Spot>,
}

impl Board {
    /// The board of a plot whose axes and whose arrows were drawn apart; these points have labels.
    pub(super) fn of(area: Rect, axes: &Buffer, arrows: &Buffer, points: Vec<Spot>) -> Self {
        let is_drawn = |buffer: &Buffer, at: (u16, u16)| !buffer[at].symbol().trim().is_empty();
        let taken = |at| match (is_drawn(arrows, at), is_drawn(axes, at)) {
            (true, _) => Taken::Arrow,
            (false, true) => Taken::Axis,
            (false, false) => Taken::Free,
        };
        let cells = area.positions().map(|position| taken((position.x, position.y))).collect();
        Self { width: i32::from(area.width), height: i32::from(area.height), cells, points }
    }

    /// How much is lost by a text of that width there; `None` where it does not lie inside.
    fn loss(&self, Spot { x, y }: Spot, width: i32) -> Option<usize> {
        if x < 0 || y < 0 || y >= self.height || x + width > self.width {
            return None;
        }
        let inside = (x..x + width).map(|x| self.at(x, y).loss()).sum::<usize>();
        // Two texts without a blank between them would be read as one.
        let touches = [x - 1, x + width].into_iter().filter(|x| (0..self.width).contains(x));
        let touches = touches.filter(|x| self.at(*x, y) == Taken::Text).count();
        Some(inside + touches * Taken::Text.loss())
    }

    fn at(&self, x: i32, y: i32) -> Taken {
        self.cells[(y * self.width + x) as usize]
    }

    /// The place for one of several texts, from the fullest to the shortest, given by their widths: the first of these
    /// spots that is free, of the fullest text that has one, otherwise the one where the shortest covers the least.
    /// Which of the texts, and where; `None` where there is no room even for the shortest.
    pub(super) fn settle(
        &mut self,
        widths: &[u16],
        spots: impl Fn(&Self, i32) -> Vec<Place>,
    ) -> Option<(usize, Spot)> {
        let board = &*self;
        let places = |index: usize| {
            let width = i32::from(widths[index]);
            let loss =
                move |place: Place| Some((place.loss + board.loss(place.spot, width)?, index, place.spot));
            spots(board, width).into_iter().filter_map(loss)
        };
        let free = (0..widths.len()).find_map(|index| places(index).find(|(loss, ..)| *loss == 0));
        let least = || places(widths.len().checked_sub(1)?).min_by_key(|(loss, ..)| *loss);
        let (_, index, spot) = free.or_else(least)?;
        for x in spot.x..spot.x + i32::from(widths[index]) {
            self.cells[(spot.y * self.width + x) as usize] = Taken::Text;
        }
        Some((index, spot))
    }

    /// Where a label of that width may stand at a point, the best places first.
    pub(super) fn around(&self, point: Spot, side: Side, width: i32) -> Vec<Place> {
        let (right, left, centre) = (point.x + 3, point.x - 2 - width, point.x - width / 2);
        // A little farther away, on the other side of an axis.
        let (beyond_right, beyond_left) = (right + 2, left - 2);
        let (level, across) = match side {
            Side::Left => ([left, beyond_left, right], [left, centre, right]),
            Side::Right => ([right, beyond_right, left], [right, centre, left]),
            Side::Above => ([right, left, beyond_right], [centre, right, left]),
        };
        let rows: &[i32] = match side {
            Side::Left | Side::Right => &[0, -1, 1, -2, 2, -3, 3],
            Side::Above => &[-1, -2, 0, 1, 2, -3, 3],
        };
        let place = |x: i32, row: i32| {
            let spot = Spot { x: x.min(self.width - width).max(0), y: point.y + row };
            let own = distance(point, spot, width);
            let is_misread = self.points.iter().any(|other| distance(*other, spot, width) < own);
            Place { spot, loss: if is_misread { MISREAD } else { 0 } }
        };
        let row = |row: &i32| if *row == 0 { level } else { across }.map(|x| place(x, *row));
        rows.iter().flat_map(row).collect()
    }

    /// Where the name of the axis to the right may stand: under its end, or above it.
    pub(super) fn at_right_end(&self, axis: i32, width: i32) -> Vec<Place> {
        [1, -1].map(|row| Place::at(self.width - width, axis + row)).to_vec()
    }

    /// Where the name of the axis upwards may stand: on either side of its end.
    pub(super) fn at_top(axis: i32, width: i32) -> Vec<Place> {
        [axis + 2, axis - 1 - width].map(|x| Place::at(x, 0)).to_vec()
    }

    /// The corners, for what is to be known about the plot.
    pub(super) fn corners(&self, width: i32) -> Vec<Place> {
        let (right, bottom) = (self.width - width, self.height - 1);
        [(0, bottom), (right, bottom), (0, 0), (right, 0)].map(|(x, y)| Place::at(x, y)).to_vec()
    }
}

/// How far a text of that width looks from a point, squared; a cell is about twice as high as it is wide.
fn distance(point: Spot, text: Spot, width: i32) -> i32 {
    let across = (text.x - point.x).max(point.x - (text.x + width - 1)).max(0);
    let down = 2 * (text.y - point.y);
    across * across + down * down
}
