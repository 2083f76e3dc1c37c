//! Why a text cannot be written, in words.

use super::Writer;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, lines_at};
use crate::graph::{CannotAdd, CannotReplay, Mismatch, Node, NodeId, Op, Origin, Part, op};
use crate::language::{Localised, counted};
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
                "`{name}` 的最后一行中有 NaN（不是数），或者全是 −∞：是不是那一行的键都被遮住了，或者数太大了？"
            ),
        );
    }

    /// Why the text cannot grow.
    pub(super) fn report_cannot_replay(
        &mut self,
        why: CannotReplay,
        key: &Key,
        writer: &Writer,
        tokens: &[String],
    ) {
        let (code, node, why) = match why {
            CannotReplay::Fixed(node) => {
                let (what, hint) = self.fixed(node, writer, tokens);
                (Code::WrongKind, node, (what, hint))
            }
            CannotReplay::Add(node, CannotAdd::Mismatch(mismatch)) => {
                (Code::ShapeMismatch, node, self.cannot_grow(&mismatch, writer))
            }
            CannotReplay::Add(_, error @ CannotAdd::Duplicate(_)) => {
                self.report_cannot_add(error, None, key.span);
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
            .with_related(place, both!("`{name}` is made here", "`{name}` 在这里定义"))
            .with_hint(hint);
        self.findings.push(finding);
    }

    /// What has rows that do not grow with the text, and what may be meant by it.
    fn cannot_grow(&self, mismatch: &Mismatch, writer: &Writer) -> (Localised<String>, Localised<String>) {
        let made = format!("{}.", writer.name);
        let sides = [&mismatch.right, &mismatch.left].map(|side| self.graph.node(side.node));
        let [fixed, other] = if sides[0].name.starts_with(&made) { [sides[1], sides[0]] } else { sides };
        let (name, rows, from) = (&fixed.name, fixed.shape.rows.size(), &writer.from);
        let rows = counted(rows, "row", "rows");
        let count = fixed.shape.rows.size();
        let axis = [fixed, other].into_iter().find_map(|node| node.shape.columns.name());
        let hint = match axis.filter(|axis| self.axes.contains_key(*axis)) {
            Some(axis) => {
                let (at, at_zh) = match self.line_given(name) {
                    Some(line) => (format!("in line {line} "), format!("在第 {line} 行")),
                    None => Default::default(),
                };
                let own = &self.graph.node(writer.logits).name;
                let logits = self.graph.find(name).and_then(|fixed| self.logits_without(fixed));
                let (logits, logits_zh) = match logits {
                    Some(logits) => (
                        format!(
                            "`logits: {logits}`, which does not use `{name}`, instead of `logits: {own}`"
                        ),
                        format!("把 `logits: {own}` 改成不用 `{name}` 的 `logits: {logits}`"),
                    ),
                    None => (
                        format!("logits here that do not use `{name}`"),
                        format!("在这里写不用 `{name}` 的 logit 值"),
                    ),
                };
                both!(
                    "{at}write `- {name}: {{positions: {{of: {from}, axis: {axis}}}}}` if these are positions; otherwise write {logits}",
                    "如果是位置编码，请{at_zh}写 `- {name}: {{positions: {{of: {from}, axis: {axis}}}}}`；否则请{logits_zh}"
                )
            }
            None => both!(
                "what has one row for each token must be made from the tokens, so that it can grow with them",
                "与词元一一对应的矩阵必须由词元得到，才能随文本变长"
            ),
        };
        let message = both!(
            "`{name}` has {rows} and cannot grow with the text",
            "`{name}` 只有 {count} 行，不能随文本变长"
        );
        (message, hint)
    }

    /// What is made for the text as it is, and what to write instead.
    fn fixed(
        &self,
        node: NodeId,
        writer: &Writer,
        tokens: &[String],
    ) -> (Localised<String>, Localised<String>) {
        let from = &writer.from;
        let op = &self.graph.node(node).op;
        if op.origin().is_some() {
            return (
                both!("its numbers are written for the tokens of `{from}`", "它的数是为 `{from}` 的词元写的"),
                self.grown_instead(node, writer),
            );
        }
        if matches!(op, Op::Mask(_)) {
            let Localised { en, zh } = self.line_of_definition(node);
            return (
                both!("its mask is written cell by cell", "它的掩码是逐格写出的"),
                both!(
                    "{en} write `mask: causal` in the place of its mask: it grows with the text",
                    "请把{zh}的掩码改成 `mask: causal`，它会随文本变长"
                ),
            );
        }
        if matches!(op, Op::Stack(_)) {
            return (
                both!(
                    "it has one state for each token of `{from}`, and none for further tokens",
                    "它为 `{from}` 的每个词元各有一个状态，新添加的词元没有状态"
                ),
                self.other_logits(node),
            );
        }
        if let Op::Gather(op::Gather { table, .. }) = op
            && self.graph.node(node).part == Part::Positions
        {
            return self.too_few_positions(*table, writer, tokens.len());
        }
        if let Op::Gather(op::Gather { table, .. }) = op {
            let token = tokens.last().map_or("", String::as_str);
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

    /// The last logits of the lesson that are made without this matrix.
    fn logits_without(&self, fixed: NodeId) -> Option<&String> {
        let grows = |node: &NodeId| {
            let mut made_of = vec![*node];
            let mut at = 0;
            while let Some(node) = made_of.get(at) {
                let operands = self.graph.node(*node).op.operands();
                made_of.extend(operands.into_iter().filter(|of| !made_of.contains(of)).collect::<Vec<_>>());
                at += 1;
            }
            !made_of.contains(&fixed)
        };
        let logits = self.graph.nodes().filter(|(_, node)| node.part == Part::Logits).map(|(id, _)| id);
        let names = logits.filter(grows).map(|of| &self.graph.node(of).name);
        names.filter(|name| self.definitions.contains_key(*name)).last()
    }

    /// The logits that a text can be written from, where those that are named come of a matrix that cannot grow.
    fn other_logits(&self, fixed: NodeId) -> Localised<String> {
        match self.logits_without(fixed) {
            Some(name) => {
                both!(
                    "remove this line: a text cannot be continued from the states of a recurrence; or continue it from other logits: `logits: {name}`",
                    "请删去这一行：由循环网络的状态得到的 logit 值不能用来续写；或改用别的 logit 值来续写：`logits: {name}`"
                )
            }
            None => both!(
                "remove this line, or make the logits without `recurrence`",
                "请删去这一行，或不用 `recurrence` 来得到 logit 值"
            ),
        }
    }

    /// Where a matrix is made, to begin a hint with.
    fn line_of_definition(&self, node: NodeId) -> Localised<String> {
        self.places.get(&node).map_or_else(
            || both!("where it is made,", "定义它的地方"),
            |place| {
                let line = lines_at([*place]);
                both!("in {line}", "{line}")
            },
        )
    }

    /// What to write instead of numbers for the tokens of a text: where they are added to vectors, positions.
    fn grown_instead(&self, node: NodeId, writer: &Writer) -> Localised<String> {
        let (own, from) = (self.graph.node(node), &writer.from);
        let is_added = |other: &Node| matches!(&other.op, Op::Add(sum) if sum.terms.contains(&node));
        let axis = own.shape.columns.name().filter(|axis| self.axes.contains_key(*axis));
        match axis.filter(|_| self.graph.nodes().any(|(_, other)| is_added(other))) {
            Some(axis) => {
                let name = &own.name;
                let Localised { en, zh } = self.line_of_definition(node);
                both!(
                    "{en} write `- {name}: {{positions: {{of: {from}, axis: {axis}}}}}`: qkv then computes the numbers of each position itself, and yours are no longer needed",
                    "请在{zh}写 `- {name}: {{positions: {{of: {from}, axis: {axis}}}}}`：各位置的数由 qkv 计算，原来的数不再使用"
                )
            }
            None => both!(
                "make it from the tokens, as with `embed: {from}`",
                "请由词元得到它，例如 `embed: {from}`"
            ),
        }
    }

    /// A table of positions that ends before the text does.
    fn too_few_positions(
        &self,
        table: NodeId,
        writer: &Writer,
        tokens: usize,
    ) -> (Localised<String>, Localised<String>) {
        let (name, rows) = (&self.graph.node(table).name, self.graph.node(table).shape.rows.size());
        let prompt = self.sizes.get(&writer.from).copied().unwrap_or(tokens);
        let (at_most, fewer) = (writer.at_most, (rows + 1).saturating_sub(prompt));
        // The last token that is added is read in no round.
        let read = at_most - 1;
        let needed = prompt + read;
        let axis = self
            .graph
            .node(table)
            .shape
            .rows
            .name()
            .filter(|_| matches!(self.graph.node(table).op.origin(), Some(Origin::Random { .. })));
        let longer = axis.and_then(|axis| {
            let line = self.source.line(self.axis_places.get(axis)?.start);
            Some(both!("in line {line} write `{axis}: {needed}`", "请在第 {line} 行写 `{axis}: {needed}`"))
        });
        (
            both!(
                "`{name}` has {rows} positions, and {needed} are needed: {prompt} tokens and {read} of the {at_most} new ones (the last is not read again)",
                "`{name}` 只有 {rows} 个位置，而需要 {needed} 个：原有 {prompt} 个词元，新添的 {at_most} 个中有 {read} 个要再读入（最后一个不必）"
            ),
            match longer {
                Some(Localised { en, zh }) if fewer > 0 => {
                    both!("{en}, or here `at_most: {fewer}`", "{zh}，或在这里写 `at_most: {fewer}`")
                }
                Some(longer) => longer,
                None if fewer > 0 => both!("write `at_most: {fewer}`", "请写 `at_most: {fewer}`"),
                None => both!("give `{name}` {needed} rows", "请让 `{name}` 有 {needed} 行"),
            },
        )
    }
}
