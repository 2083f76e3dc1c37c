//! Random graphs in which every operation occurs: on any earlier matrix, with any axes, masks and numbers.
//!
//! A [`Recipe`] is plain data, so that a failing case shrinks; [`Recipe::cook`] makes the graph, and whatever fits
//! nothing earlier gets a given matrix to fit.

mod attention;
mod block;
mod comparison;
mod output;
mod positions;

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use qkv::graph::{Axis, Constant, Graph, NodeId, Op, Origin, Part, Shape, Side, Trace, op};
use qkv::math::Matrix;
use qkv::transformer::{Logits, Naming};

/// No axis gets larger, however often parts are laid side by side.
const WIDEST: usize = 18;

/// What a graph is made by.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    sizes: [usize; 6],
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
struct Step {
    kind: Kind,
    picks: [Index; 4],
    numbers: Vec<f64>,
    allowed: Vec<bool>,
    choice: Choice,
}

/// What is added.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Given,
    Random,
    Gather,
    Transpose,
    Product,
    DotProducts,
    Scale,
    Add,
    Mask,
    Softmax,
    Concat,
    Slice,
    Head,
    MultiHead,
    FusedHeads,
    Counted,
    Convolution,
    Recurrence,
    Stack,
    Cbow,
    Subtract,
    Multiply,
    Activate,
    Dropout,
    LayerNorm,
    RmsNorm,
    Block,
    Position,
    Measure,
    Compare,
    Output(output::Kind),
    Logits,
}

/// One of three ways where there are some.
#[derive(Debug, Clone, Copy)]
enum Choice {
    First,
    Second,
    Third,
}

/// Graphs whose numbers stay small.
pub(super) fn calm() -> impl Strategy<Value = Recipe> {
    recipe(prop_oneof![(-3_i8..=3).prop_map(f64::from), -2.0..2.0].boxed())
}

/// Graphs with whatever a number of 64 bits can be, so that sums overflow and nothing is left of differences.
fn wild() -> impl Strategy<Value = Recipe> {
    let extreme = [
        f64::MAX,
        -f64::MAX,
        1e300,
        -1e300,
        1e154,
        -1e154,
        1e3,
        -1e3,
        1e-300,
        5e-324,
        -0.0,
        f64::NEG_INFINITY,
    ];
    recipe(prop_oneof![3 => -2.0..2.0, 1 => prop::sample::select(extreme.to_vec())].boxed())
}

/// Both kinds.
pub(super) fn of_any_kind() -> impl Strategy<Value = Recipe> {
    prop_oneof![2 => calm().boxed(), 1 => wild().boxed()]
}

fn recipe(number: BoxedStrategy<f64>) -> impl Strategy<Value = Recipe> {
    use Kind::{
        Add, Concat, DotProducts, Gather, Given, Mask, Product, Random, Scale, Slice, Softmax, Transpose,
    };
    let kinds = vec![
        Given,
        Random,
        Gather,
        Transpose,
        Product,
        DotProducts,
        Scale,
        Add,
        Mask,
        Softmax,
        Concat,
        Slice,
        Kind::Head,
        Kind::MultiHead,
        Kind::FusedHeads,
        Kind::Counted,
        Kind::Convolution,
        Kind::Recurrence,
        Kind::Stack,
        Kind::Cbow,
        Kind::Subtract,
        Kind::Multiply,
        Kind::Activate,
        Kind::Dropout,
        Kind::LayerNorm,
        Kind::RmsNorm,
        Kind::Block,
        Kind::Position,
        Kind::Measure,
        Kind::Compare,
    ];
    let kinds = prop_oneof![
        12 => prop::sample::select(kinds),
        3 => output::kind().prop_map(Kind::Output),
        1 => Just(Kind::Logits),
    ];
    let choices = vec![Choice::First, Choice::Second, Choice::Third];
    let step = (
        kinds,
        any::<[Index; 4]>(),
        prop::collection::vec(number, 1..30),
        prop::collection::vec(any::<bool>(), 1..30),
        prop::sample::select(choices),
    );
    let step = step.prop_map(|(kind, picks, numbers, allowed, choice)| Step {
        kind,
        picks,
        numbers,
        allowed,
        choice,
    });
    let sizes = prop::array::uniform6(1..=6_usize);
    (sizes, prop::collection::vec(step, 1..14)).prop_map(|(sizes, steps)| Recipe { sizes, steps })
}

impl Recipe {
    /// The graph.
    pub(super) fn cook(&self) -> Graph {
        let mut kitchen = Kitchen { graph: Graph::default(), axes: axes(self.sizes) };
        for step in &self.steps {
            kitchen.add(step);
        }
        kitchen.graph
    }

