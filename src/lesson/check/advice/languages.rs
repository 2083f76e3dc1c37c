//! Both languages of a text: they show the same numbers and names, and both come to an end.

use super::links::{is_footnote, is_in_address};
use super::named_numbers::{difference_of_names, is_in_word, is_of_name};
use super::numbers::{Typed, typed};
use super::said::said;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Trace;
use crate::language::{Language, Localised, all_of};
use crate::lesson::check::{Checker, cells_to_search, locate};
use crate::lesson::expression::{self, Formatted, NumberFormat, Resolved, Value};
use crate::lesson::prose::{braces, cells, is_inside};
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
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Written<'a> {
    pub(super) words: &'a str,
    pub(super) span: Span,
    pub(super) is: Is,
}

/// How it came to stand there.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Is {
    Computed,
    Typed,
    Name,
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
    pub(super) format: NumberFormat,
}

/// What is shown in one language of a text.
struct Shown<'a> {
    text: &'a str,
    language: Language,
    computed: Vec<Computed<'a>>,
    /// Cells without braces, which are told as such.
    bare: Vec<Span>,
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
                let (computed, bare) = (self.computed_in(text, trace), cells(text, &self.scope()));
                Shown { text, language, computed, bare }
            });
            let of_names = || difference_of_names(shown[0].text, shown[1].text);
            match difference_of_numbers(&shown).or_else(of_names) {
                Some(Difference::Both(en, zh)) => self.differ(&en, &zh, &both, trace),
                Some(Difference::OnlyEnglish(one)) => {
                    let all = with_others(one, only_typed(&shown[0], &shown[1]).counted);
                    let all = as_one(&one, all, shown[0].text);
                    self.lacks(Language::Chinese, &one, &all, &both);
                }
                Some(Difference::OnlyChinese(one)) => {
                    let all = with_others(one, only_typed(&shown[1], &shown[0]).counted);
                    let all = as_one(&one, all, shown[1].text);
                    self.lacks(Language::English, &one, &all, &both);
                }
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
            let written = Written { words: &text[span.range()], span, is: Is::Computed };
            Computed { written, values, format }
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

    /// Reports two numbers or names that should be one. What a cell holds is right, so the other one is pointed at.
    fn differ(&mut self, en: &Written<'_>, zh: &Written<'_>, text: &Localised<&Tree>, trace: &Trace) {
        let [of_en, of_zh] = [en, zh].map(|one| computed_for(one, trace));
        let (wrong, right) = match (&of_en, &of_zh) {
            (Some(reference), None) => (Language::Chinese, Some(reference)),
            (None, Some(reference)) => (Language::English, Some(reference)),
            (None, None) | (Some(_), Some(_)) => (Language::English, None),
        };
        let [en_words, zh_words] = [(en, text.en), (zh, text.zh)]
            .map(|(one, own)| with_sign(one, own.as_text().unwrap_or_default()));
        let message = match wrong {
            Language::English => both!(
                "the English text has `{en_words}` where the Chinese one has `{zh_words}`",
                "英文里是 `{en_words}`，中文里却是 `{zh_words}`"
            ),
            Language::Chinese => both!(
                "the Chinese text has `{zh_words}` where the English one has `{en_words}`",
                "中文里是 `{zh_words}`，英文里却是 `{en_words}`"
            ),
        };
        let hint = match right {
            Some(reference) => write_in_both(Localised { en, zh }.get(wrong.other()), reference),
            None => both!(
                "one of the two is wrong: write `{zh_words}` here if that is right, or else `{en_words}` in the Chinese text",
                "两者之一写错了：如果 `{zh_words}` 是对的，请把这里改成 `{zh_words}`；否则请把中文里的改成 `{en_words}`"
            ),
        };
        let both = Localised { en, zh };
        let place =
            |language: Language| locate::in_source(self.source, text.get(language), both.get(language).span);
        let other = match wrong {
            Language::English => both!("and this in Chinese", "中文是这个"),
            Language::Chinese => both!("and this in English", "英文是这个"),
        };
        let finding = Diagnostic::new(Code::LanguagesDiffer, place(wrong), message)
            .with_related(place(wrong.other()), other)
            .with_hint(hint);
        self.findings.push(finding);
    }

    /// Reports a number or a name that is missing in a language, with the others that are.
    fn lacks(&mut self, language: Language, one: &Written<'_>, all: &[&str], text: &Localised<&Tree>) {
        let Localised { en: words, zh: words_zh } = all_of(all.iter().map(|words| format!("`{words}`")));
        let message = match language {
            Language::English => both!(
                "the English text lacks {words}, which the Chinese one shows",
                "中文里的 {words_zh}，英文里没有"
            ),
            Language::Chinese => both!(
                "the Chinese text lacks {words}, which the English one shows",
                "英文里的 {words_zh}，中文里没有"
            ),
        };
        let shown = text.get(language.other());
        let place = locate::in_source(self.source, shown, one.span);
        let line = |place: Span| self.source.line(place.start);
        let there = line(text.get(language).span);
        let (at, at_zh) = if there == line(place) {
            (String::new(), String::new())
        } else {
            (format!(" in line {there}"), format!("（第 {there} 行）"))
        };
        // A token is written between stars in both.
        let starred = format!("*{}*", one.words);
        let is_starred = all.len() == 1 && shown.as_text().is_some_and(|text| text.contains(&starred));
        let starred = format!("`{starred}`");
        let [words, words_zh] =
            if is_starred { [starred.as_str(); 2] } else { [words.as_str(), words_zh.as_str()] };
        let hint = match language {
            Language::English => {
                both!(
                    "write {words} in the English text{at} as well, or remove it from the Chinese one",
                    "请在英文{at_zh}里也写上 {words_zh}，或从中文里删去"
                )
            }
            Language::Chinese => {
                both!(
                    "write {words} in the Chinese text{at} as well, or remove it from the English one",
                    "请在中文{at_zh}里也写上 {words_zh}，或从英文里删去"
                )
            }
        };
        let finding = Diagnostic::new(Code::LanguagesDiffer, place, message)
            .with_related(Span::at(text.get(language).span.start), both!("it is missing here", "这里没有"))
            .with_hint(hint);
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
                        "add the words that are missing; or, if it is complete, a full stop",
                        "请补上缺少的内容；如果已经写完，请补上句号"
                    )),
            );
        }
    }
}

