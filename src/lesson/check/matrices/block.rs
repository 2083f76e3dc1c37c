//! The block: what a layer is made of.

use super::feed_forward::FeedForwardFields;
use super::norm::NormFields;
use super::weights::{scalar, with_entries};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Constant, NodeId};
use crate::lesson::check::Checker;
use crate::lesson::check::names::{Member, Operand};
use crate::lesson::fields::BLOCK;
use crate::transformer::{Block, Dropping, MultiHead, Naming, NormKind, Order, Sublayer, SublayerKind};
use crate::yaml::{Key, Tree};

/// What all layers of a definition share.
pub(super) struct Settings {
    pub(super) norm: Option<NormKind>,
    pub(super) order: Order,
    pub(super) epsilon: Constant,
    dropout: Option<Dropping>,
    /// What self-attention does that does not say it itself: the mask, and whether positions turn queries and keys.
    self_attention: Vec<(&'static str, Tree)>,
}

/// What the fields of a layer name.
pub(super) struct LayerFields {
    sublayers: Vec<(Doing, Option<NormFields>)>,
}

enum Doing {
    SelfAttention(Vec<(Member, MultiHead)>),
    CrossAttention { memory: Operand, heads: Vec<(Member, MultiHead)> },
    FeedForward(FeedForwardFields),
}

impl LayerFields {
    pub(super) fn operands(&self) -> Vec<Option<Operand>> {
        let mut operands = Vec::new();
        for (doing, norm) in &self.sublayers {
            match doing {
                Doing::SelfAttention(heads) => operands.extend(per_text(heads).map(Some)),
                Doing::CrossAttention { memory, heads } => {
                    operands.push(Some(memory.clone()));
                    operands.extend(per_text(heads).map(Some));
                }
                Doing::FeedForward(network) => operands.extend(network.operands()),
            }
            operands.extend(norm.iter().flat_map(NormFields::operands));
        }
        operands
    }

