//! What holds for every screen.

use std::collections::{BTreeMap, BTreeSet};

use qkv::app::{Model, Size};
use qkv::environment::ColourDepth;
use qkv::graph::{Cell, Convention};
use qkv::lesson::Piece;
use qkv::view::text::Role;
use qkv::view::{self, At, Part, View};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::{ascii, chinese, looks, sized};
use crate::walk::dump::{row, text};
use crate::walk::{SMALL, USUAL, WIDE, after, at, every_portion, every_step, screen, screen_in, state};

/// Nothing of the view lies outside of the screen, and no wide glyph is halved on it.
fn assert_sound(model: &Model) {
    let view = view::build(model);
    let place = || format!("{} at {:?}", state(model), model.size);
    let outside = |at: At, width: usize, height: usize| {
        usize::from(at.x) + width > usize::from(model.size.width)
            || usize::from(at.y) + height > usize::from(model.size.height)
    };
    let large_enough = model.size.width >= 40 && model.size.height >= 12;
    for part in view.parts.iter().filter(|_| large_enough) {
        match part {
            Part::Text(at, line) => {
                assert!(!outside(*at, line.width(), 1), "{:?} {at:?}: {}", line.text(), place());
            }
            Part::Grid(grid) => {
                let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0) * usize::from(grid.cell_width);
                assert!(!outside(grid.at, width, grid.rows.len()), "a grid: {}", place());
            }
            Part::Plot(plot) => {
                assert!(
                    !outside(plot.at, usize::from(plot.width), usize::from(plot.height)),
                    "a plot: {}",
                    place()
                );
            }
        }
    }
    assert_no_half_glyph(&screen(model), &place());
}

fn assert_no_half_glyph(buffer: &Buffer, place: &str) {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let width = (buffer[(x, y)].symbol().width() as u16).max(1);
            assert!(x + width <= buffer.area.width, "{place}: row {y}");
            let rest = (x + 1..x + width).map(|x| buffer[(x, y)].symbol());
            assert!(rest.clone().all(|symbol| symbol == " "), "{place}: row {y}");
            x += width;
        }
    }
}

#[test]
fn every_step_is_drawn_at_every_size_in_every_look() {
    let sizes = [(40, 12), (60, 16), (80, 24)].map(|(width, height)| Size { width, height });
    for model in every_step() {
        for look in looks(&model) {
            for size in sizes {
                assert_sound(&sized(size, &look));
            }
        }
    }
}

#[test]
fn every_step_is_drawn_from_1x1_to_400x200() {
    let widths = [1, 2, 39, 40, 41, 57, 79, 99, 120, 400];
    let heights = [1, 2, 11, 12, 13, 17, 23, 30, 200];
    // Each step meets each of the sizes in one of the looks, and over the steps every size meets every look.
    let steps: Vec<_> = every_step().collect();
    let mut turn = 0;
    for width in widths {
        for height in heights {
            for model in steps.iter().skip(turn % 5).step_by(5) {
                turn += 1;
                let look = looks(model).nth(turn % 8).expect("there are eight looks");
                assert_sound(&sized(Size { width, height }, &look));
            }
        }
    }
}

#[test]
fn what_lies_over_the_screen_halves_no_glyph_at_any_size() {
    for keys in ["?", "s", "i", "Enter", "1", "Tab ?", "Tab Tab Enter"] {
        for (width, height) in [(40, 12), (41, 13), (60, 16), (61, 16), (80, 24), (81, 25)] {
            for step in [1, 7, 12, 17] {
                let model = sized(Size { width, height }, &after(keys, &chinese(&at(5, step))));
                assert_sound(&model);
                let shown = screen(&model);
                let top = (0..height).map(|y| row(&shown, y)).find(|row| row.contains('┌'));
                if model.overlay.is_some() {
                    assert!(top.is_some_and(|top| top.contains('┐')), "{}", state(&model));
                }
            }
        }
    }
}

/// The words of a text without its numbers, in order, without blanks.
fn words(model: &Model) -> Vec<String> {
    let step = model.walk.as_ref().expect("a lesson is open").current();
    let pieces = step.say.get(model.language).paragraphs.iter().flatten();
    let words = pieces.filter_map(|piece| match piece {
        Piece::Words(words) | Piece::Emphasis(words) => Some(words.split_whitespace().collect::<String>()),
        Piece::Number { .. } => None,
    });
    words.filter(|words| !words.is_empty()).collect()
}

