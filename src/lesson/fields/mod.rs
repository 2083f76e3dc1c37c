//! The table of fields: everything that can stand in a lesson file, with its kind and its meaning in both languages.
//!
//! The reader, "did you mean", the schema for editors and the lists of the reference pages all come from this one table.

mod asked;
mod belongs;
mod both_languages;
mod choices;
mod everyday;
mod items;
mod languages;
mod lengths;
mod lists;
mod lit;
mod mask_table;
mod matrices;
mod meant;
mod moved;
mod named_items;
mod one_way;
mod options;
mod other_kind;
mod other_words;
mod otherwise;
mod owners;
mod programs;
mod published;
mod question;
mod schema;
mod sources;
mod table;
mod texts;
mod unknown;
mod validate;
mod wording;
mod wrong;

use self::validate::has_shape;
use super::expression::halfwidth;
use crate::diagnostic::nearest;
use crate::language::{Language, Localised, Words, words};
use crate::yaml::{Key, Tree, Value};

pub(in crate::lesson) use asked::is_size;
pub(in crate::lesson) use belongs::belongs;
pub(in crate::lesson) use languages::language_name;
pub(in crate::lesson) use lists::is_between;
pub use matrices::MATRIX_KINDS;
pub(in crate::lesson) use matrices::{ATTENTION, BLOCK, BLOCK_FEED_FORWARD, HEAD, LOGITS, MULTI_HEAD};
pub use meant::as_meant;
pub(in crate::lesson) use moved::put_below;
pub use moved::{told_of_dashes, with_lines_moved};
pub(in crate::lesson) use other_words::own_word;
pub use schema::schema;
pub use table::LESSON;
pub(in crate::lesson) use table::STEP;
pub(in crate::lesson) use texts::texts;
pub use validate::validate;
pub(in crate::lesson) use validate::{missing_fields, validate_part};

/// The version of the format that the table describes.
pub const FORMAT: u64 = 1;

/// A map with fixed fields, such as a lesson or a step.
#[derive(Debug)]
pub struct Record {
    /// Its name in the reference.
    pub name: &'static str,
    /// What it is.
    pub doc: Words,
    /// Its fields, in the order of the reference.
    pub fields: &'static [Field],
}

/// One field of a [`Record`].
#[derive(Debug)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// Whether it must be there, and what holds if it is not.
    pub presence: Presence,
    /// What it means, in one or two short sentences.
    pub doc: Words,
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out; then there is nothing.
    Optional,
    /// It may be left out; then this holds, in the notation of the file.
    Default(&'static str),
}

/// One of the words of which one may stand somewhere.
#[derive(Debug)]
pub struct Choice {
    /// As it is written.
    pub word: &'static str,
    /// What it stands for; `None` of names that speak for themselves, as of functions.
    pub meaning: Option<Words>,
}

impl Choice {
    const fn new(word: &'static str, en: &'static str, zh: &'static str) -> Self {
        Self { word, meaning: Some(words(en, zh)) }
    }

    const fn bare(word: &'static str) -> Self {
        Self { word, meaning: None }
    }
}

