//! Claims, held to the numbers of the lesson.

use super::Checker;
use super::advice::items;
use super::suspects::Suspect;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Trace;
use crate::lesson::expression::{Claim, ResolvedClaim, Scope};
use crate::yaml::Tree;

/// For a text that claims nothing, the claim that its number makes: `X[1, 2] = 0.420 ± 0.0005`.
fn number_of(text: &str, scope: &Scope<'_>, trace: &Trace) -> Option<String> {
    const SHORT: usize = 60;
    let text = text.trim();
    let claim = Claim::parse(&format!("{text} = 0")).ok().filter(|_| text.len() <= SHORT)?;
    let is = claim.resolve(scope).ok()?.tight(trace)?;
    Some(format!("{text} = {is}"))
}

impl Checker<'_> {
    /// Reads the claims and, where the numbers are there, holds them to the numbers.
    ///
    /// The first that fails tells where a written number is that would explain all that fail.
    pub(super) fn check_claims(&mut self, tree: &Tree, trace: Option<&Trace>) {
        let (mut claims, mut refutations) = (Vec::new(), Vec::new());
        for item in items(tree, "expect") {
            let Some(claim) = self.claim(item, trace) else { continue };
            // Numbers that are wrong already refute nothing a second time.
            if let Some(trace) = trace.filter(|_| self.is_sound())
                && let Err(refuted) = claim.check(trace)
            {
                refutations.push((item.span, claims.len(), refuted));
            }
            claims.push(claim);
        }
        let Some(trace) = trace.filter(|_| !refutations.is_empty()) else { return };
        let failing: Vec<_> = refutations.iter().map(|(_, index, _)| &claims[*index]).collect();
        let suspects =
            if self.is_sound() { self.suspects(tree, trace, &claims, &failing) } else { Vec::new() };
        let mut suspects = Some(suspects);
        for (span, _, refuted) in refutations {
            let is = refuted.message(trace);
            let (en, zh) = (is.en, is.zh);
            let message = both!("this is not so: {en}", "与事实不符：{zh}");
            let hint = refuted.rounding().map_or_else(
                || {
                    both!(
                        "correct the claim, or the numbers that it is about",
                        "请改正这条断言，或改正它所涉及的数"
                    )
                },
                |written| {
                    both!(
                        "correct the claim, or allow for rounding: `= {written}`",
                        "请改正这条断言，或留出四舍五入的余地：`= {written}`"
                    )
                },
            );
            let mut finding = Diagnostic::new(Code::ExpectFailed, span, message).with_hint(hint);
            for suspect in suspects.take().unwrap_or_default() {
                finding = match suspect {
                    Suspect::Number(span, meant) => finding.with_related(
                        span,
                        both!("with {meant} here, every claim holds", "这里若是 {meant}，所有断言都成立"),
                    ),
                    Suspect::Matrix(span) => {
                        finding.with_related(span, both!("it comes from these numbers", "它由这些数得出"))
                    }
                };
            }
            self.findings.push(finding);
        }
    }

    /// Reads a claim that can be held to the numbers.
    pub(super) fn claim(&mut self, tree: &Tree, trace: Option<&Trace>) -> Option<ResolvedClaim> {
        let scope = self.scope();
        let text = tree.as_text()?;
        let read = Claim::parse(text).map_err(|finding| {
            let is = trace.filter(|_| self.is_sound()).and_then(|trace| number_of(text, &scope, trace));
            let hint = is.map(|is| both!("say what it is: `{is}`", "请写明它等于多少：`{is}`"));
            vec![Diagnostic { hint: hint.or(finding.hint), ..finding }]
        });
        let claim = match read.and_then(|claim| claim.resolve(&scope)) {
            Ok(claim) => claim,
            Err(findings) => {
                self.report_in(tree, findings);
                return None;
            }
        };
        let misuse = trace.filter(|_| self.is_sound()).and_then(|trace| claim.misuse(trace));
        if let Some(misuse) = misuse {
            self.report_in(tree, vec![misuse]);
            return None;
        }
        Some(claim)
    }
}