    /// The graph with its values.
    pub(super) fn evaluate(&self) -> Trace {
        Trace::evaluate(Arc::new(self.cook()))
    }
}

/// Texts with a repeated token, features, sizes with and without a name.
fn axes(sizes: [usize; 6]) -> Vec<Arc<Axis>> {
    let named = |letter: &str, size: usize| (0..size).map(|n| format!("{letter}{}", n / 2)).collect();
    let [main, other, model, key, value, counted] = sizes;
    vec![
        Axis::tokens("main", named("t", main)),
        Axis::tokens("other", named("u", other)),
        Axis::features("d_model", (0..model).map(|n| format!("f{n}")).collect()),
        Axis::sized("d_k", key),
        Axis::sized("d_v", value),
        Axis::numbered(counted),
    ]
}

struct Kitchen {
    graph: Graph,
    axes: Vec<Arc<Axis>>,
}

impl Kitchen {
    fn add(&mut self, step: &Step) {
        let of = self.earlier(step);
        let Shape { rows, columns } = self.graph.node(of).shape.clone();
        match step.kind {
            Kind::Given => {
                self.given(step, self.axis(step, 0), self.axis(step, 1));
            }
            Kind::Random => self.random(step),
            Kind::Gather => {
                let positions = self.axis(step, 1);
                let number = |i: usize| step.numbers[i % step.numbers.len()].to_bits() as usize;
                let rows = (0..positions.size()).map(|i| number(i) % rows.size()).collect();
                self.push(Op::Gather(op::Gather { table: of, rows, positions }));
            }
            Kind::Transpose => self.push(Op::Transpose(op::Transpose { of })),
            Kind::Product => {
                let right = self.partner(step, Side::Rows, &columns);
                self.push(Op::Product(op::Product { left: of, right }));
            }
            Kind::DotProducts => {
                let right = self.partner(step, Side::Columns, &columns);
                self.push(Op::DotProducts(op::DotProducts { left: of, right }));
            }
            Kind::Scale => self.push(Op::Scale(op::Scale { of, divisor: divisor(step) })),
            Kind::Add => {
                let second = self.alike(step, 1, &rows, &columns);
                let terms = match step.choice {
                    Choice::First => vec![of, second],
                    Choice::Second => vec![of],
                    Choice::Third => vec![of, second, self.alike(step, 2, &rows, &columns)],
                };
                self.push(Op::Add(op::Add { terms }));
            }
            Kind::Mask => {
                let visible = attention::mask(step, rows.size(), columns.size());
                self.push(Op::Mask(op::Mask { of, visible, hidden: attention::hidden(step) }));
            }
            Kind::Softmax => {
                self.push(Op::Softmax(op::Softmax { of, empty_row: attention::empty_row(step) }));
            }
            Kind::Slice => {
                let (side, available) = match step.choice {
                    Choice::First => (Side::Rows, rows.size()),
                    Choice::Second | Choice::Third => (Side::Columns, columns.size()),
                };
                let start = step.picks[1].index(available);
                let entries = start..start + 1 + step.picks[2].index(available - start);
                self.push(Op::Slice(op::Slice { of, side, entries }));
            }
            Kind::Concat => {
                let mut parts = vec![of];
                let mut width = columns.size();
                for _ in 0..step.picks[1].index(3) {
                    let part = self.partner(step, Side::Rows, &rows);
                    width += self.graph.node(part).shape.columns.size();
                    if width <= WIDEST {
                        parts.push(part);
                    }
                }
                self.push(Op::Concat(op::Concat { parts }));
            }
            Kind::Head => self.head(step, of),
            Kind::MultiHead => self.heads(step, of),
            Kind::FusedHeads => self.fused_heads(step, of),
            Kind::Counted => self.counted(step),
            Kind::Convolution => self.convolution(step, of),
            Kind::Recurrence => self.recurrence(step, of),
            Kind::Stack => self.stack(step, of),
            Kind::Cbow => self.cbow(step, of),
            Kind::Subtract => self.subtract(step, of),
            Kind::Multiply => self.multiply(step, of),
            Kind::Activate => self.activate(step, of),
            Kind::Dropout => self.dropout(step, of),
            Kind::LayerNorm | Kind::RmsNorm => self.norm(step, of),
            Kind::Block => self.block(step, of),
            Kind::Position => self.position(step, of),
            Kind::Measure => self.measure(step, of),
            Kind::Compare => self.compare(step, of),
            Kind::Output(kind) => {
                let by = self.alike(step, 2, &rows, &columns);
                let shape = Shape::new(rows, columns);
                self.push(output::op(kind, of, by, &shape, &step.picks));
            }
            Kind::Logits => {
                let (tied, tokens) = (step.allowed[0], output::vocabulary());
                let (above, beside) = (Arc::clone(&tokens), columns);
                let weights =
                    if tied { self.given(step, above, beside) } else { self.given(step, beside, above) };
                let one = Axis::numbered(1);
                let bias = step.picks[0].index(2) == 0;
                let bias = bias.then(|| self.given(step, one, Arc::clone(&tokens)));
                let unembedding = output::unembedding(tied, weights);
                let sampling = output::sampling(&step.picks, tokens.size());
                output::build(&mut self.graph, Logits { of, unembedding, bias }, &sampling);
            }
        }
    }

