//! What is drawn of a matrix and of what it is made of, where not everything fits.

use std::collections::BTreeMap;

use qkv::app::{Model, Size};
use qkv::graph::{Convention, NodeId, Place};
use qkv::language::Language;
use qkv::lesson::template::TEMPLATES;
use qkv::view::{self, GridView, Part};

use super::{chinese, sized};
use crate::walk::dump::text;
use crate::walk::{SMALL, USUAL, WIDE, after, alone, screen, written};

/// The template of a block with the walkthrough that is made for it: every matrix on a step of its own.
fn block() -> Model {
    let template = TEMPLATES.iter().find(|template| template.name == "block").unwrap();
    let lesson = template.text(Language::English);
    let matrices = lesson.split("\nsteps:").next().unwrap();
    alone(written(matrices))
}

fn steps(model: &Model) -> impl Iterator<Item = Model> {
    let steps = model.walk.as_ref().unwrap().lesson.steps.len();
    (0..steps).map(|step| {
        let mut model = model.clone();
        model.walk.as_mut().unwrap().go_to(step);
        model
    })
}

/// The grids on the screen, by what they are of.
fn grids(model: &Model) -> BTreeMap<NodeId, GridView> {
    let parts = view::build(model).parts.into_iter();
    let grids = parts.filter_map(|part| match part {
        Part::Grid(grid) => Some((grid.rows.first()?.first()?.cell.node, grid)),
        Part::Text(..) | Part::Plot(_) => None,
    });
    grids.collect()
}

fn size(grid: &GridView) -> (usize, usize) {
    (grid.rows.len(), grid.rows[0].len())
}

#[test]
fn a_result_is_always_whole_and_on_a_usual_screen_stands_with_all_that_it_is_made_of() {
    let all = [SMALL, USUAL, WIDE];
    // Turned, a step has words more, and a small screen is full of them.
    let starts = [(block(), &all[..]), (after("t", &block()), &all[1..]), (chinese(&block()), &all[..])];
    for (start, sizes) in starts {
        for model in steps(&start) {
            let walk = model.walk.as_ref().unwrap();
            let (trace, shown) = (&walk.lesson.trace, walk.shown().collect::<Vec<_>>());
            let [node] = shown[..] else { continue };
            let whole = trace.node(node).shape.size();
            for screen_size in sizes.iter().copied() {
                let grids = grids(&sized(screen_size, &model));
                let (rows, columns) = size(&grids[&node]);
                let seen =
                    if walk.convention == Convention::Rows { (rows, columns) } else { (columns, rows) };
                assert_eq!(seen, whole, "{} at {screen_size:?}", trace.node(node).name);
                let operands = trace.node(node).op.operands();
                let seen = operands.iter().filter(|operand| grids.contains_key(operand)).count();
                let name = &trace.node(node).name;
                match (screen_size, walk.convention) {
                    (SMALL, _) => {}
                    (_, Convention::Rows) => assert_eq!(seen, operands.len(), "{name} at {screen_size:?}"),
                    (_, Convention::Columns) => {
                        assert!(seen > 0 || operands.is_empty(), "{name} at {screen_size:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_operand_that_is_cut_says_what_is_seen_of_it() {
    let output = steps(&block()).find(|model| {
        let walk = model.walk.as_ref().unwrap();
        walk.shown().any(|node| walk.lesson.trace.node(node).name == "block.feed_forward.output")
    });
    let output = output.unwrap();
    let seen = text(&screen(&output));
    assert!(
        seen.contains("W_2 8×4  weights  rows 1–7/8") && seen.contains("hidden 4×8  columns 1–7/8"),
        "{seen}"
    );
    // What is marked to be followed is among what is seen.
    for tabs in 0..16 {
        let looking = after(&"Tab ".repeat(tabs + 1), &output);
        let marked = looking.walk.as_ref().unwrap().looking.as_ref().unwrap().visit();
        let trace = &looking.walk.as_ref().unwrap().lesson.trace;
        let mut sources = Vec::new();
        trace.derive(marked.place).sources(&mut |source| sources.push(source));
        let Place::Cell(source) = sources[marked.operand] else { panic!("a product is of cells") };
        let grids = grids(&looking);
        let Some(grid) = grids.get(&source.node) else { continue };
        assert!(
            grid.rows.iter().flatten().any(|it| it.cell == source),
            "{source:?}\n{}",
            text(&screen(&looking))
        );
    }
}

#[test]
fn of_matrices_far_larger_than_the_screen_the_row_and_the_column_that_meet_are_seen() {
    let words: Vec<_> = (0..99).map(|n| format!("w{n}")).collect();
    let lesson = format!("title: L\ntext: {}\naxes: {{d_model: 64, d_k: 16}}\nseed: 7\n", words.join(" "));
    let mut model = alone(written(&lesson));
    let scores = model.walk.as_ref().unwrap().lesson.steps.iter().position(|step| step.title.en == "Scores");
    model.walk.as_mut().unwrap().go_to(scores.expect("there is a step of the scores"));
    for screen_size in [USUAL, WIDE, Size { width: 200, height: 60 }] {
        let looking = sized(screen_size, &after("Tab Down Down Right", &model));
        let grids = grids(&looking);
        let [of, with, by] = [2, 1, 0].map(|back| grids.values().rev().nth(back).expect("three grids"));
        assert_eq!(by.rows.len(), of.rows.len(), "the rows of Q are those of the scores");
        assert_eq!(by.rows[0].len(), with.rows[0].len(), "the columns of K are those of the scores");
        assert!(by.rows.len() >= 4 && by.rows[0].len() >= 3);
    }
}

#[test]
fn names_of_columns_are_not_cut_where_there_is_room() {
    let axis = "[understanding, multiplication, transformation]";
    let lesson = format!(
        "title: L\ntext: a b c d e f g h i j k l m n o p q r s t u v w x y z\naxes: {{d_model: {axis}}}\nmatrices: [X: {{random: {{rows: main, cols: d_model, seed: 1}}}}]\nsteps: [{{show: X, say: Names.}}]\n"
    );
    let model = alone(written(&lesson));
    // All rows fit on a large screen, and a window shows some of them on a usual one.
    for screen_size in [USUAL, WIDE] {
        let seen = text(&screen(&sized(screen_size, &model)));
        for name in ["understanding", "multiplication", "transformation"] {
            assert!(seen.contains(name), "{name} at {screen_size:?}\n{seen}");
        }
    }
}
