//! The keys while a lesson is being computed.

use qkv::app::keymap::Context;
use qkv::app::{Effect, Message, Opening, update};
use qkv::language::Language;

use crate::walk::dump::text;
use crate::walk::{after, alone, lessons, menu, press, screen, state};

fn opening() -> qkv::app::Model {
    let mut model = menu();
    model.opening = Some(Opening { entry: 1, percent: 0 });
    model
}

#[test]
fn esc_q_and_backspace_cancel_and_the_menu_is_as_it_was() {
    for key in ["Esc", "q", "Backspace"] {
        let mut model = opening();
        assert_eq!(model.context(), Context::Opening);
        assert_eq!(press(&mut model, key), [Effect::Cancel]);
        assert_eq!((model.opening, state(&model)), (None, state(&menu())));
    }
}

#[test]
fn a_lesson_alone_is_left_with_the_program() {
    let mut model = alone(lessons()[0].clone());
    model.walk = None;
    model.opening = Some(Opening { entry: 0, percent: 3 });
    assert_eq!(press(&mut model, "q"), [Effect::Quit]);
}

#[test]
fn other_keys_do_nothing_or_what_they_do_everywhere() {
    for key in ["Enter", "Right", "Space", "Tab", "?", "5", "i", "x"] {
        let mut model = opening();
        assert_eq!(press(&mut model, key), [Effect::None], "{key}");
        assert_eq!(model.opening, opening().opening);
        assert!(model.overlay.is_none() && model.walk.is_none());
    }
    assert_eq!(press(&mut opening(), "Ctrl+c"), [Effect::Quit]);
    assert_eq!(after("L", &opening()).language, Language::Chinese);
}

#[test]
fn the_screen_shows_how_far_it_is_and_behind_the_curtain_nothing() {
    let mut model = opening();
    assert!(text(&screen(&model)).contains("  0 %"));
    assert_eq!(update(&mut model, Message::Computed(42)), Effect::None);
    let shown = text(&screen(&model));
    let title = &model.catalog[1].title;
    assert!(shown.contains(" 42 %") && shown.contains(title.en.as_str()) && shown.contains("being computed"));
    assert!(text(&screen(&after("L", &model))).contains("正在计算这节课的各个数值"));
    let mut behind = after("b", &model);
    update(&mut behind, Message::Computed(50));
    assert!(!text(&screen(&behind)).contains('%'));
    for (width, height) in [(40, 12), (60, 16), (200, 60), (1, 1)] {
        model.size = qkv::app::Size { width, height };
        screen(&model);
    }
}

#[test]
fn a_lesson_that_is_there_takes_the_place_of_its_bar() {
    let mut model = opening();
    model.enter(1, lessons()[1].clone());
    assert_eq!(model.opening, None);
    assert!(model.walk.is_some());
    // Late news of a lesson that nobody waits for change nothing.
    assert_eq!(update(&mut model, Message::Computed(9)), Effect::None);
    assert_eq!(model.opening, None);
}
