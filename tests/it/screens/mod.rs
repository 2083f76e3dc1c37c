//! Screens: what is seen of a model at a size, with styles.

mod counting;
mod explained;
mod pictures;
mod plots;
mod properties;
mod question;
mod told;

use insta::assert_snapshot;
use qkv::app::{Answers, Glyphs, Model, Overlay, Progress, Size, ThemeName};
use qkv::diagnostic::{Paint, Source, render};
use qkv::environment::ColourDepth;
use qkv::language::{Language, Localised};
use qkv::lesson::check;

use crate::walk::dump::{dump, text};
use crate::walk::{SMALL, WIDE, after, alone, at, menu, screen, screen_in, written};

/// The model at another size.
fn sized(size: Size, model: &Model) -> Model {
    Model { size, ..model.clone() }
}

fn chinese(model: &Model) -> Model {
    Model { language: Language::Chinese, ..model.clone() }
}

fn themed(theme: ThemeName, model: &Model) -> Model {
    let mut model = model.clone();
    model.settings.theme = theme;
    model
}

fn ascii(model: &Model) -> Model {
    let mut model = model.clone();
    model.settings.glyphs = Glyphs::Ascii;
    model
}

/// Every look of a model: both languages, ways round and sets of signs.
fn looks(model: &Model) -> impl Iterator<Item = Model> {
    let languages = Language::ALL.into_iter().map(|language| Model { language, ..model.clone() });
    languages.flat_map(|model| [model.clone(), after("t", &model)]).flat_map(|model| [ascii(&model), model])
}

// The screens of the flagship lesson and what is special about the others.

#[test]
fn the_menu() {
    let mut started = menu();
    let fifth = started.catalog.iter_mut().find(|entry| entry.number == Some(5));
    fifth.expect("the flagship lesson is there").progress =
        Some(Progress { step: 12, steps: 18, answers: Answers::new() });
    assert_snapshot!("menu_80x24", dump(&screen(&started)));
    assert_snapshot!(
        "menu_60x16_zh_light",
        dump(&screen(&sized(SMALL, &themed(ThemeName::Light, &chinese(&started)))))
    );
}

#[test]
fn tokens_as_words_with_their_meaning() {
    assert_snapshot!("tokens_80x24_en", dump(&screen(&at(5, 1))));
    assert_snapshot!("tokens_120x36_zh", dump(&screen(&sized(WIDE, &chinese(&at(5, 1))))));
}

#[test]
fn a_product_between_its_operands() {
    assert_snapshot!("queries_120x36_en", dump(&screen(&sized(WIDE, &at(5, 5)))));
    assert_snapshot!("queries_120x36_zh_rows", dump(&screen(&sized(WIDE, &after("t", &chinese(&at(5, 5)))))));
    assert_snapshot!("queries_60x16_en", dump(&screen(&sized(SMALL, &at(5, 5)))));
}

#[test]
fn scores_with_a_cell_that_is_looked_at() {
    assert_snapshot!("scores_looking_120x36_en", dump(&screen(&sized(WIDE, &after("Tab Tab", &at(5, 7))))));
    assert_snapshot!("scores_looking_80x24_zh", dump(&screen(&chinese(&after("Tab", &at(5, 7))))));
    assert_snapshot!("scores_looking_60x16_en", dump(&screen(&sized(SMALL, &after("Tab", &at(5, 7))))));
}

#[test]
fn an_operand_that_was_gone_into() {
    assert_snapshot!("inside_80x24_en", dump(&screen(&after("Tab Enter Enter", &at(5, 7)))));
}

#[test]
fn masked_scores() {
    assert_snapshot!("masked_80x24_en", dump(&screen(&at(5, 11))));
    assert_snapshot!(
        "masked_60x16_zh_high_contrast",
        dump(&screen(&sized(SMALL, &themed(ThemeName::HighContrast, &chinese(&at(5, 11))))))
    );
    assert_snapshot!(
        "masked_looking_80x24_en_mono_ascii",
        dump(&screen_in(&ascii(&after("Tab", &at(5, 11))), ColourDepth::Mono))
    );
}

#[test]
fn softmax_half_uncovered() {
    let half = after("n n n n", &at(5, 12));
    assert_snapshot!("softmax_half_80x24_en", dump(&screen(&half)));
    assert_snapshot!(
        "softmax_half_120x36_zh_light",
        dump(&screen(&sized(WIDE, &themed(ThemeName::Light, &chinese(&half)))))
    );
    assert_snapshot!("softmax_half_80x24_en_sixteen", dump(&screen_in(&half, ColourDepth::Sixteen)));
}

