//! The lines of a file, taken one after the other: which of them are names and items, which are parts of texts, and what
//! in them looks like a slip.

use crate::diagnostic::{Edit, Span};
use crate::yaml::brackets::flow::{self, Flow, Sign};
use crate::yaml::refusal::{doubled_colon, fullwidth, missing_space};
use crate::yaml::structure::Slips;
use crate::yaml::structure::nearby::around_colon;
use crate::yaml::{structure::blank, structure::comment};

/// The lines so far.
pub(in crate::yaml) struct Lines {
    entries: Vec<Entry>,
    /// For each group of entries side by side, whether one of them has a proper `name: `.
    proper: Vec<bool>,
    suspects: Vec<Suspect>,
    /// A block text belongs to the entry in this column; it goes on while lines are further right.
    block: Option<usize>,
    pub(in crate::yaml) flow: Flow,
    /// The bracket that is open belongs to an entry in this column: a name so far left is no part of it any more.
    owner: Option<usize>,
    /// Signs outside of brackets.
    pub(in crate::yaml) signs: Vec<Sign>,
    pub(in crate::yaml) tabs: Vec<Span>,
    pub(in crate::yaml) odd_indents: Vec<Span>,
    /// Comments as other languages write them.
    pub(in crate::yaml) comments: Vec<Edit>,
    /// Lines that begin and end the code of a page from which the lesson was copied.
    pub(in crate::yaml) fences: Vec<Span>,
    pub(in crate::yaml) tab_width: usize,
}

impl Lines {
    pub(in crate::yaml) fn new(text: &str, tab_width: Option<usize>) -> Self {
        let indents = text.lines().map(|line| line.len() - line.trim_start_matches(' ').len());
        let usual = indents.filter(|indent| *indent > 0).min().unwrap_or(2).min(8);
        let tab_width = tab_width.unwrap_or(usual);
        Self {
            entries: Vec::new(),
            proper: Vec::new(),
            suspects: Vec::new(),
            block: None,
            flow: Flow::default(),
            owner: None,
            signs: Vec::new(),
            tabs: Vec::new(),
            odd_indents: Vec::new(),
            comments: Vec::new(),
            fences: Vec::new(),
            tab_width,
        }
    }

    /// Whether a line goes on with a text or a bracket.
    pub(in crate::yaml) fn is_in_text_of_lines(&self, line: &str) -> bool {
        let indent = line.len() - line.trim_start_matches(' ').len();
        self.flow.is_open()
            || self.block.is_some_and(|column| indent > column)
            || (indent > 0 && self.is_in_text(indent))
    }

    pub(in crate::yaml) fn take(&mut self, line: &str, start: usize) {
        let content = line.trim_start_matches([' ', '\t']);
        if self.flow.is_open() {
            let indent = line.len() - content.len();
            if !self.flow.is_in_bracket() || self.owner.is_none_or(|it| indent > it) || !begins_entry(content)
            {
                self.flow.take(content, start + indent);
                return;
            }
            // The bracket lacks its other half, which the reading reports; nothing below is in it.
            self.flow.leave();
        }
        let blanks = &line[..line.len() - content.len()];
        let indent: usize = blanks.chars().map(|c| if c == '\t' { self.tab_width } else { 1 }).sum();
        if content.is_empty() {
            return;
        }
        let inside_block = self.block.is_some_and(|column| indent > column)
            || (self.block.is_some() && indent > 0 && self.entries.is_empty());
        // Chinese paragraphs begin with two fullwidth blanks, and a block text may hold them.
        let odd = content.len() - content.trim_start_matches(is_any_blank).len();
        if odd > 0 && !inside_block && odd < content.len() {
            self.odd_indents.push(Span::new(start, start + blanks.len() + odd));
            let indent = indent + content[..odd].chars().map(|c| blank::width(c).unwrap_or(1)).sum::<usize>();
            if self.block.is_some_and(|column| indent > column) {
                return;
            }
            self.block = None;
            self.node(&content[odd..], indent, start + blanks.len() + odd);
            return;
        }
        if blanks.contains('\t') && (!inside_block || blanks.starts_with('\t')) {
            self.tabs.push(Span::new(start, start + blanks.len()));
        }
        if inside_block {
            return;
        }
        self.block = None;
        if content.starts_with('#')
            || line.starts_with("---")
            || line.starts_with("...")
            || line.starts_with('%')
        {
            return;
        }
        if content.starts_with("```") {
            self.fences.push(Span::new(start + blanks.len(), start + line.len()));
            return;
        }
        let offset = start + blanks.len();
        if content.starts_with('＃') && !self.is_in_text(indent) {
            let span = Span::new(offset, offset + '＃'.len_utf8());
            self.signs.push(Sign { span, found: '＃', plain: '#', before_blank: true, other_half: None });
            return;
        }
        if !self.is_in_text(indent)
            && let Some(with) = comment::of_another_language(content)
        {
            self.comments.push(Edit { span: Span::new(offset, start + line.len()), with });
            return;
        }
        self.node(content, indent, offset);
    }

