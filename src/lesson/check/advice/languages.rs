//! Both languages of a text: they show the same numbers and names, and both come to an end.

use super::numbers::typed;
use super::said::said;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Trace;
use crate::language::{Language, Localised};
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::{Formatted, NumberFormat, Resolved, Value};
use crate::lesson::prose::{braces, is_inside};
use crate::yaml::Tree;

/// A text of so many bytes is at least one sentence, not a title.
const SENTENCE: usize = 60;
/// Numbers that are written as one are this near.
const SAME: f64 = 1e-9;
/// What a sentence ends with.
const ENDS: [char; 10] = ['.', '!', '?', ':', '…', '。', '！', '？', '：', ';'];
/// What may stand after that.
const CLOSES: [char; 12] = ['"', '\'', '”', '’', ')', '）', ']', '」', '』', '》', '*', ' '];

/// A number or a name in one language of a text.
#[derive(Clone, Copy)]
struct Written<'a> {
    words: &'a str,
    span: Span,
}

/// A computed number in one language of a text, with its braces.
struct Computed<'a> {
    written: Written<'a>,
    values: Vec<Value>,
    format: NumberFormat,
}

/// Numbers that a text asks for in one pair of braces: one, or those of a row.
pub(in crate::lesson::check) struct Braces {
    pub(in crate::lesson::check) span: Span,
    pub(in crate::lesson::check) values: Vec<Resolved>,
    format: NumberFormat,
}

/// What is shown in one language of a text.
struct Shown<'a> {
    text: &'a str,
    language: Language,
    computed: Vec<Computed<'a>>,
}

impl Checker<'_> {
    /// Reports texts of which one language shows a number or a name that the other does not, or stops in the middle.
    pub(super) fn languages_agree(&mut self, texts: &[&Tree], trace: &Trace) {
        for text in texts {
            let of = |language: Language| text.get(language.code()).filter(|it| it.as_text().is_some());
            let (Some(en), Some(zh)) = (of(Language::English), of(Language::Chinese)) else { continue };
            let both = Localised { en, zh };
            let shown = Language::ALL.map(|language| {
                let text = both.get(language).as_text().unwrap_or_default();
                Shown { text, language, computed: self.computed_in(text, trace) }
            });
            let difference = computed_difference(&shown)
                .or_else(|| typed_difference(&shown))
                .or_else(|| difference_of_names(&shown));
            match difference {
                Some(Difference::Both(en, zh)) => self.differ(&en, &zh, &both),
                Some(Difference::OnlyEnglish(one)) => self.lacks(Language::Chinese, &one, &both),
                Some(Difference::OnlyChinese(one)) => self.lacks(Language::English, &one, &both),
                None => {
                    let before = self.findings.len();
                    self.ends_differ(&both);
                    if self.findings.len() == before {
                        self.sentences_agree(&both);
                    }
                }
            }
        }
    }

    fn computed_in<'t>(&self, text: &'t str, trace: &Trace) -> Vec<Computed<'t>> {
        let computed = self.in_braces(text).into_iter().map(|Braces { span, values, format }| {
            let values = values.iter().map(|value| value.evaluate(trace)).collect();
            Computed { written: Written { words: &text[span.range()], span }, values, format }
        });
        computed.collect()
    }

    /// What stands in the braces of a text, as far as it can be read.
    pub(in crate::lesson::check) fn in_braces(&self, text: &str) -> Vec<Braces> {
        let scope = self.scope();
        let read = |span: Span| {
            let inner = text.get(span.start + 1..span.end - 1)?;
            let Formatted { expression, format } = Formatted::parse(inner).ok()?;
            let values = match expression.line(&scope) {
                Some(cells) => cells.into_iter().map(Resolved::of_cell).collect(),
                None => vec![expression.resolve(&scope).ok()?],
            };
            Some(Braces { span, values, format })
        };
        braces(text).into_iter().filter_map(read).collect()
    }

    /// Reports two numbers or names that should be one.
    fn differ(&mut self, en: &Written<'_>, zh: &Written<'_>, text: &Localised<&Tree>) {
        let (en_words, zh_words) = (en.words, zh.words);
        let finding = Diagnostic::new(
            Code::LanguagesDiffer,
            locate::in_source(self.source, text.en, en.span),
            both!(
                "the English text has `{en_words}` where the Chinese one has `{zh_words}`",
                "英文里是 `{en_words}`，中文里却是 `{zh_words}`"
            ),
        )
        .with_related(
            locate::in_source(self.source, text.zh, zh.span),
            both!("and this in Chinese", "中文是这个"),
        )
        .with_hint(both!("show the same number or name in both languages", "请让两种语言显示相同的数或名称"));
        self.findings.push(finding);
    }

    /// Reports a number or a name that is missing in a language.
    fn lacks(&mut self, language: Language, one: &Written<'_>, text: &Localised<&Tree>) {
        let words = one.words;
        let message = match language {
            Language::English => both!(
                "the English text lacks `{words}`, which the Chinese one shows",
                "中文里的 `{words}`，英文里没有"
            ),
            Language::Chinese => both!(
                "the Chinese text lacks `{words}`, which the English one shows",
                "英文里的 `{words}`，中文里没有"
            ),
        };
        let place = locate::in_source(self.source, text.get(language.other()), one.span);
        let finding = Diagnostic::new(Code::LanguagesDiffer, place, message)
            .with_related(Span::at(text.get(language).span.start), both!("it is missing here", "这里没有"))
            .with_hint(both!("write it in both languages, or in neither", "请在两种语言中都写上，或都不写"));
        self.findings.push(finding);
    }

    /// Reports a long text that stops without a mark where the other language ends a sentence.
    fn ends_differ(&mut self, text: &Localised<&Tree>) {
        for language in Language::ALL {
            let [own, other] = [text.get(language), text.get(language.other())];
            let words = own.as_text().unwrap_or_default();
            if words.len() < SENTENCE || ends(words) || !ends(other.as_text().unwrap_or_default()) {
                continue;
            }
            let trimmed = words.trim_end();
            let last = trimmed.char_indices().next_back().map_or(0, |(at, _)| at);
            let place = locate::in_source(self.source, own, Span::new(last, trimmed.len()));
            let place = if place == own.span { Span::at(own.span.end.saturating_sub(1)) } else { place };
            let message = match language {
                Language::English => {
                    both!(
                        "the English text stops in the middle of a sentence",
                        "英文到这里没有结束，句末没有标点"
                    )
                }
                Language::Chinese => {
                    both!(
                        "the Chinese text stops in the middle of a sentence",
                        "中文到这里没有结束，句末没有标点"
                    )
                }
            };
            self.findings.push(
                Diagnostic::new(Code::LanguagesDiffer, place, message)
                    .with_related(
                        other.span,
                        both!("the other language ends one", "另一种语言的句子是完整的"),
                    )
                    .with_hint(both!(
                        "add what is missing, or the mark at its end",
                        "请补上缺少的内容或句末的标点"
                    )),
            );
        }
    }
}

