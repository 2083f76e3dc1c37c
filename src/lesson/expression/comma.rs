//! Commas within numbers: `4,096` has a mark between thousands, `3,5` the decimal comma of other languages.

use crate::both;
use crate::diagnostic::Span;
use crate::language::Localised;

/// What a number with commas was meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lesson) struct Meant {
    /// How it is written.
    pub(in crate::lesson) number: String,
    /// What takes the place of each comma.
    pub(in crate::lesson) instead: &'static str,
    /// What to do.
    pub(in crate::lesson) hint: Localised<String>,
}

/// What `text` was meant to be: digits with commas, and perhaps a sign before them.
pub(in crate::lesson) fn meant(text: &str) -> Meant {
    let digits = text.trim_start_matches(['-', '+']);
    let mut groups = digits.split(',');
    let first = groups.next().unwrap_or_default();
    let whole = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let joined = text.replace(',', "");
    if whole && groups.clone().all(|group| group.len() == 3) {
        let hint = if groups.count() > 1 {
            without_commas(text)
        } else {
            let point = text.replace(',', ".");
            both!(
                "write it without the comma: `{joined}`; or, if these are decimals, with a point: `{point}`",
                "数里面不写逗号：`{joined}`；如果是小数，小数点要写成 `.`：`{point}`"
            )
        };
        return Meant { number: joined, instead: "", hint };
    }
    let number = text.replacen(',', ".", 1);
    let hint = both!("write the decimals after a point: `{number}`", "小数点要写成 `.`：`{number}`");
    Meant { number, instead: ".", hint }
}

/// What to do about `1,000` where decimals are likelier than thousands.
pub(in crate::lesson) fn decimals_or_whole(text: &str) -> Localised<String> {
    let (point, joined) = (text.replace(',', "."), text.replace(',', ""));
    both!(
        "write the decimals after a point: `{point}`; or, if this is a whole number, `{joined}`",
        "小数点要写成 `.`：`{point}`；如果是整数，数里面不写逗号：`{joined}`"
    )
}

/// The numbers with commas in them from `start` on, outside of brackets and quotation marks, where commas stand between
/// rows and columns.
pub(in crate::lesson) fn numbers(text: &str, start: usize) -> Vec<Span> {
    let (mut depth, mut quoted) = (0_usize, false);
    let mut found: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(at, _)| *at >= start) {
        quoted ^= c == '"';
        depth =
            (depth + usize::from(matches!(c, '[' | '('))).saturating_sub(usize::from(matches!(c, ']' | ')')));
        let in_last = found.last().is_some_and(|last| at < last.end);
        let begins = c.is_ascii_digit() && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
        if quoted || (depth > 0 && at > start) || in_last || !begins {
            continue;
        }
        let rest = &text[at..];
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(rest.len());
        let number = rest[..length].trim_end_matches(',');
        if number.contains(',') {
            found.push(Span::new(at, at + number.len()));
        }
    }
    found
}

/// What to do about commas in a number that has no decimals.
pub(in crate::lesson) fn without_commas(text: &str) -> Localised<String> {
    let joined = text.replace(',', "");
    let en = if text.matches(',').count() > 1 { "commas" } else { "the comma" };
    both!("write it without {en}: `{joined}`", "数里面不写逗号：`{joined}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_told_from_decimals() {
        for (text, number) in [
            ("4,096", "4096"),
            ("-12,288", "-12288"),
            ("1,048,576", "1048576"),
            ("3,5", "3.5"),
            ("0,125", "0.125"),
            ("1234,567", "1234.567"),
            ("-0,5", "-0.5"),
        ] {
            assert_eq!(meant(text).number, number, "{text}");
        }
    }
}
