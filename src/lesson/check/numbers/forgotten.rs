//! What was left out and can be told from the rest: the axis of a vocabulary, which numbers were printed, and what an axis
//! without any names has.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Axis, Cell, NodeId, Trace};
use crate::language::{Localised, joined};
use crate::lesson::check::Checker;
use crate::lesson::expression;
use crate::lesson::fields::{put_below, with_lines_moved};
use crate::yaml::{Key, Tree, quoted_text};

impl Checker<'_> {
    /// The axis of a vocabulary whose words stand where `axis` and `tokens` belong: the only one that has all their features.
    pub(in crate::lesson::check) fn forgotten_axis(
        &mut self,
        vocabulary: &Tree,
        entries: &[(Key, Tree)],
    ) -> Option<Arc<Axis>> {
        let (first, _) = entries.first()?;
        // Where the words were put under `tokens`, that stands where they begin.
        let is_put = vocabulary.entry("tokens").is_some_and(|(key, _)| key.span == first.span);
        if !is_put || vocabulary.get("axis").is_some() {
            return None;
        }
        let fits = |axis: &Axis| {
            entries.iter().all(|(_, value)| match (value.as_map(), value.as_list()) {
                (Some(features), _) => features.iter().all(|(name, _)| axis.find(&name.text).is_ok()),
                (None, Some(numbers)) => numbers.len() == axis.size(),
                (None, None) => false,
            })
        };
        let is_text = |name: &str| self.texts.iter().any(|text| text.name == name);
        let mut fitting = self.axes.iter().filter(|(name, axis)| !is_text(name) && fits(axis));
        let (name, axis) = fitting.next().map(|(name, axis)| (name.clone(), Arc::clone(axis)))?;
        if fitting.next().is_some() {
            return None;
        }
        let word = &first.text;
        let message =
            both!("the words of a vocabulary must stand under `tokens:`", "词表中的词要写在 `tokens:` 下面");
        let finding = Diagnostic::new(Code::WrongKind, first.span, message);
        let words = self.source.slice(vocabulary.span);
        self.findings.push(if words.starts_with('{') && !words.contains('\n') {
            let written = format!("{{axis: {name}, tokens: {words}}}");
            let hint = both!("write `{written}`", "请写 `{written}`");
            finding.with_hint(hint).with_fix(vocabulary.span, written)
        } else {
            let axis = format!("axis: {name}");
            let below = put_below(finding, &[&axis, "tokens:"], word, first.span.to(vocabulary.span));
            with_lines_moved(below, self.source)
        });
        Some(axis)
    }

    /// Tells of an axis of size 0 how it is used in given matrices; gives the axis that is meant.
    pub(in crate::lesson::check) fn axis_of_nothing(
        &mut self,
        key: &Key,
        value: &Tree,
        lesson: &Tree,
    ) -> Option<Arc<Axis>> {
        let name = key.text.as_str();
        let matrices = lesson.get("matrices").and_then(Tree::as_list).unwrap_or_default();
        let along = matrices.iter().find_map(|item| {
            let (_, kind) = item.as_map()?.first()?;
            let given = kind.get("given")?;
            let is_it = |side: &str| given.get(side).and_then(Tree::as_text) == Some(name);
            let values = given.get("values")?;
            match (is_it("rows"), is_it("cols")) {
                (true, false) => down(values),
                (false, true) => across(values),
                (true, true) | (false, false) => None,
            }
        })?;
        let (written, axis) = match along {
            Along::Names(names) => (format!("[{}]", names.join(", ")), Axis::features(name, names)),
            Along::Count(count) => (count.to_string(), Axis::sized(name, count)),
        };
        self.report(
            Code::Empty,
            value.span,
            both!("the size of `{name}` cannot be 0", "`{name}` 的大小不能是 0"),
            both!(
                "write `{name}: {written}`, as it is used below",
                "请写 `{name}: {written}`，与下面的用法一致"
            ),
        );
        Some(axis)
    }

    /// Reports an axis of size 0, of which nothing in the lesson tells how long it is.
    pub(in crate::lesson::check) fn report_no_size(&mut self, key: &Key, value: &Tree) {
        let (name, written) = (&key.text, self.source.slice(key.span.to(value.span)));
        let message = both!("the size of `{name}` cannot be 0", "`{name}` 的大小不能是 0");
        let is_used = self.source.text.matches(name.as_str()).count() > 1;
        let before = self.source.text[..key.span.start].trim_end();
        let hint = if !is_used && before.ends_with(',') {
            both!("nothing uses it: remove `, {written}`", "课程没有用到它：请删去 `, {written}`")
        } else {
            both!("write its size, such as `{name}: 4`", "请写它的大小，例如 `{name}: 4`")
        };
        self.report(Code::Empty, value.span, message, hint);
    }

    /// Tells of printed numbers which they are, if a row or a cell of what the step shows has just these.
    pub(in crate::lesson::check) fn which_was_printed(
        &mut self,
        item: &Tree,
        shown: &[NodeId],
        trace: Option<&Trace>,
    ) -> Option<()> {
        /// So many cells are named that may be meant.
        const SEVERAL: usize = 3;
        let value = item.get("value").filter(|value| value.span == item.span && item.get("of").is_none())?;
        let written: Vec<&str> = match value.as_list() {
            Some(numbers) => numbers.iter().map(Tree::as_text).collect::<Option<_>>()?,
            None => vec![value.as_text()?],
        };
        let numbers: Vec<f64> = written.iter().map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let decimals =
            written.iter().map(|number| number.split_once('.').map_or(0, |(_, digits)| digits.len()));
        let exact = 0.5_f64.mul_add(0.1_f64.powi(i32::try_from(decimals.max()?).ok()?), 1e-9);
        let trace = trace?;
        let is_it = |cell: Cell, number: f64| (trace.cell(cell) - number).abs() <= exact;
        let of = shown.iter().rev().find_map(|&node| {
            let (rows, columns) = self.graph.node(node).shape.size();
            let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| Cell { node, row, column }));
            if value.as_list().is_none() {
                let found: Vec<String> = cells
                    .filter(|cell| is_it(*cell, numbers[0]))
                    .take(SEVERAL)
                    .map(|cell| expression::reference(&self.graph, cell))
                    .collect();
                return (!found.is_empty()).then_some(found);
            }
            let fits = |row: &usize| {
                (0..columns)
                    .zip(&numbers)
                    .all(|(column, number)| is_it(Cell { node, row: *row, column }, *number))
            };
            let row = (0..rows).filter(|_| columns == numbers.len()).find(fits)?;
            Some(vec![expression::row_reference(&self.graph, node, row)])
        })?;
        let (of, others) = of.split_first()?;
        let list = written.join(", ");
        let list = if value.as_list().is_some() { format!("[{list}]") } else { list };
        let written = format!("{{of: {}, value: {list}}}", quoted_text(of));
        let message = if value.as_list().is_some() {
            both!("nothing says which row these printed numbers are", "没有写明这些数是哪一行")
        } else {
            both!("nothing says which cell this printed number is", "没有写明这个数是哪个单元格的")
        };
        let hint = if others.is_empty() {
            both!("write `{written}`", "请写 `{written}`")
        } else {
            // Which of them was printed, only the author knows.
            let Localised { en, zh } = joined(others.iter().map(|other| format!("`{other}`")));
            both!(
                "write which cell it is: `{written}`, or {en} in the place of `{of}`, where {list} stands too",
                "请写明是哪个单元格：`{written}`；{zh} 也是 {list}，如果指的是它，请用它代替 `{of}`"
            )
        };
        self.report(Code::WrongKind, item.span, message, hint);
        Some(())
    }
}

