//! Places inside a scalar: from a byte of its text to a byte of the file.

use crate::diagnostic::{Diagnostic, Source, Span};
use crate::yaml::{Style, Tree, quoted_text};

/// A finding whose places count bytes of a scalar's text, with those of the file. A place that folding or escapes hide can
/// be pointed at, but not rewritten.
pub(super) fn located(source: &Source, tree: &Tree, mut finding: Diagnostic) -> Diagnostic {
    if finding.fix.iter().any(|edit| exactly_in_source(source, tree, edit.span).is_none()) {
        finding.fix.clear();
    }
    if source.slice(tree.span).starts_with('"') {
        finding.hint = finding.hint.map(|hint| hint.map(|words| with_marks_inside(&words)));
        for edit in &mut finding.fix {
            edit.with = edit.with.replace('"', "\\\"");
        }
    }
    finding.moved(|span| in_source(source, tree, span))
}

/// Words as they are typed in the place of a text: in quotation marks where that has them, and where it stands in braces or
/// brackets, in which plain words would end at a comma.
pub(super) fn in_place_of(source: &Source, tree: &Tree, words: &str) -> String {
    let before = &source.text[..tree.span.start];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let has_marks = source.slice(tree.span).starts_with(['"', '\'']);
    let is_plain = !has_marks && !line.contains(['{', '[']) && can_stand_plain(words);
    if is_plain { words.to_owned() } else { quoted_text(words) }
}

/// Whether a text can be this without quotation marks.
pub(super) fn can_stand_plain(text: &str) -> bool {
    !text.contains(": ")
        && !text.contains(" #")
        && text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// What a hint quotes, as it is typed inside a text in quotation marks: `\"7\"`.
fn with_marks_inside(words: &str) -> String {
    let escaped = |(at, part): (usize, &str)| {
        if at % 2 == 1 { part.replace('"', "\\\"") } else { part.to_owned() }
    };
    words.split('`').enumerate().map(escaped).collect::<Vec<_>>().join("`")
}

/// Where a span of a scalar's text stands in the file; the whole scalar where folding or escapes hide it.
pub(super) fn in_source(source: &Source, tree: &Tree, span: Span) -> Span {
    exactly_in_source(source, tree, span).unwrap_or(tree.span)
}

/// Where a span of a scalar's text stands in the file; `None` where folding or escapes hide it.
pub(super) fn exactly_in_source(source: &Source, tree: &Tree, span: Span) -> Option<Span> {
    let scalar = tree.as_scalar()?;
    let raw = source.slice(tree.span);
    // Quotation marks that were put in for the author do not stand there.
    let quotes = match scalar.style {
        Style::Quoted => usize::from(raw.starts_with(['"', '\''])),
        Style::Plain | Style::Block => 0,
    };
    let inner = raw.get(quotes..raw.len().saturating_sub(quotes)).unwrap_or(raw);
    let start = tree.span.start + quotes;
    if inner == scalar.text {
        return Some(Span::new(start + span.start.min(inner.len()), start + span.end.min(inner.len())));
    }
    let words = scalar.text.get(span.start..span.end).filter(|words| !words.is_empty())?;
    let before = scalar.text[..span.start].matches(words).count();
    let (at, _) = inner.match_indices(words).nth(before)?;
    Some(Span::new(start + at, start + at + words.len()))
}
