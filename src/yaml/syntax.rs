//! The library's syntax errors in a teacher's words.

use super::build::Stop;
use super::draft::Draft;
use super::quotes::wide::unbroken;
use super::quotes::{
    closed_in_line, closing_quote, earlier_name, in_other_marks, opened_above, prose_in_braces, quoted,
    reference, text_over_lines, value_of_line,
};
use super::refusal::{control_character, too_deep, unsupported_mark};
use super::structure::outline::entry;
use super::{
    brackets, copied::pasted, copied::table, indentation, indentation::lost_dash, quotes::bare_claim,
    quotes::quoting, quotes::tex, structure::blank, wording,
};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::language::Localised;

/// A syntax error for people.
pub(super) struct Explained {
    /// What to report.
    pub(super) finding: Diagnostic,
    /// Whether it comes from how far lines are indented, so that tabs may be its cause.
    pub(super) about_indentation: bool,
    /// What to put into the draft so that the reading can go on to the next mistake; from left to right.
    pub(super) mends: Vec<Mend>,
}

impl Explained {
    /// A finding that these mends put right, in the file as well as far as they can be carried out there.
    pub(super) fn new(finding: Diagnostic, mends: Vec<Mend>, draft: &Draft) -> Self {
        let finding = mends.iter().fold(finding, |finding, mend| mend.fixing(finding, draft));
        Self { finding, about_indentation: false, mends }
    }

    /// The same, where it comes from how far lines are indented.
    pub(super) fn about_indentation(self) -> Self {
        Self { about_indentation: true, ..self }
    }
}

/// A finding of this kind, and what puts it right.
pub(super) fn told(
    place: Span,
    message: Localised<String>,
    hint: Localised<String>,
    mends: Vec<Mend>,
    draft: &Draft,
) -> Explained {
    Explained::new(Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint), mends, draft)
}

/// Other characters for a range of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mend {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: String,
}

impl Mend {
    /// The finding with this as its fix, if it can be carried out on the file.
    pub(super) fn fixing(&self, finding: Diagnostic, draft: &Draft) -> Diagnostic {
        match draft.exact(self.start, self.end) {
            Some(span) => finding.with_fix(span, self.with.as_str()),
            None => finding,
        }
    }

    /// Whether it puts quotation marks around a text.
    pub(super) fn puts_in_quotes(&self) -> bool {
        self.with.len() > 1 && self.with.starts_with(['"', '\''])
    }
}

/// What the library can stumble over, as far as a person cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Slip(Slip),
    Tab,
    UnknownAlias,
    TooDeep,
    Control,
}

/// Slips that only the syntax shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
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

/// Explains why the reading stopped.
pub(super) fn explain(stop: &Stop, draft: &Draft) -> Explained {
    let bracket = stop.bracket;
    let (kind, at) = kind(stop, draft);
    // The library says only where the text begins.
    if let Some(explained) = (kind == Kind::Slip(Slip::Escape)).then(|| tex::explain(at, draft)).flatten() {
        return explained;
    }
    let indentation =
        [Slip::Indentation, Slip::FirstLine, Slip::MissingDash, Slip::ShallowInBracket, Slip::MissingColon]
            .map(Kind::Slip);
    let fix = fix(kind, at, bracket, draft);
    let finding = match (&fix, kind) {
        (Some(mend), kind) => written(finding(kind, at, bracket, draft), kind, mend, bracket, draft),
        (None, Kind::Slip(Slip::OpenQuote)) => closed_in_line(finding(kind, at, bracket, draft), at, draft),
        (None, kind) => finding(kind, at, bracket, draft),
    };
    // Where no better remedy is known, the sign that the library stumbled over is taken away.
    let one_sign = [Kind::Slip(Slip::SecondColon), Kind::Slip(Slip::FirstCharacter), Kind::UnknownAlias];
    let no_sign = draft.get(at).filter(|c| one_sign.contains(&kind) && !c.is_whitespace());
    let no_sign = no_sign.map(|_| Mend { start: at, end: at + 1, with: "_".to_owned() });
    let explained = match fix {
        Some(mend) => Explained::new(finding, vec![mend], draft),
        None => Explained { finding, about_indentation: false, mends: no_sign.into_iter().collect() },
    };
    if kind == Kind::Tab || indentation.contains(&kind) { explained.about_indentation() } else { explained }
}

