//! Both languages of a text: they show the same numbers, and both come to an end.

use super::numbers::{Typed, typed};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Trace;
use crate::language::{Language, Localised};
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::{Formatted, NumberFormat, Resolved, Value};
use crate::lesson::prose::braces;
use crate::yaml::Tree;

/// A text of so many bytes is at least one sentence, not a title.
const SENTENCE: usize = 60;
/// Numbers that are written as one are this near.
const SAME: f64 = 1e-9;
/// What a sentence ends with.
const ENDS: [char; 10] = ['.', '!', '?', ':', '…', '。', '！', '？', '：', ';'];
/// What may stand after that.
const CLOSES: [char; 12] = ['"', '\'', '”', '’', ')', '）', ']', '」', '』', '》', '*', ' '];

/// A computed number in one language of a text.
struct Computed<'a> {
    /// With its braces.
    written: &'a str,
    span: Span,
    values: Vec<Value>,
    format: NumberFormat,
}

impl Checker<'_> {
    /// Reports texts of which one language shows a number that the other does not, or stops in the middle.
    pub(super) fn languages_agree(&mut self, texts: &[&Tree], trace: &Trace) {
        for text in texts {
            let of = |language: Language| text.get(language.code()).filter(|it| it.as_text().is_some());
            let (Some(en), Some(zh)) = (of(Language::English), of(Language::Chinese)) else { continue };
            let both = Localised { en, zh };
            if !(self.computed_numbers_differ(&both, trace) || self.typed_numbers_differ(&both)) {
                self.ends_differ(&both);
            }
        }
    }

    /// Reports the first computed numbers that only one language shows; whether there are any.
    fn computed_numbers_differ(&mut self, text: &Localised<&Tree>, trace: &Trace) -> bool {
        let computed =
            |language: Language| self.computed_in(text.get(language).as_text().unwrap_or_default(), trace);
        let [en, zh] = Language::ALL.map(computed);
        let same = |a: &Computed, b: &Computed| a.values == b.values && a.format == b.format;
        let only_en = en.iter().find(|one| !zh.iter().any(|other| same(one, other)));
        let only_zh = zh.iter().find(|one| !en.iter().any(|other| same(one, other)));
        let finding = match (only_en, only_zh) {
            (None, None) => return false,
            (Some(en), Some(zh)) => self.differ((en.written, en.span), (zh.written, zh.span), text),
            (Some(one), None) => self.lacks(Language::Chinese, one, text),
            (None, Some(one)) => self.lacks(Language::English, one, text),
        };
        self.findings.push(finding);
        true
    }

    fn computed_in<'t>(&self, text: &'t str, trace: &Trace) -> Vec<Computed<'t>> {
        let scope = self.scope();
        let read = |span: Span| {
            let inner = text.get(span.start + 1..span.end - 1)?;
            let Formatted { expression, format } = Formatted::parse(inner).ok()?;
            let values = match expression.line(&scope) {
                Some(cells) => {
                    cells.into_iter().map(|cell| Resolved::of_cell(cell).evaluate(trace)).collect()
                }
                None => vec![expression.resolve(&scope).ok()?.evaluate(trace)],
            };
            Some(Computed { written: &text[span.range()], span, values, format })
        };
        braces(text).into_iter().filter_map(read).collect()
    }

    /// Reports a number that is typed in one language where the other has another one; whether there is any.
    fn typed_numbers_differ(&mut self, text: &Localised<&Tree>) -> bool {
        let [en, zh] = Language::ALL.map(|language| typed(text.get(language).as_text().unwrap_or_default()));
        let lacks = |others: &[Typed], one: &Typed| {
            !others.iter().any(|other| (other.value - one.value).abs() < SAME)
        };
        let pair = en.iter().find(|one| lacks(&zh, one)).zip(zh.iter().find(|one| lacks(&en, one)));
        let Some((one, other)) = pair else { return false };
        let finding = self.differ((one.written, one.span()), (other.written, other.span()), text);
        self.findings.push(finding);
        true
    }

    /// The finding for two numbers that should be one.
    fn differ(
        &self,
        (en_words, en_span): (&str, Span),
        (zh_words, zh_span): (&str, Span),
        text: &Localised<&Tree>,
    ) -> Diagnostic {
        Diagnostic::new(
            Code::LanguagesDiffer,
            locate::in_source(self.source, text.en, en_span),
            both!(
                "the English text has `{en_words}` where the Chinese one has `{zh_words}`",
                "英文里是 `{en_words}`，中文里却是 `{zh_words}`"
            ),
        )
        .with_related(
            locate::in_source(self.source, text.zh, zh_span),
            both!("and this in Chinese", "中文是这个"),
        )
        .with_hint(both!("let both languages show the same numbers", "请让两种语言显示相同的数"))
    }

    /// The finding for a number that is missing in a language.
    fn lacks(&self, language: Language, one: &Computed<'_>, text: &Localised<&Tree>) -> Diagnostic {
        let written = one.written;
        let message = match language {
            Language::English => both!(
                "the English text lacks `{written}`, which the Chinese one shows",
                "中文里的 `{written}`，英文里没有"
            ),
            Language::Chinese => both!(
                "the Chinese text lacks `{written}`, which the English one shows",
                "英文里的 `{written}`，中文里没有"
            ),
        };
        let other = text.get(language.other());
        Diagnostic::new(Code::LanguagesDiffer, text.get(language).span, message)
            .with_related(
                locate::in_source(self.source, other, one.span),
                both!("it stands here", "它在这里"),
            )
            .with_hint(both!("let both languages show the same numbers", "请让两种语言显示相同的数"))
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

fn ends(words: &str) -> bool {
    words.trim_end_matches(|c: char| CLOSES.contains(&c) || c.is_whitespace()).ends_with(ENDS)
}