    fn head(&mut self, step: &Step, of: NodeId) {
        let attention = self.attention(step, of);
        let naming = Naming { prefix: format!("h{}", self.graph.len()), suffix: "@main".to_owned() };
        attention.build(&mut self.graph, &naming).expect("everything is made to fit");
    }

    /// A matrix to work on: often the last, so that there are long chains.
    fn earlier(&mut self, step: &Step) -> NodeId {
        if self.graph.is_empty() {
            let (rows, columns) = (self.axis(step, 0), self.axis(step, 1));
            return self.given(step, rows, columns);
        }
        let index = match step.choice {
            Choice::First => self.graph.len() - 1,
            Choice::Second | Choice::Third => step.picks[0].index(self.graph.len()),
        };
        self.nodes()[index]
    }

    fn nodes(&self) -> Vec<NodeId> {
        self.graph.nodes().map(|(id, _)| id).collect()
    }

    fn axis(&self, step: &Step, pick: usize) -> Arc<Axis> {
        Arc::clone(step.picks[pick].get(&self.axes))
    }

    fn push(&mut self, op: Op) {
        self.named(op);
    }

    fn named(&mut self, op: Op) -> NodeId {
        let name = format!("n{}", self.graph.len());
        self.graph.push(name, op, Part::Other).expect("everything is made to fit")
    }

    fn random(&mut self, step: &Step) {
        let shape = Shape::new(self.axis(step, 0), self.axis(step, 1));
        let decimals = [None, Some(0), Some(2)][step.picks[2].index(3)];
        let seed = step.numbers[0].to_bits();
        let source = qkv::math::Random { seed, deviation: 0.7, decimals };
        self.push(Op::Random(op::Random { source, shape }));
    }

    fn given(&mut self, step: &Step, rows: Arc<Axis>, columns: Arc<Axis>) -> NodeId {
        let numbers = step.numbers.iter().copied().cycle();
        let values = Matrix::from_row_iterator(
            rows.size(),
            columns.size(),
            numbers.take(rows.size() * columns.size()),
        );
        let origin = match step.choice {
            Choice::First => Origin::Written,
            Choice::Second => Origin::Random { seed: 7 },
            Choice::Third => Origin::Identity,
        };
        self.named(Op::Given(op::Given {
            values: Arc::new(values),
            shape: Shape::new(rows, columns),
            origin,
        }))
    }

    /// An earlier matrix that has this axis on this side, or a new one.
    fn partner(&mut self, step: &Step, side: Side, axis: &Arc<Axis>) -> NodeId {
        let fitting: Vec<_> =
            self.graph.nodes().filter(|(_, node)| node.shape.axis(side).agrees_with(axis)).collect();
        let index = step.picks[2].index(fitting.len() + 1);
        if let Some((id, _)) = fitting.get(index) {
            return *id;
        }
        let other = self.axis(step, 3);
        match side {
            Side::Rows => self.given(step, Arc::clone(axis), other),
            Side::Columns => self.given(step, other, Arc::clone(axis)),
        }
    }

    /// An earlier matrix of this shape, or a new one.
    fn alike(&mut self, step: &Step, pick: usize, rows: &Arc<Axis>, columns: &Arc<Axis>) -> NodeId {
        let fits = |shape: &Shape| shape.rows.agrees_with(rows) && shape.columns.agrees_with(columns);
        let fitting: Vec<_> = self.graph.nodes().filter(|(_, node)| fits(&node.shape)).collect();
        let index = step.picks[pick].index(fitting.len() + 1);
        match fitting.get(index) {
            Some((id, _)) => *id,
            None => self.given(step, Arc::clone(rows), Arc::clone(columns)),
        }
    }
}

fn divisor(step: &Step) -> Constant {
    let value = step.numbers.iter().copied().find(|number| number.is_finite() && *number != 0.0);
    Constant { value: value.unwrap_or(3.0), symbol: "√d_k".to_owned() }
}
