//! The last line of a screen: the keys that matter most there.

use super::overlay::key_name;
use super::text::{Line, Role};
use crate::app::keymap::{self, Footer};
use crate::app::{Glyphs, Message, Model, Walk, Walking};
use crate::language::{Language, words};

/// The blanks between two keys.
const GAP: usize = 3;

/// As many keys as fit, the most important kept longest; the help is kept before all, since it leads to the rest.
pub(super) fn line(model: &Model, width: usize) -> Line {
    let (glyphs, language) = (model.settings.glyphs, model.language);
    let at_end = model.walk.as_ref().is_some_and(Walk::is_at_end);
    let entries: Vec<(u8, Line)> = keymap::bindings(model.context())
        .filter(|binding| model.offers(binding))
        .filter_map(|binding| {
            let footer = binding.footer.as_ref()?;
            let on = binding.message == Message::Walk(Walking::Next);
            let line = if on && at_end { the_end(language) } else { entry(footer, glyphs, language) };
            Some((footer.rank, line))
        })
        .collect();
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

/// Where nothing comes any more, the learner is told so, and how to leave.
fn the_end(language: Language) -> Line {
    let (end, leave) = (words("the end", "本课结束"), words("leave", "离开"));
    let line = Line::of(*end.get(language), Role::Strong).with(&" ".repeat(GAP), Role::Plain);
    line.with("q", Role::Key).with(" ", Role::Plain).with(leave.get(language), Role::Muted)
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
