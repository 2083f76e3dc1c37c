//! A bracket that closes nothing: `[[1, 0], [0, 1]]]`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::draft::Draft;
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the reading stopped at a bracket without which those of its line are in pairs.
pub(in crate::yaml) fn bracket(at: usize, draft: &Draft) -> Option<Explained> {
    let (line, end) = draft.line(at);
    let sign = *draft.slice(at, end).first().filter(|sign| matches!(sign, ']' | '}'))?;
    let (before, after) = (draft.slice(line, at), draft.slice(at + 1, end));
    if before.iter().chain(after).any(|c| matches!(c, '"' | '\'' | '#'))
        || !are_paired(before.iter().chain(after))
    {
        return None;
    }
    let message = both!("this `{sign}` is one too many", "这里多了一个 `{sign}`");
    let hint = both!("remove it", "请删去它");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(at, at + 1), message).with_hint(hint);
    Some(Explained::new(finding, vec![Mend { start: at, end: at + 1, with: String::new() }], draft))
}

/// Whether each bracket is closed by its own, after it was opened.
fn are_paired<'c>(signs: impl Iterator<Item = &'c char>) -> bool {
    let mut open = Vec::new();
    for sign in signs {
        match sign {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(*sign) => return false,
            _ => {}
        }
    }
    open.is_empty()
}
