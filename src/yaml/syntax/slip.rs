//! What the library stumbled over, told from its own words and from the text around the place.

use crate::yaml::brackets;
use crate::yaml::build::Stop;
use crate::yaml::copied::{pasted, table};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::lost_dash;
use crate::yaml::quotes::{
    bare_claim, earlier_name, opened_above, prose_in_braces, reference, text_over_lines,
};

/// What the library can stumble over, as far as a person cares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Slip(Slip),
    Tab,
    UnknownAlias,
    TooDeep,
    Control,
}

/// Slips that only the syntax shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::yaml) enum Slip {
    OpenQuote,
    AfterQuote,
    Escape,
    OpenBracket,
    /// `[` with `}`.
    WrongBracket,
    /// A reference such as `X[1]` between braces, without quotation marks.
    Reference,
    /// A text over several lines that holds `: `.
    TextOverLines,
    ProseInBraces,
    ShallowInBracket,
    ClosingBracket,
    AfterBracket,
    /// Rows of numbers without commas.
    Grid,
    /// Rows of numbers without brackets around all of them.
    Table,
    /// `array(…)` around a matrix.
    Call,
    /// LaTeX where numbers or arithmetic are wanted.
    Tex,
    /// A bracket that ends with its line at the latest.
    Unclosed,
    SecondColon,
    Indentation,
    MissingDash,
    MissingColon,
    FirstCharacter,
    ListOnNameLine,
    BlockHeader,
    ClaimInSigns,
    TightDash,
    FirstLine,
    Other,
}

/// The library has no kinds of errors, only these texts; a text it changes falls back to [`Slip::Other`]. With it
/// comes the place of the slip.
pub(super) fn kind(stop: &Stop, draft: &Draft) -> (Kind, usize) {
    let Stop { mut at, ref why, bracket, .. } = *stop;
    let says = |words: &[&str]| words.iter().any(|word| why.contains(word));
    // The library goes on to the next line before it misses the colon.
    let lacks_colon = bracket.is_none() && says(&["simple key expect"]);
    if lacks_colon {
        at = line_without_colon(at, draft);
    }
    let kind = if says(&["recursion limit"]) {
        Kind::TooDeep
    } else if says(&["unprintable", "byte order mark"]) {
        Kind::Control
    } else if says(&["unknown anchor", "anchor", "tag"]) && !why.contains("block") {
        Kind::UnknownAlias
    } else if bracket.is_none() && table::in_brackets(at, draft).is_some() {
        Kind::Slip(Slip::Table)
    } else if says(&["escape", "hexadecimal"]) {
        Kind::Slip(Slip::Escape)
    } else if says(&["trailing content after double-quoted"]) {
        let above = opened_above(at, draft);
        at = above.unwrap_or(at);
        Kind::Slip(if above.is_some() { Slip::OpenQuote } else { Slip::AfterQuote })
    } else if says(&["quoted scalar"]) {
        Kind::Slip(Slip::OpenQuote)
    } else if says(&["misplaced bracket"]) {
        Kind::Slip(Slip::ClosingBracket)
    } else if says(&["block scalar, did not find", "indentation indicator"]) {
        let is_claim = bare_claim::without_signs(at, draft).is_some();
        Kind::Slip(if is_claim { Slip::ClaimInSigns } else { Slip::BlockHeader })
    } else if says(&["unexpected character", "cannot start with"])
        && matches!(draft.get(at), Some('`' | '@' | '%'))
    {
        Kind::Slip(Slip::FirstCharacter)
    } else if let Some(slip) = bracket.and_then(|bracket| pasted(at, bracket, draft)) {
        Kind::Slip(slip)
    } else if bracket.is_some() && says(&["invalid indentation"]) && starts_inside_bracket(at, draft) {
        Kind::Slip(Slip::ShallowInBracket)
    } else if bracket.is_some_and(|bracket| prose_in_braces(bracket, draft)) {
        Kind::Slip(Slip::ProseInBraces)
    } else if bracket.is_some_and(|bracket| brackets::put_right(at, bracket, draft).is_some()) {
        Kind::Slip(Slip::WrongBracket)
    } else if bracket.and_then(|bracket| draft.get(bracket)) == Some('{') && reference(at, draft).is_some() {
        Kind::Slip(Slip::Reference)
    } else if bracket.is_some() {
        Kind::Slip(Slip::OpenBracket)
    } else if says(&["tab"]) {
        Kind::Tab
    } else if says(&["mapping values are not allowed"]) {
        if text_over_lines(at, draft).is_some() {
            Kind::Slip(Slip::TextOverLines)
        } else if first_on_line(at, draft) || earlier_name(at, draft).is_none() {
            Kind::Slip(indentation(at, draft))
        } else {
            Kind::Slip(Slip::SecondColon)
        }
    } else if lacks_colon {
        let slip = indentation(at, draft);
        let is_of_list = matches!(slip, Slip::MissingDash | Slip::TightDash);
        Kind::Slip(if is_of_list { slip } else { Slip::MissingColon })
    } else if says(&["did not find expected key", "'-' indicator", "indentation", "indented"]) {
        let (start, _) = draft.line(at);
        let after = draft.slice(start, at).iter().rev().find(|c| !c.is_whitespace());
        if matches!(after, Some(']' | '}')) {
            Kind::Slip(Slip::AfterBracket)
        } else {
            Kind::Slip(indentation(at, draft))
        }
    } else if says(&["unexpected character", "node content", "cannot start with"]) {
        Kind::Slip(Slip::FirstCharacter)
    } else if says(&["block sequence entries"]) {
        Kind::Slip(Slip::ListOnNameLine)
    } else if draft.get(at) == Some('?') {
        Kind::Slip(Slip::FirstCharacter)
    } else if matches!(draft.get(0), Some(' ')) && draft.line(at).0 > 0 {
        Kind::Slip(Slip::FirstLine)
    } else {
        Kind::Slip(Slip::Other)
    };
    (kind, at)
}

