//! Texts that a lesson's own model writes token by token.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use qkv::diagnostic::{Paint, Source, render};
use qkv::graph::{Cell, Part, Trace};
use qkv::language::Language;
use qkv::lesson::{Ending, Lesson, check};
use qkv::math::Matrix;

use crate::graph::proof::prove;

fn lesson(text: &str) -> Lesson {
    let source = Source::new("lesson.yaml", text);
    let checked = check(&source);
    let report = render(&source, &checked.findings, Language::English, Paint::Plain);
    checked.lesson.unwrap_or_else(|| panic!("{text}\n{report}"))
}

fn demonstration() -> Lesson {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demonstration/next-token.yaml");
    lesson(&fs::read_to_string(path).unwrap())
}

fn tokens<'a>(lesson: &'a Lesson, text: &str) -> &'a [String] {
    lesson.texts.iter().find(|own| own.name == text).expect("the text is there").tokens.labels()
}

fn value(trace: &Trace, name: &str) -> Matrix {
    let id = trace.graph().find(name).unwrap_or_else(|| panic!("no matrix is called {name}"));
    trace.value(id).as_ref().clone()
}

fn ending<'a>(lesson: &'a Lesson, text: &str) -> &'a Ending {
    let text = lesson.texts.iter().find(|own| own.name == text).expect("the text is there");
    &text.generation.as_ref().expect("the lesson wrote it").ending
}

#[test]
fn the_demonstration_writes_its_sentence_and_every_number_of_every_round_explains_itself() {
    let lesson = demonstration();
    assert_eq!(tokens(&lesson, "story").join(" "), "the cat sat on the mat <end>");
    assert_eq!(*ending(&lesson, "story"), Ending::Token("<end>".to_owned()));
    assert_eq!(tokens(&lesson, "drawn").len(), 4);
    assert_eq!(*ending(&lesson, "drawn"), Ending::Limit);
    prove(&lesson.trace).unwrap();
}

#[test]
fn the_standard_walkthrough_tells_the_model_once_and_each_further_round_by_its_choice() {
    let lesson = demonstration();
    let titles: Vec<_> = lesson.steps.iter().map(|step| step.title.en.as_str()).collect();
    let choices = titles.iter().filter(|title| title.starts_with("Choice")).count();
    // `next`, five rounds of `story` and two of `drawn`.
    assert_eq!(choices, 8, "{titles:#?}");
    assert_eq!(titles.iter().filter(|title| title.starts_with("Weighted sum")).count(), 1, "{titles:#?}");
    assert_eq!(titles.iter().filter(|title| **title == "Finished text").count(), 2, "{titles:#?}");
}

#[test]
fn what_a_cache_saves_is_all_but_the_last_row_of_each_product() {
    let lesson = demonstration();
    let trace = &lesson.trace;
    let cost = value(trace, "story.cost");
    for round in 0..5 {
        let n = (round + 2) as f64;
        // Q and K, scores, V, Z, logits: d_model is 7, d_k is 1, and there are 6 tokens.
        let row = 7.0 + 7.0 + n + 49.0 + n * 7.0 + 42.0;
        let cached = if round == 0 { n * row } else { row };
        assert_eq!((cost[(round, 0)], cost[(round, 1)]), (n * row, cached), "round {}", round + 1);
    }
}

#[test]
fn where_later_tokens_change_earlier_rows_a_cache_saves_nothing() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demonstration/next-token.yaml"));
    let lesson_text = text.unwrap().replace(", mask: causal", "");
    let (before, _) = lesson_text.split_once("expect:").unwrap();
    let cost = value(&lesson(before).trace, "story.cost");
    assert!(cost.row_iter().all(|row| row[0].total_cmp(&row[1]).is_eq()), "{cost}");
}

