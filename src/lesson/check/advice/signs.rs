//! Signs in texts that a proofreader would mark.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Language, Localised};
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::halfwidth;
use crate::lesson::prose::{braces, is_han};
use crate::yaml::Tree;

use super::prose::cells;

/// A sign that is not as it should be.
#[derive(Debug, PartialEq)]
enum Slip {
    /// The same sign twice.
    Doubled,
    /// Never closed.
    Open,
    /// Closes nothing.
    Closing,
    /// A fullwidth sign among letters of English, and the plain one.
    Fullwidth(&'static str),
    /// A plain sign after a Han character, and the fullwidth one.
    Halfwidth(&'static str),
    /// A fullwidth digit, letter or star, and the plain one.
    Letter(char),
    /// No blank after it.
    Tight,
    /// A blank before it.
    Loose,
}

/// Signs that nobody writes twice on purpose.
const SINGLE: [char; 8] = [',', ';', '，', '。', '、', '；', '：', ':'];
const OPENING: [char; 8] = ['(', '（', '[', '［', '【', '「', '《', '“'];
const CLOSING: [char; 8] = [')', '）', ']', '］', '】', '」', '》', '”'];
/// Plain signs, and what Chinese writes instead.
const WIDE: [(char, &str, &str); 6] = [
    (',', ",", "，"),
    (';', ";", "；"),
    (':', ":", "："),
    ('?', "?", "？"),
    ('!', "!", "！"),
    ('.', ".", "。"),
];

impl Checker<'_> {
    /// Reports signs of texts that are doubled, never closed, of the other language, or stand beside the wrong blank.
    pub(super) fn signs_are_tidy(&mut self, texts: &[&Tree]) {
        let has_han = |tree: &Tree| tree.as_text().is_some_and(|words| words.chars().any(is_han));
        let versions = texts.iter().flat_map(|text| {
            let english = text.get(Language::English.code());
            // One text for both languages is Chinese if it has a Chinese sign.
            super::versions(text).into_iter().map(move |own| (own, english != Some(own) && has_han(own)))
        });
        for (text, is_chinese) in versions {
            let words = text.as_text().unwrap_or_default();
            let mut computed = braces(words);
            computed.extend(cells(words, &self.scope()));
            for (span, slip) in slips(words, is_chinese, &computed) {
                let place = locate::in_source(self.source, text, span);
                let sign = text.as_text().and_then(|words| words.get(span.range())).unwrap_or_default();
                let (message, hint, instead) = told(&slip, sign);
                let finding = Diagnostic::new(Code::UntidySign, place, message).with_hint(hint);
                let fits = self.source.slice(place) == sign;
                self.findings.push(match instead.filter(|_| fits) {
                    Some(instead) => finding.with_fix(place, instead),
                    None => finding,
                });
            }
        }
    }
}

/// What is said of a slip, and what is written instead where that is sure.
fn told(slip: &Slip, sign: &str) -> (Localised<String>, Localised<String>, Option<String>) {
    match slip {
        Slip::Doubled => {
            let one: String = sign.chars().take(1).collect();
            let hint = both!("write `{one}` once", "只写一个 `{one}`");
            (both!("this sign stands here twice", "这个标点写了两次"), hint, Some(one))
        }
        Slip::Open => (
            both!("this `{sign}` is never closed", "这个 `{sign}` 没有配对"),
            both!("add the sign that closes it, or remove it", "请补上配对的符号，或删去它"),
            None,
        ),
        Slip::Closing => (
            both!("this `{sign}` closes nothing", "这个 `{sign}` 前面没有配对的符号"),
            both!("add the sign that opens it, or remove it", "请补上配对的符号，或删去它"),
            None,
        ),
        Slip::Fullwidth(plain) => (
            both!("a fullwidth `{sign}` in an English sentence", "英文句子里用了全角的 `{sign}`"),
            both!("write `{plain}` and a blank after it", "请写半角的 `{plain}`，后面加一个空格"),
            Some(format!("{plain} ")),
        ),
        Slip::Halfwidth(wide) => (
            both!("a plain `{sign}` in a Chinese sentence", "中文句子里用了半角的 `{sign}`"),
            both!("write `{wide}`", "请写全角的 `{wide}`"),
            Some((*wide).to_owned()),
        ),
        Slip::Letter(plain) => (
            both!("`{sign}` is a fullwidth character", "`{sign}` 是全角字符"),
            both!("write `{plain}`", "请写半角的 `{plain}`"),
            Some(plain.to_string()),
        ),
        Slip::Tight => (
            both!("there is no blank after this `{sign}`", "这个 `{sign}` 后面缺少空格"),
            both!("write `{sign} `", "请在它后面加一个空格"),
            Some(format!("{sign} ")),
        ),
        Slip::Loose => (
            both!("there is a blank before this sign", "这个标点前面多了一个空格"),
            both!("remove the blank", "请删去这个空格"),
            Some(sign.trim_start().to_owned()),
        ),
    }
}

/// The slips of a text, in its order. What is `computed`, numbers in braces and cells, is none of its words.
fn slips(text: &str, is_chinese: bool, computed: &[Span]) -> Vec<(Span, Slip)> {
    let inside = |at: usize| computed.iter().any(|span| span.range().contains(&at));
    let signs: Vec<(usize, char)> = text.char_indices().filter(|(at, _)| !inside(*at)).collect();
    let mut found = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (index, (at, c)) in signs.iter().copied().enumerate() {
        let span = Span::new(at, at + c.len_utf8());
        // Neighbours, as far as no number in braces stands between.
        let before = index.checked_sub(1).map(|it| signs[it]).filter(|(it, c)| it + c.len_utf8() == at);
        let after = signs.get(index + 1).copied().filter(|(it, _)| *it == span.end);
        let (before, after) = (before.map(|(_, c)| c), after.map(|(_, c)| c));
        if SINGLE.contains(&c) && after == Some(c) && before != Some(c) {
            found.push((Span::new(at, span.end + c.len_utf8()), Slip::Doubled));
        } else if OPENING.contains(&c) {
            open.push((at, c));
        } else if CLOSING.contains(&c) {
            if open.pop().is_none() && !is_enumeration(text, at) {
                found.push((span, Slip::Closing));
            }
        } else if let Some(plain) =
            halfwidth(c).filter(|plain| plain.is_ascii_alphanumeric() || *plain == '*')
        {
            found.push((span, Slip::Letter(plain)));
        } else if let Some(slip) = of_width(c, before, after, is_chinese) {
            found.push((span, slip));
        } else if matches!(c, ',' | ';') && !is_chinese {
            let two_letters = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            let earlier = index.checked_sub(2).map(|it| signs[it].1);
            let later = signs.get(index + 2).map(|(_, c)| *c);
            if [before, after, earlier, later].into_iter().all(two_letters) {
                found.push((span, Slip::Tight));
            } else if before == Some(' ') && after.is_none_or(char::is_whitespace) {
                found.push((Span::new(at - 1, span.end), Slip::Loose));
            }
        }
    }
    found.extend(open.into_iter().map(|(at, c)| (Span::new(at, at + c.len_utf8()), Slip::Open)));
    found.sort_by_key(|(span, _)| *span);
    found
}

/// A sign of the other language.
fn of_width(c: char, before: Option<char>, after: Option<char>, is_chinese: bool) -> Option<Slip> {
    let is_letter = |c: Option<char>| c.is_some_and(|c| is_han(c) && c.is_alphabetic());
    let (_, plain, wide) = WIDE.into_iter().find(|(plain, _, wide)| *plain == c || wide.starts_with(c))?;
    if !c.is_ascii() {
        return (!is_chinese && !before.is_some_and(is_han)).then_some(Slip::Fullwidth(plain));
    }
    let ends = after.is_none_or(|c| c.is_whitespace() || is_han(c));
    (is_chinese && is_letter(before) && ends).then_some(Slip::Halfwidth(wide))
}

/// `1)` and `b)` close nothing, and are right.
fn is_enumeration(text: &str, at: usize) -> bool {
    let number = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (1..=2).contains(&number.chars().count()) || text[..at].ends_with([':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Slip)> {
        let is_chinese = text.chars().any(|c| is_han(c) && c.is_alphabetic());
        slips(text, is_chinese, &braces(text))
            .into_iter()
            .map(|(span, slip)| (&text[span.range()], slip))
            .collect()
    }

    #[test]
    fn a_proofreader_finds_what_is_wrong() {
        assert_eq!(found("An animal,, a spot."), [(",,", Slip::Doubled)]);
        assert_eq!(found("份额，，再相加。。"), [("，，", Slip::Doubled), ("。。", Slip::Doubled)]);
        assert_eq!(found("A word (or two"), [("(", Slip::Open)]);
        assert_eq!(found("一个词（或两个"), [("（", Slip::Open)]);
        assert_eq!(found("A word or two) here"), [(")", Slip::Closing)]);
        assert_eq!(found("An animal，an amount"), [("，", Slip::Fullwidth(","))]);
        assert_eq!(found("分数,再相加"), [(",", Slip::Halfwidth("，"))]);
        assert_eq!(found("query,key and value ,all"), [(",", Slip::Tight)]);
        assert_eq!(found("query , key"), [(" ,", Slip::Loose)]);
        assert_eq!(found("全为 １"), [("１", Slip::Letter('1'))]);
        assert_eq!(found("看＊打 吧"), [("＊", Slip::Letter('*'))]);
    }

    #[test]
    fn a_proofreader_leaves_alone_what_is_right() {
        for right in [
            "From 0 to 1, [0, 1), or (0, 1]: e.g. head.Q, W_K.T and 1,000.",
            "1) first, b) second :) and (x,y), ..., a: b!",
            "注意力（attention）看 *mole*：“谁？”（{X[1, 2]}，{X[2, 1]}）",
            "看 *mole*, 它是 softmax, 共 3: x, y",
            "{X[1, 2]}, {X[2, 1]} and {X[(1), 1]}",
            "A 中 letter, and：",
        ] {
            assert_eq!(found(right), [], "{right}");
        }
    }
}
