//! Feed-forward networks.

use super::elementwise::activation;
use super::norm::BIAS;
use crate::graph::op::Activation;
use crate::lesson::check::names::{Member, Operand};
use crate::lesson::check::{Checker, Reported};
use crate::transformer::{FeedForward, Linear, Naming};
use crate::yaml::{Key, Tree};

/// What the fields of a feed-forward network name.
#[derive(Debug, Clone)]
pub(super) struct FeedForwardFields {
    first: LinearFields,
    gate: Option<Operand>,
    activation: Activation,
    second: LinearFields,
}

#[derive(Debug, Clone)]
struct LinearFields {
    weights: Operand,
    bias: Option<Operand>,
}

impl FeedForwardFields {
    pub(super) fn operands(&self) -> impl Iterator<Item = Option<Operand>> {
        let Self { first, gate, second, .. } = self;
        let weights = [&first.weights, &second.weights].into_iter();
        let others = [&first.bias, gate, &second.bias].into_iter().flatten();
        weights.chain(others).map(|operand| Some(operand.clone()))
    }

    /// The network for a text.
    pub(super) fn member(&self, text: &str) -> Option<FeedForward> {
        let of = |operand: &Option<Operand>| operand.as_ref().and_then(|operand| operand.member(text));
        let linear = |fields: &LinearFields| {
            Some(Linear { weights: fields.weights.member(text)?, bias: of(&fields.bias) })
        };
        Some(FeedForward {
            first: linear(&self.first)?,
            gate: of(&self.gate),
            activation: self.activation,
            second: linear(&self.second)?,
        })
    }
}

impl Checker<'_> {
    pub(super) fn define_feed_forward(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let fields = self.feed_forward_fields(value)?;
        let operands: Vec<_> = [of.clone()].into_iter().chain(fields.operands()).collect();
        for Member { suffix, text, .. } in self.members(&operands, key.span)? {
            let text = text.unwrap_or_default();
            let (from, network) = (of.as_ref()?.member(&text)?, fields.member(&text)?);
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| network.build(&mut checker.graph, from, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    /// The weights of a feed-forward network.
    pub(super) fn feed_forward_fields(&mut self, tree: &Tree) -> Option<FeedForwardFields> {
        let first = self.linear(tree, "W_1", "b_1");
        let gate = match tree.get("W_gate") {
            Some(gate) => self.operand(gate).ok_or(Reported).map(Some),
            None => Ok(None),
        };
        let activation = match tree.get("with") {
            Some(written) => activation(Some(written)),
            None => Some(Activation::Relu),
        };
        let second = self.linear(tree, "W_2", "b_2");
        Some(FeedForwardFields { first: first?, gate: gate.ok()?, activation: activation?, second: second? })
    }

    fn linear(&mut self, tree: &Tree, weights: &str, bias: &str) -> Option<LinearFields> {
        let weights = self.operand_in(tree, weights);
        let bias = self.single_row(tree, bias, BIAS);
        Some(LinearFields { weights: weights?, bias: bias.ok()? })
    }
}
