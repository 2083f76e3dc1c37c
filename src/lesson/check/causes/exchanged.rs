//! Matrices whose rows and columns are exchanged. There are two ways to put that right, and which of them is meant shows in
//! the rest of the lesson: it is checked with each.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Source, Span};
use crate::graph::Shape;
use crate::language::Localised;
use crate::lesson::check::numbers::grid::{Layout, called};
use crate::lesson::check::remedies::definition::{Field, to_write};
use crate::lesson::check::{Checker, errors};
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
    /// What is said of `values` whose rows and columns are exchanged; `shape` is as it should be in the file.
    pub(in crate::lesson::check) fn of_exchanged(
        &mut self,
        finding: Diagnostic,
        shape: &Shape,
        layout: Layout,
        values: Span,
    ) -> Diagnostic {
        self.exchanged.push(values);
        let hint = self.either_way(shape, layout, values);
        finding.with_hint(hint)
    }

    /// What to do where both ways are possible: that which is more probable.
    fn either_way(&self, shape: &Shape, layout: Layout, values: Span) -> Localised<String> {
        let (rows, columns) = match layout {
            Layout::Rows => (called(&shape.rows), called(&shape.columns)),
            Layout::Columns => (called(&shape.columns), called(&shape.rows)),
        };
        let vectors = self.vocabulary.map(|node| called(&self.graph.node(node).shape.columns));
        let written = Written {
            name: self.definition_around(values).unwrap_or_default(),
            rows: &rows,
            columns: &columns,
            layout,
        };
        match (written.probable(|axis| self.is_text(axis), vectors.as_deref()), layout) {
            (Way::Turned, Layout::Rows) => both!(
                "rows and columns are exchanged: write `rows: {rows}, cols: {columns}, layout: columns`",
                "行列写反了：请写成 `rows: {rows}, cols: {columns}, layout: columns`"
            ),
            (Way::Turned, Layout::Columns) => both!(
                "rows and columns are exchanged: remove `layout: columns`",
                "行列写反了：请删去 `layout: columns`"
            ),
            (Way::Renamed, Layout::Rows | Layout::Columns) => both!(
                "rows and columns are exchanged: write `rows: {columns}, cols: {rows}`",
                "行列写反了：请写成 `rows: {columns}, cols: {rows}`"
            ),
        }
    }
}

/// The two ways to put an exchanged matrix right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Its values are the other way round.
    Turned,
    /// The names of rows and columns are.
    Renamed,
}

/// What a definition says of its rows and columns, which its values contradict.
struct Written<'n> {
    name: &'n str,
    rows: &'n str,
    columns: &'n str,
    layout: Layout,
}

impl Written<'_> {
    /// Which way is more probable where nothing in the lesson decides. The tokens of a text are rows. What meets vectors
    /// has a row for each of their numbers, but for the weights that lead back to vectors. Otherwise what stands in a
    /// line is a row, as everywhere.
    fn probable(&self, is_text: impl Fn(&str) -> bool, vectors: Option<&str>) -> Way {
        let are_vectors = |axis: &str| axis == "d_model" || Some(axis) == vectors;
        let right = match (is_text(self.rows), is_text(self.columns)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            (true, true) | (false, false) => match (are_vectors(self.rows), are_vectors(self.columns)) {
                (true, false) => Some(!leads_back(self.name)),
                (false, true) => Some(leads_back(self.name)),
                (true, true) | (false, false) => None,
            },
        };
        match (right, self.layout) {
            (Some(true), Layout::Rows | Layout::Columns) | (None, Layout::Columns) => Way::Turned,
            (Some(false), Layout::Rows | Layout::Columns) | (None, Layout::Rows) => Way::Renamed,
        }
    }
}

/// Whether weights of this name lead back to vectors, so that their columns are those of vectors.
pub(in crate::lesson::check) fn leads_back(name: &str) -> bool {
    ["_O", "_2", "_out"].iter().any(|end| name.ends_with(end))
}

/// The findings of a lesson with exchanged matrices, in which each that only one remedy helps has this one. The `values`
/// are what is exchanged in this tree, and `check` gives the findings of a tree.
pub(in crate::lesson::check) fn decided(
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
        let meant = if is_sure { remedy(first, at) } else { definition.usual(tree) as usize };
        let values = definition.values.1.span.range();
        let is_of_it =
            |it: &&mut Diagnostic| it.code == Code::ShapeMismatch && values.contains(&it.span.start);
        if let Some(finding) = findings.iter_mut().find(is_of_it) {
            let Remedy { related, hint, fix, .. } = &remedies[at][meant];
            finding.related.clone_from(related);
            finding.hint = Some(hint.clone());
            finding.fix.clone_from(fix);
        }
    }
    findings
}

impl Definition<'_> {
    /// The two ways, in the order of [`Way`].
    fn remedies(&self, source: &Source) -> [Remedy; 2] {
        [self.turned(source), self.renamed(source)]
    }

    /// Which of the two is meant where both help.
    fn usual(&self, lesson: &Tree) -> Way {
        let is_text = |name: &str| {
            let texts = lesson.get("texts").and_then(Tree::as_map).unwrap_or_default();
            texts.iter().any(|(key, _)| key.text == name) || name == "main" && lesson.get("text").is_some()
        };
        let vectors = lesson.get("vocabulary").and_then(|it| it.get("axis")).and_then(Tree::as_text);
        let has_it = |(_, made): &&(Key, Tree)| made.span.range().contains(&self.values.1.span.start);
        let items = lesson.get("matrices").and_then(Tree::as_list).unwrap_or_default();
        let own = items.iter().find_map(|item| item.as_map()?.first().filter(|entry| has_it(entry)));
        let is_turned = self.layout.and_then(Tree::as_text) == Some("columns");
        let written = Written {
            name: own.map_or("", |(key, _)| &key.text),
            rows: self.rows.as_text().unwrap_or_default(),
            columns: self.columns.as_text().unwrap_or_default(),
            layout: if is_turned { Layout::Columns } else { Layout::Rows },
        };
        written.probable(is_text, vectors)
    }

    fn told(&self, source: &Source, fields: &[Field]) -> Localised<String> {
        let Localised { en, zh } = to_write(source, self.whole, fields, Some(self.values.1.span));
        both!("rows and columns are exchanged: {en}", "行列写反了：{zh}")
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
        let fields = if self.layout.is_some() {
            vec![("layout", layout.to_owned())]
        } else {
            let [rows, columns] = [self.rows, self.columns].map(|axis| source.slice(axis.span).to_owned());
            vec![("rows", rows), ("cols", columns), ("layout", layout.to_owned())]
        };
        let hint = self.told(source, &fields);
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
                (self.rows.span, both!("exchange these two", "这两项对调")),
                (self.columns.span, both!("exchange these two", "这两项对调")),
            ],
            hint: self.told(source, &[("rows", rows.to_owned()), ("cols", columns.to_owned())]),
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
