//! Attention all of whose scores are 0, because queries and keys have no numbers in common: whatever the lesson says of its
//! shares is wrong because of that.

use std::collections::HashSet;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Part, Trace};
use crate::language::{Localised, all_of};
use crate::lesson::check::advice::items;
use crate::lesson::check::causes::lines;
use crate::lesson::check::{Checker, cells_to_search};
use crate::lesson::expression::ResolvedClaim;
use crate::yaml::Tree;

/// What is said of scores that are all 0.
pub(in crate::lesson::check) struct ZeroScores {
    told: Diagnostic,
    /// The places of all that is wrong because of them.
    instead_of: Vec<Span>,
}

impl ZeroScores {
    /// The findings with this in the place of what follows from it, if none of that has a better cause.
    pub(in crate::lesson::check) fn told_in(self, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let follows = |it: &Diagnostic| is_of_numbers(it) && self.instead_of.contains(&it.span);
        if self.instead_of.iter().all(|span| findings.iter().any(|it| it.span == *span && follows(it))) {
            findings.retain(|it| !follows(it));
            findings.push(self.told);
        }
        findings
    }
}

fn is_of_numbers(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::ExpectFailed | Code::PublishedDiffers | Code::NoAnswer)
}

impl Checker<'_> {
    /// Scores that are all 0 and on which all these claims rest, with what follows from it.
    pub(super) fn zero_scores(
        &self,
        tree: &Tree,
        trace: &Trace,
        failing: &[(Span, &ResolvedClaim)],
    ) -> Option<ZeroScores> {
        let is_zero = |node: NodeId| {
            let mut cells = cells_to_search(node, trace).peekable();
            cells.peek().is_some() && cells.all(|cell| trace.cell(cell) == 0.0)
        };
        let scores: Vec<NodeId> = self
            .graph
            .nodes()
            .filter(|(id, node)| node.part == Part::Scores && is_zero(*id))
            .map(|(id, _)| id)
            .collect();
        let [scores] = scores[..] else { return None };
        let rests = |claim: &ResolvedClaim| {
            claim.cells().iter().any(|cell| made_of(cell.node, trace).contains(&scores))
        };
        if !failing.iter().all(|(_, claim)| rests(claim)) {
            return None;
        }
        let [queries, keys] = self.graph.node(scores).op.operands()[..] else { return None };
        let name = |node: NodeId| self.graph.node(node).name.as_str();
        let (head, _) = name(scores).rsplit_once('.')?;
        let starts = format!("{head}.");
        // Where words are to have the same shares, only what is made of these may be wrong.
        let is_of_head =
            |claim: &ResolvedClaim| claim.cells().iter().any(|cell| name(cell.node).starts_with(&starts));
        if !failing.iter().any(|(_, claim)| is_of_head(claim)) {
            return None;
        }
        let weights: Vec<(String, Span)> = [queries, keys]
            .into_iter()
            .filter_map(|node| {
                let of = self.graph.node(node).op.operands().last().copied()?;
                let name = name(of);
                Some((name.to_owned(), *self.definitions.get(name)?))
            })
            .collect();
        let [(own, place), (other, other_place)] = weights.as_slice() else { return None };
        let has = |node: NodeId| {
            let columns = &self.graph.node(node).shape.columns;
            let is_there = |column: &usize| {
                cells_to_search(node, trace).any(|cell| cell.column == *column && trace.cell(cell) != 0.0)
            };
            let there = (0..columns.size()).filter(is_there);
            all_of(there.map(|column| format!("`{}`", columns.label(column))))
        };
        let (of_queries, of_keys) = (has(queries), has(keys));
        let nothing = |it: &Localised<String>| it.en.is_empty();
        let line = self.source.line(other_place.start);
        let (message, hint, place) = if nothing(&of_queries) || nothing(&of_keys) {
            let (empty, at) = if nothing(&of_queries) { (own, place) } else { (other, other_place) };
            (
                both!(
                    "with `{empty}` all scores of `{head}` are 0, and each word gives all words the same share",
                    "用 `{empty}` 算出的 `{head}` 的分数全是 0，每个词分给各个词的份额都一样"
                ),
                both!("correct the numbers of `{empty}`", "请改正 `{empty}` 的数"),
                at,
            )
        } else {
            let Localised { en: of_queries, zh: of_queries_zh } = of_queries;
            let Localised { en: of_keys, zh: of_keys_zh } = of_keys;
            (
                both!(
                    "all scores of `{head}` are 0: `{own}` has numbers for {of_queries} only, and `{other}` for {of_keys} only",
                    "`{head}` 的分数全是 0：`{own}` 只写入 {of_queries_zh}，而 `{other}` 只写入 {of_keys_zh}"
                ),
                both!(
                    "put numbers of the tokens into the same column here and in `{other}` (line {line})",
                    "请让这里和第 {line} 行的 `{other}` 为词元写入同一列"
                ),
                place,
            )
        };
        let mut places: Vec<Span> = failing.iter().map(|(span, _)| *span).collect();
        let published: Vec<Span> = items(tree, "steps")
            .filter_map(|step| step.get("published"))
            .flat_map(|it| it.as_list().unwrap_or(std::slice::from_ref(it)))
            .filter(|it| it.get("of").and_then(Tree::as_text).is_some_and(|of| of.starts_with(&starts)))
            .map(|it| it.span)
            .collect();
        let source = self.source;
        places.extend(self.findings.iter().map(|it| (it, it.span)).filter_map(|(it, span)| {
            let is_published = || published.iter().any(|span| span.range().contains(&it.span.start));
            let is_asked = || source.slice(it.span).contains(&starts);
            let follows = it.code == Code::PublishedDiffers && is_published()
                || it.code == Code::NoAnswer && is_asked();
            follows.then_some(span)
        }));
        places.sort();
        let Localised { en, zh } = lines(source, &places);
        let told = Diagnostic::new(Code::ExpectFailed, *place, message).with_hint(hint);
        let label = both!("what is said in {en} is wrong because of it", "因此{zh}与计算结果不符");
        let first = places.first().copied().unwrap_or(*place);
        Some(ZeroScores { told: told.with_related(first, label), instead_of: places })
    }
}

/// A matrix and all that it is made of.
fn made_of(node: NodeId, trace: &Trace) -> HashSet<NodeId> {
    let (mut found, mut open) = (HashSet::new(), vec![node]);
    while let Some(node) = open.pop() {
        if found.insert(node) {
            open.extend(trace.node(node).op.operands());
        }
    }
    found
}
