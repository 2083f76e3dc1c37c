//! Signs in texts that a proofreader would mark.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Language, Localised};
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::halfwidth;
use crate::lesson::prose::{braces, cells, doubled_braces, is_han};
use crate::yaml::{Style, Tree};

/// A sign that is not as it should be.
#[derive(Debug, PartialEq)]
enum Slip {
    /// The same sign twice.
    Doubled,
    /// Never closed.
    Open,
    /// Closes nothing.
    Closing,
    /// A fullwidth sign among letters of English, and what is written instead.
    Fullwidth(String),
    /// A plain sign after a Han character, and the fullwidth one.
    Halfwidth(&'static str),
    /// A fullwidth digit, letter or star, and the plain one.
    Letter(char),
    /// Words between fullwidth stars, and the same between plain ones.
    Emphasis(String),
    /// No blank after it.
    Tight,
    /// In the middle of a word, where it can only be there by mistake.
    Inside,
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
    /// The `misplaced` texts have Chinese words where English ones belong.
    pub(super) fn signs_are_tidy(&mut self, texts: &[&Tree], misplaced: &[Span]) {
        let has_han = |tree: &Tree| tree.as_text().is_some_and(|words| words.chars().any(is_han));
        let versions = texts.iter().flat_map(|text| {
            let english = text.get(Language::English.code()).filter(|_| !misplaced.contains(&text.span));
            // One text for both languages is Chinese if it has a Chinese sign.
            super::versions(text).into_iter().map(move |own| (own, english != Some(own) && has_han(own)))
        });
        for (text, is_chinese) in versions {
            let words = text.as_text().unwrap_or_default();
            let mut computed = braces(words);
            computed.extend(cells(words, &self.scope()));
            computed.extend(doubled_braces(words));
            computed.extend(self.markup_in(words));
            for (span, slip) in slips(words, is_chinese, &computed) {
                let place = locate::in_source(self.source, text, span);
                let sign = text.as_text().and_then(|words| words.get(span.range())).unwrap_or_default();
                let (message, hint, instead) = told(&slip, sign);
                let finding = Diagnostic::new(Code::UntidySign, place, message).with_hint(hint);
                // YAML would read the text otherwise.
                let plain = text.as_scalar().is_some_and(|scalar| scalar.style == Style::Plain);
                self.findings.push(match instead.filter(|it| !plain || !it.contains([',', ':'])) {
                    Some(instead) => self.with_fix_of(finding, place, sign, &instead),
                    None => finding,
                });
            }
        }
    }
}

/// The sign that closes what another one opens.
fn closing(sign: &str) -> Option<char> {
    let sign = sign.chars().next()?;
    OPENING.iter().position(|open| *open == sign).map(|at| CLOSING[at])
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
            match closing(sign) {
                Some(closing) => both!(
                    "write `{closing}` where it ends, or remove it",
                    "请在它结束的地方写 `{closing}`，或删去它"
                ),
                None => both!("add the sign that closes it, or remove it", "请补上配对的符号，或删去它"),
            },
            None,
        ),
        Slip::Closing => (
            both!("this `{sign}` closes nothing", "这个 `{sign}` 前面没有配对的符号"),
            both!("add the sign that opens it, or remove it", "请补上配对的符号，或删去它"),
            None,
        ),
        Slip::Fullwidth(plain) => (
            both!(
                "a wide `{sign}`, as Chinese keyboards write it, in an English sentence",
                "英文句子里用了全角的 `{sign}`"
            ),
            write_plain(plain),
            Some(plain.clone()),
        ),
        Slip::Halfwidth(wide) => (
            both!("a plain `{sign}` in a Chinese sentence", "中文句子里用了半角的 `{sign}`"),
            both!("write `{wide}`", "请写全角的 `{wide}`"),
            Some((*wide).to_owned()),
        ),
        Slip::Letter(plain) => (
            both!("`{sign}` is a wide sign, as Chinese keyboards write it", "`{sign}` 是全角字符"),
            both!("write `{plain}`", "请写半角的 `{plain}`"),
            Some(plain.to_string()),
        ),
        Slip::Emphasis(plain) => (
            both!("these stars are wide, as Chinese keyboards write them", "这两个星号是全角字符"),
            both!("write `{plain}`", "请写半角的 `{plain}`"),
            Some(plain.clone()),
        ),
        Slip::Tight => (
            both!("there is no space after this `{sign}`", "这个 `{sign}` 后面缺少空格"),
            both!("write `{sign} `", "请在它后面加一个空格"),
            Some(format!("{sign} ")),
        ),
        Slip::Inside if sign == "'" => (
            both!("this `'` stands among Chinese characters", "这个 `'` 夹在汉字中间"),
            both!("remove it; Chinese quotation marks are “…”", "请删去它；中文引号写作“…”"),
            None,
        ),
        Slip::Inside => (
            both!("this `{sign}` stands inside a word", "这个 `{sign}` 夹在字词中间"),
            both!("remove it, or put spaces around it", "请删去它；如果需要，请在两边加空格"),
            None,
        ),
        Slip::Loose => (
            both!("there is a space before this sign", "这个标点前面多了一个空格"),
            both!("remove the space", "请删去这个空格"),
            Some(sign.trim_start().to_owned()),
        ),
    }
}

