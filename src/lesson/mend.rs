//! Slips of the hand, put right in a whole file.

use std::cell::Cell;

use super::check::check_with;
use super::parts::{Reader, no_folder};
use crate::diagnostic::{Code, Diagnostic, Severity, Source, mended};

/// So often one fix is tried after the other. A file with more slips is put right by calling again.
const ROUNDS: usize = 20;
/// So many fixes are tried on their own where they do not go together.
const TRIED: usize = 50;
/// In larger lessons, the files beside them counted, they are only tried together: each trial is another check.
const LARGE: usize = 100_000;

/// A file that was put right, and what is left to do in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// The file with the fixes.
    pub source: Source,
    left: Vec<Diagnostic>,
}

impl Mended {
    /// How many of the findings of the file as it was are put right.
    pub fn count(&self, findings: &[Diagnostic]) -> usize {
        let mut left: Vec<&Diagnostic> = self.left.iter().collect();
        // Places move with what is put right; what is said stays.
        let is_put_right = |finding: &&Diagnostic| {
            let same = left.iter().position(|it| it.code == finding.code && it.message == finding.message);
            same.map(|same| left.swap_remove(same)).is_none()
        };
        let with_fix = findings.iter().filter(|finding| !finding.fix.is_empty());
        with_fix.filter(is_put_right).count().max(1)
    }
}

/// The file with the fixes of its findings carried out; `None` if there is none that helps.
///
/// A fix is kept only if the file is read better with it, or fewer errors are left, or less advice. So a file without
/// findings stays as it is, no fix makes a file worse, and putting the outcome right again changes nothing.
///
/// ```
/// use qkv::diagnostic::Source;
/// use qkv::lesson::mend;
/// let slip = Source::new("a.yaml", "title：A lesson\nmatrices: [{M: {given: [[1]]}}]\n");
/// assert_eq!(mend(&slip).unwrap().text, "title: A lesson\nmatrices: [{M: {given: [[1]]}}]\n");
/// ```
pub fn mend(source: &Source) -> Option<Source> {
    mend_with(source, &no_folder).map(|mended| mended.source)
}

/// The same for a lesson that has files beside it, which are read and stay as they are, with what is left to do.
pub fn mend_with(source: &Source, reader: &Reader<'_>) -> Option<Mended> {
    let mut best = source.clone();
    let bytes = Cell::new(source.text.len());
    let counting = |path: &str| reader(path).inspect(|file| bytes.set(bytes.get() + file.len()));
    let mut left = everything(&best, &counting);
    let alone = if bytes.get() > LARGE { 0 } else { TRIED };
    for _ in 0..ROUNDS {
        let Some((better, fewer)) = next(&best, &left, alone, reader) else { break };
        (best, left) = (better, fewer);
    }
    (best.text != source.text).then_some(Mended { source: best, left })
}

/// The file after the next fixes that help: all together, else the first of so many that helps on its own.
fn next(
    source: &Source,
    findings: &[Diagnostic],
    alone: usize,
    reader: &Reader<'_>,
) -> Option<(Source, Vec<Diagnostic>)> {
    let mut with_fix = findings.iter().filter(|finding| !finding.fix.is_empty()).peekable();
    with_fix.peek()?;
    let single = with_fix.take(alone).map(std::slice::from_ref);
    std::iter::once(findings).chain(single).find_map(|fixes| {
        let text = mended(&source.text, fixes);
        let candidate = Source { name: source.name.clone(), text };
        let left = everything(&candidate, reader);
        (weight(&left) < weight(findings)).then_some((candidate, left))
    })
}

/// What is wrong, and what might be better.
fn everything(source: &Source, reader: &Reader<'_>) -> Vec<Diagnostic> {
    let checked = check_with(source, reader);
    [checked.findings, checked.advice].concat()
}

/// How much is to be done. What keeps the file from being read comes first, because it hides the rest; then errors;
/// then advice, which is only given where there are none.
fn weight(findings: &[Diagnostic]) -> (usize, usize, usize) {
    let reading = findings.iter().filter(|finding| finding.code < Code::FormatVersion).count();
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error).count();
    (reading, errors, findings.len() - errors)
}
