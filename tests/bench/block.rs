//! What a Transformer of the size of GPT-2 takes: time for a block, time and memory for twelve of them.
//!
//! `tests/bench/compare.sh` sets it beside the NumPy program of `block.py`, which computes the same block. The weights
//! of the one block are there before the clock starts; those of the twelve are drawn from seeds when they are needed,
//! and their time is that of opening a lesson: from its text to all steps of its walkthrough.

#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

use std::sync::Arc;
use std::time::Instant;

use qkv::diagnostic::Source;
use qkv::graph::{Cell, Graph, Op, Origin, Trace, op};
use qkv::lesson;

const LAYERS: usize = 12;

/// How often a block is computed where nothing else is said.
const ROUNDS: usize = 8;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let only = arguments.next();
    if only.as_deref().is_none_or(|only| only == "block") {
        let rounds = arguments.next().and_then(|rounds| rounds.parse().ok());
        one_block(rounds.unwrap_or(ROUNDS));
    }
    if only.as_deref().is_none_or(|only| only == "lesson") {
        whole_lesson();
    }
}

/// A lesson with so many blocks of 512 tokens, `d_model` 768 and 12 heads.
fn written(layers: usize) -> Source {
    let text = format!(
        "title: As large as GPT-2\naxes: {{position: 512, d_model: 768, d_k: 64, d_ff: 3072}}\nmatrices:\n  \
         - X: {{random: {{rows: position, cols: d_model, seed: 1, deviation: 1}}}}\n  \
         - gpt: {{stack: {{of: X, mask: causal, weights: {{seed: 7, n_layers: {layers}, n_heads: 12}}}}}}\n"
    );
    Source::new("large.yaml", &text)
}

fn trace_of(layers: usize) -> Trace {
    let checked = lesson::check(&written(layers));
    checked.lesson.expect("the lesson has no mistakes").trace
}

/// The same graph with all random numbers there before it is evaluated.
fn drawn(trace: &Trace) -> Graph {
    let mut graph = Graph::default();
    for (id, node) in trace.graph().nodes() {
        let op = if let Op::Random(random) = &node.op {
            let shape = random.shape.clone();
            Op::Given(op::Given { values: trace.value(id), shape, origin: Origin::Written })
        } else {
            node.op.clone()
        };
        graph.push(node.name.clone(), op, node.part).expect("it could be pushed before");
    }
    graph
}

/// Prints the seconds of each round, and the processor time of the mean one.
fn one_block(rounds: usize) {
    let graph = Arc::new(drawn(&trace_of(1)));
    let before = processor_time();
    for _ in 0..rounds {
        let start = Instant::now();
        let trace = Trace::evaluate(Arc::clone(&graph));
        println!("block {:.4}", start.elapsed().as_secs_f64());
        assert_eq!(trace.graph().len(), graph.len());
    }
    if let (Some(before), Some(after)) = (before, processor_time()) {
        println!("work {:.4}", (after - before) / rounds as f64);
    }
}

fn whole_lesson() {
    let start = Instant::now();
    let trace = trace_of(LAYERS);
    println!("lesson {:.2}", start.elapsed().as_secs_f64());
    println!("stored {}", trace.stored());
    let start = Instant::now();
    let node = trace.graph().find("gpt.output").expect("the stack has an output");
    let cells = (0..400).map(|n| trace.cell(Cell { node, row: n % 20, column: n / 20 }));
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