/// A number with the sign for per cent behind it.
fn with_sign<'a>(one: &Written<'_>, text: &'a str) -> &'a str {
    let behind = &text[one.span.end..];
    let sign = behind.chars().next().filter(|sign| matches!(sign, '%' | '％')).map_or(0, char::len_utf8);
    &text[one.span.start..one.span.end + sign]
}

/// How a number is written that qkv computes, or that a cell of the lesson holds.
fn computed_for(one: &Written<'_>, trace: &Trace) -> Option<String> {
    match one.is {
        Is::Computed => Some(one.words.to_owned()),
        Is::Typed => {
            let typed = typed(one.words);
            // Numbers such as 0.5 stand in many cells, and none of them need be meant.
            let typed = typed.first().filter(|it| it.digits() > 1)?;
            let format = typed.format()?;
            let cells = trace.graph().nodes().flat_map(|(node, _)| cells_to_search(node, trace));
            let cell = cells.into_iter().find(|cell| typed.is_printed(trace.cell(*cell)))?;
            Some(format!("{{{}:{format}}}", expression::reference(trace.graph(), cell)))
        }
        Is::Name => None,
    }
}

/// How a number is written that stands in one of the languages, computed or typed.
fn write_in_both(right: &Written<'_>, reference: &str) -> Localised<String> {
    let words = right.words;
    match right.is {
        Is::Computed | Is::Name => {
            both!("write `{reference}` in both languages", "请在两种语言中都写 `{reference}`")
        }
        Is::Typed => both!(
            "a cell holds `{words}`: write `{reference}` in both languages",
            "有单元格的值是 `{words}`：请在两种语言中都写 `{reference}`"
        ),
    }
}

/// What only one language shows, or each in the place of the other's.
pub(super) enum Difference<'a> {
    OnlyEnglish(Written<'a>),
    OnlyChinese(Written<'a>),
    Both(Written<'a>, Written<'a>),
}

impl<'a> Difference<'a> {
    pub(super) fn of(en: Option<Written<'a>>, zh: Option<Written<'a>>) -> Option<Self> {
        match (en, zh) {
            (Some(en), Some(zh)) => Some(Self::Both(en, zh)),
            (Some(en), None) => Some(Self::OnlyEnglish(en)),
            (None, Some(zh)) => Some(Self::OnlyChinese(zh)),
            (None, None) => None,
        }
    }
}

/// The first numbers, computed ones before typed ones, that only one language shows.
fn difference_of_numbers<'a>([en, zh]: &[Shown<'a>; 2]) -> Option<Difference<'a>> {
    let computed = [only_computed(en, zh), only_computed(zh, en)];
    let typed = [only_typed(en, zh), only_typed(zh, en)];
    // A name, such as Figure 2, may be left out in a language; in both it has the same number.
    let both_named = typed.iter().all(|typed| typed.named.is_some()) && computed == [None, None];
    if both_named && typed.iter().all(|typed| typed.counted.is_empty()) {
        return Difference::of(typed[0].named, typed[1].named);
    }
    // Beside a computed number, a whole one is more likely to count something else.
    let of_cell = |one: &Written<'_>| computed == [None, None] || one.words.contains('.');
    let [en, zh] =
        [0, 1].map(|at| computed[at].or_else(|| typed[at].counted.first().copied().filter(of_cell)));
    Difference::of(en, zh)
}

