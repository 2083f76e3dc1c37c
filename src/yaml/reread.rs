//! What can be read as YAML, and not as what belongs there: lists of names, items without their `- `, blocks that are
//! moved in, lists without their brackets.

use super::draft::Draft;
use super::indentation::indent;
use super::structure::outline::{Belongs, Entry, Part, Shape, Table, entry};
use super::syntax::{Explained, Mend};
use super::{
    Key, Scalar, Style, Tree, Value, brackets::unlisted, copied::table, indentation::first_item,
    indentation::inward, indentation::lost_dash, indentation::outward, indentation::stray, structure::colon,
    wording,
};
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Localised, all_of};

/// What is wrong first in a file that could be read, if a sign at the beginning of some lines puts it right.
pub(super) fn explain(tree: &Tree, table: Table<'_>, draft: &Draft) -> Option<Explained> {
    let is_small = draft.len() <= LARGEST;
    is_small.then(|| Reader { table, draft, path: Vec::new(), lost: 0 }.value(tree)).flatten()
}

/// Longer files are no lessons that somebody typed.
const LARGEST: usize = 200_000;
/// The places of so many names that are nothing where they stand are looked for.
const LOST: usize = 100;
/// So many items are looked at as names of one thing.
const ITEMS: usize = 200;

struct Reader<'a> {
    table: Table<'a>,
    draft: &'a Draft,
    path: Vec<Part>,
    /// So many names were nothing where they stand.
    lost: usize,
}

