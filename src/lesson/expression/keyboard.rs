//! What a Chinese keyboard types for the signs of formulas: `》` for `>`, `。` for a point, `……` for `^`, `、` for `/`.

use super::lexer::{gap_after, halfwidth};
use crate::diagnostic::Span;

/// A sign of a Chinese keyboard, and what is written here instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) span: Span,
    pub(super) plain: String,
    /// Whether the key has another sign on other keyboards, so that nobody sees from the one which is meant.
    pub(super) is_another: bool,
}

/// The signs of a Chinese keyboard from a place of a text on, outside of quotation marks that begin behind it.
pub(super) fn signs(text: &str, from: usize) -> Vec<Typed> {
    let mut found = Vec::new();
    let mut quoted = false;
    let mut at = from;
    while let Some(c) = text[at..].chars().next() {
        quoted ^= c == '"';
        let sign = if quoted { None } else { sign_at(text, at) };
        let end = sign.as_ref().map_or(at + c.len_utf8(), |sign| sign.span.end);
        found.extend(sign);
        at = end;
    }
    found
}

/// The sign that stands at a place.
fn sign_at(text: &str, at: usize) -> Option<Typed> {
    let rest = &text[at..];
    let sign = rest.chars().next()?;
    let length = rest.len() - rest.trim_start_matches(sign).len();
    let before = text[..at].trim_end().chars().next_back();
    let (direct, behind) = (text[..at].chars().next_back(), &rest[length..]);
    let in_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (next, after) = (behind.chars().next(), behind.trim_start().chars().next());
    let one = sign.len_utf8();
    let (plain, length) = match sign {
        '》' | '〉' => (">", one),
        '《' | '〈' => ("<", one),
        '。' if length == one && in_name(direct) && in_name(next) => (".", one),
        '…' if in_name(after) || after == Some('(') => ("^", length),
        '—' if in_name(direct) && !direct.is_some_and(char::is_numeric) && in_name(next) => ("_", length),
        '、' if is_digit(before) && is_digit(after) && !is_in_brackets(&text[..at]) => ("/", one),
        _ => {
            let plain = halfwidth(sign)?;
            let gap = gap_after(plain, &rest[one..]);
            let span = Span::new(at, at + one);
            return Some(Typed { span, plain: format!("{plain}{gap}"), is_another: false });
        }
    };
    Some(Typed { span: Span::new(at, at + length), plain: plain.to_owned(), is_another: true })
}

/// Whether a bracket is open where a text ends: a comma can stand there.
fn is_in_brackets(text: &str) -> bool {
    let count = |signs: &[char]| text.matches(signs).count();
    count(&['(', '[', '（', '【', '［']) > count(&[')', ']', '）', '】', '］'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let mut plain = text.to_owned();
        for typed in signs(text, 0).into_iter().rev() {
            plain.replace_range(typed.span.range(), &typed.plain);
        }
        plain
    }

    #[test]
    fn each_key_has_its_sign() {
        for (text, meant) in [
            ("X[a，b] 》 0。9", "X[a, b] > 0.9"),
            ("X【1，2】《＝ 1、3", "X[1, 2] <= 1/3"),
            ("X[1、2]……2", "X[1, 2]^2"),
            ("head。pattern[1, 2] = sum（1、2）", "head.pattern[1, 2] = sum(1, 2)"),
            ("W——Q[1, 2]", "W_Q[1, 2]"),
        ] {
            assert_eq!(plain(text), meant);
        }
        for text in ["0.9。", "X[1, 2]……", "X[1, 2] —— 猫", "2—1"] {
            assert_eq!(signs(text, 0), [], "{text}");
        }
    }
}
