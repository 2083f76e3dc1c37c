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
