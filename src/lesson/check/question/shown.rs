//! Questions that answer themselves: on the step that asks, nothing may show what is asked for.

use std::collections::BTreeSet;

use super::early::{Before, Place as Early};
use super::told::{Said, said_answer};
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{Cell, NodeId, Place, Trace};
use crate::language::{Language, Localised};
use crate::lesson::Shown;
use crate::lesson::check::advice::languages::Braces;
use crate::lesson::check::advice::numbers::{Typed, typed};
use crate::lesson::check::remedies::insertion;
use crate::lesson::check::{Checker, locate, version};
use crate::lesson::expression::{Resolved, Value};
use crate::lesson::question::{Answer, Question};
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports what gives the answer of a step's own question away.
    pub(in crate::lesson::check) fn keeps_its_answer(
        &mut self,
        step: &Tree,
        question: &Question,
        show: &[Shown],
        trace: &Trace,
    ) {
        if !self.is_sound() {
            return;
        }
        let asked = step.get("question");
        for (field, tree) in Before::all(step) {
            self.report_answer_in((field, tree), asked, question, trace);
            match field {
                Before::Say => self.report_covered_in(tree, asked, question, trace),
                Before::Ask => self.report_answer_in_brackets(tree, question, trace),
                Before::Hint => {}
            }
        }
        let place = asked.and_then(|tree| tree.get("answer")).map_or(step.span, |tree| tree.span);
        self.report_drawn_answer(question, show, place, trace);
        match &question.answer {
            Answer::Shape(node) => self.report_shown_shape(*node, show, step, place),
            Answer::Order { .. } | Answer::Making(_) => {
                let right = question.right(trace);
                if right.is_sorted() {
                    let items = asked.and_then(|it| it.get("answer")?.get("order")?.get("items")?.as_list());
                    let mut items: Vec<&str> =
                        items.unwrap_or_default().iter().map(|item| self.source.slice(item.span)).collect();
                    // Any other order will do, and so does that in which the last comes first.
                    if let Some(last) = items.pop() {
                        items.insert(0, last);
                    }
                    let items = items.join(", ");
                    self.report(
                        Code::AnswerShown,
                        place,
                        both!("the items stand in the right order already", "各项已经按正确的顺序排列"),
                        both!(
                            "write them in another order, such as `items: [{items}]`",
                            "请打乱顺序，例如 `items: [{items}]`"
                        ),
                    );
                }
            }
            Answer::Number { .. } | Answer::Token { .. } | Answer::Choose(_) => {}
        }
    }

    /// A matrix is drawn with its size, and so are those that it is made of.
    fn report_shown_shape(&mut self, asked: NodeId, show: &[Shown], step: &Tree, place: Span) {
        let draws = |shown: &Shown| match shown {
            Shown::Matrix(node) => *node == asked || self.graph.node(*node).op.operands().contains(&asked),
            Shown::Text(_) => false,
        };
        if !show.iter().any(draws) {
            return;
        }
        let name = &self.graph.node(asked).name;
        let with = show.iter().find_map(|shown| match shown {
            Shown::Matrix(node) if *node != asked => draws(shown).then(|| &self.graph.node(*node).name),
            Shown::Matrix(_) | Shown::Text(_) => None,
        });
        let message = match with {
            Some(other) => both!(
                "the step shows `{other}`, and beside it `{name}`, which `{other}` is made of: its rows and columns can be counted",
                "这一步显示 `{other}`，旁边会画出它的来源 `{name}`，行数和列数一看便知"
            ),
            None => both!(
                "the step draws `{name}`, so that its rows and columns can be counted",
                "这一步画出了 `{name}`，行数和列数一看便知"
            ),
        };
        let made_of: Vec<&str> = self
            .graph
            .node(asked)
            .op
            .operands()
            .into_iter()
            .map(|of| self.graph.node(of).name.as_str())
            .collect();
        let later = with.unwrap_or(name);
        let hint = if made_of.is_empty() {
            let line = step.get("show").map_or(0, |show| self.source.line(show.span.start));
            let names = step.get("show").and_then(Tree::as_list).unwrap_or_default();
            let others = names.iter().filter_map(Tree::as_text).filter(|other| *other != later);
            let Localised { en, zh } = match others.collect::<Vec<_>>()[..] {
                [] => insertion::to_remove(self.source, step, &["show"]),
                [one] => both!("write `show: {one}`", "改写成 `show: {one}`"),
                ref others => {
                    let others = others.join(", ");
                    both!("write `show: [{others}]`", "改写成 `show: [{others}]`")
                }
            };
            both!(
                "in line {line} {en}, and add a step behind this one: `- show: {later}`",
                "请在第 {line} 行{zh}，并在这一步后面加一步：`- show: {later}`"
            )
        } else {
            let list = made_of.join(", ");
            both!(
                "write `show: [{list}]`, what `{name}` is made of, and add a step behind this one: `- show: {later}`",
                "请改写成 `show: [{list}]`，即 `{name}` 的来源，并在这一步后面加一步：`- show: {later}`"
            )
        };
        let shown = step.get("show").map_or(step.span, |tree| tree.span);
        let finding = crate::diagnostic::Diagnostic::new(Code::AnswerShown, place, message)
            .with_related(shown, both!("it is drawn here", "在这里画出"))
            .with_hint(hint);
        self.findings.push(finding);
    }

    fn report_answer_in(
        &mut self,
        (field, tree): (Before, &Tree),
        asked: Option<&Tree>,
        question: &Question,
        trace: &Trace,
    ) {
        let mut places: Vec<Early<'_>> = Vec::new();
        let mut surest = None;
        for (own, text) in written(tree) {
            let computed = self.in_braces(text);
            let told = given_away(text, &computed, question, trace);
            surest = surest.max(told.iter().map(|(said, _)| *said).max());
            places.extend(told.into_iter().map(|(_, span)| (own, span)));
        }
        let told = match (surest, places.first()) {
            (Some(Said::AsResult), Some((own, span))) => {
                let number = &own.as_text().unwrap_or_default()[span.range()];
                let message = both!(
                    "`{number}` is the answer too: if this sentence is about what is asked, it comes too early",
                    "`{number}` 与答案相同：如果这句话说的正是所问的数，就说得太早了"
                );
                (Code::Questionable, message)
            }
            (Some(Said::AsResult | Said::AsAnswer) | None, _) => {
                let message = match field {
                    Before::Say => {
                        both!("this tells the answer before it is asked for", "这里提前说出了答案")
                    }
                    Before::Ask => both!("the question tells its own answer", "问题里说出了答案"),
                    Before::Hint => both!("the hint tells the answer", "提示里说出了答案"),
                };
                (Code::AnswerShown, message)
            }
        };
        self.report_early(told, (field, tree), &places, asked);
    }

    /// Reports an answer that stands in brackets at the end of its question: `What is X[1, 2]? (0.5)`.
    fn report_answer_in_brackets(&mut self, ask: &Tree, question: &Question, trace: &Trace) {
        for (own, text) in written(ask) {
            let Some(span) = last_in_brackets(text) else { continue };
            let inner = text[span.start..span.end].trim_matches(['(', ')', '（', '）', ' ']);
            let is_told = match &question.answer {
                Answer::Number { value, .. } => match (value.evaluate(trace), &typed(inner)[..]) {
                    (Value::Number(number), [one]) if one.span().end == inner.len() => {
                        one.is_printed(number.abs()) && !is_answer(one, question, trace)
                    }
                    (Value::Number(_) | Value::Label(_), _) => false,
                },
                Answer::Token { value, .. } => value.evaluate(trace) == Value::Label(inner.to_owned()),
                Answer::Shape(_) | Answer::Order { .. } | Answer::Making(_) | Answer::Choose(_) => false,
            };
            if is_told {
                self.report(
                    Code::AnswerShown,
                    locate::in_source(self.source, own, span),
                    both!("the answer stands in its question", "问题里写出了答案"),
                    both!(
                        "remove it with its brackets: qkv computes the answer and says it afterwards",
                        "请连同括号一起删去：答案由 qkv 计算，作答之后才会说出"
                    ),
                );
            }
        }
    }

    /// Reports numbers in the words of a step that the screen covers until its question is answered, and that do not tell
    /// the answer themselves.
    fn report_covered_in(&mut self, say: &Tree, asked: Option<&Tree>, question: &Question, trace: &Trace) {
        let told = |braces: &Braces| braces.values.iter().any(|value| tells(value, question, trace));
        let is_covered = |cell: &Cell| question.covers(*cell, trace);
        let covered =
            |braces: &Braces| braces.values.iter().any(|value| value.witnesses(trace).iter().any(is_covered));
        let mut places: Vec<Early<'_>> = Vec::new();
        for (own, text) in written(say) {
            let computed = self.in_braces(text).into_iter();
            let early = computed.filter(|braces| covered(braces) && !told(braces));
            places.extend(early.map(|braces| (own, braces.span)));
        }
        let message = both!(
            "this number helps to guess the answer: until readers have answered, they see dots in its place",
            "这个数会透露答案，作答之前会用圆点遮住"
        );
        self.report_early((Code::Questionable, message), (Before::Say, say), &places, asked);
    }
}

