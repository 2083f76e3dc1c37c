//! Texts that are not in the language that they are for: exchanged, not translated, or written once in a lesson of two
//! languages.

use std::collections::HashSet;

use super::items;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::AxisKind;
use crate::language::{Language, Localised};
use crate::lesson::check::Checker;
use crate::lesson::expression::halfwidth;
use crate::lesson::fields::language_name;
use crate::lesson::prose::{braces, cells, is_han, is_inside};
use crate::yaml::{Key, Style, Tree, quoted_text, within_braces};

/// English that Chinese writes as well.
const TERMS: [&str; 9] =
    ["softmax", "argmax", "transformer", "dropout", "logits", "token", "tokens", "tanh", "sigmoid"];
/// English words that stand in names: *University of Toronto*.
const IN_NAMES: [&str; 12] = ["of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "von", "van"];
/// Opening and closing signs of what is quoted as it is, in whatever language.
const QUOTES: [(char, char); 7] =
    [('“', '”'), ('"', '"'), ('*', '*'), ('《', '》'), ('「', '」'), ('『', '』'), ('`', '`')];
/// A lesson with so many texts in one language, and fewer in both, is told of all of them at once.
const MANY: usize = 4;
/// So many of their lines are named.
const LINES_NAMED: usize = 12;
/// A text up to this length is written out in a hint.
const SHORT: usize = 40;

/// What a text consists of besides numbers, names of the lesson, and what it quotes.
#[derive(Debug, Default, PartialEq)]
struct Words {
    /// Words that English has and a formula has not.
    english: usize,
    /// Those of them that are no part of a name.
    common: usize,
    /// Chinese characters.
    han: usize,
}

impl Words {
    fn of(text: &str, left_out: &[Span], is_name: impl Fn(&str) -> bool) -> Self {
        let mut words = Self::default();
        let bare = without_quotations(text, left_out);
        for piece in bare.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '\''))) {
            let piece = piece.trim_matches(['.', '\'']);
            if piece.is_empty() || is_name(piece) {
                continue;
            }
            words.han += piece.chars().filter(|c| is_letter_of_chinese(*c)).count();
            for word in piece.split(is_letter_of_chinese).filter(|word| !is_name(word)) {
                words.count(word);
            }
        }
        words
    }

    fn count(&mut self, word: &str) {
        let in_formula = |c: char| !(c.is_ascii_alphabetic() || c == '\'');
        let capitals = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
        let is_term = TERMS.contains(&word.to_lowercase().as_str());
        if word.len() < 2 || word.contains(in_formula) || capitals || is_term {
            return;
        }
        self.english += 1;
        let begins_small = word.starts_with(|c: char| c.is_ascii_lowercase());
        self.common += usize::from(begins_small && !IN_NAMES.contains(&word));
    }

    /// The language of a text, if it is surely written in one.
    const fn language(&self) -> Option<Language> {
        if self.han > 3 * self.english {
            Some(Language::Chinese)
        } else if self.english > 2 * self.han {
            Some(Language::English)
        } else {
            None
        }
    }

    /// The language of a text that must be translated: names stay as they are.
    fn language_of_prose(&self) -> Option<Language> {
        let is_prose = |language: &Language| match language {
            Language::English => self.english > 1 && self.common > 0,
            Language::Chinese => self.han > 1,
        };
        self.language().filter(is_prose)
    }
}

