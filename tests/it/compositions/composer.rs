//! A lesson that is put together step by step, with the matrices that it should have.

use std::fmt::Write as _;

use qkv::math::{self, Matrix};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// A matrix that the lesson should have.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) name: String,
    pub(super) value: Matrix,
    /// The names of its axes; `None` for one that is only counted.
    pub(super) axes: [Option<&'static str>; 2],
    /// −∞ in it; only softmax may follow.
    pub(super) masked: bool,
}

/// An axis of the lesson: a text or features.
pub(super) struct AxisOf {
    pub(super) name: &'static str,
    pub(super) labels: Vec<String>,
}

pub(super) struct Composer {
    pub(super) dice: ChaCha8Rng,
    pub(super) axes: Vec<AxisOf>,
    pub(super) vocabulary: Matrix,
    pub(super) matrices: Vec<Expected>,
    pub(super) file: String,
}

pub(super) const TEXTS: [&str; 2] = ["main", "other"];
pub(super) const WORDS: [&str; 6] = ["a", "fluffy", "蓝色", "creature", "it's", "7"];

impl Composer {
    pub(super) fn new(seed: u64) -> Self {
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

    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.dice.next_u64() % bound as u64) as usize
    }

    pub(super) fn axis(&self, name: &str) -> &AxisOf {
        self.axes.iter().find(|axis| axis.name == name).unwrap()
    }

    pub(super) fn size(&self, name: &str) -> usize {
        self.axis(name).labels.len()
    }

    /// Quarters, which decimals say exactly.
    pub(super) fn numbers(&mut self, rows: usize, columns: usize) -> Matrix {
        Matrix::from_fn(rows, columns, |_, _| (self.below(17) as f64 - 8.0) / 4.0)
    }

    pub(super) fn write_vocabulary(&mut self) {
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

    pub(super) fn define(&mut self, kind: &str, parts: Vec<(&str, Matrix, [Option<&'static str>; 2])>) {
        let name = format!("m{}", self.matrices.len());
        writeln!(self.file, "  - {name}: {kind}").unwrap();
        for (part, value, axes) in parts {
            let masked = value.iter().any(|cell| cell.is_infinite());
            self.matrices.push(Expected { name: format!("{name}{part}"), value, axes, masked });
        }
    }

    /// A new given matrix on two axes, written in one of the ways there are.
    pub(super) fn given(&mut self, rows: &'static str, columns: &'static str) -> Expected {
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

    pub(super) fn any_axis(&mut self) -> &'static str {
        let at = self.below(self.axes.len());
        self.axes[at].name
    }

    /// Some finite matrix for which `fits`.
    pub(super) fn pick(&mut self, fits: impl Fn(&Expected) -> bool) -> Option<Expected> {
        let fitting: Vec<_> = self.matrices.iter().filter(|m| !m.masked && fits(m)).cloned().collect();
        if fitting.is_empty() { None } else { Some(fitting[self.below(fitting.len())].clone()) }
    }

    /// Adds one random definition; nothing where no operands fit.
    pub(super) fn step(&mut self) -> Option<()> {
        match self.below(15) {
            roll @ 0..4 => self.source(roll),
            roll @ 4..12 => self.operation(roll)?,
            12 | 13 => self.attention(),
            _ => self.multi_head(),
        }
        Some(())
    }

    /// A matrix that is made of no other.
    pub(super) fn source(&mut self, roll: usize) {
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
    pub(super) fn operation(&mut self, roll: usize) -> Option<()> {
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

    pub(super) fn embedding(&self, text: &str) -> Matrix {
        // The texts are beginnings of the list of words.
        self.vocabulary.rows(0, self.size(text)).into_owned()
    }

    pub(super) fn embed(&mut self) {
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
}

pub(super) fn list(numbers: &[f64]) -> String {
    format!("[{}]", numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(", "))
}

pub(super) fn agree((a, a_size): (Option<&str>, usize), (b, b_size): (Option<&str>, usize)) -> bool {
    a_size == b_size && (a == b || a.is_none() || b.is_none())
}

/// Products of products grow; what has grown too large is not used.
pub(super) fn tame(value: Matrix) -> Option<Matrix> {
    (value.amax() < 1e6).then_some(value)
}
