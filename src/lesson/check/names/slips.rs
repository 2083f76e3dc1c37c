//! Names, numbers and tokens that a Chinese input method or a word processor has changed, and what was meant.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Axis;
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::expression::{self, halfwidth, numeral};
use crate::lesson::prose::is_han;
use crate::yaml::Tree;

/// Signs that divide words in Chinese.
pub(in crate::lesson::check) const WIDE: [char; 2] = ['，', '、'];
/// All signs that divide words elsewhere, and no tokens of a text.
pub(in crate::lesson::check) const BETWEEN: [char; 7] = ['，', '、', ',', '/', '|', '／', '｜'];

/// What a text reads with plain letters, digits and signs; `None` if it has no others.
pub(in crate::lesson::check) fn plain(text: &str) -> Option<String> {
    // The key of `_` types a dash.
    let inner = text.trim_matches(is_curly).replace("——", "_");
    let plain = |c: char| if c == '。' { '.' } else { halfwidth(c).unwrap_or(c) };
    let letters = without_lookalikes(&inner.chars().map(plain).collect::<String>());
    (letters != text && !letters.is_empty()).then_some(letters)
}

/// Letters of other alphabets, letters of print that are joined, and lowered ones, each with what it looks like.
const LOOKALIKES: [(char, &str); 47] = [
    ('а', "a"),
    ('е', "e"),
    ('о', "o"),
    ('р', "p"),
    ('с', "c"),
    ('у', "y"),
    ('х', "x"),
    ('і', "i"),
    ('ѕ', "s"),
    ('ј', "j"),
    ('А', "A"),
    ('В', "B"),
    ('Е', "E"),
    ('К', "K"),
    ('М', "M"),
    ('Н', "H"),
    ('О', "O"),
    ('Р', "P"),
    ('С', "C"),
    ('Т', "T"),
    ('Х', "X"),
    ('Α', "A"),
    ('Β', "B"),
    ('Ε', "E"),
    ('Κ', "K"),
    ('Ο', "O"),
    ('ο', "o"),
    ('ν', "v"),
    ('Χ', "X"),
    ('Ζ', "Z"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬀ', "ff"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
    ('ﬅ', "st"),
    ('ₖ', "_k"),
    ('ₘ', "_m"),
    ('ᵥ', "_v"),
    ('ₕ', "_h"),
    ('ₒ', "_o"),
    ('ₙ', "_n"),
    ('₀', "_0"),
    ('₁', "_1"),
    ('₂', "_2"),
    ('₃', "_3"),
    ('₄', "_4"),
];

/// A text in the letters that it seems to have.
pub(in crate::lesson::check) fn without_lookalikes(text: &str) -> String {
    let seems = |c: char| LOOKALIKES.iter().find(|(other, _)| *other == c).map(|(_, letters)| *letters);
    text.chars().fold(String::new(), |mut plain, c| {
        match seems(c) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(c),
        }
        plain
    })
}

pub(in crate::lesson::check) const fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '＂' | '＇')
}

/// Whether a number is written in a way that is known to be a slip.
pub(in crate::lesson::check) enum Slip {
    /// It is not.
    None,
    /// It is, and that was reported.
    Reported {
        /// The number that was meant, as far as it is one.
        meant: Option<f64>,
    },
}

