//! Things to be put in order that do not go with how they are put: matrices by their size, or cells by their making.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::graph::Trace;
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::definition::to_write;
use crate::lesson::expression::{self, Formatted, Value};
use crate::lesson::fields::own_word;
use crate::yaml::{Tree, quoted_text};

/// Whether the things to be put in order are a list that does not stand after `items`.
pub(super) fn is_listed_alone(order: &Tree) -> bool {
    order.entry("items").is_some_and(|(key, _)| key.span == order.span)
}

impl Checker<'_> {
    /// Tells of a list of numbers alone how it is written after `items`, in an order that is not the answer.
    pub(super) fn report_listed_alone(&mut self, order: &Tree, numbers: &[f64]) {
        let items = order.get("items").and_then(Tree::as_list).unwrap_or_default();
        let mut written: Vec<String> = items.iter().filter_map(Tree::as_text).map(quoted_text).collect();
        let list = |items: &[String]| items.join(", ");
        let falls = numbers.is_sorted_by(|a, b| a >= b);
        let rises = numbers.is_sorted_by(|a, b| a <= b);
        let as_it_is = list(&written);
        written.reverse();
        let turned = list(&written);
        let largest = if falls { &turned } else { &as_it_is };
        let smallest = if rises { &turned } else { &as_it_is };
        let message = both!("what is put in order must stand in `items`", "要排序的各项写在 `items` 里");
        let hint = both!(
            "for the largest first write `{{items: [{largest}]}}`, for the smallest first `{{by: smallest, items: [{smallest}]}}`: in this order the items do not give the answer away",
            "从大到小请写 `{{items: [{largest}]}}`，从小到大请写 `{{by: smallest, items: [{smallest}]}}`：各项这样排列，不会透露答案"
        );
        let fix = format!("{{items: [{largest}]}}");
        let finding = Diagnostic::new(Code::WrongKind, order.span, message).with_hint(hint);
        self.findings.push(finding.with_fix(order.span, fix));
    }

    /// Whether all items are matrices of several numbers, of which none is the largest; reports it if so.
    pub(super) fn are_matrices_to_rank(&mut self, order: &Tree, items: &[Tree]) -> bool {
        if !self.are_matrices(items) {
            return false;
        }
        let message =
            both!("these items are matrices, of which none is the largest", "各项是矩阵，不能比较大小");
        if let Some(by) = order.get("by") {
            let hint = both!(
                "write `by: making`, for the order in which they are made",
                "请写 `by: making`，按算出的先后排序"
            );
            let finding = Diagnostic::new(Code::WrongKind, by.span, message).with_hint(hint);
            self.findings.push(finding.with_fix(by.span, "making"));
            return true;
        }
        let place = order.entry("items").map_or(order.span, |(key, _)| key.span);
        let making = [("by", "making".to_owned())];
        let Localised { en, zh } = to_write(self.source, order, &making, Some(place));
        let hint = both!("{en}, for the order in which they are made", "{zh}，按算出的先后排序");
        let finding = Diagnostic::new(Code::WrongKind, place, message).with_hint(hint);
        let fix = crate::diagnostic::Span::at(place.start);
        let is_in_braces = order.span.start < place.start;
        self.findings.push(if is_in_braces { finding.with_fix(fix, "by: making, ") } else { finding });
        true
    }

    fn are_matrices(&self, items: &[Tree]) -> bool {
        let is_matrix = |item: &Tree| {
            let node = item.as_text().and_then(|name| self.graph.find(name.trim()));
            node.is_some_and(|node| self.graph.node(node).shape.size() != (1, 1))
        };
        !items.is_empty() && items.iter().all(is_matrix)
    }

    /// Tells which of the words that say how things are put in order goes with these items.
    pub(super) fn report_unknown_rank(&mut self, order: &Tree, items: &[Tree]) {
        let Some((by, word)) = order.get("by").and_then(|by| Some((by.span, by.as_text()?.to_owned())))
        else {
            return;
        };
        // A slip, or the word of another book, is told by itself.
        let words = ["largest", "smallest", "making"];
        let is_meant = own_word(&word.to_lowercase(), |own| words.contains(&own)).is_some();
        if is_meant || nearest(&word, words).is_some() {
            return;
        }
        let message = both!("`{word}` is no order that qkv knows", "没有 `{word}` 这种顺序");
        let hint = if self.are_matrices(items) {
            both!(
                "write `making`: the order in which these matrices are made",
                "请写 `making`：按这些矩阵算出的先后"
            )
        } else {
            both!(
                "write `largest` for the largest number first, or `smallest` for the smallest first",
                "从大到小请写 `largest`，从小到大请写 `smallest`"
            )
        };
        self.report(Code::WrongKind, by, message, hint);
    }

    /// The number that an item asks for.
    fn number_in(&self, item: &Tree, trace: &Trace) -> Option<f64> {
        let value =
            expression::parse(Formatted::formula(item.as_text()?)).ok()?.resolve(&self.scope()).ok()?;
        if let Value::Number(number) = value.evaluate(trace) { Some(number) } else { None }
    }

    /// Whether cells stand there to be put in the order of their making, which only matrices have; reports it if so.
    pub(super) fn are_cells_to_make(&mut self, items: &[Tree], trace: Option<&Trace>) -> bool {
        let matrix = |item: &Tree| {
            let (name, _) = Formatted::formula(item.as_text()?).trim().strip_suffix(']')?.split_once('[')?;
            self.graph.find(name).map(|_| name.to_owned())
        };
        let Some(matrices) = items.iter().map(matrix).collect::<Option<Vec<_>>>() else { return false };
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return false };
        let names = matrices.join(", ");
        let message = both!(
            "`making` puts matrices in order, and these are cells",
            "`making` 排的是矩阵，这里却是单元格"
        );
        let hint = if (1..matrices.len()).any(|at| matrices[..at].contains(&matrices[at])) {
            let written: Vec<String> = items.iter().filter_map(Tree::as_text).map(quoted_text).collect();
            let values: Option<Vec<f64>> = items.iter().map(|item| self.number_in(item, trace?)).collect();
            if values.is_some_and(|values| values.is_sorted_by(|a, b| a >= b)) {
                let turned: Vec<&str> = written.iter().rev().map(String::as_str).collect();
                let turned = turned.join(", ");
                both!(
                    "to compare these numbers, write `{{by: largest, items: [{turned}]}}`: in this order the items do not give the answer away",
                    "要比较这些数的大小，请写 `{{by: largest, items: [{turned}]}}`：各项这样排列，不会透露答案"
                )
            } else {
                both!(
                    "to compare these numbers, write `by: largest`",
                    "要比较这些数的大小，请写 `by: largest`"
                )
            }
        } else {
            both!(
                "write `items: [{names}]`; or, to compare these numbers, `by: largest`",
                "请写 `items: [{names}]`；要比较这些数的大小，请写 `by: largest`"
            )
        };
        self.report(Code::WrongKind, first.span.to(last.span), message, hint);
        true
    }
}
