//! Definitions of attention: one head or several, from embeddings, vectors or scores.

mod fields;
mod fused;
mod multi_head;
mod needed;
mod projection;
mod turning;

use std::sync::Arc;

use super::Checker;
use super::matrices::empty_row;
use super::names::operands::Member;
use super::names::slips::truth;
use super::sizes::layout::{first_field, layout_of};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{CannotAdd, Constant, EmptyRow, NodeId, Shape};
use crate::lesson::fields::{ATTENTION, Record};
use crate::math::Angles;
use crate::transformer::{Attention, Layout, Masking, Naming, Rules, Scale, Source};
use crate::yaml::{Key, Tree};

use fields::{Fields, Operands};
pub(super) use turning::Turned;

/// What is said for all texts and heads alike about how scores become a pattern.
struct Settings {
    layout: Layout,
    scale: Scale,
    hidden: f64,
    temperature: Option<Constant>,
    empty_row: EmptyRow,
    rotary: Option<Angles>,
}

impl Checker<'_> {
    pub(super) fn define_attention(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let mut operands = Operands::default();
        let fields = self.attention_fields(tree, tree, key.span, &mut operands);
        let settings = self.settings(tree, &ATTENTION);
        let (fields, settings) = (fields?, settings?);
        let members = self.members(&operands.all, key.span)?;
        for Member { suffix, nodes, .. } in members {
            self.stored_right((settings.layout, first_field(tree)), |checker, layout| {
                checker.meetings(tree, &fields.source(&nodes, layout), &fields.values(&nodes, layout))
            })?;
            let attention = self.attention(tree, tree, &fields, &nodes, &settings)?;
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| attention.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    /// Runs a builder, notes where its nodes are defined and reports what does not fit.
    pub(super) fn build(
        &mut self,
        key: &Key,
        build: impl FnOnce(&mut Self) -> Result<(), CannotAdd>,
    ) -> Option<()> {
        let before = self.graph.len();
        let outcome = build(self);
        self.count_since(before, key.span)?;
        match outcome {
            Ok(()) => Some(()),
            Err(error) => {
                self.report_cannot_add(error, None, key.span);
                None
            }
        }
    }

    /// The same for a builder that gives its last node.
    pub(super) fn build_one(
        &mut self,
        key: &Key,
        build: impl FnOnce(&mut Self) -> Result<NodeId, CannotAdd>,
    ) -> Option<NodeId> {
        let mut last = None;
        self.build(key, |checker| build(checker).map(|node| last = Some(node)))?;
        last
    }

    /// Makes families of the parts of a head that was made for several texts: `head.Q` of `head.Q@a`, `head.Q@b`.
    pub(super) fn keep_families(&mut self, prefix: &str) {
        let start = format!("{prefix}.");
        let mut parts: Vec<(String, String, NodeId)> = Vec::new();
        for (id, node) in self.graph.nodes() {
            if let Some((part, text)) = node.name.split_once('@').filter(|(part, _)| part.starts_with(&start))
            {
                parts.push((part.to_owned(), text.to_owned(), id));
            }
        }
        for (part, text, id) in parts {
            let family = self.families.entry(part).or_default();
            if !family.iter().any(|(own, _)| *own == text) {
                family.push((text, id));
            }
        }
    }

    /// A head of one member. `around` holds its mask, `head` its weights; for one head they are the same.
    fn attention(
        &mut self,
        around: &Tree,
        head: &Tree,
        fields: &Fields,
        nodes: &[NodeId],
        settings: &Settings,
    ) -> Option<Attention> {
        let source = fields.source(nodes, settings.layout);
        let values = fields.values(nodes, settings.layout);
        self.keys_are_as_long_as_queries(head, &source)?;
        self.biases_fit(head, &source, &values)?;
        let axis = |node: NodeId| Arc::clone(&self.graph.node(node).shape.rows);
        let scores = match &source {
            Source::Projected { queries, keys } => Shape::new(axis(queries.from), axis(keys.from)),
            Source::Vectors { queries, keys } => Shape::new(axis(*queries), axis(*keys)),
            Source::Scores(scores) => self.graph.node(*scores).shape.clone(),
        };
        self.turns_evenly(around, &Turned::of_source(&source), settings)?;
        let rules = self.rules(around, &scores, settings)?;
        Some(Attention { source, values, rules })
    }

    /// How scores of a shape become a pattern.
    fn rules(&mut self, around: &Tree, scores: &Shape, settings: &Settings) -> Option<Rules> {
        let visible = match around.get("mask") {
            Some(mask) => self.mask(mask, scores).ok()?,
            None => None,
        };
        Some(Rules {
            scale: settings.scale.clone(),
            mask: visible.map(|visible| Masking { visible, hidden: settings.hidden }),
            temperature: settings.temperature.clone(),
            empty_row: settings.empty_row,
            rotary: settings.rotary,
        })
    }

    /// Every setting is read, so that every mistake is reported.
    fn settings(&mut self, tree: &Tree, record: &'static Record) -> Option<Settings> {
        let scale = self.scale(tree);
        let hidden = self.hidden(tree);
        let temperature = self.temperature(tree).ok();
        let rotary = match tree.get("rotary") {
            Some(rotary) if rotary.as_text() == Some("true") => self.angles(rotary).map(Some),
            Some(rotary) if rotary.as_map().is_some() => self.angles(rotary).map(Some),
            // The table of fields has reported any other word.
            Some(_) | None => Some(None),
        };
        let useful = self.have_use(tree, record, &[("hidden", &["mask"])]);
        useful?;
        Some(Settings {
            layout: layout_of(tree),
            scale: scale?,
            hidden: hidden?,
            temperature: temperature?,
            empty_row: empty_row(tree),
            rotary: rotary?,
        })
    }

    fn scale(&mut self, tree: &Tree) -> Option<Scale> {
        match tree.get("scale") {
            None => Some(Scale::RootOfQuerySize),
            Some(scale) if scale.as_text() == Some("none") => Some(Scale::None),
            Some(scale) if scale.as_text().is_some_and(says_nothing) => Some(self.no_scale(scale)),
            Some(scale) if scale.as_text().is_some_and(|text| truth(text).is_some()) => {
                Some(self.scale_as_truth(scale))
            }
            Some(scale) => {
                let divisor = self.divisor(scale)?;
                if divisor.value > 0.0 {
                    self.question_a_factor(scale, divisor.value);
                    return Some(Scale::By(divisor));
                }
                let above = divisor.value.abs();
                self.report(
                    Code::OutOfRange,
                    scale.span,
                    both!(
                        "scores divided by a negative number change places: the best match gets the least weight",
                        "分数除以负数会颠倒大小：最匹配的键反而权重最小"
                    ),
                    both!(
                        "write `scale: {above}`, or leave `scale` out",
                        "请写 `scale: {above}`，或不写 `scale`"
                    ),
                );
                None
            }
        }
    }

    /// Whoever says in other words that nothing is divided.
    fn no_scale(&mut self, scale: &Tree) -> Scale {
        let text = scale.as_text().unwrap_or_default();
        let message = both!("`scale` says what the scores are divided by", "`scale` 写的是分数除以多少");
        let hint =
            both!("`{text}` is called `none` here: write `none`", "`{text}` 在这里叫 `none`：请写 `none`");
        let finding = Diagnostic::new(Code::BadNumber, scale.span, message).with_hint(hint);
        let finding = self.with_fix_of(finding, scale.span, text, "none");
        self.findings.push(finding);
        Scale::None
    }

    /// Whoever says yes means what is the case without the field, and whoever says no means `none`.
    fn scale_as_truth(&mut self, scale: &Tree) -> Scale {
        let text = scale.as_text().unwrap_or_default();
        let is_no = truth(text) == Some(0);
        let message = both!("`scale` says what the scores are divided by", "`scale` 写的是分数除以多少");
        let finding = Diagnostic::new(Code::BadNumber, scale.span, message);
        let finding = if is_no {
            let hint = both!("to divide by nothing write `none`", "如果不除，请写 `none`");
            self.with_fix_of(finding.with_hint(hint), scale.span, text, "none")
        } else {
            finding.with_hint(both!(
                "remove `scale`: they are divided by √d_k without it",
                "请删去 `scale`：不写它就除以 √d_k"
            ))
        };
        self.findings.push(finding);
        if is_no { Scale::None } else { Scale::RootOfQuerySize }
    }

    /// Papers write what the scores are multiplied by, `1/√d_k`, and `scale` is what they are divided by.
    fn question_a_factor(&mut self, scale: &Tree, divisor: f64) {
        let text: String = scale.as_text().unwrap_or_default().chars().filter(|c| *c != ' ').collect();
        let is_root = |it: &&str| divisor < 1.0 && it.starts_with(['s', '√']);
        let Some(root) = text.strip_prefix("1/").filter(is_root) else { return };
        self.report(
            Code::Questionable,
            scale.span,
            both!(
                "`scale` is what the scores are divided by, so that `{text}` makes them larger",
                "`scale` 是分数除以的数，写 `{text}` 反而会把分数放大"
            ),
            both!("write `{root}`", "请写 `{root}`"),
        );
    }

    /// The place of a field, or of what it stands in.
    fn place_of(tree: &Tree, field: &str) -> Span {
        tree.get(field).unwrap_or(tree).span
    }
}

/// Whether a text says in words that scores are not divided.
fn says_nothing(text: &str) -> bool {
    const NOTHING: [&str; 19] = [
        "nothing",
        "unscaled",
        "no scale",
        "no_scale",
        "no scaling",
        "without",
        "not scaled",
        "not",
        "null",
        "不缩放",
        "不除",
        "不用",
        "不",
        "无",
        "没有",
        "无缩放",
        "不做缩放",
        "不要",
        "空",
    ];
    NOTHING.contains(&text.trim().to_lowercase().as_str())
}
