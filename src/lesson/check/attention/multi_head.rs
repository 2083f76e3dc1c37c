//! Definitions of several heads: each with its own weights, or cut out of weights for all.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Settings;
use super::fields::{Operands, ProjectionFields};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{NodeId, Shape};
use crate::lesson::check::Checker;
use crate::lesson::check::names::Member;
use crate::lesson::fields::MULTI_HEAD;
use crate::transformer::{
    Attention, Extras, Fused, Head, Heads, Layout, MultiHead, Naming, Output, Projection, Source, Values,
    Wanted,
};
use crate::yaml::{Key, Tree};

/// Fields of the heads that say how many are cut out of weights for all.
const FUSED: &[&str] = &["n_heads", "n_kv_heads", "W_Q", "W_K", "W_V", "b_Q", "b_K", "b_V"];

/// The heads of a definition, by the places of their operands.
enum HeadFields<'a> {
    Separate(Vec<(String, &'a Tree, super::Fields)>),
    Fused { queries: ProjectionFields, keys: ProjectionFields, values: ProjectionFields, counts: Counts },
}

/// How many heads are cut out, of the queries and of the keys and values.
#[derive(Clone, Copy)]
struct Counts {
    heads: usize,
    kv_heads: usize,
}

impl Checker<'_> {
    pub(in crate::lesson::check) fn define_multi_head(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        for (Member { suffix, .. }, multi_head) in self.multi_heads(key, tree)? {
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| multi_head.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    /// What several heads are made of, for each text or once.
    pub(in crate::lesson::check) fn multi_heads(
        &mut self,
        key: &Key,
        tree: &Tree,
    ) -> Option<Vec<(Member, MultiHead)>> {
        let settings = self.settings(tree, &MULTI_HEAD);
        let useful = self.have_use(
            tree,
            &MULTI_HEAD,
            &[("b_O", &["W_O"]), ("contributions", &["W_O"]), ("n_kv_heads", &["n_heads"])],
        );
        let mut operands = Operands::default();
        let heads = self.head_fields(key, tree, &mut operands);
        let output_weights = tree.get("W_O").map(|tree| operands.place(self.operand(tree)));
        let output_bias = tree.get("b_O").map(|tree| operands.place(self.operand(tree)));
        useful?;
        let (settings, heads) = (settings?, heads?);
        let mut made = Vec::new();
        for member in self.members(&operands.all, key.span)? {
            let nodes = member.nodes.as_slice();
            let output = output_weights.map(|weights| Output {
                weights: nodes[weights],
                bias: output_bias.map(|bias| nodes[bias]),
                layout: settings.layout,
            });
            if let Some(Output { weights, bias, layout }) = output {
                // What the output is made from does not matter here.
                let mixing = Projection { from: weights, weights, bias, layout };
                self.bias_fits(tree, "b_O", &mixing)?;
            }
            let heads = match &heads {
                HeadFields::Separate(heads) => self.separate(key, tree, heads, nodes, &settings)?,
                HeadFields::Fused { queries, keys, values, counts } => {
                    let of = |projection: &ProjectionFields| projection.of(nodes, settings.layout);
                    let projections = [of(queries), of(keys), of(values)];
                    Heads::Fused(Box::new(self.fused(tree, projections, *counts, &settings)?))
                }
            };
            let extras =
                Extras { contributions: wanted(tree, "contributions"), average: wanted(tree, "average") };
            let multi_head = MultiHead { heads, output, extras };
            made.push((member, multi_head));
        }
        Some(made)
    }

    fn head_fields<'a>(
        &mut self,
        key: &Key,
        tree: &'a Tree,
        operands: &mut Operands,
    ) -> Option<HeadFields<'a>> {
        match (tree.get("heads"), tree.entry("n_heads")) {
            (Some(heads), _) => {
                self.only_heads(tree)?;
                let mut fields = Vec::new();
                let mut complete = true;
                let mut names: BTreeMap<String, Span> = BTreeMap::new();
                for (index, head) in heads.as_list()?.iter().enumerate() {
                    let name = self.head_name(head, index, &mut names);
                    match (name, self.attention_fields(tree, head, key.span, operands)) {
                        (Some(name), Some(own)) => fields.push((name, head, own)),
                        (_, _) => complete = false,
                    }
                }
                (complete && !fields.is_empty()).then_some(HeadFields::Separate(fields))
            }
            (None, Some((_, count))) => self.fused_fields(key, tree, count, operands),
            (None, None) => {
                self.report(
                    Code::MissingField,
                    key.span,
                    both!("nothing says what the heads are", "没有说明有哪些头"),
                    both!(
                        "list them in `heads: [{{W_Q: …, W_K: …, W_V: …}}, …]`, or write `n_heads: 2` with one `W_Q`, `W_K` and `W_V` for all",
                        "请用 `heads: [{{W_Q: …, W_K: …, W_V: …}}, …]` 列出，或写 `n_heads: 2` 和共用的 `W_Q`、`W_K`、`W_V`"
                    ),
                );
                None
            }
        }
    }

    /// Heads that are cut out of weights for all.
    fn fused_fields<'a>(
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

    /// Reports fields of weights for all heads beside a list of heads.
    fn only_heads(&mut self, tree: &Tree) -> Option<()> {
        let (heads, _) = tree.entry("heads")?;
        let mut only = Some(());
        for (field, _) in FUSED.iter().filter_map(|field| tree.entry(field)) {
            let name = &field.text;
            let (first, again) = (heads.span.min(field.span), heads.span.max(field.span));
            self.findings.push(
                Diagnostic::new(
                    Code::ConflictingFields,
                    again,
                    both!("`heads` and `{name}` do not go together here", "这里的 `heads` 和 `{name}` 不能同时使用"),
                )
                .with_related(first, both!("the first", "第一个"))
                .with_hint(both!(
                    "`heads` lists heads with weights of their own; `n_heads` cuts them out of one `W_Q`, `W_K` and `W_V` for all",
                    "`heads` 列出各有权重的头；`n_heads` 从共用的 `W_Q`、`W_K`、`W_V` 中切出各个头"
                )),
            );
            only = None;
        }
        only
    }

    /// The name of one head of several: its own, or its number. Reports a name that another head has.
    fn head_name(&mut self, head: &Tree, index: usize, names: &mut BTreeMap<String, Span>) -> Option<String> {
        let own = head.get("name");
        let name = own.and_then(Tree::as_text).map_or_else(|| (index + 1).to_string(), str::to_owned);
        let span = own.unwrap_or(head).span;
        if !name.chars().all(|c| c == '_' || c.is_alphanumeric()) || name.is_empty() {
            self.report(
                Code::BadName,
                span,
                both!("`{name}` cannot be the name of a head", "`{name}` 不能用作注意力头的名称"),
                both!("use letters, digits and `_`", "请用字母、数字和 `_`"),
            );
            return None;
        }
        if let Some(first) = names.insert(name.clone(), span) {
            let message = both!("two heads are called `{name}`", "有两个注意力头都叫 `{name}`");
            self.findings.push(
                Diagnostic::new(Code::DuplicateName, span, message)
                    .with_related(first, both!("the first", "第一个"))
                    .with_hint(both!("give each head a name of its own", "请给每个头取不同的名称")),
            );
            return None;
        }
        Some(name)
    }

    fn separate(
        &mut self,
        key: &Key,
        tree: &Tree,
        heads: &[(String, &Tree, super::Fields)],
        nodes: &[NodeId],
        settings: &Settings,
    ) -> Option<Heads> {
        let mut built: Vec<Head> = Vec::with_capacity(heads.len());
        let mut width = 0;
        for (name, head, fields) in heads {
            let attention = self.attention(tree, head, fields, nodes, settings)?;
            width += self.value_width(&attention);
            built.push(Head { name: name.clone(), attention });
        }
        self.fits(width, key.span).then_some(Heads::Separate(built))
    }

    /// How many numbers a head gives for each query.
    fn value_width(&self, attention: &Attention) -> usize {
        match attention.values {
            Values::None => 0,
            Values::Projected(Projection { weights, layout, .. }) => self.made_by(weights, layout).size(),
            Values::Factored { down, up } => self.made_by(up, down.layout).size(),
            Values::Vectors(values) => self.graph.node(values).shape.columns.size(),
        }
    }

    /// Heads cut out of weights for all; reports counts that do not divide what they cut.
    fn fused(
        &mut self,
        tree: &Tree,
        [queries, keys, values]: [Projection; 3],
        Counts { heads, kv_heads }: Counts,
        settings: &Settings,
    ) -> Option<Fused> {
        let count_of_keys = if tree.get("n_kv_heads").is_some() { "n_kv_heads" } else { "n_heads" };
        self.evenly_shared(heads as u64, kv_heads as u64, Self::place_of(tree, "n_kv_heads"))?;
        self.stored_right(settings.layout, |checker, layout| {
            let of = |projection: Projection| Projection { layout, ..projection };
            let source = Source::Projected { queries: of(queries), keys: of(keys) };
            checker.meetings(tree, &source, &Values::Projected(of(values)))
        })?;
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
    ) -> crate::language::Localised<String> {
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

fn wanted(tree: &Tree, field: &str) -> Wanted {
    match tree.get(field).and_then(Tree::as_text) {
        Some("true") => Wanted::Yes,
        // The table of fields has reported any other word.
        Some(_) | None => Wanted::No,
    }
}
