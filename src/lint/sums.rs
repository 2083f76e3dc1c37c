//! Arithmetic in prose that does not add up as it is printed: `0.33 + 0.33 = 0.67`.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::model;
use crate::app::Size;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Language;
use crate::lesson::expression::Form;
use crate::lesson::{Lesson, Piece, Prose, StepPlaces};
use crate::view;

/// Prose is looked at as it reads, so the screen does not matter.
const SCREEN: Size = Size { width: 80, height: 24 };

/// A finding for each `=` in the words of a step between two sides that are not equal as printed.
pub(super) fn uneven(
    source: &Source,
    lesson: &Arc<Lesson>,
    step: usize,
    places: &StepPlaces,
) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    for language in Language::ALL {
        let Some(span) = *places.say.get(language) else { continue };
        if findings.iter().any(|finding| span.range().contains(&finding.span.start)) {
            // One text for both languages.
            continue;
        }
        let text = view::said(&model(lesson, step, SCREEN, language)).join("\n");
        for Uneven { equals, left, right, written } in sums(&text) {
            let place = nth_equals(source, span, &text, equals).unwrap_or(span);
            findings.push(
                Diagnostic::new(
                    Code::UnevenSum,
                    place,
                    both!(
                        "the screen shows `{written}`, but the left side is {left} and the right side {right}",
                        "屏幕上显示 `{written}`，但左边是 {left}，右边是 {right}"
                    ),
                )
                .with_hint(
                    match enough_decimals(lesson, step, language, nth(&text, equals)) {
                        Some(enough) => both!(
                            "write `:.{enough}` at the end of each pair of braces, `{{…:.{enough}}}`, or `≈` instead of `=`",
                            "请在每对花括号末尾写 `:.{enough}`，即 `{{…:.{enough}}}`，或把 `=` 写成 `≈`"
                        ),
                        None if is_denied(&text) => both!(
                            "write `≈` instead of `=`, as the numbers shown are rounded; if it is to be said that they are not equal, write `≠`, without other words that say so",
                            "请把 `=` 写成 `≈`：显示的数是舍入过的；如果正是要说两边不相等，请写 `≠`，并去掉“不成立”之类的话"
                        ),
                        None if is_far(left, right) => both!(
                            "correct one of these numbers, or what stands in its braces: rounding does not make so large a difference",
                            "请改正其中的一个数，或花括号里写的单元格：差这么多，不是舍入造成的"
                        ),
                        None => both!(
                            "write `≈` instead of `=`: the numbers shown are rounded",
                            "请把 `=` 写成 `≈`：显示的数是舍入过的"
                        ),
                    },
                ),
            );
        }
    }
    findings
}

/// Whether two sides differ by more than rounding makes of a few numbers.
fn is_far(left: f64, right: f64) -> bool {
    (left - right).abs() > 0.1 + 0.1 * left.abs().max(right.abs())
}

/// Whether a text says of something that it is not so.
fn is_denied(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| matches!(word, "not" | "never") || word.contains('不'))
}

/// With how many decimals the sides of an `=`, counted from 0, are equal as printed; `None` if not with any.
fn enough_decimals(lesson: &Arc<Lesson>, step: usize, language: Language, nth_equals: usize) -> Option<u8> {
    const TRIED: RangeInclusive<u8> = 2..=6;
    TRIED.into_iter().find(|decimals| {
        let mut other = Lesson::clone(lesson);
        if let Some(step) = other.steps.get_mut(step) {
            step.say = std::mem::take(&mut step.say).map(|prose| with_decimals(prose, *decimals));
        }
        let text = view::said(&model(&Arc::new(other), step, SCREEN, language)).join("\n");
        sums(&text).iter().all(|sum| nth(&text, sum.equals) != nth_equals)
    })
}

/// The same words with so many decimals in every number.
fn with_decimals(mut prose: Prose, decimals: u8) -> Prose {
    for piece in prose.paragraphs.iter_mut().flatten() {
        if let Piece::Number { format, .. } = piece
            && format.form == Form::Plain
        {
            format.decimals = Some(decimals);
        }
    }
    prose
}

