//! The numbers of the core and of the shipped lessons, against those that NumPy computed.
//!
//! `tests/reference/generate.py` and `lessons.py` make the files; they say what is in them.

mod attention;
mod block;
mod comparisons;
mod counting;
mod lesson_counts;
mod measures;
mod output;
mod positions;

use std::collections::BTreeMap;
use std::sync::Arc;

use qkv::graph::{Axis, Constant, Graph, NodeId, Op, Origin, Part, Shape, Trace, Visible, op};
use qkv::lesson::{LESSONS, check};
use qkv::math::Matrix;
use qkv::transformer::{
    Attention, Head, Masking, MultiHead, Naming, Projection, Rules, Scale, Source, Values,
};
use serde_json::Value;

/// How far a number may be from the reference.
const fn close(expected: f64) -> f64 {
    1e-9 * expected.abs().max(1.0)
}

#[test]
fn every_reference_case_of_the_core_is_met() {
    let cases: Value = serde_json::from_str(include_str!("../../reference/core.json")).unwrap();
    let mut operations: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let operation = case["operation"].as_str().unwrap();
        *operations.entry(operation).or_default() += 1;
        let trace = Kitchen::new(&case["inputs"], &case["numbers"]).cook(operation);
        for (output, expected) in case["outputs"].as_object().unwrap() {
            let id =
                trace.graph().find(&format!("made.{output}")).unwrap_or_else(|| panic!("{name}: {output}"));
            assert_close(&trace.value(id), &matrix(expected), close, &format!("{name}: {output}"));
        }
    }
    let expected = [
        ("add", 16),
        ("concat", 16),
        ("cross_head", 4),
        ("dot_products", 8),
        ("head", 7),
        ("mask", 6),
        ("multi_head", 5),
        ("product", 8),
        ("scale", 8),
        ("softmax", 22),
        ("transpose", 8),
    ];
    assert_eq!(operations.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn the_shipped_lessons_have_the_reference_numbers() {
    let reference: BTreeMap<String, BTreeMap<String, Value>> =
        serde_json::from_str(include_str!("../../reference/lessons.json")).unwrap();
    let ids: Vec<_> = LESSONS.iter().map(|lesson| lesson.id).collect();
    assert_eq!(reference.keys().collect::<Vec<_>>(), ids, "each shipped lesson is in lessons.py");
    for builtin in LESSONS {
        let lesson = check(&builtin.source()).lesson.expect(builtin.id);
        for (name, expected) in &reference[builtin.id] {
            let what = format!("{}: {name}", builtin.id);
            let id = lesson.trace.graph().find(name).expect(&what);
            assert_close(&lesson.trace.value(id), &matrix(expected), close, &what);
        }
    }
}

/// A matrix written as a list of rows; minus infinity and what is no number are strings.
pub(crate) fn matrix(rows: &Value) -> Matrix {
    let number = |value: &Value| match value.as_f64() {
        Some(number) => number,
        None => match value.as_str().expect("a number") {
            "-inf" => f64::NEG_INFINITY,
            "nan" => f64::NAN,
            other => panic!("{other} is no number"),
        },
    };
    let row = |row: &Value| row.as_array().expect("a row").iter().map(number).collect();
    let rows: Vec<Vec<f64>> = rows.as_array().expect("rows").iter().map(row).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "rows of one length");
    Matrix::from_row_iterator(rows.len(), rows[0].len(), rows.concat())
}

/// Fails unless each number is the expected one within what `tolerance` says of that; infinities and missing numbers
/// are the same.
pub(crate) fn assert_close(actual: &Matrix, expected: &Matrix, tolerance: impl Fn(f64) -> f64, what: &str) {
    assert_eq!(actual.shape(), expected.shape(), "{what}");
    for (row, (actual, expected)) in actual.row_iter().zip(expected.row_iter()).enumerate() {
        for (column, (a, e)) in actual.iter().zip(expected.iter()).enumerate() {
            let close = (a - e).abs() <= tolerance(*e);
            let same = if e.is_finite() { close } else { a.total_cmp(e).is_eq() || a.is_nan() && e.is_nan() };
            assert!(same, "{what}, row {row}, column {column}: {a} and not {e}");
        }
    }
}

/// Makes the graph of a case.
struct Kitchen<'a> {
    graph: Graph,
    given: BTreeMap<&'a str, NodeId>,
    numbers: &'a Value,
}

