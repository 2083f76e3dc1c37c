//! The braces of a text, in which numbers are computed.

use crate::diagnostic::Span;

/// The `{…}` of a text; doubled braces are none.
pub(in crate::lesson) fn braces(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut at, bytes) = (0, text.as_bytes());
    while at < bytes.len() {
        let doubled = bytes.get(at + 1) == Some(&bytes[at]);
        match bytes[at] {
            b'{' | b'}' if doubled => at += 2,
            b'{' => {
                let end = text[at..].find('}').map_or(text.len(), |end| at + end + 1);
                spans.push(Span::new(at, end));
                at = end;
            }
            _ => at += 1,
        }
    }
    spans
}

/// The `{{…}}` of a text, which are shown as braces.
pub(in crate::lesson) fn doubled_braces(text: &str) -> Vec<Span> {
    let ends = |start: usize| text[start..].find("}}").map(|length| start + length + 2);
    let spans = text.match_indices("{{").filter_map(|(start, _)| Some(Span::new(start, ends(start)?)));
    spans.filter(|span| !text[span.range()].contains('\n')).collect()
}

/// Whether a byte is in one of some spans, which are in order and do not overlap, as [`braces`] are.
pub(in crate::lesson) fn is_inside(spans: &[Span], at: usize) -> bool {
    let before = spans.partition_point(|span| span.start <= at);
    spans[..before].last().is_some_and(|span| at < span.end)
}
