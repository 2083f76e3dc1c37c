//! Answers that a text says as the result of something: `得 2`, `2×1 = 2`, `the answer is two`.

use crate::diagnostic::Span;
use crate::graph::Trace;
use crate::language::Language;
use crate::lesson::check::advice::numbers::typed;
use crate::lesson::check::advice::said::said;
use crate::lesson::expression::Value;
use crate::lesson::question::{Answer, Question};

/// Words before a result.
const RESULTS: [&str; 10] =
    ["which is", "which gives", "which makes", "gives", "makes", "得到", "得出", "得", "结果是", "结果为"];
/// Words before an answer.
const ANSWERS: [&str; 5] = ["answer is", "答案是", "答案为", "答案就是", "答案："];
/// Words that count nothing.
const ARTICLES: [&str; 4] = ["a", "an", "no", "none"];
/// Numbers that are worked out alike are this near.
const SAME: f64 = 1e-9;

/// How a text says a number that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// As the result of something, which may be something else: `√4 = 2`.
    AsResult,
    /// As the answer.
    AsAnswer,
}

/// Where a text says the number that is asked for, however it is written: as the answer, or else first as a result.
pub(super) fn said_answer(text: &str, question: &Question, trace: &Trace) -> Option<(Said, Span)> {
    let Answer::Number { value, .. } = &question.answer else { return None };
    let Value::Number(number) = value.evaluate(trace) else { return None };
    let is_answer = |said: f64| (said - number.abs()).abs() < SAME;
    // Of shares, all and nothing may be said for another reason: they add up to 1, and what is hidden gets 0.
    let is_all_or_nothing = [0.0, 1.0].into_iter().any(|it| (number - it).abs() < SAME)
        && value.node().is_some_and(|node| trace.node(node).part.holds_shares());
    let digits: Vec<(Said, Span)> = typed(text)
        .into_iter()
        .filter(|it| is_answer(it.value) && ends_clause(&text[it.with_sign().end..]))
        .filter_map(|it| Some((said_as(text[..it.span().start].trim_end_matches([' ', '-', '−', '*']))?, it)))
        .filter(|(said, _)| *said == Said::AsAnswer || !is_all_or_nothing)
        .map(|(said, it)| (said, it.with_sign()))
        .collect();
    let of = |wanted: Said| digits.iter().copied().find(|(said, _)| *said == wanted);
    let in_words = || Some((Said::AsAnswer, in_words(text, is_answer)?));
    of(Said::AsAnswer).or_else(in_words).or_else(|| of(Said::AsResult))
}

/// The word behind `the answer is`, if it says the number.
fn in_words(text: &str, is_answer: impl Fn(f64) -> bool) -> Option<Span> {
    ANSWERS.iter().find_map(|marker| {
        let start = text.find(marker)? + marker.len();
        let rest = text[start..].trim_start_matches([' ', ':', '：', '*']);
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..length];
        let language = if word.is_ascii() { Language::English } else { Language::Chinese };
        let is_number = !word.is_empty()
            && word.chars().count() <= 6
            && !ARTICLES.contains(&word)
            && said(word, language).into_iter().any(&is_answer);
        let at = text.len() - rest.len();
        is_number.then(|| Span::new(at, at + length))
    })
}

/// As what a number is said by what stands before it: a word, or `=` behind a number.
fn said_as(before: &str) -> Option<Said> {
    let computed = before.strip_suffix(['=', '＝']).map(str::trim_end);
    let is_computed =
        computed.is_some_and(|it| it.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '）')));
    if ends_with(before, &ANSWERS) {
        Some(Said::AsAnswer)
    } else {
        (is_computed || ends_with(before, &RESULTS)).then_some(Said::AsResult)
    }
}

fn ends_with(before: &str, words: &[&str]) -> bool {
    let of_word = |word: &&str| {
        let rest = before.strip_suffix(*word);
        rest.is_some_and(|rest| !word.is_ascii() || !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
    };
    words.iter().any(of_word)
}

fn ends_clause(behind: &str) -> bool {
    let behind = behind.trim_start_matches('*');
    let mut next = behind.chars();
    match next.next() {
        None => true,
        Some('.' | ',') => next.next().is_none_or(char::is_whitespace),
        Some(c) => "，。；;！!）)、".contains(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_result_behind_a_sum_or_a_word_for_it() {
        for before in ["2×1 =", "which is", "再相加，得", "(1 + 1)="] {
            assert_eq!(said_as(before), Some(Said::AsResult), "{before}");
        }
        for before in ["The answer is", "答案是"] {
            assert_eq!(said_as(before), Some(Said::AsAnswer), "{before}");
        }
        for before in ["d_k =", "head", "这里有", "two rows and", "regives", "is"] {
            assert_eq!(said_as(before), None, "{before}");
        }
        assert!(ends_clause(".") && ends_clause("") && ends_clause("，再") && !ends_clause(" rows"));
    }

    #[test]
    fn an_answer_in_words_is_a_number() {
        let found = |text: &'static str| {
            in_words(text, |number| (number - 2.0).abs() < SAME).map(|it| &text[it.range()])
        };
        assert_eq!(found("The answer is two, of course."), Some("two"));
        assert_eq!(found("答案是二。"), Some("二"));
        assert_eq!(found("The answer is one of them."), None);
        assert_eq!(found("答案是猫。"), None);
    }
}
