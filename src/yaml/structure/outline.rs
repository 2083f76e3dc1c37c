//! The names above a place, by which it is known what belongs there.

use crate::yaml::draft::Draft;
use crate::yaml::indentation::{indent, is_dashed, is_idle};
use crate::yaml::structure::lines::begins_entry;

/// One level of what encloses a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// What stands under this name.
    Name(String),
    /// An item of a list.
    Item,
}

/// The shape of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A word.
    Single,
    /// A number.
    Number,
    /// A text, which may go on over several lines.
    Text,
    /// Names with values.
    Names,
    /// A list whose items have no names.
    Items,
    /// A list whose items are names with values.
    ItemsWithNames,
}

/// What may stand at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belongs {
    /// The shapes of which it may be.
    pub shapes: Vec<Shape>,
    /// The names that may stand there; none where any name may.
    pub fields: Vec<&'static str>,
    /// The words of other books and languages for these names, in small letters.
    pub other_words: Vec<&'static str>,
}

impl Belongs {
    /// Whether names with values stand there, and no list of such.
    pub(in crate::yaml) fn has_names_without_dashes(&self) -> bool {
        self.shapes.contains(&Shape::Names) && !self.shapes.contains(&Shape::ItemsWithNames)
    }

    /// Whether names with values may stand there, and no text.
    pub(in crate::yaml) fn is_no_text(&self) -> bool {
        self.shapes.contains(&Shape::Names)
            && !self.shapes.iter().any(|shape| matches!(shape, Shape::Single | Shape::Number | Shape::Text))
    }

    /// Whether a name stands for something here, in the words of the format or in others.
    pub(in crate::yaml) fn knows(&self, name: &str) -> bool {
        self.fields.contains(&name) || self.other_words.contains(&name.to_lowercase().as_str())
    }

    /// Whether a list may stand there.
    pub(in crate::yaml) fn takes_items(&self) -> bool {
        self.shapes.iter().any(|shape| matches!(shape, Shape::Items | Shape::ItemsWithNames))
    }

    /// Whether names of the author's own stand there.
    pub(in crate::yaml) fn takes_any_name(&self) -> bool {
        self.fields.is_empty() && self.shapes.contains(&Shape::Names)
    }

    /// Whether it is a text, or one language of it.
    pub(in crate::yaml) fn is_text(&self) -> bool {
        self.shapes.contains(&Shape::Text)
    }
}

/// The names and items that enclose what begins in `column` of the line of `at`, from the outside in.
pub(in crate::yaml) fn above(at: usize, column: usize, draft: &Draft) -> Vec<Part> {
    enclosing(at, column, draft).into_iter().map(|(part, _)| part).collect()
}

/// The same, each with the column in which its name or its dash stands.
pub(in crate::yaml) fn enclosing(at: usize, column: usize, draft: &Draft) -> Vec<(Part, usize)> {
    let mut parts = Vec::new();
    let mut line = draft.line(at).0;
    // What encloses begins further left; the name of a list may stand straight above its dashes.
    let mut open =
        Open { column, is_item: indent(line, draft) == column && entry(line, draft).dash.is_some() };
    if !open.is_item {
        open.take_dash(&entry(line, draft), &mut parts);
    }
    for _ in 0..FURTHEST {
        let Some(above) = line.checked_sub(1) else { break };
        line = draft.line(above).0;
        if !is_idle(line, draft) {
            let entry = entry(line, draft);
            open.take_name(&entry, &mut parts);
            open.take_dash(&entry, &mut parts);
        }
    }
    parts.reverse();
    parts
}

