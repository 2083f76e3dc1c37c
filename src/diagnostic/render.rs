//! Findings as a person reads them: code, place, source line, caret, hint.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::source::floor_char_boundary;
use super::{Code, Diagnostic, Severity, Source, Span};
use crate::both;
use crate::language::{Language, Localised, Words, counted, words};

/// More findings than this are counted, not shown: the first ones explain the rest.
const SHOWN: usize = 100;

/// The words that a finding, and what is said about it, begin with.
pub(crate) const ERROR: Words = words("error", "错误");
pub(crate) const WARNING: Words = words("warning", "警告");
pub(crate) const HELP: Words = words("help", "提示");
const NOTE: Words = words("note", "说明");

/// So many findings with the same words are shown one by one; of more only the first, with the lines of the others. Signs
/// of another keyboard are told once, because whoever types one types it everywhere.
const fn shown_alike(code: Code) -> usize {
    if matches!(code, Code::FullwidthPunctuation | Code::UnusualSpace) { 1 } else { 3 }
}

/// So many of these lines are named.
const LINES_NAMED: usize = 12;

/// So many of what is told once are marked in the line of the first.
const MARKED: usize = 12;

/// Whether a report carries the escape sequences of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Text only.
    Plain,
    /// For a terminal with colours.
    Coloured,
}

/// The findings as text that ends with a line break; empty if there are none. Errors come first, then warnings, each in
/// order of place. What is found again and again with the same words is shown once, with the lines of the others.
///
/// The whole report is safe to print whatever the source holds: control characters are shown as pictures or escapes.
pub fn render(source: &Source, findings: &[Diagnostic], language: Language, paint: Paint) -> String {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|finding| (finding.severity(), finding.span.start, finding.span.end, finding.code));
    let shown = alike_together(&sorted);
    let text = visible(&source.text);
    let name = escaped(&source.name);
    let renderer = match paint {
        Paint::Coloured => Renderer::styled(),
        Paint::Plain => Renderer::plain(),
    };
    let mut report = String::new();
    for (finding, others) in shown.iter().take(SHOWN) {
        let line = |finding: &Diagnostic| source.line(finding.span.start);
        let (mut beside, mut elsewhere): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            others.iter().partition(|other| line(other) == line(finding));
        elsewhere.splice(..0, beside.split_off(beside.len().min(MARKED)));
        let again = more_like_this(source, &elsewhere);
        report += &render_one(&text, &name, (finding, &beside), again.as_ref(), language, &renderer);
        report += "\n\n";
    }
    if report.ends_with("\n\n") {
        report.pop();
    }
    let rest = shown.len().saturating_sub(SHOWN);
    if rest > 0 {
        let words = both!("\n… and {rest} more\n", "\n……另有 {rest} 处\n");
        report += words.get(language);
    }
    report
}

/// The findings to show, each with those that it stands for as well.
fn alike_together<'a>(sorted: &[&'a Diagnostic]) -> Vec<(&'a Diagnostic, Vec<&'a Diagnostic>)> {
    let words = |finding: &'a Diagnostic| {
        (finding.code, &finding.message.en, finding.hint.as_ref().map(|hint| &hint.en))
    };
    let mut groups: HashMap<_, Vec<&Diagnostic>> = HashMap::new();
    for finding in sorted {
        groups.entry(words(finding)).or_default().push(finding);
    }
    let mut shown = Vec::new();
    for finding in sorted {
        let group = groups.get_mut(&words(finding)).map(std::mem::take).unwrap_or_default();
        match group.split_first() {
            Some((first, others)) if group.len() > shown_alike(first.code) => {
                shown.push((*first, others.to_vec()));
            }
            Some(_) => shown.extend(group.iter().map(|finding| (*finding, Vec::new()))),
            None => {}
        }
    }
    // Groups were put together at the place of their first; small ones go back to their own places.
    shown
        .sort_by_key(|(finding, _)| (finding.severity(), finding.span.start, finding.span.end, finding.code));
    shown
}

/// "And 12 more like this, in lines …".
fn more_like_this(source: &Source, others: &[&Diagnostic]) -> Option<Localised<String>> {
    let count = others.len();
    let mut lines: Vec<usize> =
        others.iter().take(LINES_NAMED * 4).map(|finding| source.line(finding.span.start)).collect();
    lines.dedup();
    let more = if lines.len() > LINES_NAMED || count > LINES_NAMED * 4 { ", …" } else { "" };
    let named: Vec<String> = lines.iter().take(LINES_NAMED).map(usize::to_string).collect();
    let (en, zh) = (named.join(", "), named.join("、"));
    let (line, more_zh) =
        (if named.len() == 1 { "line" } else { "lines" }, if more.is_empty() { "" } else { "等" });
    (count > 0).then(|| {
        both!(
            "and {count} more like this, in {line} {en}{more}",
            "另有 {count} 处同样的问题，在第 {zh} {more_zh}行"
        )
    })
}

/// What a file comes to: "2 errors, 1 warning".
pub fn summary(findings: &[Diagnostic]) -> Localised<String> {
    let of = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let counts = [
        (of(Severity::Error), ["error", "errors"], "错误"),
        (of(Severity::Warning), ["warning", "warnings"], "警告"),
    ];
    let present = || counts.iter().filter(|(count, ..)| *count > 0);
    Localised {
        en: present()
            .map(|(count, [one, many], _)| counted(*count, one, many))
            .collect::<Vec<_>>()
            .join(", "),
        zh: present().map(|(count, _, zh)| format!("{count} 个{zh}")).collect::<Vec<_>>().join("，"),
    }
}