/// What may stand somewhere.
#[derive(Debug)]
pub enum Kind {
    /// Something to read: one text for both languages, or `{en: …, zh: …}`.
    Text,
    /// A single word or line that is the same in both languages: a token, a feature, a reference, a claim.
    Word,
    /// The name of a matrix, text or axis of the lesson.
    Name,
    /// A number, or arithmetic such as `sqrt(d_k)`.
    Expression,
    /// A whole number from 0 up.
    Count,
    /// A whole number from 1 up. Where it stands says why it cannot be 0.
    Size,
    /// One of these words.
    Choice(&'static [Choice]),
    /// A list.
    List {
        /// What each item is.
        of: &'static Self,
        /// The least number of items.
        least: usize,
        /// The greatest number of items.
        most: usize,
    },
    /// A map from names that the author chooses.
    Map(&'static Self),
    /// A map with exactly one name that the author chooses: `NAME: …`.
    Named(&'static Self),
    /// A map with fixed fields.
    Record(&'static Record),
    /// A map with exactly one of the fields, whose name says what kind of thing it is.
    OneOf(&'static Record),
    /// One of several kinds of different shapes: a single value, a list, a map.
    Either(&'static [Self]),
}

/// Every record of the table once, a lesson's own first.
pub fn records() -> Vec<&'static Record> {
    static ROOT: Kind = Kind::Record(&LESSON);
    let mut all = Vec::new();
    collect(&ROOT, &mut all);
    all
}

fn collect(kind: &'static Kind, all: &mut Vec<&'static Record>) {
    for record in kind.records() {
        // Some that differ have one name, such as the windows of two kinds of masks.
        if !all.iter().any(|known| std::ptr::eq(*known, record)) {
            all.push(record);
            record.fields.iter().for_each(|field| collect(&field.kind, all));
        }
    }
}

impl Field {
    /// What to add where it is missing, and what it is.
    ///
    /// Between braces it is written before the first of the `entries` that are there.
    pub fn to_add(&self, tree: &Tree, entries: &[(Key, Tree)]) -> Localised<String> {
        let name = self.name;
        let first = entries.first().map(|(key, _)| key).filter(|key| tree.span.start < key.span.start);
        let put = |written: &str| match first {
            Some(Key { text, .. }) => {
                crate::both!("write `{written}, ` before `{text}`", "在 `{text}` 前面写上 `{written}, `")
            }
            None => crate::both!("add `{written}`", "加上 `{written}`"),
        };
        let (en, zh) = (self.doc.en.trim_end_matches('.'), self.doc.zh.trim_end_matches('。'));
        // What it is goes on with the sentence; names such as RMS keep their letters.
        let mut letters = en.chars();
        let first = letters.next().unwrap_or_default();
        let is_word = letters.next().is_none_or(|second| !second.is_uppercase());
        let first = if is_word { first.to_lowercase().to_string() } else { first.to_string() };
        let rest = en.get(1..).unwrap_or_default();
        let Kind::OneOf(record) = &self.kind else {
            if std::ptr::eq(self, published::of_printed()) {
                let (put, put_zh) = (
                    put(&format!("{name}: \"NAME[ROW, COLUMN]\"")).en,
                    put(&format!("{name}: \"名称[行, 列]\"")).zh,
                );
                return crate::both!("{put} ({first}{rest})", "请{put_zh}（{zh}）");
            }
            let Localised { en: put, zh: put_zh } = put(&format!("{name}: …"));
            return crate::both!("{put} ({first}{rest})", "请{put_zh}（{zh}）");
        };
        let Some((one, others)) = record.fields.split_first() else { return Localised::default() };
        let others = others.iter().map(|field| format!("`{}`", field.name));
        let (one, others) = (one.name, crate::language::joined(others));
        let (others_en, others_zh) = (others.en, others.zh);
        if std::ptr::eq(*record, &raw const question::ANSWER) {
            let (put, put_zh) = (
                put(&format!("{name}: {{{one}: \"NAME[ROW, COLUMN]\"}}")).en,
                put(&format!("{name}: {{{one}: \"名称[行, 列]\"}}")).zh,
            );
            return crate::both!(
                "to ask for a number, {put}; in the place of `{one}` there may be {others_en}",
                "要问一个数，请{put_zh}；`{one}` 也可以换成 {others_zh}"
            );
        }
        let Localised { en: put, zh: put_zh } = put(&format!("{name}: {{{one}: …}}"));
        crate::both!(
            "{put} ({first}{rest}); in the place of `{one}` there may be {others_en}",
            "请{put_zh}（{zh}）；`{one}` 也可以换成 {others_zh}"
        )
    }
}

impl Kind {
    /// What should stand there, in words: "a list or a name".
    pub fn expected(&self) -> Localised<String> {
        wording::expected(self)
    }

    /// The kinds of which one may stand there: those of [`Self::Either`], or itself.
    pub fn alternatives(&self) -> Vec<&Self> {
        if let Self::Either(kinds) = self {
            kinds.iter().flat_map(Self::alternatives).collect()
        } else {
            vec![self]
        }
    }

    /// The record whose fields stand there, where it is one.
    fn own_record(&self) -> Option<&'static Record> {
        match self {
            Self::Record(record) | Self::OneOf(record) => Some(record),
            Self::Text
            | Self::Word
            | Self::Name
            | Self::Expression
            | Self::Count
            | Self::Size
            | Self::Choice(_)
            | Self::List { .. }
            | Self::Map(_)
            | Self::Named(_)
            | Self::Either(_) => None,
        }
    }

    /// Whether it is this record of the table.
    fn is_record(&self, record: &'static Record) -> bool {
        self.own_record().is_some_and(|own| std::ptr::eq(own, record))
    }

    /// Whether names with values may stand there, and at least one of these.
    fn holds(&self, value: &Tree) -> bool {
        let names = value.as_map().unwrap_or_default();
        self.alternatives().into_iter().any(|kind| {
            let is_field = |record: &Record| names.iter().any(|(key, _)| record.meant(&key.text).is_some());
            let is_language = || names.iter().any(|(key, _)| Language::from_code(&key.text).is_some());
            matches!(kind, Self::Map(_) | Self::Named(_))
                || kind.own_record().is_some_and(is_field)
                || (matches!(kind, Self::Text) && is_language())
        })
    }

    /// The records that may stand there, alone or as an item of a list or map.
    pub fn records(&self) -> Vec<&'static Record> {
        match self {
            Self::Text
            | Self::Word
            | Self::Name
            | Self::Expression
            | Self::Count
            | Self::Size
            | Self::Choice(_) => Vec::new(),
            Self::List { of, .. } | Self::Map(of) | Self::Named(of) => of.records(),
            Self::Either(kinds) => kinds.iter().flat_map(Self::records).collect(),
            Self::Record(record) | Self::OneOf(record) => vec![record],
        }
    }
}

impl Record {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The name of the field that a word is or is a slip of: a few letters wrong, fullwidth letters, or the word of
    /// another language.
    pub fn meant(&self, word: &str) -> Option<&'static str> {
        if let Some(field) = self.field(word) {
            return Some(field.name);
        }
        let curly = |c: char| matches!(c, '“' | '”' | '‘' | '’') || c.is_whitespace();
        let plain: String = word
            .trim_matches(curly)
            .chars()
            .map(|c| halfwidth(c).unwrap_or(c))
            .collect::<String>()
            .to_lowercase();
        let exact = self.fields.iter().map(|field| field.name).find(|name| name.to_lowercase() == plain);
        let foreign = || own_word(&plain, |own| self.field(own).is_some());
        // Languages of a country: `zh-CN`.
        let language = || Some(self.field(Language::from_locale(&plain)?.code())?.name);
        let slip = || nearest(&plain, self.fields.iter().map(|field| field.name));
        exact.or_else(foreign).or_else(language).or_else(slip)
    }

    /// The same for a field with its value: `W: W_U` is `W_U`, as weights are named after what they are.
    pub(super) fn meant_of(&self, word: &str, value: &Tree) -> Option<&'static str> {
        let of_value = |value: &str| {
            let begins = value.strip_prefix(word).is_some_and(|rest| rest.starts_with('_'));
            self.field(value).filter(|_| begins).map(|field| field.name)
        };
        let lower = word.to_lowercase();
        let fits = |kind: &Kind| match &value.value {
            Value::Map(_) => kind.holds(value),
            Value::Scalar(_) | Value::List(_) => has_shape(kind, &value.value),
        };
        let takes = |own: &str| self.field(own).is_some_and(|field| fits(&field.kind));
        // One word may stand for several fields: its value tells which is meant.
        let foreign = || own_word(&lower, takes).filter(|_| self.field(&lower).is_none() && !value.is_null());
        let exact = self.field(word).map(|field| field.name);
        exact.or_else(foreign).or_else(|| self.meant(word)).or_else(|| value.as_text().and_then(of_value))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::yaml;

    #[test]
    fn every_field_is_explained_in_both_languages_and_named_once() {
        let records = records();
        assert!(records.iter().any(|record| record.name == MATRIX_KINDS.name));
        for record in records {
            let names: BTreeSet<_> = record.fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), record.fields.len(), "{}", record.name);
            for doc in record.fields.iter().map(|field| field.doc).chain([record.doc]) {
                assert!(
                    doc.en.len() > 5 && doc.en.replace('…', "").is_ascii(),
                    "{}: {}",
                    record.name,
                    doc.en
                );
                assert!(!doc.zh.is_ascii(), "{}: {}", record.name, doc.zh);
            }
        }
    }

    #[test]
    fn a_lesson_without_a_version_is_of_this_version() {
        let version = LESSON.field("qkv").map(|field| field.presence);
        assert_eq!(version, Some(Presence::Default(FORMAT.to_string().leak())));
    }

    #[test]
    fn every_default_may_stand_where_it_holds() {
        for record in records() {
            for field in record.fields {
                if let Presence::Default(text) = field.presence {
                    let (tree, _) = yaml::parse(&crate::diagnostic::Source::new("default", text));
                    let mut findings = Vec::new();
                    validate(&tree.unwrap(), &field.kind, &mut findings);
                    assert_eq!(findings, [], "{}.{}", record.name, field.name);
                }
            }
        }
    }
}