/// A sign with its neighbours, as far as no number in braces stands between.
struct Sign {
    at: usize,
    is: char,
    before: [Option<char>; 2],
    after: [Option<char>; 2],
}

impl Sign {
    const fn span(&self) -> Span {
        Span::new(self.at, self.at + self.is.len_utf8())
    }

    /// Two letters of a plain word on each side.
    fn is_in_a_word(&self) -> bool {
        let letter = |c: &Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        self.before.iter().chain(&self.after).all(letter)
    }
}

/// The signs of a text outside of what is `computed`, numbers in braces and cells, which is none of its words.
fn signs(text: &str, computed: &[Span]) -> Vec<Sign> {
    let mut computed: Vec<Span> = computed.to_vec();
    computed.sort();
    let (mut spans, mut end) = (computed.into_iter().peekable(), 0);
    let words: Vec<(usize, Option<char>)> = text
        .char_indices()
        .map(|(at, c)| {
            while let Some(span) = spans.next_if(|span| span.start <= at) {
                end = end.max(span.end);
            }
            (at, (at >= end).then_some(c))
        })
        .collect();
    let near = |index: Option<usize>| index.and_then(|index| words.get(index)?.1);
    let sign = |(index, (at, is)): (usize, &(usize, Option<char>))| {
        let before = near(index.checked_sub(1));
        let after = near(Some(index + 1));
        Some(Sign {
            at: *at,
            is: (*is)?,
            before: [before, before.and_then(|_| near(index.checked_sub(2)))],
            after: [after, after.and_then(|_| near(Some(index + 2)))],
        })
    };
    words.iter().enumerate().filter_map(sign).collect()
}

