//! What the fields of an attention definition name, and which of them go together.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::NodeId;
use crate::language::{Localised, Words, all_of, words};
use crate::lesson::check::Checker;
use crate::lesson::check::operands::Operand;
use crate::lesson::fields::{ATTENTION, Record};
use crate::transformer::{Layout, Projection, Source, Values};
use crate::yaml::{Key, Tree};

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

/// What to remove where `other` has no use beside `one`, which is there already.
fn useless_beside(one: &str, other: &str, has: &impl Fn(&str) -> bool) -> Option<Localised<String>> {
    let listed = |fields: &[&str]| all_of(fields.iter().map(|field| format!("`{field}`")));
    let weights = [format!("W_{one}"), format!("b_{one}")];
    if weights.iter().any(|weights| weights == other) {
        return Some(both!(
            "`{one}` is there already, so no weights make it: remove `{other}`",
            "已经给出了 `{one}`，不再由权重生成：请删去 `{other}`"
        ));
    }
    if matches!(one, "Q" | "K") && has("Q") && has("K") {
        return Some(both!(
            "`Q` and `K` are there already: remove `{other}`",
            "已经给出了 `Q` 和 `K`：请删去 `{other}`"
        ));
    }
    let (_, others, _) =
        EXCLUDE_EACH_OTHER.iter().find(|(ones, _, _)| one == "scores" && *ones == ["scores"])?;
    // Values that are made here leave the positions in use.
    let is_used = |field: &str| matches!(field, "of" | "keys_values_from") && has("W_V");
    let present: Vec<&str> = others.iter().copied().filter(|field| has(field) && !is_used(field)).collect();
    let missing =
        |from: &&[&'static str]| from.iter().copied().filter(|field| !has(field)).collect::<Vec<_>>();
    let missing = SCORES_COME_FROM.iter().map(missing).min_by_key(Vec::len).unwrap_or_default();
    let (useless, missing, nothing) = (listed(&present), listed(&missing), missing.is_empty());
    Some(if nothing {
        Localised {
            en: format!("remove {}; or remove `scores`", useless.en),
            zh: format!("请删去 {}；或删去 `scores`", useless.zh),
        }
    } else {
        Localised {
            en: format!("remove {}; or remove `scores`, and add {}", useless.en, missing.en),
            zh: format!("请删去 {}；或删去 `scores`，并加上 {}", useless.zh, missing.zh),
        }
    })
}

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
            "remove `{half}`: with `of: {of}` all comes from `{of}`",
            "请删去 `{half}`：写 `of: {of}` 就是全部来自 `{of}`"
        ));
    }
    let other = HALVES.into_iter().find(|other| other != half)?;
    Some(both!("write `{other}: {of}` instead of `of: {of}`", "请把 `of: {of}` 改成 `{other}: {of}`"))
}

