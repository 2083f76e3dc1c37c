//! Where a number that is none came from.

use super::place_role;
use crate::both;
use crate::graph::{Expr, Place};
use crate::view::names;
use crate::view::picture::Canvas;
use crate::view::reason::reason;
use crate::view::text::{Line, Role};

/// For what is no number because something before it is none: the first such place, and why it is none.
pub(super) fn of_no_number(canvas: &Canvas<'_>, place: Place) -> Option<Line> {
    let first = canvas.trace.first_without_number(place)?;
    let name = names::place(canvas.trace, first, canvas.language);
    let from = both!("no number, because of ", "不是数，来自 ");
    let line = Line::of(from.get(canvas.language), Role::Muted).with(&name, place_role(canvas, first));
    let Expr::Defined { reason: why, .. } = canvas.trace.derive(first) else { return Some(line) };
    Some(line.with("  ", Role::Plain).with(reason(why).get(canvas.language), Role::Muted))
}
