//! The line of a name above a block that is left without it: `steps:`, `values:`, `say:`.

use super::{ABOVE, Evidence, Trial, missing};
use crate::yaml::draft::Draft;
use crate::yaml::indentation::{below, from, indent, line_above};
use crate::yaml::structure::outline::{self, Entry, Part, Shape, Table, entry};

/// The name of a text that has none of its own.
const TEXT: &str = "main";

/// The names that may be lost above the line of `at`, or above one of the lines before it.
pub(super) fn trials(at: usize, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
    let own = draft.line(at).0;
    let lines = std::iter::successors(Some(own), |line| line_above(*line, draft));
    lines
        .take(ABOVE)
        .filter_map(|line| Block::at(line, draft))
        .flat_map(|it| it.trials(table, draft))
        .collect()
}

/// Lines that belong together.
struct Block {
    /// The first of them.
    line: usize,
    /// The column of their names, or of the dashes of their items.
    column: usize,
    entries: Entries,
    /// Whether items stand above it in the same list.
    goes_on: bool,
    /// The names and items around it, each with its column.
    levels: Vec<(Part, usize)>,
}

/// What stands in the column of a block.
enum Entries {
    /// Names, with those inside the first of them.
    Names { own: Vec<String>, inside: Vec<String> },
    /// Items, with the names of the first of them.
    Items(Vec<String>),
}

impl Block {
    fn at(line: usize, draft: &Draft) -> Option<Self> {
        let Entry { dash, column, name, .. } = entry(line, draft);
        let own = dash.unwrap_or(column);
        let names = |column: usize, from_line: usize| names_below(from_line, column, draft);
        let entries = if dash.is_some() {
            let in_braces = || first_in_braces(line + column, draft).into_iter().collect();
            Entries::Items(name.map_or_else(in_braces, |_| names(column, line)))
        } else {
            name?;
            let first = below(line, draft).filter(|next| entry(*next, draft).column > column);
            let inside = first.map(|first| names(entry(first, draft).column, first)).unwrap_or_default();
            Entries::Names { own: names(column, line), inside }
        };
        let above = line_above(line, draft).map(|above| entry(above, draft));
        let goes_on = above.is_some_and(|above| above.dash.unwrap_or(above.column) >= own);
        Some(Self { line, column: own, entries, goes_on, levels: outline::enclosing(line, own, draft) })
    }

    fn trials(&self, table: Table<'_>, draft: &Draft) -> Vec<Trial> {
        let places = (0..=self.levels.len()).rev().filter_map(|depth| {
            let path: Vec<Part> = self.levels[..depth].iter().map(|(part, _)| part.clone()).collect();
            let column = match self.levels.get(depth) {
                Some((Part::Name(_), column)) => *column,
                Some((Part::Item, _)) => return None,
                None => self.between(draft)?,
            };
            // Items without names could stand in many lists; only one of the whole lesson is as good as sure.
            let is_told_by_names = !matches!(&self.entries, Entries::Items(names) if names.is_empty());
            (column < self.column && (is_told_by_names || column == 0 || !self.goes_on))
                .then_some((path, column))
        });
        if self.belongs_around(table) {
            return Vec::new();
        }
        let mut trials = Vec::new();
        for (path, column) in places {
            let Some(here) = table(&path) else { continue };
            let above = self.names_above(column, draft);
            let present = [above.clone(), names_below(self.line, column, draft)].concat();
            let own = here.takes_any_name().then_some(TEXT);
            let fields = in_order_from(above.first(), here.fields);
            let lost = fields.into_iter().chain(own).filter(|name| !present.iter().any(|it| it == name));
            for name in lost {
                let inside = [path.as_slice(), &[Part::Name(name.to_owned())]].concat();
                trials.extend(
                    self.fits(&inside, table)
                        .map(|by| missing(&format!("{name}:"), self.line, column, by, draft)),
                );
            }
        }
        trials
    }

