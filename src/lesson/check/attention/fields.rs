//! What the fields of an attention definition name, and which of them go together.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::NodeId;
use crate::language::{Localised, Words, words};
use crate::lesson::check::Checker;
use crate::lesson::check::names::operands::Operand;
use crate::lesson::check::remedies::insertion;
use crate::lesson::fields::ATTENTION;
use crate::transformer::{Layout, Projection, Source, Values};
use crate::yaml::Tree;

/// The operands that were named so far. Each is found again in every member by the place that it got.
#[derive(Default)]
pub(super) struct Operands {
    pub(super) all: Vec<Option<Operand>>,
}

/// What a head is made of, by the places of its operands.
pub(super) struct Fields {
    source: SourceFields,
    values: ValueFields,
}

enum SourceFields {
    Projected { queries: ProjectionFields, keys: ProjectionFields },
    Vectors { queries: usize, keys: usize },
    Scores(usize),
}

enum ValueFields {
    None,
    Projected(ProjectionFields),
    Factored { down: ProjectionFields, up: usize },
    Vectors(usize),
}

/// Vectors, weights and perhaps a bias, by their places.
pub(super) struct ProjectionFields {
    pub(super) from: usize,
    pub(super) weights: usize,
    pub(super) bias: Option<usize>,
}

impl Operands {
    /// The place of an operand, in which it is found again.
    pub(super) fn place(&mut self, operand: Option<Operand>) -> usize {
        self.all.push(operand);
        self.all.len() - 1
    }
}

impl ProjectionFields {
    /// The projection of one member.
    pub(super) fn of(&self, nodes: &[NodeId], layout: Layout) -> Projection {
        let bias = self.bias.map(|bias| nodes[bias]);
        Projection { from: nodes[self.from], weights: nodes[self.weights], bias, layout }
    }
}

impl Fields {
    /// What the scores of one member come from.
    pub(super) fn source(&self, nodes: &[NodeId], layout: Layout) -> Source {
        match &self.source {
            SourceFields::Projected { queries, keys } => {
                Source::Projected { queries: queries.of(nodes, layout), keys: keys.of(nodes, layout) }
            }
            SourceFields::Vectors { queries, keys } => {
                Source::Vectors { queries: nodes[*queries], keys: nodes[*keys] }
            }
            SourceFields::Scores(scores) => Source::Scores(nodes[*scores]),
        }
    }

    /// What the pattern of one member sums up.
    pub(super) fn values(&self, nodes: &[NodeId], layout: Layout) -> Values {
        match &self.values {
            ValueFields::None => Values::None,
            ValueFields::Projected(values) => Values::Projected(values.of(nodes, layout)),
            ValueFields::Factored { down, up } => {
                Values::Factored { down: down.of(nodes, layout), up: nodes[*up] }
            }
            ValueFields::Vectors(values) => Values::Vectors(nodes[*values]),
        }
    }
}

/// Fields of which one makes the other useless, and what to know about them.
const EXCLUDE_EACH_OTHER: &[(&[&str], &[&str], Words)] = &[
    (
        &["of"],
        &["queries_from", "keys_values_from"],
        words(
            "write `of` where all comes from one matrix, `queries_from` and `keys_values_from` for cross-attention",
            "都来自同一个矩阵时写 `of`；交叉注意力写 `queries_from` 和 `keys_values_from`",
        ),
    ),
    (
        &["scores"],
        &["Q", "K", "W_Q", "W_K", "b_Q", "b_K", "queries_from", "of", "keys_values_from"],
        words(
            "given `scores` are not computed from anything; keep one of the two",
            "直接给出 `scores` 时不再计算分数；请只保留其中一个",
        ),
    ),
    (
        &["Q", "K"],
        &["W_Q", "W_K", "b_Q", "b_K", "queries_from", "of", "keys_values_from"],
        words(
            "given `Q` and `K` are not computed from anything; keep one of the two",
            "直接给出 `Q` 和 `K` 时不再计算它们；请只保留其中一个",
        ),
    ),
    (
        &["V"],
        &["W_V", "W_V_up", "b_V"],
        words(
            "write `V` for values that are there, `W_V` for the weights that make them",
            "已有的值写 `V`，生成值的权重写 `W_V`",
        ),
    ),
];

/// What scores can be computed from: all of one of these.
const SCORES_COME_FROM: [&[&str]; 3] =
    [&["of", "W_Q", "W_K"], &["queries_from", "keys_values_from", "W_Q", "W_K"], &["Q", "K"]];

