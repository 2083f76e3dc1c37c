//! Pages as lines of a terminal.
//!
//! What is to be typed or copied, the blocks of lines as they are, stands at the left edge; what is to be read is moved in.

use super::markdown::Block;
use crate::diagnostic::Paint;
use crate::view::text::{Align, Line, Role, Span, cells};
use crate::view::wrap::wrap;

/// How far what is to be read is moved in.
const INDENT: usize = 2;
/// Between the columns of a table.
const GAP: usize = 2;
/// A column is not narrower than this if another could give way.
const NARROWEST: usize = 12;

/// Code that is not wider than this is not broken at its blanks.
const UNBROKEN: usize = 60;
/// Signs at which a line may end, and those in their place at which none does until the line is written.
const HARD: [(&str, &str); 3] = [(" ", "\u{a0}"), ("-", "\u{2011}"), ("}", "}\u{2060}")];

/// How the roles of a page are painted; the terminal's own sixteen colours can be read on its ground.
const STYLES: [(Role, &str); 4] =
    [(Role::Heading, "1"), (Role::Strong, "1"), (Role::Emphasis, "3"), (Role::Code, "36")];

/// The blocks as text of lines that are at most `width` cells wide, but for lines as they are. Each ends with a line break.
pub fn text(blocks: &[Block], width: usize, paint: Paint) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let tight = index > 0 && matches!((&blocks[index - 1], block), (Block::Item(..), Block::Item(..)));
        if index > 0 && !tight {
            lines.push(Line::new());
        }
        lines.extend(laid_out(block, width, paint));
    }
    lines.iter().map(|line| painted(line, paint) + "\n").collect()
}

fn laid_out(block: &Block, width: usize, paint: Paint) -> Vec<Line> {
    let room = width.saturating_sub(INDENT).max(1);
    match block {
        Block::Heading(level, words) => heading(*level, words, width),
        Block::Paragraph(words) => moved_in(INDENT, wrap(&marked(words, paint), room)),
        Block::Item(marker, words) => {
            let before = cells(marker) + 1;
            let mut lines = wrap(&marked(words, paint), room.saturating_sub(before).max(1));
            let first = lines.remove(0);
            let mut all = vec![Line::from(format!("{marker} "))];
            all[0].append(&first);
            all.extend(moved_in(before, lines));
            moved_in(INDENT, all)
        }
        Block::Code(code) => code.iter().map(|line| Line::of(line.as_str(), Role::Code)).collect(),
        Block::Table(rows) => moved_in(INDENT, table(rows, room, paint)),
    }
}

fn heading(level: usize, words: &Line, width: usize) -> Vec<Line> {
    let words = Line::of(words.text(), Role::Heading);
    let mut lines = wrap(&words, width);
    if level <= 2 {
        let sign = if level == 1 { "═" } else { "─" };
        let longest = lines.iter().map(Line::width).max().unwrap_or_default();
        lines.push(Line::of(sign.repeat(longest), Role::Heading));
    }
    lines
}

/// Where colours cannot tell code from words, backquotes do. Short code is kept in one line.
fn marked(words: &Line, paint: Paint) -> Line {
    let mark = |span: &Span| {
        if span.role != Role::Code {
            return span.clone();
        }
        let hardened = |text: String, (plain, hard): &(&str, &str)| text.replace(plain, hard);
        let text = span.text.clone();
        let text = if cells(&text) <= UNBROKEN { HARD.iter().fold(text, hardened) } else { text };
        Span::new(if paint == Paint::Plain { format!("`{text}`") } else { text }, Role::Code)
    };
    words.0.iter().map(mark).collect()
}

fn moved_in(by: usize, lines: Vec<Line>) -> Vec<Line> {
    let blanks = Line::from(" ".repeat(by));
    let moved = |line: Line| {
        let mut moved = blanks.clone();
        moved.append(&line);
        moved
    };
    lines.into_iter().map(moved).collect()
}

/// Cells that do not fit are broken into lines. In the first column nothing but names stands, which need no marks.
fn table(rows: &[Vec<Line>], room: usize, paint: Paint) -> Vec<Line> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |row: &[Line], column: usize| match row.get(column) {
        Some(words) if column == 0 => words.clone(),
        Some(words) => marked(words, paint),
        None => Line::new(),
    };
    let natural = |column| rows.iter().map(|row| cell(row, column).width()).max().unwrap_or_default();
    let widths = widths((0..columns).map(natural).collect(), room.saturating_sub(GAP * (columns.max(1) - 1)));
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if index == 0 && row.iter().all(Line::is_empty) {
            continue;
        }
        let cells: Vec<Vec<Line>> =
            widths.iter().enumerate().map(|(column, width)| wrap(&cell(row, column), *width)).collect();
        for at in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let mut line = Line::new();
            for (column, width) in widths.iter().enumerate() {
                let own = cells[column].get(at).cloned().unwrap_or_default();
                let own = if index == 0 { Line::of(own.text(), Role::Strong) } else { own };
                let last = column + 1 == columns;
                line.append(&if last { own } else { own.pad(width + GAP, Align::Left) });
            }
            lines.push(trimmed(line));
        }
    }
    lines
}

/// The widest columns give way until all fit.
fn widths(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max().expect("a sum is made of something");
        if *widest <= NARROWEST {
            break;
        }
        *widest -= 1;
    }
    widths
}

fn trimmed(mut line: Line) -> Line {
    while let Some(last) = line.0.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        line.0.pop();
    }
    line
}

/// The line with the escape sequences of its roles.
fn painted(line: &Line, paint: Paint) -> String {
    let text = trimmed(line.clone());
    let style = |role| STYLES.iter().find(|(styled, _)| *styled == role).filter(|_| paint == Paint::Coloured);
    let span = |span: &Span| match style(span.role) {
        Some((_, style)) => format!("\x1b[{style}m{}\x1b[0m", span.text),
        None => span.text.clone(),
    };
    let painted: String = text.0.iter().map(span).collect();
    HARD.iter().fold(painted, |painted, (plain, hard)| painted.replace(hard, plain))
}
