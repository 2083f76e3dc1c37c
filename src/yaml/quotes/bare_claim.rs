//! Claims with braces or bars, `{X[1, 2]} > 0` and `|X[1, 2]| < 1`, which the syntax takes for something else.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::draft::Draft;
use crate::yaml::syntax::Mend;

/// The claim of an item of a list, without these signs.
pub(in crate::yaml) fn without_signs(at: usize, draft: &Draft) -> Option<Mend> {
    let (start, end) = draft.line(at);
    let line: String = draft.slice(start, end).iter().collect();
    let claim = line.trim_start().strip_prefix('-')?.trim();
    let is_claim = claim.starts_with(['{', '|']) && claim.contains(['=', '<', '>']) && claim.contains('[');
    if !is_claim || claim.contains(['#', '"', '\'']) || claim.contains(": ") {
        return None;
    }
    let bare = claim.replace(['{', '}'], "");
    let with = match bare.split('|').collect::<Vec<_>>().as_slice() {
        [_] => bare.trim().to_owned(),
        [before, inside, behind] => format!("{before}abs({}){behind}", inside.trim()),
        _ => return None,
    };
    let from = start + line.chars().count() - line.trim_start().chars().count();
    let blanks = line.trim_start().chars().skip(1).take_while(|c| *c == ' ').count();
    let start = from + 1 + blanks;
    Some(Mend { start, end: start + claim.chars().count(), with })
}

/// The finding for such a claim.
pub(in crate::yaml) fn finding(mend: &Mend, draft: &Draft) -> Diagnostic {
    let Mend { start, end, with } = mend;
    let has = |c: char| draft.slice(*start, *end).contains(&c);
    let message = if has('|') {
        both!(
            "a number without its sign is written `abs(…)` in a claim, not `|…|`",
            "断言里的绝对值写作 `abs(…)`，不写 `|…|`"
        )
    } else {
        both!("a claim is written without `{{` and `}}`", "断言里不写 `{{` 和 `}}`")
    };
    Diagnostic::new(Code::YamlSyntax, draft.span(*start, *end), message)
        .with_hint(both!("write `{with}`", "请写 `{with}`"))
}
