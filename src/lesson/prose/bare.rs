//! Cells that stand in a text without braces, with all that belongs to them.

use super::cells;
use crate::diagnostic::Span;
use crate::lesson::expression::{Formatted, NumberFormat, Scope, halfwidth};

/// A cell that is shown as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lesson) struct Bare {
    /// All that braces take the place of.
    pub(in crate::lesson) span: Span,
    /// What the braces are to hold: the cell, and how its number is written.
    pub(in crate::lesson) inside: String,
    /// What stands there for braces.
    pub(in crate::lesson) instead: Instead,
}

/// What stands around a cell instead of braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lesson) enum Instead {
    /// Nothing.
    None,
    /// `{{…}}`, as other programs have it.
    Doubled,
    /// `[…]` or `「…」`, which stand on the keys of braces.
    Brackets,
}

/// The cells without braces of a text whose numbers could be shown.
pub(in crate::lesson) fn bare(text: &str, scope: &Scope<'_>) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    for cell in cells(text, scope) {
        if found.last().is_some_and(|before| cell.start < before.span.end) {
            continue;
        }
        let bare = doubled(text, cell, scope).or_else(|| alone(text, cell, scope));
        found.extend(bare);
    }
    found
}

/// A cell with what is asked for behind it, `X[1, 2]:.2`, and brackets around both.
fn alone(text: &str, cell: Span, scope: &Scope<'_>) -> Option<Bare> {
    const OPENING: [char; 7] = ['[', '【', '［', '«', '「', '『', '〔'];
    const CLOSING: [char; 7] = [']', '】', '］', '»', '」', '』', '〕'];
    let length = format_length(&text[cell.end..]);
    let span = Span::new(cell.start, cell.end + length);
    let inside = in_plain_signs(&text[span.range()]);
    if !reads(&inside, scope) {
        return None;
    }
    let before = text[..span.start].chars().next_back().filter(|c| OPENING.contains(c));
    let behind = text[span.end..].chars().next().filter(|c| CLOSING.contains(c));
    Some(match (before, behind) {
        (Some(open), Some(close)) if length > 0 || open != '【' => {
            let span = Span::new(span.start - open.len_utf8(), span.end + close.len_utf8());
            Bare { span, inside, instead: Instead::Brackets }
        }
        (_, _) => Bare { span, inside, instead: Instead::None },
    })
}

/// What stands in the doubled braces around a cell.
fn doubled(text: &str, cell: Span, scope: &Scope<'_>) -> Option<Bare> {
    /// Braces further away are not around it.
    const FAR: usize = 200;
    let ends_inside = |(_, c): &(usize, char)| matches!(c, '{' | '}' | '\n');
    let (before, behind) = (&text[..cell.start], &text[cell.end..]);
    let (open, _) = before.char_indices().rev().take(FAR).find(ends_inside)?;
    let (length, _) = behind.char_indices().take(FAR).find(ends_inside)?;
    let start = before[..=open].strip_suffix("{{")?.len();
    let inside = text[open + 1..cell.end + length].trim();
    let is_one = behind[length..].starts_with("}}");
    let span = Span::new(start, cell.end + length + 2);
    (is_one && reads(inside, scope)).then(|| Bare {
        span,
        inside: inside.to_owned(),
        instead: Instead::Doubled,
    })
}

/// How long the `:.2` is that a text begins with.
fn format_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix([':', '：']) else { return 0 };
    let colon = text.len() - rest.len();
    let digits = rest.strip_prefix('.').map_or(0, |it| it.bytes().take_while(u8::is_ascii_digit).count() + 1);
    let sign = rest[digits..].starts_with(['%', 'e']);
    let length = digits + usize::from(sign);
    let goes_on = rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if !goes_on && NumberFormat::reads(&rest[..length]) && rest[..length] != *"e" {
        colon + length
    } else {
        0
    }
}

/// A cell without the signs of Chinese keyboards.
fn in_plain_signs(written: &str) -> String {
    let spaced = written.replace('，', ", ").replace(",  ", ", ");
    spaced.chars().map(|c| halfwidth(c).unwrap_or(c)).collect()
}

fn reads(inside: &str, scope: &Scope<'_>) -> bool {
    Formatted::parse(inside).is_ok_and(|Formatted { expression, .. }| {
        expression.resolve(scope).is_ok() || expression.line(scope).is_some()
    })
}

/// Whether two of them compute the same, however their numbers are written.
pub(in crate::lesson) fn is_same_formula(one: &str, other: &str) -> bool {
    let bare = |inside: &str| Formatted::formula(inside).replace(' ', "");
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::format_length;

    #[test]
    fn what_says_how_a_number_is_written_belongs_to_its_cell() {
        for (text, length) in [(":.2。", 3), (":.1% of it", 4), (":% of it", 2), ("：.3e, so", 6)] {
            assert_eq!(format_length(text), length, "{text}");
        }
        for text in [": 0.5", ":", " .2", ":even", ":.2x", ".2", ":."] {
            assert_eq!(format_length(text), 0, "{text}");
        }
    }
}
