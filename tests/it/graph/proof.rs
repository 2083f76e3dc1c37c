//! That every number of a trace explains itself.

use qkv::graph::{
    Aggregate, Cell, EmptyRow, Expr, Node, NodeId, Op, Origin, Place, Reason, Trace, Visible, op,
};
use qkv::math::Matrix;

use super::rule;

/// The relative error that an explanation may have, against the sum of the magnitudes of its terms.
const CLOSE: f64 = 1e-9;

/// Proves every cell and every number that a row shares: the explanation recomputes the number, and it is made of
/// earlier numbers only.
///
/// # Errors
/// The first place that does not explain itself.
pub(crate) fn prove(trace: &Trace) -> Result<(), String> {
    for (id, _) in trace.graph().nodes() {
        places(trace, id).try_for_each(|place| prove_place(trace, place))?;
    }
    Ok(())
}

/// Every number of a node; what a row shares comes before its cells, and the maximum before the total.
pub(crate) fn places(trace: &Trace, node: NodeId) -> impl Iterator<Item = Place> + use<> {
    let (rows, columns) = trace.value(node).shape();
    let shared = trace.node(node).op.aggregates();
    (0..rows).flat_map(move |row| {
        let shared = shared.iter().map(move |&kind| Place::Aggregate(Aggregate { node, kind, row }));
        shared.chain((0..columns).map(move |column| Place::Cell(Cell { node, row, column })))
    })
}

fn prove_place(trace: &Trace, place: Place) -> Result<(), String> {
    let expr = trace.derive(place);
    let stored = trace.number(place);
    let (computed, magnitude) = expr.compute_with_magnitude(trace);
    let node = trace.node(place.node());
    let fail = |why: &str| Err(format!("{} {place:?} = {stored}: {why}\n{expr:?}", node.name));
    if !agree(stored, computed, magnitude) {
        return fail(&format!("the explanation gives {computed}"));
    }
    if expr.compute(trace).to_bits() != computed.to_bits() {
        return fail("telling the magnitude changes the number");
    }
    let mut wrong = None;
    expr.sources(&mut |source| {
        if !may_use(trace, node, place, source) {
            wrong.get_or_insert(source);
        }
    });
    if let Some(source) = wrong {
        return fail(&format!("{source:?} may not be a source of it"));
    }
    match defined(&expr) {
        Some(reason) if !is_so(trace, node, place, reason) => fail("it is not so"),
        Some(_) | None => Ok(()),
    }
}

/// Whether both are the same, up to rounding; infinities and missing numbers by their kind.
fn agree(stored: f64, computed: f64, magnitude: f64) -> bool {
    if !stored.is_finite() || !computed.is_finite() {
        return stored.is_nan() == computed.is_nan() && (stored.is_nan() || stored == computed);
    }
    (stored - computed).abs() <= CLOSE * magnitude.clamp(1.0, f64::MAX)
}

/// Cells of operands, and what softmax says that the cells of one row share.
fn may_use(trace: &Trace, node: &Node, place: Place, source: Place) -> bool {
    match (source, place) {
        (Place::Cell(cell), _) => {
            let (rows, columns) = trace.value(cell.node).shape();
            cell.node < place.node()
                && node.op.operands().contains(&cell.node)
                && cell.row < rows
                && cell.column < columns
        }
        (Place::Aggregate(shared), Place::Cell(cell)) => shared.node == cell.node && shared.row == cell.row,
        (Place::Aggregate(shared), Place::Aggregate(of)) => {
            let place = |kind| node.op.aggregates().iter().position(|own| *own == kind);
            place(shared.kind) < place(of.kind) && shared.node == of.node && shared.row == of.row
        }
    }
}

const fn defined(expr: &Expr) -> Option<Reason> {
    match expr {
        Expr::Defined { reason, .. } | Expr::Ruled { reason, .. } => Some(*reason),
        Expr::Constant(_)
        | Expr::Place(_)
        | Expr::Running(_)
        | Expr::Plus(..)
        | Expr::Minus(..)
        | Expr::Times(..)
        | Expr::Over(..)
        | Expr::Apply(..)
        | Expr::Fold { .. } => None,
    }
}