/// The slips of a text, in its order.
fn slips(text: &str, is_chinese: bool, computed: &[Span]) -> Vec<(Span, Slip)> {
    let signs = signs(text, computed);
    let mut found = unpaired(text, &signs);
    let mut second_star = None;
    for sign in &signs {
        let (is, [before, earlier], [after, second]) = (sign.is, sign.before, sign.after);
        let span = sign.span();
        let twice = after == Some(is) && before != Some(is);
        // `0..3` is a range, `../X` a folder.
        let ends = before.is_some_and(char::is_alphabetic) && second.is_none_or(char::is_whitespace);
        if twice && (SINGLE.contains(&is) || is == '.' && ends) {
            found.push((Span::new(sign.at, span.end + is.len_utf8()), Slip::Doubled));
        } else if second_star.take_if(|at| *at == sign.at).is_some() {
            // It was told with the first.
        } else if let Some((other, plain)) = wide_emphasis(text, sign) {
            found.push((Span::new(sign.at, other.end), Slip::Emphasis(plain)));
            second_star = Some(other.start);
        } else if let Some(plain) =
            halfwidth(is).filter(|plain| plain.is_ascii_alphanumeric() || *plain == '*')
        {
            found.push((span, Slip::Letter(plain)));
        } else if is_chinese && ends_behind_a_number(text, sign) {
            found.push((span, Slip::Halfwidth("。")));
        } else if let Some(slip) = of_width(sign, is_chinese) {
            found.push((span, slip));
        } else if matches!(is, ',' | ';' | '!' | '?') && sign.is_in_a_word() {
            found.push((span, Slip::Tight));
        } else if is_astray(sign) {
            found.push((span, Slip::Inside));
        } else if (matches!(is, ',' | ';')
            || matches!(is, '.' | '!' | '?') && earlier.is_some_and(|c| c.is_ascii_lowercase()))
            && !is_chinese
            && before == Some(' ')
            && after.is_none_or(char::is_whitespace)
        {
            found.push((Span::new(sign.at - 1, span.end), Slip::Loose));
        }
    }
    found.sort_by_key(|(span, _)| *span);
    found
}

/// The other star of `＊words＊`, and the words between plain ones.
fn wide_emphasis(text: &str, sign: &Sign) -> Option<(Span, String)> {
    const WIDE: char = '＊';
    let rest = text[sign.at..].strip_prefix(WIDE)?;
    let (words, _) = rest.split_once(WIDE)?;
    let is_one = !words.is_empty() && words.trim() == words && !words.contains(['*', '\n']);
    let start = sign.at + WIDE.len_utf8() + words.len();
    is_one.then(|| (Span::new(start, start + WIDE.len_utf8()), format!("*{words}*")))
}

/// Brackets and quotation marks without their partners.
fn unpaired(text: &str, signs: &[Sign]) -> Vec<(Span, Slip)> {
    let mut found = Vec::new();
    let mut open: Vec<Span> = Vec::new();
    for sign in signs {
        if OPENING.contains(&sign.is) {
            open.push(sign.span());
        } else if CLOSING.contains(&sign.is) && open.pop().is_none() && !is_enumeration(text, sign) {
            found.push((sign.span(), Slip::Closing));
        }
    }
    found.extend(open.into_iter().map(|span| (span, Slip::Open)));
    let quotes: Vec<&Sign> = signs.iter().filter(|sign| sign.is == '"').collect();
    // After a number it may stand for inches.
    let inches = |sign: &&Sign| sign.before[0].is_some_and(|c| c.is_ascii_digit());
    if let (Some(last), 1) = (quotes.last(), quotes.len() % 2)
        && !quotes.iter().any(inches)
    {
        let lone = quotes.iter().find(|sign| sign.is_in_a_word()).unwrap_or(last);
        found.push((lone.span(), Slip::Open));
    }
    found
}

/// A sign of the other language.
fn of_width(sign: &Sign, is_chinese: bool) -> Option<Slip> {
    let ([before, _], [after, _]) = (sign.before, sign.after);
    let is_letter = |c: Option<char>| c.is_some_and(|c| is_han(c) && c.is_alphabetic());
    let (_, plain, wide) =
        WIDE.into_iter().find(|(plain, _, wide)| *plain == sign.is || wide.starts_with(sign.is))?;
    if !sign.is.is_ascii() {
        let blank = if after.is_none_or(char::is_whitespace) { "" } else { " " };
        return (!is_chinese && !before.is_some_and(is_han))
            .then(|| Slip::Fullwidth(format!("{plain}{blank}")));
    }
    let ends = after.is_none_or(|c| c.is_whitespace() || is_han(c));
    let closes = before.is_some_and(|c| !c.is_ascii() && CLOSING.contains(&c));
    let joins = sign.is != '.' && is_letter(after) && before.is_some_and(|c| c.is_ascii_alphabetic());
    (is_chinese && (ends && (is_letter(before) || closes) || joins)).then_some(Slip::Halfwidth(wide))
}

