//! What attention is compared with, and counts, in random graphs.

use std::sync::Arc;

use qkv::graph::op::{Activation, Tally};
use qkv::graph::{Axis, Constant, Expr, NodeId, Op, Shape, Side, op};
use qkv::transformer::{Cbow, Naming, Recurrence};

use super::{Choice, Kitchen, Step, WIDEST};

impl Kitchen {
    pub(super) fn counted(&mut self, step: &Step) {
        let shape = Shape::new(self.axis(step, 0), self.axis(step, 1));
        let (rows, columns) = shape.size();
        let size = |index: usize| {
            let value = (step.numbers[index % step.numbers.len()].to_bits() % 100) as f64;
            Expr::Constant(Constant { value, symbol: "d".to_owned() })
        };
        let cell = |index: usize| match step.choice {
            Choice::First => size(index).times(size(index + 1)).minus(size(index + 2)),
            Choice::Second => size(index).times(size(index + 1).plus(size(index + 2))),
            Choice::Third => size(index).over(Expr::Constant(Constant::plain(2.0))),
        };
        let cells = (0..rows * columns).map(cell).collect();
        let tally = if step.allowed[0] { Tally::Sizes } else { Tally::Rounds };
        self.push(Op::Counted(op::Counted { shape, cells, tally }));
    }

    /// A kernel that may look beyond both ends, also all of it.
    pub(super) fn convolution(&mut self, step: &Step, of: NodeId) {
        let inputs = Arc::clone(&self.graph.node(of).shape.columns);
        let outputs = self.axis(step, 3);
        let first = step.picks[1].index(9).cast_signed() - 4;
        let offsets = (0..=step.picks[2].index(3).cast_signed()).map(|further| first + further);
        let kernel = offsets.map(|offset| {
            let weights = self.given(step, Arc::clone(&inputs), Arc::clone(&outputs));
            op::KernelSlice { offset, weights }
        });
        let kernel = kernel.collect();
        self.push(Op::Convolution(op::Convolution { of, kernel }));
    }

    /// A whole network, its states and their stack.
    pub(super) fn recurrence(&mut self, step: &Step, of: NodeId) {
        let inputs = Arc::clone(&self.graph.node(of).shape.columns);
        let hidden = Axis::sized("d_h", 1 + step.picks[1].index(4));
        let input_weights = self.given(step, inputs, Arc::clone(&hidden));
        let state_weights = self.given(step, Arc::clone(&hidden), Arc::clone(&hidden));
        let bias = step.allowed[0].then(|| self.given(step, Axis::numbered(1), hidden));
        let activation = match step.choice {
            Choice::First => None,
            Choice::Second => Some(Activation::Tanh),
            Choice::Third => Some(Activation::Relu),
        };
        let naming = Naming { prefix: format!("r{}", self.graph.len()), suffix: String::new() };
        Recurrence { of, input_weights, state_weights, bias, activation }
            .build(&mut self.graph, &naming)
            .expect("everything is made to fit");
    }

    pub(super) fn stack(&mut self, step: &Step, of: NodeId) {
        let columns = Arc::clone(&self.graph.node(of).shape.columns);
        let mut height = self.graph.node(of).shape.rows.size();
        let mut parts = vec![of];
        for _ in 0..step.picks[1].index(3) {
            let part = self.partner(step, Side::Columns, &columns);
            let rows = self.graph.node(part).shape.rows.size();
            if height + rows <= WIDEST {
                height += rows;
                parts.push(part);
            }
        }
        self.push(Op::Stack(op::Stack { parts, positions: Axis::sized("stacked", height) }));
    }

    /// A bag of words over a table of embeddings, with its averaging matrix.
    pub(super) fn cbow(&mut self, step: &Step, of: NodeId) {
        let Shape { rows: words, columns } = self.graph.node(of).shape.clone();
        let positions = Arc::clone(step.picks[1].get(&self.axes));
        let rows = (0..positions.size()).map(|position| (position * 7 + 3) % words.size()).collect();
        let output_weights = self.given(step, columns, words);
        let window = 1 + step.picks[2].index(4);
        let naming = Naming { prefix: format!("c{}", self.graph.len()), suffix: String::new() };
        Cbow { positions, rows, embeddings: of, output_weights, window }
            .build(&mut self.graph, &naming)
            .expect("everything is made to fit");
    }
}
