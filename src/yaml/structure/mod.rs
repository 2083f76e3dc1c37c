//! Slips that are seen in the text itself: tabs and unusual blanks, fullwidth signs, a missing space after a colon,
//! control characters.
//!
//! YAML reads `title：注意力` as a text, and complains lines later or never. So the lines are looked through
//! beforehand, only as far as needed to tell the places of names from the insides of texts. What looks like a slip is
//! reported and put right in the draft that the library reads.

pub(super) mod blank;
pub(super) mod colon;
pub(super) mod comment;
pub(super) mod lines;
pub(super) mod nearby;
pub(super) mod outline;

use super::brackets::flow::Sign;
use super::copied;
use super::refusal::{control_character, fence, fullwidth, line_break};
use crate::diagnostic::{Diagnostic, ENOUGH, Edit, Span, is_unprintable};
use lines::{Lines, begins_entry};
use nearby::{also_in, written_with_spaces};

/// What was found.
#[derive(Default)]
pub(super) struct Slips {
    /// How to put it right.
    pub(super) edits: Vec<Edit>,
    /// What to report.
    pub(super) findings: Vec<Diagnostic>,
    /// Whether tabs were among it; they make errors of indentation likely.
    pub(super) tabs: bool,
}

impl Slips {
    pub(super) fn report(&mut self, finding: impl FnOnce() -> Diagnostic) {
        if self.findings.len() < ENOUGH {
            self.findings.push(finding());
        }
    }
}

/// So many of the places that are told as one are marked.
const MARKED: usize = 12;

/// Looks through a file, in which a tab is worth `tab_width` blanks, or as many as the first level has.
pub(super) fn check(text: &str, tab_width: Option<usize>) -> Slips {
    let mut slips = Slips::default();
    control_characters(text, &mut slips);
    let mut lines = Lines::new(text, tab_width);
    let mut start = 0;
    let mut pasted = copied::find(text).into_iter().peekable();
    let mut away = Vec::new();
    for line in text.split_inclusive('\n') {
        let before = pasted.next_if(|it| it.span.start == start).filter(|_| !lines.is_in_text_of_lines(line));
        let length = before.map_or(0, |it| it.length(start)).min(line.len());
        lines.take(line[length..].trim_end_matches(['\n', '\r']), start + length);
        away.extend(before);
        start += line.len();
    }
    for finding in copied::findings(text, &away) {
        slips.report(|| finding);
    }
    slips.edits.extend(away.into_iter().map(copied::Copied::edit));
    slips.tabs = !lines.tabs.is_empty() || !lines.odd_indents.is_empty();
    slips.blanks(text, &lines);
    lines.judge_suspects(text, &mut slips);
    for span in lines.fences.drain(..) {
        slips.report(|| fence(span).with_fix(span, ""));
        slips.edits.push(Edit { span, with: String::new() });
    }
    for Edit { span, with } in lines.comments.drain(..) {
        slips.report(|| comment::finding(span, &text[span.range()], &with).with_fix(span, with.as_str()));
        slips.edits.push(Edit { span, with });
    }
    for sign in lines.signs.drain(..).chain(lines.flow.found.drain(..)) {
        slips.sign(&sign);
    }
    slips
}

impl Slips {
    /// Reports tabs and unusual blanks at the beginning of lines, and tabs in them.
    fn blanks(&mut self, text: &str, lines: &Lines) {
        let tab_width = lines.tab_width;
        let spaces = |span: Span| -> String {
            let width = |c: char| if c == '\t' { tab_width } else { blank::width(c).unwrap_or(1) };
            // After a `-` or `:` one blank is enough.
            let inside = span.start > 0 && !text[..span.start].ends_with('\n');
            if inside { " ".to_owned() } else { " ".repeat(text[span.range()].chars().map(width).sum()) }
        };
        let odd = |span: Span| text[span.range()].chars().find(|c| blank::width(*c).is_some()).unwrap_or(' ');
        let inside = |span: &Span| span.start > 0 && !text[..span.start].ends_with('\n');
        let (inner, deep): (Vec<Span>, Vec<Span>) = lines.tabs.iter().copied().partition(inside);
        let instead = blank::instead_of_tabs(text, &deep, tab_width);
        self.indents(text, &deep, &spaces, |span| blank::tab(span, Some(&instead)));
        self.indents(text, &inner, &spaces, |span| {
            blank::tab_inside(span, &written_with_spaces(text, &inner))
        });
        self.indents(text, &lines.odd_indents, &spaces, |span| {
            blank::unusual_at_edge(text, span, odd(span), &lines.odd_indents)
        });
    }

