//! Texts of different lengths, padded to one, in one definition; and padded texts that a model goes on with.

use std::fmt::Write as _;

use proptest::prelude::*;
use qkv::diagnostic::{Paint, Source, render};
use qkv::language::Language;
use qkv::lesson::{Lesson, check};
use qkv::math::Matrix;

use crate::graph::proof::prove;

const HEAD: &str = "axes: {d_model: 3, d_k: 2}\nvocabulary:\n  axis: d_model\n  tokens: {a: [1, 0, 2], b: [0.5, -1, 0], \
                    c: [-1, 1, 1], pad: [3, -2, 5]}\n";
const WEIGHTS: &str = "matrices:\n  - W_Q: {random: {rows: d_model, cols: d_k, seed: 1}}\n  - W_K: {random: {rows: d_model, \
                       cols: d_k, seed: 2}}\n  - W_V: {random: {rows: d_model, cols: d_model, seed: 3}}\n";

fn lesson(rest: &str) -> Lesson {
    let text = format!("title: T\n{rest}");
    let source = Source::new("lesson.yaml", &text);
    let checked = check(&source);
    let report = render(&source, &checked.findings, Language::English, Paint::Plain);
    checked.lesson.unwrap_or_else(|| panic!("{text}\n{report}"))
}

fn value(lesson: &Lesson, name: &str) -> Matrix {
    let graph = lesson.trace.graph();
    let id = graph.find(name).unwrap_or_else(|| panic!("no matrix is called {name}"));
    lesson.trace.value(id).as_ref().clone()
}

fn words(tokens: &[usize]) -> Vec<&'static str> {
    tokens.iter().map(|token| ["a", "b", "c"][*token]).collect()
}

/// Texts called `t0`, `t1`, … in one definition, with what else the head says.
fn family(texts: &[Vec<&str>], mask: &str) -> Lesson {
    let mut rest = String::from("texts: {");
    for (at, tokens) in texts.iter().enumerate() {
        write!(rest, "t{at}: [{}], ", tokens.join(", ")).unwrap();
    }
    let names: Vec<_> = (0..texts.len()).map(|at| format!("t{at}")).collect();
    write!(
        rest,
        "}}\n{HEAD}{WEIGHTS}  - X: {{embed: [{}]}}\n  - head: {{attention: {{of: X, W_Q: W_Q, W_K: W_K, W_V: W_V{mask}}}}}\n",
        names.join(", ")
    )
    .unwrap();
    lesson(&rest)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_text_of_a_padded_batch_gives_what_it_gives_without_padding(
        texts in prop::collection::vec(prop::collection::vec(0..3_usize, 1..6), 2..4),
        causal: bool,
    ) {
        let longest = texts.iter().map(Vec::len).max().unwrap();
        let own: Vec<_> = texts.iter().map(|text| words(text)).collect();
        let padded: Vec<_> = own.iter().map(|text| [text.clone(), vec!["pad"; longest - text.len()]].concat()).collect();
        let counts: Vec<_> = own.iter().enumerate().map(|(at, text)| format!("t{at}: {}", text.len())).collect();
        let valid = format!("{{valid: {{{}}}}}", counts.join(", "));
        let mask = if causal { format!(", mask: [causal, {valid}]") } else { format!(", mask: {valid}") };
        let batch = family(&padded, &mask);
        let alone = family(&own, if causal { ", mask: causal" } else { "" });
        for (at, text) in own.iter().enumerate() {
            let name = format!("head.Z@t{at}");
            let (batch, alone) = (value(&batch, &name), value(&alone, &name));
            prop_assert_eq!(batch.nrows(), longest);
            let difference = batch.rows(0, text.len()) - &alone;
            prop_assert!(difference.amax() < 1e-12, "{name}: {batch}{alone}");
        }
        prove(&batch.trace).map_err(TestCaseError::fail)?;
    }
}

/// A text that the model goes on with for three rounds.
fn going_on(text: &str, mask: &str) -> Lesson {
    lesson(&format!(
        "text: [{text}]\n{HEAD}{WEIGHTS}  - X: {{embed: main}}\n  - head: {{attention: {{of: X, W_Q: W_Q, W_K: W_K, W_V: \
         W_V{mask}}}}}\n  - next: {{logits: {{of: head.Z}}}}\n  - story: {{generate: {{from: main, logits: next, at_most: 3}}}}\n"
    ))
}

#[test]
fn a_text_whose_tokens_are_all_valid_grows_as_without_a_mask() {
    let (masked, plain) = (going_on("a, b, c", ", mask: {valid: 3}"), going_on("a, b, c", ""));
    for name in ["next", "story.2.next", "story.3.next"] {
        assert_eq!(value(&masked, name), value(&plain, name), "{name}");
    }
    assert_eq!(value(&masked, "story.3.head.pattern").shape(), (5, 5));
}

#[test]
fn in_a_text_that_grows_the_padding_stays_where_it_is_and_what_is_written_is_seen() {
    let lesson = going_on("a, b, pad, pad", ", mask: {valid: {main: 2}}");
    for (name, length) in [("head.pattern", 4), ("story.2.head.pattern", 5), ("story.3.head.pattern", 6)] {
        let pattern = value(&lesson, name);
        assert_eq!(pattern.shape(), (length, length), "{name}");
        for (key, column) in pattern.column_iter().enumerate() {
            let is_padding = key == 2 || key == 3;
            assert!(
                column.iter().all(|weight| (*weight == 0.0) == is_padding),
                "{name}, key {key}: {pattern}"
            );
        }
    }
    prove(&lesson.trace).unwrap();
}

#[test]
fn in_cross_attention_the_number_is_that_of_the_text_that_is_looked_at() {
    let lesson = lesson(&format!(
        "texts: {{asks: [a, b, c], told: [c, a, pad]}}\n{HEAD}{WEIGHTS}  - A: {{embed: asks}}\n  - B: {{embed: told}}\n  - head: \
         {{attention: {{queries_from: A, keys_values_from: B, W_Q: W_Q, W_K: W_K, W_V: W_V, mask: {{valid: {{asks: 1, told: \
         2}}}}}}}}\n"
    ));
    let pattern = value(&lesson, "head.pattern");
    assert!(pattern.row_iter().all(|row| row[0] > 0.0 && row[1] > 0.0 && row[2] == 0.0), "{pattern}");
}

#[test]
fn a_prefix_of_each_text_is_as_long_as_is_said_of_it() {
    let texts = [vec!["a", "b", "c"], vec!["c", "b", "a", "a"]];
    let lesson = family(&texts, ", mask: {prefix: {t0: 1, t1: 3}}");
    let sees = |name: &str| value(&lesson, name).row(0).iter().filter(|weight| **weight > 0.0).count();
    assert_eq!((sees("head.pattern@t0"), sees("head.pattern@t1")), (1, 3));
}
