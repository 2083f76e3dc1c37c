//! Texts that nothing uses, and glosses that were copied from one text to another.

use super::entries;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Language, Localised, all_of, counted};
use crate::lesson::Lesson;
use crate::lesson::check::Checker;
use crate::yaml::{Key, Tree};

/// Glosses of fewer tokens may well be the same.
const FEW: usize = 3;
/// So many tokens are named in a hint.
const SHOWN: usize = 6;
/// Tokens of which so many first letters are the same are forms of one word.
const STEM: usize = 2;

impl Checker<'_> {
    /// Reports texts that no matrix, step or claim names. Without matrices each text has its walkthrough.
    pub(super) fn texts_are_used(&mut self, tree: &Tree) {
        if tree.get("matrices").is_none() {
            return;
        }
        let mut words = String::new();
        for part in ["matrices", "axes", "vocabulary", "steps", "expect"] {
            words += tree.get(part).map(|tree| self.source.slice(tree.span)).unwrap_or_default();
        }
        let texts: Vec<_> = entries(tree, "texts").map(|(key, _)| key.clone()).collect();
        let is_unused = |key: &&Key| texts.len() > 1 && !is_named(&words, &key.text);
        let unused: Vec<&Key> = texts.iter().filter(is_unused).collect();
        let Some((first, rest)) = unused.split_first() else { return };
        if unused.len() == texts.len() {
            let Localised { en, zh } = all_of(unused.iter().map(|key| format!("`{}`", key.text)));
            let message = both!("nothing uses the texts {en}", "文本 {zh} 都没有被用到");
            let finding = Diagnostic::new(Code::Questionable, first.span, message)
                .with_hint(to_show_or_remove_all(tree, &unused));
            self.findings.push(rest.iter().fold(finding, |finding, key| finding.with_another(key.span)));
            return;
        }
        for key in unused {
            let name = &key.text;
            let message = both!("nothing uses the text `{name}`", "文本 `{name}` 没有被用到");
            self.report(Code::Questionable, key.span, message, to_show_or_remove(tree, name));
        }
    }

    /// Reports glosses that are those of another text, whose tokens are other words.
    pub(super) fn glosses_are_own(&mut self, tree: &Tree, lesson: &Lesson) {
        for (at, text) in lesson.texts.iter().enumerate() {
            for language in Language::ALL {
                let Some(gloss) = text.gloss.get(language).as_ref().filter(|it| it.len() >= FEW) else {
                    continue;
                };
                let is_copied = |other: &&crate::lesson::TokenText| {
                    let (own, others) = (text.tokens.labels(), other.tokens.labels());
                    let differ = own.iter().zip(others).filter(|(a, b)| !is_form_of(a, b)).count();
                    other.gloss.get(language).as_ref() == Some(gloss) && differ >= FEW
                };
                let Some(other) = lesson.texts[..at].iter().find(is_copied) else { continue };
                let written = entries(tree, "texts").find(|(key, _)| key.text == text.name);
                let place = written.and_then(|(_, text)| text.get("gloss")?.get(language.code()));
                let Some(span) = place.map(|place| place.span) else { continue };
                let (name, tokens) = (&other.name, text.tokens.labels());
                let (size, count) = (tokens.len(), counted(tokens.len(), "gloss", "glosses"));
                let Localised { en, zh } =
                    all_of(tokens.iter().take(SHOWN).map(|token| format!("`{token}`")));
                let (more_en, more_zh) = if tokens.len() > SHOWN { (" and so on", "等") } else { ("", "") };
                self.report(
                    Code::Questionable,
                    span,
                    both!(
                        "these are the glosses of `{name}`, which has other tokens",
                        "这些释义与 `{name}` 的完全相同，而两段文本的词元不同"
                    ),
                    both!(
                        "write {count} for this text, for {en}{more_en}",
                        "请给这段文本写 {size} 个释义，依次对应 {zh}{more_zh}"
                    ),
                );
            }
        }
    }
}

/// What to do about a text that nothing uses: show it, if there are steps.
fn to_show_or_remove(tree: &Tree, name: &str) -> Localised<String> {
    match tree.get("steps") {
        Some(_) => both!(
            "show it in a step, `show: {name}`, or remove it here",
            "请在某一步中用 `show: {name}` 显示它，或者在这里删去它"
        ),
        None => both!(
            "remove it here: this lesson has no `steps` that could show it",
            "请在这里删去它：本课没有可以显示它的 `steps`"
        ),
    }
}

/// The same for all texts of a lesson.
fn to_show_or_remove_all(tree: &Tree, texts: &[&Key]) -> Localised<String> {
    let names = texts.iter().map(|key| key.text.as_str()).collect::<Vec<_>>().join(", ");
    match tree.get("steps") {
        Some(_) => both!(
            "show them in a step, `show: [{names}]`, or remove `texts` with all of them",
            "请在某一步中用 `show: [{names}]` 显示它们，或者把 `texts` 整个删去"
        ),
        None => both!(
            "remove `texts` with all of them: this lesson has no `steps` that could show them",
            "请把 `texts` 整个删去：本课没有可以显示它们的 `steps`"
        ),
    }
}

/// Whether two tokens may have one gloss: `cat` and `cats`, `a` and `an`.
fn is_form_of(a: &str, b: &str) -> bool {
    let length = [a, b].map(|word| word.chars().count()).into_iter().chain([STEM]).min().unwrap_or(STEM);
    let letters = |word: &str| word.to_lowercase().chars().take(length).collect::<String>();
    letters(a) == letters(b)
}

/// Whether a name stands in words that may hold it, by itself.
fn is_named(words: &str, name: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut places = words.match_indices(name);
    places.any(|(at, _)| !words[..at].ends_with(in_name) && !words[at + name.len()..].starts_with(in_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_told_from_other_words() {
        for (a, b) in [("cat", "cats"), ("a", "an"), ("The", "the"), ("sleep", "slept")] {
            assert!(is_form_of(a, b), "{a} {b}");
        }
        assert!(!is_form_of("cat", "dog") && !is_form_of("a", "the"));
        assert!(is_named("embed: c}", "c") && is_named("X@c", "c") && !is_named("cat", "c"));
    }
}
