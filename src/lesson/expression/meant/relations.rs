//! The signs of claims as others write them: `\geq`, `=>`, `is at least`, `about 0.42`, `42 %`.

use super::{Surroundings, outside_brackets, relation};
use crate::lesson::expression::claim::half_of;
use crate::lesson::expression::{lexer, number};

/// Signs by what is meant by them; the longer ones first.
const SIGNS: [(&str, &str); 45] = [
    ("Σ (", "sum("),
    ("∑ (", "sum("),
    ("Σ(", "sum("),
    ("∑(", "sum("),
    ("plus or minus", "±"),
    ("plus/minus", "±"),
    ("正负", "±"),
    // What is typed or read by a machine for the sign that looks alike.
    ("土", "±"),
    ("士", "±"),
    ("> =", ">="),
    ("< =", "<="),
    ("= =", "="),
    ("加减", "±"),
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&ge;", ">="),
    ("&le;", "<="),
    ("&nbsp;", " "),
    ("&minus;", "-"),
    ("&times;", "*"),
    ("&plusmn;", "±"),
    ("\\geqslant", ">="),
    ("\\leqslant", "<="),
    ("\\approx", "≈"),
    ("\\times", "*"),
    ("\\cdot", "*"),
    ("\\geq", ">="),
    ("\\leq", "<="),
    ("\\div", "/"),
    ("\\ge", ">="),
    ("\\le", "<="),
    ("\\gt", ">"),
    ("\\lt", "<"),
    ("\\pm", "±"),
    ("===", "="),
    (":=", "="),
    ("=>", ">="),
    ("=<", "<="),
    ("~=", "≈"),
    ("**", "^"),
    ("≧", ">="),
    ("≦", "<="),
    ("⩾", ">="),
    ("⩽", "<="),
    ("＝", "="),
];

/// Words by the sign that says the same; the longer ones first.
const WORDS: [(&str, &str); 50] = [
    ("is greater than or equal to", ">="),
    ("is less than or equal to", "<="),
    ("is not less than", ">="),
    ("is not more than", "<="),
    ("is greater than", ">"),
    ("is larger than", ">"),
    ("is bigger than", ">"),
    ("is higher than", ">"),
    ("is more than", ">"),
    ("is smaller than", "<"),
    ("is lower than", "<"),
    ("is less than", "<"),
    ("is at least", ">="),
    ("is at most", "<="),
    ("is the same as", "="),
    ("is equal to", "="),
    ("should be", "="),
    ("must be", "="),
    ("is above", ">"),
    ("is below", "<"),
    ("greater than", ">"),
    ("larger than", ">"),
    ("smaller than", "<"),
    ("more than", ">"),
    ("less than", "<"),
    ("at least", ">="),
    ("at most", "<="),
    ("equal to", "="),
    ("equals", "="),
    ("equal", "="),
    ("is", "="),
    ("大于或等于", ">="),
    ("小于或等于", "<="),
    ("大于等于", ">="),
    ("小于等于", "<="),
    ("应该等于", "="),
    ("应等于", "="),
    ("不小于", ">="),
    ("不大于", "<="),
    ("不超过", "<="),
    ("至少是", ">="),
    ("至多是", "<="),
    ("至少", ">="),
    ("至多", "<="),
    ("大于", ">"),
    ("小于", "<"),
    ("等于", "="),
    ("应为", "="),
    ("是", "="),
    ("为", "="),
];

/// Signs that say that two things are not the same; the longer ones first.
const UNEQUAL: [&str; 10] =
    ["is not equal to", "is not", "\\neq", "\\ne", "!==", "!=", "<>", "=/=", "≠", "不等于"];

/// Words that say more after `is not` than that two things are not the same.
const ORDERED: [&str; 9] =
    ["less", "more", "greater", "larger", "bigger", "higher", "smaller", "lower", "above"];

/// Words that say that a number is not exact.
const NEARLY: [&str; 16] = [
    "approximately",
    "or thereabouts",
    "about",
    "around",
    "roughly",
    "nearly",
    "approx.",
    "approx",
    "or so",
    "circa",
    "ca.",
    "大约",
    "大概",
    "约为",
    "左右",
    "约",
];

/// Signs of formulas and of programs, as they are typed here.
pub(super) fn of_signs(text: &str, _: Surroundings<'_>) -> String {
    outside_brackets(text, |part| {
        SIGNS.iter().fold(part.to_owned(), |part, (other, own)| part.replace(other, own))
    })
}

/// The first sign of formulas and of programs in a text, and how it is typed here.
pub(super) fn other_sign(text: &str) -> Option<(&'static str, &'static str)> {
    let mut found = None;
    outside_brackets(text, |part| {
        found = found.or_else(|| SIGNS.iter().find(|(other, _)| part.contains(other)));
        String::new()
    });
    found.map(|(other, own)| (other.trim_end_matches(['(', ' ']), own.trim_end_matches('(')))
}

