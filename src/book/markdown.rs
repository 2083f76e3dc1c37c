//! The part of Markdown that the pages are written in: headings, paragraphs, lists, tables and fenced blocks.
//!
//! Left out are lines that only people with a browser or editor need: comments, `<!-- … -->`, and the link to the page in
//! the other language, `*[…](…)*`.

use std::mem::take;

use unicode_width::UnicodeWidthChar;

use crate::view::text::{Line, Role};

/// A piece of a page. Words of its text have the roles `Code`, `Strong` and `Emphasis` where they are marked so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; 1 is that of the page.
    Heading(usize, Line),
    /// Running text.
    Paragraph(Line),
    /// An item of a list, with what stands before it: `-` or `1.`.
    Item(String, Line),
    /// Lines as they are: part of a file, or what is typed and what comes back.
    Code(Vec<String>),
    /// Rows of cells, headings first.
    Table(Vec<Vec<Line>>),
}

impl Block {
    /// A table without headings.
    pub fn rows(rows: impl IntoIterator<Item = Vec<Line>>) -> Self {
        Self::Table([Vec::new()].into_iter().chain(rows).collect())
    }
}

/// The blocks of a page, in order.
pub fn parse(page: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in page.lines() {
        reader.line(line);
    }
    reader.end();
    reader.blocks
}

/// A title of a section: how deep it is and its words.
///
/// ```
/// assert_eq!(qkv::book::markdown::heading("## Steps"), Some((2, "Steps")));
/// ```
pub fn heading(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    (level > 0).then_some(())?;
    Some((level, words.strip_prefix(' ')?))
}

/// Whether a line begins or ends a block of lines as they are.
pub fn is_fence(line: &str) -> bool {
    line.starts_with("```")
}

/// Text with its marked words: `code`, *emphasis*, **strong**; of a link, its words.
pub fn inline(text: &str) -> Line {
    const MARKS: [(&str, Role); 3] = [("`", Role::Code), ("**", Role::Strong), ("*", Role::Emphasis)];
    let mut line = Line::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '[']) {
        line.push(&rest[..at], Role::Plain);
        rest = &rest[at..];
        let marked = MARKS.iter().find_map(|(mark, role)| {
            let (words, after) = rest.strip_prefix(mark)?.split_once(mark)?;
            (!words.is_empty()).then_some((words, *role, after))
        });
        let (words, role, after) = marked.or_else(|| link(rest)).unwrap_or_else(|| {
            let (sign, after) = rest.split_at(1);
            (sign, Role::Plain, after)
        });
        line.push(words, role);
        rest = after;
    }
    line.with(rest, Role::Plain)
}

/// `[words](where)`
fn link(text: &str) -> Option<(&str, Role, &str)> {
    let (words, after) = text.strip_prefix('[')?.split_once("](")?;
    let (_, after) = after.split_once(')')?;
    (!words.contains(['[', ']'])).then_some((words, Role::Plain, after))
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The lines of a fenced block that is not closed yet.
    code: Option<Vec<String>>,
    /// A paragraph or item that may go on, and what stands before the item.
    text: String,
    marker: Option<String>,
    table: Vec<Vec<Line>>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(mut code) = self.code.take() {
            if is_fence(line) {
                self.blocks.push(Block::Code(code));
            } else {
                code.push(line.to_owned());
                self.code = Some(code);
            }
        } else if is_fence(line) {
            self.end();
            self.code = Some(Vec::new());
        } else if let Some((level, words)) = heading(line) {
            self.end();
            self.blocks.push(Block::Heading(level, inline(words)));
        } else if line.starts_with('|') {
            self.end_text();
            self.row(line);
        } else if line.trim().is_empty() || line.starts_with("<!--") || line.starts_with("*[") {
            self.end();
        } else if let Some((marker, words)) = item(line) {
            self.end();
            self.marker = Some(marker.to_owned());
            words.clone_into(&mut self.text);
        } else {
            self.continued(line.trim());
        }
    }

    /// Lines of a paragraph are joined with a blank, but not between two Chinese characters.
    fn continued(&mut self, line: &str) {
        let wide = |c: Option<char>| c.and_then(UnicodeWidthChar::width) == Some(2);
        let (last, next) = (self.text.chars().next_back(), line.chars().next());
        if last.is_some() && !(wide(last) && wide(next)) {
            self.text.push(' ');
        }
        self.text += line;
    }

    fn row(&mut self, line: &str) {
        let inner = line.trim().trim_start_matches('|');
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        if !inner.is_empty() && inner.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ')) {
            return;
        }
        // Within backquotes, which every second part is, the sign is no edge.
        let mut cells = vec![String::new()];
        for (part, text) in inner.split('`').enumerate() {
            let cell = cells.last_mut().expect("there is one from the beginning");
            if part > 0 {
                cell.push('`');
            }
            if part % 2 == 1 {
                *cell += text;
                continue;
            }
            let mut texts = text.split('|');
            *cell += texts.next().unwrap_or_default();
            cells.extend(texts.map(str::to_owned));
        }
        self.table.push(cells.iter().map(|cell| inline(cell.trim())).collect());
    }

    fn end_text(&mut self) {
        let text = take(&mut self.text);
        if let Some(marker) = self.marker.take() {
            self.blocks.push(Block::Item(marker, inline(&text)));
        } else if !text.is_empty() {
            self.blocks.push(Block::Paragraph(inline(&text)));
        }
    }

    fn end(&mut self) {
        self.end_text();
        if !self.table.is_empty() {
            self.blocks.push(Block::Table(take(&mut self.table)));
        }
    }
}

/// `- words` or `1. words`
fn item(line: &str) -> Option<(&str, &str)> {
    let (marker, words) = line.split_once(' ')?;
    let numbered = || {
        let number = marker.strip_suffix('.')?;
        (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit())).then_some(())
    };
    (marker == "-" || numbered().is_some()).then(|| (marker, words.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_words_have_roles_and_other_signs_stay() {
        let line = inline("Write `a * b`, **never** *this* one, 2 * 3 or [a list](x.md#y), [row, column].");
        let marked: Vec<_> = line.0.iter().filter(|span| span.role != Role::Plain).collect();
        let words: Vec<_> = marked.iter().map(|span| (span.text.as_str(), span.role)).collect();
        assert_eq!(words, [("a * b", Role::Code), ("never", Role::Strong), ("this", Role::Emphasis)]);
        assert_eq!(line.text(), "Write a * b, never this one, 2 * 3 or a list, [row, column].");
    }

    #[test]
    fn chinese_lines_are_joined_without_a_blank() {
        assert_eq!(parse("注意\n力\nis\nhere"), [Block::Paragraph("注意力 is here".into())]);
    }

    #[test]
    fn a_page_is_read_into_blocks() {
        let page = "# Page\n<!-- keys -->\n\n*[中文](page.zh.md)*\n\nText\n- one\n  more\n2. two\n\n| a | b |\n|---|---|\n| `x|y` | z |\n```yaml\n# no heading\n\n| no row\n```\n";
        let code = |text| Line::of(text, Role::Code);
        assert_eq!(
            parse(page),
            [
                Block::Heading(1, "Page".into()),
                Block::Paragraph("Text".into()),
                Block::Item("-".into(), "one more".into()),
                Block::Item("2.".into(), "two".into()),
                Block::Table(vec![vec!["a".into(), "b".into()], vec![code("x|y"), "z".into()]]),
                Block::Code(vec!["# no heading".into(), String::new(), "| no row".into()]),
            ]
        );
    }
}