impl Checker<'_> {
    /// Reports a name that is a known one in fullwidth letters or curly quotation marks, and gives the known one.
    pub(in crate::lesson::check) fn known_in_plain(
        &mut self,
        name: &str,
        span: Span,
        known: &[&str],
    ) -> Option<String> {
        let meant = plain(name).filter(|plain| known.contains(&plain.as_str()))?;
        let (message, hint) = if name.starts_with(is_curly) {
            let message = both!("`{name}` stands in curly quotation marks", "`{name}` 用了中文引号");
            (message, both!("write `{meant}`, without them", "请写 `{meant}`，不加引号"))
        } else if without_lookalikes(name) != name {
            let message = both!(
                "`{name}` has a letter that only looks like one of the alphabet",
                "`{name}` 中有一个外形相同的别的字母"
            );
            (message, both!("type it anew: `{meant}`", "请重新输入 `{meant}`"))
        } else if name.contains("——") {
            let message =
                both!("`——` is what a Chinese keyboard types for `_`", "`——` 是中文输入法打出的 `_`");
            (message, both!("write `{meant}`", "请写 `{meant}`（半角）"))
        } else {
            let message =
                both!("`{name}` has wide letters, as Chinese keyboards write them", "`{name}` 用了全角字符");
            (message, both!("write `{meant}`", "请写 `{meant}`（半角）"))
        };
        let finding = Diagnostic::new(Code::FullwidthPunctuation, span, message).with_hint(hint);
        self.findings.push(self.with_fix_of(finding, span, name, &meant));
        Some(meant)
    }

    /// The finding with a fix, if what is to be replaced really stands there.
    pub(in crate::lesson::check) fn with_fix_of(
        &self,
        finding: Diagnostic,
        span: Span,
        written: &str,
        with: &str,
    ) -> Diagnostic {
        if self.source.slice(span) == written { finding.with_fix(span, with) } else { finding }
    }

    /// Reports `0 5` where one number belongs; whether it is that. In a row that has as many entries as an axis, it is one
    /// number.
    pub(in crate::lesson::check) fn has_lost_its_point(
        &mut self,
        tree: &Tree,
        text: &str,
        row: Option<&Axis>,
    ) -> bool {
        let Span { start, end } = tree.span;
        let (before, after) = (&self.source.text[..start], &self.source.text[end..]);
        // In a row of nothing else, these are its numbers.
        let is_row = before.trim_end().ends_with('[') && after.trim_start().starts_with(']');
        let Some(number) = without_point(text).filter(|_| !is_row) else { return false };
        let (first, second) = text.split_once(' ').unwrap_or((text, ""));
        let (message, hint) = match row.and_then(|axis| Some((axis.name()?, axis.size()))) {
            Some((axis, size)) => (
                both!("a point is missing here", "这里缺少小数点"),
                both!(
                    "write `{number}`: then these are {size} numbers, as many as `{axis}` has entries",
                    "请写 `{number}`：`{axis}` 有 {size} 项，这样正好是 {size} 个数"
                ),
            ),
            None => (
                both!("a point or a comma is missing here", "这里缺少小数点或逗号"),
                both!(
                    "write `{number}` if it is one number, `{first}, {second}` if these are two",
                    "如果是一个数，请写 `{number}`；如果是两个数，请写 `{first}, {second}`"
                ),
            ),
        };
        self.report(Code::BadNumber, tree.span, message, hint);
        true
    }

    /// Reports a number that has fullwidth digits or signs, lacks a comma, or is a word for true or false; gives what
    /// was meant, as far as that is one number.
    pub(in crate::lesson::check) fn slip_of_a_number(&mut self, tree: &Tree, text: &str) -> Slip {
        let mut meant = None;
        let finding = if let Some(number) = plain(text).filter(|plain| plain.trim().parse::<f64>().is_ok()) {
            let message = both!(
                "`{text}` has wide digits or signs, as Chinese keyboards write them",
                "`{text}` 用了全角的数字或符号"
            );
            let hint = both!("write `{number}`", "请写半角的 `{number}`");
            meant = number.trim().parse().ok();
            let finding = Diagnostic::new(Code::FullwidthPunctuation, tree.span, message).with_hint(hint);
            self.with_fix_of(finding, tree.span, text, &number)
        } else if let Some([before, after]) = raised_point(text) {
            let message = both!(
                "`·` may be a decimal point or a product here",
                "这里的 `·` 可以是小数点，也可以是乘号"
            );
            let hint = both!(
                "write `{before}.{after}` for the number with decimals; the product is written `{before} * {after}`",
                "小数请写 `{before}.{after}`；相乘请写 `{before} * {after}`"
            );
            Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint)
        } else if let Some(number) = around_point(text) {
            meant = number.parse().ok();
            let message = both!("a space stands in this number", "这个数里多了一个空格");
            let hint = both!("write `{number}`", "请写成 `{number}`");
            let finding = Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint);
            self.with_fix_of(finding, tree.span, text, &number)
        } else if let Some(numbers) = without_comma(text) {
            let message = match [';', '；', '、'].into_iter().find(|sign| text.contains(*sign)) {
                Some(sign) => both!("`{sign}` should be a comma here", "这里的 `{sign}` 应当是逗号"),
                None => both!("a comma is missing between these numbers", "这几个数之间缺少逗号"),
            };
            let hint = both!("write `{numbers}`", "请写成 `{numbers}`");
            let finding = Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint);
            self.with_fix_of(finding, tree.span, text, &numbers)
        } else if matches!(text, "√" | "✓" | "✔" | "☑" | "✗" | "✘" | "☐") {
            let message = both!("a tick is no number", "`{text}` 是记号，不是数");
            let hint = both!(
                "write 1 for a feature that is there, 0 for one that is not",
                "有这个特征请写 1，没有请写 0"
            );
            Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint)
        } else if let Some(number) = numeral(text).filter(|_| !self.sizes.contains_key(text)) {
            let message = if text.contains(&number) {
                both!("a number stands here alone, without other words", "这里只写数，前后不加别的词")
            } else {
                both!("`{text}` is a number in words", "`{text}` 不是用数字写的")
            };
            let hint = both!("write `{number}`", "请写 `{number}`");
            let finding = Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint);
            let value = expression::parse(&number).ok();
            meant = value.and_then(|value| value.constant(&self.scope()).ok());
            self.with_fix_of(finding, tree.span, text, &number)
        } else if let Some(number) = truth(text) {
            let message = both!("`{text}` is a word, not a number", "`{text}` 是一个词，不是数");
            let hint =
                both!("write {number}; 1 stands for yes, 0 for no", "请写 {number}；1 表示是，0 表示否");
            let finding = Diagnostic::new(Code::BadNumber, tree.span, message).with_hint(hint);
            self.with_fix_of(finding, tree.span, text, &number.to_string())
        } else {
            return Slip::None;
        };
        self.findings.push(finding);
        Slip::Reported { meant }
    }
}

