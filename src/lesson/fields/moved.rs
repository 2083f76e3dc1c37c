//! Lines that are to move: those of items that lack their dashes, and those that belong below a name that was left out.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Source, Span, lines_at, with_lines};
use crate::language::{Localised, all_of};

/// How much further right a line stands below a name, or behind a dash.
const INWARD: &str = "  ";
const DASH: &str = "- ";
/// So many names are written again.
const FEW: usize = 4;

/// The finding with what to do about `lines` that belong below `names`: lines that are missing above them, of which the last
/// is the name of a field. The lines begin with `first`.
pub(in crate::lesson) fn put_below(
    finding: Diagnostic,
    names: &[&str],
    first: &str,
    lines: Span,
) -> Diagnostic {
    let Localised { en, zh } = all_of(names.iter().map(|name| format!("`{name}`")));
    let (above, moved) = (lines_at([Span::at(lines.start)]), lines_at([lines]));
    let (new, count) = match names {
        [_] => ("a new line", "一"),
        [_, _] => ("two new lines", "两"),
        _ => ("new lines", "几"),
    };
    let hint = both!(
        "put 2 more spaces before {moved}; then in {new} above {above} write {en}, where `{first}` began",
        "请把{moved}向右移 2 格，再在{above}上面加{count}行 {zh}，写在 `{first}` 原来的位置"
    );
    finding.with_hint(hint).with_fix(lines, names.join("\n") + "\n")
}

/// The finding with its lines counted, and with a fix that moves whole lines: what stands below a name moves with it.
pub fn with_lines_moved(finding: Diagnostic, source: &Source) -> Diagnostic {
    let finding = finding.with_lines(|at| source.line(at));
    let starts_line = |edit: &Edit| {
        let before = source.text[..edit.span.start].rsplit('\n').next();
        before.is_some_and(|before| before.trim().is_empty())
    };
    if finding.code != Code::WrongKind || !finding.fix.iter().all(starts_line) {
        return finding;
    }
    if let [Edit { span, with }] = finding.fix.as_slice()
        && with.ends_with('\n')
    {
        let fix = below_new_lines(*span, with, source);
        return Diagnostic { fix, ..finding };
    }
    let moves =
        |edit: &Edit| edit.span.start == edit.span.end && [DASH, INWARD].contains(&edit.with.as_str());
    if !finding.fix.iter().all(moves) {
        return finding;
    }
    let heads: Vec<usize> = finding.fix.iter().map(|edit| edit.span.start).collect();
    heads.iter().fold(finding, |finding, head| {
        lines_below(*head, &heads, &source.text)
            .into_iter()
            .fold(finding, |finding, line| finding.with_fix(Span::at(line), INWARD))
    })
}

/// New lines above others, and those further right.
fn below_new_lines(lines: Span, new: &str, source: &Source) -> Vec<Edit> {
    let line_start = source.text[..lines.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &source.text[line_start..lines.start];
    let above = new.replace('\n', &format!("\n{indent}"));
    let first = Edit { span: Span::at(lines.start), with: above + INWARD };
    let further = lines_after(lines.start, &source.text[..lines.end]);
    let moved = further.map(|(own, _)| Edit { span: Span::at(own), with: INWARD.to_owned() });
    std::iter::once(first).chain(moved).collect()
}

/// What to do about items that lack their dashes: which names begin one, and which lines move.
pub fn told_of_dashes(list: &Diagnostic, source: &Source) -> Option<Localised<String>> {
    let with = |sign: &str| -> Vec<Span> {
        list.fix.iter().filter(|edit| edit.with == sign).map(|edit| edit.span).collect()
    };
    let (begun, further) = (with(DASH), with(INWARD));
    let name = |place: &Span| source.text.get(place.start..)?.split([':', '\n']).next();
    let mut names: Vec<&str> = begun.iter().map(name).collect::<Option<_>>()?;
    names.dedup();
    let dashes = lines_at(begun);
    let Localised { en, zh } = if (1..=FEW).contains(&names.len()) {
        all_of(names.into_iter().map(|name| format!("`{name}`")))
    } else {
        both!("each name", "各个名称")
    };
    let hint = if further.is_empty() {
        both!("write `- ` before {en} in {dashes}", "请在{dashes}的 {zh} 前面加上 `- `")
    } else {
        let moved = lines_at(further);
        both!(
            "write `- ` before {en} in {dashes}, and put 2 more spaces before {moved}",
            "请在{dashes}的 {zh} 前面加上 `- `，再把{moved}向右移 2 格"
        )
    };
    Some(with_lines(&hint, |at| source.line(at)))
}

/// Where the lines begin that are further right than the name at `head`, up to the next of such names.
fn lines_below(head: usize, heads: &[usize], text: &str) -> Vec<usize> {
    let column = head - text[..head].rfind('\n').map_or(0, |at| at + 1);
    let of_others = |&(own, blanks): &(usize, usize)| blanks > column && !heads.contains(&own);
    lines_after(head, text).take_while(of_others).map(|(own, _)| own).collect()
}

/// Where what stands in each further line begins that is not empty, with the blanks before it.
fn lines_after(at: usize, text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = at;
    text[at..].split_inclusive('\n').enumerate().filter_map(move |(place, line)| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let own = start + blanks;
        start += line.len();
        (place > 0 && !line.trim().is_empty()).then_some((own, blanks))
    })
}
