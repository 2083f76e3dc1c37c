//! Remarks behind claims: `out[1, 2] > 0.9 (the colour has come over)`.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lesson::check::Checker;
use crate::lesson::expression::{self, Claim};
use crate::yaml::Tree;

/// What a remark begins with.
const BEGIN: [&str; 8] = ["//", "（", " (", "--", "——", "＃", "/*", "；"];
/// What stands around it.
const AROUND: [char; 10] = ['/', '（', '）', '(', ')', '-', '—', '＃', '*', '；'];

impl Checker<'_> {
    /// For a claim with a remark behind it, what to type instead: the remark is kept as one of the file.
    pub(in crate::lesson::check) fn remark(&self, tree: &Tree, text: &str) -> Option<Diagnostic> {
        let line = self.source.text[..tree.span.start].rsplit('\n').next().unwrap_or_default();
        let is_item = line.trim() == "-" && self.source.slice(tree.span) == text;
        let scope = self.scope();
        let reads =
            |claim: &str| Claim::parse(claim).is_ok_and(|it| expression::makes_sense(it.resolve(&scope)));
        let ends = BEGIN.iter().flat_map(|begin| text.match_indices(begin)).map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.filter(|_| is_item).collect();
        ends.sort_unstable();
        let end = ends.into_iter().map(|at| text[..at].trim_end().len()).find(|end| reads(&text[..*end]))?;
        let claim = &text[..end];
        let remark = text[end..].trim_matches(|c: char| c.is_whitespace() || AROUND.contains(&c));
        let has_words =
            remark.contains(char::is_alphabetic) && !remark.contains(['=', '<', '>', '±', '≤', '≥']);
        if !has_words || remark.contains(['`', '\n']) {
            return None;
        }
        let place = Span::new(end, text.len());
        let message = both!("a remark in a claim begins with ` # `", "断言后面的说明要以 ` # ` 开头");
        let hint = both!("write `{claim}  # {remark}`", "请写 `{claim}  # {remark}`");
        let finding = Diagnostic::new(Code::BadExpression, place, message).with_hint(hint);
        Some(finding.with_fix(place, format!("  # {remark}")))
    }
}
