//! What is said of slips that only the syntax shows.

use super::indentation::lost_dash;
use super::syntax::Slip;
use crate::both;
use crate::language::Localised;

/// What is wrong; `sign` stands there, `closing` is awaited.
pub(super) fn message(slip: Slip, sign: char, closing: char) -> Localised<String> {
    match slip {
        Slip::OpenQuote => both!("this quotation mark is never closed", "这个引号没有配对"),
        Slip::AfterQuote => {
            both!(
                "this `{sign}` ends the text, and more stands behind it",
                "文字到这个 `{sign}` 就结束了，后面却还有内容"
            )
        }
        Slip::Escape => {
            both!("an unknown sign after a backslash in this text", "这段文字中反斜杠后面的字符无法识别")
        }
        Slip::OpenBracket => {
            both!("a comma or `{closing}` is missing before this", "这里之前缺少逗号或 `{closing}`")
        }
        Slip::WrongBracket => {
            let opening = if closing == '}' { '{' } else { '[' };
            both!(
                "`{opening}` is closed with `{closing}`, not with `{sign}`",
                "`{opening}` 要用 `{closing}` 闭合，不能用 `{sign}`"
            )
        }
        Slip::TextOverLines => both!(
            "this text goes on over several lines and holds a `: `",
            "这段文字写成了几行，其中又有 `: `"
        ),
        Slip::Reference => {
            both!(
                "between `{{` and `}}`, a name with brackets needs quotation marks",
                "花括号里带方括号的名称要加上英文引号"
            )
        }
        Slip::ProseInBraces => {
            both!("a text that begins with `{{` needs quotation marks", "以 `{{` 开头的文字要加上英文引号")
        }
        Slip::ShallowInBracket => {
            both!("a line inside brackets is not indented enough", "括号中的这一行缩进不够")
        }
        Slip::ClosingBracket => both!("this `{sign}` closes nothing", "这个 `{sign}` 没有对应的左括号"),
        Slip::AfterBracket => {
            both!("the text goes on after its closing bracket", "括号已经结束，后面却还有文字")
        }
        Slip::Grid => {
            both!("the numbers of this matrix are not separated by commas", "这个矩阵的数没有用逗号分开")
        }
        Slip::Table => {
            both!(
                "the rows of this matrix are not in brackets together",
                "这个矩阵的各行没有一起写在方括号里"
            )
        }
        Slip::Call => {
            both!("a matrix is written without words around it", "矩阵直接写成方括号，外面不加别的词")
        }
        Slip::Tex => both!("LaTeX has no meaning here", "这里不能写 LaTeX"),
        Slip::Unclosed => {
            both!("a `{closing}` is missing at the end of this line", "这一行末尾缺少 `{closing}`")
        }
        Slip::SecondColon => both!(
            "a second `: ` in one line, outside of quotation marks",
            "一行中出现了第二个 `: `，而且不在引号里"
        ),
        Slip::Indentation => {
            both!("this line does not fit under the lines above it", "这一行与上面各行没有对齐")
        }
        Slip::MissingDash => {
            both!("this item of a list does not begin with `- `", "列表的这一项前面缺少 `- `")
        }
        Slip::MissingColon => both!("there is no `: ` in this line", "这一行缺少 `: `"),
        Slip::FirstCharacter if sign == '`' => both!(
            "a text without quotation marks cannot begin with the mark `",
            "没有加引号的文字不能以反引号 ` 开头"
        ),
        Slip::FirstCharacter => {
            both!(
                "a text without quotation marks cannot begin with `{sign}`",
                "没有加引号的文字不能以 `{sign}` 开头"
            )
        }
        Slip::ListOnNameLine => both!("a list with `-` cannot start here", "用 `-` 写的列表不能从这里开始"),
        Slip::BlockHeader | Slip::ClaimInSigns => {
            both!("a text after `|` or `>` begins on the next line", "`|` 或 `>` 之后的文字要从下一行开始")
        }
        Slip::TightDash => both!("there is no space after this `-`", "这个 `-` 后面缺少空格"),
        Slip::FirstLine => {
            both!("the first line stands further right than those below it", "第一行比下面各行更靠右")
        }
        Slip::Other => both!("this cannot be read from here on", "从这里开始无法读懂"),
    }
}

/// How an item is written whose `-` lacks the space before this text.
pub(super) fn with_space(text: &str) -> Localised<String> {
    let text = lost_dash::shortened(text.trim_end());
    both!("write `- {text}`, with a space after the `-`", "请写 `- {text}`，`-` 后面加一个空格")
}

/// How a matrix is written.
pub(super) fn rows() -> Localised<String> {
    both!(
        "write rows in brackets, with commas: `[[0.1, 0.2], [0.3, 0.4]]`",
        "每行写在方括号里，用逗号分开：`[[0.1, 0.2], [0.3, 0.4]]`"
    )
}

