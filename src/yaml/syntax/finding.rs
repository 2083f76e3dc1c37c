//! What is said of a slip, and where.

use super::fix;
use super::slip::{Kind, Slip, start_of_content};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{self, lost_dash};
use crate::yaml::quotes::{bare_claim, closing_quote, earlier_name, reference};
use crate::yaml::refusal::{control_character, too_deep, unsupported_mark};
use crate::yaml::structure::blank;
use crate::yaml::wording;

pub(super) fn finding(kind: Kind, at: usize, bracket: Option<usize>, draft: &Draft) -> Diagnostic {
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

/// The word at `at`.
fn word(at: usize, draft: &Draft) -> Span {
    let (_, end) = draft.line(at);
    let length = draft.slice(at, end).iter().take_while(|c| !c.is_whitespace()).count();
    draft.span(at, at + length.max(1))
}

/// The line of `at` without the blanks around it.
fn content_of_line(at: usize, draft: &Draft) -> Span {
    let (start, end) = draft.line(at);
    let line = draft.slice(start, end);
    let indent = line.iter().take_while(|c| c.is_whitespace()).count();
    let trailing = line.iter().rev().take_while(|c| c.is_whitespace()).count();
    draft.span(start + indent, (end - trailing.min(end)).max(start + indent))
}
