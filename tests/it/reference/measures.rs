//! Measures, similarity and principal components against `tests/reference/measures.py`.

use std::collections::BTreeMap;
use std::sync::Arc;

use qkv::graph::{Graph, Op, Quantity, Side, Trace, op};
use qkv::transformer::{Cosines, Naming, PrincipalComponents, Spread, SpreadUnit};
use serde_json::Value;

use super::positions::{expect_outputs, give, push};

#[test]
fn every_reference_case_of_measures_is_met() {
    let cases: Value = serde_json::from_str(include_str!("../../reference/measures.json")).unwrap();
    let mut operations: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.as_array().unwrap() {
        let operation = case["operation"].as_str().unwrap();
        *operations.entry(operation).or_default() += 1;
        let mut case = case.clone();
        let mut graph = Graph::default();
        match operation {
            "measure" => measure(&mut graph, &case),
            "compare" => compare(&mut graph, &case),
            "components" => components(&mut graph, &mut case),
            other => panic!("{other} is no operation"),
        }
        expect_outputs(&Trace::evaluate(Arc::new(graph)), &case);
    }
    let expected = [("compare", 5), ("components", 6), ("measure", 24)];
    assert_eq!(operations.into_iter().collect::<Vec<_>>(), expected);
}

fn named(name: &str) -> Naming {
    Naming { prefix: name.to_owned(), suffix: String::new() }
}

/// Every output of the case is a quantity by its name.
fn measure(graph: &mut Graph, case: &Value) {
    let of = give(graph, "of", &case["inputs"]["of"]);
    let each = if case["numbers"]["each"] == "row" { Side::Rows } else { Side::Columns };
    for what in case["outputs"].as_object().expect("outputs").keys() {
        let quantity = match what.as_str() {
            "sum" => Quantity::Sum,
            "mean" => Quantity::Mean,
            "mean_square" => Quantity::MeanSquare,
            "min" => Quantity::Minimum,
            "max" => Quantity::Maximum,
            "argmin" => Quantity::FirstSmallest,
            "argmax" => Quantity::FirstLargest,
            "norm" => Quantity::Norm,
            "entropy" => Quantity::Entropy,
            "variance" | "std" => {
                let unit = if what == "std" { SpreadUnit::Deviation } else { SpreadUnit::Variance };
                Spread { of, each, unit }.build(graph, &named(what)).expect("the name is free");
                continue;
            }
            other => panic!("{other} is no quantity"),
        };
        push(graph, what, Op::Measure(op::Measure { of, each, quantity }));
    }
}

fn compare(graph: &mut Graph, case: &Value) {
    let (left, right) = (give(graph, "a", &case["inputs"]["a"]), give(graph, "b", &case["inputs"]["b"]));
    push(graph, "unit", Op::UnitRows(op::UnitRows { of: left }));
    Cosines { left, right }.build(graph, &named("cosine")).expect("the case fits");
    push(graph, "distance", Op::Distances(op::Distances { left, right }));
}

/// The outputs of the case are parts of `pc`, but for what it is itself.
fn components(graph: &mut Graph, case: &mut Value) {
    let of = give(graph, "of", &case["inputs"]["of"]);
    let count = case["numbers"]["count"].as_u64().expect("a count") as usize;
    PrincipalComponents { of, count }.build(graph, &named("pc")).expect("the case fits");
    let outputs = case["outputs"].as_object_mut().expect("outputs");
    let full = |part: String| if part == "projected" { "pc".to_owned() } else { format!("pc.{part}") };
    *outputs = std::mem::take(outputs).into_iter().map(|(part, rows)| (full(part), rows)).collect();
}