impl<'a> Kitchen<'a> {
    fn new(inputs: &'a Value, numbers: &'a Value) -> Self {
        let mut kitchen = Self { graph: Graph::default(), given: BTreeMap::new(), numbers };
        for (name, rows) in inputs.as_object().expect("matrices by name") {
            let values = matrix(rows);
            let shape = Shape::new(Axis::numbered(values.nrows()), Axis::numbered(values.ncols()));
            let op = Op::Given(op::Given { values: Arc::new(values), shape, origin: Origin::Written });
            let id = kitchen.graph.push(name.as_str(), op, Part::Other).expect("the case fits");
            kitchen.given.insert(name, id);
        }
        kitchen
    }

    fn cook(mut self, operation: &str) -> Trace {
        let op = match operation {
            "product" => Op::Product(op::Product { left: self.given["a"], right: self.given["b"] }),
            "dot_products" => {
                Op::DotProducts(op::DotProducts { left: self.given["q"], right: self.given["k"] })
            }
            "transpose" => Op::Transpose(op::Transpose { of: self.given["of"] }),
            "scale" => Op::Scale(op::Scale { of: self.given["of"], divisor: self.divisor() }),
            "add" => Op::Add(op::Add { terms: self.given.values().copied().collect() }),
            "concat" => Op::Concat(op::Concat { parts: self.given.values().copied().collect() }),
            "mask" => Op::Mask(op::Mask::new(self.given["of"], self.mask().expect("a mask"))),
            "softmax" => Op::Softmax(op::Softmax::new(self.given["of"])),
            "head" => return self.head("X", "X"),
            "cross_head" => return self.head("queries_from", "keys_values_from"),
            "multi_head" => return self.heads(),
            other => panic!("{other} is no operation"),
        };
        self.graph.push("made.out", op, Part::Other).expect("the case fits");
        Trace::evaluate(Arc::new(self.graph))
    }

    fn divisor(&self) -> Constant {
        Constant { value: self.numbers["divide_by"].as_f64().expect("a divisor"), symbol: "s".to_owned() }
    }

    fn mask(&self) -> Option<Visible> {
        match self.numbers["mask"].as_str().expect("a mask") {
            "none" => None,
            "causal" => Some(Visible::Causal),
            "allow" => {
                let Op::Given(op::Given { values, .. }) = &self.graph.node(self.given["allow"]).op else {
                    panic!("given")
                };
                // Stored by columns, and a mask goes row by row.
                Some(Visible::Cells(values.transpose().iter().map(|allowed| *allowed > 0.5).collect()))
            }
            other => panic!("{other} is no mask"),
        }
    }

    fn attention(&self, prefix: &str, queries_from: &str, keys_from: &str, scale: Scale) -> Attention {
        let weights = |name: &str| self.given[format!("{prefix}{name}").as_str()];
        let (queries_from, keys_from) = (self.given[queries_from], self.given[keys_from]);
        let (query_weights, key_weights) = (weights("W_Q"), weights("W_K"));
        Attention {
            source: Source::Projected {
                queries: Projection::new(queries_from, query_weights),
                keys: Projection::new(keys_from, key_weights),
            },
            values: Values::Projected(Projection::new(keys_from, weights("W_V"))),
            rules: Rules { scale, mask: self.mask().map(Masking::new), ..Rules::default() },
        }
    }

    fn head(mut self, queries_from: &str, keys_from: &str) -> Trace {
        // Every reference head divides by the root of d_k, which is also what qkv does if nothing is said.
        let attention = self.attention("", queries_from, keys_from, Scale::RootOfQuerySize);
        attention.build(&mut self.graph, &made()).expect("the case fits");
        Trace::evaluate(Arc::new(self.graph))
    }

    fn heads(mut self) -> Trace {
        let head = |n: u64| {
            let attention = self.attention(&format!("{n}."), "X", "X", Scale::By(self.divisor()));
            Head { name: n.to_string(), attention }
        };
        let heads = (1..=self.numbers["heads"].as_u64().expect("a number of heads")).map(head).collect();
        let several = MultiHead::new(heads, Some(self.given["W_O"]));
        several.build(&mut self.graph, &made()).expect("the case fits");
        Trace::evaluate(Arc::new(self.graph))
    }
}

fn made() -> Naming {
    Naming { prefix: "made".to_owned(), suffix: String::new() }
}
