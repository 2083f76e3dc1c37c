//! Attention whose mask or scale is lost or another one, and whose queries and keys are exchanged.

use super::tree::{Change, definitions, said, with_entry};
use super::{Kind, Reading};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Source, Span};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::insertion;
use crate::yaml::{Key, Tree, Value};

/// The fields that say where attention looks.
const SOURCES: [&str; 2] = ["queries_from", "keys_values_from"];

/// An attention as it is written.
struct Attention<'t> {
    name: &'t Key,
    fields: &'t Tree,
}

/// The lesson with the usual mask, or with none, with the usual scale, and with queries and keys exchanged.
pub(super) fn readings(checker: &Checker<'_>, tree: &Tree, findings: &[Diagnostic]) -> Vec<Reading> {
    let is_of_numbers = |it: &Diagnostic| matches!(it.code, Code::ExpectFailed | Code::NoAnswer);
    let is_of_labels = |it: &Diagnostic| it.code == Code::UnknownLabel;
    let is_of_sizes = |it: &Diagnostic| it.code == Code::ShapeMismatch;
    let mut readings = Vec::new();
    for attention in attentions(tree) {
        if findings.iter().any(|it| is_of_numbers(it) || is_of_sizes(it)) {
            let heads = attention.fields.get("heads").and_then(Tree::as_list).unwrap_or_default();
            let all = std::iter::once(attention.fields).chain(heads);
            readings.extend(all.flat_map(of_each_others_weights));
        }
        if findings.iter().any(is_of_numbers) {
            readings.extend(attention.masked(checker.source));
            readings.extend(attention.unmasked());
            readings.extend(attention.scaled(tree));
        }
        if findings.iter().any(is_of_labels) {
            readings.extend(attention.exchanged());
            readings.extend(attention.of_weights(tree));
            readings.extend(attention.of_two_texts(tree));
        }
    }
    readings
}

fn attentions(tree: &Tree) -> Vec<Attention<'_>> {
    let mut found = Vec::new();
    for (name, kind) in definitions(tree) {
        let entries = kind.as_map().unwrap_or_default().iter();
        for (key, fields) in entries.filter(|(_, fields)| fields.as_map().is_some()) {
            match key.text.as_str() {
                "attention" | "multi_head" => found.push(Attention { name, fields }),
                "block" | "encoder" | "decoder" => {
                    found.extend(fields.get("attention").map(|fields| Attention { name, fields }));
                }
                _ => {}
            }
        }
    }
    found
}

