//! Masks: which keys a query may see.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Axis, AxisKind, Op, Shape, Visible, op};
use crate::language::{Localised, counted};
use crate::lesson::check::numbers::grid::{Layout, Named};
use crate::lesson::check::numbers::matrix;
use crate::lesson::check::sizes::along;
use crate::lesson::check::{Checker, Reported, remedies::insertion};
use crate::math::Matrix;
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    pub(super) fn define_mask(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let tree = value.get("mask")?;
        let hidden = self.hidden(value)?;
        let word = value.get("of").and_then(Tree::as_text);
        if let (Some("none"), Some(of)) = (tree.as_text(), word) {
            let name = &key.text;
            self.report(
                Code::WrongKind,
                tree.span,
                both!(
                    "with `mask: none` nothing is hidden, and `{name}` is the same as `{of}`",
                    "写 `mask: none` 什么也不遮，`{name}` 就和 `{of}` 一样"
                ),
                both!(
                    "remove this `- {name}: …`, and write `{of}` wherever `{name}` stands",
                    "请删去这个 `- {name}: …`，并把用到 `{name}` 的地方都写成 `{of}`"
                ),
            );
            return None;
        }
        self.define_members(key, &[of], |checker, nodes| {
            let shape = checker.graph.node(nodes[0]).shape.clone();
            let visible = checker.mask(tree, &shape).ok()??;
            Some(Op::Mask(op::Mask { of: nodes[0], visible, hidden }))
        })
    }

    /// What a hidden score becomes.
    pub(in crate::lesson::check) fn hidden(&mut self, around: &Tree) -> Option<f64> {
        let Some(tree) = around.get("hidden") else { return Some(f64::NEG_INFINITY) };
        let hidden = self.number_or_minus_infinity(tree)?;
        if hidden >= 0.0 {
            self.report(
                Code::Questionable,
                tree.span,
                both!(
                    "this hides nothing: a score of {hidden} gets a share of its own",
                    "这样遮不住：分数为 {hidden} 的键照样会分到份额"
                ),
                both!(
                    "remove `hidden`, which then is −∞, or write a number far below 0: `-1e9`",
                    "请删去 `hidden`（不写就是 −∞），或写绝对值很大的负数：`-1e9`"
                ),
            );
        }
        Some(hidden)
    }

    /// A mask over scores of a shape, or `None` for none. Questions one that compares positions of different texts.
    pub(in crate::lesson::check) fn mask(
        &mut self,
        tree: &Tree,
        scores: &Shape,
    ) -> Result<Option<Visible>, Reported> {
        let mask = match (tree.as_text(), tree.as_list()) {
            (Some("none"), _) => return Ok(None),
            (_, Some(masks)) => {
                // Every mask is read, so that every mistake is reported.
                let masks: Vec<_> = masks.iter().map(|mask| self.one_mask(mask, scores)).collect();
                Visible::All(masks.into_iter().collect::<Result<_, _>>()?)
            }
            (_, None) => self.one_mask(tree, scores)?,
        };
        if mask.compares_positions() {
            self.question_two_texts(tree.span, scores);
        }
        Ok(Some(mask))
    }

    fn one_mask(&mut self, tree: &Tree, scores: &Shape) -> Result<Visible, Reported> {
        match tree.as_text() {
            Some("causal") => return Ok(Visible::Causal),
            Some("backward") => return Ok(Visible::Backward),
            Some(_) | None => {}
        }
        let (rule, value) = tree.as_map().and_then(<[_]>::first).ok_or(Reported)?;
        let keys = &scores.columns;
        let mask = match rule.text.as_str() {
            "allow" => self.switches(value, scores, 1.0).map(Visible::Cells),
            "hide" => self.switches(value, scores, 0.0).map(Visible::Cells),
            "add" => {
                let table = self.table(value, scores, Self::number_or_minus_infinity);
                table.map(|table| Visible::Added(row_by_row(&table).collect()))
            }
            "valid" => self
                .so_many_keys(rule, value, keys)
                .map(|length| Visible::Padding { from: length, to: keys.size() }),
            "prefix" => self.so_many_keys(rule, value, keys).map(Visible::Prefix),
            "window" => self.window(value),
            "block" => self.whole(value, 1).map(Visible::Block),
            // The table of fields has reported any other rule.
            _ => None,
        };
        mask.ok_or(Reported)
    }

    /// A table of 1 and 0, in which `seen` stands where the key may be seen.
    fn switches(&mut self, tree: &Tree, scores: &Shape, seen: f64) -> Option<Arc<[bool]>> {
        let table = self.table(tree, scores, Self::number)?;
        let is = |cell: f64, number: f64| (cell - number).abs() < f64::EPSILON;
        let wrong = row_by_row(&table).position(|cell| !is(cell, 0.0) && !is(cell, 1.0));
        if let Some(wrong) = wrong {
            let (row, column) = (wrong / table.ncols(), wrong % table.ncols());
            let cell = tree.as_list().and_then(|rows| rows.get(row)?.as_list()?.get(column));
            let hint = if seen > 0.5 {
                both!("write 1 where the key may be seen, else 0", "可以看到的键写 1，否则写 0")
            } else {
                both!("write 1 where the key is hidden, else 0", "被遮住的键写 1，否则写 0")
            };
            self.report(
                Code::BadNumber,
                cell.unwrap_or(tree).span,
                both!("a mask holds 1 and 0 only", "掩码只能由 1 和 0 组成"),
                hint,
            );
            return None;
        }
        Some(row_by_row(&table).map(|cell| is(cell, seen)).collect())
    }

    /// A table with a number for each query and key.
    fn table(
        &mut self,
        tree: &Tree,
        scores: &Shape,
        read: fn(&mut Self, &Tree) -> Option<f64>,
    ) -> Option<Matrix> {
        let named = Named { rows: None, columns: None, layout: Layout::Rows };
        let (table, _) = self.matrix_of_rows(tree.as_list()?, tree.span, &named, read)?;
        if table.shape() == scores.size() {
            return Some(table);
        }
        let ((rows, columns), (queries, keys)) = (table.shape(), scores.size());
        let line_words = |count| counted(count, "row", "rows");
        let number_words = |count| counted(count, "number", "numbers");
        let (own_lines, own_numbers) = (line_words(rows), number_words(columns));
        let (lines, numbers) = (line_words(queries), number_words(keys));
        let Localised { en: along, zh: along_zh } = along(scores);
        let drawn = matrix(queries, keys);
        self.report(
            Code::ShapeMismatch,
            tree.span,
            both!(
                "the mask has {own_lines} of {own_numbers}, and the scores have {lines} of {numbers}{along}",
                "掩码有 {rows} 行，每行 {columns} 个数，而分数有 {queries} 行，每行 {keys} 个数{along_zh}"
            ),
            both!(
                "write {lines} of {numbers}, one row for each query and in it a number for each key: `{drawn}`",
                "请写 {queries} 行，每行 {keys} 个数，即每个查询一行，行中每个键一个数：`{drawn}`"
            ),
        );
        None
    }

    /// A number of keys, counted from the first: one for all texts, or that of the text that the keys are.
    fn so_many_keys(&mut self, rule: &Key, tree: &Tree, keys: &Axis) -> Option<usize> {
        let Some(per_text) = tree.as_map() else { return self.up_to(tree, keys) };
        let mut own = None;
        let mut complete = true;
        // Every number is read, so that every mistake is reported.
        for (text, number) in per_text {
            let axis = self.text_called(&text.text, text.span).map(|at| Arc::clone(&self.texts[at].tokens));
            let length = axis.as_deref().and_then(|axis| self.up_to(number, axis));
            complete &= length.is_some();
            if axis.as_deref() == Some(keys) {
                own = length;
            }
        }
        if !complete {
            return None;
        }
        if own.is_none() {
            self.report_no_text_of(rule, tree, keys);
        }
        own
    }

    /// Reports keys of which a number for each text says nothing.
    fn report_no_text_of(&mut self, rule: &Key, tree: &Tree, keys: &Axis) {
        let (rule_name, all) = (&rule.text, keys.size());
        let (message, hint) = match keys.name().filter(|_| keys.kind() == AxisKind::Tokens) {
            Some(text) => (
                both!(
                    "`{rule_name}` has no number for the text `{text}`, whose tokens are the keys",
                    "`{rule_name}` 没有为文本 `{text}` 写数，而键正是它的词元"
                ),
                {
                    let number = [format!("{text}: {}", keys.size())];
                    let Localised { en, zh } = insertion::to_add(self.source, tree, rule.span, &number);
                    let first = counted(all, "token", "tokens");
                    both!(
                        "{en}: the first {first} of `{text}`; or a smaller number, if only some of them are meant",
                        "请{zh}，即 `{text}` 的前 {all} 个词元；如果不是全部，请写更小的数"
                    )
                },
            ),
            None => (
                both!(
                    "`{rule_name}` has a number for each text, and the keys here belong to no text",
                    "`{rule_name}` 为每段文本各写了一个数，而这里的键不属于任何文本"
                ),
                {
                    let numbers = tree.as_map().unwrap_or_default().iter();
                    let number = numbers.filter_map(|(_, number)| number.as_text()?.parse().ok()).min();
                    let (number, written) = (number.unwrap_or(all).min(all), self.source.slice(tree.span));
                    both!(
                        "write one number instead of `{written}`: `{rule_name}: {number}`",
                        "请把 `{written}` 改成一个数：`{rule_name}: {number}`"
                    )
                },
            ),
        };
        self.report(Code::MissingField, rule.span, message, hint);
    }

    /// A number from 0 to that of the keys.
    fn up_to(&mut self, tree: &Tree, keys: &Axis) -> Option<usize> {
        let length = self.whole(tree, 0)?;
        let size = keys.size();
        if length > size {
            let of = keys.name().map(|name| both!(", those of `{name}`", " `{name}` "));
            let Localised { en, zh } = of.unwrap_or_else(|| both!("", "这里"));
            self.report(
                Code::OutOfRange,
                tree.span,
                both!(
                    "the mask shows {length} keys, and there are only {size}{en}",
                    "掩码要露出 {length} 个键，而{zh}只有 {size} 个"
                ),
                both!(
                    "write `{size}`, which is all of them, or a smaller number: it says how many keys at the beginning are no padding",
                    "请写 `{size}`（全部的键）或更小的数；这个数表示开头有几个键不是填充"
                ),
            );
            return None;
        }
        Some(length)
    }

    fn window(&mut self, tree: &Tree) -> Option<Visible> {
        let Some(sides) = tree.as_map() else {
            return Some(Visible::Window { before: self.whole(tree, 1)? - 1, after: 0 });
        };
        if sides.is_empty() {
            self.report(
                Code::Empty,
                tree.span,
                both!("nothing says how wide this window is", "没有写明这个窗口有多宽"),
                both!(
                    "write here how many tokens before and after may be seen, such as `{{before: 2, after: 1}}`",
                    "请在这里写明能看到前、后各几个词元，例如 `{{before: 2, after: 1}}`"
                ),
            );
            return None;
        }
        let mut side = |name: &str| tree.get(name).map_or(Some(0), |tree| self.whole(tree, 0));
        let (before, after) = (side("before"), side("after"));
        Some(Visible::Window { before: before?, after: after? })
    }

    /// A mask that compares the position of a query with that of a key means nothing between two texts.
    fn question_two_texts(&mut self, span: Span, scores: &Shape) {
        let (queries, keys) = (&scores.rows, &scores.columns);
        let are_texts = [queries, keys].iter().all(|axis| axis.kind() == AxisKind::Tokens);
        let (Some(a), Some(b)) = (queries.name(), keys.name()) else { return };
        if !are_texts || a == b {
            return;
        }
        let message = Localised {
            en: format!(
                "this mask asks which words are later, and no word of `{b}` is later or earlier than one of `{a}`"
            ),
            zh: format!("这个掩码按先后遮住词，而 `{b}` 的词与 `{a}` 的词没有先后之分"),
        };
        self.report(
            Code::Questionable,
            span,
            message,
            both!(
                "remove this mask; if padding is to be hidden, write `mask: {{valid: …}}`, with the number of keys that are no padding",
                "请删去这个掩码；如果要遮住填充，请写 `mask: {{valid: …}}`，`…` 处写不是填充的键数"
            ),
        );
    }
}

/// The numbers of a table as a mask holds them; a matrix is stored column by column.
fn row_by_row(table: &Matrix) -> impl Iterator<Item = f64> {
    let (rows, columns) = table.shape();
    (0..rows).flat_map(move |row| (0..columns).map(move |column| table[(row, column)]))
}
