//! Definitions of what attention is compared with: convolution, recurrence, the bag of words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::elementwise::activation;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::graph::{NodeId, Op, Origin, Shape, op};
use crate::language::{Localised, counted};
use crate::lesson::check::Checker;
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::numbers::grid::called;
use crate::lesson::check::sizes::{along, numbers};
use crate::transformer::{Cbow, Naming, Recurrence};
use crate::yaml::{Key, Tree};

/// No kernel looks further than the longest text goes.
const FARTHEST: usize = 4096;

impl Checker<'_> {
    pub(super) fn define_convolution(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let of = self.operand_in(tree, "of");
        let mut places: BTreeMap<isize, Span> = BTreeMap::new();
        let mut slices = Vec::new();
        for (distance, weights) in tree.get("kernel").and_then(Tree::as_map).unwrap_or_default() {
            let offset = self.offset(distance, &mut places);
            slices.push((offset, self.operand(weights)));
        }
        let offsets: Option<Vec<isize>> = slices.iter().map(|(offset, _)| *offset).collect();
        let mut slices: Vec<_> = offsets?.into_iter().zip(slices).collect();
        if slices.is_empty() {
            return None;
        }
        slices.sort_by_key(|(offset, _)| *offset);
        let offsets: Vec<_> = slices.iter().map(|(offset, _)| *offset).collect();
        if let Some(of) = &of {
            self.question_distances(&places, of);
        }
        let operands: Vec<_> =
            std::iter::once(of).chain(slices.into_iter().map(|(_, (_, weights))| weights)).collect();
        self.define_members(key, &operands, |_, nodes| {
            let slice =
                |(offset, weights): (&isize, &NodeId)| op::KernelSlice { offset: *offset, weights: *weights };
            let kernel = offsets.iter().zip(&nodes[1..]).map(slice).collect();
            Some(Op::Convolution(op::Convolution { of: nodes[0], kernel }))
        })
    }

    /// Questions distances that no two positions have, so that their weights do nothing.
    fn question_distances(&mut self, places: &BTreeMap<isize, Span>, of: &Operand) {
        let sizes = of.nodes().into_iter().map(|node| self.graph.node(node).shape.rows.size());
        let longest = sizes.max().unwrap_or_default();
        for (offset, span) in places.iter().filter(|(offset, _)| offset.unsigned_abs() >= longest) {
            let distance = counted(offset.unsigned_abs(), "place", "places");
            let has = counted(longest, "position", "positions");
            let (side, sign) = if *offset < 0 { ("back", "-") } else { ("ahead", "") };
            let (side_zh, count) = (if *offset < 0 { "前" } else { "后" }, offset.unsigned_abs());
            let message = both!(
                "`{offset}` looks {distance} {side}, and the text has only {has}: there is never a word so far {side}, and these weights do nothing",
                "`{offset}` 指往{side_zh}数第 {count} 个位置，而这里只有 {longest} 个位置，这个权重不起作用"
            );
            let hint = match longest.saturating_sub(1) {
                0 => both!("remove it, or use a longer text", "请删去它，或改用更长的文本"),
                1 => both!("write `{sign}1`, or use a longer text", "请写 `{sign}1`，或改用更长的文本"),
                2 => both!(
                    "write `{sign}1` or `{sign}2`, or use a longer text",
                    "请写 `{sign}1` 或 `{sign}2`，或改用更长的文本"
                ),
                most => both!(
                    "write `{sign}1` to `{sign}{most}`, or use a longer text",
                    "请写 `{sign}1` 到 `{sign}{most}` 之间的数，或改用更长的文本"
                ),
            };
            self.report(Code::Questionable, *span, message, hint);
        }
    }

    /// How far a slice of a kernel looks; reports what is no distance or stands twice.
    fn offset(&mut self, key: &Key, places: &mut BTreeMap<isize, Span>) -> Option<isize> {
        let text = key.text.replace('−', "-");
        let written: Option<isize> = text.parse().ok();
        let Some(offset) = written.filter(|offset| offset.unsigned_abs() <= FARTHEST) else {
            let name = &key.text;
            let message = if written.is_some() {
                both!(
                    "no text is long enough for the distance `{name}`",
                    "没有文本长到会有 `{name}` 这样的距离"
                )
            } else {
                both!("`{name}` is no distance between positions", "`{name}` 不是位置之间的距离")
            };
            self.report(
                Code::BadNumber,
                key.span,
                message,
                both!(
                    "write a whole number: -1 for the position before, 0 for the position itself, 1 for the one after",
                    "请写整数：-1 是前一个位置，0 是当前位置，1 是后一个位置"
                ),
            );
            return None;
        };
        if let Some(first) = places.insert(offset, key.span) {
            let finding = Diagnostic::new(
                Code::DuplicateKey,
                key.span,
                both!("the distance {offset} stands twice", "距离 {offset} 出现了两次"),
            );
            let finding = finding.with_related(first, both!("the first", "第一个"));
            let hint = self.other_distance(offset, (first, key), places);
            self.findings.push(finding.with_hint(hint));
            return None;
        }
        Some(offset)
    }

    /// What to do about a distance that stands twice: a position before is meant where that is not there yet.
    fn other_distance(
        &self,
        offset: isize,
        (first, again): (Span, &Key),
        places: &BTreeMap<isize, Span>,
    ) -> Localised<String> {
        let (other, own) = (-offset, self.source.slice(first));
        if offset == 0 || places.contains_key(&other) {
            return both!("remove one of the two", "请删去其中一个");
        }
        // `+1` beside `1` was written to tell the two apart.
        let written = if again.text.starts_with('+') { own } else { &again.text };
        both!(
            "write `{other}` instead of `{written}`, if the other direction is meant; or else remove one of the two",
            "如果想写的是另一个方向，请把 `{written}` 改成 `{other}`；否则请删去其中一个"
        )
    }

    pub(super) fn define_recurrence(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let mut operands = ["of", "W_x", "W_h"].map(|field| self.operand_in(tree, field)).to_vec();
        if tree.get("b").is_some() {
            operands.push(self.operand_in(tree, "b"));
        }
        let activation = activation(tree.get("activation"));
        for Member { suffix, nodes, .. } in self.members(&operands, key.span)? {
            let recurrence = Recurrence {
                of: nodes[0],
                input_weights: nodes[1],
                state_weights: nodes[2],
                bias: nodes.get(3).copied(),
                activation,
            };
            let fields = ["W_h", "b"].map(|field| tree.get(field).map_or(key.span, |tree| tree.span));
            self.takes_states(&recurrence, fields[0])?;
            self.is_one_row(&recurrence, fields[1])?;
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| recurrence.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    /// Whether states times `W_h` are states; reports if not.
    fn takes_states(&mut self, recurrence: &Recurrence, span: Span) -> Option<()> {
        let [inputs, states] =
            [recurrence.input_weights, recurrence.state_weights].map(|weights| self.graph.node(weights));
        let of_state = &inputs.shape.columns;
        if states.shape.rows.agrees_with(of_state) && states.shape.columns.agrees_with(of_state) {
            return Some(());
        }
        let (a, b, (rows, columns), own) =
            (&inputs.name, &states.name, states.shape.size(), along(&states.shape));
        let made = numbers(of_state);
        let message = Localised {
            en: format!("`{a}` makes states of {}, and `{b}` is {rows}×{columns}{}", made.en, own.en),
            zh: format!("`{a}` 得出的状态有 {}，而 `{b}` 是 {rows}×{columns}{}", made.zh, own.zh),
        };
        let wanted = Shape::new(Arc::clone(of_state), Arc::clone(of_state));
        let Localised { en, zh } = self.to_reshape(recurrence.state_weights, &wanted);
        let size = of_state.size();
        let hint = both!(
            "`W_h` makes one state of another, and must be {size}×{size}: {en}",
            "`W_h` 由一个状态得出下一个状态，应当是 {size}×{size}：{zh}"
        );
        let finding = Diagnostic::new(Code::ShapeMismatch, span, message).with_hint(hint);
        self.findings
            .push(self.with_definitions(finding, &[recurrence.input_weights, recurrence.state_weights]));
        None
    }

    /// Whether the bias is one row for all states; reports if not.
    fn is_one_row(&mut self, recurrence: &Recurrence, span: Span) -> Option<()> {
        let Some(bias) = recurrence.bias else { return Some(()) };
        let node = self.graph.node(bias);
        let of_state = &self.graph.node(recurrence.input_weights).shape.columns;
        if node.shape.rows.size() == 1 && node.shape.columns.agrees_with(of_state) {
            return Some(());
        }
        let (name, (rows, columns)) = (&node.name, node.shape.size());
        let needed = numbers(of_state);
        let own = numbers(&node.shape.columns);
        let message = if rows == 1 {
            Localised {
                en: format!("the bias `{name}` has {}, and it must have {}", own.en, needed.en),
                zh: format!("偏置 `{name}` 有 {}，而它应当有 {}", own.zh, needed.zh),
            }
        } else {
            Localised {
                en: format!("the bias `{name}` is {rows}×{columns}, and it must be one row of {}", needed.en),
                zh: format!("偏置 `{name}` 是 {rows}×{columns}，而它应当只有一行，共 {}", needed.zh),
            }
        };
        let weights = &self.graph.node(recurrence.input_weights).name;
        let Localised { en, zh } = self.to_write_row(bias, of_state.size());
        let hint =
            both!("{en}, one number for each column of `{weights}`", "{zh}，`{weights}` 的每一列对应一个数");
        let finding = Diagnostic::new(Code::ShapeMismatch, span, message).with_hint(hint);
        self.findings.push(self.with_definitions(finding, &[bias]));
        None
    }

    pub(super) fn define_cbow(&mut self, key: &Key, tree: &Tree) -> Option<()> {
        let window = tree.get("window").and_then(|tree| self.size_of_context(tree));
        let text = tree.get("text").and_then(|tree| Some((self.text(tree)?.to_owned(), tree.span)));
        let size = self.matrix_in(tree, "W_out").map(|weights| weights.shape.rows.size());
        let embeddings = match tree.get("W_in") {
            Some(tree) => self.operand(tree),
            None => self.need_vocabulary(key.span, size).and(self.vocabulary).map(Operand::One),
        };
        let output_weights = self.operand_in(tree, "W_out");
        let (window, (text, span)) = (window?, text?);
        for Member { suffix, nodes, .. } in self.members(&[embeddings, output_weights], key.span)? {
            let rows = self.words_of(&text, span, nodes[0])?;
            let positions = Arc::clone(self.axes.get(&text)?);
            let place = tree.get("W_out").map_or(key.span, |tree| tree.span);
            self.gives_words(nodes[0], nodes[1], place)?;
            let cbow = Cbow { positions, rows, embeddings: nodes[0], output_weights: nodes[1], window };
            let naming = Naming { prefix: key.text.clone(), suffix };
            self.build(key, |checker| cbow.build(&mut checker.graph, &naming).map(|_| ()))?;
        }
        self.keep_families(&key.text);
        Some(())
    }

    fn size_of_context(&mut self, tree: &Tree) -> Option<usize> {
        let window = usize::try_from(tree.as_count()?).unwrap_or(usize::MAX);
        if window == 0 {
            self.report(
                Code::BadNumber,
                tree.span,
                both!("a window of 0 leaves no context", "窗口为 0 就没有上下文"),
                both!(
                    "write how many neighbours on either side count, from 1 up",
                    "请写左右各取几个相邻的词，至少为 1"
                ),
            );
            return None;
        }
        Some(window)
    }

    /// The rows of a table of words that the tokens of a text take; reports the first that it lacks.
    fn words_of(&mut self, text: &str, span: Span, table: NodeId) -> Option<Vec<usize>> {
        let positions = Arc::clone(self.axes.get(text)?);
        let words = Arc::clone(&self.graph.node(table).shape.rows);
        let places: HashMap<&str, usize> =
            words.labels().iter().enumerate().map(|(row, word)| (word.as_str(), row)).collect();
        let row = |token: &String| places.get(token.as_str()).copied().ok_or_else(|| token.clone());
        match positions.labels().iter().map(row).collect::<Result<Vec<_>, _>>() {
            Ok(rows) => Some(rows),
            Err(token) => {
                let name = &self.graph.node(table).name;
                let message = both!(
                    "the token `{token}` of `{text}` has no row in `{name}`",
                    "`{text}` 中的词元 `{token}` 在 `{name}` 里没有对应的行"
                );
                let known: Vec<_> = words.labels().iter().map(String::as_str).collect();
                let line = |place: Option<Span>| self.source.line(place.unwrap_or(span).start);
                let at = positions.labels().iter().position(|own| *own == token);
                let here = line(at.and_then(|at| self.token_spans.get(text)?.get(at).copied()));
                let there = line(words.name().and_then(|axis| self.axis_places.get(axis).copied()));
                let hint = match nearest(&token, known.iter().copied()) {
                    Some(near) => both!(
                        "the row is called `{near}`: write `{near}` in the text in line {here}, or `{token}` for the row in line {there}",
                        "那一行叫 `{near}`：请在第 {here} 行的文本中写 `{near}`，或在第 {there} 行把行名改成 `{token}`"
                    ),
                    None => self.near(&token, &known),
                };
                self.findings.push(Diagnostic::new(Code::UnknownLabel, span, message).with_hint(hint));
                None
            }
        }
    }

    /// Whether the scores are of the words that the embeddings are of; reports if not.
    fn gives_words(&mut self, embeddings: NodeId, output_weights: NodeId, span: Span) -> Option<()> {
        let (words_in, words_out) =
            (&self.graph.node(embeddings).shape.rows, &self.graph.node(output_weights).shape.columns);
        if words_in.agrees_with(words_out) {
            return Some(());
        }
        let (a, b) = (&self.graph.node(embeddings).name, &self.graph.node(output_weights).name);
        let (words, columns) = (words_in.size(), words_out.size());
        let (rows_of_a, columns_of_b) =
            (counted(words, "row", "rows"), counted(columns, "column", "columns"));
        let message = if words == columns {
            both!(
                "the rows of `{a}` are {words_in}, and the columns of `{b}` are {words_out}",
                "`{a}` 的行是 {words_in}，而 `{b}` 的列是 {words_out}"
            )
        } else {
            both!(
                "`{a}` has {rows_of_a}, one for each word, and `{b}` has {columns_of_b}",
                "`{a}` 有 {words} 行，每个词一行，而 `{b}` 有 {columns} 列"
            )
        };
        let vectors = &self.graph.node(embeddings).shape.columns;
        let wanted = Shape::new(Arc::clone(vectors), Arc::clone(words_in));
        let Localised { en, zh } = match self.graph.node(output_weights).op.origin() {
            Some(Origin::Written | Origin::Random { .. }) => self.to_reshape(output_weights, &wanted),
            Some(Origin::Identity) | None => {
                let (rows, cols) = (called(vectors), called(words_in));
                self.to_define(b, &format!("{{random: {{rows: {rows}, cols: {cols}, seed: 1}}}}"))
            }
        };
        let hint = both!("it needs one column for each word: {en}", "它应当每个词有一列：{zh}");
        self.report(Code::ShapeMismatch, span, message, hint);
        None
    }
}
