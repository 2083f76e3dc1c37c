//! Numbers as they are written: lines of them, and whole matrices.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, NoEntry, Shape};
use crate::language::{Localised, counted, joined};
use crate::lesson::check::Checker;
use crate::lesson::check::numbers::entries_of;
use crate::lesson::check::numbers::rows::Row;
use crate::lesson::check::remedies::definition::to_write;
use crate::math::Matrix;
use crate::yaml::{Key, Tree};

/// The axes of a matrix as far as the lesson names them.
pub(in crate::lesson::check) struct Named {
    pub(in crate::lesson::check) rows: Option<Arc<Axis>>,
    pub(in crate::lesson::check) columns: Option<Arc<Axis>>,
    pub(in crate::lesson::check) layout: Layout,
}

/// More numbers than these are not repeated in what to write.
pub(in crate::lesson::check) const FEW: usize = 6;

/// Which way round a matrix is written.
#[derive(Clone, Copy)]
pub(in crate::lesson::check) enum Layout {
    Rows,
    Columns,
}

impl Checker<'_> {
    /// A whole matrix with its shape. Rows and columns are those of the file.
    pub(in crate::lesson::check) fn matrix(&mut self, tree: &Tree, named: &Named) -> Option<(Matrix, Shape)> {
        match (tree.as_list(), tree.as_map()) {
            (Some(rows), _) => self.matrix_of_rows(rows, tree.span, named, Self::number),
            (None, Some(_)) => self.matrix_by_name(tree, named),
            (None, None) => None,
        }
    }

    /// A matrix written as a list of rows, each number of which `read` reads.
    pub(in crate::lesson::check) fn matrix_of_rows(
        &mut self,
        rows: &[Tree],
        span: Span,
        named: &Named,
        read: fn(&mut Self, &Tree) -> Option<f64>,
    ) -> Option<(Matrix, Shape)> {
        if rows.iter().any(|row| row.as_list().is_none()) {
            self.one_flat_list(rows, span, named);
            return None;
        }
        if self.has_names_among_numbers(rows, named) {
            return None;
        }
        let lines: Vec<Row<'_>> = rows.iter().map(Row::of).collect();
        let along = named.columns.as_deref().and_then(|axis| Some((axis, axis.name()?)));
        let width = self.width(&lines, along)?;
        let size = (lines.len(), width);
        let shape = match self.shape_of(size, named, span) {
            Ok(shape) => shape,
            Err(finding) => {
                let fits = named.columns.as_ref().is_none_or(|axis| axis.size() == width);
                let told = match self.to_name_other_side(size, named, span) {
                    Some(hint) => finding.with_hint(hint),
                    None if fits => Self::with_row(finding, rows, named),
                    None => finding,
                };
                self.findings.push(told);
                return None;
            }
        };
        // Every number is read, so that every mistake is reported.
        let numbers: Vec<Option<f64>> =
            lines.iter().flat_map(Row::numbers).map(|number| read(self, number)).collect();
        let numbers: Vec<f64> = numbers.into_iter().collect::<Option<_>>()?;
        Some((Matrix::from_row_slice(lines.len(), width, &numbers), shape))
    }

    /// The shape of so many rows and columns, or what is to be reported of named axes that have others.
    pub(in crate::lesson::check) fn shape_of(
        &mut self,
        size: (usize, usize),
        named: &Named,
        span: Span,
    ) -> Result<Shape, Diagnostic> {
        let (rows, columns) = size;
        let counted = |axis: &Option<Arc<Axis>>, size| axis.clone().unwrap_or_else(|| Axis::numbered(size));
        let shape = Shape::new(counted(&named.rows, rows), counted(&named.columns, columns));
        if shape.size() != size {
            return Err(self.of_size((rows, columns), &shape, named.layout, span));
        }
        Ok(shape)
    }

    fn matrix_by_name(&mut self, tree: &Tree, named: &Named) -> Option<(Matrix, Shape)> {
        let (Some(rows), Some(columns)) = (&named.rows, &named.columns) else {
            let lines = tree.as_map().unwrap_or_default();
            let inner = lines.iter().find_map(|(_, line)| line.as_map());
            let (outer, inner) = (self.axis_with(lines), self.axis_with(inner.unwrap_or_default()));
            let around = self.definition_around(tree.span).and_then(|name| self.item(name));
            let given = around.and_then(|(_, made)| made.get("given"));
            let hint = match given.filter(|given| given.get("values").is_some_and(|it| it.span == tree.span))
            {
                Some(given) => {
                    let mut axes = vec![("rows", outer), ("cols", inner)];
                    axes.retain(|(field, _)| given.get(field).is_none());
                    to_write(self.source, given, &axes, Some(tree.span))
                }
                None => both!(
                    "write `{{rows: {outer}, cols: {inner}, values: …}}`, with what stands here for `…`",
                    "请写 `{{rows: {outer}, cols: {inner}, values: …}}`，`…` 处写这里的内容"
                ),
            };
            self.report(
                Code::MissingField,
                tree.span,
                both!(
                    "these rows have names, and nothing says which axes the names are of",
                    "这些行用名字来写，却没有写明是哪两个轴"
                ),
                hint,
            );
            return None;
        };
        let shape = Shape::new(Arc::clone(rows), Arc::clone(columns));
        self.names_rows_first(tree, &shape, named.layout)?;
        self.has_room(shape.size(), tree.span)?;
        let mut matrix = Matrix::zeros(rows.size(), columns.size());
        let mut complete = true;
        for (key, line) in tree.as_map()? {
            let row = self.entry(rows, &key.text, key.span);
            let numbers = self.line(line, columns, &key.text);
            match (row, numbers) {
                (Some(row), Some(numbers)) => {
                    numbers.iter().enumerate().for_each(|(column, number)| matrix[(row, column)] = *number);
                }
                (_, _) => complete = false,
            }
        }
        complete.then_some((matrix, shape))
    }

    /// Reports numbers by name of which each line is named after a column; `shape` is as in the file.
    fn names_rows_first(&mut self, tree: &Tree, shape: &Shape, layout: Layout) -> Option<()> {
        let lines = tree.as_map()?;
        let all_in = |axis: &Axis, entries: &[(Key, Tree)]| {
            entries.iter().all(|(key, _)| axis.find(&key.text).is_ok())
        };
        let fits_across = |line: &Tree| match line.as_map() {
            Some(inner) => all_in(&shape.rows, inner),
            None => line.as_list().is_some_and(|items| items.len() == shape.rows.size()),
        };
        let is_exchanged = !all_in(&shape.rows, lines)
            && all_in(&shape.columns, lines)
            && lines.iter().all(|(_, line)| fits_across(line));
        let are_columns = lines.iter().all(|(key, _)| {
            shape.rows.find(&key.text) == Err(NoEntry::Unknown) && shape.columns.find(&key.text).is_ok()
        });
        if let Some(first) = lines.first().filter(|_| are_columns && !is_exchanged) {
            self.told_as_one.extend(lines.iter().map(|(_, line)| line.span));
            self.report_named_across(first, lines, shape);
            return None;
        }
        let Some((first, _)) = lines.first().filter(|_| is_exchanged) else { return Some(()) };
        let (wanted, written) = match layout {
            Layout::Rows => ("rows", "cols"),
            Layout::Columns => ("cols", "rows"),
        };
        let (word, rows, columns) = (&first.text, called(&shape.rows), called(&shape.columns));
        let message = match layout {
            Layout::Rows => both!(
                "`{word}` is a name of `{written}: {columns}`, and the names before the numbers of each line here must be those of `{wanted}: {rows}`",
                "`{word}` 属于 `{written}: {columns}`，而这里每一行的数前面应写 `{wanted}: {rows}` 中的名字"
            ),
            Layout::Columns => both!(
                "`{word}` is a name of `{written}: {columns}`, but with `layout: columns` the names here must be those of `{wanted}: {rows}`",
                "`{word}` 属于 `{written}: {columns}`，而写了 `layout: columns`，这里的名字就应是 `{wanted}: {rows}` 中的"
            ),
        };
        let finding = Diagnostic::new(Code::ShapeMismatch, first.span, message);
        let finding = self.of_exchanged(finding, shape, layout, tree.span);
        self.findings.push(finding);
        None
    }

    /// The name of the axis that has all of these entries.
    fn axis_with(&self, entries: &[(Key, Tree)]) -> String {
        let has_all = |axis: &Axis| entries.iter().all(|(key, _)| axis.find(&key.text).is_ok());
        let found = self.axes.iter().find(|(_, axis)| !entries.is_empty() && has_all(axis));
        found.map_or("…".to_owned(), |(name, _)| name.clone())
    }

    /// The numbers along an axis: a full list, or by name with 0 for all others. `what` is whose numbers they are.
    pub(in crate::lesson::check) fn line(
        &mut self,
        tree: &Tree,
        axis: &Axis,
        what: &str,
    ) -> Option<Vec<f64>> {
        let mut complete = true;
        let mut numbers = vec![0.0; axis.size()];
        if let Some(items) = tree.as_list() {
            if items.len() != axis.size() {
                let (count, name) = (items.len(), axis.name().unwrap_or_default());
                let size = axis.size();
                let (numbers, entries) =
                    (counted(count, "number", "numbers"), counted(size, "entry", "entries"));
                let (wanted, of) = (counted(size, "number", "numbers"), entries_of(axis));
                self.report(
                    Code::ShapeMismatch,
                    tree.span,
                    both!(
                        "`{what}` has {numbers}, and `{name}` has {entries}",
                        "`{what}` 有 {count} 个数，而 `{name}` 有 {size} 项"
                    ),
                    Localised {
                        en: format!("write {wanted}, one for each of {}", of.en),
                        zh: format!("请写 {size} 个数，{}的每一项对应一个", of.zh),
                    },
                );
                return None;
            }
            for (item, number) in items.iter().zip(&mut numbers) {
                match self.number_along(axis, item) {
                    Some(value) => *number = value,
                    None => complete = false,
                }
            }
        } else {
            if tree.as_map().is_none_or(<[_]>::is_empty) {
                self.report_no_line(tree, axis, what);
                return None;
            }
            for (key, value) in tree.as_map()? {
                match (self.entry(axis, &key.text, key.span), self.number(value)) {
                    (Some(entry), Some(value)) => numbers[entry] = value,
                    (_, _) => complete = false,
                }
            }
        }
        complete.then_some(numbers)
    }

    /// Reports what stands where numbers along an axis belong: one number, or nothing.
    fn report_no_line(&mut self, tree: &Tree, axis: &Axis, what: &str) {
        const WRITTEN: usize = 12;
        let (size, first) = (axis.size(), axis.unique_label(0));
        let list = |number: &str| format!("[{}]", vec![number; size].join(", "));
        let number = tree.as_text().filter(|_| tree.as_number().is_some());
        let is_zero = tree.as_number().is_none_or(|number| number == 0.0);
        if tree.as_scalar().is_some_and(|scalar| !scalar.is_null()) && number.is_none() {
            return;
        }
        let (code, name) = (
            if tree.as_map().is_some() { Code::Empty } else { Code::WrongKind },
            axis.name().unwrap_or_default(),
        );
        let entries = counted(size, "number", "numbers");
        let message = both!(
            "`{what}` needs {entries} in square brackets, one for each of `{name}`",
            "`{what}` 后面要有 {size} 个数（`{name}` 的每一项一个），写在方括号里"
        );
        let finding = Diagnostic::new(code, tree.span, message);
        let certain = match number {
            Some(number) if size == 1 => Some(list(number)),
            Some(_) | None if is_zero && size <= WRITTEN => Some(list("0")),
            Some(_) | None => None,
        };
        let written = number.unwrap_or("1");
        let one = |at: usize| format!("`{{{}: {written}}}`", axis.unique_label(at));
        let Localised { en, zh } = if size <= FEW { joined((0..size).map(one)) } else { one(0).into() };
        let hint = match (&certain, number) {
            (Some(written), _) => both!("write `{written}`", "请写 `{written}`"),
            (None, Some(_)) => both!(
                "say which of them it is: {en}; all others are then 0",
                "请写明是哪一项：{zh}，其余各项都是 0"
            ),
            (None, None) => both!(
                "write `{{{first}: 0}}`; all others are then 0, too",
                "请写 `{{{first}: 0}}`，其余各项也都是 0"
            ),
        };
        let finding = finding.with_hint(hint);
        let stands = tree.span.end > tree.span.start;
        self.findings.push(match certain.filter(|_| stands) {
            Some(written) => finding.with_fix(tree.span, written),
            None => finding,
        });
    }

    /// The entry of an axis that a name of the file means.
    fn entry(&mut self, axis: &Axis, label: &str, span: Span) -> Option<usize> {
        let name = axis.name().unwrap_or_default();
        let why: Localised<String> = match axis.find(label) {
            Ok(entry) => return Some(entry),
            Err(NoEntry::Unknown) => {
                both!("nothing in `{name}` is called `{label}`", "`{name}` 中没有 `{label}`")
            }
            Err(NoEntry::Ambiguous(count)) => {
                both!(
                    "`{label}` stands {count} times in `{name}`",
                    "`{label}` 在 `{name}` 中出现了 {count} 次"
                )
            }
            Err(NoEntry::OnlySoMany(count)) => {
                both!("there are only {count} of these in `{name}`", "`{name}` 中这样的只有 {count} 个")
            }
        };
        if self.lacks_names(axis, label) {
            return None;
        }
        let labels: Vec<_> = (0..axis.size().min(64)).map(|index| axis.unique_label(index)).collect();
        let labels: Vec<_> = labels.iter().map(String::as_str).collect();
        if let Some(meant) = self.known_in_plain(label, span, &labels) {
            return axis.find(&meant).ok();
        }
        let hint = crate::lesson::check::names::unknown_names::did_you_mean(label, &labels);
        self.findings.push(Diagnostic::new(Code::UnknownLabel, span, why).with_hint(hint));
        None
    }
}

/// What a file calls an axis.
pub(in crate::lesson::check) fn called(axis: &Axis) -> String {
    axis.name().map_or_else(|| axis.size().to_string(), str::to_owned)
}
