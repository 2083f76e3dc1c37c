//! The keys of a map: each is there once.

use std::collections::HashMap;

use super::brackets::braces::OfLine;
use super::draft::Draft;
use super::indentation::lost_dash;
use super::indentation::{below, indent, line_above};
use super::structure::outline::{Shape, Table, entry};
use super::{Key, Scalar, Style, Tree, Value};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::language::Localised;

/// What a map waits for.
pub(super) enum Next {
    Key,
    Value(Key),
    /// The value of a key that was refused.
    Dropped,
}

/// Where a map stands.
pub(super) struct Place<'a> {
    pub(super) draft: &'a Draft,
    /// Whether it is an item of a list with `-`.
    pub(super) is_item: bool,
    pub(super) in_brackets: bool,
}

/// Takes a key in; reports one that is there already.
pub(super) fn take(
    tree: Tree,
    first_of_map: Option<&(Key, Tree)>,
    place: &Place<'_>,
    places: &mut HashMap<String, Span>,
    findings: &mut Vec<Diagnostic>,
) -> Next {
    let Value::Scalar(scalar) = tree.value else { return Next::Dropped };
    let (text, span) = (scalar.text, tree.span);
    if text.is_empty() {
        let message = both!("there is no name before this `:`", "这个 `:` 前面没有名字");
        let hint = both!(
            "write `name: value`; a text that begins with `:` needs quotation marks",
            "请写成 `名字: 值`；以 `:` 开头的文字要加上英文引号"
        );
        findings.push(Diagnostic::new(Code::UnsupportedYaml, span, message).with_hint(hint));
        return Next::Dropped;
    }
    // The decimals of a number with a comma, `{a: 1,5, b: 2,5}`, are told as such.
    if place.in_brackets && is_decimals(&text, span, place.draft) {
        return Next::Value(Key { text, span });
    }
    if let Some(first) = places.get(&text) {
        // After a name with which a new item begins, others stand here again because they belong to it.
        let of_new_item = |finding: &Diagnostic| {
            let begins = finding.code == Code::DuplicateKey
                && finding.fix.iter().any(|edit| edit.with.starts_with('-'));
            begins
                && first_of_map.is_some_and(|(key, _)| finding.related.iter().any(|(it, _)| *it == key.span))
        };
        let begun = findings.iter_mut().find(|finding| of_new_item(finding));
        let again = first_of_map.filter(|(key, _)| key.text != text).zip(begun);
        if let Some(((key, _), finding)) = again {
            // A second name that stands twice leaves no doubt.
            finding.message = no_dash(&key.text);
            finding.hint = Some(new_item(key.span, finding.span, place.draft));
            return Next::Dropped;
        }
        let finding =
            Diagnostic::new(Code::DuplicateKey, span, both!("`{text}` is here twice", "`{text}` 写了两次"))
                .with_label(both!("again", "第二次"))
                .with_related(*first, both!("first here", "第一次"));
        let begins_anew =
            place.is_item && !place.in_brackets && first_of_map.is_some_and(|(key, _)| key.text == text);
        findings.push(if begins_anew && !place.draft.line_is_doubled(span.start) {
            let Localised { en, zh } = new_item(*first, span, place.draft);
            let again = number(span, place.draft);
            let finding = finding.with_hint(both!(
                "if a new item begins here, {en}; if not, remove line {again}",
                "如果这里是新的一项，{zh}；如果不是，请删去第 {again} 行"
            ));
            with_dash(finding, first_of_map, span, place.draft)
        } else {
            let finding = finding.with_hint(keep_one(*first, span, &text, place));
            match place.draft.doubled_line(span.start) {
                Some(line) => finding.with_fix(line, ""),
                None => finding,
            }
        });
        return Next::Dropped;
    }
    places.insert(text.clone(), span);
    Next::Value(Key { text, span })
}