/// What only one language shows, or each in the place of the other's.
enum Difference<'a> {
    OnlyEnglish(Written<'a>),
    OnlyChinese(Written<'a>),
    Both(Written<'a>, Written<'a>),
}

impl<'a> Difference<'a> {
    fn of(en: Option<Written<'a>>, zh: Option<Written<'a>>) -> Option<Self> {
        match (en, zh) {
            (Some(en), Some(zh)) => Some(Self::Both(en, zh)),
            (Some(en), None) => Some(Self::OnlyEnglish(en)),
            (None, Some(zh)) => Some(Self::OnlyChinese(zh)),
            (None, None) => None,
        }
    }
}

/// The first computed numbers that only one language shows.
fn computed_difference<'a>([en, zh]: &[Shown<'a>; 2]) -> Option<Difference<'a>> {
    let same = |a: &Computed, b: &Computed| a.values == b.values && a.format == b.format;
    let only = |own: &Shown<'a>, other: &Shown| {
        let one = own.computed.iter().find(|one| !other.computed.iter().any(|it| same(one, it)))?;
        Some(one.written)
    };
    Difference::of(only(en, zh), only(zh, en))
}

/// The first typed numbers that the other language says neither in digits, nor in words, nor computes.
fn typed_difference<'a>([en, zh]: &[Shown<'a>; 2]) -> Option<Difference<'a>> {
    let all = |shown: &Shown| {
        let mut numbers = said(shown.text, shown.language);
        numbers.extend(shown.computed.iter().flat_map(|it| &it.values).filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            Value::Label(_) => None,
        }));
        numbers
    };
    let only = |own: &Shown<'a>, other: &Shown| {
        let others = all(other);
        let mut own = typed(own.text).into_iter();
        let lacks = |one: f64| !others.iter().any(|other| (other - one).abs() < SAME * one.abs().max(1.0));
        let one = own.find(|one| lacks(one.value))?;
        Some(Written { words: one.written, span: one.span() })
    };
    Difference::of(only(en, zh), only(zh, en))
}

/// The first names with a number in them, such as `t0` and `W_2`, that only one language has.
fn difference_of_names<'a>([en, zh]: &[Shown<'a>; 2]) -> Option<Difference<'a>> {
    let only = |own: &Shown<'a>, other: &Shown| {
        let others = numbered_names(other.text);
        numbered_names(own.text).into_iter().find(|one| others.iter().all(|other| other.words != one.words))
    };
    Difference::of(only(en, zh), only(zh, en))
}

/// The names outside of braces in which a digit follows a letter.
fn numbered_names(text: &str) -> Vec<Written<'_>> {
    let computed = braces(text);
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut start = 0;
    for (end, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if in_name(c) {
            continue;
        }
        let words = &text[start..end];
        let is_numbered = words
            .find(|c: char| c.is_ascii_alphabetic())
            .is_some_and(|letter| words[letter..].contains(|c: char| c.is_ascii_digit()));
        if is_numbered && !is_inside(&computed, start) {
            found.push(Written { words, span: Span::new(start, end) });
        }
        start = end + c.len_utf8();
    }
    found
}

fn ends(words: &str) -> bool {
    words.trim_end_matches(|c: char| CLOSES.contains(&c) || c.is_whitespace()).ends_with(ENDS)
}
