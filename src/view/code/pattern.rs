//! Masks and softmax as Python writes them.

use super::{Library, variable};
use crate::graph::{Aggregate, AggregateKind, EmptyRow, NodeId, Place, Trace, Visible, op};

impl Library {
    /// A number as Python reads it.
    pub(super) fn number(self, value: f64) -> String {
        if value == f64::NEG_INFINITY { format!("-{}.inf", self.module()) } else { format!("{value:?}") }
    }

    /// The statements that make a masked matrix. Tables come first, in statements of their own.
    pub(super) fn mask(self, trace: &Trace, name: &str, mask: &op::Mask) -> Vec<String> {
        let op::Mask { of, visible, hidden } = mask;
        let of = variable(trace.node(*of));
        let size = trace.node(mask.of).shape.size();
        let mut statements = Vec::new();
        let mut allowed = Vec::new();
        let mut scores = of.clone();
        let several = visible.each().len() > 1;
        for (number, visible) in visible.each().iter().enumerate() {
            let table = if several { format!("table_{}", number + 1) } else { "table".to_owned() };
            statements.extend(self.table(visible, &table, size));
            if matches!(visible, Visible::Added(_)) {
                scores = format!("{scores} + {table}");
                // What is −∞ once it is added needs no more.
                if hidden.is_finite() {
                    allowed.push(format!("({table} > -{}.inf)", self.module()));
                }
            } else {
                allowed.push(self.rule(visible, &of, &table, size.1));
            }
        }
        let is_sum = scores != of;
        let hidden = self.number(*hidden);
        let value = match (allowed.as_slice(), self) {
            ([], _) => scores,
            (allowed, Self::NumPy) => {
                format!("np.where({}, {scores}, {hidden})", allowed.join(" & "))
            }
            (allowed, Self::PyTorch) => {
                let scores = if is_sum { format!("({scores})") } else { scores };
                let hides = match allowed {
                    [one] => format!("~{one}"),
                    _ => format!("~({})", allowed.join(" & ")),
                };
                format!("{scores}.masked_fill({hides}, {hidden})")
            }
        };
        statements.push(format!("{name} = {value}"));
        statements
    }

    /// The table of a mask that has one.
    fn table(self, visible: &Visible, name: &str, (rows, columns): (usize, usize)) -> Option<String> {
        let table = match visible {
            Visible::Cells(cells) => {
                self.array(rows, columns, |row, column| f64::from(cells[row * columns + column]))
            }
            Visible::Added(added) => self.array(rows, columns, |row, column| added[row * columns + column]),
            Visible::Causal
            | Visible::Backward
            | Visible::Padding { .. }
            | Visible::Prefix(_)
            | Visible::Window { .. }
            | Visible::Block(_)
            | Visible::All(_) => return None,
        };
        Some(format!("{name} = {table}"))
    }

    /// Where a mask allows to see, in brackets or a call, so that it can stand beside another; over `size` keys.
    fn rule(self, visible: &Visible, of: &str, table: &str, size: usize) -> String {
        // Where a key is at most so much further on than the query.
        let up_to = |ahead: &str| match (self, ahead) {
            (Self::NumPy, "0") => format!("np.tri(*{of}.shape, dtype=bool)"),
            (Self::NumPy, _) => format!("np.tri(*{of}.shape, k={ahead}, dtype=bool)"),
            (Self::PyTorch, "0") => format!("torch.ones_like({of}).tril().bool()"),
            (Self::PyTorch, _) => format!("torch.ones_like({of}).tril({ahead}).bool()"),
        };
        let module = self.module();
        let keys = format!("{module}.arange({of}.shape[-1])");
        match visible {
            Visible::Causal => up_to("0"),
            Visible::Backward => match self {
                Self::NumPy => format!("~{}", up_to("-1")),
                Self::PyTorch => format!("torch.ones_like({of}).triu().bool()"),
            },
            Visible::Padding { from, to } if *to < size => format!("(({keys} < {from}) | ({keys} >= {to}))"),
            Visible::Padding { from, .. } => format!("({keys} < {from})"),
            Visible::Prefix(length) => format!("(({keys} < {length}) | {})", up_to("0")),
            Visible::Window { before, after } => match self {
                Self::NumPy => {
                    let too_early = up_to(&format!("-{}", before + 1));
                    format!("({} & ~{too_early})", up_to(&after.to_string()))
                }
                Self::PyTorch => {
                    format!("torch.ones_like({of}).tril({after}).triu({}).bool()", back(*before))
                }
            },
            Visible::Block(size) => {
                let queries = format!("{module}.arange({of}.shape[0])");
                format!("({queries}[:, None] // {size} == {keys} // {size})")
            }
            Visible::Cells(_) => format!("({table} == 1)"),
            Visible::Added(_) => format!("({table} > -{module}.inf)"),
            Visible::All(masks) => {
                let rules: Vec<_> = masks.iter().map(|mask| self.rule(mask, of, table, size)).collect();
                format!("({})", rules.join(" & "))
            }
        }
    }

    /// The statements of softmax. Where every key of a row is hidden, both libraries say NaN.
    pub(super) fn softmax(self, trace: &Trace, id: NodeId, softmax: &op::Softmax) -> Vec<String> {
        let name = variable(trace.node(id));
        let of = variable(trace.node(softmax.of));
        let (queries, keys) = trace.node(id).shape.size();
        let maximum = |row| Aggregate { node: id, kind: AggregateKind::Maximum, row };
        let is_empty = |row| trace.number(Place::Aggregate(maximum(row))) == f64::NEG_INFINITY;
        let filled = match softmax.empty_row {
            EmptyRow::Missing => None,
            EmptyRow::Zeros => Some("0.0".to_owned()),
            EmptyRow::Uniform => Some(format!("1 / {keys}")),
        };
        let filled = filled.filter(|_| (0..queries).any(is_empty));
        let filled = |weights: String| match &filled {
            Some(number) => format!("{}.nan_to_num({weights}, nan={number})", self.module()),
            None => weights,
        };
        match self {
            Self::NumPy => vec![
                format!("e = np.exp({of} - {of}.max(axis=-1, keepdims=True))"),
                format!("{name} = {}", filled("e / e.sum(axis=-1, keepdims=True)".to_owned())),
            ],
            Self::PyTorch => vec![format!("{name} = {}", filled(format!("torch.softmax({of}, dim=-1)")))],
        }
    }
}

/// So many positions back, as a diagonal is counted.
fn back(before: usize) -> String {
    if before == 0 { "0".to_owned() } else { format!("-{before}") }
}
