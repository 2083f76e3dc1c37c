//! Masks, softmax, one head and several, against what NumPy computed: `tests/reference/attention.py` says what is in
//! the file.

use qkv::diagnostic::{Paint, Source, render};
use qkv::language::Language;
use qkv::lesson::check;
use serde_json::Value;

use super::{assert_close, close, matrix};
use crate::graph::proof::prove;

#[test]
fn every_lesson_of_attention_has_the_reference_numbers() {
    let cases: Value = serde_json::from_str(include_str!("../../reference/attention.json")).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() > 100, "{}", cases.len());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let source = Source::new(name, case["lesson"].as_str().unwrap());
        let checked = check(&source);
        let report = render(&source, &checked.findings, Language::English, Paint::Plain);
        assert!(checked.findings.is_empty(), "{name}: {report}");
        let trace = checked.lesson.expect(name).trace;
        for (output, expected) in case["outputs"].as_object().unwrap() {
            let what = format!("{name}: {output}");
            let id = trace.graph().find(output).expect(&what);
            assert_close(&trace.value(id), &matrix(expected), close, &what);
        }
        prove(&trace).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}
