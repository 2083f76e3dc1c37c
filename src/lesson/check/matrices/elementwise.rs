//! Activations and dropout.

use crate::both;
use crate::diagnostic::Code;
use crate::graph::Op;
use crate::graph::op::{self, Activation};
use crate::lesson::check::Checker;
use crate::transformer::Dropping;
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    pub(super) fn define_activate(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let with = activation(value.get("with"))?;
        self.define_members(key, &[of], |_, nodes| Some(Op::Activate(op::Activate { of: nodes[0], with })))
    }

    pub(super) fn define_dropout(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let Dropping { rate, seed } = self.dropping(value)?;
        self.define_members(key, &[of], |_, nodes| {
            Some(Op::Dropout(op::Dropout { of: nodes[0], rate, seed }))
        })
    }

    /// Rate and seed of dropout; reports a rate that is no probability.
    pub(super) fn dropping(&mut self, tree: &Tree) -> Option<Dropping> {
        let seed = tree.get("seed").and_then(Tree::as_count);
        let written = tree.get("rate")?;
        let rate = self.number(written)?;
        if !(0.0..1.0).contains(&rate) {
            self.report(
                Code::OutOfRange,
                written.span,
                both!(
                    "`rate` is {rate} here: it is the share of the numbers that become 0, and must be 0 or more and less than 1",
                    "这里的 `rate` 是 {rate}：它是变成 0 的数所占的份额，不能小于 0，且必须小于 1"
                ),
                if (2.0..100.0).contains(&rate) {
                    let share = rate / 100.0;
                    both!(
                        "if {rate} is per cent, write `rate: {share}`",
                        "如果 {rate} 是百分数，请写 `rate: {share}`"
                    )
                } else {
                    both!(
                        "write `rate: 0.1`, or another number below 1",
                        "请写 `rate: 0.1`，或小于 1 的其他数"
                    )
                },
            );
            return None;
        }
        Some(Dropping { rate, seed: seed? })
    }
}

/// The function that a lesson names; the table of fields has reported any other word.
pub(super) fn activation(tree: Option<&Tree>) -> Option<Activation> {
    match tree.and_then(Tree::as_text)? {
        "relu" => Some(Activation::Relu),
        "gelu" => Some(Activation::Gelu),
        "gelu_tanh" => Some(Activation::GeluTanh),
        "silu" => Some(Activation::Silu),
        "sigmoid" => Some(Activation::Sigmoid),
        "tanh" => Some(Activation::Tanh),
        _ => None,
    }
}