    /// Reports blanks at the beginning of lines, all of them as one finding.
    fn indents(
        &mut self,
        text: &str,
        spans: &[Span],
        spaces: &impl Fn(Span) -> String,
        finding: impl Fn(Span) -> Diagnostic,
    ) {
        let Some((first, rest)) = spans.split_first() else { return };
        let edits: Vec<Edit> = spans.iter().map(|span| Edit { span: *span, with: spaces(*span) }).collect();
        let mut finding = finding(*first);
        if let Some(label) = also_in(text, *first, rest) {
            finding = finding.with_label(label);
        }
        for another in rest.iter().take(MARKED).filter(|span| !text[first.start..span.start].contains('\n')) {
            finding = finding.with_another(*another);
        }
        if edits.len() <= ENOUGH {
            finding.fix.clone_from(&edits);
        }
        self.findings.push(finding);
        self.edits.extend(edits);
    }

    /// Reports line breaks that are none, all of them as one finding.
    fn line_breaks(&mut self, text: &str, spans: &[Span]) {
        let Some((first, rest)) = spans.split_first() else { return };
        let edits: Vec<Edit> = spans.iter().map(|span| Edit { span: *span, with: "\n".to_owned() }).collect();
        let c = text[first.range()].chars().next().unwrap_or('\u{2028}');
        let finding = line_break(*first, c, spans.len());
        let finding = rest.iter().take(MARKED).copied().fold(finding, Diagnostic::with_another);
        self.findings.push(Diagnostic { fix: edits.clone(), ..finding });
        self.edits.extend(edits);
    }

    fn sign(&mut self, sign: &Sign) {
        let with = if matches!(sign.plain, ':' | ',') && !sign.before_blank {
            format!("{} ", sign.plain)
        } else {
            sign.plain.to_string()
        };
        let mut edits = vec![Edit { span: sign.span, with: with.clone() }];
        edits.extend(sign.other_half.map(|span| Edit { span, with }));
        self.report(|| {
            let finding = if blank::width(sign.found).is_some() {
                blank::unusual(sign.span, sign.found)
            } else {
                fullwidth(sign.span, sign.found, sign.plain)
            };
            let finding = sign.other_half.into_iter().fold(finding, Diagnostic::with_another);
            Diagnostic { fix: edits.clone(), ..finding }
        });
        self.edits.extend(edits);
    }
}

fn control_characters(text: &str, slips: &mut Slips) {
    let breaks: Vec<Span> = line_breaks(text).collect();
    slips.line_breaks(text, &breaks);
    for (offset, c) in text.char_indices().filter(|(_, c)| is_unprintable(*c)) {
        if breaks.binary_search_by_key(&offset, |span| span.start).is_ok() {
            continue;
        }
        let span = Span::new(offset, offset + c.len_utf8());
        slips.report(|| control_character(span, c).with_fix(span, ""));
        // What has no width may stand within a word.
        let has_no_width = matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
        slips.edits.push(Edit { span, with: if has_no_width { "" } else { " " }.to_owned() });
    }
}

/// The line breaks of word processors, which are none here, before what begins a line.
fn line_breaks(text: &str) -> impl Iterator<Item = Span> {
    let breaks = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'));
    breaks.filter_map(|(offset, c)| {
        let span = Span::new(offset, offset + c.len_utf8());
        let rest = text[span.end..].trim_start_matches(' ');
        let line = rest.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).next()?;
        (begins_entry(line) || line.starts_with("- ")).then_some(span)
    })
}
