//! The block and what it is made of, against the numbers that NumPy computed: `tests/reference/block.py` makes them.

use qkv::diagnostic::{Paint, Source, render};
use qkv::language::Language;
use qkv::lesson::check;
use serde_json::Value;

use super::{assert_close, close, matrix};
use crate::graph::proof::prove;

#[test]
fn every_reference_case_of_the_block_is_met() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../../reference/block.json")).unwrap();
    assert!(cases.len() >= 130, "{}", cases.len());
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let source = Source::new(name, &case["lesson"].to_string());
        let checked = check(&source);
        let report = render(&source, &checked.findings, Language::English, Paint::Plain);
        let lesson = checked.lesson.unwrap_or_else(|| panic!("{name}: {report}"));
        assert_eq!(report, "", "{name}");
        for (output, expected) in case["outputs"].as_object().unwrap() {
            let id = lesson.trace.graph().find(output).unwrap_or_else(|| panic!("{name}: {output}"));
            assert_close(&lesson.trace.value(id), &matrix(expected), close, &format!("{name}: {output}"));
        }
        prove(&lesson.trace).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}
