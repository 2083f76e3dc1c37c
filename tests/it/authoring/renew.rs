//! A lesson that is saved while it is walked: the same step, the same cell.

use std::sync::Arc;

use qkv::app::{Broken, Model, Overlay, Size, Walk};
use qkv::diagnostic::{Paint, Source, render};
use qkv::environment::ColourDepth;
use qkv::graph::{Cell, Place};
use qkv::language::{Language, Localised};
use qkv::lesson::{Lesson, check};

use crate::walk::dump::{dump, text};
use crate::walk::{after, alone, screen, screen_in};

const LESSON: &str = "title: {en: Who is black?, zh: 谁是黑的？}
axes: {d_model: [animal, colour], d_k: [asks]}
text: black cat slept
vocabulary: {axis: d_model, tokens: {black: {colour: 2}, cat: {animal: 1}, slept: [0, 0], small: [0, 0]}}
matrices:
  - X: {embed: main}
  - W_Q: {given: {rows: d_model, cols: d_k, values: {animal: {asks: 2}}}}
  - W_K: {given: {rows: d_model, cols: d_k, values: {colour: {asks: 1}}}}
  - W_V: {identity: d_model}
  - head: {attention: {of: X, W_Q: W_Q, W_K: W_K, W_V: W_V}}
steps:
  - title: {en: Words, zh: 词}
    show: main
    say: {en: Three words., zh: 三个词。}
  - title: {en: Pattern, zh: 模式}
    show: head.pattern
    reveal: rows
    focus: [cat, black]
    say: {en: The *cat* looks at *black*., zh: \"*cat* 看着 *black*。\"}
";

fn lesson(text: &str) -> Arc<Lesson> {
    let checked = check(&Source::new("pets.yaml", text));
    Arc::new(checked.lesson.unwrap_or_else(|| panic!("{:?}", checked.findings)))
}

/// The lesson after some keys.
fn walked(keys: &str) -> Model {
    after(keys, &alone(lesson(LESSON)))
}

fn renewed(model: &Model, text: &str) -> Model {
    let mut model = model.clone();
    model.renew(lesson(text));
    model
}

fn walk(model: &Model) -> &Walk {
    model.walk.as_ref().unwrap()
}

/// Where the learner looks: the matrix, and the words on row and column.
fn looked_at(model: &Model) -> Option<(String, String, String)> {
    let walk = walk(model);
    let Place::Cell(Cell { node, row, column }) = walk.looking.as_ref()?.visit().place else { return None };
    let node = walk.lesson.trace.node(node);
    let (rows, columns) = (&node.shape.rows, &node.shape.columns);
    Some((node.name.clone(), rows.label(row).to_owned(), columns.label(column).to_owned()))
}

#[test]
fn a_changed_number_leaves_step_portion_cell_and_turn_as_they_are() {
    let before = walked("n n n Tab Enter t");
    let after = renewed(&before, &LESSON.replace("asks: 2", "asks: 5"));
    assert_eq!((walk(&after).step, walk(&after).uncovered), (1, 2));
    assert_eq!(looked_at(&after), looked_at(&before));
    assert!(looked_at(&after).is_some());
    assert_eq!(walk(&after).looking, walk(&before).looking, "as deep, with the same mark");
    assert_eq!(walk(&after).convention, walk(&before).convention);
    assert_ne!(screen(&after), screen(&before), "the number is another");
}

#[test]
fn a_cell_is_found_by_its_words_where_tokens_came_before_it() {
    let before = walked("n Tab");
    let after = renewed(&before, &LESSON.replace("text: black", "text: small black"));
    let own = |matrix: &str, row: &str, column: &str| Some((matrix.into(), row.into(), column.into()));
    assert_eq!(looked_at(&after), own("head.pattern", "cat", "black"));
}

#[test]
fn a_matrix_that_is_gone_is_no_longer_looked_at() {
    let before = walked("n Tab");
    let other = LESSON.replace("head", "own").replace("*cat* looks at", "*cat* sees");
    assert_eq!(looked_at(&renewed(&before, &other)), None);
}

#[test]
fn the_same_step_is_found_where_steps_came_or_went() {
    let more = LESSON.replace("steps:\n", "steps:\n  - {title: New, show: X, say: Numbers.}\n");
    let after = renewed(&walked("n"), &more);
    assert_eq!(walk(&after).current().title.en, "Pattern");
    let first = LESSON.find("  - title: {en: Pattern").unwrap();
    let fewer = renewed(&walked("n"), &LESSON[..first]);
    assert_eq!(walk(&fewer).step, 0);
    assert_eq!(walk(&renewed(&fewer, LESSON)).step, 0);
}

#[test]
fn what_speaks_of_the_earlier_version_is_closed_and_the_help_stays_open() {
    for (key, stays) in [("i", false), ("3", false), ("?", true), ("s", true)] {
        let after = renewed(&walked(key), LESSON);
        assert_eq!(after.overlay.is_some(), stays, "{key}");
    }
}

/// The lesson after some keys, saved with mistakes.
fn broken(keys: &str) -> Model {
    let text = LESSON.replace("focus: [cat, black]", "focus: [dog, black]").replace("W_K}", "W_L}");
    let source = Source::new("course/pets.yaml", &text.replace("W_K: W_K", "W_K: W_L"));
    let findings = check(&source).findings;
    let first = findings.first().expect("there are mistakes");
    let place = Some(source.line_column(first.span.start));
    let words = |language| render(&source, &findings, language, Paint::Plain);
    let report = Localised { en: words(Language::English), zh: words(Language::Chinese) };
    let mut model = walked(keys);
    model.broken = Some(Broken { entry: 0, file: "course/pets.yaml".into(), place, report, scroll: 0 });
    model
}

fn sized(width: u16, height: u16, model: &Model) -> Model {
    Model { size: Size { width, height }, ..model.clone() }
}

fn chinese(model: &Model) -> Model {
    Model { language: Language::Chinese, ..model.clone() }
}

#[test]
fn what_lies_over_a_broken_lesson_says_its_keys_and_the_report_is_seen_once() {
    for keys in ["n e", "n ?", "n Enter"] {
        for (width, height) in [(120, 36), (80, 24), (60, 16)] {
            let seen = text(&screen(&sized(width, height, &broken(keys))));
            let last = seen.lines().last().unwrap();
            assert!(last.contains("Esc"), "{keys} at {width}x{height}: {last}");
            assert!(!seen.contains("the last good version stays"), "{keys} at {width}x{height}: {seen}");
        }
    }
}

#[test]
fn a_broken_lesson_stands_beside_its_report() {
    let model = broken("n n n Tab");
    insta::assert_snapshot!("broken_80x24_en", dump(&screen(&sized(80, 24, &model))));
    insta::assert_snapshot!("broken_60x16_zh", dump(&screen(&sized(60, 16, &chinese(&model)))));
    insta::assert_snapshot!("broken_150x36_en", dump(&screen(&sized(150, 36, &model))));
    let mut plain = sized(120, 36, &model);
    plain.settings.glyphs = qkv::app::Glyphs::Ascii;
    insta::assert_snapshot!("broken_120x36_en_mono_ascii", dump(&screen_in(&plain, ColourDepth::Mono)));
}

#[test]
fn a_lesson_that_was_never_right_has_only_its_report() {
    let mut model = broken("");
    model.walk = None;
    insta::assert_snapshot!("waiting_80x24_en", dump(&screen(&model)));
    insta::assert_snapshot!("waiting_60x16_zh", dump(&screen(&sized(60, 16, &chinese(&model)))));
    // What does not fit is reached, and the place and the way out are always seen.
    for model in [model.clone(), chinese(&model)] {
        let whole = text(&screen(&sized(200, 60, &model)));
        for (width, height) in [(40, 12), (60, 16), (80, 24)] {
            let small = sized(width, height, &model);
            let seen: Vec<_> = (0..60)
                .map(|down| text(&screen(&after(&"Down ".repeat(down), &small))))
                .inspect(|seen| assert!(seen.contains("pets.yaml") && seen.contains("10")))
                .collect();
            for code in whole.split(['[', ']']).filter(|word| word.contains('-') && word.is_ascii()) {
                assert!(seen.iter().any(|seen| seen.contains(code)), "{code} at {width}×{height}");
            }
        }
    }
}

#[test]
fn advice_is_announced_and_read_where_mistakes_are() {
    let mut model = walked("n");
    model.advice = Some(Localised { en: "warning: say more".into(), zh: "警告：多说一些".into() });
    for (model, sign, title, words) in [
        (model.clone(), "e advice", "Advice on the file", "warning: say more"),
        (chinese(&model), "e 建议", "对文件的建议", "警告：多说一些"),
    ] {
        assert!(text(&screen(&model)).lines().next().is_some_and(|line| line.contains(sign)));
        let open = text(&screen(&after("e", &model)));
        assert!(open.contains(title) && open.contains(words), "{open}");
        assert!(text(&screen(&after("?", &sized(80, 60, &model)))).contains(&sign[2..]));
    }
    let mended = renewed(&after("e", &model), LESSON);
    assert!(mended.advice.is_none() && mended.overlay.is_none());
}

#[test]
fn the_place_is_told_at_every_size_and_the_lesson_stays() {
    for model in [broken("n n n"), chinese(&broken("n n n"))] {
        for (width, height) in [(40, 12), (60, 16), (80, 24), (120, 36), (145, 40), (146, 40), (200, 50)] {
            let seen = dump(&screen(&sized(width, height, &model)));
            assert!(seen.contains("pets.yaml"), "{width}×{height}\n{seen}");
            assert!(seen.contains("2/2") || seen.contains("black"), "{width}×{height}\n{seen}");
        }
    }
}

#[test]
fn the_whole_report_can_be_read_and_goes_away_when_all_is_well() {
    let open = after("e", &broken("n"));
    assert!(matches!(open.overlay, Some(Overlay::Report { .. })));
    let mended = renewed(&open, LESSON);
    assert!(mended.overlay.is_none() && mended.broken.is_none());
    assert_eq!(screen(&mended), screen(&walked("n")), "as if nothing had been");
    let well = after("e", &walked("n"));
    assert!(dump(&screen(&well)).contains("nothing: what you see"), "there is nothing to tell");
}
