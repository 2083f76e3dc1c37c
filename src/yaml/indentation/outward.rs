//! Names that stand inside what they belong beside.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::counted;
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{from, indent, line_above, remove_before};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};
use crate::yaml::syntax::{Explained, Mend};

/// What is wrong if the line of `at` begins with a name that is nothing in the block where it stands, and belongs
/// further out.
pub(in crate::yaml) fn missing(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let line = draft.line(at).0;
    let (part, column) = outline::enclosing(line, indent(line, draft), draft).pop()?;
    let Part::Name(name) = part else { return None };
    // A line that is only not straight below the one above it is told as that.
    let opens_block = entry(named_above(&name, line, column, draft)?, draft).is_empty;
    opens_block.then(|| of_name(line, table, draft, |_| true)).flatten()
}

/// The same for a name with a value, of which it is known where it `fits`.
pub(in crate::yaml) fn of_name(
    line: usize,
    table: Table<'_>,
    draft: &Draft,
    fits: impl Fn(&[Part]) -> bool,
) -> Option<Explained> {
    let Entry { dash: None, column, name: Some(name), .. } = entry(line, draft) else { return None };
    let levels = outline::enclosing(line, column, draft);
    let path: Vec<Part> = levels.iter().map(|(part, _)| part.clone()).collect();
    let inside = |outer: &[Part]| [outer, &[Part::Name(name.clone())]].concat();
    let here = table(&path)?;
    if here.knows(&name) || (here.takes_any_name() && fits(&inside(&path))) {
        return None;
    }
    let (there, beside, outer) = levels.iter().enumerate().rev().find_map(|(depth, (part, outer))| {
        let Part::Name(beside) = part else { return None };
        let there = table(&path[..depth]).filter(|there| there.fields.contains(&name.as_str()))?;
        let is_free = || !is_there(&name, line, *outer, draft);
        let belongs = *outer < column && fits(&inside(&path[..depth])) && is_free();
        belongs.then_some((there, beside, *outer))
    })?;
    let goes_along = |other: &str| there.fields.contains(&other) && !here.knows(other);
    let lines: Vec<usize> = from(line, draft)
        .take_while(|at| {
            let own = indent(*at, draft);
            let is_alike = || entry(*at, draft).name.is_some_and(|name| goes_along(&name));
            *at == line || own > column || (own == column && is_alike())
        })
        .collect();
    let owner = named_above(beside, line, outer, draft)?;
    let follows = |at: usize| {
        let Entry { column: own, name, .. } = entry(at, draft);
        own == column && name.is_some_and(|name| here.takes_any_name() || here.knows(&name))
    };
    let below = lines.last().and_then(|last| from(*last, draft).nth(1));
    let moved = Moved { name: &name, lines: &lines, by: column - outer, owner, beside, draft };
    if below.is_some_and(follows) { moved.above_owner() } else { Some(moved.further_left()) }
}

/// Whether a name stands already in the block at `column` that the line is in.
fn is_there(name: &str, line: usize, column: usize, draft: &Draft) -> bool {
    let is_it = |at: &usize| {
        let entry = entry(*at, draft);
        *at != line && entry.column == column && entry.name.as_deref() == Some(name)
    };
    let goes_on = |at: &usize| indent(*at, draft) >= column;
    let mut up = std::iter::successors(line_above(line, draft), |at| line_above(*at, draft));
    // The first name of an item stands behind its dash, which is further left.
    let is_above = up.by_ref().take_while(|at| entry(*at, draft).column >= column).any(|at| is_it(&at));
    is_above || from(line, draft).take_while(goes_on).any(|at| is_it(&at))
}

/// The line above in which this name stands in this column.
fn named_above(name: &str, line: usize, column: usize, draft: &Draft) -> Option<usize> {
    let mut up = std::iter::successors(line_above(line, draft), |at| line_above(*at, draft));
    up.find(|at| {
        let entry = entry(*at, draft);
        entry.column == column && entry.name.as_deref() == Some(name)
    })
}

/// Lines that belong beside what they stand in.
struct Moved<'a> {
    name: &'a str,
    lines: &'a [usize],
    /// So many blanks are too many.
    by: usize,
    /// The line of what they stand in, and its name.
    owner: usize,
    beside: &'a str,
    draft: &'a Draft,
}

impl Moved<'_> {
    /// Where they are the last in what they stand in, fewer blanks are enough.
    fn further_left(&self) -> Explained {
        let by = self.by;
        let mends: Vec<Mend> = self
            .lines
            .iter()
            .map(|line| Mend { start: *line, end: line + by, with: String::new() })
            .collect();
        let hint = remove_before(self.lines, by, self.draft);
        Explained::new(self.finding().with_hint(hint), mends, self.draft).about_indentation()
    }

    /// What follows would be left without its beginning.
    fn above_owner(&self) -> Option<Explained> {
        let (draft, by) = (self.draft, self.by);
        if entry(self.owner, draft).dash.is_some() {
            return None;
        }
        let whole = |line: usize| (line, (draft.line(line).1 + 1).min(draft.len()));
        let text = |line: &usize| -> String {
            let (start, end) = whole(*line);
            draft.slice(start + by, end).iter().collect()
        };
        let moved: String = self.lines.iter().map(text).collect();
        let there = Mend { start: self.owner, end: self.owner, with: moved };
        let removed = self.lines.iter().map(|line| {
            let (start, end) = whole(*line);
            Mend { start, end, with: String::new() }
        });
        let mends: Vec<Mend> = [there].into_iter().chain(removed).collect();
        let (number, spaces) = (draft.number(self.owner), counted(by, "space", "spaces"));
        let finding = self.finding().with_hint(both!(
            "move it up to above line {number}, with {spaces} fewer before it",
            "请移到第 {number} 行上面，前面少空 {by} 格"
        ));
        Some(Explained::new(finding, mends, draft).about_indentation())
    }

    fn finding(&self) -> Diagnostic {
        let Self { name, beside, draft, .. } = self;
        let line = self.lines.first().copied().unwrap_or(self.owner);
        let column = indent(line, draft);
        let place = |at: usize, name: &str| draft.span(at, at + name.chars().count());
        let message = if column == self.by {
            both!("`{name}` belongs at the left edge", "`{name}` 应当顶格写")
        } else {
            both!("`{name}` stands too far right", "`{name}` 太靠右了")
        };
        let finding = Diagnostic::new(Code::YamlSyntax, place(line + column, name), message);
        let owner = self.owner + entry(self.owner, draft).column;
        let label = both!("it belongs beside `{beside}`, not inside", "它与 `{beside}` 并列，不在其中");
        if column == self.by { finding } else { finding.with_related(place(owner, beside), label) }
    }
}
