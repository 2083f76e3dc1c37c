//! Comments as other languages write them, and lines that lack the `#` of a comment.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::yaml::brackets::braces::OfLine;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::lost_dash::{item_above, shortened};
use crate::yaml::indentation::{indent, own_and_above};
use crate::yaml::structure::outline::{self, Shape, Table};
use crate::yaml::syntax::{Explained, Mend};

/// What begins a comment elsewhere.
const SIGNS: [&str; 2] = ["//", "<!--"];

/// A line that is a comment in another language, as it is written here.
pub(in crate::yaml) fn of_another_language(line: &str) -> Option<String> {
    let sign = SIGNS.into_iter().find(|sign| line.starts_with(sign))?;
    let words = line.trim_start_matches(sign).trim_end().trim_end_matches("-->").trim();
    Some(format!("# {words}"))
}

/// The finding for such a line.
pub(in crate::yaml) fn finding(span: Span, line: &str, with: &str) -> Diagnostic {
    let sign = SIGNS.into_iter().find(|sign| line.starts_with(sign)).unwrap_or_default();
    let with = shortened(with);
    let message = both!(
        "words that are only for yourself begin with `# `, not with `{sign}`",
        "只给自己看的话以 `# ` 开头，不用 `{sign}`"
    );
    Diagnostic::new(Code::YamlSyntax, span, message).with_hint(both!("write `{with}`", "请写 `{with}`"))
}

/// What is wrong if the reading stopped behind a bracket at a comment of another language, at a `#` without a blank, or at
/// words in round brackets.
pub(in crate::yaml) fn behind(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let (line, end) = draft.line(at);
    let before = draft.slice(line, at);
    let closed = before.iter().rfind(|c| **c != ' ').is_some_and(|c| matches!(c, ']' | '}'));
    let rest: String = draft.slice(at, end).iter().collect();
    if !closed {
        return None;
    }
    if let Some(with) = of_another_language(&rest) {
        let finding = finding(draft.span(at, end), &rest, &with);
        let blank = if before.ends_with(&[' ']) { "" } else { " " };
        let mend = Mend { start: at, end, with: format!("{blank}{with}") };
        return Some(Explained::new(finding, vec![mend], draft));
    }
    if let Some(explained) = in_round_brackets(at, table, draft) {
        return Some(explained);
    }
    (rest.starts_with('#') && !before.ends_with(&[' '])).then(|| {
        let message = both!("a space is missing before this `#`", "这个 `#` 前面缺少空格");
        let hint = both!(
            "write ` #`, with a space before it: what stands behind it is then not read",
            "请写 ` #`，前面加一个空格：它后面的内容就不会被读取"
        );
        let finding = Diagnostic::new(Code::YamlSyntax, draft.span(at, at + 1), message).with_hint(hint);
        Explained::new(finding, vec![Mend { start: at, end: at, with: " ".to_owned() }], draft)
    })
}

/// `[[1, 0]]（动作）`: words about a value in which no text belongs.
fn in_round_brackets(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    const PAIRS: [(char, char); 2] = [('(', ')'), ('（', '）')];
    let OfLine { text, path, start, .. } = OfLine::at(at, draft)?;
    let rest: String = draft.slice(at, start + text.chars().count()).iter().collect();
    let inner = |(opening, closing)| rest.strip_prefix(opening)?.strip_suffix(closing);
    let words = PAIRS.into_iter().find_map(inner).filter(|words| !words.contains(['`', '[', '{']))?.trim();
    let is_text = table(&path).is_none_or(|it| it.is_text());
    if is_text || !text.starts_with(['[', '{']) || !words.starts_with(char::is_alphabetic) {
        return None;
    }
    let message = both!("words stand behind the value of this line", "这一行的值后面还有说明文字");
    let hint =
        both!("a comment begins with ` # `: write `  # {words}`", "注释以 ` # ` 开头：请写 `  # {words}`");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(at, at + rest.chars().count()), message);
    let blanks = draft.slice(start, at).iter().rev().take_while(|c| **c == ' ').count();
    let mend = Mend { start: at - blanks, end: at + rest.chars().count(), with: format!("  # {words}") };
    Some(Explained::new(finding.with_hint(hint), vec![mend], draft))
}

/// What is wrong with a line of words among items with names: it can only be a comment without its `#`.
pub(in crate::yaml) fn forgotten(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    own_and_above(at, draft).into_iter().find_map(|line| {
        let start = line + indent(line, draft);
        let end = draft.line(line).1;
        let words: String = draft.slice(start, end).iter().collect();
        let is_plain = !words.contains(": ")
            && !words.trim_end().ends_with(':')
            && !words.contains(['{', '[', '｛', '［', '}', ']', '=', '<', '>'])
            && words.starts_with(char::is_alphabetic)
            && (words.contains([' ', '：', '，']) || words.trim_end().ends_with(['。', '！', '？']));
        let above = item_above(start, draft).filter(|_| is_plain)?;
        let shapes = table(&outline::above(above, indent(above, draft), draft))?.shapes;
        if !shapes.contains(&Shape::ItemsWithNames) {
            return None;
        }
        let written = shortened(&format!("# {}", words.trim_end()));
        let message = both!("this line is no item of the list", "这一行不是列表的一项");
        let hint = both!(
            "if it is only for yourself, write `{written}`: it is then not read",
            "如果只是给自己看的话，请写 `{written}`，这样它就不会被读取"
        );
        let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, end), message).with_hint(hint);
        // Only the author knows whether it is a comment.
        let mends = vec![Mend { start, end: start, with: "# ".to_owned() }];
        Some(Explained { finding, about_indentation: false, mends })
    })
}
