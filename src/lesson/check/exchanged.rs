//! Matrices whose rows and columns are exchanged. There are two ways to put that right, and which of them is meant shows in
//! the rest of the lesson: it is checked with each.

use super::Checker;
use super::grid::{Layout, called};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Source, Span};
use crate::graph::{Axis, Shape};
use crate::language::Localised;
use crate::yaml::{Key, Scalar, Style, Tree, Value};

/// So many matrices are tried in all ways together, because one that is wrong hides what the others do.
const TRIED: usize = 5;

/// One way to put an exchanged matrix right.
struct Remedy {
    related: Vec<(Span, Localised<String>)>,
    hint: Localised<String>,
    fix: Vec<Edit>,
    definition: Value,
}

/// A definition whose values are the other way round than it says.
struct Definition<'t> {
    rows: &'t Tree,
    columns: &'t Tree,
    layout: Option<&'t Tree>,
    values: &'t (Key, Tree),
    whole: &'t Tree,
}

impl Checker<'_> {
    /// Reports `values` whose rows and columns are exchanged; `shape` is as it should be in the file.
    pub(super) fn report_exchanged(
        &mut self,
        finding: Diagnostic,
        shape: &Shape,
        layout: Layout,
        values: Span,
    ) {
        self.exchanged.push(values);
        let hint = self.either_way(shape, layout);
        self.findings.push(finding.with_hint(hint));
    }

    /// What to do where both ways are possible; that with which vectors of the vocabulary meet rows first.
    fn either_way(&self, shape: &Shape, layout: Layout) -> Localised<String> {
        let (rows, columns) = (called(&shape.rows), called(&shape.columns));
        let vectors = self.vocabulary.map(|node| self.graph.node(node).shape.columns.as_ref());
        let are_vectors = |axis: &Axis| vectors.is_some_and(|vectors| vectors == axis);
        match layout {
            Layout::Rows if are_vectors(&shape.columns) => both!(
                "rows and columns are exchanged: write `rows: {columns}, cols: {rows}`, or `rows: {rows}, cols: {columns}, layout: columns`",
                "行列写反了：请写成 `rows: {columns}, cols: {rows}`，或 `rows: {rows}, cols: {columns}, layout: columns`"
            ),
            Layout::Rows => both!(
                "rows and columns are exchanged: write `rows: {rows}, cols: {columns}, layout: columns`, or `rows: {columns}, cols: {rows}`",
                "行列写反了：请写成 `rows: {rows}, cols: {columns}, layout: columns`，或 `rows: {columns}, cols: {rows}`"
            ),
            Layout::Columns => both!(
                "rows and columns are exchanged: remove `layout: columns`, or write `rows: {rows}, cols: {columns}`",
                "行列写反了：请删去 `layout: columns`，或写成 `rows: {rows}, cols: {columns}`"
            ),
        }
    }
}

/// The findings of a lesson with exchanged matrices, in which each that only one remedy helps has this one. The `values`
/// are what is exchanged in this tree, and `check` gives the findings of a tree.
pub(super) fn decided(
    values: &[Span],
    source: &Source,
    tree: &Tree,
    mut findings: Vec<Diagnostic>,
    check: impl Fn(&Tree) -> Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let definitions: Vec<_> = values.iter().filter_map(|values| definition_of(tree, *values)).collect();
    if definitions.is_empty() || definitions.len() > TRIED {
        return findings;
    }
    let remedies: Vec<_> = definitions.iter().map(|definition| definition.remedies(source)).collect();
    // Bit by bit, a way says which remedy each matrix gets.
    let remedy = |way: usize, at: usize| (way >> at) & 1;
    let errors = |findings: &[Diagnostic]| findings.iter().filter(|it| super::is_error(it)).count();
    let left = |way: usize| {
        let mut candidate = tree.clone();
        for (at, definition) in definitions.iter().enumerate() {
            candidate.put(definition.whole.span, &remedies[at][remedy(way, at)].definition);
        }
        errors(&check(&candidate))
    };
    let left: Vec<usize> = (0..1 << definitions.len()).map(left).collect();
    let least = left.iter().copied().min().filter(|least| *least < errors(&findings));
    let best: Vec<usize> = (0..left.len()).filter(|way| Some(left[*way]) == least).collect();
    let Some(&first) = best.first() else { return findings };
    for (at, definition) in definitions.iter().enumerate() {
        let is_sure = best.iter().all(|way| remedy(*way, at) == remedy(first, at));
        let meant = if is_sure { Some(remedy(first, at)) } else { definition.usual(tree) };
        let values = definition.values.1.span.range();
        let is_of_it =
            |it: &&mut Diagnostic| it.code == Code::ShapeMismatch && values.contains(&it.span.start);
        if let (Some(meant), Some(finding)) = (meant, findings.iter_mut().find(is_of_it)) {
            let Remedy { related, hint, fix, .. } = &remedies[at][meant];
            finding.related.clone_from(related);
            finding.hint = Some(hint.clone());
            finding.fix.clone_from(fix);
        }
    }
    findings
}

