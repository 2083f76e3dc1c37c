//! Blanks that look like those of the space bar and are others: `　` of a Chinese input method, the no-break space of
//! a word processor or web page.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// How many spaces wide an unusual blank is; `None` for every other character.
pub(super) const fn width(c: char) -> Option<usize> {
    match c {
        '\u{3000}' => Some(2),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Some(1),
        _ => None,
    }
}

/// The finding for an unusual blank where YAML wants spaces.
pub(super) fn unusual(span: Span, found: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(found));
    let message = match found {
        '\u{3000}' => {
            both!("a fullwidth blank where YAML wants spaces", "这里用了全角空格，YAML 要求用半角空格")
        }
        '\u{a0}' => both!(
            "a no-break space where YAML wants a plain one",
            "这里用了不换行空格（从网页或 Word 复制时常会带进来），YAML 要求用普通空格"
        ),
        _ => both!(
            "an unusual blank, {code}, where YAML wants spaces",
            "这里用了特殊的空格 {code}，YAML 要求用普通空格"
        ),
    };
    Diagnostic::new(Code::UnusualSpace, span, message).with_hint(both!(
        "delete it and press the space bar, with the input method switched to English",
        "请删去它，切换到英文输入法，再按空格键"
    ))
}
