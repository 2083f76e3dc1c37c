//! What the line below a picture explains is on the screen: in the picture, or written in the line.

use std::collections::BTreeSet;

use qkv::app::{LookAt, Message, Model, update};
use qkv::graph::{Cell, Expr, NodeId, Place};
use qkv::view::text::Role;
use qkv::view::{self, Part, View};

use super::sized;
use crate::walk::dump::text;
use crate::walk::{SMALL, USUAL, after, alone, every_step, screen, state, written};

/// The cells whose numbers are read in the picture.
fn read(view: &View) -> BTreeSet<(NodeId, usize, usize)> {
    let grids = view.parts.iter().filter_map(|part| match part {
        Part::Grid(grid) => Some(grid),
        Part::Text(..) | Part::Plot(_) => None,
    });
    let cells = grids.flat_map(|grid| grid.rows.iter().flatten());
    let digits = cells.filter(|cell| cell.text.contains(|c: char| c.is_ascii_digit() || c == '∞'));
    digits.map(|view| (view.cell.node, view.cell.row, view.cell.column)).collect()
}

/// Whether the marked number is written in the words.
fn writes_marked(view: &View) -> bool {
    let spans = view.parts.iter().flat_map(|part| match part {
        Part::Text(_, line) => line.0.as_slice(),
        Part::Grid(_) | Part::Plot(_) => &[],
    });
    spans.filter(|span| span.role == Role::Focus).any(|span| !span.text.contains('['))
}

/// What of the marked term of a model that looks is neither in the picture nor in the words.
fn missing(model: &Model) -> Option<String> {
    let walk = model.walk.as_ref().unwrap();
    let visit = walk.looking.as_ref().unwrap().visit();
    // A number that is a copy, or that a rule gives, stands in the line itself.
    let expr = walk.lesson.trace.derive(visit.place);
    if matches!(expr, Expr::Place(_) | Expr::Constant(_) | Expr::Defined { .. } | Expr::Ruled { .. }) {
        return None;
    }
    let view = view::build(model);
    if writes_marked(&view) {
        return None;
    }
    let read = read(&view);
    let term = expr.together_with(visit.operand);
    let mut sources = Vec::new();
    expr.sources(&mut |place| sources.push(place));
    assert!(sources.get(visit.operand).is_none_or(|source| term.contains(source)), "{term:?}");
    let lost = |place: &Place| match place {
        Place::Cell(Cell { node, row, column }) => !read.contains(&(*node, *row, *column)),
        Place::Aggregate(_) => true,
    };
    let size = model.size;
    let lost = term.iter().find(|place| lost(place))?;
    let name = crate::walk::name(&walk.lesson.trace, *lost);
    Some(format!("{name}: {} at {}x{}", state(model), size.width, size.height))
}

/// A model that looks at the first cell of a step, at its last and at one between, with some of the operands marked.
fn looks(start: &Model) -> Vec<Model> {
    let walk = start.walk.as_ref().unwrap();
    let Some(node) = walk.shown().next_back() else { return Vec::new() };
    if walk.open_question().is_some() {
        return Vec::new();
    }
    let (rows, columns) = walk.lesson.trace.node(node).shape.size();
    let last = Cell { node, row: rows - 1, column: columns - 1 };
    let between = Cell { node, row: rows / 2, column: columns / 3 };
    let selected = [between, last].map(|cell| {
        let mut model = start.clone();
        update(&mut model, Message::Look(LookAt::Select(Place::Cell(cell))));
        model
    });
    let mut models = Vec::new();
    for mut model in [after("Tab", start)].into_iter().chain(selected) {
        let mut operands = 0;
        let visit = model.walk.as_ref().unwrap().looking.as_ref().unwrap().visit();
        walk.lesson.trace.derive(visit.place).sources(&mut |_| operands += 1);
        models.push(model.clone());
        // So many marks that the terms at either end and those between are among them.
        for _ in 0..5.min(operands) {
            for _ in 0..(operands / 5).max(1) {
                update(&mut model, Message::Look(LookAt::NextOperand));
            }
            models.push(model.clone());
        }
    }
    models
}

#[test]
fn both_factors_of_the_explained_term_are_in_the_picture_or_in_the_line() {
    let mut lost = Vec::new();
    for mut step in every_step() {
        let walk = step.walk.as_mut().unwrap();
        walk.uncovered = walk.portions();
        for start in [sized(SMALL, &step), sized(USUAL, &step), sized(SMALL, &after("t", &step))] {
            lost.extend(looks(&start).iter().filter_map(missing));
        }
    }
    assert!(lost.is_empty(), "{} are lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn of_long_sums_the_marked_term_is_written_and_the_window_follows_it() {
    let lesson = "title: L\ntext: a b c\naxes: {d_model: 40, d_k: 3}\nseed: 7\n";
    let mut model = alone(written(lesson));
    let lesson = model.walk.as_ref().unwrap().lesson.clone();
    let product =
        lesson.steps.iter().position(|step| step.title.en == "Queries Q").expect("Q is made on a step");
    model.walk.as_mut().unwrap().go_to(product);
    let mut looking = sized(SMALL, &after("Tab", &model));
    for _ in 0..80 {
        assert_eq!(missing(&looking), None, "{}", text(&screen(&looking)));
        assert!(writes_marked(&view::build(&looking)), "{}", text(&screen(&looking)));
        looking = after("Tab", &looking);
    }
}