/// The finding with what its fix writes.
fn written(
    finding: Diagnostic,
    kind: Kind,
    mend: &Mend,
    bracket: Option<usize>,
    draft: &Draft,
) -> Diagnostic {
    match kind {
        Kind::Slip(Slip::WrongBracket | Slip::Unclosed) => {
            brackets::written(finding, mend, bracket.unwrap_or(mend.start), draft)
        }
        Kind::Slip(Slip::Table | Slip::Grid | Slip::Tex) => table::written(finding, mend, draft),
        Kind::Slip(Slip::AfterBracket) if mend.with.starts_with('[') => {
            let message =
                both!("lists stand side by side, where one belongs", "这里并排写了几个列表，应当只写一个");
            let span = draft.span(mend.start, mend.end);
            Diagnostic { span, message, ..finding }.with_hint(quoting::how(mend, draft))
        }
        Kind::Slip(Slip::AfterQuote | Slip::TextOverLines | Slip::AfterBracket | Slip::SecondColon) => {
            finding.with_hint(quoting::how(mend, draft))
        }
        // Such signs begin no list and no block here, but a text.
        Kind::Slip(Slip::BlockHeader | Slip::ListOnNameLine) => {
            let sign = draft.get(mend.start).unwrap_or('-');
            let message = wording::message(Slip::FirstCharacter, sign, ']');
            Diagnostic { message, ..finding }.with_hint(quoting::how(mend, draft))
        }
        Kind::Slip(_) | Kind::Tab | Kind::UnknownAlias | Kind::TooDeep | Kind::Control => {
            if mend.puts_in_quotes() { finding.with_hint(quoting::how(mend, draft)) } else { finding }
        }
    }
}

/// What puts a slip right, where the hand is sure to have meant it.
fn fix(kind: Kind, at: usize, bracket: Option<usize>, draft: &Draft) -> Option<Mend> {
    let slip = match kind {
        Kind::Slip(slip) => slip,
        Kind::UnknownAlias => return quoted(at, draft),
        Kind::Tab | Kind::TooDeep | Kind::Control => return None,
    };
    match slip {
        Slip::Grid => pasted::with_commas(bracket?, draft),
        Slip::Table => table::in_brackets(at, draft),
        Slip::Tex => pasted::root(at, draft),
        Slip::Unclosed => pasted::closed(at, bracket?, draft),
        Slip::SecondColon => {
            let mend = quoted(value_of_line(at, draft)?, draft)?;
            let text: String = draft.slice(mend.start, mend.end).iter().collect();
            let name = entry(draft.line(at).0, draft).name.unwrap_or_default();
            Some(Mend { with: unbroken(&text, &name), ..mend })
        }
        Slip::FirstCharacter | Slip::ListOnNameLine => quoted(at, draft),
        Slip::AfterBracket => {
            let value = value_of_line(at, draft)?;
            let in_quotes =
                || matches!(draft.get(value), Some('{' | '[')).then(|| quoted(value, draft)).flatten();
            brackets::side_by_side(value, draft).or_else(in_quotes)
        }
        Slip::ProseInBraces => quoted(bracket?, draft),
        Slip::WrongBracket => brackets::put_right(at, bracket?, draft),
        Slip::Reference => quoted(reference(at, draft)?, draft),
        Slip::TextOverLines => text_over_lines(at, draft),
        Slip::MissingDash => {
            let line = draft.line(at).0;
            let own = indentation::indent(line, draft);
            let column =
                lost_dash::item_above(at, draft).map_or(own, |above| indentation::indent(above, draft));
            Some(Mend { start: line + column, end: line + own, with: "- ".to_owned() })
        }
        Slip::Indentation => indentation::aligned(at, draft),
        Slip::AfterQuote => in_other_marks(value_of_line(at, draft)?, draft),
        Slip::BlockHeader => {
            let (start, end) = draft.line(at);
            let indent = |start| start_of_content(start, draft) - start;
            let goes_on = draft.get(end).is_some() && indent(end + 1) > indent(start);
            if goes_on { None } else { quoted(value_of_line(at, draft)?, draft) }
        }
        Slip::ClaimInSigns => bare_claim::without_signs(at, draft),
        Slip::TightDash => {
            let dash = start_of_content(at, draft);
            Some(Mend { start: dash + 1, end: dash + 1, with: " ".to_owned() })
        }
        Slip::FirstLine => {
            let first = start_of_content(0, draft);
            Some(Mend { start: 0, end: first, with: String::new() })
        }
        Slip::OpenQuote
        | Slip::OpenBracket
        | Slip::ShallowInBracket
        | Slip::ClosingBracket
        | Slip::MissingColon
        | Slip::Call
        | Slip::Escape
        | Slip::Other => None,
    }
}