impl Definition<'_> {
    /// The two ways: the values the other way round, or the names.
    fn remedies(&self, source: &Source) -> [Remedy; 2] {
        [self.turned(source), self.renamed(source)]
    }

    /// Which of the two is meant where both help, by its index: that with which the tokens of a text are rows.
    fn usual(&self, lesson: &Tree) -> Option<usize> {
        let is_text = |axis: &Tree| {
            let name = axis.as_text();
            let texts = lesson.get("texts").and_then(Tree::as_map).unwrap_or_default();
            texts.iter().any(|(key, _)| Some(key.text.as_str()) == name)
                || name == Some("main") && lesson.get("text").is_some()
        };
        match (is_text(self.rows), is_text(self.columns)) {
            (true, false) => Some(0),
            (false, true) => Some(1),
            (true, true) | (false, false) => None,
        }
    }

    fn turned(&self, source: &Source) -> Remedy {
        let layout = match self.layout.and_then(Tree::as_text) {
            Some("columns") => "rows",
            Some(_) | None => "columns",
        };
        let place = self.layout.map_or(Span::at(self.values.0.span.start), |layout| layout.span);
        let is_other = |(key, _): &&(Key, Tree)| key.text != "layout";
        let mut entries: Vec<_> =
            self.whole.as_map().unwrap_or_default().iter().filter(is_other).cloned().collect();
        let written = Value::Scalar(Scalar { text: layout.to_owned(), style: Style::Plain });
        let key = Key { text: "layout".to_owned(), span: place };
        entries.push((key, Tree { span: place, value: written }));
        let with = if self.layout.is_some() {
            layout.to_owned()
        } else if source.slice(self.whole.span).starts_with('{') {
            format!("layout: {layout}, ")
        } else {
            let (_, column) = source.line_column(place.start);
            format!("layout: {layout}\n{}", " ".repeat(column - 1))
        };
        let (rows, columns) = (source.slice(self.rows.span), source.slice(self.columns.span));
        let hint = if self.layout.is_some() {
            let own = if layout == "rows" { "columns" } else { "rows" };
            both!(
                "rows and columns are exchanged: write `layout: {layout}` instead of `layout: {own}`",
                "行列写反了：请把 `layout` 改成 `layout: {layout}`"
            )
        } else {
            both!(
                "rows and columns are exchanged: write `rows: {rows}, cols: {columns}, layout: {layout}`",
                "行列写反了：请写成 `rows: {rows}, cols: {columns}, layout: {layout}`"
            )
        };
        Remedy {
            related: Vec::new(),
            hint,
            fix: vec![Edit { span: place, with }],
            definition: Value::Map(entries),
        }
    }

    fn renamed(&self, source: &Source) -> Remedy {
        let other = |(key, value): &(Key, Tree)| match key.text.as_str() {
            "rows" => (key.clone(), self.columns.clone()),
            "cols" => (key.clone(), self.rows.clone()),
            _ => (key.clone(), value.clone()),
        };
        let entries = self.whole.as_map().unwrap_or_default().iter().map(other).collect();
        let (rows, columns) = (source.slice(self.columns.span), source.slice(self.rows.span));
        Remedy {
            related: vec![
                (self.rows.span, both!("exchange this", "对调这一项")),
                (self.columns.span, both!("and this", "与这一项")),
            ],
            hint: both!(
                "rows and columns are exchanged: write `rows: {rows}, cols: {columns}`",
                "行列写反了：请改成 `rows: {rows}, cols: {columns}`"
            ),
            fix: vec![
                Edit { span: self.rows.span, with: rows.to_owned() },
                Edit { span: self.columns.span, with: columns.to_owned() },
            ],
            definition: Value::Map(entries),
        }
    }
}

/// The definition with these values, if it names rows and columns.
fn definition_of(tree: &Tree, values: Span) -> Option<Definition<'_>> {
    if let Some(items) = tree.as_list() {
        return items.iter().find_map(|item| definition_of(item, values));
    }
    let entries = tree.as_map()?;
    let Some(own) = entries.iter().find(|(_, value)| value.span == values) else {
        return entries.iter().find_map(|(_, value)| definition_of(value, values));
    };
    Some(Definition {
        rows: tree.get("rows")?,
        columns: tree.get("cols")?,
        layout: tree.get("layout"),
        values: own,
        whole: tree,
    })
}
