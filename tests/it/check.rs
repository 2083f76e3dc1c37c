//! What the check accepts, what it refuses, and what it does not say twice.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use qkv::diagnostic::{Code, Source};
use qkv::lesson::{self, Checked, Lesson};

fn check(text: &str) -> (Checked, Vec<(Code, String)>) {
    let source = Source::new("lesson.yaml", text);
    let checked = lesson::check(&source);
    let found = checked.findings.iter().map(|it| (it.code, source.slice(it.span).to_owned())).collect();
    (checked, found)
}

/// A lesson that must be right.
fn good(text: &str) -> Lesson {
    let (checked, found) = check(text);
    assert_eq!(found, [], "{text}");
    checked.lesson.unwrap()
}

/// The findings of a lesson that must be wrong.
fn bad(text: &str) -> Vec<(Code, String)> {
    let (checked, found) = check(text);
    assert!(checked.lesson.is_none(), "{text}");
    found
}

fn found(expected: &[(Code, &str)]) -> Vec<(Code, String)> {
    expected.iter().map(|(code, slice)| (*code, (*slice).to_owned())).collect()
}

const TWO_TEXTS: &str = "\
title: Two
axes: {d_model: [noun, adjective], d_k: 1}
texts: {a: [fluffy, creature], b: [creature]}
vocabulary: {axis: d_model, tokens: {fluffy: [0, 1], creature: [1, 0], unused: [1, 1]}}
matrices:
  - X: {embed: [a, b]}
  - W: {given: {rows: d_model, cols: d_k, values: [[1], [2]]}}
";

fn with(rest: &str) -> String {
    format!("{TWO_TEXTS}{rest}")
}

#[test]
fn what_is_defined_and_never_used_is_fine() {
    good(TWO_TEXTS);
    good("title: a\naxes: {d: 2}\ntext: b c\nvocabulary: {axis: d, tokens: {x: [1, 2]}}\n");
}

#[test]
fn several_heads_look_at_each_of_several_texts() {
    let lesson = good(&with(
        "  - mh: {multi_head: {of: X, heads: [{W_Q: W, W_K: W, W_V: W}, {name: second, W_Q: W, W_K: W, W_V: W}]}}\n",
    ));
    let graph = lesson.trace.graph();
    for name in ["mh.1.Q@a", "mh.second.pattern@b", "mh.concat@a", "mh.concat@b"] {
        assert!(graph.find(name).is_some(), "{name}");
    }
    let concat = graph.node(graph.find("mh.concat@a").unwrap()).shape.size();
    assert_eq!(concat, (2, 2));
}

#[test]
fn one_member_of_a_family_can_be_looked_at_from_another() {
    let lesson = good(&with(
        "  - cross: {attention: {queries_from: X@a, keys_values_from: X@b, W_Q: W, W_K: W, W_V: W}}\n",
    ));
    let graph = lesson.trace.graph();
    assert_eq!(graph.node(graph.find("cross.pattern").unwrap()).shape.size(), (2, 1));
}

#[test]
fn a_claim_about_a_family_asks_which_text_is_meant() {
    let (checked, _) = check(&with("expect:\n  - X[1, 1] = 0\n"));
    let hint = checked.findings[0].hint.clone().unwrap();
    assert!(hint.en.contains("X@a, X@b") && hint.zh.contains("X@a、X@b"), "{hint:?}");
}

#[test]
fn what_uses_a_broken_definition_is_not_reported_again() {
    let text = with(
        "  - Q: {product: [X, WW]}\n  - S: {dot_products: [Q, Q]}\n  - P: {softmax: S}\n  \
         - head: {attention: {Q: Q, K: Q}}\nsteps:\n  - show: [P, head.pattern]\n    focus: [1, 1]\n    \
         say: \"{P@a[1, 1]} {head.Z[1, 1]}\"\nexpect: [sum(P) = 1, 'head.pattern[1] = 1']\n",
    );
    assert_eq!(bad(&text), found(&[(Code::UnknownName, "WW")]));
}

#[test]
fn a_misspelt_field_is_one_finding_and_its_contents_are_checked() {
    let text = TWO_TEXTS.replace("axes:", "axis:").replace("vocabulary:", "vocabluary:");
    assert_eq!(bad(&text), found(&[(Code::UnknownField, "axis"), (Code::UnknownField, "vocabluary")]));
    let text = "title: a\ntext: a b\naxis: {d_model: many, d_k: 2}\nseed: 1\n";
    assert_eq!(bad(text), found(&[(Code::UnknownField, "axis"), (Code::BadNumber, "many")]));
}

