//! Findings about expressions, in the words of a teacher.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;

pub(in crate::lesson) fn finding(code: Code, span: Span, message: Localised<String>) -> Diagnostic {
    Diagnostic { code, span, message, label: Localised::default(), related: Vec::new(), hint: None }
}

/// Something that cannot be read.
pub(in crate::lesson) fn bad(span: Span, message: Localised<String>) -> Diagnostic {
    finding(Code::BadExpression, span, message)
}

pub(in crate::lesson) fn hinted(mut finding: Diagnostic, hint: Localised<String>) -> Diagnostic {
    finding.hint = Some(hint);
    finding
}

/// The candidate that `word` was probably meant to be: equal but for case, or a few letters away.
pub(in crate::lesson) fn closest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 64;
    let short = |word: &str| word.chars().take(LONGEST + 1).count() <= LONGEST;
    if !short(word) {
        return None;
    }
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| short(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        // A single letter is a letter away from every other.
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Words in a row: `a, b, c`, cut short after a dozen.
pub(in crate::lesson) fn listed<'a>(words: impl ExactSizeIterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let more = words.len() > MOST;
    let mut list = words.take(MOST).collect::<Vec<_>>().join(", ");
    if more {
        list.push_str(", …");
    }
    list
}