#[test]
fn softmax_explained_as_it_is_computed() {
    assert_snapshot!("softmax_looking_120x36_en", dump(&screen(&sized(WIDE, &after("Tab", &at(5, 12))))));
    assert_snapshot!("softmax_sum_80x24_en", dump(&screen(&after("Tab BackTab Enter", &at(5, 12)))));
}

#[test]
fn a_weighted_sum() {
    assert_snapshot!("weighted_sum_120x36_en", dump(&screen(&sized(WIDE, &at(5, 16)))));
    assert_snapshot!("weighted_sum_80x24_zh", dump(&screen(&chinese(&at(5, 16)))));
}

#[test]
fn arrows_between_points() {
    assert_snapshot!("plot_80x24_en", dump(&screen(&at(3, 13))));
    assert_snapshot!("plot_60x16_zh_ascii", dump(&screen(&sized(SMALL, &ascii(&chinese(&at(3, 13)))))));
}

#[test]
fn several_matrices_side_by_side_and_stacked() {
    assert_snapshot!("three_heads_120x36_en", dump(&screen(&sized(WIDE, &at(12, 3)))));
    assert_snapshot!("concat_80x24_en", dump(&screen(&at(12, 5))));
    assert_snapshot!("three_outputs_60x16_en", dump(&screen(&sized(SMALL, &at(12, 4)))));
}

#[test]
fn what_lies_over_the_screen() {
    assert_snapshot!("index_80x24_zh", dump(&screen(&after("i", &chinese(&at(5, 7))))));
    assert_snapshot!("help_80x24_en", dump(&screen(&after("?", &at(5, 7)))));
    assert_snapshot!(
        "help_looking_60x16_zh",
        dump(&screen(&sized(SMALL, &after("Tab ?", &chinese(&at(5, 7))))))
    );
    assert_snapshot!("actions_80x24_zh", dump(&screen(&after("Enter Down", &chinese(&at(5, 7))))));
    assert_snapshot!("code_80x24_en", dump(&screen(&after("s", &at(5, 12)))));
    assert_snapshot!("jump_60x16_en", dump(&screen(&sized(SMALL, &after("1 2", &at(5, 7))))));
}

#[test]
fn the_report_of_a_broken_file() {
    let source = Source::new(
        "broken.yaml",
        "title: {en: A, zh: 甲}\ntext: a b\nstesp: []\nmatrices:\n  - X: {embed: mian}\n",
    );
    let report = |language| {
        format!("broken.yaml\n\n{}", render(&source, &check(&source).findings, language, Paint::Plain))
    };
    let both = Localised { en: report(Language::English), zh: report(Language::Chinese) };
    let model = Model { overlay: Some(Overlay::Report { text: both, scroll: 0 }), ..menu() };
    assert_snapshot!("report_80x24_en", dump(&screen(&model)));
    assert!(text(&screen(&chinese(&model))).contains("错误["), "the report turns with all else");
}

#[test]
fn notes_for_the_teacher() {
    assert_snapshot!("notes_80x24_en", dump(&screen(&after("N", &at(5, 7)))));
}

#[test]
fn a_window_on_a_large_matrix() {
    let model = alone(written(
        "{title: Large, axes: {d_model: 200, d_k: 150}, matrices: [W: {random: {rows: d_model, cols: d_k, seed: 1}}], steps: [{show: W, focus: [120, 75], say: Large.}]}",
    ));
    assert_snapshot!("window_80x24_en", dump(&screen(&after("Tab", &model))));
}

#[test]
fn a_screen_that_is_too_small_says_what_it_needs() {
    let too_small = screen(&sized(Size { width: 39, height: 12 }, &at(5, 7)));
    assert!(text(&too_small).starts_with("qkv needs 40×12\nthis is 39×12\n"));
    let too_small = screen(&sized(Size { width: 40, height: 11 }, &chinese(&after("?", &at(5, 7)))));
    assert!(text(&too_small).starts_with("qkv 需要 40×12\n现在 40×11\n"));
}

#[test]
fn behind_the_curtain_nothing_is_seen() {
    assert_eq!(text(&screen(&after("b", &at(5, 7)))).trim(), "");
}
