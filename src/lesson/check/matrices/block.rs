//! The block: what a layer is made of.

use super::feed_forward::FeedForwardFields;
use super::layers::StackKind;
use super::norm::NormFields;
use super::weights::{scalar, with_entries};
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Constant, NodeId};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::remedies::insertion;
use crate::lesson::fields::{BLOCK, BLOCK_FEED_FORWARD};
use crate::transformer::{Block, Dropping, MultiHead, Naming, NormKind, Order, Sublayer, SublayerKind};
use crate::yaml::{Key, Tree};

/// What layers stand in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Around {
    /// A block, which is one layer.
    Block,
    /// Several layers.
    Stack(StackKind),
}

impl Around {
    /// The mask of self-attention where nothing is said.
    const fn mask(self) -> &'static str {
        match self {
            Self::Block => "none",
            Self::Stack(kind) => kind.mask(),
        }
    }
}

/// What all layers of a definition share.
pub(super) struct Settings {
    around: Around,
    /// What goes through the layers.
    of: Option<Operand>,
    /// How many numbers each row of it has.
    pub(super) width: Option<usize>,
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
    /// Whether its positions look at each other.
    pub(super) fn attends(&self) -> bool {
        self.sublayers.iter().any(|(doing, _)| matches!(doing, Doing::SelfAttention(_)))
    }

    /// Whether it looks at a memory.
    pub(super) fn crosses(&self) -> bool {
        self.sublayers.iter().any(|(doing, _)| matches!(doing, Doing::CrossAttention { .. }))
    }

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
        let settings = self.layer_settings(value, Around::Block, of.as_ref());
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

    /// What stands around the layers, which read `of`.
    pub(super) fn layer_settings(
        &mut self,
        tree: &Tree,
        around: Around,
        of: Option<&Operand>,
    ) -> Option<Settings> {
        let word = |field: &str| tree.get(field).and_then(Tree::as_text);
        let norm = match word("norm") {
            Some("none") => None,
            Some("rms") => Some(NormKind::RootMeanSquare),
            Some(_) | None => Some(NormKind::Layer),
        };
        let order = if word("order") == Some("post") { Order::Post } else { Order::Pre };
        let mask = tree.get("mask").cloned().unwrap_or_else(|| scalar(around.mask(), tree.span));
        let epsilon = self.epsilon(tree);
        let dropout = match tree.get("dropout") {
            Some(dropout) => Some(self.dropping(dropout)?),
            None => None,
        };
        let mut self_attention = vec![("mask", mask)];
        self_attention.extend(tree.get("rotary").map(|rotary| ("rotary", rotary.clone())));
        let width = of.and_then(|of| self.width_of(of));
        let of = of.cloned();
        Some(Settings { around, of, width, norm, order, epsilon: epsilon?, dropout, self_attention })
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
            let heads = self.multi_heads(key, &tree);
            let heads = heads
                .filter(|heads| self.heads_can_be_added(key, &tree, heads, settings.of.as_ref()).is_some());
            doings.push(heads.map(Doing::SelfAttention));
        }
        if let Some(cross) = layer.entry("cross_attention") {
            doings.push(self.cross_attention(key, around, layer, cross, settings));
        }
        if let Some(network) = layer.get("feed_forward") {
            self.fill_missing(network, &BLOCK_FEED_FORWARD, |checker, field| {
                checker.filling_for(field, network)
            });
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
            let place = if std::ptr::eq(around, layer) { key.span } else { layer.span };
            let message = both!("nothing says what this layer does", "没有说明这一层做什么");
            let hint = match settings.around {
                Around::Block => self.weights_to_add(around, place, ""),
                // One of several layers has no weights that are made.
                Around::Stack(_) => {
                    let (heads, lines) = self.one_head(around);
                    self.with_lines_above(layer, place, &[format!("attention: {{{heads}}}")], &lines)
                }
            };
            self.report(Code::MissingField, place, message, hint);
            return None;
        }
        let norms = self.norms_of_layer(layer, doings.len(), settings);
        let doings: Vec<_> = doings.into_iter().collect::<Option<_>>()?;
        Some(LayerFields { sublayers: doings.into_iter().zip(norms?).collect() })
    }

    /// What to do about cross-attention that has nothing to look at.
    fn memory_to_add(&self, around: &Tree, layer: &Tree, told: Span, kind: Around) -> Localised<String> {
        let memory = format!("memory: {}", self.memory_to_name());
        let Localised { en, zh } = insertion::to_add(self.source, around, told, &[memory]);
        match kind {
            Around::Stack(StackKind::Encoder) if layer.get("attention").is_some() => both!(
                "an encoder looks at no other text: write `decoder` instead of `encoder`, and {en}",
                "编码器不看别的文本：请把 `encoder` 改成 `decoder`，并{zh}"
            ),
            Around::Stack(StackKind::Encoder) => both!(
                "an encoder looks at no other text: write `attention` instead of `cross_attention`; or write `decoder` instead of `encoder`, and {en}",
                "编码器不看别的文本：请把 `cross_attention` 改成 `attention`；或把 `encoder` 改成 `decoder`，并{zh}"
            ),
            Around::Block | Around::Stack(StackKind::Stack | StackKind::Decoder) => {
                both!("{en}, the matrix that it looks at", "请{zh}，即它所关注的矩阵")
            }
        }
    }

    fn cross_attention(
        &mut self,
        key: &Key,
        around: &Tree,
        layer: &Tree,
        (field, attention): &(Key, Tree),
        settings: &Settings,
    ) -> Option<Doing> {
        let (Some(of), Some(memory)) = (around.get("of"), around.get("memory")) else {
            let message = both!("cross-attention has nothing to look at", "交叉注意力没有可关注的对象");
            let hint = self.memory_to_add(around, layer, field.span, settings.around);
            self.report(Code::MissingField, field.span, message, hint);
            return None;
        };
        let tree = with_entries(attention, [("queries_from", of), ("keys_values_from", memory)]);
        let heads = self.multi_heads(key, &tree);
        let heads =
            heads.filter(|heads| self.heads_can_be_added(key, &tree, heads, settings.of.as_ref()).is_some());
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
                    let fields = self.norm_fields(
                        written.map(|(_, tree)| tree),
                        kind,
                        &settings.epsilon,
                        settings.width,
                    );
                    complete &= fields.is_some();
                    norms.push(fields);
                }
                (_, Some((field, _))) => {
                    complete = false;
                    self.no_such_norm(field, layer, count, settings.norm);
                }
                (None, None) if number <= count => norms.push(None),
                (_, None) => {}
            }
        }
        complete.then_some(norms)
    }
}
