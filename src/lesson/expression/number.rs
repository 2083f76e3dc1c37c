//! Numbers that are written otherwise here: `0·5`, `0..5`, `1_000`, `2²`, `2kg`.

use super::finding::{bad, finding, hinted};
use super::sign::lowered;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// What is wrong with something that begins with a digit, and is no number.
pub(super) fn slip(text: &str, span: Span) -> Diagnostic {
    if let Some(number) = meant(text) {
        let message = both!("`{text}` is no number", "`{text}` 不是数");
        let hint = both!("write `{number}`", "请写 `{number}`");
        return hinted(finding(Code::BadNumber, span, message), hint).with_fix(span, number);
    }
    let message = both!("`{text}` is neither a number nor a name", "`{text}` 既不是数，也不是名称");
    let number = text.trim_end_matches(char::is_alphabetic);
    let hint = if number.len() < text.len() && number.parse::<f64>().is_ok() {
        both!(
            "write the number alone, `{number}`, without a unit; or a product, with `*`",
            "请只写数 `{number}`，不写单位；如果是相乘，请写 `*`"
        )
    } else {
        both!("a name begins with a letter; a product is written with `*`", "名称以字母开头；乘法要写 `*`")
    };
    hinted(bad(span, message), hint)
}

/// The number, as it is written here.
fn meant(text: &str) -> Option<String> {
    let is_number = |text: &String| text.parse::<f64>().is_ok();
    let with_points = text.replace(['·', '⋅'], ".").replace('_', "").replace("..", ".");
    let plain = Some(with_points.trim_end_matches('.').to_owned()).filter(is_number);
    plain.or_else(|| {
        let (base, power) = text.split_at(text.find(|c| lowered(c).is_some())?);
        let power: String = power.chars().map(lowered).collect::<Option<_>>()?;
        base.parse::<f64>().is_ok().then(|| format!("{base}^{power}"))
    })
}

/// So many per cent as a share of 1, with all of its digits: `0.731` for `73.1`.
pub(super) fn of_per_cent(digits: &str) -> Option<String> {
    let number: f64 = digits.parse().ok().filter(|number: &f64| number.is_finite())?;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len()) + 2;
    let share = format!("{:.decimals$}", number / 100.0);
    Some(share.trim_end_matches('0').trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_other_keyboards_and_books_are_known() {
        let cases = [
            ("0·5", "0.5"),
            ("0⋅25", "0.25"),
            ("0..5", "0.5"),
            ("0.5.", "0.5"),
            ("1_000", "1000"),
            ("2²", "2^2"),
        ];
        for (text, number) in cases {
            assert_eq!(meant(text).as_deref(), Some(number));
        }
        for text in ["2m", "1.2.3", "x²", "2x²"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