/// A text in each language; the same text for both is there once.
fn written(tree: &Tree) -> Vec<(&Tree, &str)> {
    let own = Language::ALL.into_iter().filter_map(|language| version(tree, language));
    let mut texts: Vec<(&Tree, &str)> = own.filter_map(|own| Some((own, own.as_text()?))).collect();
    texts.dedup_by_key(|(own, _)| own.span);
    texts
}

/// What stands in brackets where a text ends.
fn last_in_brackets(text: &str) -> Option<Span> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '。')).len();
    let inner = text[..end].strip_suffix([')', '）'])?;
    let start = inner.rfind(['(', '（'])?;
    // What is put into a function, as in `f(x)`, follows it at once.
    let is_apart = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
    is_apart.then(|| Span::new(start, end))
}

/// The places of a text that tell the answer, and how.
fn given_away(text: &str, computed: &[Braces], question: &Question, trace: &Trace) -> Vec<(Said, Span)> {
    let tell = |braces: &&Braces| braces.values.iter().any(|value| tells(value, question, trace));
    let told = computed.iter().filter(tell).map(|braces| braces.span);
    let typed = typed(text).into_iter().filter(|typed| is_answer(typed, question, trace));
    let places = told.chain(typed.map(|typed| typed.with_sign()));
    let places: Vec<_> = places.map(|span| (Said::AsAnswer, span)).collect();
    // A sentence may say it several times on its way.
    if places.is_empty() { said_answer(text, question, trace).into_iter().collect() } else { places }
}

