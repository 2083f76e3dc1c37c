//! Values between two backticks, copied with them from a hint or a page.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::draft::Draft;
use crate::yaml::quotes::{quoted, quoted_text};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the reading stopped at `at` because a value begins with such a mark and ends with one. All of the line
/// are put right together.
pub(in crate::yaml) fn around(at: usize, draft: &Draft) -> Option<Explained> {
    if draft.get(at) != Some('`') {
        return None;
    }
    let (start, end) = draft.line(at);
    let begins_value = |at: &usize| {
        let before = draft.slice(start, *at).iter().rev().find(|c| **c != ' ');
        draft.get(*at) == Some('`') && matches!(before, Some(':' | ',' | '[' | '{' | '-'))
    };
    let mends: Vec<Mend> = (at..end).filter(begins_value).filter_map(|at| without_marks(at, draft)).collect();
    let first = mends.first().filter(|mend| mend.start == at)?;
    let with = &first.with;
    let hint = if with.starts_with("\"`") {
        both!("put the text in quotation marks: {with}", "请给文字加上英文引号：{with}")
    } else if first.puts_in_quotes() {
        both!("write quotation marks in their place: {with}", "请改用英文引号：{with}")
    } else if mends.len() > 1 {
        both!("remove the mark ` before and behind each of them", "请删去每一个前后的反引号 `")
    } else {
        both!("remove the mark ` before and behind it", "请删去它前后的反引号 `")
    };
    let message = if with.starts_with("\"`") {
        both!(
            "a text without quotation marks cannot begin with the mark `",
            "没有加引号的文字不能以反引号 ` 开头"
        )
    } else if mends.len() > 1 {
        both!("the marks ` do not belong around these", "这几处的前后不写反引号 `")
    } else {
        both!("the marks ` do not belong around this", "这里的前后不写反引号 `")
    };
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(first.start, first.end), message);
    let others = mends.iter().skip(1).map(|mend| draft.span(mend.start, mend.end));
    let finding = others.fold(finding.with_hint(hint), Diagnostic::with_another);
    Some(Explained::new(finding, mends, draft))
}

/// A value without the marks around it, in quotation marks where it cannot stand plain.
fn without_marks(at: usize, draft: &Draft) -> Option<Mend> {
    let mend = quoted(at, draft)?;
    let text: String = draft.slice(mend.start, mend.end).iter().collect();
    let inner = text.strip_prefix('`')?.strip_suffix('`')?;
    if inner.trim().is_empty() || inner.contains(['`', '\n']) {
        return None;
    }
    let is_plain =
        inner.starts_with(char::is_alphanumeric) && !inner.contains([',', ':', '#', '[', '{', '"']);
    let with = match name_before(at, draft).as_deref() {
        // What is said to readers may show the marks.
        Some("en" | "zh" | "say" | "title" | "note" | "ask" | "explain" | "hint") => quoted_text(&text),
        Some(_) | None if is_plain => inner.to_owned(),
        Some(_) | None => quoted_text(inner),
    };
    Some(Mend { with, ..mend })
}

/// The name of which the value begins at `at`.
fn name_before(at: usize, draft: &Draft) -> Option<String> {
    let before: String = draft.slice(draft.line(at).0, at).iter().collect();
    let name = before.trim_end().strip_suffix(':')?;
    Some(name.rsplit([' ', '{', ',']).next()?.to_owned())
}
