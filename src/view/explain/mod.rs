//! How a number came to be, in symbols and in numbers: a generic walk over its derivation.

mod hint;
mod origin;
mod writer;

pub(super) use hint::{operands, partial};

use super::names::{self, role_of};
use super::number::{self, Format, Precision, Relation};
use super::picture::Canvas;
use super::reason::reason;
use super::text::{Line, Role};
use crate::app::Visit;
use crate::graph::{Aggregate, AggregateKind, Cell, Expr, FormulaPiece, Leaf, NodeId, Place, Reason};
use crate::language::words;
use writer::{Binding, Wording, Writer};

/// How the number at a place came to be, on one line with numbers.
pub(super) fn in_numbers(canvas: &Canvas<'_>, visit: Visit) -> Line {
    let mut line =
        Line::of(names::place(canvas.trace, visit.place, canvas.language), place_role(canvas, visit.place));
    line.append(&numbers(canvas, visit));
    line
}

/// How the number at a place came to be: in symbols, in numbers, and the operand that Enter goes into.
pub(super) fn in_full(canvas: &Canvas<'_>, visit: Visit) -> Vec<Line> {
    let expr = canvas.trace.derive(visit.place);
    if matches!(expr, Expr::Defined { .. } | Expr::Ruled { .. } | Expr::Place(_) | Expr::Constant(_)) {
        let name = names::place(canvas.trace, visit.place, canvas.language);
        let mut line = Line::of(name, place_role(canvas, visit.place));
        line.append(&if is_uncovered(canvas, visit.place) {
            numbers(canvas, visit)
        } else {
            not_yet(canvas)
        });
        let mut lines = vec![line];
        lines.extend(operand(canvas, &expr, visit));
        return lines;
    }
    let mut symbols = Writer::new(canvas, Wording::Symbols, visit);
    symbols.expr(&expr, Binding::Sum);
    let mut first =
        Line::of(names::place(canvas.trace, visit.place, canvas.language), place_role(canvas, visit.place));
    first.push(" = ", Role::Plain);
    first.append(&symbols.line);
    let numbers = if is_uncovered(canvas, visit.place) { numbers(canvas, visit) } else { not_yet(canvas) };
    let mut lines = vec![first, numbers];
    lines.extend(origin::of_no_number(canvas, visit.place));
    lines.extend(operand(canvas, &expr, visit));
    lines
}

/// How a whole matrix is made, in symbols; `None` for a step that has nothing to say about it.
pub(super) fn formula(canvas: &Canvas<'_>, node: NodeId) -> Line {
    let mut line = names::matrix(canvas.trace, node);
    let convention = canvas.walk.convention;
    let pieces = canvas.trace.graph().formula(node, convention);
    if pieces.is_empty() {
        let Some(origin) = canvas.trace.node(node).op.origin() else { return line };
        let reason = reason(Reason::Given(origin));
        return line.with(": ", Role::Plain).with(reason.get(canvas.language), Role::Muted);
    }
    line.push(" = ", Role::Plain);
    for piece in pieces {
        match piece {
            FormulaPiece::Matrix(node) => line.append(&names::matrix(canvas.trace, node)),
            FormulaPiece::Transposed(node) => {
                line.append(&names::matrix(canvas.trace, node));
                line.push(canvas.glyphs.transpose(), role_of(canvas.trace.node(node).part));
            }
            FormulaPiece::Moved(node, by) => {
                line.append(&names::matrix(canvas.trace, node));
                line.push(&moved(by), role_of(canvas.trace.node(node).part));
            }
            FormulaPiece::Entry(node, position) => {
                line.append(&names::matrix(canvas.trace, node));
                let node = canvas.trace.node(node);
                line.push(&format!("[{}]", node.shape.rows.unique_label(position)), role_of(node.part));
            }
            FormulaPiece::Constant(divisor) => line.push(&divisor.symbol, Role::Number),
            FormulaPiece::Sign(sign) => line.push(sign, Role::Plain),
            FormulaPiece::Word(words) => line.push(words.get(canvas.language), Role::Plain),
            FormulaPiece::Range(range) => line.push(&range, Role::Plain),
        }
    }
    line
}

/// The index of a position that stands so many further on, or before: `[i−1]`.
fn moved(by: isize) -> String {
    let steps = by.unsigned_abs();
    match by {
        0 => "[i]".to_owned(),
        1.. => format!("[i+{steps}]"),
        ..0 => format!("[i−{steps}]"),
    }
}