    /// Whether a line that begins in a column goes on with a text.
    fn is_in_text(&self, column: usize) -> bool {
        let above = self.entries.iter().rfind(|entry| entry.column < column);
        above.is_some_and(|entry| entry.holds == Holds::Text)
    }

    /// One line from its first sign on, which is in `column` and at byte `offset`.
    fn node(&mut self, content: &str, column: usize, offset: usize) {
        self.entries.retain(|entry| entry.column <= column);
        let same = self.entries.pop_if(|entry| entry.column == column);
        let parent = self.entries.last();
        if parent.is_some_and(|parent| parent.holds == Holds::Text) {
            return;
        }
        let parent = parent.and_then(|parent| parent.suspect);
        let group = same.map_or(self.proper.len(), |entry| entry.group);
        if group == self.proper.len() {
            self.proper.push(false);
        }
        let dashed = content
            .strip_prefix(|c: char| c == '-' || BULLETS.contains(&c))
            .filter(|rest| rest.is_empty() || rest.starts_with(is_any_blank));
        if let Some(rest) = dashed {
            let item = rest.trim_start_matches(is_any_blank);
            let dash = content.len() - rest.len();
            if let Some(found) = content.chars().next().filter(|c| *c != '-') {
                let span = Span::new(offset, offset + dash);
                self.signs.push(Sign { span, found, plain: '-', before_blank: true, other_half: None });
            }
            self.tab(&rest[..rest.len() - item.len()], offset + dash);
            for (at, c) in
                rest[..rest.len() - item.len()].char_indices().filter(|(_, c)| blank::width(*c).is_some())
            {
                self.odd_blank(offset + dash + at, c);
            }
            self.entries.push(Entry { column, group, holds: Holds::Nothing, suspect: parent });
            if item.is_empty() {
                return;
            }
            let before = content.len() - item.len();
            let blanks = rest[..rest.len() - item.len()].chars().count();
            // Thousands of dashes in one line are an attack; the library refuses them by depth.
            if self.entries.len() <= crate::yaml::MAX_DEPTH {
                self.node(item, column + 1 + blanks, offset + before);
            }
            return;
        }
        let name = content.find(|c: char| !is_name(c)).unwrap_or(content.len());
        let (sign, value) = match content[name..].chars().next() {
            Some(c @ (':' | '：')) => (Some(c), &content[name + c.len_utf8()..]),
            Some(_) | None => (None, &content[name..]),
        };
        let doubled = sign == Some(':') && (value == ":" || value.starts_with(": "));
        let suspect = match sign {
            Some(':') if value.is_empty() || value.starts_with([' ', '\t']) => {
                self.proper[group] = true;
                let written = value.trim_start();
                // In quotation marks or brackets a tab does no harm.
                if !written.starts_with(['"', '\'', '[', '{', '#', '|', '>']) && !written.is_empty() {
                    self.tab(&value[..value.len() - written.len()], offset + name + 1);
                }
                None
            }
            Some(c) if name > 0 && !value.starts_with("//") => {
                let odd = value.chars().next().filter(|next| c == ':' && blank::width(*next).is_some());
                let end = offset + name + c.len_utf8() + odd.map_or(usize::from(doubled), char::len_utf8);
                let colon = match (c, odd) {
                    _ if doubled => Colon::Doubled,
                    ('：', _) => Colon::Fullwidth,
                    (_, Some(odd)) => Colon::UnusualBlank(odd),
                    (_, None) => Colon::NoBlank,
                };
                let certain =
                    column == 0 || (colon != Colon::NoBlank && looks_like_field(&content[..name], value));
                let before_blank = doubled || value.is_empty() || value.starts_with(' ');
                let span = Span::new(offset + name, end);
                self.suspects.push(Suspect { span, colon, before_blank, group, parent, certain });
                Some(self.suspects.len() - 1)
            }
            Some(_) | None => {
                // Not `name: …`: a text, a list in brackets, or a name in quotation marks or with blanks in it.
                self.value(content, column, offset, column.saturating_sub(1));
                // A whole lesson may stand in braces, with its names in the first column.
                self.owner = column.checked_sub(1);
                if !self.flow.is_open() && content.contains(": ") {
                    self.proper[group] = true;
                }
                return;
            }
        };
        let value = if doubled { &value[1..] } else { value };
        let written = value.trim_start_matches(is_any_blank);
        let holds = self.value(written, column, offset + content.len() - written.len(), column);
        self.owner = Some(column);
        self.entries.push(Entry { column, group, holds, suspect });
    }

