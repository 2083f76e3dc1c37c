//! Signs that mean nothing in an expression: what is said of each, and what to write instead.

use super::finding::{bad, hinted};
use super::lexer::{NEARLY, continues_name};
use super::{keyboard, number};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, mended};
use crate::language::Localised;

/// Fractions that are one sign, as they are typed here.
const FRACTIONS: [(char, &str); 5] = [('½', "1/2"), ('⅓', "1/3"), ('⅔', "2/3"), ('¼', "1/4"), ('¾', "3/4")];

/// Raised signs by the plain ones.
const RAISED: [(char, char); 12] = [
    ('⁺', '+'),
    ('⁻', '-'),
    ('⁰', '0'),
    ('¹', '1'),
    ('²', '2'),
    ('³', '3'),
    ('⁴', '4'),
    ('⁵', '5'),
    ('⁶', '6'),
    ('⁷', '7'),
    ('⁸', '8'),
    ('⁹', '9'),
];

/// A sign that means nothing; if it is one of a Chinese keyboard, all of these in the rest of the text are put right
/// together.
pub(super) fn unknown(text: &str, sign: char, span: Span) -> Diagnostic {
    const SHORT: usize = 60;
    let typed = keyboard::signs(text, span.start);
    let Some(first) = typed
        .first()
        .filter(|first| first.span.start == span.start && !matches!(first.plain.as_str(), "?" | "!"))
        .cloned()
    else {
        return without_meaning(text, sign, span);
    };
    let (written, plain) = (&text[first.span.range()], first.plain.trim_end());
    let message = if first.is_another {
        both!(
            "`{written}` is what a Chinese keyboard types for `{plain}`",
            "`{written}` 是用中文输入法打出的 `{plain}`"
        )
    } else {
        both!("`{sign}` is a wide sign, as Chinese keyboards write it", "`{sign}` 是全角符号")
    };
    let is_one = typed.len() == 1;
    let finding = Diagnostic::new(Code::FullwidthPunctuation, first.span, message);
    let plainly = both!("write `{plain}`", "请写半角的 `{plain}`");
    let finding = typed.into_iter().fold(finding, |finding, typed| finding.with_fix(typed.span, typed.plain));
    let whole = mended(text, std::slice::from_ref(&finding));
    let hint = if is_one {
        plainly
    } else if whole.chars().count() <= SHORT && !whole.contains('`') {
        both!("write `{whole}`", "请写 `{whole}`")
    } else {
        both!(
            "write `{plain}`, and change the wide signs behind it as well",
            "请写半角的 `{plain}`，后面的全角符号也要改"
        )
    };
    hinted(finding, hint)
}

/// What is said of a sign of a plain keyboard, or of one that no keyboard types.
fn without_meaning(text: &str, sign: char, span: Span) -> Diagnostic {
    let (written, before, behind) = (&text[span.range()], text[..span.start].trim_end(), &text[span.end..]);
    let told = |message, hint| hinted(bad(span, message), hint);
    if let Some((_, plain)) = FRACTIONS.into_iter().find(|(fraction, _)| *fraction == sign) {
        let message = both!("qkv does not read the sign `{sign}`", "qkv 不读 `{sign}` 这个符号");
        return told(message, both!("write `{plain}`", "请写 `{plain}`")).with_fix(span, plain);
    }
    if lowered(sign).is_some() {
        return raised(text, span.start);
    }
    let is_number_missing = before.is_empty() || before.ends_with(['=', '<', '>', '≤', '≥']);
    let per_cent = &before[before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len()..];
    let share = number::of_per_cent(per_cent).filter(|_| behind.trim().is_empty());
    let is_number = |text: &str| text.trim().parse::<f64>().is_ok();
    if let ('%', Some(share)) = (sign, share) {
        let message = both!("a share is written as a part of 1, without `%`", "份额要写成小数，不写 `%`");
        let whole = Span::new(before.len() - per_cent.len(), span.end);
        return hinted(bad(whole, message), both!("write `{share}`", "请写 `{share}`"));
    }
    match sign {
        near if NEARLY.contains(&near) && before.is_empty() && is_number(behind) => {
            let (message, number) = (
                both!("only a number may stand here, without `{near}`", "这里只写数，前面不加 `{near}`"),
                behind.trim(),
            );
            let whole = Span::new(span.start, text.trim_end().len());
            hinted(bad(whole, message), both!("write `{number}`", "请写 `{number}`")).with_fix(whole, number)
        }
        '?' | '？' if is_number_missing => told(
            both!("a number is missing here", "这里还没有写数"),
            both!("write the number instead of `{sign}`", "请把 `{sign}` 换成一个数"),
        ),
        '{' if before.ends_with(continues_name) => told(
            both!("the cell of a matrix stands in square brackets", "矩阵的单元格要写在方括号里"),
            instead_of(sign),
        ),
        '?' | '？' => told(no_meaning(written), both!("remove it", "请删去它")),
        _ => told(no_meaning(written), instead_of(sign)),
    }
}