#[test]
fn independent_mistakes_of_one_definition_are_all_reported() {
    let text =
        with("  - h: {attention: {of: XX, W_Q: WW, W_K: W, mask: {allow: [[1], [0, 1]]}, scale: O}}\n");
    let codes: Vec<_> = bad(&text).into_iter().map(|(_, slice)| slice).collect();
    assert_eq!(codes, ["XX", "WW", "O"]);
    // The mask is held to the scores once these are known.
    let text = with("  - h: {attention: {of: X, W_Q: W, W_K: W, mask: {allow: [[1], [0, 1]]}}}\n");
    assert_eq!(bad(&text), found(&[(Code::RaggedRows, "[0, 1]")]));
}

#[test]
fn a_lesson_of_another_format_is_not_read_any_further() {
    let text = "qkv: 2\ntitle: a\nmatrices: [{X: {embed: nowhere}}]\n";
    assert_eq!(bad(text), found(&[(Code::FormatVersion, "2")]));
    good("qkv: 1\ntitle: a\nmatrices: [{M: {given: [[1]]}}]\n");
}

#[test]
fn a_missing_language_is_shown_in_the_other_with_a_mark() {
    let (checked, found_here) = check(
        "title: {en: Attention}\nmatrices: [{M: {given: [[1]]}}]\nsteps: [{show: M, say: {zh: 一个数}, title: {en: One, zh: 一}}]\n",
    );
    assert_eq!(found_here, found(&[(Code::MissingLanguage, "en"), (Code::MissingLanguage, "zh")]));
    let lesson = checked.lesson.unwrap();
    assert_eq!((lesson.title.en.as_str(), lesson.title.zh.as_str()), ("Attention", "[en] Attention"));
    let said = format!("{:?}", lesson.steps[0].say.en);
    assert!(said.contains("[zh] ") && said.contains("一个数"), "{said}");
}

#[test]
fn a_token_stands_once_in_a_vocabulary() {
    let text = "title: a\naxes: {d: 1}\ntext: x\nvocabulary: {axis: d, tokens: {x: [1], x: [2]}}\nmatrices: [{X: {embed: main}}]\n";
    assert_eq!(bad(text), found(&[(Code::DuplicateKey, "x")]));
    // One letter with an accent, written as one sign and as two.
    let text = "title: a\naxes: {d: 1}\ntext: x\nvocabulary: {axis: d, tokens: {\u{e9}: [1], e\u{301}: [2], x: [1]}}\nmatrices: [{X: {embed: main}}]\n";
    assert_eq!(bad(text), found(&[(Code::DuplicateKey, "e\u{301}")]));
}

#[test]
fn tokens_may_be_numbers_signs_and_empty_of_meaning() {
    let lesson = good(
        "title: a\naxes: {d: 1}\ntext: [1, 2.50, true, '', ' ', \"null\", ，, '#', \"[CLS]\", \"-\"]\nvocabulary:\n  axis: d\n  \
         tokens: {1: [1], 2.50: [2], true: [3], '': [9], ' ': [4], 'null': [5], ，: [6], '#': [7], \"[CLS]\": [8], '-': [9]}\n\
         matrices: [{X: {embed: main}}]\n"
            .replace("'': [9], ", "")
            .replace("'', ", "")
            .as_str(),
    );
    let value = lesson.trace.value(lesson.trace.graph().find("X").unwrap());
    assert_eq!(value.iter().copied().collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
}

#[test]
fn what_a_mask_puts_may_be_handed_on_as_far_as_no_sum_needs_it() {
    let masked = |rest: &str| {
        format!(
            "title: a\nmatrices:\n  - S: {{given: [[1, 2], [3, 4]]}}\n  - C: {{mask: {{of: S, mask: causal}}}}\n{rest}"
        )
    };
    good(&masked(
        "  - T: {transpose: C}\n  - D: {scale: {of: C, divide_by: 2}}\n  - A: {add: [C, S]}\n  - B: {concat: [C, D]}\n  - P: {softmax: B}\n",
    ));
    assert_eq!(bad(&masked("  - Z: {product: [C, S]}\n")), found(&[(Code::NotFinite, "Z")]));
    // Divided by a negative number, −∞ would become the largest of all.
    assert_eq!(bad(&masked("  - Z: {scale: {of: C, divide_by: -2}}\n")), found(&[(Code::NotFinite, "Z")]));
}

#[test]
fn the_largest_sizes_are_allowed_and_one_more_is_not() {
    let wide = |size: usize, rows: usize| {
        format!(
            "title: a\naxes: {{d: {size}, n: {rows}}}\nmatrices: [{{M: {{given: {{rows: n, cols: d, values: {{1: {{1: 1}}}}}}}}}}]\nsteps: [{{show: M}}]\n"
        )
    };
    good(&wide(4096, 2));
    assert_eq!(bad(&wide(4097, 2)), found(&[(Code::TooLarge, "4097")]));
    good(&wide(4000, 1000));
    assert_eq!(bad(&wide(4000, 1001)), found(&[(Code::TooLarge, "{1: {1: 1}}")]));
}

#[test]
fn what_is_too_large_does_not_hide_other_mistakes() {
    let text = "title: a\naxes: {d: 4000}\nmatrices:\n  - M: {identity: d}\n  - N: {identity: d}\nsteps:\n  \
                - show: M\n    reveal: sideways\n  - show: Mist\nexpect: [1 = 2, 'M[1, 1] = 1']\n";
    assert_eq!(
        bad(text),
        found(&[(Code::TooLarge, "M"), (Code::WrongKind, "sideways"), (Code::UnknownName, "Mist")])
    );
}

#[test]
fn a_step_may_be_words_alone() {
    let lesson =
        good("title: a\nmatrices: [{M: {given: [[1]]}}]\nsteps: [{say: Look.}, {title: Part two}]\n");
    assert_eq!(lesson.steps.len(), 2);
    assert!(lesson.steps.iter().all(|step| step.show.is_empty() && !step.title.en.is_empty()));
}

#[test]
fn findings_stand_in_the_order_of_the_file() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let checked = lesson::check(&Source::new("lesson.yaml", &text));
        assert!(checked.findings.is_sorted_by_key(|finding| finding.span.start), "{}", path.display());
        for (at, finding) in checked.findings.iter().enumerate() {
            assert!(!checked.findings[..at].contains(finding), "{}: twice", path.display());
        }
    }
}

