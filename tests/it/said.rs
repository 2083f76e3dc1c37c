//! What the standard walkthrough says where a general sentence would be wrong or say too little.

use qkv::diagnostic::Source;
use qkv::language::Language;
use qkv::lesson::expression::Value;
use qkv::lesson::{Lesson, Piece, Step, check};

fn lesson(matrices: &str) -> Lesson {
    let written = format!("title: {{en: A test, zh: 测试}}\ntext: a b c\nmatrices:\n{matrices}");
    let checked = check(&Source::new("said.yaml", &written));
    checked.lesson.unwrap_or_else(|| panic!("{:?}", checked.findings))
}

/// All that is said in one language.
fn said(lesson: &Lesson, language: Language) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) | Piece::Emphasis(words) => words.clone(),
        Piece::Number { value, .. } => match value.evaluate(&lesson.trace) {
            Value::Number(number) => format!("{number:.2}"),
            Value::Label(label) => label,
        },
    };
    let of_step = |step: &Step| {
        step.say.get(language).paragraphs.iter().flatten().map(piece).collect::<String>() + "\n"
    };
    lesson.steps.iter().map(of_step).collect()
}

#[track_caller]
fn says(lesson: &Lesson, en: &str, zh: &str) {
    for (language, words) in [(Language::English, en), (Language::Chinese, zh)] {
        let said = said(lesson, language);
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
}

#[test]
fn of_equal_vectors_no_direction_is_said_to_differ_most() {
    for row in ["[1, 2]", "[0.1, 0.7]"] {
        let equal = lesson(&format!(
            "  - X: {{given: [{row}, {row}, {row}]}}\n  - pc: {{principal_components: {{of: X}}}}\n"
        ));
        says(&equal, "All vectors are the same", "所有向量都相同");
        says(&equal, "Nothing differs", "没有任何差异");
        let all = said(&equal, Language::English);
        assert!(!all.contains("differ most") && !all.contains("divided by the sum"), "{all}");
    }
    let unequal = lesson("  - X: {given: [[1, 2], [3, 1]]}\n  - pc: {principal_components: {of: X}}\n");
    says(&unequal, "differ most", "差异最大");
    says(&unequal, "is divided by the sum of", "的总和");
}

#[test]
fn heads_that_share_keys_and_values_are_said_to_share_them() {
    let weights = "  - X: {random: {rows: main, cols: 4, seed: 1}}
  - W_Q: {random: {rows: 4, cols: 4, seed: 2}}
  - W_K: {random: {rows: 4, cols: 2, seed: 3}}
  - W_V: {random: {rows: 4, cols: 2, seed: 4}}
";
    let shared = lesson(&format!(
        "{weights}  - mh: {{multi_head: {{of: X, n_heads: 4, n_kv_heads: 2, W_Q: W_Q, W_K: W_K, W_V: W_V}}}}\n"
    ));
    says(
        &shared,
        "mh.1.K, mh.2.K are the same: these heads share their keys",
        "mh.1.K、mh.2.K 是同一个矩阵：这几个头共用一组键",
    );
    says(
        &shared,
        "mh.3.V, mh.4.V are the same: these heads share their values",
        "mh.3.V、mh.4.V 是同一个矩阵：这几个头共用一组值",
    );
    let own = lesson(&format!(
        "{weights}  - mh: {{multi_head: {{of: X, n_heads: 2, W_Q: W_K, W_K: W_K, W_V: W_V}}}}\n"
    ));
    assert!(!said(&own, Language::English).contains("are the same"));
}

#[test]
fn rotary_positions_say_which_numbers_are_a_pair() {
    let rotary = |layout: &str| {
        lesson(&format!(
            "  - X: {{random: {{rows: main, cols: 4, seed: 1}}}}\n  - R: {{rotary: {{of: X, layout: {layout}}}}}\n"
        ))
    };
    says(&rotary("interleaved"), "A pair is two neighbours", "相邻的两个数是一对");
    says(&rotary("halves"), "the one at the same place in the second half", "后一半中同一位置的数");
}

#[test]
fn weights_stored_a_row_per_output_are_said_to_be_turned() {
    let stored = lesson(
        "  - X: {random: {rows: main, cols: 4, seed: 1}}
  - W_1: {random: {rows: 3, cols: 4, seed: 2}}
  - W_2: {random: {rows: 4, cols: 3, seed: 3}}
  - W_U: {random: {rows: 5, cols: 4, seed: 4}}
  - ff: {feed_forward: {of: X, W_1: W_1, W_2: W_2, weights: out_in}}
  - logits: {logits: {of: ff.output, W_U: W_U, weights: out_in}}
",
    );
    for name in ["W_1", "W_2", "W_U"] {
        says(
            &stored,
            &format!("{name} is stored with a row for each output"),
            &format!("{name} 按每个输出一行存放"),
        );
    }
}
