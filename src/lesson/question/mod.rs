//! Questions: what a learner is asked, and whether an answer is right.
//!
//! No right answer is stored: it is worked out from the numbers of the trace whenever it is needed.

mod typed;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use self::typed::{is_near, read_numbers, read_shape};
use super::Prose;
use super::expression::{NumberFormat, Resolved, ResolvedClaim, Selection, Value};
use crate::graph::{Cell, Expr, Fold, Memo, NodeId, Place, Trace};
use crate::language::Localised;

/// The most options of a question: each has a digit.
pub const MOST_OPTIONS: usize = 9;

/// The most tokens that one can be chosen from.
pub const MOST_TOKENS: usize = 99;

/// A question of a step.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its words; where there are none they are made of what is asked for.
    pub ask: Option<Localised<Prose>>,
    /// What is asked for.
    pub answer: Answer,
    /// The author's own hint.
    pub hint: Option<Localised<Prose>>,
    /// What is said after the answer.
    pub explain: Option<Localised<Prose>>,
    /// The options that are right.
    known: Memo<Vec<usize>>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A number, right to the shown precision.
    Number {
        /// The number.
        value: Resolved,
        /// How it is written in the lesson.
        written: String,
        /// How it is shown.
        format: NumberFormat,
    },
    /// The token or feature of the largest or smallest number of a line.
    Token {
        /// The name that is right.
        value: Resolved,
        /// The line.
        line: Selection,
        /// The names that there are.
        names: Vec<String>,
    },
    /// How many rows and columns a matrix has.
    Shape(NodeId),
    /// Numbers to be put in order.
    Order {
        /// Each with its text in the lesson.
        items: Vec<(String, Resolved)>,
        /// What comes first.
        by: Rank,
    },
    /// Matrices to be put in the order in which they are made.
    Making(Vec<NodeId>),
    /// Options of which one or several are right.
    Choose(Vec<Choice>),
}

/// Which number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The largest.
    Largest,
    /// The smallest.
    Smallest,
}

/// One option of a question.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its words.
    pub say: Localised<Prose>,
    /// Whether it is right.
    pub truth: Truth,
}

/// What makes an option right.
#[derive(Debug, Clone)]
pub enum Truth {
    /// The author says that it is.
    Right,
    /// The author says that it is not.
    Wrong,
    /// It is if this holds.
    Claim(Box<ResolvedClaim>),
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With typed signs.
    Typing,
    /// With one of several options.
    One,
    /// With any of several options.
    Several,
    /// With all options in an order.
    Order,
}

/// What becomes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Right,
    /// It is not.
    Wrong,
    /// It cannot be read as what was asked for.
    Unreadable,
}

/// A hint, from the weakest to the strongest; after the last comes the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The author's own.
    Written,
    /// What the answer is made of.
    Operands,
    /// A part of the way to the answer.
    Partial,
}

impl Question {
    /// A question for this answer, without words of the author's.
    pub fn of(answer: Answer) -> Self {
        Self { ask: None, answer, hint: None, explain: None, known: Memo::default() }
    }

    /// How it is answered.
    pub fn manner(&self, trace: &Trace) -> Manner {
        match &self.answer {
            Answer::Number { .. } | Answer::Shape(_) => Manner::Typing,
            Answer::Token { .. } => Manner::One,
            Answer::Order { .. } | Answer::Making(_) => Manner::Order,
            Answer::Choose(_) if self.right(trace).len() == 1 => Manner::One,
            Answer::Choose(_) => Manner::Several,
        }
    }

    /// How many options it has; 0 where the answer is typed.
    pub fn options(&self) -> usize {
        match &self.answer {
            Answer::Number { .. } | Answer::Shape(_) => 0,
            Answer::Token { names, .. } => names.len(),
            Answer::Order { items, .. } => items.len(),
            Answer::Making(nodes) => nodes.len(),
            Answer::Choose(choices) => choices.len(),
        }
    }

