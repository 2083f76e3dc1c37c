//! Attention in lessons put together at random: one head or several, with masks and scales.

use std::fmt::Write as _;

use qkv::math::{self, Matrix};

use super::composer::{Composer, Expected, TEXTS, list};

impl Composer {
    pub(super) fn divisor(&mut self) -> (String, f64) {
        match self.below(3) {
            0 => ("2".to_owned(), 2.0),
            1 => ("1/4".to_owned(), 0.25),
            _ => ("sqrt(d_k)".to_owned(), (self.size("d_k") as f64).sqrt()),
        }
    }

    /// A mask over scores on these axes. What compares positions is written within one text only, because between two
    /// it is questioned.
    pub(super) fn mask(
        &mut self,
        (rows, columns): (usize, usize),
        axes: [Option<&'static str>; 2],
    ) -> (String, impl Fn(usize, usize) -> bool + use<>) {
        let of_two_texts = axes[0] != axes[1] && axes.iter().flatten().all(|axis| TEXTS.contains(axis));
        let of_a_text = axes[1].is_some_and(|axis| TEXTS.contains(&axis));
        let (first, last) = (if of_two_texts { 2 } else { 0 }, if of_a_text { 4 } else { 3 });
        let kind = first + self.below(last + 1 - first);
        let counts = TEXTS.map(|text| self.below(self.size(text) + 1));
        let own = TEXTS.into_iter().zip(counts).find(|(text, _)| Some(*text) == axes[1]);
        let valid = own.map_or(0, |(_, count)| count);
        let table = Matrix::from_fn(rows, columns, |_, _| self.below(2) as f64);
        let rows: Vec<_> =
            table.row_iter().map(|row| list(&row.iter().copied().collect::<Vec<_>>())).collect();
        let rows = rows.join(", ");
        let written = match kind {
            0 => "causal".to_owned(),
            1 => "{window: 2}".to_owned(),
            2 => format!("{{allow: [{rows}]}}"),
            4 => format!("{{valid: {{{}: {}, {}: {}}}}}", TEXTS[0], counts[0], TEXTS[1], counts[1]),
            _ => format!("[{{hide: [{rows}]}}]"),
        };
        let allowed = move |query: usize, key: usize| match kind {
            0 => key <= query,
            1 => key == query || key + 1 == query,
            2 => table[(query, key)] > 0.5,
            4 => key < valid,
            _ => table[(query, key)] < 0.5,
        };
        (written, allowed)
    }

    /// Attention in one of its forms: from one text or two, from vectors or scores, with values, weights or neither.
    pub(super) fn attention(&mut self) {
        let (queries, keys) = (TEXTS[self.below(2)], TEXTS[self.below(2)]);
        let (x, y) = (self.named_embedding(queries), self.named_embedding(keys));
        let mut fields = Vec::new();
        let mut parts: Vec<(&str, Matrix, [Option<&'static str>; 2])> = Vec::new();
        let form = self.below(3);
        let (q, k) = if form == 0 {
            let (w_q, w_k) = (self.given("d_model", "d_k"), self.given("d_model", "d_k"));
            fields.extend([format!("W_Q: {}", w_q.name), format!("W_K: {}", w_k.name)]);
            let (q, k) = (math::product(&x.value, &w_q.value), math::product(&y.value, &w_k.value));
            parts.push((".Q", q.clone(), [Some(queries), Some("d_k")]));
            parts.push((".K", k.clone(), [Some(keys), Some("d_k")]));
            (q, k)
        } else {
            let (q, k) = (self.given(queries, "d_k"), self.given(keys, "d_k"));
            if form == 1 {
                fields.extend([format!("Q: {}", q.name), format!("K: {}", k.name)]);
            }
            (q.value, k.value)
        };
        let mut scores = math::dot_products(&q, &k);
        let score_axes = [Some(queries), Some(keys)];
        if form == 2 {
            let given = self.given(queries, keys);
            fields.push(format!("scores: {}", given.name));
            scores = given.value;
        } else {
            parts.push((".scores", scores.clone(), score_axes));
        }
        let root = (form != 2).then(|| (self.size("d_k") as f64).sqrt());
        let divisor = match self.below(3) {
            0 => root,
            1 => {
                fields.push("scale: none".to_owned());
                None
            }
            _ => {
                let (written, divisor) = self.divisor();
                fields.push(format!("scale: {written}"));
                Some(divisor)
            }
        };
        if let Some(divisor) = divisor {
            scores = math::scale(&scores, divisor);
            parts.push((".scaled", scores.clone(), score_axes));
        }
        if self.below(2) == 0 {
            let (written, allowed) = self.mask(scores.shape(), score_axes);
            fields.push(format!("mask: {written}"));
            scores = math::mask(&scores, f64::NEG_INFINITY, allowed);
            parts.push((".masked", scores.clone(), score_axes));
        }
        let pattern = math::softmax(&scores);
        parts.push((".pattern", pattern.clone(), score_axes));
        let values = self.below(3);
        if values == 1 {
            let v = self.given(keys, "d_v");
            fields.push(format!("V: {}", v.name));
            parts.push((".Z", math::product(&pattern, &v.value), [Some(queries), Some("d_v")]));
        } else if values == 2 {
            let w_v = self.given("d_model", "d_v");
            fields.push(format!("W_V: {}", w_v.name));
            let v = math::product(&y.value, &w_v.value);
            parts.push((".V", v.clone(), [Some(keys), Some("d_v")]));
            parts.push((".Z", math::product(&pattern, &v), [Some(queries), Some("d_v")]));
        }
        let of_one = queries == keys && x.name == y.name;
        match (form, values) {
            (0, _) if of_one => fields.push(format!("of: {}", x.name)),
            (0, _) => {
                fields.extend([format!("queries_from: {}", x.name), format!("keys_values_from: {}", y.name)]);
            }
            (_, 2) => fields.push(format!("keys_values_from: {}", y.name)),
            (_, _) => {}
        }
        // The order of the fields means nothing.
        let by = self.below(fields.len());
        fields.rotate_left(by);
        self.define(&format!("{{attention: {{{}}}}}", fields.join(", ")), parts);
    }

    pub(super) fn named_embedding(&mut self, text: &'static str) -> Expected {
        self.define(
            &format!("{{embed: {text}}}"),
            vec![("", self.embedding(text), [Some(text), Some("d_model")])],
        );
        self.matrices.last().unwrap().clone()
    }

    pub(super) fn multi_head(&mut self) {
        let (queries, keys) = (TEXTS[self.below(2)], TEXTS[self.below(2)]);
        let (x, y) = (self.named_embedding(queries), self.named_embedding(keys));
        let count = self.below(3) + 1;
        let root = (self.size("d_k") as f64).sqrt();
        let mut outputs = Vec::new();
        let mut heads = Vec::new();
        let mut parts = Vec::new();
        for head in 0..count {
            let [w_q, w_k, w_v] =
                [("d_model", "d_k"), ("d_model", "d_k"), ("d_model", "d_v")].map(|(a, b)| self.given(a, b));
            heads.push(format!("{{W_Q: {}, W_K: {}, W_V: {}}}", w_q.name, w_k.name, w_v.name));
            let q = math::product(&x.value, &w_q.value);
            let k = math::product(&y.value, &w_k.value);
            let pattern = math::softmax(&math::scale(&math::dot_products(&q, &k), root));
            let z = math::product(&pattern, &math::product(&y.value, &w_v.value));
            parts.push((
                [".1.pattern", ".2.pattern", ".3.pattern"][head],
                pattern,
                [Some(queries), Some(keys)],
            ));
            parts.push(([".1.Z", ".2.Z", ".3.Z"][head], z.clone(), [Some(queries), Some("d_v")]));
            outputs.push(z);
        }
        let concat = math::concat(&outputs.iter().collect::<Vec<_>>());
        let looks = if x.name == y.name {
            format!("of: {}", x.name)
        } else {
            format!("queries_from: {}, keys_values_from: {}", x.name, y.name)
        };
        let mut fields = format!("{looks}, heads: [{}]", heads.join(", "));
        parts.push((".concat", concat.clone(), [Some(queries), None]));
        if self.below(2) == 0 {
            // W_O is given with a counted axis, which agrees with that of the concat.
            let columns = self.size("d_model");
            let weights = self.numbers(concat.ncols(), columns);
            let rows: Vec<_> =
                weights.row_iter().map(|row| list(&row.iter().copied().collect::<Vec<_>>())).collect();
            let name = format!("m{}", self.matrices.len());
            self.define(
                &format!("{{given: {{cols: d_model, values: [{}]}}}}", rows.join(", ")),
                vec![("", weights.clone(), [None, Some("d_model")])],
            );
            write!(fields, ", W_O: {name}").unwrap();
            parts.push((".output", math::product(&concat, &weights), [Some(queries), Some("d_model")]));
        }
        self.define(&format!("{{multi_head: {{{fields}}}}}"), parts);
    }
}
