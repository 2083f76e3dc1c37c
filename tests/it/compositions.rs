//! Lessons put together at random from every kind of matrix: they check clean, and have the values that the math gives.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

use std::fmt::Write as _;

use proptest::prelude::*;
use qkv::diagnostic::{Paint, Source, render};
use qkv::language::Language;
use qkv::lesson;
use qkv::math::{self, Matrix};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// A matrix that the lesson should have.
#[derive(Debug, Clone)]
struct Expected {
    name: String,
    value: Matrix,
    /// The names of its axes; `None` for one that is only counted.
    axes: [Option<&'static str>; 2],
    /// −∞ in it; only softmax may follow.
    masked: bool,
}

/// An axis of the lesson: a text or features.
struct AxisOf {
    name: &'static str,
    labels: Vec<String>,
}

struct Composer {
    dice: ChaCha8Rng,
    axes: Vec<AxisOf>,
    vocabulary: Matrix,
    matrices: Vec<Expected>,
    file: String,
}

const TEXTS: [&str; 2] = ["main", "other"];
const WORDS: [&str; 6] = ["a", "fluffy", "蓝色", "creature", "it's", "7"];

impl Composer {
    fn new(seed: u64) -> Self {
        let dice = ChaCha8Rng::seed_from_u64(seed);
        let vocabulary = Matrix::zeros(0, 0);
        let mut new = Self { dice, axes: Vec::new(), vocabulary, matrices: Vec::new(), file: String::new() };
        new.file.push_str("title: {en: Composed, zh: 组合}\naxes:\n");
        for name in ["d_model", "d_k", "d_v"] {
            let size = new.below(4) + 1;
            let named = new.below(2) == 0;
            let labels: Vec<_> =
                (1..=size).map(|n| if named { format!("特征{n}") } else { n.to_string() }).collect();
            let written = if named { format!("[{}]", labels.join(", ")) } else { size.to_string() };
            writeln!(new.file, "  {name}: {written}").unwrap();
            new.axes.push(AxisOf { name, labels });
        }
        new.file.push_str("texts:\n");
        for name in TEXTS {
            let size = new.below(WORDS.len()) + 1;
            let labels: Vec<String> = WORDS[..size].iter().map(|word| (*word).to_owned()).collect();
            let written =
                if new.below(2) == 0 { format!("[{}]", labels.join(", ")) } else { labels.join(" ") };
            let written = if written == "7" { "\"7\"".to_owned() } else { written };
            writeln!(new.file, "  {name}: {written}").unwrap();
            new.axes.push(AxisOf { name, labels });
        }
        new.write_vocabulary();
        new.file.push_str("matrices:\n");
        new
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.dice.next_u64() % bound as u64) as usize
    }

    fn axis(&self, name: &str) -> &AxisOf {
        self.axes.iter().find(|axis| axis.name == name).unwrap()
    }

    fn size(&self, name: &str) -> usize {
        self.axis(name).labels.len()
    }

    /// Quarters, which decimals say exactly.
    fn numbers(&mut self, rows: usize, columns: usize) -> Matrix {
        Matrix::from_fn(rows, columns, |_, _| (self.below(17) as f64 - 8.0) / 4.0)
    }

    fn write_vocabulary(&mut self) {
        let columns = self.size("d_model");
        self.vocabulary = self.numbers(WORDS.len(), columns);
        self.file.push_str("vocabulary:\n  axis: d_model\n  tokens:\n");
        for (row, word) in WORDS.iter().enumerate() {
            let line: Vec<f64> = self.vocabulary.row(row).iter().copied().collect();
            let written = if self.below(2) == 0 {
                list(&line)
            } else {
                let labels = &self.axis("d_model").labels;
                let entries: Vec<_> = labels
                    .iter()
                    .zip(&line)
                    .filter(|(_, x)| **x != 0.0)
                    .map(|(l, x)| format!("{l}: {x}"))
                    .collect();
                if entries.is_empty() { list(&line) } else { format!("{{{}}}", entries.join(", ")) }
            };
            writeln!(self.file, "    {word}: {written}").unwrap();
        }
    }