impl Checker<'_> {
    /// Reports texts of which a language is missing, is written in the other one, or stands in the place of the other one;
    /// gives where the last two are.
    pub(super) fn texts_are_translated(&mut self, tree: &Tree, texts: &[&Tree]) -> Vec<Span> {
        let (sources, labels) = (sources(tree), self.labels());
        let (mut misplaced, mut single, mut joined, mut double) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for text in texts.iter().copied() {
            // What something is called where it comes from is not translated.
            let is_source = sources.contains(&text.span);
            if let Some(of_both) = in_both(text) {
                double += 1;
                if !is_source && self.is_misplaced(&of_both, &labels) {
                    misplaced.push(text.span);
                }
            } else if let Some(words) = text.as_text().filter(|_| !is_source) {
                joined.extend(parted(words).map(|of_both| (text, of_both)));
                let words = self.words(words, &labels);
                single.extend(words.language().map(|language| Once { text, language, words }));
            }
        }
        if double > 0 {
            self.report_single(&single, double);
            self.findings.extend(joined.into_iter().map(|(text, of_both)| in_one_text(text, &of_both)));
        }
        misplaced
    }

    fn words(&self, text: &str, labels: &HashSet<String>) -> Words {
        let mut left_out = [braces(text), cells(text, &self.scope())].concat();
        left_out.sort();
        Words::of(text, &left_out, |word| self.graph.find(word).is_some() || labels.contains(word))
    }

    /// The tokens and features of the lesson.
    fn labels(&self) -> HashSet<String> {
        let named = self.axes.values().filter(|axis| axis.kind() != AxisKind::Numbered);
        named.flat_map(|axis| axis.labels()).cloned().collect()
    }

    /// Whether a text has a language where the other belongs; reports it.
    fn is_misplaced(&mut self, of_both: &Localised<(&Key, &Tree)>, labels: &HashSet<String>) -> bool {
        let words = |(_, own): &(&Key, &Tree)| self.words(own.as_text().unwrap_or_default(), labels);
        let [en, zh] = [words(&of_both.en), words(&of_both.zh)];
        let finding = match (en.language(), zh.language()) {
            (Some(Language::Chinese), Some(Language::English)) => exchanged(of_both),
            _ if is_japanese(of_both.zh.1.as_text().unwrap_or_default(), labels) => {
                untranslated(of_both, Language::Chinese)
            }
            _ if en.language_of_prose() == Some(Language::Chinese) => {
                untranslated(of_both, Language::English)
            }
            _ if zh.language_of_prose() == Some(Language::English) => {
                untranslated(of_both, Language::Chinese)
            }
            _ => return false,
        };
        self.findings.push(finding);
        true
    }

    /// Reports texts that are written once where `double` others are written in both languages.
    fn report_single(&mut self, single: &[Once<'_>], double: usize) {
        if let [first, ..] = single
            && single.len() >= MANY.max(double)
        {
            let count = single.len();
            let line = |once: &Once<'_>| self.source.line(once.text.span.start).to_string();
            let mut lines: Vec<String> = single.iter().map(line).collect();
            lines.dedup();
            let more = lines.len() > LINES_NAMED;
            lines.truncate(LINES_NAMED);
            let (en, zh) = (lines.join(", "), lines.join("、"));
            let (more_en, more_zh) = if more { (", …", " 等") } else { ("", " ") };
            self.report(
                Code::MissingLanguage,
                first.text.span,
                both!(
                    "{count} texts of this lesson are in one language only, in lines {en}{more_en}",
                    "这节课有 {count} 段文字只有一种语言，在第 {zh}{more_zh}行"
                ),
                both!(
                    "write each of them in both languages: `{{en: …, zh: …}}`",
                    "请把每一段都写成两种语言：`{{en: …, zh: …}}`"
                ),
            );
            return;
        }
        for once in single {
            let name = language_name(once.language);
            let message = Localised {
                en: format!("this text is in {} only", name.en),
                zh: format!("这段文字只有{}", name.zh),
            };
            self.report(Code::MissingLanguage, once.text.span, message, once.in_both_languages());
        }
    }
}

/// Whether a character is one that Chinese is written with, and no punctuation.
fn is_letter_of_chinese(c: char) -> bool {
    is_han(c) && c.is_alphabetic() && halfwidth(c).is_none()
}

