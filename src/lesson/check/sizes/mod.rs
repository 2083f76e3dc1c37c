//! Sizes: what does not fit together, and the sizes of matrices and axes in words.

pub(super) mod joining;
pub(super) mod layout;
pub(super) mod mismatch;
pub(super) mod resized;

use crate::both;
use crate::graph::{Axis, Shape, Side};
use crate::language::{Localised, Words, counted, words};

/// What the rows and columns of a matrix are, in brackets: ` (rows main, columns d_model)`.
pub(super) fn along(shape: &Shape) -> Localised<String> {
    let named = |side: Side| {
        let (Localised { en, zh }, name) = (side_words(side), shape.axis(side).name()?);
        Some((format!("{en} {name}"), format!("{zh} {name}")))
    };
    let (en, zh): (Vec<_>, Vec<_>) = [Side::Rows, Side::Columns].into_iter().filter_map(named).unzip();
    if en.is_empty() {
        return Localised::default();
    }
    Localised { en: format!(" ({})", en.join(", ")), zh: format!("（{}）", zh.join("，")) }
}

/// So many rows or columns, with the axis that they are: `2 columns (d_model)`.
pub(super) fn called(axis: &Axis, side: Side) -> Localised<String> {
    let Localised { en, zh } = so_many(axis.size(), side);
    match axis.name() {
        Some(name) => Localised { en: format!("{en} ({name})"), zh: format!("{zh}（{name}）") },
        None => Localised { en, zh },
    }
}

/// So many rows or columns: `2 columns`.
pub(super) fn so_many(count: usize, side: Side) -> Localised<String> {
    match side {
        Side::Rows => Localised { en: counted(count, "row", "rows"), zh: format!("{count} 行") },
        Side::Columns => Localised { en: counted(count, "column", "columns"), zh: format!("{count} 列") },
    }
}

/// So many numbers along an axis: `3 numbers (d_model)`.
pub(super) fn numbers(axis: &Axis) -> Localised<String> {
    let size = axis.size();
    let count = counted(size, "number", "numbers");
    match axis.name() {
        Some(name) => both!("{count} ({name})", "{size} 个数（{name}）"),
        None => both!("{count}", "{size} 个数"),
    }
}

pub(super) const fn side_words(side: Side) -> Words {
    match side {
        Side::Rows => words("rows", "行"),
        Side::Columns => words("columns", "列"),
    }
}
