//! Softmax and its settings.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Constant, EmptyRow, NodeId, Op, Part, op};
use crate::lesson::check::names::operands::Member;
use crate::lesson::check::{Checker, Reported};
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// `softmax: S`, or `softmax: {of: S, …}`; a temperature makes a matrix of its own, `NAME.tempered`.
    pub(super) fn define_softmax(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = if value.as_map().is_some() { self.operand_in(value, "of") } else { self.operand(value) };
        let empty_row = empty_row(value);
        let temperature = self.temperature(value).ok()?;
        let (mut family, mut tempered) = (Vec::new(), Vec::new());
        let tempered_name = format!("{}.tempered", key.text);
        for Member { suffix, text, nodes } in self.members(&[of], key.span)? {
            let mut of = nodes[0];
            self.question_shares(of, value.get("of").unwrap_or(value).span);
            if let Some(divisor) = temperature.clone() {
                let op = Op::Scale(op::Scale { of, divisor });
                of = self.push(format!("{tempered_name}{suffix}"), op, Part::Tempered, key.span)?;
                tempered.extend(text.clone().map(|text| (text, of)));
            }
            let op = Op::Softmax(op::Softmax { of, empty_row });
            let node = self.push(format!("{}{suffix}", key.text), op, Part::Other, key.span)?;
            family.extend(text.map(|text| (text, node)));
        }
        self.keep_family(&key.text, family);
        self.keep_family(&tempered_name, tempered);
        Some(())
    }

    /// Questions softmax of what is the outcome of softmax; `place` is where that is named.
    pub(in crate::lesson::check) fn question_shares(&mut self, of: NodeId, place: Span) {
        let node = self.graph.node(of);
        if !matches!(node.op, Op::Softmax(_)) {
            return;
        }
        let before = |id: NodeId| self.graph.node(id).op.operands().first().copied();
        let mut made_of = std::iter::successors(before(of), |id| before(*id));
        // What lies between the logits and their shares is made for softmax: tempered, or the largest alone.
        let is_own =
            |name: &str| node.part == Part::Probabilities && name.starts_with(&format!("{}.", node.name));
        let is_plain = |id: &NodeId| !is_own(&self.graph.node(*id).name);
        let Some(meant) = made_of.find(is_plain) else { return };
        let [name, meant] = [of, meant].map(|id| self.graph.node(id).name.clone());
        self.report(
            Code::Questionable,
            place,
            both!(
                "`{name}` are shares already, and softmax is taken of them once more",
                "`{name}` 已经是份额，这里又对它求了一次 softmax"
            ),
            both!("write `{meant}`", "请写 `{meant}`"),
        );
    }

    /// What scores are divided by right before softmax, if anything; reports what is not greater than 0.
    pub(in crate::lesson::check) fn temperature(
        &mut self,
        around: &Tree,
    ) -> Result<Option<Constant>, Reported> {
        let Some(tree) = around.get("temperature") else { return Ok(None) };
        if self.number(tree).ok_or(Reported)? <= 0.0 {
            self.report(
                Code::BadNumber,
                tree.span,
                both!("a temperature must be greater than 0", "温度必须大于 0"),
                both!(
                    "write a number such as 0.5, which makes the weights sharper, or 2, which makes them flatter",
                    "请写正数，例如 0.5（权重更集中）或 2（权重更平均）"
                ),
            );
            return Err(Reported);
        }
        self.divisor(tree).ok_or(Reported).map(Some)
    }
}

/// What becomes of a row in which every key is hidden.
pub(in crate::lesson::check) fn empty_row(around: &Tree) -> EmptyRow {
    match around.get("empty_row").and_then(Tree::as_text) {
        Some("nan") => EmptyRow::Missing,
        Some("uniform") => EmptyRow::Uniform,
        // The table of fields has reported any other word.
        Some(_) | None => EmptyRow::Zeros,
    }
}
