//! What the source has printed, where it is not what is computed.

use super::names;
use super::number::{Format, Precision};
use super::picture::Canvas;
use super::prose;
use super::text::{Line, Role};
use crate::both;
use crate::language::words;
use crate::lesson::published::{Printed, Published};

/// Both numbers and why they differ, for each number of the step that does; not while its question is open.
pub(super) fn lines(canvas: &Canvas<'_>) -> Vec<Line> {
    if canvas.walk.open_question().is_some() {
        return Vec::new();
    }
    let published = &canvas.walk.current().published;
    published
        .iter()
        .filter(|published| published.differs(canvas.trace))
        .flat_map(|it| of(canvas, it))
        .collect()
}

fn of(canvas: &Canvas<'_>, published: &Published) -> Vec<Line> {
    let decimals = published.decimals.max(canvas.decimals);
    let computed = |printed: &Printed| {
        let number = printed.computed(canvas.trace);
        Format::for_values([number], Precision::new(decimals), canvas.glyphs).number(number)
    };
    let name = names::shortened(canvas.trace, &published.of);
    let printed = rows(published, |printed| printed.written.clone());
    let computed = rows(published, computed);
    let lesson = canvas.walk.lesson.source.as_ref();
    let source = published.source.as_ref().or(lesson).map(|source| source.get(canvas.language));
    let from = source.map_or_else(Default::default, |source| both!(" ({source})", "（{source}）"));
    let (from_en, from_zh) = (from.en, from.zh);
    let told = published.rows.iter().flatten().all(|printed| canvas.walk.may_tell(&printed.computed));
    let number = if told { Role::Strong } else { Role::Hidden };
    let before = both!("{name}: published ", "{name}：原文为 ");
    let between = both!("{from_en}, computed ", "{from_zh}，算得 ");
    let mut first = Line::of(before.get(canvas.language).as_str(), Role::Strong)
        .with(&printed, number)
        .with(between.get(canvas.language), Role::Strong)
        .with(&computed, number)
        .with(words(".", "。").get(canvas.language), Role::Strong);
    let mut because = published
        .because
        .iter()
        .flat_map(|because| prose::uncovered_paragraphs(canvas, because.get(canvas.language)));
    if let Some(reason) = because.next() {
        first.push(words(" ", "").get(canvas.language), Role::Plain);
        first.append(&reason);
    }
    std::iter::once(first).chain(because).collect()
}

/// One number as it is; a row in brackets; rows below each other in brackets, parted by semicolons.
fn rows(published: &Published, write: impl Fn(&Printed) -> String) -> String {
    let row = |row: &Vec<Printed>| row.iter().map(&write).collect::<Vec<_>>().join(" ");
    let rows: Vec<String> = published.rows.iter().map(row).collect();
    match published.rows.as_slice() {
        [only] if only.len() == 1 => rows.concat(),
        _ => format!("[{}]", rows.join("; ")),
    }
}
