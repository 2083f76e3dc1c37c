//! Arrows on two features: where they begin and end.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Node, NodeId, Side};
use crate::language::{Localised, all_of, joined};
use crate::lesson::check::{Checker, text};
use crate::lesson::expression::{self, Entry, Surroundings};
use crate::lesson::{Arrow, Plot, Point, Shown};
use crate::yaml::Tree;

impl Checker<'_> {
    pub(in crate::lesson::check) fn plot(&mut self, tree: &Tree, show: &[Shown]) -> Option<Plot> {
        let axes = tree.get("axes")?.as_list()?;
        let [horizontal, vertical] = axes else { return None };
        let axes = [horizontal, vertical];
        let mut arrows = Vec::new();
        for arrow in tree.get("arrows").and_then(Tree::as_list).unwrap_or_default() {
            let from = arrow.get("from").and_then(|tree| self.point(tree, axes, show));
            let to = arrow.get("to").and_then(|tree| self.point(tree, axes, show));
            let label = arrow.get("label").and_then(text).unwrap_or_default();
            if let (Some(from), Some(to)) = (from, to) {
                arrows.push(Arrow { from, to, label });
            }
        }
        let name = |tree: &Tree| tree.as_text().unwrap_or_default().to_owned();
        Some(Plot { axes: [name(horizontal), name(vertical)], arrows })
    }

    /// A row of a matrix as a point on the two features of the plot.
    fn point(&mut self, tree: &Tree, axes: [&Tree; 2], show: &[Shown]) -> Option<Point> {
        if is_numbers(tree) {
            self.report_numbers(tree, axes);
            return None;
        }
        let words = tree.as_text()?;
        if self.is_row_alone(tree, words, axes, show) {
            return None;
        }
        let scope = self.scope();
        let selection =
            expression::parse(words).map_err(|finding| vec![finding]).and_then(|it| it.selection(&scope));
        let selection = match selection {
            Ok(selection) => selection,
            Err(findings) => {
                let reads = |text: &str| {
                    expression::parse(text).is_ok_and(|it| expression::makes_sense(it.selection(&scope)))
                };
                let around = Surroundings::none(&scope);
                let findings = expression::meant(findings, words, around, reads);
                self.report_in(tree, findings);
                return None;
            }
        };
        if selection.rows.len() != 1 {
            let count = selection.rows.len();
            let row = expression::row_reference(&self.graph, selection.node, selection.rows.start);
            self.report(
                Code::WrongKind,
                tree.span,
                both!("a point is one row, and these are {count}", "一个点对应一行，而这里有 {count} 行"),
                both!("name the row, such as `\"{row}\"`", "请写明是哪一行，例如 `\"{row}\"`"),
            );
            return None;
        }
        let mut columns = [0, 0];
        let row = selection.rows.start;
        for (axis, column) in axes.into_iter().zip(&mut columns) {
            let entry = Entry::parse(axis.as_text()?)
                .and_then(|it| it.find(self.graph.node(selection.node), Side::Columns));
            match entry {
                Ok(index) => *column = index,
                Err(finding) => {
                    self.report_no_feature((axis, finding), tree, (selection.node, row), axes);
                    return None;
                }
            }
        }
        if !columns.iter().all(|column| selection.columns.contains(column)) {
            let meant = expression::row_reference(&self.graph, selection.node, row);
            let shown = axes.into_iter().filter_map(Tree::as_text).map(|axis| format!("`{axis}`"));
            let Localised { en, zh } = all_of(shown);
            let finding = Diagnostic::new(
                Code::WrongKind,
                Span::new(0, words.len()),
                both!(
                    "the plot shows the columns {en}, and this lacks one of them",
                    "图中画出的是 {zh} 这几列，而这里缺了其中一列"
                ),
            );
            let finding = finding
                .with_hint(both!("write `{meant}`", "请写 `{meant}`"))
                .with_fix(Span::new(0, words.len()), meant);
            self.report_in(tree, vec![finding]);
            return None;
        }
        Some(Point { node: selection.node, row, columns })
    }

    /// The only column of a matrix that a plot can have in the place of a feature that is not there.
    fn feature_left(&self, wrong: &Tree, node: NodeId, axes: [&Tree; 2]) -> Option<String> {
        let other = axes.into_iter().find(|axis| axis.span != wrong.span)?.as_text()?;
        let labels = self.graph.node(node).shape.columns.labels();
        match labels {
            [left, taken] | [taken, left] if taken == other => Some(left.clone()),
            _ => None,
        }
    }

    /// Reports a feature that the matrix of a point lacks: at the point, if other matrices have both, else at the axis,
    /// and there once.
    fn report_no_feature(
        &mut self,
        (feature, finding): (&Tree, Diagnostic),
        point: &Tree,
        (node, row): (NodeId, usize),
        axes: [&Tree; 2],
    ) {
        let row = self.graph.node(node).shape.rows.unique_label(row);
        let has_row = |node: &NodeId| self.graph.node(*node).shape.rows.find(&row).is_ok();
        let own = self.with_axes(axes);
        let of_text = own.iter().find(|node| has_row(node) && self.is_of_text(**node));
        let Some(other) = of_text.or(own.first()) else {
            let is_told = |told: &Diagnostic| {
                feature.span.start <= told.span.start && told.span.end <= feature.span.end
            };
            if !self.findings.iter().any(is_told) {
                let left = self.feature_left(feature, node, axes).filter(|_| finding.fix.is_empty());
                let told = match left {
                    Some(left) => {
                        let (name, wrong) = (&self.graph.node(node).name, finding);
                        wrong.with_hint(both!(
                            "write `{left}`, the other column of `{name}`",
                            "请写 `{left}`，即 `{name}` 的另一列"
                        ))
                    }
                    None => finding,
                };
                self.report_in(feature, vec![told]);
            }
            return;
        };
        let place = self.graph.node(*other).shape.rows.find(&row).unwrap_or(0);
        let meant = expression::row_reference(&self.graph, *other, place);
        let (name, [x, y]) =
            (&self.graph.node(node).name, axes.map(|axis| axis.as_text().unwrap_or_default()));
        let message = both!(
            "`{name}` does not have both columns of this plot, `{x}` and `{y}`",
            "`{name}` 没有这幅图的两个特征：`{x}` 和 `{y}`"
        );
        let hint = both!(
            "write a row of a matrix that has them, such as `\"{meant}\"`",
            "请写有这两列的矩阵中的一行，例如 `\"{meant}\"`"
        );
        self.report(Code::UnknownLabel, point.span, message, hint);
    }

    /// Reports numbers where an arrow begins or ends.
    fn report_numbers(&mut self, tree: &Tree, axes: [&Tree; 2]) {
        let (node, first) = match self.with_axes(axes).into_iter().find(|node| self.is_of_text(*node)) {
            Some(node) => (self.graph.node(node), self.graph.node(node).shape.rows.unique_label(0)),
            None => return,
        };
        let (row, columns) = (
            format!("{}[{first}]", node.name),
            crate::lesson::check::numbers::grid::called(&node.shape.columns),
        );
        let message = both!("an arrow begins and ends at a row of a matrix", "箭头的两端都是矩阵的一行");
        let number = self.findings.iter().filter(|told| told.message == message).count() + 1;
        let hint = match written_numbers(tree) {
            Some(numbers) => both!(
                "add `- P_{number}: {{given: {{cols: {columns}, values: [[{numbers}]]}}}}` to `matrices`, and write `\"P_{number}[1]\"` here",
                "请在 `matrices` 中加上 `- P_{number}: {{given: {{cols: {columns}, values: [[{numbers}]]}}}}`，在这里写 `\"P_{number}[1]\"`"
            ),
            None => both!("write a row, such as `\"{row}\"`", "请写一行，例如 `\"{row}\"`"),
        };
        self.report(Code::WrongKind, tree.span, message, hint);
    }

    /// Whether only the name of a row stands there, of which it is reported in which matrices it is.
    fn is_row_alone(&mut self, tree: &Tree, word: &str, axes: [&Tree; 2], show: &[Shown]) -> bool {
        const SHOWN: usize = 3;
        let is_row = |node: &NodeId| self.graph.node(*node).shape.rows.find(word).is_ok();
        if self.graph.find(word).is_some() || self.broken.contains(word) {
            return false;
        }
        let mut nodes: Vec<NodeId> = self.with_axes(axes).into_iter().filter(is_row).collect();
        let shown: Vec<NodeId> =
            nodes.iter().copied().filter(|node| show.contains(&Shown::Matrix(*node))).collect();
        let is_defined = |node: &NodeId| self.is_of_text(*node) && !self.graph.node(*node).name.contains('.');
        let defined: Vec<NodeId> = nodes.iter().copied().filter(is_defined).collect();
        if let Some(likely) = [shown, defined].into_iter().find(|likely| !likely.is_empty()) {
            nodes = likely;
        }
        if nodes.is_empty() {
            return false;
        }
        let row = |node: &NodeId| format!("`\"{}[{word}]\"`", self.graph.node(*node).name);
        let Localised { en, zh } = joined(nodes.iter().take(SHOWN).map(row));
        self.report(
            Code::UnknownName,
            tree.span,
            both!(
                "`{word}` is a row, and nothing says of which matrix",
                "`{word}` 是一行，却没有写明是哪个矩阵的"
            ),
            both!("write {en}", "请写 {zh}"),
        );
        true
    }

    /// The matrices that have both features of a plot as columns.
    fn with_axes(&self, axes: [&Tree; 2]) -> Vec<NodeId> {
        let has = |node: &Node| {
            axes.into_iter().all(|axis| {
                let entry = axis.as_text().and_then(|text| Entry::parse(text).ok());
                entry.is_some_and(|entry| entry.find(node, Side::Columns).is_ok())
            })
        };
        self.graph.nodes().filter(|(_, node)| has(node)).map(|(id, _)| id).collect()
    }

    fn is_of_text(&self, node: NodeId) -> bool {
        let rows = self.graph.node(node).shape.rows.name();
        self.texts.iter().any(|text| rows == Some(&text.name))
    }
}

/// Whether numbers stand somewhere, in a list or in brackets.
fn is_numbers(tree: &Tree) -> bool {
    let Some(text) = tree.as_text() else {
        return tree.as_list().is_some_and(|items| items.iter().all(|item| item.as_number().is_some()));
    };
    let inside = text.trim().trim_matches(['[', ']', '(', ')']);
    inside.contains(',') && inside.split(',').all(|number| number.trim().parse::<f64>().is_ok())
}

/// The numbers of a point, as `[1, 0]` or `(1, 0)`, without brackets.
fn written_numbers(tree: &Tree) -> Option<String> {
    let numbers: Vec<&str> = match (tree.as_list(), tree.as_text()) {
        (Some(items), _) => items.iter().map(Tree::as_text).collect::<Option<_>>()?,
        (None, text) => {
            text?.trim_matches(['(', ')', '[', ']', '（', '）']).split([',', '，']).map(str::trim).collect()
        }
    };
    let are_numbers = numbers.iter().all(|number| number.parse::<f64>().is_ok());
    are_numbers.then(|| numbers.join(", "))
}
