//! What is said of YAML that lessons do not use, of signs that it does not want, and of files beyond its bounds.

use super::{MAX_DEPTH, MAX_VALUES};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// The finding for an anchor, alias or tag that starts with `mark`.
pub(super) fn unsupported_mark(span: Span, mark: char) -> Diagnostic {
    Diagnostic::new(
        Code::UnsupportedYaml,
        span,
        both!(
            "a text without quotation marks cannot begin with `{mark}`",
            "没有加引号的文字不能以 `{mark}` 开头"
        ),
    )
    .with_hint(both!(
        "put the whole text in quotation marks: \"{mark}…\"",
        "请给整段文字加上英文引号：\"{mark}…\""
    ))
}

/// The finding for a character that must not be in a lesson.
pub(super) fn control_character(span: Span, c: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    Diagnostic::new(
        Code::ControlCharacter,
        span,
        both!("an invisible sign stands here ({code})", "这里有一个看不见的字符（{code}）"),
    )
    .with_hint(both!(
        "delete it and type the text around it again; it often comes along with copied text",
        "请删去它，并重新输入附近的文字；它常常是复制粘贴时带进来的"
    ))
}

pub(super) fn item_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::YamlSyntax,
        span,
        both!("this `-` is further right than the one above", "这个 `-` 比上一个更靠右"),
    )
    .with_hint(both!(
        "let all `-` of a list start in the same column; a text that goes on here needs quotation marks",
        "同一个列表的 `-` 要对齐；如果这是上一行文字的继续，请加上英文引号"
    ))
}

/// The finding for more levels than a lesson may have.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        span,
        both!("more than {MAX_DEPTH} levels inside each other", "括号或缩进的层数超过了 {MAX_DEPTH} 层"),
    )
    .with_hint(both!(
        "a matrix needs two levels of brackets: [[1, 2], [3, 4]]",
        "矩阵只需要两层方括号：[[1, 2], [3, 4]]"
    ))
}

pub(super) fn too_many(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        span,
        both!("more than {MAX_VALUES} values in one file", "一个文件中的值超过了 {MAX_VALUES} 个"),
    )
    .with_hint(both!("large matrices can be made with `random`", "大矩阵可以用 `random` 生成"))
}

/// The finding for a fullwidth or curly sign where the plain one is wanted.
pub(super) fn fullwidth(span: Span, found: char, plain: char) -> Diagnostic {
    let message = if plain == '"' {
        both!(
            "a curly `{found}`; the plain mark `{plain}` belongs here",
            "这里用了中文引号 `{found}`，应当用英文引号 `{plain}`"
        )
    } else if plain == '-' && found != '－' {
        both!("a bullet `{found}`; a `{plain}` belongs here", "这里用了项目符号 `{found}`，应当用 `{plain}`")
    } else {
        both!(
            "a fullwidth `{found}`; a plain `{plain}` belongs here",
            "这里用了全角的 `{found}`，应当用半角的 `{plain}`"
        )
    };
    Diagnostic::new(Code::FullwidthPunctuation, span, message).with_hint(match plain {
        '"' => both!(
            "write `\"…\"`, with the input method switched to English and without automatic curly quotation marks",
            "请切换到英文输入法，写成 `\"…\"`"
        ),
        '-' if found != '－' => both!(
            "write `- ` with the minus sign of the keyboard; word processors like to change it",
            "请用键盘上的减号写成 `- `；文字处理软件常会自动改动它"
        ),
        ':' => both!(
            "write `: ` with the input method switched to English; if this is text, put it in quotation marks",
            "请切换到英文输入法，写成 `: `（冒号加空格）；如果这是普通文字，请加上英文引号"
        ),
        _ => both!(
            "write `{plain}` with the input method switched to English; if this is text, put it in quotation marks",
            "请切换到英文输入法，写成 `{plain}`；如果这是普通文字，请加上英文引号"
        ),
    })
}

/// The finding for a line with three backquotes.
pub(super) fn fence(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::YamlSyntax,
        span,
        both!(
            "this line belongs to the page that the lesson was copied from",
            "这一行是所复制网页的标记，不属于课程"
        ),
    )
    .with_hint(both!("remove it", "请删去这一行"))
}

/// The finding for a colon that YAML takes for a part of a text, between a name and a value where they are known.
pub(super) fn missing_space(span: Span, around: Option<(&str, &str)>) -> Diagnostic {
    const QUOTED: usize = 40;
    let short = around.filter(|(name, value)| {
        (1..=QUOTED).contains(&value.chars().count()) && !name.is_empty() && !value.contains('`')
    });
    let hint = match short {
        Some((name, value)) => {
            both!("write `{name}: {value}`, with a space", "请写 `{name}: {value}`，冒号后加一个空格")
        }
        None => both!("write `name: value`, with a space", "请写成 `名字: 值`，冒号后加一个空格"),
    };
    Diagnostic::new(
        Code::YamlSyntax,
        span,
        both!("there is no space after this colon", "这个冒号后面缺少空格"),
    )
    .with_hint(hint)
}