/// What to add where it is known what else is written: one half of cross-attention, or scores that are given.
fn to_add(field: &str, tree: &Tree) -> Option<Localised<String>> {
    let name = |field: &str| tree.get(field).and_then(Tree::as_text);
    match field {
        "of" => {
            let is_given = name("scores").is_some() || name("Q").is_some();
            is_given.then(|| {
                both!(
                    "add `of: …`, the matrix that `W_V` makes the values from",
                    "请加上 `of: …`，即 `W_V` 用来生成值的矩阵"
                )
            })
        }
        "keys_values_from" => {
            let from = name("queries_from")?;
            Some(both!(
                "add `keys_values_from: …`, the matrix that keys and values come from; if that is `{from}` too, write `of: {from}` instead of `queries_from: {from}`",
                "请加上 `keys_values_from: …`，即键和值来自的矩阵；若也来自 `{from}`，请把 `queries_from: {from}` 改成 `of: {from}`"
            ))
        }
        "queries_from" => {
            let from = name("keys_values_from")?;
            Some(both!(
                "add `queries_from: …`, the matrix that the queries come from; if that is `{from}` too, write `of: {from}` instead of `keys_values_from: {from}`",
                "请加上 `queries_from: …`，即查询来自的矩阵；若也来自 `{from}`，请把 `keys_values_from: {from}` 改成 `of: {from}`"
            ))
        }
        _ => None,
    }
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
                self.need(around, &["of"], span)?;
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

    /// Reports fields that mean nothing without another one; `None` if there are any.
    pub(in crate::lesson::check) fn have_use(
        &mut self,
        tree: &Tree,
        record: &'static Record,
        fields: &[(&str, &[&str])],
    ) -> Option<()> {
        let mut useful = Some(());
        for (field, needed) in fields {
            let Some((key, _)) = tree.entry(field) else { continue };
            let written = tree.as_map().unwrap_or_default();
            // A misspelt field has been reported with the right name.
            let is_meant =
                |(key, _): &(Key, Tree)| record.meant(&key.text).is_some_and(|meant| needed.contains(&meant));
            if needed.iter().any(|needed| tree.get(needed).is_some()) || written.iter().any(is_meant) {
                continue;
            }
            let needed = needed[0];
            self.report(
                Code::MissingField,
                key.span,
                both!("`{field}` has no use without `{needed}`", "没有 `{needed}`，`{field}` 就没有用处"),
                both!("add `{needed}: …`, or remove `{field}`", "请加上 `{needed}: …`，或删去 `{field}`"),
            );
            useful = None;
        }
        useful
    }

    /// Reports fields that exclude each other, and fields that nothing is made of.
    pub(super) fn no_conflict(&mut self, around: &Tree, head: &Tree) -> Option<()> {
        let place = |field: &str| around.entry(field).or_else(|| head.entry(field)).map(|(key, _)| key.span);
        let mut reported = Vec::new();
        let has = |field: &str| place(field).is_some();
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
            let hint = useless_beside(one, other, &has)
                .or_else(|| (one == "of").then(|| of_or_cross(around)).flatten())
                .unwrap_or_else(|| hint.map(str::to_owned));
            let message = both!(
                "`{one}` and `{other}` do not go together here",
                "这里的 `{one}` 和 `{other}` 不能同时使用"
            );
            self.findings.push(
                Diagnostic::new(Code::ConflictingFields, again, message)
                    .with_related(first, both!("and this", "与这个"))
                    .with_hint(hint),
            );
        }
        reported.is_empty().then_some(())
    }

    /// What queries and keys are computed from. The weights of one head of several are asked for by the table.
    fn need_projection(&mut self, around: &Tree, head: &Tree, span: Span) -> Option<()> {
        let any = |fields: &[&str]| fields.iter().any(|field| around.get(field).is_some());
        let one_head = std::ptr::eq(around, head);
        if one_head && !any(&["of", "queries_from", "keys_values_from", "W_Q", "W_K"]) {
            let message = both!("nothing says what the scores are made of", "没有说明分数由什么得出");
            let hint = both!(
                "write `of: …, W_Q: …, W_K: …`, or `Q: …, K: …`, or `scores: …`",
                "请写 `of: …, W_Q: …, W_K: …`，或 `Q: …, K: …`，或 `scores: …`"
            );
            self.report(Code::MissingField, span, message, hint);
            return None;
        }
        let cross: &[&str] = &["queries_from", "keys_values_from"];
        let looks = if any(cross) { cross } else { &["of"] };
        let looks = self.need(around, looks, span);
        let weights = if one_head {
            self.need(head, &["W_Q", "W_K"], span)
        } else {
            ["W_Q", "W_K", "W_V"].iter().all(|field| head.get(field).is_some()).then_some(())
        };
        looks.and(weights)
    }

    /// Reports the fields that must be there and are not; `None` if there are any.
    pub(super) fn need(&mut self, tree: &Tree, fields: &[&str], span: Span) -> Option<()> {
        let missing: Vec<_> = fields.iter().filter(|field| tree.get(field).is_none()).collect();
        let written = tree.as_map().unwrap_or_default();
        for field in &missing {
            // A misspelt field has been reported with the right name.
            let is_meant = |(key, _): &(Key, Tree)| ATTENTION.meant(&key.text) == Some(**field);
            let Some(field) = ATTENTION.field(field).filter(|_| !written.iter().any(is_meant)) else {
                continue;
            };
            let name = field.name;
            let message = both!("attention needs `{name}` here", "这里的注意力缺少 `{name}`");
            let hint = to_add(field.name, tree).unwrap_or_else(|| field.to_add());
            self.report(Code::MissingField, span, message, hint);
        }
        missing.is_empty().then_some(())
    }
}
