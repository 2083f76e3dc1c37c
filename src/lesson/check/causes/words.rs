//! Words of a text, of the vocabulary and of an axis that were changed in one place and not in another.

use super::tree::{Change, said, scalars};
use super::{Kind, Reading, TRIED, all_lines};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, is_slip, nearest};
use crate::language::Localised;
use crate::lesson::TokenText;
use crate::lesson::check::Checker;
use crate::yaml::{Key, Tree, Value};

/// So many words of a text are tried for one that is named and not there.
const WORDS: usize = 12;
/// So many remedies of other findings are tried.
const PROPOSED: usize = 8;
/// So many labels of axes are looked at; of those of a longer one none is a slip.
const LABELS: usize = 500;
/// A word that is named so often, and is not there, is no slip where it is named.
const OFTEN: usize = 2;

/// The lesson with what a finding proposes: other findings may follow from the same slip.
pub(super) fn proposed(_: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    if findings.len() < 2 {
        return Vec::new();
    }
    let all = scalars(tree);
    let reading = |finding: &Diagnostic| {
        let [edit] = finding.fix.as_slice() else { return None };
        all.iter().find(|it| it.span == edit.span && it.span == finding.span)?;
        let change = Change::Value(edit.span, said(&edit.with));
        Some(Reading { kind: Kind::Proposed, changes: vec![change], finding: finding.clone() })
    };
    findings.iter().filter_map(reading).take(PROPOSED).collect()
}

/// The lesson with another word where one is named that is not there.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let unknown: Vec<&Diagnostic> =
        findings.iter().filter(|it| it.code == Code::UnknownLabel && it.fix.is_empty()).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let lesson = Words { checker, tree };
    let is_of_text = |it: &&&Diagnostic| checker.token_spans.values().flatten().any(|span| *span == it.span);
    let lacking = unknown.iter().filter(is_of_text).flat_map(|it| lesson.lacking(it.span));
    let mut named: Vec<(&str, Vec<Span>)> = Vec::new();
    for finding in unknown.iter().filter(|it| !is_of_text(it)) {
        let word = checker.source.slice(finding.span).trim_matches(['"', '\'']);
        match named.iter_mut().find(|(own, _)| *own == word) {
            Some((_, places)) => places.push(finding.span),
            None => named.push((word, vec![finding.span])),
        }
    }
    named.retain(|(_, places)| places.len() >= OFTEN);
    let unnamed = if named.is_empty() { Vec::new() } else { lesson.labels_named_nowhere() };
    let named = named
        .iter()
        .flat_map(|(word, _)| lesson.not_in_text(word).into_iter().chain(lesson.not_in_axis(word, &unnamed)));
    lacking.chain(named).take(TRIED).collect()
}

struct Words<'t> {
    checker: &'t Checker<'t>,
    tree: &'t Tree,
}

