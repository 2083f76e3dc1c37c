//! Whether a learner comes to the end of a step.

use std::sync::Arc;

use crate::app::Walk;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::lesson::{Lesson, StepPlaces};

/// Nobody presses a key more often to uncover one picture.
const MOST_PRESSES: usize = 100;

/// A finding if a step is uncovered in so many portions that what comes after is never seen.
pub(super) fn unreachable(lesson: &Arc<Lesson>, step: usize, places: &StepPlaces) -> Option<Diagnostic> {
    let presses = Walk::new(0, Arc::clone(lesson), step, None).portions();
    (presses > MOST_PRESSES).then(|| {
        Diagnostic::new(
            Code::UnreachableStep,
            places.reveal.unwrap_or(places.step),
            both!(
                "it takes {presses} key presses to uncover this step: what comes after is hardly ever seen",
                "这一步要按 {presses} 次键才能全部显示，后面的内容几乎没有人会看到"
            ),
        )
        .with_hint(both!(
            "uncover it in larger portions, `reveal: rows` or `reveal: columns`, or remove `reveal`",
            "请改为按行或按列显示（`reveal: rows` 或 `reveal: columns`），或删去 `reveal`"
        ))
    })
}
