//! Items of a list that stand under their names, where the name belongs inside each: `who: {W_Q: Q}` for
//! `- {name: who, W_Q: Q}`.

use super::unknown::in_line;
use super::validate::{beginning, validate};
use super::{Kind, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at};
use crate::language::{Localised, all_of};
use crate::yaml::{Key, Tree};

/// Longer items are not written again.
const LONGEST: usize = 150;

/// Reports such items, and what is wrong inside them; whether they are.
pub(super) fn named_items(
    tree: &Tree,
    entries: &[(Key, Tree)],
    of: &'static Kind,
    findings: &mut Vec<Diagnostic>,
) -> bool {
    let Kind::Record(record) = of else { return false };
    let are_items = entries.iter().all(|(key, value)| is_item(key, value, record));
    let Some(((first, _), true)) = entries.first().zip(Some(are_items)) else { return false };
    let name = &first.text;
    let in_one_line = tree.span.start < first.span.start;
    let dash = if in_one_line { "" } else { "- " };
    let message = both!(
        "this is a list, in which the name of each item must stand after `name:`",
        "这里是一个列表，每一项的名字要写在 `name:` 后面"
    );
    let whole = |(key, value): &(Key, Tree)| Some(format!("{{name: {}, {}}}", key.text, in_line(value)?));
    let whole: Option<Vec<String>> = entries.iter().map(whole).collect();
    let whole = whole.filter(|items| items.iter().map(String::len).sum::<usize>() <= LONGEST);
    let (place, hint) = match whole {
        Some(items) if in_one_line => {
            let list = items.join(", ");
            (tree.span, both!("write `[{list}]`", "请写 `[{list}]`"))
        }
        Some(items) => {
            let with_line = |(item, (key, value)): (&String, &(Key, Tree))| {
                let lines = lines_at([key.span.to(value.span)]);
                both!("`- {item}` in the place of {lines}", "`- {item}`（代替{lines}）")
            };
            let Localised { en, zh } = all_of(items.iter().zip(entries).map(with_line));
            (
                beginning(tree, entries),
                both!("write {en}, each just as far in as it stands now", "请写 {zh}，行首空格不变"),
            )
        }
        None => (
            beginning(tree, entries),
            both!(
                "write `{dash}{{name: {name}, ` in the place of `{name}: {{`, and the same for each of the others",
                "请把 `{name}: {{` 改成 `{dash}{{name: {name}, `，其他各项也这样改"
            ),
        ),
    };
    let finding = Diagnostic::new(Code::WrongKind, place, message).with_hint(hint);
    let edits = entries.iter().map(|(key, value)| {
        let inner = value.as_map()?.first().map(|(key, _)| key.span.start)?;
        let is_written = key.span.end - key.span.start == key.text.len();
        // What stands in lines below would have to move as well.
        let brace = (value.span.start < inner && is_written).then_some(value.span.start)?;
        Some((Span::new(key.span.start, brace + 1), format!("{dash}{{name: {}, ", key.text)))
    });
    let edits: Option<Vec<_>> = edits.collect();
    let Span { start, end } = tree.span;
    let finding = match edits {
        Some(edits) => {
            let finding =
                if in_one_line { finding.with_fix(Span::new(start, start + 1), "[") } else { finding };
            let finding =
                edits.into_iter().fold(finding, |finding, (span, with)| finding.with_fix(span, with));
            if in_one_line { finding.with_fix(Span::new(end - 1, end), "]") } else { finding }
        }
        None => finding,
    };
    findings.push(finding);
    for (_, value) in entries {
        validate(value, of, findings);
    }
    true
}

/// Whether a name is none of the fields of an item, and what stands under it is an item without a name.
fn is_item(key: &Key, value: &Tree, record: &'static Record) -> bool {
    let fields = value.as_map().unwrap_or_default();
    record.field("name").is_some_and(|field| matches!(field.kind, Kind::Word))
        && record.field(&key.text).is_none()
        && value.get("name").is_none()
        && fields.iter().any(|(field, _)| record.field(&field.text).is_some())
}
