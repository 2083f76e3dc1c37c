//! An axis that is lost, though the numbers of the matrices that stand on it still say its names.

use std::collections::BTreeSet;

use super::tree::{Change, definitions, said, with_entry};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::yaml::{Key, Tree, Value};

/// The lesson with each such axis.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let Some(axes) = tree.get("axes") else { return Vec::new() };
    let unknown = findings.iter().filter(|it| it.code == Code::UnknownName);
    let missing: BTreeSet<&str> = unknown.map(|it| checker.source.slice(it.span)).collect();
    let reading = |name: &str| {
        let labels = labels(tree, name);
        let place = findings.iter().find(|it| checker.source.slice(it.span) == name)?.span;
        let item = |label: &&str| Tree { span: axes.span, value: said(label) };
        let list = Value::List(labels.iter().map(item).collect());
        let changed = Change::Value(axes.span, with_entry(axes, name, list)?);
        let message = both!(
            "there is no axis or text called `{name}`, whose names stand before the numbers",
            "没有名为 `{name}` 的轴或文本，而各数前面写着它的各项"
        );
        let line = format!("{name}: [{}]", labels.join(", "));
        let Localised { en, zh } = checker.axes_to_add(place, &[line]);
        let hint = both!("{en}", "请{zh}");
        (labels.len() > 1).then(|| Reading::new(Kind::Name, changed, place, message, hint))
    };
    missing.into_iter().filter(|name| axes.get(name).is_none()).filter_map(reading).collect()
}

/// The names on an axis, as the matrices that stand on it write them before their numbers: those of the longest list
/// first, which has most of their order.
fn labels<'t>(tree: &'t Tree, axis: &str) -> Vec<&'t str> {
    let mut lists: Vec<Vec<&str>> = Vec::new();
    for given in definitions(tree).filter_map(|(_, made)| made.get("given")) {
        let stands_on = |field: &str| given.get(field).and_then(Tree::as_text) == Some(axis);
        let Some(rows) = given.get("values").and_then(Tree::as_map) else { continue };
        let named = |entries: &'t [(Key, Tree)]| entries.iter().map(|(key, _)| key.text.as_str()).collect();
        if stands_on("rows") {
            lists.push(named(rows));
        }
        if stands_on("cols") {
            lists.extend(rows.iter().filter_map(|(_, row)| Some(named(row.as_map()?))));
        }
    }
    lists.sort_by_key(|list| std::cmp::Reverse(list.len()));
    let mut labels: Vec<&str> = Vec::new();
    for label in lists.into_iter().flatten() {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}