/// Whether a number in the words is one that is asked for.
fn tells(value: &Resolved, question: &Question, trace: &Trace) -> bool {
    let same =
        |asked: &Resolved| asked.node() == value.node() && asked.evaluate(trace) == value.evaluate(trace);
    match &question.answer {
        Answer::Number { value: asked, .. } => {
            same(asked)
                || asked
                    .place()
                    .is_some_and(|place| is_of_only(value, place) || is_made_again(value, place, trace))
        }
        Answer::Token { value: asked, .. } => {
            same(asked)
                || value.place().is_some_and(|place| match place {
                    Place::Cell(cell) => question.covers(cell, trace),
                    Place::Aggregate(_) => false,
                })
        }
        Answer::Order { items, .. } => items.iter().any(|(_, asked)| same(asked)),
        Answer::Shape(node) => {
            value.node() == Some(*node)
                && matches!(value.evaluate(trace), Value::Label(_))
                && value.line().is_none()
        }
        Answer::Making(_) | Answer::Choose(_) => false,
    }
}

/// Whether a number is worked out from one place alone, so that it can be worked back: `100 * P[1, 2]`.
fn is_of_only(value: &Resolved, asked: Place) -> bool {
    let cells = value.cells();
    !cells.is_empty() && cells.iter().all(|cell| Place::Cell(*cell) == asked)
}

/// Whether a number is that of a place, worked out from the same cells.
fn is_made_again(value: &Resolved, asked: Place, trace: &Trace) -> bool {
    let (number, own) = (value.number(trace), trace.number(asked));
    let is_same = (number - own).abs() <= 1e-9 * own.abs().max(1.0);
    let cells: BTreeSet<Cell> = value.cells().into_iter().collect();
    is_same && cells.len() > 1 && cells.is_subset(&sources(asked, trace))
}

/// The cells of other matrices that a place is made of.
fn sources(of: Place, trace: &Trace) -> BTreeSet<Cell> {
    let (mut found, mut open) = (BTreeSet::new(), vec![of]);
    while let Some(place) = open.pop() {
        trace.derive(place).sources(&mut |source| match source {
            Place::Cell(cell) => {
                found.insert(cell);
            }
            Place::Aggregate(_) => open.push(source),
        });
    }
    found
}

/// Whether a typed number is the rounded answer: one with at least two decimals, or a share per cent.
fn is_answer(typed: &Typed<'_>, question: &Question, trace: &Trace) -> bool {
    let Answer::Number { value, .. } = &question.answer else { return false };
    let Value::Number(number) = value.evaluate(trace) else { return false };
    let is_share = || value.node().is_some_and(|node| trace.node(node).part.holds_shares());
    let is_exact = if typed.is_per_cent() { is_share() } else { typed.digits() >= 2 };
    is_exact && typed.format().is_some() && typed.is_printed(number.abs())
}
