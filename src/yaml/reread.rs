//! What can be read as YAML, and not as what belongs there: lists of names, items without their `- `, blocks that are
//! moved in.

use super::draft::Draft;
use super::outline::{Part, Table};
use super::syntax::Explained;
use super::{Key, Tree, Value, stray};

/// What is wrong first in a file that could be read, if a sign at the beginning of some lines puts it right.
pub(super) fn explain(tree: &Tree, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    Reader { table, draft, path: Vec::new() }.value(tree)
}

struct Reader<'a> {
    table: Table<'a>,
    draft: &'a Draft,
    path: Vec<Part>,
}

impl Reader<'_> {
    /// The bounds on depth of a tree are those of this recursion.
    fn value(&mut self, tree: &Tree) -> Option<Explained> {
        match &tree.value {
            Value::Scalar(_) => None,
            Value::List(items) => self
                .names_with_dashes(items)
                .or_else(|| items.iter().find_map(|item| self.inside(Part::Item, item))),
            Value::Map(entries) => entries.iter().find_map(|(key, value)| {
                // Most values are numbers, in which nothing is.
                if value.as_scalar().is_some() {
                    return None;
                }
                self.inside(Part::Name(key.text.clone()), value)
            }),
        }
    }

    fn inside(&mut self, part: Part, tree: &Tree) -> Option<Explained> {
        self.path.push(part);
        let found = self.value(tree);
        self.path.pop();
        found
    }

    /// Names in a list of lines, where they should stand without its dashes.
    fn names_with_dashes(&self, items: &[Tree]) -> Option<Explained> {
        let starts: Vec<usize> = items
            .iter()
            .map(|item| item.as_map().and_then(|entries| entries.first()).map(|(key, _)| key.span.start))
            .collect::<Option<_>>()?;
        let belongs = (self.table)(&self.path).filter(|it| it.has_names_without_dashes())?;
        let mut names: Vec<&str> = Vec::new();
        for item in items {
            let [(name, value), inside @ ..] = item.as_map()? else { return None };
            let is_field = belongs.fields.is_empty() || belongs.fields.contains(&name.text.as_str());
            let fits = is_field && !names.contains(&name.text.as_str());
            if !fits || !self.are_inside(inside, name, value) {
                return None;
            }
            names.push(&name.text);
        }
        let lines: Vec<usize> =
            starts.iter().map(|start| self.draft.line(self.draft.index(*start)).0).collect();
        let each_on_its_line = lines.windows(2).all(|pair| pair[0] < pair[1]);
        each_on_its_line.then(|| stray::explained(&lines, self.draft)).flatten()
    }

    /// Whether names that stand beside another one belong inside it, as they do without the `- ` before it.
    fn are_inside(&self, entries: &[(Key, Tree)], name: &Key, value: &Tree) -> bool {
        let path: Vec<Part> = self.path.iter().cloned().chain([Part::Name(name.text.clone())]).collect();
        let fields = (self.table)(&path).map(|it| it.fields).unwrap_or_default();
        entries.is_empty()
            || (value.is_null() && entries.iter().all(|(key, _)| fields.contains(&key.text.as_str())))
    }
}
