//! Screens of questions: asked, being answered, with hints, answered.

use insta::assert_snapshot;
use qkv::app::{Attempt, Field, Model, Outcome, ThemeName};
use qkv::environment::ColourDepth;
use qkv::export;
use qkv::lesson::question::Verdict;
use qkv::view::{self, Part};
use ratatui::style::Modifier;

use super::{ascii, chinese, sized, themed};
use crate::walk::dump::{dump, text};
use crate::walk::{SMALL, USUAL, WIDE, after, alone, every_step, quiz, screen, screen_in, state, written};

/// The quiz at a step from 1, after some keys.
fn step(number: usize, keys: &str) -> Model {
    let mut model = quiz();
    model.walk.as_mut().unwrap().go_to(number - 1);
    after(keys, &model)
}

#[test]
fn a_number_is_asked_hinted_at_and_found() {
    assert_snapshot!("asked_80x24_en", dump(&screen(&step(1, ""))));
    assert_snapshot!("hinted_80x24_en", dump(&screen(&step(1, "Enter 3 Enter Backspace 5 Enter"))));
    assert_snapshot!("found_80x24_en", dump(&screen(&step(1, "Enter 4 Enter"))));
    let all_hints = step(1, "Enter Tab Tab Tab 2");
    assert_snapshot!("hints_60x16_zh", dump(&screen(&sized(SMALL, &chinese(&all_hints)))));
    assert_snapshot!(
        "hints_120x36_zh_light",
        dump(&screen(&sized(WIDE, &themed(ThemeName::Light, &chinese(&all_hints)))))
    );
}

#[test]
fn options_are_chosen_among() {
    assert_snapshot!("token_80x24_en", dump(&screen(&step(2, "Enter Down"))));
    assert_snapshot!("order_60x16_zh_light", {
        let model = step(4, "Enter 1 3 Enter");
        dump(&screen(&sized(SMALL, &themed(ThemeName::Light, &chinese(&model)))))
    });
    assert_snapshot!("several_80x24_en_mono_ascii", {
        dump(&screen_in(&ascii(&step(7, "Enter 1 Down Tab")), ColourDepth::Mono))
    });
    assert_snapshot!("chosen_60x16_en", dump(&screen(&sized(SMALL, &step(6, "Enter Enter Down Enter")))));
}

#[test]
fn what_is_put_in_order_is_read_in_one_line_by_the_numbers_of_the_options() {
    let seen = |keys: &str| text(&screen(&step(5, keys)));
    assert!(seen("Enter").contains("Your order: _"));
    assert!(seen("Enter 3 1").contains("Your order: 3 › 1 › _"));
    assert!(seen("Enter 3 1 Esc").contains("Your order: 3 › 1 › …"));
    assert!(text(&screen(&chinese(&step(5, "Enter 3 1 2")))).contains("你的顺序：3 › 1 › 2 › 4"));
    assert!(seen("Enter 3 1 2 Esc n").contains("(you said 3 › 1 › 2 › 4)"));
}

#[test]
fn what_is_asked_for_is_nowhere_to_be_seen_until_it_is_answered() {
    for size in [WIDE, USUAL, SMALL] {
        for keys in ["", "Enter", "Tab", "Tab Right", "Tab Left Enter Backspace", "t", "t Tab", "H H H"] {
            let seen = text(&screen(&sized(size, &step(1, keys))));
            assert!(!seen.contains("4.00"), "{keys}\n{seen}");
        }
        let seen = text(&screen(&sized(size, &step(1, "n"))));
        assert!(seen.contains("4.00"), "{seen}");
    }
    // The row of the pattern that `argmax` looks at, and the weighted sum that is made with it.
    let seen = text(&screen(&step(2, "")));
    assert!(!seen.contains("0.71") && !seen.contains("0.25"), "{seen}");
    assert!(text(&screen(&step(2, "n"))).contains("0.71"));
}

#[test]
fn what_gives_the_answer_away_is_covered_with_it_and_comes_back_with_it() {
    let asks = |answer: &str| {
        let steps = format!("  - {{show: P, question: {{answer: {{cell: \"{answer}\"}}}}}}\n");
        let matrices = "  - S: {given: [[0, 0, 0], [0, 1, 2]]}\n  - P: {softmax: S}\n";
        let model = alone(written(&format!("title: t\nmatrices:\n{matrices}steps:\n{steps}")));
        let signs = |keys: &str| {
            let model = sized(WIDE, &after(keys, &model));
            (text(&screen(&model)).matches(" ?").count(), text(&screen(&model)).matches("0.33").count())
        };
        (signs(""), signs("n").1)
    };
    // One share of a row is what the others leave of 1.
    assert_eq!(asks("P[1, 2]:.2").0.1, 0);
    assert!(asks("P[1, 2]:.2").1 >= 3);
    assert!(asks("P[2, 2]:.2").0.1 >= 3);
    assert_eq!(asks("max(P[1]):.2").0.1, 0);
    assert_eq!(asks("min(P):.2").0.1, 0);
    // What a sum is made of has to be seen.
    assert!(asks("sum(P[1]):.2").0.1 >= 3);
}

