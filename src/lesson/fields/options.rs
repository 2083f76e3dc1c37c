//! Options that begin with a letter or a number, where `right` or `wrong` belongs.

use super::both_languages::both_languages;
use super::question::OPTION;
use super::{Kind, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, lines_at};
use crate::language::{Language, Localised, all_of};
use crate::yaml::{Key, Tree, within_braces};

/// The finding for an option that begins with any other word: what stands behind it is not to go.
pub(super) fn unmarked(key: &Key, entries: &[(Key, Tree)], record: &Record) -> Option<Diagnostic> {
    if !std::ptr::eq(record, &raw const OPTION) {
        return None;
    }
    let message = both!(
        "an option begins with the word `right` or `wrong`",
        "选项要以 `right`（对）或 `wrong`（错）开头"
    );
    let name = &key.text;
    let hint = if Language::from_code(name).is_some() {
        // There are more wrong options than right ones.
        let both = both_languages(entries, Language::from_code);
        both!(
            "write `wrong: {both}`; if this option is right, `right` in the place of `wrong`",
            "请写 `wrong: {both}`；如果这个选项是对的，请把 `wrong` 换成 `right`"
        )
    } else if is_letter(name) {
        both!(
            "in the place of `{name}`, write `right` if the option is right, else `wrong`; qkv numbers the options itself",
            "请把 `{name}` 换成 `right`（选项是对的）或 `wrong`（选项是错的）；qkv 会自己编号"
        )
    } else {
        both!(
            "in the place of `{name}`, write `right` if the option is right, else `wrong`",
            "请把 `{name}` 换成 `right`（选项是对的）或 `wrong`（选项是错的）"
        )
    };
    Some(Diagnostic::new(Code::UnknownField, key.span, message).with_hint(hint))
}

/// The finding for options that stand in one text, `A. … B. …`.
pub(super) fn lettered_lines(tree: &Tree, kind: &Kind) -> Option<Diagnostic> {
    let Kind::List { of: Kind::OneOf(record), .. } = kind else { return None };
    let text = tree.as_text().filter(|_| std::ptr::eq(*record, &raw const OPTION) && !tree.is_null())?;
    let options = lettered(text);
    let options: Vec<String> = if options.len() > 1 {
        options.into_iter().map(within_braces).collect()
    } else {
        vec!["…".to_owned(); 2]
    };
    let kind = |at: usize| if at == 0 { "right" } else { "wrong" };
    let each = |before: &str, behind: &str| -> Vec<String> {
        let own = options.iter().enumerate();
        own.map(|(at, option)| format!("{before}{}: {option}{behind}", kind(at))).collect()
    };
    let message = both!(
        "options begin with the word `right` or `wrong`, and not with a letter",
        "选项要以 `right`（对）或 `wrong`（错）开头，不写字母"
    );
    // Between quotation marks it is two characters longer.
    let is_one_line = tree.span.end - tree.span.start <= text.len() + 2;
    let hint = if is_one_line {
        let list = each("{", "}").join(", ");
        both!(
            "write `[{list}]`, with `right` before each option that is right; qkv numbers them itself",
            "请写 `[{list}]`，对的选项前写 `right`；qkv 会自己编号"
        )
    } else {
        let lines = lines_at([tree.span]);
        let Localised { en, zh } = all_of(each("- ", "").into_iter().map(|line| format!("`{line}`")));
        both!(
            "in the place of {lines} write {en}, each on a line, with `right` before each option that is right; qkv numbers them itself",
            "请把{lines}改写成 {zh}，每项一行，对的选项前写 `right`；qkv 会自己编号"
        )
    };
    Some(Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint))
}

/// A letter or a number with which options are told apart elsewhere: `A`, `b.`, `(3)`, `①`, `选项A`.
fn is_letter(name: &str) -> bool {
    let bare = ["选项", "option", "Option", "答案"]
        .iter()
        .fold(name, |name, word| name.strip_prefix(word).unwrap_or(name));
    let bare = bare.trim_matches(|c: char| " .()（）、．_".contains(c));
    let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    let is_sign =
        |c: char| c.is_ascii_alphabetic() || ('①'..='⑳').contains(&c) || "一二三四五六甲乙丙丁".contains(c);
    let mut letters = bare.chars();
    is_number || letters.next().is_some_and(is_sign) && letters.next().is_none()
}

/// The texts behind `A.`, `B.` and so on, in this order.
fn lettered(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut from = 0;
    for letter in 'A'..='H' {
        let of = |sign: &str| {
            let mark = format!("{letter}{sign}");
            text[from..].find(&mark).map(|at| (from + at, from + at + mark.len()))
        };
        let Some(start) = [".", "、", "．", ")", "）", ":", "：", " "].into_iter().find_map(of) else {
            break;
        };
        from = start.1;
        starts.push(start);
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    starts.iter().zip(ends).map(|((_, start), end)| text[*start..end].trim()).collect()
}
