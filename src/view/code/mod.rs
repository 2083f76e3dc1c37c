//! The same step as NumPy and PyTorch code: one line for each matrix that the step shows.

mod block;
mod choice;
mod comparison;
mod measures;
mod pattern;
mod positions;

use super::text::{Line, Role};
use crate::app::Walk;
use crate::graph::{Node, NodeId, Op, Origin, Side, Trace, op};
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
        let name = |id: NodeId| variable(trace.node(id));
        let list = |ids: &[NodeId]| ids.iter().map(|id| name(*id)).collect::<Vec<_>>();
        let module = self.module();
        let mut statements = Vec::new();
        let value = match &node.op {
            Op::Softmax(softmax) => return self.softmax(trace, id, softmax),
            Op::Mask(mask) => return self.mask(trace, &variable(node), mask),
            Op::Given(given) => self.given(given),
            Op::Random(random) => self.random(random),
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
            Op::Subtract(op::Subtract { left, right }) => format!("{} - {}", name(*left), name(*right)),
            Op::Multiply(op::Multiply { left, right }) => format!("{} * {}", name(*left), name(*right)),
            Op::Activate(op::Activate { of, with }) => {
                statements.extend(self.before_activation(*with));
                self.activation(*with, &name(*of))
            }
            Op::Dropout(dropout @ op::Dropout { of, rate, .. }) => {
                statements.extend(self.before_dropout(dropout, node.shape.size()));
                format!("{module}.where(kept == 1, {} / (1 - {rate}), 0.0)", name(*of))
            }
            Op::LayerNorm(op::LayerNorm { of, epsilon }) => self.layer_norm(&name(*of), epsilon.value),
            Op::RmsNorm(op::RmsNorm { of, epsilon }) => self.rms_norm(&name(*of), epsilon.value),
            Op::Slice(op::Slice { of, side, entries }) => {
                let (of, from, to) = (name(*of), entries.start, entries.end);
                match side {
                    Side::Rows => format!("{of}[{from}:{to}]"),
                    Side::Columns => format!("{of}[:, {from}:{to}]"),
                }
            }
            Op::Concat(op::Concat { parts }) => self.joined(&list(parts), -1),
            Op::Counted(table) => return self.counted(&variable(node), table),
            Op::Context(context) => return self.context(&variable(node), context),
            Op::Convolution(convolution) => self.convolution(trace, convolution),
            Op::Recur(step) => self.recur(trace, step),
            Op::Stack(op::Stack { parts, .. }) => self.joined(&list(parts), 0),
            Op::OneHot(op::OneHot { entries, vocabulary, .. }) => {
                let entries: Vec<_> = entries.iter().map(ToString::to_string).collect();
                format!("{module}.eye({})[[{}]]", vocabulary.size(), entries.join(", "))
            }
            Op::Sinusoids(sinusoids) => {
                let (rows, width) = node.shape.size();
                statements.push(self.angles(&sinusoids.angles, rows, width));
                self.sinusoids(sinusoids.angles.pairs, width)
            }
            Op::Rotate(rotate) => {
                statements.extend(self.prepare_rotation(&name(rotate.of), rotate, node.shape.size()));
                self.rotated(&name(rotate.of), rotate.angles.pairs)
            }
            Op::Measure(op::Measure { of, each, quantity }) => self.measure(&name(*of), *each, *quantity),
            Op::UnitRows(op::UnitRows { of }) => {
                statements.extend(self.prepare_unit_rows(&name(*of)));
                self.unit_rows(&name(*of))
            }
            Op::Distances(op::Distances { left, right }) => self.distances(&name(*left), &name(*right)),
            Op::Components(op::Components { of, count }) => {
                statements.extend(self.prepare_components(&name(*of), *count));
                self.components(*count)
            }
            Op::ShareOf(op::ShareOf { part, whole }) => {
                format!("{} / ({}.sum() or 1)", name(*part), name(*whole))
            }
            Op::Keep(keep) => {
                statements.extend(self.prepare_choice(trace, node));
                self.kept(trace, keep)
            }
            Op::Choose(choose) => {
                statements.extend(self.prepare_choice(trace, node));
                self.chosen(trace, node, choose)
            }
            Op::CrossEntropy(loss) => {
                statements.extend(self.prepare_choice(trace, node));
                self.cross_entropy(trace, loss)
            }
        };
        statements.push(format!("{} = {value}", variable(node)));
        statements
    }

    fn given(self, op::Given { values, origin, .. }: &op::Given) -> String {
        match origin {
            Origin::Identity => format!("{}.eye({})", self.module(), values.nrows()),
            Origin::Written | Origin::Random { .. } => {
                self.array(values.nrows(), values.ncols(), |r, c| values[(r, c)])
            }
        }
    }

    fn random(self, op::Random { source, shape }: &op::Random) -> String {
        let (rows, columns) = shape.size();
        self.array(rows, columns, |row, column| source.number(row * columns + column))
    }

    fn joined(self, parts: &[String], axis: i8) -> String {
        let parts = parts.join(", ");
        match self {
            Self::NumPy => format!("np.concatenate([{parts}], axis={axis})"),
            Self::PyTorch => format!("torch.cat([{parts}], dim={axis})"),
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
        let row =
            |row| (0..columns).map(|column| self.number(value(row, column))).collect::<Vec<_>>().join(", ");
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
}

/// The name of a matrix as a variable of Python.
fn variable(node: &Node) -> String {
    node.name.replace(['.', '@'], "_")
}
