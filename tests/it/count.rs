//! `qkv count` from outside: known models and lessons, in every form.

use serde_json::Value;

use crate::cli::{Outcome, qkv};

/// Counts beside a lesson.
fn count(lesson: &str, arguments: &[&str]) -> Outcome {
    qkv(&[&["count"], arguments].concat()).file("lesson.yaml", lesson).run()
}

fn json(lesson: &str, name: &str) -> Value {
    let (out, err) = count(lesson, &[name, "--format", "json"]).ends(0);
    assert_eq!(err, "", "{out}");
    serde_json::from_str(&out).unwrap()
}

const LESSON: &str = "\
title: {en: Short, zh: 短}
axes: {d_model: 4, d_k: 2, d_ff: 3}
texts: {a: black cat, b: cat}
vocabulary: {axis: d_model, tokens: {black: [1, 0, 0, 0], cat: [0, 1, 0, 0], dog: [0, 0, 1, 0]}}
matrices:
  - X: {embed: [a, b]}
  - W_Q: {random: {rows: d_model, cols: d_k, seed: 1}}
  - W_K: {random: {rows: d_model, cols: d_k, seed: 2}}
  - W_V: {identity: d_model}
  - mh: {multi_head: {of: X, heads: [{W_Q: W_Q, W_K: W_K, W_V: W_V}, {W_Q: W_K, W_K: W_Q, W_V: W_V}]}}
  - given: {given: {rows: a, cols: d_model, values: [[1, 2, 3, 4], [4, 3, 2, 1]]}}
  - scores: {attention: {Q: given, K: given, V: given}}
  - W_up: {given: {rows: d_ff, cols: d_model, values: [[1, 2, 3, 4], [0, 0, 0, 0], [1, 1, 1, 1]]}}
  - turned: {transpose: W_up}
  - up: {product: [given, turned]}
  - bias: {given: {cols: d_ff, values: [[1, 2, 3]]}}
  - biased: {add: [up, bias]}
  - unused: {identity: d_ff}
";

#[test]
fn a_lesson_has_the_parameters_that_its_model_would_have_to_learn() {
    let all = json(LESSON, "lesson.yaml");
    let matrices: Vec<_> = all["matrices"].as_array().unwrap().iter().collect();
    let names: Vec<_> = matrices.iter().map(|matrix| matrix["matrix"].as_str().unwrap()).collect();
    // The vocabulary counts with the word that no text uses; queries, keys and values that are given do not, nor what
    // nothing uses.
    assert_eq!(names, ["vocabulary", "W_Q", "W_K", "W_V", "W_up", "bias"]);
    let numbers: Vec<_> = matrices.iter().map(|matrix| matrix["numbers"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [3 * 4, 4 * 2, 4 * 2, 4 * 4, 3 * 4, 3]);
    assert_eq!(all["total"], 12 + 8 + 8 + 16 + 12 + 3);
    // What two heads share counts in each of them and once in all; what two texts share counts once.
    assert_eq!(all["groups"], serde_json::json!({"mh": 32, "mh.1": 32, "mh.2": 32}));
    assert_eq!(matrices[1]["used_in"], serde_json::json!(["mh", "mh.1", "mh.2"]));
    assert_eq!((&matrices[1]["rows"], &matrices[1]["columns"]), (&4.into(), &2.into()));
}

#[test]
fn known_models_are_counted_from_their_sizes() {
    let gpt_3 = json(LESSON, "gpt-3");
    assert_eq!(gpt_3["total"], 175_181_291_520_u64);
    assert_eq!(gpt_3["number_of_matrices"], 3 * 96 * 96 + 96 + 2 * 96 + 2);
    let groups = [
        ("head", 6_291_456_u64),
        ("attention_layer", 603_979_776),
        ("feed_forward_layer", 1_207_959_552),
        ("attention", 57_982_058_496),
        ("feed_forward", 115_964_116_992),
    ];
    for (name, numbers) in groups {
        assert_eq!(gpt_3["groups"][name], numbers, "{name}");
    }
    assert_eq!(json(LESSON, "gpt-2")["total"], 124_439_808);
}

#[test]
fn a_table_to_read_adds_up_and_speaks_both_languages() {
    for (language, in_all) in [("en", "in all"), ("zh", "总计")] {
        let (out, _) = count(LESSON, &["gpt-3", "--lang", language]).ends(0);
        let last = out.lines().last().unwrap();
        assert!(last.starts_with(in_all), "{out}");
        assert!(last.ends_with("175,181,291,520") && last.contains("27,938"), "{out}");
    }
}

#[test]
fn a_file_for_scripts_has_a_line_for_each_matrix() {
    let (out, _) = count(LESSON, &["lesson.yaml", "--format", "csv"]).ends(0);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], "matrix,rows,columns,numbers,used_in");
    assert_eq!(lines[2], "W_Q,4,2,8,mh mh.1 mh.2");
    assert_eq!(lines.len(), 1 + 6);
}

