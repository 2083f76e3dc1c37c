//! What to type where a matrix is given: its fields as they should be, in the lines where they stand.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Source, Span};
use crate::graph::{Axis, Node, NodeId, Origin, Shape, Side};
use crate::language::{Localised, counted};
use crate::lesson::check::advice::items;
use crate::lesson::check::numbers::grid::called;
use crate::lesson::check::numbers::one_row;
use crate::lesson::check::{Checker, sizes};
use crate::yaml::{Key, Tree};

/// A field with what is to stand behind it.
pub(in crate::lesson::check) type Field = (&'static str, String);

/// What to write so that the fields of a definition say this: together where they stand in braces, and otherwise each in
/// its line. What is not there yet goes below the last that is. The line of what is marked need not be named.
pub(in crate::lesson::check) fn to_write(
    source: &Source,
    definition: &Tree,
    fields: &[Field],
    marked: Option<Span>,
) -> Localised<String> {
    let line = |span: Span| source.line(span.start);
    if source.slice(definition.span).starts_with('{') {
        let written: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let (here, written) = (line(definition.span), written.join(", "));
        let (en, zh) = match (fields, definition.as_map().and_then(<[_]>::first)) {
            ([(name, _)], _) if definition.get(name).is_some() => {
                let own = definition.get(name).and_then(Tree::as_text).unwrap_or_default();
                (
                    format!("write `{written}` instead of `{name}: {own}`"),
                    format!("把 `{name}: {own}` 改成 `{written}`"),
                )
            }
            (_, Some((first, _))) if fields.iter().all(|(name, _)| definition.get(name).is_none()) => {
                let first = &first.text;
                (
                    format!("write `{written}, ` before `{first}`"),
                    format!("把 `{first}` 改成 `{written}, {first}`"),
                )
            }
            (_, _) => (format!("write `{written}`"), format!("写 `{written}`")),
        };
        return if marked.is_some_and(|marked| line(marked) == here) {
            both!("{en}", "请{zh}")
        } else {
            both!("in line {here} {en}", "请在第 {here} 行{zh}")
        };
    }
    let mut told: Vec<Localised<String>> = Vec::new();
    let mut last = None;
    for (name, value) in fields {
        let Some((field, own)) = definition.entry(name) else { continue };
        last = last.max(Some(line(field.span)));
        if own.as_text() != Some(value) {
            let line = line(field.span);
            told.push(both!("`{name}: {value}` in line {line}", "把第 {line} 行改成 `{name}: {value}`"));
        }
    }
    let (en, zh): (Vec<_>, Vec<_>) = told.into_iter().map(|it| (it.en, it.zh)).unzip();
    let mut en = if en.is_empty() { Vec::new() } else { vec![format!("write {}", en.join(", and "))] };
    let mut zh = zh;
    for (name, value) in fields.iter().filter(|(name, _)| definition.get(name).is_none()) {
        let (side, side_zh, at) = match last {
            Some(last) => ("below", "下面", last),
            None => ("above", "上面", line(definition.span)),
        };
        en.push(format!("{side} line {at} add the line `{name}: {value}`, just as far in"));
        zh.push(format!("在第 {at} 行{side_zh}加一行 `{name}: {value}`，与它左边对齐"));
    }
    let (en, zh) = (en.join(", and "), zh.join("，并"));
    both!("{en}", "请{zh}")
}

impl Checker<'_> {
    /// The line in which a matrix is defined.
    pub(in crate::lesson::check) fn line_given(&self, name: &str) -> Option<usize> {
        Some(self.source.line(self.definitions.get(name)?.start))
    }

    /// The last line of the definition of a matrix, below which another one can be added.
    fn last_line_of(&self, name: &str) -> Option<usize> {
        let (_, value) = self.item(name)?;
        let text = self.source.slice(value.span).trim_end();
        Some(self.source.line(value.span.start + text.len()))
    }

    /// What to type so that a given matrix gets as many rows or columns as an axis has.
    pub(in crate::lesson::check) fn to_resize(
        &self,
        node: NodeId,
        side: Side,
        axis: &Arc<Axis>,
    ) -> Localised<String> {
        let Shape { rows, columns } = self.graph.node(node).shape.clone();
        let wanted = match side {
            Side::Rows => Shape::new(Arc::clone(axis), columns),
            Side::Columns => Shape::new(rows, Arc::clone(axis)),
        };
        self.to_reshape(node, &wanted)
    }

    /// What to type so that an identity matrix leads from one axis to another one of the same size: its numbers, if they are
    /// few.
    pub(in crate::lesson::check) fn to_write_out(
        &self,
        node: NodeId,
        side: Side,
        axis: &Axis,
    ) -> Option<Localised<String>> {
        const WRITTEN: usize = 6;
        let Node { name, op, shape, .. } = self.graph.node(node);
        let count = axis.size();
        if op.origin() != Some(Origin::Identity) || count > WRITTEN {
            return None;
        }
        let (rows, columns) = match side {
            Side::Rows => (axis.name()?, shape.columns.name()?),
            Side::Columns => (shape.rows.name()?, axis.name()?),
        };
        let row = |at: usize| list((0..count).map(|column| u8::from(column == at).to_string()));
        let values = list((0..count).map(row));
        let definition = format!("{{given: {{rows: {rows}, cols: {columns}, values: {values}}}}}");
        Some(self.to_define(name, &definition))
    }

    /// What to type so that a given matrix gets this shape: the axes that it names, and how many numbers.
    pub(in crate::lesson::check) fn to_reshape(&self, node: NodeId, wanted: &Shape) -> Localised<String> {
        let Node { name, op, shape, .. } = self.graph.node(node);
        let changed = |side: &Side| !shape.axis(*side).agrees_with(wanted.axis(*side));
        let sides: Vec<Side> = [Side::Rows, Side::Columns].into_iter().filter(changed).collect();
        match (op.origin(), self.item(name)) {
            (Some(Origin::Random { .. }), Some((_, definition))) => {
                self.to_write_axes(definition, "random", wanted, &sides)
            }
            (Some(Origin::Written), Some((key, definition))) => {
                let load = definition.get("load");
                let kind = if load.is_some() { "load" } else { "given" };
                let axes = self.to_write_axes(definition, kind, wanted, &sides);
                let numbers = self.numbers_of_shape(node, wanted, &sides);
                let file = load.and_then(|load| load.get("file").unwrap_or(load).as_text());
                let numbers = numbers.map(|numbers| in_table(file, numbers));
                match (axes.en.is_empty(), numbers) {
                    (true, Some(Localised { en, zh })) if file.is_some() => both!("{en}", "请{zh}"),
                    (false, None) => axes,
                    (false, Some(Localised { en, zh })) => {
                        let (axes_en, axes_zh) = (axes.en, axes.zh);
                        both!("{axes_en}, and {en}", "{axes_zh}，并{zh}")
                    }
                    (true, numbers) => {
                        let line = self.source.line(key.span.start);
                        let Localised { en, zh } = numbers.unwrap_or_default();
                        both!("in line {line} write {en} for `{name}`", "请在第 {line} 行给 `{name}` {zh}")
                    }
                }
            }
            (Some(Origin::Identity), Some(_)) if wanted.rows == wanted.columns => {
                self.to_define(name, &format!("{{identity: {}}}", called(&wanted.rows)))
            }
            (Some(Origin::Identity | Origin::Written | Origin::Random { .. }) | None, _) => {
                let needed = sides.iter().map(|side| sizes::called(wanted.axis(*side), *side));
                let (en, zh): (Vec<_>, Vec<_>) = needed.map(|it| (it.en, it.zh)).unzip();
                let (en, zh) = (en.join(" and "), zh.join("、"));
                both!("give `{name}` {en}", "请让 `{name}` 有 {zh}")
            }
        }
    }

    /// The names of axes that a definition needs on these sides; nothing where it names none that is another.
    fn to_write_axes(
        &self,
        definition: &Tree,
        kind: &str,
        wanted: &Shape,
        sides: &[Side],
    ) -> Localised<String> {
        let Some(fields) = definition.get(kind).filter(|fields| fields.as_map().is_some()) else {
            return Localised::default();
        };
        let names_it = |side: Side| fields.get(field(side)).is_some() && wanted.axis(side).name().is_some();
        let needed = |side: &&Side| kind == "random" || names_it(**side);
        let changed: Vec<Field> = sides
            .iter()
            .filter(needed)
            .map(|side| (field(*side), called(wanted.axis(*side))))
            .filter(|(name, value)| fields.get(name).and_then(Tree::as_text) != Some(value))
            .collect();
        if changed.is_empty() { Localised::default() } else { to_write(self.source, fields, &changed, None) }
    }

    /// How many numbers are to be written for the sides that are longer or shorter than they should be.
    fn numbers_of_shape(&self, node: NodeId, wanted: &Shape, sides: &[Side]) -> Option<Localised<String>> {
        let shape = &self.graph.node(node).shape;
        let is_other =
            |side: Side| sides.contains(&side) && shape.axis(side).size() != wanted.axis(side).size();
        // In the way of the file, which may be turned.
        let (down, across) = if self.given_by_columns.contains(&node) {
            (Side::Columns, Side::Rows)
        } else {
            (Side::Rows, Side::Columns)
        };
        let (rows, numbers) = (wanted.axis(down).size(), wanted.axis(across).size());
        let (lines, each) = (counted(rows, "row", "rows"), counted(numbers, "number", "numbers"));
        match (is_other(down), is_other(across)) {
            (true, true) => Some(both!("{lines} of {each}", "写 {rows} 行，每行 {numbers} 个数")),
            (true, false) => Some(both!("{lines} of numbers", "写 {rows} 行数")),
            (false, true) => Some(both!("{each} in each row", "每行写 {numbers} 个数")),
            (false, false) => None,
        }
    }

    /// What to type so that a matrix is one row of so many numbers: its own where it stands upright.
    pub(in crate::lesson::check) fn to_write_row(&self, node: NodeId, count: usize) -> Localised<String> {
        let Node { name, shape, .. } = self.graph.node(node);
        let own: Vec<String> =
            self.written(self.tree).into_iter().filter(|it| it.cell.node == node).map(|it| it.text).collect();
        let row = if shape.size() == (count, 1) && own.len() == count {
            format!("[[{}]]", own.join(", "))
        } else {
            one_row(count)
        };
        self.to_define(name, &format!("{{given: {row}}}"))
    }

    /// What to type so that a matrix is defined as this, in the place of all lines that define it now.
    pub(in crate::lesson::check) fn to_define(&self, name: &str, definition: &str) -> Localised<String> {
        let whole = format!("- {name}: {definition}");
        let (Some(line), Some(last)) = (self.line_given(name), self.last_line_of(name)) else {
            return both!("write `{whole}`", "请写 `{whole}`");
        };
        if line == last {
            both!("in line {line} write `{whole}`", "请在第 {line} 行写 `{whole}`")
        } else {
            both!(
                "in the place of lines {line} to {last} write `{whole}`",
                "请把第 {line} 行至第 {last} 行改成 `{whole}`"
            )
        }
    }

    /// The item that defines a matrix: its name, and of which kind it is.
    pub(in crate::lesson::check) fn item(&self, name: &str) -> Option<&(Key, Tree)> {
        items(self.tree, "matrices")
            .find_map(|item| item.as_map()?.first().filter(|(key, _)| key.text == name))
    }

    /// The line of the first other definition that is made of a matrix of this name.
    pub(in crate::lesson::check) fn line_of_other_use(&self, name: &str, here: Span) -> Option<usize> {
        fn names(tree: &Tree, name: &str, open: &mut Vec<Span>) {
            if tree.as_text() == Some(name) {
                open.push(tree.span);
            }
            tree.as_list().unwrap_or_default().iter().for_each(|item| names(item, name, open));
            tree.as_map().unwrap_or_default().iter().for_each(|(_, value)| names(value, name, open));
        }
        let mut places = Vec::new();
        items(self.tree, "matrices").for_each(|item| names(item, name, &mut places));
        let other = places.into_iter().find(|place| *place != here)?;
        Some(self.source.line(other.start))
    }
}

/// What numbers to write, and in which table if they stand in one.
fn in_table(file: Option<&str>, numbers: Localised<String>) -> Localised<String> {
    let Some(file) = file else { return numbers };
    let Localised { en, zh } = numbers;
    both!("in `{file}` write {en}", "在 `{file}` 中{zh}")
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// The field in which the axis of a side is named.
pub(in crate::lesson::check) const fn field(side: Side) -> &'static str {
    match side {
        Side::Rows => "rows",
        Side::Columns => "cols",
    }
}