impl Attention<'_> {
    fn masked(&self, source: &Source) -> Option<Reading> {
        let name = &self.name.text;
        let changed = |mask: &str| {
            let fields = with_entry(self.fields, "mask", said(mask))?;
            Some(Change::Value(self.fields.span, fields))
        };
        match self.fields.entry("mask") {
            None => {
                let place = self.name.span;
                let message = both!(
                    "`{name}` has no mask, and the lesson speaks of it as if it had one",
                    "`{name}` 没有掩码，而课里说的是有掩码时的数"
                );
                let mask = ["mask: causal".to_owned()];
                let Localised { en, zh } = insertion::to_add(source, self.fields, place, &mask);
                let hint = both!("{en}", "请{zh}");
                Some(Reading::new(Kind::Mask, changed("causal")?, place, message, hint))
            }
            Some((_, mask)) if mask.as_text() == Some("causal") => None,
            Some((_, mask)) => {
                let message = match mask.as_text() {
                    Some(own) => both!(
                        "what the lesson says of `{name}` is right with `mask: causal`, and wrong with `{own}`",
                        "课里说的是 `{name}` 用 `mask: causal` 时的数，而不是 `{own}`"
                    ),
                    None => both!(
                        "what the lesson says of `{name}` is right with `mask: causal`, and wrong with this mask",
                        "课里说的是 `{name}` 用 `mask: causal` 时的数，而不是这个掩码"
                    ),
                };
                let hint = both!("write `mask: causal`", "请写 `mask: causal`");
                Some(Reading::new(Kind::Mask, changed("causal")?, mask.span, message, hint))
            }
        }
    }

    fn unmasked(&self) -> Option<Reading> {
        let (key, mask) = self.fields.entry("mask").filter(|(_, mask)| mask.as_text() != Some("none"))?;
        let fields = with_entry(self.fields, "mask", said("none"))?;
        let name = &self.name.text;
        let message = both!(
            "what the lesson says of `{name}` is right without this mask, and wrong with it",
            "课里说的是 `{name}` 没有掩码时的数"
        );
        let hint = both!("write `mask: none`", "请写 `mask: none`");
        let changed = Change::Value(self.fields.span, fields);
        Some(Reading::new(Kind::Mask, changed, key.span.to(mask.span), message, hint))
    }

    /// The root of each size instead of another scale.
    fn scaled(&self, tree: &Tree) -> Vec<Reading> {
        let Some((_, scale)) = self.fields.entry("scale") else { return Vec::new() };
        let own = scale.as_text().unwrap_or_default();
        let axes = tree.get("axes").and_then(Tree::as_map).unwrap_or_default();
        let size = |axis: &Tree| {
            let size = axis.as_list().map(<[Tree]>::len);
            size.map_or_else(|| axis.as_text().unwrap_or_default().to_owned(), |size| size.to_string())
        };
        // Of axes of one size, that of queries and keys is meant.
        let mut axes: Vec<(&str, String)> =
            axes.iter().map(|(name, axis)| (name.text.as_str(), size(axis))).collect();
        axes.sort_by_key(|(name, _)| *name != "d_k");
        let mut sizes: Vec<String> = Vec::new();
        axes.retain(|(_, size)| {
            let is_new = !sizes.contains(size);
            sizes.push(size.clone());
            is_new
        });
        let usual = "sqrt(d_k)";
        let roots = axes.iter().map(|(axis, _)| format!("sqrt({axis})")).chain(["none".to_owned()]);
        let reading = |meant: String| {
            let name = &self.name.text;
            let message = both!(
                "what the lesson says of `{name}` is right with `scale: {meant}`, and wrong with `{own}`",
                "课里说的是 `{name}` 用 `scale: {meant}` 时的数，而不是 `{own}`"
            );
            let hint = both!("write `scale: {meant}`", "请写 `scale: {meant}`");
            let kind = if meant == usual { Kind::Option } else { Kind::Mask };
            Reading::new(kind, Change::Value(scale.span, said(&meant)), scale.span, message, hint)
        };
        roots.filter(|meant| meant != own).map(reading).collect()
    }

    /// `Q: W_Q`, which takes the weights themselves as queries, for `W_Q: W_Q` of the only matrix of tokens.
    fn of_weights(&self, tree: &Tree) -> Option<Reading> {
        let fields = ["Q", "K", "V"].map(|field| self.fields.entry(field));
        let [Some((first, _)), Some(_), Some((_, last))] = fields else { return None };
        let is_weights = |(key, value): &&(Key, Tree)| value.as_text() == Some(&format!("W_{}", key.text));
        if !fields.iter().flatten().all(is_weights) {
            return None;
        }
        let made = definitions(tree);
        let mut embedded = made.filter(|(_, kind)| kind.get("embed").is_some()).map(|(key, _)| &key.text);
        let of = embedded.next().filter(|_| embedded.next().is_none())?;
        let mut entries = self.fields.as_map()?.to_vec();
        for (key, value) in &mut entries {
            if fields.iter().flatten().any(|(field, _)| field.span == key.span) {
                value.as_text().unwrap_or_default().clone_into(&mut key.text);
            }
        }
        let fields = Tree { span: self.fields.span, value: Value::Map(entries) };
        let changed = Change::Value(self.fields.span, with_entry(&fields, "of", said(of))?);
        let message = both!(
            "this takes the weights themselves as queries, keys and values",
            "这里把权重本身当成了查询、键和值"
        );
        let hint = both!(
            "write `of: {of}, W_Q: W_Q, W_K: W_K, W_V: W_V`",
            "请写 `of: {of}, W_Q: W_Q, W_K: W_K, W_V: W_V`"
        );
        Some(Reading::new(Kind::Sources, changed, first.span.to(last.span), message, hint))
    }

    /// `of: X` where the keys are those of another text.
    fn of_two_texts(&self, tree: &Tree) -> Vec<Reading> {
        let Some((of, from)) = self.fields.entry("of") else { return Vec::new() };
        let Some(own) = from.as_text() else { return Vec::new() };
        let embedded = definitions(tree).filter(|(_, made)| made.get("embed").is_some());
        let others = embedded.map(|(key, _)| key.text.as_str()).filter(|name| *name != own);
        let reading = |other: &str| {
            let rest = self.fields.as_map()?.iter().filter(|(key, _)| key.text != "of").cloned().collect();
            let rest = Tree { span: self.fields.span, value: Value::Map(rest) };
            let value = with_entry(&rest, SOURCES[0], said(own))?;
            let value = with_entry(&Tree { span: rest.span, value }, SOURCES[1], said(other))?;
            let message = both!(
                "`of: {own}` takes the keys from `{own}` as well, and the lesson takes them from `{other}`",
                "`of: {own}` 让键也来自 `{own}`，而课里的键来自 `{other}`"
            );
            let hint = both!(
                "instead of `of: {own}` write `queries_from: {own}` and `keys_values_from: {other}`",
                "请把 `of: {own}` 换成 `queries_from: {own}` 和 `keys_values_from: {other}`"
            );
            let changed = Change::Value(self.fields.span, value);
            Some(Reading::new(Kind::Operation, changed, of.span.to(from.span), message, hint))
        };
        others.filter_map(reading).collect()
    }

    fn exchanged(&self) -> Option<Reading> {
        let [(first, queries), (_, keys)] = [self.fields.entry(SOURCES[0])?, self.fields.entry(SOURCES[1])?];
        let (from, to) = (queries.as_text()?, keys.as_text()?);
        let name = &self.name.text;
        let message = both!(
            "the queries of `{name}` come from `{from}` here; the rest of the lesson takes them from `{to}`",
            "这里 `{name}` 的查询来自 `{from}`，而课里其他地方都当作来自 `{to}`"
        );
        let hint = both!(
            "write `queries_from: {to}` and `keys_values_from: {from}`",
            "请写 `queries_from: {to}` 和 `keys_values_from: {from}`"
        );
        let place = Span::new(first.span.start, queries.span.end);
        let change = Change::Value(queries.span, said(to));
        let reading = Reading::new(Kind::Sources, change, place, message, hint);
        Some(reading.with_changes([Change::Value(keys.span, said(from))]))
    }
}

