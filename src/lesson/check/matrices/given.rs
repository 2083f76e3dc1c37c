//! Matrices that are there from the start: written, random or the identity.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::op::Given;
use crate::graph::{Axis, Op, Origin, Part, Shape, op};
use crate::language::{Localised, all_of};
use crate::lesson::check::numbers::grid::{Layout, Named, called};
use crate::lesson::check::{Checker, Reported};
use crate::lesson::parts::{SPREADSHEET_ERRORS, Table};
use crate::math::{self, Matrix};
use crate::yaml::{Key, Tree};

/// The most decimals that random numbers are rounded to: more than a number has.
const MOST_DECIMALS: i32 = 15;

impl Layout {
    fn of(value: &Tree) -> Self {
        match value.get("layout").and_then(Tree::as_text) {
            Some("columns") => Self::Columns,
            Some(_) | None => Self::Rows,
        }
    }

    /// The axes in the way of the file.
    fn named(self, [rows, columns]: [Option<Arc<Axis>>; 2]) -> Named {
        match self {
            Self::Rows => Named { rows, columns, layout: self },
            Self::Columns => Named { rows: columns, columns: rows, layout: self },
        }
    }

    /// The matrix in the way of the lesson.
    fn upright(self, matrix: Matrix, shape: Shape) -> (Matrix, Shape) {
        match self {
            Self::Rows => (matrix, shape),
            Self::Columns => (matrix.transpose(), Shape::new(shape.columns, shape.rows)),
        }
    }
}