#[test]
fn a_claim_on_the_length_of_a_text_that_writes_itself_can_fail() {
    let story = lesson::LESSONS.iter().find(|it| it.number() == "18").expect("it is built in").source();
    let told = |claim: &str| {
        let source = Source::new("lesson.yaml", &format!("{}  - {claim}\n", story.text));
        let checked = lesson::check(&source);
        let all = [checked.findings, checked.advice].concat();
        all.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(told("story = 7"), []);
    assert_eq!(told("story = 8"), [Code::ExpectFailed]);
    assert_eq!(told("7 = 7"), [Code::LooseExpect]);
}

#[test]
fn the_texts_of_questions_are_proofread_as_all_others() {
    let lesson = |question: &str| {
        let matrices = "matrices:\n  - S: {given: [[0, 1], [2, 1.5]]}\n  - P: {softmax: S}\n";
        format!("title: a\n{matrices}steps:\n  - show: P\n    say: Look.\n    question:\n{question}")
    };
    let told = |question: &str| {
        let source = Source::new("lesson.yaml", &lesson(question));
        let checked = lesson::check(&source);
        let all = [checked.findings, checked.advice].concat();
        let told = |it: &qkv::diagnostic::Diagnostic| (it.code, source.slice(it.span).to_owned());
        all.iter().map(told).collect::<Vec<_>>()
    };
    let typed =
        |field: &str, words: &str| format!("      {field}: {words}\n      answer: {{cell: 'P[1, 1]'}}\n");
    for field in ["ask", "hint", "explain"] {
        assert_eq!(told(&typed(field, "Which is it?")), []);
        assert_eq!(told(&typed(field, "Look at #2 of them.")), [(Code::CutText, "#2 of them.".to_owned())]);
        assert_eq!(told(&typed(field, "Look at P[2, 1].")), [(Code::BareCell, "P[2, 1]".to_owned())]);
        assert_eq!(told(&typed(field, "Look at *this.")), [(Code::UntidySign, "*".to_owned())]);
    }
    let chosen = |option: &str| {
        format!(
            "      ask: Which?\n      answer:\n        choose:\n          - wrong: Another.\n          - {option}\n"
        )
    };
    let claim = |words: &str| format!("claim:\n              say: {words}\n              holds: P[1, 1] < 1");
    let right = |words: &str| format!("right: {words}");
    let options: [&dyn Fn(&str) -> String; 2] = [&right, &claim];
    for option in options {
        assert_eq!(told(&chosen(&option("This one."))), []);
        assert_eq!(told(&chosen(&option("It is #2 of them."))), [(Code::CutText, "#2 of them.".to_owned())]);
        assert_eq!(told(&chosen(&option("It is P[2, 1]."))), [(Code::BareCell, "P[2, 1]".to_owned())]);
    }
}

#[test]
fn what_lacks_a_language_counts_wherever_it_is_found() {
    let lesson = "title: {en: A, zh: 甲}\nmatrices:\n  - M: {given: [[1]]}\nsteps:\n  - show: M\n    say: One sentence in English only.\n";
    let (printed, _) = crate::cli::qkv(&["check", "-"]).piped(lesson).run().ends(1);
    assert!(printed.contains("missing-language"), "{printed}");
}
