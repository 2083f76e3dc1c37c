//! What becomes of logits, against `tests/reference/output.py`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use qkv::diagnostic::Source;
use qkv::graph::op::{Choosing, Keeping, Quantity};
use qkv::graph::{Axis, Constant, Graph, NodeId, Op, Origin, Part, Shape, Side, Trace, op};
use qkv::lesson::check;
use qkv::math::Matrix;
use qkv::transformer::{Layout, Logits, Naming, Sampling, Unembedding};
use serde_json::Value;

use super::{assert_close, close, matrix};

#[test]
fn every_reference_case_of_the_output_is_met() {
    let cases: Value = serde_json::from_str(include_str!("../../reference/output.json")).unwrap();
    let mut operations: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let operation = case["operation"].as_str().unwrap();
        *operations.entry(operation).or_default() += 1;
        let trace = match operation {
            "generate" => written(case),
            _ => built(operation, case),
        };
        for (output, expected) in case["outputs"].as_object().unwrap() {
            let id = trace.graph().find(&full_name(output)).unwrap_or_else(|| panic!("{name}: {output}"));
            assert_close(&trace.value(id), &matrix(expected), close, &format!("{name}: {output}"));
        }
    }
    let expected = [
        ("cross_entropy", 11),
        ("generate", 4),
        ("greedy", 7),
        ("logits", 20),
        ("probabilities", 27),
        ("top_k", 17),
        ("top_p", 24),
    ];
    assert_eq!(operations.into_iter().collect::<Vec<_>>(), expected);
}

/// The first round is over the text as it is, whose logits are there already.
fn full_name(output: &str) -> String {
    match output.split_once('.') {
        Some(("1", "logits")) => "logits".to_owned(),
        Some((round, _)) if round.bytes().all(|byte| byte.is_ascii_digit()) => format!("story.{output}"),
        None if output == "cost" => "story.cost".to_owned(),
        Some(_) | None => output.to_owned(),
    }
}

/// One operation, or one builder, on the given matrices.
fn built(operation: &str, case: &Value) -> Trace {
    let mut graph = Graph::default();
    let mut given: BTreeMap<&str, NodeId> = BTreeMap::new();
    for (name, rows) in case["inputs"].as_object().unwrap() {
        let values = Arc::new(matrix(rows));
        let shape = Shape::new(Axis::numbered(values.nrows()), Axis::numbered(values.ncols()));
        let op = Op::Given(op::Given { values, shape, origin: Origin::Written });
        given.insert(name, graph.push(format!("given.{name}"), op, Part::Other).unwrap());
    }
    let numbers = &case["numbers"];
    let count = |value: &Value| value.as_u64().map(|count| usize::try_from(count).unwrap());
    let naming = |name: &str| Naming { prefix: name.to_owned(), suffix: String::new() };
    let op = match operation {
        "top_k" => {
            let keeping = Keeping::Most(count(&numbers["k"]).unwrap());
            Op::Keep(op::Keep { of: given["of"], by: given["of"], keeping })
        }
        "top_p" => {
            let keeping = Keeping::Share(numbers["share"].as_f64().unwrap());
            Op::Keep(op::Keep { of: given["of"], by: given["by"], keeping })
        }
        "greedy" => Op::Choose(op::Choose { of: given["of"], choosing: Choosing::Greedy }),
        "cross_entropy" => {
            let targets = numbers["targets"].as_array().unwrap().iter().map(|target| count(target).unwrap());
            let targets = targets.collect();
            let losses = Op::CrossEntropy(op::CrossEntropy { of: given["of"], targets });
            let of = graph.push("out", losses, Part::Other).unwrap();
            let mean = op::Measure { of, each: Side::Columns, quantity: Quantity::Mean };
            graph.push("out.mean", Op::Measure(mean), Part::Other).unwrap();
            return Trace::evaluate(Arc::new(graph));
        }
        "logits" => {
            let tied = given.get("vocabulary").map(|table| Unembedding::Tied(*table));
            let unembedding = tied.unwrap_or_else(|| {
                let layout = if numbers["layout"] == "out_in" { Layout::OutIn } else { Layout::InOut };
                Unembedding::Weights { weights: given["W_U"], layout }
            });
            let logits = Logits { of: given["X"], unembedding, bias: given.get("bias").copied() };
            logits.build(&mut graph, &naming("out")).unwrap();
            return Trace::evaluate(Arc::new(graph));
        }
        "probabilities" => {
            let temperature = numbers["temperature"].as_f64().map(Constant::plain);
            let (top_k, top_p) = (count(&numbers["k"]), numbers["share"].as_f64());
            let sampling = Sampling { temperature, top_k, top_p };
            sampling.build(&mut graph, given["of"], &naming("p")).unwrap();
            return Trace::evaluate(Arc::new(graph));
        }
        other => panic!("{other} is no operation"),
    };
    graph.push("out", op, Part::Other).unwrap();
    Trace::evaluate(Arc::new(graph))
}

/// A lesson whose decoder writes on; its text is held to the reference as well.
fn written(case: &Value) -> Trace {
    let tokens = |name: &str| -> Vec<String> {
        let numbers = case["numbers"][name].as_array().unwrap();
        numbers.iter().map(|token| format!("t{token}")).collect()
    };
    let inputs = |name: &str| matrix(&case["inputs"][name]);
    let (table, query) = (inputs("vocabulary"), inputs("W_Q"));
    let (d_model, d_k) = query.shape();
    let (start, text) = (tokens("start"), tokens("text"));
    let mut lesson = format!(
        "title: T\naxes: {{d_model: {d_model}, d_k: {d_k}}}\ntext: [{}]\nvocabulary:\n  axis: d_model\n  tokens:\n",
        start.join(", ")
    );
    for (row, numbers) in rows(&table).into_iter().enumerate() {
        writeln!(lesson, "    t{row}: {numbers}").unwrap();
    }
    lesson.push_str("matrices:\n  - X: {embed: main}\n");
    for (name, columns) in [("W_Q", "d_k"), ("W_K", "d_k"), ("W_V", "d_model")] {
        let values = rows(&inputs(name)).join(", ");
        writeln!(lesson, "  - {name}: {{given: {{rows: d_model, cols: {columns}, values: [{values}]}}}}")
            .unwrap();
    }
    let rounds = text.len() - start.len();
    write!(
        lesson,
        "  - head: {{attention: {{of: X, W_Q: W_Q, W_K: W_K, W_V: W_V, mask: causal}}}}\n  \
         - out: {{add: [X, head.Z]}}\n  - logits: {{logits: {{of: out}}}}\n  \
         - story: {{generate: {{from: main, logits: logits, at_most: {rounds}}}}}\n"
    )
    .unwrap();
    let checked = check(&Source::new("generated", lesson.as_str()));
    let lesson = checked.lesson.unwrap_or_else(|| panic!("{lesson}\n{:?}", checked.findings));
    let story = lesson.texts.iter().find(|text| text.name == "story").expect("the text was written");
    assert_eq!(story.tokens.labels(), text, "{}", case["name"]);
    lesson.trace
}

/// Each row as it is written in a lesson.
fn rows(matrix: &Matrix) -> Vec<String> {
    matrix.row_iter().map(|row| format!("{:?}", row.iter().copied().collect::<Vec<f64>>())).collect()
}
