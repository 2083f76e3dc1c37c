//! Texts that say a sentence in one language only.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Language, Localised, counted};
use crate::lesson::check::Checker;
use crate::yaml::Tree;

/// A text of fewer signs in either language is too short to tell.
const SHORT: Localised<usize> = Localised { en: 40, zh: 16 };
/// English takes 2.3 times as many signs as Chinese, and in all built-in texts between 1.2 and 4.4 times as many: what is
/// beyond these bounds and has a sentence more in the longer language lacks something in the other,
const ONE_MORE: (f64, f64) = (1.4, 4.5);
/// and what has two sentences more does so earlier.
const MORE: (f64, f64) = (1.6, 3.3);
/// What Chinese sentences end with.
const CHINESE_ENDS: [char; 3] = ['。', '？', '！'];

/// What is counted of a text.
struct Counts {
    sentences: usize,
    /// Signs, of which a computed number is one.
    signs: usize,
}

impl Checker<'_> {
    /// Reports a text of which one language lacks a sentence or more.
    pub(super) fn sentences_agree(&mut self, text: &Localised<&Tree>) {
        let of = |language| counts(text.get(language).as_text().unwrap_or_default(), language);
        let counts = Localised { en: of(Language::English), zh: of(Language::Chinese) };
        let Some(language) = lacking(&counts) else { return };
        let [own, other] = [language, language.other()].map(|it| counts.get(it).sentences);
        let own_en = counted(own, "sentence", "sentences");
        let message = match language {
            Language::English => both!(
                "the English text is much shorter than the Chinese one: {own_en} against {other}",
                "英文比中文短得多：英文只有 {own} 句，中文有 {other} 句"
            ),
            Language::Chinese => both!(
                "the Chinese text is much shorter than the English one: {own_en} against {other}",
                "中文比英文短得多：中文只有 {own} 句，英文有 {other} 句"
            ),
        };
        self.findings.push(
            Diagnostic::new(Code::LanguagesDiffer, text.get(language).span, message)
                .with_related(
                    text.get(language.other()).span,
                    both!("the other language says more", "另一种语言说得更多"),
                )
                .with_hint(both!(
                    "add what is missing here, or remove it there: both languages should say the same",
                    "请在这里补上缺少的内容，或在另一种语言中删去：两种语言说的应当一样"
                )),
        );
    }
}

/// The language in which something is surely missing.
fn lacking(Localised { en, zh }: &Localised<Counts>) -> Option<Language> {
    if en.signs < SHORT.en && zh.signs < SHORT.zh {
        return None;
    }
    let ratio = en.signs as f64 / zh.signs.max(1) as f64;
    let (least, most) = if en.sentences.abs_diff(zh.sentences) > 1 { MORE } else { ONE_MORE };
    if en.sentences > zh.sentences && ratio > most {
        Some(Language::Chinese)
    } else if zh.sentences > en.sentences && ratio < least {
        Some(Language::English)
    } else {
        None
    }
}

fn counts(text: &str, language: Language) -> Counts {
    let text = without_numbers(text);
    let signs: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let ends: Vec<usize> = (0..signs.len()).filter(|at| ends_at(&signs, *at, language)).collect();
    let rest = ends.last().map_or(0, |last| last + 1);
    let has_rest = signs[rest..].iter().any(|c| c.is_alphanumeric());
    Counts { sentences: ends.len() + usize::from(has_rest), signs: signs.len() }
}

/// The sentences of a text, each with what stands before the next.
pub(in crate::lesson::check) fn sentences(text: &str, language: Language) -> Vec<Span> {
    let signs: Vec<char> = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let ends = text.char_indices().enumerate().filter(|(at, _)| ends_at(&signs, *at, language));
    let ends: Vec<usize> = ends.map(|(_, (at, c))| at + c.len_utf8()).chain([text.len()]).collect();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let spans = starts.zip(&ends).map(|(start, end)| Span::new(start, *end));
    spans.filter(|span| text[span.range()].contains(char::is_alphanumeric)).collect()
}

/// The text with one sign for each computed number.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for span in crate::lesson::prose::braces(text) {
        out.push_str(&text[end..span.start]);
        out.push('0');
        end = span.end;
    }
    out + &text[end..]
}

/// Whether a sentence ends with this sign; the last of several, as in `?!`, is the end.
fn ends_at(signs: &[char], at: usize, language: Language) -> bool {
    let after = &signs[at + 1..];
    let is_end = |c: &char| CHINESE_ENDS.contains(c) || matches!(c, '.' | '?' | '!');
    if !is_end(&signs[at]) || after.first().is_some_and(is_end) {
        return false;
    }
    if CHINESE_ENDS.contains(&signs[at]) {
        // Within a quotation that goes on, as in “为什么？”他问，the sentence goes on as well.
        return language == Language::Chinese || after.is_empty();
    }
    let mut behind = after.iter().skip_while(|c| matches!(c, '"' | '\'' | '”' | '’' | ')' | '*' | '）'));
    match behind.next() {
        None => true,
        // `e.g. this`, and the initial of a name, end nothing.
        Some(' ') => {
            let is_initial = at > 0
                && signs[at - 1].is_uppercase()
                && (at == 1 || signs[at - 2] == ' ' || signs[at - 2] == '.');
            !is_initial && !behind.next().is_some_and(|c| c.is_lowercase())
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str, language: Language) -> usize {
        counts(text, language).sentences
    }

    #[test]
    fn points_that_end_nothing_are_no_ends() {
        let en = Language::English;
        assert_eq!(
            sentences("It is .52/.48, or 1.08, i.e. more than one. Why? \"So.\" By J. Alammar.", en),
            4
        );
        assert_eq!(sentences("Really?! {X[1, 2]:.2} is so", en), 2);
        assert_eq!(sentences("*Look.* (It is so.)", en), 2);
        let zh = Language::Chinese;
        assert_eq!(sentences("真的？！是 .52。为什么？（如此。）没有标点", zh), 5);
    }
}
