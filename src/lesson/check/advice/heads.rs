//! Heads that use the weights of another head, as copied lines do, while their own are used by nothing.

use std::collections::BTreeSet;

use super::items;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Graph, Node, NodeId};
use crate::lesson::Lesson;
use crate::lesson::check::Checker;
use crate::yaml::Tree;

/// What each head has of its own.
const FIELDS: [&str; 6] = ["W_Q", "W_K", "W_V", "Q", "K", "V"];

impl Checker<'_> {
    /// Questions a matrix that two heads use in the same place while one that is as large is used by nothing. Gives the
    /// names of those, of which this tells.
    pub(super) fn heads_use_their_own(&mut self, tree: &Tree, lesson: &Lesson) -> BTreeSet<String> {
        let graph = lesson.trace.graph();
        let used: BTreeSet<NodeId> = graph.nodes().flat_map(|(_, node)| node.op.operands()).collect();
        let is_spare = |(id, node): &(NodeId, &Node)| {
            !used.contains(id) && node.op.origin().is_some() && self.definitions.contains_key(&node.name)
        };
        let spare: Vec<&Node> = graph.nodes().filter(is_spare).map(|(_, node)| node).collect();
        let mut told = BTreeSet::new();
        if spare.is_empty() {
            return told;
        }
        for group in groups(tree) {
            for field in FIELDS {
                if let Some((name, finding)) = twice(&group, field, &spare, graph)
                    && told.insert(name)
                {
                    self.findings.push(finding);
                }
            }
        }
        told
    }
}

/// Heads that belong together: those of one list, and those that are defined one by one.
fn groups(tree: &Tree) -> Vec<Vec<&Tree>> {
    let made = || items(tree, "matrices").filter_map(|item| Some(&item.as_map()?.first()?.1));
    let single = made().filter_map(|made| made.get("attention")).filter(|head| head.get("heads").is_none());
    let mut groups = Vec::new();
    for made in made() {
        lists(made, &mut groups);
    }
    groups.push(single.collect());
    groups
}

fn lists<'t>(tree: &'t Tree, groups: &mut Vec<Vec<&'t Tree>>) {
    let entries = tree.as_map().unwrap_or_default().iter().map(|(_, value)| value);
    groups.extend(tree.get("heads").and_then(Tree::as_list).map(|heads| heads.iter().collect()));
    for inner in entries.chain(tree.as_list().unwrap_or_default()) {
        lists(inner, groups);
    }
}

/// Two heads with the same matrix in this field, if there is one for the second of them that nothing uses.
fn twice(heads: &[&Tree], field: &str, spare: &[&Node], graph: &Graph) -> Option<(String, Diagnostic)> {
    let values = || heads.iter().filter_map(|head| Some((*head, head.get(field)?)));
    let (own, same) = spare.iter().filter(|own| own.name.starts_with(field)).find_map(|own| {
        let fits = |value: &Tree| {
            let node = value.as_text().and_then(|name| graph.find(name)).map(|id| graph.node(id));
            node.is_some_and(|node| node.shape == own.shape)
        };
        let is_twice = |value: &Tree| {
            fits(value) && values().filter(|(_, other)| other.as_text() == value.as_text()).count() > 1
        };
        let (_, first) = values().find(|(_, value)| is_twice(value))?;
        let same: Vec<_> = values().filter(|(_, value)| value.as_text() == first.as_text()).collect();
        Some((*own, same))
    })?;
    // The other weights of the head in question end as its own do: `W_Q2`, `W_V2`.
    let end = own.name.chars().next_back()?;
    let ends_so = |head: &Tree| {
        let others = FIELDS.iter().filter(|other| **other != field).filter_map(|other| head.get(other));
        others.filter_map(Tree::as_text).any(|name| name.ends_with(end))
    };
    let at = same.iter().position(|(head, _)| ends_so(head)).unwrap_or(same.len() - 1);
    let (_, place) = same[at];
    let (_, other) = same[usize::from(at == 0)];
    let (name, shared) = (&own.name, place.as_text()?);
    let message = both!(
        "two heads use `{shared}` as `{field}`, and nothing uses `{name}`, which has the same size",
        "两个头的 `{field}` 都是 `{shared}`，而同样大小的 `{name}` 没有被用到"
    );
    let hint = both!(
        "if this head has weights of its own, write `{field}: {name}` here",
        "如果这个头有自己的权重，请在这里写 `{field}: {name}`"
    );
    let finding = Diagnostic::new(Code::Questionable, place.span, message)
        .with_related(other.span, both!("the other head", "另一个头"))
        .with_hint(hint);
    Some((name.clone(), finding))
}