/// The weights of a head, two of which are exchanged.
fn of_each_others_weights(fields: &Tree) -> Vec<Reading> {
    const PAIRS: [[&str; 2]; 3] = [["W_Q", "W_K"], ["W_K", "W_V"], ["W_Q", "W_V"]];
    let reading = |[one, two]: [&str; 2]| {
        let [(first, of_one), (_, of_two)] = [fields.entry(one)?, fields.entry(two)?];
        let (own, other) = (of_one.as_text()?, of_two.as_text()?);
        let exchanged =
            [(of_one.span, other), (of_two.span, own)].map(|(place, name)| Change::Value(place, said(name)));
        let message = both!(
            "`{one}` and `{two}` are exchanged here: what the lesson says is right the other way round",
            "这里的 `{one}` 和 `{two}` 写反了：对调以后，课里说的才成立"
        );
        let hint =
            both!("write `{one}: {other}` and `{two}: {own}`", "请写 `{one}: {other}` 和 `{two}: {own}`");
        let place = Span::new(first.span.start, of_one.span.end);
        // Weights that are called as the fields are were hardly exchanged.
        let is_other = own != other && !own.starts_with(one) && !other.starts_with(two);
        is_other.then(|| {
            let [first, second] = exchanged;
            Reading::new(Kind::Weights, first, place, message, hint).with_changes([second])
        })
    };
    PAIRS.into_iter().filter_map(reading).collect()
}
