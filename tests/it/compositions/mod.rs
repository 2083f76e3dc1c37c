//! Lessons put together at random from every kind of matrix: they check clean, and have the values that the math gives.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

mod attention;
mod composer;

use proptest::prelude::*;
use qkv::diagnostic::{Code, Paint, Source, render};
use qkv::language::Language;
use qkv::lesson;

use composer::Composer;

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_composition_checks_and_has_the_values_that_the_math_gives(seed in any::<u64>()) {
        let mut composer = Composer::new(seed);
        while composer.matrices.len() < 25 {
            // Where no operands fit, the next roll of the dice finds others.
            let _tried: Option<()> = composer.step();
        }
        let source = Source::new("composed.yaml", &composer.file);
        let checked = lesson::check(&source);
        // Chance takes softmax of shares as well, which the author of a lesson is asked about.
        let (_, wrong): (Vec<_>, Vec<_>) =
            checked.findings.into_iter().partition(|finding| finding.code == Code::Questionable);
        let report = render(&source, &wrong, Language::English, Paint::Plain);
        prop_assert!(wrong.is_empty(), "{}\n{}", composer.file, report);
        let lesson = checked.lesson.unwrap();
        for expected in &composer.matrices {
            let node = lesson.trace.graph().find(&expected.name);
            prop_assert!(node.is_some(), "{} is missing\n{}", expected.name, composer.file);
            let node = node.unwrap();
            prop_assert_eq!(&*lesson.trace.value(node), &expected.value, "{}\n{}", expected.name, composer.file);
            let shape = &lesson.trace.node(node).shape;
            prop_assert_eq!([shape.rows.name(), shape.columns.name()], expected.axes, "{}\n{}", expected.name, composer.file);
        }
        for step in &lesson.steps {
            prop_assert!(!step.title.en.is_empty() && !step.title.zh.is_empty());
            prop_assert!(!step.say.en.paragraphs.is_empty() && !step.say.zh.paragraphs.is_empty());
        }
    }
}

#[test]
fn the_shortest_lesson_is_walked_from_tokens_to_the_output_in_both_languages() {
    let text = "title: Short\ntext: a fluffy blue creature\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";
    let checked = lesson::check(&Source::new("short.yaml", text));
    assert_eq!(checked.findings, []);
    let lesson = checked.lesson.unwrap();
    let names: Vec<_> = lesson.trace.graph().nodes().map(|(_, node)| node.name.as_str()).collect();
    for part in [
        "X",
        "W_Q",
        "W_K",
        "W_V",
        "head.Q",
        "head.K",
        "head.scores",
        "head.scaled",
        "head.masked",
        "head.pattern",
        "head.V",
        "head.Z",
        "out",
    ] {
        assert!(names.contains(&part), "{part}: {names:?}");
    }
    let titles =
        |language| lesson.steps.iter().map(|step| step.title.get(language).as_str()).collect::<Vec<_>>();
    assert_eq!(titles(Language::English).len(), titles(Language::Chinese).len());
    assert_eq!((titles(Language::English)[0], titles(Language::Chinese)[0]), ("Tokens", "词元"));
    assert!(titles(Language::English).contains(&"Attention pattern"), "{:?}", titles(Language::English));
    // The seed alone decides: the same lesson again has the same numbers, another seed has others.
    let value = |text: &str| {
        let lesson = lesson::check(&Source::new("short.yaml", text)).lesson.unwrap();
        lesson.trace.value(lesson.trace.graph().find("out").unwrap()).clone()
    };
    assert_eq!(value(text), value(text));
    assert_ne!(value(text), value(&text.replace("seed: 7", "seed: 8")));
    // Made numbers have one decimal, so that they can be checked by hand.
    let weights = lesson.trace.value(lesson.trace.graph().find("W_Q").unwrap());
    assert!(weights.iter().all(|x| ((x * 10.0).round() / 10.0 - x).abs() < 1e-12), "{weights}");
}

/// Where the first step of a lesson without findings is lit: matrix, row and column.
fn focus_of(text: &str) -> Vec<(String, Option<usize>, Option<usize>)> {
    let checked = lesson::check(&Source::new("focus.yaml", text));
    assert_eq!(checked.findings, [], "{text}");
    let lesson = checked.lesson.unwrap();
    let name = |node| lesson.trace.node(node).name.clone();
    lesson.steps[0].focus.iter().map(|it| (name(it.node), it.row, it.column)).collect()
}

#[test]
fn a_step_without_a_focus_lights_the_first_shown_cell_that_its_words_name() {
    let focus = |step: &str| {
        focus_of(&format!(
            "title: Words\nmatrices:\n  - M: {{given: [[1, 2], [3, 4]]}}\n  - N: {{given: [[5]]}}\nsteps:\n  - {step}\n"
        ))
    };
    let at = |name: &str, row: usize, column: usize| vec![(name.to_owned(), Some(row), Some(column))];
    assert_eq!(
        focus("{show: M, say: \"From {sum(M)} and {N[1, 1]} to {M[2, 1]} and {M[1, 1]}.\"}"),
        at("M", 1, 0)
    );
    assert_eq!(focus("{show: [N, M], say: \"From {N[1, 1]} to {M[2, 1]}.\"}"), at("N", 0, 0));
    assert_eq!(focus("{show: M, focus: [1, 1], say: \"To {M[2, 1]}.\"}"), at("M", 0, 0));
    assert_eq!(focus("{show: M, say: \"Of {N[1, 1]} and {sum(M[1])}.\"}"), []);
}

#[test]
fn a_token_that_is_a_number_is_told_from_the_number_of_a_row() {
    let focus = |focus: &str| {
        focus_of(&format!(
            "title: Numbers\ntext: [3, 7, 3]\naxes: {{d_model: 2, d_k: 2}}\nseed: 1\nsteps: [{{show: head.scores, focus: {focus}}}]\n"
        ))
    };
    let at = |row, column| vec![("head.scores".to_owned(), Some(row), Some(column))];
    assert_eq!(focus("[3, 2]"), at(2, 1));
    assert_eq!(focus("[\"7\", 1]"), at(1, 0));
    assert_eq!(focus("[\"3#2\", \"2\"]"), at(2, 1));
}