#[test]
fn the_whole_prose_of_every_step_is_read_at_the_usual_sizes() {
    let mut cut = Vec::new();
    for model in every_portion() {
        for model in [model.clone(), chinese(&model)] {
            for size in [SMALL, USUAL, WIDE] {
                let model = sized(size, &model);
                let shown: String = text(&screen(&model)).split_whitespace().collect();
                let mut rest = shown.as_str();
                for words in words(&model) {
                    let Some(start) = rest.find(&words) else {
                        cut.push(format!("{} at {}x{}: {words}", state(&model), size.width, size.height));
                        break;
                    };
                    rest = &rest[start + words.len()..];
                }
            }
        }
    }
    assert!(cut.is_empty(), "{} are cut:\n{}", cut.len(), cut.join("\n"));
}

/// Where each cell of a matrix is on the screen, and how wide.
fn cells(view: &View) -> BTreeMap<(usize, usize, usize), (u16, u16, u16)> {
    let mut cells = BTreeMap::new();
    for part in &view.parts {
        let Part::Grid(grid) = part else { continue };
        for (y, row) in grid.rows.iter().enumerate() {
            for (x, view) in row.iter().enumerate() {
                let Cell { node, row, column } = view.cell;
                let at = (grid.at.x + x as u16 * grid.cell_width, grid.at.y + y as u16, grid.cell_width);
                cells.insert((node.index(), row, column), at);
            }
        }
    }
    cells
}

/// Whether every cell of the matrices of the step is on the screen.
fn shows_all(model: &Model, cells: &BTreeMap<(usize, usize, usize), (u16, u16, u16)>) -> bool {
    let walk = model.walk.as_ref().expect("a lesson is open");
    walk.shown().all(|node| {
        let (rows, columns) = walk.lesson.trace.node(node).shape.size();
        cells.keys().filter(|(own, ..)| *own == node.index()).count() == rows * columns
    })
}

#[test]
fn what_is_uncovered_is_in_sight_in_a_matrix_larger_than_the_screen() {
    let text: Vec<_> = (1..=40).map(|number| format!("w{number}")).collect();
    let text = text.join(" ");
    let source = format!(
        "title: Long\ntext: {text}\naxes: {{d_model: 2}}\nmatrices:\n  - X: {{random: {{rows: main, cols: d_model, seed: 1}}}}\nsteps:\n  - {{show: X, reveal: rows, say: x}}\n"
    );
    let lesson = qkv::lesson::check(&qkv::diagnostic::Source::new("long", &source)).lesson.unwrap();
    let mut model = crate::walk::alone(lesson.into());
    for row in 0..40 {
        model = after("n", &model);
        let seen = cells(&view::build(&model));
        assert!(seen.keys().any(|(_, seen, _)| *seen == row), "row {row} is out of sight");
    }
    let before = cells(&view::build(&model));
    let scrolled = after("Ctrl+Up Ctrl+Up", &model);
    assert_ne!(cells(&view::build(&scrolled)), before);
    assert_eq!(cells(&view::build(&after("Ctrl+Down Ctrl+Down", &scrolled))), before);
}

#[test]
fn nothing_jumps_while_a_step_is_uncovered() {
    let mut jumps = Vec::new();
    for model in every_step().filter(|model| model.walk.as_ref().expect("a lesson is open").portions() > 0) {
        for size in [SMALL, USUAL, WIDE] {
            for look in looks(&model) {
                let mut model = sized(size, &look);
                let covered = cells(&view::build(&model));
                assert!(!covered.is_empty(), "{}", state(&model));
                for _ in 0..model.walk.as_ref().expect("a lesson is open").portions() {
                    model = after("n", &model);
                    let uncovered = cells(&view::build(&model));
                    // A window over a larger matrix stands still on the screen and moves over its rows.
                    let still = if shows_all(&model, &covered) {
                        uncovered == covered
                    } else {
                        uncovered.values().collect::<BTreeSet<_>>()
                            == covered.values().collect::<BTreeSet<_>>()
                    };
                    if !still {
                        jumps.push(format!("{} at {}x{}", state(&model), size.width, size.height));
                    }
                }
            }
        }
    }
    assert!(jumps.is_empty(), "{} jump:\n{}", jumps.len(), jumps.join("\n"));
}

