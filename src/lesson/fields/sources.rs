//! Where attention looks, in the words of other programs: `query: X, key: Y, value: Y`.

use super::Record;
use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::yaml::{Key, Scalar, Style, Tree, Value};

/// What stands there for `of`, or for `queries_from` and `keys_values_from`.
pub(super) struct Sources {
    /// The entries for queries, keys and values.
    pub(super) places: [usize; 3],
    /// The fields that are meant.
    fields: Vec<(&'static str, String)>,
}

/// What is said elsewhere for queries, keys and values.
const NAMES: [[&str; 3]; 3] = [["q", "query", "queries"], ["k", "key", "keys"], ["v", "value", "values"]];

/// The sources that are named for queries, keys and values, where nothing else says where attention looks.
pub(super) fn sources(entries: &[(Key, Tree)], record: &Record) -> Option<Sources> {
    let is_there = |name: &str| entries.iter().any(|(key, _)| key.text == name);
    record.field("keys_values_from")?;
    if ["of", "queries_from", "keys_values_from"].into_iter().any(is_there) {
        return None;
    }
    // Alone, `query` stands for the weights that make the queries.
    if record.field("W_Q").is_some() && !["W_Q", "heads", "n_heads"].into_iter().any(is_there) {
        return None;
    }
    let place = |names: [&str; 3]| {
        entries.iter().position(|(key, _)| {
            record.field(&key.text).is_none() && names.contains(&key.text.to_lowercase().as_str())
        })
    };
    let [queries, keys, values] = NAMES.map(place);
    let places = [queries?, keys?, values?];
    let [from, of_keys, of_values] = places.map(|at| entries[at].1.as_text());
    let (from, keys) = (from?.to_owned(), of_keys?.to_owned());
    if of_values != Some(keys.as_str()) {
        return None;
    }
    let fields = if from == keys {
        vec![("of", from)]
    } else {
        vec![("queries_from", from), ("keys_values_from", keys)]
    };
    Some(Sources { places, fields })
}

impl Sources {
    /// The finding, with what to write.
    pub(super) fn finding(&self, entries: &[(Key, Tree)]) -> Diagnostic {
        let fields: Vec<String> = self.fields.iter().map(|(name, from)| format!("{name}: {from}")).collect();
        let written = fields.join(", ");
        let (Some(first), Some(last)) = (self.places.iter().min(), self.places.iter().max()) else {
            unreachable!("there are three places")
        };
        let span = entries[*first].0.span.to(entries[*last].1.span);
        let message = both!(
            "where queries, keys and values come from is said in other words here",
            "查询、键和值的来源在这里有别的写法"
        );
        let hint = both!("write `{written}`", "请写 `{written}`");
        let finding = Diagnostic::new(Code::UnknownField, span, message).with_hint(hint);
        let is_in_line = entries[*first..=*last]
            .windows(2)
            .all(|pair| pair[0].1.span.end + ", ".len() == pair[1].0.span.start);
        if last - first == 2 && is_in_line { finding.with_fix(span, written) } else { finding }
    }

    /// The entries as they are meant.
    pub(super) fn meant(self, entries: &mut Vec<(Key, Tree)>) {
        let spans = self.places.map(|at| (entries[at].0.span, entries[at].1.span));
        let mut at = 0;
        entries.retain(|_| {
            at += 1;
            !self.places.contains(&(at - 1))
        });
        for ((name, from), (key, value)) in self.fields.into_iter().zip(spans) {
            let value =
                Tree { span: value, value: Value::Scalar(Scalar { text: from, style: Style::Plain }) };
            entries.push((Key { text: name.to_owned(), span: key }, value));
        }
    }
}
