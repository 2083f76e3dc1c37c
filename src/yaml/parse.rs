//! From a file to its tree and everything that is wrong with its YAML.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Tree;
use super::build::{Stop, build};
use super::draft::Draft;
use super::left_out::{LeftOut, leave_out};
use super::structure::outline::{Belongs, Part};
use super::syntax::Explained;
use super::{
    brackets::behind_bracket, brackets::braces, brackets::cells, brackets::surplus, copied::backticks,
    copied::doubled, copied::foreign, copied::line_numbers, copied::notation, indentation,
    indentation::first_item, indentation::inward, indentation::left_behind, indentation::outward,
    indentation::stray, keys, quotes::colon_below, quotes::marks, reread, structure, structure::colon,
    structure::comment, syntax, trial,
};
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
/// So many bytes are read otherwise, to find out what a file lacks,
const READ_AGAIN: usize = 400_000;
/// and so often at the most.
const READINGS: usize = 100;
/// Lines that are moved to the column where they belong; after that the columns themselves are in doubt.
const MOVED_LINES: usize = 6;

/// What a file is expected to hold, by which its slips are judged.
pub struct Expected<'a> {
    /// Its outermost names: where one of them is indented, the finding says so.
    pub names: &'a [&'a str],
    /// What is wrong with what was read. What a tab is worth is not written in it, and a line that is lost is not there
    /// to be read: the reading with the fewest faults counts.
    pub faults: &'a dyn Fn(&Tree) -> Vec<Span>,
    /// What may stand where some names lead, if that is known.
    pub belongs: &'a dyn Fn(&[Part]) -> Option<Belongs>,
}

/// A file as it was read.
pub struct Parsed {
    /// What it says; there whenever it could be read to its end, if need be after slips were put right or entries left
    /// out.
    pub tree: Option<Tree>,
    /// What is wrong with its YAML.
    pub findings: Vec<Diagnostic>,
    /// Entries that could not be read: nothing stands in the tree in their place.
    pub left_out: Vec<LeftOut>,
}

/// Reads a file as one YAML document.
///
/// The tree is there whenever the whole text could be read, if need be after slips were put right; the findings then
/// say so. Without findings it is exactly what the file says.
pub fn parse(source: &Source) -> (Option<Tree>, Vec<Diagnostic>) {
    let Parsed { tree, findings, left_out } =
        parse_as(source, &Expected { names: &[], faults: &|_| Vec::new(), belongs: &|_| None });
    (tree.filter(|_| left_out.is_empty()), findings)
}

/// The same for a file of which something is known; what cannot be read in it is left out.
pub fn parse_as(source: &Source, expected: &Expected<'_>) -> Parsed {
    let refused = |finding| Parsed { tree: None, findings: vec![finding], left_out: Vec::new() };
    if source.text.len() > MAX_BYTES {
        return refused(too_large());
    }
    let whole = [foreign::finding, line_numbers::finding, doubled::finding];
    if let Some(finding) = whole.iter().find_map(|finding| finding(&source.text)) {
        return refused(finding);
    }
    let structure::Slips { edits, mut findings, tabs } = slips(&source.text, expected);
    let mut draft = Draft::new(&source.text, edits);
    findings.extend(notation::put_in_brackets(expected.belongs, &mut draft));
    let mut left_out: Vec<LeftOut> = Vec::new();
    let attempts = if source.text.len() <= SMALL { ATTEMPTS_IN_SMALL_FILES } else { ATTEMPTS };
    let mut moved = 0;
    let mut quoted = BTreeSet::new();
    // Where nothing is known of a file, no other reading of it is better.
    let most = if expected.names.is_empty() { 0 } else { READINGS };
    let mut readings = (READ_AGAIN / source.text.len().max(1)).min(most);
    for _ in 0..attempts {
        let mut built = build(&draft);
        let mut lost = || trial::explain(&built, expected, &draft, &mut readings);
        let Some(stop) = &built.stopped else {
            let reread =
                || built.tree.as_ref().and_then(|tree| reread::explain(tree, expected.belongs, &draft));
            let slip = lost().or_else(reread).or_else(|| cells::rows_as_names(&built.findings, &draft));
            if let Some(Explained { finding, mends, .. }) = slip.filter(|it| !it.mends.is_empty()) {
                findings.push(finding);
                draft.mend(mends);
                continue;
            }
            keys::tell_of_lists(expected.belongs, &draft, &mut built.findings);
            findings.append(&mut built.findings);
            return Parsed { tree: built.tree, findings: sorted(findings), left_out };
        };
        let at = stop.at;
        let mut explained = syntax::explain(stop, &draft);
        let marker = || stop.bracket.is_none().then(|| stray::marker(at, expected.belongs, &draft)).flatten();
        if let Some(better) = marker().or_else(lost).or_else(|| better(stop, &explained, expected, &draft)) {
            explained = better;
        }
        let line = line_around(&source.text, explained.finding.span.start);
        let same_line = findings.iter().filter(|finding| line.contains(&finding.span.start));
        // Each text that lacks its quotation marks, or has others, is a slip of its own.
        let is_of_one_text = |it: &Diagnostic| puts_in_quotes(it) || takes_marks(it, &source.text);
        let are_apart = |it: &Diagnostic| {
            let both = [it, &explained.finding];
            both.into_iter().all(is_of_one_text)
                || both.into_iter().all(|it| is_of_one_sign(it, &source.text))
        };
        let consequence =
            (tabs && explained.about_indentation) || same_line.into_iter().any(|it| !are_apart(it));
        if !consequence {
            findings.push(explained.finding);
        }
        moved += usize::from(explained.about_indentation);
        // Quotation marks that did not help would be quoted in their turn, and again.
        explained.mends.retain(|mend| !mend.puts_in_quotes() || quoted.insert(draft.byte(mend.start)));
        if moved <= MOVED_LINES && !explained.mends.is_empty() {
            draft.mend(explained.mends);
        } else if let Some(entry) =
            leave_out(stop.outermost.unwrap_or(at), at, &mut draft).filter(|_| !explained.about_indentation)
        {
            left_out.push(entry);
        } else {
            findings.append(&mut built.findings);
            break;
        }
    }
    Parsed { tree: None, findings: sorted(findings), left_out }
}

