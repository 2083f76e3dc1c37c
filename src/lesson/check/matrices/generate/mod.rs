//! A text that the lesson's own model writes, token by token.
//!
//! Each round the definitions that the logits depend on are done again over the text so far, a token is chosen from
//! the last row, and the text grows by it. The first round is over the text as it is, whose matrices are there.

mod cost;
mod refusal;

use std::collections::HashMap;
use std::sync::Arc;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::op::Choosing;
use crate::graph::{Axis, AxisKind, NodeId, Op, Part, Partial, Replay, Visible, op};
use crate::language::Localised;
use crate::lesson::check::names::operands::Operand;
use crate::lesson::check::numbers::grid::called;
use crate::lesson::check::remedies::insertion;
use crate::lesson::check::{Checker, Room};
use crate::lesson::{Ending, Generation, TokenText};
use crate::transformer::{Naming, Sampling};
use crate::yaml::{Key, Tree};

/// The most rounds: each is a whole model again.
const MOST_ROUNDS: u64 = 64;

/// What a text is written by.
struct Writer {
    /// The name of the text that is written.
    name: String,
    /// The text that it goes on from.
    from: String,
    logits: NodeId,
    sampling: Sampling,
    choosing: Choosing,
    at_most: usize,
    until: Option<String>,
    /// What is done again in each round.
    replay: Replay,
}

/// One round: the copies of what was done again, by their originals, none in the first.
struct Round {
    copies: HashMap<NodeId, NodeId>,
}

impl Round {
    fn node(&self, original: NodeId) -> NodeId {
        self.copies.get(&original).copied().unwrap_or(original)
    }
}