/// Whether words are Japanese, apart from what they quote, in a lesson that is not about it.
fn is_japanese(text: &str, labels: &HashSet<String>) -> bool {
    const KANA: usize = 4;
    let is_kana = |c: &char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ');
    let kana = |text: &str| text.chars().filter(is_kana).count();
    let bare = without_quotations(text, &braces(text));
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    kana(&bare) >= KANA && 3 * kana(&bare) > letters && labels.iter().all(|label| kana(label) == 0)
}

/// A text that is written once, for both languages, although it is in one of them.
struct Once<'t> {
    text: &'t Tree,
    language: Language,
    words: Words,
}

impl Once<'_> {
    /// How it is written in both languages.
    fn in_both_languages(&self) -> Localised<String> {
        let words = self.text.as_text().unwrap_or_default();
        let plain = self.text.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
        let needs_quotes = !plain || words.contains([',', '{', '}', '[', ']']);
        let written = if needs_quotes { quoted_text(words) } else { words.to_owned() };
        let is_short = words.chars().count() <= SHORT && !words.contains(['\n', '`']);
        let [en, zh] = match self.language {
            Language::English | Language::Chinese if !is_short => ["…", "…"],
            Language::English => [&written, "…"],
            Language::Chinese => ["…", &written],
        };
        if self.words.language_of_prose().is_some() {
            return both!(
                "write it in both languages: `{{en: {en}, zh: {zh}}}`",
                "请写出两种语言：`{{en: {en}, zh: {zh}}}`"
            );
        }
        both!(
            "write it in both languages: `{{en: {en}, zh: {zh}}}`; a name that is the same in both is written twice",
            "请写出两种语言：`{{en: {en}, zh: {zh}}}`；两种语言写法相同的名称，就写两遍"
        )
    }
}

/// A text that has words in both languages, each with what it stands behind.
fn in_both(text: &Tree) -> Option<Localised<(&Key, &Tree)>> {
    let of = |language: Language| {
        let (key, own) = text.entry(language.code())?;
        own.as_text().filter(|words| !words.trim().is_empty())?;
        Some((key, own))
    };
    Some(Localised { en: of(Language::English)?, zh: of(Language::Chinese)? })
}

/// The two sides of `Shares / 份额`.
fn parted(words: &str) -> Option<Localised<&str>> {
    let (one, other) = words.split_once(['/', '／', '|', '｜'])?;
    let has_han = |words: &str| words.chars().any(is_letter_of_chinese);
    let has_english = |words: &str| Words::of(words, &[], |_| false).english > 0;
    let is = |en: &str, zh: &str| has_english(en) && !has_han(en) && has_han(zh) && !has_english(zh);
    let [one, other] = [one.trim(), other.trim()];
    if is(one, other) {
        return Some(Localised { en: one, zh: other });
    }
    is(other, one).then_some(Localised { en: other, zh: one })
}

fn in_one_text(text: &Tree, Localised { en, zh }: &Localised<&str>) -> Diagnostic {
    let [en, zh] = [en, zh].map(|words| within_braces(words));
    let message = both!("both languages stand in one text here", "这里把两种语言写在了一段文字里");
    let hint = both!("write `{{en: {en}, zh: {zh}}}`", "请写 `{{en: {en}, zh: {zh}}}`");
    Diagnostic::new(Code::MissingLanguage, text.span, message).with_hint(hint)
}

fn exchanged(of_both: &Localised<(&Key, &Tree)>) -> Diagnostic {
    let [en, zh] = [of_both.en.0.span, of_both.zh.0.span];
    let [first, second] = if en < zh { [en, zh] } else { [zh, en] };
    let finding = Diagnostic::new(
        Code::LanguagesDiffer,
        first,
        both!(
            "the languages are exchanged: `en` has the Chinese words, `zh` the English ones",
            "两种语言写反了：`en` 后面是中文，`zh` 后面是英文"
        ),
    )
    .with_related(second, both!("and this is the other one", "另一处在这里"))
    .with_hint(both!("write `zh` for `en`, and `en` for `zh`", "请把 `en` 和 `zh` 对调"));
    // A name in quotation marks is longer.
    let is_plain = |span: &Span| span.end - span.start == Language::English.code().len();
    if [en, zh].iter().all(is_plain) { finding.with_fix(en, "zh").with_fix(zh, "en") } else { finding }
}

