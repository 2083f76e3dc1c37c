//! What is said of a text that is spelled otherwise here.

use super::spellings::{ENDED, OTHER_SIGN, OTHER_TEXT, PER_CENT_FIRST, UNEQUAL};
use super::{Spelled, Surroundings, cells, relations};
use crate::both;
use crate::language::Localised;

/// What is said of a text that is spelled otherwise here, if the finding does not say it well, and what to write; a claim
/// that the numbers of the lesson bear out may be another one than is spelled.
pub(super) fn words_of(
    spelled: &Spelled,
    borne_out: Option<&str>,
    text: &str,
    around: Surroundings<'_>,
) -> (Option<Localised<String>>, Localised<String>) {
    let [open, close] = around.signs;
    let proposed = borne_out.unwrap_or(&spelled.text);
    let told = spelled.told.map(|told| told.map(str::to_owned));
    let plain = both!("write `{open}{proposed}{close}`", "请写 `{open}{proposed}{close}`");
    match spelled.told {
        Some(UNEQUAL) if around.trace.is_some() => {
            if proposed.contains(" = ") && Some(proposed) == equal(text).as_deref() {
                let message =
                    both!("this is not so, because the two are equal", "与计算结果不符：两边其实相等");
                let hint = both!(
                    "if the claim is wrong, write `{proposed}`; if the numbers are wrong, correct them, and write behind the `=` what comes out then",
                    "如果断言错了，请写 `{proposed}`；如果是数错了，请改正这些数，再在 `=` 后面写上新的结果"
                );
                return (Some(message), hint);
            }
            let hint = both!(
                "write what it is in this lesson: `{proposed}`",
                "请写出它在这节课里是什么：`{proposed}`"
            );
            (told, hint)
        }
        Some(ENDED) if close == "}" => {
            let sign = &text.trim_end()[proposed.len().min(text.trim_end().len())..];
            let message = both!(
                "`{sign}` ends the sentence: it stands behind the brace",
                "`{sign}` 是句子的标点，要写在花括号后面"
            );
            let hint = both!("write `{open}{proposed}{close}{sign}`", "请写 `{open}{proposed}{close}{sign}`");
            (Some(message), hint)
        }
        Some(PER_CENT_FIRST) => {
            let number = proposed.trim_end_matches('%');
            let hint = both!(
                "write `{open}{number}{close}` for the number, or `{open}{proposed}{close}` for per cent",
                "要写小数，请写 `{open}{number}{close}`；要写百分数，请写 `{open}{proposed}{close}`"
            );
            (told, hint)
        }
        Some(OTHER_TEXT) => {
            let message = cells::not_of_its_text(text, around.scope).map(|(token, of)| {
                both!("the text `{of}` has no token `{token}`", "文本 `{of}` 里没有词元 `{token}`")
            });
            (message.or(told), plain)
        }
        Some(OTHER_SIGN) => {
            let message = relations::other_sign(text).map(|(other, own)| {
                both!("`{other}` is written `{own}` here", "`{other}` 在这里写作 `{own}`")
            });
            (message.or(told), plain)
        }
        Some(_) | None => match borne_out.filter(|it| it.contains('±') && !text.contains('±')) {
            Some(rounded) => {
                let hint = both!(
                    "write `{rounded}`, which is right in this lesson; `±` says how far off it may be",
                    "请写 `{rounded}`，这与计算结果相符；`±` 后面是允许的误差"
                );
                (told, hint)
            }
            None => (told, plain),
        },
    }
}

/// The claim that two things are equal, of which a text says that they are not.
fn equal(text: &str) -> Option<String> {
    let (left, right) = relations::unequal_sides(text)?;
    Some(format!("{left} = {right}"))
}
