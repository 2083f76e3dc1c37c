//! Brackets and braces: closed with the sign of the other kind, `[1, 2}`, lost, left over, or with something behind them.

pub(super) mod behind_bracket;
pub(super) mod braces;
pub(super) mod cells;
pub(super) mod flow;
pub(super) mod surplus;
pub(super) mod unlisted;

use super::draft::Draft;
use super::syntax::Mend;
use crate::both;
use crate::diagnostic::Diagnostic;

/// So many lists at most end together.
const DEEPEST: usize = 3;
/// A longer bracket is not written out in a hint.
const SHORT: usize = 40;

/// The right sign for the wrong one at `at`, which closes the bracket that is opened at `bracket`: in its place, or before
/// it where it closes what is around, whichever leaves no bracket of the line open.
pub(super) fn put_right(at: usize, bracket: usize, draft: &Draft) -> Option<Mend> {
    let closing = match (draft.get(bracket)?, draft.get(at)?) {
        ('[', '}') => ']',
        ('{', ']') => '}',
        (_, _) => return None,
    };
    let (start, end) = draft.line(at);
    if bracket < start {
        return None;
    }
    let (before, after) = (draft.slice(start, at), draft.slice(at + 1, end));
    let line = |middle: &[char]| [before, middle, after].concat();
    let sign = draft.get(at)?;
    // Where several lists end together, all of their signs may be missing.
    let opening = draft.get(bracket)?;
    let together = draft.slice(start, bracket + 1).iter().filter(|c| **c == opening).count();
    (1..=together.min(DEEPEST)).find_map(|count| {
        let closing = vec![closing; count];
        let mend = |end: usize| Mend { start: at, end, with: closing.iter().collect() };
        if is_closed(&line(&closing)) {
            Some(mend(at + 1))
        } else {
            is_closed(&line(&[closing.as_slice(), &[sign]].concat())).then(|| mend(at))
        }
    })
}

/// The finding with what to write from the opening bracket on.
pub(super) fn written(finding: Diagnostic, mend: &Mend, bracket: usize, draft: &Draft) -> Diagnostic {
    let inner: String = draft.slice(bracket, mend.start).iter().collect();
    if inner.chars().count() > SHORT || inner.contains(['`', '\n']) {
        return finding;
    }
    let closing = &mend.with;
    let several = closing.chars().count() > 1 && closing.chars().all(|c| closing.starts_with(c));
    if let (true, Some(sign)) = (several, draft.get(mend.start)) {
        let (count, one) = (closing.chars().count(), closing.chars().next().unwrap_or_default());
        let message = both!("{count} `{one}` are missing here", "这里缺少 {count} 个 `{one}`");
        let hint = if mend.start == mend.end {
            both!("write `{closing}` before this `{sign}`", "请在这个 `{sign}` 前面写 `{closing}`")
        } else {
            both!("write `{closing}` in the place of this `{sign}`", "请把这个 `{sign}` 改成 `{closing}`")
        };
        return Diagnostic { message, ..finding }.with_hint(hint);
    }
    // Where a sign is put before another, both are shown.
    let next: String =
        draft.slice(mend.start, mend.start + usize::from(mend.start == mend.end)).iter().collect();
    let next = next.trim_end();
    finding.with_hint(both!("write `{inner}{closing}{next}`", "请写 `{inner}{closing}{next}`"))
}

/// Whether every bracket of a line is closed with its own sign.
fn is_closed(line: &[char]) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for c in line {
        match (quote, c) {
            (Some(mark), c) if mark == *c => quote = None,
            (None, '"' | '\'') => quote = Some(*c),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ']' | '}') => {
                if open.pop() != Some(*c) {
                    return false;
                }
            }
            (Some(_) | None, _) => {}
        }
    }
    open.is_empty()
}

/// `[cat][white]` as one list, `[cat, white]`: lists side by side, and nothing behind them in the line.
pub(super) fn side_by_side(value: usize, draft: &Draft) -> Option<Mend> {
    let (_, end) = draft.line(value);
    let text: String = draft.slice(value, end).iter().collect();
    let text = text.trim_end();
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    let parts: Vec<&str> = inside.split("][").map(str::trim).collect();
    let is_item = |part: &&str| !part.is_empty() && !part.contains(['[', ']', '{', '}', '#']);
    let with = format!("[{}]", parts.join(", "));
    let end = value + text.chars().count();
    (parts.len() > 1 && parts.iter().all(is_item)).then_some(Mend { start: value, end, with })
}
