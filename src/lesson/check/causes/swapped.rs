//! Two names that stand in each other's place: the texts of two matrices, the names of two heads.

use super::tree::{Change, definitions, said};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Diagnostic, Source};
use crate::lesson::check::{Checker, is_error};
use crate::yaml::Tree;

/// The lesson with each two of such names exchanged.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    if findings.iter().filter(|it| is_error(it)).count() < 2 {
        return Vec::new();
    }
    let texts = definitions(tree).filter_map(|(_, made)| made.get("embed")).collect();
    let heads = definitions(tree).filter_map(|(_, made)| {
        let (_, of) = made.as_map()?.first()?;
        let heads = of.get("attention").unwrap_or(of).get("heads")?.as_list()?;
        Some(heads.iter().filter_map(|head| head.get("name")).collect())
    });
    let groups: Vec<Vec<&Tree>> = std::iter::once(texts).chain(heads).collect();
    groups.iter().flat_map(|group| of_each_two(checker.source, group)).collect()
}

fn of_each_two(source: &Source, places: &[&Tree]) -> Vec<Reading> {
    let mut readings = Vec::new();
    let named: Vec<(&Tree, &str)> = places.iter().filter_map(|it| Some((*it, it.as_text()?))).collect();
    for (at, (one, own)) in named.iter().enumerate() {
        for (two, other) in named[at + 1..].iter().filter(|(_, other)| other != own) {
            let message = both!(
                "`{own}` and `{other}` are exchanged: what the lesson says is right the other way round",
                "`{own}` 和 `{other}` 写反了：对调以后，课里说的才成立"
            );
            let line = source.line(two.span.start);
            let hint = both!(
                "write `{other}` here, and in line {line} `{own}`",
                "请在这里写 `{other}`，并在第 {line} 行写 `{own}`"
            );
            let [here, there] =
                [(one, other), (two, own)].map(|(place, name)| Change::Value(place.span, said(name)));
            let reading = Reading::new(Kind::Operation, here, one.span, message, hint).with_changes([there]);
            readings.push(reading.with_fix(one.span, *other).with_fix(two.span, *own));
        }
    }
    readings
}
