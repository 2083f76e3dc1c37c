//! Heads that are cut out of one `W_Q`, `W_K` and `W_V` for all of them.

use std::sync::Arc;

use super::Settings;
use super::fields::Operands;
use super::multi_head::HeadFields;
use super::turning::Turned;
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{NodeId, Shape};
use crate::language::{Localised, all_of, words};
use crate::lesson::check::Checker;
use crate::lesson::check::numbers::divisors;
use crate::transformer::{Fused, Layout, Projection};
use crate::yaml::{Key, Tree};

/// How many heads are cut out, of the queries and of the keys and values.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    pub(super) heads: usize,
    pub(super) kv_heads: usize,
}

/// Weights of which each head gets a share, with the field that says how many heads there are.
#[derive(Clone, Copy)]
struct Cut {
    count: &'static str,
    field: &'static str,
    of: Projection,
    heads: usize,
}

fn write_one(Localised { en, zh }: &Localised<String>) -> Localised<String> {
    both!("write {en}", "请写 {zh}")
}

impl Checker<'_> {
    /// Heads that are cut out of weights for all.
    pub(super) fn fused_fields<'a>(
        &mut self,
        key: &Key,
        tree: &'a Tree,
        count: &Tree,
        operands: &mut Operands,
    ) -> Option<HeadFields<'a>> {
        let heads = self.whole(count, 1);
        let kv_heads = match tree.get("n_kv_heads") {
            Some(count) => self.whole(count, 1),
            None => heads,
        };
        self.no_conflict(tree, tree)?;
        let is_self = tree.get("of").is_some();
        let is_cross = ["queries_from", "keys_values_from"].iter().any(|field| tree.get(field).is_some());
        let looks: &[&'static str] = if is_cross { &["queries_from", "keys_values_from"] } else { &["of"] };
        self.need(tree, &[looks, &["W_Q", "W_K", "W_V"]].concat(), key.span)?;
        let from = self.operand_in(tree, "of");
        let queries_from = if is_self { from.clone() } else { self.operand_in(tree, "queries_from") };
        let keys_from = if is_self { from } else { self.operand_in(tree, "keys_values_from") };
        Some(HeadFields::Fused {
            queries: self.projection(tree, ["W_Q", "b_Q"], queries_from, operands),
            keys: self.projection(tree, ["W_K", "b_K"], keys_from.clone(), operands),
            values: self.projection(tree, ["W_V", "b_V"], keys_from, operands),
            counts: Counts { heads: heads?, kv_heads: kv_heads? },
        })
    }

    /// Heads cut out of weights for all; reports counts that do not divide what they cut.
    pub(super) fn fused(
        &mut self,
        tree: &Tree,
        [queries, keys, values]: [Projection; 3],
        Counts { heads, kv_heads }: Counts,
        settings: &Settings,
    ) -> Option<Fused> {
        let count_of_keys = if tree.get("n_kv_heads").is_some() { "n_kv_heads" } else { "n_heads" };
        self.evenly_shared(heads as u64, kv_heads as u64, Self::place_of(tree, "n_kv_heads"))?;
        self.biases_of_all(tree, [&queries, &keys, &values])?;
        let [d_q, d_k, d_v] = self.shares(
            tree,
            [
                Cut { count: "n_heads", field: "W_Q", of: queries, heads },
                Cut { count: count_of_keys, field: "W_K", of: keys, heads: kv_heads },
                Cut { count: count_of_keys, field: "W_V", of: values, heads: kv_heads },
            ],
        )?;
        if d_q != d_k {
            self.report(
                Code::ShapeMismatch,
                Self::place_of(tree, "W_K"),
                both!(
                    "`W_Q` gives each of {heads} heads {d_q} numbers, and `W_K` gives each of {kv_heads} heads {d_k}",
                    "`W_Q` 分给 {heads} 个头，每头 {d_q} 个数；`W_K` 分给 {kv_heads} 个头，每头 {d_k} 个数"
                ),
                self.queries_for_values([&queries, &keys, &values])
                    .unwrap_or_else(|| self.how_many_keys(tree, keys, heads, d_q)),
            );
            return None;
        }
        // Every head gets values, also those that are shared.
        self.fits(heads.saturating_mul(d_v), Self::place_of(tree, "n_heads")).then_some(())?;
        let axis = |node: NodeId| Arc::clone(&self.graph.node(node).shape.rows);
        let scores = Shape::new(axis(queries.from), axis(keys.from));
        let turned = [(&queries, heads), (&keys, kv_heads)]
            .map(|(of, heads)| Turned::made(of.weights, of.layout, heads));
        self.turns_evenly(tree, &turned, settings)?;
        let rules = self.rules(tree, &scores, settings)?;
        Some(Fused { queries, keys, values, n_heads: heads, n_kv_heads: kv_heads, rules })
    }

    /// How many heads have keys and values of their own; reports a number that does not divide that of the heads.
    pub(in crate::lesson::check) fn evenly_shared(
        &mut self,
        heads: u64,
        kv_heads: u64,
        span: Span,
    ) -> Option<u64> {
        if heads.is_multiple_of(kv_heads) {
            return Some(kv_heads);
        }
        self.report(
            Code::BadNumber,
            span,
            both!(
                "{heads} heads cannot share {kv_heads} heads of keys and values evenly",
                "{heads} 个头无法平分 {kv_heads} 组键和值"
            ),
            write_one(&divisors(heads)),
        );
        None
    }

    fn biases_of_all(&mut self, tree: &Tree, projections: [&Projection; 3]) -> Option<()> {
        let biases = ["b_Q", "b_K", "b_V"].into_iter().zip(projections);
        let fit: Vec<_> = biases.map(|(field, projection)| self.bias_fits(tree, field, projection)).collect();
        fit.into_iter().collect()
    }

    /// How many of the numbers that weights make each head gets; reports a rest, once for weights of one size.
    fn shares(&mut self, tree: &Tree, cuts: [Cut; 3]) -> Option<[usize; 3]> {
        let width = |cut: &Cut| self.made_by(cut.of.weights, cut.of.layout).size();
        let widths = cuts.each_ref().map(width);
        let mut uneven: Vec<(usize, Vec<Cut>)> = Vec::new();
        for (cut, width) in cuts.iter().zip(widths).filter(|(cut, width)| !width.is_multiple_of(cut.heads)) {
            let same = |(other, cuts): &&mut (usize, Vec<Cut>)| *other == width && cuts[0].count == cut.count;
            match uneven.iter_mut().find(same) {
                Some((_, cuts)) => cuts.push(*cut),
                None => uneven.push((width, vec![*cut])),
            }
        }
        for (width, cuts) in &uneven {
            self.report_uneven(tree, *width, cuts);
        }
        let [q, k, v] = cuts.map(|cut| cut.heads);
        uneven.is_empty().then(|| [widths[0] / q, widths[1] / k, widths[2] / v])
    }

    fn report_uneven(&mut self, tree: &Tree, width: usize, cuts: &[Cut]) {
        let Some(Cut { count, heads, of, .. }) = cuts.first() else { return };
        let side = match of.layout {
            Layout::InOut => words("columns", "列"),
            Layout::OutIn => words("rows", "行"),
        };
        let fields = all_of(cuts.iter().map(|cut| format!("`{}`", cut.field)));
        let (Localised { en, zh }, side_en, side_zh) = (fields, side.en, side.zh);
        self.report(
            Code::ShapeMismatch,
            Self::place_of(tree, count),
            both!(
                "the {side_en} of {en} ({width}) cannot be shared evenly by {heads} heads",
                "{zh} 的 {width} {side_zh}无法平分给 {heads} 个头"
            ),
            write_one(&divisors(width as u64)),
        );
    }

    /// For weights of queries and of values that stand in each other's place: those of values are as wide as those of
    /// keys.
    fn queries_for_values(&self, [queries, keys, values]: [&Projection; 3]) -> Option<Localised<String>> {
        let made = |of: &Projection| self.made_by(of.weights, of.layout);
        let is_exchanged = queries.from == values.from
            && queries.weights != values.weights
            && made(values).agrees_with(&made(keys));
        let [w_q, w_v] = [queries, values].map(|of| &self.graph.node(of.weights).name);
        is_exchanged.then(|| {
            both!(
                "a key must be as long as a query, and `{w_q}` and `{w_v}` look exchanged: write `W_Q: {w_v}` and `W_V: {w_q}`",
                "键必须和查询一样长，而 `{w_q}` 和 `{w_v}` 似乎写反了：请写 `W_Q: {w_v}` 和 `W_V: {w_q}`"
            )
        })
    }

    /// What would make keys as long as queries.
    fn how_many_keys(
        &self,
        tree: &Tree,
        Projection { weights, layout, .. }: Projection,
        heads: usize,
        d_q: usize,
    ) -> Localised<String> {
        let size = self.made_by(weights, layout).size();
        let fitting =
            size.is_multiple_of(d_q).then_some(size / d_q).filter(|count| heads.is_multiple_of(*count));
        let is_written = tree.get("n_kv_heads").is_some();
        match fitting {
            Some(count) if is_written => both!(
                "write `n_kv_heads: {count}`: a key is as long as a query then",
                "请写 `n_kv_heads: {count}`，键就和查询一样长"
            ),
            Some(count) => both!(
                "add `n_kv_heads: {count}`: a key is as long as a query then",
                "请加上 `n_kv_heads: {count}`，键就和查询一样长"
            ),
            None => both!(
                "in each head a key must be as long as a query: {d_q}",
                "每个头里键必须和查询一样长：{d_q}"
            ),
        }
    }
}