fn render_one(
    text: &str,
    name: &str,
    (finding, beside): (&Diagnostic, &[&Diagnostic]),
    again: Option<&Localised<String>>,
    language: Language,
    renderer: &Renderer,
) -> String {
    let primary = shown_range(text, finding.span);
    let related: Vec<_> =
        finding.related.iter().map(|(span, words)| (shown_range(text, *span), words.get(language))).collect();
    let first = related.iter().map(|(range, _)| range.start).fold(primary.start, usize::min);
    let last = related.iter().map(|(range, _)| range.end).fold(primary.end, usize::max);
    let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
    let within = |range: &Range<usize>| range.start - start..range.end - start;

    let mut snippet = Snippet::source(&text[start..end])
        .path(name)
        .line_start(text[..start].matches('\n').count() + 1)
        .annotation(labelled(AnnotationKind::Primary, within(&primary), finding.label.get(language)));
    for (range, words) in &related {
        let kind = if words.is_empty() { AnnotationKind::Primary } else { AnnotationKind::Context };
        snippet = snippet.annotation(labelled(kind, within(range), words));
    }
    for other in beside {
        let another = AnnotationKind::Primary.span(within(&shown_range(text, other.span)));
        snippet = snippet.annotation(another);
    }
    let (level, level_name) = match finding.severity() {
        Severity::Error => (Level::ERROR, ERROR),
        Severity::Warning => (Level::WARNING, WARNING),
    };
    let mut group = level
        .with_name(*level_name.get(language))
        .primary_title(escaped(finding.message.get(language)))
        .id(finding.code.as_str())
        .element(snippet);
    if let Some(hint) = &finding.hint {
        group =
            group.element(Level::HELP.with_name(*HELP.get(language)).message(escaped(hint.get(language))));
    }
    if let Some(again) = again {
        group =
            group.element(Level::NOTE.with_name(*NOTE.get(language)).message(again.get(language).clone()));
    }
    let report = renderer.render(&[group]);
    match language {
        Language::English => report,
        Language::Chinese => with_wide_colons(&report),
    }
}

/// A Chinese report with the colons of Chinese sentences behind its headings, which the renderer writes as plain ones.
fn with_wide_colons(report: &str) -> String {
    let heads = |line: &str, name: &str| {
        line.find(name).is_some_and(|at| line[..at].contains("= ") && !line[..at].contains('|'))
    };
    let wide = |(number, line): (usize, &str)| {
        let is_heading = number == 0 || heads(line, HELP.zh) || heads(line, NOTE.zh);
        if is_heading { line.replacen(": ", "：", 1) } else { line.to_owned() }
    };
    report.lines().enumerate().map(wide).collect::<Vec<_>>().join("\n")
}

fn labelled<'a>(kind: AnnotationKind, range: Range<usize>, words: &str) -> annotate_snippets::Annotation<'a> {
    let annotation = kind.span(range);
    if words.is_empty() { annotation } else { annotation.label(escaped(words)) }
}

/// The part of `span` that is underlined: on its first line, without blanks at its end, and never past the last
/// character of the file.
fn shown_range(text: &str, span: Span) -> Range<usize> {
    let mut start = floor_char_boundary(text, span.start);
    if start == text.len() {
        start = text.trim_end_matches(['\n', '\r']).len();
    }
    let end = floor_char_boundary(text, span.end).max(start);
    let line = text[start..end].split('\n').next().unwrap_or_default();
    start..start + line.trim_end().len()
}

/// The text with every character that could move the cursor, colour the screen or turn the writing direction replaced
/// by a printable one of as many bytes, so that spans stay right. The renderer has pictures for the rest.
fn visible(text: &str) -> String {
    let picture = |c: char| match (is_unprintable(c) && !c.is_ascii(), c.len_utf8()) {
        (true, 2) => '·',
        (true, _) => '\u{fffd}',
        (false, _) => c,
    };
    // Editors on Windows end lines with a carriage return as well; it is no mistake, and a blank hides it.
    text.replace("\r\n", " \n").chars().map(picture).collect()
}

/// The text with unprintable characters as `\u{1b}`, so that the name of a file cannot command the terminal.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) || matches!(c, '\r' | '\t') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Control characters, and characters that change the direction of writing or break lines, or have no width at all,
/// without being seen.
pub(crate) fn is_unprintable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaced_characters_keep_their_width_in_bytes() {
        let text = "a\u{1b}b\u{9b}c\u{202e}d\u{2028}e";
        assert_eq!(visible(text).len(), text.len());
        assert!(!visible(text).contains(['\u{9b}', '\u{202e}', '\u{2028}']));
    }

    #[test]
    fn headings_of_a_chinese_report_have_its_colons() {
        let source = Source::new("a.yaml", "= 提示: 1\n");
        let finding = Diagnostic::new(Code::BadNumber, Span::new(0, 1), both!("a: b", "甲: 乙"))
            .with_hint(both!("write `c: d`", "请写 `c: d`"));
        for paint in [Paint::Plain, Paint::Coloured] {
            let report = render(&source, std::slice::from_ref(&finding), Language::Chinese, paint);
            assert_eq!(report.matches('：').count(), 2, "{report}");
            assert!(report.contains("甲: 乙") && report.contains("`c: d`"), "{report}");
            assert!(report.contains("= 提示: 1"), "the line of the file stays as it is: {report}");
        }
    }

    #[test]
    fn line_ends_of_windows_are_not_shown() {
        assert_eq!(visible("a: 1\r\nb: \r2\r\n"), "a: 1 \nb: \r2 \n");
    }

    #[test]
    fn a_span_over_several_lines_is_underlined_on_its_first() {
        assert_eq!(shown_range("ab: \n  c\n", Span::new(0, 8)), 0..3);
        assert_eq!(shown_range("ab\n", Span::at(3)), 2..2, "the end of the file is the end of its last line");
        assert_eq!(shown_range("", Span::at(0)), 0..0);
    }
}