    /// What is asked and what is right, as a text that changes whenever one of them does.
    pub fn content(&self, trace: &Trace) -> String {
        let both = |prose: &Localised<Prose>| format!("{} | {}", prose.en.text(trace), prose.zh.text(trace));
        let name = |node: &NodeId| trace.node(*node).name.clone();
        let asked = self.ask.as_ref().map(both).unwrap_or_default();
        let options: Vec<String> = match &self.answer {
            Answer::Number { value, written, format } => {
                vec![format!("{written} {format:?} {:.6e}", value.number(trace))]
            }
            Answer::Token { names, .. } => names.clone(),
            Answer::Shape(node) => vec![format!("{} {:?}", name(node), trace.node(*node).shape.size())],
            Answer::Order { items, .. } => items.iter().map(|(written, _)| written.clone()).collect(),
            Answer::Making(nodes) => nodes.iter().map(name).collect(),
            Answer::Choose(choices) => choices.iter().map(|choice| both(&choice.say)).collect(),
        };
        format!("{:?} {asked} {options:?} {:?}", self.manner(trace), self.right(trace))
    }

    /// The options that are right, from 0; where they are put in order, in that order.
    pub fn right(&self, trace: &Trace) -> Vec<usize> {
        self.known.of(trace, || self.answer.right(trace))
    }

    /// What becomes of these options, in the order in which they were taken.
    pub fn judge(&self, picked: &[usize], trace: &Trace) -> Verdict {
        let right = self.right(trace);
        let is_right = match self.manner(trace) {
            Manner::Order => picked == right,
            Manner::Typing | Manner::One | Manner::Several => {
                picked.iter().collect::<BTreeSet<_>>() == right.iter().collect::<BTreeSet<_>>()
            }
        };
        if is_right { Verdict::Right } else { Verdict::Wrong }
    }

    /// What becomes of a typed answer on a screen that shows so many decimals.
    ///
    /// A number may be typed as arithmetic; it is right where it is the number as shown, or nearer to the true one.
    pub fn judge_typed(&self, typed: &str, shown: u8, trace: &Trace) -> Verdict {
        let is_right = match &self.answer {
            Answer::Number { value, format, .. } => {
                let (value, decimals) = (value.number(trace), format.decimals_on(shown));
                let is_right = |typed: f64| is_near(typed, value, decimals);
                let read = read_numbers(typed);
                (!read.is_empty()).then(|| read.into_iter().any(is_right))
            }
            Answer::Shape(node) => read_shape(typed).map(|typed| typed == trace.node(*node).shape.size()),
            Answer::Token { .. } | Answer::Order { .. } | Answer::Making(_) | Answer::Choose(_) => None,
        };
        match is_right {
            None => Verdict::Unreadable,
            Some(true) => Verdict::Right,
            Some(false) => Verdict::Wrong,
        }
    }

    /// The hints that there are, the weakest first.
    pub fn hints(&self, trace: &Trace) -> Vec<Hint> {
        let computed: &[Hint] = match &self.answer {
            Answer::Number { value, .. } => match value.place() {
                None => &[],
                Some(place) if has_parts(&trace.derive(place)) => &[Hint::Operands, Hint::Partial],
                Some(_) => &[Hint::Operands],
            },
            Answer::Shape(node) if trace.node(*node).op.operands().is_empty() => &[],
            Answer::Shape(_) => &[Hint::Operands],
            Answer::Token { .. } | Answer::Order { .. } | Answer::Making(_) => &[Hint::Partial],
            Answer::Choose(choices) if choices.len() > 2 => &[Hint::Partial],
            Answer::Choose(_) => &[],
        };
        self.hint.iter().map(|_| Hint::Written).chain(computed.iter().copied()).collect()
    }

    /// Whether the number of a cell is the answer or gives it away, so that it is covered until it is given.
    ///
    /// The other shares of a row give a share away, since together they are 1, the numbers of which the largest or
    /// smallest is asked for show it, and a copy is the number itself.
    pub fn covers(&self, cell: Cell, trace: &Trace) -> bool {
        let hides = match &self.answer {
            Answer::Number { value, .. } => {
                value.is_extreme_among(cell) || are_shares_of_one(value, cell, trace)
            }
            Answer::Token { line, .. } => line.contains(cell),
            Answer::Order { .. } | Answer::Shape(_) | Answer::Making(_) | Answer::Choose(_) => false,
        };
        hides || self.stands_at(Place::Cell(cell), trace)
    }

