//! Quotation marks: texts that need them, or other ones.

pub(super) mod bare_claim;
pub(super) mod colon_below;
pub(super) mod marks;
pub(super) mod quoting;
pub(super) mod tex;
pub(super) mod wide;
pub(super) mod within;

use super::draft::Draft;
use super::indentation::{below, indent, is_dashed, is_idle};
use super::structure::lines::begins_entry;
use super::structure::outline::entry;
use super::syntax::Mend;
use crate::diagnostic::Diagnostic;
use quoting::{closed, is_shown, joined};
use wide::unbroken;

/// A value such as `"Look" at it` or `'It's here'` in the other quotation marks; `None` where it is not clear that it ends
/// there.
pub(super) fn in_other_marks(start: usize, draft: &Draft) -> Option<Mend> {
    let text: String = draft.slice(start, end_of_text(start, draft)).iter().collect();
    let text = text.trim_end();
    let mend = |with: String| Mend { start, end: start + text.chars().count(), with };
    if let Some(inner) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        let fits = inner.contains('\'') && !inner.contains(['"', '\\', '\n']);
        return fits.then(|| mend(format!("\"{}\"", inner.replace("''", "'"))));
    }
    let marks = text.matches('"').count();
    let fits = text.starts_with('"')
        && marks.is_multiple_of(2)
        && !text.contains(['\\', '{', '\''])
        && !text.ends_with('"');
    fits.then(|| mend(format!("'{text}'")))
}

/// Where the quotation mark stands that the one before `at` closes, if entries of their own stand between them: it was never
/// closed itself.
pub(super) fn opened_above(at: usize, draft: &Draft) -> Option<usize> {
    let is_mark = |c: &char| matches!(c, '"' | '\'');
    let closing = draft.slice(0, at + 1).iter().rposition(is_mark)?;
    let mark = draft.get(closing)?;
    let opening = draft.slice(0, closing).iter().rposition(|c| *c == mark)?;
    let begins_value = |c: &char| matches!(c, ':' | '-' | ',' | '[' | '{');
    draft.slice(0, opening).iter().rfind(|c| !c.is_whitespace()).filter(|c| begins_value(c))?;
    let mut line = draft.line(closing).0;
    while line > opening {
        if is_entry(line, draft) {
            return Some(opening);
        }
        line = draft.line(line - 1).0;
    }
    None
}

/// Where the quotation mark stands that ends a text, behind which the reading stopped.
pub(super) fn closing_quote(at: usize, draft: &Draft) -> usize {
    draft.slice(0, at).iter().rposition(|c| matches!(c, '"' | '\'')).unwrap_or(at)
}

/// The finding for the quotation mark at `at`, which is never closed, with what to write if its text ends in its line.
pub(super) fn closed_in_line(finding: Diagnostic, at: usize, draft: &Draft) -> Diagnostic {
    let (line, end) = draft.line(at);
    let goes_on = below(line, draft).is_some_and(|next| {
        let item = is_dashed(next + indent(next, draft), draft.line(next).1, draft);
        indent(next, draft) > indent(line, draft) && !item && !is_entry(next, draft)
    });
    let length = match around(draft.slice(line, at)) {
        Around::Bracket(bracket) => length_in_brackets(bracket, draft.slice(at, end)),
        Around::Nothing | Around::Quote => None,
    };
    let text: String = draft.slice(at, length.map_or(end, |length| at + length)).iter().collect();
    let (text, mark) = (text.trim_end(), draft.get(at).unwrap_or('"'));
    let has_other = text.chars().skip(1).any(|c| c == mark || matches!(c, '`' | '\\'));
    if goes_on || has_other || text.chars().count() < 2 {
        finding
    } else {
        finding.with_hint(closed(text, mark))
    }
}

