//! A file in which a lesson begins a second time, as when it was pasted twice.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// The finding for a lesson that stands below another.
pub(in crate::yaml) fn finding(text: &str) -> Option<Diagnostic> {
    const SHARED: usize = 3;
    let names = outermost(text);
    let (start, first) = *names.first()?;
    let (again, _) = *names.iter().skip(1).find(|(_, name)| *name == first)?;
    let of = |is_below: bool| -> BTreeSet<&str> {
        names.iter().filter(|(at, _)| (*at >= again) == is_below).map(|(_, name)| *name).collect()
    };
    let is_apart = text[..again].lines().any(|line| line.starts_with("---") || line.starts_with("..."));
    if is_apart || of(false).intersection(&of(true)).count() < SHARED {
        return None;
    }
    let number = |at: usize| text[..at].lines().count() + usize::from(at == 0 || text[..at].ends_with('\n'));
    let (from, to) = (number(again), text.trim_end().lines().count());
    let is_same = text[start..again].trim_end() == text[again..].trim_end();
    let place = Span::new(again, again + first.len());
    let finding = |message, hint| Diagnostic::new(Code::DuplicateKey, place, message).with_hint(hint);
    Some(if is_same {
        let message = both!("the whole lesson stands here a second time", "整课内容在这里又写了一遍");
        let hint = both!("remove lines {from} to {to}", "请删去第 {from} 至 {to} 行");
        finding(message, hint).with_fix(Span::new(again, text.len()), "")
    } else {
        let message = both!("another lesson begins here", "这里又开始了另一课");
        let hint = both!(
            "a file holds one lesson: move lines {from} to {to} into a file of their own",
            "一个文件只能写一课：请把第 {from} 至 {to} 行移到另一个文件"
        );
        finding(message, hint)
    })
}

/// The names at the left edge, each with its place.
fn outermost(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let mut names = Vec::new();
    for line in text.split_inclusive('\n') {
        let name = line.split(':').next().unwrap_or_default();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if is_name && line.len() > name.len() {
            names.push((start, name));
        }
        start += line.len();
    }
    names
}
