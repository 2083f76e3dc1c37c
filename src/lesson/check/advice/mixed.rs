//! Sentences of one language in the text of the other: `en: The dot product. 点积衡量两个向量有多相似。`

use super::translated::{without_quotations, written_in};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Language;
use crate::lesson::check::{Checker, locate};
use crate::lesson::prose::{braces, is_han};
use crate::yaml::Tree;

/// A sentence of so many Chinese characters,
const HAN: usize = 8;
/// or of so many English words, is no name and no example.
const WORDS: usize = 6;

impl Checker<'_> {
    /// Reports whole sentences of the other language; gives the texts that have them.
    pub(super) fn languages_are_apart(&mut self, texts: &[&Tree], misplaced: &[Span]) -> Vec<Span> {
        let mut found = Vec::new();
        for text in texts.iter().filter(|text| !misplaced.contains(&text.span)) {
            let of = |language: Language| text.get(language.code()).filter(|own| own.as_text().is_some());
            let (Some(en), Some(zh)) = (of(Language::English), of(Language::Chinese)) else { continue };
            let mut is_mixed = false;
            for (language, own, other) in [(Language::English, en, zh), (Language::Chinese, zh, en)] {
                let words = own.as_text().unwrap_or_default();
                let Some(span) = foreign_sentence(words, language) else { continue };
                let there = other.as_text().unwrap_or_default().contains(words[span.range()].trim());
                let place = locate::in_source(self.source, own, span);
                self.findings.push(in_other(language, there, place));
                is_mixed = true;
            }
            if is_mixed {
                found.push(text.span);
            }
        }
        found
    }
}

fn in_other(language: Language, there: bool, place: Span) -> Diagnostic {
    let message = match language {
        Language::English => {
            both!("this sentence is Chinese, and stands in the English text", "英文里夹着一句中文")
        }
        Language::Chinese => {
            both!("this sentence is English, and stands in the Chinese text", "中文里夹着一句英文")
        }
    };
    let to = language.other().code();
    let hint = if there {
        both!(
            "remove this sentence here: it stands after `{to}:` already",
            "请在这里删去这句话：`{to}:` 后面已经有了"
        )
    } else {
        let (own, own_zh) = match language {
            Language::English => ("English", "英文"),
            Language::Chinese => ("Chinese", "中文"),
        };
        both!(
            "move it to the text after `{to}:`, and write it here in {own}",
            "请移到 `{to}:` 后面的文字里，并在这里写上{own_zh}译文"
        )
    };
    Diagnostic::new(Code::LanguagesDiffer, place, message).with_hint(hint)
}

/// The first whole sentence in a text of one language that is of the other one.
fn foreign_sentence(text: &str, language: Language) -> Option<Span> {
    let bare = without_quotations(text, &braces(text));
    let mut start = 0;
    for (at, c) in bare.char_indices() {
        let end = at + c.len_utf8();
        let closes = matches!(c, '。' | '？' | '！')
            || matches!(c, '.' | '?' | '!')
                && bare[end..].chars().next().is_none_or(|c| c.is_whitespace() || is_han(c));
        if !closes {
            continue;
        }
        let sentence = &bare[start..end];
        let trimmed = sentence.trim_start();
        let span = Span::new(end - trimmed.len(), end);
        start = end;
        let han = trimmed.chars().filter(|c| is_han(*c) && c.is_alphabetic()).count();
        let words = trimmed.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count();
        let is_foreign = match language {
            Language::English => han >= HAN && han > 4 * words,
            Language::Chinese => han == 0 && words >= WORDS && written_in(trimmed) == Some(Language::English),
        };
        if is_foreign && has_own(&bare, span, language) {
            return Some(span);
        }
    }
    None
}

/// Whether the rest of a text is in its own language.
fn has_own(text: &str, sentence: Span, language: Language) -> bool {
    let rest = [&text[..sentence.start], &text[sentence.end..]].concat();
    written_in(&rest) == Some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sentences_of_the_other_language_are_found() {
        let found =
            |text: &str, language| foreign_sentence(text, language).map(|span| text[span.range()].to_owned());
        let (en, zh) = (Language::English, Language::Chinese);
        assert_eq!(
            found("The dot product is a number. 点积衡量两个向量有多么相似。", en).as_deref(),
            Some("点积衡量两个向量有多么相似。")
        );
        assert_eq!(
            found("点积衡量两个向量有多相似。 The dot product says how alike they are.", zh).as_deref(),
            Some("The dot product says how alike they are.")
        );
        for text in [
            "The dot product (点积) is a number. So it is.",
            "It reads “我昨天去看了一场电影。” and so on.",
            "毛衣 asks. Now look.",
        ] {
            assert_eq!(found(text, en), None, "{text}");
        }
        for text in [
            "论文题为 Attention Is All You Need。",
            "这里用 softmax。Q·K.",
            "他说“It is what it is to be. So.”再看。",
        ] {
            assert_eq!(found(text, zh), None, "{text}");
        }
    }
}
