//! The text that is handed to the YAML library: the file with well-known slips put right, so that one slip does not
//! hide what comes after it. Every character remembers where it came from.

use super::syntax::Mend;
use crate::diagnostic::{Edit, Span};

/// The corrected text.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    characters: Vec<char>,
    /// For each character its byte in the file, and at the end the length of the file.
    origins: Vec<usize>,
    /// The bytes of the file at which its lines begin, but for the first.
    lines: Vec<usize>,
}

impl Draft {
    /// The text after `edits`, which do not overlap.
    pub(super) fn new(text: &str, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        let mut characters = Vec::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len() + 1);
        let mut edits = edits.into_iter().peekable();
        let mut skip_to = 0;
        for (offset, c) in text.char_indices() {
            while let Some(edit) = edits.next_if(|edit| edit.span.start <= offset) {
                characters.extend(edit.with.chars());
                origins.resize(characters.len(), edit.span.start);
                skip_to = edit.span.end;
            }
            // A line of Windows ends like any other; its end is the place of both signs.
            let ends_line = c == '\r' && text[offset + 1..].starts_with('\n');
            if offset >= skip_to && !ends_line {
                let is_second = c == '\n' && text[..offset].ends_with('\r');
                characters.push(c);
                origins.push(if is_second { offset - 1 } else { offset });
            }
        }
        origins.push(text.len());
        let lines = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { characters, origins, lines }
    }

    /// The text as the library reads it.
    pub(super) fn text(&self) -> String {
        self.characters.iter().collect()
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    /// The byte in the file of a character of this text.
    pub(super) fn byte(&self, index: usize) -> usize {
        self.origins[index.min(self.characters.len())]
    }

    /// The number of the line of the file from which a character of this text comes, from 1.
    pub(super) fn number(&self, index: usize) -> usize {
        let byte = self.byte(index);
        1 + self.lines.partition_point(|start| *start <= byte)
    }

    /// The first character of this text that comes from this byte of the file or one after it.
    pub(super) fn index(&self, byte: usize) -> usize {
        self.origins.partition_point(|origin| *origin < byte)
    }

    /// The place in the file of a range of characters.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.byte(start), self.byte(end.max(start)))
    }

    /// The `-` of an item and the blanks behind it, up to the item's first byte; `None` where it stands in a line of its own.
    pub(super) fn dash_before(&self, byte: usize) -> Option<String> {
        let before = self.slice(0, self.index(byte));
        let blanks = before.iter().rev().take_while(|c| **c == ' ').count();
        let dash = before.len().checked_sub(blanks + 1).filter(|at| before[*at] == '-')?;
        Some(before[dash..].iter().collect())
    }

    /// The character at `index`, if there is one.
    pub(super) fn get(&self, index: usize) -> Option<char> {
        self.characters.get(index).copied()
    }

    /// A range of characters, as far as it exists.
    pub(super) fn slice(&self, start: usize, end: usize) -> &[char] {
        let end = end.min(self.characters.len());
        &self.characters[start.min(end)..end]
    }

    /// Puts other characters in the place of a range; all of them come from where the range began.
    pub(super) fn replace(&mut self, start: usize, end: usize, with: &str) {
        let end = end.min(self.characters.len());
        let start = start.min(end);
        let origin = self.byte(start);
        let count = with.chars().count();
        self.characters.splice(start..end, with.chars());
        self.origins.splice(start..end, std::iter::repeat_n(origin, count));
    }

    /// Carries out mends, which stand from left to right and do not overlap.
    pub(super) fn mend(&mut self, mends: Vec<Mend>) {
        for Mend { start, end, with } in mends.into_iter().rev() {
            self.replace(start, end, &with);
        }
    }

    /// Whether the line of a byte of the file is the same as the line above it, which may begin an item.
    pub(super) fn line_is_doubled(&self, byte: usize) -> bool {
        let (start, end) = self.line(self.index(byte));
        let above = start.checked_sub(1).map(|at| self.line(at));
        above.is_some_and(|(above, to)| {
            let (above, own) = (self.slice(above, to), self.slice(start, end));
            let indent = own.iter().take_while(|c| **c == ' ').count();
            let same = |(at, (a, b)): (usize, (&char, &char))| a == b || (*a == '-' && at < indent);
            above.len() == own.len() && above.iter().zip(own).enumerate().all(same)
        })
    }

    /// The whole line of a byte of the file with the line break before it, if the line above is the same and nothing
    /// below belongs to it.
    pub(super) fn doubled_line(&self, byte: usize) -> Option<Span> {
        let (start, end) = self.line(self.index(byte));
        let indent =
            |start: usize| self.slice(start, self.characters.len()).iter().take_while(|c| **c == ' ').count();
        let has_more = end < self.characters.len() && indent(end + 1) > indent(start);
        let doubled = self.line_is_doubled(byte) && !has_more;
        doubled.then(|| start.checked_sub(1)).flatten().and_then(|before| self.exact(before, end))
    }

    /// The place in the file of a range that is read there letter by letter.
    pub(super) fn exact(&self, start: usize, end: usize) -> Option<Span> {
        let end = end.min(self.characters.len());
        let bytes = self.origins.get(start..=end)?.windows(2);
        // A line break may be of two signs.
        let as_written = |at: usize, length: usize| {
            let c = self.characters[at];
            length == c.len_utf8() || (length == 2 && c == '\n')
        };
        let lengths = bytes.map(|pair| pair[1] - pair[0]).enumerate();
        lengths.into_iter().all(|(at, length)| as_written(start + at, length)).then(|| self.span(start, end))
    }

    /// What stands at a place of the file, if it is read there letter by letter.
    pub(super) fn read_at(&self, place: Span) -> Option<String> {
        let (start, end) = (self.index(place.start), self.index(place.end));
        (self.exact(start, end)? == place).then(|| self.slice(start, end).iter().collect())
    }

    /// The line around a character: its first index, and one past its last.
    pub(super) fn line(&self, index: usize) -> (usize, usize) {
        let index = index.min(self.characters.len());
        let start = self.characters[..index].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let end = self.characters[index..]
            .iter()
            .position(|c| *c == '\n')
            .map_or(self.characters.len(), |at| index + at);
        (start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_stands_at_the_place_of_what_was_there() {
        let mut draft = Draft::new("a: 注 b", Vec::new());
        draft.replace(3, 6, "\"注 b\"");
        assert_eq!(draft.text(), "a: \"注 b\"");
        assert_eq!([3, 4, 5, 6, 7, 8].map(|at| draft.byte(at)), [3, 3, 3, 3, 3, 8]);
    }

    #[test]
    fn places_are_those_of_the_file_whatever_was_replaced() {
        let edits = vec![
            Edit { span: Span::new(1, 4), with: ": ".to_owned() },
            Edit { span: Span::new(5, 6), with: "  ".to_owned() },
        ];
        let draft = Draft::new("a：b\tc注d", edits);
        assert_eq!(draft.text(), "a: b  c注d");
        assert_eq!(draft.byte(0), 0);
        assert_eq!(draft.byte(3), 4, "b");
        assert_eq!(draft.byte(6), 6, "c");
        assert_eq!(draft.byte(8), 10, "d after three bytes of 注");
        assert_eq!(draft.byte(99), 11, "the end");
    }
}
