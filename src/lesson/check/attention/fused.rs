//! Heads that are cut out of one `W_Q`, `W_K` and `W_V` for all of them.

use std::sync::Arc;

use super::Settings;
use super::fields::Operands;
use super::multi_head::HeadFields;
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{NodeId, Shape};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::transformer::{Fused, Layout, Projection};
use crate::yaml::{Key, Tree};

/// How many heads are cut out, of the queries and of the keys and values.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    pub(super) heads: usize,
    pub(super) kv_heads: usize,
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
        let looks: &[&str] = if is_cross { &["queries_from", "keys_values_from"] } else { &["of"] };
        let looks = self.need(tree, looks, key.span);
        self.need(tree, &["W_Q", "W_K", "W_V"], key.span).and(looks)?;
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
        let d_q = self.share(tree, "n_heads", "W_Q", queries, heads);
        let d_k = self.share(tree, count_of_keys, "W_K", keys, kv_heads);
        let d_v = self.share(tree, count_of_keys, "W_V", values, kv_heads);
        let (d_q, d_k, d_v) = (d_q?, d_k?, d_v?);
        if d_q != d_k {
            self.report(
                Code::ShapeMismatch,
                Self::place_of(tree, "W_K"),
                both!(
                    "`W_Q` gives each of {heads} heads {d_q} numbers, and `W_K` gives each of {kv_heads} heads {d_k}",
                    "`W_Q` 分给 {heads} 个头，每头 {d_q} 个数；`W_K` 分给 {kv_heads} 个头，每头 {d_k} 个数"
                ),
                self.how_many_keys(keys, heads, d_q),
            );
            return None;
        }
        // Every head gets values, also those that are shared.
        self.fits(heads.saturating_mul(d_v), Self::place_of(tree, "n_heads")).then_some(())?;
        let axis = |node: NodeId| Arc::clone(&self.graph.node(node).shape.rows);
        let scores = Shape::new(axis(queries.from), axis(keys.from));
        let width = self.made_by(queries.weights, queries.layout).size() / heads;
        self.turns_evenly(tree, Some(width), settings)?;
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
            both!(
                "write a number that divides {heads}; 1 is multi-query attention",
                "请写能整除 {heads} 的数；写 1 就是多查询注意力"
            ),
        );
        None
    }

    fn biases_of_all(&mut self, tree: &Tree, projections: [&Projection; 3]) -> Option<()> {
        let biases = ["b_Q", "b_K", "b_V"].into_iter().zip(projections);
        let fit: Vec<_> = biases.map(|(field, projection)| self.bias_fits(tree, field, projection)).collect();
        fit.into_iter().collect()
    }

    /// How many of the numbers that weights make each head gets; reports a rest.
    fn share(
        &mut self,
        tree: &Tree,
        count: &str,
        field: &str,
        Projection { weights, layout, .. }: Projection,
        heads: usize,
    ) -> Option<usize> {
        let made = self.made_by(weights, layout);
        let width = made.size();
        if width.is_multiple_of(heads) {
            return Some(width / heads);
        }
        let (rows, columns) = self.graph.node(weights).shape.size();
        let side = match layout {
            Layout::InOut => both!("columns", "列"),
            Layout::OutIn => both!("rows", "行"),
        };
        let (en, zh) = (side.en, side.zh);
        self.report(
            Code::ShapeMismatch,
            Self::place_of(tree, count),
            both!(
                "`{field}` ({rows}×{columns}) has {en} {made}, which {heads} heads cannot share evenly",
                "`{field}`（{rows}×{columns}）的{zh}是 {made}，{heads} 个头无法平分"
            ),
            both!(
                "write a number of heads that divides {width}, or other weights",
                "请写能整除 {width} 的头数，或换用别的权重"
            ),
        );
        None
    }

    /// What would make keys as long as queries.
    fn how_many_keys(
        &self,
        Projection { weights, layout, .. }: Projection,
        heads: usize,
        d_q: usize,
    ) -> Localised<String> {
        let size = self.made_by(weights, layout).size();
        let fitting =
            size.is_multiple_of(d_q).then_some(size / d_q).filter(|count| heads.is_multiple_of(*count));
        match fitting {
            Some(count) => both!(
                "with `n_kv_heads: {count}` a key is as long as a query",
                "写 `n_kv_heads: {count}`，键就和查询一样长"
            ),
            None => both!(
                "in each head a key must be as long as a query: {d_q}",
                "每个头里键必须和查询一样长：{d_q}"
            ),
        }
    }
}