/// A value from `start` to the end of its text, or in brackets to the end of its entry, in quotation marks; `None` where it
/// is in them already, or is no value.
pub(super) fn quoted(start: usize, draft: &Draft) -> Option<Mend> {
    let (line, line_end) = draft.line(start);
    let before = draft.slice(line, start);
    let is_value = before.ends_with(&[':', ' ']) || before.ends_with(&['-', ' ']);
    let has_marks = before.iter().any(|c| matches!(c, '"' | '\'' | '{' | '['));
    let length = match around(before) {
        Around::Quote => return None,
        Around::Nothing if !is_value || has_marks => return None,
        Around::Nothing => end_of_text(start, draft) - start,
        Around::Bracket(bracket) => length_in_brackets(bracket, draft.slice(start, line_end))?,
    };
    let rest = draft.slice(start, start + length);
    let end = start + rest.len() - rest.iter().rev().take_while(|c| c.is_whitespace()).count();
    let text: String = draft.slice(start, end).iter().collect();
    if text.is_empty() || text.starts_with(['"', '\'']) {
        return None;
    }
    Some(Mend { start, end, with: quoted_text(&text) })
}

/// A text as it is typed between quotation marks: single ones where double ones would need a backslash.
pub(crate) fn quoted_text(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// Whether a text can stand in braces or brackets without quotation marks.
pub(crate) fn is_plain(text: &str) -> bool {
    const SIGNS: [char; 11] = [',', ':', '#', '[', ']', '{', '}', '"', '\'', '`', '\n'];
    text.starts_with(char::is_alphanumeric) && !text.contains(SIGNS) && text.trim_end() == text
}

/// A text as it is typed in braces or brackets.
pub(crate) fn within_braces(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted_text(text) }
}

/// What is open at the end of a part of a line.
enum Around {
    Nothing,
    Bracket(char),
    /// A text in quotation marks.
    Quote,
}

fn around(before: &[char]) -> Around {
    let mut open = Vec::new();
    let (mut quote, mut previous) = (None, ':');
    for c in before {
        if let Some(mark) = quote {
            quote = (mark != c).then_some(mark);
        } else if matches!(c, '"' | '\'') && matches!(previous, ':' | ',' | '{' | '[' | '-') {
            quote = Some(c);
        } else if matches!(c, '{' | '[') {
            open.push(*c);
        } else if matches!(c, '}' | ']') {
            open.pop();
        }
        if !c.is_whitespace() {
            previous = *c;
        }
    }
    match (quote, open.pop()) {
        (Some(_), _) => Around::Quote,
        (None, Some(bracket)) => Around::Bracket(bracket),
        (None, None) => Around::Nothing,
    }
}