impl Checker<'_> {
    pub(super) fn define_given(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let written = value.get("values").unwrap_or(value);
        let layout = Layout::of(value);
        let named = layout.named(self.named_axes(value)?);
        let is_upright = matches!(layout, Layout::Rows);
        if is_upright
            && (self.lacks_outer_brackets(written, &named)
                || self.has_names_of_another(value, written, &named))
        {
            return None;
        }
        let (matrix, shape) = self.matrix(written, &named)?;
        let (matrix, shape) = layout.upright(matrix, shape);
        let node = self.push_given(key, Given::written(matrix, shape))?;
        if matches!(layout, Layout::Columns) {
            self.given_by_columns.insert(node);
        }
        Some(())
    }

    /// Reports `[0, 0.5]` for `[[0, 0.5]]`, where an axis says that this is one row: even that is a row among rows.
    fn lacks_outer_brackets(&mut self, written: &Tree, named: &Named) -> bool {
        let numbers = written.as_list().unwrap_or_default();
        let slice = self.source.slice(written.span);
        let are_numbers = !numbers.is_empty() && numbers.iter().all(|it| it.as_number().is_some());
        if !are_numbers || !slice.starts_with('[') || slice.contains('\n') {
            return false;
        }
        let size = |axis: &Option<Arc<Axis>>| axis.as_ref().map(|axis| axis.size());
        if size(&named.columns) != Some(numbers.len()) || size(&named.rows).is_some_and(|rows| rows > 1) {
            return false;
        }
        let message = both!(
            "a pair of brackets is missing: each row needs one, and all rows together need one",
            "少了一对方括号：每一行要用一对，最外面还要一对"
        );
        let meant = format!("[{slice}]");
        let finding = Diagnostic::new(Code::WrongKind, written.span, message);
        self.told_as_one.extend(numbers.iter().map(|number| number.span));
        let hint = both!("write `{meant}`", "请写 `{meant}`");
        self.findings.push(finding.with_hint(hint).with_fix(written.span, meant));
        true
    }

    /// Reports an axis of which none of the names that are written is, if all of them are those of another.
    fn has_names_of_another(&mut self, value: &Tree, written: &Tree, named: &Named) -> bool {
        let lines = written.as_map().unwrap_or_default();
        let outer: Vec<&str> = lines.iter().map(|(key, _)| key.text.as_str()).collect();
        let entries = lines.iter().filter_map(|(_, line)| line.as_map()).flatten();
        let inner: Vec<&str> = entries.map(|(key, _)| key.text.as_str()).collect();
        let has_any = |axis: &Option<Arc<Axis>>, words: &[&str]| {
            axis.as_ref().is_some_and(|axis| words.iter().any(|it| axis.find(it).is_ok()))
        };
        // The other side is right, and none of these names is one of it: rows and columns are not exchanged.
        let sides = [
            ("rows", &named.rows, &outer, &named.columns, &inner),
            ("cols", &named.columns, &inner, &named.rows, &outer),
        ];
        let misnamed = sides.into_iter().find_map(|(field, axis, words, beside, others)| {
            let own = axis.as_ref().filter(|_| !has_any(axis, words) && !has_any(beside, words))?;
            let other = self.axis_with_all(words).filter(|_| has_any(beside, others))?;
            let mut words = words.clone();
            words.dedup();
            Some((field, called(own), other, value.get(field)?.span, words))
        });
        let Some((field, own, other, place, words)) = misnamed else { return false };
        let Localised { en, zh } = all_of(words.iter().map(|word| format!("`{word}`")));
        let message = both!(
            "the names {en} below are those of `{other}`, and not of `{own}`",
            "下面的 {zh} 是 `{other}` 的名称，不是 `{own}` 的"
        );
        let hint = both!("write `{field}: {other}`", "请写 `{field}: {other}`");
        let finding = Diagnostic::new(Code::UnknownLabel, place, message).with_hint(hint);
        self.findings.push(finding);
        true
    }

    /// The only axis with all of several names; the vocabulary before texts, which have its tokens too.
    fn axis_with_all(&self, words: &[&str]) -> Option<String> {
        if words.len() < 2 {
            return None;
        }
        let has_all = |axis: &Axis| words.iter().all(|word| axis.find(word).is_ok());
        let mut with = self.axes.iter().filter(|(_, axis)| has_all(axis)).map(|(name, _)| name);
        if let Some(vocabulary) = with.clone().find(|name| *name == "vocabulary") {
            return Some(vocabulary.clone());
        }
        with.next().filter(|_| with.next().is_none()).cloned()
    }

    /// A matrix from a file beside the lesson. What is wrong with the file itself has been reported.
    pub(super) fn define_load(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let file = value.get("file").unwrap_or(value);
        let layout = Layout::of(value);
        let named = self.named_axes(value);
        let table = self.tables.remove(&file.span)?;
        let named = layout.named(named?);
        let size = match &table {
            Table::Rows(rows) => {
                let rows = rows.as_list().unwrap_or_default();
                (rows.len(), rows.first().and_then(Tree::as_list).map_or(0, <[_]>::len))
            }
            Table::Matrix(matrix) => matrix.shape(),
        };
        if let (Table::Rows(rows), Some(axis)) = (&table, &named.columns)
            && self.has_halved_numbers(rows, axis, file.span)
        {
            return None;
        }
        if !self.fits(size.0, file.span) || !self.fits(size.1, file.span) {
            return None;
        }
        self.has_room(size, file.span)?;
        let (matrix, shape) = match table {
            Table::Rows(rows) => {
                let (rows, span) = (rows.as_list().unwrap_or_default(), file.span);
                self.matrix_of_rows(rows, span, &named, Self::number_of_a_table)?
            }
            Table::Matrix(matrix) => {
                let shape = self.shape_of(size, &named, file.span);
                (matrix, shape.map_err(|finding| self.findings.push(finding)).ok()?)
            }
        };
        let (matrix, shape) = layout.upright(matrix, shape);
        let node = self.push_given(key, Given::written(matrix, shape))?;
        if matches!(layout, Layout::Columns) {
            self.given_by_columns.insert(node);
        }
        Some(())
    }

    /// Reports a table with twice as many numbers as its axis has, if each two could be one with a decimal comma.
    fn has_halved_numbers(&mut self, rows: &Tree, axis: &Axis, span: Span) -> bool {
        let digits = |cell: &Tree| {
            let text = cell.as_text().unwrap_or_default();
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let whole = |cell: &Tree| {
            let number = cell.as_number();
            number.is_some_and(|number| number.fract() == 0.0) || digits(cell)
        };
        let is_split = |row: &Tree| {
            let cells = row.as_list().unwrap_or_default();
            cells.len() == 2 * axis.size() && cells.chunks(2).all(|pair| whole(&pair[0]) && digits(&pair[1]))
        };
        if !rows.as_list().unwrap_or_default().iter().all(is_split) {
            return false;
        }
        let (size, count, name) = (axis.size(), 2 * axis.size(), called(axis));
        self.report(
            Code::ShapeMismatch,
            span,
            both!(
                "{count} numbers in each row, twice as many as `{name}` has",
                "每行有 {count} 个数，是 `{name}` 的项数（{size}）的两倍"
            ),
            both!(
                "if every second comma belongs to a number, as in `0,5`, write points instead, `0.5`, or save the table with semicolons between the numbers; otherwise remove {size} numbers in each row",
                "如果有些逗号是小数点（如 `0,5`），请改成 `0.5`，或者用分号隔开各数再保存；否则请在每行删去 {size} 个数"
            ),
        );
        true
    }

    /// A number of a table, where nothing between two commas is no number.
    fn number_of_a_table(&mut self, tree: &Tree) -> Option<f64> {
        if let Some(text) = tree.as_text().filter(|text| SPREADSHEET_ERRORS.contains(text)) {
            self.report(
                Code::BadNumber,
                tree.span,
                both!(
                    "`{text}` is what a spreadsheet writes where it could not compute a number",
                    "`{text}` 是电子表格算不出数时写下的"
                ),
                both!(
                    "correct the formula of this cell, and save the table again",
                    "请改正这一格的公式，再保存表格"
                ),
            );
            return None;
        }
        if tree.as_text().is_some_and(|text| !text.is_empty()) {
            return self.number(tree);
        }
        self.report(
            Code::BadNumber,
            tree.span,
            both!("a number is missing here", "这里缺少一个数"),
            both!("write a number, also where it is 0", "请写上数；是 0 也要写出来"),
        );
        None
    }

    fn named_axes(&mut self, value: &Tree) -> Option<[Option<Arc<Axis>>; 2]> {
        let lines = value.get("values").and_then(Tree::as_list);
        let (down, across) =
            (lines.map(<[_]>::len), lines.and_then(<[_]>::first).and_then(Tree::as_list).map(<[_]>::len));
        let (of_rows, of_columns) = match Layout::of(value) {
            Layout::Rows => (down, across),
            Layout::Columns => (across, down),
        };
        let rows = self.optional_axis(value.get("rows"), of_rows);
        let columns = self.optional_axis(value.get("cols"), of_columns);
        Some([rows.ok()?, columns.ok()?])
    }

    /// An axis that may be left out, of so many entries where that is known.
    fn optional_axis(
        &mut self,
        tree: Option<&Tree>,
        size: Option<usize>,
    ) -> Result<Option<Arc<Axis>>, Reported> {
        tree.map(|tree| self.axis_of(tree, size).ok_or(Reported)).transpose()
    }

    pub(super) fn define_random(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let rows = value.get("rows").and_then(|tree| self.axis(tree));
        let columns = value.get("cols").and_then(|tree| self.axis(tree));
        let seed = value.get("seed").and_then(Tree::as_count);
        let deviation = match value.get("deviation") {
            Some(tree) => Some(self.deviation(tree)?),
            None => None,
        };
        let decimals = match value.get("decimals") {
            Some(tree) => Some(self.decimals(tree)?),
            None => None,
        };
        let (rows, columns, seed) = (rows?, columns?, seed?);
        let deviation = deviation.unwrap_or_else(|| 1.0 / (rows.size() as f64).sqrt());
        let (source, shape) = (math::Random { seed, deviation, decimals }, Shape::new(rows, columns));
        let op = Op::Random(op::Random { source, shape });
        self.push(key.text.clone(), op, Part::Other, key.span).map(|_| ())
    }

    /// How far random numbers spread; reports a negative number.
    fn deviation(&mut self, tree: &Tree) -> Option<f64> {
        let deviation = self.number(tree)?;
        if deviation >= 0.0 {
            return Some(deviation);
        }
        let positive = -deviation;
        self.report(
            Code::OutOfRange,
            tree.span,
            both!("a standard deviation is never negative", "标准差不会是负数"),
            both!(
                "write how far the numbers are to spread: {positive}, or another number above 0",
                "请写这些数的分散程度：{positive}，或另一个正数"
            ),
        );
        None
    }

    pub(super) fn decimals(&mut self, tree: &Tree) -> Option<i32> {
        let decimals = i32::try_from(tree.as_count()?).ok().filter(|decimals| *decimals <= MOST_DECIMALS);
        if decimals.is_none() {
            self.report(
                Code::OutOfRange,
                tree.span,
                both!(
                    "a number has no more than {MOST_DECIMALS} decimals that mean anything",
                    "一个数最多只有 {MOST_DECIMALS} 位有意义的小数"
                ),
                both!("write a number from 0 to {MOST_DECIMALS}", "请写 0 到 {MOST_DECIMALS} 之间的数"),
            );
        }
        decimals
    }

    pub(super) fn define_identity(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let axis = self.axis(value)?;
        let shape = Shape::new(Arc::clone(&axis), axis);
        self.has_room(shape.size(), key.span)?;
        let (rows, columns) = shape.size();
        let matrix = Matrix::identity(rows, columns);
        let identity = Given { values: Arc::new(matrix), shape, origin: Origin::Identity };
        self.push_given(key, identity).map(|_| ())
    }
}
