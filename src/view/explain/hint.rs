//! Hints on the way to a number: first what it is made of, then a part of the work done.

use super::writer::{Binding, Wording, Writer};
use crate::app::Visit;
use crate::both;
use crate::graph::{Expr, Fold, Place};
use crate::view::names;
use crate::view::number::{Format, Precision};
use crate::view::picture::Canvas;
use crate::view::reason::reason;
use crate::view::text::{Line, Role};

/// More terms than this are not written beside a partial sum.
const MOST_TERMS: usize = 4;

/// The number with what it is made of and without its result: `S[a, b] = 1.00·2.00 + 3.00·1.00 = ?`
pub(in crate::view) fn operands(canvas: &Canvas<'_>, place: Place) -> Line {
    let mut line = named(canvas, place);
    match canvas.trace.derive(place) {
        Expr::Defined { reason: why, .. } | Expr::Ruled { reason: why, .. } => {
            line.push(reason(why).get(canvas.language), Role::Muted);
            return line;
        }
        Expr::Place(source) => {
            line.push(&names::place(canvas.trace, source, canvas.language), Role::Plain);
        }
        expr @ (Expr::Constant(_)
        | Expr::Running(_)
        | Expr::Plus(..)
        | Expr::Minus(..)
        | Expr::Times(..)
        | Expr::Over(..)
        | Expr::Apply(..)
        | Expr::Fold { .. }) => line.append(&written(canvas, place, &expr, Binding::Sum)),
    }
    line.with(" = ?", Role::Strong)
}

/// The number with a part of the work done: `S[a, b] ≈ 2.00 + 3.00·1.00`
pub(in crate::view) fn partial(canvas: &Canvas<'_>, place: Place) -> Line {
    let mut line = Line::of(names::place(canvas.trace, place, canvas.language), Role::Strong)
        .with(" ", Role::Plain)
        .with(canvas.glyphs.approximately(), Role::Plain)
        .with(" ", Role::Plain);
    let done = |expr: &Expr| number(canvas, expr.compute(canvas.trace));
    match canvas.trace.derive(place) {
        Expr::Fold { fold: Fold::Sum, count, body } => {
            let first = count.div_ceil(2);
            let sum: f64 = (0..first).map(|index| body.term(index).compute(canvas.trace)).sum();
            line.push(&number(canvas, sum), Role::Number);
            for index in first..count.min(first + MOST_TERMS) {
                line.push(" + ", Role::Plain);
                line.append(&written(canvas, place, &body.term(index), Binding::Product));
            }
            if count > first + MOST_TERMS {
                let left = count - first - MOST_TERMS;
                let more = both!(" + {left} more", " + 另 {left} 项");
                line.push(more.get(canvas.language), Role::Muted);
            }
        }
        Expr::Plus(a, b) => line.push(&format!("{} + {}", done(&a), bracketed(&done(&b))), Role::Number),
        Expr::Minus(a, b) => line.push(&format!("{} − {}", done(&a), bracketed(&done(&b))), Role::Number),
        Expr::Times(a, b) => line.push(&format!("{}·{}", done(&a), bracketed(&done(&b))), Role::Number),
        Expr::Over(a, b) => line.push(&format!("{} ÷ {}", done(&a), bracketed(&done(&b))), Role::Number),
        Expr::Apply(function, of) => {
            let (before, after) = names::function(function);
            line.push(&format!("{before}{}{after}", done(&of)), Role::Number);
        }
        expr @ (Expr::Fold { .. }
        | Expr::Constant(_)
        | Expr::Place(_)
        | Expr::Running(_)
        | Expr::Defined { .. }
        | Expr::Ruled { .. }) => line.append(&written(canvas, place, &expr, Binding::Sum)),
    }
    line
}

fn named(canvas: &Canvas<'_>, place: Place) -> Line {
    Line::of(names::place(canvas.trace, place, canvas.language), Role::Strong).with(" = ", Role::Plain)
}

fn written(canvas: &Canvas<'_>, place: Place, expr: &Expr, binding: Binding) -> Line {
    let mut writer = Writer::new(canvas, Wording::Numbers, Visit::of(place, canvas.trace));
    writer.expr(expr, binding);
    writer.line
}

/// A number that stands in no matrix; a negative one goes into brackets after another sign.
fn number(canvas: &Canvas<'_>, value: f64) -> String {
    Format::for_values([value], Precision::new(canvas.decimals), canvas.glyphs).explained(value)
}

fn bracketed(number: &str) -> String {
    if number.starts_with(['−', '-']) { format!("({number})") } else { number.to_owned() }
}
