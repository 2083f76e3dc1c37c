//! Keys at questions: answering, hints, skipping, and that nothing typed is lost.

use std::sync::Arc;

use crossterm::event::KeyCode;
use qkv::app::keymap::{self, Context};
use qkv::app::{Answers, Message, Model, Progress, Walking};
use qkv::language::Language;
use qkv::lesson::Lesson;
use qkv::yaml;

use super::{after, each, keys};
use crate::walk::{alone, menu, press, quiz, state, written};

/// The quiz at a step from 1.
fn step(number: usize) -> Model {
    let mut model = quiz();
    model.walk.as_mut().unwrap().go_to(number - 1);
    model
}

fn typed(text: &str) -> String {
    let keys: Vec<String> =
        text.chars().map(|sign| if sign == ' ' { "Space".into() } else { sign.to_string() }).collect();
    keys.join(" ") + " "
}

// A number.

#[test]
fn enter_opens_the_field_and_a_right_number_is_found() {
    assert_eq!(state(&step(1)), "01 step 1/7, asked");
    assert_eq!(keys("Enter", &step(1)), "01 step 1/7, answering");
    assert_eq!(keys("Enter 4 Enter", &step(1)), "01 step 1/7, found \"4\"");
    for right in ["4.00", "3.995", "8/2", "sqrt(16)", "4,0", "１６/４"] {
        let answer = format!("Enter {}Enter", typed(right));
        assert_eq!(keys(&answer, &step(1)), format!("01 step 1/7, found {:?}", fold(right)), "{right}");
    }
}

/// Fullwidth signs, as a Chinese input method sends them, arrive as plain ones.
fn fold(text: &str) -> String {
    text.replace('１', "1").replace('６', "6").replace('４', "4")
}

#[test]
fn a_wrong_number_brings_the_next_hint_and_after_the_last_the_answer() {
    let wrong = after("Enter 3 Enter", &step(1));
    assert_eq!(state(&wrong), "01 step 1/7, answering \"3\", wrong, hint 1");
    // The same answer once more costs no hint.
    assert_eq!(keys("Enter Enter", &wrong), state(&wrong));
    assert_eq!(keys("Backspace 5 Enter", &wrong), "01 step 1/7, answering \"5\", wrong, hint 2");
    let third = after("Backspace 5 Enter Backspace 6 Enter", &wrong);
    assert_eq!(state(&third), "01 step 1/7, answering \"6\", wrong, hint 3");
    assert_eq!(keys("Backspace 7 Enter", &third), "01 step 1/7, told \"7\", wrong, hint 3");
    assert_eq!(keys("Backspace 4 Enter", &third), "01 step 1/7, found \"4\", hint 3");
}

#[test]
fn the_first_sign_after_a_wrong_answer_begins_another_one() {
    let wrong = after(&format!("Enter {}Enter", typed("0.5")), &step(1));
    assert_eq!(state(&wrong), "01 step 1/7, answering \"0.5\", wrong, hint 1");
    assert_eq!(keys("0 . 2 5", &wrong), "01 step 1/7, answering \"0.25\", hint 1");
    assert_eq!(keys("4 Enter", &wrong), "01 step 1/7, found \"4\", hint 1");
    // What cannot be read is a slip of the same answer.
    let slip = after(&format!("Enter {}Enter", typed("4..")), &step(1));
    assert_eq!(keys("Backspace Backspace Enter", &slip), "01 step 1/7, found \"4\"");
    assert_eq!(keys("Esc Enter 4", &wrong), "01 step 1/7, answering \"4\", hint 1");
}

#[test]
fn hints_can_be_asked_for_without_an_answer() {
    assert_eq!(keys("Enter Tab", &step(1)), "01 step 1/7, answering, hint 1");
    assert_eq!(keys("Enter Tab Tab Tab Tab", &step(1)), "01 step 1/7, told, hint 3");
    assert_eq!(keys("H", &step(1)), "01 step 1/7, asked, hint 1");
}

