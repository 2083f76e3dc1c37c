//! Feed-forward networks.

use super::elementwise::activation;
use super::norm::BIAS;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::NodeId;
use crate::graph::op::Activation;
use crate::language::Localised;
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::sizes::layout::{Columns, Meeting, layout_of, made_along, other};
use crate::lesson::check::sizes::numbers;
use crate::lesson::check::{Checker, Reported};
use crate::transformer::{FeedForward, Layout, Linear, Naming};
use crate::yaml::{Key, Tree};

/// What the fields of a feed-forward network name.
#[derive(Debug, Clone)]
pub(super) struct FeedForwardFields {
    layout: Layout,
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
            layout: self.layout,
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
            self.network_fits(key.span, &network, from)?;
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
        Some(FeedForwardFields {
            layout: layout_of(tree),
            first: first?,
            gate: gate.ok()?,
            activation: activation?,
            second: second?,
        })
    }

    /// Whether the weights of a network fit the way they are stored, and the gate what it opens; reports what does not.
    pub(super) fn network_fits(&mut self, span: Span, network: &FeedForward, from: NodeId) -> Option<()> {
        let (first, second) = (network.first.weights, network.second.weights);
        self.weights_are_in_place(span, network, from)?;
        self.stored_right((network.layout, self.named(first, span)), |checker, layout| {
            let meeting = |weights, from| Meeting {
                span: checker.named(weights, span),
                from: Columns::Axis(from),
                weights,
            };
            let ahead = [Some(first), network.gate].into_iter().flatten();
            let hidden = checker.made_by(first, layout);
            ahead
                .map(|weights| meeting(weights, checker.columns(from)))
                .chain([meeting(second, hidden)])
                .collect()
        })?;
        let Some(gate) = network.gate else { return Some(()) };
        let (made, opened) = (self.made_by(gate, network.layout), self.made_by(first, network.layout));
        let takes = self.taken_by(gate, network.layout);
        // What does not fit the vectors is reported by the builder.
        if made.agrees_with(&opened) || !takes.agrees_with(&self.columns(from)) {
            return Some(());
        }
        let (w_gate, w_1) = (&self.graph.node(gate).name, &self.graph.node(first).name);
        let (of_gate, hidden) = (numbers(&made), numbers(&opened));
        let message = Localised {
            en: format!(
                "the gate `{w_gate}` makes {} of each vector, and `{w_1}` makes {}",
                of_gate.en, hidden.en
            ),
            zh: format!("门控 `{w_gate}` 把每个向量变成 {}，而 `{w_1}` 变成 {}", of_gate.zh, hidden.zh),
        };
        let Localised { en, zh } = self.to_resize(gate, made_along(network.layout), &opened);
        let hint = both!(
            "a gate opens or closes each hidden number: {en}, as `{w_1}` has",
            "门控逐个控制隐藏层的数：{zh}，与 `{w_1}` 一致"
        );
        let finding = Diagnostic::new(Code::ShapeMismatch, self.named(gate, span), message).with_hint(hint);
        let finding =
            finding.with_related(self.named(first, span), both!("does not fit this", "与这个不匹配"));
        self.findings.push(self.with_definitions(finding, &[first, gate]));
        None
    }

    /// Reports the two weights of a network that stand in each other's place: they fit when they are exchanged, and
    /// either not when they are stored the other way, or their names tell.
    fn weights_are_in_place(&mut self, span: Span, network: &FeedForward, from: NodeId) -> Option<()> {
        let (first, second, layout) = (network.first.weights, network.second.weights, network.layout);
        let columns = self.columns(from);
        let fits = |one: NodeId, two: NodeId, layout: Layout| {
            let ahead = [Some(one), network.gate].into_iter().flatten();
            self.made_by(one, layout).agrees_with(&self.taken_by(two, layout))
                && ahead.into_iter().all(|weights| self.taken_by(weights, layout).agrees_with(&columns))
        };
        let [a, b] = [first, second].map(|weights| self.graph.node(weights).name.clone());
        let names_tell = a.ends_with('2') && b.ends_with('1');
        let is_stored_otherwise = fits(first, second, other(layout)) && !names_tell;
        if fits(first, second, layout) || !fits(second, first, layout) || is_stored_otherwise {
            return Some(());
        }
        let (place, again) = (self.named(first, span), self.named(second, span));
        let (wanted, taken) = (numbers(&columns), numbers(&self.taken_by(first, layout)));
        let of = &self.graph.node(from).name;
        let message = Localised {
            en: format!(
                "the two weights are exchanged: each row of `{of}` has {}, and `{a}`, which stands here as `W_1`, is for rows of {}",
                wanted.en, taken.en
            ),
            zh: format!(
                "两个权重写反了：`{of}` 的每一行有 {}，而写在 `W_1:` 后面的 `{a}` 要求每一行有 {}",
                wanted.zh, taken.zh
            ),
        };
        let finding = Diagnostic::new(Code::ShapeMismatch, place, message)
            .with_related(again, both!("exchanged with this", "与这个对调"))
            .with_hint(both!("write `W_1: {b}, W_2: {a}`", "请写 `W_1: {b}, W_2: {a}`"));
        let finding = self.with_definitions(finding, &[first, second]);
        let are_names = [(place, &a), (again, &b)].iter().all(|(at, name)| self.source.slice(*at) == *name);
        self.findings.push(if are_names { finding.with_fix(place, b).with_fix(again, a) } else { finding });
        None
    }

    fn linear(&mut self, tree: &Tree, weights: &str, bias: &str) -> Option<LinearFields> {
        let weights = self.operand_in(tree, weights);
        let bias = self.single_row(tree, bias, BIAS, None);
        Some(LinearFields { weights: weights?, bias: bias.ok()? })
    }
}