#[test]
fn the_picture_stays_where_it_is_when_one_begins_to_look() {
    let mut jumps = Vec::new();
    for model in
        every_step().filter(|model| model.walk.as_ref().expect("a lesson is open").shown().count() > 0)
    {
        for size in [USUAL, WIDE] {
            for look in looks(&model) {
                let model = sized(size, &look);
                let looking = after("Tab", &model);
                if cells(&view::build(&looking)) != cells(&view::build(&model)) {
                    jumps.push(format!("{} at {}x{}", state(&looking), size.width, size.height));
                }
            }
        }
    }
    assert!(jumps.is_empty(), "{} jump:\n{}", jumps.len(), jumps.join("\n"));
}

#[test]
fn ascii_screens_of_english_are_ascii() {
    for keys in ["", "Tab", "Tab Tab Enter Enter", "?", "i", "s", "Enter", "1", "N", "q"] {
        for model in every_step() {
            for size in [SMALL, USUAL] {
                let model = sized(size, &ascii(&after(keys, &model)));
                // The key for Chinese is named in Chinese, lest nobody who needs it can read it. Tokens are what
                // they are.
                let mut shown = text(&screen(&model)).replace("中文", "");
                let texts = model.walk.iter().flat_map(|walk| &walk.lesson.texts);
                let tokens: BTreeSet<char> = texts
                    .flat_map(|text| text.tokens.labels().join("").chars().collect::<Vec<_>>())
                    .collect();
                shown.retain(|char| char.is_ascii() || !tokens.contains(&char));
                let other = shown.lines().find(|line| !line.is_ascii());
                assert_eq!(other, None, "{}", state(&model));
            }
        }
    }
}

#[test]
fn without_colours_the_kinds_of_cells_still_differ() {
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (keys, step) in [("Tab Tab", 7), ("", 11), ("Tab", 11), ("n n", 12), ("n n n n n Tab", 12)] {
        // There is room for the operands.
        let model = sized(WIDE, &after(keys, &at(5, step)));
        let shown = screen_in(&model, ColourDepth::Mono);
        for part in &view::build(&model).parts {
            let Part::Grid(grid) = part else { continue };
            for (y, row) in grid.rows.iter().enumerate() {
                for (x, cell) in row.iter().enumerate() {
                    let first = shown[(grid.at.x + x as u16 * grid.cell_width, grid.at.y + y as u16)].clone();
                    let Style { add_modifier, .. } = first.style();
                    let masked = cell.text.contains('∞');
                    let zero =
                        cell.text.trim().trim_start_matches('−').chars().all(|char| "0.".contains(char));
                    let look = format!(
                        "{add_modifier:?} {}",
                        if masked {
                            "−∞"
                        } else if zero {
                            "0"
                        } else {
                            ""
                        }
                    );
                    let looks = kinds.entry(format!("{:?}", cell.role)).or_default();
                    if !looks.contains(&look) {
                        looks.push(look);
                    }
                }
            }
        }
    }
    let roles = [Role::Selected, Role::Source, Role::Masked, Role::Hidden, Role::Number, Role::Focus];
    for role in roles.map(|role| format!("{role:?}")) {
        let own = kinds.get(&role).unwrap_or_else(|| panic!("{role} is not among {kinds:?}"));
        for (other, looks) in kinds.iter().filter(|(other, _)| **other != role) {
            assert!(own.iter().all(|look| !looks.contains(look)), "{role} and {other}: {kinds:?}");
        }
    }
}

#[test]
fn a_lesson_begins_as_it_says_with_rows_or_columns() {
    for model in every_step() {
        let walk = model.walk.as_ref().expect("a lesson is open");
        assert_eq!(walk.convention, walk.lesson.convention);
    }
    assert_eq!(at(6, 1).walk.expect("a lesson is open").convention, Convention::Rows);
}
