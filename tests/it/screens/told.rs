//! What the words of a step tell: no number before its cell is uncovered, and nothing moves when it is.

use qkv::app::Model;
use qkv::lesson::Piece;
use qkv::view::text::Role;
use qkv::view::{self, Part};

use super::{chinese, sized};
use crate::walk::dump::text;
use crate::walk::{SMALL, USUAL, WIDE, after, alone, at, every_step, screen, state, written};

/// The lines that say something of the step: where each is, and its words without its numbers and blanks.
fn lines(model: &Model) -> Vec<(u16, String)> {
    let walk = model.walk.as_ref().unwrap();
    let pieces = walk.current().say.get(model.language).paragraphs.iter().flatten();
    let say: String = pieces
        .filter_map(|piece| match piece {
            Piece::Words(words) | Piece::Emphasis(words) => {
                Some(words.split_whitespace().collect::<String>())
            }
            Piece::Number { .. } => None,
        })
        .collect();
    let parts = view::build(model).parts.into_iter();
    let lines = parts.filter_map(|part| match part {
        Part::Text(at, line) => {
            let spans = line.0.iter().filter(|span| matches!(span.role, Role::Plain | Role::Emphasis));
            let words: String = spans.flat_map(|span| span.text.split_whitespace()).collect();
            Some((at.y, words))
        }
        Part::Grid(_) | Part::Plot(_) => None,
    });
    lines.filter(|(_, words)| !words.is_empty() && say.contains(words.as_str())).collect()
}

/// How many numbers or names of the prose of a step read cells that are covered.
fn covered(model: &Model) -> usize {
    let walk = model.walk.as_ref().unwrap();
    let pieces = walk.current().say.get(model.language).paragraphs.iter().flatten();
    let covered = pieces.filter(|piece| match piece {
        Piece::Number { value, .. } => !walk.may_tell(value),
        Piece::Words(_) | Piece::Emphasis(_) => false,
    });
    covered.count()
}

/// How many numbers of the words are hidden on the screen.
fn dotted(model: &Model) -> usize {
    let parts = view::build(model).parts.into_iter();
    let spans = parts.flat_map(|part| match part {
        Part::Text(_, line) => line.0,
        Part::Grid(_) | Part::Plot(_) => Vec::new(),
    });
    spans.filter(|span| span.role == Role::Hidden).count()
}

#[test]
fn a_number_in_the_words_appears_with_its_cell_and_takes_the_same_room_before() {
    let lesson = "title: L\ntext: a b\naxes: {d_model: [x, y]}\nmatrices:\n  - X: {given: {rows: main, cols: d_model, values: [[1.25, 2.5], [3.75, 4.5]]}}\nsteps:\n  - show: X\n    reveal: rows\n    say: \"a is {X[a, x]}, b is {X[b, y]}, together {sum(X[:, x])}, the largest {argmax(X[b])}.\"\n";
    let start = alone(written(lesson));
    let said = |keys: &str| {
        let seen = text(&screen(&after(keys, &start)));
        seen.lines().find(|line| line.contains(" a is ")).unwrap().trim().to_owned()
    };
    assert_eq!(said(""), "a is ····, b is ····, together ·, the largest ·.");
    assert_eq!(said("n"), "a is 1.25, b is ····, together ·, the largest ·.");
    assert_eq!(said("n n"), "a is 1.25, b is 4.50, together 5, the largest y.");
    assert_eq!(said("n n p"), said("n"), "walking back covers it again");
}

#[test]
fn no_lesson_tells_a_number_before_its_cell_is_uncovered_and_no_line_moves_when_it_is() {
    let mut hidden = 0;
    for start in every_step().filter(|model| model.walk.as_ref().unwrap().portions() > 0) {
        for start in [start.clone(), chinese(&start)] {
            for size in [SMALL, USUAL, WIDE] {
                let mut model = sized(size, &start);
                hidden += covered(&model);
                for _ in 0..model.walk.as_ref().unwrap().portions() {
                    assert!(dotted(&model) >= usize::from(covered(&model) > 0), "{}", state(&model));
                    let next = after("n", &model);
                    let told =
                        |lines: Vec<(u16, String)>| lines.into_iter().map(|(y, _)| y).collect::<Vec<_>>();
                    if model.walk.as_ref().unwrap().open_question().is_none() {
                        assert_eq!(told(lines(&next)), told(lines(&model)), "{}", state(&model));
                    }
                    model = next;
                }
                assert_eq!(covered(&model), 0, "{}", state(&model));
            }
        }
    }
    assert!(hidden > 20, "{hidden} numbers are hidden at first");
}

#[test]
fn the_softmax_of_the_flagship_lesson_is_not_told_in_advance() {
    let told = |keys: &str| text(&screen(&after(keys, &at(5, 12))));
    assert!(told("").contains("−∞ becomes ·."), "{}", told(""));
    assert!(told("n n n n n n n n").contains("−∞ becomes 0."));
}
