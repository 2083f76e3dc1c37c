//! Draws a view into the cells of a screen. Colours, styles and cells are named here and nowhere below.

pub mod line;
pub mod popup;
pub mod theme;