#[test]
fn a_sum_or_mean_that_is_asked_for_stands_nowhere_else_until_it_is_answered() {
    let asks = |show: &str, answer: &str| {
        let matrices = "  - X: {given: [[1, 2, 6.75], [0.5, 0, 1]]}\n  - O: {given: [[1], [1], [1]]}\n  - S: {product: [X, O]}\n  - N: {layer_norm: X}\n  - C: {concat: [S, S]}\n  - P: {softmax: X}\n";
        let steps = format!("  - {{show: {show}, question: {{answer: {{cell: \"{answer}\"}}}}}}\n");
        alone(written(&format!("title: t\nmatrices:\n{matrices}steps:\n{steps}")))
    };
    // A product with ones, the mean that a norm takes away, the largest that softmax takes away, and a copy.
    let cases = [
        ("S", "sum(X[1])", "9.75"),
        ("N", "mean(X[1])", "3.25"),
        ("P", "max(X[1])", "6.75"),
        ("C", "S[1, 1]", "9.75"),
    ];
    for (show, answer, number) in cases {
        for keys in ["", "Tab", "Tab Tab", "Tab Tab Enter", "Tab Enter", "Tab BackTab Enter", "t"] {
            for size in [WIDE, USUAL, SMALL] {
                let seen = text(&screen(&sized(size, &after(keys, &asks(show, answer)))));
                assert!(!seen.contains(number), "{show} {answer} after {keys}\n{seen}");
            }
        }
        let seen = text(&screen(&sized(WIDE, &after("n", &asks(show, answer)))));
        assert!(seen.contains(number), "{show} {answer}\n{seen}");
    }
    // What is added up stays to be seen.
    assert!(text(&screen(&asks("X", "sum(X[1])"))).contains("6.75"));
}

#[test]
fn while_numbers_are_looked_at_the_question_stays_before_its_options() {
    for size in [WIDE, USUAL, SMALL] {
        for number in 2..=7 {
            let seen = text(&screen(&sized(size, &step(number, "Tab"))));
            let option = seen.contains(" 1 ") && seen.contains(" 2 ");
            assert!(seen.contains("Question:") || !option, "{seen}");
        }
    }
}

#[test]
fn a_number_in_the_words_of_a_question_stands_out_like_them() {
    let asks = |ask: &str| {
        let question = format!("question: {{ask: \"{ask}\", answer: {{cell: \"X[1, 2]\"}}}}");
        alone(written(&format!(
            "title: t\nmatrices:\n  - X: {{given: [[64, 2]]}}\nsteps:\n  - {{show: X, {question}}}\n"
        )))
    };
    let bold = |model: &Model, sign: &str| {
        let buffer = screen(model);
        let cells = buffer.content().iter().filter(|cell| cell.symbol() == sign);
        cells.filter(|cell| cell.modifier.contains(Modifier::BOLD)).count()
    };
    assert_eq!(bold(&asks("Beside {X[1, 1]}?"), "6"), 1);
}

#[test]
fn what_is_said_and_the_number_that_is_looked_at_are_apart_where_there_is_room() {
    let seen = text(&screen(&sized(WIDE, &step(1, "Enter 4 Enter Tab"))));
    let said =
        seen.lines().skip_while(|line| !line.contains("has nothing") && !line.contains("tells nothing"));
    let below: Vec<_> = said.skip(1).take(2).map(str::trim).collect();
    assert!(below[0].is_empty() && below[1].starts_with("scores["), "{seen}");
}

#[test]
fn the_picture_stays_where_it_is_when_the_answer_is_shown() {
    for number in 1..=7 {
        let lines = |model: &Model| -> Vec<String> {
            let picture = text(&screen(model));
            picture.lines().take(6).map(|line| line.chars().take(24).collect()).collect()
        };
        let (before, after) = (lines(&step(number, "")), lines(&step(number, "n")));
        let places = |lines: &[String]| -> Vec<usize> {
            lines.iter().map(|line| line.len() - line.trim_start().len()).collect()
        };
        assert_eq!(places(&before), places(&after), "step {number}");
    }
}

#[test]
fn options_stay_where_they_are_when_the_answer_is_shown() {
    for size in [WIDE, USUAL, SMALL] {
        for look in [|model: &Model| model.clone(), chinese, ascii] {
            for number in [2, 4, 5, 6, 7] {
                // The lines of the question, without the signs that say what is pointed at, taken or right.
                let lines = |keys: &str| -> Vec<String> {
                    let seen = text(&screen(&look(&sized(size, &step(number, keys)))));
                    let plain = seen.replace(['›', '>', '✓', '*', 'x'], " ");
                    let asks = |line: &&str| !line.contains("Question:") && !line.contains("问题：");
                    let asked = plain.lines().skip_while(asks);
                    asked.take_while(|line| !line.trim().is_empty()).map(str::to_owned).collect()
                };
                let asked = lines("");
                for keys in ["Enter", "Enter Down", "Enter 1", "n", "Enter 1 Enter Esc", "H H H H"] {
                    let options: Vec<_> = lines(keys).into_iter().take(asked.len()).collect();
                    assert_eq!(options, asked, "step {number} after {keys}");
                }
            }
        }
    }
}

