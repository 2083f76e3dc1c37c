//! How others say with how many decimals a number is written: `%.2f`, `:2`, `, 2`, `round(…, 2)`.

use super::Surroundings;
use crate::lesson::expression::format::{MOST_DECIMALS, NumberFormat};

/// `X[1, 2]:.1%` for `X[1, 2]:.1％`.
pub(super) fn plain_per_cent(text: &str, _: Surroundings<'_>) -> String {
    match text.trim_end().strip_suffix('％') {
        Some(before) if before.contains(':') => format!("{before}%"),
        Some(_) | None => text.to_owned(),
    }
}

/// `X[1, 2]:.2` for the number of decimals in words: `X[1, 2], rounded to 2 decimals`.
pub(super) fn in_words(text: &str, around: Surroundings<'_>) -> String {
    let behind = text.rfind([']', ')']).map_or("", |at| &text[at + 1..]);
    let has_words = ROUNDED.iter().chain(&["decimal", "位小数"]).any(|words| behind.contains(words));
    if has_words { of_number(text, around) } else { text.to_owned() }
}

/// `X[1, 2]:.2` for the number of decimals in other signs.
pub(super) fn of_number(text: &str, _: Surroundings<'_>) -> String {
    let of_rounded = text.trim().strip_prefix("round(").and_then(|rest| rest.strip_suffix(')'));
    let text = of_rounded.unwrap_or(text);
    let Some(end) = text.rfind([']', ')']).map(|at| at + 1) else { return text.to_owned() };
    let (cell, behind) = text.split_at(end);
    match asked(behind) {
        Some(format) => format!("{cell}:{format}"),
        None => text.to_owned(),
    }
}

/// `X[1, 2]:.2` for `X[1, 2:.2` and `X[1, 2:.2]`.
pub(super) fn behind_bracket(text: &str, _: Surroundings<'_>) -> String {
    let open = text.rfind('[').filter(|open| !text[*open..].contains(']') || text.trim_end().ends_with(']'));
    let Some((open, colon)) = open.zip(text.rfind(':')) else { return text.to_owned() };
    let format = text[colon..].trim_end().trim_end_matches(']').trim_end();
    if colon < open || !NumberFormat::reads(&format[1..]) {
        return text.to_owned();
    }
    format!("{}]{format}", text[..colon].trim_end())
}

/// `X[1, 2]:.2%` for `X[1, 2]:%.2`.
pub(super) fn per_cent_first(text: &str, _: Surroundings<'_>) -> String {
    let end = text.rfind([']', ')']).map_or(0, |at| at + 1);
    let (cell, behind) = text.split_at(end);
    is_per_cent_first(behind).map_or(text.to_owned(), |decimals| format!("{cell}:.{decimals}%"))
}

/// What stands before the number of decimals in a sentence.
const ROUNDED: [&str; 7] = ["rounded to", "round to", "with", "to", "保留", "精确到", "取"];
/// Digits in Chinese, of which 两 is 2 as well.
const DIGITS: &str = "零一二两三四五六";

/// The decimals of `%.2`, which may be per cent.
fn is_per_cent_first(behind: &str) -> Option<&str> {
    let decimals = behind.trim().trim_start_matches([':', ' ']).strip_prefix("%.")?;
    decimals.bytes().all(|byte| byte.is_ascii_digit()).then_some(decimals).filter(|it| !it.is_empty())
}

/// `.2` for `%.2f`, `: 2`, `:0.00`, `, 2 decimals`; `%` for `* 100 %`.
fn asked(behind: &str) -> Option<String> {
    let behind = behind.trim().replace('％', "%");
    let behind = behind.as_str();
    if is_per_cent_first(behind).is_some() {
        return None;
    }
    if matches!(behind.replace(' ', "").as_str(), "%" | "*100%" | ":%%" | ":0%" | ":p") {
        return Some("%".to_owned());
    }
    let inner = behind.trim_start_matches([':', '：', '%', '|', ';', '；', ',', '，', ' ']);
    let inner = ROUNDED.iter().find_map(|words| inner.strip_prefix(words)).unwrap_or(inner).trim_start();
    let form = match inner.trim_end().chars().next_back() {
        Some('%') => "%",
        Some('e') => "e",
        Some(_) | None => "",
    };
    let words = [" decimals", " decimal", " digits", " places", "位小数", "位", "dp", "f", "g", "%", "e"];
    let digits = words.iter().find_map(|word| inner.strip_suffix(word)).unwrap_or(inner).trim();
    let decimals = match digits.strip_prefix("0.").or_else(|| digits.strip_prefix('.')).unwrap_or(digits) {
        "d" | "i" => 0,
        zeros if zeros.len() > 1 && zeros.bytes().all(|digit| digit == b'0') => zeros.len(),
        // `# 0.0`, as spreadsheets have it.
        "0" if digits == "0.0" => 1,
        number => match DIGITS.find(number).filter(|_| number.chars().count() == 1) {
            Some(at) => [0, 1, 2, 2, 3, 4, 5, 6][DIGITS[..at].chars().count()],
            None => number.parse::<usize>().ok()?,
        },
    };
    (decimals <= usize::from(MOST_DECIMALS)).then(|| format!(".{decimals}{form}"))
}
