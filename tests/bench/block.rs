//! What a Transformer of the size of GPT-2 takes: time for a block, time and memory for twelve of them.
//!
//! `tests/bench/compare.sh` sets it beside the NumPy program of `block.py`, which computes the same block. The weights
//! of the one block are there before the clock starts; those of the twelve are drawn from seeds when they are needed.

#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

use std::sync::Arc;
use std::time::Instant;

use qkv::graph::{Axis, Graph, NodeId, Op, Origin, Part, Shape, Trace, Visible, op};
use qkv::math;
use qkv::transformer::{
    Attention, Extras, Head, Heads, Layout, MultiHead, Naming, Output, Projection, Rules, Source, Values,
};

const TOKENS: usize = 512;
const D_MODEL: usize = 768;
const D_FF: usize = 3072;
const HEADS: usize = 12;
const LAYERS: usize = 12;

/// How often a block is computed; the best time counts, since other work shares the machine.
const ROUNDS: usize = 8;

fn main() {
    let mut only = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let only = only.next();
    if only.as_deref().is_none_or(|only| only == "block") {
        one_block();
    }
    if only.as_deref().is_none_or(|only| only == "lesson") {
        whole_lesson();
    }
}

fn one_block() {
    let mut maker = Maker { graph: Graph::default(), seed: 0, drawn: Drawn::Before };
    let x = maker.random("X", TOKENS, D_MODEL, 1.0);
    maker.block("1", x);
    let graph = Arc::new(maker.graph);
    let time = |_| {
        let start = Instant::now();
        let trace = Trace::evaluate(Arc::clone(&graph));
        let seconds = start.elapsed().as_secs_f64();
        assert!(trace.graph().len() > HEADS);
        seconds
    };
    let before = processor_time();
    let best = (0..ROUNDS).map(time).fold(f64::INFINITY, f64::min);
    println!("block {best:.4}");
    if let (Some(before), Some(after)) = (before, processor_time()) {
        println!("work {:.4}", (after - before) / ROUNDS as f64);
    }
}

fn whole_lesson() {
    let mut maker = Maker { graph: Graph::default(), seed: 0, drawn: Drawn::WhenNeeded };
    let mut x = maker.random("X", TOKENS, D_MODEL, 1.0);
    for layer in 1..=LAYERS {
        x = maker.block(&layer.to_string(), x);
    }
    let start = Instant::now();
    let trace = Trace::evaluate(Arc::new(maker.graph));
    println!("lesson {:.2}", start.elapsed().as_secs_f64());
    println!("stored {}", trace.stored());
    let start = Instant::now();
    let size = D_MODEL / 2;
    let cells =
        (0..400).map(|n| trace.cell(qkv::graph::Cell { node: x, row: n % 20, column: size + n / 20 }));
    let sum: f64 = cells.sum();
    println!("window {:.6} ({sum:.3})", start.elapsed().as_secs_f64());
    println!("peak {}", peak_memory().map_or_else(|| "unknown".to_owned(), |peak| format!("{peak:.0}")));
}

/// How many seconds of any processor this process has had, where the system tells it.
fn processor_time() -> Option<f64> {
    const TICKS_IN_A_SECOND: f64 = 100.0;
    let status = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = status.rsplit_once(')')?.1;
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().ok()).sum::<Option<f64>>().map(|sum| sum / TICKS_IN_A_SECOND)
}

/// The most memory that this process had, in millions of bytes, where the system tells it.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? * 1024.0 / 1e6)
}

/// When weights get their numbers.
#[derive(Clone, Copy)]
enum Drawn {
    Before,
    WhenNeeded,
}

struct Maker {
    graph: Graph,
    seed: u64,
    drawn: Drawn,
}

impl Maker {
    fn random(&mut self, name: &str, rows: usize, columns: usize, deviation: f64) -> NodeId {
        self.seed += 1;
        let shape = Shape::new(Axis::numbered(rows), Axis::numbered(columns));
        let source = math::Random { seed: self.seed, deviation, decimals: None };
        let op = match self.drawn {
            Drawn::Before => {
                let (values, origin) = (Arc::new(source.matrix(rows, columns)), Origin::Written);
                Op::Given(op::Given { values, shape, origin })
            }
            Drawn::WhenNeeded => Op::Random(op::Random { source, shape }),
        };
        self.push(name, op)
    }

    fn push(&mut self, name: &str, op: Op) -> NodeId {
        self.graph.push(name, op, Part::Other).expect("the name is free and everything fits")
    }

    fn weights(&mut self, name: &str, rows: usize, columns: usize) -> NodeId {
        self.random(name, rows, columns, 1.0 / (rows as f64).sqrt())
    }

    /// Attention with its residual, and two layers with theirs.
    fn block(&mut self, layer: &str, x: NodeId) -> NodeId {
        let d_k = D_MODEL / HEADS;
        let mut heads = Vec::new();
        for head in 1..=HEADS {
            let mut weights = |kind: &str| self.weights(&format!("{layer}.{head}.{kind}"), D_MODEL, d_k);
            let (query_weights, key_weights, weights) = (weights("W_Q"), weights("W_K"), weights("W_V"));
            let attention = Attention {
                source: Source::Projected {
                    queries: Projection::new(x, query_weights),
                    keys: Projection::new(x, key_weights),
                },
                values: Values::Projected(Projection::new(x, weights)),
                rules: Rules::masked(Visible::Causal),
            };
            heads.push(Head { name: head.to_string(), attention });
        }
        let weights = self.weights(&format!("{layer}.W_O"), D_MODEL, D_MODEL);
        let output = Some(Output { weights, bias: None, layout: Layout::default() });
        let naming = Naming { prefix: format!("{layer}.mh"), suffix: String::new() };
        let attended = MultiHead { heads: Heads::Separate(heads), output, extras: Extras::default() }
            .build(&mut self.graph, &naming)
            .expect("it fits");
        let x = self.push(&format!("{layer}.x"), Op::Add(op::Add { terms: vec![x, attended] }));
        let up = self.weights(&format!("{layer}.W_1"), D_MODEL, D_FF);
        let down = self.weights(&format!("{layer}.W_2"), D_FF, D_MODEL);
        let hidden = self.push(&format!("{layer}.h"), Op::Product(op::Product { left: x, right: up }));
        let fed = self.push(&format!("{layer}.f"), Op::Product(op::Product { left: hidden, right: down }));
        self.push(&format!("{layer}.y"), Op::Add(op::Add { terms: vec![x, fed] }))
    }
}