const fn is_equals(c: char) -> bool {
    matches!(c, '=' | '＝')
}

/// How many `=` stand before a byte of a text.
fn nth(text: &str, at: usize) -> usize {
    text[..at].matches(is_equals).count()
}

/// The `=` in the source that is printed at a byte of the text, if as many stand in both.
fn nth_equals(source: &Source, span: Span, text: &str, at: usize) -> Option<Span> {
    let written = source.slice(span);
    let (count, index) = (text.matches(is_equals).count(), nth(text, at));
    if written.matches(is_equals).count() != count {
        return None;
    }
    let (offset, sign) = written.match_indices(is_equals).nth(index)?;
    Some(Span::new(span.start + offset, span.start + offset + sign.len()))
}

/// Two sides that are not equal.
#[derive(Debug, PartialEq)]
struct Uneven {
    /// The byte of the `=` between them.
    equals: usize,
    left: f64,
    right: f64,
    written: String,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(f64),
    /// `+ - * /`, whatever sign stands for it.
    Sign(char),
    Equals,
    /// The end of a sentence or of a part of it.
    Stop,
    /// Whatever cannot be part of such arithmetic.
    Other,
}

/// A token with its bytes, and whether a blank stands before it.
#[derive(Debug, Clone, Copy)]
struct Placed {
    token: Token,
    start: usize,
    end: usize,
    after_blank: bool,
}

/// Numbers joined by signs, between two of which an `=` may stand.
struct Side {
    value: f64,
    start: usize,
    end: usize,
    numbers: usize,
    /// Whether what stands around it leaves it what it looks like.
    alone: bool,
}

fn sums(text: &str) -> Vec<Uneven> {
    let tokens = tokens(text);
    let equals = (0..tokens.len()).filter(|at| tokens[*at].token == Token::Equals);
    equals
        .filter_map(|at| {
            let (left, right) = (before(&tokens, at)?, after(&tokens, at)?);
            let sum = left.numbers > 1 || right.numbers > 1;
            let even = (left.value - right.value).abs() <= 1e-9 * left.value.abs().max(1.0);
            let written = text.get(left.start..right.end)?.to_owned();
            let uneven = sum && !even && left.alone && right.alone;
            // What is printed are decimals: the sum of 0.1 and 0.2 is 0.3.
            let shown = |value: f64| (value * 1e9).round() / 1e9;
            uneven.then(|| Uneven {
                equals: tokens[at].start,
                left: shown(left.value),
                right: shown(right.value),
                written,
            })
        })
        .collect()
}

/// The side that ends before the token at `end`.
fn before(tokens: &[Placed], end: usize) -> Option<Side> {
    let mut start = end;
    while start > 0 && matches!(tokens[start - 1].token, Token::Number(_) | Token::Sign(_)) {
        start -= 1;
    }
    side(tokens, start, end)
}

/// The side that begins after the token at `at`.
fn after(tokens: &[Placed], at: usize) -> Option<Side> {
    let more = tokens[at + 1..].iter();
    let length = more.take_while(|it| matches!(it.token, Token::Number(_) | Token::Sign(_))).count();
    side(tokens, at + 1, at + 1 + length)
}

fn side(tokens: &[Placed], start: usize, end: usize) -> Option<Side> {
    let own = tokens.get(start..end).filter(|own| !own.is_empty())?;
    let value = value(own)?;
    let touches =
        |other: Option<&Placed>, blank: bool| other.is_some_and(|it| it.token == Token::Other) && !blank;
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let (next, last) = (tokens.get(end), own.last()?);
    // A sign in front makes it the end of something longer, unless nothing stands before that.
    let continues =
        matches!(own[0].token, Token::Sign(_)) && before.is_some_and(|it| it.token == Token::Other);
    let alone = !continues
        && !touches(before, own[0].after_blank)
        && !touches(next, next.is_some_and(|it| it.after_blank));
    let numbers = own.iter().filter(|it| matches!(it.token, Token::Number(_))).count();
    Some(Side { value, start: own[0].start, end: last.end, numbers, alone })
}

