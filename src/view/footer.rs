//! The last line of a screen: the keys that matter most there.

use super::overlay::key_name;
use super::text::{Line, Role};
use crate::app::keymap::{self, Footer};
use crate::app::{Glyphs, Model};
use crate::language::Language;

/// The blanks between two keys.
const GAP: usize = 3;

/// As many keys as fit, the most important kept longest; the help is kept before all, since it leads to the rest.
pub(super) fn line(model: &Model, width: usize) -> Line {
    let (glyphs, language) = (model.settings.glyphs, model.language);
    let named: Vec<&Footer> =
        keymap::bindings(model.context()).filter_map(|binding| binding.footer.as_ref()).collect();
    let entries: Vec<(u8, Line)> =
        named.iter().map(|footer| (footer.rank, entry(footer, glyphs, language))).collect();
    let mut ranks: Vec<u8> = entries.iter().map(|(rank, _)| *rank).collect();
    ranks.sort_unstable();
    let width_up_to = |most: u8| -> usize {
        let kept = entries.iter().filter(|(rank, _)| *rank <= most || *rank == u8::MAX);
        kept.map(|(_, entry)| entry.width() + GAP).sum()
    };
    let most = ranks.into_iter().rev().find(|rank| width_up_to(*rank) <= width + GAP).unwrap_or(0);
    let mut line = Line::new();
    for (_, entry) in entries.iter().filter(|(rank, _)| *rank <= most || *rank == u8::MAX) {
        if !line.is_empty() {
            line.push(&" ".repeat(GAP), Role::Plain);
        }
        line.append(entry);
    }
    line.truncate(width, glyphs)
}

fn entry(footer: &Footer, glyphs: Glyphs, language: Language) -> Line {
    let keys: Vec<_> = footer.keys.iter().map(|key| key_name(*key, glyphs)).collect();
    // Arrows are read as one group; ASCII arrows need blanks between them.
    let between = match glyphs {
        Glyphs::Unicode => "",
        Glyphs::Ascii => " ",
    };
    let keys = keys.join(between);
    Line::of(keys, Role::Key).with(" ", Role::Plain).with(footer.words.get(language), Role::Muted)
}