impl Reader<'_> {
    /// The bounds on depth of a tree are those of this recursion.
    fn value(&mut self, tree: &Tree) -> Option<Explained> {
        // Lines have no meaning between brackets, and a line of these may be long.
        if matches!(self.draft.get(self.draft.index(tree.span.start)), Some('[' | '{')) {
            return self.between_brackets(tree);
        }
        match &tree.value {
            Value::Scalar(scalar) => self.lines(tree, scalar),
            Value::List(items) => self
                .names_with_dashes(items)
                .or_else(|| items.iter().find_map(|item| self.second_name(item)))
                .or_else(|| items.iter().find_map(|item| self.inside(Part::Item, item))),
            Value::Map(entries) => entries.iter().find_map(|(key, value)| {
                self.without_colon(key)
                    .or_else(|| self.lost(key, value))
                    .or_else(|| self.inside(Part::Name(key.text.clone()), value))
            }),
        }
    }

    fn between_brackets(&mut self, tree: &Tree) -> Option<Explained> {
        let mut inside = |part: Part, tree: &Tree, entry: Option<&(Key, Tree)>| {
            self.path.push(part);
            let slip = entry.and_then(|entry| unlisted::numbers(entry, &self.path, self.table, self.draft));
            let found = slip.or_else(|| self.between_brackets(tree));
            self.path.pop();
            found
        };
        match &tree.value {
            Value::Scalar(_) => None,
            Value::List(items) => {
                let further = items.iter().filter(|item| item.as_scalar().is_none());
                further.into_iter().find_map(|item| inside(Part::Item, item, None))
            }
            Value::Map(entries) => entries
                .iter()
                .find_map(|entry| inside(Part::Name(entry.0.text.clone()), &entry.1, Some(entry))),
        }
    }

    fn inside(&mut self, part: Part, tree: &Tree) -> Option<Explained> {
        // Most values are numbers and words, in which nothing is.
        if tree.as_scalar().is_some_and(|scalar| !is_suspect(tree, scalar)) {
            return None;
        }
        self.path.push(part);
        let found = self.value(tree);
        self.path.pop();
        found
    }

    /// Names in a list of lines, where they should stand without its dashes.
    fn names_with_dashes(&self, items: &[Tree]) -> Option<Explained> {
        if items.len() > ITEMS {
            return None;
        }
        let starts: Vec<usize> = items
            .iter()
            .map(|item| item.as_map().and_then(|entries| entries.first()).map(|(key, _)| key.span.start))
            .collect::<Option<_>>()?;
        let belongs = (self.table)(&self.path).filter(Belongs::has_names_without_dashes)?;
        let mut names: Vec<&str> = Vec::new();
        for item in items {
            let [(name, value), inside @ ..] = item.as_map()? else { return None };
            let is_field = belongs.fields.is_empty() || belongs.fields.contains(&name.text.as_str());
            let fits = is_field && !names.contains(&name.text.as_str());
            if !fits || !self.are_inside(inside, name, value) {
                return None;
            }
            names.push(&name.text);
        }
        let lines: Vec<usize> =
            starts.iter().map(|start| self.draft.line(self.draft.index(*start)).0).collect();
        let each_on_its_line = lines.windows(2).all(|pair| pair[0] < pair[1]);
        each_on_its_line.then(|| stray::explained(&lines, self.draft)).flatten()
    }

    /// A name in an item that should hold only one: its dash is lost.
    fn second_name(&self, item: &Tree) -> Option<Explained> {
        let [(first, value), (second, below), ..] = item.as_map()? else { return None };
        let inside = |part: Part| (self.table)(&[self.path.clone(), vec![Part::Item], vec![part]].concat());
        let is_one = (self.table)(&[self.path.clone(), vec![Part::Item]].concat())?.fields.is_empty();
        let belongs_inside = inside(Part::Name(first.text.clone()))?.fields.contains(&second.text.as_str());
        let line = |key: &Key| self.draft.line(self.draft.index(key.span.start)).0;
        let Entry { dash, column, .. } = entry(line(first), self.draft);
        let starts_line = indent(line(second), self.draft) == column;
        let fits =
            is_one && !belongs_inside && value.as_map().is_some() && below.as_map().is_some() && starts_line;
        let dash = dash.filter(|_| fits)?;
        let start = line(second);
        let blanks = " ".repeat(column - dash - 1);
        let mend = Mend { start: start + dash, end: start + column, with: format!("-{blanks}") };
        let finding = lost_dash::finding(start, line(first), self.draft);
        Some(Explained::new(finding, vec![mend], self.draft))
    }

    /// Whether names that stand beside another one belong inside it, as they do without the `- ` before it.
    fn are_inside(&self, entries: &[(Key, Tree)], name: &Key, value: &Tree) -> bool {
        let path: Vec<Part> = self.path.iter().cloned().chain([Part::Name(name.text.clone())]).collect();
        let fields = (self.table)(&path).map(|it| it.fields).unwrap_or_default();
        entries.is_empty()
            || (value.is_null() && entries.iter().all(|(key, _)| fields.contains(&key.text.as_str())))
    }

    /// A text in the place of a list, whose lines are its items but for their dashes.
    fn lines(&self, tree: &Tree, scalar: &Scalar) -> Option<Explained> {
        if !is_suspect(tree, scalar) {
            return None;
        }
        let first = self.draft.line(self.draft.index(tree.span.start)).0;
        let last = self.draft.line(self.draft.index(tree.span.end)).0;
        let further = std::iter::successors(Some(first), |line| Some(self.draft.line(*line).1 + 1));
        let lines: Vec<usize> = further.take_while(|line| *line <= last).collect();
        if self.path.last() == Some(&Part::Item) {
            return claims(&lines, self.draft);
        }
        let belongs = (self.table)(&self.path)?;
        let may_be_list = belongs.shapes.iter().any(|it| matches!(it, Shape::Items | Shape::ItemsWithNames));
        if !may_be_list
            || belongs.shapes.iter().any(|it| matches!(it, Shape::Single | Shape::Number | Shape::Text))
        {
            return None;
        }
        if let Some(found) = lines.last().and_then(|last| table::explain(*last, self.draft)) {
            return Some(found);
        }
        tight_dashes(&lines, self.draft).or_else(|| {
            let second = *lines.iter().skip(1).find(|line| entry(**line, self.draft).dash.is_some())?;
            let above: Vec<usize> = lines.iter().copied().take_while(|line| *line < second).collect();
            let starts_line = indent(first, self.draft) + first == self.draft.index(tree.span.start);
            starts_line.then(|| first_item::explained(&above, second, self.draft)).flatten()
        })
    }

    /// `X {embed: main}`, where everything up to the next colon is read as a name.
    fn without_colon(&self, key: &Key) -> Option<Explained> {
        let has_bracket = key.text.contains([' ', '=']) && key.text.contains(['{', '[']);
        has_bracket
            .then(|| colon::missing(self.draft.index(key.span.start), self.table, self.draft))
            .flatten()
    }

    /// A name with its block that is nothing where it stands: it belongs inside what stands above, or further out.
    fn lost(&mut self, key: &Key, value: &Tree) -> Option<Explained> {
        let here = (self.table)(&self.path)?;
        let inside = [self.path.as_slice(), &[Part::Name(key.text.clone())]].concat();
        if here.knows(&key.text) || (here.takes_any_name() && self.fits(&inside, value)) {
            return None;
        }
        self.lost += 1;
        let line = self.draft.line(self.draft.index(key.span.start)).0;
        if self.lost > LOST || entry(line, self.draft).name.as_deref() != Some(&key.text) {
            return None;
        }
        let fits = |path: &[Part]| self.fits(path, value);
        let fits_below = |path: &[Part]| !value.is_null() && self.fits(path, value);
        inward::of_name_above(line, &self.path, self.table, self.draft, fits_below)
            .or_else(|| inward::of_block_above(line, self.table, self.draft, fits_below))
            .or_else(|| inward::of_name_below(line, &self.path, self.table, self.draft))
            .or_else(|| outward::of_name(line, self.table, self.draft, fits))
    }

    /// Whether a value is of the shape that belongs at a place, and has names that stand there.
    fn fits(&self, path: &[Part], value: &Tree) -> bool {
        let Some(Belongs { shapes, fields, .. }) = (self.table)(path) else { return false };
        match &value.value {
            // What belongs to it may stand below, as far left as it should.
            Value::Scalar(_) if value.is_null() => true,
            Value::Scalar(Scalar { text, .. }) => shapes.iter().any(|it| match it {
                Shape::Single | Shape::Text => true,
                Shape::Number => text.contains(|c: char| c.is_ascii_digit()) || !text.contains([' ', '.']),
                Shape::Names | Shape::Items | Shape::ItemsWithNames => false,
            }),
            Value::List(_) => shapes.iter().any(|it| matches!(it, Shape::Items | Shape::ItemsWithNames)),
            Value::Map(entries) => {
                let is_field = |(key, _): &(Key, Tree)| fields.contains(&key.text.as_str());
                shapes.contains(&Shape::Names) && (fields.is_empty() || entries.iter().all(is_field))
            }
        }
    }
}

