//! Counts, convolution, recurrence and contexts as NumPy and PyTorch code.

use std::collections::BTreeMap;

use super::{Library, variable};
use crate::graph::{Expr, Trace, op};
use crate::lesson::expression::is_name;

impl Library {
    /// The sizes by name, then a table of their formulas.
    pub(super) fn counted(self, name: &str, table: &op::Counted) -> Vec<String> {
        let sizes = sizes(table);
        let mut lines: Vec<_> = sizes.iter().map(|(symbol, value)| format!("{symbol} = {value}")).collect();
        let (rows, columns) = table.shape.size();
        let array = match self {
            Self::NumPy => "np.array",
            Self::PyTorch => "torch.tensor",
        };
        lines.push(format!("{name} = {array}(["));
        if let Some((symbol, values, formulas)) = one_formula_for_all(table, &sizes) {
            lines.push("    [".to_owned());
            let labels = table.shape.columns.labels().iter();
            lines.extend(
                formulas.iter().zip(labels).map(|(formula, label)| format!("        {formula},  # {label}")),
            );
            lines.push(format!(
                "    ] for {symbol} in [{}]",
                values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            ));
        } else {
            for row in 0..rows {
                let cells = (0..columns).map(|column| python(table.cell(row, column), &sizes));
                let label = table.shape.rows.label(row);
                lines.push(format!("    [{}],  # {label}", cells.collect::<Vec<_>>().join(", ")));
            }
        }
        lines.push("])".to_owned());
        lines
    }

    pub(super) fn convolution(self, trace: &Trace, convolution: &op::Convolution) -> String {
        let x = variable(trace.node(convolution.of));
        let term = |slice: &op::KernelSlice| {
            let weights = variable(trace.node(slice.weights));
            let steps = slice.offset.unsigned_abs();
            let (above, below) = if slice.offset < 0 { (steps, 0) } else { (0, steps) };
            let padded = match self {
                Self::NumPy => format!("np.pad({x}, (({above}, {below}), (0, 0)))"),
                Self::PyTorch => format!("torch.nn.functional.pad({x}, (0, 0, {above}, {below}))"),
            };
            match slice.offset {
                0 => format!("{x} @ {weights}"),
                1.. => format!("{padded}[{steps}:] @ {weights}"),
                ..0 => format!("{padded}[:len({x})] @ {weights}"),
            }
        };
        convolution.kernel.iter().map(term).collect::<Vec<_>>().join(" + ")
    }

    pub(super) fn recur(self, trace: &Trace, step: &op::Recur) -> String {
        let name = |id| variable(trace.node(id));
        let (first, last) = (step.position, step.position + 1);
        let mut terms = vec![format!("{}[{first}:{last}] @ {}", name(step.of), name(step.input_weights))];
        terms.extend(
            step.previous.map(|previous| format!("{} @ {}", name(previous), name(step.state_weights))),
        );
        terms.extend(step.bias.map(name));
        let sum = terms.join(" + ");
        match step.activation {
            Some(activation) => self.activation(activation, &format!("({sum})")),
            None => sum,
        }
    }

    /// Who is near whom, then the shares.
    pub(super) fn context(self, name: &str, context: &op::Context) -> Vec<String> {
        let (count, window) = (context.positions.size(), context.window.min(context.positions.size()));
        match self {
            Self::NumPy => vec![
                format!(
                    "near = np.tri({count}, k={window}) - np.tri({count}, k=-{}) - np.eye({count})",
                    window + 1
                ),
                format!("{name} = near / np.maximum(near.sum(axis=-1, keepdims=True), 1)"),
            ],
            Self::PyTorch => vec![
                format!(
                    "near = torch.ones({count}, {count}).tril({window}).triu(-{window}) - torch.eye({count})"
                ),
                format!("{name} = near / near.sum(dim=-1, keepdim=True).clamp(min=1)"),
            ],
        }
    }
}

