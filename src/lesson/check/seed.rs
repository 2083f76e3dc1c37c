//! A lesson from a sentence, sizes and a seed: everything else is made.

use std::sync::Arc;

use super::Checker;
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
    pub(super) fn make_from_seed(&mut self, tree: &Tree) {
        let axis = |name: &str| self.axes.get(name).map(Arc::clone);
        let (d_model, d_k) = (axis("d_model"), axis("d_k"));
        let text = self.texts.first().map(|text| text.name.clone());
        let (Some(d_model), Some(d_k), Some(text)) = (&d_model, &d_k, text) else {
            let broken = ["d_model", "d_k", "main"].iter().any(|name| self.broken.contains(*name));
            if !broken {
                let sizes = match (d_model.is_some(), d_k.is_some()) {
                    (false, false) => Some("`axes: {d_model: 4, d_k: 2}`"),
                    (false, true) => Some("`d_model: 4`"),
                    (true, false) => Some("`d_k: 2`"),
                    (true, true) => None,
                };
                let text = self.texts.is_empty().then_some("`text: …`");
                let missing = [text, sizes].into_iter().flatten().map(str::to_owned);
                let Localised { en, zh } = all_of(missing);
                self.report(
                    Code::MissingField,
                    tree.span,
                    both!(
                        "a lesson made from a seed needs a text and two sizes",
                        "由种子生成的课程需要一段文本和两个轴的大小"
                    ),
                    both!("add {en}", "请加上 {zh}"),
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
