//! `qkv values`: matrices with their labels at full precision, for scripts.

use std::process::ExitCode;

use super::arguments::Format;
use super::{Done, Failure, Library, say};
use crate::both;
use crate::diagnostic::nearest;
use crate::export::values;
use crate::graph::{NodeId, Trace};
use crate::language::Localised;
use crate::lesson::first_round;

/// How many names are listed at most.
const MOST_LISTED: usize = 20;

/// Writes the named matrices, or all.
pub(super) fn run(lesson: &str, names: &[String], format: Format) -> Done {
    let lesson = Library::find(lesson)?.open(0)?;
    let nodes = find(&lesson.trace, names)?;
    let text = match format {
        Format::Json => values::json(&lesson.trace, &nodes),
        Format::Csv => values::csv(&lesson.trace, &nodes),
        Format::Text => values::text(&lesson.trace, &nodes),
    };
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The matrices of these names; `X` stands for `X@animal`, `X@skin` as well.
fn find(trace: &Trace, names: &[String]) -> Result<Vec<NodeId>, Failure> {
    if names.is_empty() {
        return Ok(trace.graph().nodes().map(|(id, _)| id).collect());
    }
    let mut found = Vec::new();
    for name in names {
        let own = |full: &str| full == name || full.split_once('@').is_some_and(|(stem, _)| stem == name);
        let before = found.len();
        found.extend(trace.graph().nodes().filter(|(_, node)| own(&node.name)).map(|(id, _)| id));
        if found.len() == before {
            let all: Vec<_> = trace.graph().nodes().map(|(_, node)| node.name.as_str()).collect();
            let families = all.iter().filter_map(|full| full.split_once('@').map(|(stem, _)| stem));
            let near = nearest(name, all.iter().copied().chain(families));
            return Err(Failure::Call(match (first_round(name, &all), near) {
                (Some(own), _) => both!(
                    "there is no matrix `{name}`; the first round is over the text as it is, and its matrix is `{own}`",
                    "没有矩阵 `{name}`；第一轮就是原来的文本，用的就是 `{own}`"
                ),
                (None, Some(near)) => both!(
                    "there is no matrix `{name}`; did you mean `{near}`?",
                    "没有矩阵 `{name}`；是不是想写 `{near}`？"
                ),
                (None, None) => {
                    let Localised { en, zh } = some_of(name, &all);
                    both!("there is no matrix `{name}`; there are {en}", "没有矩阵 `{name}`；现有 {zh}")
                }
            }));
        }
    }
    Ok(found)
}

/// The matrices of a lesson, as far as a line has room for them: those that begin like the name, if any do.
fn some_of(name: &str, all: &[&str]) -> Localised<String> {
    let ends = name.char_indices().rev().filter(|(_, c)| matches!(c, '.' | '@')).map(|(end, _)| end);
    let alike = |end: usize| {
        let begins = |full: &&&str| full.starts_with(&name[..=end]);
        let alike: Vec<_> = all.iter().filter(begins).copied().collect();
        (!alike.is_empty()).then_some(alike)
    };
    let names = ends.map(alike).find_map(|alike| alike).unwrap_or_else(|| all.to_vec());
    let listed = names.iter().take(MOST_LISTED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_LISTED) {
        0 => both!("{listed}", "{listed}"),
        more => both!("{listed} and {more} more", "{listed} 等，还有 {more} 个"),
    }
}