/// ` = 3.10·3.00 + 0.00·0.12 = 9.30`
fn numbers(canvas: &Canvas<'_>, visit: Visit) -> Line {
    let value = canvas.trace.number(visit.place);
    let expr = canvas.trace.derive(visit.place);
    let result = explained(canvas, visit.place.node(), value);
    if let Expr::Defined { reason: why, .. } | Expr::Ruled { reason: why, .. } = &expr {
        let why = reason(*why);
        let line = Line::of(" = ", Role::Plain).with(&result, Role::Number);
        return line.with("  ", Role::Plain).with(why.get(canvas.language), Role::Muted);
    }
    let mut line = Line::of(" = ", Role::Plain);
    if matches!(expr, Expr::Place(_)) {
        let mut symbols = Writer::new(canvas, Wording::Symbols, visit);
        symbols.expr(&expr, Binding::Sum);
        line.append(&symbols.line);
        return line.with(" = ", Role::Plain).with(&result, Role::Strong);
    }
    if let Expr::Constant(constant) = &expr {
        let digits = |text: &str| text.replace(number::SEPARATOR, "");
        if digits(&constant.symbol) != digits(&result) {
            line.push(&constant.symbol, Role::Number);
            line.push(" = ", Role::Plain);
        }
        return line.with(&result, Role::Strong);
    }
    let mut writer = Writer::new(canvas, Wording::Numbers, visit);
    writer.expr(&expr, Binding::Sum);
    line.append(&writer.line);
    let printed = |leaf: Leaf<'_>| number::parse(&printed(canvas, leaf)).unwrap_or(f64::NAN);
    let relation = Relation::of(expr.compute_from(&printed), &result);
    line.push(&format!(" {} ", relation.sign(canvas.glyphs)), Role::Plain);
    line.push(&result, Role::Strong);
    line
}

/// In place of a number that the step has not uncovered.
fn not_yet(canvas: &Canvas<'_>) -> Line {
    let later = words("not shown yet; go on to see it", "尚未显示，继续即可看到");
    Line::of(" = ? ", Role::Strong).with(later.get(canvas.language), Role::Muted)
}

/// Whether the step has shown the number already; the numbers of inner matrices are never kept back.
fn is_uncovered(canvas: &Canvas<'_>, place: Place) -> bool {
    match place {
        Place::Cell(Cell { node, row, column }) => canvas.walk.is_uncovered(node, row, column),
        Place::Aggregate(_) => !is_asked(canvas, place),
    }
}

/// Whether the number at a place is asked for, or gives away what is.
fn is_asked(canvas: &Canvas<'_>, place: Place) -> bool {
    canvas.walk.open_question().is_some_and(|question| match place {
        Place::Cell(cell) => question.covers(cell, canvas.trace),
        Place::Aggregate(_) => question.stands_at(place, canvas.trace),
    })
}

/// Which operand Enter goes into.
fn operand(canvas: &Canvas<'_>, expr: &Expr, visit: Visit) -> Option<Line> {
    let place = expr.source(visit.operand)?;
    let name = names::place(canvas.trace, place, canvas.language);
    let goes = words("goes into", "进入");
    let line =
        Line::of("Enter", Role::Key).with(" ", Role::Plain).with(goes.get(canvas.language), Role::Muted);
    Some(line.with(" ", Role::Plain).with(&name, place_role(canvas, place)))
}

fn place_role(canvas: &Canvas<'_>, place: Place) -> Role {
    role_of(canvas.trace.node(place.node()).part)
}

/// A number as it stands in an explanation.
fn printed(canvas: &Canvas<'_>, leaf: Leaf<'_>) -> String {
    match leaf {
        Leaf::Constant(constant) => {
            let format = Format::for_values([constant.value], Precision::new(canvas.decimals), canvas.glyphs);
            format.explained(constant.value)
        }
        // A number that is asked for stands in no explanation either.
        Leaf::Place(place) if is_asked(canvas, place) => "?".to_owned(),
        Leaf::Place(place) => {
            // The largest score of a row reads as the scores do, not as the shares that are made of them; so do the
            // other numbers that rows share.
            let node = match place {
                Place::Aggregate(Aggregate { node, kind, .. }) => match kind {
                    AggregateKind::Maximum
                    | AggregateKind::Mean
                    | AggregateKind::Variance
                    | AggregateKind::MeanSquare
                    | AggregateKind::Norm => canvas.trace.node(node).op.operands()[0],
                    AggregateKind::Total => node,
                },
                Place::Cell(cell) => cell.node,
            };
            explained(canvas, node, canvas.trace.number(place))
        }
    }
}

/// A number of a matrix as explanations print it.
fn explained(canvas: &Canvas<'_>, node: NodeId, value: f64) -> String {
    canvas.format(node).explained(value)
}
