//! What stands around a slip: in its own line, and in which other lines there is one.

use crate::both;
use crate::diagnostic::Span;
use crate::language::Localised;

/// The other lines in which something stands as well: "and in line 7".
pub(in crate::yaml) fn also_in(text: &str, first: Span, rest: &[Span]) -> Option<Localised<String>> {
    const NAMED: usize = 12;
    let own = 1 + text[..first.start].matches('\n').count();
    let mut number = own;
    let mut from = first.start;
    let mut numbers: Vec<String> = Vec::new();
    for span in rest.iter().take(NAMED) {
        number += text[from..span.start].matches('\n').count();
        from = span.start;
        if number != own {
            numbers.push(number.to_string());
        }
    }
    numbers.dedup();
    if numbers.is_empty() {
        return None;
    }
    let (en, zh) = (numbers.join(", "), numbers.join("、"));
    let line = if numbers.len() == 1 { "line" } else { "lines" };
    let (more, more_zh) = if rest.len() > NAMED { (", …", " 等") } else { ("", " ") };
    Some(both!("and in {line} {en}{more}", "第 {zh}{more_zh}行也是"))
}

/// What to write at each of these places, of which the first few are told with their lines.
pub(in crate::yaml) fn written_with_spaces(text: &str, spans: &[Span]) -> Localised<String> {
    const FEW: usize = 3;
    let number = |span: &Span| 1 + text[..span.start].matches('\n').count();
    let Some((first, rest)) = spans.split_first() else { return Localised::default() };
    let (written, own) = (with_one_space(text, *first), number(first));
    let others: Vec<&Span> = rest.iter().take(FEW).filter(|span| number(span) != own).collect();
    if others.is_empty() {
        return both!("`{written}`", "`{written}`");
    }
    let mut told = both!("here `{written}`", "这里写 `{written}`");
    for span in others {
        let (written, number) = (with_one_space(text, *span), number(span));
        let Localised { en, zh } = both!(", in line {number} `{written}`", "，第 {number} 行写 `{written}`");
        told = Localised { en: told.en + &en, zh: told.zh + &zh };
    }
    told
}

/// A `-` or name and the word after it, with one space instead of what stands at `span`.
fn with_one_space(text: &str, span: Span) -> String {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line..span.start].trim_start();
    let after = text[span.end..].split(['\n', '\r', ':', '`']).next().unwrap_or_default().trim();
    format!("{before} {after}")
}

/// The name before a colon in its line, and the value behind it.
pub(in crate::yaml) fn around_colon(text: &str, colon: Span) -> (&str, &str) {
    let line = text[..colon.start].rfind('\n').map_or(0, |at| at + 1);
    let name = text[line..colon.start].rsplit([' ', '{', ',', '[']).next().unwrap_or_default();
    let in_brackets = text[line..colon.start].contains('{');
    let ends: &[char] = if in_brackets { &['\n', '\r', ',', '}'] } else { &['\n', '\r'] };
    (name, text[colon.end..].split(ends).next().unwrap_or_default().trim())
}