fn untranslated(of_both: &Localised<(&Key, &Tree)>, language: Language) -> Diagnostic {
    let (_, own) = of_both.get(language);
    let (_, other) = of_both.get(language.other());
    let same = own.as_text().map(str::trim) == other.as_text().map(str::trim);
    let message = match (language, same) {
        (Language::English, true) => {
            both!("the same Chinese words stand in both languages", "两种语言写的是同一段中文")
        }
        (Language::Chinese, true) => {
            both!("the same English words stand in both languages", "两种语言写的是同一段英文")
        }
        (Language::English, false) => both!("the text behind `en` is Chinese", "`en` 后面写的是中文"),
        (Language::Chinese, false) => both!("the text behind `zh` is not Chinese", "`zh` 后面写的不是中文"),
    };
    let hint = match language {
        Language::English => both!("write it in English here", "请在这里写上英文"),
        Language::Chinese => both!("write it in Chinese here", "请在这里写上中文"),
    };
    Diagnostic::new(Code::MissingLanguage, own.span, message).with_hint(hint)
}

/// Where the sources of a lesson and of its published numbers stand.
fn sources(tree: &Tree) -> Vec<Span> {
    let published = items(tree, "steps").filter_map(|step| step.get("published"));
    let published = published.flat_map(|it| it.as_list().unwrap_or(std::slice::from_ref(it)));
    [tree].into_iter().chain(published).filter_map(|it| Some(it.get("source")?.span)).collect()
}

/// The language of words that must be translated, if they are surely in one.
pub(super) fn written_in(text: &str) -> Option<Language> {
    Words::of(text, &[], |_| false).language_of_prose()
}

/// A text with blanks for what it quotes, and for what is `left_out`.
pub(super) fn without_quotations(text: &str, left_out: &[Span]) -> String {
    let mut quoted_up_to = 0;
    let shown = text.char_indices().map(|(at, c)| {
        let after = at + c.len_utf8();
        let closing = QUOTES.iter().find(|(opening, _)| *opening == c && at >= quoted_up_to);
        if let Some((length, sign)) = closing.and_then(|(_, sign)| Some((text[after..].find(*sign)?, sign))) {
            quoted_up_to = after + length + sign.len_utf8();
        }
        if at < quoted_up_to || is_inside(left_out, at) { ' ' } else { c }
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        Words::of(text, &braces(text), |word| ["creature", "打"].contains(&word))
    }

    #[test]
    fn names_formulas_and_quotations_are_of_no_language() {
        for text in [
            "Q·Kᵀ",
            "softmax(S/√d_k)",
            "creature",
            "打",
            "{X[1, 2]}",
            "BERT",
            "*creature* “so”",
            "3.5 = 3 + 1/2",
        ] {
            assert_eq!(words(text).language(), None, "{text}");
        }
        for text in ["Thinking Machines", "The University of Toronto", "Logits", "Ada"] {
            assert_eq!(words(text).language_of_prose(), None, "{text}");
        }
        assert_eq!(words("Shares 份额").language(), None);
    }

    #[test]
    fn a_sentence_is_of_the_language_of_most_of_its_words() {
        for text in ["Shares of a row", "The *creature* 打 is blue", "Look at {X[1, 2]} here"] {
            assert_eq!(words(text).language_of_prose(), Some(Language::English), "{text}");
        }
        for text in ["份额", "先求 Q 和 K 的点积，即 dot product", "*creature* 是名词"] {
            assert_eq!(words(text).language_of_prose(), Some(Language::Chinese), "{text}");
        }
    }
}