/// A claim in words, with its sign.
pub(super) fn of_words(text: &str, _: Surroundings<'_>) -> String {
    if relation(text).is_some() {
        return text.to_owned();
    }
    let mut found = false;
    outside_brackets(text, |part| {
        let word =
            WORDS.iter().filter(|_| !found).find_map(|(word, sign)| Some((at_word(part, word)?, word, sign)));
        let Some((at, word, sign)) = word else { return part.to_owned() };
        found = true;
        format!("{} {sign} {}", part[..at].trim_end(), part[at + word.len()..].trim_start())
    })
}

/// `argmax(X[1]) = bird` for `bird = argmax(X[1])`.
pub(super) fn turned(text: &str, _: Surroundings<'_>) -> String {
    let sides = relation(text).map(|at| (text[..at].trim(), text[at..].trim_start_matches('=').trim()));
    let is_call = |right: &str| right.starts_with("argmax(") || right.starts_with("argmin(");
    match sides {
        Some((name, call)) if is_call(call) && !name.is_empty() && !name.contains(['(', '[']) => {
            format!("{call} = {name}")
        }
        Some(_) | None => text.to_owned(),
    }
}

/// `X[1, 2] = 0.42 ± 0.005` for `0.42 ± 0.005 = X[1, 2]`.
pub(super) fn tolerance_last(text: &str, _: Surroundings<'_>) -> String {
    match text.split_once('=').map(|(number, of)| (number.trim(), of.trim())) {
        Some((number, of)) if number.contains('±') && !of.is_empty() && !of.contains(['±', '=']) => {
            format!("{of} = {number}")
        }
        Some(_) | None => text.to_owned(),
    }
}

/// `argmax(X[1]) = cat` for `argmax(X[1]) = cat, dog`.
pub(super) fn one_name(text: &str, _: Surroundings<'_>) -> String {
    const JOINTS: [&str; 8] = ["、", "，", ",", "/", " and ", " or ", "和", "或"];
    let Some((before, right)) = last_side(text).filter(|_| text.starts_with("arg")) else {
        return text.to_owned();
    };
    let first = JOINTS.iter().filter_map(|joint| right.find(joint)).min().map(|end| right[..end].trim());
    first.map_or(text.to_owned(), |first| format!("{before} {first}"))
}

/// A share in per cent, as a share of 1.
pub(super) fn shares(text: &str, _: Surroundings<'_>) -> String {
    let Some((before, right)) = last_side(text) else { return text.to_owned() };
    let per_cent = right.trim().strip_suffix(['%', '％']).map(str::trim_end);
    let Some(digits) = per_cent else { return text.to_owned() };
    match number::of_per_cent(digits) {
        Some(share) => format!("{before} {share}"),
        None => text.to_owned(),
    }
}

/// A claim without the signs that end a sentence.
pub(super) fn ended(text: &str, _: Surroundings<'_>) -> String {
    text.trim_end().trim_end_matches(['.', ';', ',', '!', '。', '；', '，']).to_owned()
}

/// `X[1, 2] > 0` for `X[1, 2] != 0`, and `argmax(X[1]) = bird` where it should be another one: with the numbers of the
/// lesson the claim becomes the one that holds.
pub(super) fn unequal(text: &str, _: Surroundings<'_>) -> String {
    let Some((left, right)) = unequal_sides(text) else { return text.to_owned() };
    let is_name = ["argmax", "argmin", "shape"].iter().any(|name| left.starts_with(name));
    format!("{left} {} {right}", if is_name { '=' } else { '>' })
}

/// What is said not to be the same.
pub(super) fn unequal_sides(text: &str) -> Option<(&str, &str)> {
    let found = UNEQUAL.iter().find_map(|sign| text.split_once(sign));
    let compares = |right: &str| ORDERED.iter().any(|word| right.starts_with(word));
    found.map(|(left, right)| (left.trim(), right.trim())).filter(|(_, right)| !compares(right))
}

/// `X[1, 2] ≈ 0.42` and `X[1, 2] = 0.42 or so`, with how far it may be off: half of the last decimal,
/// and a tenth of the number at the most.
pub(super) fn nearly(text: &str, _: Surroundings<'_>) -> String {
    const OF_WHOLE: usize = 2;
    let mut is_near = text.contains(lexer::NEARLY);
    let exact = outside_brackets(text, |part| {
        NEARLY.iter().fold(part.replace(lexer::NEARLY, "="), |part, word| match at_word(&part, word) {
            Some(at) => {
                is_near = true;
                format!("{}{}", &part[..at], part[at + word.len()..].trim_start())
            }
            None => part,
        })
    });
    let right = last_side(&exact).map(|(_, right)| right.trim());
    let Some(right) = right.filter(|right| is_near && is_plain_number(right)) else { return text.to_owned() };
    let decimals = right.split_once('.').map_or(OF_WHOLE, |(_, decimals)| decimals.len());
    // More than a tenth of the number would say nothing of it.
    let tenth = right.parse::<f64>().unwrap_or_default().abs() / 10.0;
    let half = half_of(decimals);
    let is_small = tenth > 0.0 && half.parse::<f64>().is_ok_and(|half| half > tenth);
    let off = if is_small { format!("{tenth:.*}", decimals + 1) } else { half };
    format!("{} ± {off}", exact.trim_end())
}

