//! An axis of which only the size is written, and whose entries the lesson names all the same.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::Code;
use crate::graph::Axis;
use crate::lesson::check::Checker;
use crate::lesson::check::advice::items;
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports an axis of which only the size is written, though its entries are named; whether it is one.
    pub(in crate::lesson::check) fn lacks_names(&mut self, axis: &Axis, label: &str) -> bool {
        let Some((name, place)) = axis.name().and_then(|name| Some((name, *self.axis_places.get(name)?)))
        else {
            return false;
        };
        if self.findings.iter().any(|told| told.code == Code::UnknownLabel && told.span == place) {
            return true;
        }
        let is_counted = (0..axis.size()).all(|at| axis.label(at) == (at + 1).to_string());
        let is_elsewhere = self.axes.values().any(|axis| axis.find(label).is_ok());
        if !is_counted || is_elsewhere || !label.starts_with(char::is_alphabetic) {
            return false;
        }
        let (size, used) = (axis.size(), self.names_used_of(name));
        let rest = if used.len() < size { ", …" } else { "" };
        let list = used.join(", ");
        self.report(
            Code::UnknownLabel,
            place,
            both!(
                "`{name}` has only a size, and the lesson calls one of its entries `{label}`",
                "`{name}` 只写了个数，而课程中用了名字 `{label}`"
            ),
            both!(
                "write {size} names instead of the size: `{name}: [{list}{rest}]`",
                "请把 `{name}: {size}` 改成 {size} 个名字：`{name}: [{list}{rest}]`"
            ),
        );
        true
    }

    /// The names that the vocabulary and given matrices have for the entries of this axis.
    fn names_used_of(&self, axis: &str) -> Vec<&str> {
        let is_it = |tree: Option<&Tree>| tree.and_then(Tree::as_text) == Some(axis);
        let mut used: Vec<&str> = Vec::new();
        let vocabulary = self.tree.get("vocabulary").filter(|it| is_it(it.get("axis")));
        let tokens = vocabulary.and_then(|it| it.get("tokens")?.as_map()).unwrap_or_default();
        used.extend(tokens.iter().flat_map(|(_, vector)| names(vector)));
        for given in items(self.tree, "matrices").filter_map(|it| it.as_map()?.first()?.1.get("given")) {
            let Some(values) = given.get("values") else { continue };
            if is_it(given.get("rows")) {
                used.extend(names(values));
            }
            if is_it(given.get("cols")) {
                let rows = values.as_map().unwrap_or_default();
                used.extend(rows.iter().flat_map(|(_, row)| names(row)));
            }
        }
        let mut seen = BTreeSet::new();
        used.retain(|name| seen.insert(*name));
        used
    }
}

fn names(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.as_map().unwrap_or_default().iter().map(|(key, _)| key.text.as_str())
}
