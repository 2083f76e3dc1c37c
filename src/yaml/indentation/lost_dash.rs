//! Items of a list that lack their `- `, below an item that has it.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{indent, is_dashed, line_above};
use crate::yaml::structure::outline::entry;

/// So many lines above are looked at.
const FAR: usize = 200;

/// The line of the item above whose `-` stands in the column in which the line of `at` begins; of a row, also further left.
pub(in crate::yaml) fn item_above(at: usize, draft: &Draft) -> Option<usize> {
    let own = draft.line(at).0;
    let column = indent(own, draft);
    if let Some(above) = line_above(own, draft).filter(|above| is_row(own, draft) && is_row(*above, draft))
        && is_dashed(above + indent(above, draft), draft.line(above).1, draft)
        && indent(above, draft) < column
    {
        return Some(above);
    }
    let lines = std::iter::successors(line_above(own, draft), |line| line_above(*line, draft)).take(FAR);
    let above = lines.into_iter().find(|line| indent(*line, draft) <= column)?;
    let fits = indent(above, draft) == column && is_dashed(above + column, draft.line(above).1, draft);
    fits.then_some(above)
}

/// Whether a line, or the item in it, is one list in brackets: nothing else may go on below it.
fn is_row(line: usize, draft: &Draft) -> bool {
    let text = text(line, draft);
    text.starts_with('[') && text.ends_with(']') && text.matches('[').count() == text.matches(']').count()
}

/// The finding for a line whose `- ` belongs below that of the item that begins in the line `above`.
pub(in crate::yaml) fn finding(line: usize, above: usize, draft: &Draft) -> Diagnostic {
    let start = line + indent(line, draft);
    let own = text(line, draft);
    if is_ellipsis(&own) {
        let (message, hint) = left_out(&own);
        let place = draft.span(start, start + own.chars().count());
        return Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
    }
    let message = both!("this item of a list does not begin with `- `", "列表的这一项前面缺少 `- `");
    let place = draft.span(start, start + text(line, draft).chars().count());
    let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(how(line, above, draft));
    let above = with_own_dash(above, draft);
    let dash = above + indent(above, draft);
    finding.with_related(draft.span(dash, dash + 1), both!("the item above", "上一项"))
}

/// How such a line is written.
pub(in crate::yaml) fn how(line: usize, above: usize, draft: &Draft) -> Localised<String> {
    let written = as_item(line, indent(above, draft), draft);
    let number = draft.number(with_own_dash(above, draft));
    both!(
        "write `{written}`, with its `-` straight below the `-` of line {number}",
        "请写成 `{written}`，让 `-` 与第 {number} 行的 `-` 对齐"
    )
}

/// The nearest such item that has its `-` in the file: that of the one above may be lost as well.
fn with_own_dash(above: usize, draft: &Draft) -> usize {
    let column = indent(above, draft);
    let has_own = |line: &usize| draft.exact(line + column, line + column + 1).is_some();
    let lines = std::iter::successors(Some(above), |line| line_above(*line, draft)).take(FAR);
    let beside = lines.take_while(|line| indent(*line, draft) >= column);
    let mut items = beside.filter(|line| {
        is_dashed(line + column, draft.line(*line).1, draft) && indent(*line, draft) == column
    });
    items.find(has_own).unwrap_or(above)
}

/// A line as the first of an item whose `-` stands in `column`; a long one with its name alone.
pub(in crate::yaml) fn as_item(line: usize, column: usize, draft: &Draft) -> String {
    let (blanks, text) = (" ".repeat(column), text(line, draft));
    let own: String = text.chars().skip(marker(&text)).collect();
    format!("{blanks}- {}", shortened(&own))
}

/// How many characters of a text are a sign with which others begin an item: `—`, `①`, `2、`.
pub(in crate::yaml) fn marker(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign = rest.chars().next();
    let is_sign = if rest.len() < text.len() {
        sign.is_some_and(|c| matches!(c, '.' | '、' | '．' | ')' | '）'))
    } else {
        sign.is_some_and(|c| matches!(c, '①'..='⑳' | '—' | '–' | '－' | '•' | '●' | '·'))
    };
    let Some(sign) = sign.filter(|_| is_sign) else { return 0 };
    let behind = rest[sign.len_utf8()..].trim_start_matches([sign, ' ']);
    // `—2` is a number, and so is `2.5`.
    let begins_item = behind.starts_with(|c: char| c == '[' || c == '{' || c.is_alphabetic());
    if begins_item { text.chars().count() - behind.chars().count() } else { 0 }
}

/// Whether a text stands for something that was left out.
pub(in crate::yaml) fn is_ellipsis(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '.' | '…' | '⋮')) && text != "."
}

/// What is said of such a text.
pub(in crate::yaml) fn left_out(text: &str) -> (Localised<String>, Localised<String>) {
    (
        both!(
            "`{text}` stands for lines that were left out, and qkv does not fill them in",
            "`{text}` 表示省略，qkv 不会补上"
        ),
        both!(
            "write the lines that belong here in its place, each of them whole; if there are none, remove it",
            "请把省略的各行都完整地写在这里；如果没有，就删去它"
        ),
    )
}

/// What stands in a line, or its name and `…` where that is long or could not be quoted.
pub(in crate::yaml) fn shortened(text: &str) -> String {
    const SHORT: usize = 40;
    if text.chars().count() <= SHORT && !text.contains('`') {
        return text.to_owned();
    }
    let beginning: String = text.chars().take_while(|c| !matches!(c, ':' | '：' | '`')).take(SHORT).collect();
    let colon = text[beginning.len()..].starts_with([':', '：']);
    format!("{beginning}{} …", if colon { ":" } else { "" })
}

fn text(line: usize, draft: &Draft) -> String {
    let text: String = draft.slice(line + entry(line, draft).column, draft.line(line).1).iter().collect();
    text.trim_end().to_owned()
}