/// What numbers and signs in turn come to; `None` if they do not take turns.
fn value(tokens: &[Placed]) -> Option<f64> {
    let (mut sum, mut product, mut factor, mut negative) = (0.0, None::<f64>, None::<char>, false);
    for Placed { token, .. } in tokens {
        match (token, product, factor) {
            (Token::Number(number), _, _) => {
                let number = if negative { -number } else { *number };
                product = Some(match (product, factor.take()) {
                    (None, None) => number,
                    (Some(value), Some('*')) => value * number,
                    (Some(value), Some('/')) => value / number,
                    (_, _) => return None,
                });
                negative = false;
            }
            (Token::Sign('-'), None, None) | (Token::Sign('-'), Some(_), Some(_)) => negative = !negative,
            (Token::Sign(sign @ ('+' | '-')), Some(value), None) => {
                sum += value;
                product = None;
                negative = *sign == '-';
            }
            (Token::Sign(sign), Some(_), None) => factor = Some(*sign),
            (_, _, _) => return None,
        }
    }
    product.filter(|_| factor.is_none()).map(|value| sum + value)
}

fn tokens(text: &str) -> Vec<Placed> {
    let mut tokens: Vec<Placed> = Vec::new();
    let (mut at, mut after_blank) = (0, true);
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        let token = match c {
            _ if c.is_whitespace() => {
                after_blank = true;
                continue;
            }
            ';' | '?' | '!' | '。' | '，' | '；' | '：' | '？' | '！' | '、' => Token::Stop,
            '.' | ',' | ':' if !text[at..].starts_with(|c: char| c.is_ascii_digit()) => Token::Stop,
            // Chinese has no blanks around numbers.
            _ if c >= '\u{2e80}' && c.is_alphabetic() => Token::Stop,
            '0'..='9' | '.' => {
                let length = text[start..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
                let digits = text[start..start + length].trim_end_matches('.');
                at = start + digits.len().max(1);
                digits.parse().map_or(Token::Other, Token::Number)
            }
            '+' | '＋' => Token::Sign('+'),
            '-' | '−' | '－' => Token::Sign('-'),
            '·' | '×' | '*' | '⋅' => Token::Sign('*'),
            '/' | '÷' => Token::Sign('/'),
            '=' | '＝' => Token::Equals,
            _ => Token::Other,
        };
        tokens.push(Placed { token, start, end: at, after_blank });
        after_blank = token == Token::Stop;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<String> {
        sums(text).into_iter().map(|sum| sum.written).collect()
    }

    #[test]
    fn what_adds_up_as_printed_is_left_alone() {
        for text in [
            "0.1 + 0.2 = 0.3, and 3·1 + 3·1 = 6.",
            "q·k = 3·1 − 1·2 = 1",
            "112 / 8 = 14 and 2 + 2 = 8 / 2",
            "3·−2 = −6；4 × 0.5 ＝ 2。",
            "7 = 7.0, X = 3 and 3 = x",
        ] {
            assert_eq!(wrong(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_arithmetic_is_left_alone() {
        for text in [
            "√4 + 1 = 3",
            "2x + 1 = 9",
            "2² + 1 = 5",
            "x − 3 + 2 = 5",
            "(1 + 2)·3 = 9",
            "50% + 1 = 2",
            "1 + 1 = 2x",
            "5000 + 5000 = 10 000",
            "1,000 + 1 = 1,001",
            "exp(0) + 1 = 2",
            "1 + 2 ≈ 4",
            "t2 + 1 = 9",
            "9:30 + 1 = 2",
        ] {
            assert_eq!(wrong(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_does_not_add_up_is_found_with_its_sides() {
        let found = sums("Shares: 0.33 + 0.33 + 0.33 = 1.");
        let [Uneven { equals: 27, left, right, written }] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((*left, *right, written.as_str()), (0.99, 1.0, "0.33 + 0.33 + 0.33 = 1"));
        assert_eq!(wrong("相加得 2·0.67 = 1.33，而 1 + 1 = 2"), ["2·0.67 = 1.33"]);
        assert_eq!(wrong("1 / 3 = 0.33"), ["1 / 3 = 0.33"]);
        assert_eq!(wrong("2 + 3 = 4 + 1 = 6"), ["4 + 1 = 6"]);
    }
}
