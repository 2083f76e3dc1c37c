//! Tokens of a text that the vocabulary lacks, and what each may have been meant to be.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, ENOUGH, lines_at, nearest};
use crate::graph::{Axis, AxisKind, op};
use crate::language::{Localised, all_of};
use crate::lesson::check::Checker;
use crate::lesson::check::names::missing::{Clue, typed_token};
use crate::lesson::check::names::slips::{cut_into, plain, without_lookalikes};
use crate::lesson::check::names::unknown_names::did_you_mean;

impl Checker<'_> {
    /// The rows of the vocabulary that the tokens of a text take; reports tokens that it lacks.
    pub(in crate::lesson::check) fn rows_of(&mut self, text: &str) -> Option<op::Gather> {
        let table = self.vocabulary?;
        let positions = Arc::clone(self.axes.get(text)?);
        let known = Arc::clone(&self.graph.node(table).shape.rows);
        let labels: Vec<_> = known.labels().iter().map(String::as_str).collect();
        let places: HashMap<&str, usize> =
            labels.iter().enumerate().map(|(row, label)| (*label, row)).collect();
        let spans = self.token_spans.get(text).cloned().unwrap_or_default();
        let mut rows = Vec::with_capacity(positions.size());
        let mut lacking: HashSet<&str> = HashSet::new();
        let known_ones = positions.labels().iter().filter(|token| places.contains_key(token.as_str()));
        let mut neighbour = known_ones.map(String::as_str).next();
        for (token, span) in positions.labels().iter().zip(spans) {
            let row = places.get(token.as_str()).copied();
            // A token that stands in the text again and again is lacking once.
            if row.is_none() && lacking.insert(token) && self.findings.len() < ENOUGH {
                let message = both!("the vocabulary has no token `{token}`", "词表中没有词元 `{token}`");
                let finding = Diagnostic::new(Code::UnknownLabel, span, message);
                let place = neighbour.and_then(|neighbour| self.vocabulary_places.get(neighbour)).copied();
                let beside = |finding| match place {
                    Some(place) => Clue::Beside(place).told(token, finding),
                    None => finding,
                };
                let plain = plain(token).filter(|plain| labels.contains(&plain.as_str()));
                let finding = if let Some(cut) = cut_into(token, &labels) {
                    self.apart(finding, (text, token), &cut)
                } else if let Some(plain) = plain {
                    let hint = if without_lookalikes(token) == *token {
                        both!("write `{plain}`", "请写半角的 `{plain}`")
                    } else {
                        both!(
                            "it has a letter that only looks like one of the alphabet: type `{plain}` anew",
                            "其中有一个外形相同的别的字母：请重新输入 `{plain}`"
                        )
                    };
                    self.with_fix_of(finding.with_hint(hint), span, token, &plain)
                } else if let Some(other) = labels.iter().find(|label| without_lookalikes(label) == *token) {
                    let place = self.vocabulary_places.get(*other).copied();
                    let label = both!("this looks the same", "这个词元看起来一样");
                    let lines = lines_at(place);
                    let finding = finding.with_hint(both!(
                        "type `{token}` anew in the vocabulary, in {lines}: one letter of it there belongs to another alphabet, and only looks the same",
                        "请在词表中重新输入 `{token}`（{lines}）：那里有一个字母属于别的文字，只是外形相同"
                    ));
                    match place {
                        Some(place) => finding.with_related(place, label),
                        None => finding,
                    }
                } else if let Some((word, sign)) = sign_at_end(token, &labels) {
                    finding.with_hint(both!(
                        "remove the `{sign}`: the vocabulary has `{word}`",
                        "请删去这里的 `{sign}`：词表中有 `{word}`"
                    ))
                } else if nearest(token, labels.iter().copied()).is_some() {
                    self.nearest_token(finding, token, &labels)
                } else if let Some(hint) = crate::lesson::check::names::slips::sentence(
                    token,
                    &labels,
                    &self.graph.node(table).shape.columns,
                )
                .filter(|_| positions.size() == 1)
                {
                    finding.with_hint(hint)
                } else {
                    beside(finding).with_hint(token_to_add(token, &self.graph.node(table).shape.columns))
                };
                self.findings.push(finding);
                self.forget_glosses_of(span);
            }
            neighbour = row.map(|_| token.as_str()).or(neighbour);
            rows.extend(row);
        }
        (rows.len() == positions.size()).then_some(op::Gather { table, rows, positions })
    }

    /// The finding about a token that is several, with how they are written in this text.
    fn apart(&self, finding: Diagnostic, (text, token): (&str, &str), words: &[&str]) -> Diagnostic {
        let named = self.tree.get("texts").and_then(|texts| texts.get(text));
        let tree = named.or_else(|| self.tree.get("text"));
        let tokens = tree.map(|tree| tree.get("tokens").unwrap_or(tree));
        let span = finding.span;
        if tokens.is_none_or(|tokens| tokens.as_list().is_none()) {
            let cut = words.join(" ");
            let hint = both!("separate the tokens with spaces: `{cut}`", "词元之间要用空格分开：`{cut}`");
            return self.with_fix_of(finding.with_hint(hint), span, token, &cut);
        }
        if self.source.text[..span.start].trim_end().ends_with('-') {
            let Localised { en, zh } = all_of(words.iter().map(|word| format!("`- {word}`")));
            return finding.with_hint(both!("write {en}, each on a line", "请写 {zh}，每个词元一行"));
        }
        let cut = words.join(", ");
        let hint = both!("write the tokens one by one: `{cut}`", "请把词元一个个分开写：`{cut}`");
        let Localised { en, zh } = if self.source.slice(span).starts_with(['"', '\'']) {
            both!(", without the quotation marks", "，不加引号")
        } else {
            Localised::default()
        };
        let hint = Localised { en: hint.en + &en, zh: hint.zh + &zh };
        finding.with_hint(hint).with_fix(span, cut)
    }

    /// The finding with the token that is meant, and where it is. One that no text has is the one with the slip.
    fn nearest_token(&self, finding: Diagnostic, token: &str, known: &[&str]) -> Diagnostic {
        let near = nearest(token, known.iter().copied());
        let Some((near, place)) = near.and_then(|near| Some((near, *self.vocabulary_places.get(near)?)))
        else {
            return finding.with_hint(did_you_mean(token, known));
        };
        let in_texts = |word: &str| {
            let labels = self.texts.iter().flat_map(|text| text.tokens.labels());
            labels.filter(|own| *own == word).count()
        };
        let line = self.source.line(place.start);
        let hint = match in_texts(token) {
            _ if in_texts(near) > 0 => did_you_mean(token, known),
            ..2 => both!(
                "write `{near}` here; or `{token}` for `{near}` in line {line}",
                "请在这里写 `{near}`；或把第 {line} 行的 `{near}` 改成 `{token}`"
            ),
            count => {
                let times = if count == 2 { "both times".to_owned() } else { format!("all {count} times") };
                both!(
                    "in line {line} write `{token}` instead of `{near}`; or write `{near}` in the text, {times}",
                    "请把第 {line} 行的 `{near}` 改成 `{token}`；或在文本里把 {count} 处都改成 `{near}`"
                )
            }
        };
        finding.with_hint(hint).with_related(place, both!("the nearest token", "最接近的词元"))
    }
}