#[test]
fn what_is_neither_a_model_nor_a_lesson_is_a_complaint() {
    let (out, err) = count(LESSON, &["gpt-5"]).ends(2);
    assert_eq!(out, "");
    assert!(err.contains("`gpt-5`"), "{err}");
    count("titel: {en: Short, zh: 短}\n", &["lesson.yaml"]).ends(1);
}

#[test]
fn what_attention_is_compared_with_has_parameters_too() {
    let lesson = "\
title: {en: Compared, zh: 比较}
axes: {d: 2, h: 3}
text: a b
vocabulary: {axis: d, tokens: {a: [1, 0], b: [0, 1], c: [1, 1]}}
matrices:
  - X: {embed: main}
  - K: {random: {rows: d, cols: h, seed: 1}}
  - L: {random: {rows: d, cols: h, seed: 2}}
  - conv: {convolution: {of: X, kernel: {-1: K, 0: L, 1: K}}}
  - W_x: {random: {rows: d, cols: h, seed: 3}}
  - W_h: {random: {rows: h, cols: h, seed: 4}}
  - b: {given: {cols: h, values: [[1, 2, 3]]}}
  - rnn: {recurrence: {of: X, W_x: W_x, W_h: W_h, b: b}}
  - W_out: {random: {rows: d, cols: vocabulary, seed: 5}}
  - cbow: {cbow: {text: main, window: 1, W_out: W_out}}
";
    let all = json(lesson, "lesson.yaml");
    // The same kernel at two distances is one matrix to learn.
    assert_eq!(all["total"], (2 * 3) + 2 * (2 * 3) + (2 * 3 + 3 * 3 + 3) + (2 * 3));
    assert_eq!(all["groups"], serde_json::json!({"rnn": 18, "cbow": 6 + 6}));
}

#[test]
fn what_is_written_on_uses_nothing_new() {
    let lesson = |steps: &str| {
        format!(
            "title: {{en: On, zh: 续}}\naxes: {{d: [the, cat, end]}}\ntext: the\n\
             vocabulary: {{axis: d, tokens: {{the: {{the: 1}}, cat: {{cat: 1}}, <end>: {{end: 1}}}}}}\n\
             matrices:\n  - X: {{embed: main}}\n  - W_U: {{random: {{rows: d, cols: vocabulary, seed: 1}}}}\n  - gpt: {{logits: {{of: X, W_U: W_U}}}}\n{steps}"
        )
    };
    let written = lesson("  - story: {generate: {from: main, logits: gpt, at_most: 3, how: greedy}}\n");
    assert_eq!(json(&written, "lesson.yaml"), json(&lesson(""), "lesson.yaml"));
}

#[test]
fn the_bias_of_logits_belongs_to_them() {
    let lesson = "title: a\naxes: {d: 3}\ntext: a b\nvocabulary: {axis: d, tokens: {a: [1, 0, 0], b: [0, 1, 0]}}\n\
                  matrices:\n  - X: {embed: main}\n  - W: {random: {rows: d, cols: vocabulary, seed: 1}}\n  \
                  - b: {random: {rows: 1, cols: vocabulary, seed: 2}}\n  - L: {logits: {of: X, W_U: W, bias: b}}\n";
    let (output, _) = count(lesson, &["lesson.yaml"]).ends(0);
    let last = |name: &str| {
        let line = output.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
        line.split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(last("b"), "L");
    // 3·2 weights and 2 biases.
    assert_eq!(last("L"), "8");
}
