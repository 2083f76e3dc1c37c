//! A page, cut at its headings.

use super::markdown::{heading, inline, is_fence};

/// A part of a page from its heading to the next one, of whatever depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'p> {
    /// How deep the heading is; 1 is that of the page.
    pub level: usize,
    /// The words of the heading.
    pub title: &'p str,
    /// All of it, with the heading.
    pub text: &'p str,
}

/// The sections of a page, in order.
pub fn sections(page: &str) -> Vec<Section<'_>> {
    let mut starts = Vec::new();
    let mut inside = false;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        inside ^= is_fence(line);
        if let Some((level, title)) = heading(line.trim_end()).filter(|_| !inside) {
            starts.push((at, level, title));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(at, ..)| *at).chain([page.len()]);
    let cut = starts.iter().zip(ends);
    cut.map(|(&(start, level, title), end)| Section { level, title, text: page[start..end].trim_end() })
        .collect()
}

impl Section<'_> {
    /// The title as it is read, without marks.
    pub fn words(&self) -> String {
        inline(self.title).text()
    }
}
