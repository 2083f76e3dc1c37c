//! The definitions of matrices, one by one, into nodes of the graph.

mod block;
mod choosing;
mod comparison;
mod counting;
mod elementwise;
mod feed_forward;
mod formula;
mod generate;
mod given;
mod inexact;
mod layers;
mod mask;
mod measures;
mod mixing;
mod norm;
mod output;
mod positions;
mod slice;
mod softmax;
mod useless;
mod weights;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Constant, NodeId, Op, Part, op};
use crate::language::{Localised, joined};
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::sizes::joining::Joining;
use crate::lesson::check::{Checker, Room};
use crate::lesson::expression;
use crate::lesson::fields::{Field, Kind, MATRIX_KINDS};
use crate::transformer::NormKind;
use crate::yaml::{Key, Tree};

use layers::StackKind;
pub(super) use norm::division_by_zero;
pub(super) use softmax::empty_row;

impl Checker<'_> {
    pub(in crate::lesson::check) fn read_matrices(&mut self, tree: &Tree) {
        for item in tree.as_list().unwrap_or_default() {
            let Some((key, kind)) = item.as_map().and_then(<[_]>::first) else { continue };
            if self.is_free(key) && self.is_good_name(&key.text, key.span) && self.room == Room::Enough {
                self.define(key, kind);
            } else {
                // A name such as `my head` was probably used as its last word.
                self.broken.extend(key.text.split_whitespace().last().map(str::to_owned));
                self.broken.extend(self.spelled_elsewhere(&key.text));
                self.broken.insert(key.text.clone());
            }
        }
    }

    fn define(&mut self, key: &Key, kind: &Tree) {
        let Some((kind, value)) = kind.as_map().and_then(<[_]>::first) else {
            self.only_a_name(key, kind);
            self.broken.insert(key.text.clone());
            return;
        };
        if value.is_null() {
            self.nothing_behind(key, kind);
        }
        if let Some(Kind::Record(record)) = MATRIX_KINDS.field(&kind.text).map(|field| &field.kind) {
            self.fill_missing(value, record, |checker, field| checker.filling_for(field, value));
        }
        let defined = match kind.text.as_str() {
            "given" => self.define_given(key, value),
            "load" => self.define_load(key, value),
            "random" => self.define_random(key, value),
            "identity" => self.define_identity(key, value),
            "embed" => self.define_embed(key, value),
            "product" => self.define_of_list(key, value, |nodes| {
                Op::Product(op::Product { left: nodes[0], right: nodes[1] })
            }),
            "dot_products" => self.define_of_list(key, value, |nodes| {
                Op::DotProducts(op::DotProducts { left: nodes[0], right: nodes[1] })
            }),
            "add" => self.define_of_list(key, value, |terms| Op::Add(op::Add { terms: terms.to_vec() })),
            "concat" => self.define_concat(key, value),
            "transpose" => self.define_of_one(key, value, |of| Op::Transpose(op::Transpose { of })),
            "slice" => self.define_slice(key, value),
            "softmax" => self.define_softmax(key, value),
            "scale" => self.define_scale(key, value),
            "mask" => self.define_mask(key, value),
            "attention" => self.define_attention(key, value),
            "multi_head" => self.define_multi_head(key, value),
            "subtract" => self.define_of_list(key, value, |nodes| {
                Op::Subtract(op::Subtract { left: nodes[0], right: nodes[1] })
            }),
            "multiply" => self.define_of_list(key, value, |nodes| {
                Op::Multiply(op::Multiply { left: nodes[0], right: nodes[1] })
            }),
            "activate" => self.define_activate(key, value),
            "dropout" => self.define_dropout(key, value),
            "layer_norm" => self.define_norm(key, value, NormKind::Layer),
            "rms_norm" => self.define_norm(key, value, NormKind::RootMeanSquare),
            "feed_forward" => self.define_feed_forward(key, value),
            "block" => self.define_block(key, value),
            "stack" => self.define_stack(key, value, StackKind::Stack),
            "encoder" => self.define_stack(key, value, StackKind::Encoder),
            "decoder" => self.define_stack(key, value, StackKind::Decoder),
            "parameters" => self.define_parameters(key, value),
            "cost" => self.define_cost(key, value),
            "convolution" => self.define_convolution(key, value),
            "recurrence" => self.define_recurrence(key, value),
            "cbow" => self.define_cbow(key, value),
            "one_hot" => self.define_one_hot(key, value),
            "positions" => self.define_positions(key, value),
            "learned_positions" => self.define_learned_positions(key, value),
            "rotary" => self.define_rotary(key, value),
            "measure" => self.define_measure(key, value),
            "unit_rows" => self.define_of_one(key, value, |of| Op::UnitRows(op::UnitRows { of })),
            "cosine" => self.define_cosine(key, value),
            "distance" => self.define_of_list(key, value, |nodes| {
                Op::Distances(op::Distances { left: nodes[0], right: nodes[1] })
            }),
            "principal_components" => self.define_principal_components(key, value),
            "logits" => self.define_logits(key, value),
            "probabilities" => self.define_probabilities(key, value),
            "choose" => self.define_choose(key, value),
            "cross_entropy" => self.define_cross_entropy(key, value),
            "generate" => self.define_generate(key, value),
            // The table of fields has reported any other kind.
            _ => None,
        };
        if defined.is_none() {
            self.broken.insert(key.text.clone());
        }
    }

    /// For `{softmax: }`, which matrix above could stand there. The table of fields, which knows none, says less.
    fn nothing_behind(&mut self, key: &Key, kind: &Key) {
        // These are made of texts.
        const OF_TEXTS: [&str; 2] = ["embed", "one_hot"];
        let is_name = |field: &Field| field.kind.alternatives().iter().any(|it| matches!(it, Kind::Name));
        let made_of_one = MATRIX_KINDS.field(&kind.text).is_some_and(is_name);
        let above =
            self.definitions.iter().filter(|(name, at)| **at < key.span && self.graph.find(name).is_some());
        let Some((nearest, _)) = above.max_by_key(|(_, at)| **at).filter(|_| made_of_one) else { return };
        let name = &kind.text;
        if OF_TEXTS.contains(&name.as_str()) {
            return;
        }
        let hint =
            both!("write the name of a matrix: `{name}: {nearest}`", "请写矩阵的名称：`{name}: {nearest}`");
        let message = both!("nothing stands after `{name}:`", "`{name}:` 后面是空的");
        self.report(Code::Empty, kind.span, message, hint);
    }

    fn define_embed(&mut self, key: &Key, value: &Tree) -> Option<()> {
        if value.as_list().is_some_and(<[_]>::is_empty) && !self.texts.is_empty() {
            let names: Vec<&str> = self.texts.iter().map(|text| text.name.as_str()).collect();
            let all = names.join(", ");
            let Localised { en, zh } = joined(names.iter().map(|name| format!("`{name}`")));
            self.report(
                Code::Empty,
                value.span,
                both!("there is nothing in here", "这里是空的"),
                if names.len() > 1 {
                    both!(
                        "write the names of the texts: `[{all}]`; or that of one of them, {en}",
                        "请写这些文本的名称：`[{all}]`；或其中一段的名称：{zh}"
                    )
                } else {
                    both!("write the name of the text: {en}", "请写文本的名称：{zh}")
                },
            );
        }
        self.need_vocabulary(value.span, None);
        self.define_per_text(key, value, |checker, tree| {
            let text = checker.text(tree)?;
            checker.look_up(text)
        })
    }

    /// Reports that there is no vocabulary, if there is none; its vectors should have so many numbers.
    pub(super) fn need_vocabulary(&mut self, span: Span, size: Option<usize>) -> Option<()> {
        if self.vocabulary.is_none() && !self.broken.contains("vocabulary") {
            let message = both!("there is no vocabulary to look tokens up in", "没有可供查表的词表");
            self.report(Code::MissingField, span, message, self.vocabulary_to_add(size));
        }
        self.vocabulary.map(|_| ())
    }

    /// Adds one node for a text, or one for each of a list of texts.
    fn define_per_text(
        &mut self,
        key: &Key,
        value: &Tree,
        mut make: impl FnMut(&mut Self, &Tree) -> Option<(Op, Part)>,
    ) -> Option<()> {
        let several = value.as_list();
        // An empty list is reported by the table of fields, and makes no family.
        if several.is_some_and(<[_]>::is_empty) {
            return None;
        }
        let texts = several.unwrap_or(std::slice::from_ref(value));
        let mut members = Vec::new();
        let mut complete = true;
        for tree in texts {
            let text = tree.as_text().unwrap_or_default();
            let suffix = if several.is_some() { format!("@{text}") } else { String::new() };
            let node = make(self, tree);
            match node.and_then(|(op, part)| self.push(format!("{}{suffix}", key.text), op, part, key.span)) {
                Some(node) => members.push((text.to_owned(), node)),
                None => complete = false,
            }
        }
        if several.is_some() && complete {
            self.families.insert(key.text.clone(), members);
        }
        complete.then_some(())
    }

    /// The name of a text; reports what is none.
    pub(super) fn text<'t>(&mut self, tree: &'t Tree) -> Option<&'t str> {
        self.text_named(tree)?;
        tree.as_text()
    }

    /// The text of a name, by its place among the texts; reports what does not exist.
    pub(in crate::lesson::check) fn text_named(&mut self, tree: &Tree) -> Option<usize> {
        self.text_called(tree.as_text()?, tree.span)
    }

    /// The same for a name that stands at a place.
    fn text_called(&mut self, text: &str, span: Span) -> Option<usize> {
        let found = self.texts.iter().position(|own| own.name == text);
        if found.is_none() && !self.broken.contains(text) {
            let known: Vec<&str> = self.texts.iter().map(|text| text.name.as_str()).collect();
            let of = self.texts.iter().find(|own| own.tokens.find(text).is_ok()).map(|own| &own.name);
            let hint = match of {
                Some(of) => both!(
                    "`{text}` is a token of the text `{of}`: write the name of the text alone, `{of}`",
                    "`{text}` 是文本 `{of}` 的词元：这里只写文本的名称 `{of}`"
                ),
                None if self.spells_out(text).is_some() => {
                    let name = self.spells_out(text).unwrap_or_default();
                    both!(
                        "the name of the text stands here, not its words: write `{name}`",
                        "这里写文本的名称，不写句子：请写 `{name}`"
                    )
                }
                None => self.near(text, &known),
            };
            // One after the other, the tokens of a text are one slip.
            let is_next = |told: &Diagnostic| {
                told.code == Code::UnknownName && told.span.end + ", ".len() == span.start
            };
            if of.is_some() && self.findings.last().is_some_and(is_next) {
                return None;
            }
            let message = both!("there is no text called `{text}`", "没有名为 `{text}` 的文本");
            self.findings.push(Diagnostic::new(Code::UnknownName, span, message).with_hint(hint));
        }
        found
    }

    /// The text whose words are written, with blanks or without.
    fn spells_out(&self, words: &str) -> Option<&str> {
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let tokens =
            |axis: &crate::graph::Axis| (0..axis.size()).map(|at| axis.label(at)).collect::<String>();
        let own = self.texts.iter().find(|own| bare(&tokens(&own.tokens)) == bare(words));
        own.map(|own| own.name.as_str())
    }

    fn define_of_list(&mut self, key: &Key, value: &Tree, op: impl Fn(&[NodeId]) -> Op) -> Option<()> {
        let trees = value.as_list()?;
        let operands: Vec<_> = trees.iter().map(|tree| self.operand(tree)).collect();
        if operands.len() < 2 {
            return None;
        }
        self.define_members(key, &operands, |_, nodes| Some(op(nodes)))
    }

    fn define_concat(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let trees = value.as_list()?;
        let operands: Vec<_> = trees.iter().map(|tree| self.operand(tree)).collect();
        if operands.len() < 2 {
            return None;
        }
        self.define_members(key, &operands, |checker, parts| {
            checker.fits_side_by_side(parts, key.span)?;
            Some(Op::Concat(op::Concat { parts: parts.to_vec() }))
        })
    }

    fn define_of_one(&mut self, key: &Key, value: &Tree, op: impl Fn(NodeId) -> Op) -> Option<()> {
        let operand = self.operand(value);
        self.define_members(key, &[operand], |_, nodes| Some(op(nodes[0])))
    }

    fn define_scale(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let divisor = value.get("divide_by").and_then(|tree| self.divisor(tree));
        let divisor = divisor?;
        self.define_members(key, &[of], |_, nodes| {
            Some(Op::Scale(op::Scale { of: nodes[0], divisor: divisor.clone() }))
        })
    }

    /// Adds one node, or one for each text.
    fn define_members(
        &mut self,
        key: &Key,
        operands: &[Option<Operand>],
        op: impl Fn(&mut Self, &[NodeId]) -> Option<Op>,
    ) -> Option<()> {
        let members = self.members(operands, key.span)?;
        let mut family = Vec::new();
        for Member { suffix, text, nodes } in members {
            let op = op(self, &nodes)?;
            let node = self.push(format!("{}{suffix}", key.text), op, Part::Other, key.span)?;
            family.extend(text.map(|text| (text, node)));
        }
        self.keep_family(&key.text, family);
        Some(())
    }

    pub(in crate::lesson::check) fn keep_family(&mut self, name: &str, family: Vec<(String, NodeId)>) {
        if !family.is_empty() {
            self.families.insert(name.to_owned(), family);
        }
    }

    /// What something is divided by; reports 0.
    pub(in crate::lesson::check) fn divisor(&mut self, tree: &Tree) -> Option<Constant> {
        let value = self.number(tree)?;
        if value == 0.0 {
            self.report(
                Code::BadNumber,
                tree.span,
                both!("nothing can be divided by 0", "不能除以 0"),
                both!("write another number, such as sqrt(d_k)", "请写别的数，例如 sqrt(d_k)"),
            );
            return None;
        }
        let written = tree.as_text().unwrap_or_default().trim().to_owned();
        let root = written.strip_prefix("sqrt(").and_then(|rest| rest.strip_suffix(')'));
        let symbol = match root {
            Some(inner) if expression::is_name(inner) || inner.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("√{inner}")
            }
            Some(_) | None => written,
        };
        Some(Constant { value, symbol })
    }

    /// Adds numbers that are there from the start under this name.
    pub(in crate::lesson::check) fn push_given(&mut self, key: &Key, given: op::Given) -> Option<NodeId> {
        self.push(key.text.clone(), Op::Given(given), Part::Other, key.span)
    }

    /// Adds a node; reports what does not fit.
    pub(in crate::lesson::check) fn push(
        &mut self,
        name: String,
        op: Op,
        part: Part,
        span: Span,
    ) -> Option<NodeId> {
        let joining = Joining::of(&op);
        match self.graph.push(name, op, part) {
            Ok(node) => {
                self.count(node, span)?;
                Some(node)
            }
            Err(error) => {
                self.report_cannot_make(error, &joining, span);
                None
            }
        }
    }
}
