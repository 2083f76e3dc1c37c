//! Walking a lesson: which step, how much of it is uncovered, and what is being looked at.

use std::sync::Arc;

use super::answering::{Answering, Attempt, Attempts, Outcome};
use super::looking::{Looking, Visit};
use super::{Direction, LookAt, Walking};
use crate::graph::{Cell, Convention, NodeId, Trace};
use crate::lesson::expression::Resolved;
use crate::lesson::question::{Manner, Question};
use crate::lesson::{Lesson, Reveal, Shown, Step};

/// Where the learner is in a lesson.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Which lesson of the catalog it is.
    pub entry: usize,
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// The step, from 0.
    pub step: usize,
    /// How many portions of the step are uncovered.
    pub uncovered: usize,
    /// The cells being looked at; without them the learner walks.
    pub looking: Option<Looking>,
    /// What the learner has said to the questions.
    pub attempts: Attempts,
    /// Whether keys go to the question of the step.
    pub field: Field,
    /// Whether tokens are drawn as rows or columns.
    pub convention: Convention,
    /// How far the windows over large matrices are moved, in drawn rows and columns.
    pub scroll: (i32, i32),
}

/// Whether keys go to the question of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    /// They do not.
    #[default]
    Closed,
    /// They do.
    Open,
}

impl Walk {
    /// A lesson at a step.
    pub fn new(entry: usize, lesson: Arc<Lesson>, step: usize, convention: Option<Convention>) -> Self {
        let convention = convention.unwrap_or(lesson.convention);
        let step = step.min(lesson.steps.len() - 1);
        Self {
            entry,
            lesson,
            step,
            uncovered: 0,
            looking: None,
            attempts: Attempts::new(),
            field: Field::Closed,
            convention,
            scroll: (0, 0),
        }
    }

    /// The step that is seen.
    pub fn current(&self) -> &Step {
        &self.lesson.steps[self.step]
    }

