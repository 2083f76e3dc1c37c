//! A text that goes on in the next line, where a word with `: ` behind it looks like a name.

use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{from, indent, line_above};
use crate::yaml::quotes::over_lines;
use crate::yaml::quotes::quoting;
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};
use crate::yaml::syntax::{Explained, Mend, Slip};
use crate::yaml::wording;

/// What is wrong if the line of `at` goes on with the text that began beside the name above it.
pub(in crate::yaml) fn explained(at: usize, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let line = draft.line(at).0;
    let own = indent(line, draft);
    let Entry { dash: None, name: Some(word), .. } = entry(line, draft) else { return None };
    let mut above = line_above(line, draft)?;
    while indent(above, draft) >= own {
        above = line_above(above, draft)?;
    }
    let Entry { column, name: Some(name), is_empty: false, .. } = entry(above, draft) else { return None };
    let path = outline::above(above, column, draft);
    let of_text = table(&[path.clone(), vec![Part::Name(name.clone())]].concat())?;
    let is_known = |path: &[Part]| table(path).is_some_and(|it| it.knows(&word));
    if column >= own || !of_text.is_text() || of_text.knows(&word) || is_known(&path) {
        return None;
    }
    let first: String = draft.slice(above + column, draft.line(above).1).iter().collect();
    let value = first.get(name.len() + 1..)?;
    let start = above + column + first.chars().count() - value.trim_start().chars().count();
    let last = from(line, draft).take_while(|at| indent(*at, draft) > column).last()?;
    let text: String = draft.slice(start, draft.line(last).1).iter().collect();
    let text = text.trim_end();
    if !text.starts_with(|c: char| c.is_alphanumeric() || c == '*') || text.contains(" #") {
        return None;
    }
    let with = over_lines(start, text, &name, draft);
    let mend = Mend { start, end: start + text.chars().count(), with };
    let colon = line + own + word.chars().count();
    let message = wording::message(Slip::TextOverLines, ':', ']');
    let finding = Diagnostic::new(Code::YamlSyntax, draft.span(colon, colon + 1), message);
    let finding = finding.with_hint(quoting::how(&mend, draft));
    Some(Explained::new(finding, vec![mend], draft))
}
