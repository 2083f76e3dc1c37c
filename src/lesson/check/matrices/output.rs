//! Definitions of logits, probabilities, choices and losses.

use std::collections::HashMap;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, lines_at, nearest};
use crate::graph::op::{Choosing, Quantity};
use crate::graph::{Axis, AxisKind, NodeId, Op, Part, Side, op};
use crate::language::{Localised, all_of, counted};
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::names::unknown_names::did_you_mean;
use crate::lesson::check::numbers::one_row;
use crate::lesson::check::sizes::layout::{Columns, Meeting, first_field, layout_of};
use crate::lesson::check::{Checker, Reported, remedies::insertion};
use crate::lesson::fields::LOGITS;
use crate::transformer::{Logits, Naming, Sampling, Unembedding};
use crate::yaml::{Key, Tree, quoted_text};

impl Checker<'_> {
    pub(super) fn define_logits(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let mut operands = vec![self.operand_in(value, "of")];
        let (weights, bias) = (value.get("W_U"), value.get("bias"));
        operands.extend(weights.map(|tree| self.operand(tree)));
        operands.extend(bias.map(|tree| self.operand(tree)));
        let layout = layout_of(value);
        self.have_use(value, &LOGITS, &[("weights", &["W_U"])])?;
        if weights.is_none() {
            self.need_vocabulary_for_logits(operands[0].as_ref(), key.span)?;
        }
        let mut family = Vec::new();
        for Member { suffix, text, nodes } in self.members(&operands, key.span)? {
            let mut rest = nodes[1..].iter().copied();
            let (unembedding, width) = match (weights, self.vocabulary) {
                (Some(tree), _) => {
                    let (weights, from) = (rest.next()?, nodes[0]);
                    self.stored_right((layout, first_field(value)), |checker, _| {
                        let from = Columns::Axis(checker.columns(from));
                        vec![Meeting { span: tree.span, from, weights }]
                    })?;
                    (Unembedding::Weights { weights, layout }, self.made_by(weights, layout).size())
                }
                (None, vocabulary) => {
                    let vocabulary = vocabulary?;
                    (Unembedding::Tied(vocabulary), self.graph.node(vocabulary).shape.rows.size())
                }
            };
            let added = match (bias, rest.next()) {
                (Some(tree), Some(node)) => Some(self.one_row(node, tree, width)?),
                (_, _) => None,
            };
            let logits = Logits { of: nodes[0], unembedding, bias: added };
            let naming = Naming { prefix: key.text.clone(), suffix };
            let node = self.build_one(key, |checker| logits.build(&mut checker.graph, &naming))?;
            family.extend(text.map(|text| (text, node)));
        }
        self.keep_families(&key.text);
        self.keep_family(&key.text, family);
        Some(())
    }

    /// A bias; reports one that has several rows.
    fn one_row(&mut self, node: NodeId, tree: &Tree, width: usize) -> Option<NodeId> {
        let node_shape = &self.graph.node(node).shape;
        let (rows, columns) = node_shape.size();
        if rows == 1 {
            return Some(node);
        }
        let (name, row) = (self.graph.node(node).name.clone(), one_row(width));
        let wanted = counted(width, "number", "numbers");
        self.report(
            Code::ShapeMismatch,
            tree.span,
            both!(
                "`{name}` is {rows}×{columns}, and a bias is one row of {wanted}, one for each token of the vocabulary",
                "`{name}` 是 {rows}×{columns}，而偏置应当只有一行，共 {width} 个数（词表中每个词元一个）"
            ),
            both!(
                "above this line add `- b: {{given: {row}}}`, and write `bias: b` here",
                "请在这一行上面加一行 `- b: {{given: {row}}}`，再把这里写成 `bias: b`"
            ),
        );
        None
    }

    fn need_vocabulary_for_logits(&mut self, of: Option<&Operand>, span: Span) -> Option<()> {
        if self.vocabulary.is_none() && !self.broken.contains("vocabulary") {
            let vectors = of.and_then(|of| of.member("")).map(|of| self.graph.node(of).shape.columns.size());
            let message = both!("there is no vocabulary to make logits for", "没有可供计算 logit 值的词表");
            self.report(Code::MissingField, span, message, self.vocabulary_to_add(vectors));
        }
        self.vocabulary.map(|_| ())
    }

    pub(super) fn define_probabilities(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let sampling = self.sampling(value);
        let mut family = Vec::new();
        for Member { suffix, text, nodes } in self.members(&[of], key.span)? {
            let sampling = sampling.as_ref()?;
            self.keeps_some(value, nodes[0])?;
            self.question_shares(nodes[0], value.get("of")?.span);
            self.graph.play(nodes[0], Part::Logits);
            let naming = Naming { prefix: key.text.clone(), suffix };
            let node =
                self.build_one(key, |checker| sampling.build(&mut checker.graph, nodes[0], &naming))?;
            family.extend(text.map(|text| (text, node)));
        }
        self.keep_families(&key.text);
        self.keep_family(&key.text, family);
        sampling.map(|_| ())
    }

    /// Temperature, top-k and top-p as the fields say.
    pub(super) fn sampling(&mut self, tree: &Tree) -> Option<Sampling> {
        let temperature = self.temperature(tree).ok();
        let top_k = tree.get("top_k").map(|tree| tree.as_count().ok_or(Reported)).transpose();
        let top_p = tree.get("top_p").map(|tree| self.top_p(tree).ok_or(Reported)).transpose();
        // Every mistake is reported before one of them ends this.
        let (temperature, top_k, top_p) = (temperature?, top_k.ok()?, top_p.ok()?);
        Some(Sampling { temperature, top_k: top_k.map(|k| k as usize), top_p })
    }

    fn top_p(&mut self, tree: &Tree) -> Option<f64> {
        let value = self.number(tree)?;
        if value <= 0.0 || value > 1.0 {
            self.report(
                Code::OutOfRange,
                tree.span,
                if value > 1.0 {
                    both!(
                        "`top_p` is a share, and {value} is more than the whole",
                        "`top_p` 是一个比例，{value} 超过了全部"
                    )
                } else {
                    both!(
                        "`top_p` is a share, and {value} keeps nothing",
                        "`top_p` 是一个比例，{value} 什么也不保留"
                    )
                },
                both!(
                    "write a number above 0 and up to 1, such as 0.9",
                    "请写大于 0、不超过 1 的数，例如 0.9"
                ),
            );
            return None;
        }
        Some(value)
    }

    /// Whether `top_k` is a number that the columns of the logits allow; reports if not.
    pub(super) fn keeps_some(&mut self, tree: &Tree, logits: NodeId) -> Option<()> {
        let Some(field) = tree.get("top_k") else { return Some(()) };
        let columns = self.graph.node(logits).shape.columns.size();
        if (1..=columns as u64).contains(&field.as_count()?) {
            return Some(());
        }
        let name = self.graph.node(logits).name.clone();
        let wanted = field.as_text().unwrap_or_default();
        let message = if field.as_count() == Some(0) {
            both!(
                "at least 1 of the {columns} numbers in a row of `{name}` must be kept",
                "`{name}` 每行的 {columns} 个数中至少要保留 1 个"
            )
        } else {
            both!(
                "a row of `{name}` has {columns} numbers, so {wanted} of them cannot be kept",
                "`{name}` 每行只有 {columns} 个数，无法保留 {wanted} 个"
            )
        };
        self.report(
            Code::OutOfRange,
            field.span,
            message,
            both!("write a number from 1 to {columns}", "请写 1 到 {columns} 之间的数"),
        );
        None
    }

    pub(super) fn define_choose(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let choosing = self.choosing(key, value);
        self.define_members(key, &[of], |checker, nodes| {
            let choosing = choosing?;
            if matches!(choosing, Choosing::Sampled { .. }) {
                checker.are_probabilities(nodes[0], value.get("of").map_or(key.span, |tree| tree.span))?;
            }
            Some(Op::Choose(op::Choose { of: nodes[0], choosing }))
        })
    }

    /// Reports logits and scores where one is to draw by probabilities.
    fn are_probabilities(&mut self, node: NodeId, span: Span) -> Option<()> {
        let part = self.graph.node(node).part;
        if !matches!(part, Part::Logits | Part::Scores | Part::Scaled | Part::Masked) {
            return Some(());
        }
        let (name, new) = (self.graph.node(node).name.clone(), self.free_name("P"));
        let line = lines_at([span]);
        self.report(
            Code::WrongKind,
            span,
            both!(
                "`how: sampled` needs probabilities, and `{name}` holds none",
                "`how: sampled` 要按概率抽取，而 `{name}` 不是概率"
            ),
            both!(
                "write `{new}` here instead of `{name}`, and above {line} add the line `- {new}: {{probabilities: {{of: {name}}}}}`, just as far in",
                "请把这里的 `{name}` 改成 `{new}`，再在{line}上面加一行 `- {new}: {{probabilities: {{of: {name}}}}}`，与它左端对齐"
            ),
        );
        None
    }

    pub(super) fn define_cross_entropy(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let (targets, next_of) = (value.entry("targets"), value.entry("next_of"));
        let tokens = match (targets, next_of) {
            (Some((_, tree)), None) => Some(self.tokens(tree)),
            (None, Some((_, tree))) => self.next_tokens(tree),
            (Some((first, _)), Some((again, _))) => {
                let message = both!(
                    "`targets` and `next_of` do not go together",
                    "`targets` 和 `next_of` 不能同时使用"
                );
                let [remove_targets, remove_text] =
                    ["targets", "next_of"].map(|field| insertion::to_remove(self.source, value, &[field]));
                let Localised { en, zh } = remove_targets;
                let Localised { en: own, zh: own_zh } = remove_text;
                self.findings.push(
                    Diagnostic::new(Code::ConflictingFields, again.span, message)
                        .with_another(first.span)
                        .with_hint(both!(
                            "{en}: then the text itself says what comes next; or {own}: then `targets` says it",
                            "请{zh}，由文本自己给出下一个词元；或{own_zh}，由 `targets` 给出"
                        )),
                );
                None
            }
            (None, None) => {
                let text = self.texts.first().map_or("main", |text| &text.name);
                let next = [format!("next_of: {text}")];
                let Localised { en, zh } = insertion::to_add(self.source, value, key.span, &next);
                self.report(
                    Code::MissingField,
                    key.span,
                    both!("nothing says which tokens are right", "没有说明哪些词元是正确的"),
                    both!(
                        "{en}: then the text itself says what comes next",
                        "请{zh}：由文本自己给出下一个词元"
                    ),
                );
                None
            }
        };
        let left_out = usize::from(next_of.is_some());
        let mut family = Vec::new();
        for Member { suffix, text, nodes } in self.members(&[of], key.span)? {
            let tokens = tokens.as_ref()?;
            let rows = self.graph.node(nodes[0]).shape.rows.size();
            if tokens.len() + left_out != rows {
                self.report_targets(tokens, left_out, nodes[0], targets.or(next_of)?.1.span);
                return None;
            }
            let targets = self.columns_of(tokens, nodes[0])?;
            self.graph.play(nodes[0], Part::Logits);
            let op = Op::CrossEntropy(op::CrossEntropy { of: nodes[0], targets });
            let losses = self.push(format!("{}{suffix}", key.text), op, Part::Loss, key.span)?;
            let op = Op::Measure(op::Measure { of: losses, each: Side::Columns, quantity: Quantity::Mean });
            self.push(format!("{}.mean{suffix}", key.text), op, Part::Loss, key.span)?;
            family.extend(text.map(|text| (text, losses)));
        }
        self.keep_families(&key.text);
        self.keep_family(&key.text, family);
        tokens.map(|_| ())
    }

    fn report_targets(&mut self, written: &[(String, Span)], left_out: usize, logits: NodeId, span: Span) {
        let tokens = written.len() + left_out;
        let node = self.graph.node(logits);
        let (name, rows) = (node.name.clone(), node.shape.rows.size());
        let [own, wanted] = [tokens, rows].map(|count| counted(count, "token", "tokens"));
        // What follows the first row is often written with the token of that row itself before it.
        let labels = node.shape.rows.labels();
        let tokens_from = |first: usize| written.get(first..first + rows);
        let starts_early = written.first().zip(labels.first()).is_some_and(|((own, _), row)| own == row);
        let meant = tokens_from(usize::from(starts_early && tokens > rows)).filter(|_| left_out == 0);
        let hint = match meant.map(|meant| meant.iter().map(|(token, _)| token.as_str()).collect::<Vec<_>>())
        {
            Some(meant) => {
                let rows_named = all_of(labels.iter().map(|label| format!("`{label}`")));
                let (Localised { en, zh }, meant) = (rows_named, meant.join(", "));
                both!(
                    "write {wanted}, one that should follow each of {en}, such as `[{meant}]`",
                    "请写 {rows} 个词元，即 {zh} 之后各自应当出现的词元，例如 `[{meant}]`"
                )
            }
            None => both!(
                "write {wanted}, one that should follow each row of `{name}`",
                "请写 {rows} 个词元，即 `{name}` 每一行之后应当出现的词元"
            ),
        };
        self.report(
            Code::ShapeMismatch,
            span,
            both!("{own}, and `{name}` has {rows} rows", "这里有 {tokens} 个词元，而 `{name}` 有 {rows} 行"),
            hint,
        );
    }

    /// The second token of a text and all that follow, with the place where the text is named.
    fn next_tokens(&mut self, tree: &Tree) -> Option<Vec<(String, Span)>> {
        let text = self.text_named(tree)?;
        let tokens = self.texts[text].tokens.labels();
        if tokens.len() < 2 {
            let name = tree.as_text().unwrap_or_default();
            let only = tokens.first().cloned().unwrap_or_default();
            let words = self.vocabulary.map(|node| self.graph.node(node).shape.rows.labels());
            let next = words.into_iter().flatten().find(|word| **word != only).cloned();
            let next = next.unwrap_or_else(|| only.clone());
            self.report(
                Code::Empty,
                tree.span,
                both!(
                    "`{name}` has but one token, `{only}`, and no token that comes next",
                    "`{name}` 只有一个词元 `{only}`，没有下一个词元"
                ),
                both!(
                    "write a longer text; or say which token should come, such as `targets: [{next}]` in the place of `next_of: {name}`",
                    "请写更长的文本；或指明接下来应该是哪个词元：把 `next_of: {name}` 改成 `targets: [{next}]` 这样"
                ),
            );
            return None;
        }
        Some(tokens[1..].iter().map(|token| (token.clone(), tree.span)).collect())
    }

    /// The columns of tokens; reports those that the logits have no column for, each once.
    fn columns_of(&mut self, tokens: &[(String, Span)], logits: NodeId) -> Option<Vec<usize>> {
        let columns = std::sync::Arc::clone(&self.graph.node(logits).shape.columns);
        let places: HashMap<&str, usize> =
            columns.labels().iter().enumerate().rev().map(|(at, label)| (label.as_str(), at)).collect();
        let mut missing: Vec<&str> = Vec::new();
        let mut found = Vec::with_capacity(tokens.len());
        for (token, span) in tokens {
            match places.get(token.as_str()) {
                Some(place) => found.push(*place),
                None if missing.contains(&token.as_str()) || self.has_enough_findings() => {}
                None => {
                    missing.push(token);
                    self.report_no_column(token, *span, logits, &columns);
                }
            }
        }
        (found.len() == tokens.len()).then_some(found)
    }

    /// What to do about a token that logits have no column for: it is a slip, or the vocabulary lacks it.
    fn not_among(&self, token: &str, labels: &[&str], columns: &Axis) -> Localised<String> {
        let vocabulary = self.vocabulary.map(|node| &self.graph.node(node).shape);
        let own = vocabulary.filter(|shape| shape.rows.agrees_with(columns));
        let Some(shape) = own.filter(|_| nearest(token, labels.iter().copied()).is_none()) else {
            return did_you_mean(token, labels);
        };
        let zeros = vec!["0"; shape.columns.size()].join(", ");
        let Localised { en, zh } = did_you_mean(token, labels);
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '<' | '/' | '_');
        let word = if token.chars().all(|c| is_plain(c) || c == '>') {
            token.to_owned()
        } else {
            quoted_text(token)
        };
        let entry = format!("{word}: [{zeros}]");
        if let Some(known) = labels.first().filter(|_| token.starts_with('<')) {
            return both!(
                "add `{entry}` to the `tokens` of the vocabulary, with numbers of your own; or write a token that is there, such as `{known}`",
                "请在词表的 `tokens` 中加上 `{entry}`，数由自己定；或写词表中已有的词元，例如 `{known}`"
            );
        }
        both!(
            "{en} in the vocabulary: write one of them, or add `{entry}` to its `tokens`, with numbers of your own",
            "词表中{zh}。请写其中一个；或在词表的 `tokens` 中加上 `{entry}`，数由自己定"
        )
    }

    /// Says that logits have no column for a token.
    pub(super) fn report_no_column(&mut self, token: &str, span: Span, logits: NodeId, columns: &Axis) {
        let name = self.graph.node(logits).name.clone();
        let message =
            both!("`{name}` has no column for the token `{token}`", "`{name}` 中没有词元 `{token}` 这一列");
        let hint = if columns.kind() == AxisKind::Tokens {
            let labels: Vec<_> = columns.labels().iter().map(String::as_str).collect();
            self.not_among(token, &labels, columns)
        } else {
            both!(
                "its columns have no tokens: write `cols: vocabulary` where `W_U` is given",
                "它的各列不是词元：请在给出 `W_U` 处写 `cols: vocabulary`"
            )
        };
        self.findings.push(Diagnostic::new(Code::UnknownLabel, span, message).with_hint(hint));
    }
}
