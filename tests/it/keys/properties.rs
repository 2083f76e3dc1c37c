//! What holds for the whole table of keys, and for any keys in any order.

use proptest::prelude::*;
use qkv::app::keymap::{self, Context, Key, Named};
use qkv::app::{ListKind, Model, Overlay, Size};
use qkv::graph::Place;
use qkv::language::Language;

use crate::walk::dump::text;
use crate::walk::{
    after, at, every_portion, every_step, menu, press, press_one, quiz, screen, state, waiting,
};

const CONTEXTS: [Context; 14] = [
    Context::Menu,
    Context::Opening,
    Context::Waiting,
    Context::Walking,
    Context::Asked,
    Context::Answered,
    Context::Typing,
    Context::Choosing,
    Context::Picking,
    Context::Looking,
    Context::Actions,
    Context::List,
    Context::Reading,
    Context::Jump,
];

#[test]
fn no_key_means_two_things_in_one_place() {
    for context in CONTEXTS {
        let mut seen: Vec<(Key, &str)> = Vec::new();
        for binding in keymap::bindings(context) {
            for key in binding.keys {
                let twice = seen.iter().find(|(other, _)| other == key);
                assert_eq!(twice, None, "{context:?}: {key} is bound again: {}", binding.help.en);
                seen.push((*key, binding.help.en));
            }
        }
    }
}

#[test]
fn the_help_of_each_screen_names_every_key_in_both_languages() {
    let tall = Size { width: 100, height: 60 };
    let starts = [menu(), at(5, 7), after("Tab", &at(5, 7)), quiz(), after("Enter", &quiz())];
    let starts =
        starts.into_iter().chain(["Down", "Down Down Down", "Enter 4 Enter"].map(|to| after(to, &quiz())));
    let starts = starts.chain(["Down Enter", "Down Down Down Enter"].map(|to| after(to, &quiz())));
    let starts = starts.chain([waiting("a\n".repeat(99))]);
    for mut model in starts.flat_map(|start| [start.clone(), after("L", &start)]) {
        model.size = tall;
        let context = model.context();
        press(&mut model, "?");
        let help = text(&screen(&model));
        for binding in keymap::bindings(context) {
            for key in binding.keys {
                let key = match key.to_string().as_str() {
                    "Right" => "→".to_owned(),
                    "Left" => "←".to_owned(),
                    "Up" => "↑".to_owned(),
                    "Down" => "↓".to_owned(),
                    other => other.to_owned(),
                };
                let named = help.lines().any(|line| line.split(['│', ' ']).any(|word| word == key));
                assert!(named, "{context:?}: {key}\n{help}");
            }
            if matches!(binding.named, Named::Before) {
                continue;
            }
            assert!(help.contains(binding.help.get(model.language)), "{}\n{help}", binding.help.en);
        }
        assert_eq!(model.language == Language::Chinese, help.contains("按键"), "{help}");
    }
}

#[test]
fn every_key_reads_back_as_it_is_written() {
    for key in CONTEXTS.into_iter().flat_map(keymap::bindings).flat_map(|binding| binding.keys) {
        assert_eq!(Key::parse(&key.to_string()), Some(*key));
    }
}

// Coming back.

#[test]
fn forward_and_back_restores_exactly_the_same_screen() {
    for model in every_portion() {
        let next = after("n", &model);
        if state(&next) != state(&model) {
            assert!(screen(&after("p", &next)) == screen(&model), "{}", state(&model));
        }
        let previous = after("p", &model);
        if state(&previous) != state(&model) {
            // The question of the step before, that was left out, comes before this one again.
            let step = |model: &Model| model.walk.as_ref().map(|walk| walk.step);
            let asked = previous.walk.as_ref().is_some_and(|walk| walk.open_question().is_some());
            let on = if asked && step(&previous) != step(&model) { "n n" } else { "n" };
            assert!(screen(&after(on, &previous)) == screen(&model), "{}", state(&model));
        }
    }
}

#[test]
fn language_and_rows_or_columns_twice_restore_the_screen() {
    for model in every_portion().step_by(3) {
        for start in [model.clone(), after("Tab Tab Enter", &model)] {
            let before = screen(&start);
            assert!(screen(&after("L L", &start)) == before, "{}", state(&start));
            assert!(screen(&after("t t", &start)) == before, "{}", state(&start));
        }
    }
}

#[test]
fn looking_and_walking_on_restores_the_screen() {
    // A text and a plot have no numbers to look at; there Tab does nothing.
    for model in every_portion().step_by(2).filter(|model| state(&after("Tab", model)) != state(model)) {
        let there_and_back = after("Tab Tab Enter Tab Down Right Enter Esc", &model);
        assert!(screen(&there_and_back) == screen(&model), "{}", state(&model));
    }
}

/// Everything that the model points at is there.
fn assert_valid(model: &Model) {
    let place = || state(model);
    assert!(model.chosen < model.catalog.len(), "{}", place());
    let mut steps = 0;
    if let Some(walk) = &model.walk {
        steps = walk.lesson.steps.len();
        assert!(walk.step < steps && walk.uncovered <= walk.portions(), "{}", place());
        for visit in walk.looking.iter().flat_map(qkv::app::Looking::path) {
            let (rows, columns) = walk.lesson.trace.node(visit.place.node()).shape.size();
            let inside = match visit.place {
                Place::Cell(cell) => cell.row < rows && cell.column < columns,
                Place::Aggregate(shared) => shared.row < rows,
            };
            let mut operands = 0;
            walk.lesson.trace.derive(visit.place).sources(&mut |_| operands += 1);
            assert!(inside && (visit.operand < operands || visit.operand == 0), "{}", place());
        }
    }
    if let Some(Overlay::List(list)) = &model.overlay {
        let count = match list.kind {
            ListKind::Actions(context) => keymap::actions(context).count(),
            ListKind::Index => steps,
        };
        assert!(list.chosen < count, "{}", place());
    }
}

/// All keys that mean something anywhere, and some that mean nothing.
fn all_keys() -> Vec<Key> {
    let bound =
        CONTEXTS.into_iter().flat_map(keymap::bindings).flat_map(|binding| binding.keys.iter().copied());
    let others = ["0", "1", "2", "3", "9", "x", "注", "é"].into_iter().filter_map(Key::parse);
    bound.chain(others).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_keys_in_any_order_leave_a_valid_model_and_a_screen(
        start in 0_usize..1000,
        pressed in prop::collection::vec((0_usize..10_000, 1_u16..130, 1_u16..45), 1..60),
    ) {
        let keys = all_keys();
        let mut model = every_step().nth(start % every_step().count()).expect("there are steps");
        for (index, (key, width, height)) in pressed.into_iter().enumerate() {
            press_one(&mut model, keys[key % keys.len()]);
            assert_valid(&model);
            if index % 4 == 0 {
                model.size = Size { width, height };
                screen(&model);
            }
        }
        // Whatever was open and wherever it was: from here the way out is always the same.
        press(&mut model, "Right Esc Esc Esc Esc Esc Esc q");
        prop_assert!(model.overlay.is_none());
    }
}
