//! Where a definition that is missing may belong, or stand under a name with a slip.

use std::collections::BTreeMap;

use crate::both;
use crate::diagnostic::{Diagnostic, Span, lines_at, nearest};
use crate::graph::Axis;
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::names::NAMES_WITH_HINTS;
use crate::lesson::check::remedies::fillings::Wanted;
use crate::yaml::quoted_text;

/// So many tokens, and so many numbers of each, are typed in a hint.
const TYPED: usize = 12;

/// A definition that may help with a name that nothing has.
pub(in crate::lesson::check) enum Clue<'a> {
    /// Nothing uses it, and its name is almost the missing one.
    Unused(&'a str, Span),
    /// Its name differs from the missing one by a letter or a number, as those of `W_Q`, `W_K` and `W_V` do: another
    /// matrix, and no slip.
    Sibling(&'a str, Span),
    /// The missing one may belong beside it.
    Beside(Span),
}

impl Clue<'_> {
    /// The same finding with the place that helps.
    pub(in crate::lesson::check) fn told(&self, name: &str, finding: Diagnostic) -> Diagnostic {
        let beside = both!("`{name}` may belong beside this", "`{name}` 可以像这样定义");
        let (Self::Unused(_, place) | Self::Sibling(_, place) | Self::Beside(place)) = self;
        let line = lines_at([*place]);
        match self {
            Self::Unused(own, place) => finding
                .with_related(
                    *place,
                    both!("`{own}` stands here, and nothing uses it", "`{own}` 在这里定义，却没有用到"),
                )
                .with_hint(both!("did you mean `{own}`?", "是不是想写 `{own}`？")),
            Self::Sibling(own, place) => finding.with_related(*place, beside).with_hint(both!(
                "make `{name}` in an item of its own above this one, as `{own}` is made in {line}; or write another name here, such as `{own}`",
                "请在这一项上面另写一项来定义 `{name}`，写法同{line}的 `{own}`；或在这里改成想写的名称，例如 `{own}`"
            )),
            Self::Beside(place) => finding.with_related(*place, beside),
        }
    }
}

