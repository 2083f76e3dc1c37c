//! What is typed into a record of the file or removed from it, and where: behind one of its entries where they stand in
//! braces, in a line of its own where each has one. Said so that it can be a part of a sentence.

use crate::both;
use crate::diagnostic::{Source, Span};
use crate::language::{Localised, all_of};
use crate::yaml::{Key, Tree};

/// An entry is quoted in a hint up to this length.
const QUOTED: usize = 40;

/// How the entries of a record stand.
enum Style {
    Braces,
    Lines,
}

impl Style {
    fn of(source: &Source, tree: &Tree) -> Self {
        if source.text[tree.span.start..].starts_with('{') { Self::Braces } else { Self::Lines }
    }
}

/// What to do so that a record has these entries as well. The report shows the line of `told`; any other is named.
pub(in crate::lesson::check) fn to_add(
    source: &Source,
    tree: &Tree,
    told: Span,
    entries: &[String],
) -> Localised<String> {
    // What a layer takes from around it stands elsewhere.
    let stands_here = |(key, _): &&(Key, Tree)| tree.span.range().contains(&key.span.start);
    let written: Vec<&(Key, Tree)> = tree.as_map().unwrap_or_default().iter().filter(stands_here).collect();
    let near = written.iter().rfind(|entry| is_quoted(source, entry));
    let (all, place) = (entries.join(", "), near.or(written.first()).map(|(key, _)| key.span));
    let Some(line) = place.map(|place| source.line(place.start)) else {
        let own = source.slice(tree.span).trim();
        return match own {
            "{}" => both!("write `{{{all}}}` instead of `{own}`", "把 `{own}` 改成 `{{{all}}}`"),
            _ => both!("write `{{{all}}}`", "写 `{{{all}}}`"),
        };
    };
    let behind = near.map(|entry| said(source, entry));
    let first = written.first().map_or("", |(key, _)| key.text.as_str());
    let is_told = source.line(told.start) == line;
    match (Style::of(source, tree), behind) {
        (Style::Braces, Some(behind)) if is_told => {
            both!("write `, {all}` after `{behind}`", "在 `{behind}` 后面写上 `, {all}`")
        }
        (Style::Braces, Some(behind)) => {
            both!(
                "in line {line} write `, {all}` after `{behind}`",
                "在第 {line} 行的 `{behind}` 后面写上 `, {all}`"
            )
        }
        (Style::Braces, None) if is_told => {
            both!("write `{all}, ` before `{first}`", "在 `{first}` 前面写上 `{all}, `")
        }
        (Style::Braces, None) => both!(
            "in line {line} write `{all}, ` before `{first}`",
            "在第 {line} 行的 `{first}` 前面写上 `{all}, `"
        ),
        (Style::Lines, behind) => {
            let Localised { en, zh } = all_of(entries.iter().map(|entry| format!("`{entry}`")));
            let (lines, lines_zh) = lines(entries.len());
            match behind {
                Some(behind) => both!(
                    "below `{behind}` in line {line} add the {lines} {en}, just as far in",
                    "在第 {line} 行 `{behind}` 下面加{lines_zh} {zh}，与它对齐"
                ),
                None => both!(
                    "above `{first}` in line {line} add the {lines} {en}, just as far in",
                    "在第 {line} 行 `{first}` 上面加{lines_zh} {zh}，与它对齐"
                ),
            }
        }
    }
}

/// What to remove so that a record lacks these of its fields.
pub(in crate::lesson::check) fn to_remove(
    source: &Source,
    tree: &Tree,
    fields: &[&str],
) -> Localised<String> {
    let written = tree.as_map().unwrap_or_default();
    let entries = written.iter().filter(|(key, _)| fields.contains(&key.text.as_str()));
    let entries: Vec<&(Key, Tree)> = entries.collect();
    let removed = entries.iter().map(|entry| removed(source, entry));
    let (all_en, all_zh): (Vec<String>, Vec<String>) = removed.map(|Localised { en, zh }| (en, zh)).unzip();
    let (en, zh) = (all_of(all_en).en, all_of(all_zh).zh);
    let is_behind_dash = |(key, _): &&(Key, Tree)| {
        let before = source.text[..key.span.start].rsplit('\n').next();
        before.is_some_and(|before| before.trim() == "-")
    };
    match (Style::of(source, tree), fields) {
        (Style::Lines, [_]) if entries.iter().copied().any(|entry| is_behind_dash(&entry)) => {
            both!("remove {en}, but not the `-` before it", "删去 {zh}，但保留前面的 `-`")
        }
        (Style::Lines, [_]) => both!("remove the line {en}", "删去 {zh} 这一行"),
        (Style::Lines, _) => both!("remove the lines {en}", "删去 {zh} 这几行"),
        (Style::Braces, _) => both!("remove {en}", "删去 {zh}"),
    }
}

/// An entry that is removed, as it stands in the file; a long one by its name and its brackets.
fn removed(source: &Source, entry: &(Key, Tree)) -> Localised<String> {
    let (key, value) = entry;
    let (name, written) = (&key.text, source.slice(key.span.to(value.span)));
    let brackets = [("{", "{…}"), ("[", "[…]")].into_iter();
    let brackets =
        brackets.filter(|(open, _)| source.slice(value.span).starts_with(open)).map(|(_, all)| all).next();
    match brackets {
        _ if written.len() <= QUOTED && !written.contains('\n') => both!("`{written}`", "`{written}`"),
        Some(all) => both!("`{name}` with the whole `{all}` behind it", "`{name}` 和它后面的整个 `{all}`"),
        None => both!("`{name}`", "`{name}`"),
    }
}

/// An entry as it stands in the file, or only its name where it is long.
fn said<'s>(source: &'s Source, entry: &'s (Key, Tree)) -> &'s str {
    let (key, value) = entry;
    if is_quoted(source, entry) { source.slice(key.span.to(value.span)) } else { &key.text }
}

fn is_quoted(source: &Source, (key, value): &(Key, Tree)) -> bool {
    let written = source.slice(key.span.to(value.span));
    value.as_map().is_none() && written.len() <= QUOTED && !written.contains('\n')
}

/// One line or several.
pub(in crate::lesson::check) const fn lines(count: usize) -> (&'static str, &'static str) {
    if count == 1 { ("line", "一行") } else { ("lines", "几行") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    /// The hints for one more entry in `of` and for one less, told of in the first line.
    fn hints(text: &str) -> [String; 2] {
        let source = Source::new("test", text);
        let tree = yaml::parse(&source).0.expect("it is written well");
        let record = tree.get("of").expect("it is there");
        let added = to_add(&source, record, Span::at(0), &["W: W".to_owned()]);
        [added.en, to_remove(&source, record, &["a"]).en]
    }

    #[test]
    fn an_entry_is_put_behind_a_short_one_and_a_line_below_it() {
        assert_eq!(hints("of: {a: 1, b: {c: 2}}"), ["write `, W: W` after `a: 1`", "remove `a: 1`"]);
        assert_eq!(hints("of: {a: {c: 2}}"), ["write `W: W, ` before `a`", "remove `a: {c: 2}`"]);
        assert_eq!(hints("of:\n  {a: 1}"), ["in line 2 write `, W: W` after `a: 1`", "remove `a: 1`"]);
        let lines = ["below `a: 1` in line 2 add the line `W: W`, just as far in", "remove the line `a: 1`"];
        assert_eq!(hints("of:\n  a: 1\n  b: {c: 2}"), lines);
        assert_eq!(hints("of: {}")[0], "write `{W: W}` instead of `{}`");
    }
}
