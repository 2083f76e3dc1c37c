//! A `- ` before a name where no list belongs: `- cat: {animal: 1}` among the tokens of a vocabulary.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, from, indent, is_dashed, is_idle, own_and_above, remove_before};
use crate::yaml::structure::outline::{self, Entry, Part, Shape, Table, entry};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if a `- ` stands before the name in the line of `at`, or before one beside it, where only names belong.
pub(in crate::yaml) fn dash(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let line = draft.line(at).0;
    let column = indent(line, draft);
    let beside = beside(line, draft);
    let is_stray = |line: &&usize| {
        let Entry { dash, name, .. } = entry(**line, draft);
        dash == Some(column) && name.is_some()
    };
    let strays: Vec<usize> = beside.iter().filter(is_stray).copied().collect();
    let belongs = table(&outline::above(*strays.first()?, column, draft))?;
    if !belongs.has_names_without_dashes() {
        return None;
    }
    match strays.iter().find(|stray| begins_item(**stray, &beside, draft)) {
        Some(item) => too_far_right(*item, *beside.first()?, draft),
        None => explained(&strays, draft),
    }
}

/// What is said of an item whose dash stands below the names of the one above, which begins at `above`.
fn too_far_right(line: usize, above: usize, draft: &Draft) -> Option<Explained> {
    let Entry { dash, name, .. } = entry(line, draft);
    let own = dash.filter(|_| name.is_some())?;
    let by = own.checked_sub(entry(above, draft).dash?).filter(|by| *by > 0)?;
    let lines: Vec<usize> =
        from(line, draft).take_while(|at| *at == line || indent(*at, draft) > own).collect();
    let mends = lines.iter().map(|line| Mend { start: *line, end: line + by, with: String::new() });
    let mends: Vec<Mend> = mends.collect();
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        draft.span(line + own, line + own + 1),
        both!("this `-` does not stand below the others", "这个 `-` 没有与其他的 `-` 对齐"),
    )
    .with_hint(remove_before(&lines, by, draft))
    .with_related(
        draft.span(above + indent(above, draft), draft.line(above).1),
        both!("the item above", "上一项"),
    );
    Some(Explained::new(finding, mends, draft).about_indentation())
}

/// What is said of the `- ` before the names of these lines.
pub(in crate::yaml) fn explained(lines: &[usize], draft: &Draft) -> Option<Explained> {
    const NAMED: usize = 6;
    let [first, rest @ ..] = lines else { return None };
    let dash = |line: usize| {
        let Entry { dash, column, .. } = entry(line, draft);
        Some(Mend { start: line + dash?, end: line + column, with: String::new() })
    };
    let mends: Vec<Mend> = lines.iter().map(|line| dash(*line)).collect::<Option<_>>()?;
    let name = entry(*first, draft).name?;
    let at = |mend: &Mend| draft.span(mend.start, mend.start + 1);
    let message = both!("no `- ` belongs before `{name}`", "`{name}` 前面不应有 `- `");
    let finding = Diagnostic::new(Code::YamlSyntax, at(mends.first()?), message);
    let finding = finding.with_hint(if rest.is_empty() {
        both!("remove `- `: what stands here is no list", "请删去 `- `：这里不是列表")
    } else {
        both!("remove each `- ` here: what stands here is no list", "请删去这里的每个 `- `：这里不是列表")
    });
    let others = mends.iter().skip(1).take(NAMED);
    let finding =
        others.fold(finding, |finding, mend| finding.with_related(at(mend), both!("nor here", "这里也是")));
    Some(Explained::new(finding, mends, draft).about_indentation())
}