/// `X[1, 2]` for `X[1, 2] = 0.42` where nothing is claimed.
pub(super) fn without_claim(text: &str, _: Surroundings<'_>) -> String {
    text[..relation(text).unwrap_or(text.len())].trim_end().to_owned()
}

/// A claim that stands in round brackets as a whole.
pub(super) fn enclosed(text: &str, _: Surroundings<'_>) -> String {
    let inner = text.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_whole = |inner: &&str| {
        let left = &inner[..relation(inner).unwrap_or(0)];
        !left.is_empty() && left.matches('(').count() == left.matches(')').count()
    };
    inner.filter(is_whole).unwrap_or(text).to_owned()
}

/// A claim without a remark behind it.
pub(super) fn without_remark(text: &str, _: Surroundings<'_>) -> String {
    const BEGIN: [&str; 8] = ["//", "（", " (", "--", "——", "＃", "/*", "；"];
    let Some((before, right)) = last_side(text) else { return text.to_owned() };
    let ends = BEGIN.iter().filter_map(|begin| right.find(begin));
    let end = ends.filter(|end| !right[..*end].trim().is_empty()).min().unwrap_or(right.len());
    format!("{before}{}", &right[..end]).trim_end().to_owned()
}

/// A number without the blanks that were typed around its point: `0. 9`.
pub(super) fn number_without_blanks(text: &str, _: Surroundings<'_>) -> String {
    outside_brackets(text, |part| {
        let mut whole = String::with_capacity(part.len());
        let mut rest = part;
        while let Some((before, behind)) = rest.split_once('.') {
            let next = behind.trim_start();
            let is_number = before.ends_with(|c: char| c.is_ascii_digit())
                && next.starts_with(|c: char| c.is_ascii_digit());
            whole.extend([before, "."]);
            rest = if is_number { next } else { behind };
        }
        whole + rest
    })
}

/// A claim without the words that say once more what the number before them is: `X[1, 2]的份额 > 0.5`.
pub(super) fn without_words(text: &str, _: Surroundings<'_>) -> String {
    let Some((left, right)) = relation(text).map(|at| text.split_at(at)) else { return text.to_owned() };
    match left.rsplit_once(']') {
        Some((cell, words)) if words.chars().any(char::is_alphabetic) && !words.contains(['(', ')']) => {
            format!("{cell}] {right}")
        }
        Some(_) | None => text.to_owned(),
    }
}

/// `argmax(X[1]) = bird` for `X[1, bird] = max`, and for `X[1, bird] 最大`.
pub(super) fn by_extreme(text: &str, _: Surroundings<'_>) -> String {
    const LARGEST: [&str; 8] = ["max", "maximum", "largest", "biggest", "highest", "最大", "最大值", "最高"];
    const SMALLEST: [&str; 6] = ["min", "minimum", "smallest", "lowest", "最小", "最小值"];
    let claimed = last_side(text).map(|(before, right)| (before.trim_end().trim_end_matches('='), right));
    let Some((before, right)) = claimed.or_else(|| text.rfind(']').map(|end| text.split_at(end + 1))) else {
        return text.to_owned();
    };
    let word = right.trim().trim_start_matches("is ").trim_start_matches("the ").trim_start_matches('是');
    let word = word.strip_suffix('的').unwrap_or(word);
    let call = if LARGEST.contains(&word) {
        "argmax"
    } else if SMALLEST.contains(&word) {
        "argmin"
    } else {
        return text.to_owned();
    };
    let inside = before.trim_end().strip_suffix(']');
    match inside.and_then(|inside| inside.rsplit_once(',')) {
        Some((row, column)) => format!("{call}({row}]) = {}", column.trim()),
        None => text.to_owned(),
    }
}

/// A claim up to its sign, and what stands behind that.
fn last_side(text: &str) -> Option<(&str, &str)> {
    let start = relation(text)?;
    let right = text[start..].trim_start_matches(['=', '<', '>', '≤', '≥']);
    let (before, right) = text.split_at(text.len() - right.len());
    Some((before, right))
}

fn is_plain_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// Where a word stands in a text, by itself if it is one of letters.
fn at_word(text: &str, word: &str) -> Option<usize> {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let apart = |beside: bool| !word.is_ascii() || !beside;
        apart(text[..*at].ends_with(in_word)) && apart(text[at + word.len()..].starts_with(in_word))
    })
}
