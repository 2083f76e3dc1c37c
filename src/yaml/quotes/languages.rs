//! Both languages of a text in one line, without braces.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::on_new_line;
use crate::yaml::structure::outline::{Entry, entry};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong with the line of `at` if it is `en: Words. zh: 文字`.
pub(in crate::yaml) fn in_one_line(at: usize, draft: &Draft) -> Option<Explained> {
    let (line, end) = draft.line(at);
    let Entry { column, name: Some(name), .. } = entry(line, draft) else { return None };
    let first = Language::from_code(&name)?;
    let text: String = draft.slice(line + column, end).iter().collect();
    let value = text.get(name.len() + 1..)?.trim_start();
    if value.starts_with(['"', '\'', '{', '[', '|', '>']) {
        return None;
    }
    let other = Language::ALL.into_iter().find(|language| *language != first)?.code();
    let (before, after) = text.split_once(&format!(" {other}: "))?;
    let sign = before.trim_end().ends_with(',').then_some(',');
    let before = before.trim_end().trim_end_matches(',');
    if before.len() <= name.len() + 1 || after.contains(": ") {
        return None;
    }
    let start = line + column + before.chars().count();
    let second = end - after.chars().count() - other.len() - 2;
    let message = both!("`{other}` must begin a new line", "`{other}` 要另起一行");
    let hint = on_new_line(other, sign, column, both!("straight below `{name}`", "与 `{name}` 对齐"));
    let finding =
        Diagnostic::new(Code::YamlSyntax, draft.span(second, second + other.len()), message).with_hint(hint);
    let mend = Mend { start, end: second, with: format!("\n{}", " ".repeat(column)) };
    Some(Explained::new(finding, vec![mend], draft))
}
