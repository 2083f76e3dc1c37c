//! Findings that follow from another one by what they are and where they stand; what comes of a mistake in the numbers is
//! the subject of [causes](super::causes).

use super::names::unknown_names::with_commas;
use crate::diagnostic::{Code, Diagnostic, Edit, Source, Span};
use crate::lesson::fields::told_of_dashes;

/// The findings in the order of the file, each once and without those that follow from another one.
pub(super) fn silenced(mut findings: Vec<Diagnostic>, source: &Source) -> Vec<Diagnostic> {
    findings = without_repetitions(findings);
    without_fields_of_the_next_item(&mut findings, source);
    without_names_with_an_unseen_sign(&mut findings);
    without_names_behind_a_comma(&mut findings);
    without_names_of_a_short_list(&mut findings);
    findings
}

/// The findings, each once; those of one place stand side by side.
fn without_repetitions(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for finding in findings {
        let same_place = kept.iter().rev().take_while(|other| other.span == finding.span);
        if !same_place.into_iter().any(|other| *other == finding) {
            kept.push(finding);
        }
    }
    kept
}

/// Where the items of a list lack their dashes, a field that stands there again belongs to the next item: it gets its dash
/// with the others.
fn without_fields_of_the_next_item(findings: &mut Vec<Diagnostic>, source: &Source) {
    let is_list = |finding: &Diagnostic| {
        finding.code == Code::WrongKind && finding.fix.first().is_some_and(|edit| edit.with == "- ")
    };
    let twice = findings.iter().filter(|finding| finding.code == Code::DuplicateKey);
    let twice: Vec<(Span, usize)> =
        twice.filter_map(|finding| Some((finding.span, finding.related.first()?.0.start))).collect();
    for list in findings.iter_mut().filter(|finding| is_list(finding)) {
        for (again, first) in &twice {
            if let Some(edit) = list.fix.iter().find(|edit| edit.span.start == *first).cloned() {
                list.fix.push(Edit { span: Span::at(again.start), ..edit });
            }
        }
        list.hint = told_of_dashes(list, source).or(list.hint.take());
    }
    let lists = findings.iter().filter(|finding| is_list(finding));
    let edits: Vec<usize> = lists.flat_map(|list| &list.fix).map(|edit| edit.span.start).collect();
    findings.retain(|finding| finding.code != Code::DuplicateKey || !edits.contains(&finding.span.start));
}

/// A name is another one with a sign that cannot be seen in it, which is removed first.
fn without_names_with_an_unseen_sign(findings: &mut Vec<Diagnostic>) {
    let unseen = findings.iter().filter(|it| it.code == Code::ControlCharacter);
    let unseen: Vec<usize> = unseen.map(|it| it.span.start).collect();
    let is_of_names = |code: Code| {
        matches!(code, Code::BadExpression | Code::BadName | Code::UnknownName | Code::UnknownLabel)
    };
    findings.retain(|it| {
        let has = |at: &usize| (it.span.start..=it.span.end).contains(at);
        !is_of_names(it.code) || !unseen.iter().any(has)
    });
}

/// What stands behind the comma of a number such as `12,288` is no name.
fn without_names_behind_a_comma(findings: &mut Vec<Diagnostic>) {
    let numbers = findings.iter().filter(|it| it.code == Code::BadNumber);
    let ends: Vec<usize> = numbers.map(|it| it.span.end).collect();
    findings.retain(|it| it.code != Code::BadName || !ends.contains(&it.span.end));
}

/// Names such as `M N`, of which a list of too few items tells already: it gets their remedy.
fn without_names_of_a_short_list(findings: &mut Vec<Diagnostic>) {
    let is_two_names = |finding: &&Diagnostic| finding.code == Code::UnknownName && !finding.fix.is_empty();
    let names: Vec<Diagnostic> = findings.iter().filter(is_two_names).cloned().collect();
    for name in names {
        let around = |list: &&mut Diagnostic| {
            let span = list.span;
            list.code == Code::WrongKind && span.start + 1 == name.span.start && name.span.end + 1 == span.end
        };
        if let Some(list) = findings.iter_mut().find(around) {
            list.fix.clone_from(&name.fix);
            // What is marked has its brackets.
            list.hint = name.fix.first().map(|fix| with_commas(&format!("[{}]", fix.with)));
            findings.retain(|finding| *finding != name);
        }
    }
}