/// What stands along one side of written numbers.
enum Along {
    Names(Vec<String>),
    Count(usize),
}

/// The names of the rows, or how many there are.
fn down(values: &Tree) -> Option<Along> {
    let names = |entries: &[(Key, Tree)]| entries.iter().map(|(key, _)| key.text.clone()).collect();
    match (values.as_map(), values.as_list()) {
        (Some(entries), _) if !entries.is_empty() => Some(Along::Names(names(entries))),
        (None, Some(rows)) if !rows.is_empty() => Some(Along::Count(rows.len())),
        (_, _) => None,
    }
}

/// The names of the columns, each once, or how many there are.
fn across(values: &Tree) -> Option<Along> {
    let rows: Vec<&Tree> = match (values.as_map(), values.as_list()) {
        (Some(entries), _) => entries.iter().map(|(_, row)| row).collect(),
        (None, Some(rows)) => rows.iter().collect(),
        (None, None) => return None,
    };
    let mut names: Vec<String> = Vec::new();
    for (key, _) in rows.iter().filter_map(|row| row.as_map()).flatten() {
        if !names.contains(&key.text) {
            names.push(key.text.clone());
        }
    }
    if !names.is_empty() {
        return Some(Along::Names(names));
    }
    let width = rows.first()?.as_list()?.len();
    (width > 0).then_some(Along::Count(width))
}
