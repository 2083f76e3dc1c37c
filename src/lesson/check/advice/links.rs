//! What pages link to: `[words](address)`, and the numbers of footnotes, which stand in a text without what they lead to.

use crate::both;
use crate::diagnostic::Span;
use crate::language::Localised;

/// Whether a number is that of a footnote, as pages and programs that write texts have them: `[^1]`, `【4†source】`.
pub(super) fn is_footnote(text: &str, number: Span) -> bool {
    let (before, behind) = (&text[..number.start], &text[number.end..]);
    before.ends_with("[^") && behind.starts_with(']') || before.ends_with('【') && behind.starts_with('†')
}

/// Whether a number is part of an address, or of the code of a sign: `https://school.org/a?x=1`, `&#39;`.
pub(super) fn is_in_address(text: &str, number: Span) -> bool {
    let is_part = |c: char| c.is_ascii() && !c.is_whitespace();
    let before = &text[..number.start];
    let start = before.trim_end_matches(is_part).len();
    let word = &before[start..];
    let is_code = text[number.end..].starts_with(';') && (word.ends_with("&#") || word.ends_with("&#x"));
    word.contains("://") || word.contains("www.") || is_code
}

/// How long a link, a picture or the number of a footnote is that a text begins with, and what is to be written instead.
pub(super) fn link(rest: &str) -> Option<(usize, Option<String>)> {
    footnote(rest).map(|length| (length, None)).or_else(|| address(rest))
}

/// `[^1]`, `【4†source】`.
fn footnote(rest: &str) -> Option<usize> {
    let of_page = || {
        let inner = rest.strip_prefix("[^")?;
        let end = inner.find(']')?;
        let is_name = inner[..end].chars().all(|c| c.is_ascii_alphanumeric());
        (end > 0 && is_name).then_some("[^".len() + end + 1)
    };
    let of_program = || {
        let inner = rest.strip_prefix('【')?;
        let end = inner.find('】')?;
        let begins = inner.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').starts_with('†');
        begins.then_some('【'.len_utf8() + end + '】'.len_utf8())
    };
    of_page().or_else(of_program)
}

/// `[words](https://…)` and `![words](picture.png)`: the words stay, and nothing of a picture.
fn address(rest: &str) -> Option<(usize, Option<String>)> {
    let picture = rest.strip_prefix('!');
    let inner = picture.unwrap_or(rest).strip_prefix('[')?;
    let (words, behind) = inner.split_once("](")?;
    let (to, _) = behind.split_once(')')?;
    let leads = ["http://", "https://", "www.", "mailto:", "#"].iter().any(|begin| to.starts_with(begin));
    let is_one = !words.contains(['[', ']', '\n']) && !to.contains(char::is_whitespace);
    let length = rest.len() - inner.len() + words.len() + "](".len() + to.len() + 1;
    let words = picture.is_none().then(|| words.to_owned());
    (is_one && (leads || picture.is_some() && to.contains('.'))).then_some((length, words))
}

/// Whether these signs lead to an address.
pub(super) fn is_address(sign: &str) -> bool {
    sign.contains("](")
}

/// What to write for words that lead to an address.
pub(super) fn without_address(words: &str) -> Localised<String> {
    both!(
        "a lesson has no links: write `{words}`; the address may stand in `source`, at the top of the file",
        "课程里没有链接：请写 `{words}`；网址可以写在文件开头的 `source` 里"
    )
}

/// What to do about the number of a footnote.
pub(super) fn without_footnote() -> Localised<String> {
    both!("remove them: they came along with the copied text", "请删去：这是复制时带进来的出处标记")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_their_words_and_footnotes_none() {
        let whole = |text: &str| link(text).map(|(length, words)| (text[..length].to_owned(), words));
        let some = |text: &str, words: Option<&str>| Some((text.to_owned(), words.map(str::to_owned)));
        assert_eq!(whole("[a blog](https://a.b/c) is"), some("[a blog](https://a.b/c)", Some("a blog")));
        assert_eq!(whole("![a](b.png)!"), some("![a](b.png)", None));
        assert_eq!(whole("[^1]."), some("[^1]", None));
        assert_eq!(whole("【4†source】."), some("【4†source】", None));
        for text in ["[1, 2](3)", "[0, 1] is", "[q, k](row)", "【1】", "[^T]x".trim_end_matches("]x")] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