/// A decoder with random weights: its sizes, a seed, and how it goes on.
#[derive(Debug, Clone)]
struct Decoder {
    vocabulary: usize,
    sizes: [usize; 2],
    heads: usize,
    prompt: Vec<usize>,
    seed: u64,
    how: String,
    tied: bool,
}

fn decoder() -> impl Strategy<Value = Decoder> {
    let how = prop_oneof![
        Just(String::new()),
        Just(", temperature: 0.5".to_owned()),
        (0..99_u32).prop_map(|seed| format!(", how: sampled, seed: {seed}")),
        (0..99_u32)
            .prop_map(|seed| format!(", how: sampled, seed: {seed}, temperature: 3, top_k: 2, top_p: 0.9")),
    ];
    let prompt = prop::collection::vec(0..9_usize, 1..5);
    (2..7_usize, prop::array::uniform2(1..5_usize), 1..3_usize, prompt, 0..1000_u64, how, any::<bool>())
        .prop_map(|(vocabulary, sizes, heads, prompt, seed, how, tied)| Decoder {
            vocabulary,
            sizes,
            heads,
            prompt: prompt.into_iter().map(|token| token % vocabulary).collect(),
            seed,
            how,
            tied,
        })
}

impl Decoder {
    /// The model over a text, with what is added at its end.
    fn over(&self, text: &[String], rest: &str) -> String {
        let [d_model, d_k] = self.sizes;
        let mut lesson = format!(
            "title: T\naxes: {{d_model: {d_model}, d_k: {d_k}}}\ntext: [{}]\nvocabulary:\n  axis: d_model\n  tokens:\n",
            text.join(", ")
        );
        for token in 0..self.vocabulary {
            let number = |at| format!("{:.2}", ((token * 5 + at * 3) % 7) as f64 / 2.0 - 1.3);
            let numbers: Vec<_> = (0..d_model).map(number).collect();
            writeln!(lesson, "    t{token}: [{}]", numbers.join(", ")).unwrap();
        }
        lesson.push_str("matrices:\n  - X0: {embed: main}\n");
        for layer in 1..=self.heads {
            for (at, (name, columns)) in
                [("Q", "d_k"), ("K", "d_k"), ("V", "d_model")].into_iter().enumerate()
            {
                let seed = self.seed * 9 + (layer * 3 + at) as u64;
                writeln!(
                    lesson,
                    "  - {name}{layer}: {{random: {{rows: d_model, cols: {columns}, seed: {seed}}}}}"
                )
                .unwrap();
            }
            let of = format!("X{}", layer - 1);
            writeln!(lesson, "  - head{layer}: {{attention: {{of: {of}, W_Q: Q{layer}, W_K: K{layer}, W_V: V{layer}, mask: causal}}}}").unwrap();
            writeln!(lesson, "  - X{layer}: {{add: [{of}, head{layer}.Z]}}").unwrap();
        }
        writeln!(lesson, "  - W_U: {{random: {{rows: d_model, cols: vocabulary, seed: {}}}}}", self.seed)
            .unwrap();
        let weights = if self.tied { "" } else { ", W_U: W_U" };
        writeln!(lesson, "  - gpt: {{logits: {{of: X{}{weights}}}}}", self.heads).unwrap();
        lesson.push_str(rest);
        lesson
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn teacher_forcing_gives_at_each_position_the_logits_of_the_round_in_which_the_text_ends_there(decoder in decoder()) {
        let prompt: Vec<_> = decoder.prompt.iter().map(|token| format!("t{token}")).collect();
        let rest = format!("  - story: {{generate: {{from: main, logits: gpt, at_most: 4{}}}}}\n", decoder.how);
        let written = lesson(&decoder.over(&prompt, &rest));
        let story = tokens(&written, "story");
        prop_assert_eq!(story.len(), prompt.len() + 4);
        prop_assert_eq!(&story[..prompt.len()], prompt.as_slice());
        // All at once, over the finished text.
        let forced = lesson(&decoder.over(story, ""));
        let forced = value(&forced.trace, "gpt");
        for round in 1..=4 {
            let name = if round == 1 { "gpt".to_owned() } else { format!("story.{round}.gpt") };
            let logits = value(&written.trace, &name);
            let last = logits.nrows() - 1;
            prop_assert_eq!(last, prompt.len() + round - 2);
            for column in 0..logits.ncols() {
                prop_assert_eq!(logits[(last, column)].to_bits(), forced[(last, column)].to_bits(), "round {}", round);
            }
            // The token of the round is the one that its last row chooses.
            let choice = value(&written.trace, &format!("story.{round}.choice"));
            let column = choice.row(last).iter().position(|cell| *cell > 0.5).unwrap();
            prop_assert_eq!(&story[last + 1], &format!("t{column}"));
        }
    }

    #[test]
    fn every_round_explains_itself_and_is_told_from_the_first(decoder in decoder()) {
        let rest = format!("  - story: {{generate: {{from: main, logits: gpt, at_most: 3{}}}}}\n", decoder.how);
        let prompt: Vec<_> = decoder.prompt.iter().map(|token| format!("t{token}")).collect();
        let written = lesson(&decoder.over(&prompt, &rest));
        prove(&written.trace).map_err(TestCaseError::fail)?;
        for (_, node) in written.trace.graph().nodes() {
            if let Some(original) = node.replays {
                let original = written.trace.node(original);
                prop_assert_eq!(node.part, original.part, "{}", node.name);
                prop_assert_eq!(node.op.form(), original.op.form(), "{}", node.name);
            }
        }
    }
}

#[test]
fn a_text_is_written_by_the_logits_of_its_own_member_of_a_family() {
    let lesson = lesson(
        "title: T\naxes: {d: 2}\ntexts: {a: x y, b: y}\nvocabulary: {axis: d, tokens: {x: [0, 1], y: [1, 0]}}\nmatrices:\n  \
         - X: {embed: [a, b]}\n  - W_U: {given: {rows: d, cols: vocabulary, values: [[2, 0], [0, 2]]}}\n  \
         - g: {logits: {of: X, W_U: W_U}}\n  - p: {probabilities: {of: g, temperature: 2}}\n  \
         - c: {choose: {of: p}}\n  - s: {generate: {from: b, logits: g, at_most: 3}}\n",
    );
    // Each token is followed by the other.
    assert_eq!(tokens(&lesson, "s").join(" "), "y x y x");
    let find = |name: &str| lesson.trace.graph().find(name);
    assert!(find("s.2.g").is_some() && find("p.tempered@a").is_some() && find("s.1.g").is_none());
    let chosen = Cell { node: find("s.3.choice").unwrap(), row: 2, column: 0 };
    assert_eq!((lesson.trace.cell(chosen), lesson.trace.node(chosen.node).part), (1.0, Part::Choice));
}

#[test]
fn what_another_text_gives_is_shared_and_not_done_again() {
    let lesson = lesson(
        "title: T\naxes: {d: 2}\ntexts: {main: x, memory: y x}\nvocabulary: {axis: d, tokens: {x: [0, 1], y: [1, 0]}}\n\
         matrices:\n  - X: {embed: main}\n  - M: {embed: memory}\n  - W: {identity: d}\n  - mixed: {product: [M, W]}\n  \
         - head: {attention: {queries_from: X, keys_values_from: mixed, W_Q: W, W_K: W, W_V: W}}\n  \
         - out: {add: [X, head.Z]}\n  - g: {logits: {of: out}}\n  - s: {generate: {from: main, logits: g, at_most: 3}}\n",
    );
    let find = |name: &str| lesson.trace.graph().find(name);
    assert!(find("s.2.head.Q").is_some() && find("s.2.head.Z").is_some());
    assert!(find("s.2.mixed").is_none() && find("s.2.M").is_none() && find("s.2.head.K").is_none());
}
