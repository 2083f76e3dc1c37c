//! The line of the name of an item, `- W_K:`, above what is left without it.

use super::{ABOVE, Evidence, Trial, missing};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{from, indent, line_above};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};

/// What an item holds below its name stands so many columns right of its dash.
const INSIDE: usize = 4;

/// The items that may be lost above the line of `at`, or above one of the lines before it.
pub(super) fn trials(at: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    let lines = std::iter::successors(Some(draft.line(at).0), |line| line_above(*line, draft));
    lines.take(ABOVE).flat_map(|line| above(line, table, draft)).collect()
}

/// The items of all lists around a line that may be lost above it.
fn above(line: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    let Entry { dash: None, column, name: Some(first), .. } = entry(line, draft) else { return Vec::new() };
    let levels = outline::enclosing(line, column, draft);
    let lists = levels.iter().enumerate().filter(|(_, (part, own))| *part == Part::Item && *own + 2 < column);
    let lost = lists.flat_map(|(depth, (_, of_dash))| {
        let list: Vec<Part> = levels[..depth].iter().map(|(part, _)| part.clone()).collect();
        let lines = used_only(&list, *of_dash, line, draft)
            .map(|name| lost_lines(&name, &list, &first, column - of_dash, *of_dash, table));
        let told = |lines: String| missing(&lines, line, *of_dash, Evidence::Names, draft);
        lines.unwrap_or_default().into_iter().map(told)
    });
    lost.collect()
}

/// What may be lost above a name so many columns further right than the dash of its item: the line of the item, and the
/// one below it, such as `given:`.
fn lost_lines(
    name: &str,
    list: &[Part],
    first: &str,
    inwards: usize,
    of_dash: usize,
    table: Table<'_>,
) -> Vec<String> {
    let item = [list, &[Part::Item]].concat();
    let inside = [item.as_slice(), &[Part::Name(name.to_owned())]].concat();
    let Some(here) = table(&inside).filter(|_| table(&item).is_some_and(|it| it.takes_any_name())) else {
        return Vec::new();
    };
    let line = format!("- {name}:");
    if here.fields.contains(&first) {
        return vec![line];
    }
    let holds = |field: &&str| {
        let path = [inside.as_slice(), &[Part::Name((*field).to_owned())]].concat();
        inwards > INSIDE && table(&path).is_some_and(|it| it.fields.contains(&first))
    };
    let fields = here.fields.iter().copied().filter(holds);
    fields.map(|field| format!("{line}\n{}{field}:", " ".repeat(of_dash + INSIDE))).collect()
}

/// The one name in the lines of a list that is used there and belongs to none of its items.
fn used_only(list: &[Part], of_dash: usize, line: usize, draft: &Draft) -> Option<String> {
    let Some(Part::Name(owner)) = list.last() else { return None };
    let is_owner =
        |at: &usize| entry(*at, draft).name.as_ref() == Some(owner) && indent(*at, draft) <= of_dash;
    let first = std::iter::successors(Some(line), |line| line_above(*line, draft)).find(is_owner)?;
    let lines: Vec<usize> =
        from(first, draft).skip(1).take_while(|at| indent(*at, draft) >= of_dash).collect();
    let own = lines.iter().map(|at| entry(*at, draft)).filter(|it| it.dash == Some(of_dash));
    let own: Vec<String> = own.filter_map(|it| it.name).collect();
    let mut used: Vec<String> = lines.iter().flat_map(|at| values(*at, draft)).collect();
    used.retain(|name| name.starts_with(char::is_uppercase) && !own.contains(name));
    used.dedup();
    let [name] = used.as_slice() else { return None };
    Some(name.clone())
}

/// The words of a line that are no names of entries.
fn values(line: usize, draft: &Draft) -> Vec<String> {
    let text: String = draft.slice(line, draft.line(line).1).iter().collect();
    let is_in_word = |c: char| c.is_alphanumeric() || c == '_';
    let words = text.match_indices(is_in_word).map(|(at, _)| at);
    // A part of a head, as in `head.Z`, has no item of its own.
    let starts = words.filter(|at| !text[..*at].ends_with(|c| is_in_word(c) || c == '.'));
    let word = |at: usize| {
        let word: String = text[at..].chars().take_while(|c| is_in_word(*c)).collect();
        (!text[at + word.len()..].starts_with(':')).then_some(word)
    };
    starts.filter_map(word).collect()
}