impl Checker<'_> {
    /// What helps with the name of a matrix that is missing.
    pub(in crate::lesson::check) fn clue_to_matrix(&self, name: &str) -> Option<Clue<'_>> {
        let stem = name.split(['.', '@']).next().unwrap_or(name);
        let clue = self.clue(stem, &self.definitions)?;
        // A part of a matrix is not what is defined.
        Some(match clue {
            Clue::Sibling(_, place) if stem != name => Clue::Beside(place),
            Clue::Unused(..) | Clue::Sibling(..) | Clue::Beside(_) => clue,
        })
    }

    /// What helps with the name of an axis that is missing: where all axes are other ones, the last of them.
    pub(in crate::lesson::check) fn clue_to_axis(&self, name: &str) -> Option<Clue<'_>> {
        self.clue(name, &self.axis_places).or_else(|| self.last_axis().map(Clue::Beside))
    }

    /// Where the last axis is named that is no text: another one goes beside it.
    pub(in crate::lesson::check) fn last_axis(&self) -> Option<Span> {
        self.axis_places.iter().filter(|(name, _)| !self.is_text(name)).map(|(_, place)| *place).max()
    }

    /// What to add to a head that has weights for keys and none for values, of which `head.Z` or the like is asked for.
    pub(in crate::lesson::check) fn values_to_add(
        &self,
        name: &str,
        told: Span,
    ) -> Option<Localised<String>> {
        let (head, part) = name.rsplit_once('.')?;
        let keys = self.graph.find(&format!("{head}.K"))?;
        if !matches!(part, "Z" | "V" | "output") || self.graph.find(&format!("{head}.V")).is_some() {
            return None;
        }
        let operands = self.graph.node(keys).op.operands();
        let weights = operands.last().map(|weights| self.graph.node(*weights));
        let weights = weights.filter(|own| self.definitions.contains_key(&own.name))?;
        let rows: &Axis = &weights.shape.rows;
        // As long as the vectors, so that the output can be added to them.
        let own = self.weights_for("W_V", Wanted { rows: Some(rows), columns: None });
        let filling = match own.line {
            None if own.name.starts_with("W_V") => own,
            None | Some(_) => self.weights_for("W_V", Wanted { rows: Some(rows), columns: Some(rows) }),
        };
        let Localised { en, zh } =
            self.to_fill(self.fields_of(head.split('.').next()?)?, told, &[("W_V", filling)]);
        Some(both!(
            "`{head}` has no `W_V`, and so no `{name}`: {en}",
            "`{head}` 没有写 `W_V`，所以没有 `{name}`：{zh}"
        ))
    }

    /// What to write above `matrices` of a lesson without a vocabulary: that of all texts, with an axis where there is none.
    pub(in crate::lesson::check) fn vocabulary_to_add(&self, size: Option<usize>) -> Localised<String> {
        let axis = self.axes.get_key_value("d_model");
        let axis = axis.or_else(|| self.axes.iter().find(|(name, _)| !self.is_text(name)));
        let mut tokens: Vec<&str> = Vec::new();
        for token in self.texts.iter().flat_map(|text| text.tokens.labels()) {
            if !tokens.contains(&token.as_str()) {
                tokens.push(token);
            }
        }
        let (what, what_zh) = if tokens.is_empty() {
            tokens.extend(["cat", "sleeps"]);
            ("words and numbers", "词和数")
        } else {
            ("numbers", "数")
        };
        let size = axis.map(|(_, axis)| axis.size()).or(size).unwrap_or_else(|| tokens.len().clamp(2, 4));
        let name = axis.map_or("d_model", |(name, _)| name.as_str());
        let list = if size.max(tokens.len()) <= TYPED {
            // The vectors differ, so that the lesson has something to show.
            let vector = |at: usize| (0..size).map(move |column| if at % size == column { "1" } else { "0" });
            let entry = |(at, token): (usize, &&str)| {
                format!("{}: [{}]", typed_token(token), vector(at).collect::<Vec<_>>().join(", "))
            };
            tokens.iter().enumerate().map(entry).collect::<Vec<_>>().join(", ")
        } else {
            "…".to_owned()
        };
        let vocabulary = format!("`vocabulary: {{axis: {name}, tokens: {{{list}}}}}`");
        match axis {
            Some(_) => both!(
                "add above `matrices` the line {vocabulary}, with your own {what}",
                "请在 `matrices` 上面加一行 {vocabulary}，其中的{what_zh}换成自己的"
            ),
            None => both!(
                "add above `matrices` the lines `axes: {{{name}: {size}}}` and {vocabulary}, with your own {what}",
                "请在 `matrices` 上面加两行：`axes: {{{name}: {size}}}` 和 {vocabulary}，其中的{what_zh}换成自己的"
            ),
        }
    }

    fn clue<'a>(&self, name: &str, defined: &'a BTreeMap<String, Span>) -> Option<Clue<'a>> {
        // After many findings nothing is looked for, because it takes time.
        if defined.contains_key(name) || self.findings.len() >= NAMES_WITH_HINTS {
            return None;
        }
        let plain = |name: &str| name.to_lowercase().replace('_', "");
        if defined.keys().any(|own| plain(own) == plain(name)) {
            return None;
        }
        let names = defined.keys().map(String::as_str);
        let is_slip = |own: &&str| {
            kinship(name, own) != Some(0) && nearest(name, [*own]).is_some() && self.stands_once(own)
        };
        if let Some((own, place)) =
            nearest(name, names.filter(is_slip)).and_then(|own| defined.get_key_value(own))
        {
            return Some(Clue::Unused(own, *place));
        }
        let siblings = defined.iter().filter_map(|(own, place)| Some((kinship(name, own)?, *place, own)));
        siblings.min().map(|(_, place, own)| Clue::Sibling(own, place))
    }

    /// Whether a name is in the file at the place of its definition only.
    pub(in crate::lesson::check) fn stands_once(&self, name: &str) -> bool {
        let text = &self.source.text;
        let in_name = |c: char| c.is_alphanumeric() || c == '_';
        let stands =
            |at: &usize| !text[..*at].ends_with(in_name) && !text[at + name.len()..].starts_with(in_name);
        text.match_indices(name).map(|(at, _)| at).filter(stands).nth(1).is_none()
    }
}

/// A token as it stands before its vector.
pub(in crate::lesson::check) fn typed_token(token: &str) -> String {
    let plain = token.chars().all(char::is_alphanumeric) && token.parse::<f64>().is_err();
    if plain { token.to_owned() } else { quoted_text(token) }
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
    // A single letter is a letter away from every other.
    if letters.len() == 1 && number.is_empty() && !["Q", "K", "V"].contains(&name) {
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
        assert_eq!(kinship("W_K2", "W_Q2"), Some(0));
        assert_eq!(kinship("W_K2", "W_K1"), Some(1));
        assert_eq!(kinship("Q256", "K64"), None);
        assert_eq!(kinship("head", "heat"), None);
        assert_eq!(kinship("X", "X_short"), None);
        assert_eq!(kinship("K", "Q"), Some(0));
        assert_eq!(kinship("X", "M"), None);
    }
}
