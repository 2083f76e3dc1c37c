//! What is named in a field that is missing: a matrix of the lesson that fits there, or a new one with the line that makes it.

use crate::both;
use crate::diagnostic::Span;
use crate::graph::{Axis, AxisKind, Node};
use crate::language::{Localised, all_of};
use crate::lesson::check::numbers::grid::called;
use crate::lesson::check::{Checker, Purpose, remedies::insertion};
use crate::lesson::fields::{Record, missing_fields};
use crate::yaml::Tree;

/// Weights that are made with seeds in this order: of one seed and size they would be the same.
const SEEDS: [&str; 6] = ["W_Q", "W_K", "W_V", "W_O", "W_1", "W_2"];

/// A matrix to name in a field, and the line that makes it where the lesson has none.
pub(in crate::lesson::check) struct Filling {
    pub(in crate::lesson::check) name: String,
    pub(in crate::lesson::check) line: Option<String>,
}

/// The rows and columns that weights should have, where they are known.
#[derive(Default, Clone, Copy)]
pub(in crate::lesson::check) struct Wanted<'a> {
    pub(in crate::lesson::check) rows: Option<&'a Axis>,
    pub(in crate::lesson::check) columns: Option<&'a Axis>,
}

impl Checker<'_> {
    /// The weights to name in this field: its own, best those that nothing uses, or those of a lesson that has one
    /// matrix for everything.
    pub(in crate::lesson::check) fn weights_for(&self, field: &str, wanted: Wanted<'_>) -> Filling {
        let agrees = |axis: Option<&Axis>, own: &Axis| axis.is_none_or(|axis| axis.agrees_with(own));
        let fits = |node: &&Node| {
            self.definitions.contains_key(&node.name)
                && node.shape.rows.kind() != AxisKind::Tokens
                && agrees(wanted.rows, &node.shape.rows)
                && agrees(wanted.columns, &node.shape.columns)
        };
        let fitting: Vec<&str> =
            self.graph.nodes().map(|(_, node)| node).filter(fits).map(|node| node.name.as_str()).collect();
        let own = |name: &&&str| name.starts_with(field);
        let is_for_all = |name: &&&str| !name.contains('_');
        let found = fitting.iter().filter(own).find(|name| self.stands_once(name));
        match found.or_else(|| fitting.iter().find(own)).or_else(|| fitting.iter().find(is_for_all)) {
            Some(name) => Filling { name: (*name).to_owned(), line: None },
            None => self.new_weights(field, wanted),
        }
    }

    fn new_weights(&self, field: &str, Wanted { rows, columns }: Wanted<'_>) -> Filling {
        let axis = |name: &str| self.axes.get(name).map(|_| name.to_owned());
        let rows = rows.map(called).or_else(|| axis("d_model"));
        // Those of queries and keys make short vectors, all others such as go in or come between.
        let short = match field {
            "W_Q" | "W_K" => axis("d_k"),
            "W_1" => axis("d_ff"),
            _ => None,
        };
        let columns = columns.map(called).or(short).or_else(|| rows.clone());
        let [rows, columns] = [rows, columns].map(|axis| axis.unwrap_or_else(|| "2".to_owned()));
        let name = self.free_name(field);
        let seed = SEEDS.iter().position(|own| *own == field).unwrap_or(SEEDS.len()) + 1;
        let line = format!("- {name}: {{random: {{rows: {rows}, cols: {columns}, seed: {seed}}}}}");
        Filling { name, line: Some(line) }
    }

    /// The last matrix that has a row for each token and is no part of another; of other tokens than these, if any are given.
    pub(in crate::lesson::check) fn vectors_to_name(&self, others_than: Option<&Axis>) -> Option<String> {
        let is_one = |node: &&Node| {
            let rows = &node.shape.rows;
            rows.kind() == AxisKind::Tokens
                && self.definitions.contains_key(&node.name)
                && others_than.is_none_or(|tokens| rows.name() != tokens.name())
        };
        self.graph.nodes().map(|(_, node)| node).filter(is_one).last().map(|node| node.name.clone())
    }

    /// Names matrices of this lesson in what the table of fields says of a record that lacks some of its fields.
    pub(in crate::lesson::check) fn fill_missing(
        &mut self,
        tree: &Tree,
        record: &'static Record,
        filling: impl Fn(&Self, &str) -> Option<Filling>,
    ) {
        if self.purpose == Purpose::Trial {
            return;
        }
        for (field, finding) in missing_fields(tree, record) {
            let Some(filling) = filling(self, field) else { continue };
            let hint = self.to_fill(tree, finding.span, &[(field, filling)]);
            self.filled.push(finding.with_hint(hint));
        }
    }

    /// What fits a field of a definition.
    pub(in crate::lesson::check) fn filling_for(&self, field: &str, tree: &Tree) -> Option<Filling> {
        let axes =
            |field: &str| self.matrix_in(tree, field).map(|node| (&*node.shape.rows, &*node.shape.columns));
        let weights = |rows, columns| Some(self.weights_for(field, Wanted { rows, columns }));
        match field {
            "of" => self.vectors_to_name(None).map(|name| Filling { name, line: None }),
            "W_1" => weights(axes("of").map(|(_, columns)| columns), axes("W_2").map(|(rows, _)| rows)),
            "W_2" => weights(axes("W_1").map(|(_, columns)| columns), axes("W_1").map(|(rows, _)| rows)),
            _ => None,
        }
    }

    /// What to do so that a lesson has these axes, each with its size or its names.
    pub(in crate::lesson::check) fn axes_to_add(&self, told: Span, axes: &[String]) -> Localised<String> {
        if let Some(written) = self.tree.get("axes").filter(|written| written.as_map().is_some()) {
            return insertion::to_add(self.source, written, told, axes);
        }
        let list = axes.join(", ");
        both!(
            "add above `matrices` the line `axes: {{{list}}}`",
            "在 `matrices` 上面加一行 `axes: {{{list}}}`"
        )
    }

    /// The matrix that a field names.
    pub(in crate::lesson::check) fn matrix_in(&self, tree: &Tree, field: &str) -> Option<&Node> {
        let node = self.graph.find(tree.get(field)?.as_text()?)?;
        Some(self.graph.node(node))
    }

    /// What to do so that a record, which is told of at this place, names matrices in these fields as well.
    pub(in crate::lesson::check) fn to_fill(
        &self,
        tree: &Tree,
        told: Span,
        fields: &[(&str, Filling)],
    ) -> Localised<String> {
        let entries: Vec<String> =
            fields.iter().map(|(field, Filling { name, .. })| format!("{field}: {name}")).collect();
        let lines: Vec<String> = fields.iter().filter_map(|(_, it)| it.line.clone()).collect();
        self.with_lines_above(tree, told, &entries, &lines)
    }

    /// What to do so that a record has these entries as well, and so that these matrices are made above its definition.
    pub(in crate::lesson::check) fn with_lines_above(
        &self,
        tree: &Tree,
        told: Span,
        entries: &[String],
        lines: &[String],
    ) -> Localised<String> {
        let Localised { en, zh } = insertion::to_add(self.source, tree, told, entries);
        let Some(around) = self.definition_around(tree.span).filter(|_| !lines.is_empty()) else {
            return both!("{en}", "请{zh}");
        };
        let (noun, noun_zh) = insertion::lines(lines.len());
        let Localised { en: new, zh: new_zh } = all_of(lines.iter().map(|line| format!("`{line}`")));
        both!(
            "{en}, and above `- {around}: …` add the {noun} {new}",
            "请{zh}，并在 `- {around}: …` 上面加{noun_zh} {new_zh}"
        )
    }
}