/// How long a text without quotation marks is that begins a value in this bracket: up to the end of the bracket, or the
/// comma before the next item or the next `name:`.
pub(super) fn length_in_brackets(bracket: char, text: &[char]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.iter().enumerate() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 => return Some(at),
            '}' | ']' => depth -= 1,
            ',' if depth == 0 && (bracket == '[' || names_entry(&text[at + 1..])) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Whether a text goes on with `name: `.
fn names_entry(text: &[char]) -> bool {
    let blanks = text.iter().take_while(|c| **c == ' ').count();
    let name = text[blanks..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
    name > 0 && matches!(text[blanks + name..], [':'] | [':', ' ' | '"' | '\'', ..])
}

/// Where the value of the first name in the line of `at` begins.
pub(super) fn value_of_line(at: usize, draft: &Draft) -> Option<usize> {
    let colon = earlier_name(at, draft)?;
    let (_, end) = draft.line(at);
    let blanks = draft.slice(colon + 1, end).iter().take_while(|c| **c == ' ').count();
    Some(colon + 1 + blanks)
}

/// A text without quotation marks that goes on in the lines below its name, in quotation marks; `None` where `at` is in no
/// such text.
pub(super) fn text_over_lines(at: usize, draft: &Draft) -> Option<Mend> {
    let mut first = draft.line(at).0;
    let own = indent(first, draft);
    if !is_entry(first, draft) {
        // The name stands in the nearest line above that is less indented.
        while indent(first, draft) >= own {
            first = draft.line(first.checked_sub(1)?).0;
        }
    }
    let value = is_entry(first, draft).then(|| value_of_line(draft.line(first).1, draft)).flatten()?;
    let text: String = draft.slice(value, end_of_text(value, draft)).iter().collect();
    let text = text.trim_end();
    let end = value + text.chars().count();
    let fits = at < end
        && text.contains('\n')
        && text.starts_with(|c: char| c.is_alphanumeric() || "*&!@%`".contains(c))
        && !text.contains(" #");
    let name = entry(first, draft).name.unwrap_or_default();
    fits.then(|| Mend { start: value, end, with: over_lines(value, text, &name, draft) })
}

/// A text of several lines that begins at `start` under this name, so that it does not break off: in one line, if that is
/// short.
pub(super) fn over_lines(start: usize, text: &str, name: &str, draft: &Draft) -> String {
    let before: String = draft.slice(draft.line(start).0, start).iter().collect();
    let line = unbroken(&joined(text), name);
    if is_shown(&format!("{before}{line}")) { line } else { quoted_text(text) }
}

/// Where the text that begins at `value` ends: it goes on in lines that are further right than its name, up to the next
/// entry.
fn end_of_text(value: usize, draft: &Draft) -> usize {
    let (start, mut end) = draft.line(value);
    let column = indent(start, draft);
    let goes_on = |line: usize| {
        let content = line + indent(line, draft);
        let is_item = is_dashed(content, draft.line(line).1, draft);
        indent(line, draft) > column && !is_idle(line, draft) && !is_item && !is_entry(line, draft)
    };
    while draft.get(end).is_some() && goes_on(end + 1) {
        end = draft.line(end + 1).1;
    }
    end
}

fn is_entry(line: usize, draft: &Draft) -> bool {
    let text: String = draft.slice(line + indent(line, draft), draft.line(line).1).iter().collect();
    begins_entry(&text)
}

/// Where a reference such as `argmax(P[1])` begins, if `at` is its first `[` and it is the value of a name.
pub(super) fn reference(at: usize, draft: &Draft) -> Option<usize> {
    let (line, _) = draft.line(at);
    let before = draft.slice(line, at);
    let colon = before.windows(2).rposition(|pair| pair == [':', ' '])?;
    let words = &before[colon + 2..];
    let in_reference = |c: &char| c.is_alphanumeric() || "_.@#( *+-/".contains(*c);
    let is_one = draft.get(at) == Some('[')
        && words.first().is_some_and(|c| c.is_alphabetic())
        && words.last().is_some_and(|c| c.is_alphanumeric())
        && words.iter().all(in_reference);
    is_one.then_some(line + colon + 2)
}

/// Whether a brace begins prose such as `{X[a, 1]} is one`: a cell stands in it, or words come after its end.
pub(super) fn prose_in_braces(bracket: usize, draft: &Draft) -> bool {
    let (_, end) = draft.line(bracket);
    let text: String = draft.slice(bracket, end).iter().collect();
    let Some(inner) = text.strip_prefix('{') else { return false };
    let (inner, after) = inner.split_once('}').unwrap_or((inner, ""));
    let name =
        inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '@'))).unwrap_or(inner.len());
    let cell = name > 0 && inner[name..].starts_with(['[', '(']);
    cell || (!inner.contains(": ") && after.starts_with(|c: char| c.is_alphanumeric() || c == ' '))
}

/// The `:` with a blank after it that stands before `at` in the same line.
pub(super) fn earlier_name(at: usize, draft: &Draft) -> Option<usize> {
    let (start, _) = draft.line(at);
    let before = draft.slice(start, at);
    before.windows(2).position(|pair| pair[0] == ':' && pair[1].is_whitespace()).map(|found| start + found)
}