/// `1. title: …` or `-- title: …`, where an item begins with `- `.
pub(in crate::yaml) fn marker(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    own_and_above(at, draft).into_iter().find_map(|line| {
        let start = line + indent(line, draft);
        let content: String = draft.slice(start, draft.line(line).1).iter().collect();
        let is_closing = |c: char| matches!(c, ')' | '）' | '、' | '．' | '①'..='⑳');
        let rest = content
            .trim_start_matches(['(', '（'])
            .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            .trim_start_matches(|c: char| is_closing(c) || matches!(c, '.' | '-' | '=' | '>' | '+'));
        let (marker, blanks) = (content.len() - rest.len(), rest.len() - rest.trim_start().len());
        let belongs = table(&outline::above(line, indent(line, draft), draft))?;
        let begins_item = rest.trim_start().starts_with(char::is_alphanumeric) && rest.contains([':', '{']);
        let is_item = belongs.shapes.contains(&Shape::ItemsWithNames) && begins_item;
        let marker = content[..marker].to_owned();
        let stands_apart = blanks > 0;
        if !is_item || !(stands_apart || marker.ends_with(is_closing)) || marker.is_empty() || marker == "-" {
            return None;
        }
        let length = marker.chars().count();
        // What the item holds stands below one another.
        let own = indent(line, draft);
        let inner = below(line, draft).map(|next| indent(next, draft)).filter(|inner| *inner > own + 1);
        // What stands below a name without a value is the name's, wherever it begins further right.
        let is_of_name = content.trim_end().ends_with(':');
        let inner = inner.filter(|inner| !is_of_name || *inner <= own + 2);
        let with = format!("-{}", " ".repeat(inner.map_or(1, |inner| inner - own - 1)));
        let first: String =
            rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        // `-- Y = …`: the sign behind the name is as wrong as the one before it.
        let assigned =
            rest.trim_start()[first.len()..].split_once('=').filter(|(blanks, _)| blanks.trim().is_empty());
        let named = if assigned.is_some() { format!("{first}:") } else { first.clone() };
        let until = content.len()
            - assigned.map_or(rest.trim_start().len() - first.len(), |(_, behind)| behind.len());
        let written = &content[..until];
        let hint = if with.len() > 2 {
            both!(
                "write `{with}{named}` in the place of `{written}`: the lines below it stay where they are",
                "请把 `{written}` 改成 `{with}{named}`；下面各行不用移动"
            )
        } else {
            both!(
                "write `{with}{named}` in the place of `{written}`",
                "请把 `{written}` 改成 `{with}{named}`"
            )
        };
        let mend = Mend { start, end: start + written.chars().count(), with: format!("{with}{named}") };
        let message = if assigned.is_some() {
            both!(
                "an item of a list begins with `- `, not with `{marker}`, and its name ends with `:`",
                "列表的每一项以 `- ` 开头，不能用 `{marker}`，名称后面写 `:`"
            )
        } else {
            both!(
                "an item of a list begins with `- `, not with `{marker}`",
                "列表的每一项以 `- ` 开头，不能用 `{marker}`"
            )
        };
        let finding =
            Diagnostic::new(Code::YamlSyntax, draft.span(start, start + length), message).with_hint(hint);
        Some(Explained::new(finding, vec![mend], draft).about_indentation())
    })
}

/// A line at the left edge that is none of a lesson: a sentence, `=====`, `**steps:**`.
pub(in crate::yaml) fn no_entry(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let fields = table(&[])?.fields;
    own_and_above(at, draft).into_iter().find_map(|line| {
        let end = draft.line(line).1;
        let content: String = draft.slice(line, end).iter().collect();
        let own = content.trim_end();
        if indent(line, draft) > 0 || entry(line, draft).name.is_some() {
            return None;
        }
        if let Some(written) = in_stars(own, &fields) {
            let message = both!(
                "`**` comes from Markdown, and is no part of a lesson",
                "`**` 是 Markdown 的标记，课程里不写"
            );
            let hint = both!("write `{written}`", "请写 `{written}`");
            let mark = draft.span(line, end);
            let length = own.chars().count() - own.rsplit("**").next().unwrap_or_default().chars().count();
            let mend = Mend { start: line, end: line + length, with: written };
            let finding = Diagnostic::new(Code::YamlSyntax, mark, message).with_hint(hint);
            return Some(Explained::new(finding, vec![mend], draft));
        }
        let begins_word = |field: &&str| own.starts_with(*field);
        if !is_sentence(own) || fields.iter().any(begins_word) || goes_on_above(line, table, draft) {
            return None;
        }
        let (message, hint) = no_part();
        let finding = Diagnostic::new(Code::YamlSyntax, draft.span(line, end), message).with_hint(hint);
        // Only the author knows whether it is a comment.
        let mends = vec![Mend { start: line, end: line, with: "# ".to_owned() }];
        Some(Explained { finding, about_indentation: false, mends })
    })
}

/// What is said of a line that is none of a lesson.
pub(in crate::yaml) fn no_part() -> (Localised<String>, Localised<String>) {
    (
        both!("this line is no part of a lesson", "这一行不属于课程"),
        both!(
            "remove it; to keep it for yourself, put `# ` before it",
            "请删去这一行；要留给自己看，就在行首写 `# `"
        ),
    )
}

