//! The library's syntax errors in a teacher's words.

mod finding;
mod slip;

use self::finding::finding;
use self::slip::{Kind, kind, start_of_content};
pub(super) use self::slip::{Slip, line_without_colon};
use super::build::Stop;
use super::copied::{pasted, table};
use super::draft::Draft;
use super::indentation::{self, lost_dash};
use super::quotes::wide::unbroken;
use super::quotes::{
    bare_claim, closed_in_line, in_other_marks, quoted, quoting, reference, tex, text_over_lines,
    value_of_line,
};
use super::structure::outline::entry;
use super::{brackets, wording};
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
        Kind::UnknownAlias if !mend.puts_in_quotes() => finding.with_hint(quoting::no_emphasis(&mend.with)),
        Kind::Slip(_) | Kind::Tab | Kind::UnknownAlias | Kind::TooDeep | Kind::Control => {
            if mend.puts_in_quotes() { finding.with_hint(quoting::how(mend, draft)) } else { finding }
        }
    }
}

/// What puts a slip right, where the hand is sure to have meant it.
fn fix(kind: Kind, at: usize, bracket: Option<usize>, draft: &Draft) -> Option<Mend> {
    let slip = match kind {
        Kind::Slip(slip) => slip,
        Kind::UnknownAlias => {
            let quoted = quoted(at, draft)?;
            return Some(quoting::without_stars(&quoted, draft).unwrap_or(quoted));
        }
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
            let text: String = draft.slice(line + own, draft.line(line).1).iter().collect();
            let column =
                lost_dash::item_above(at, draft).map_or(own, |above| indentation::indent(above, draft));
            let end = line + own + lost_dash::marker(&text);
            let is_left_out = lost_dash::is_ellipsis(&text);
            (!is_left_out).then(|| Mend { start: line + column, end, with: "- ".to_owned() })
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
