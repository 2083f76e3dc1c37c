//! Examples in hints: names of the lesson itself in the place of those that the table of fields cannot know.

use crate::diagnostic::{Diagnostic, Span};
use crate::graph::{AxisKind, Cell, Node, NodeId};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::{Shown, expression};
use crate::yaml::Tree;

/// What stands for a cell, a row and a matrix in a hint, in both languages, and what is written where a lesson has none.
const CELL: ([&str; 2], &str) = (["NAME[ROW, COLUMN]", "名称[行, 列]"], "X[1, 2]");
const ROW: ([&str; 2], &str) = (["NAME[ROW]", "名称[行]"], "X[1]");
const NEXT: ([&str; 2], &str) = (["NAME[NEXT]", "名称[下一行]"], "X[2]");
const MATRIX: ([&str; 2], &str) = (["{shape: NAME}", "{shape: 名称}"], "{shape: X}");

/// The names that examples have.
struct Example {
    cell: String,
    row: String,
    next: String,
    matrix: String,
}

impl Example {
    /// For a lesson in which nothing is defined.
    fn of_none() -> Self {
        Self {
            cell: CELL.1.to_owned(),
            row: ROW.1.to_owned(),
            next: NEXT.1.to_owned(),
            matrix: MATRIX.1.to_owned(),
        }
    }

    fn put_into(&self, hint: &Localised<String>) -> Localised<String> {
        let with = |words: &str, at: usize| {
            let words = words.replace(CELL.0[at], &self.cell);
            words
                .replace(ROW.0[at], &self.row)
                .replace(NEXT.0[at], &self.next)
                .replace(MATRIX.0[at], &self.matrix)
        };
        Localised { en: with(&hint.en, 0), zh: with(&hint.zh, 1) }
    }
}

/// Gives the examples of hints names, where the lesson has none of its own.
pub(in crate::lesson::check) fn or_any(findings: &mut [Diagnostic]) {
    for hint in findings.iter_mut().filter_map(|finding| finding.hint.as_mut()) {
        *hint = Example::of_none().put_into(hint);
    }
}

