//! From a file to its tree and everything that is wrong with its YAML.

use std::ops::Range;

use super::Tree;
use super::build::{Built, build};
use super::draft::Draft;
use super::{foreign, indentation, structure, syntax};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};

/// The largest lesson file, in bytes.
pub const MAX_BYTES: usize = 1_000_000;
/// The most lists and maps inside each other.
pub const MAX_DEPTH: usize = 64;
/// The most values (texts, numbers, names, lists and maps) in one file.
pub const MAX_VALUES: usize = 600_000;

/// Slips that are put right one by one in order to find the next; a file with more has other troubles. Each costs
/// another reading, so a large file gets fewer.
const ATTEMPTS: usize = 12;
const ATTEMPTS_IN_SMALL_FILES: usize = 100;
const SMALL: usize = 20_000;
/// Lines that are moved to the column where they belong; after that the columns themselves are in doubt.
const MOVED_LINES: usize = 6;

/// Reads a file as one YAML document.
///
/// The tree is there whenever the whole text could be read, if need be after slips were put right; the findings then
/// say so. Without findings it is exactly what the file says.
pub fn parse(source: &Source) -> (Option<Tree>, Vec<Diagnostic>) {
    parse_with_names(source, &[])
}

/// The same for a file whose outermost names are known: where one of them is indented, the finding says so.
pub fn parse_with_names(source: &Source, names: &[&str]) -> (Option<Tree>, Vec<Diagnostic>) {
    if source.text.len() > MAX_BYTES {
        return (None, vec![too_large()]);
    }
    if let Some(finding) = foreign::finding(&source.text) {
        return (None, vec![finding]);
    }
    let structure::Slips { edits, mut findings, tabs } = slips(&source.text);
    let mut draft = Draft::new(&source.text, edits);
    let attempts = if source.text.len() <= SMALL { ATTEMPTS_IN_SMALL_FILES } else { ATTEMPTS };
    let mut moved = 0;
    for _ in 0..attempts {
        let Built { tree, findings: mut further, stopped } = build(&draft);
        let Some((error, bracket)) = stopped else {
            findings.append(&mut further);
            return (tree, sorted(findings));
        };
        let mut explained = syntax::explain(&error, bracket, &draft);
        if explained.about_indentation
            && let Some(better) = indentation::at_left_edge(error.marker().index(), names, &draft)
        {
            explained = better;
        }
        let line = line_around(&source.text, explained.finding.span.start);
        let consequence = (tabs && explained.about_indentation)
            || findings.iter().any(|finding| line.contains(&finding.span.start));
        if !consequence {
            findings.push(explained.finding);
        }
        moved += usize::from(explained.about_indentation);
        let Some(mend) = explained.mend.filter(|_| moved <= MOVED_LINES) else {
            findings.append(&mut further);
            break;
        };
        draft.replace(mend.start, mend.end, &mend.with);
    }
    (None, sorted(findings))
}

/// The slips of a text. What a tab is worth is not written in it: where the usual width gives no YAML, another may.
fn slips(text: &str) -> structure::Slips {
    const WIDTHS: [usize; 4] = [4, 8, 2, 1];
    let usual = structure::check(text, None);
    let is_read = |slips: &structure::Slips| build(&Draft::new(text, slips.edits.clone())).stopped.is_none();
    if !usual.tabs || text.len() > SMALL || is_read(&usual) {
        return usual;
    }
    let others = WIDTHS.map(|width| structure::check(text, Some(width)));
    others.into_iter().find(is_read).unwrap_or(usual)
}

/// The bytes of the line of `offset`, with its line break.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline);
    start..end + 1
}

fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| (finding.span, finding.code));
    findings
}

fn too_large() -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        Span::at(0),
        both!("this file is larger than {MAX_BYTES} bytes", "这个文件超过了 {MAX_BYTES} 字节"),
    )
    .with_hint(both!(
        "a lesson is a few kilobytes; large matrices can be made with `random`",
        "一课通常只有几千字节；大矩阵可以用 `random` 生成"
    ))
}