/// The names and items that enclose `at`, which stands in brackets of which the first is opened at `outermost`.
pub(in crate::yaml) fn in_brackets(at: usize, outermost: usize, draft: &Draft) -> Vec<Part> {
    let line = draft.line(outermost).0;
    let Entry { column, name, .. } = entry(line, draft);
    let mut parts = above(line, column, draft);
    parts.extend(name.map(Part::Name));
    let mut word = String::new();
    let mut open: Vec<Option<String>> = Vec::new();
    let mut quote = None;
    for c in draft.slice(outermost, at) {
        match (quote, *c) {
            (Some(mark), c) if mark == c => quote = None,
            (None, '"' | '\'') if word.trim().is_empty() => quote = Some(*c),
            (None, '{' | '[') => {
                open.push(None);
                word.clear();
            }
            (None, '}' | ']') => {
                open.pop();
                word.clear();
            }
            (None, ',') => {
                if let Some(name) = open.last_mut() {
                    *name = None;
                }
                word.clear();
            }
            (None, ':') => {
                if let Some(name) = open.last_mut().filter(|name| name.is_none()) {
                    *name = Some(word.trim().to_owned());
                }
                word.clear();
            }
            (_, c) => word.push(c),
        }
    }
    parts.extend(open.into_iter().map(|name| name.map_or(Part::Item, Part::Name)));
    parts
}

/// What the table of the file says of a place to which these names and items lead.
pub(in crate::yaml) type Table<'a> = &'a dyn Fn(&[Part]) -> Option<Belongs>;

/// So many lines above are looked at.
const FURTHEST: usize = 4000;

/// What one is in, on the way up.
struct Open {
    column: usize,
    is_item: bool,
}

impl Open {
    fn take_name(&mut self, entry: &Entry, parts: &mut Vec<(Part, usize)>) {
        let names_list =
            self.is_item && entry.is_empty && entry.dash.is_none() && entry.column == self.column;
        if let Some(name) = entry.name.as_ref().filter(|_| entry.column < self.column || names_list) {
            parts.push((Part::Name(name.clone()), entry.column));
            *self = Self { column: entry.column, is_item: false };
        }
    }

    fn take_dash(&mut self, entry: &Entry, parts: &mut Vec<(Part, usize)>) {
        if let Some(column) = entry.dash.filter(|column| *column < self.column) {
            parts.push((Part::Item, column));
            *self = Self { column, is_item: true };
        }
    }
}

/// How a line begins.
pub(in crate::yaml) struct Entry {
    /// The column of its dash.
    pub(in crate::yaml) dash: Option<usize>,
    /// The column in which what it holds begins.
    pub(in crate::yaml) column: usize,
    /// The name with which that begins.
    pub(in crate::yaml) name: Option<String>,
    /// Whether nothing stands behind that name.
    pub(in crate::yaml) is_empty: bool,
}

/// The beginning of the line that starts at `line`.
pub(in crate::yaml) fn entry(line: usize, draft: &Draft) -> Entry {
    let (start, end) = draft.line(line);
    let own = indent(line, draft);
    let dash = is_dashed(start + own, end, draft).then_some(own);
    let blanks = |from: usize| draft.slice(from, end).iter().take_while(|c| **c == ' ').count();
    let column = dash.map_or(own, |own| own + 1 + blanks(start + own + 1));
    let content: String = draft.slice(start + column, end).iter().collect();
    let name = content.split_once(':').filter(|_| begins_entry(&content) && !content.starts_with('-'));
    let is_empty = name.is_some_and(|(_, value)| value.trim().is_empty() || value.starts_with(" #"));
    Entry { dash, column, name: name.map(|(name, _)| name.trim().to_owned()), is_empty }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_encloses_a_place_is_read_from_the_lines_above() {
        let text =
            "a:\n  b:\n    c: 1\nsteps:\n- title: x\n  say:\n    en: y\n- title: z\n  d: {e: [f, {g: h}]}\n";
        let draft = Draft::new(text, Vec::new());
        let at = |word: &str| text.find(word).expect("it is there");
        let (name, item) = (|name: &str| Part::Name(name.to_owned()), Part::Item);
        assert_eq!(above(at("c:"), 4, &draft), [name("a"), name("b")]);
        assert_eq!(above(at("en"), 4, &draft), [name("steps"), item.clone(), name("say")]);
        assert_eq!(above(at("- title: z"), 0, &draft), [name("steps")]);
        assert_eq!(above(at("d:"), 2, &draft), [name("steps"), item.clone()]);
        let inner = [name("steps"), item.clone(), name("d"), name("e"), item, name("g")];
        assert_eq!(in_brackets(at("h}"), at("{e"), &draft), inner);
    }
}