/// A plain full stop between a number in braces and the end of a text.
fn ends_behind_a_number(text: &str, sign: &Sign) -> bool {
    sign.is == '.' && text[..sign.at].ends_with('}') && text[sign.span().end..].trim_end().is_empty()
}

/// `±` between letters, `'` and `±` between Han characters: no formula has them there.
fn is_astray(sign: &Sign) -> bool {
    let ([before, _], [after, _]) = (sign.before, sign.after);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let han = |c: char| is_han(c) && c.is_alphabetic();
    let in_han = before.is_some_and(han) && after.is_none_or(han);
    match sign.is {
        '±' => in_han || letter(before) && letter(after),
        '\'' => in_han,
        _ => false,
    }
}

/// `1)` and `b)` at the start of a word close nothing, and are right; so are `:)` and `;)`.
fn is_enumeration(text: &str, sign: &Sign) -> bool {
    let before = &text[..sign.at];
    let number = before.chars().rev().take(3).take_while(|c| c.is_alphanumeric()).count();
    let counts = (1..=2).contains(&number) && sign.after[0].is_none_or(|c| !c.is_ascii_alphanumeric());
    matches!(sign.is, ')' | '）') && (counts || before.ends_with([':', ';']))
}

fn write_plain(plain: &str) -> Localised<String> {
    match plain.strip_suffix(' ') {
        Some(sign) => both!("write `{sign}` and a space after it", "请写半角的 `{sign}`，后面加一个空格"),
        None => both!("write `{plain}`", "请写半角的 `{plain}`"),
    }
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
        assert_eq!(found("An animal，an amount"), [("，", Slip::Fullwidth(", ".to_owned()))]);
        assert_eq!(found("分数,再相加"), [(",", Slip::Halfwidth("，"))]);
        assert_eq!(found("query,key and value ,all"), [(",", Slip::Tight)]);
        assert_eq!(found("query , key"), [(" ,", Slip::Loose)]);
        assert_eq!(found("全为 １"), [("１", Slip::Letter('1'))]);
        assert_eq!(found("看＊打 吧"), [("＊", Slip::Letter('*'))]);
        assert_eq!(found("It ends.. So"), [("..", Slip::Doubled)]);
        assert_eq!(found("It ends!And so"), [("!", Slip::Tight)]);
        assert_eq!(found("Thre±e or wo)rd"), [("±", Slip::Inside), (")", Slip::Closing)]);
        assert_eq!(found("a \"word or two"), [("\"", Slip::Open)]);
        assert_eq!(found("a \"wo\"rd\" or two"), [("\"", Slip::Open)]);
        assert_eq!(found("It ends ."), [(" .", Slip::Loose)]);
        assert_eq!(
            found("“谁”:再看 softmax,再"),
            [(":", Slip::Halfwidth("：")), (",", Slip::Halfwidth("，"))]
        );
        assert_eq!(found("分数是 {X[1, 2]}."), [(".", Slip::Halfwidth("。"))]);
        assert_eq!(found("低温'"), [("'", Slip::Inside)]);
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
            "It's 5\" wide ... or so: a=b, d_k=64 and n ± 1; see head.Q and lesson.yaml.",
            "From nn.Linear(bias=False) and rows 0..3 of ../a.yaml: query:key, \"GPT-2\" is 5\" or Q . K.",
            "共两步：1）查询；2）键。",
            "1. 首先 2.其次：误差±0.5，共 3:1",
            "a) one; (b) two; 10) ten",
        ] {
            assert_eq!(found(right), [], "{right}");
        }
    }
}
