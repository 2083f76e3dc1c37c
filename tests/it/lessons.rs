//! The shipped lessons: clean, in both languages, short enough to be read aloud, and true.
#![allow(clippy::float_cmp, reason = "equal means equal here")]

use std::collections::BTreeSet;
use std::path::Path;

use qkv::app::Glyphs;
use qkv::diagnostic::Source;
use qkv::graph::{Convention, Op};
use qkv::language::Language;
use qkv::lesson::expression::Value;
use qkv::lesson::{Honesty, LESSONS, Lesson, Piece, Point, Prose, Shown, check};
use qkv::math::Matrix;
use qkv::view::number::written;
use qkv::view::text::cells;
use qkv::yaml::{self, Tree, Value as Written};

use crate::graph::proof::prove;

/// The most cells of the screen that a step may speak in one language.
const MOST_CELLS: usize = 200;

fn lesson(number: &str) -> Lesson {
    let builtin = LESSONS.iter().find(|builtin| builtin.number() == number).expect(number);
    check(&builtin.source()).lesson.expect(number)
}

fn value(lesson: &Lesson, name: &str) -> Matrix {
    lesson.trace.value(lesson.trace.graph().find(name).expect(name)).as_ref().clone()
}

/// A cell by the names of its row and column.
fn cell(lesson: &Lesson, name: &str, row: &str, column: &str) -> f64 {
    let shape = &lesson.trace.node(lesson.trace.graph().find(name).expect(name)).shape;
    value(lesson, name)[(shape.rows.find(row).expect(row), shape.columns.find(column).expect(column))]
}

fn assert_near(actual: f64, expected: f64, within: f64, what: &str) {
    assert!((actual - expected).abs() <= within, "{what} is {actual} and not {expected} ± {within}");
}

/// What was published under this id.
fn published(id: &str) -> serde_json::Value {
    let all: serde_json::Value = serde_json::from_str(include_str!("../reference/published.json")).unwrap();
    all.as_array().unwrap().iter().find(|entry| entry["id"] == id).expect(id).clone()
}

/// The name of the key that a query looks at most.
fn most(lesson: &Lesson, pattern: &str, query: &str) -> String {
    let shape = &lesson.trace.node(lesson.trace.graph().find(pattern).expect(pattern)).shape;
    let row = value(lesson, pattern).row(shape.rows.find(query).expect(query)).transpose();
    shape.columns.labels()[row.imax()].clone()
}

fn assert_rows_sum_to_1(lesson: &Lesson, name: &str) {
    for row in value(lesson, name).row_iter() {
        assert_near(row.sum(), 1.0, 1e-12, name);
    }
}

#[test]
fn every_lesson_file_is_shipped_and_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let files: BTreeSet<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let shipped: Vec<_> = LESSONS.iter().map(|builtin| format!("{}.yaml", builtin.id)).collect();
    assert!(shipped.is_sorted(), "in the order of the course");
    assert_eq!(shipped, files.into_iter().collect::<Vec<_>>(), "each file is shipped, once");
    for builtin in LESSONS {
        let text = std::fs::read_to_string(folder.join(format!("{}.yaml", builtin.id))).unwrap();
        assert_eq!(builtin.source(), Source::new(format!("lessons/{}.yaml", builtin.id), &text));
        assert_eq!(check(&builtin.source()).findings, [], "{}", builtin.id);
    }
}

#[test]
fn every_number_of_every_lesson_explains_itself() {
    for builtin in LESSONS {
        prove(&lesson(builtin.number()).trace).unwrap_or_else(|why| panic!("{}: {why}", builtin.id));
    }
}

#[test]
fn every_share_is_a_share_of_1() {
    for builtin in LESSONS {
        let lesson = lesson(builtin.number());
        let mut patterns = 0;
        for (id, node) in lesson.trace.graph().nodes() {
            let Op::Softmax(softmax) = &node.op else { continue };
            let (scores, shares) = (lesson.trace.value(softmax.of), lesson.trace.value(id));
            for (scores, shares) in scores.row_iter().zip(shares.row_iter()) {
                // Whoever sees nobody shares nothing.
                if scores.iter().any(|score| *score > f64::NEG_INFINITY) {
                    assert_near(shares.sum(), 1.0, 1e-12, &node.name);
                }
            }
            patterns += 1;
        }
        assert!(patterns > 0, "{} has no pattern", builtin.id);
    }
}

