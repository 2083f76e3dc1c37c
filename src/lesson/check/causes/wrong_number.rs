//! A written number that alone makes claims fail: it is told once, where it stands.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::lesson::check::causes::lines;

/// So many claims are shown with one number.
const SHOWN: usize = 4;

/// A number of the file, and the one with which every claim holds.
pub(in crate::lesson::check) struct WrongNumber {
    pub(in crate::lesson::check) span: Span,
    /// As it is written.
    pub(in crate::lesson::check) own: String,
    pub(in crate::lesson::check) meant: String,
}

impl WrongNumber {
    /// What is said at the number.
    pub(in crate::lesson::check) fn holds(&self) -> Localised<String> {
        let meant = &self.meant;
        both!("with {meant} here, every claim holds", "这里若是 {meant}，所有断言都成立")
    }

    /// What to do about the only claim that fails; it may be wrong itself.
    pub(in crate::lesson::check) fn remedy(
        &self,
        line: usize,
        borne_out: Option<String>,
    ) -> Localised<String> {
        let Self { own, meant, .. } = self;
        match borne_out {
            Some(claim) => both!(
                "write `{meant}` instead of `{own}` in line {line}; or, if {own} is right, write `{claim}`",
                "请把第 {line} 行的 `{own}` 改成 `{meant}`；如果 {own} 没有写错，请把断言改成 `{claim}`"
            ),
            None => both!(
                "write `{meant}` instead of `{own}` in line {line}; or, if {own} is right, correct the claim",
                "请把第 {line} 行的 `{own}` 改成 `{meant}`；如果 {own} 没有写错，请改正断言"
            ),
        }
    }

    /// A finding of one of several claims that fail, to be told with the others by [`of_one_number`].
    pub(in crate::lesson::check) fn of_several(
        &self,
        finding: Diagnostic,
        borne_out: Option<String>,
    ) -> Diagnostic {
        let Self { own, meant, .. } = self;
        let label = match borne_out {
            Some(claim) => both!("if {own} is right, write `{claim}`", "如果 {own} 没有写错，请写 `{claim}`"),
            None => {
                both!("if {own} is right, this claim is wrong", "如果 {own} 没有写错，就是这条断言错了")
            }
        };
        let hint = both!(
            "write `{meant}` instead of `{own}`; or, if {own} is right, correct the claims as it says at each",
            "请把 `{own}` 改成 `{meant}`；如果 {own} 没有写错，请按各条断言下面写的改正断言"
        );
        finding.with_label(label).with_related(self.span, self.holds()).with_hint(hint)
    }
}

/// The findings, in which those of several claims that one number explains are one.
pub(in crate::lesson::check) fn of_one_number(findings: &[Diagnostic], source: &Source) -> Vec<Diagnostic> {
    let number = |it: &Diagnostic| {
        let is_of_several = it.code == Code::ExpectFailed && !it.label.en.is_empty();
        it.related.first().filter(|_| is_of_several).map(|(span, _)| *span)
    };
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(findings.len());
    for finding in findings {
        let Some(place) = number(finding) else {
            kept.push(finding.clone());
            continue;
        };
        let same: Vec<&Diagnostic> = findings.iter().filter(|it| number(it) == Some(place)).collect();
        if same.len() < 2 {
            kept.push(finding.clone());
        } else if same.first().is_some_and(|first| *first == finding) {
            kept.push(together(finding, place, &same, source));
        }
    }
    kept
}

fn together(first: &Diagnostic, place: Span, same: &[&Diagnostic], source: &Source) -> Diagnostic {
    let places: Vec<Span> = same.iter().map(|it| it.span).collect();
    let Localised { en, zh } = lines(source, &places);
    let message =
        both!("because of this number the claims of {en} are wrong", "由于这个数，{zh}的断言与计算结果不符");
    let label = first.related.first().map(|(_, words)| words.clone()).unwrap_or_default();
    let told = Diagnostic { hint: first.hint.clone(), ..Diagnostic::new(first.code, place, message) };
    let shown = same.iter().take(SHOWN);
    shown.fold(told.with_label(label), |told, it| told.with_related(it.span, it.label.clone()))
}
