//! Positions against `tests/reference/positions.py`.

use std::collections::BTreeMap;
use std::sync::Arc;

use qkv::graph::{Axis, Graph, NodeId, Op, Origin, Part, Shape, Trace, op};
use qkv::math::{Angles, Pairs, Slowest};
use serde_json::Value;

use super::{assert_close, close, matrix};

#[test]
fn every_reference_case_of_positions_is_met() {
    let cases: Value = serde_json::from_str(include_str!("../../reference/positions.json")).unwrap();
    let mut operations: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.as_array().unwrap() {
        let operation = case["operation"].as_str().unwrap();
        *operations.entry(operation).or_default() += 1;
        let trace = cook(operation, case);
        expect_outputs(&trace, case);
    }
    let expected = [("one_hot", 4), ("rotate", 6), ("sinusoids", 10)];
    assert_eq!(operations.into_iter().collect::<Vec<_>>(), expected);
}

fn cook(operation: &str, case: &Value) -> Trace {
    let mut graph = Graph::default();
    let numbers = &case["numbers"];
    let count = |name: &str| numbers[name].as_u64().expect("a count") as usize;
    match operation {
        "sinusoids" => {
            let (positions, features) = (Axis::numbered(count("rows")), Axis::numbered(count("width")));
            let sinusoids = op::Sinusoids { positions, features, angles: angles(numbers) };
            push(&mut graph, "out", Op::Sinusoids(sinusoids));
        }
        "rotate" => {
            let of = give(&mut graph, "of", &case["inputs"]["of"]);
            push(&mut graph, "out", Op::Rotate(op::Rotate { of, angles: angles(numbers) }));
        }
        "one_hot" => {
            let table = give(&mut graph, "table", &case["inputs"]["table"]);
            let entries = numbers["entries"].as_array().expect("entries").iter();
            let entries: Vec<_> = entries.map(|entry| entry.as_u64().expect("an entry") as usize).collect();
            let vocabulary = Arc::clone(&graph.node(table).shape.rows);
            let positions = Axis::numbered(entries.len());
            let one_hot = Op::OneHot(op::OneHot { entries: entries.clone(), positions, vocabulary });
            let left = push(&mut graph, "out", one_hot);
            push(&mut graph, "embedded", Op::Product(op::Product { left, right: table }));
        }
        other => panic!("{other} is no operation"),
    }
    Trace::evaluate(Arc::new(graph))
}

fn angles(numbers: &Value) -> Angles {
    let number = |name: &str| numbers[name].as_f64().expect("a number");
    let word = |name: &str| numbers[name].as_str().expect("a word");
    Angles {
        pairs: if word("layout") == "halves" { Pairs::Halves } else { Pairs::Interleaved },
        slowest: if word("slowest") == "base" { Slowest::Base } else { Slowest::BelowBase },
        base: number("base"),
        first: number("first"),
    }
}

/// A given matrix of a case.
pub(super) fn give(graph: &mut Graph, name: &str, rows: &Value) -> NodeId {
    let values = matrix(rows);
    let shape = Shape::new(Axis::numbered(values.nrows()), Axis::numbered(values.ncols()));
    push(graph, name, Op::Given(op::Given { values: Arc::new(values), shape, origin: Origin::Written }))
}

pub(super) fn push(graph: &mut Graph, name: &str, op: Op) -> NodeId {
    graph.push(name, op, Part::Other).expect("the case fits")
}

/// Compares every output of a case with the matrix of that name.
pub(super) fn expect_outputs(trace: &Trace, case: &Value) {
    let name = case["name"].as_str().expect("a name");
    for (output, expected) in case["outputs"].as_object().expect("outputs") {
        let id = trace.graph().find(output).unwrap_or_else(|| panic!("{name}: {output}"));
        assert_close(&trace.value(id), &matrix(expected), close, &format!("{name}: {output}"));
    }
}
