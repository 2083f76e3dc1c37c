//! Keys that mean the same wherever they are pressed, and those of the menu and of texts.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use qkv::app::{Effect, Model, Mouse};
use qkv::lesson::LESSONS;

use super::each;
use crate::walk::{after, alone, at, keys, lessons, menu, press, state};

#[test]
fn the_curtain_closes_and_any_key_opens_it_and_does_nothing_else() {
    for start in [menu(), at(5, 7), after("Tab", &at(5, 7)), after("i", &at(5, 7)), after("?", &at(5, 7))] {
        each(". b", &start, &blank(&start));
        let behind = after("b", &start);
        each("Right n q Esc Enter Tab L t . b 3 x ; Backspace PgUp", &behind, &state(&start));
        let unknown = behind.message(KeyEvent::new(KeyCode::F(7), KeyModifiers::NONE));
        assert!(unknown.is_some());
    }
}

fn blank(model: &Model) -> String {
    let state = state(model);
    match state.find(", help").or(state.find(", index")) {
        Some(overlay) => format!("{}, blank{}", &state[..overlay], &state[overlay..]),
        None => format!("{state}, blank"),
    }
}

#[test]
fn the_forms_that_a_chinese_input_method_sends_are_the_plain_keys() {
    for (wide, plain) in [
        ("ｎ", "n"),
        ("　", "Space"),
        ("？", "?"),
        ("。", "."),
        ("ｐ", "p"),
        ("Ｌ", "L"),
        ("ｔ", "t"),
        ("３", "3"),
        ("ｊ", "j"),
        ("．", "."),
    ] {
        for start in [at(5, 7), after("Tab", &at(5, 7)), after("i", &at(5, 7)), menu()] {
            assert_eq!(keys(wide, &start), keys(plain, &start), "{wide}");
        }
    }
}

#[test]
fn control_c_quits_from_everywhere() {
    let starts = ["", "Tab", "i", "Enter", "?", "s", "3", "b", "? b", "Tab Enter Enter"];
    let lesson = starts.map(|start| after(start, &at(5, 7)));
    for mut model in lesson.into_iter().chain([menu(), after("?", &menu()), after(".", &menu())]) {
        let before = state(&model);
        assert_eq!(press(&mut model, "Ctrl+c"), [Effect::Quit], "{before}");
    }
}

#[test]
fn control_z_stops_and_control_l_draws_anew_from_everywhere() {
    for start in ["", "Tab", "i", "?", "3", "b"] {
        let mut model = after(start, &at(5, 7));
        let before = state(&model);
        assert_eq!(press(&mut model, "Ctrl+z Ctrl+l"), [Effect::Suspend, Effect::Repaint]);
        assert_eq!(state(&model), before);
    }
}

#[test]
fn q_goes_from_a_lesson_to_the_menu_and_from_there_out() {
    let mut model = at(5, 7);
    let place = model.walk.as_ref().map(|walk| walk.entry).expect("a lesson is open");
    assert_eq!(press(&mut model, "q"), [Effect::SaveProgress(place)]);
    assert_eq!(state(&model), "menu at 05");
    assert_eq!(press(&mut model, "q"), [Effect::Quit]);
    // Clickers send Esc to end a show: that must not end the program.
    assert_eq!(press(&mut menu(), "Esc"), [Effect::None]);
    assert_eq!(press(&mut after("Tab", &at(5, 7)), "q"), [Effect::SaveProgress(place)]);
}

#[test]
fn q_leaves_a_lesson_that_was_opened_alone() {
    let mut model = alone(lessons()[0].clone());
    assert_eq!(press(&mut model, "n q"), [Effect::None, Effect::Quit]);
}

#[test]
fn a_lesson_goes_on_where_it_was_left_and_starts_over_when_it_was_finished() {
    assert_eq!(keys("q Enter", &at(5, 7)), "05 step 7/18");
    assert_eq!(keys("n n q Enter", &at(5, 8)), "05 step 8/18, 0 of 8 uncovered");
    assert_eq!(keys("q Enter", &at(5, 18)), "05 step 1/18");
}

