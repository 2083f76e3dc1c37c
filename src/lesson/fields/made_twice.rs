//! Matrices that are made in two ways at once: `X: {embed: main, softmax: S}`.

use super::MATRIX_KINDS;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, Tree};

/// What begins a computation, and has no other matrix to work on.
const BEGINNINGS: [&str; 5] = ["embed", "given", "load", "random", "identity"];

/// The findings about each further way in which a matrix is made.
pub(super) fn made_twice(matrix: &Key, value: &Tree) -> Vec<Diagnostic> {
    let entries = value.as_map().unwrap_or_default();
    let mut ways: Vec<&(Key, Tree)> =
        entries.iter().filter(|(key, _)| MATRIX_KINDS.field(&key.text).is_some()).collect();
    // What begins is kept, and what works on it comes after it.
    ways.sort_by_key(|(key, _)| !BEGINNINGS.contains(&key.text.as_str()));
    let [kept, others @ ..] = ways.as_slice() else { return Vec::new() };
    others.iter().map(|other| told(matrix, kept, other)).collect()
}

fn told(matrix: &Key, (kept, kept_of): &(Key, Tree), (other, other_of): &(Key, Tree)) -> Diagnostic {
    let (matrix, kept_name, name) = (&matrix.text, &kept.text, &other.text);
    let new = if name == "transpose" { format!("{matrix}_T") } else { format!("{matrix}_2") };
    let hint = match other_of.as_text() {
        Some(of) => {
            // Two ways with one name for both: the second is of what the first makes.
            let new_of = if kept_of.as_text() == Some(of) { matrix } else { of };
            both!(
                "remove `{name}: {of}` here; if it is wanted as well, add an item of its own below: `- {new}: {{{name}: {new_of}}}`",
                "请在这里删去 `{name}: {of}`；如果也需要它，请在下面另写一项：`- {new}: {{{name}: {new_of}}}`"
            )
        }
        None => both!(
            "keep `{kept_name}` here, and move `{name}` with all that belongs to it into an item of its own below: `- {new}: {{{name}: …}}`",
            "这里只保留 `{kept_name}`，把 `{name}` 和它后面的内容移到下面，另写一项：`- {new}: {{{name}: …}}`"
        ),
    };
    let message = both!(
        "both `{kept_name}` and `{name}`, where only one can be",
        "`{kept_name}` 和 `{name}` 只能写一个"
    );
    Diagnostic::new(Code::ConflictingFields, other.span, message).with_another(kept.span).with_hint(hint)
}
