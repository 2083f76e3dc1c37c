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
    let hint = if first.puts_in_quotes() {
        let with = &first.with;
        both!("write quotation marks in their place: {with}", "请改用英文引号：{with}")
    } else {
        both!("remove the mark ` before and behind it", "请删去它前后的反引号 `")
    };
    let message = both!("no marks ` belong around this", "这里的前后不写反引号 `");
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
    Some(Mend { with: if is_plain { inner.to_owned() } else { quoted_text(inner) }, ..mend })
}