/// What says more than the library of a stop, because of what is expected there.
fn better(stop: &Stop, explained: &Explained, expected: &Expected<'_>, draft: &Draft) -> Option<Explained> {
    let Stop { at, bracket, .. } = *stop;
    let table = expected.belongs;
    let of_lines = || {
        comment::forgotten(at, table, draft)
            .or_else(|| left_behind::item(at, table, draft))
            .or_else(|| stray::beside_name(at, draft))
            .or_else(|| outward::missing(at, table, draft))
            .or_else(|| colon::missing(at, table, draft))
            .or_else(|| inward::missing(at, table, draft))
            .or_else(|| colon_below::explained(at, table, draft))
            .or_else(|| stray::dash(at, table, draft))
            .or_else(|| stray::no_entry(at, table, draft))
    };
    let opening = || draft.index(explained.finding.span.start);
    let better = comment::behind(at, table, draft)
        .or_else(|| surplus::bracket(at, draft))
        .or_else(|| bracket.is_none().then(|| behind_bracket::explained(at, table, draft)).flatten())
        .or_else(|| backticks::around(stop, table, draft))
        .or_else(|| marks::wide_end(opening(), draft))
        .or_else(|| braces::instead(stop, table, draft))
        .or_else(|| bracket.is_none().then(of_lines).flatten());
    if better.is_some() {
        return better;
    }
    explained.about_indentation.then_some(())?;
    first_item::without_dash(at, table, draft)
        .or_else(|| indentation::at_left_edge(at, expected.names, draft))
}

/// The slips of a text. Where a tab of the usual width gives no YAML, or faults, one of another width may give fewer.
fn slips(text: &str, expected: &Expected<'_>) -> structure::Slips {
    const WIDTHS: [usize; 11] = [4, 8, 2, 1, 6, 3, 10, 12, 5, 7, 9];
    let usual = structure::check(text, None);
    let faults = |slips: &structure::Slips| {
        let built = build(&Draft::new(text, slips.edits.clone()));
        built.stopped.is_none().then(|| {
            built.tree.as_ref().map_or(0, |tree| (expected.faults)(tree).len()) + built.findings.len()
        })
    };
    if !usual.tabs || text.len() > SMALL {
        return usual;
    }
    let worst = usize::MAX;
    let (mut fewest, mut best) = (faults(&usual).unwrap_or(worst), usual);
    for width in WIDTHS {
        if fewest == 0 {
            break;
        }
        let other = structure::check(text, Some(width));
        let wrong = faults(&other).unwrap_or(worst);
        if wrong < fewest {
            (fewest, best) = (wrong, other);
        }
    }
    best
}

/// Whether the fix of a finding is a pair of quotation marks around a text, or a colon in it that does no harm.
fn puts_in_quotes(finding: &Diagnostic) -> bool {
    finding.fix.first().is_some_and(|edit| {
        edit.with.len() > 1 && (edit.with.starts_with(['"', '\'']) || edit.with.contains('：'))
    })
}

/// Whether the fix of a finding takes backticks from around a text.
fn takes_marks(finding: &Diagnostic, text: &str) -> bool {
    finding.fix.first().is_some_and(|edit| text[edit.span.range()].starts_with('`'))
}

/// Whether the fix of a finding is one sign for another, as `,` for `;` and `- ` for `1.`: it leaves the rest of the line as
/// it is.
fn is_of_one_sign(finding: &Diagnostic, text: &str) -> bool {
    let is_sign = |it: &str| !it.is_empty() && !it.contains(['\n', '"', '\'']);
    finding.fix.iter().all(|edit| is_sign(&edit.with) && is_sign(&text[edit.span.range()]))
        && !finding.fix.is_empty()
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