#[test]
fn what_cannot_be_read_as_a_number_costs_nothing() {
    let unreadable = keys(&format!("Enter {}Enter", typed("4..0")), &step(1));
    assert_eq!(unreadable, "01 step 1/7, answering \"4..0\", unreadable");
    assert_eq!(keys("Enter Enter Enter", &step(1)), "01 step 1/7, answering");
}

#[test]
fn every_sign_belongs_to_the_answer_while_the_field_is_open() {
    assert_eq!(keys("Enter q L t . b - 5", &step(1)), "01 step 1/7, answering \"qLt.b-5\"");
    let long = format!("Enter {}", "1 ".repeat(500));
    assert_eq!(keys(&long, &step(1)), format!("01 step 1/7, answering {:?}", "1".repeat(40)));
}

// Nothing is lost, nobody is held up.

#[test]
fn what_is_typed_stays_whatever_is_done_in_between() {
    let begun = after("Enter 1 2", &step(1));
    for between in
        ["Esc Enter", "Esc Down Up Enter", "Esc i Esc Enter", "? Esc", "Esc Tab Esc Enter", "Esc L L Enter"]
    {
        assert_eq!(keys(between, &begun), "01 step 1/7, answering \"12\"", "{between}");
    }
    assert_eq!(keys("Right Left", &begun), "01 step 1/7, asked \"12\"");
    assert_eq!(keys("Esc Down Down Up Up", &begun), "01 step 1/7, asked \"12\"");
}

#[test]
fn what_is_typed_is_there_again_when_the_lesson_is_opened_again() {
    let lesson = quiz().walk.unwrap().lesson;
    let mut model = menu();
    model.enter(0, lesson.clone());
    model.walk.as_mut().unwrap().go_to(0);
    press(&mut model, "Enter 1 2 Esc q");
    assert!(model.walk.is_none());
    model.enter(0, lesson);
    assert!(state(&model).ends_with("asked \"12\""), "{}", state(&model));
}

/// The lesson as the next run of the program opens it, after this one has written down what is to be kept.
fn next_run(model: &Model, lesson: Arc<Lesson>) -> Model {
    let mut model = model.clone();
    model.remember();
    let file = yaml::write(&model.catalog[0].progress).unwrap();
    let mut next = alone(lesson.clone());
    next.catalog[0].progress = yaml::read(&file).unwrap();
    next.enter(0, lesson);
    next
}

const QUIZ: &str = include_str!("../quiz.yaml");

#[test]
fn what_was_said_is_there_again_in_the_next_run() {
    let said = "Enter 3 Enter Esc Down Enter Right Left Down Down Enter 2 Esc Down Enter H Esc Down";
    let before = after(said, &step(1));
    let next = next_run(&before, written(QUIZ));
    let at = |model: &Model, step: usize| {
        let mut model = model.clone();
        model.walk.as_mut().unwrap().go_to(step - 1);
        // What became of the last answer is seen once, right after it.
        state(&model).replace(", wrong", "")
    };
    assert_eq!(at(&next, 1), "01 step 1/7, asked \"3\", hint 1");
    for step in 1..=7 {
        assert_eq!(at(&next, step), at(&before, step));
    }
    assert_eq!(
        state(&next_run(&after("Enter 4 Enter", &step(1)), written(QUIZ))),
        "01 step 1/7, found \"4\""
    );
}