/// What was pasted into a bracket, or follows one that is not closed.
fn pasted(at: usize, bracket: usize, draft: &Draft) -> Option<Slip> {
    if pasted::with_commas(bracket, draft).is_some() {
        Some(Slip::Grid)
    } else if pasted::root(at, draft).is_some() {
        Some(Slip::Tex)
    } else {
        pasted::closed(at, bracket, draft).map(|_| Slip::Unclosed)
    }
}

/// A line that stands right below the `-` of a list lacks its own.
fn indentation(at: usize, draft: &Draft) -> Slip {
    let start = start_of_content(at, draft);
    match draft.slice(start, draft.line(at).1) {
        ['-', next, ..] if next.is_alphabetic() => return Slip::TightDash,
        ['-', ..] => return Slip::Indentation,
        _ => {}
    }
    if lost_dash::item_above(at, draft).is_some() { Slip::MissingDash } else { Slip::Indentation }
}

/// Whether the line of `at` begins as the inside or end of a bracket does, rather than with a name.
fn starts_inside_bracket(at: usize, draft: &Draft) -> bool {
    let (start, end) = draft.line(at);
    let first = draft.slice(start, end).iter().find(|c| !c.is_whitespace());
    first.is_some_and(|c| c.is_ascii_digit() || "[]{}-+.\"'".contains(*c))
}

/// Whether only blanks and dashes stand before `at` in its line.
fn first_on_line(at: usize, draft: &Draft) -> bool {
    let (start, _) = draft.line(at);
    draft.slice(start, at).iter().all(|c| c.is_whitespace() || *c == '-')
}

/// Where the line begins that lacks its colon: the last before `at` that holds anything, or the one above that it goes on from.
pub(in crate::yaml) fn line_without_colon(at: usize, draft: &Draft) -> usize {
    const FAR: usize = 400;
    let (start, _) = draft.line(at);
    let Some(last) = draft.slice(0, start).iter().rposition(|c| !c.is_whitespace()) else {
        return at;
    };
    let indent = |start: usize| start_of_content(start, draft) - start;
    let mut found = draft.line(last).0;
    let mut line = found;
    for _ in 0..FAR {
        let Some(above) = line.checked_sub(1) else { break };
        let (start, end) = draft.line(above);
        line = start;
        if start + indent(start) == end || indent(start) >= indent(found) {
            continue;
        }
        let text = draft.slice(start, end);
        if text.contains(&':') || text.get(indent(start)) == Some(&'#') {
            break;
        }
        found = start;
    }
    start_of_content(found, draft)
}

/// The first character of the line of `at` that is no space.
pub(super) fn start_of_content(at: usize, draft: &Draft) -> usize {
    let (start, end) = draft.line(at);
    start + draft.slice(start, end).iter().take_while(|c| **c == ' ').count()
}
