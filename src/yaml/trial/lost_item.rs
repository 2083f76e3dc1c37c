//! The line of the name of an item, `- W_K:`, above what is left without it.

use super::{ABOVE, Evidence, Trial, missing};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{from, indent, line_above};
use crate::yaml::structure::outline::{self, Entry, Part, Table, entry};

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
    let lost = lists.filter_map(|(depth, (_, of_dash))| {
        let list: Vec<Part> = levels[..depth].iter().map(|(part, _)| part.clone()).collect();
        let name = used_only(&list, *of_dash, line, draft)?;
        let item = [list, vec![Part::Item]].concat();
        let inside = [item.as_slice(), &[Part::Name(name.clone())]].concat();
        let is_named = table(&item).is_some_and(|it| it.takes_any_name());
        let fits = is_named && table(&inside).is_some_and(|it| it.fields.contains(&first.as_str()));
        fits.then(|| missing(&format!("- {name}:"), line, *of_dash, Evidence::Names, draft))
    });
    lost.collect()
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
    let starts = words.filter(|at| !text[..*at].ends_with(is_in_word));
    let word = |at: usize| {
        let word: String = text[at..].chars().take_while(|c| is_in_word(*c)).collect();
        (!text[at + word.len()..].starts_with(':')).then_some(word)
    };
    starts.filter_map(word).collect()
}
