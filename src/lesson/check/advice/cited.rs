//! Steps whose words are about something else than what they show: the numbers of another matrix, or the cell across the
//! diagonal. Both happen when a step is copied.

use std::collections::BTreeSet;

use super::asked::{exchangeable, is_hidden};
use super::languages::Braces;
use super::meant::has_one;
use super::named_cells::also_in;
use super::{items, versions};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, NodeId, Place, Trace};
use crate::language::Localised;
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::{self, Formatted, Resolved};
use crate::lesson::{Focus, Lesson, Shown, Step};
use crate::yaml::Tree;

/// What is said of both cells on purpose.
const OF_BOTH: [&str; 16] = [
    "mask", "hid", "turn", "other", "revers", "back", "chang", "swap", "symm", "same", "遮", "掩", "反",
    "换", "对称", "相同",
];

impl Checker<'_> {
    /// Reports what a step says of other cells than it lights, and of another matrix than it shows.
    pub(super) fn words_are_of_what_is_shown(&mut self, tree: &Tree, lesson: &Lesson) {
        for (tree, step) in items(tree, "steps").zip(&lesson.steps) {
            let texts = tree.get("say").map(versions).unwrap_or_default();
            let cited: Vec<Vec<Resolved>> = texts
                .iter()
                .map(|text| self.in_braces(text.as_text().unwrap_or_default()))
                .map(|braces| braces.into_iter().flat_map(|braces| braces.values).collect())
                .collect();
            self.shows_one_thing_once(tree);
            self.is_of_what_is_lit(tree, step, &cited, &lesson.trace);
            self.is_of_what_is_shown(tree, step, &cited);
        }
    }

    fn shows_one_thing_once(&mut self, tree: &Tree) {
        let shown = tree.get("show").and_then(Tree::as_list).unwrap_or_default();
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for item in shown {
            if let Some(name) = item.as_text().filter(|name| !names.insert(name)) {
                self.report(
                    Code::DoubledLine,
                    item.span,
                    both!("this step shows `{name}` twice", "这一步把 `{name}` 写了两次"),
                    both!(
                        "remove it here, or write in its place what else this step should show",
                        "请在这里删去它，或换成这一步还要显示的另一项"
                    ),
                );
            }
        }
    }

    /// Reports a step that lights one cell, and whose words are about the one across the diagonal.
    fn is_of_what_is_lit(&mut self, tree: &Tree, step: &Step, cited: &[Vec<Resolved>], trace: &Trace) {
        let (Some(focus), [Focus { node, row: Some(row), column: Some(column) }]) =
            (tree.get("focus"), step.focus.as_slice())
        else {
            return;
        };
        let lit = Cell { node: *node, row: *row, column: *column };
        let across = |values: &Vec<Resolved>| {
            let cells = || values.iter().filter_map(|value| exchangeable(value, trace));
            let is_lit =
                values.iter().any(|value| matches!(value.place(), Some(Place::Cell(cell)) if cell == lit));
            cells().find(|(_, turned)| *turned == lit).filter(|_| !is_lit)
        };
        self.is_turned_once(tree, lit, cited, trace);
        let of_all: Option<Vec<(Cell, Cell)>> = cited.iter().map(across).collect();
        let Some((own, _)) = of_all.and_then(|all| all.first().copied()) else { return };
        let [said, shown] = [own, lit].map(|cell| expression::reference(&self.graph, cell));
        if is_hidden(own, trace) && !is_hidden(lit, trace) {
            let message = both!(
                "this speaks of `{said}`, which the mask hides, but the `focus` of this step is on `{shown}`",
                "这里说的是 `{said}`，它被掩码遮住了，而这一步高亮的是 `{shown}`"
            );
            self.report_across(tree.get("say"), own, message, &shown);
            return;
        }
        let shape = &trace.node(*node).shape;
        let (row, column) = (shape.rows.label(own.row), shape.columns.label(own.column));
        self.report(
            Code::Questionable,
            focus.span,
            both!(
                "this lights `{shown}`, and the words of the step are about `{said}`",
                "这里高亮的是 `{shown}`，而讲解说的是 `{said}`"
            ),
            both!(
                "row and column look exchanged: write `focus: [{row}, {column}]`",
                "行和列似乎写反了：请写 `focus: [{row}, {column}]`"
            ),
        );
    }

    /// Reports the places where the words of a step have a cell with row and column exchanged, in all languages at once.
    fn report_across(&mut self, say: Option<&Tree>, own: Cell, message: Localised<String>, meant: &str) {
        let mut places: Vec<(Span, String)> = Vec::new();
        for version in say.map(versions).unwrap_or_default() {
            let text = version.as_text().unwrap_or_default();
            let is_own =
                |braces: &Braces| braces.values.iter().any(|it| it.place() == Some(Place::Cell(own)));
            places.extend(self.in_braces(text).into_iter().filter(is_own).map(|braces| {
                let inner = &text[braces.span.start + 1..braces.span.end - 1];
                let format = &inner[Formatted::formula_end(inner)..];
                let place = locate::in_source(self.source, version, braces.span);
                (place, format!("{{{meant}{format}}}"))
            }));
        }
        let Some(((first, typed), rest)) = places.split_first() else { return };
        let hint = if rest.is_empty() {
            both!("row and column look exchanged: write `{typed}`", "行和列似乎写反了：请写 `{typed}`")
        } else {
            both!(
                "row and column look exchanged: write `{typed}` in each marked place",
                "行和列似乎写反了：请在标出的每一处写 `{typed}`"
            )
        };
        let finding = Diagnostic::new(Code::Questionable, *first, message).with_hint(hint);
        self.findings.push(rest.iter().fold(finding, |finding, (place, _)| finding.with_another(*place)));
    }

    /// Reports a cell across the diagonal, where the same sentence gives the number of the cell that the step lights, and
    /// that of no other across the diagonal: a score of the one, and then a share of the other.
    fn is_turned_once(&mut self, tree: &Tree, lit: Cell, cited: &[Vec<Resolved>], trace: &Trace) {
        let head = |cell: Cell| trace.node(cell.node).name.rsplit_once('.').map(|(head, _)| head);
        let of_both = |text: &&Tree| has_one(&text.as_text().unwrap_or_default().to_lowercase(), &OF_BOTH);
        let texts = tree.get("say").map(versions).unwrap_or_default();
        let place = |cell: Cell| (cell.row, cell.column);
        let turned = |values: &Vec<Resolved>| {
            let cells: Vec<(Cell, Cell)> =
                values.iter().filter_map(|value| exchangeable(value, trace)).collect();
            let mut across = cells.iter().filter(|(_, turned)| place(*turned) == place(lit));
            let (own, meant) = across.next().filter(|_| across.next().is_none())?;
            let is_lit = cells.iter().any(|(cell, _)| *cell == lit);
            let is_of_head = own.node != lit.node && head(*own).is_some() && head(*own) == head(lit);
            let is_there = cells.iter().any(|(cell, _)| cell == meant);
            (is_lit && is_of_head && !is_there).then_some((*own, *meant))
        };
        let all: Option<Vec<(Cell, Cell)>> = cited.iter().map(turned).collect();
        let Some((own, meant)) = all.and_then(|all| all.first().copied()) else { return };
        if texts.iter().any(of_both) {
            return;
        }
        let [own, meant, shown] = [own, meant, lit].map(|cell| expression::reference(&self.graph, cell));
        let places: Vec<Span> = texts
            .iter()
            .filter_map(|text| {
                let at = text.as_text()?.find(&own)?;
                Some(locate::in_source(self.source, text, Span::new(at, at + own.len())))
            })
            .collect();
        let Some((first, others)) = places.split_first() else { return };
        let message = both!(
            "this is `{own}`, but the `focus` of this step is on `{shown}`",
            "这里写的是 `{own}`，而这一步高亮的是 `{shown}`"
        );
        let hint =
            both!("row and column look exchanged: write `{meant}`", "行和列似乎写反了：请写 `{meant}`");
        let lines: Vec<usize> = others.iter().map(|place| self.source.line(place.start)).collect();
        self.report(Code::Questionable, *first, message, also_in(&hint, &lines));
    }

    /// Reports a step all of whose numbers are those of another head than it shows.
    fn is_of_what_is_shown(&mut self, tree: &Tree, step: &Step, cited: &[Vec<Resolved>]) {
        let Some(show) = tree.get("show") else { return };
        let node = |value: &Resolved| value.place().map(Place::node);
        let nodes: Option<BTreeSet<NodeId>> = cited.iter().flatten().map(node).collect();
        let nodes = nodes.unwrap_or_default();
        let (Some(said), [Shown::Matrix(shown)]) = (nodes.first().copied(), step.show.as_slice()) else {
            return;
        };
        if nodes.len() > 1 || said == *shown {
            return;
        }
        let [own, other] = [*shown, said].map(|node| self.graph.node(node).name.as_str());
        let part = |name: &'_ str| {
            let (head, part) = name.rsplit_once('.')?;
            let group = head.rsplit_once('.').map_or("", |(group, _)| group);
            Some((group.to_owned(), part.to_owned()))
        };
        if part(own).is_none() || part(own) != part(other) {
            return;
        }
        let message = both!(
            "the numbers of this step are those of `{other}`, and it shows `{own}`",
            "这一步的数都取自 `{other}`，显示的却是 `{own}`"
        );
        let hint = both!(
            "write `show: {other}`, or take the numbers from `{own}`",
            "请写 `show: {other}`，或在讲解里引用 `{own}` 的数"
        );
        self.report(Code::Questionable, show.span, message, hint);
    }
}
