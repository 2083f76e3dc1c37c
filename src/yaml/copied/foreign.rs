//! Files that are no lessons at all, though somebody has saved them as one.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// The finding for a web page or a document of a word processor.
pub(in crate::yaml) fn finding(text: &str) -> Option<Diagnostic> {
    let first = text.trim_start();
    let begins = |start: &str| first.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
    let at = text.len() - first.len();
    let line = first.lines().next().unwrap_or_default().trim_end();
    let span = Span::new(at, at + line.len());
    if ["<!doctype", "<html", "<?xml", "<head", "<body", "<script"].iter().any(|start| begins(start)) {
        let message = both!("this is a web page, not a lesson", "这是一个网页，不是课程");
        let hint = both!(
            "download the file itself, often by a button “Raw” or “Download”, or copy only the text of the lesson",
            "请下载文件本身（通常有“Raw”或“下载”按钮），或只复制课程的文字"
        );
        return Some(Diagnostic::new(Code::YamlSyntax, span, message).with_hint(hint));
    }
    if begins("{") && text.contains("\"cells\"") && text.contains("\"cell_type\"") {
        let message =
            both!("this is a notebook (Jupyter), not a lesson", "这是一个笔记本文件（Jupyter），不是课程");
        let hint = both!(
            "copy the text of the lesson into a file of its own, saved as plain text with a name that ends in .yaml",
            "请把课程的文字复制到另一个文件，另存为纯文本，文件名以 .yaml 结尾"
        );
        return Some(Diagnostic::new(Code::YamlSyntax, span, message).with_hint(hint));
    }
    if let Some(finding) = without_indentation(text) {
        return Some(finding);
    }
    begins("{\\rtf").then(|| {
        let message = both!(
            "this is a document of a word processor (RTF), not a lesson",
            "这是文字处理软件的文档（RTF），不是课程"
        );
        let hint = both!(
            "save it as plain text, with a name that ends in .yaml",
            "请另存为纯文本，文件名以 .yaml 结尾"
        );
        Diagnostic::new(Code::YamlSyntax, span, message).with_hint(hint)
    })
}

/// The finding for a lesson of which every line begins at the left edge, as some mail programs send them.
fn without_indentation(text: &str) -> Option<Diagnostic> {
    const FEWEST: usize = 3;
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    let is_in_brackets = lines.first().is_some_and(|line| line.starts_with(['{', '[']));
    if is_in_brackets || lines.iter().any(|line| line.starts_with([' ', '\t', '\u{a0}', '\u{3000}'])) {
        return None;
    }
    // A name with nothing behind it needs lines below it that are moved in, or items.
    let holds_more = |pair: &&[&str]| {
        let is_empty = pair[0].trim_end().ends_with(':') && !pair[0].contains(": ");
        is_empty && (pair[0].starts_with('-') || !pair[1].starts_with('-'))
    };
    let mut all = lines.windows(2).filter(holds_more);
    let first = all.next()?[1];
    (all.count() + 1 >= FEWEST).then_some(())?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let message = both!(
        "the spaces at the beginning of the lines got lost: all lines of this file begin at the left edge",
        "行首的空格都丢失了：这个文件的每一行都顶格"
    );
    let hint = both!(
        "copy the lesson once more, as plain text or as a file; or put two spaces before each line that belongs to the one above it",
        "请重新复制课程的纯文本，或直接传送文件；也可以在属于上一行的每一行前面加两个空格"
    );
    Some(
        Diagnostic::new(Code::YamlSyntax, Span::new(start, start + first.trim_end().len()), message)
            .with_hint(hint),
    )
}