/// What to do about it.
pub(super) fn hint(slip: Slip, sign: char, closing: char) -> Localised<String> {
    match slip {
        Slip::OpenQuote => both!(
            "end the text with the same mark; lines of a text in quotation marks are indented further than its name",
            "请在文字末尾加上同样的引号；引号中的文字换行时要比它的名字缩进更多"
        ),
        Slip::AfterQuote => both!(
            "put all of it in one pair of quotation marks; inside \"…\" a mark is written \\\", inside '…' it is ''",
            "请用一对引号括住整段文字；在 \"…\" 中引号写作 \\\"，在 '…' 中写作 ''"
        ),
        Slip::Escape => both!(
            "write \\\\ for one backslash, or use '…' instead of \"…\"",
            "一个反斜杠写作 \\\\，或者改用 '…'"
        ),
        Slip::OpenBracket => both!(
            "separate with `, ` and close with `{closing}`; a text that begins with or holds brackets needs quotation marks: \"…\"",
            "各项之间用英文逗号 `, ` 分开，最后写 `{closing}`；以括号开头或含有括号的文字要加上英文引号：\"…\""
        ),
        Slip::WrongBracket => {
            both!("write `{closing}` here, where its text ends", "请在这里写 `{closing}`")
        }
        Slip::TextOverLines => {
            both!("put all of it in quotation marks: \"…\"", "请给整段文字加上英文引号：\"…\"")
        }
        Slip::Reference => {
            both!("put it in quotation marks: \"X[1, 2]\"", "请给它加上英文引号：\"X[1, 2]\"")
        }
        Slip::ProseInBraces => {
            both!(
                "put the whole text in quotation marks: \"{{…}} …\"",
                "请给整段文字加上英文引号：\"{{…}} …\""
            )
        }
        Slip::ShallowInBracket => both!(
            "indent every line up to the closing bracket further than the name before the opening one",
            "从左括号到右括号，每一行都要比左括号前面的名字缩进得更多"
        ),
        Slip::ClosingBracket => both!(
            "remove it, or put the whole text in quotation marks: \"…\"",
            "请删去它，或给整段文字加上英文引号：\"…\""
        ),
        Slip::AfterBracket => both!(
            "a text that begins with `{{` or `[` needs quotation marks around all of it: \"…\"",
            "以 `{{` 或 `[` 开头的文字，整段都要加上英文引号：\"…\""
        ),
        Slip::Grid | Slip::Table | Slip::Call => rows(),
        Slip::Tex => both!(
            "write a matrix as `[[1, 2], [3, 4]]`, and arithmetic as `sqrt(d_k)` or `1/3`",
            "矩阵写成 `[[1, 2], [3, 4]]`，算式写成 `sqrt(d_k)` 或 `1/3`"
        ),
        Slip::Unclosed => both!("write `{closing}` there", "请在那里补上 `{closing}`"),
        Slip::SecondColon => both!(
            "put the text in quotation marks: title: \"Attention: all you need\"",
            "请给文字加上英文引号：title: \"注意力: 入门\""
        ),
        Slip::Indentation => both!(
            "entries that belong together start in the same column; what belongs to an entry starts two spaces further right",
            "同一级的各行要对齐；属于某一项的内容要再缩进两个空格"
        ),
        Slip::MissingDash => both!(
            "write `- ` before it, below the `-` of the item above",
            "请在前面写上 `- `，与上一项的 `-` 对齐"
        ),
        Slip::MissingColon => both!(
            "write `name: value` with a colon and a space; a text that goes on here is indented further than its name",
            "请写成 `名字: 值`，冒号后面要有空格；如果这是上一行文字的继续，请缩进得更多"
        ),
        Slip::FirstCharacter => both!(
            "put the whole text in quotation marks: \"{sign}…\"",
            "请给整段文字加上英文引号：\"{sign}…\""
        ),
        Slip::ListOnNameLine => both!(
            "start it on its own line under the name; a text that begins with `-` needs quotation marks",
            "请从名字下面另起一行开始；如果是以 `-` 开头的文字，请加上英文引号"
        ),
        Slip::BlockHeader | Slip::ClaimInSigns => both!(
            "move it to the next line, two spaces further right than its name",
            "请另起一行，并比名字多缩进两个空格"
        ),
        Slip::TightDash => both!("write `- ` with a space", "请写成 `- `，后面加一个空格"),
        Slip::FirstLine => {
            both!("remove the spaces before it: it begins at the left edge", "请删去前面的空格，顶格写")
        }
        Slip::Other => both!(
            "look for a quotation mark or bracket that is not closed, a missing `: `, or a line that is not aligned",
            "请检查附近是否有没配对的引号或括号、缺少的 `: `，或者没有对齐的行"
        ),
    }
}