#[test]
fn titles_words_and_notes_are_written_in_both_languages() {
    for builtin in LESSONS {
        let tree = yaml::parse(&builtin.source()).0.expect(builtin.id);
        let mut spoken = 0;
        visit(&tree, &mut |key, value| {
            if ["title", "say", "note", "source", "label"].contains(&key) {
                for language in Language::ALL {
                    let text = value.get(language.code()).and_then(Tree::as_text);
                    assert!(
                        text.is_some_and(|text| !text.trim().is_empty()),
                        "{}: {key} at {:?}",
                        builtin.id,
                        value.span
                    );
                }
                spoken += 1;
            }
        });
        let steps = tree.get("steps").and_then(Tree::as_list).expect("steps are written");
        for step in steps {
            for key in ["title", "say", "note"] {
                assert!(step.get(key).is_some(), "{}: a step has no {key}, {:?}", builtin.id, step.span);
            }
        }
        assert!(spoken > 3 * steps.len(), "{}: the title and all steps were looked at", builtin.id);
    }
}

/// Calls `see` with every key and value of a tree.
fn visit<'a>(tree: &'a Tree, see: &mut impl FnMut(&'a str, &'a Tree)) {
    match &tree.value {
        Written::Scalar(_) => {}
        Written::List(items) => items.iter().for_each(|item| visit(item, see)),
        Written::Map(entries) => {
            for (key, value) in entries {
                see(&key.text, value);
                visit(value, see);
            }
        }
    }
}

