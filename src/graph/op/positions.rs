//! Where a token stands: one-hot rows, sinusoidal positions, and rotary positions.

use std::sync::Arc;

use super::{Constant, Form, Mismatch, Op, Operands, Operation};
use crate::graph::expr::{Expr, Function};
use crate::graph::formula::{Convention, FormulaPiece};
use crate::graph::reason::Reason;
use crate::graph::{Axis, Cell, Graph, Grown, NodeId, Shape, Trace};
use crate::language::words;
use crate::math::{self, Angles, Matrix, Place};

/// A single 1 in each row, at the entry of the vocabulary that the token is: `[n, vocabulary]`.
#[derive(Debug, Clone)]
pub struct OneHot {
    /// Which entry each position has.
    pub entries: Vec<usize>,
    /// What the rows are: the tokens of a text.
    pub positions: Arc<Axis>,
    /// What the columns are: the entries of the vocabulary.
    pub vocabulary: Arc<Axis>,
}

impl Operation for OneHot {
    fn operands(&self) -> Vec<NodeId> {
        Vec::new()
    }

    fn form(&self) -> Form {
        Form::Given
    }

    fn infer_shape(&self, _graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(Shape::new(Arc::clone(&self.positions), Arc::clone(&self.vocabulary)))
    }

    fn evaluate(&self, _operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::one_hot(&self.entries, self.vocabulary.size()))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        let is_token = self.entries[at.row] == at.column;
        Expr::defined(if is_token { 1.0 } else { 0.0 }, Reason::IsToken(is_token))
    }

    fn formula(&self, convention: Convention) -> Vec<FormulaPiece> {
        vec![FormulaPiece::Word(match convention {
            Convention::Rows => words("one 1 in each row, at its token", "每行只有一个 1，位于该词元处"),
            Convention::Columns => {
                words("one 1 in each column, at its token", "每列只有一个 1，位于该词元处")
            }
        })]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        let positions = grown.axis(&self.positions);
        let entry = |token: &String| self.vocabulary.labels().iter().position(|own| own == token);
        let further = positions.labels().iter().skip(self.entries.len()).map(entry);
        let entries = self.entries.iter().copied().map(Some).chain(further).collect::<Option<_>>()?;
        Some(Op::OneHot(Self { entries, positions, ..self.clone() }))
    }
}

/// Sines and cosines of the positions, each pair slower than the one before: `[n, d]` (Vaswani et al. 2017, §3.5).
#[derive(Debug, Clone)]
pub struct Sinusoids {
    /// What the rows are: the tokens of a text.
    pub positions: Arc<Axis>,
    /// What the columns are: `d_model`.
    pub features: Arc<Axis>,
    /// The angles.
    pub angles: Angles,
}

impl Operation for Sinusoids {
    fn operands(&self) -> Vec<NodeId> {
        Vec::new()
    }

    fn form(&self) -> Form {
        Form::Given
    }

    fn infer_shape(&self, _graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(Shape::new(Arc::clone(&self.positions), Arc::clone(&self.features)))
    }

    fn evaluate(&self, _operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::sinusoids(self.positions.size(), self.features.size(), &self.angles))
    }

    fn derive(&self, at: Cell, _trace: &Trace) -> Expr {
        let width = self.features.size();
        match self.angles.pairs.place(at.column, width) {
            Place::First(pair) => angle(&self.angles, at.row, pair, width).apply(Function::Sine),
            Place::Second(pair) => angle(&self.angles, at.row, pair, width).apply(Function::Cosine),
        }
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let base = Constant::plain(self.angles.base);
        let words = words("sin and cos of position ÷ powers of ", "sin 与 cos（位置 ÷ 底数的幂），底数 ");
        vec![FormulaPiece::Word(words), FormulaPiece::Constant(base)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Sinusoids(Self { positions: grown.axis(&self.positions), ..self.clone() }))
    }
}

/// Every pair of numbers of a row turned by an angle that grows with its position: `[n, d] -> [n, d]`
/// (Su et al. 2021, §3.2.2).
#[derive(Debug, Clone)]
pub struct Rotate {
    /// `[n, d]`, queries or keys; `d` is even, else the last column stays as it is.
    pub of: NodeId,
    /// The angles.
    pub angles: Angles,
}

impl Operation for Rotate {
    fn operands(&self) -> Vec<NodeId> {
        vec![self.of]
    }

    fn form(&self) -> Form {
        Form::Elementwise
    }

    fn infer_shape(&self, graph: &Graph) -> Result<Shape, Mismatch> {
        Ok(graph.node(self.of).shape.clone())
    }

    fn evaluate(&self, operands: &dyn Operands, _shared: &Matrix) -> Arc<Matrix> {
        Arc::new(math::rotate(&operands.value(self.of), &self.angles))
    }

    fn derive(&self, at: Cell, trace: &Trace) -> Expr {
        let width = trace.node(self.of).shape.columns.size();
        let place = self.angles.pairs.place(at.column, width);
        let (Place::First(pair) | Place::Second(pair)) = place;
        let (first, second) = self.angles.pairs.columns(pair, width);
        if second >= width {
            return Expr::at(self.of, at.row, at.column);
        }
        let (first, second) = (Expr::at(self.of, at.row, first), Expr::at(self.of, at.row, second));
        let by = |function| angle(&self.angles, at.row, pair, width).apply(function);
        match place {
            Place::First(_) => first.times(by(Function::Cosine)).minus(second.times(by(Function::Sine))),
            Place::Second(_) => first.times(by(Function::Sine)).plus(second.times(by(Function::Cosine))),
        }
    }

    fn formula(&self, _convention: Convention) -> Vec<FormulaPiece> {
        let words = words(", pairs turned by their position", "，各对数按位置旋转");
        vec![FormulaPiece::Matrix(self.of), FormulaPiece::Word(words)]
    }

    fn replay(&self, grown: &Grown<'_>) -> Option<Op> {
        Some(Op::Rotate(Self { of: grown.operand(self.of), ..self.clone() }))
    }
}

/// `position ÷ base^(2i/d)`
fn angle(angles: &Angles, row: usize, pair: usize, width: usize) -> Expr {
    let (above, below) = angles.exponent(pair, width);
    let symbol = format!("{}^({above}/{below})", angles.base);
    let divisor = Constant { value: angles.divisor(pair, width), symbol };
    Expr::number(angles.position(row)).over(Expr::Constant(divisor))
}
