//! Blanks that look like those of the space bar and are others: tabs, `　` of a Chinese input method, the no-break space
//! of a word processor or web page.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, counted};

/// How many spaces wide an unusual blank is; `None` for every other character.
pub(in crate::yaml) const fn width(c: char) -> Option<usize> {
    match c {
        '\u{3000}' => Some(2),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Some(1),
        _ => None,
    }
}

/// The finding for an unusual blank where YAML wants spaces.
pub(in crate::yaml) fn unusual(span: Span, found: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(found));
    let message = match found {
        '\u{3000}' => {
            both!(
                "a wide space, as Chinese keyboards write it; a plain space belongs here",
                "这里用了全角空格，应当用半角空格"
            )
        }
        '\u{a0}' => both!(
            "this looks like a space and is another sign; it comes along with text from a web page or Word",
            "这里用了不换行空格（从网页或 Word 复制时常会带进来），应当用普通空格"
        ),
        _ => both!(
            "an unusual space ({code}), as web pages have them; a plain space belongs here",
            "这里用了网页上的特殊空格（{code}），应当用普通空格"
        ),
    };
    Diagnostic::new(Code::UnusualSpace, span, message).with_hint(both!(
        "type the spaces of this line anew with the space bar, the keyboard set to English",
        "请切换到英文输入法，用空格键重新输入这一行的空格"
    ))
}

/// The finding for such blanks at the beginnings of lines.
pub(in crate::yaml) fn unusual_at_edge(text: &str, span: Span, found: char, places: &[Span]) -> Diagnostic {
    // Of others there are as many as there should be spaces.
    if width(found) == Some(1) {
        return unusual(span, found);
    }
    let count = if let [only] = places {
        text[only.range()].chars().map(|c| width(c).unwrap_or(1)).sum()
    } else {
        width(found).unwrap_or(1)
    };
    let spaces = counted(count, "space", "spaces");
    unusual(span, found).with_hint(if places.len() == 1 {
        both!("begin the line with {spaces} instead", "请在行首改用 {count} 个半角空格")
    } else {
        both!("write {spaces} for each of these signs", "每个这样的空格请改成 {count} 个半角空格")
    })
}

/// The finding for tabs in the indentation, with what to write instead if that is known.
pub(in crate::yaml) fn tab(span: Span, instead: Option<&Localised<String>>) -> Diagnostic {
    let usual = both!("write two spaces for each step inwards", "每缩进一层请写两个空格");
    let Localised { en, zh } = instead.unwrap_or(&usual);
    Diagnostic::new(
        Code::TabIndent,
        span,
        both!("this line is moved in with the Tab key; use spaces", "这里用了 Tab 键，应当用空格"),
    )
    .with_hint(both!(
        "{en}; editors can turn the tabs of a whole file into spaces",
        "{zh}；编辑器一般可以把整个文件的 Tab 换成空格"
    ))
}

/// What to write instead of the tabs at these places, each of which is worth so many blanks.
pub(in crate::yaml) fn instead_of_tabs(text: &str, places: &[Span], width: usize) -> Localised<String> {
    if let [only] = places {
        let width = |c: char| if c == '\t' { width } else { 1 };
        let count = text[only.range()].chars().map(width).sum();
        let spaces = counted(count, "space", "spaces");
        return both!("begin the line with {spaces} instead", "请在行首改用 {count} 个空格");
    }
    let spaces = counted(width, "space", "spaces");
    both!("write {spaces} for each tab", "每个 Tab 请改成 {width} 个空格")
}

/// The finding for a tab after a `-` or a `:`, where `written` is what to type.
pub(in crate::yaml) fn tab_inside(span: Span, written: &Localised<String>) -> Diagnostic {
    let Localised { en, zh } = written;
    Diagnostic::new(
        Code::TabIndent,
        span,
        both!("the Tab key was pressed here; one space belongs here", "这里用了 Tab 键，应当用一个空格"),
    )
    .with_hint(both!("write one space instead: {en}", "请改成一个空格：{zh}"))
}