#[test]
fn an_answer_is_found_where_its_question_has_moved_and_dropped_where_it_was_changed() {
    let mut found = after("Enter 4 Enter", &step(1));
    found.walk.as_mut().unwrap().go_to(5);
    press(&mut found, "Enter 2 Enter");
    assert_eq!(state(&found), "01 step 6/7, found taking 2");
    let said = |yaml: &str| {
        let next = next_run(&found, written(yaml));
        let walk = next.walk.unwrap();
        walk.attempts.keys().map(|step| walk.lesson.steps[*step].title.en.clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(QUIZ), ["A dot product", "Choose"]);
    let first = "steps:\n  - {title: {en: New, zh: 新}, say: {en: New., zh: 新。}}\n";
    assert_eq!(said(&QUIZ.replace("steps:\n", first)), ["A dot product", "Choose"]);
    assert_eq!(said(&QUIZ.replace("explain: {en: The second", "explain: {en: The other")).len(), 2);
    // Another number, another sentence, another option, another right one.
    assert_eq!(said(&QUIZ.replace("animal: [2, 1]", "animal: [3, 1]")), ["Choose"]);
    assert_eq!(said(&QUIZ.replace("Why is each row", "Why is every row")), ["A dot product"]);
    assert_eq!(said(&QUIZ.replace("使最大的等于 1", "使最大的是 1")), ["A dot product"]);
    assert_eq!(
        said(&QUIZ.replace("holds: \"max(head.pattern[1]) = 1\"", "holds: \"1 = 1\"")),
        ["A dot product"]
    );
}

#[test]
fn a_question_that_is_asked_twice_is_answered_twice() {
    let question = "{question: {answer: {shape: X}}, say: {en: A, zh: 甲}}";
    let twice = QUIZ.replace("steps:\n", &format!("steps:\n  - {question}\n  - {question}\n"));
    let mut second = after("Down Enter 3 x 3 Enter", &alone(written(&twice)));
    assert_eq!(state(&second), "01 step 2/9, found \"3x3\"");
    second = next_run(&second, written(&twice));
    assert_eq!(state(&second), "01 step 2/9, found \"3x3\"");
    assert_eq!(keys("Up", &second), "01 step 1/9, asked");
}

#[test]
fn what_was_written_into_the_file_by_hand_is_cut_to_what_fits() {
    let mut model = after("Enter 3 Esc", &step(1));
    model.walk.as_mut().unwrap().go_to(6);
    press(&mut model, "Enter 1 Esc");
    model.remember();
    let file = yaml::write(&model.catalog[0].progress).unwrap();
    let long = format!("typed: \"\\e[2J{}\"", "9".repeat(4000));
    let hostile = file
        .replace("hints: 0", "hints: 99")
        .replace("typed: '3'", &long)
        .replace("- 0", "- 7\n    - 1\n    - 1");
    assert_ne!(hostile, file.replace("typed: '3'", &long), "{file}");
    model.catalog[0].progress = yaml::read(&hostile).unwrap();
    model.enter(0, written(QUIZ));
    model.walk.as_mut().unwrap().go_to(0);
    assert_eq!(state(&model), format!("01 step 1/7, asked {:?}, hint 3", format!("[2J{}", "9".repeat(37))));
    model.walk.as_mut().unwrap().go_to(6);
    assert_eq!(state(&model), "01 step 7/7, asked taking 2, hint 1");
    for damaged in ["answers: 3", "answers: [x]", "answers: {x: {outcome: maybe}}"] {
        let progress: Option<Progress> = yaml::read(&format!("{{step: 2, steps: 7, {damaged}}}")).unwrap();
        assert_eq!(progress, Some(Progress { step: 2, steps: 7, answers: Answers::new() }), "{damaged}");
    }
}

#[test]
fn a_question_can_be_asked_again() {
    let found = after("Enter 4 Enter", &step(1));
    assert_eq!(keys("a", &found), "01 step 1/7, asked");
    assert_eq!(keys("a Enter", &found), "01 step 1/7, answering");
    assert_eq!(keys("n p Tab Esc a", &found), "01 step 1/7, asked");
    assert_eq!(keys("a", &step(1)), "01 step 1/7, asked");
    assert_eq!(state(&next_run(&after("a", &found), written(QUIZ))), "01 step 1/7, asked");
}

#[test]
fn the_keys_of_a_clicker_show_the_answer_and_go_on() {
    each("Right n PgDn Space", &step(1), "01 step 1/7, passed");
    assert_eq!(keys("n n", &step(1)), "01 step 2/7, asked");
    // Back covers the answer again, and then goes to the step before with its answer.
    assert_eq!(keys("n p", &step(1)), "01 step 1/7, asked");
    assert_eq!(keys("n n p", &step(1)), "01 step 1/7, passed");
    assert_eq!(keys("n n p p", &step(1)), "01 step 1/7, asked");
}

#[test]
fn a_clicker_leaves_what_its_keys_have_opened() {
    for opened in ["Esc", "?", "s", "Esc b b", "? b b", "Esc Down"] {
        let opened = after(opened, &step(2));
        assert_eq!(keys("PgDn", &opened), "01 step 2/7, passed");
        assert_eq!(keys("PgUp", &opened), "01 step 1/7, asked");
        assert_eq!(keys("PgDn PgDn", &opened), "01 step 3/7, asked");
    }
    // F5 begins a slide show elsewhere; here it means nothing, wherever it is pressed.
    for opened in ["", "Esc", "?"] {
        assert_eq!(after(opened, &step(2)).message(KeyCode::F(5).into()), None);
    }
    assert_eq!(keys("Esc Esc", &step(2)), "01 step 2/7, asked");
}

#[test]
fn a_teacher_with_a_clicker_gets_through_from_every_state() {
    for on in ["PgDn", "Right"] {
        for begin in ["", "Enter ", "Enter 1 ", "Enter 1 Enter ", "Tab ", "Enter Tab "] {
            let keys = format!("{begin}{}", format!("{on} ").repeat(20));
            if begin == "Tab " && on == "Right" {
                continue;
            }
            let end = after(&keys, &step(1));
            let walk = end.walk.as_ref().unwrap();
            assert!(walk.is_at_end(), "{keys}: {}", state(&end));
        }
    }
}

#[test]
fn down_leaves_the_question_out_and_at_the_last_step_shows_its_answer() {
    assert_eq!(keys("Down", &step(1)), "01 step 2/7, asked");
    assert_eq!(keys("Down Up", &step(1)), "01 step 1/7, asked");
    assert_eq!(keys("Down", &step(7)), "01 step 7/7, passed");
}

#[test]
fn an_answer_that_was_found_stays_found() {
    let found = after("Enter 4 Enter", &step(1));
    assert_eq!(keys("n p", &found), "01 step 1/7, found \"4\"");
    assert_eq!(keys("n", &found), "01 step 2/7, asked");
}

#[test]
fn portions_come_before_the_answer() {
    let model = alone(written(
        "title: t\nmatrices:\n  - A: {given: [[1, 2], [3, 4]]}\nsteps:\n  - {show: A, reveal: rows, question: {answer: {cell: \"A[2, 1]\"}}}\n",
    ));
    assert_eq!(keys("n n", &model), "01 step 1/1, 2 of 2 uncovered, asked");
    assert_eq!(keys("n n n", &model), "01 step 1/1, 2 of 2 uncovered, passed");
    assert_eq!(keys("n n n p p", &model), "01 step 1/1, 1 of 2 uncovered, asked");
}

// Options.

#[test]
fn letters_that_are_no_keys_of_a_question_mean_nothing_while_its_options_are_open() {
    for number in [2, 4, 5, 6, 7] {
        let open = after("Enter", &step(number));
        each("t L c M d N s e i g b a f x z H h l", &open, &state(&open));
        assert!(keys(".", &open).ends_with(", blank"));
        assert!(keys("?", &open).ends_with(", help"));
        assert_eq!(keys("Esc t", &open), keys("t", &step(number)));
    }
}

#[test]
fn a_token_is_named_by_arrows_or_by_its_number() {
    assert_eq!(keys("Enter Down Enter", &step(2)), "01 step 2/7, found taking 2");
    assert_eq!(keys("Enter 2 Enter", &step(2)), "01 step 2/7, found taking 2");
    assert_eq!(keys("Enter 3 Enter", &step(2)), "01 step 2/7, answering at 3 taking 3, wrong, hint 1");
    assert_eq!(keys("Enter Up Up Enter", &step(2)), "01 step 2/7, answering at 1 taking 1, wrong, hint 1");
    assert_eq!(keys("Enter 9 0", &step(2)), "01 step 2/7, answering at 1");
}

#[test]
fn a_shape_is_told_in_any_usual_way() {
    for shape in ["3 3", "3x3", "3×3", "(3, 3)"] {
        let answer = keys(&format!("Enter {}Enter", typed(shape)), &step(3));
        assert_eq!(answer, format!("01 step 3/7, found {shape:?}"));
    }
    assert!(keys(&format!("Enter {}Enter", typed("3 2")), &step(3)).contains("wrong, hint 1"));
    assert!(keys(&format!("Enter {}Enter", typed("3")), &step(3)).contains("unreadable"));
}

#[test]
fn things_are_put_in_order_one_after_the_other() {
    // black 0.71, small 0.25, cat 0.04: the last one has only one place left.
    assert_eq!(keys("Enter 3 1", &step(4)), "01 step 4/7, answering at 1 taking 3 1 2");
    assert_eq!(keys("Enter 3 1 Enter", &step(4)), "01 step 4/7, found taking 3 1 2");
    assert_eq!(keys("Enter Down Down Enter Up Up Enter Enter", &step(4)), "01 step 4/7, found taking 3 1 2");
    assert_eq!(keys("Enter 1 3 Enter", &step(4)), "01 step 4/7, answering at 3 taking 1 3 2, wrong, hint 1");
    assert_eq!(
        keys("Enter 1 3 Enter Backspace Backspace Backspace 3 1 Enter", &step(4)),
        "01 step 4/7, found taking 3 1 2, hint 1"
    );
    assert_eq!(keys("Enter 4 2 3 Enter", &step(5)), "01 step 5/7, found taking 4 2 3 1");
}

#[test]
fn of_several_options_all_right_ones_and_no_other_are_taken() {
    assert_eq!(keys("Enter 2 Enter", &step(6)), "01 step 6/7, found taking 2");
    assert_eq!(keys("Enter 1 2 Enter", &step(7)), "01 step 7/7, found taking 1 2");
    assert_eq!(keys("Enter 2 1 Enter", &step(7)), "01 step 7/7, found taking 2 1");
    assert_eq!(keys("Enter Space Down Space Enter", &step(7)), "01 step 7/7, found taking 1 2");
    assert_eq!(keys("Enter 1 Enter", &step(7)), "01 step 7/7, answering at 1 taking 1, wrong, hint 1");
    assert_eq!(
        keys("Enter 1 2 3 Enter", &step(7)),
        "01 step 7/7, answering at 3 taking 1 2 3, wrong, hint 1"
    );
    assert_eq!(keys("Enter 1 2 3 3 Enter", &step(7)), "01 step 7/7, found taking 1 2");
}

#[test]
fn without_a_single_letter_every_question_can_be_answered_and_passed() {
    for context in [Context::Asked, Context::Typing, Context::Choosing, Context::Picking] {
        let mut without = Vec::new();
        for binding in keymap::bindings(context) {
            let letters = binding.keys.iter().all(|key| key.to_string().chars().count() == 1);
            let listed = keymap::actions(context).any(|action| action.message == binding.message);
            let elsewhere = context != Context::Asked;
            let moving = matches!(binding.message, Message::Look(_));
            if letters && !listed && !elsewhere && !moving {
                without.push(binding.help.en);
            }
        }
        assert_eq!(without, [] as [&str; 0], "{context:?}");
        let passes = |binding: &keymap::Binding| binding.message == Message::Walk(Walking::Next);
        assert!(keymap::bindings(context).any(passes), "{context:?}");
    }
}

#[test]
fn the_answer_is_the_same_in_both_languages() {
    let chinese = Model { language: Language::Chinese, ..step(1) };
    assert_eq!(keys("Enter 4 Enter", &chinese), "01 step 1/7, found \"4\", Chinese");
}
