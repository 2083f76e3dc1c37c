//! Lists whose first item lacks its `- `, while the items below it have theirs.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Localised, all_of};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::lost_dash;
use crate::yaml::indentation::{FAR, indent, is_dashed, is_idle, line_above, put_before, remove_before};
use crate::yaml::structure::lines::begins_entry;
use crate::yaml::structure::outline::{self, Table};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the line of `at` begins with `- `, and what stands above it under the same name does not.
pub(in crate::yaml) fn without_dash(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let (second, end) = draft.line(at);
    let column = indent(second, draft);
    if !is_dashed(second + column, end, draft) {
        return None;
    }
    let above = first_item(second, column, draft)?;
    let first = *above.first()?;
    let belongs = table(&outline::above(first, indent(first, draft), draft));
    if belongs.is_some_and(|it| it.has_names_without_dashes()) {
        return Some(stray_dash(second, draft));
    }
    explained(&above, second, draft)
}

/// What is said of a `- ` below names, where no list belongs.
fn stray_dash(line: usize, draft: &Draft) -> Explained {
    let outline::Entry { dash, column, name, .. } = outline::entry(line, draft);
    let start = line + dash.unwrap_or_default();
    let message = both!("no `- ` belongs among these names", "这些名字当中不应有 `- `");
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, start + 1), message);
    let mend = Mend { start, end: line + column, with: " ".repeat(line + column - start) };
    if name.is_some() {
        let hint = both!("write a space in the place of `-`", "请把 `-` 改成空格");
        return Explained::new(finding.with_hint(hint), vec![mend], draft).about_indentation();
    }
    let text: String = draft.slice(line + column, draft.line(line).1).iter().collect();
    let value = lost_dash::shortened(text.trim_end());
    if let Some(name) = name_left(line, draft) {
        let hint = both!("write `{name}: {value}`, without the `-`", "请写 `{name}: {value}`，不写 `-`");
        let mend = Mend { with: format!("{name}: "), ..mend };
        return Explained::new(finding.with_hint(hint), vec![mend], draft).about_indentation();
    }
    let hint = both!(
        "in the place of the `-` write the name of this row and `: `, as in the rows above",
        "请像上面各行那样，把 `-` 改成这一行的名字和 `: `"
    );
    let mend = Mend { with: "_: ".to_owned(), ..mend };
    Explained { finding: finding.with_hint(hint), about_indentation: true, mends: vec![mend] }
}

/// The name that a line lacks, if those above it and this one are all the words of a list in the file.
fn name_left(line: usize, draft: &Draft) -> Option<String> {
    let column = indent(line, draft);
    let lines = std::iter::successors(line_above(line, draft), |at| line_above(*at, draft));
    let names: Option<Vec<String>> = lines
        .take_while(|at| indent(*at, draft) >= column)
        .filter(|at| indent(*at, draft) == column)
        .map(|at| outline::entry(at, draft).name)
        .collect();
    let names = names.filter(|names| !names.is_empty())?;
    let text = draft.text();
    let mut lists = text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(list, _)| list);
    lists.find_map(|list| {
        let words: Vec<&str> = list.split(',').map(str::trim).collect();
        let has_all =
            words.len() == names.len() + 1 && names.iter().all(|name| words.contains(&name.as_str()));
        words.into_iter().find(|word| has_all && !names.iter().any(|name| name == word)).map(str::to_owned)
    })
}

/// What is wrong with these lines, which are the first item of the list that goes on in the line `second`.
pub(in crate::yaml) fn explained(lines: &[usize], second: usize, draft: &Draft) -> Option<Explained> {
    let (column, end) = (indent(second, draft), draft.line(second).1);
    let (first, last) = (*lines.first()?, draft.line(*lines.first()?).1);
    let own = indent(first, draft);
    let has_dash = is_dashed(first + own, last, draft);
    let several = if has_dash { Vec::new() } else { options(lines, draft) };
    if several.len() > 1 {
        return Some(of_several(lines, &several, second, draft));
    }
    let mends =
        if has_dash { moved_left(lines, own - column, draft) } else { with_dash(lines, column, draft) };
    let (place, message, hint) = if has_dash {
        let number = draft.number(second);
        let message = both!(
            "this `-` stands further right than that of line {number}",
            "这个 `-` 比第 {number} 行的 `-` 更靠右"
        );
        (draft.span(first + own, first + own + 1), message, remove_before(lines, own - column, draft))
    } else {
        let message =
            both!("the first item of this list does not begin with `- `", "这个列表的第一项前面缺少 `- `");
        (draft.span(first + own, last), message, how_to_dash(lines, second, column, draft))
    };
    let finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint).with_related(
        draft.span(second + column, end),
        both!("the next item begins with `- `", "下一项以 `- ` 开头"),
    );
    Some(Explained::new(finding, mends, draft).about_indentation())
}

/// The lines, among these, that each begin an option of a question: one option is not both right and wrong.
fn options(lines: &[usize], draft: &Draft) -> Vec<usize> {
    const OPTIONS: [&str; 3] = ["right", "wrong", "claim"];
    let own = lines.first().map_or(0, |first| indent(*first, draft));
    let is_option = |line: &&usize| {
        let name = outline::entry(**line, draft).name;
        indent(**line, draft) == own && name.is_some_and(|name| OPTIONS.contains(&name.as_str()))
    };
    lines.iter().filter(is_option).copied().collect()
}

