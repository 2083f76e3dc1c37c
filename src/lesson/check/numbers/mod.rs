//! Numbers as the file gives them: single ones, rows and whole matrices; and what to type where they are wrong, made of
//! the numbers that stand there.

pub(super) mod counts;
pub(super) mod finite;
pub(super) mod flat;
pub(super) mod forgotten;
pub(super) mod grid;
pub(super) mod labelled;
pub(super) mod number;
pub(super) mod rows;
pub(super) mod turned;

use crate::both;
use crate::graph::{Axis, Shape};
use crate::language::{Localised, counted, joined};

/// More numbers than these are counted and not drawn.
const DRAWN: usize = 8;
/// Larger divisors are not looked for, other than the number itself.
const SMALL: u64 = 1000;
/// More divisors than these are not listed.
const LISTED: usize = 12;

/// A matrix of one row: `[[…, …, …]]`.
pub(super) fn one_row(count: usize) -> String {
    format!("[{}]", row(count))
}

/// A matrix as it is typed: `[[…, …], […, …]]`.
pub(super) fn matrix(rows: usize, columns: usize) -> String {
    let lines =
        if rows <= DRAWN { vec![row(columns); rows].join(", ") } else { format!("{}, …", row(columns)) };
    format!("[{lines}]")
}

/// A row as it is typed: `[…, …, …]`.
pub(super) fn row(count: usize) -> String {
    let dots = if count <= DRAWN { vec!["…"; count.max(1)].join(", ") } else { "…".to_owned() };
    format!("[{dots}]")
}

/// What to do where so many rows and columns are written for axes of other sizes.
pub(super) fn sized_as((rows, columns): (usize, usize), shape: &Shape) -> Localised<String> {
    let (wanted_rows, wanted_columns) = shape.size();
    if rows != wanted_rows && columns != wanted_columns {
        let (lines, numbers) =
            (counted(wanted_rows, "row", "rows"), counted(wanted_columns, "number", "numbers"));
        let drawn = matrix(wanted_rows, wanted_columns);
        return both!(
            "write {lines} of {numbers}: `{drawn}`",
            "请写 {wanted_rows} 行，每行 {wanted_columns} 个数：`{drawn}`"
        );
    }
    let (written, axis) = if rows == wanted_rows { (columns, &shape.columns) } else { (rows, &shape.rows) };
    let (Localised { en, zh }, wrong) = (entries_of(axis), written.abs_diff(axis.size()));
    let (add, add_zh) = if written < axis.size() { ("add", "补上") } else { ("remove", "删去") };
    if rows == wanted_rows {
        let numbers = counted(wrong, "number", "numbers");
        both!(
            "each row needs one number for each of {en}: {add} {numbers} in each row",
            "每一行里，{zh}的每一项应当各占一个数：请在每行{add_zh} {wrong} 个数"
        )
    } else {
        let lines = counted(wrong, "row", "rows");
        both!(
            "write one row for each of {en}: {add} {lines}",
            "{zh}的每一项应当各占一行：请{add_zh} {wrong} 行"
        )
    }
}

/// An axis with its entries, if these are few and have names.
pub(super) fn entries_of(axis: &Axis) -> Localised<String> {
    let Some(name) = axis.name() else { return both!("the axis", "轴") };
    let is_counted = axis.labels().iter().enumerate().all(|(at, label)| *label == (at + 1).to_string());
    let size = axis.size();
    if is_counted || size > DRAWN {
        return both!("`{name}` ({size})", "`{name}`（{size}）");
    }
    let (en, zh) = (axis.labels().join(", "), axis.labels().join("、"));
    both!("`{name}` ({en})", "`{name}`（{zh}）")
}

/// The small numbers that divide a number and the number itself, the smallest first: `1, 2, 3, 4, 6 or 12`.
pub(super) fn divisors(of: u64) -> Localised<String> {
    let small = (1..=SMALL.min(of / 2)).filter(|number| of.is_multiple_of(*number)).take(LISTED - 1);
    joined(small.chain([of]).map(|number| number.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_divisors_are_written_as_they_are_typed() {
        assert_eq!(one_row(3), "[[…, …, …]]");
        assert_eq!(one_row(64), "[[…]]");
        assert_eq!(divisors(12).en, "1, 2, 3, 4, 6 or 12");
        assert_eq!(divisors(12).zh, "1、2、3、4、6 或 12");
        assert_eq!(divisors(1).en, "1");
        assert_eq!(divisors(9_007_199_254_740_881).en, "1 or 9007199254740881");
    }
}
