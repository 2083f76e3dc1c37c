//! A screen as text for snapshots: what is read on it, then a letter for the style of each cell, then what the letters
//! stand for.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr;

/// Letters for styles; the ground of the screen is a dot.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// What is read in a row: a wide glyph stands for its two cells. Blanks at the end are left out.
pub(crate) fn row(buffer: &Buffer, y: u16) -> String {
    let mut row = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += (symbol.width() as u16).max(1);
    }
    row.trim_end().to_owned()
}

/// What is read on the whole screen.
pub(crate) fn text(buffer: &Buffer) -> String {
    (0..buffer.area.height).fold(String::new(), |text, y| text + &row(buffer, y) + "\n")
}

/// The screen with its styles.
pub(crate) fn dump(buffer: &Buffer) -> String {
    let ground = buffer.content.last().map(Cell::style).unwrap_or_default();
    let mut styles: Vec<Style> = Vec::new();
    let mut letters = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        for x in 0..buffer.area.width {
            let style = buffer[(x, y)].style();
            if style == ground {
                row.push('.');
                continue;
            }
            let index = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            row.push(LETTERS.chars().nth(index).unwrap_or('?'));
        }
        writeln!(letters, "{}", row.trim_end_matches('.')).expect("strings can be written to");
    }
    let mut legend = format!(". {}\n", name(ground));
    for (style, letter) in styles.iter().zip(LETTERS.chars()) {
        writeln!(legend, "{letter} {}", name(*style)).expect("strings can be written to");
    }
    let Buffer { area, .. } = buffer;
    format!("{}x{}\n{}---\n{letters}---\n{legend}", area.width, area.height, text(buffer))
}

/// `#c0caf5 on #1a1b26 bold`
fn name(style: Style) -> String {
    let colour = |colour: Option<Color>| match colour {
        Some(Color::Rgb(red, green, blue)) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Some(colour) => colour.to_string(),
        None => "none".to_owned(),
    };
    let letters = style.add_modifier.iter_names().map(|(name, _)| format!(" {}", name.to_lowercase()));
    format!("{} on {}{}", colour(style.fg), colour(style.bg), letters.collect::<String>())
}
