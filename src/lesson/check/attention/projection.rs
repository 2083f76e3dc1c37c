//! Weights and biases that do not fit.

use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Axis, Origin, Side};
use crate::language::{Localised, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::sizes::layout::{Columns, Meeting, made_along};
use crate::lesson::check::sizes::numbers;
use crate::transformer::{Projection, Source, Values};
use crate::yaml::Tree;

impl Checker<'_> {
    /// What the weights of a head meet.
    pub(super) fn meetings(&self, head: &Tree, source: &Source, values: &Values) -> Vec<Meeting> {
        let mut meetings = Vec::new();
        let place = |field| Self::place_of(head, field);
        let of = |field, projection: &Projection| Meeting {
            span: place(field),
            from: Columns::Axis(self.columns(projection.from)),
            weights: projection.weights,
        };
        match source {
            Source::Projected { queries, keys } => {
                meetings.extend([of("W_Q", queries), of("W_K", keys)]);
            }
            Source::Vectors { .. } | Source::Scores(_) => {}
        }
        match values {
            Values::Projected(values) => meetings.push(of("W_V", values)),
            Values::Factored { down, up } => {
                let from = Columns::Axis(self.made_by(down.weights, down.layout));
                meetings.extend([of("W_V", down), Meeting { span: place("W_V_up"), from, weights: *up }]);
            }
            Values::None | Values::Vectors(_) => {}
        }
        meetings
    }

    /// Reports weights that make keys of another length than queries.
    pub(super) fn keys_are_as_long_as_queries(&mut self, head: &Tree, source: &Source) -> Option<()> {
        let Source::Projected { queries, keys } = source else { return Some(()) };
        let fits = |projection: &Projection| {
            let taken = self.taken_by(projection.weights, projection.layout);
            taken.agrees_with(&self.columns(projection.from))
        };
        let made = |projection: &Projection| self.made_by(projection.weights, projection.layout);
        let (long, own) = (made(queries), made(keys));
        // What does not fit its vectors is reported by the builder.
        if long.agrees_with(&own) || !fits(queries) || !fits(keys) {
            return Some(());
        }
        let name = |projection: &Projection| &self.graph.node(projection.weights).name;
        let (w_q, w_k) = (name(queries), name(keys));
        let (of_query, of_key) = (numbers(&long), numbers(&own));
        let message = Localised {
            en: format!("`{w_q}` makes queries of {}, and `{w_k}` makes keys of {}", of_query.en, of_key.en),
            zh: format!("`{w_q}` 得出的查询有 {}，而 `{w_k}` 得出的键有 {}", of_query.zh, of_key.zh),
        };
        let lengths = || {
            let longer_keys = self.to_resize(keys.weights, made_along(keys.layout), &long);
            let shorter_queries = self.to_resize(queries.weights, made_along(queries.layout), &own);
            let (longer_keys, shorter_queries) = ((longer_keys, w_q), (shorter_queries, w_k));
            // Nobody knows which of the two is wrong; `d_k` is what both are usually called.
            let (first, second) = if own.name() == Some("d_k") {
                (shorter_queries, longer_keys)
            } else {
                (longer_keys, shorter_queries)
            };
            let (as_first, as_second) = (first.1, second.1);
            let [(en, zh), (or_en, or_zh)] = [first.0, second.0].map(|it| (it.en, it.zh));
            let or_zh = or_zh.trim_start_matches('请');
            both!(
                "a query and a key must be equally long: {en}, as `{as_first}` has; or {or_en}, as `{as_second}` has",
                "查询与键应当一样长：{zh}，与 `{as_first}` 一致；或{or_zh}，与 `{as_second}` 一致"
            )
        };
        let hint = self.along_the_other_axis(keys, &own, &long).unwrap_or_else(lengths);
        let places = [Self::place_of(head, "W_K"), Self::place_of(head, "W_Q")];
        let finding = Diagnostic::new(Code::ShapeMismatch, places[0], message).with_hint(hint);
        let finding = finding.with_related(places[1], both!("does not fit this", "与这个不匹配"));
        self.findings.push(self.with_definitions(finding, &[queries.weights, keys.weights]));
        None
    }

    /// For keys that have as many numbers as queries along another axis, what their weights are to be.
    fn along_the_other_axis(
        &self,
        keys: &Projection,
        own: &Axis,
        long: &Arc<Axis>,
    ) -> Option<Localised<String>> {
        let (own, wanted) = own.name().zip(long.name()).filter(|_| own.size() == long.size())?;
        let Localised { en, zh } = if self.graph.node(keys.weights).op.origin() == Some(Origin::Identity) {
            self.to_write_out(keys.weights, Side::Columns, long)?
        } else {
            self.to_resize(keys.weights, made_along(keys.layout), long)
        };
        Some(both!(
            "`{own}` and `{wanted}` have the same size, but are different axes: {en}",
            "`{own}` 与 `{wanted}` 大小相同，但不是同一个轴：{zh}"
        ))
    }

    /// Whether the biases of a head fit the weights; reports each that does not.
    pub(super) fn biases_fit(&mut self, head: &Tree, source: &Source, values: &Values) -> Option<()> {
        let (queries, keys) = match source {
            Source::Projected { queries, keys } => (Some(queries), Some(keys)),
            Source::Vectors { .. } | Source::Scores(_) => (None, None),
        };
        let values = match values {
            Values::Projected(values) | Values::Factored { down: values, .. } => Some(values),
            Values::None | Values::Vectors(_) => None,
        };
        let biases = [("b_Q", queries), ("b_K", keys), ("b_V", values)];
        let fit: Vec<_> = biases
            .into_iter()
            .filter_map(|(field, projection)| Some(self.bias_fits(head, field, projection?)))
            .collect();
        fit.into_iter().collect()
    }

    /// Whether a bias has one row with a number for each that the weights make; reports one that has not.
    pub(super) fn bias_fits(&mut self, tree: &Tree, field: &str, projection: &Projection) -> Option<()> {
        let Some(bias) = projection.bias else { return Some(()) };
        let made = self.made_by(projection.weights, projection.layout);
        let (shape, weights) = (&self.graph.node(bias).shape, self.graph.node(projection.weights));
        let (rows, columns) = shape.size();
        if rows == 1 && shape.columns.agrees_with(&made) {
            return Some(());
        }
        let (name, weights) = (self.graph.node(bias).name.clone(), weights.name.clone());
        let own_rows = counted(rows, "row", "rows");
        let Localised { en: own, zh: own_zh } = numbers(&shape.columns);
        let Localised { en: needed, zh: needed_zh } = numbers(&made);
        let message = both!(
            "the bias `{name}` has {own_rows} of {own}, and `{weights}` makes {needed} of each vector",
            "偏置 `{name}` 有 {rows} 行，每行 {own_zh}，而 `{weights}` 把每个向量变成 {needed_zh}"
        );
        let (width, Localised { en, zh }) = (made.size(), self.to_write_row(bias, made.size()));
        let hint = if rows == width && columns == 1 {
            both!("it stands upright: {en}", "它竖过来了：{zh}")
        } else if rows > 1 {
            both!(
                "a bias is one row that is added to every vector: {en}",
                "偏置只有一行，会加到每个向量上：{zh}"
            )
        } else {
            both!(
                "a bias has one number for each that its weights make: {en}",
                "权重每产生一个数，偏置就要有一个数：{zh}"
            )
        };
        let finding =
            Diagnostic::new(Code::ShapeMismatch, Self::place_of(tree, field), message).with_hint(hint);
        self.findings.push(self.with_definitions(finding, &[bias, projection.weights]));
        None
    }
}