/// What is said of several options that lack their dashes, above the line `second`, which has its own.
fn of_several(lines: &[usize], options: &[usize], second: usize, draft: &Draft) -> Explained {
    let (column, end) = (indent(second, draft), draft.line(second).1);
    let parts = || {
        let next = |at: usize| options.get(at + 1).copied();
        let part = move |at: usize, from: usize| {
            lines.iter().copied().filter(move |line| *line >= from && next(at).is_none_or(|to| *line < to))
        };
        options.iter().enumerate().map(move |(at, from)| part(at, *from).collect::<Vec<_>>())
    };
    let mends = parts().flat_map(|part| with_dash(&part, column, draft)).collect();
    let written: Vec<String> =
        options.iter().map(|line| format!("`{}`", lost_dash::as_item(*line, column, draft))).collect();
    let Localised { en, zh } = all_of(written);
    let number = draft.number(second);
    let first = options.first().copied().unwrap_or(second);
    let start = first + indent(first, draft);
    let message =
        both!("the first items of this list do not begin with `- `", "这个列表的前几项前面缺少 `- `");
    let hint = both!(
        "write {en}, each with its `-` straight above the `-` of line {number}",
        "请写成 {zh}，让每个 `-` 与第 {number} 行的 `-` 对齐"
    );
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(start, draft.line(first).1), message)
        .with_hint(hint)
        .with_related(
            draft.span(second + column, end),
            both!("the next item begins with `- `", "下一项以 `- ` 开头"),
        );
    Explained::new(finding, mends, draft).about_indentation()
}

/// How to write the first of these lines, and where the others go.
fn how_to_dash(lines: &[usize], second: usize, column: usize, draft: &Draft) -> Localised<String> {
    let first = lines.first().copied().unwrap_or_default();
    let own = indent(first, draft);
    let (written, shift) = (lost_dash::as_item(first, column, draft), (column + 2).saturating_sub(own));
    let number = draft.number(second);
    let (en, zh) = match lines {
        [_, further @ ..] if !further.is_empty() && shift > 0 => {
            let Localised { en, zh } = put_before(further, shift, draft);
            (format!(", and {en}"), format!("，{}", zh.replace('请', "并")))
        }
        [..] => (String::new(), String::new()),
    };
    both!(
        "write `{written}`, with its `-` straight above the `-` of line {number}{en}",
        "请写成 `{written}`，让 `-` 与第 {number} 行的 `-` 对齐{zh}"
    )
}

fn moved_left(lines: &[usize], by: usize, draft: &Draft) -> Vec<Mend> {
    let by = |line: usize| by.min(indent(line, draft));
    lines.iter().map(|line| Mend { start: *line, end: line + by(*line), with: String::new() }).collect()
}

/// The lines between the name of a list and its first `- `, which stands in `column` of the line that begins at `second`.
fn first_item(second: usize, column: usize, draft: &Draft) -> Option<Vec<usize>> {
    let mut lines: Vec<usize> = Vec::new();
    let mut start = second;
    for _ in 0..FAR {
        let (line, end) = draft.line(start.checked_sub(1)?);
        start = line;
        let own = indent(line, draft);
        if is_idle(line, draft) {
            continue;
        }
        let content = draft.slice(line + own, end);
        // An item beside this one names no list of which this is one.
        let is_beside = own == column && content.first() == Some(&'-');
        let names_list = !is_beside && content.strip_suffix(&[':']).is_some_and(|name| !name.contains(&':'));
        let first_column = lines.last().map(|first| indent(*first, draft));
        // A name with nothing behind it, further left than the item, is that of the list.
        if names_list && own <= column && first_column.is_some_and(|first| own < first) {
            let first = *lines.last()?;
            let text: String =
                draft.slice(first + indent(first, draft), draft.line(first).1).iter().collect();
            lines.reverse();
            // A line further left than the first ends the item.
            let is_whole = lines.iter().all(|line| indent(*line, draft) >= indent(first, draft));
            return (begins_entry(&text) && is_whole).then_some(lines);
        }
        if own < column || is_beside {
            return None;
        }
        lines.push(line);
    }
    None
}

/// A `- ` in `column` before the first of these lines, and the others moved below what it begins.
fn with_dash(lines: &[usize], column: usize, draft: &Draft) -> Vec<Mend> {
    let own = lines.first().map_or(0, |first| indent(*first, draft));
    let shift = (column + 2).saturating_sub(own);
    let text = |line: usize| draft.slice(line + own, draft.line(line).1).iter().collect::<String>();
    let mend = |(at, line): (usize, &usize)| match (at, shift) {
        (0, _) if lost_dash::marker(&text(*line)) > 0 => {
            let end = line + own + lost_dash::marker(&text(*line));
            Some(Mend { start: line + column, end, with: "- ".to_owned() })
        }
        (0, 0) => Some(Mend { start: line + column, end: line + column + 1, with: "-".to_owned() }),
        (0, _) => Some(Mend { start: line + column, end: line + own, with: "- ".to_owned() }),
        (_, 0) => None,
        (_, _) => Some(Mend { start: *line, end: *line, with: " ".repeat(shift) }),
    };
    lines.iter().enumerate().filter_map(mend).collect()
}