    /// Whether it belongs to something that encloses it: then it only stands too far right or left.
    fn belongs_around(&self, table: Table<'_>) -> bool {
        let path: Vec<Part> = self.levels.iter().map(|(part, _)| part.clone()).collect();
        let known = |place: &[Part]| match &self.entries {
            Entries::Names { own, .. } => {
                table(place).is_some_and(|it| own.iter().all(|name| it.knows(name)))
            }
            Entries::Items(_) => self.fits(place, table).is_some(),
        };
        (0..=path.len()).any(|depth| known(&path[..depth]))
    }

    /// The column of a name right inside what encloses the block: that of what follows the block, if it stands there.
    fn between(&self, draft: &Draft) -> Option<usize> {
        let outer = self.levels.last().map(|(_, column)| *column)?;
        let after = from(self.line, draft).map(|line| indent(line, draft)).find(|own| *own < self.column);
        after.filter(|own| *own > outer).or_else(|| (outer + 2 < self.column).then_some(outer + 2))
    }

    /// The names that stand in a column further left above the block, the nearest first.
    fn names_above(&self, column: usize, draft: &Draft) -> Vec<String> {
        let mut names = Vec::new();
        for line in std::iter::successors(line_above(self.line, draft), |line| line_above(*line, draft)) {
            let Entry { dash, column: own, name, .. } = entry(line, draft);
            names.extend(name.filter(|_| own == column));
            if own < column || dash.is_some_and(|dash| dash < column) {
                break;
            }
        }
        names
    }

    /// By what such a block would belong where this path leads, if it may stand there.
    fn fits(&self, path: &[Part], table: Table<'_>) -> Option<Evidence> {
        let here = table(path)?;
        let known = |path: &[Part], names: &[String]| {
            table(path).is_some_and(|it| names.iter().all(|name| it.fields.contains(&name.as_str())))
        };
        let any = |path: &[Part]| table(path).is_some_and(|it| it.takes_any_name());
        match &self.entries {
            Entries::Items(_) if !here.takes_items() => None,
            Entries::Items(names) => {
                let item = [path, &[Part::Item]].concat();
                let fits = match names.as_slice() {
                    [] => here.shapes.contains(&Shape::Items),
                    [_] => any(&item) || known(&item, names),
                    [..] => known(&item, names),
                };
                fits.then_some(Evidence::Names)
            }
            Entries::Names { own, .. } if !here.fields.is_empty() => {
                known(path, own).then_some(Evidence::Names)
            }
            Entries::Names { own, inside } => {
                let of_first = [path, &[Part::Name(own.first()?.clone())]].concat();
                // What has fields of its own is known by them.
                let has_fields = table(&of_first).is_some_and(|it| !it.fields.is_empty());
                let by_fields = !inside.is_empty() && known(&of_first, inside);
                (any(path) && (!has_fields || by_fields)).then_some(Evidence::Values)
            }
        }
    }
}

/// The fields of a record, those first that follow the one above in the order in which they are told.
fn in_order_from(above: Option<&String>, mut fields: Vec<&'static str>) -> Vec<&'static str> {
    let place = above.and_then(|above| fields.iter().position(|field| field == above));
    fields.rotate_left(place.unwrap_or(0));
    fields
}

/// The first name within the braces in which an item stands.
fn first_in_braces(at: usize, draft: &Draft) -> Option<String> {
    let text: String = draft.slice(at, draft.line(at).1).iter().collect();
    let (name, _) = text.strip_prefix('{')?.split_once(':')?;
    Some(name.trim().to_owned())
}

/// The names in a column from a line on, as far as the block or item goes.
fn names_below(line: usize, column: usize, draft: &Draft) -> Vec<String> {
    let block = from(line, draft).take_while(|at| *at == line || indent(*at, draft) >= column);
    let entries = block.map(|at| entry(at, draft)).filter(|it| it.column == column);
    entries.filter_map(|it| it.name).collect()
}
