//! Both languages of a text in one line, without braces.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Language;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, indent, on_new_line, own_and_above};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};
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

/// What is wrong with the line of `at`, or the one above, if it is `say: en: Words`: what begins with a language stands
/// below the name of a text, not beside it.
pub(in crate::yaml) fn beside_name(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    own_and_above(at, draft).into_iter().find_map(|line| {
        let Entry { column, name: Some(name), .. } = entry(line, draft) else { return None };
        let text: String = draft.slice(line + column, draft.line(line).1).iter().collect();
        let value = text.get(name.len() + 1..)?;
        let blanks = value.len() - value.trim_start().len();
        let (code, words) = value.trim_start().split_once(": ")?;
        let language = Language::from_code(code)?;
        let path = [outline::above(line, column, draft), vec![Part::Name(name.clone())]].concat();
        if !table(&path)?.fields.contains(&code) || words.trim().is_empty() {
            return None;
        }
        // The other language may stand below already.
        let is_other = |at: &usize| {
            let Entry { name, .. } = entry(*at, draft);
            name.and_then(|name| Language::from_code(&name)).is_some_and(|it| it != language)
        };
        let next = below(line, draft).filter(|next| indent(*next, draft) > column).filter(is_other);
        let inner = next.map_or(column + 2, |next| indent(next, draft));
        let start = line + column + name.chars().count() + 1;
        let mend = Mend { start, end: start + blanks, with: format!("\n{}", " ".repeat(inner)) };
        let place = draft.span(start + blanks, start + blanks + code.len());
        let message =
            both!("`{code}` must begin a new line below `{name}:`", "`{code}` 要在 `{name}:` 下面另起一行");
        let beside = if let Some(number) = next.map(|next| draft.number(next)) {
            both!("straight above the first word of line {number}", "与第 {number} 行对齐")
        } else {
            both!("two spaces further right than `{name}`", "比 `{name}` 多空 2 格")
        };
        let hint = on_new_line(code, None, inner, beside);
        let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
        Some(Explained::new(finding, vec![mend], draft))
    })
}
