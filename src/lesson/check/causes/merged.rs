//! A word that is named again and again and is not there: one finding, whatever matrix it is sought in.

use super::{all_lines, lines};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, all_of, counted};
use crate::lesson::check::Checker;
use crate::lesson::prose::is_han;

/// So many findings about one word are one.
const SEVERAL: usize = 3;
/// A text of so many characters is more than one word.
const LONG: usize = 4;

/// The findings with those of one word in one.
pub(super) fn of_one_word(checker: &Checker<'_>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let source = checker.source;
    let is_there =
        |word: &str| {
            checker.texts.iter().any(|text| {
                text.tokens.find(word).is_ok() || text.tokens.labels().iter().any(|it| it == word)
            }) || checker.axes.values().any(|axis| axis.labels().iter().any(|it| it == word))
        };
    let is_of_text = |span: Span| checker.token_spans.values().flatten().any(|own| *own == span);
    let word = |it: &Diagnostic| {
        let word = source.slice(it.span).trim_matches(['"', '\'']);
        let is_word = it.code == Code::UnknownLabel
            && it.fix.is_empty()
            && !it.span.is_empty()
            && it.related.is_empty()
            && !is_of_text(it.span)
            && !is_there(word);
        is_word.then(|| word.to_owned())
    };
    let words: Vec<Option<String>> = findings.iter().map(word).collect();
    if let Some((sentence, place)) = whole_sentence(checker)
        && words.iter().flatten().count() >= SEVERAL
    {
        let message = both!(
            "the whole text is one token, `{sentence}`, and the lesson speaks of other words",
            "整句话 `{sentence}` 是一个词元，而课里说的是别的词"
        );
        let mut named: Vec<&str> = words.iter().flatten().map(String::as_str).collect();
        named.sort_unstable();
        named.dedup();
        let Localised { en: named, zh: named_zh } = all_of(named.iter().map(|word| format!("`{word}`")));
        let places = findings.iter().zip(&words).filter(|(_, word)| word.is_some()).map(|(it, _)| it.span);
        let Localised { en, zh } = all_lines(source, &places.collect::<Vec<_>>());
        let cut = sentence.chars().map(String::from).collect::<Vec<_>>().join(" ");
        let hint = both!(
            "put spaces between the words of the text, such as `{cut}`; then write another of its words for each of {named} in square brackets, each the same throughout, in {en}",
            "请在文本的词与词之间加空格，例如 `{cut}`；再把{zh}方括号里的 {named_zh} 各换成其中不同的词，前后要一致"
        );
        let told = Diagnostic::new(Code::UnknownLabel, place, message).with_hint(hint);
        let others = findings.into_iter().zip(words).filter(|(_, word)| word.is_none());
        return others.map(|(finding, _)| finding).chain([told]).collect();
    }
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for (at, finding) in findings.iter().enumerate() {
        let Some(own) = &words[at] else {
            kept.push(finding.clone());
            continue;
        };
        let same: Vec<Span> = findings
            .iter()
            .zip(&words)
            .filter(|(_, word)| word.as_ref() == Some(own))
            .map(|(it, _)| it.span)
            .collect();
        if same.len() < SEVERAL {
            kept.push(finding.clone());
        } else if words[..at].iter().all(|word| word.as_ref() != Some(own)) {
            let (count, Localised { en, zh }) = (same.len() - 1, lines(source, &same[1..]));
            let more = counted(count, "place", "places");
            kept.push(finding.clone().with_related(
                same[1],
                both!("`{own}` stands in {more} more, in {en}", "另有 {count} 处写了 `{own}`，在{zh}"),
            ));
        }
    }
    kept
}

/// The only text of a lesson, if it is a sentence without blanks.
fn whole_sentence(checker: &Checker<'_>) -> Option<(String, Span)> {
    let [text] = checker.texts.as_slice() else { return None };
    let [only] = text.tokens.labels() else { return None };
    let place = *checker.token_spans.get(&text.name)?.first()?;
    let is_long = only.chars().filter(|c| is_han(*c)).count() >= LONG;
    is_long.then(|| (only.clone(), place))
}
