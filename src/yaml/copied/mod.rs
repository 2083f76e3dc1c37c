//! What programs put before lines when they show them, copied with the lines: `+` and `-` of a comparison, `>` of a mail,
//! the numbers of a listing, the marks of a report.

pub(super) mod backticks;
pub(super) mod doubled;
pub(super) mod foreign;
pub(super) mod line_numbers;
pub(super) mod notation;
pub(super) mod pasted;
pub(super) mod table;

use super::quotes::quoting::is_shown;
use super::structure::lines::begins_entry;
use super::structure::nearby::also_in;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::language::{Localised, all_of};

/// With this begin two versions of the same lines.
const OURS: &str = "<<<<<<<";

/// What was put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A line as it was before a change; the new one stands below.
    Old,
    /// The sign before a line that is new.
    New,
    Mail,
    Number,
    /// A line that separates two versions of the same lines.
    Merge,
    /// A line of a report, with nothing of the lesson in it.
    Report,
}

/// What to take away from the beginning of a line, or the whole line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Copied {
    pub(super) span: Span,
    /// The number of its line, from 1 on.
    line: usize,
    kind: Kind,
}

impl Copied {
    /// So many bytes of a line that begins at `start` go away.
    pub(super) fn length(self, start: usize) -> usize {
        self.span.end - start
    }

    /// Putting it right.
    pub(super) fn edit(self) -> Edit {
        Edit { span: self.span, with: String::new() }
    }
}

/// All that may be such, in the order of the lines. Inside of a text these signs mean themselves.
pub(super) fn find(text: &str) -> Vec<Copied> {
    let mut start = 0;
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push((start, line));
        start += line.len();
    }
    let mut found = Vec::new();
    // From the last line on, so that each knows the one below it that does not begin with `-`.
    let mut after = None;
    let is_merged = text.starts_with(OURS) || text.contains(&format!("\n{OURS}"));
    for (at, (start, line)) in lines.iter().enumerate().rev() {
        let one = is_merged
            .then(|| merged(line))
            .flatten()
            .or_else(|| changed(line, after))
            .or_else(|| mailed(line))
            .or_else(|| of_report(line));
        let one = one.or_else(|| numbered(line, at + 1));
        if let Some((kind, length)) = one {
            found.push(Copied { span: Span::new(*start, start + length), line: at + 1, kind });
        }
        if !line.starts_with('-') {
            after = Some(*line);
        }
    }
    found.reverse();
    let odd = [Kind::Mail, Kind::Number].map(|kind| (kind, has_blank_behind(&found, kind, text)));
    for copied in &mut found {
        let blank = odd.contains(&(copied.kind, true)) && text[copied.span.end..].starts_with(' ');
        copied.span.end += usize::from(blank);
    }
    found
}

/// The line before a change, or the sign of the one after it. `after` is the next line that does not begin with `-`.
fn changed(line: &str, after: Option<&str>) -> Option<(Kind, usize)> {
    if let Some(new) = line.strip_prefix('+') {
        let content = new.trim_start();
        return (begins_entry(content) || content.starts_with("- ")).then_some((Kind::New, 1));
    }
    let old = line.strip_prefix('-')?;
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = |line: &str| line.trim_start().split([' ', ':']).next().unwrap_or_default().to_owned();
    // Several old lines may stand above the new ones.
    let new = after?.strip_prefix('+')?;
    let is_same = indent(old) == indent(new) && first(old) == first(new) && !first(old).is_empty();
    is_same.then_some((Kind::Old, line.len() + 1))
}

/// `<<<<<<< HEAD`, `=======`, `>>>>>>> theirs`.
fn merged(line: &str) -> Option<(Kind, usize)> {
    let is_one = |sign: &str| {
        line.strip_prefix(sign).is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
    };
    [OURS, "=======", "|||||||", ">>>>>>>"].into_iter().any(is_one).then_some((Kind::Merge, line.len()))
}

fn mailed(line: &str) -> Option<(Kind, usize)> {
    let signs = line.len() - line.trim_start_matches('>').len();
    (signs > 0).then_some((Kind::Mail, signs))
}