    fn define(&mut self, kind: &str, parts: Vec<(&str, Matrix, [Option<&'static str>; 2])>) {
        let name = format!("m{}", self.matrices.len());
        writeln!(self.file, "  - {name}: {kind}").unwrap();
        for (part, value, axes) in parts {
            let masked = value.iter().any(|cell| cell.is_infinite());
            self.matrices.push(Expected { name: format!("{name}{part}"), value, axes, masked });
        }
    }

    /// A new given matrix on two axes, written in one of the ways there are.
    fn given(&mut self, rows: &'static str, columns: &'static str) -> Expected {
        let (row_labels, column_labels) = (self.axis(rows).labels.clone(), self.axis(columns).labels.clone());
        let value = self.numbers(row_labels.len(), column_labels.len());
        let turned = self.below(2) == 0;
        // In columns layout a line of the file is a column.
        let (lines, labels) = if turned {
            (value.transpose(), [&column_labels, &row_labels])
        } else {
            (value.clone(), [&row_labels, &column_labels])
        };
        let by_name = self.below(2) == 0;
        let line = |index: usize| -> Vec<f64> { lines.row(index).iter().copied().collect() };
        let written: Vec<_> = (0..lines.nrows())
            .map(|index| match (by_name, self.below(2)) {
                (false, _) => list(&line(index)),
                (true, 0) => format!("{}: {}", labels[0][index], list(&line(index))),
                (true, _) => {
                    let entries: Vec<_> =
                        labels[1].iter().zip(line(index)).map(|(label, x)| format!("{label}: {x}")).collect();
                    format!("{}: {{{}}}", labels[0][index], entries.join(", "))
                }
            })
            .collect();
        let written = written.join(", ");
        let values = if by_name { format!("{{{written}}}") } else { format!("[{written}]") };
        let layout = if turned { ", layout: columns" } else { "" };
        let kind = format!("{{given: {{rows: {rows}, cols: {columns}{layout}, values: {values}}}}}");
        self.define(&kind, vec![("", value, [Some(rows), Some(columns)])]);
        self.matrices.last().unwrap().clone()
    }

    fn any_axis(&mut self) -> &'static str {
        let at = self.below(self.axes.len());
        self.axes[at].name
    }

    /// Some finite matrix for which `fits`.
    fn pick(&mut self, fits: impl Fn(&Expected) -> bool) -> Option<Expected> {
        let fitting: Vec<_> = self.matrices.iter().filter(|m| !m.masked && fits(m)).cloned().collect();
        if fitting.is_empty() { None } else { Some(fitting[self.below(fitting.len())].clone()) }
    }

    /// Adds one random definition; nothing where no operands fit.
    fn step(&mut self) -> Option<()> {
        match self.below(15) {
            roll @ 0..4 => self.source(roll),
            roll @ 4..12 => self.operation(roll)?,
            12 | 13 => self.attention(),
            _ => self.multi_head(),
        }
        Some(())
    }

    /// A matrix that is made of no other.
    fn source(&mut self, roll: usize) {
        match roll {
            0 => {
                let (rows, columns) = (self.any_axis(), self.any_axis());
                self.given(rows, columns);
            }
            1 => {
                let (rows, columns, seed) = (self.any_axis(), self.any_axis(), self.dice.next_u64() >> 12);
                let size = (self.size(rows), self.size(columns));
                let axes = [Some(rows), Some(columns)];
                if self.below(2) == 0 {
                    let value = math::random(size.0, size.1, seed, 1.0 / (size.0 as f64).sqrt());
                    self.define(
                        &format!("{{random: {{rows: {rows}, cols: {columns}, seed: {seed}}}}}"),
                        vec![("", value, axes)],
                    );
                } else {
                    let value = math::random(size.0, size.1, seed, 0.5).map(|x| (x * 100.0).round() / 100.0);
                    let more = "deviation: 1/2, decimals: 2";
                    self.define(
                        &format!("{{random: {{rows: {rows}, cols: {columns}, seed: {seed}, {more}}}}}"),
                        vec![("", value, axes)],
                    );
                }
            }
            2 => {
                let axis = self.any_axis();
                let size = self.size(axis);
                self.define(
                    &format!("{{identity: {axis}}}"),
                    vec![("", Matrix::identity(size, size), [Some(axis); 2])],
                );
            }
            _ => self.embed(),
        }
    }

    /// A matrix that one operation makes of others.
    fn operation(&mut self, roll: usize) -> Option<()> {
        match roll {
            4 => {
                let left = self.pick(|_| true)?;
                let right =
                    self.pick(|m| agree((left.axes[1], left.value.ncols()), (m.axes[0], m.value.nrows())))?;
                let value = tame(math::product(&left.value, &right.value))?;
                self.define(
                    &format!("{{product: [{}, {}]}}", left.name, right.name),
                    vec![("", value, [left.axes[0], right.axes[1]])],
                );
            }
            5 => {
                let left = self.pick(|_| true)?;
                let right =
                    self.pick(|m| agree((left.axes[1], left.value.ncols()), (m.axes[1], m.value.ncols())))?;
                let value = tame(math::dot_products(&left.value, &right.value))?;
                self.define(
                    &format!("{{dot_products: [{}, {}]}}", left.name, right.name),
                    vec![("", value, [left.axes[0], right.axes[0]])],
                );
            }
            6 => {
                let of = self.pick(|_| true)?;
                self.define(
                    &format!("{{transpose: {}}}", of.name),
                    vec![("", of.value.transpose(), [of.axes[1], of.axes[0]])],
                );
            }
            7 => {
                let of = self.pick(|_| true)?;
                let (written, divisor) = self.divisor();
                self.define(
                    &format!("{{scale: {{of: {}, divide_by: {written}}}}}", of.name),
                    vec![("", math::scale(&of.value, divisor), of.axes)],
                );
            }
            8 => {
                let first = self.pick(|_| true)?;
                let same = |m: &Expected| m.axes == first.axes && m.value.shape() == first.value.shape();
                let (second, third) = (self.pick(same)?, self.pick(same)?);
                let value = tame(math::add(&math::add(&first.value, &second.value), &third.value))?;
                self.define(
                    &format!("{{add: [{}, {}, {}]}}", first.name, second.name, third.name),
                    vec![("", value, first.axes)],
                );
            }
            9 => {
                let of = self.pick(|_| true)?;
                let (written, allowed) = self.mask(of.value.shape(), of.axes);
                let value = math::mask(&of.value, f64::NEG_INFINITY, allowed);
                self.define(
                    &format!("{{mask: {{of: {}, mask: {written}}}}}", of.name),
                    vec![("", value, of.axes)],
                );
            }
            10 => {
                let masked: Vec<_> = self.matrices.iter().filter(|m| m.masked).cloned().collect();
                let of = match masked.last() {
                    Some(of) => of.clone(),
                    None => self.pick(|_| true)?,
                };
                self.define(
                    &format!("{{softmax: {}}}", of.name),
                    vec![("", math::softmax(&of.value), of.axes)],
                );
            }
            _ => {
                let left = self.pick(|m| m.axes[1].is_some())?;
                let right =
                    self.pick(|m| m.axes[0] == left.axes[0] && m.value.nrows() == left.value.nrows())?;
                let value = math::concat(&[&left.value, &right.value]);
                self.define(
                    &format!("{{concat: [{}, {}]}}", left.name, right.name),
                    vec![("", value, [left.axes[0], None])],
                );
            }
        }
        Some(())
    }

    fn embedding(&self, text: &str) -> Matrix {
        // The texts are beginnings of the list of words.
        self.vocabulary.rows(0, self.size(text)).into_owned()
    }

    fn embed(&mut self) {
        let text = TEXTS[self.below(2)];
        if self.below(2) == 0 {
            self.define(
                &format!("{{embed: {text}}}"),
                vec![("", self.embedding(text), [Some(text), Some("d_model")])],
            );
            return;
        }
        // One matrix for each text, and a definition that is worked out for each.
        let family = format!("m{}", self.matrices.len());
        let parts = TEXTS.map(|text| (text, self.embedding(text)));
        let [main, other] = parts.clone().map(|(text, value)| (value, [Some(text), Some("d_model")]));
        self.define("{embed: [main, other]}", vec![("@main", main.0, main.1), ("@other", other.0, other.1)]);
        let weights = self.given("d_model", "d_k");
        let [main, other] =
            parts.map(|(text, value)| (math::product(&value, &weights.value), [Some(text), Some("d_k")]));
        self.define(
            &format!("{{product: [{family}, {}]}}", weights.name),
            vec![("@main", main.0, main.1), ("@other", other.0, other.1)],
        );
    }

    fn divisor(&mut self) -> (String, f64) {
        match self.below(3) {
            0 => ("2".to_owned(), 2.0),
            1 => ("1/4".to_owned(), 0.25),
            _ => ("sqrt(d_k)".to_owned(), (self.size("d_k") as f64).sqrt()),
        }
    }

    /// A mask over scores on these axes. What compares positions is written within one text only, because between two
    /// it is questioned.
    fn mask(
        &mut self,
        (rows, columns): (usize, usize),
        axes: [Option<&'static str>; 2],
    ) -> (String, impl Fn(usize, usize) -> bool + use<>) {
        let of_two_texts = axes[0] != axes[1] && axes.iter().flatten().all(|axis| TEXTS.contains(axis));
        let kind = if of_two_texts { 2 + self.below(2) } else { self.below(4) };
        let table = Matrix::from_fn(rows, columns, |_, _| self.below(2) as f64);
        let rows: Vec<_> =
            table.row_iter().map(|row| list(&row.iter().copied().collect::<Vec<_>>())).collect();
        let rows = rows.join(", ");
        let written = match kind {
            0 => "causal".to_owned(),
            1 => "{window: 2}".to_owned(),
            2 => format!("{{allow: [{rows}]}}"),
            _ => format!("[{{hide: [{rows}]}}]"),
        };
        let allowed = move |query: usize, key: usize| match kind {
            0 => key <= query,
            1 => key == query || key + 1 == query,
            2 => table[(query, key)] > 0.5,
            _ => table[(query, key)] < 0.5,
        };
        (written, allowed)
    }

    /// Attention in one of its forms: from one text or two, from vectors or scores, with values, weights or neither.
    fn attention(&mut self) {
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

    fn named_embedding(&mut self, text: &'static str) -> Expected {
        self.define(
            &format!("{{embed: {text}}}"),
            vec![("", self.embedding(text), [Some(text), Some("d_model")])],
        );
        self.matrices.last().unwrap().clone()
    }

    fn multi_head(&mut self) {
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

fn list(numbers: &[f64]) -> String {
    format!("[{}]", numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(", "))
}

fn agree((a, a_size): (Option<&str>, usize), (b, b_size): (Option<&str>, usize)) -> bool {
    a_size == b_size && (a == b || a.is_none() || b.is_none())
}

/// Products of products grow; what has grown too large is not used.
fn tame(value: Matrix) -> Option<Matrix> {
    (value.amax() < 1e6).then_some(value)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_composition_checks_and_has_the_values_that_the_math_gives(seed in any::<u64>()) {
        let mut composer = Composer::new(seed);
        while composer.matrices.len() < 25 {
            // Where no operands fit, the next roll of the dice finds others.
            let _tried: Option<()> = composer.step();
        }
        let source = Source::new("composed.yaml", &composer.file);
        let checked = lesson::check(&source);
        let report = render(&source, &checked.findings, Language::English, Paint::Plain);
        prop_assert!(checked.findings.is_empty(), "{}\n{}", composer.file, report);
        let lesson = checked.lesson.unwrap();
        for expected in &composer.matrices {
            let node = lesson.trace.graph().find(&expected.name);
            prop_assert!(node.is_some(), "{} is missing\n{}", expected.name, composer.file);
            let node = node.unwrap();
            prop_assert_eq!(&*lesson.trace.value(node), &expected.value, "{}\n{}", expected.name, composer.file);
            let shape = &lesson.trace.node(node).shape;
            prop_assert_eq!([shape.rows.name(), shape.columns.name()], expected.axes, "{}\n{}", expected.name, composer.file);
        }
        for step in &lesson.steps {
            prop_assert!(!step.title.en.is_empty() && !step.title.zh.is_empty());
            prop_assert!(!step.say.en.paragraphs.is_empty() && !step.say.zh.paragraphs.is_empty());
        }
    }
}

#[test]
fn the_shortest_lesson_is_walked_from_tokens_to_the_output_in_both_languages() {
    let text = "title: Short\ntext: a fluffy blue creature\naxes: {d_model: 4, d_k: 2}\nseed: 7\n";
    let checked = lesson::check(&Source::new("short.yaml", text));
    assert_eq!(checked.findings, []);
    let lesson = checked.lesson.unwrap();
    let names: Vec<_> = lesson.trace.graph().nodes().map(|(_, node)| node.name.as_str()).collect();
    for part in [
        "X",
        "W_Q",
        "W_K",
        "W_V",
        "head.Q",
        "head.K",
        "head.scores",
        "head.scaled",
        "head.masked",
        "head.pattern",
        "head.V",
        "head.Z",
        "out",
    ] {
        assert!(names.contains(&part), "{part}: {names:?}");
    }
    let titles =
        |language| lesson.steps.iter().map(|step| step.title.get(language).as_str()).collect::<Vec<_>>();
    assert_eq!(titles(Language::English).len(), titles(Language::Chinese).len());
    assert_eq!((titles(Language::English)[0], titles(Language::Chinese)[0]), ("Tokens", "词元"));
    assert!(titles(Language::English).contains(&"Attention pattern"), "{:?}", titles(Language::English));
    // The seed alone decides: the same lesson again has the same numbers, another seed has others.
    let value = |text: &str| {
        let lesson = lesson::check(&Source::new("short.yaml", text)).lesson.unwrap();
        lesson.trace.value(lesson.trace.graph().find("out").unwrap()).clone()
    };
    assert_eq!(value(text), value(text));
    assert_ne!(value(text), value(&text.replace("seed: 7", "seed: 8")));
    // Made numbers have one decimal, so that they can be checked by hand.
    let weights = lesson.trace.value(lesson.trace.graph().find("W_Q").unwrap());
    assert!(weights.iter().all(|x| ((x * 10.0).round() / 10.0 - x).abs() < 1e-12), "{weights}");
}

#[test]
fn a_token_that_is_a_number_is_told_from_the_number_of_a_row() {
    let lesson = |focus: &str| {
        let text = format!(
            "title: Numbers\ntext: [3, 7, 3]\naxes: {{d_model: 2, d_k: 2}}\nseed: 1\nsteps: [{{show: head.scores, focus: {focus}}}]\n"
        );
        let checked = lesson::check(&Source::new("numbers.yaml", &text));
        assert_eq!(checked.findings, [], "{focus}");
        let focus = checked.lesson.unwrap().steps[0].focus[0];
        (focus.row, focus.column)
    };
    assert_eq!(lesson("[3, 2]"), (Some(2), Some(1)));
    assert_eq!(lesson("[\"7\", 1]"), (Some(1), Some(0)));
    assert_eq!(lesson("[\"3#2\", \"2\"]"), (Some(2), Some(1)));
}
