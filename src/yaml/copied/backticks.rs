//! Values between two backticks, copied with them from a hint or a page.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::build::Stop;
use crate::yaml::draft::Draft;
use crate::yaml::quotes::{quoted, quoted_text, within_braces};
use crate::yaml::structure::outline::{self, Table};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the reading stopped at `at` because a value begins with such a mark and ends with one. All of the line
/// are put right together.
pub(in crate::yaml) fn around(stop: &Stop, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let at = stop.at;
    if draft.get(at) != Some('`') {
        return None;
    }
    let (start, end) = draft.line(at);
    let begins_value = |at: &usize| {
        let before = draft.slice(start, *at).iter().rev().find(|c| **c != ' ');
        draft.get(*at) == Some('`') && matches!(before, Some(':' | ',' | '[' | '{' | '-'))
    };
    let is_text = |at: usize| {
        let path = outline::in_brackets(at, stop.outermost.unwrap_or(at), draft);
        table(&path).is_some_and(|it| it.is_text())
    };
    let mends: Vec<Mend> =
        (at..end).filter(begins_value).filter_map(|at| without_marks(at, is_text, draft)).collect();
    let first = mends.first().filter(|mend| mend.start == at)?;
    let with = &first.with;
    let shows_marks = ["\"`", "'`"].iter().any(|marks| with.starts_with(marks));
    let hint = if shows_marks {
        both!("put the text in quotation marks: {with}", "请给文字加上英文引号：{with}")
    } else if first.puts_in_quotes() {
        both!("write quotation marks in their place: {with}", "请改用英文引号：{with}")
    } else if mends.len() > 1 {
        both!("remove the mark ` before and behind each of them", "请删去每一个前后的反引号 `")
    } else {
        both!("remove the mark ` before and behind it", "请删去它前后的反引号 `")
    };
    let message = if shows_marks {
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

/// A value without the marks around it, in quotation marks where it cannot stand plain. A text, which is said to readers,
/// may show the marks.
fn without_marks(at: usize, is_text: impl Fn(usize) -> bool, draft: &Draft) -> Option<Mend> {
    let mend = quoted(at, draft)?;
    let text: String = draft.slice(mend.start, mend.end).iter().collect();
    let inner = text.strip_prefix('`')?.strip_suffix('`')?;
    if inner.trim().is_empty() || inner.contains(['`', '\n']) {
        return None;
    }
    let with = if is_text(at) { quoted_text(&text) } else { within_braces(inner) };
    Some(Mend { with, ..mend })
}
