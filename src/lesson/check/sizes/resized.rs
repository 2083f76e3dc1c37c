//! A size of an axis that no written matrix has: it was changed in one place only.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Origin;
use crate::lesson::check::Checker;

/// So many of the matrices are marked.
const MARKED: usize = 3;

/// A written matrix that has another size than its axis.
#[derive(Debug, Clone)]
pub(in crate::lesson::check) struct Misfit {
    /// The axis.
    pub(in crate::lesson::check) axis: String,
    /// The size that is written.
    pub(in crate::lesson::check) written: usize,
    /// Which finding tells of it.
    pub(in crate::lesson::check) finding: usize,
}

impl Checker<'_> {
    /// Where all matrices agree against the size of an axis, tells of the axis and not of each of them.
    pub(in crate::lesson::check) fn blame_axes(&mut self) {
        let misfits = std::mem::take(&mut self.misfits);
        let mut told = Vec::new();
        for (index, first) in misfits.iter().enumerate() {
            let alike: Vec<&Misfit> = misfits.iter().filter(|it| it.axis == first.axis).collect();
            let is_first = misfits[..index].iter().all(|it| it.axis != first.axis);
            let agree = alike.len() > 1 && alike.iter().all(|it| it.written == first.written);
            if !is_first || !agree || self.has_written(&first.axis) {
                continue;
            }
            let places: Vec<Span> =
                alike.iter().filter_map(|it| Some(self.findings.get(it.finding)?.span)).collect();
            let Some(finding) = self.of_axis(first, &places) else { continue };
            told.extend(alike.iter().map(|it| it.finding));
            self.findings.push(finding);
        }
        let mut at = 0;
        self.findings.retain(|_| {
            at += 1;
            !told.contains(&(at - 1))
        });
    }

    /// Whether a written matrix has the size that this axis has.
    fn has_written(&self, axis: &str) -> bool {
        self.graph.nodes().any(|(_, node)| {
            let names = [node.shape.rows.name(), node.shape.columns.name()];
            node.op.origin() == Some(Origin::Written) && names.contains(&Some(axis))
        })
    }

    fn of_axis(&self, misfit: &Misfit, places: &[Span]) -> Option<Diagnostic> {
        let (name, written, count) = (&misfit.axis, misfit.written, places.len());
        let (axis, place) = (self.axes.get(name)?, *self.axis_places.get(name)?);
        // Names are written one by one, and hardly by mistake.
        let size = axis.size();
        if (0..size).any(|at| axis.label(at) != (at + 1).to_string()) {
            return None;
        }
        let message = both!(
            "`{name}` has size {size}, and all {count} matrices that are written with it have {written}",
            "`{name}` 的大小是 {size}，而按它写出的 {count} 个矩阵都是 {written}"
        );
        let hint = both!("write `{name}: {written}`", "请写 `{name}: {written}`");
        let finding = Diagnostic::new(Code::ShapeMismatch, place, message).with_hint(hint);
        let mark = |finding: Diagnostic, place: &Span| {
            finding.with_related(*place, both!("{written} here", "这里是 {written}"))
        };
        Some(places.iter().take(MARKED).fold(finding, mark))
    }
}
