//! Numbers that a source has printed: agreeing is silent, differing is told with its reason.

use qkv::app::{Model, Size};
use qkv::diagnostic::{Code, Source};
use qkv::language::Language;
use qkv::lesson::check;

use crate::walk::dump::text;
use crate::walk::{SMALL, USUAL, WIDE, after, alone, screen, written};

/// A lesson whose only step shows ln 2, 2/3 and 112 beside what was printed for them.
fn lesson(published: &str) -> String {
    format!(
        "title: Printed\nsource: A book\nmatrices:\n  - M: {{given: [[ln(2), 2/3], [112, -0.5]]}}\nsteps:\n  - show: M\n    say: Numbers.\n    published: {published}\n"
    )
}

fn codes(published: &str) -> Vec<Code> {
    check(&Source::new("lesson.yaml", &lesson(published))).findings.iter().map(|it| it.code).collect()
}

#[test]
fn a_number_agrees_to_the_decimals_that_were_printed() {
    // ln 2 = 0.693147…
    for value in ["0.7", "0.69", "0.693", "0.6931", "0.693147", "ln(2)"] {
        assert_eq!(codes(&format!("{{of: \"M[1, 1]\", value: {value}}}")), [], "{value}");
    }
    for value in ["0.6", "0.70", "0.6932", "0.694", "1", "-0.69", "ln(2.1)"] {
        let codes = codes(&format!("{{of: \"M[1, 1]\", value: {value}}}"));
        assert_eq!(codes, [Code::PublishedDiffers], "{value}");
    }
    assert_eq!(codes("{of: \"M[2, 1]\", value: 112}"), []);
    assert_eq!(codes("{of: \"M[2, 1]\", value: 113}"), [Code::PublishedDiffers]);
    assert_eq!(codes("{of: \"M[2, 2]\", value: -.5}"), []);
}

#[test]
fn many_numbers_agree_one_by_one() {
    assert_eq!(codes("{of: M, value: [[0.69, 0.67], [112, -0.5]]}"), []);
    assert_eq!(codes("{of: M, value: [[0.69, 0.66], [112, -0.5]]}"), [Code::PublishedDiffers]);
    assert_eq!(codes("{of: \"M[:, 2]\", value: [[0.67], [-0.5]]}"), []);
    assert_eq!(codes("{of: \"M[:, 2]\", value: [0.67, -0.5]}"), [Code::ShapeMismatch]);
    assert_eq!(codes("{of: \"sum(M[2])\", value: 111.5}"), []);
}

#[test]
fn what_differs_is_shown_with_both_numbers_the_source_and_the_reason() {
    let because = "because: {en: It was a misprint., zh: 这是印刷错误。}";
    let model = alone(written(&lesson(&format!("{{of: \"M[1, 2]\", value: 0.66, {because}}}"))));
    for (size, glyphs) in [(WIDE, "unicode"), (USUAL, "ascii"), (SMALL, "unicode")] {
        let mut model = Model { size, ..model.clone() };
        if glyphs == "ascii" {
            model.settings.glyphs = qkv::app::Glyphs::Ascii;
        }
        let seen = text(&screen(&model));
        let words = "M[1, 2]: published 0.66 (A book), computed 0.67. It was a misprint.";
        let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(seen.contains(words), "{seen}");
    }
    let chinese = Model { language: Language::Chinese, ..model };
    let seen = text(&screen(&chinese));
    assert!(seen.contains("M[1, 2]：原文为 0.66（A book），算得 0.67。这是印刷错误。"), "{seen}");
}

#[test]
fn what_agrees_needs_no_words() {
    let model = alone(written(&lesson("{of: \"M[1, 2]\", value: 0.67}")));
    let seen = text(&screen(&model));
    assert!(!seen.contains("published"), "{seen}");
}

#[test]
fn a_published_number_keeps_the_answer_of_a_question_to_itself() {
    let lesson = lesson("{of: \"M[1, 2]\", value: 0.66, because: Misprint.}")
        + "    question: {answer: {cell: \"M[1, 2]\"}}\n";
    let model = Model { size: Size { width: 100, height: 30 }, ..alone(written(&lesson)) };
    assert!(!text(&screen(&model)).contains("0.66"), "{}", text(&screen(&model)));
    assert!(text(&screen(&after("n", &model))).contains("published 0.66"));
}