impl Checker<'_> {
    /// Gives the examples of hints names of the lesson: those of what fits a field, or of what the step shows that a finding is
    /// in.
    pub(in crate::lesson::check) fn name_examples(&self, tree: &Tree, findings: &mut [Diagnostic]) {
        for finding in findings {
            let is_it = |other: &&Diagnostic| other.span == finding.span && other.message == finding.message;
            if let Some(filled) = self.filled.iter().find(is_it) {
                finding.hint.clone_from(&filled.hint);
                continue;
            }
            let Some(hint) = &finding.hint else { continue };
            let of = self.with_cells_in(finding.span).or_else(|| self.shown_around(tree, finding.span));
            let of = of.or_else(|| self.example_matrix());
            let other = self.not_shown_around(tree, finding.span);
            if let Some(example) = of.and_then(|of| self.example_of(of, other)) {
                finding.hint = Some(example.put_into(hint));
            }
        }
    }

    /// Cells of this matrix, and the size of the other one: what is seen need not be asked.
    fn example_of(&self, node: NodeId, other: Option<NodeId>) -> Option<Example> {
        let shape = &self.graph.node(node).shape;
        let column = usize::from(shape.columns.size() > 1);
        (shape.rows.size() > 0 && shape.columns.size() > 0).then(|| Example {
            cell: expression::reference(&self.graph, Cell { node, row: 0, column }),
            row: expression::row_reference(&self.graph, node, 0),
            next: expression::row_reference(&self.graph, node, usize::from(shape.rows.size() > 1)),
            matrix: format!("{{shape: {}}}", self.graph.node(other.unwrap_or(node)).name),
        })
    }

    /// The matrix with cells that is named in what is marked.
    fn with_cells_in(&self, place: Span) -> Option<NodeId> {
        let (before, _) = self.source.slice(place).split_once('[')?;
        let name = before.rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '@')).next()?;
        self.graph.find(name)
    }

    /// The matrix that is shown by the step around a place.
    fn shown_around(&self, tree: &Tree, place: Span) -> Option<NodeId> {
        self.all_shown_around(tree, place)?.first().copied()
    }

    /// A matrix that the step around a place does not show: one of the size that is written there, or the last of the file.
    fn not_shown_around(&self, tree: &Tree, place: Span) -> Option<NodeId> {
        let shown = self.all_shown_around(tree, place)?;
        let of_size = self.of_written_size(self.source.slice(place));
        if let Some(id) = of_size.into_iter().rfind(|id| !shown.contains(id)) {
            return Some(id);
        }
        let defined = self.definitions.iter().filter_map(|(name, at)| Some((at, self.graph.find(name)?)));
        defined.filter(|(_, node)| !shown.contains(node)).max_by_key(|(at, _)| at.start).map(|(_, node)| node)
    }

    /// The matrices with so many rows and columns as are written: `2×3`.
    pub(in crate::lesson::check) fn of_written_size(&self, written: &str) -> Vec<NodeId> {
        let numbers = written.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok());
        let [rows, columns] = numbers.collect::<Vec<usize>>()[..] else { return Vec::new() };
        let fits = |node: &Node| node.shape.size() == (rows, columns);
        self.graph.nodes().filter(|(_, node)| fits(node)).map(|(id, _)| id).collect()
    }

    fn all_shown_around(&self, tree: &Tree, place: Span) -> Option<Vec<NodeId>> {
        let steps = tree.get("steps")?.as_list()?;
        let around = |step: &&Tree| (step.span.start..step.span.end).contains(&place.start);
        let shown = steps.iter().find(around)?.get("show")?;
        let names = shown.as_list().unwrap_or(std::slice::from_ref(shown));
        Some(names.iter().filter_map(|name| self.graph.find(name.as_text()?)).collect())
    }

    /// The matrix of shares that is defined last, or else the last of all.
    pub(in crate::lesson::check) fn example_matrix(&self) -> Option<NodeId> {
        let nodes: Vec<_> = self.graph.nodes().collect();
        let shares = nodes.iter().rfind(|(_, node)| node.part.holds_shares());
        shares.or(nodes.last()).map(|(id, _)| *id)
    }

    /// What may be looked at: the output of an encoder, or else a matrix with a row for each token.
    pub(in crate::lesson::check) fn memory_to_name(&self) -> String {
        let of_tokens = |node: &&Node| node.shape.rows.kind() == AxisKind::Tokens;
        let nodes: Vec<&Node> = self.graph.nodes().map(|(_, node)| node).filter(of_tokens).collect();
        let output =
            nodes.iter().rfind(|node| node.name.split('@').next().is_some_and(|it| it.ends_with(".output")));
        output.or(nodes.last()).map_or_else(|| "encoder.output".to_owned(), |node| node.name.clone())
    }

    /// What a step shows, and one matrix more, as it is typed.
    pub(in crate::lesson::check) fn shown_with(&self, show: &[Shown], more: NodeId) -> String {
        let name = |shown: &Shown| match shown {
            Shown::Text(text) => self.texts.get(*text).map(|text| text.name.as_str()),
            Shown::Matrix(node) => Some(self.graph.node(*node).name.as_str()),
        };
        let names: Vec<&str> =
            show.iter().filter_map(name).chain([self.graph.node(more).name.as_str()]).collect();
        format!("show: [{}]", names.join(", "))
    }

    /// A name for something new, which nothing in the lesson has: this word, or with a number behind it.
    pub(in crate::lesson::check) fn free_name(&self, word: &str) -> String {
        let is_free = |name: &String| {
            !self.definitions.contains_key(name)
                && !self.sizes.contains_key(name)
                && !self.axes.contains_key(name)
                && self.texts.iter().all(|text| text.name != *name)
        };
        let others = (2..).map(|number| format!("{word}_{number}"));
        std::iter::once(word.to_owned()).chain(others).find(is_free).unwrap_or_default()
    }
}
