//! How a text is typed in quotation marks: a short one whole; of a long one, what goes before and behind it.

use crate::both;
use crate::language::Localised;
use crate::yaml::copied::table::in_one_line;
use crate::yaml::draft::Draft;
use crate::yaml::quotes::wide::is_han;
use crate::yaml::structure::outline::entry;
use crate::yaml::syntax::Mend;

/// What to type so that a text stands in quotation marks, in other ones, or has the signs with which it needs none.
pub(in crate::yaml) fn how(mend: &Mend, draft: &Draft) -> Localised<String> {
    let (with, text): (&str, String) =
        (&mend.with, draft.slice(mend.start, mend.end).iter().collect::<String>());
    let text = text.trim_end();
    if text.contains('\n') && !with.contains('\n') {
        return in_one_line(mend, draft);
    }
    match (mark(text), mark(with)) {
        (None, Some(_)) if is_shown(with) => {
            both!("put the text in quotation marks: {with}", "请给文字加上英文引号：{with}")
        }
        (Some(old), Some(new)) if old == new => inner_marks(with),
        (Some(old), Some(new)) => other_marks(old, new, text, mend, draft),
        (None, Some(new)) => around(new, text, mend, draft),
        (_, None) if with.starts_with('[') => both!("write `{with}`", "请写 `{with}`"),
        (_, None) if is_shown(with) => {
            both!("write the wide colon of Chinese: {with}", "请改用全角冒号：{with}")
        }
        (_, None) => wide_colons(text),
    }
}

/// For a title in stars, which no title shows as emphasis: how it is written without them.
pub(in crate::yaml) fn without_stars(quoted: &Mend, draft: &Draft) -> Option<Mend> {
    let text: String = draft.slice(quoted.start, quoted.end).iter().collect();
    let is_title = entry(draft.line(quoted.start).0, draft).name.as_deref() == Some("title");
    let inner = text.trim().strip_prefix('*')?.strip_suffix('*')?;
    let is_plain = inner.trim() == inner && inner.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (is_title && is_plain).then(|| Mend { with: inner.to_owned(), ..quoted.clone() })
}

/// What is said of such a title.
pub(in crate::yaml) fn no_emphasis(plain: &str) -> Localised<String> {
    both!(
        "write `{plain}`, as a title has no emphasis; to show the stars, put the text in quotation marks: \"*{plain}*\"",
        "标题里不能强调，请写 `{plain}`；要显示星号，请给文字加上英文引号：\"*{plain}*\""
    )
}

/// What to type at the end of a text whose quotation mark is never closed.
pub(in crate::yaml) fn closed(text: &str, mark: char) -> Localised<String> {
    let with = format!("{text}{mark}");
    let last = last_word(text);
    if is_shown(&with) {
        both!("write the same mark behind the text: {with}", "请在文字末尾加上同样的引号：{with}")
    } else {
        both!(
            "write `{mark}` at the end of the text, behind `{last}`",
            "请在文字末尾的 `{last}` 后面写 `{mark}`"
        )
    }
}

/// The lines of a text as one; between Chinese characters no space is left.
pub(in crate::yaml) fn joined(text: &str) -> String {
    text.lines().map(str::trim).fold(String::new(), |joined, line| {
        let is_wide = |c: Option<char>| c.is_none_or(|c| is_han(c) || "，。：；、？！“”（）".contains(c));
        let blank =
            if is_wide(joined.chars().next_back()) || is_wide(line.chars().next()) { "" } else { " " };
        joined + blank + line
    })
}

/// Whether a text is shown whole in a hint.
pub(in crate::yaml) fn is_shown(text: &str) -> bool {
    const SHORT: usize = 60;
    text.chars().count() <= SHORT && !text.contains('\n')
}

fn mark(text: &str) -> Option<char> {
    text.chars().next().filter(|c| matches!(c, '"' | '\''))
}

/// Marks before and behind a text that is too long to be shown.
fn around(mark: char, text: &str, mend: &Mend, draft: &Draft) -> Localised<String> {
    let (from, to) = (draft.number(mend.start), draft.number(mend.end.saturating_sub(1)));
    let (first, last) = (first_word(text), last_word(text));
    let Localised { en, zh } = if mark == '\'' && text.contains('\'') {
        both!("; write each `'` within it twice", "；文字里面的每个 `'` 要写两次")
    } else {
        Localised::default()
    };
    if first.is_empty() || last.is_empty() {
        both!(
            "write `{mark}` at the beginning and at the end of the text{en}",
            "请在文字的开头和末尾各写一个 `{mark}`{zh}"
        )
    } else if from == to {
        both!(
            "put the text in quotation marks: write `{mark}` before `{first}`, and `{mark}` behind `{last}`{en}",
            "请给文字加上英文引号：在 `{first}` 前面写 `{mark}`，在 `{last}` 后面写 `{mark}`{zh}"
        )
    } else {
        both!(
            "write `{mark}` before `{first}` in line {from}, and `{mark}` behind `{last}` in line {to}{en}",
            "请在第 {from} 行的 `{first}` 前面和第 {to} 行的 `{last}` 后面各写一个 `{mark}`{zh}"
        )
    }
}

/// Marks of the other kind around a text that holds those which are around it, or begins with a quotation.
fn other_marks(old: char, new: char, text: &str, mend: &Mend, draft: &Draft) -> Localised<String> {
    let with = &mend.with;
    let (kind, kind_zh) = if new == '"' { ("double", "双") } else { ("single", "单") };
    if is_shown(with) {
        both!(
            "put {kind} quotation marks around the whole text in the place of these: {with}",
            "请把整段文字两头的引号换成英文{kind_zh}引号：{with}"
        )
    } else if with[1..].starts_with(old) {
        around(new, text, mend, draft)
    } else {
        both!(
            "write `{new}` in the place of the `{old}` at the beginning of the text and of that at its end",
            "请把整段文字开头和末尾的 `{old}` 改成 `{new}`"
        )
    }
}

/// Curly marks within a text, whose own stay.
fn inner_marks(with: &str) -> Localised<String> {
    if is_shown(with) {
        both!("write curly marks within the text: {with}", "文字里面的引号请用弯引号 `“` 和 `”`：{with}")
    } else {
        both!(
            "within the text write `“` and `”` in the place of the `\"`",
            "请把文字里面的 `\"` 改成弯引号 `“` 和 `”`"
        )
    }
}

fn wide_colons(text: &str) -> Localised<String> {
    let mut parts = text.split(": ");
    let first = last_word(parts.next().unwrap_or_default());
    if parts.count() > 1 {
        both!(
            "write `：`, the wide colon of Chinese, in the place of `: ` wherever that stands in the text",
            "请把这段文字里的每个 `: ` 改成全角冒号 `：`"
        )
    } else {
        both!(
            "write `：`, the wide colon of Chinese, in the place of the `: ` behind `{first}`",
            "请把 `{first}` 后面的 `: ` 改成全角冒号 `：`"
        )
    }
}

/// So many letters of a word tell where it stands.
const WORD: usize = 12;

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| !c.is_whitespace() && *c != '`').take(WORD).collect()
}

fn last_word(text: &str) -> String {
    let letters = text.chars().rev().take_while(|c| !c.is_whitespace() && *c != '`').take(WORD);
    letters.collect::<Vec<_>>().into_iter().rev().collect()
}
