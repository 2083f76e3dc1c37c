//! Answering: what the learner has said to the question of a step, and what came of it.
//!
//! An attempt belongs to its question. It stays when the learner walks on or back, leaves the lesson or the program and
//! comes again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::list::Typed;
use crate::graph::Trace;
use crate::lesson::question::{Manner, Question, Verdict};

/// The attempts at the questions of a lesson, by step from 0.
pub type Attempts = BTreeMap<usize, Attempt>;

/// The most signs of a typed answer.
const LONGEST: usize = 40;

/// What the learner has said to one question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Attempt {
    /// What is typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub typed: String,
    /// The options that are taken, in the order in which they were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub picked: Vec<usize>,
    /// The option that the arrows are at.
    #[serde(skip)]
    pub cursor: usize,
    /// The number of an option that is being typed.
    #[serde(skip)]
    pub number: Typed,
    /// How many hints are given.
    pub hints: usize,
    /// What became of the last answer; `None` while another is being made.
    #[serde(skip)]
    pub verdict: Option<Verdict>,
    /// Whether it is over.
    pub outcome: Outcome,
}

/// Whether a question is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is open.
    #[default]
    Open,
    /// The learner has found the answer.
    Found,
    /// The answer was shown in the end, after the last hint.
    Told,
    /// The answer is shown because the lesson was walked on; walking back covers it again.
    Passed,
}

/// What one can do with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// Begins to answer.
    Start,
    /// Stops for now; what is typed or taken stays.
    Leave,
    /// A typed sign.
    Type(char),
    /// Takes back the last sign or option.
    Erase,
    /// To the next option.
    Next,
    /// To the option before.
    Previous,
    /// To the option of this number, from 1; where several are taken, takes or leaves it.
    Option(u8),
    /// To the option of this place, from 0, which was clicked at; begins to answer, and takes or leaves it as its number
    /// would.
    Point(usize),
    /// Takes or leaves the option that the arrows are at.
    Take,
    /// Gives the answer.
    Give,
    /// Asks for a hint; after the last, the answer is told.
    Hint,
    /// Forgets what was said and asks again.
    Again,
}

impl Attempt {
    /// Nothing said yet.
    pub const NONE: Self = Self {
        typed: String::new(),
        picked: Vec::new(),
        cursor: 0,
        number: Typed::NONE,
        hints: 0,
        verdict: None,
        outcome: Outcome::Open,
    };

    /// Whether the answer is shown.
    pub const fn is_over(&self) -> bool {
        !matches!(self.outcome, Outcome::Open)
    }

    /// What of an attempt that was kept fits its question, whoever has written into the file meanwhile.
    pub(super) fn fitting(self, question: &Question, trace: &Trace) -> Self {
        let (manner, options) = (question.manner(trace), question.options());
        let mut fitting = Self { outcome: self.outcome, ..Self::NONE };
        fitting.hints = self.hints.min(question.hints(trace).len());
        match manner {
            Manner::Typing => {
                fitting.typed = self.typed.chars().filter(|sign| !sign.is_control()).take(LONGEST).collect();
            }
            Manner::One | Manner::Several | Manner::Order => {
                for option in self.picked.into_iter().filter(|option| *option < options) {
                    if !fitting.picked.contains(&option) {
                        fitting.picked.push(option);
                    }
                }
            }
        }
        Self { cursor: self.cursor.min(options.saturating_sub(1)), verdict: self.verdict, ..fitting }
    }

    /// Does what was asked; `shown` is how many decimals the screen shows.
    pub(super) fn act(&mut self, answering: Answering, question: &Question, shown: u8, trace: &Trace) {
        if answering == Answering::Again {
            *self = Self::NONE;
        }
        if self.is_over() {
            return;
        }
        let options = question.options();
        let manner = question.manner(trace);
        let number = std::mem::take(&mut self.number);
        match answering {
            Answering::Start | Answering::Leave | Answering::Again => {}
            Answering::Type(sign) => {
                // After a wrong answer another one begins; it can still be mended, with Backspace first.
                if manner == Manner::Typing && self.verdict == Some(Verdict::Wrong) {
                    self.typed.clear();
                }
                if manner == Manner::Typing && self.typed.chars().count() < LONGEST {
                    self.typed.push(sign);
                    self.verdict = None;
                }
            }
            Answering::Erase => {
                self.typed.pop();
                self.picked.pop();
                self.verdict = None;
            }
            Answering::Next => self.go_to(self.cursor + 1, options, manner),
            Answering::Previous => self.go_to(self.cursor.saturating_sub(1), options, manner),
            Answering::Option(digit) => {
                if let Some(number) = number.candidates(digit).find(|number| (1..=options).contains(number)) {
                    self.number = Typed::understood(number);
                    self.go_to(number - 1, options, manner);
                    self.take(options, manner);
                }
            }
            Answering::Point(option) => {
                if option < options {
                    self.go_to(option, options, manner);
                    self.take(options, manner);
                }
            }
            Answering::Take => self.take(options, manner),
            Answering::Give => self.give(question, manner, shown, trace),
            Answering::Hint => self.hint(question, trace),
        }
    }

    fn go_to(&mut self, option: usize, options: usize, manner: Manner) {
        self.cursor = option.min(options.saturating_sub(1));
        if manner == Manner::One {
            self.verdict = None;
        }
    }

    /// Takes the option that the arrows are at, or leaves it where it is taken.
    fn take(&mut self, options: usize, manner: Manner) {
        match manner {
            Manner::Typing | Manner::One => return,
            Manner::Several | Manner::Order => self.verdict = None,
        }
        match self.picked.iter().position(|picked| *picked == self.cursor) {
            Some(place) => {
                self.picked.remove(place);
            }
            None => self.picked.push(self.cursor),
        }
        // The last thing to be put in order has only one place left.
        if manner == Manner::Order && self.picked.len() + 1 == options {
            self.picked.extend((0..options).find(|option| !self.picked.contains(option)));
        }
    }

    fn give(&mut self, question: &Question, manner: Manner, shown: u8, trace: &Trace) {
        let verdict = match manner {
            Manner::Typing if self.typed.trim().is_empty() => return,
            Manner::Typing => question.judge_typed(&self.typed, shown, trace),
            Manner::One => {
                self.picked = vec![self.cursor];
                question.judge(&self.picked, trace)
            }
            // With nothing taken yet, or not all, Enter takes what the arrows are at.
            Manner::Several if self.picked.is_empty() => return self.take(question.options(), manner),
            Manner::Order if self.picked.len() < question.options() => {
                if let Some(next) = (0..question.options()).find(|option| !self.picked.contains(option)) {
                    self.cursor = if self.picked.contains(&self.cursor) { next } else { self.cursor };
                }
                return self.take(question.options(), manner);
            }
            Manner::Several | Manner::Order => question.judge(&self.picked, trace),
        };
        let again = self.verdict == Some(Verdict::Wrong);
        self.verdict = Some(verdict);
        match verdict {
            Verdict::Right => self.outcome = Outcome::Found,
            Verdict::Wrong if again => {}
            Verdict::Wrong => self.hint(question, trace),
            Verdict::Unreadable => {}
        }
    }

    fn hint(&mut self, question: &Question, trace: &Trace) {
        if self.hints < question.hints(trace).len() {
            self.hints += 1;
        } else {
            self.outcome = Outcome::Told;
        }
    }
}
