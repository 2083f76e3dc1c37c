//! Counts and what attention is compared with, on the screen.

use insta::assert_snapshot;
use qkv::app::Model;

use super::{chinese, looks, sized};
use crate::walk::dump::{dump, text};
use crate::walk::{SMALL, WIDE, after, alone, screen, written};

fn count() -> Model {
    alone(written(include_str!("../../published/3b1b-gpt3-counts.yaml")))
}

fn comparisons() -> Model {
    alone(written(
        "{title: {en: Compared, zh: 比较}, text: a b c d, axes: {d: 2, h: 2}, vocabulary: {axis: d, tokens: {a: [1, 0], b: [0, 1], c: [1, 1], d: [2, 0]}}, matrices: [\
         X: {embed: main}, K: {given: {rows: d, cols: h, values: [[1, 2], [3, 4]]}}, W_h: {identity: h}, \
         Y: {convolution: {of: X, kernel: {-1: K, 0: K, 2: K}}}, far: {convolution: {of: X, kernel: {9: K}}}, \
         rnn: {recurrence: {of: X, W_x: K, W_h: W_h, activation: tanh}}, \
         out: {transpose: vocabulary}, cbow: {cbow: {text: main, window: 1, W_out: out}}]}",
    ))
}

#[test]
fn a_count_is_explained_with_its_sizes() {
    let looking = text(&screen(&sized(WIDE, &after("Tab", &count()))));
    assert!(looking.contains("parameters[query, numbers] = d_model·d_k·n_heads·n_layers"), "{looking}");
    assert!(looking.contains("= 12,288·128·96·96 = 14,495,514,624"), "{looking}");
    assert!(looking.contains("175,181,291,520"), "{looking}");
}

#[test]
fn counts_on_small_and_large_screens() {
    assert_snapshot!("count_looking_80x24_en", dump(&screen(&after("Tab", &count()))));
    assert_snapshot!(
        "count_looking_120x36_zh",
        dump(&screen(&sized(WIDE, &chinese(&after("Tab", &count())))))
    );
    assert_snapshot!("count_code_120x36_en", dump(&screen(&sized(WIDE, &after("s", &count())))));
}

#[test]
fn what_attention_is_compared_with() {
    let step = |number: &str| after(&format!("{number} Enter Tab"), &comparisons());
    assert_snapshot!("convolution_looking_120x36_en", dump(&screen(&sized(WIDE, &step("3")))));
    assert_snapshot!("recurrence_looking_120x36_zh", dump(&screen(&sized(WIDE, &chinese(&step("6"))))));
}

#[test]
fn every_step_and_every_cell_of_them_can_be_seen_in_every_look() {
    for start in [count(), comparisons()] {
        let steps = start.walk.as_ref().unwrap().lesson.steps.len();
        for step in 1..=steps {
            let digits: Vec<_> = step.to_string().chars().map(String::from).collect();
            let here = after(&format!("{} Enter Tab", digits.join(" ")), &start);
            for keys in ["Down Right", "Enter Enter", "s"] {
                for look in looks(&after(keys, &here)) {
                    for size in [SMALL, WIDE] {
                        let seen = text(&screen(&sized(size, &look)));
                        assert!(!seen.trim().is_empty() && !seen.contains("NaN"), "{step}, {keys}: {seen}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_no_number_is_traced_to_where_it_first_came_from() {
    let lesson = alone(written(
        "{title: {en: No number, zh: 非数}, text: a b, axes: {d: 2}, vocabulary: {axis: d, tokens: {a: [1, 0], b: [0, 1]}}, \
         matrices: [X: {embed: main}, h: {attention: {Q: X, K: X, V: X, mask: {valid: 0}, empty_row: nan}}, \
         Y: {add: [X, h.Z]}, N: {choose: {of: h.Z}}], \
         steps: [{say: {en: Sum, zh: 和}, show: Y}, {say: {en: Choice, zh: 选择}, show: N}]}",
    ));
    let sum = text(&screen(&sized(WIDE, &after("Tab", &lesson))));
    assert!(sum.contains("= NaN") && !sum.contains("≈"), "{sum}");
    assert!(sum.contains("no number, because of pattern[a, a]"), "{sum}");
    assert!(sum.contains("every key is masked: 0 ÷ 0 is no number"), "{sum}");
    let chinese_sum = text(&screen(&sized(WIDE, &chinese(&after("Tab", &lesson)))));
    assert!(chinese_sum.contains("不是数，来自"), "{chinese_sum}");
    let choice = text(&screen(&sized(WIDE, &after("n n Tab", &lesson))));
    assert!(choice.contains("nothing is chosen"), "{choice}");
}
