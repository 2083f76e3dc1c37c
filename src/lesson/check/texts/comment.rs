//! Texts that a `#` breaks off: what stands behind it is a comment.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::lesson::check::Checker;
use crate::yaml::{Style, Tree};

impl Checker<'_> {
    /// Reports a text that ends within brackets because a comment begins there, as in `X[the #2]`; whether it does.
    pub(in crate::lesson::check) fn breaks_off(&mut self, tree: &Tree) -> bool {
        let Some(text) = tree.as_text() else { return false };
        let is_plain = tree.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
        let is_open = text.matches('[').count() > text.matches(']').count();
        let line = self.source.text[tree.span.end..].lines().next().unwrap_or_default();
        let comment = line.trim_start();
        if !is_plain || !is_open || !comment.starts_with('#') {
            return false;
        }
        let start = tree.span.end + line.len() - comment.len();
        let word = text.rsplit(['[', ' ', ',']).next().unwrap_or_default().trim();
        let digits: String = comment[1..].chars().take_while(char::is_ascii_digit).collect();
        let message = both!(
            "what stands after a space and `#` is not read, so that the text ends before it",
            "空格加 `#` 之后的内容不会被读取，文字到它前面就结束了"
        );
        let hint = if digits.is_empty() {
            both!("put the whole text in quotation marks: \"…\"", "请给整段文字加上英文引号：\"…\"")
        } else {
            both!("write `{word}#{digits}`, without the space", "请写 `{word}#{digits}`，中间不加空格")
        };
        self.report(Code::BadExpression, Span::new(start, start + 1 + digits.len()), message, hint);
        true
    }
}