#[test]
fn a_step_says_no_more_than_can_be_heard_at_once() {
    let mut long = Vec::new();
    for builtin in LESSONS {
        let lesson = lesson(builtin.number());
        for (index, step) in lesson.steps.iter().enumerate() {
            for language in Language::ALL {
                let said = spoken(&lesson, step.say.get(language));
                let width = cells(&said);
                if !(1..=MOST_CELLS).contains(&width) {
                    let place = format!("{} step {} ({})", builtin.id, index + 1, language.code());
                    long.push(format!("{place} has {width} cells: {said}"));
                }
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// A prose with its numbers, as on the screen.
fn spoken(lesson: &Lesson, prose: &Prose) -> String {
    let mut text = String::new();
    for piece in prose.paragraphs.iter().flatten() {
        match piece {
            Piece::Words(words) | Piece::Emphasis(words) => text.push_str(words),
            Piece::Number { value, format } => match value.evaluate(&lesson.trace) {
                Value::Label(label) => text.push_str(&label),
                Value::Number(number) => {
                    assert!(!number.is_nan(), "a number in the words is none: {text}");
                    text.push_str(&written(number, *format, 2, Glyphs::Unicode));
                }
            },
        }
    }
    text
}

#[test]
fn the_soft_look_up_is_that_of_the_tutorial_and_equal_keys_give_plain_averages() {
    let lesson = lesson("01");
    let published = published("tensorflow-tutorial");
    for (name, key) in [("K", "k"), ("V", "v")] {
        assert_eq!(value(&lesson, name), crate::reference::matrix(&published[key]), "{name}");
    }
    for (row, case) in published["cases"].as_array().unwrap().iter().enumerate() {
        for (name, key) in [("Q", "q"), ("find.pattern", "w"), ("find.Z", "out")] {
            let printed = crate::reference::matrix(&serde_json::json!([case[key]]));
            // The tutorial prints two decimals.
            assert_near((value(&lesson, name).row(row) - printed.row(0)).abs().max(), 0.0, 1e-9, name);
        }
    }
    // Closely, closely, skimmed, hardly opened.
    let shares = value(&lesson, "read.pattern");
    assert!(shares[0] == shares[1] && shares[1] > 5.0 * shares[2] && shares[2] > shares[3], "{shares}");
    for (row, first) in [2.0, 10.0].into_iter().enumerate() {
        for column in 0..4 {
            assert_near(
                value(&lesson, "plain.Z")[(row, column)],
                first + column as f64,
                1e-12,
                "the average",
            );
        }
    }
}

#[test]
fn a_look_up_is_a_product_and_words_in_the_same_company_come_together() {
    let lesson = lesson("02");
    let (x, again) = (value(&lesson, "X"), value(&lesson, "again"));
    assert_eq!(x, again, "a look-up and a product with one-hot vectors");
    assert_eq!(x.row(1), x.row(4), "the same word, the same row");
    let apart = value(&lesson, "apart");
    for (row, column) in (0..8).flat_map(|row| (0..8).map(move |column| (row, column))) {
        let expected = if row == column { 0.0 } else { 2_f64.sqrt() };
        assert_near(apart[(row, column)], expected, 1e-12, "one-hot vectors");
    }
    let losses = value(&lesson, "losses");
    let losses: Vec<_> = losses.iter().collect();
    assert!(losses.is_sorted_by(|before, after| before > after), "{losses:?} falls");
    for (one, other) in [("cat", "dog"), ("eats", "drinks"), ("fish", "meat"), ("milk", "water")] {
        assert!(cell(&lesson, "learnt", one, other) > 0.9, "{one} and {other}");
    }
    assert!(cell(&lesson, "learnt", "cat", "eats") < 0.0, "an animal is no deed");
}

#[test]
fn three_vectors_has_the_published_numbers_and_says_how_they_differ_from_the_exact_ones() {
    let lesson = lesson("07");
    assert_eq!(lesson.convention, Convention::Rows);
    let published = published("raimi-karim");
    for (name, key, within) in [
        ("X", "x", 0.0),
        ("W_Q", "w_query", 0.0),
        ("W_K", "w_key", 0.0),
        ("W_V", "w_value", 0.0),
        ("head.Q", "q", 0.0),
        ("head.K", "k", 0.0),
        ("head.V", "v", 0.0),
        ("head.scores", "scores", 0.0),
        ("head.pattern", "softmax", 0.000_005),
        ("published", "output_published_from_rounded_weights", 1e-12),
        ("head.Z", "output_exact", 0.000_05),
    ] {
        let printed = crate::reference::matrix(&published[key]);
        assert_near((value(&lesson, name) - printed).abs().max(), 0.0, within, name);
    }
    let apart = value(&lesson, "published") - value(&lesson, "head.Z");
    assert_near((value(&lesson, "difference") - apart).abs().max(), 0.0, 1e-12, "the difference");
    // Known from the curriculum: the same head with the division by √3, four decimals.
    let divided = [[1.8639, 6.3194, 1.7042], [1.9991, 7.8141, 0.2735], [1.9926, 7.4796, 0.7359]].concat();
    let divided = Matrix::from_row_slice(3, 3, &divided);
    assert_near((value(&lesson, "divided.Z") - divided).abs().max(), 0.0, 0.000_05, "divided by √3");
}

#[test]
fn every_mask_lies_over_the_same_scores_and_a_row_that_sees_nothing_has_three_ways_out() {
    let lesson = lesson("09");
    let published = published("illustrated-gpt2-mask");
    let scores = crate::reference::matrix(&published["scores"]);
    assert_eq!(value(&lesson, "scores"), scores);
    let printed = crate::reference::matrix(&published["softmax_printed"]);
    assert_near((value(&lesson, "figure.pattern") - &printed).abs().max(), 0.0, 0.005, "divided by 4");
    assert!((value(&lesson, "novel") - &printed).abs().max() > 0.05, "undivided it is another table");
    // Zeros afterwards and a second division are −∞ before.
    for (struck, share) in value(&lesson, "struck").row_iter().zip(value(&lesson, "novel").row_iter()) {
        assert_near((struck / struck.sum() - share).abs().max(), 0.0, 1e-12, "struck out and divided");
    }
    for (name, may_see) in [
        ("causal", (|query, key| key <= query) as fn(usize, usize) -> bool),
        ("backward", |query, key| key >= query),
        ("window", |query, key| key <= query && query < key + 2),
        ("prefix", |query, key| key < 2 || key <= query),
        ("mixed", |query, key| key > query),
    ] {
        let masked = value(&lesson, name);
        for query in 0..4 {
            for key in 0..4 {
                let score = if may_see(query, key) { scores[(query, key)] } else { f64::NEG_INFINITY };
                assert!(masked[(query, key)] == score, "{name}, {query} and {key}");
            }
        }
    }
    assert!(value(&lesson, "none").row(0).iter().all(|share| share.is_nan()), "0 ÷ 0");
    assert!(value(&lesson, "even").row(0).iter().all(|share| *share == 0.25), "−1e9 four times");
    assert!(value(&lesson, "zeros").row(0).iter().all(|share| *share == 0.0), "nothing");
    for name in ["none", "even"] {
        assert_eq!(value(&lesson, name).rows(1, 3), value(&lesson, "zeros").rows(1, 3), "the other rows");
    }
    assert_eq!(value(&lesson, "allowed"), value(&lesson, "blocked").map(|one| 1.0 - one), "opposite");
}

#[test]
fn it_is_bound_to_the_animal_by_one_head_and_to_tired_by_the_other() {
    let lesson = lesson("11");
    let tokens = lesson.texts[0].tokens.labels();
    assert_eq!(tokens.join(" "), "The animal didn't cross the street because it was too tired");
    for (head, bound) in [("mh.who.pattern", "animal"), ("mh.how.pattern", "tired")] {
        assert_eq!(most(&lesson, head, "it"), bound);
        assert!(cell(&lesson, head, "it", bound) > 0.5, "{head}");
        assert!(cell(&lesson, "one.pattern", "it", bound) < 0.5, "one head cannot do both");
    }
    for feature in ["animal", "tired"] {
        assert_near(cell(&lesson, "E", "it", feature), 0.0, 0.0, "before");
        assert!(cell(&lesson, "out", "it", feature) > 0.5, "{feature} after");
    }
}

#[test]
fn mole_lands_on_each_of_its_three_meanings() {
    let lesson = lesson("03");
    let sentences = [
        ("nature", "American shrew mole", [1.0, -2.5, 0.0], [-1.0, -1.5, 1.5]),
        ("lab", "One mole of carbon dioxide", [-2.0, -0.5, -0.5], [-4.0, 0.5, 1.0]),
        ("clinic", "Take a biopsy of the mole", [1.5, 0.0, 1.0], [-0.5, 1.0, 2.5]),
    ];
    assert_eq!(lesson.texts.len(), 3);
    for (text, (name, sentence, change, meaning)) in lesson.texts.iter().zip(sentences) {
        assert_eq!((text.name.as_str(), text.tokens.labels().join(" ").as_str()), (name, sentence));
        for (axis, (generic, (change, meaning))) in
            ["x", "y", "z"].iter().zip([-2.0, 1.0, 1.5].into_iter().zip(change.into_iter().zip(meaning)))
        {
            let at = |matrix: &str| cell(&lesson, &format!("{matrix}@{name}"), "mole", axis);
            assert_near(at("X"), generic, 1e-12, "the generic mole");
            assert_near(at("head.Z"), change, 1e-6, "ΔE");
            assert_near(at("out"), meaning, 1e-6, "the meaning");
        }
        assert_rows_sum_to_1(&lesson, &format!("head.pattern@{name}"));
        let pattern = value(&lesson, &format!("head.pattern@{name}"));
        assert!(
            pattern.iter().all(|share| *share > 0.0),
            "the context stands on both sides, so nothing is masked"
        );
    }
    let side_by_side =
        |shown: &Vec<Shown>| shown.iter().filter(|shown| matches!(shown, Shown::Text(_))).count() == 3;
    assert!(
        lesson.steps.iter().any(|step| side_by_side(&step.show)),
        "the three sentences stand side by side"
    );
    let plot = lesson.steps.iter().filter_map(|step| step.plot.as_ref()).find(|plot| plot.arrows.len() == 3);
    let plot = plot.expect("three arrows are drawn");
    let at = |point: Point| point.columns.map(|column| lesson.trace.value(point.node)[(point.row, column)]);
    let starts: Vec<_> = plot.arrows.iter().map(|arrow| at(arrow.from)).collect();
    assert!(starts.iter().all(|start| *start == starts[0]), "from one point: {starts:?}");
    let ends: Vec<_> = plot.arrows.iter().map(|arrow| at(arrow.to)).collect();
    assert!(ends[0] != ends[1] && ends[1] != ends[2] && ends[0] != ends[2], "to three: {ends:?}");
}

#[test]
fn tower_moves_twice_and_the_last_vector_gathers_the_story() {
    // The three vectors were published by 3Blue1Brown; the suspects follow from 9 parts for each clue that fits.
    let lesson = lesson("04");
    let published = [("X", [4.0, -1.0, 3.0]), ("X1", [5.0, -2.0, 1.5]), ("X2", [-3.0, -1.0, 2.5])];
    for (matrix, point) in published {
        for (axis, number) in ["x", "y", "z"].into_iter().zip(point) {
            assert_near(cell(&lesson, &format!("{matrix}@sight"), "tower", axis), number, 1e-9, matrix);
        }
    }
    assert_eq!(most(&lesson, "layer1.pattern@sight", "tower"), "Eiffel");
    assert_eq!(most(&lesson, "layer2.pattern@sight", "tower"), "miniature");
    assert_eq!(most(&lesson, "layer1.pattern@story", "was"), "Flour");
    assert_eq!(most(&lesson, "layer2.pattern@story", "was"), "midnight");
    let guesses = [
        ("guess0", [0.25, 0.25, 0.25, 0.25]),
        ("guess1", [9.0 / 20.0, 9.0 / 20.0, 1.0 / 20.0, 1.0 / 20.0]),
        ("guess2", [9.0 / 100.0, 81.0 / 100.0, 9.0 / 100.0, 1.0 / 100.0]),
    ];
    for (guess, shares) in guesses {
        for (suspect, share) in ["cook", "baker", "guard", "butler"].into_iter().zip(shares) {
            assert_near(cell(&lesson, guess, "was", suspect), share, 1e-12, suspect);
        }
    }
}

#[test]
fn creature_attends_to_its_two_adjectives_and_the_forest_to_its_own() {
    let lesson = lesson("05");
    assert_eq!(lesson.convention, Convention::Columns);
    let tokens = lesson.texts[0].tokens.labels();
    assert_eq!(tokens.join(" "), "a fluffy blue creature roamed the verdant forest");
    let share = |query: &str, key: &str| cell(&lesson, "head.pattern", query, key);
    assert_near(share("creature", "fluffy"), 0.42, 0.005, "fluffy");
    assert_near(share("creature", "blue"), 0.58, 0.005, "blue");
    for other in tokens.iter().filter(|token| !["fluffy", "blue"].contains(&token.as_str())) {
        assert!(share("creature", other) < 0.01, "{other} gets {}", share("creature", other));
    }
    let gap =
        cell(&lesson, "head.scaled", "creature", "blue") - cell(&lesson, "head.scaled", "creature", "fluffy");
    assert_near(gap, 0.3228, 0.000_05, "the gap of the scaled scores");
    assert!(share("forest", "verdant") > 0.9);
    assert_near(share("a", "a"), 1.0, 0.0, "the first column");
    assert_rows_sum_to_1(&lesson, "head.pattern");
    for (row, token) in tokens.iter().enumerate() {
        for later in &tokens[row + 1..] {
            assert!(
                cell(&lesson, "head.masked", token, later) == f64::NEG_INFINITY,
                "{later} is masked for {token}"
            );
            assert_near(share(token, later), 0.0, 0.0, "a later token");
        }
    }
    let sum = value(&lesson, "X") + value(&lesson, "head.Z");
    assert_near((value(&lesson, "out") - sum).abs().max(), 0.0, 1e-12, "E + ΔE");
}

#[test]
fn thinking_machines_has_the_published_scores_and_shares() {
    let lesson = lesson("06");
    assert_eq!(lesson.convention, Convention::Rows);
    for head in ["first", "head"] {
        let at = |matrix: &str, key: &str| cell(&lesson, &format!("{head}.{matrix}"), "Thinking", key);
        for (key, score, scaled, share) in [("Thinking", 112.0, 14.0, 0.88), ("Machines", 96.0, 12.0, 0.12)] {
            assert_near(at("scores", key), score, 0.0, "the score");
            assert_near(at("scaled", key), scaled, 0.0, "the scaled score");
            assert_near(at("pattern", key), share, 0.005, "the share");
        }
        let values = value(&lesson, &format!("{head}.V"));
        let mixed = values.row(0) * at("pattern", "Thinking") + values.row(1) * at("pattern", "Machines");
        let z = value(&lesson, &format!("{head}.Z"));
        assert_near((z.row(0) - mixed).abs().max(), 0.0, 1e-9, "z₁ = .88 v₁ + .12 v₂");
        assert_rows_sum_to_1(&lesson, &format!("{head}.pattern"));
    }
    let unscaled = |key: &str| cell(&lesson, "unscaled.pattern", "Thinking", key);
    assert_near(unscaled("Thinking"), 1.0, 1e-6, "without the division");
    assert_near(unscaled("Machines"), 1.1e-7, 0.05e-7, "without the division");
}

#[test]
fn many_heads_is_the_published_example_and_equal_tokens_get_equal_outputs() {
    let lesson = lesson("12");
    let published = published("aibyhand-multihead");
    // Published with tokens as columns, six significant digits.
    let table = |key: &str| crate::reference::matrix(&published[key]).transpose();
    assert_near((value(&lesson, "X") - table("x")).abs().max(), 0.0, 0.0, "X");
    assert_near((value(&lesson, "W_O") - table("w_out")).abs().max(), 0.0, 0.0, "W_O");
    assert_near((value(&lesson, "mh.output") - table("output")).abs().max(), 0.0, 0.000_05, "the output");
    for name in ["X", "mh.concat", "mh.output"] {
        assert_eq!(value(&lesson, name).row(0), value(&lesson, name).row(3), "{name}");
    }
    let d_v = value(&lesson, "mh.1.Z").ncols();
    for head in 0..3 {
        let z = value(&lesson, &format!("mh.{}.Z", head + 1));
        assert_eq!(
            value(&lesson, "mh.concat").columns(head * d_v, d_v),
            z.columns(0, d_v),
            "head {head} in the concat"
        );
        assert_rows_sum_to_1(&lesson, &format!("mh.{}.pattern", head + 1));
    }
    assert_eq!(value(&lesson, "mh.output").ncols(), value(&lesson, "X").ncols(), "back to d_model");
}

#[test]
fn positions_are_those_of_the_paper_and_part_the_twins_of_lesson_12() {
    let lesson = lesson("13");
    // Printed with four decimals: places 1 and 2.
    let printed = [[0.8415, 0.5403, 0.0100, 1.0000], [0.9093, -0.4161, 0.0200, 0.9998]].concat();
    let places = value(&lesson, "PE").rows(1, 2).into_owned();
    assert_near((places - Matrix::from_row_slice(2, 4, &printed)).abs().max(), 0.0, 0.000_05, "the places");
    assert_eq!(value(&lesson, "tokens"), value(&self::lesson("12"), "X"), "the tokens of lesson 12");
    let before = value(&lesson, "before.Z");
    assert_near((&before - value(&self::lesson("12"), "mh.1.Z")).abs().max(), 0.0, 1e-12, "and its head");
    assert_eq!(before.row(0), before.row(3), "twins");
    let after = value(&lesson, "after.Z");
    assert!((after.row(0) - after.row(3)).norm() > 0.1, "no longer");
    // Turned by their places, equal contents meet in a score that depends on their distance only.
    let scores = value(&lesson, "rope.scores");
    for (one, other) in [(0, 1), (1, 0), (0, 0), (1, 1)] {
        assert_near(scores[(one, other)], scores[(one + 4, other + 4)], 1e-12, "four places further");
    }
}

#[test]
fn gpt_3_is_counted_as_published_from_its_sizes() {
    let lesson = lesson("14");
    let published = published("3b1b-gpt3-counts");
    let all = |row, column| cell(&lesson, "gpt3", row, column);
    let attention = |row, column| cell(&lesson, "attention", row, column);
    for (key, counted) in [
        ("per_matrix", attention("value", "each")),
        ("per_head", 4.0 * attention("value", "each")),
        ("per_block", attention("total", "layer")),
        ("all_attention", attention("total", "numbers")),
        ("embedding", all("embedding", "numbers")),
        ("mlp_matrix", all("up", "each")),
        ("all_mlp", all("up", "numbers") + all("down", "numbers")),
        ("total", all("total", "numbers")),
        ("matrices", all("total", "matrices")),
        ("square_value", cell(&lesson, "straight", "value", "1")),
    ] {
        assert_eq!(Some(counted), published[key].as_f64(), "{key}");
    }
    // The model of the lesson has just the matrices that the lesson shows.
    let weights: usize = ["W_Q", "W_K", "W_down", "W_Q", "W_K", "W_down2", "W_O", "vocabulary", "vocabulary"]
        .iter()
        .map(|name| value(&lesson, name).len())
        .sum();
    assert_eq!(cell(&lesson, "own", "total", "numbers"), weights as f64);
}

#[test]
fn one_text_looks_at_another_as_published_and_in_chinese() {
    let lesson = lesson("15");
    let published = published("3b1b-cross-attention");
    for (name, key, within) in
        [("scores", "scores_query_by_key", 0.0), ("pet.pattern", "softmax_per_query", 5e-10)]
    {
        let printed = crate::reference::matrix(&published[key]);
        assert_near((value(&lesson, name) - printed).abs().max(), 0.0, within, name);
        let shape = &lesson.trace.node(lesson.trace.graph().find(name).unwrap()).shape;
        assert_eq!(serde_json::json!(shape.rows.labels()), published["queries"]);
        assert_eq!(serde_json::json!(shape.columns.labels()), published["keys"]);
    }
    for (english, chinese) in [("I", "我"), ("a", "一"), ("book", "书"), ("yesterday", "昨天")] {
        assert_eq!(most(&lesson, "head.pattern", english), chinese);
        assert_eq!(most(&lesson, "back.pattern", chinese), english);
    }
    for half in ["买", "了"] {
        assert!(cell(&lesson, "head.pattern", "bought", half) > 0.45, "bought is two words");
    }
    assert_eq!(value(&lesson, "head.pattern").shape(), (5, 7), "not square");
    let masked = lesson.trace.graph().nodes().any(|(_, node)| matches!(node.op, Op::Mask(_)));
    assert!(!masked, "the other text is known as a whole");
}

#[test]
fn one_word_is_written_after_the_other_and_chance_is_tamed() {
    let lesson = lesson("18");
    let written = |name: &str| {
        let text = lesson.texts.iter().find(|text| text.name == name).expect(name);
        text.tokens.labels().join(" ")
    };
    assert_eq!(written("story"), "the cat sat on the mat <end>");
    assert_eq!(written("tale"), "the dog sat on the sofa <end>");
    assert_eq!(written("wild"), "the dog the dog sat on the sofa <end>");
    // The first word alone, and the same word once the text has spoken of a place.
    assert_eq!(most(&lesson, "gpt", "the"), "cat");
    assert_eq!(most(&lesson, "story.5.choice", "on"), "the");
    assert_eq!(most(&lesson, "story.6.choice", "mat"), "<end>");
    let first = |name: &str, word: &str| cell(&lesson, name, "the", word);
    for wrong in ["the", "sat", "on", "<end>"] {
        assert!(first("cold", wrong) < first("even", wrong) && first("even", wrong) < first("hot", wrong));
        assert_eq!(first("two", wrong), 0.0, "{wrong} is not among the best two");
    }
    assert_near(value(&lesson, "counted").sum(), 8.0, 0.0, "eight draws");
    // What the mask keeps from changing.
    for round in 2..=6 {
        let [before, now] = [round - 1, round].map(|round| match round {
            1 => value(&lesson, "first.K"),
            _ => value(&lesson, &format!("story.{round}.first.K")),
        });
        assert_eq!(now.rows(0, round - 1), before.rows(0, round - 1), "round {round}");
    }
}

#[test]
fn the_block_computes_the_published_network_and_one_that_needs_its_bend() {
    let lesson = lesson("16");
    let published = published("aibyhand-feed-forward");
    for (name, key) in [
        ("X", "x"),
        ("A", "attention"),
        ("XA", "x_attention"),
        ("ff.linear_1", "hidden"),
        ("ff.output", "output"),
        ("out", "output_relu"),
    ] {
        // Tokens are columns in the source.
        assert_eq!(value(&lesson, name).transpose(), crate::reference::matrix(&published[key]), "{name}");
    }
    assert_eq!(value(&lesson, "bent.output").as_slice(), [0.0, 0.0, 0.0, 1.0], "fluffy and blue");
    assert_eq!(value(&lesson, "straight").as_slice(), [0.0, 0.0, 1.0, 1.0], "no more than blue");
    for creature in ["creature", "roamed"] {
        assert!(cell(&lesson, "plain.2.residual_1", creature, "monster") > 0.49, "{creature}");
    }
    assert_eq!(
        cell(&lesson, "plain.1.residual_1", "roamed", "monster"),
        0.0,
        "one block does not reach so far"
    );
}

#[test]
fn every_step_is_labelled_honestly() {
    // Only what the source printed is published; the numbers of these lessons are made up around it.
    for builtin in LESSONS {
        let lesson = lesson(builtin.number());
        assert!(lesson.source.is_some(), "{} names its source", builtin.id);
        assert!(lesson.steps.iter().all(|step| step.honesty != Honesty::Real), "{}", builtin.id);
    }
}
