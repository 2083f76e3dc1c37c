//! What is written in two ways at once, of which only one can be: `X: {embed: main, softmax: S}`.

use super::question::{ANSWER, OPTION};
use super::wording::fields_of;
use super::{MATRIX_KINDS, Record};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Localised;
use crate::yaml::{Key, Tree};

/// What begins a computation, and has no other matrix to work on.
const BEGINNINGS: [&str; 5] = ["embed", "given", "load", "random", "identity"];

/// Reports that none, or more than one, of the fields of a record is written.
pub(super) fn exactly_one(
    tree: &Tree,
    entries: &[(Key, Tree)],
    record: &Record,
    findings: &mut Vec<Diagnostic>,
) {
    let known: Vec<_> = entries.iter().filter(|(key, _)| record.field(&key.text).is_some()).collect();
    if entries.is_empty() {
        findings.push(
            Diagnostic::new(
                Code::MissingField,
                tree.span,
                both!("nothing says how this is made", "没有说明它的由来"),
            )
            .with_hint(fields_of(record)),
        );
    }
    // Of what makes a matrix it is told with the name of the matrix.
    let is_told_by_name = std::ptr::eq(record, &raw const MATRIX_KINDS);
    if let [(first, _), rest @ ..] = known.as_slice()
        && !is_told_by_name
    {
        let hint = |second: &Key| only_one(record, &first.text, &second.text);
        findings.extend(rest.iter().map(|(second, _)| not_both(first, second, hint(second))));
    }
}

fn not_both(first: &Key, second: &Key, hint: Localised<String>) -> Diagnostic {
    let (a, b) = (&first.text, &second.text);
    let message = both!("both `{a}` and `{b}`, where only one can be", "`{a}` 和 `{b}` 只能写一个");
    Diagnostic::new(Code::ConflictingFields, second.span, message).with_another(first.span).with_hint(hint)
}

/// What to do with two kinds of one thing.
fn only_one(record: &Record, first: &str, second: &str) -> Localised<String> {
    if std::ptr::eq(record, &raw const ANSWER) {
        both!("keep one; a second question needs a step of its own", "请只保留一个；第二个问题请另写一步")
    } else if std::ptr::eq(record, &raw const OPTION) {
        both!(
            "each option is an item of its own: write `- {second}` instead of `{second}`, its dash straight below that of `- {first}`",
            "每个选项自成一项：请把 `{second}` 改成 `- {second}`，短横线与 `- {first}` 的短横线对齐"
        )
    } else {
        both!("keep one", "请只保留一个")
    }
}

/// The findings about each further way in which a matrix is made, if nothing is told of these ways already.
pub(super) fn made_twice(matrix: &Key, value: &Tree, told: &[Diagnostic]) -> Vec<Diagnostic> {
    let entries = value.as_map().unwrap_or_default();
    let is_told = |place| told.iter().any(|finding| finding.span == place);
    if is_told(value.span) || entries.iter().any(|(key, _)| is_told(key.span)) {
        return Vec::new();
    }
    let mut ways: Vec<&(Key, Tree)> =
        entries.iter().filter(|(key, _)| MATRIX_KINDS.field(&key.text).is_some()).collect();
    // What begins is kept, and what works on it comes after it.
    ways.sort_by_key(|(key, _)| !BEGINNINGS.contains(&key.text.as_str()));
    let [kept, others @ ..] = ways.as_slice() else { return Vec::new() };
    others.iter().map(|other| to_part(matrix, kept, other)).collect()
}

fn to_part(matrix: &Key, (kept, kept_of): &(Key, Tree), (other, other_of): &(Key, Tree)) -> Diagnostic {
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
    not_both(kept, other, hint)
}
