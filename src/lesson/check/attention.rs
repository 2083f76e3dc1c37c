//! Definitions of attention: one head or several, from embeddings, vectors or scores.

use std::collections::BTreeMap;

use super::names::{Member, Operand};
use super::{Checker, Reported};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{CannotAdd, NodeId, Visible};
use crate::language::{Localised, Words, words};
use crate::lesson::fields::ATTENTION;
use crate::transformer::{Attention, Head, MultiHead, Naming, Scale, Source, Values};
use crate::yaml::{Key, Tree};

/// What the fields of an attention definition name, in the order in which members hold them.
struct Fields {
    source: SourceFields,
    values: ValueFields,
}

enum SourceFields {
    Projected {
        queries_from: Option<Operand>,
        keys_from: Option<Operand>,
        query_weights: Option<Operand>,
        key_weights: Option<Operand>,
    },
    Vectors {
        queries: Option<Operand>,
        keys: Option<Operand>,
    },
    Scores(Option<Operand>),
}

enum ValueFields {
    None,
    Projected { from: Option<Operand>, weights: Option<Operand> },
    Vectors(Option<Operand>),
}

/// Fields of which one makes the other useless, and what to know about them.
const EXCLUDE_EACH_OTHER: &[(&[&str], &[&str], Words)] = &[
    (
        &["of"],
        &["queries_from", "keys_values_from"],
        words(
            "write `of` where all comes from one matrix, `queries_from` and `keys_values_from` for cross-attention",
            "都来自同一个矩阵时写 `of`；交叉注意力写 `queries_from` 和 `keys_values_from`",
        ),
    ),
    (
        &["scores"],
        &["Q", "K", "W_Q", "W_K", "queries_from", "of", "keys_values_from"],
        words(
            "given `scores` are not computed from anything; keep one of the two",
            "直接给出 `scores` 时不再计算分数；请只保留其中一个",
        ),
    ),
    (
        &["Q", "K"],
        &["W_Q", "W_K", "queries_from", "of", "keys_values_from"],
        words(
            "given `Q` and `K` are not computed from anything; keep one of the two",
            "直接给出 `Q` 和 `K` 时不再计算它们；请只保留其中一个",
        ),
    ),
    (
        &["V"],
        &["W_V"],
        words(
            "write `V` for values that are there, `W_V` for the weights that make them",
            "已有的值写 `V`，生成值的权重写 `W_V`",
        ),
    ),
];

