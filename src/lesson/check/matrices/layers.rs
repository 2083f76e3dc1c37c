//! Layers one after the other: stacks, encoders, decoders.

use super::block::{Around, LayerFields, Settings};
use super::norm::NormFields;
use crate::both;
use crate::diagnostic::Code;
use crate::language::Localised;
use crate::lesson::check::names::operands::Member;
use crate::lesson::check::remedies::insertion;
use crate::lesson::check::{Checker, Reported};
use crate::transformer::{Naming, Order, Stack};
use crate::yaml::{Key, Tree};

/// The most layers, heads and repetitions that a definition may have: more than any model.
pub(super) const MOST_LAYERS: u64 = 256;

/// What a lesson calls layers one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StackKind {
    /// Of any kind.
    Stack,
    /// Without a mask, looking at nothing else.
    Encoder,
    /// With a causal mask.
    Decoder,
}

impl StackKind {
    /// The mask of self-attention where nothing is said.
    pub(super) const fn mask(self) -> &'static str {
        match self {
            Self::Stack | Self::Encoder => "none",
            Self::Decoder => "causal",
        }
    }
}

impl Checker<'_> {
    pub(super) fn define_stack(&mut self, key: &Key, value: &Tree, kind: StackKind) -> Option<()> {
        let of = self.operand_in(value, "of");
        let settings = self.layer_settings(value, Around::Stack(kind), of.as_ref());
        let repeat = self.count_from_1(value, "repeat");
        let made;
        let layers = match (value.get("layers").and_then(Tree::as_list), value.get("weights")) {
            (_, Some(weights)) => {
                self.no_weights_twice(value, &["layers"])?;
                let count = self.count_from_1(weights, "n_layers")?;
                let prefixes: Vec<_> = (1..=count).map(|layer| format!("{}.{layer}", key.text)).collect();
                made = self.made_layers(key, value, of.as_ref()?, &prefixes)?;
                made.as_slice()
            }
            (Some(layers), None) => layers,
            (None, None) => {
                self.no_layers(key, value);
                return None;
            }
        };
        let (settings, repeat) = (settings?, repeat?);
        self.few_enough(key, value, layers.len() as u64, repeat)?;
        let fields: Vec<_> = layers
            .iter()
            .map(|layer| self.layer_fields(key, value, layer, &settings))
            .collect::<Vec<_>>()
            .into_iter()
            .collect::<Option<_>>()?;
        // The table of fields has reported the memory of an encoder.
        if kind != StackKind::Encoder {
            self.memory_is_used(value, &fields)?;
        }
        self.self_attention_is_there(value, &fields)?;
        let norm = self.final_norm(value, &settings).ok()?;
        let of = of?;
        let mut operands = vec![Some(of.clone())];
        operands.extend(fields.iter().flat_map(LayerFields::operands));
        operands.extend(norm.iter().flat_map(NormFields::operands));
        for Member { suffix, text, .. } in self.members(&operands, key.span)? {
            let text = text.unwrap_or_default();
            let mut dropped = 0;
            let all = (0..repeat).flat_map(|_| &fields);
            let layers =
                all.map(|layer| layer.member(&text, &settings, &mut dropped)).collect::<Option<_>>()?;
            let stack = Stack { layers, norm: norm.as_ref().map(|norm| norm.member(&text)) };
            let naming = Naming { prefix: key.text.clone(), suffix };
            let mut stream = of.member(&text)?;
            // Layer by layer, so that there is room for each before it is made.
            for (index, layer) in stack.layers.iter().enumerate() {
                self.networks_fit(key, layer, stream)?;
                self.build(key, |checker| {
                    stream = stack.layer(&mut checker.graph, index, stream, &naming)?;
                    Ok(())
                })?;
            }
            self.build(key, |checker| stack.finish(&mut checker.graph, stream, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    fn no_layers(&mut self, key: &Key, value: &Tree) {
        // A list that is none has been reported by the table of fields.
        if value.get("layers").is_some() {
            return;
        }
        let message = both!("there are no layers here", "这里没有层");
        let hint = self.weights_to_add(value, key.span, ", n_layers: 2");
        self.report(Code::MissingField, key.span, message, hint);
    }

    /// Reports layers that are more than a lesson can have, at the number to be made smaller.
    fn few_enough(&mut self, key: &Key, value: &Tree, layers: u64, repeat: u64) -> Option<()> {
        let all = layers * repeat;
        if all <= MOST_LAYERS {
            return Some(());
        }
        let fewer = MOST_LAYERS / layers;
        match value.get("repeat").filter(|_| fewer > 0) {
            Some(repeated) => self.report(
                Code::TooLarge,
                repeated.span,
                both!(
                    "{layers} layers, {repeat} times, are {all} layers; a lesson can have at most {MOST_LAYERS}",
                    "{layers} 层重复 {repeat} 次共 {all} 层，而一节课最多 {MOST_LAYERS} 层"
                ),
                both!("write `repeat: {fewer}` or less", "请写 `repeat: {fewer}` 或更小的数"),
            ),
            None => self.report(
                Code::TooLarge,
                key.span,
                both!(
                    "these are {all} layers; a lesson can have at most {MOST_LAYERS}",
                    "这里有 {all} 层，而一节课最多 {MOST_LAYERS} 层"
                ),
                both!("list at most {MOST_LAYERS} layers", "最多列出 {MOST_LAYERS} 层"),
            ),
        }
        None
    }

    /// The norm after the last layer, which there is where norms stand before the sublayers.
    fn final_norm(&mut self, value: &Tree, settings: &Settings) -> Result<Option<NormFields>, Reported> {
        let written = value.entry("final_norm");
        if let (Some(kind), Order::Pre) = (settings.norm, settings.order) {
            let tree = written.map(|(_, tree)| tree);
            self.norm_fields(tree, kind, &settings.epsilon, settings.width).ok_or(Reported).map(Some)
        } else {
            let Some((field, _)) = written else { return Ok(None) };
            let Localised { en, zh } = insertion::to_remove(self.source, value, &["final_norm"]);
            self.report(
                Code::ConflictingFields,
                field.span,
                both!("there is no norm after the last layer here", "这里最后一层之后没有归一化"),
                both!(
                    "{en}; there is one only where norms stand before the sublayers (`order: pre`)",
                    "请{zh}；只有归一化在子层之前（`order: pre`）时才有"
                ),
            );
            Err(Reported)
        }
    }

    /// A field that counts something, from 1 up; 1 if it is left out.
    pub(super) fn count_from_1(&mut self, tree: &Tree, field: &str) -> Option<u64> {
        let Some(written) = tree.get(field) else { return Some(1) };
        let count = written.as_count()?;
        if (1..=MOST_LAYERS).contains(&count) {
            return Some(count);
        }
        self.report(
            Code::OutOfRange,
            written.span,
            both!("`{field}` cannot be {count}", "`{field}` 不能是 {count}"),
            if count == 0 {
                both!("write how many there are, such as `{field}: 2`", "请写明有几个，例如 `{field}: 2`")
            } else {
                both!("write a number from 1 to {MOST_LAYERS}", "请写 1 到 {MOST_LAYERS} 之间的数")
            },
        );
        None
    }
}