/// Whether a line holds words and none of the signs of a lesson, or is a rule such as `=====`.
fn is_sentence(line: &str) -> bool {
    const RULE: usize = 3;
    // Rows of a table that was pasted are told as that.
    let numbers = line.split_whitespace().filter(|word| word.parse::<f64>().is_ok()).count();
    if numbers > 1 {
        return false;
    }
    let (words, after) = line.split_once(':').unwrap_or((line.trim_end_matches('：'), ""));
    let has_words = words.contains(char::is_alphabetic)
        && !words.contains(['：', '{', '}', '[', ']', '"', '`', '=', '<', '>']);
    // A name has no blanks and no commas.
    let is_name = words.len() < line.len() && !words.contains([' ', '，', '。', ',', '、']);
    let begins_otherwise = line.starts_with(['-', '|', '&', '!', '%', '@', '>', '?', '*', '\'', '#']);
    let is_rule = line.chars().all(|c| matches!(c, '=' | '*' | '~' | '_')) && line.len() > RULE;
    is_rule || (has_words && !is_name && !begins_otherwise && !after.starts_with(' '))
}

/// `steps:` for `**steps:**`, if that is a name of a lesson.
fn in_stars(line: &str, fields: &[&str]) -> Option<String> {
    let (name, _) = line.strip_prefix("**")?.split_once("**")?;
    let name = name.trim().trim_end_matches([':', '：']);
    fields.contains(&name).then(|| format!("{name}:"))
}

/// Whether a line may be the end of a text that begins in the line right above it.
fn goes_on_above(line: usize, table: Table<'_>, draft: &Draft) -> bool {
    let Some((above, end)) = line.checked_sub(1).map(|at| draft.line(at)) else { return false };
    if is_idle(above, draft) {
        return false;
    }
    let Entry { column, name: Some(name), .. } = entry(above, draft) else {
        return !is_dashed(above + indent(above, draft), end, draft);
    };
    let path = [outline::above(above, column, draft), vec![Part::Name(name)]].concat();
    let ends = draft.slice(above, end).iter().rfind(|c| !c.is_whitespace());
    let is_whole =
        ends.is_some_and(|c| matches!(c, '}' | ']' | '"' | '\'' | '.' | '。' | '？' | '?' | '！' | '!'));
    !is_whole && table(&path).is_none_or(|it| it.is_text())
}

/// `steps: []` or `steps: -` above the items of that list.
pub(in crate::yaml) fn beside_name(at: usize, draft: &Draft) -> Option<Explained> {
    const NOTHING: [&str; 6] = ["[]", "{}", "-", "~", "null", "\"\""];
    own_and_above(at, draft).into_iter().find_map(|line| {
        let Entry { column, name: Some(name), .. } = entry(line, draft) else { return None };
        let end = draft.line(line).1;
        let content: String = draft.slice(line + column, end).iter().collect();
        let (before, value) = content.split_once(':')?;
        let next = below(line, draft)?;
        let value = value.trim();
        if !NOTHING.contains(&value) || indent(next, draft) <= column {
            return None;
        }
        let start = line + column + before.chars().count() + 1;
        let written = value.chars().count();
        let mend = Mend { start, end, with: String::new() };
        let finding = Diagnostic::new(
            Code::YamlSyntax,
            draft.span(end - written, end),
            both!(
                "`{value}` stands behind `{name}:`, though more stands below it",
                "`{name}:` 后面写了 `{value}`，下面却还有内容"
            ),
        )
        .with_hint(both!("remove `{value}`, and keep `{name}:`", "请删去 `{value}`，只留 `{name}:`"));
        Some(Explained::new(finding, vec![mend], draft).about_indentation())
    })
}

/// The lines that begin in the column of `line`, with nothing further left between them, and the line above them if it
/// begins an item with a name in this column.
fn beside(line: usize, draft: &Draft) -> Vec<usize> {
    let column = indent(line, draft);
    let mut first = line;
    let mut lines = Vec::new();
    while let Some(above) = first.checked_sub(1) {
        first = draft.line(above).0;
        if is_idle(first, draft) || indent(first, draft) > column {
            continue;
        }
        if indent(first, draft) < column {
            lines.extend((entry(first, draft).column == column).then_some(first));
            break;
        }
        lines.push(first);
    }
    lines.reverse();
    let mut next = line;
    loop {
        if !is_idle(next, draft) && indent(next, draft) == column {
            lines.push(next);
        }
        let end = draft.line(next).1;
        next = end + 1;
        if draft.get(end).is_none() || (!is_idle(next, draft) && indent(next, draft) < column) {
            return lines;
        }
    }
}

/// Whether a line with a `- ` begins an item that only stands too far right: its name is there already, or another one
/// stands below it.
fn begins_item(line: usize, beside: &[usize], draft: &Draft) -> bool {
    let Entry { dash, column, name, is_empty } = entry(line, draft);
    let is_again = beside.iter().any(|other| *other != line && entry(*other, draft).name == name);
    let goes_on = below(line, draft).is_some_and(|next| {
        Some(indent(next, draft)) > dash
            && indent(next, draft) == column
            && entry(next, draft).name.is_some()
            && !is_empty
    });
    is_again || goes_on
}
