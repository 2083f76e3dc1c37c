//! A word that the vocabulary has twice, because a line of it was copied, where a text has one that is missing.

use super::{Checker, tree};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::yaml::{self, Key, Tree};

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
            "`{word}` is here twice, and `{token}`, a token of the text, is missing",
            "`{word}` 写了两次，而文本里的词元 `{token}` 没有写"
        );
        twice.hint = Some(both!("write `{token}` here", "请在这里写 `{token}`"));
        twice.fix.clear();
        *twice = twice.clone().with_fix(twice.span, token);
        *own = left;
        return;
    }
}

/// Tells the second of two equal features of a token as the one with which all claims hold.
pub(in crate::lesson::check) fn feature_put_right(
    checker: &Checker<'_>,
    lesson: &Tree,
    (read, own): (&mut [Diagnostic], &[Diagnostic]),
    check: impl Fn(&Tree) -> Vec<Diagnostic>,
) {
    let fails = |it: &Diagnostic| it.code == Code::ExpectFailed;
    let known = lesson.get("vocabulary");
    let tokens = known.and_then(|known| known.get("tokens")?.as_map());
    let axis = known.and_then(|known| checker.axes.get(known.get("axis")?.as_text()?));
    let (Some(tokens), Some(axis), true) = (tokens, axis, own.iter().any(fails)) else { return };
    for twice in read.iter_mut().filter(|it| it.code == Code::DuplicateKey) {
        let is_around = |(_, row): &&(Key, Tree)| row.span.range().contains(&twice.span.start);
        let Some((_, row)) = tokens.iter().find(is_around).filter(|(_, row)| row.as_map().is_some()) else {
            continue;
        };
        let behind = checker.source.text[twice.span.end..].trim_start().strip_prefix(':').unwrap_or_default();
        let number = behind.split([',', '}', '\n']).next().unwrap_or_default().trim();
        let lacking = axis.labels().iter().filter(|label| row.get(label).is_none());
        let holds_with = |label: &&String| {
            let with = tree::with_entry(row, label, tree::said(number));
            let left = with.map(|entries| check(&tree::with(lesson, row.span, &entries)));
            left.is_some_and(|left| left.len() < own.len() && !left.iter().any(fails))
        };
        let fitting: Vec<&String> = lacking.filter(holds_with).collect();
        if let [label] = fitting[..] {
            twice.hint = Some(both!(
                "write `{label}` here: with it the claims of this lesson hold",
                "请在这里写 `{label}`：这样课程中的断言就都成立"
            ));
            twice.fix.clear();
        }
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
