//! Lists of too few or too many items.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at};
use crate::language::{Localised, counted};
use crate::yaml::Tree;

/// The finding for a list of another length than between `least` and `most`.
pub(super) fn wrong_length(tree: &Tree, items: &[Tree], least: usize, most: usize) -> Diagnostic {
    let (length, counts) = (items.len(), |count| counted(count, "item", "items"));
    let (fewest, largest) = (counts(least), counts(most));
    let should = if least == most {
        both!("{fewest}", " {least} 项")
    } else if length < least {
        both!("at least {fewest}", "至少 {least} 项")
    } else {
        both!("at most {largest}", "至多 {most} 项")
    };
    let message = if length < least && items.iter().any(is_option) {
        let options = counted(least, "option", "options");
        both!(
            "a question needs at least {options} to choose from, and this has {length}",
            "选择题至少要有 {least} 个选项，这里只有 {length} 个"
        )
    } else {
        Localised {
            en: format!("this list must have {}, not {length}", should.en),
            zh: format!("这个列表应当有{}，而不是 {length} 项", should.zh),
        }
    };
    let words: Option<Vec<&str>> = items
        .iter()
        .map(|item| item.as_text().filter(|text| !text.contains([' ', '，', '、', '"', ','])))
        .collect();
    let hint = match words {
        _ if items.iter().any(is_option) && length > most => both!(
            "keep {most} of them here, and ask the others in a step of their own",
            "请在这里只留 {most} 个，其余的另写一步来问"
        ),
        _ if length > most => both!("keep {most} of them", "请只留 {most} 项"),
        None if items.iter().any(|item| item.as_map().is_some()) => one_more(tree, items),
        // A line with blanks in it may be several items.
        None => both!("separate the items with `, ` inside [ ]", "各项写在 [ ] 里，用 `, ` 分开"),
        Some(mut words) => {
            words.resize(least, "…");
            let list = words.join(", ");
            both!("write the missing name for `…`: `[{list}]`", "请写 `[{list}]`，`…` 处写还缺的名称")
        }
    };
    Diagnostic::new(Code::WrongKind, tree.span, message).with_hint(hint)
}

/// The word with which an option of a question begins.
fn option_kind(item: &Tree) -> Option<&str> {
    let word = item.as_map()?.first()?.0.text.as_str();
    matches!(word, "right" | "wrong" | "claim").then_some(word)
}

fn is_option(item: &Tree) -> bool {
    option_kind(item).is_some()
}

/// What to add to a list of too few items with names; to the options of a question, one of the other kind.
fn one_more(tree: &Tree, items: &[Tree]) -> Localised<String> {
    let kind = match items.iter().find_map(option_kind) {
        Some("wrong") => "right",
        Some(_) => "wrong",
        None => return both!("add one more item like this", "请再加上同样的一项"),
    };
    let end = items.last().map_or(tree.span.end, |item| item.span.end);
    if tree.span.end > end {
        both!(
            "add another option before the last `]`: `, {{{kind}: …}}`, with its words for `…`",
            "请在最后一个 `]` 前面加上另一个选项：`, {{{kind}: …}}`，`…` 处写它的文字"
        )
    } else {
        let line = lines_at([Span::new(end.saturating_sub(1), end)]);
        let start = items.last().map_or(tree.span.start, |item| item.span.start);
        let first = lines_at([Span::new(start, start)]);
        both!(
            "below {line} add the line `- {kind}: …`, its `-` below that of {first}, with the words of another option for `…`",
            "请在{line}下面加一行 `- {kind}: …`，`-` 与{first}的 `-` 对齐，`…` 处写另一个选项的文字"
        )
    }
}
