//! Convolution, recurrence and the bag of words against NumPy: `tests/reference/comparisons.py` makes the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use qkv::graph::op::Activation;
use qkv::graph::{Axis, Graph, NodeId, Op, Origin, Part, Shape, Trace, op};
use qkv::transformer::{Cbow, Naming, Recurrence};
use serde_json::Value;

use super::{assert_close, close, matrix};

#[test]
fn every_reference_case_of_what_attention_is_compared_with_is_met() {
    let cases: Value = serde_json::from_str(include_str!("../../reference/comparisons.json")).unwrap();
    let mut operations: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.as_array().unwrap() {
        let (name, operation) = (case["name"].as_str().unwrap(), case["operation"].as_str().unwrap());
        *operations.entry(operation).or_default() += 1;
        let trace = cook(operation, &case["inputs"], &case["numbers"]);
        for (output, expected) in case["outputs"].as_object().unwrap() {
            let what = format!("{name}: {output}");
            let id = trace.graph().find(&format!("made.{output}")).expect(&what);
            assert_close(&trace.value(id), &matrix(expected), close, &what);
        }
    }
    assert_eq!(operations, BTreeMap::from([("cbow", 6), ("convolution", 8), ("recurrence", 6)]));
}

fn cook(operation: &str, inputs: &Value, numbers: &Value) -> Trace {
    let mut graph = Graph::default();
    let mut given: BTreeMap<&str, NodeId> = BTreeMap::new();
    for (name, rows) in inputs.as_object().expect("matrices by name") {
        let values = matrix(rows);
        let shape = Shape::new(Axis::numbered(values.nrows()), Axis::numbered(values.ncols()));
        let op = Op::Given(op::Given { values: Arc::new(values), shape, origin: Origin::Written });
        given.insert(name, graph.push(name.as_str(), op, Part::Other).expect("the case fits"));
    }
    let naming = Naming { prefix: "made".to_owned(), suffix: String::new() };
    let whole = |value: &Value| value.as_i64().expect("a whole number") as isize;
    match operation {
        "convolution" => {
            let offsets = numbers["offsets"].as_array().expect("distances");
            let slice = |offset: &Value| op::KernelSlice {
                offset: whole(offset),
                weights: given[offset.to_string().as_str()],
            };
            let kernel = offsets.iter().map(slice).collect();
            let op = Op::Convolution(op::Convolution { of: given["X"], kernel });
            graph.push("made.out", op, Part::Other).expect("the case fits");
        }
        "recurrence" => {
            let activation = (numbers["activation"] == "tanh").then_some(Activation::Tanh);
            let network = Recurrence {
                of: given["X"],
                input_weights: given["W_x"],
                state_weights: given["W_h"],
                bias: given.get("b").copied(),
                activation,
            };
            network.build(&mut graph, &naming).expect("the case fits");
        }
        "cbow" => {
            let rows: Vec<_> = numbers["rows"].as_array().expect("rows").iter().map(whole).collect();
            let bag = Cbow {
                positions: Axis::numbered(rows.len()),
                rows: rows.into_iter().map(isize::unsigned_abs).collect(),
                embeddings: given["W_in"],
                output_weights: given["W_out"],
                window: whole(&numbers["window"]).unsigned_abs(),
            };
            bag.build(&mut graph, &naming).expect("the case fits");
        }
        other => panic!("{other} is no operation"),
    }
    Trace::evaluate(Arc::new(graph))
}
