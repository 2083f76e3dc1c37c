//! YAML, in the only module that names a YAML crate.
//!
//! Lessons are read as a [`Tree`] with positions, so that every finding has a place. The program's own files are
//! read and written as values.

mod brackets;
mod build;
mod copied;
mod draft;
mod indentation;
mod keys;
mod left_out;
mod parse;
mod quotes;
mod refusal;
mod reread;
mod structure;
mod syntax;
mod trial;
mod wording;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::Span;

pub(crate) use brackets::braces::in_other_brackets;
pub(crate) use copied::table::from_semicolons;
pub use left_out::LeftOut;
pub use parse::{Expected, MAX_BYTES, MAX_DEPTH, MAX_VALUES, Parsed, parse, parse_as};
pub(crate) use quotes::tex::tex_sign;
pub(crate) use quotes::wide::unbroken_within;
pub(crate) use quotes::{is_plain, quoted_text, within_braces};
pub use structure::outline::{Belongs, Part, Shape};

/// A value with its place in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// From its first to past its last byte; of a block scalar, its text without the indicator.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a [`Tree`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A single value; see [`Scalar`].
    Scalar(Scalar),
    /// A list.
    List(Vec<Tree>),
    /// A map, in the order of the file. Duplicate keys are reported, and only the first is kept.
    Map(Vec<(Key, Tree)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its text, in NFC.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A scalar as written: the text in NFC, and whether quotes or a block say that it is text whatever it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its text after YAML's own unescaping and folding, in NFC.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: `0.5`, `creature`.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block, after `|` or `>`.
    Block,
}

impl Tree {
    /// The same tree, so many bytes further on.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        let moved = |span: Span| Span::new(span.start + by, span.end + by);
        let value = match self.value {
            Value::Scalar(scalar) => Value::Scalar(scalar),
            Value::List(items) => Value::List(items.into_iter().map(|item| item.moved(by)).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| (Key { span: moved(key.span), ..key }, value.moved(by)))
                    .collect(),
            ),
        };
        Self { span: moved(self.span), value }
    }

    /// Puts another value of the same kind, or one for a single value, into a place of this tree.
    pub fn put(&mut self, place: Span, with: &Value) {
        let same_kind = std::mem::discriminant(&self.value) == std::mem::discriminant(with);
        if self.span == place && (same_kind || self.as_scalar().is_some()) {
            self.value = with.clone();
            return;
        }
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.put(place, with)),
            Value::Map(entries) => entries.iter_mut().for_each(|(_, value)| value.put(place, with)),
            Value::Scalar(_) => {}
        }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// A key of this map with its value.
    pub fn entry(&self, key: &str) -> Option<&(Key, Self)> {
        self.as_map()?.iter().find(|(name, _)| name.text == key)
    }

    /// The entries, if this is a map.
    pub fn as_map(&self) -> Option<&[(Key, Self)]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            Value::Scalar(_) | Value::List(_) => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            Value::Scalar(_) | Value::Map(_) => None,
        }
    }

    /// The single value, if this is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The text of a single value, numbers included; `None` for a list, a map and nothing.
    pub fn as_text(&self) -> Option<&str> {
        self.as_scalar().filter(|scalar| !scalar.is_null()).map(|scalar| scalar.text.as_str())
    }

    /// The number, if this is one written without quotes.
    pub fn as_number(&self) -> Option<f64> {
        self.as_scalar()?.as_number()
    }

    /// The whole number from 0 up, if this is one written without quotes.
    pub fn as_count(&self) -> Option<u64> {
        let scalar = self.as_scalar()?;
        let digits = scalar.text.bytes().all(|byte| byte.is_ascii_digit());
        if scalar.style == Style::Plain && digits { scalar.text.parse().ok() } else { None }
    }

    /// Whether both say the same, in the same order, wherever it stands.
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Scalar(a), Value::Scalar(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_the_same(b))
            }
            (Value::Map(a), Value::Map(b)) => {
                let same = |((name, a), (other, b)): (&(Key, Self), &(Key, Self))| {
                    name.text == other.text && a.says_the_same(b)
                };
                a.len() == b.len() && a.iter().zip(b).all(same)
            }
            (Value::Scalar(_) | Value::List(_) | Value::Map(_), _) => false,
        }
    }

    /// Whether there is nothing here: `title:` with no value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(Scalar::is_null)
    }
}

impl Scalar {
    /// The number that YAML 1.2 reads here: `0.5`, `-3`, `1e-3`, `0x10`, `.inf`. Text in quotes is no number.
    pub fn as_number(&self) -> Option<f64> {
        if self.style != Style::Plain
            || !self.text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        {
            return None;
        }
        // Decimals are nearly all the numbers of a lesson, and there can be hundreds of thousands.
        if self.text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) {
            return self.text.parse().ok();
        }
        serde_yaml::from_str::<serde_yaml::Value>(&self.text).ok()?.as_f64()
    }

    /// Whether it is nothing at all: no text, `~` or `null`, without quotes.
    pub fn is_null(&self) -> bool {
        self.style == Style::Plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

/// Reads one of the program's own files.
///
/// # Errors
/// The YAML library's words, with line and column.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_yaml::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|error| error.to_string())
}

/// A value of the program's own files that is kept as it is.
pub type Kept = serde_yaml::Value;

/// Reads a kept value.
///
/// # Errors
/// The YAML library's words, if it is something else.
pub fn from_value<T: DeserializeOwned>(value: Kept) -> Result<T, String> {
    serde_yaml::from_value(value).map_err(|error| error.to_string())
}

/// A value to be kept.
///
/// # Errors
/// The YAML library's words, if `value` holds what YAML has no form for.
pub fn to_value<T: Serialize>(value: &T) -> Result<Kept, String> {
    serde_yaml::to_value(value).map_err(|error| error.to_string())
}

/// Writes one of the program's own files.
///
/// # Errors
/// The YAML library's words, if `value` holds what YAML has no form for.
pub fn write<T: Serialize>(value: &T) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scalar {
        Scalar { text: text.to_owned(), style: Style::Plain }
    }

    #[test]
    fn numbers_are_those_of_yaml_1_2() {
        for (text, number) in
            [("0", 0.0), ("-3", -3.0), ("+1.5", 1.5), (".5", 0.5), ("1e-3", 0.001), ("0x10", 16.0)]
        {
            assert_eq!(plain(text).as_number(), Some(number), "{text}");
        }
        assert_eq!(plain(".inf").as_number(), Some(f64::INFINITY));
        assert_eq!(plain("-.inf").as_number(), Some(f64::NEG_INFINITY));
        assert!(plain(".nan").as_number().is_some_and(f64::is_nan));
        for text in ["", "yes", "1/2", "1_000", "inf", "NaN", "1.2.3", "-", "2026-01-01", "12:30"] {
            assert_eq!(plain(text).as_number(), None, "{text}");
        }
        assert_eq!(Scalar { text: "1".to_owned(), style: Style::Quoted }.as_number(), None);
    }

    #[test]
    fn only_an_unquoted_nothing_is_nothing() {
        assert!(plain("").is_null() && plain("~").is_null() && plain("null").is_null());
        assert!(!plain("no").is_null());
        assert!(!Scalar { text: String::new(), style: Style::Quoted }.is_null());
    }

    #[test]
    fn own_files_are_read_as_they_were_written() {
        let settings = std::collections::BTreeMap::from([("language".to_owned(), "中文: \"x\"".to_owned())]);
        let text = write(&settings).unwrap();
        assert_eq!(read(&text), Ok(settings));
        assert!(read::<u32>("[1").is_err());
    }
}