/// Whether a text goes on over several lines, or begins with a dash.
fn is_suspect(tree: &Tree, scalar: &Scalar) -> bool {
    scalar.style == Style::Plain
        && (tree.span.end - tree.span.start != scalar.text.len()
            || scalar.text.starts_with("-[")
            || scalar.text.starts_with("-{"))
}

/// Lines such as `-[1, 2]`, whose dashes lack the space after them.
fn tight_dashes(lines: &[usize], draft: &Draft) -> Option<Explained> {
    const SHOWN: usize = 6;
    let dash = |line: &usize| {
        let dash = line + indent(*line, draft);
        matches!(draft.slice(dash, dash + 2), ['-', '[' | '{']).then_some(dash)
    };
    let dashes: Vec<usize> = lines.iter().map(dash).collect::<Option<_>>()?;
    let mends: Vec<Mend> =
        dashes.iter().map(|dash| Mend { start: dash + 1, end: dash + 1, with: " ".to_owned() }).collect();
    let first = *dashes.first()?;
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        draft.span(first, first + 1),
        both!("there is no space after this `-`", "这个 `-` 后面缺少空格"),
    )
    .with_hint(with_spaces(&dashes, draft));
    let finding = dashes.iter().skip(1).take(SHOWN).fold(finding, |finding, dash| {
        finding.with_related(draft.span(*dash, dash + 1), both!("nor here", "这里也是"))
    });
    Some(Explained::new(finding, mends, draft))
}

/// How the items are written whose dashes lack the space; those of many lines by the first.
fn with_spaces(dashes: &[usize], draft: &Draft) -> Localised<String> {
    const WRITTEN: usize = 4;
    let text = |dash: usize| -> String { draft.slice(dash + 1, draft.line(dash).1).iter().collect() };
    let Some(first) = dashes.first().map(|dash| text(*dash)) else { return Localised::default() };
    match dashes {
        [_] => wording::with_space(&first),
        dashes if dashes.len() <= WRITTEN => {
            let each = dashes.iter().enumerate().map(|(at, dash)| {
                let own = format!("`- {}`", lost_dash::shortened(text(*dash).trim_end()));
                let number = draft.number(*dash);
                if at == 0 {
                    own.into()
                } else {
                    both!("{own} in line {number}", "{own}（第 {number} 行）")
                }
            });
            let Localised { en, zh } = all_of(each);
            both!("write {en}, each with a space after the `-`", "请写 {zh}，每个 `-` 后面加一个空格")
        }
        _ => {
            let Localised { en, zh } = wording::with_space(&first);
            both!("{en}, and the lines below it likewise", "{zh}；下面各行也这样改")
        }
    }
}

/// Whether a line compares two sides, and needs no other to be whole.
pub(super) fn is_claim(text: &str) -> bool {
    const SIGNS: [char; 6] = ['=', '<', '>', '≈', '≤', '≥'];
    text.contains(SIGNS)
        && !text.starts_with(SIGNS)
        && !text.ends_with(|c| SIGNS.contains(&c) || "+-*/,(".contains(c))
}

/// Lines of one item, each of which compares two sides: the second such has lost its dash.
fn claims(lines: &[usize], draft: &Draft) -> Option<Explained> {
    let is_whole = |line: &usize| {
        let text: String = draft.slice(*line, draft.line(*line).1).iter().collect();
        is_claim(text.trim().trim_start_matches("- "))
    };
    let [first, second, ..] = lines else { return None };
    let column = entry(*first, draft).dash.filter(|_| is_whole(first) && is_whole(second))?;
    let own = indent(*second, draft);
    if entry(*second, draft).dash.is_some() {
        return None;
    }
    let mend = Mend { start: *second, end: second + own, with: format!("{}- ", " ".repeat(column)) };
    let finding = lost_dash::finding(*second, *first, draft);
    Some(Explained::new(finding, vec![mend], draft))
}