/// Whether a number that no arithmetic explains may be one.
fn is_so(trace: &Trace, node: &Node, place: Place, reason: Reason) -> bool {
    match (&node.op, place, reason) {
        (Op::Given(op::Given { origin, .. }), Place::Cell(_), Reason::Given(said)) => *origin == said,
        (Op::Random(op::Random { source, .. }), Place::Cell(_), Reason::Given(Origin::Random { seed })) => {
            source.seed == seed
        }
        (Op::Mask(op::Mask { visible, hidden, .. }), Place::Cell(cell), reason) => {
            let keys = trace.value(cell.node).ncols();
            trace.cell(cell).to_bits() == hidden.to_bits()
                && visible.each().iter().any(|mask| hides(mask, cell, keys, reason))
        }
        (
            Op::Softmax(op::Softmax { of, empty_row }),
            Place::Cell(Cell { row, .. }) | Place::Aggregate(Aggregate { row, .. }),
            _,
        ) => {
            let keys = trace.value(*of).ncols();
            let said = match (place, empty_row) {
                // The total is 0 whatever becomes of the weights.
                (Place::Aggregate(_), _) | (Place::Cell(_), EmptyRow::Zeros) => Reason::NothingToSee,
                (Place::Cell(_), EmptyRow::Missing) => Reason::NoNumber,
                (Place::Cell(_), EmptyRow::Uniform) => Reason::AllAlike { keys },
            };
            reason == said && trace.value(*of).row(row).iter().all(|x| *x == f64::NEG_INFINITY)
        }
        (Op::Convolution(op::Convolution { of, kernel }), Place::Cell(cell), Reason::BeyondTheEnds) => {
            let positions = trace.value(*of).nrows();
            let here = cell.row.cast_signed();
            kernel.iter().all(|slice| !(0..positions.cast_signed()).contains(&(here + slice.offset)))
        }
        (Op::Context(_), Place::Cell(cell), Reason::Itself) => cell.row == cell.column,
        (Op::Context(op::Context { window, .. }), Place::Cell(cell), Reason::OutsideContext) => {
            cell.row.abs_diff(cell.column) > *window
        }
        (Op::Dropout(dropout), Place::Cell(Cell { row, column, .. }), Reason::Dropped) => {
            !dropout.keeps((row, column), node.shape.columns.size())
        }
        (Op::OneHot(op::OneHot { entries, .. }), Place::Cell(cell), Reason::IsToken(is)) => {
            is == (entries[cell.row] == cell.column)
        }
        (Op::Components(op::Components { of, .. }), Place::Cell(cell), Reason::Component) => {
            is_direction(&trace.value(*of), &trace.value(cell.node), cell.column)
        }
        (Op::CrossEntropy(op::CrossEntropy { of, .. }), Place::Aggregate(Aggregate { row, .. }), _) => {
            reason == Reason::NothingToSee
                && trace.value(*of).row(row).iter().all(|x| *x == f64::NEG_INFINITY)
        }
        (Op::Keep(_) | Op::Choose(_), Place::Cell(cell), _) => rule::is_so(trace, &node.op, cell, reason),
        _ => false,
    }
}

/// Whether a column is a direction of length 1 that `Aᵀ·A` only stretches, at right angles to the columns before; or no
/// number, because `A` grows beyond all of them.
fn is_direction(of: &Matrix, components: &Matrix, number: usize) -> bool {
    let spread = of.transpose() * of;
    if !spread.iter().all(|x| x.is_finite()) {
        return components.iter().all(|x| x.is_nan());
    }
    // Its size says nothing of its directions, and large numbers would overflow.
    let spread = &spread / spread.amax().max(f64::MIN_POSITIVE);
    let direction = components.column(number);
    let stretched = &spread * direction;
    let factor = direction.dot(&stretched);
    let right_angles = (0..number).all(|before| components.column(before).dot(&direction).abs() < CLOSE);
    (direction.norm() - 1.0).abs() < CLOSE && right_angles && (stretched - direction * factor).amax() <= CLOSE
}

/// Whether a mask hides a key for this reason; said in other words than the mask itself uses.
fn hides(mask: &Visible, Cell { row: query, column: key, .. }: Cell, keys: usize, reason: Reason) -> bool {
    let ahead = key.cast_signed() - query.cast_signed();
    match (mask, reason) {
        (Visible::Causal, Reason::LaterKey) => ahead > 0,
        (Visible::Backward, Reason::EarlierKey) => ahead < 0,
        (Visible::Padding { from: first, to: end }, Reason::Padding { from, to }) => {
            (*first, *end) == (from, to) && key >= from && key < to
        }
        (Visible::Prefix(prefix), Reason::LaterThanPrefix { length }) => {
            *prefix == length && ahead > 0 && key >= length
        }
        (Visible::Window { .. }, Reason::OutsideWindow { before, after }) => {
            *mask == Visible::Window { before, after }
                && !(-before.cast_signed()..=after.cast_signed()).contains(&ahead)
        }
        (Visible::Block(block), Reason::OtherBlock { size }) => {
            let start = query - query % size;
            *block == size && !(start..start + size).contains(&key)
        }
        (Visible::Cells(allowed), Reason::MaskedKey) => !allowed[query * keys + key],
        (Visible::Added(added), Reason::AddedInfinity) => added[query * keys + key] == f64::NEG_INFINITY,
        _ => false,
    }
}