/// The first computed number that the other language neither computes nor types.
fn only_computed<'a>(own: &Shown<'a>, other: &Shown) -> Option<Written<'a>> {
    let typed = typed(other.text);
    let same = |a: &Computed, b: &Computed| a.values == b.values && a.format == b.format;
    let is_typed = |one: &Computed| match &one.values[..] {
        [Value::Number(number)] => typed.iter().any(|typed| typed.is_printed(number.abs())),
        _ => false,
    };
    // What lacks its braces in the other language is told there.
    let is_bare = |one: &Computed| {
        let formula = Formatted::formula(one.written.words.trim_matches(['{', '}'])).replace(' ', "");
        formula.contains('[') && without_braces(other.text).replace(' ', "").contains(&formula)
    };
    let mut own = own.computed.iter();
    let one =
        own.find(|one| !is_typed(one) && !is_bare(one) && !other.computed.iter().any(|it| same(one, it)))?;
    Some(one.written)
}

/// The words of what is missing: of a typed number, those of all that are.
fn with_others<'a>(one: Written<'a>, typed: Vec<Written<'a>>) -> Vec<&'a str> {
    let others = typed.into_iter().filter(|other| one.is == Is::Typed && other.span != one.span);
    let mut all = vec![one.words];
    for other in others {
        if !all.contains(&other.words) {
            all.push(other.words);
        }
    }
    all
}

/// What is missing; of a sum that is typed, `1 − 1 = 0` or `4 * 2.5`, not its numbers one by one.
fn as_one<'t>(one: &Written<'t>, all: Vec<&'t str>, text: &'t str) -> Vec<&'t str> {
    let is_of_sum = |c: char| c.is_ascii_digit() || " .+-−*·×/÷=≈".contains(c);
    let start = text[..one.span.start].trim_end_matches(is_of_sum).len();
    let after = &text[one.span.end..];
    let end = text.len() - after.trim_start_matches(is_of_sum).len();
    let sum = text[start..end].trim_matches([' ', '.', '*']);
    let is_sum = all.len() > 1 || sum.contains(['=', '≈']);
    let holds_all = all.iter().all(|number| sum.contains(number));
    if is_sum && holds_all && sum != one.words { vec![sum] } else { all }
}

/// A text without its numbers in braces.
fn without_braces(text: &str) -> String {
    let mut rest = text.to_owned();
    for span in braces(text).into_iter().rev() {
        rest.replace_range(span.range(), "");
    }
    rest
}

/// The typed numbers that the other language says neither in digits, nor in words, nor computes.
#[derive(Default)]
struct OnlyTyped<'a> {
    /// Those of the sentence itself.
    counted: Vec<Written<'a>>,
    /// One that belongs to a name.
    named: Option<Written<'a>>,
}

fn only_typed<'a>(own: &Shown<'a>, other: &Shown) -> OnlyTyped<'a> {
    let mut others = said(other.text, other.language);
    let values = || other.computed.iter().flat_map(|it| &it.values);
    let numbers = || {
        values().filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            Value::Label(_) => None,
        })
    };
    others.extend(numbers());
    let is_said = |one: &Typed<'_>| {
        others.iter().any(|other| (other - one.value).abs() < SAME * one.value.abs().max(1.0))
            || one.digits() > 0 && numbers().any(|number| one.is_printed(number.abs()))
    };
    let is_of_sentence = |one: &Typed<'_>| {
        let span = one.span();
        let is_told = is_inside(&own.bare, span.start) || is_footnote(own.text, span);
        !is_told && !is_in_address(own.text, span) && !is_in_word(own.text, span)
    };
    let mut found = OnlyTyped::default();
    for one in typed(own.text).into_iter().filter(|one| is_of_sentence(one) && !is_said(one)) {
        let written = Written { words: one.written, span: one.span(), is: Is::Typed };
        if is_of_name(own.text, one.span(), other.text) {
            found.named.get_or_insert(written);
        } else {
            found.counted.push(written);
        }
    }
    found
}

fn ends(words: &str) -> bool {
    words.trim_end_matches(|c: char| CLOSES.contains(&c) || c.is_whitespace()).ends_with(ENDS)
}
