//! The same step as NumPy and PyTorch code: one line for each matrix that the step shows.

use super::text::{Line, Role};
use crate::app::Walk;
use crate::graph::{Node, NodeId, Op, Origin, Trace, Visible, op};
use crate::language::{Language, words};

/// The lines for the matrices of the step, first in NumPy and then in PyTorch.
pub(super) fn lines(walk: &Walk, language: Language) -> Vec<Line> {
    let trace = &walk.lesson.trace;
    let inside = walk.looking.as_ref().filter(|looking| looking.path().len() > 1);
    let nodes: Vec<_> = match inside {
        Some(looking) => vec![looking.visit().place.node()],
        None => walk.shown().collect(),
    };
    if nodes.is_empty() {
        let nothing = words("This step computes nothing.", "这一步没有计算。");
        return vec![Line::of(*nothing.get(language), Role::Muted)];
    }
    let rows = words("Tokens are rows here, as in both libraries.", "代码中词元为行，与两个库的惯例一致。");
    let mut lines = vec![Line::of(*rows.get(language), Role::Muted), Line::new()];
    for library in [Library::NumPy, Library::PyTorch] {
        lines.push(Line::of(library.name(), Role::Heading));
        lines.push(Line::of(library.import(), Role::Code));
        let statements = nodes.iter().flat_map(|node| library.statements(trace, *node));
        lines.extend(statements.map(|statement| Line::of(statement, Role::Code)));
        lines.push(Line::new());
    }
    lines.pop();
    lines
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Library {
    NumPy,
    PyTorch,
}

impl Library {
    const fn name(self) -> &'static str {
        match self {
            Self::NumPy => "NumPy",
            Self::PyTorch => "PyTorch",
        }
    }

    const fn import(self) -> &'static str {
        match self {
            Self::NumPy => "import numpy as np",
            Self::PyTorch => "import torch",
        }
    }

    const fn module(self) -> &'static str {
        match self {
            Self::NumPy => "np",
            Self::PyTorch => "torch",
        }
    }

    /// The statements that make a matrix.
    fn statements(self, trace: &Trace, id: NodeId) -> Vec<String> {
        let node = trace.node(id);
        let name = variable(node);
        if let (Op::Softmax(op::Softmax { of }), Self::NumPy) = (&node.op, self) {
            let of = variable(trace.node(*of));
            return vec![
                format!("e = np.exp({of} - {of}.max(axis=-1, keepdims=True))"),
                format!("{name} = e / e.sum(axis=-1, keepdims=True)"),
            ];
        }
        vec![format!("{name} = {}", self.expression(trace, node))]
    }

    fn expression(self, trace: &Trace, node: &Node) -> String {
        let name = |id: NodeId| variable(trace.node(id));
        let list = |ids: &[NodeId]| ids.iter().map(|id| name(*id)).collect::<Vec<_>>();
        let module = self.module();
        match &node.op {
            Op::Given(op::Given { values, origin, .. }) => match origin {
                Origin::Identity => format!("{module}.eye({})", values.nrows()),
                Origin::Written | Origin::Random { .. } => {
                    self.array(values.nrows(), values.ncols(), |r, c| values[(r, c)])
                }
            },
            Op::Random(op::Random { source, shape }) => {
                let (rows, columns) = shape.size();
                self.array(rows, columns, |row, column| source.number(row * columns + column))
            }
            Op::Gather(op::Gather { table, rows, .. }) => {
                let rows: Vec<_> = rows.iter().map(ToString::to_string).collect();
                format!("{}[[{}]]", name(*table), rows.join(", "))
            }
            Op::Transpose(op::Transpose { of }) => format!("{}.T", name(*of)),
            Op::Product(op::Product { left, right }) => format!("{} @ {}", name(*left), name(*right)),
            Op::DotProducts(op::DotProducts { left, right }) => {
                format!("{} @ {}.T", name(*left), name(*right))
            }
            Op::Scale(op::Scale { of, divisor }) => {
                format!("{} / {}", name(*of), self.divisor(&divisor.symbol, divisor.value))
            }
            Op::Add(op::Add { terms }) => list(terms).join(" + "),
            Op::Mask(op::Mask { of, visible }) => self.mask(&name(*of), visible, node.shape.size()),
            Op::Softmax(op::Softmax { of }) => format!("torch.softmax({}, dim=-1)", name(*of)),
            Op::Concat(op::Concat { parts }) => match self {
                Self::NumPy => format!("np.concatenate([{}], axis=-1)", list(parts).join(", ")),
                Self::PyTorch => format!("torch.cat([{}], dim=-1)", list(parts).join(", ")),
            },
        }
    }

    /// Small matrices are written out; of larger ones only the shape is said.
    fn array(self, rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> String {
        let function = match self {
            Self::NumPy => "np.array",
            Self::PyTorch => "torch.tensor",
        };
        if rows * columns > 80 {
            return format!("{function}(...)  # {rows} x {columns}");
        }
        let row = |row| {
            (0..columns).map(|column| format!("{:?}", value(row, column))).collect::<Vec<_>>().join(", ")
        };
        let rows: Vec<_> = (0..rows).map(|index| format!("[{}]", row(index))).collect();
        format!("{function}([{}])", rows.join(", "))
    }

    fn divisor(self, symbol: &str, value: f64) -> String {
        let root = value * value;
        if symbol.starts_with('√') && root.fract().abs() < 1e-9 {
            return match self {
                Self::NumPy => format!("np.sqrt({root:.0})"),
                Self::PyTorch => format!("{root:.0} ** 0.5"),
            };
        }
        value.to_string()
    }

    fn mask(self, of: &str, visible: &Visible, (rows, columns): (usize, usize)) -> String {
        let allowed = match (visible, self) {
            (Visible::Causal, Self::NumPy) => format!("np.tri(*{of}.shape, dtype=bool)"),
            (Visible::Causal, Self::PyTorch) => format!("torch.ones_like({of}).tril().bool()"),
            (Visible::Cells(cells), Self::NumPy | Self::PyTorch) => {
                let table = self.array(rows, columns, |row, column| f64::from(cells[row * columns + column]));
                match self {
                    Self::NumPy => format!("{table} == 1"),
                    Self::PyTorch => format!("({table} == 1)"),
                }
            }
        };
        match self {
            Self::NumPy => format!("np.where({allowed}, {of}, -np.inf)"),
            Self::PyTorch => format!("{of}.masked_fill(~{allowed}, -torch.inf)"),
        }
    }
}

/// The name of a matrix as a variable of Python.
fn variable(node: &Node) -> String {
    node.name.replace(['.', '@'], "_")
}