/// Where rows differ in the value of one size only, as in the length of the text: its symbol, its values from row to
/// row, and the formulas of a row.
fn one_formula_for_all(
    table: &op::Counted,
    sizes: &BTreeMap<String, f64>,
) -> Option<(String, Vec<f64>, Vec<String>)> {
    let (rows, columns) = table.shape.size();
    let mut symbol: Option<String> = None;
    let mut values = Vec::with_capacity(rows);
    let mut formulas: Option<Vec<String>> = None;
    for row in 0..rows {
        let mut own = None;
        let mut is_one = true;
        for column in 0..columns {
            each_constant(table.cell(row, column), &mut |name, value| {
                if is_name(name) && !sizes.contains_key(name) {
                    let same =
                        |known: &(String, f64)| known.0 == name && known.1.to_bits() == value.to_bits();
                    is_one &= own.as_ref().is_none_or(same);
                    own = Some((name.to_owned(), value));
                }
            });
        }
        let (name, value) = own.filter(|_| is_one)?;
        let mut named = sizes.clone();
        named.insert(name.clone(), value);
        let written = (0..columns).map(|column| python(table.cell(row, column), &named)).collect::<Vec<_>>();
        if symbol.get_or_insert_with(|| name.clone()) != &name
            || formulas.get_or_insert_with(|| written.clone()) != &written
        {
            return None;
        }
        values.push(value);
    }
    Some((symbol?, values, formulas?))
}

/// The constants that have a name and, wherever they stand, the same number.
fn sizes(table: &op::Counted) -> BTreeMap<String, f64> {
    let mut values: BTreeMap<String, Option<f64>> = BTreeMap::new();
    for cell in table.cells.iter() {
        each_constant(cell, &mut |symbol, value| {
            let known = values.entry(symbol.to_owned()).or_insert(Some(value));
            *known = known.filter(|known| known.to_bits() == value.to_bits());
        });
    }
    let named = |(symbol, value): (String, Option<f64>)| Some((symbol, value?));
    values.into_iter().filter(|(symbol, _)| is_name(symbol) && symbol.is_ascii()).filter_map(named).collect()
}

fn each_constant(expr: &Expr, visit: &mut impl FnMut(&str, f64)) {
    match expr {
        Expr::Constant(constant) => visit(&constant.symbol, constant.value),
        Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Times(a, b) | Expr::Over(a, b) => {
            each_constant(a, visit);
            each_constant(b, visit);
        }
        Expr::Apply(_, a) => each_constant(a, visit),
        Expr::Place(_) | Expr::Running(_) | Expr::Fold { .. } | Expr::Defined { .. } | Expr::Ruled { .. } => {
        }
    }
}

/// A formula of constants in Python. What counts divide comes out even, so `//` keeps whole numbers whole.
fn python(expr: &Expr, sizes: &BTreeMap<String, f64>) -> String {
    let inner = |expr: &Expr| match expr {
        Expr::Plus(..) | Expr::Minus(..) => format!("({})", python(expr, sizes)),
        Expr::Constant(_)
        | Expr::Place(_)
        | Expr::Running(_)
        | Expr::Times(..)
        | Expr::Over(..)
        | Expr::Apply(..)
        | Expr::Fold { .. }
        | Expr::Defined { .. }
        | Expr::Ruled { .. } => python(expr, sizes),
    };
    match expr {
        Expr::Constant(constant) if sizes.contains_key(&constant.symbol) => constant.symbol.clone(),
        Expr::Constant(constant) => constant.value.to_string(),
        Expr::Plus(a, b) => format!("{} + {}", python(a, sizes), python(b, sizes)),
        Expr::Minus(a, b) => format!("{} - {}", python(a, sizes), inner(b)),
        Expr::Times(a, b) => format!("{} * {}", inner(a), inner(b)),
        Expr::Over(a, b) => format!("{} // {}", inner(a), inner(b)),
        // Counts are sums, products and quotients of constants and nothing else.
        Expr::Place(_)
        | Expr::Running(_)
        | Expr::Apply(..)
        | Expr::Fold { .. }
        | Expr::Defined { .. }
        | Expr::Ruled { .. } => "None".to_owned(),
    }
}