    /// The matrices that the step shows.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = NodeId> + '_ {
        self.current().show.iter().filter_map(|shown| match shown {
            Shown::Matrix(node) => Some(*node),
            Shown::Text(_) => None,
        })
    }

    /// What the learner has said to the question of the step, if it has one.
    pub fn attempt(&self) -> Option<&Attempt> {
        static NONE: Attempt = Attempt::NONE;
        self.current().question.as_ref().map(|_| self.attempts.get(&self.step).unwrap_or(&NONE))
    }

    /// The question of the step while its answer is not shown.
    pub fn open_question(&self) -> Option<&Question> {
        let is_over = self.attempt().is_some_and(Attempt::is_over);
        self.current().question.as_ref().filter(|_| !is_over)
    }

    /// How the question that keys go to is answered.
    pub fn answering(&self) -> Option<Manner> {
        let open = self.open_question().filter(|_| self.field == Field::Open);
        open.map(|question| question.manner(&self.lesson.trace))
    }

    /// How many portions the step is uncovered in; 0 where all is seen at once.
    pub fn portions(&self) -> usize {
        let reveal = self.current().reveal;
        let portions = |node: NodeId| {
            let (rows, columns) = self.lesson.trace.node(node).shape.size();
            match reveal {
                Reveal::All => 0,
                Reveal::Rows => rows,
                Reveal::Columns => columns,
                Reveal::Cells => rows * columns,
            }
        };
        self.shown().map(portions).max().unwrap_or(0)
    }

    /// Whether a cell, by stored row and column, is uncovered yet: it is neither of a portion to come nor asked for.
    pub fn is_uncovered(&self, node: NodeId, row: usize, column: usize) -> bool {
        if self
            .open_question()
            .is_some_and(|question| question.covers(Cell { node, row, column }, &self.lesson.trace))
        {
            return false;
        }
        if !self.shown().any(|shown| shown == node) {
            return true;
        }
        let columns = self.lesson.trace.node(node).shape.columns.size();
        match self.current().reveal {
            Reveal::All => true,
            Reveal::Rows => row < self.uncovered,
            Reveal::Columns => column < self.uncovered,
            Reveal::Cells => row * columns + column < self.uncovered,
        }
    }

    /// Whether every cell that a number or name is worked out from is uncovered yet, so that words may tell it.
    pub fn may_tell(&self, value: &Resolved) -> bool {
        let hides = self.uncovered < self.portions() || self.open_question().is_some();
        let seen = |cell: &Cell| self.is_uncovered(cell.node, cell.row, cell.column);
        !hides || value.witnesses(&self.lesson.trace).iter().all(seen)
    }

    /// Whether nothing comes any more.
    pub fn is_at_end(&self) -> bool {
        self.step + 1 == self.lesson.steps.len()
            && self.uncovered >= self.portions()
            && self.open_question().is_none()
    }

    /// Goes to a step, from 0, before its first portion.
    pub fn go_to(&mut self, step: usize) {
        self.step = step.min(self.lesson.steps.len() - 1);
        self.uncovered = 0;
        self.looking = None;
        self.field = Field::Closed;
        self.scroll = (0, 0);
    }

    /// Does something with the question of the step; `shown` is how many decimals the screen shows.
    pub(super) fn answer(&mut self, answering: Answering, shown: u8) {
        let asked = if answering == Answering::Again {
            self.current().question.as_ref()
        } else {
            self.open_question()
        };
        let Some(question) = asked else { return };
        let mut attempt = self.attempt().cloned().unwrap_or_default();
        attempt.act(answering, question, shown, &self.lesson.trace);
        if matches!(answering, Answering::Start | Answering::Point(_)) && !attempt.is_over() {
            self.field = Field::Open;
        } else if answering == Answering::Leave || attempt.is_over() {
            self.field = Field::Closed;
        }
        if matches!(answering, Answering::Start | Answering::Point(_) | Answering::Again) {
            self.looking = None;
        }
        self.attempts.insert(self.step, attempt);
    }

    /// Shows the answer, as walking on does.
    fn pass(&mut self) {
        self.looking = None;
        self.field = Field::Closed;
        self.attempts.entry(self.step).or_default().outcome = Outcome::Passed;
    }

    /// Covers an answer again that walking on has shown; tells whether there was one.
    fn unpass(&mut self) -> bool {
        let passed = self.attempts.get_mut(&self.step).filter(|attempt| attempt.outcome == Outcome::Passed);
        let Some(attempt) = passed else { return false };
        attempt.outcome = Outcome::Open;
        self.looking = None;
        true
    }

    pub(super) fn walk(&mut self, walking: Walking) {
        match walking {
            Walking::Next => self.next(),
            Walking::Previous => self.previous(),
            // After the last step there is none: what it still hides is shown.
            Walking::NextStep if self.step + 1 == self.lesson.steps.len() => {
                self.uncovered = self.portions();
                if self.open_question().is_some() {
                    self.pass();
                }
            }
            Walking::NextStep => self.go_to(self.step + 1),
            Walking::PreviousStep => self.go_to(self.step.saturating_sub(1)),
            Walking::First => self.go_to(0),
            Walking::Last => self.go_to(usize::MAX),
        }
    }

    pub(super) fn look(&mut self, look: LookAt) {
        self.scroll = (0, 0);
        match look {
            LookAt::Start => self.start_looking(),
            LookAt::Leave => self.looking = None,
            LookAt::Move(direction) => self.move_cell(direction),
            LookAt::Select(place) => {
                let shown: Vec<_> = self.shown().collect();
                self.looking = Some(Looking::select(self.looking.take(), place, &self.lesson.trace, &shown));
            }
            LookAt::NextOperand => self.with_looking(Looking::next_operand),
            LookAt::PreviousOperand => self.with_looking(Looking::previous_operand),
            LookAt::Follow => self.with_looking(Looking::follow),
            LookAt::Back => {
                let inside = self.looking.as_mut().is_some_and(Looking::back);
                if !inside {
                    self.looking = None;
                }
            }
        }
    }

    pub(super) fn turn(&mut self) {
        self.convention = self.convention.other();
        self.scroll = (self.scroll.1, self.scroll.0);
    }

    fn next(&mut self) {
        self.scroll = (0, 0);
        if self.uncovered < self.portions() {
            self.looking = None;
            self.uncovered += 1;
        } else if self.open_question().is_some() {
            self.pass();
        } else if self.step + 1 < self.lesson.steps.len() {
            self.go_to(self.step + 1);
        }
    }

    fn previous(&mut self) {
        self.scroll = (0, 0);
        self.field = Field::Closed;
        if self.unpass() {
        } else if self.uncovered > 0 {
            self.looking = None;
            self.uncovered -= 1;
        } else if self.step > 0 {
            self.go_to(self.step - 1);
            self.uncovered = self.portions();
        }
    }

    /// What is looked at, or would be first.
    pub fn visit(&self) -> Option<Visit> {
        self.looking.clone().or_else(|| self.first_look()).map(|looking| looking.visit())
    }

    fn start_looking(&mut self) {
        if self.looking.is_none() {
            self.looking = self.first_look();
        }
    }

    fn first_look(&self) -> Option<Looking> {
        let focus = self.current().focus.last();
        let start = focus.map(|focus| (focus.node, focus.row.unwrap_or(0), focus.column.unwrap_or(0)));
        let first = self.shown().next_back().map(|node| (node, 0, 0));
        start.or(first).map(|(node, row, column)| Looking::at(Cell { node, row, column }, &self.lesson.trace))
    }

    fn move_cell(&mut self, direction: Direction) {
        self.start_looking();
        let shown: Vec<_> = self.shown().collect();
        let (trace, convention) = (&self.lesson.trace, self.convention);
        if let Some(looking) = &mut self.looking {
            looking.move_cell(direction, convention, trace, &shown);
        }
    }

    fn with_looking(&mut self, change: impl FnOnce(&mut Looking, &Trace)) {
        if let Some(looking) = &mut self.looking {
            change(looking, &self.lesson.trace);
        }
    }

    pub(super) fn scroll(&mut self, direction: Direction) {
        let (down, across) = match direction {
            Direction::Up => (-1, 0),
            Direction::Down => (1, 0),
            Direction::Left => (0, -1),
            Direction::Right => (0, 1),
        };
        // No window can be moved further than its matrix is long.
        let sizes = self.shown().map(|node| self.lesson.trace.node(node).shape.size());
        let most = sizes.map(|(rows, columns)| rows.max(columns)).max().unwrap_or(0);
        let most = i32::try_from(most).unwrap_or(i32::MAX);
        let moved = |scroll: i32, by: i32| (scroll + by).clamp(-most, most);
        self.scroll = (moved(self.scroll.0, down), moved(self.scroll.1, across));
    }
}