/// Tells what to write of the names of a list that stand behind one name twice, each time alone: both in brackets.
pub(super) fn tell_of_lists(table: Table<'_>, draft: &Draft, findings: &mut [Diagnostic]) {
    const LOOKED_AT: usize = 20;
    let doubled = findings.iter_mut().filter(|finding| finding.code == Code::DuplicateKey);
    for finding in doubled.take(LOOKED_AT) {
        let first = finding.related.first().map(|(first, _)| *first);
        let lists = first.and_then(|first| in_one_list(first, finding.span, table, draft));
        if let Some((hint, edits)) = lists {
            finding.hint = Some(hint);
            finding.fix = edits;
        }
    }
}

/// `show: X` and `show: W_Q` at the end of one item as `show: [X, W_Q]`.
fn in_one_list(
    first: Span,
    again: Span,
    table: Table<'_>,
    draft: &Draft,
) -> Option<(Localised<String>, Vec<Edit>)> {
    let of_line = |span: Span| OfLine::at(draft.index(span.start), draft);
    let (one, other) = (of_line(first)?, of_line(again)?);
    let is_name = |it: &OfLine| {
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@');
        !it.text.is_empty() && it.text.chars().all(is_sign)
    };
    let line = draft.line(other.start).0;
    let is_last = below(line, draft).is_none_or(|next| indent(next, draft) < entry(line, draft).column);
    let fits = one.name == other.name
        && one.text != other.text
        && is_name(&one)
        && is_name(&other)
        && is_last
        && table(&one.path)?.shapes.contains(&Shape::Items);
    let (name, list) = (&one.name, format!("[{}, {}]", one.text, other.text));
    let (number, number_again) = (draft.number(one.start), draft.number(other.start));
    let hint = both!(
        "write `{name}: {list}` in line {number}, and remove line {number_again}",
        "请在第 {number} 行写 `{name}: {list}`，并删去第 {number_again} 行"
    );
    let place = draft.exact(one.start, one.end())?;
    let away = draft.exact(line.checked_sub(1)?, draft.line(line).1)?;
    let edits = vec![Edit { span: place, with: list }, Edit { span: away, with: String::new() }];
    fits.then_some((hint, edits))
}

/// What to do about a name that stands twice and begins no new item.
fn keep_one(first: Span, again: Span, name: &str, place: &Place<'_>) -> Localised<String> {
    let draft = place.draft;
    let (number, other) = (number(first, draft), number(again, draft));
    if place.in_brackets || number == other {
        both!(
            "if one of the two should be another name, correct it; else remove one",
            "如果其中一个本来是别的名字，请改正；否则请删去一个"
        )
    } else if draft.doubled_line(again.start).is_some() {
        both!(
            "remove line {other}: it says the same as line {number}",
            "请删去第 {other} 行，它与第 {number} 行相同"
        )
    } else if entry(draft.line(draft.index(again.start)).0, draft).is_empty {
        both!(
            "put what stands below line {other} at the end of the `{name}` of line {number}, and remove line {other}",
            "请把第 {other} 行下面的内容移到第 {number} 行的 `{name}` 末尾，再删去第 {other} 行"
        )
    } else {
        both!("remove line {number} or line {other}", "请删去第 {number} 行或第 {other} 行")
    }
}

fn number(span: Span, draft: &Draft) -> usize {
    draft.number(draft.index(span.start))
}

/// How to write the line of `key` as an item below the one that begins in the line of `first`.
fn new_item(first: Span, key: Span, draft: &Draft) -> Localised<String> {
    let line = |span: Span| draft.line(draft.index(span.start)).0;
    // A dash may stand in a line of its own.
    let own = line(first);
    let dash = entry(own, draft).dash.map(|_| own).or_else(|| line_above(own, draft));
    lost_dash::how(line(key), dash.unwrap_or(own), draft)
}

/// Whether digits stand straight behind a comma and other digits.
fn is_decimals(text: &str, span: Span, draft: &Draft) -> bool {
    let at = draft.index(span.start);
    let before = draft.slice(at.saturating_sub(2), at);
    text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(before, [digit, ','] if digit.is_ascii_digit())
}