impl Checker<'_> {
    pub(super) fn define_generate(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let text = value.get("from").and_then(|tree| self.text_named(tree));
        let logits = self.operand_in(value, "logits");
        let sampling = self.sampling(value);
        let choosing = self.choosing(key, value);
        let at_most = value.get("at_most").and_then(|tree| self.rounds(tree));
        let (text, logits) = (text?, logits?);
        let place = value.get("logits")?.span;
        let logits = self.logits_over(&logits, text, place)?;
        self.question_shares(logits, place);
        self.keeps_some(value, logits)?;
        let until = value.get("until").and_then(|tree| Some((tree.as_text()?.to_owned(), tree.span)));
        if let Some((token, span)) = &until {
            let columns = Arc::clone(&self.graph.node(logits).shape.columns);
            if !columns.labels().contains(token) {
                self.report_no_column(token, *span, logits, &columns);
                return None;
            }
        }
        let from = self.texts[text].name.clone();
        let writer = Writer {
            name: key.text.clone(),
            replay: Replay::plan(&self.graph, logits, &from),
            from,
            logits,
            sampling: sampling?,
            choosing: choosing?,
            at_most: at_most?,
            until: until.map(|(token, _)| token),
        };
        self.graph.play(logits, Part::Logits);
        let prompt = Arc::clone(&self.texts[text].tokens);
        self.question_padding(key, &writer, &prompt);
        self.write(key, &writer, &prompt)
    }

    /// Questions a text that ends in padding, because the next token is chosen from its last row.
    fn question_padding(&mut self, key: &Key, writer: &Writer, prompt: &Axis) {
        let last = prompt.size() - 1;
        let hides_last = |mask: &Visible| match mask {
            Visible::Padding { from, to } => (*from..*to).contains(&last),
            Visible::Causal
            | Visible::Backward
            | Visible::Prefix(_)
            | Visible::Window { .. }
            | Visible::Block(_)
            | Visible::Cells(_)
            | Visible::Added(_)
            | Visible::All(_) => false,
        };
        let padded = writer.replay.nodes().iter().copied().find(|node| {
            let node = self.graph.node(*node);
            matches!(&node.op, Op::Mask(op::Mask { visible, .. })
                if *node.shape.columns == *prompt && visible.each().iter().any(hides_last))
        });
        let Some(padded) = padded else { return };
        let place = self.places.get(&padded).copied().unwrap_or(key.span);
        let (from, token) = (&writer.from, prompt.label(last));
        self.findings.push(
            Diagnostic::new(
                Code::Questionable,
                key.span,
                both!(
                    "the last token of `{from}`, `{token}`, is padding, and the next token is chosen from its row",
                    "`{from}` 的最后一个词元 `{token}` 是填充，而下一个词元正由它那一行选出"
                ),
            )
            .with_related(place, both!("the padding is masked here", "填充在这里被遮住"))
            .with_hint(both!(
                "remove the padding from the end of `{from}`, or write a text without padding after `from`",
                "请删去 `{from}` 末尾的填充，或在 `from` 后面写一个没有填充的文本"
            )),
        );
    }

    fn rounds(&mut self, tree: &Tree) -> Option<usize> {
        let rounds = tree.as_count()?;
        if (1..=MOST_ROUNDS).contains(&rounds) {
            return Some(rounds as usize);
        }
        self.report(
            Code::OutOfRange,
            tree.span,
            both!(
                "a lesson adds from 1 to {MOST_ROUNDS} tokens to a text",
                "一节课可以给文本添加 1 到 {MOST_ROUNDS} 个词元"
            ),
            both!("write a number from 1 to {MOST_ROUNDS}", "请写 1 到 {MOST_ROUNDS} 之间的数"),
        );
        None
    }

    /// Which logits to name for a text: those that there are of it, if there are any.
    fn logits_of(&self, text: usize) -> Localised<String> {
        let TokenText { name: from, tokens, .. } = &self.texts[text];
        let is_of_it = |name: &&String| {
            let family =
                self.families.get(*name).and_then(|members| members.iter().find(|(own, _)| own == from));
            let node = family.map(|(_, node)| *node).or_else(|| self.graph.find(name));
            node.map(|node| self.graph.node(node)).is_some_and(|node| {
                node.part == Part::Logits
                    && node.shape.rows == *tokens
                    && node.shape.columns.kind() == AxisKind::Tokens
            })
        };
        match self.definitions.keys().find(is_of_it) {
            Some(logits) => both!(
                "write `logits: {logits}`: these are made of the text `{from}`",
                "请写 `logits: {logits}`，它由文本 `{from}` 得到"
            ),
            None => {
                both!("name logits that are made of the text `{from}`", "请写由文本 `{from}` 得到的 logit 值")
            }
        }
    }

    /// The logits over a text; reports what are none.
    fn logits_over(&mut self, logits: &Operand, text: usize, span: Span) -> Option<NodeId> {
        let tokens = Arc::clone(&self.texts[text].tokens);
        let from = &self.texts[text].name;
        let own = logits.member(from);
        let rows = own.map(|node| Arc::clone(&self.graph.node(node).shape.rows));
        let Some(node) = own.filter(|_| rows.as_ref() == Some(&tokens)) else {
            let message = match (own, rows) {
                (Some(node), Some(rows)) => {
                    let (name, along) = (&self.graph.node(node).name, called(&rows));
                    both!(
                        "`{name}` has a row for each of `{along}`, and `{from}`, the text to go on from, needs one for each of its tokens",
                        "`{name}` 的行是 `{along}`，而要续写文本 `{from}`，应当每个词元占一行"
                    )
                }
                (_, _) => both!(
                    "these logits are not made of `{from}`, the text to go on from",
                    "这些 logit 值不是由要续写的文本 `{from}` 得到的"
                ),
            };
            self.report(Code::ShapeMismatch, span, message, self.logits_of(text));
            return None;
        };
        let columns = &self.graph.node(node).shape.columns;
        if columns.kind() == AxisKind::Tokens {
            return Some(node);
        }
        self.report_no_tokens(node, span);
        None
    }

    /// Reports logits whose columns are no tokens, with what gives them tokens.
    fn report_no_tokens(&mut self, logits: NodeId, span: Span) {
        let node = self.graph.node(logits);
        let (name, columns) = (node.name.clone(), Arc::clone(&node.shape.columns));
        let message = if let Some(axis) = columns.name() {
            both!(
                "a text grows by tokens, and the columns of `{name}` are `{axis}`",
                "续写要添加词元，而 `{name}` 的列是 `{axis}`"
            )
        } else {
            let count = columns.size();
            both!(
                "a text grows by tokens, and the {count} columns of `{name}` have no names",
                "续写要添加词元，而 `{name}` 的 {count} 列没有名字"
            )
        };
        let weights = node.op.operands().into_iter().map(|id| self.graph.node(id));
        let weights = weights.filter(|own| own.op.origin().is_some() && self.vocabulary.is_some());
        let weights = weights.map(|own| (own.name.clone(), own.shape.columns.size())).next_back();
        let tokens = self.vocabulary.map_or(0, |node| self.graph.node(node).shape.rows.size());
        let hint = match weights {
            Some((weights, size)) if size == tokens => {
                let fields = self.item(&weights).and_then(|(_, item)| item.get("given"));
                match fields.filter(|fields| fields.as_map().is_some() && fields.get("cols").is_none()) {
                    Some(fields) => {
                        let entry = ["cols: vocabulary".to_owned()];
                        let Localised { en, zh } = insertion::to_add(self.source, fields, span, &entry);
                        both!("{en}", "请{zh}")
                    }
                    None => both!(
                        "where `{weights}` is given, write `cols: vocabulary`",
                        "请在给出 `{weights}` 的地方写 `cols: vocabulary`"
                    ),
                }
            }
            Some((weights, _)) => both!(
                "where `{name}` is defined, remove `W_U: {weights}`: without it the vocabulary itself is used",
                "请在定义 `{name}` 的地方删去 `W_U: {weights}`：不写时用的就是词表本身"
            ),
            None => both!(
                "name logits that are made without `W_U`, as with `logits: {{of: …}}`",
                "请写不带 `W_U` 的 logit 值，例如用 `logits: {{of: …}}` 得到的"
            ),
        };
        self.report(Code::ShapeMismatch, span, message, hint);
    }

    /// Does the rounds, then adds what they took and the finished text.
    fn write(&mut self, key: &Key, writer: &Writer, prompt: &Axis) -> Option<()> {
        let mut tokens = prompt.labels().to_vec();
        if !self.fits(tokens.len() + writer.at_most, key.span) {
            return None;
        }
        let mut values = Partial::default();
        let mut rounds: Vec<Round> = Vec::new();
        let mut first_built: Vec<NodeId> = Vec::new();
        let mut ending = Ending::Limit;
        while rounds.len() < writer.at_most {
            let number = rounds.len() + 1;
            let round = self.start_round(key, writer, number, &tokens)?;
            let built = self.graph.len();
            let choice = self.finish_round(key, writer, number, round.node(writer.logits))?;
            self.tell_once(built, choice, &mut first_built);
            if self.room != Room::Enough {
                return None;
            }
            let token = self.chosen_token(&mut values, choice);
            rounds.push(round);
            let Some(token) = token else {
                self.report_nothing_chosen(key, number, writer);
                return None;
            };
            tokens.push(token.clone());
            if writer.until.as_ref() == Some(&token) {
                ending = Ending::Token(token);
                break;
            }
        }
        self.push_cost(key, writer, &rounds, &mut values)?;
        let axis = Axis::tokens(writer.name.as_str(), tokens);
        self.sizes.insert(writer.name.clone(), axis.size());
        self.axes.insert(writer.name.clone(), Arc::clone(&axis));
        self.token_spans.insert(writer.name.clone(), vec![key.span; axis.size()]);
        let generation = Some(Generation { rounds: rounds.len(), ending });
        self.texts.push(TokenText {
            name: writer.name.clone(),
            tokens: axis,
            gloss: Localised::default(),
            generation,
        });
        Some(())
    }

    /// What the logits are made of, over the text so far.
    fn start_round(&mut self, key: &Key, writer: &Writer, number: usize, tokens: &[String]) -> Option<Round> {
        let mut round = Round { copies: HashMap::new() };
        if number == 1 {
            return Some(round);
        }
        let axis = Axis::tokens(writer.name.as_str(), tokens.to_vec());
        let own = format!("@{}", writer.from);
        let name = |original: &str| {
            let plain = original.strip_suffix(own.as_str()).unwrap_or(original);
            format!("{}.{number}.{plain}", writer.name)
        };
        let before = self.graph.len();
        let copies = writer.replay.run(&mut self.graph, &axis, name);
        self.count_since(before, key.span)?;
        match copies {
            Ok(copies) => round.copies = copies,
            Err(why) => {
                self.report_cannot_replay(why, key, writer, tokens);
                return None;
            }
        }
        Some(round)
    }

    /// The probabilities and the choice of a round.
    fn finish_round(&mut self, key: &Key, writer: &Writer, number: usize, logits: NodeId) -> Option<NodeId> {
        let prefix = format!("{}.{number}.probabilities", writer.name);
        let naming = Naming { prefix, suffix: String::new() };
        let of = self.build_one(key, |checker| writer.sampling.build(&mut checker.graph, logits, &naming))?;
        let op = Op::Choose(op::Choose { of, choosing: writer.choosing });
        self.push(format!("{}.{number}.choice", writer.name), op, Part::Choice, key.span)
    }

    /// Notes what the rounds after the first do again; their choices are what is new in them.
    fn tell_once(&mut self, built: usize, choice: NodeId, first: &mut Vec<NodeId>) {
        let made: Vec<NodeId> = self.graph.nodes().skip(built).map(|(id, _)| id).collect();
        if first.is_empty() {
            *first = made;
            return;
        }
        for (copy, original) in made.into_iter().zip(first.iter()).filter(|(copy, _)| *copy != choice) {
            self.graph.note_replay(copy, *original);
        }
    }

    /// The token that the last row chooses. What is not asked for is not computed, and nothing is computed twice.
    fn chosen_token(&self, values: &mut Partial, choice: NodeId) -> Option<String> {
        let chosen = values.value(&self.graph, choice);
        let last = chosen.nrows().checked_sub(1)?;
        let column = chosen.row(last).iter().position(|cell| *cell > 0.0)?;
        Some(self.graph.node(choice).shape.columns.label(column).to_owned())
    }
}