    /// What stands where a value begins; a block text belongs to the entry in `owner`.
    fn value(&mut self, written: &str, column: usize, offset: usize, owner: usize) -> Holds {
        match written.chars().next() {
            None | Some('#') => Holds::Nothing,
            Some('|' | '>') => {
                self.block = Some(owner.min(column));
                Holds::Nothing
            }
            Some('"' | '\'' | '[' | '{' | '［' | '｛') => {
                self.flow.take(written, offset);
                Holds::Text
            }
            Some(mark @ ('“' | '”' | '‘' | '’' | '＂' | '＇')) => {
                self.curly(mark, written.trim_end(), offset);
                Holds::Text
            }
            Some(_) => Holds::Text,
        }
    }

    /// A text in curly quotation marks, which YAML takes for a part of it: harmless unless it holds signs that end it.
    fn curly(&mut self, mark: char, written: &str, offset: usize) {
        let start = mark.len_utf8();
        let Some((length, "")) = flow::curly_text(mark, &written[start..]) else { return };
        if flow::breaks_off(&written[start..start + length]) {
            self.signs.push(Sign {
                span: Span::new(offset, offset + start),
                found: mark,
                plain: '"',
                before_blank: false,
                other_half: Some(Span::new(offset + start + length, offset + written.len())),
            });
        }
    }

    /// Blanks after a `-` or `:`, at a byte, among which there may be tabs.
    fn tab(&mut self, blanks: &str, offset: usize) {
        if blanks.contains('\t') {
            self.tabs.push(Span::new(offset, offset + blanks.len()));
        }
    }

    fn odd_blank(&mut self, offset: usize, found: char) {
        let span = Span::new(offset, offset + found.len_utf8());
        self.signs.push(Sign { span, found, plain: ' ', before_blank: true, other_half: None });
    }

    pub(in crate::yaml) fn judge_suspects(&self, text: &str, slips: &mut Slips) {
        let mut guilty: Vec<bool> = Vec::with_capacity(self.suspects.len());
        for suspect in &self.suspects {
            let by_parent = suspect.parent.is_some_and(|parent| guilty[parent]);
            let is_slip = suspect.certain || self.proper[suspect.group] || by_parent;
            guilty.push(is_slip);
            if !is_slip {
                continue;
            }
            let with = if suspect.before_blank { ":" } else { ": " };
            slips.edits.push(Edit { span: suspect.span, with: with.to_owned() });
            slips.report(|| {
                let finding = match suspect.colon {
                    Colon::Fullwidth => fullwidth(suspect.span, '：', ':'),
                    Colon::Doubled => doubled_colon(suspect.span, around_colon(text, suspect.span)),
                    Colon::NoBlank => missing_space(suspect.span, Some(around_colon(text, suspect.span))),
                    Colon::UnusualBlank(odd) => {
                        blank::unusual(Span::new(suspect.span.start + 1, suspect.span.end), odd)
                    }
                };
                finding.with_fix(suspect.span, with)
            });
        }
    }
}

/// How a line's value begins, which decides what the lines below it are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Nothing: names or items follow.
    Nothing,
    /// Text, which lines further right continue.
    Text,
}

/// An entry that lines further right belong to.
struct Entry {
    column: usize,
    group: usize,
    holds: Holds,
    suspect: Option<usize>,
}

/// What is wrong with a colon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Colon {
    Fullwidth,
    NoBlank,
    /// It stands there twice.
    Doubled,
    /// This stands after it instead of a space.
    UnusualBlank(char),
}

/// A colon that may be a slip; the lines around it decide.
struct Suspect {
    span: Span,
    colon: Colon,
    /// Whether a blank or nothing follows.
    before_blank: bool,
    group: usize,
    parent: Option<usize>,
    /// Whether its own line says enough.
    certain: bool,
}

/// What word processors and input methods write before an item of a list.
const BULLETS: [char; 11] = ['－', '•', '●', '◦', '▪', '■', '‣', '·', '–', '—', '*'];

/// Whether a line begins with `name: `, or an item does.
pub(in crate::yaml) fn begins_entry(content: &str) -> bool {
    let content = content.strip_prefix("- ").unwrap_or(content).trim_start();
    let name = content.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(content.len());
    let rest = &content[name..];
    let colon = rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with(is_any_blank));
    name > 0 && (colon || rest.starts_with('：'))
}

fn is_any_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || blank::width(c).is_some()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '#')
}

/// Whether `name：value` is a field rather than a text such as `Q：查询`.
fn looks_like_field(name: &str, value: &str) -> bool {
    let lower = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    lower || value.trim().is_empty() || value.trim_start().starts_with(['{', '[', '｛', '［'])
}
