//! A lesson from a sentence, sizes and a seed: everything else is made.

use std::sync::Arc;

use super::{Checker, remedies::insertion};
use crate::both;
use crate::diagnostic::Code;
use crate::graph::Visible;
use crate::graph::{Axis, Op, Part, Shape, op};
use crate::language::{Localised, all_of};
use crate::math;
use crate::transformer::{Attention, Naming, Projection, Rules, Source, Values};
use crate::yaml::{Key, Tree};

/// Made numbers have one decimal, so that they can be checked by hand.
const DECIMALS: Option<i32> = Some(1);

impl Checker<'_> {
    /// A vocabulary (where none is written), `W_Q`, `W_K`, `W_V`, one causal `head` for the first text, and `out`.
    pub(super) fn make_from_seed(&mut self, lesson: &Tree, tree: &Tree) {
        let axis = |name: &str| self.axes.get(name).map(Arc::clone);
        let (d_model, d_k) = (axis("d_model"), axis("d_k"));
        let text = self.texts.first().map(|text| text.name.clone());
        let (Some(d_model), Some(d_k), Some(text)) = (&d_model, &d_k, text) else {
            let broken = ["d_model", "d_k", "main"].iter().any(|name| self.broken.contains(*name));
            if !broken {
                let written = lesson.get("axes").filter(|written| written.as_map().is_some());
                let sizes = [("d_model: 4", d_model.is_none()), ("d_k: 2", d_k.is_none())];
                let sizes = sizes.into_iter().filter(|(_, is_missing)| *is_missing);
                let sizes: Vec<String> = sizes.map(|(size, _)| size.to_owned()).collect();
                let mut own: Vec<String> =
                    self.texts.is_empty().then(|| "text: the cat sat".to_owned()).into_iter().collect();
                let mut hints = Vec::new();
                match written.filter(|_| !sizes.is_empty()) {
                    Some(written) => hints.push(insertion::to_add(self.source, written, tree.span, &sizes)),
                    None if sizes.is_empty() => {}
                    None => own.push(format!("axes: {{{}}}", sizes.join(", "))),
                }
                if !own.is_empty() {
                    let (noun, noun_zh) = insertion::lines(own.len());
                    let Localised { en, zh } = all_of(own.iter().map(|line| format!("`{line}`")));
                    hints.push(both!("add the {noun} {en}", "加{noun_zh} {zh}"));
                }
                let Localised { en, zh } = all_of(hints);
                self.report(
                    Code::MissingField,
                    tree.span,
                    both!(
                        "a lesson made from a seed needs a text and the sizes `d_model` and `d_k`",
                        "由种子生成的课程需要一段文本，以及 `d_model` 和 `d_k` 的大小"
                    ),
                    both!("{en}", "请{zh}"),
                );
            }
            return;
        };
        let Some(seed) = tree.as_count() else { return };
        // Nothing can fail below that has not been checked above; `?` only ends what a broken vocabulary stops.
        let _made: Option<()> = self.make(tree, seed, &text, d_model, d_k);
    }

    fn make(
        &mut self,
        tree: &Tree,
        seed: u64,
        text: &str,
        d_model: &Arc<Axis>,
        d_k: &Arc<Axis>,
    ) -> Option<()> {
        let span = tree.span;
        let drawn = |index: u64| seed.wrapping_add(index);
        if self.vocabulary.is_none() {
            if self.broken.contains("vocabulary") {
                return None;
            }
            let mut tokens: Vec<String> = Vec::new();
            for label in self.axes.get(text)?.labels() {
                if !tokens.contains(label) {
                    tokens.push(label.clone());
                }
            }
            let tokens = Axis::tokens("vocabulary", tokens);
            let op = random(drawn(0), &tokens, d_model);
            self.vocabulary = self.push("vocabulary".to_owned(), op, Part::Vocabulary, span);
        }
        let (op, part) = self.look_up(text)?;
        let x = self.push("X".to_owned(), op, part, span)?;
        let mut weights = |name: &str, columns: &Arc<Axis>, index: u64| {
            self.push(name.to_owned(), random(drawn(index), d_model, columns), Part::Other, span)
        };
        let (query_weights, key_weights) = (weights("W_Q", d_k, 1)?, weights("W_K", d_k, 2)?);
        let value_weights = weights("W_V", d_model, 3)?;
        let attention = Attention {
            source: Source::Projected {
                queries: Projection::new(x, query_weights),
                keys: Projection::new(x, key_weights),
            },
            values: Values::Projected(Projection::new(x, value_weights)),
            rules: Rules::masked(Visible::Causal),
        };
        let naming = Naming { prefix: "head".to_owned(), suffix: String::new() };
        let key = Key { text: "head".to_owned(), span };
        let mut output = None;
        self.build(&key, |checker| {
            attention.build(&mut checker.graph, &naming).map(|nodes| output = nodes.output)
        })?;
        self.push("out".to_owned(), Op::Add(op::Add { terms: vec![x, output?] }), Part::Output, span)
            .map(|_| ())
    }
}

/// A matrix of made numbers.
fn random(seed: u64, rows: &Arc<Axis>, columns: &Arc<Axis>) -> Op {
    let source = math::Random { seed, deviation: 1.0, decimals: DECIMALS };
    Op::Random(op::Random { source, shape: Shape::new(Arc::clone(rows), Arc::clone(columns)) })
}
