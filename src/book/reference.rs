//! The reference of the format: from the table of fields come what each field is and what may stand there, from the page
//! the explanations and examples.

use std::collections::BTreeSet;

use super::markdown::{Block, inline, parse};
use super::sections::{Section, sections};
use super::{TOPICS, Topic};
use crate::language::{Language, Localised, Words, joined, words};
use crate::lesson::fields::{Field, Kind, LESSON, MATRIX_KINDS, Presence, Record, records};
use crate::view::text::{Line, Role};

/// More sections than this are named, not shown.
const SECTIONS_SHOWN: usize = 2;

const HOW: Words = words(
    "`qkv help format WORD` explains one of these words, with examples; `qkv help format all` is the whole page.",
    "`qkv help format 词` 说明下面的一个词，附有例子；`qkv help format all` 是整页内容。",
);
const FIELD: Words = words("Field", "字段");
const MORE: Words = words("Explained, with examples, in:", "说明和例子见：");

/// The page, in one language.
fn page(language: Language) -> &'static str {
    let topic = TOPICS.iter().find(|topic| topic.kind == super::Kind::Reference);
    let topic: &Topic = topic.expect("it is one of the table");
    topic.page.get(language)
}

/// What one can look up: what a lesson consists of, and the sections of the page.
pub fn index(language: Language) -> Vec<Block> {
    let all = sections(page(language));
    let mut blocks = parse(all[0].text);
    blocks.push(Block::Paragraph(inline(HOW.get(language))));
    let groups = [
        (words("A lesson", "一课"), &LESSON),
        (words("A step", "一步"), step()),
        (words("Ways to make a matrix", "矩阵的由来"), &MATRIX_KINDS),
    ];
    for (title, record) in groups {
        blocks.push(Block::Heading(2, (*title.get(language)).into()));
        let row = |field: &Field| vec![code(field.name), inline(field.doc.get(language))];
        blocks.push(Block::rows(record.fields.iter().map(row)));
    }
    blocks.push(Block::Heading(2, (*words("Besides", "其他").get(language)).into()));
    let keyed = sections(page(Language::English)).into_iter().zip(&all).filter_map(|(english, own)| {
        let key = comment(english.text)?.split_whitespace().next()?;
        Some(vec![code(key), own.words().into()])
    });
    blocks.push(Block::rows(keyed));
    blocks
}

fn step() -> &'static Record {
    let steps = LESSON.field("steps").map(|field| field.kind.records());
    steps.and_then(|steps| steps.first().copied()).expect("steps are records")
}

fn code(text: &str) -> Line {
    Line::of(text, Role::Code)
}

/// A field, and the record that it is of.
#[derive(Clone, Copy)]
struct Place {
    record: &'static Record,
    field: &'static Field,
}

impl Place {
    /// Whether it is a field of a lesson itself or a way to make a matrix.
    fn is_main(&self) -> bool {
        [LESSON.name, MATRIX_KINDS.name].contains(&self.record.name)
    }

    /// The name of the field, with that of its record where it is of another.
    fn title(&self) -> String {
        let Self { record, field } = self;
        if self.is_main() { field.name.to_owned() } else { format!("{}.{}", record.name, field.name) }
    }
}

/// What there is to say about a word of the format: the fields of this name, or the one named with its record
/// (`softmax.temperature`), and the sections that explain them. `None` if it is no word of the format.
pub fn about(word: &str, language: Language) -> Option<Vec<Block>> {
    let word = word.trim_matches(['`', ':']);
    let places = places(word);
    let found = explaining(word, &places);
    if places.is_empty() && found.is_empty() {
        return None;
    }
    let own = sections(page(language));
    let shown = if found.len() <= SECTIONS_SHOWN { found.as_slice() } else { &[] };
    let mut blocks = Vec::new();
    // A field of a lesson or a way to make a matrix first; a name that several records have is told in one table.
    let (main, others): (Vec<Place>, Vec<Place>) =
        places.iter().partition(|place| place.is_main() || places.len() == 1);
    for place in main {
        blocks.extend(card(place, shown.iter().map(|at| &own[*at]), language));
    }
    if !others.is_empty() {
        blocks.push(fields(others.iter().map(|place| (place.title(), place.field)), language));
    }
    for at in shown {
        blocks.extend(parse(own[*at].text));
    }
    if shown.is_empty() {
        blocks.push(Block::Paragraph((*MORE.get(language)).into()));
        blocks.extend(pointers(word, &found, &own));
    }
    Some(blocks)
}

/// Where to read on: a call for each section, but one for those that the same word shows.
fn pointers(word: &str, found: &[usize], own: &[Section<'_>]) -> Vec<Block> {
    let english = sections(page(Language::English));
    let mut calls: Vec<(&str, Vec<String>)> = Vec::new();
    for at in found {
        let key = keys(&english[*at]).into_iter().next().unwrap_or(word);
        match calls.iter_mut().find(|(known, _)| *known == key) {
            Some((_, titles)) => titles.push(own[*at].words()),
            None => calls.push((key, vec![own[*at].words()])),
        }
    }
    let row = |(key, titles): (&str, Vec<String>)| {
        vec![code(&format!("qkv help format {key}")), titles.join("; ").into()]
    };
    vec![Block::rows(calls.into_iter().map(row))]
}

/// Every word that [`about`] has something to say about.
pub fn known() -> BTreeSet<&'static str> {
    let fields = records().into_iter().flat_map(|record| record.fields).map(|field| field.name);
    let page = page(Language::English);
    let all: Vec<Section<'static>> = sections(page);
    let keys: Vec<&'static str> = all.iter().flat_map(keys).collect();
    fields.chain(keys).collect()
}