impl Words<'_> {
    /// What a token may be that the vocabulary lacks: one that no text has, misspelt here or there.
    fn lacking(&self, place: Span) -> Vec<Reading> {
        let token = self.checker.source.slice(place).trim_matches(['"', '\'']);
        let known = self.tree.get("vocabulary").and_then(|it| it.get("tokens")).and_then(Tree::as_map);
        let known = known.unwrap_or_default();
        let texts = &self.checker.texts;
        let is_used = |word: &str| texts.iter().any(|it| it.tokens.labels().iter().any(|own| own == word));
        let unused: Vec<&Key> = known.iter().map(|(key, _)| key).filter(|key| !is_used(&key.text)).collect();
        let words = texts.iter().flat_map(|it| it.tokens.labels()).map(String::as_str);
        let lacking: Vec<&str> =
            words.filter(|word| known.iter().all(|(key, _)| key.text != *word)).collect();
        // Of several words that lack each other, those that are alike belong together.
        let is_for_another = |key: &Key| {
            let others = unused.iter().map(|key| key.text.as_str());
            nearest(&key.text, lacking.iter().copied()).is_some_and(|near| near != token)
                || nearest(token, others).is_some_and(|near| near != key.text)
        };
        let unused = unused.iter().filter(|key| !is_for_another(key));
        let mut readings = Vec::new();
        for key in unused {
            let own = &key.text;
            let message = both!(
                "`{own}` in the vocabulary is used by no text, and `{token}` of a text is not there",
                "词表里有 `{own}`，却没有文本用到它；文本里的 `{token}` 不在词表中"
            );
            let hint = both!("write `{token}` here", "请在这里写 `{token}`");
            let changed = Change::Name(key.span, token.to_owned());
            let reading = Reading::new(Kind::Word, changed, key.span, message, hint);
            let is_plain =
                self.checker.source.slice(key.span) == own && token.chars().all(char::is_alphanumeric);
            readings.push(if is_plain { reading.with_fix(key.span, token) } else { reading });

            let message = both!(
                "the vocabulary has no `{token}`, and its `{own}` is used by no text",
                "词表中没有 `{token}`，而词表里的 `{own}` 没有文本用到"
            );
            // A word that is almost the other was hardly meant to be another.
            let is_long = own.chars().count() > 2;
            let is_almost = is_long && is_slip(token, own) || token.to_lowercase() == own.to_lowercase();
            let hint = if is_almost || token.starts_with(own.as_str()) {
                both!("write `{own}` here", "请在这里写 `{own}`")
            } else {
                let Localised { en, zh } = all_lines(self.checker.source, &self.others(own));
                let Localised { en: gloss, zh: gloss_zh } = self.and_gloss_everywhere(place);
                both!(
                    "write `{own}` here; to have `{token}` instead, write it for `{own}` everywhere, in {en}{gloss}",
                    "请在这里写 `{own}`；如果要换成 `{token}`，请把{zh}的 `{own}` 也都换掉{gloss_zh}"
                )
            };
            let finding = Diagnostic::new(Code::UnknownName, place, message).with_hint(hint);
            readings.push(Reading { kind: Kind::Word, changes: self.in_texts(token, own), finding });
        }
        readings
    }

    /// What a word may be in the text that other parts of the lesson name.
    fn not_in_text(&self, word: &str) -> Vec<Reading> {
        let is_there = |word: &str| self.checker.texts.iter().any(|it| it.tokens.find(word).is_ok());
        let known = self.tree.get("vocabulary").and_then(|it| it.get("tokens"));
        if is_there(word) {
            return Vec::new();
        }
        let spoken_of = all_lines(self.checker.source, &self.others(word));
        let mut readings = Vec::new();
        // One token that is a whole sentence is no other word.
        for text in self.checker.texts.iter().filter(|text| text.tokens.size() > 1) {
            let spans = self.checker.token_spans.get(&text.name).map(Vec::as_slice).unwrap_or_default();
            let labels = text.tokens.labels();
            for (own, place) in labels.iter().zip(spans).take(WORDS) {
                let is_twice = labels.iter().filter(|label| *label == own).count() > 1;
                let Some(changed) = self.in_text(&[*place], word).pop() else { continue };
                let entry = known.and_then(|known| known.entry(own));
                let is_known = known.is_some_and(|known| known.entry(word).is_some());
                readings.push(match entry {
                    _ if is_twice && is_known => self.twice(own, word, *place, changed),
                    Some((key, _)) if !is_twice && !is_known => {
                        let renamed = Change::Name(key.span, word.to_owned());
                        let reading =
                            self.replaced((own, word), *place, (Some(key.span), &spoken_of), changed);
                        reading.with_changes([renamed])
                    }
                    None if !is_twice && known.is_none() => {
                        self.replaced((own, word), *place, (None, &spoken_of), changed)
                    }
                    Some(_) | None => continue,
                });
            }
        }
        readings
    }

    fn twice(&self, own: &str, word: &str, place: Span, changed: Change) -> Reading {
        let message = both!(
            "`{own}` stands twice in this text, and `{word}`, of which the lesson speaks, not at all",
            "这段文本里有两个 `{own}`，而课里说到的 `{word}` 一个也没有"
        );
        let Localised { en, zh } = self.and_gloss(place);
        let hint = both!("write `{word}` here{en}", "请在这里写 `{word}`{zh}");
        let reading = Reading::new(Kind::Word, changed, place, message, hint);
        let is_plain = self.checker.source.slice(place) == own && word.chars().all(char::is_alphanumeric);
        // Of a gloss only the author knows what it should be.
        if is_plain && en.is_empty() { reading.with_fix(place, word) } else { reading }
    }

    fn replaced(
        &self,
        (own, word): (&str, &str),
        place: Span,
        (known, spoken_of): (Option<Span>, &Localised<String>),
        changed: Change,
    ) -> Reading {
        let source = self.checker.source;
        let message = both!(
            "the text has `{own}`, and the rest of the lesson still speaks of `{word}`",
            "文本里写的是 `{own}`，而课里其他地方仍写 `{word}`"
        );
        let Localised { en, zh } = spoken_of;
        let Localised { en: gloss, zh: gloss_zh } = self.and_gloss_everywhere(place);
        let hint = match known {
            Some(known) => {
                let line = source.line(known.start);
                both!(
                    "to have `{own}`, write it for `{word}` in {en}{gloss}; to go back to `{word}`, write it here and in line {line}",
                    "要用 `{own}`，请把{zh}的 `{word}` 都换成 `{own}`{gloss_zh}；要改回 `{word}`，请在这里和第 {line} 行写 `{word}`"
                )
            }
            None => both!(
                "write `{own}` for `{word}` everywhere, in {en}{gloss}; or `{word}` here",
                "请把{zh}的 `{word}` 都换成 `{own}`{gloss_zh}；或在这里写 `{word}`"
            ),
        };
        Reading::new(Kind::Word, changed, place, message, hint)
    }

    /// What a feature may be that other parts of the lesson name: one of those that nothing names.
    fn not_in_axis(&self, word: &str, unnamed: &[(&Key, &Tree)]) -> impl Iterator<Item = Reading> {
        let Localised { en, zh } = all_lines(self.checker.source, &self.others(word));
        unnamed.iter().filter_map(move |(axis, label)| {
            let (axis, own) = (&axis.text, label.as_text()?);
            let message = both!(
                "`{axis}` has `{own}`, which nothing names, and the rest of the lesson speaks of `{word}`",
                "`{axis}` 中有 `{own}`，却没有用到，而课里其他地方写的是 `{word}`"
            );
            let hint = both!(
                "write `{word}` here; or `{own}` for `{word}` in {en}",
                "请在这里写 `{word}`；或把{zh}的 `{word}` 都换成 `{own}`"
            );
            let changed = Change::Value(label.span, said(word));
            Some(Reading::new(Kind::Word, changed, label.span, message, hint))
        })
    }

    /// The labels that stand in the file only where their axis has them, with its name.
    fn labels_named_nowhere(&self) -> Vec<(&Key, &Tree)> {
        let axes = self.tree.get("axes").and_then(Tree::as_map).unwrap_or_default();
        let labels = axes.iter().flat_map(|(axis, list)| {
            list.as_list().unwrap_or_default().iter().map(move |label| (axis, label))
        });
        let is_alone = |(_, label): &(&Key, &Tree)| {
            label.as_text().is_some_and(|own| self.places_of(own).take(2).count() == 1)
        };
        labels.take(LABELS).filter(is_alone).collect()
    }

    /// Another word wherever the texts have this one.
    fn in_texts(&self, token: &str, word: &str) -> Vec<Change> {
        let Self { checker, .. } = self;
        let in_text = |text: &TokenText| {
            let spans = checker.token_spans.get(&text.name).map(Vec::as_slice).unwrap_or_default();
            let places = text.tokens.labels().iter().zip(spans).filter(|(own, _)| *own == token);
            self.in_text(&places.map(|(_, place)| *place).collect::<Vec<_>>(), word)
        };
        checker.texts.iter().flat_map(in_text).collect()
    }

    /// Another word in some places of one text.
    fn in_text(&self, places: &[Span], word: &str) -> Vec<Change> {
        let is_around =
            |it: &&&Tree| places.iter().any(|at| it.span.start <= at.start && at.end <= it.span.end);
        let all = scalars(self.tree);
        let Some(scalar) = all.iter().find(is_around).filter(|it| !places.contains(&it.span)) else {
            return places.iter().map(|place| Change::Value(*place, said(word))).collect();
        };
        let tokens = self.checker.tokens(scalar).into_iter().map(|(own, span)| {
            let text = if places.contains(&span) { word } else { own.as_str() };
            Tree { span, value: said(text) }
        });
        vec![Change::Value(scalar.span, Value::List(tokens.collect()))]
    }

    /// What to do about the gloss of the token in this place, which is that of the word that stands there.
    fn and_gloss(&self, place: Span) -> Localised<String> {
        let Some((glosses, at)) = self.glosses(place) else { return Localised::default() };
        let Some((gloss, word)) = glosses.get(at).and_then(|gloss| Some((gloss, gloss.as_text()?))) else {
            return Localised::default();
        };
        let line = self.checker.source.line(gloss.span.start);
        if glosses.iter().filter(|other| other.as_text() == Some(word)).count() > 1 {
            let number = at + 1;
            return both!(
                ", and in line {line} correct its gloss, which is number {number}, `{word}`",
                "，并改正第 {line} 行它的译文，即第 {number} 个词 `{word}`"
            );
        }
        both!(", and correct its gloss, `{word}` in line {line}", "，并改正第 {line} 行它的译文 `{word}`")
    }

    /// The same where another word takes its place everywhere, and so does the gloss of it.
    fn and_gloss_everywhere(&self, place: Span) -> Localised<String> {
        let word = self.glosses(place).and_then(|(glosses, at)| glosses.get(at)?.as_text());
        let places = word.map(|word| self.others(word)).filter(|places| places.len() > 1);
        let (Some(word), Some(places)) = (word, places) else { return self.and_gloss(place) };
        let Localised { en, zh } = all_lines(self.checker.source, &places);
        both!(", and its new gloss for `{word}` in {en}", "，{zh}的译文 `{word}` 也要随之更换")
    }

    /// The glosses of the text that has a token in this place, and which of them is that of the token.
    fn glosses(&self, place: Span) -> Option<(&[Tree], usize)> {
        self.checker.token_spans.iter().find_map(|(text, spans)| {
            let at = spans.iter().position(|span| *span == place)?;
            let all =
                self.tree.get("texts").and_then(|texts| texts.get(text)).or_else(|| self.tree.get("text"));
            let (_, words) = all?.get("gloss")?.as_map()?.first()?;
            Some((words.as_list()?, at))
        })
    }

    /// Where a word stands in the file, comments left out.
    fn others(&self, word: &str) -> Vec<Span> {
        self.places_of(word).collect()
    }

    fn places_of<'w>(&'w self, word: &'w str) -> impl Iterator<Item = Span> + 'w {
        let text = &self.checker.source.text;
        let in_name = |c: char| c.is_alphanumeric() && c.is_ascii() || c == '_';
        let places = text.match_indices(word).map(|(at, _)| Span::new(at, at + word.len()));
        let is_whole = move |span: &Span| {
            !word.starts_with(in_name)
                || !text[..span.start].ends_with(in_name) && !text[span.end..].starts_with(in_name)
        };
        let is_said = move |span: &Span| {
            let line = text[..span.start].rsplit('\n').next().unwrap_or_default();
            !line.trim_start().starts_with('#')
        };
        places.filter(move |span| is_whole(span) && is_said(span))
    }
}