/// The finding with a dash before the key with which a new item begins, below that of the item's first key.
fn with_dash(finding: Diagnostic, first: Option<&(Key, Tree)>, key: Span, draft: &Draft) -> Diagnostic {
    let Some(dash) = first.and_then(|(first, _)| draft.dash_before(first.span.start)) else { return finding };
    let blanks = Span::new(key.start.saturating_sub(dash.len()), key.start);
    let is_blank = draft.read_at(blanks).is_some_and(|blanks| blanks.trim_matches(' ').is_empty());
    if is_blank { finding.with_fix(blanks, dash) } else { finding }
}

/// What `{d_model:4}` was meant to be, with the place of its colon: YAML reads a name without a value.
pub(super) fn split_at_colon(key: &Key, value: &Tree, draft: &Draft) -> Option<(Span, (Key, Tree))> {
    let (name, rest) = key.text.split_once(':').filter(|_| value.is_null())?;
    // Offsets are those of the file only where nothing was rewritten.
    let is_written = draft.read_at(key.span).is_some_and(|written| written == key.text);
    if !is_written || name.is_empty() || rest.is_empty() {
        return None;
    }
    let colon = Span::new(key.span.start + name.len(), key.span.start + name.len() + 1);
    let scalar = Scalar { text: rest.trim().to_owned(), style: Style::Plain };
    let value = Tree { span: Span::new(colon.end, key.span.end), value: Value::Scalar(scalar) };
    let key = Key { text: name.trim().to_owned(), span: Span::new(key.span.start, colon.start) };
    Some((colon, (key, value)))
}

/// Tells of one `-` that is missing, in the place of several keys that an item has twice: where its second half begins.
pub(super) fn tell_of_lost_dash(entries: &[(Key, Tree)], draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let Some((first, _)) = entries.first() else { return };
    // What was found in this item is the last that was found.
    let before = findings.iter().rposition(|finding| finding.span.start < first.span.start);
    let mut own = findings.split_off(before.map_or(0, |at| at + 1));
    one_for_all(entries, draft, &mut own);
    findings.append(&mut own);
}

fn no_dash(name: &str) -> Localised<String> {
    both!(
        "a new item seems to begin with `{name}`, and has no `-`",
        "从 `{name}` 起像是新的一项，前面却没有 `-`"
    )
}

fn one_for_all(entries: &[(Key, Tree)], draft: &Draft, findings: &mut Vec<Diagnostic>) {
    let first_of = |finding: &Diagnostic| {
        let (first, _) = finding.related.first()?;
        let no_slip = finding.code == Code::DuplicateKey && finding.fix.is_empty();
        entries.iter().position(|(key, _)| no_slip && key.span == *first)
    };
    let doubled: Vec<(usize, Span)> =
        findings.iter().filter_map(|finding| Some((first_of(finding)?, finding.span))).collect();
    // The first half ends with the last of its keys that come again.
    let (Some((last, _)), true) = (doubled.iter().max(), doubled.len() > 1) else { return };
    let again = doubled.iter().map(|(first, place)| (*place, &entries[*first].0.text)).min();
    let next = entries.get(last + 1).map(|(key, _)| (key.span, &key.text));
    let Some((start, name)) = next.into_iter().chain(again).min() else { return };
    findings.retain(|finding| first_of(finding).is_none());
    let message = no_dash(name);
    let begins = entries.first().map_or(start, |(key, _)| key.span);
    let mut finding =
        Diagnostic::new(Code::DuplicateKey, start, message).with_hint(new_item(begins, start, draft));
    finding = with_dash(finding, entries.first(), start, draft);
    if let Some((place, again)) = again.filter(|(place, _)| *place != start) {
        finding = finding.with_related(
            place,
            both!("`{again}` is here for the second time", "`{again}` 在这里第二次出现"),
        );
    }
    findings.push(finding);
}
