//! A word that the vocabulary has twice, because a line of it was copied, where a text has one that is missing.

use super::{Checker, tree};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::yaml::{self, Tree};

/// Tells the second of two equal words of the vocabulary as the one that is missing, if all is right with that; `read` are
/// the findings of the file, `own` those of the lesson, and `check` gives the findings of a tree.
pub(in crate::lesson::check) fn put_right(
    checker: &Checker<'_>,
    lesson: &Tree,
    (read, own): (&mut [Diagnostic], &mut Vec<Diagnostic>),
    check: impl Fn(&Tree) -> Vec<Diagnostic>,
) {
    let source = checker.source;
    let Some(known) = lesson.get("vocabulary").and_then(|it| it.get("tokens")) else { return };
    let is_of_text = |it: &Diagnostic| {
        it.code == Code::UnknownLabel && checker.token_spans.values().flatten().any(|span| *span == it.span)
    };
    let Some(at) = own.iter().position(is_of_text) else { return };
    let token = source.slice(own[at].span).to_owned();
    for twice in read.iter_mut().filter(|it| it.code == Code::DuplicateKey) {
        let word = source.slice(twice.span).to_owned();
        let first = known.entry(&word).map(|(key, _)| key.span);
        if first.is_none() || !twice.related.iter().any(|(place, _)| Some(*place) == first) {
            continue;
        }
        let Some(value) = value_behind(source, twice) else { continue };
        let Some(entries) = tree::with_entry(known, &token, value.value) else { continue };
        let left = check(&tree::with(lesson, known.span, &entries));
        let is_new = |it: &Diagnostic| !own.iter().any(|old| old.code == it.code && old.span == it.span);
        if left.len() >= own.len() || left.iter().any(is_new) {
            continue;
        }
        twice.message = both!(
            "`{word}` is here twice, and `{token}` of a text not at all",
            "`{word}` 写了两次，而文本里的 `{token}` 没有写"
        );
        twice.hint = Some(both!("write `{token}` here", "请在这里写 `{token}`"));
        twice.fix.clear();
        *twice = twice.clone().with_fix(twice.span, token);
        *own = left;
        return;
    }
}

/// What stands behind a name on its line.
fn value_behind(source: &Source, name: &Diagnostic) -> Option<Tree> {
    let rest = source.text[name.span.end..].lines().next()?.trim_start().strip_prefix(':')?;
    match yaml::parse(&Source::new("", rest)) {
        (Some(value), findings) if findings.is_empty() => Some(value),
        (Some(_) | None, _) => None,
    }
}
