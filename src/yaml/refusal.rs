//! What is said of YAML that lessons do not use, of signs that it does not want, and of files beyond its bounds.

use super::draft::Draft;
use super::{MAX_DEPTH, MAX_VALUES};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::{Localised, counted, words};

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

/// The finding for such a mark that is no beginning of a text: `&x` gives what follows a name, and `*x` stands for it.
pub(super) fn without_mark(finding: Diagnostic, written: &str, draft: &Draft) -> Diagnostic {
    const SHORT: usize = 40;
    const LARGEST: usize = 20_000;
    let Some(name) = written.strip_prefix(['&', '*']).filter(|name| !name.is_empty()) else { return finding };
    let message = both!("`{written}` has no meaning in a lesson", "课程里不能写 `{written}`");
    let finding = Diagnostic { message, ..finding };
    // A file with very many of them is no lesson.
    let text = if draft.len() <= LARGEST { draft.text() } else { String::new() };
    let given = format!("&{name} ");
    let named = text.lines().find_map(|line| line.split_once(&given).map(|(_, value)| value.trim()));
    let value = named.filter(|value| value.chars().count() <= SHORT && !value.contains('`'));
    finding.with_hint(match value {
        _ if written.starts_with('&') => both!("remove `{written}`", "请删去 `{written}`"),
        Some(value) => both!(
            "write once more what stands behind `&{name}`: `{value}`",
            "请把 `&{name}` 后面的内容再写一遍：`{value}`"
        ),
        None => both!(
            "write here what it stands for, or put the whole text in quotation marks: `\"{written}\"`",
            "请直接写出它代表的内容，或给整段文字加上英文引号：`\"{written}\"`"
        ),
    })
}

/// The finding for a character that must not be in a lesson.
pub(super) fn control_character(span: Span, c: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    let Localised { en, zh } = match c {
        '\u{ad}' => words("a soft hyphen", "软连字符"),
        '\u{200b}' => words("a zero-width space", "零宽空格"),
        '\u{feff}' => words("a byte order mark", "字节顺序标记"),
        '\u{2060}' => words("a word joiner", "零宽连接符"),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            words("a line break of another kind", "特殊的换行符")
        }
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            words("one that turns the direction of writing", "改变书写方向的控制符")
        }
        _ => words("a control sign", "控制字符"),
    };
    Diagnostic::new(
        Code::ControlCharacter,
        span,
        both!("an invisible sign stands here: {en} ({code})", "这里有一个看不见的字符：{zh}（{code}）"),
    )
    .with_hint(both!(
        "type this line anew, without copying it; text from a web page or Word brings such signs along",
        "请重新输入这一行，不要复制粘贴；从网页或 Word 复制文字时常会带进这种字符"
    ))
}

/// The finding for such a character where a new line should begin.
pub(super) fn line_break(span: Span, c: char, count: usize) -> Diagnostic {
    let finding = control_character(span, c);
    if count == 1 {
        return finding.with_hint(both!(
            "delete this sign, press Enter there, and keep the spaces behind it; a word processor writes such a sign for Shift and Enter",
            "请删去这个字符，在那里按回车键换行，保留后面的空格；这种字符多半来自 Word 里的 Shift+回车"
        ));
    }
    let message = both!(
        "{count} invisible signs stand here: line breaks of another kind",
        "这里有 {count} 个看不见的字符：另一种换行符"
    );
    Diagnostic { message, ..finding }.with_hint(both!(
        "at each marked place delete the sign, press Enter, and keep the spaces behind it; a word processor writes such signs for Shift and Enter",
        "请在标出的每一处删去这个字符，再按回车键换行，保留后面的空格；这种字符多半来自 Word 里的 Shift+回车"
    ))
}

/// The finding for a `-` in a text that began in an item whose own `-` is at `above`, so many columns further left.
pub(super) fn item_too_deep(dash: Span, above: Span, by: usize) -> Diagnostic {
    let spaces = counted(by, "space", "spaces");
    let message = both!("this `-` does not stand below the others", "这个 `-` 没有与其他的 `-` 对齐");
    Diagnostic::new(Code::YamlSyntax, dash, message)
        .with_hint(both!("remove {spaces} before it", "请删去它前面的 {by} 个空格"))
        .with_related(above, both!("the item above", "上一项"))
}

/// The finding for more levels than a lesson may have.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        span,
        both!(
            "more than {MAX_DEPTH} brackets or levels of lines inside each other",
            "括号或缩进的层数超过了 {MAX_DEPTH} 层"
        ),
    )
    .with_hint(both!(
        "a matrix needs two brackets, as in `[[1, 2], [3, 4]]`: remove all the others",
        "矩阵只需要两层方括号，如 `[[1, 2], [3, 4]]`：请删去其余各层"
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
            "a curly `{found}`; a plain `{plain}` belongs here",
            "这里用了中文引号 `{found}`，应当用英文引号 `{plain}`"
        )
    } else if plain == '-' && matches!(found, '–' | '—' | '‒' | '―' | '−') {
        both!("a long dash `{found}`; a `{plain}` belongs here", "这里用了长横线 `{found}`，应当用 `{plain}`")
    } else if plain == '-' && found != '－' {
        both!("a bullet `{found}`; a `{plain}` belongs here", "这里用了项目符号 `{found}`，应当用 `{plain}`")
    } else {
        both!(
            "a wide `{found}`, as Chinese keyboards write it; a plain `{plain}` belongs here",
            "这里用了全角的 `{found}`，应当用半角的 `{plain}`"
        )
    };
    Diagnostic::new(Code::FullwidthPunctuation, span, message).with_hint(match plain {
        '"' => both!(
            "write `\"`, the plain quotation mark of the keyboard, before and behind each text that has curly ones",
            "请切换到英文输入法，把每段文字前后的中文引号都改成 `\"`"
        ),
        '-' if found != '－' => both!(
            "write `-`, the minus sign of the keyboard, in its place, with one space behind it; word processors like to change it",
            "请改成键盘上的减号 `-`，后面空一格；文字处理软件常会自动改动它"
        ),
        ':' => both!(
            "write `: `, a colon and a space, with the keyboard set to English",
            "请切换到英文输入法，写成 `: `（冒号加空格）"
        ),
        _ => both!("write `{plain}` with the keyboard set to English", "请切换到英文输入法，写成 `{plain}`"),
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
    .with_hint(both!("remove this line", "请删去这一行"))
}

/// The finding for `show:: X`, between its name and its value.
pub(super) fn doubled_colon(span: Span, (name, value): (&str, &str)) -> Diagnostic {
    const QUOTED: usize = 40;
    let is_short = value.chars().count() <= QUOTED && !value.contains('`');
    let written = format!("{name}: {}", if is_short { value } else { "…" });
    let written = written.trim_end();
    let message = both!("this colon stands here twice", "这里写了两个冒号");
    Diagnostic::new(Code::YamlSyntax, span, message).with_hint(both!("write `{written}`", "请写 `{written}`"))
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
