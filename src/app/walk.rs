//! Walking a lesson: which step, how much of it is uncovered, and what is being looked at.

use std::sync::Arc;

use super::looking::Looking;
use super::{Direction, LookAt, Walking};
use crate::graph::{Convention, NodeId, Trace};
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
    /// Whether tokens are drawn as rows or columns.
    pub convention: Convention,
    /// How far the windows over large matrices are moved, in drawn rows and columns.
    pub scroll: (i32, i32),
}

impl Walk {
    /// A lesson at a step.
    pub fn new(entry: usize, lesson: Arc<Lesson>, step: usize, convention: Option<Convention>) -> Self {
        let convention = convention.unwrap_or(lesson.convention);
        let step = step.min(lesson.steps.len() - 1);
        Self { entry, lesson, step, uncovered: 0, looking: None, convention, scroll: (0, 0) }
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

    /// Whether a cell of a shown matrix, by stored row and column, is uncovered yet.
    pub fn is_uncovered(&self, node: NodeId, row: usize, column: usize) -> bool {
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

    /// Whether nothing comes any more.
    pub fn is_at_end(&self) -> bool {
        self.step + 1 == self.lesson.steps.len() && self.uncovered >= self.portions()
    }

    /// Goes to a step, from 0, before its first portion.
    pub fn go_to(&mut self, step: usize) {
        self.step = step.min(self.lesson.steps.len() - 1);
        self.uncovered = 0;
        self.looking = None;
        self.scroll = (0, 0);
    }

    pub(super) fn walk(&mut self, walking: Walking) {
        match walking {
            Walking::Next => self.next(),
            Walking::Previous => self.previous(),
            // After the last step there is none: what it still hides is shown.
            Walking::NextStep if self.step + 1 == self.lesson.steps.len() => self.uncovered = self.portions(),
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
                self.looking = Some(Looking::select(self.looking.take(), place, &shown));
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
        } else if self.step + 1 < self.lesson.steps.len() {
            self.go_to(self.step + 1);
        }
    }

    fn previous(&mut self) {
        self.scroll = (0, 0);
        if self.uncovered > 0 {
            self.looking = None;
            self.uncovered -= 1;
        } else if self.step > 0 {
            self.go_to(self.step - 1);
            self.uncovered = self.portions();
        }
    }

    fn start_looking(&mut self) {
        if self.looking.is_some() {
            return;
        }
        let focus = self.current().focus.last();
        let start = focus.map(|focus| (focus.node, focus.row.unwrap_or(0), focus.column.unwrap_or(0)));
        let first = self.shown().next_back().map(|node| (node, 0, 0));
        self.looking = start.or(first).map(|(node, row, column)| Looking::at(node, row, column));
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
