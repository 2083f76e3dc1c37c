//! `qkv values`: matrices with their labels at full precision, for scripts.

use std::process::ExitCode;

use super::arguments::Format;
use super::{Done, Failure, Library, say};
use crate::both;
use crate::diagnostic::nearest;
use crate::export::values;
use crate::graph::{NodeId, Trace};

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
            let known = all.join(", ");
            return Err(Failure::Call(match nearest(name, all.iter().copied().chain(families)) {
                Some(near) => both!(
                    "there is no matrix `{name}`; did you mean `{near}`?",
                    "没有矩阵 `{name}`；是不是想写 `{near}`？"
                ),
                None => {
                    both!("there is no matrix `{name}`; there are {known}", "没有矩阵 `{name}`；现有 {known}")
                }
            }));
        }
    }
    Ok(found)
}
