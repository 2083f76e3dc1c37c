//! `qkv count`: how many parameters a lesson or a known model has.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Format;
use super::{Done, Library, say};
use crate::diagnostic::escaped;
use crate::graph::Graph;
use crate::language::{Language, words};
use crate::transformer::{Count, Model, Parameter, Parameters, TOTAL, model, parameters};
use crate::view::number::grouped;
use crate::view::text::{Align, Line};

/// Counts the parameters of a known model, or else of a lesson.
pub(super) fn run(language: Language, name: &str, format: Format) -> Done {
    let counts = match model(name) {
        Some(model) => Counts::of_model(language, model),
        None => Counts::of_lesson(language, Library::find(name)?.open(0)?.trace.graph()),
    };
    say(&match format {
        Format::Json => counts.json(),
        Format::Csv => counts.csv(),
        Format::Text => counts.text(),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// What was counted, ready to be written in any form.
struct Counts {
    /// The headings of the columns.
    headings: Vec<&'static str>,
    /// The names of the columns for scripts.
    keys: &'static [&'static str],
    rows: Vec<Vec<Field>>,
    /// Sums over several rows, by name: for people, for scripts.
    groups: Vec<(String, String, u64)>,
    /// How many matrices there are, where each row stands for several.
    matrices: Option<u64>,
    total: (&'static str, u64),
}

/// One field of a row.
#[derive(Clone)]
enum Field {
    Word(String),
    /// An axis as people read it, and its size.
    Axis(String, usize),
    Number(u64),
    Words(Vec<String>),
}

impl Counts {
    fn of_lesson(language: Language, graph: &Graph) -> Self {
        let all = parameters(graph);
        let row = |parameter: &Parameter| {
            let node = graph.node(parameter.node);
            vec![
                Field::Word(node.name.clone()),
                Field::Axis(node.shape.rows.to_string(), node.shape.rows.size()),
                Field::Axis(node.shape.columns.to_string(), node.shape.columns.size()),
                Field::Number(parameter.numbers as u64),
                Field::Words(parameter.used_in.keys().cloned().collect()),
            ]
        };
        let mut groups: BTreeMap<&str, u64> = BTreeMap::new();
        for parameter in &all {
            for (group, numbers) in &parameter.used_in {
                *groups.entry(group).or_default() += *numbers as u64;
            }
        }
        let headings = [
            words("matrix", "矩阵"),
            words("rows", "行"),
            words("columns", "列"),
            words("numbers", "个数"),
            words("used in", "用于"),
        ];
        Self {
            headings: headings.map(|heading| *heading.get(language)).to_vec(),
            keys: &["matrix", "rows", "columns", "numbers", "used_in"],
            rows: all.iter().map(row).collect(),
            groups: groups.into_iter().map(|(name, sum)| (name.to_owned(), name.to_owned(), sum)).collect(),
            matrices: None,
            total: (in_all(language), all.iter().map(|parameter| parameter.numbers as u64).sum()),
        }
    }

    fn of_model(language: Language, model: &Model) -> Self {
        let table = model.sizes.parameters();
        let known = |count: &Count| count.value().expect("the known models are within what is exact");
        let rows = table.rows.iter().map(|row| {
            let (rows, columns) = (known(&row.shape.0), known(&row.shape.1));
            let counts = [rows, columns, known(&row.each), known(&row.matrices), known(&row.numbers)];
            let counts = counts.into_iter().map(Field::Number);
            std::iter::once(Field::Word(row.name.to_owned())).chain(counts).collect()
        });
        let headings = [
            words("matrix", "矩阵"),
            words("rows", "行"),
            words("columns", "列"),
            words("in each", "每个"),
            words("matrices", "矩阵数"),
            words("numbers", "个数"),
        ];
        Self {
            headings: headings.map(|heading| *heading.get(language)).to_vec(),
            keys: &["matrix", "rows", "columns", "each", "matrices", "numbers"],
            rows: rows.collect(),
            groups: groups_of(language, model, &table),
            matrices: table.rows.iter().map(|row| row.matrices.value()).sum(),
            total: (in_all(language), known(table.numbers())),
        }
    }

    fn text(&self) -> String {
        let mut table: Vec<Vec<(String, Align)>> = Vec::new();
        table.push(
            self.headings
                .iter()
                .enumerate()
                .map(|(column, heading)| ((*heading).to_owned(), self.align(column)))
                .collect(),
        );
        for row in &self.rows {
            table.push(row.iter().map(Field::written).collect());
        }
        let numbers = self.keys.iter().position(|key| *key == "numbers").unwrap_or_default();
        let sums = self.groups.iter().map(|(name, _, sum)| (name.as_str(), *sum)).chain([self.total]);
        for (name, sum) in sums {
            let mut row = vec![(String::new(), Align::Left); numbers];
            row[0] = (escaped(name), Align::Left);
            row.push(Field::Number(sum).written());
            table.push(row);
        }
        if let (Some(row), Some(matrices)) = (table.last_mut(), self.matrices) {
            row[numbers - 1] = Field::Number(matrices).written();
        }
        let width = |column: usize| {
            let cells = table.iter().filter_map(|row| row.get(column));
            cells.map(|(text, _)| Line::from(text.as_str()).width()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..self.headings.len()).map(width).collect();
        let mut text = String::new();
        for row in &table {
            let cells = row.iter().zip(&widths);
            let cells =
                cells.map(|((cell, align), width)| Line::from(cell.as_str()).pad(*width, *align).text());
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    /// A column of numbers stands to the right, also its heading.
    fn align(&self, column: usize) -> Align {
        self.rows.first().map_or(Align::Left, |row| row[column].written().1)
    }

    fn json(&self) -> String {
        let row = |row: &Vec<Field>| {
            let field = |(key, field): (&&str, &Field)| ((*key).to_owned(), field.json());
            Value::Object(self.keys.iter().zip(row).map(field).collect())
        };
        let groups = self.groups.iter().map(|(_, key, sum)| (key.clone(), json!(sum)));
        let mut all = json!({
            "matrices": self.rows.iter().map(row).collect::<Value>(),
            "groups": Value::Object(groups.collect()),
            TOTAL: self.total.1,
        });
        if let Some(matrices) = self.matrices {
            all["number_of_matrices"] = json!(matrices);
        }
        serde_json::to_string(&all).expect("names and numbers are JSON") + "\n"
    }

    fn csv(&self) -> String {
        let wrote = "a vector takes whatever is written";
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.keys).expect(wrote);
        for row in &self.rows {
            let field = |field: &Field| match field {
                Field::Word(word) => word.clone(),
                Field::Axis(_, size) => size.to_string(),
                Field::Number(number) => number.to_string(),
                Field::Words(words) => words.join(" "),
            };
            writer.write_record(row.iter().map(field)).expect(wrote);
        }
        String::from_utf8(writer.into_inner().expect(wrote)).expect("names and numbers are UTF-8")
    }
}

impl Field {
    fn written(&self) -> (String, Align) {
        match self {
            Self::Word(word) | Self::Axis(word, _) => (escaped(word), Align::Left),
            Self::Words(words) => (escaped(&words.join(", ")), Align::Left),
            Self::Number(number) => (grouped(&number.to_string()), Align::Right),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Word(word) => json!(word),
            Self::Axis(_, size) => json!(size),
            Self::Words(words) => json!(words),
            Self::Number(number) => json!(number),
        }
    }
}

fn in_all(language: Language) -> &'static str {
    words("in all", "总计").get(language)
}

/// What 3Blue1Brown and others name besides single matrices: a head, a layer, all attention.
fn groups_of(language: Language, model: &Model, table: &Parameters) -> Vec<(String, String, u64)> {
    let sum = |names: &[&str], count: fn(&crate::transformer::Row) -> &Count| {
        let rows = names.iter().filter_map(|name| table.row(name));
        rows.filter_map(|row| count(row).value()).sum::<u64>()
    };
    let attention: &[&str] =
        &["query", "key", "value", "output", "query_bias", "key_bias", "value_bias", "output_bias"];
    let feed_forward: &[&str] = &["up", "down", "up_bias", "down_bias"];
    let groups = [
        (
            words("matrices of one head", "一个头的矩阵"),
            "head",
            model.sizes.of_one_head().value().unwrap_or(0),
        ),
        (words("attention, one layer", "一层的注意力"), "attention_layer", sum(attention, |row| &row.layer)),
        (
            words("feed-forward, one layer", "一层的前馈网络"),
            "feed_forward_layer",
            sum(feed_forward, |row| &row.layer),
        ),
        (words("all attention", "全部注意力"), "attention", sum(attention, |row| &row.numbers)),
        (words("all feed-forward", "全部前馈网络"), "feed_forward", sum(feed_forward, |row| &row.numbers)),
    ];
    groups
        .into_iter()
        .map(|(name, key, sum)| ((*name.get(language)).to_owned(), key.to_owned(), sum))
        .collect()
}