    /// The block for a text. `dropped` counts the dropouts so far, each of which has a seed of its own.
    pub(super) fn member(&self, text: &str, settings: &Settings, dropped: &mut u64) -> Option<Block> {
        let mut sublayers = Vec::new();
        for (doing, norm) in &self.sublayers {
            let kind = match doing {
                Doing::SelfAttention(heads) => SublayerKind::SelfAttention(heads_of(heads, text)?),
                Doing::CrossAttention { memory, heads } => SublayerKind::CrossAttention {
                    memory: memory.member(text)?,
                    heads: heads_of(heads, text)?,
                },
                Doing::FeedForward(network) => SublayerKind::FeedForward(network.member(text)?),
            };
            let dropout = settings.dropout.map(|Dropping { rate, seed }| {
                *dropped += 1;
                Dropping { rate, seed: seed.wrapping_add(*dropped - 1) }
            });
            sublayers.push(Sublayer { kind, norm: norm.as_ref().map(|norm| norm.member(text)), dropout });
        }
        Some(Block { sublayers, order: settings.order })
    }
}

/// Heads that were made for each text, as something that there is for each text.
fn per_text(heads: &[(Member, MultiHead)]) -> Option<Operand> {
    let of = |(member, _): &(Member, MultiHead)| Some((member.text.clone()?, *member.nodes.first()?));
    let members: Vec<_> = heads.iter().filter_map(of).collect();
    (!members.is_empty()).then_some(Operand::PerText(members))
}

/// The heads for a text.
fn heads_of(heads: &[(Member, MultiHead)], text: &str) -> Option<MultiHead> {
    let is_meant = |member: &Member| member.text.as_deref().is_none_or(|own| own == text);
    heads.iter().find(|(member, _)| is_meant(member)).map(|(_, heads)| heads.clone())
}

impl Checker<'_> {
    pub(super) fn define_block(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let settings = self.layer_settings(value, "none");
        let layer = if value.get("weights").is_some() {
            self.no_weights_twice(value, &["attention", "cross_attention", "feed_forward"])?;
            self.made_layers(key, value, of.as_ref()?, std::slice::from_ref(&key.text))?.pop()?
        } else {
            value.clone()
        };
        let settings = settings?;
        let layer = self.layer_fields(key, value, &layer, &settings);
        let (of, layer) = (of?, layer?);
        self.memory_is_used(value, std::slice::from_ref(&layer))?;
        self.self_attention_is_there(value, std::slice::from_ref(&layer))?;
        let mut operands = layer.operands();
        operands.insert(0, Some(of.clone()));
        for Member { suffix, text, .. } in self.members(&operands, key.span)? {
            let text = text.unwrap_or_default();
            let (from, block) = (of.member(&text)?, layer.member(&text, &settings, &mut 0)?);
            self.networks_fit(key, &block, from)?;
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| block.build(&mut checker.graph, from, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    /// Whether the networks of a block fit the vectors that go through it.
    pub(super) fn networks_fit(&mut self, key: &Key, block: &Block, from: NodeId) -> Option<()> {
        for sublayer in &block.sublayers {
            if let SublayerKind::FeedForward(network) = &sublayer.kind {
                self.network_fits(key.span, network, from)?;
            }
        }
        Some(())
    }

    /// What stands around the layers; `mask` is that of self-attention where nothing is said.
    pub(super) fn layer_settings(&mut self, tree: &Tree, mask: &str) -> Option<Settings> {
        let word = |field: &str| tree.get(field).and_then(Tree::as_text);
        let norm = match word("norm") {
            Some("none") => None,
            Some("rms") => Some(NormKind::RootMeanSquare),
            Some(_) | None => Some(NormKind::Layer),
        };
        let order = if word("order") == Some("post") { Order::Post } else { Order::Pre };
        let mask = tree.get("mask").cloned().unwrap_or_else(|| scalar(mask, tree.span));
        let epsilon = self.epsilon(tree);
        let dropout = match tree.get("dropout") {
            Some(dropout) => Some(self.dropping(dropout)?),
            None => None,
        };
        let mut self_attention = vec![("mask", mask)];
        self_attention.extend(tree.get("rotary").map(|rotary| ("rotary", rotary.clone())));
        Some(Settings { norm, order, epsilon: epsilon?, dropout, self_attention })
    }

    /// What a layer is made of. `around` says where it looks; for one block they are the same.
    pub(super) fn layer_fields(
        &mut self,
        key: &Key,
        around: &Tree,
        layer: &Tree,
        settings: &Settings,
    ) -> Option<LayerFields> {
        let mut doings = Vec::new();
        let of = around.get("of")?;
        if let Some(attention) = layer.get("attention") {
            let further = settings.self_attention.iter().map(|(name, tree)| (*name, tree));
            let tree = with_entries(attention, [("of", of)].into_iter().chain(further));
            doings.push(self.multi_heads(key, &tree).map(Doing::SelfAttention));
        }
        if let Some((field, attention)) = layer.entry("cross_attention") {
            doings.push(self.cross_attention(key, around, field, attention));
        }
        if let Some(network) = layer.get("feed_forward") {
            doings.push(self.feed_forward_fields(network).map(Doing::FeedForward));
        }
        if doings.is_empty() {
            // What is no layer at all, or has a misspelt field, has been reported with what was meant.
            let does = ["attention", "cross_attention", "feed_forward", "weights"];
            let is_meant =
                |(key, _): &(Key, Tree)| BLOCK.meant(&key.text).is_some_and(|name| does.contains(&name));
            if layer.as_map()?.iter().any(is_meant) {
                return None;
            }
            self.report(
                Code::MissingField,
                if std::ptr::eq(around, layer) { key.span } else { layer.span },
                both!("nothing says what this layer does", "没有说明这一层做什么"),
                both!(
                    "write `attention`, `feed_forward` or both, or `weights: {{seed: 7}}` to make them",
                    "请写 `attention`、`feed_forward` 或两者都写，或写 `weights: {{seed: 7}}` 自动生成"
                ),
            );
            return None;
        }
        let norms = self.norms_of_layer(layer, doings.len(), settings);
        let doings: Vec<_> = doings.into_iter().collect::<Option<_>>()?;
        Some(LayerFields { sublayers: doings.into_iter().zip(norms?).collect() })
    }

    fn cross_attention(&mut self, key: &Key, around: &Tree, field: &Key, attention: &Tree) -> Option<Doing> {
        let (Some(of), Some(memory)) = (around.get("of"), around.get("memory")) else {
            self.report(
                Code::MissingField,
                field.span,
                both!("cross-attention has nothing to look at", "交叉注意力没有可关注的对象"),
                both!(
                    "in a block, a stack or a decoder, add `memory: …`: the output of an encoder",
                    "请在 `block`、`stack` 或 `decoder` 中加上 `memory: …`，即编码器的输出"
                ),
            );
            return None;
        };
        let tree = with_entries(attention, [("queries_from", of), ("keys_values_from", memory)]);
        let heads = self.multi_heads(key, &tree);
        Some(Doing::CrossAttention { memory: self.operand(memory)?, heads: heads? })
    }

    /// The norm of each of `count` sublayers; reports what is written of a norm that there is not.
    fn norms_of_layer(
        &mut self,
        layer: &Tree,
        count: usize,
        settings: &Settings,
    ) -> Option<Vec<Option<NormFields>>> {
        let mut norms = Vec::new();
        let mut complete = true;
        for number in 1..=3 {
            let written = layer.entry(&format!("norm_{number}"));
            match (settings.norm, written) {
                (Some(kind), _) if number <= count => {
                    let fields = self.norm_fields(written.map(|(_, tree)| tree), kind, &settings.epsilon);
                    complete &= fields.is_some();
                    norms.push(fields);
                }
                (_, Some((field, _))) => {
                    complete = false;
                    self.no_such_norm(field, count, settings.norm);
                }
                (None, None) if number <= count => norms.push(None),
                (_, None) => {}
            }
        }
        complete.then_some(norms)
    }

    fn no_such_norm(&mut self, field: &Key, count: usize, norm: Option<NormKind>) {
        let name = &field.text;
        let (message, hint) = if norm.is_none() {
            (
                both!("there is no norm that `{name}` could belong to", "没有 `{name}` 所属的归一化"),
                both!("remove it, or the `norm: none`", "请删去它，或删去 `norm: none`"),
            )
        } else {
            (
                both!(
                    "`{name}` belongs to nothing: there is one norm for each part of the layer, {count} in all",
                    "`{name}` 没有对应的子层：每个子层有一个归一化，共 {count} 个"
                ),
                both!(
                    "attention has `norm_1`, what follows it `norm_2`, and so on",
                    "注意力对应 `norm_1`，后面的子层依次对应 `norm_2` 等"
                ),
            )
        };
        self.report(Code::ConflictingFields, field.span, message, hint);
    }

    /// Reports weights that are named although they are made.
    pub(super) fn no_weights_twice(&mut self, tree: &Tree, fields: &[&str]) -> Option<()> {
        let (made, _) = tree.entry("weights")?;
        let named: Vec<_> = fields.iter().filter_map(|field| tree.entry(field)).collect();
        for (field, _) in &named {
            let name = &field.text;
            self.findings.push(
                Diagnostic::new(
                    Code::ConflictingFields,
                    field.span,
                    both!(
                        "`{name}` and `weights` do not go together here",
                        "这里的 `{name}` 和 `weights` 不能同时使用"
                    ),
                )
                .with_related(made.span, both!("all weights are made here", "这里会生成全部权重"))
                .with_hint(both!(
                    "name the weights yourself, or have all of them made",
                    "请自己写出权重，或全部自动生成"
                )),
            );
        }
        named.is_empty().then_some(())
    }

    /// Reports what is said of self-attention where no layer has any.
    pub(super) fn self_attention_is_there(&mut self, tree: &Tree, layers: &[LayerFields]) -> Option<()> {
        let attends = |layer: &LayerFields| {
            layer.sublayers.iter().any(|(doing, _)| matches!(doing, Doing::SelfAttention(_)))
        };
        let said: Vec<_> = ["mask", "rotary"].iter().filter_map(|field| tree.entry(field)).collect();
        if layers.iter().any(attends) || said.is_empty() {
            return Some(());
        }
        for (field, _) in said {
            let name = &field.text;
            self.report(
                Code::ConflictingFields,
                field.span,
                both!(
                    "`{name}` has no use where nothing looks at its own text",
                    "没有自注意力，`{name}` 就没有用处"
                ),
                both!(
                    "add `attention: …` with its heads, or remove it; in `cross_attention` write it there",
                    "请加上 `attention: …`，或删去它；用于 `cross_attention` 时请写在那里面"
                ),
            );
        }
        None
    }

    /// Reports a memory that no layer looks at.
    pub(super) fn memory_is_used(&mut self, tree: &Tree, layers: &[LayerFields]) -> Option<()> {
        let Some((field, _)) = tree.entry("memory") else { return Some(()) };
        let looks = |layer: &LayerFields| {
            layer.sublayers.iter().any(|(doing, _)| matches!(doing, Doing::CrossAttention { .. }))
        };
        if layers.iter().any(looks) {
            return Some(());
        }
        self.report(
            Code::ConflictingFields,
            field.span,
            both!("nothing looks at this `memory`", "没有子层关注这里的 `memory`"),
            both!(
                "add `cross_attention: …` with its heads, or remove it",
                "请加上 `cross_attention: …`，或删去它"
            ),
        );
        None
    }
}
