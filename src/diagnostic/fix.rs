//! Slips of the hand, put right: the edits of findings carried out on a text.

use super::{Diagnostic, Edit};

/// A line that a fix changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number in the old text, from 1.
    pub line: usize,
    /// The lines as they were.
    pub before: Vec<String>,
    /// The lines as they are now.
    pub after: Vec<String>,
}

/// The text after the fixes of these findings. Where two fixes want the same place, the first has it.
///
/// ```
/// use qkv::diagnostic::{Code, Diagnostic, Span, mended};
/// let slip = Diagnostic::new(Code::BadNumber, Span::new(3, 6), qkv::both!("x", "x")).with_fix(Span::new(4, 5), ".");
/// assert_eq!(mended("a: 3,5", &[slip]), "a: 3.5");
/// ```
pub fn mended(text: &str, findings: &[Diagnostic]) -> String {
    let mut taken: Vec<&Edit> = Vec::new();
    for finding in findings {
        let fits = |edit: &Edit| {
            let range = edit.span.range();
            text.get(range).is_some() && taken.iter().all(|other| !overlap(edit, other) || **other == *edit)
        };
        // A fix of several edits is carried out as a whole or not at all.
        if finding.fix.iter().all(fits) {
            taken.extend(&finding.fix);
        }
    }
    taken.sort();
    taken.dedup();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.with);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Two insertions at one place exclude each other as well: their order would be a guess.
fn overlap(a: &Edit, b: &Edit) -> bool {
    (a.span.start < b.span.end && b.span.start < a.span.end) || a.span.start == b.span.start
}

/// What differs between two texts, in the order of the lines.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let (mut at, mut there) = (0, 0);
    let mut changes = Vec::new();
    while at < old.len() || there < new.len() {
        if at < old.len() && there < new.len() && old[at] == new[there] {
            (at, there) = (at + 1, there + 1);
            continue;
        }
        let (dropped, added) = until_alike(&old[at..], &new[there..]);
        let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        changes.push(Change {
            line: at + 1,
            before: owned(&old[at..at + dropped]),
            after: owned(&new[there..there + added]),
        });
        (at, there) = (at + dropped, there + added);
    }
    changes
}

/// How many lines to leave out on either side until the next two are alike. Fixes change few lines and keep the rest,
/// so a near place is always found; where none is, everything differs.
fn until_alike(old: &[&str], new: &[&str]) -> (usize, usize) {
    const FAR: usize = 64;
    for far in 1..=FAR {
        for dropped in (0..=far).rev() {
            let added = far - dropped;
            match (old.get(dropped), new.get(added)) {
                (Some(a), Some(b)) if a == b => return (dropped, added),
                (None, None) if dropped == old.len() && added == new.len() => return (dropped, added),
                (_, _) => {}
            }
        }
    }
    (old.len(), new.len())
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Span};
    use super::*;
    use crate::both;

    fn finding(edits: &[(usize, usize, &str)]) -> Diagnostic {
        let plain = Diagnostic::new(Code::BadNumber, Span::at(0), both!("x", "x"));
        edits.iter().fold(plain, |it, (start, end, with)| it.with_fix(Span::new(*start, *end), *with))
    }

    #[test]
    fn fixes_that_want_the_same_place_do_not_mix() {
        let findings =
            [finding(&[(0, 1, "A")]), finding(&[(0, 2, "?"), (3, 4, "?")]), finding(&[(2, 3, "C")])];
        assert_eq!(mended("abcd", &findings), "AbCd");
        assert_eq!(mended("abcd", &[finding(&[(1, 1, "-")]), finding(&[(1, 1, "-")])]), "a-bcd");
    }

    #[test]
    fn changes_are_the_lines_that_differ() {
        let change = |line, before: &[&str], after: &[&str]| {
            let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
            Change { line, before: owned(before), after: owned(after) }
        };
        assert_eq!(changes("a\nb\nc\n", "a\nB\nc\n"), [change(2, &["b"], &["B"])]);
        assert_eq!(changes("a\nb\n", "a\nx\nb\n"), [change(2, &[], &["x"])]);
        assert_eq!(changes("a\nb\n", "a\n"), [change(2, &["b"], &[])]);
        assert_eq!(changes("a\n", "a\n"), []);
    }
}
