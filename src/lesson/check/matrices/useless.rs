//! What is written in a block or a stack, and has no use in it.

use super::block::LayerFields;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Localised, all_of, joined};
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::insertion;
use crate::transformer::NormKind;
use crate::yaml::{Key, Tree};

impl Checker<'_> {
    /// Reports the gain or bias of a norm that a layer does not have.
    pub(super) fn no_such_norm(&mut self, field: &Key, layer: &Tree, count: usize, norm: Option<NormKind>) {
        let name = &field.text;
        let Localised { en, zh } = insertion::to_remove(self.source, layer, &[name]);
        let (message, hint) = if norm.is_none() {
            (
                both!(
                    "with `norm: none` there is no norm that `{name}` could belong to",
                    "写了 `norm: none` 就没有归一化，`{name}` 没有用处"
                ),
                both!("{en}, or `norm: none`", "请{zh}，或删去 `norm: none`"),
            )
        } else {
            let free: Vec<String> = (1..=count)
                .map(|number| format!("norm_{number}"))
                .filter(|norm| layer.get(norm).is_none())
                .collect();
            let hint = if free.is_empty() {
                both!("{en}", "请{zh}")
            } else {
                let Localised { en, zh } = joined(free.iter().map(|norm| format!("`{norm}`")));
                both!("write {en}", "请写 {zh}")
            };
            let message = match count {
                1 => both!(
                    "this layer has one part, and its norm is `norm_1`",
                    "这一层只有一个子层，它的归一化是 `norm_1`"
                ),
                _ => both!(
                    "this layer has {count} parts, and their norms are `norm_1` to `norm_{count}`",
                    "这一层有 {count} 个子层，它们的归一化是 `norm_1` 到 `norm_{count}`"
                ),
            };
            (message, hint)
        };
        self.report(Code::ConflictingFields, field.span, message, hint);
    }

    /// Reports weights that are named although they are made.
    pub(super) fn no_weights_twice(&mut self, tree: &Tree, fields: &[&str]) -> Option<()> {
        let (made, _) = tree.entry("weights")?;
        let named: Vec<_> = fields.iter().filter_map(|field| tree.entry(field)).collect();
        for (field, layers) in &named {
            let name = &field.text;
            let count = layers.as_list().map_or(1, <[Tree]>::len);
            let [field_removed, weights_removed] =
                [name, "weights"].map(|field| insertion::to_remove(self.source, tree, &[field]));
            let Localised { en, zh } = field_removed;
            let Localised { en: made_en, zh: made_zh } = weights_removed;
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
                .with_hint(match name.as_str() {
                    "layers" => both!(
                        "{en}, and write how many there are after `seed` in `weights`, as `n_layers: {count}`: then all weights are made; or, to keep those of the layers, only {made_en}",
                        "请{zh}，并在 `weights` 的 `seed` 后面写上层数，即 `n_layers: {count}`：全部权重都会生成；如果要保留各层自己的权重，就只{made_zh}"
                    ),
                    _ => both!(
                        "{en}: then all weights are made; or, to keep your own, only {made_en}",
                        "请{zh}：全部权重都会生成；如果要保留自己的权重，就只{made_zh}"
                    ),
                }),
            );
        }
        named.is_empty().then_some(())
    }

    /// Reports what is said of self-attention where no layer has any.
    pub(super) fn self_attention_is_there(&mut self, tree: &Tree, layers: &[LayerFields]) -> Option<()> {
        let said: Vec<_> = ["mask", "rotary"].iter().filter_map(|field| tree.entry(field)).collect();
        if layers.iter().any(LayerFields::attends) || said.is_empty() {
            return Some(());
        }
        let names: Vec<&str> = said.iter().map(|(field, _)| field.text.as_str()).collect();
        let Localised { en: listed, zh: listed_zh } = all_of(names.iter().map(|name| format!("`{name}`")));
        let belong = if names.len() == 1 { "belongs" } else { "belong" };
        let message = both!(
            "{listed} {belong} to `attention`, and there is none here",
            "{listed_zh} 属于 `attention`，而这里没有"
        );
        let (first, _) = said[0];
        let Localised { en, zh } = insertion::to_remove(self.source, tree, &names);
        let hint = if layers.iter().any(LayerFields::crosses) && names == ["mask"] {
            both!("{en}, and write it inside `cross_attention`", "请{zh}，写到 `cross_attention` 里面去")
        } else {
            let (heads, lines) = self.one_head(tree);
            let attention = [format!("attention: {{{heads}}}")];
            let Localised { en: added, zh: added_zh } =
                self.with_lines_above(tree, first.span, &attention, &lines);
            if lines.is_empty() {
                both!("{en}; or, to have attention, {added}", "请{zh}；如果要有注意力，{added_zh}")
            } else {
                both!("{en}", "请{zh}")
            }
        };
        let finding = Diagnostic::new(Code::ConflictingFields, first.span, message).with_hint(hint);
        let others = said.iter().skip(1);
        self.findings.push(others.fold(finding, |finding, (field, _)| finding.with_another(field.span)));
        None
    }

    /// Reports a memory that no layer looks at.
    pub(super) fn memory_is_used(&mut self, tree: &Tree, layers: &[LayerFields]) -> Option<()> {
        let Some((field, _)) = tree.entry("memory") else { return Some(()) };
        if layers.iter().any(LayerFields::crosses) {
            return Some(());
        }
        let Localised { en, zh } = insertion::to_remove(self.source, tree, &["memory"]);
        let (heads, lines) = self.one_head(tree);
        let layer = tree.get("layers").and_then(Tree::as_list).and_then(<[_]>::first).unwrap_or(tree);
        let looking = [format!("cross_attention: {{{heads}}}")];
        let Localised { en: added, zh: added_zh } =
            self.with_lines_above(layer, field.span, &looking, &lines);
        let hint = both!(
            "{en}; or, if the layer should look at it, {added}",
            "请{zh}；如果要让这一层关注它，{added_zh}"
        );
        self.report(
            Code::ConflictingFields,
            field.span,
            both!(
                "no layer here has a `cross_attention`, which would look at `memory`",
                "这里没有哪一层有 `cross_attention`，没有子层关注 `memory`"
            ),
            hint,
        );
        None
    }
}