    /// Whether a number that is asked for stands at a place: it is the one of that place, a copy of it, or, of a sum or
    /// a mean, what the same numbers come to there. What it is made of has to be seen.
    pub fn stands_at(&self, place: Place, trace: &Trace) -> bool {
        let is_it = |value: &Resolved| value.place() == Some(place) || comes_to_the_same(value, place, trace);
        match &self.answer {
            Answer::Number { value, .. } => is_it(value),
            Answer::Order { items, .. } => items.iter().any(|(_, value)| is_it(value)),
            Answer::Token { .. } | Answer::Shape(_) | Answer::Making(_) | Answer::Choose(_) => false,
        }
    }
}

/// The places from which the number of a place was copied, the nearest first.
pub(super) fn origins(place: Place, trace: &Trace) -> impl Iterator<Item = Place> + '_ {
    let earlier = |place: &Place| {
        let Expr::Place(earlier) = trace.derive(*place) else { return None };
        Some(earlier)
    };
    std::iter::successors(earlier(&place), earlier)
}

/// Whether a place has the number of a value because it is made of the same cells.
fn comes_to_the_same(value: &Resolved, place: Place, trace: &Trace) -> bool {
    let (asked, number) = (value.number(trace), trace.number(place));
    if (asked - number).abs() > 1e-9 * asked.abs().max(1.0) || asked.is_nan() || number.is_nan() {
        return false;
    }
    if let Some(asked) = value.place() {
        return origins(place, trace).any(|origin| origin == asked);
    }
    let cells = value.cells();
    if cells.len() < 2 {
        return false;
    }
    let mut sources = BTreeSet::new();
    trace.derive(place).sources(&mut |source| {
        if let Place::Cell(Cell { node, row, column }) = source {
            sources.insert((node, row, column));
        }
    });
    cells.into_iter().all(|Cell { node, row, column }| sources.contains(&(node, row, column)))
}

/// Whether a value is a cell in the same row of shares as another cell.
fn are_shares_of_one(value: &Resolved, other: Cell, trace: &Trace) -> bool {
    let Some(Place::Cell(asked)) = value.place() else { return false };
    let shares = trace.node(asked.node).part.holds_shares();
    shares && (asked.node, asked.row) == (other.node, other.row)
}

impl Answer {
    pub(super) fn right(&self, trace: &Trace) -> Vec<usize> {
        match self {
            Self::Number { .. } | Self::Shape(_) => Vec::new(),
            Self::Token { value, names, .. } => {
                let right = value.evaluate(trace);
                let is_right = |name: &String| Value::Label(name.clone()) == right;
                names.iter().position(is_right).into_iter().collect()
            }
            Self::Order { items, by } => {
                let numbers: Vec<f64> = items.iter().map(|(_, value)| value.number(trace)).collect();
                sorted(items.len(), |a, b| match by {
                    Rank::Largest => numbers[b].total_cmp(&numbers[a]),
                    Rank::Smallest => numbers[a].total_cmp(&numbers[b]),
                })
            }
            Self::Making(nodes) => sorted(nodes.len(), |a, b| nodes[a].cmp(&nodes[b])),
            Self::Choose(choices) => {
                let is_right = |choice: &Choice| match &choice.truth {
                    Truth::Right => true,
                    Truth::Wrong => false,
                    Truth::Claim(claim) => claim.check(trace).is_ok(),
                };
                (0..choices.len()).filter(|index| is_right(&choices[*index])).collect()
            }
        }
    }
}

/// Whether a derivation goes over numbers that can be worked out before the last step.
fn has_parts(expr: &Expr) -> bool {
    let is_leaf = |expr: &Expr| matches!(expr, Expr::Constant(_) | Expr::Place(_) | Expr::Running(_));
    match expr {
        Expr::Fold { fold: Fold::Sum, count, body } => *count > 1 && (*count > 2 || !is_leaf(body)),
        Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Times(a, b) | Expr::Over(a, b) => {
            !(is_leaf(a) && is_leaf(b))
        }
        Expr::Apply(_, of) => !is_leaf(of),
        Expr::Fold { .. }
        | Expr::Constant(_)
        | Expr::Place(_)
        | Expr::Running(_)
        | Expr::Defined { .. }
        | Expr::Ruled { .. } => false,
    }
}

fn sorted(count: usize, order: impl Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| order(*a, *b));
    places
}