/// The library has no kinds of errors, only these texts; a text it changes falls back to [`Slip::Other`]. With it
/// comes the place of the slip.
fn kind(stop: &Stop, draft: &Draft) -> (Kind, usize) {
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

fn finding(kind: Kind, at: usize, bracket: Option<usize>, draft: &Draft) -> Diagnostic {
    let here = draft.span(at, at + 1);
    let sign = draft.get(at);
    let slip = match kind {
        Kind::Slip(slip) => slip,
        Kind::Tab => return blank::tab(here, None),
        Kind::UnknownAlias => return unsupported_mark(word(at, draft), sign.unwrap_or('*')),
        Kind::TooDeep => return too_deep(here),
        Kind::Control => return control_character(here, sign.unwrap_or('\0')),
    };
    let sign = if slip == Slip::AfterQuote { draft.get(closing_quote(at, draft)) } else { sign };
    let sign = sign.filter(|c| !c.is_whitespace()).unwrap_or('?');
    let of_bracket = [Slip::OpenBracket, Slip::WrongBracket, Slip::ShallowInBracket, Slip::Unclosed];
    let opening = bracket.filter(|_| of_bracket.contains(&slip));
    let closing = if opening.and_then(|at| draft.get(at)) == Some('{') { '}' } else { ']' };
    let place = match slip {
        Slip::ShallowInBracket | Slip::Indentation | Slip::MissingDash | Slip::MissingColon | Slip::Table => {
            content_of_line(at, draft)
        }
        Slip::TightDash => {
            let dash = start_of_content(at, draft);
            draft.span(dash, dash + 1)
        }
        Slip::FirstLine => content_of_line(0, draft),
        Slip::AfterQuote => draft.span(closing_quote(at, draft), closing_quote(at, draft) + 1),
        Slip::OpenQuote
        | Slip::Escape
        | Slip::Call
        | Slip::OpenBracket
        | Slip::WrongBracket
        | Slip::ClosingBracket
        | Slip::AfterBracket
        | Slip::SecondColon
        | Slip::TextOverLines
        | Slip::FirstCharacter
        | Slip::ListOnNameLine
        | Slip::BlockHeader
        | Slip::ClaimInSigns
        | Slip::Other => here,
        Slip::Reference => match reference(at, draft) {
            Some(start) => draft.span(start, at + 1),
            None => here,
        },
        Slip::ProseInBraces => bracket.map_or(here, |at| draft.span(at, at + 1)),
        Slip::Grid | Slip::Tex => match fix(kind, at, bracket, draft) {
            Some(mend) => draft.span(mend.start, mend.end),
            None => here,
        },
        // The last sign of the line that should have closed it.
        Slip::Unclosed => match fix(kind, at, bracket, draft) {
            Some(mend) => draft.span(mend.start.saturating_sub(1), mend.start),
            None => here,
        },
    };
    if let Some(above) = lost_dash::item_above(at, draft).filter(|_| slip == Slip::MissingDash) {
        return lost_dash::finding(draft.line(at).0, above, draft);
    }
    if let Some(mend) = bare_claim::without_signs(at, draft).filter(|_| slip == Slip::ClaimInSigns) {
        return bare_claim::finding(&mend, draft);
    }
    let mut finding = Diagnostic::new(Code::YamlSyntax, place, wording::message(slip, sign, closing))
        .with_hint(wording::hint(slip, sign, closing));
    if slip == Slip::TightDash {
        let dash = start_of_content(at, draft);
        let text: String = draft.slice(dash + 1, draft.line(at).1).iter().collect();
        finding = finding.with_hint(wording::with_space(&text));
    }
    if let Some(opening) = opening {
        finding = finding.with_related(draft.span(opening, opening + 1), both!("opened here", "从这里开始"));
    }
    if slip == Slip::Indentation {
        finding = indentation::related(finding, at, draft);
    }
    if let Some(colon) = earlier_name(at, draft).filter(|_| slip == Slip::SecondColon) {
        finding = finding.with_related(draft.span(colon, colon + 1), both!("the first", "第一个"));
    }
    finding
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

/// The first character of the line of `at` that is no space.
fn start_of_content(at: usize, draft: &Draft) -> usize {
    let (start, end) = draft.line(at);
    start + draft.slice(start, end).iter().take_while(|c| **c == ' ').count()
}

/// The line of `at` without the blanks around it.
fn content_of_line(at: usize, draft: &Draft) -> Span {
    let (start, end) = draft.line(at);
    let line = draft.slice(start, end);
    let indent = line.iter().take_while(|c| c.is_whitespace()).count();
    let trailing = line.iter().rev().take_while(|c| c.is_whitespace()).count();
    draft.span(start + indent, (end - trailing.min(end)).max(start + indent))
}

/// Where the line begins that lacks its colon: the last before `at` that holds anything, or the one above that it goes on from.
pub(super) fn line_without_colon(at: usize, draft: &Draft) -> usize {
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

/// The word at `at`.
fn word(at: usize, draft: &Draft) -> Span {
    let (_, end) = draft.line(at);
    let length = draft.slice(at, end).iter().take_while(|c| !c.is_whitespace()).count();
    draft.span(at, at + length.max(1))
}
