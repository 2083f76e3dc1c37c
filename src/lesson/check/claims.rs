//! Claims, held to the numbers of the lesson.

use super::Checker;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Trace;
use crate::lesson::expression::Claim;
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reads the claims and, where the numbers are there, holds them to the numbers.
    pub(super) fn check_claims(&mut self, tree: Option<&Tree>, trace: Option<&Trace>) {
        for item in tree.and_then(Tree::as_list).unwrap_or_default() {
            let Some(words) = item.as_text() else { continue };
            let scope = self.scope();
            let resolved =
                Claim::parse(words).map_err(|finding| vec![finding]).and_then(|claim| claim.resolve(&scope));
            match resolved {
                Err(findings) => self.report_in(item, findings),
                Ok(claim) => {
                    // Numbers that are wrong already refute nothing a second time.
                    let sound = self.findings.iter().all(|finding| finding.code != Code::NotFinite);
                    let Some(trace) = trace.filter(|_| sound) else { continue };
                    if let Some(misuse) = claim.misuse(trace) {
                        self.report_in(item, vec![misuse]);
                    } else if let Err(refuted) = claim.check(trace) {
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
                        self.findings
                            .push(Diagnostic::new(Code::ExpectFailed, item.span, message).with_hint(hint));
                    }
                }
            }
        }
    }
}
