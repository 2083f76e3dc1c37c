//! The forms in which operations are drawn.

/// The few forms in which an operation is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Two matrices multiplied: the row of one meets the column of the other in the cell.
    Product,
    /// Two matrices whose rows are multiplied: the row of one meets the row of the other, which is turned.
    ProductOfRows,
    /// Cell by cell from cells at the same place.
    Elementwise,
    /// Parts laid side by side.
    Stack,
    /// A row brought to one sum or size.
    Normalise,
    /// Whole rows or columns put together into few numbers.
    Reduce,
    /// Rows taken from a table, or cells moved.
    Gather,
    /// Several matrices that make each cell together.
    Several,
    /// Given.
    Given,
}
