//! Claims, held to the numbers of the lesson.

use super::Checker;
use crate::both;
use crate::diagnostic::Code;
use crate::graph::Trace;
use crate::lesson::expression::{Claim, ResolvedClaim};
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reads the claims and, where the numbers are there, holds them to the numbers.
    pub(super) fn check_claims(&mut self, tree: Option<&Tree>, trace: Option<&Trace>) {
        for item in tree.and_then(Tree::as_list).unwrap_or_default() {
            let Some(claim) = self.claim(item, trace) else { continue };
            // Numbers that are wrong already refute nothing a second time.
            let Some(trace) = trace.filter(|_| self.is_sound()) else { continue };
            let Err(refuted) = claim.check(trace) else { continue };
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
            self.report(Code::ExpectFailed, item.span, message, hint);
        }
    }

    /// Reads a claim that can be held to the numbers.
    pub(super) fn claim(&mut self, tree: &Tree, trace: Option<&Trace>) -> Option<ResolvedClaim> {
        let scope = self.scope();
        let read = Claim::parse(tree.as_text()?).map_err(|finding| vec![finding]);
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
