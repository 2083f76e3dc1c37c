//! Rows and columns counted from 0, as programs count them.

use super::Surroundings;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::expression::finding::hinted;
use crate::lesson::expression::{self};

/// What is said of `X[4, 0]`: who writes a 0 counts the other from 0 too, so that both are one more.
pub(super) fn from_0(findings: &[Diagnostic], text: &str, around: Surroundings<'_>) -> Option<Diagnostic> {
    let finding = findings.first().filter(|it| it.code == Code::OutOfRange)?;
    let place = finding.span.range();
    if findings.len() != 1 || text.get(place.clone())? != "0" {
        return None;
    }
    let open = text[..place.start].rfind('[')?;
    let close = place.end + text[place.end..].find(']')?;
    let (row, column) = text[open + 1..close].split_once(',')?;
    let one_more = |number: &str| number.trim().parse().ok().and_then(|it: usize| it.checked_add(1));
    let start = text[..open].trim_end_matches(|c: char| c.is_alphanumeric() || "_.@".contains(c)).len();
    let cell = format!("{}[{}, {}]", &text[start..open], one_more(row)?, one_more(column)?);
    let selection = expression::parse(&cell).ok()?.selection(around.scope).ok()?;
    let named = expression::reference(around.scope.graph, selection.nth(0));
    let [open, close] = around.signs;
    let same = if named == cell { String::new() } else { format!(", that is `{named}`") };
    let same_zh = if named == cell { String::new() } else { format!("，即 `{named}`") };
    let hint = both!(
        "rows and columns are counted from 1: write `{open}{cell}{close}`{same}",
        "行和列从 1 数起：请写 `{open}{cell}{close}`{same_zh}"
    );
    Some(hinted(finding.clone(), hint))
}