#[test]
fn the_right_option_has_another_sign_than_the_one_that_was_taken() {
    let seen =
        |look: fn(&Model) -> Model, number: usize, keys: &str| text(&screen(&look(&step(number, keys))));
    let told = "Enter 1 Enter 3 Enter";
    let one = seen(Model::clone, 6, told);
    assert!(one.contains("✓2 So that the weights") && one.contains("(you said 3)"), "{one}");
    assert!(seen(ascii, 6, told).contains("*2 So that the weights"));
    assert!(seen(chinese, 6, told).contains("（你的答案：3）"));
    let several = seen(Model::clone, 7, "Enter 1 3 Enter n");
    for row in ["✓[x] 1", "✓[ ] 2", " [x] 3", "(you said 1, 3)"] {
        assert!(several.contains(row), "{row}\n{several}");
    }
    let wide = |model: &Model| sized(WIDE, &chinese(model));
    assert!(seen(wide, 7, "Enter 3 1 Enter n").contains("（你的答案：1、3）"));
    // What was found needs no second mention, and who has said nothing has said nothing.
    for keys in ["Enter 2 Enter", "n"] {
        assert!(!seen(Model::clone, 6, keys).contains("you said"));
    }
}

/// The picture: where each matrix, plot and text of it stands, and how much of the screen it takes.
fn picture(model: &Model) -> Vec<(u16, u16, usize, usize)> {
    let parts = view::build(model).parts.into_iter().filter_map(|part| match part {
        Part::Grid(grid) => {
            let columns = grid.rows.first().map_or(0, Vec::len);
            Some((grid.at.x, grid.at.y, columns * usize::from(grid.cell_width), grid.rows.len()))
        }
        Part::Plot(plot) => Some((plot.at.x, plot.at.y, plot.width.into(), plot.height.into())),
        Part::Text(..) => None,
    });
    parts.collect()
}

#[test]
fn neither_the_answer_nor_hints_to_a_plot_move_the_picture_of_any_question() {
    let asking = every_step().filter(|model| model.walk.as_ref().unwrap().current().question.is_some());
    let mut plots = 0;
    for asked in asking.flat_map(|model| [chinese(&model), model]) {
        let is_plot = asked.walk.as_ref().unwrap().current().plot.is_some();
        plots += usize::from(is_plot);
        let sizes: &[_] = if is_plot { &[WIDE, USUAL, SMALL] } else { &[WIDE, USUAL] };
        for size in sizes {
            let asked = sized(*size, &asked);
            let after = |hints, outcome, field| {
                let mut model = asked.clone();
                let walk = model.walk.as_mut().unwrap();
                let (typed, picked, verdict) = ("0.00".into(), vec![0], Some(Verdict::Wrong));
                let attempt = Attempt { typed, picked, hints, verdict, outcome, ..Attempt::NONE };
                walk.attempts.insert(walk.step, attempt);
                walk.field = field;
                picture(&model)
            };
            let first = picture(&asked);
            assert_eq!(after(3, Outcome::Told, Field::Closed), first, "{}", state(&asked));
            for hints in (0..=3).filter(|_| is_plot) {
                assert_eq!(after(hints, Outcome::Open, Field::Open), first, "{}", state(&asked));
            }
        }
    }
    assert!(plots > 1, "{plots}");
}

#[test]
fn a_printed_lesson_asks_first_and_answers_at_the_end() {
    assert_snapshot!("printed_en", export::text::walk(quiz(), &(1..=7)));
    assert_snapshot!("printed_zh", export::text::walk(chinese(&quiz()), &(1..=7)));
    let printed = export::text::walk(quiz(), &(1..=7));
    let (steps, answers) = printed.split_once("\nAnswers\n").unwrap();
    let (first, _) = steps.split_once("\n2/7").unwrap();
    assert!(!first.contains("4.00") && answers.contains("4.00"), "{printed}");
}

#[test]
fn what_is_asked_for_is_called_as_its_picture_is() {
    let model = alone(written(
        "title: Names\naxes: {d: 1}\ntext: a b\nmatrices:\n  - X: {given: {rows: main, cols: d, values: [[1], [2]]}}\n  \
         - W: {given: {rows: d, cols: d, values: [[1]]}}\n  - head: {attention: {of: X, W_Q: W, W_K: W}}\nsteps:\n  - show: \
         head.scores\n    question: {answer: {cell: \"max(head.pattern[1])\"}}\n",
    ));
    let seen = text(&screen(&model));
    assert!(seen.contains("What is max(pattern[1])?"), "{seen}");
}
