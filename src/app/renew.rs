//! A lesson whose file is saved anew while it is walked or waited for: what is seen stays, as far as it is still there.

use std::sync::Arc;

use super::{Looking, Model, Overlay, Visit, Walk, answers};
use crate::graph::{Axis, Cell, NodeId, Place, Trace};
use crate::language::Localised;
use crate::lesson::Lesson;

/// What is wrong with the file of a lesson since it was last saved. A lesson that is walked is still the last good one;
/// one that was never right has only its report to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which lesson of the catalog it is.
    pub entry: usize,
    /// The file, as the person named it.
    pub file: String,
    /// The line and column of the first finding, from 1, where the file could be read.
    pub place: Option<(usize, usize)>,
    /// The report, as the check prints it.
    pub report: Localised<String>,
    /// The first line seen of a report that has the screen to itself.
    pub scroll: usize,
}

impl Model {
    /// Takes the new version of the lesson being walked: the same step, the same cell, the same rows or columns.
    pub fn renew(&mut self, lesson: Arc<Lesson>) {
        self.broken = None;
        self.advice = None;
        // These speak of the steps or the mistakes of the earlier version.
        match self.overlay {
            Some(Overlay::List(_) | Overlay::Jump(_) | Overlay::Report { .. }) => self.overlay = None,
            Some(Overlay::Help { .. } | Overlay::Code { .. }) | None => {}
        }
        if let Some(walk) = &mut self.walk {
            *walk = walk.renewed(lesson);
        }
    }
}

impl Walk {
    fn renewed(&self, lesson: Arc<Lesson>) -> Self {
        let turned = self.convention != self.lesson.convention;
        let convention = if turned { lesson.convention.other() } else { lesson.convention };
        let step = self.same_step(&lesson);
        let looking = self.looking.as_ref().and_then(|looking| {
            let visits =
                looking.path().iter().map_while(|visit| same(*visit, &self.lesson.trace, &lesson.trace));
            Looking::along(visits.collect(), &lesson.trace)
        });
        let attempts = answers::found(&lesson, &answers::kept(&self.lesson, &self.attempts));
        let walk = Self::new(self.entry, lesson, step, Some(convention));
        let uncovered = self.uncovered.min(walk.portions());
        Self { uncovered, looking, attempts, field: self.field, scroll: self.scroll, ..walk }
    }

    /// The step of the new version that is the one being seen: the one of its number, or, if steps came or went, the
    /// nearest with its title.
    fn same_step(&self, lesson: &Lesson) -> usize {
        if lesson.steps.len() == self.lesson.steps.len() {
            return self.step;
        }
        let title = &self.current().title;
        let titled = lesson.steps.iter().enumerate().filter(|(_, step)| step.title == *title);
        titled.map(|(index, _)| index).min_by_key(|index| index.abs_diff(self.step)).unwrap_or(self.step)
    }
}

/// The same place in the new version, found by names and labels, else by numbers; `None` if its matrix is gone.
fn same(visit: Visit, old: &Trace, new: &Trace) -> Option<Visit> {
    let there = |node: NodeId| new.graph().find(&old.node(node).name);
    let (node, row, column) = match visit.place {
        Place::Cell(Cell { node, row, column }) => (node, row, column),
        // What a row shares may not be shared any more; its first cell is there in any case.
        Place::Aggregate(shared) => (shared.node, shared.row, 0),
    };
    let (before, id) = (&old.node(node).shape, there(node)?);
    let after = &new.node(id).shape;
    let row = entry(&before.rows, row, &after.rows);
    let column = entry(&before.columns, column, &after.columns);
    Some(Visit { place: Place::Cell(Cell { node: id, row, column }), operand: visit.operand })
}

fn entry(before: &Axis, index: usize, after: &Axis) -> usize {
    after.find(&before.unique_label(index)).unwrap_or_else(|_| index.min(after.size() - 1))
}