/// The tokens of the vocabulary that a text without blanks is: `我爱北京` is `我`, `爱` and `北京`. Chinese signs between
/// words are never part of one token.
pub(in crate::lesson::check) fn cut_into<'t>(token: &'t str, known: &[&str]) -> Option<Vec<&'t str>> {
    const LONGEST: usize = 200;
    if token.len() > LONGEST {
        return None;
    }
    let between: Vec<&str> = token.split(BETWEEN).collect();
    let are_words = between.iter().all(|word| !word.is_empty());
    if between.len() > 1
        && are_words
        && (token.contains(WIDE) || between.iter().all(|word| known.contains(word)))
    {
        return Some(between);
    }
    // For each place in the token, how the text before it was cut last.
    let mut cuts: Vec<Option<usize>> = vec![None; token.len() + 1];
    cuts[0] = Some(0);
    for end in (1..=token.len()).filter(|at| token.is_char_boundary(*at)) {
        let ends_here = |name: &&&str| {
            !name.is_empty() && token[..end].ends_with(**name) && cuts[end - name.len()].is_some()
        };
        cuts[end] = known.iter().filter(ends_here).max_by_key(|name| name.len()).map(|name| end - name.len());
    }
    let (mut parts, mut end) = (Vec::new(), token.len());
    while end > 0 {
        let start = cuts[end]?;
        parts.push(&token[start..end]);
        end = start;
    }
    parts.reverse();
    (parts.len() > 1).then_some(parts)
}

/// What to do about a text in a language without blanks that is one token: where it is cut is for the author to say.
pub(in crate::lesson::check) fn sentence(
    token: &str,
    known: &[&str],
    features: &Axis,
) -> Option<Localised<String>> {
    const SHORTEST: usize = 5;
    const SHOWN: usize = 8;
    let characters: Vec<char> = token.chars().collect();
    if characters.len() < SHORTEST
        || !characters.iter().all(|c| is_han(*c) || matches!(c, '，' | '。' | '！' | '？'))
    {
        return None;
    }
    let mut cut = token.to_owned();
    for name in known.iter().filter(|name| !name.is_empty()) {
        cut = cut.replace(*name, &format!(" {name} "));
    }
    let cut = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_cut = cut != token;
    let cut = if is_cut { cut } else { characters.iter().map(char::to_string).collect::<Vec<_>>().join(" ") };
    let lacking = cut.split(' ').find(|word| !known.contains(word)).unwrap_or_default();
    let zeros = vec!["0"; features.size().min(SHOWN)].join(", ");
    Some(if is_cut {
        both!(
            "without spaces the whole text is one token: write `{cut}`, with more spaces where you choose, and add each new token under `tokens` of the vocabulary, such as `{lacking}: [{zeros}]`, with your own numbers",
            "没有空格，整句话就是一个词元：请写 `{cut}`，需要时再加空格；词表里没有的词元，请加进它的 `tokens`，例如 `{lacking}: [{zeros}]`，其中的数由你来定"
        )
    } else {
        both!(
            "without spaces the whole text is one token: write `{cut}`, or put spaces only between words, and add each token under `tokens` of the vocabulary, such as `{lacking}: [{zeros}]`, with your own numbers",
            "没有空格，整句话就是一个词元：请写 `{cut}`，也可以只在词与词之间加空格；每个词元都要加进词表的 `tokens`，例如 `{lacking}: [{zeros}]`，其中的数由你来定"
        )
    })
}

/// The two numbers of `3·5`, in which nothing tells a point from a product.
fn raised_point(text: &str) -> Option<[&str; 2]> {
    let (before, after) = text.split_once(['·', '⋅'])?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = is_digits(before.trim_start_matches(['-', '−'])) && is_digits(after);
    // What is below 1 is no product.
    (is_number && before.trim_start_matches(['-', '−']) != "0").then_some([before, after])
}

/// `0 5` with a point, which may as well be two numbers.
fn without_point(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(' ')?;
    let is_one = whole.trim_start_matches('-') == "0" && !decimals.is_empty() && decimals != "0";
    (is_one && decimals.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{whole}.{decimals}"))
}

/// A number that has a space beside its point: `1 .5`.
fn around_point(text: &str) -> Option<String> {
    let (before, after) = text.split_once(" .").or_else(|| text.split_once(". "))?;
    let is_whole = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole(before.trim_start_matches(['-', '+'])) && is_whole(after)).then(|| format!("{before}.{after}"))
}

/// `1 0` or `1; 0` with the comma that is missing.
fn without_comma(text: &str) -> Option<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ';' | '；' | '、');
    let numbers: Vec<&str> = text.split(between).filter(|number| !number.is_empty()).collect();
    let all = numbers.len() > 1 && numbers.iter().all(|number| number.parse::<f64>().is_ok());
    all.then(|| numbers.join(", "))
}

/// The number for yes or no.
pub(in crate::lesson::check) fn truth(text: &str) -> Option<u8> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(1),
        "false" | "no" | "off" => Some(0),
        _ => None,
    }
}