/// For `of` beside a half of cross-attention: where both name one matrix the half is too much, else `of` names the other.
fn of_or_cross(tree: &Tree) -> Option<Localised<String>> {
    const HALVES: [&str; 2] = ["queries_from", "keys_values_from"];
    let name = |field: &str| tree.get(field).and_then(Tree::as_text);
    let of = name("of")?;
    let written: Vec<&str> = HALVES.into_iter().filter(|half| name(half).is_some()).collect();
    let [half] = written.as_slice() else {
        return Some(both!("remove `of: {of}`", "请删去 `of: {of}`"));
    };
    if name(half) == Some(of) {
        return Some(both!(
            "remove `{half}: {of}`: with `of: {of}` all comes from `{of}`",
            "请删去 `{half}: {of}`：写 `of: {of}` 就是全部来自 `{of}`"
        ));
    }
    let other = HALVES.into_iter().find(|other| other != half)?;
    Some(both!("write `{other}: {of}` instead of `of: {of}`", "请把 `of: {of}` 改成 `{other}: {of}`"))
}

impl Checker<'_> {
    /// What a head is made of. `around` holds where it looks, `head` its weights; for one head they are the same.
    pub(super) fn attention_fields(
        &mut self,
        around: &Tree,
        head: &Tree,
        span: Span,
        operands: &mut Operands,
    ) -> Option<Fields> {
        let has = |field: &str| around.get(field).is_some() || head.get(field).is_some();
        self.no_conflict(around, head)?;
        if std::ptr::eq(around, head) {
            let useful = [("W_V_up", ["W_V"].as_slice()), ("b_V", &["W_V"]), ("weights", &["W_Q", "W_V"])];
            self.have_use(head, &ATTENTION, &useful)?;
        }
        let from = self.operand_in(around, "of");
        let queries_from = if has("of") { from.clone() } else { self.operand_in(around, "queries_from") };
        let keys_from = if has("of") { from } else { self.operand_in(around, "keys_values_from") };
        let source = if has("scores") {
            SourceFields::Scores(operands.place(self.operand_in(head, "scores")))
        } else if has("Q") || has("K") {
            self.need(head, &["Q", "K"], span)?;
            let queries = operands.place(self.operand_in(head, "Q"));
            SourceFields::Vectors { queries, keys: operands.place(self.operand_in(head, "K")) }
        } else {
            self.need_projection(around, head, span)?;
            SourceFields::Projected {
                queries: self.projection(head, ["W_Q", "b_Q"], queries_from, operands),
                keys: self.projection(head, ["W_K", "b_K"], keys_from.clone(), operands),
            }
        };
        let values = if has("V") {
            ValueFields::Vectors(operands.place(self.operand_in(head, "V")))
        } else if has("W_V") {
            if !has("of") && !has("keys_values_from") {
                self.need(around, &["of"], span);
            }
            let values = self.projection(head, ["W_V", "b_V"], keys_from, operands);
            match head.get("W_V_up") {
                Some(up) => ValueFields::Factored { down: values, up: operands.place(self.operand(up)) },
                None => ValueFields::Projected(values),
            }
        } else {
            ValueFields::None
        };
        Some(Fields { source, values })
    }

    /// Weights and a bias, which may be left out, with what they are applied to.
    pub(super) fn projection(
        &mut self,
        tree: &Tree,
        [weights, bias]: [&str; 2],
        from: Option<Operand>,
        operands: &mut Operands,
    ) -> ProjectionFields {
        ProjectionFields {
            from: operands.place(from),
            weights: operands.place(self.operand_in(tree, weights)),
            bias: tree.get(bias).map(|bias| operands.place(self.operand(bias))),
        }
    }

    /// Reports fields that exclude each other, and fields that nothing is made of.
    pub(super) fn no_conflict(&mut self, around: &Tree, head: &Tree) -> Option<()> {
        let place = |field: &str| around.entry(field).or_else(|| head.entry(field)).map(|(key, _)| key.span);
        let mut reported = Vec::new();
        let made = |one: &str, other: &str| other.strip_prefix("W_") == Some(one);
        let pairs = EXCLUDE_EACH_OTHER.iter().flat_map(|(ones, others, hint)| {
            ones.iter().flat_map(move |one| others.iter().map(move |other| (*one, *other, *hint)))
        });
        let mut pairs: Vec<_> = pairs.collect();
        // Weights are told of beside what they would make.
        pairs.sort_by_key(|(one, other, _)| !made(one, other));
        for (one, other, hint) in pairs {
            // Given scores or vectors leave the positions to the values, if those are made here.
            if one != "of" && matches!(other, "of" | "keys_values_from") && place("W_V").is_some() {
                continue;
            }
            let (Some(first), Some(second)) = (place(one), place(other)) else { continue };
            let (first, again) = (first.min(second), first.max(second));
            if reported.iter().any(|(_, known)| *known == again) {
                continue;
            }
            // One finding says of the scores all that they leave no use, and of `of` that it is too much.
            if matches!(one, "scores" | "of") && reported.iter().any(|(known, _)| *known == one) {
                continue;
            }
            reported.push((one, again));
            let hint = self
                .useless_beside(one, other, (around, head))
                .or_else(|| (one == "of").then(|| of_or_cross(around)).flatten())
                .unwrap_or_else(|| hint.map(str::to_owned));
            let message = both!(
                "`{one}` and `{other}` do not go together here",
                "这里的 `{one}` 和 `{other}` 不能同时使用"
            );
            self.findings.push(
                Diagnostic::new(Code::ConflictingFields, again, message).with_another(first).with_hint(hint),
            );
        }
        reported.is_empty().then_some(())
    }

    /// What to remove where `other` has no use beside `one`, which is there already.
    fn useless_beside(
        &self,
        one: &str,
        other: &str,
        (around, head): (&Tree, &Tree),
    ) -> Option<Localised<String>> {
        let has = |field: &str| around.get(field).is_some() || head.get(field).is_some();
        let removed = |fields: &[&str]| {
            let is_here = |tree: &Tree| fields.iter().any(|field| tree.get(field).is_some());
            insertion::to_remove(self.source, if is_here(head) { head } else { around }, fields)
        };
        let weights = [format!("W_{one}"), format!("b_{one}")];
        if weights.iter().any(|weights| weights == other) {
            let Localised { en, zh } = removed(&[other]);
            return Some(both!(
                "`{one}` is there already, so no weights make it: {en}",
                "已经给出了 `{one}`，不再由权重生成：请{zh}"
            ));
        }
        if matches!(one, "Q" | "K") && has("Q") && has("K") {
            let Localised { en, zh } = removed(&[other]);
            return Some(both!("`Q` and `K` are there already: {en}", "已经给出了 `Q` 和 `K`：请{zh}"));
        }
        let (_, others, _) =
            EXCLUDE_EACH_OTHER.iter().find(|(ones, _, _)| one == "scores" && *ones == ["scores"])?;
        // Values that are made here leave the positions in use.
        let is_used = |field: &str| matches!(field, "of" | "keys_values_from") && has("W_V");
        let present: Vec<&str> =
            others.iter().copied().filter(|field| has(field) && !is_used(field)).collect();
        let missing =
            |from: &&[&'static str]| from.iter().copied().filter(|field| !has(field)).collect::<Vec<_>>();
        let missing = SCORES_COME_FROM.iter().map(missing).min_by_key(Vec::len).unwrap_or_default();
        let [Localised { en, zh }, Localised { en: scores, zh: scores_zh }] =
            [removed(&present), removed(&["scores"])];
        if missing.is_empty() {
            return Some(both!(
                "{en}; or, to compute new scores, {scores}",
                "请{zh}，直接用给出的分数；如果要重新计算分数，请改为{scores_zh}"
            ));
        }
        let named: Vec<_> =
            missing.iter().map(|field| (*field, self.filling_of(field, around, head))).collect();
        let Localised { en: added, zh: added_zh } = self.to_fill(head, head.span, &named);
        let added_zh = added_zh.trim_start_matches('请');
        Some(both!(
            "{en}; or, to compute new scores, {scores}, and {added}",
            "请{zh}，直接用给出的分数；如果要重新计算分数，请改为{scores_zh}，并{added_zh}"
        ))
    }

    /// What queries and keys are computed from. The weights of one head of several are asked for by the table.
    fn need_projection(&mut self, around: &Tree, head: &Tree, span: Span) -> Option<()> {
        let any = |fields: &[&str]| fields.iter().any(|field| around.get(field).is_some());
        let one_head = std::ptr::eq(around, head);
        if one_head && !any(&["of", "queries_from", "keys_values_from", "W_Q", "W_K"]) {
            let message = both!("nothing says what the scores are made of", "没有说明分数由什么得出");
            let named = ["of", "W_Q", "W_K"].map(|field| (field, self.filling_of(field, around, head)));
            let hint = self.to_fill(around, span, &named);
            self.report(Code::MissingField, span, message, hint);
            return None;
        }
        let cross: &[&'static str] = &["queries_from", "keys_values_from"];
        let looks = if any(cross) { cross } else { &["of"] };
        if one_head {
            return self.need(head, &[looks, &["W_Q", "W_K"]].concat(), span);
        }
        let looks = self.need(around, looks, span);
        self.has_all_weights(around, head).and(looks)
    }
}