#[test]
fn the_menu_is_walked_by_arrows_letters_and_clicker() {
    let [first, second, third, ..] = LESSONS else { panic!("there are lessons to walk") };
    let last = LESSONS.last().unwrap_or(third);
    assert_eq!(state(&menu()), format!("menu at {}", first.number()));
    each("Down j Space n PgDn Right", &menu(), &format!("menu at {}", second.number()));
    each("Up k p PgUp Left", &after("Down", &menu()), "menu at 01");
    assert_eq!(keys("Tab", &menu()), "menu at 01, actions at 1");
    assert_eq!(keys("Esc", &menu()), "menu at 01");
    assert_eq!(keys("End", &menu()), format!("menu at {}", last.number()));
    assert_eq!(keys("End Down Home Up", &menu()), "menu at 01");
    let opened = keys("Down Down Enter", &menu());
    assert!(opened.starts_with(&format!("{} step 1/", third.number())), "{opened}");
}

#[test]
fn the_menu_takes_the_numbers_of_lessons() {
    assert_eq!(keys("5", &menu()), "menu at 05");
    assert_eq!(keys("6", &after("5", &menu())), "menu at 06");
    assert_eq!(keys("1", &after("5", &menu())), "menu at 01");
    assert_eq!(keys("1 2 Enter", &menu()), "12 step 1/11");
    assert_eq!(keys("1 2 6", &menu()), "menu at 06");
    assert_eq!(keys("0", &menu()), "menu at 01", "no lesson has this number");
}

#[test]
fn settings_change_by_their_keys() {
    assert_eq!(keys("L", &at(5, 7)), "05 step 7/18, Chinese");
    assert_eq!(keys("t", &at(5, 7)), "05 step 7/18, rows");
    assert_eq!(keys("t", &at(6, 4)), "06 step 4/12, columns");
    assert_eq!(keys("c", &at(5, 7)), "05 step 7/18, Light");
    assert_eq!(keys("c c", &at(5, 7)), "05 step 7/18, HighContrast");
    assert_eq!(keys("c c c", &at(5, 7)), "05 step 7/18");
    assert_eq!(keys("d", &at(5, 7)), "05 step 7/18, 3 decimals");
    assert_eq!(keys("d d d d d", &at(5, 7)), "05 step 7/18, 0 decimals");
    assert_eq!(keys("d d d d d d d", &at(5, 7)), "05 step 7/18");
    assert_eq!(keys("N", &at(5, 7)), "05 step 7/18, notes");
    assert_eq!(keys("N N", &at(5, 7)), "05 step 7/18");
    assert_eq!(
        keys("L t c d N M", &after("Tab", &at(5, 7))),
        "05 step 7/18, at head.scores[creature, blue], rows, Chinese, Light, 3 decimals, notes, mouse"
    );
}

#[test]
fn what_must_be_written_down_or_told_the_terminal_is() {
    let mut model = at(5, 7);
    let effects = press(&mut model, "c d M M L t N");
    let (on, off) = (Effect::SetMouse(Mouse::On), Effect::SetMouse(Mouse::Off));
    let saved = Effect::SaveSettings;
    assert_eq!(effects, [saved, saved, on, off, Effect::Repaint, Effect::None, Effect::None]);
}

#[test]
fn texts_over_the_screen_are_read_by_arrows_and_closed() {
    assert_eq!(keys("?", &at(5, 7)), "05 step 7/18, help");
    assert_eq!(keys("s", &at(5, 7)), "05 step 7/18, code");
    for text in ["?", "s"] {
        let open = after(text, &at(5, 7));
        each("Down j Space n Right", &open, &format!("{} from line 2", state(&open)));
        each("Up k p Left", &after("Down", &open), &state(&open));
        assert_eq!(keys("PgDn", &open), "05 step 8/18, 0 of 8 uncovered");
        assert_eq!(keys("PgUp", &open), "05 step 6/18");
        assert_eq!(keys("End Home", &open), state(&open));
        each("Esc q Enter Backspace ? s", &open, "05 step 7/18");
    }
    assert_eq!(keys("?", &after("Tab", &at(5, 7))), "05 step 7/18, at head.scores[creature, blue], help");
    assert_eq!(keys("? Esc", &menu()), "menu at 01");
}
