//! Right lessons that look like a mistake: nothing is said about them, or no more than advice.

use qkv::diagnostic::{Code, Diagnostic, Severity, Source};
use qkv::lesson::check;

/// All that is said about a lesson with these lines below its title.
fn said_of(lines: &str) -> Vec<Diagnostic> {
    let checked = check(&Source::new("right.yaml", &format!("title: {{en: A test, zh: 测试}}\n{lines}")));
    [checked.findings, checked.advice].concat()
}

/// The codes of what is said about a lesson.
fn codes(lines: &str) -> Vec<Code> {
    said_of(lines).iter().map(|finding| finding.code).collect()
}

const WORDS: &str = "axes: {d_model: [a, b]}
text: cat dog
vocabulary: {axis: d_model, tokens: {cat: {a: 2}, dog: {b: 1}}}
matrices:
  - X: {embed: main}
";

#[test]
fn a_number_that_equals_the_answer_and_is_of_something_else_is_no_error() {
    let lesson = format!(
        "{WORDS}  - D: {{add: [X, X]}}
steps:
  - show: D
    say: {{en: \"Later scores are divided by √16 = 4.\", zh: \"以后分数要除以 √16 = 4。\"}}
    question: {{answer: {{cell: \"D[cat, a]\"}}}}
"
    );
    let said = said_of(&lesson);
    assert!(said.iter().all(|finding| finding.severity() == Severity::Warning), "{said:#?}");
    assert_eq!(codes(&lesson), [Code::Questionable]);
}

#[test]
fn an_emphasised_word_of_the_lesson_or_the_format_is_no_slip_of_a_token() {
    for head in ["head", "attn"] {
        let lesson = format!(
            "axes: {{d_model: [a, b]}}
text: he read it
vocabulary: {{axis: d_model, tokens: {{he: {{a: 1}}, read: {{b: 1}}, it: {{a: 1, b: 1}}}}}}
matrices:
  - X: {{embed: main}}
  - {head}: {{attention: {{Q: X, K: X, V: X}}}}
steps:
  - show: {head}.pattern
    say: {{en: \"This *head* gives the verb {{{head}.pattern[he, read]}}.\", zh: \"这个头给动词 {{{head}.pattern[he, read]}}。\"}}
"
        );
        assert_eq!(codes(&lesson), [], "{head}");
    }
    // A word that is said again is meant.
    let lesson = format!(
        "{WORDS}steps:
  - show: X
    say: {{en: \"The *dot* has {{X[dog, b]}} of it.\", zh: \"狗有 {{X[dog, b]}}。\"}}
  - show: X
    say: {{en: \"Now to the dot again.\", zh: 再看一遍。}}
"
    );
    assert_eq!(codes(&lesson), []);
}

#[test]
fn the_number_of_a_single_title_may_be_that_of_something_else() {
    let lesson = format!(
        "{WORDS}steps:
  - title: {{en: The words, zh: 词}}
    show: main
    say: {{en: Two words., zh: 两个词。}}
  - title: {{en: Step 7 of the recipe, zh: 第 7 步}}
    show: X
    say: {{en: Their vectors., zh: 它们的向量。}}
"
    );
    assert_eq!(codes(&lesson), []);
}

#[test]
fn steps_of_two_heads_may_have_one_title() {
    let lesson = format!(
        "{WORDS}  - one: {{attention: {{Q: X, K: X, V: X}}}}
  - two: {{attention: {{Q: X, K: X, V: X, mask: causal}}}}
steps:
  - title: {{en: Scores, zh: 分数}}
    show: one.scores
    say: {{en: Look at the first head., zh: 看第一个头。}}
  - title: {{en: Scores, zh: 分数}}
    show: two.scores
    say: {{en: Look at the second head., zh: 看第二个头。}}
"
    );
    assert_eq!(codes(&lesson), []);
}
