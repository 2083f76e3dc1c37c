//! Definitions of attention: one head or several, from embeddings, vectors or scores.

use super::names::{Member, Operand};
use super::{Checker, Reported};
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{CannotAdd, Mask, NodeId};
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
        for (index, head) in tree.get("heads")?.as_list()?.iter().enumerate() {
            let name = head
                .get("name")
                .and_then(Tree::as_text)
                .map_or_else(|| (index + 1).to_string(), str::to_owned);
            match self.attention_fields(tree, head, key.span) {
                Some(fields) => heads.push((name, fields)),
                None => complete = false,
            }
        }
        let output_weights = match tree.get("W_O") {
            Some(tree) => Some(self.operand(tree)?),
            None => None,
        };
        let scale = scale.filter(|_| complete)?;
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
            let multi_head = MultiHead { heads: built, output_weights: rest.first().copied() };
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| multi_head.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
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
            self.places.insert(id, key.span);
            let shape = self.graph.node(id).shape.clone();
            self.has_room(&shape, key.span)?;
            let (rows, columns) = shape.size();
            self.numbers += rows * columns;
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
    fn keep_families(&mut self, prefix: &str) {
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
        let has = |tree: &Tree, field: &str| tree.get(field).is_some();
        let from = self.operand_in(around, "of");
        let queries_from =
            if has(around, "of") { from.clone() } else { self.operand_in(around, "queries_from") };
        let keys_from = if has(around, "of") { from } else { self.operand_in(around, "keys_values_from") };
        let looks = has(around, "of") || has(around, "queries_from") || has(around, "keys_values_from");
        let source = if has(head, "scores") {
            SourceFields::Scores(self.operand_in(head, "scores"))
        } else if has(head, "Q") || has(head, "K") {
            self.need(head, &["Q", "K"], span)?;
            SourceFields::Vectors { queries: self.operand_in(head, "Q"), keys: self.operand_in(head, "K") }
        } else {
            if !has(around, "of") {
                let both_fields: &[&str] =
                    if looks { &["queries_from", "keys_values_from"] } else { &["of"] };
                self.need(around, both_fields, span)?;
            }
            if std::ptr::eq(around, head) {
                self.need(head, &["W_Q", "W_K"], span)?;
            }
            SourceFields::Projected {
                queries_from,
                keys_from: keys_from.clone(),
                query_weights: self.operand_in(head, "W_Q"),
                key_weights: self.operand_in(head, "W_K"),
            }
        };
        let values = if has(head, "V") {
            ValueFields::Vectors(self.operand_in(head, "V"))
        } else if has(head, "W_V") {
            if !looks {
                self.need(around, &["of"], span)?;
            }
            ValueFields::Projected { from: keys_from, weights: self.operand_in(head, "W_V") }
        } else {
            ValueFields::None
        };
        Some(Fields { source, values })
    }

    /// Reports the fields that must be there and are not; `None` if there are any.
    fn need(&mut self, tree: &Tree, fields: &[&str], span: Span) -> Option<()> {
        let missing: Vec<_> = fields.iter().filter(|field| tree.get(field).is_none()).collect();
        for field in &missing {
            self.report(
                Code::MissingField,
                span,
                both!("attention needs `{field}` here", "这里的注意力缺少 `{field}`"),
                both!(
                    "Give `of` with `W_Q` and `W_K`, or `Q` and `K`, or `scores`",
                    "请给出 `of`、`W_Q` 和 `W_K`，或 `Q` 和 `K`，或 `scores`"
                ),
            );
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

    fn attention_mask(&mut self, tree: &Tree, source: &Source) -> Result<Option<Mask>, Reported> {
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
