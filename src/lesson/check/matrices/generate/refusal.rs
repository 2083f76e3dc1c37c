//! Why a text cannot be written, in words.

use super::Writer;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{CannotAdd, CannotReplay, NodeId, Op, op};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::yaml::Key;

impl Checker<'_> {
    pub(super) fn report_nothing_chosen(&mut self, key: &Key, number: usize, writer: &Writer) {
        let name = self.graph.node(writer.logits).name.clone();
        self.report(
            Code::NotFinite,
            key.span,
            both!("in round {number} no token can be chosen", "第 {number} 轮中选不出任何词元"),
            both!(
                "the last row of `{name}` has what is no number, or −∞ alone: is every key of that row masked, or are \
                 numbers too large?",
                "`{name}` 的最后一行中有非数（NaN），或者全是 −∞：是不是那一行的键都被遮住了，或者数太大了？"
            ),
        );
    }

    /// Why the text cannot grow.
    pub(super) fn report_cannot_replay(
        &mut self,
        why: CannotReplay,
        key: &Key,
        writer: &Writer,
        token: &str,
    ) {
        let from = &writer.from;
        let (code, node, why) = match why {
            CannotReplay::Fixed(node) => {
                let (what, hint) = self.fixed(node, from, token);
                (Code::WrongKind, node, (what, hint))
            }
            CannotReplay::Add(node, CannotAdd::Mismatch(mismatch)) => {
                let (what, _) = self.mismatch(&mismatch);
                let hint = both!(
                    "what has one row for each token must be made from the tokens, so that it can grow with them",
                    "与词元一一对应的矩阵必须由词元得到，才能随文本变长"
                );
                (Code::ShapeMismatch, node, (what, hint))
            }
            CannotReplay::Add(_, error @ CannotAdd::Duplicate(_)) => {
                self.report_cannot_add(error, key.span);
                return;
            }
        };
        let name = self.graph.node(node).name.clone();
        let (Localised { en, zh }, hint) = why;
        let message = both!(
            "`{name}` cannot be computed again for a longer text: {en}",
            "无法为变长的文本重新计算 `{name}`：{zh}"
        );
        let place = self.places.get(&node).copied().unwrap_or(key.span);
        let finding = Diagnostic::new(code, key.span, message)
            .with_related(place, both!("`{name}` is defined here", "`{name}` 在这里定义"))
            .with_hint(hint);
        self.findings.push(finding);
    }

    /// What is made for the text as it is, and what to write instead.
    fn fixed(&self, node: NodeId, from: &str, token: &str) -> (Localised<String>, Localised<String>) {
        let op = &self.graph.node(node).op;
        if op.origin().is_some() {
            return (
                both!("its numbers are written for the tokens of `{from}`", "它的数是为 `{from}` 的词元写的"),
                both!(
                    "make it from the tokens, as with `embed: {from}`",
                    "请由词元得到它，例如 `embed: {from}`"
                ),
            );
        }
        if matches!(op, Op::Mask(_)) {
            return (
                both!("its mask is written cell by cell", "它的掩码是逐格写出的"),
                both!(
                    "write `mask: causal`, which grows with the text",
                    "请写 `mask: causal`，它会随文本变长"
                ),
            );
        }
        if let Op::Gather(op::Gather { table, .. }) = op {
            let table = &self.graph.node(*table).name;
            return (
                both!("`{table}` has no row for `{token}`", "`{table}` 中没有 `{token}` 这一行"),
                both!("add `{token}` to `{table}`", "请在 `{table}` 中加上 `{token}`"),
            );
        }
        (
            both!("it is made for the tokens of `{from}` as they are", "它是为 `{from}` 现有的词元而写的"),
            both!("make it in a way that grows with the text", "请改用能随文本变长的写法"),
        )
    }
}
