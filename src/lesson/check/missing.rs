//! Where a definition that is missing may belong, or stand under a name with a slip.

use std::collections::BTreeMap;

use super::Checker;
use crate::both;
use crate::diagnostic::{Diagnostic, Span, nearest};

/// A definition that may help with a name that nothing has.
pub(super) enum Clue<'a> {
    /// Nothing uses it, and its name is almost the missing one.
    Unused(&'a str, Span),
    /// Its name differs from the missing one by a letter or a number, as those of `W_Q`, `W_K` and `W_V` do.
    Sibling(Span),
}

impl Clue<'_> {
    /// The same finding with the place that helps.
    pub(super) fn told(&self, name: &str, finding: Diagnostic) -> Diagnostic {
        match self {
            Self::Unused(own, place) => finding
                .with_related(
                    *place,
                    both!("`{own}` is defined here, and nothing uses it", "`{own}` 在这里定义，却没有用到"),
                )
                .with_hint(both!("did you mean `{own}`?", "是不是想写 `{own}`？")),
            Self::Sibling(place) => finding.with_related(
                *place,
                both!("`{name}` may belong beside this", "`{name}` 也许应当定义在这旁边"),
            ),
        }
    }
}

impl Checker<'_> {
    /// What helps with the name of a matrix that is missing.
    pub(super) fn clue_to_matrix(&self, name: &str) -> Option<Clue<'_>> {
        self.clue(name.split(['.', '@']).next().unwrap_or(name), &self.definitions)
    }

    /// What helps with the name of an axis that is missing: where all axes are other ones, the last of them.
    pub(super) fn clue_to_axis(&self, name: &str) -> Option<Clue<'_>> {
        self.clue(name, &self.axis_places)
            .or_else(|| self.axis_places.values().max().map(|place| Clue::Sibling(*place)))
    }

    fn clue<'a>(&self, name: &str, defined: &'a BTreeMap<String, Span>) -> Option<Clue<'a>> {
        if defined.contains_key(name) {
            return None;
        }
        let unused = defined.keys().map(String::as_str).filter(|own| self.stands_once(own));
        if let Some((own, place)) = nearest(name, unused).and_then(|own| defined.get_key_value(own)) {
            return Some(Clue::Unused(own, *place));
        }
        let siblings = defined.iter().filter_map(|(own, place)| Some((kinship(name, own)?, *place)));
        siblings.min().map(|(_, place)| Clue::Sibling(place))
    }

    /// Whether a name is in the file at the place of its definition only.
    fn stands_once(&self, name: &str) -> bool {
        let text = &self.source.text;
        let in_name = |c: char| c.is_alphanumeric() || c == '_';
        let stands =
            |at: &usize| !text[..*at].ends_with(in_name) && !text[at + name.len()..].starts_with(in_name);
        text.match_indices(name).map(|(at, _)| at).filter(stands).nth(1).is_none()
    }
}

/// How near two names are that differ by one letter or by their number; less is nearer.
fn kinship(name: &str, other: &str) -> Option<u8> {
    let split = |name: &str| -> (Vec<char>, String) {
        let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
        (name[..name.len() - number.len()].chars().collect(), number.to_owned())
    };
    let ((letters, number), (others, other_number)) = (split(name), split(other));
    if letters.len() != others.len() {
        return None;
    }
    let letter = letters.iter().zip(&others).filter(|(own, other)| own != other).count();
    match (letter, number == other_number) {
        (1, true) if letters.last().is_some_and(|c| c.is_uppercase()) => Some(0),
        (0, false) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kin_that_differ_by_a_letter_or_by_their_number() {
        assert!(kinship("W_K2", "W_Q2") < kinship("W_K2", "W_K1"));
        assert_eq!(kinship("Q256", "K64"), None);
        assert_eq!(kinship("head", "heat"), None);
        assert_eq!(kinship("X", "X_short"), None);
    }
}
