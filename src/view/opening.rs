//! The screen of a lesson whose numbers are still being computed.

use super::text::{Line, Role};
use super::{At, Part, footer};
use crate::app::{Model, Opening};
use crate::language::words;

/// The widest that the bar is.
const WIDEST: usize = 50;

/// The parts of the screen: the lesson's title, how far its numbers are, and the way out.
pub(super) fn build(model: &Model, opening: Opening) -> Vec<Part> {
    let (width, height) = (usize::from(model.size.width), model.size.height);
    let glyphs = model.settings.glyphs;
    let mut title = Line::of(" qkv ", Role::Title);
    title.push(" ", Role::Plain);
    title.push(model.catalog[opening.entry].title.get(model.language), Role::Heading);
    let says = words("The numbers of this lesson are being computed.", "正在计算这节课的各个数值。");
    let says = Line::of(*says.get(model.language), Role::Plain);
    let percent = format!(" {:>3} %", opening.percent);
    let room = (width - 2).saturating_sub(percent.len()).min(WIDEST);
    let bar = Line::of(glyphs.progress(f64::from(opening.percent) / 100.0, room), Role::Border);
    let bar = bar.with(&percent, Role::Strong);
    let middle = height / 2;
    let at = |x, y, line: Line| Part::Text(At { x, y }, line.truncate(width - usize::from(x), glyphs));
    vec![
        at(0, 0, title.plain(glyphs)),
        at(1, middle - 1, says),
        at(1, middle + 1, bar),
        at(1, height - 1, footer::line(model, width - 2)),
    ]
}