/// The field that a word of another language, or a slip, means.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    [&LESSON, step(), &MATRIX_KINDS].into_iter().find_map(|record| record.meant(word))
}

fn places(word: &str) -> Vec<Place> {
    let (of, name) = word.rsplit_once('.').map_or((None, word), |(of, name)| (Some(of), name));
    let fits = |record: &Record| of.is_none_or(|of| record.name == of);
    let in_record = |record: &'static Record| record.field(name).map(|field| Place { record, field });
    records().into_iter().filter(|record| fits(record)).filter_map(in_record).collect()
}

/// The sections that explain a word, by their number: those that have it as a key, or else those of the records with a
/// field of this name and those with a table or, failing that, with a text that names it.
fn explaining(word: &str, places: &[Place]) -> Vec<usize> {
    let english = sections(page(Language::English));
    let numbers = |fits: &dyn Fn(&Section<'_>) -> bool| -> Vec<usize> {
        (1..english.len()).filter(|at| fits(&english[*at])).collect()
    };
    let keyed = numbers(&|section| keys(section).contains(&word));
    if !keyed.is_empty() {
        return keyed;
    }
    let name = word.rsplit('.').next().unwrap_or(word);
    let of_records: Vec<usize> =
        numbers(&|section| places.iter().any(|place| keys(section).contains(&place.record.name)));
    if places.len() == 1 && of_records.len() == 1 {
        return of_records;
    }
    let mut listed = numbers(&|section| in_tables(section).iter().any(|listed| listed == name));
    listed.extend(of_records);
    if listed.is_empty() {
        listed = numbers(&|section| mentions(section, name));
    }
    listed.sort_unstable();
    listed.dedup();
    listed
}

/// The words under which a section is found: those between backquotes in its title, or those of the comment under it.
pub(super) fn keys<'p>(section: &Section<'p>) -> Vec<&'p str> {
    let quoted = section.title.split('`').skip(1).step_by(2);
    let written = comment(section.text).unwrap_or_default().split_whitespace();
    quoted.chain(written).collect()
}

/// `<!-- these words -->` under the title.
fn comment(text: &str) -> Option<&str> {
    text.lines().nth(1)?.strip_prefix("<!--")?.strip_suffix("-->")
}

/// The code in the first cells of the rows of tables.
fn in_tables(section: &Section<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for block in parse(section.text) {
        let Block::Table(rows) = block else { continue };
        for first in rows.iter().filter_map(|row| row.first()) {
            found.extend(first.0.iter().filter(|span| span.role == Role::Code).map(|span| span.text.clone()));
        }
    }
    found
}

fn mentions(section: &Section<'_>, word: &str) -> bool {
    let code = |line: &Line| line.0.iter().any(|span| span.role == Role::Code && words_of(&span.text, word));
    parse(section.text).iter().any(|block| match block {
        Block::Heading(_, line) | Block::Paragraph(line) | Block::Item(_, line) => code(line),
        Block::Table(rows) => rows.iter().flatten().any(code),
        Block::Code(_) => false,
    })
}

fn words_of(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}

/// What the table says of a field: what it is, what may stand there, and the fields within it that no table of the
/// sections explains.
fn card<'s>(
    place: Place,
    shown: impl Iterator<Item = &'s Section<'static>>,
    language: Language,
) -> Vec<Block> {
    let field = place.field;
    let mut blocks =
        vec![Block::Heading(2, code(&place.title())), Block::Paragraph(inline(&described(field, language)))];
    let explained: Vec<String> = shown.flat_map(in_tables).collect();
    let records = field.kind.records();
    let inner = records.iter().flat_map(|record| record.fields);
    let unexplained: Vec<_> =
        inner.filter(|field| !explained.iter().any(|name| name == field.name)).collect();
    if !unexplained.is_empty() {
        blocks.push(fields(unexplained.into_iter().map(|field| (field.name.to_owned(), field)), language));
    }
    blocks
}

/// A table of fields, under the names that they are given here.
fn fields(named: impl Iterator<Item = (String, &'static Field)>, language: Language) -> Block {
    let row = |(name, field): (String, &Field)| vec![code(&name), inline(&described(field, language))];
    Block::Table([vec![Line::from(*FIELD.get(language))]].into_iter().chain(named.map(row)).collect())
}

/// A field in a few sentences.
fn described(field: &Field, language: Language) -> String {
    let form = form(&field.kind);
    let left_out = match field.presence {
        Presence::Required => words("Required.", "必填。").map(str::to_owned),
        Presence::Optional => Localised::default(),
        Presence::Default(text) => {
            crate::both!("Left out: `{text}`.", "不写时为 `{text}`。")
        }
    };
    let (doc, doc_zh, kind, kind_zh) = (field.doc.en, field.doc.zh, form.en, form.zh);
    let Localised { en, zh } = left_out;
    let text = crate::both!("{doc} Write {kind}. {en}", "{doc_zh}写法：{kind_zh}。{zh}");
    text.get(language).trim_end().to_owned()
}

/// What is written there; of fields, the first few, and words as they are written.
fn form(kind: &Kind) -> Localised<String> {
    const NAMED: usize = 3;
    if let Kind::Either(kinds) = kind {
        joined(kinds.iter().map(form))
    } else if let Kind::Choice(words) = kind {
        joined(words.iter().map(|choice| format!("`{}`", choice.word)))
    } else if let Kind::Record(record) = kind {
        let named: Vec<_> =
            record.fields.iter().take(NAMED).map(|field| format!("{}: …", field.name)).collect();
        let more = if record.fields.len() > NAMED { ", …" } else { "" };
        format!("`{{{}{more}}}`", named.join(", ")).into()
    } else {
        kind.expected()
    }
}
