//! Matrices with their labels at full precision.

use serde_json::{Map, Value, json};

use crate::graph::{Axis, NodeId, Trace};
use crate::view::number::shortest;
use crate::view::text::{Align, Line};

/// One object: for each matrix the names of its axes, the labels of its rows and columns, and its rows of numbers.
/// Infinities, which JSON has no number for, are `"-inf"` and `"inf"`.
pub fn json(trace: &Trace, nodes: &[NodeId]) -> String {
    let mut all = Map::new();
    for &node in nodes {
        let (name, value) = (trace.node(node).name.clone(), trace.value(node));
        let shape = &trace.node(node).shape;
        let row =
            |row: usize| (0..value.ncols()).map(|column| number(value[(row, column)])).collect::<Value>();
        let axis = |axis: &Axis| json!({"axis": axis.name(), "labels": axis.labels()});
        let values: Value = (0..value.nrows()).map(row).collect();
        all.insert(
            name,
            json!({"rows": axis(&shape.rows), "columns": axis(&shape.columns), "values": values}),
        );
    }
    let text = serde_json::to_string(&Value::Object(all)).expect("strings and numbers are JSON");
    text + "\n"
}

fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or_else(|| Value::String(shortest(value)), Value::Number)
}

/// A line for each cell: matrix, row, column, value. Repeated tokens are told apart as `the#1`, `the#2`.
pub fn csv(trace: &Trace, nodes: &[NodeId]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let wrote = "a vector takes whatever is written";
    writer.write_record(["matrix", "row", "column", "value"]).expect(wrote);
    for &node in nodes {
        let (name, value) = (&trace.node(node).name, trace.value(node));
        let shape = &trace.node(node).shape;
        for row in 0..value.nrows() {
            let row_label = shape.rows.unique_label(row);
            for column in 0..value.ncols() {
                let column_label = shape.columns.unique_label(column);
                let cell = shortest(value[(row, column)]);
                writer.write_record([name.as_str(), &row_label, &column_label, &cell]).expect(wrote);
            }
        }
    }
    String::from_utf8(writer.into_inner().expect(wrote)).expect("labels and numbers are UTF-8")
}

/// Tables to read, a blank line between them.
pub fn text(trace: &Trace, nodes: &[NodeId]) -> String {
    nodes.iter().map(|node| table(trace, *node)).collect::<Vec<_>>().join("\n")
}

fn table(trace: &Trace, node: NodeId) -> String {
    let (name, value) = (&trace.node(node).name, trace.value(node));
    let shape = &trace.node(node).shape;
    let mut rows =
        vec![[String::new()].into_iter().chain(shape.columns.labels().iter().cloned()).collect::<Vec<_>>()];
    for row in 0..value.nrows() {
        let cells = (0..value.ncols()).map(|column| shortest(value[(row, column)]));
        rows.push([shape.rows.label(row).to_owned()].into_iter().chain(cells).collect());
    }
    let width =
        |column: usize| rows.iter().map(|row| Line::from(row[column].as_str()).width()).max().unwrap_or(0);
    let widths: Vec<_> = (0..=value.ncols()).map(width).collect();
    let mut text = format!("{name} ({} × {})\n", value.nrows(), value.ncols());
    for row in &rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| Line::from(cell.as_str()).pad(*width, Align::Right).text());
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