fn no_meaning(written: &str) -> Localised<String> {
    both!("`{written}` has no meaning here", "`{written}` 在这里没有意义")
}

/// The plain sign for a raised one.
pub(super) fn lowered(sign: char) -> Option<char> {
    RAISED.into_iter().find(|(raised, _)| *raised == sign).map(|(_, plain)| plain)
}

/// What is said of raised signs, all that stand together.
fn raised(text: &str, start: usize) -> Diagnostic {
    let end = text[start..].find(|c| lowered(c).is_none()).map_or(text.len(), |length| start + length);
    let before = text[..start].trim_end();
    let base = &before[before.trim_end_matches(|c: char| continues_name(c) || c == '.').len()..];
    let whole = Span::new(before.len() - base.len(), end);
    let exponent: String = text[start..end].chars().filter_map(lowered).collect();
    let (written, plain) = (text[whole.range()].trim_start(), format!("{base}^{exponent}"));
    let message = both!("`{written}` is written with `^` here", "`{written}` 在这里要用 `^` 来写");
    hinted(bad(whole, message), both!("write `{plain}`", "请写 `{plain}`")).with_fix(whole, plain)
}

/// What to write instead of a sign that has no meaning.
fn instead_of(sign: char) -> Localised<String> {
    match sign {
        ']' => both!("no `[` is open here: remove the `]`", "前面没有与它配对的 `[`：请删去 `]`"),
        near if NEARLY.contains(&near) => both!(
            "write `=`, and how far it may be off: `X[1, 2] = 0.42 ± 0.005`",
            "请写 `=`，并注明允许的误差：`X[1, 2] = 0.42 ± 0.005`"
        ),
        '!' | '≠' => both!(
            "write `=`, `<` or `>` instead: a claim says what something is",
            "请改用 `=`、`<` 或 `>`：断言要写明是什么"
        ),
        ';' => both!(
            "separate numbers with `, `, and write decimals after a point: `0.1, 0.2`",
            "数与数之间用英文逗号 `, ` 分开，小数点写成 `.`：`0.1, 0.2`"
        ),
        '{' | '}' => both!("write a cell as `X[1, 2]`", "单元格写成 `X[1, 2]`"),
        '$' | '\\' => both!(
            "write plain arithmetic, without LaTeX: `1/3`, `sqrt(2)`",
            "请写普通的算式，不用 LaTeX：`1/3`、`sqrt(2)`"
        ),
        '%' => both!("write a share of 1: 0.42 for 42 %", "百分数请写成小数：42 % 写作 0.42"),
        _ => both!(
            "numbers, + - * / ^ ( ), sqrt, ln, exp and cells such as `X[1, 2]` can be used",
            "可以用数、+ - * / ^ ( )、sqrt、ln、exp 以及 `X[1, 2]` 这样的单元格"
        ),
    }
}