impl Checker<'_> {
    pub(super) fn define_attention(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let fields = self.attention_fields(tree, tree, key.span);
        let scale = self.scale(tree);
        let fields = fields?;
        let scale = scale?;
        let members = self.members(&fields.operands(), key.span)?;
        for Member { suffix, nodes, .. } in members {
            let attention = self.attention(tree, &fields, &nodes, &scale)?;
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| attention.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    pub(super) fn define_multi_head(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let scale = self.scale(tree);
        let mut heads = Vec::new();
        let mut complete = true;
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        for (index, head) in tree.get("heads")?.as_list()?.iter().enumerate() {
            let name = self.head_name(head, index, &mut names);
            match (name, self.attention_fields(tree, head, key.span)) {
                (Some(name), Some(fields)) => heads.push((name, fields)),
                (_, _) => complete = false,
            }
        }
        let output_weights = match tree.get("W_O") {
            Some(tree) => Some(self.operand(tree)?),
            None => None,
        };
        let scale = scale.filter(|_| complete && !heads.is_empty())?;
        let mut operands: Vec<_> = heads.iter().flat_map(|(_, fields)| fields.operands()).collect();
        operands.extend(output_weights.map(Some));
        for Member { suffix, nodes, .. } in self.members(&operands, key.span)? {
            let mut rest = nodes.as_slice();
            let mut built = Vec::new();
            for (name, fields) in &heads {
                let (own, others) = rest.split_at(fields.operands().len());
                rest = others;
                let attention = self.attention(tree, fields, own, &scale)?;
                built.push(Head { name: name.clone(), attention });
            }
            let value_weights: Vec<_> = built
                .iter()
                .filter_map(|head| match head.attention.values {
                    Values::None => None,
                    Values::Projected { weights: values, .. } | Values::Vectors(values) => Some(values),
                })
                .collect();
            self.fits_side_by_side(&value_weights, key.span)?;
            let multi_head = MultiHead { heads: built, output_weights: rest.first().copied() };
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| multi_head.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
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

    /// Runs a builder, notes where its nodes are defined and reports what does not fit.
    pub(super) fn build(
        &mut self,
        key: &Key,
        build: impl FnOnce(&mut Self) -> Result<(), CannotAdd>,
    ) -> Option<()> {
        let before = self.graph.len();
        let outcome = build(self);
        let added: Vec<NodeId> = self.graph.nodes().skip(before).map(|(id, _)| id).collect();
        for id in added {
            self.count(id, key.span)?;
        }
        match outcome {
            Ok(()) => Some(()),
            Err(error) => {
                self.report_cannot_add(error, key.span);
                None
            }
        }
    }

    /// Makes families of the parts of a head that was made for several texts: `head.Q` of `head.Q@a`, `head.Q@b`.
    pub(super) fn keep_families(&mut self, prefix: &str) {
        let start = format!("{prefix}.");
        let mut parts: Vec<(String, String, NodeId)> = Vec::new();
        for (id, node) in self.graph.nodes() {
            if let Some((part, text)) = node.name.split_once('@').filter(|(part, _)| part.starts_with(&start))
            {
                parts.push((part.to_owned(), text.to_owned(), id));
            }
        }
        for (part, text, id) in parts {
            let family = self.families.entry(part).or_default();
            if !family.iter().any(|(own, _)| *own == text) {
                family.push((text, id));
            }
        }
    }

    /// What a head is made of. `around` holds where it looks, `head` its weights; for one head they are the same.
    fn attention_fields(&mut self, around: &Tree, head: &Tree, span: Span) -> Option<Fields> {
        let has = |field: &str| around.get(field).is_some() || head.get(field).is_some();
        self.no_conflict(around, head)?;
        let from = self.operand_in(around, "of");
        let queries_from = if has("of") { from.clone() } else { self.operand_in(around, "queries_from") };
        let keys_from = if has("of") { from } else { self.operand_in(around, "keys_values_from") };
        let source = if has("scores") {
            SourceFields::Scores(self.operand_in(head, "scores"))
        } else if has("Q") || has("K") {
            self.need(head, &["Q", "K"], span)?;
            SourceFields::Vectors { queries: self.operand_in(head, "Q"), keys: self.operand_in(head, "K") }
        } else {
            self.need_projection(around, head, span)?;
            SourceFields::Projected {
                queries_from,
                keys_from: keys_from.clone(),
                query_weights: self.operand_in(head, "W_Q"),
                key_weights: self.operand_in(head, "W_K"),
            }
        };
        let values = if has("V") {
            ValueFields::Vectors(self.operand_in(head, "V"))
        } else if has("W_V") {
            if !has("of") && !has("keys_values_from") {
                self.need(around, &["of"], span)?;
            }
            ValueFields::Projected { from: keys_from, weights: self.operand_in(head, "W_V") }
        } else {
            ValueFields::None
        };
        Some(Fields { source, values })
    }

    /// Reports fields that exclude each other, and fields that nothing is made of.
    fn no_conflict(&mut self, around: &Tree, head: &Tree) -> Option<()> {
        let place = |field: &str| around.entry(field).or_else(|| head.entry(field)).map(|(key, _)| key.span);
        let mut reported = Vec::new();
        let pairs = EXCLUDE_EACH_OTHER.iter().flat_map(|(ones, others, hint)| {
            ones.iter().flat_map(move |one| others.iter().map(move |other| (*one, *other, *hint)))
        });
        for (one, other, hint) in pairs {
            // Given scores or vectors leave the positions to the values, if those are made here.
            if one != "of" && matches!(other, "of" | "keys_values_from") && place("W_V").is_some() {
                continue;
            }
            let (Some(first), Some(second)) = (place(one), place(other)) else { continue };
            let (first, again) = (first.min(second), first.max(second));
            if reported.contains(&again) {
                continue;
            }
            reported.push(again);
            let message = both!(
                "`{one}` and `{other}` do not go together here",
                "这里的 `{one}` 和 `{other}` 不能同时使用"
            );
            self.findings.push(
                Diagnostic::new(Code::ConflictingFields, again, message)
                    .with_related(first, both!("the first", "第一个"))
                    .with_hint(hint.map(str::to_owned)),
            );
        }
        reported.is_empty().then_some(())
    }

    /// What queries and keys are computed from. The weights of one head of several are asked for by the table.
    fn need_projection(&mut self, around: &Tree, head: &Tree, span: Span) -> Option<()> {
        let any = |fields: &[&str]| fields.iter().any(|field| around.get(field).is_some());
        let one_head = std::ptr::eq(around, head);
        if one_head && !any(&["of", "queries_from", "keys_values_from", "W_Q", "W_K"]) {
            let message = both!("nothing says what the scores are made of", "没有说明分数由什么得出");
            let hint = both!(
                "write `of` with `W_Q` and `W_K`, or `Q` and `K`, or `scores`",
                "请写 `of`、`W_Q` 和 `W_K`，或 `Q` 和 `K`，或 `scores`"
            );
            self.report(Code::MissingField, span, message, hint);
            return None;
        }
        let cross: &[&str] = &["queries_from", "keys_values_from"];
        let looks = if any(cross) { cross } else { &["of"] };
        let looks = self.need(around, looks, span);
        let weights = if one_head {
            self.need(head, &["W_Q", "W_K"], span)
        } else {
            ["W_Q", "W_K", "W_V"].iter().all(|field| head.get(field).is_some()).then_some(())
        };
        looks.and(weights)
    }

    /// Reports the fields that must be there and are not; `None` if there are any.
    fn need(&mut self, tree: &Tree, fields: &[&str], span: Span) -> Option<()> {
        let missing: Vec<_> = fields.iter().filter(|field| tree.get(field).is_none()).collect();
        let written = tree.as_map().unwrap_or_default();
        for field in &missing {
            // A misspelt field has been reported with the right name.
            let is_meant = |(key, _): &(Key, Tree)| ATTENTION.meant(&key.text) == Some(**field);
            let Some(field) = ATTENTION.field(field).filter(|_| !written.iter().any(is_meant)) else {
                continue;
            };
            let (name, doc) = (field.name, field.doc);
            let message = both!("attention needs `{name}` here", "这里的注意力缺少 `{name}`");
            let hint = Localised {
                en: format!("add `{name}: …`: {}", doc.en),
                zh: format!("请加上 `{name}: …`：{}", doc.zh),
            };
            self.report(Code::MissingField, span, message, hint);
        }
        missing.is_empty().then_some(())
    }

    fn attention(
        &mut self,
        tree: &Tree,
        fields: &Fields,
        nodes: &[NodeId],
        scale: &Scale,
    ) -> Option<Attention> {
        let (source, rest) = match &fields.source {
            SourceFields::Projected { .. } => (
                Source::Projected {
                    queries_from: nodes[0],
                    keys_from: nodes[1],
                    query_weights: nodes[2],
                    key_weights: nodes[3],
                },
                &nodes[4..],
            ),
            SourceFields::Vectors { .. } => {
                (Source::Vectors { queries: nodes[0], keys: nodes[1] }, &nodes[2..])
            }
            SourceFields::Scores(_) => (Source::Scores(nodes[0]), &nodes[1..]),
        };
        let values = match &fields.values {
            ValueFields::None => Values::None,
            ValueFields::Projected { .. } => Values::Projected { from: rest[0], weights: rest[1] },
            ValueFields::Vectors(_) => Values::Vectors(rest[0]),
        };
        let mask = match tree.get("mask") {
            Some(mask) => self.attention_mask(mask, &source).ok()?,
            None => None,
        };
        Some(Attention { source, values, mask, scale: scale.clone() })
    }

    fn attention_mask(&mut self, tree: &Tree, source: &Source) -> Result<Option<Visible>, Reported> {
        let rows = |node: NodeId| self.graph.node(node).shape.rows.size();
        let (queries, keys) = match source {
            Source::Projected { queries_from, keys_from, .. } => (rows(*queries_from), rows(*keys_from)),
            Source::Vectors { queries, keys } => (rows(*queries), rows(*keys)),
            Source::Scores(scores) => self.graph.node(*scores).shape.size(),
        };
        self.mask(tree, queries, keys)
    }

    fn scale(&mut self, tree: &Tree) -> Option<Scale> {
        match tree.get("scale") {
            None => Some(Scale::RootOfQuerySize),
            Some(scale) if scale.as_text() == Some("none") => Some(Scale::None),
            Some(scale) => self.divisor(scale).map(Scale::By),
        }
    }
}

impl Fields {
    /// All operands, in the order in which [`Checker::attention`] takes them.
    fn operands(&self) -> Vec<Option<Operand>> {
        let mut operands = match &self.source {
            SourceFields::Projected { queries_from, keys_from, query_weights, key_weights } => {
                vec![queries_from.clone(), keys_from.clone(), query_weights.clone(), key_weights.clone()]
            }
            SourceFields::Vectors { queries, keys } => vec![queries.clone(), keys.clone()],
            SourceFields::Scores(scores) => vec![scores.clone()],
        };
        match &self.values {
            ValueFields::None => {}
            ValueFields::Projected { from, weights } => operands.extend([from.clone(), weights.clone()]),
            ValueFields::Vectors(values) => operands.push(values.clone()),
        }
        operands
    }
}