/// `58 |     show: X`, or `58     show: X` about line 58.
fn numbered(line: &str, number: usize) -> Option<(Kind, usize)> {
    const NEAR: usize = 20;
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let digits = line[blanks..].bytes().take_while(u8::is_ascii_digit).count();
    let end = blanks + digits;
    let written: usize = line[blanks..end].parse().ok()?;
    let rest = &line[end..];
    if let Some(rest) = rest.strip_prefix(" |") {
        let is_whole = rest.trim().is_empty() || rest.starts_with(' ');
        return is_whole.then_some((Kind::Number, end + " |".len()));
    }
    let content = rest.trim();
    let is_line = begins_entry(content) || content.starts_with('#') || content.is_empty();
    let is_near = written.abs_diff(number) <= if blanks == 0 { NEAR } else { 0 };
    let is_one = is_near && is_line && rest.starts_with([' ', '\n']) && (written >= 10 || written == number);
    is_one.then_some((Kind::Number, end))
}

/// `   |     ^^^^`.
fn of_report(line: &str) -> Option<(Kind, usize)> {
    let marks = line.trim_start_matches(' ').strip_prefix("| ")?.trim_start();
    marks.starts_with('^').then_some((Kind::Report, line.len()))
}

/// Whether one blank more was put before each line: what is left of them begins in an odd column otherwise.
fn has_blank_behind(found: &[Copied], kind: Kind, text: &str) -> bool {
    let rest = found.iter().filter(|it| it.kind == kind).map(|it| &text[it.span.end..]);
    let indents = rest.filter_map(|rest| {
        let content = rest.trim_start_matches(' ');
        (!content.starts_with(['\r', '\n'])).then(|| rest.len() - content.len())
    });
    indents.min().is_some_and(|fewest| fewest % 2 == 1)
}

/// What is said of it, one finding for each kind.
pub(super) fn findings(text: &str, found: &[Copied]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let changes: Vec<Copied> =
        found.iter().copied().filter(|it| matches!(it.kind, Kind::Old | Kind::New)).collect();
    if let Some((first, rest)) = changes.iter().find(|it| it.kind == Kind::Old).and(changes.split_first()) {
        findings.push(told(text, *first, rest, of_change(&changes)));
    }
    let kinds = [Kind::Merge, Kind::New, Kind::Mail, Kind::Number, Kind::Report];
    for kind in kinds {
        let is_told = kind == Kind::New && !findings.is_empty();
        let of_kind: Vec<Copied> = found.iter().copied().filter(|it| it.kind == kind && !is_told).collect();
        if let Some((first, rest)) = of_kind.split_first() {
            findings.push(told(text, *first, rest, words(kind, text, &of_kind)));
        }
    }
    findings
}

/// A finding at the first of these, whose fix takes all of them away.
fn told(
    text: &str,
    first: Copied,
    rest: &[Copied],
    (message, hint): (Localised<String>, Localised<String>),
) -> Diagnostic {
    let written = text[first.span.range()].trim_end();
    let place = Span::new(first.span.start, first.span.start + written.len().max(1));
    let mut finding = Diagnostic::new(Code::YamlSyntax, place, message).with_hint(hint);
    let others: Vec<Span> = rest.iter().map(|it| it.span).collect();
    if let Some(label) = also_in(text, first.span, &others) {
        finding = finding.with_label(label);
    }
    if first.kind == Kind::Merge {
        // Which of the two versions stays, only the author knows.
        return finding;
    }
    std::iter::once(&first).chain(rest).fold(finding, |finding, it| finding.with_fix(it.span, ""))
}

/// What is said of old and new lines.
fn of_change(changes: &[Copied]) -> (Localised<String>, Localised<String>) {
    const NAMED: usize = 12;
    let numbers = |kind: Kind| {
        let lines = changes.iter().filter(|it| it.kind == kind).map(|it| it.line.to_string());
        let mut numbers: Vec<String> = lines.clone().take(NAMED).collect();
        numbers.extend(lines.skip(NAMED).take(1).map(|_| "…".to_owned()));
        numbers
    };
    let (old, new) = (numbers(Kind::Old), numbers(Kind::New));
    let line = |numbers: &[String]| if numbers.len() == 1 { "line" } else { "lines" };
    let (of_old, of_new) = (line(&old), line(&new));
    let (old_en, new_en) = (old.join(", "), new.join(", "));
    let (old_zh, new_zh) = (old.join("、"), new.join("、"));
    let message = both!(
        "these lines show a change: `-` stands before the old one, `+` before the new one",
        "这几行是修改前后的对照：`-` 是旧的一行，`+` 是新的一行"
    );
    let hint = both!(
        "remove {of_old} {old_en}, and the `+` of {of_new} {new_en}",
        "请删去第 {old_zh} 行，再删去第 {new_zh} 行开头的 `+`"
    );
    (message, hint)
}

