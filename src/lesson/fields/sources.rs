//! Where attention looks, in the words of other programs: `query: X, key: Y, value: Y`.

use super::Record;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Localised, joined};
use crate::yaml::{Key, Scalar, Style, Tree, Value};

/// What stands there for `of`, or for `queries_from` and `keys_values_from`.
pub(super) struct Sources {
    /// The first and the last of the entries that say it.
    first: usize,
    last: usize,
    /// All of them.
    pub(super) places: Vec<usize>,
    /// The fields that are meant.
    fields: Vec<(&'static str, String)>,
}

/// What is said elsewhere for queries, keys and values.
const NAMES: [[&str; 6]; 3] = [
    ["q", "query", "queries", "q_from", "query_from", "queries_from"],
    ["k", "key", "keys", "k_from", "key_from", "keys_from"],
    ["v", "value", "values", "v_from", "value_from", "values_from"],
];

/// The sources that are named for queries, keys and values, where nothing else says where attention looks.
pub(super) fn sources(entries: &[(Key, Tree)], record: &Record) -> Option<Sources> {
    record.field("keys_values_from")?;
    of_several(entries).or_else(|| keys_beside_values(entries)).or_else(|| one_by_one(entries, record))
}

/// `of: [X, Y]`
fn of_several(entries: &[(Key, Tree)]) -> Option<Sources> {
    let at = entries.iter().position(|(key, _)| key.text == "of")?;
    let names: Vec<&str> = entries[at].1.as_list()?.iter().map(Tree::as_text).collect::<Option<_>>()?;
    let (from, keys) = match names.as_slice() {
        [from, keys] => (*from, *keys),
        [from, keys, values] if keys == values => (*from, *keys),
        _ => return None,
    };
    Some(Sources::new(at, &[], fields(from.to_owned(), keys.to_owned())))
}

/// `queries_from: X, keys_from: Y, values_from: Y`
fn keys_beside_values(entries: &[(Key, Tree)]) -> Option<Sources> {
    let place = |names: &[&str]| {
        let is_it = |(key, _): &(Key, Tree)| names.contains(&key.text.to_lowercase().as_str());
        entries.iter().position(is_it)
    };
    place(&["queries_from"])?;
    if place(&["keys_values_from"]).is_some() {
        return None;
    }
    let [_, keys, values] = NAMES;
    // The first names of each are short for weights.
    let (at, of_values) = (place(&keys[3..])?, place(&values[3..])?);
    let keys = entries[at].1.as_text()?;
    (entries[of_values].1.as_text() == Some(keys))
        .then(|| Sources::new(at, &[of_values], vec![("keys_values_from", keys.to_owned())]))
}

fn one_by_one(entries: &[(Key, Tree)], record: &Record) -> Option<Sources> {
    let is_there = |name: &str| entries.iter().any(|(key, _)| key.text == name);
    if ["of", "queries_from", "keys_values_from"].into_iter().any(is_there) {
        return None;
    }
    // Alone, `query` stands for the weights that make the queries.
    if record.field("W_Q").is_some() && !["W_Q", "heads", "n_heads"].into_iter().any(is_there) {
        return None;
    }
    let place = |names: [&str; 6]| {
        entries.iter().position(|(key, _)| {
            record.field(&key.text).is_none() && names.contains(&key.text.to_lowercase().as_str())
        })
    };
    let [queries, keys, values] = NAMES.map(place);
    let (queries, keys, values) = (queries?, keys?, values?);
    let [from, of_keys, of_values] = [queries, keys, values].map(|at| entries[at].1.as_text());
    let (from, of_keys) = (from?.to_owned(), of_keys?.to_owned());
    if of_values != Some(of_keys.as_str()) {
        return None;
    }
    Some(Sources::new(queries, &[keys, values], fields(from, of_keys)))
}

fn fields(from: String, keys: String) -> Vec<(&'static str, String)> {
    if from == keys { vec![("of", from)] } else { vec![("queries_from", from), ("keys_values_from", keys)] }
}

impl Sources {
    fn new(place: usize, others: &[usize], fields: Vec<(&'static str, String)>) -> Self {
        let first = others.iter().copied().fold(place, usize::min);
        let last = others.iter().copied().fold(place, usize::max);
        Self { first, last, places: [&[place], others].concat(), fields }
    }

    /// The finding, with what to write.
    pub(super) fn finding(&self, entries: &[(Key, Tree)]) -> Diagnostic {
        let fields: Vec<String> = self.fields.iter().map(|(name, from)| format!("{name}: {from}")).collect();
        let written = fields.join(", ");
        let Self { first, last, .. } = *self;
        let span = entries[first].0.span.to(entries[last].1.span);
        let is_list = entries[first].1.as_list().is_some();
        let finding = if is_list {
            Diagnostic::new(
                Code::WrongKind,
                span,
                both!(
                    "one matrix belongs after `of`; here queries come from one, and keys and values from another",
                    "`of` 后面只能写一个矩阵，而这里查询来自一个，键和值来自另一个"
                ),
            )
        } else {
            let message = self.said_otherwise(entries);
            Diagnostic::new(Code::UnknownField, span, message)
        };
        let hint = both!("write `{written}`", "请写 `{written}`");
        let finding = finding.with_hint(hint);
        let is_in_line = entries[first..=last]
            .windows(2)
            .all(|pair| pair[0].1.span.end + ", ".len() == pair[1].0.span.start);
        let is_whole = last - first + 1 == self.places.len();
        if is_whole && is_in_line { finding.with_fix(span, written) } else { finding }
    }

    fn said_otherwise(&self, entries: &[(Key, Tree)]) -> Localised<String> {
        let names = self.places.iter().map(|at| format!("`{}`", entries[*at].0.text));
        let Localised { en, zh } = joined(names);
        both!("there are no fields {en} here", "这里没有 {zh} 这样的字段")
    }

    /// The entries as they are meant.
    pub(super) fn meant(self, entries: &mut Vec<(Key, Tree)>) {
        let spans: Vec<_> = self.places.iter().map(|at| (entries[*at].0.span, entries[*at].1.span)).collect();
        let mut at = 0;
        entries.retain(|_| {
            at += 1;
            !self.places.contains(&(at - 1))
        });
        for ((name, from), (key, value)) in self.fields.into_iter().zip(spans.into_iter().cycle()) {
            let value =
                Tree { span: value, value: Value::Scalar(Scalar { text: from, style: Style::Plain }) };
            entries.push((Key { text: name.to_owned(), span: key }, value));
        }
    }
}
