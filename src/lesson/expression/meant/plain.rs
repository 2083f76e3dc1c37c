//! Texts that are right but for the signs that a Chinese keyboard types.

use super::Surroundings;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::expression::finding::hinted;
use crate::lesson::expression::keyboard;

/// A longer text is not repeated in a hint.
const SHORT: usize = 80;

/// For a finding of wide signs, the text with all of its signs put right.
pub(super) fn of_keyboard(finding: &Diagnostic, text: &str) -> Option<String> {
    if finding.code != Code::FullwidthPunctuation || finding.fix.is_empty() {
        return None;
    }
    let mut plain = text.to_owned();
    for edit in finding.fix.iter().rev() {
        text.get(edit.span.range())?;
        plain.replace_range(edit.span.range(), &edit.with);
    }
    Some(plain)
}

/// The finding with the whole text in its hint, where one sign alone does not say it.
pub(super) fn told(finding: &Diagnostic, text: &str, plain: &str, around: Surroundings<'_>) -> Diagnostic {
    let signs = keyboard::signs(text, finding.span.start);
    let says_all = finding.fix.len() == 1 && !signs.iter().any(|sign| sign.is_another);
    if says_all || plain.len() > SHORT || plain.contains('`') {
        return finding.clone();
    }
    let ([open, close], plain) = (around.signs, plain.trim());
    hinted(finding.clone(), both!("write `{open}{plain}{close}`", "请写 `{open}{plain}{close}`"))
}