fn words(kind: Kind, text: &str, all: &[Copied]) -> (Localised<String>, Localised<String>) {
    let written = all.first().map_or("", |first| text[first.span.range()].trim());
    let message = match kind {
        Kind::Old | Kind::New => both!("this `+` belongs to no line of a lesson", "课程的行首不写 `+`"),
        Kind::Mail if written == ">>>" => both!(
            "this `>>>` comes from Python, and belongs to no line of a lesson",
            "行首的 `>>>` 是 Python 的提示符，课程里不写"
        ),
        Kind::Mail => both!(
            "this `>` comes from a mail, and belongs to no line of a lesson",
            "行首的 `>` 来自邮件的引文，课程里不写"
        ),
        Kind::Merge => both!(
            "two versions of the same lines stand here, as `git` leaves them",
            "这里留着 `git` 合并时的两个版本"
        ),
        Kind::Number if all.len() == 2 => {
            let (other, line) = (text[all[1].span.range()].trim(), all[1].line);
            both!(
                "`{written}` here and `{other}` in line {line} are line numbers, and no part of a lesson",
                "`{written}` 和第 {line} 行的 `{other}` 是行号，不属于课程"
            )
        }
        Kind::Number => both!(
            "`{written}` numbers this line, and is no part of a lesson",
            "`{written}` 是行号，不属于课程"
        ),
        Kind::Report => {
            both!("this line comes from a report of `qkv check`", "这一行来自 `qkv check` 的报告")
        }
    };
    let hint = match kind {
        Kind::Report => both!("remove this line", "请删去这一行"),
        Kind::Merge => {
            let Localised { en, zh } = all_of(all.iter().map(|it| it.line.to_string()));
            both!(
                "remove the lines {en}, and of the lines between them keep one version",
                "请删去第 {zh} 行，夹在中间的两个版本只留一个"
            )
        }
        Kind::Old | Kind::New | Kind::Mail | Kind::Number => {
            as_they_were(text, all).unwrap_or_else(|| without(kind, text, all))
        }
    };
    (message, hint)
}

/// The lines without what was put before them, where these are few and short.
fn as_they_were(text: &str, all: &[Copied]) -> Option<Localised<String>> {
    const FEW: usize = 2;
    if all.len() > FEW {
        return None;
    }
    let line = |it: &Copied| {
        let rest = text[it.span.end..].lines().next().unwrap_or_default().trim_end();
        let fits = is_shown(rest) && !rest.trim().is_empty() && !rest.contains('`');
        let number = it.line;
        fits.then(|| both!("`{rest}` in the place of line {number}", "把第 {number} 行改成 `{rest}`"))
    };
    let lines: Vec<Localised<String>> = all.iter().map(line).collect::<Option<_>>()?;
    let join = |side: fn(&Localised<String>) -> &str, with: &str| {
        lines.iter().map(side).collect::<Vec<_>>().join(with)
    };
    let (en, zh) = (join(|it| &it.en, ", and "), join(|it| &it.zh, "，"));
    Some(both!("write {en}", "请{zh}"))
}

/// How to take it away from each line: often one space was put behind it.
fn without(kind: Kind, text: &str, all: &[Copied]) -> Localised<String> {
    let has_blank = all.first().is_some_and(|first| text[first.span.range()].ends_with(' '));
    let (behind, behind_zh) =
        if has_blank { (" and one space behind it", "和后面的一个空格") } else { ("", "") };
    let (sign, sign_zh) = match kind {
        Kind::Old | Kind::New => ("`+`", "`+`"),
        Kind::Mail => ("`>`", "`>`"),
        Kind::Number => ("the number", "行号"),
        Kind::Merge | Kind::Report => ("it", "它"),
    };
    both!(
        "remove {sign}{behind} from each of these lines, and keep all other spaces",
        "请在这些行里删去{sign_zh}{behind_zh}，其余空格保留"
    )
}
