//! Lessons made of the table alone, with all that it has and with slips.

use qkv::lesson::fields::{Kind, Presence};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use serde_json::{Map, Value, json};

/// Makes values of a kind by the table, whatever kinds there are.
pub(super) struct Author {
    random: ChaCha8Rng,
}

/// Levels below which only what is required is written.
const DEEP: usize = 8;

impl Author {
    pub(super) fn new(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// A value of this kind, so many levels down.
    pub(super) fn value(&mut self, kind: &Kind, depth: usize) -> Value {
        match kind {
            Kind::Text => match self.random.random_range(0..4) {
                0 => json!({"en": self.single(), "zh": self.single()}),
                1 => json!({"zh": self.single()}),
                2 => json!({"en": self.single(), "zh": null}),
                _ => self.single(),
            },
            Kind::Word | Kind::Name | Kind::Expression => self.single(),
            Kind::Count => (*self.pick(&[0, 1, 7, u64::from(u32::MAX)])).into(),
            Kind::Size => (*self.pick(&[1, 2, 7, u64::from(u32::MAX)])).into(),
            Kind::Choice(words) => self.pick(words).word.into(),
            Kind::List { of, least, most } => {
                let length = self.random.random_range(*least..=(least + 2).min(*most));
                (0..length).map(|_| self.value(of, depth + 1)).collect()
            }
            Kind::Map(of) => ["a", "猫", "1"]
                .map(|name| (name.to_owned(), self.value(of, depth + 1)))
                .into_iter()
                .collect::<Map<_, _>>()
                .into(),
            Kind::Named(of) => json!({"W_Q": self.value(of, depth + 1)}),
            Kind::Record(record) => {
                let mut written = Map::new();
                for field in record.fields {
                    if field.presence == Presence::Required || (depth < DEEP && self.random.random_bool(0.5))
                    {
                        written.insert(field.name.to_owned(), self.value(&field.kind, depth + 1));
                    }
                }
                written.into()
            }
            Kind::OneOf(record) => {
                let field = self.pick(record.fields);
                json!({field.name: self.value(&field.kind, depth + 1)})
            }
            Kind::Either(kinds) => {
                let kind = self.pick(kinds);
                self.value(kind, depth)
            }
        }
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.random.random_range(0..all.len())]
    }

    fn single(&mut self) -> Value {
        let all =
            [json!("word"), json!("中文: x"), json!("1"), json!(1), json!(-1.5), json!(true), json!("no")];
        self.pick(&all).clone()
    }

    /// Makes one slip somewhere in a value.
    pub(super) fn slip(&mut self, value: &mut Value) {
        if self.random.random_bool(0.7) {
            let inside: Vec<&mut Value> = match value {
                Value::Array(items) => items.iter_mut().collect(),
                Value::Object(entries) => entries.values_mut().collect(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
            };
            if !inside.is_empty() {
                let at = self.random.random_range(0..inside.len());
                return self.slip(inside.into_iter().nth(at).expect("it was counted"));
            }
        }
        match (value, self.random.random_range(0..3)) {
            (Value::Array(items), 0) => items.extend_from_within(..),
            (Value::Array(items), 1) => items.truncate(items.len() / 2),
            (Value::Object(entries), 0) => {
                let key = entries.keys().next().cloned().unwrap_or_default();
                entries.remove(&key);
            }
            (Value::Object(entries), 1) => {
                let name = *self.pick(&["shwo", "title", "en", "mask", "softmax"]);
                let second = entries.values().next().cloned().unwrap_or_default();
                let value = if self.random.random_bool(0.5) { second } else { self.single() };
                entries.insert(name.to_owned(), value);
            }
            (value, _) => {
                let all = [
                    json!(null),
                    json!(""),
                    json!(" "),
                    json!(-1),
                    json!([]),
                    json!([[1]]),
                    json!({}),
                    json!({"en": " "}),
                ];
                *value = self.pick(&all).clone();
            }
        }
    }
}
