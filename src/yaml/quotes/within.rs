//! Texts within braces that break off at a sign of theirs, `{en: A, zh: 第1课: 猫}` and `{en: The cell {X[1, 1]}}`, and
//! names that lack the comma before them, `{en: Scores zh: 分数}`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::brackets::braces::Broken;
use crate::yaml::draft::Draft;
use crate::yaml::quotes::marks;
use crate::yaml::quotes::quoting::{self, is_shown};
use crate::yaml::quotes::wide::unbroken_within;
use crate::yaml::quotes::{quoted, reference};
use crate::yaml::structure::outline::{Belongs, Part};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the reading stopped at such a sign within a brace.
pub(in crate::yaml) fn explain(broken: &Broken<'_>) -> Option<Explained> {
    let Broken { at, bracket, draft, .. } = *broken;
    let sign = draft.get(at).filter(|_| draft.get(bracket) == Some('{'))?;
    let (start, names) = last_entry(at, bracket, draft)?;
    if draft.line(start).0 != draft.line(at).0 || start >= at {
        return None;
    }
    let value = Value { start, names, broken };
    match sign {
        ':' => value.lost_comma(at).or_else(|| value.text(": ")),
        '{' => value.text("{…}"),
        '[' if reference(at, draft).is_none() => value.text("[…]"),
        _ => value.behind_marks(at),
    }
}

/// Where the value of the last entry of a brace before a place begins, and the names of the brace up to it.
fn last_entry(at: usize, bracket: usize, draft: &Draft) -> Option<(usize, Vec<String>)> {
    let (mut names, mut start, mut word) = (Vec::new(), None, String::new());
    let (mut depth, mut quote) = (0_usize, None);
    for (index, c) in (bracket + 1..at).zip(draft.slice(bracket + 1, at)) {
        match (quote, *c) {
            (Some(mark), c) => quote = (mark != c).then_some(mark),
            (None, '"' | '\'') if word.trim().is_empty() => quote = Some(*c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                start = None;
                word.clear();
            }
            (None, ':') if depth == 0 && start.is_none() => {
                names.push(word.trim().to_owned());
                word.clear();
                let blanks = draft.slice(index + 1, at).iter().take_while(|c| **c == ' ').count();
                start = Some(index + 1 + blanks);
            }
            (None, c) => word.push(c),
        }
    }
    start.map(|start| (start, names))
}

/// The value in a brace in which the reading stopped.
struct Value<'a> {
    /// Where it begins.
    start: usize,
    /// The names of its brace, its own the last.
    names: Vec<String>,
    broken: &'a Broken<'a>,
}

impl Value<'_> {
    /// What stands behind the mark that ends a text: the next name without its comma, or more of the text.
    fn behind_marks(&self, at: usize) -> Option<Explained> {
        let Broken { ref path, table, draft, .. } = *self.broken;
        if draft.get(self.start) != Some('"') {
            return None;
        }
        let rest = draft.slice(at, draft.line(at).1);
        let colon = at + rest.iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
        let lost = (draft.get(colon) == Some(':')).then(|| self.lost_comma(colon)).flatten();
        let is_text = || table(path).filter(Belongs::is_text);
        lost.or_else(|| is_text().and_then(|_| marks::inside_within(self.start, draft)))
    }

    /// A name behind it, without the comma between them; its colon is `at` here.
    fn lost_comma(&self, at: usize) -> Option<Explained> {
        const SHORT: usize = 60;
        let Self { start, ref names, broken } = *self;
        let Broken { bracket, draft, .. } = *broken;
        let before = draft.slice(start, at);
        let length = before.iter().rev().take_while(|c| c.is_alphanumeric() || **c == '_').count();
        let name: String = before[before.len() - length..].iter().collect();
        let value = &before[..before.len() - length];
        let blanks = value.iter().rev().take_while(|c| **c == ' ').count();
        let is_field = broken.around()?.fields.contains(&name.as_str()) && !names.contains(&name);
        if !is_field || blanks == 0 || blanks == value.len() {
            return None;
        }
        let end = start + value.len() - blanks;
        let line_end = draft.line(at).1;
        let rest: String = draft.slice(at - length, line_end).iter().take_while(|c| **c != '}').collect();
        let closes = draft.slice(at, line_end).contains(&'}') && !rest.contains('{');
        let written: String = draft.slice(bracket, end).iter().chain(&[',', ' ']).collect();
        let written = format!("{written}{rest}}}");
        let message = both!("a comma is missing before `{name}`", "`{name}` 前面缺少逗号");
        let hint = if closes && written.chars().count() <= SHORT && !written.contains(['`', '\n']) {
            both!("write `{written}`", "请写 `{written}`")
        } else {
            both!("write `, {name}: …`", "请写 `, {name}: …`")
        };
        let place = draft.span(at - length, at);
        let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
        Some(Explained::new(finding, vec![Mend { start: end, end, with: ",".to_owned() }], draft))
    }

    /// A text that holds such a sign.
    fn text(&self, sign: &str) -> Option<Explained> {
        let Broken { ref path, table, draft, .. } = *self.broken;
        let Some(Part::Name(name)) = path.last() else { return None };
        if !table(path)?.is_text() {
            return None;
        }
        let Mend { start, end, .. } = quoted(self.start, draft)?;
        let text: String = draft.slice(start, end).iter().collect();
        if text.starts_with(['{', '[', '|', '>', '&', '!']) {
            return None;
        }
        let with = unbroken_within(&text, name);
        let message =
            both!("this text holds `{sign}`, and breaks off there", "这段文字里有 `{sign}`，会在那里断开");
        let mend = Mend { start, end, with };
        let written = format!("{name}: {}", mend.with);
        let hint = if is_shown(&written) {
            both!("write `{written}`", "请写 `{written}`")
        } else {
            quoting::how(&mend, draft)
        };
        let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, end), message).with_hint(hint);
        Some(Explained::new(finding, vec![mend], draft))
    }
}
