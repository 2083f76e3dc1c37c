//! Heads that nothing mixes, though what they give side by side cannot be added to what went in.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, Node, NodeId};
use crate::language::{Localised, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::sizes::numbers;
use crate::transformer::{Heads, MultiHead};
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// Reports heads of a block without `W_O` that are together wider or narrower than what they are added to.
    pub(super) fn heads_can_be_added(
        &mut self,
        key: &Key,
        attention: &Tree,
        heads: &[(Member, MultiHead)],
        of: Option<&Operand>,
    ) -> Option<()> {
        let Some(from) = of.and_then(|of| of.nodes().first().copied()) else { return Some(()) };
        let columns = self.columns(from);
        let widths = heads.iter().filter(|(_, own)| own.output.is_none());
        let unlike = |width: &usize| *width != columns.size();
        let Some(width) = widths.map(|(_, own)| self.width_of_heads(&own.heads)).find(unlike) else {
            return Some(());
        };
        let field = attention.entry("heads").or_else(|| attention.entry("n_heads"));
        let (place, written) = field.map_or((key.span, key.span), |(field, value)| (field.span, value.span));
        let (of, met) = (self.graph.node(from).name.clone(), numbers(&columns));
        let given = counted(width, "number", "numbers");
        let message = Localised {
            en: format!(
                "side by side the heads give {given} for each token, and `{of}`, which they are added to, has {}",
                met.en
            ),
            zh: format!("各头的输出并排后，每个词元有 {width} 个数，而要与之相加的 `{of}` 有 {}", met.zh),
        };
        let finding = Diagnostic::new(Code::ShapeMismatch, place, message);
        let finding = if let Some(name) = self.mixing_of(key, width, &columns) {
            let (Localised { en, zh }, edit) = self.where_to_mix(attention, field, written, &name);
            let finding = finding.with_hint(both!("{en}", "请{zh}"));
            match edit {
                Some((behind, words)) => finding.with_fix(behind, words),
                None => finding,
            }
        } else {
            let name = self.free_name("W_O");
            let Localised { en, zh } = self.where_to_mix(attention, field, written, &name).0;
            let cols = columns.name().map_or_else(|| columns.size().to_string(), str::to_owned);
            let definition = format!("- {name}: {{random: {{rows: {width}, cols: {cols}, seed: 1}}}}");
            let around = &key.text;
            finding.with_hint(both!(
                "{en}, and above `- {around}: …` add the line `{definition}`",
                "请{zh}，并在 `- {around}: …` 上面加一行 `{definition}`"
            ))
        };
        self.findings.push(finding);
        None
    }

    /// What to write so that the heads are mixed, and the same as an edit where it goes behind something.
    fn where_to_mix(
        &self,
        attention: &Tree,
        field: Option<&(Key, Tree)>,
        written: Span,
        name: &str,
    ) -> (Localised<String>, Option<(Span, String)>) {
        let own = field.map_or("heads", |(field, _)| field.text.as_str());
        if !self.source.slice(attention.span).starts_with('{') {
            let words = both!(
                "above `{own}` add the line `W_O: {name}`, just as far in",
                "在 `{own}` 上面加一行 `W_O: {name}`，与它对齐"
            );
            return (words, None);
        }
        let behind = if own == "heads" {
            both!("after the `]` of `heads`", "在 `heads` 的 `]` 后面")
        } else {
            let count = self.source.slice(written);
            both!("after `{own}: {count}`", "在 `{own}: {count}` 后面")
        };
        let words = Localised {
            en: format!("{} write `, W_O: {name}`", behind.en),
            zh: format!("{}写 `, W_O: {name}`", behind.zh),
        };
        (words, Some((Span::at(written.end), format!(", W_O: {name}"))))
    }

    /// The only given matrix above that would mix heads of this width, or the only one of them that nothing uses yet.
    fn mixing_of(&self, key: &Key, width: usize, columns: &Axis) -> Option<String> {
        let used: Vec<NodeId> = self.graph.nodes().flat_map(|(_, node)| node.op.operands()).collect();
        let fits = |(_, node): &(NodeId, &Node)| {
            let place = self.definitions.get(&node.name);
            node.op.origin().is_some()
                && place.is_some_and(|place| place.start < key.span.start)
                && node.shape.rows.size() == width
                && node.shape.columns.agrees_with(columns)
        };
        let fitting: Vec<(NodeId, &Node)> = self.graph.nodes().filter(fits).collect();
        let unused = fitting.iter().filter(|(id, _)| !used.contains(id) && !self.named_at.contains_key(id));
        let only = |nodes: &[&(NodeId, &Node)]| match nodes {
            [(_, node)] => Some(node.name.clone()),
            [..] => None,
        };
        only(&unused.collect::<Vec<_>>()).or_else(|| only(&fitting.iter().collect::<Vec<_>>()))
    }

    /// How many numbers heads give side by side for each query.
    fn width_of_heads(&self, heads: &Heads) -> usize {
        match heads {
            Heads::Separate(heads) => heads.iter().map(|head| self.value_width(&head.attention.values)).sum(),
            Heads::Fused(fused) => {
                let values = self.made_by(fused.values.weights, fused.values.layout).size();
                (values / fused.n_kv_heads).saturating_mul(fused.n_heads)
            }
        }
    }
}
