//! Pages by a word that stands in them, in either language: `掩码`, `spreadsheet`.

use super::markdown::{Block, inline};
use super::reference::keys;
use super::{Kind, TOPICS, Topic, sections};
use crate::both;
use crate::language::{Language, words};
use crate::view::text::{Line, Role};

/// More places than these are not listed: a word that stands everywhere leads nowhere.
const MOST: usize = 12;

/// How near the word is to what a place is about; the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    InTitle,
    InText,
}

/// A call that shows a place, and what it is about.
struct Found {
    stands: Stands,
    call: String,
    titles: Vec<String>,
}

/// A list of the places where a word stands; `None` if it stands nowhere.
pub fn places(word: &str, language: Language) -> Option<Vec<Block>> {
    let found = found(word, language);
    if found.is_empty() {
        return None;
    }
    let intro = both!("`{word}` stands in:", "`{word}` 见：");
    let between = *words("; ", "；").get(language);
    let row =
        |found: &Found| vec![Line::of(found.call.as_str(), Role::Code), found.titles.join(between).into()];
    Some(vec![Block::Paragraph(inline(intro.get(language))), Block::rows(found.iter().take(MOST).map(row))])
}

fn found(word: &str, language: Language) -> Vec<Found> {
    let word = word.trim().to_lowercase();
    // One letter of the alphabet stands in every text, one Chinese sign may be a word.
    if word.is_empty() || (word.is_ascii() && word.len() < 3) {
        return Vec::new();
    }
    let mut all: Vec<Found> = Vec::new();
    for found in TOPICS.into_iter().rev().flat_map(|topic| in_topic(topic, &word, language)) {
        match all.iter_mut().find(|known| known.call == found.call) {
            Some(known) => {
                known.stands = known.stands.min(found.stands);
                known.titles.extend(found.titles);
            }
            None => all.push(found),
        }
    }
    all.sort_by_key(|found| found.stands);
    all
}

/// The sections of a page that have a word in the title or text of one language or the other.
fn in_topic(topic: Topic, word: &str, language: Language) -> Vec<Found> {
    let [english, chinese] = [topic.page.en, topic.page.zh].map(sections);
    let own = sections(topic.page.get(language));
    let has = |text: &str| text.to_lowercase().contains(word);
    let place = |at: usize| {
        let both = [english.get(at)?, chinese.get(at)?];
        let stands = if both.iter().any(|section| has(section.title)) {
            Stands::InTitle
        } else {
            both.iter().any(|section| has(section.text)).then_some(Stands::InText)?
        };
        let name = topic.name;
        let call = match topic.kind {
            Kind::Stages => format!("qkv help {name} {at}"),
            Kind::Reference => format!("qkv help {name} {}", keys(both[0]).first()?),
            Kind::Whole => format!("qkv help {name}"),
        };
        Some(Found { stands, call, titles: vec![own[at].words()] })
    };
    (1..own.len()).filter_map(place).collect()
}