/// How to add a token to the vocabulary, by a feature or in full.
pub(in crate::lesson::check) fn token_to_add(token: &str, features: &Axis) -> Localised<String> {
    const WRITTEN: usize = 8;
    let size = features.size();
    let token = typed_token(token);
    let zeros = if size <= WRITTEN { vec!["0"; size].join(", ") } else { "0, …".to_owned() };
    // Which features a token has only the author knows, and an example of one would be copied.
    if features.kind() == AxisKind::Features && size <= WRITTEN {
        let names = features.labels().join(", ");
        let names_zh = features.labels().join("、");
        return both!(
            "add to `tokens` of the vocabulary: `{token}: [{zeros}]`, with 1 instead of 0 for what it has of {names}",
            "请加进词表的 `tokens`：`{token}: [{zeros}]`；{names_zh} 中它有哪一项，就把那一项的 0 改成 1"
        );
    }
    both!(
        "add to `tokens` of the vocabulary: `{token}: [{zeros}]`",
        "请加进词表的 `tokens`：`{token}: [{zeros}]`"
    )
}

/// A token that is a known one with signs behind it: `的。` is `的` and `。`.
fn sign_at_end<'a>(token: &'a str, known: &[&str]) -> Option<(&'a str, &'a str)> {
    let word = token.trim_end_matches(|c: char| !c.is_alphanumeric());
    (word != token && known.contains(&word)).then(|| token.split_at(word.len()))
}
