//! Clicks on entries of the menu and of lists: what is under the mouse is what is taken.

use qkv::app::{Answering, Effect, Listing, Message, Model, Overlay, Size, update};
use qkv::environment::ColourDepth;
use qkv::ui::Screen;
use qkv::ui::theme::Theme;
use qkv::view::{self, At};

use crate::walk::dump::row;
use crate::walk::{after, at, menu, quiz, screen, state};

fn sizes(model: &Model) -> [Model; 3] {
    [(40, 12), (60, 16), (80, 24)]
        .map(|(width, height)| Model { size: Size { width, height }, ..model.clone() })
}

#[test]
fn the_lesson_in_a_line_of_the_menu_is_opened() {
    for start in [menu(), after("End", &menu()), after("L Down Down", &menu())] {
        for model in sizes(&start) {
            let shown = screen(&model);
            let mut seen = 0;
            for y in 0..model.size.height {
                let line = row(&shown, y);
                let begins_with = |number: &str| line.split_whitespace().take(2).any(|word| word == number);
                let listed = model.catalog.iter().any(|entry| {
                    begins_with(&entry.number.unwrap().to_string())
                        && line.contains(&beginning(entry.title.get(model.language)))
                });
                let lesson = view::lesson_at(&model, y);
                assert_eq!(lesson.is_some(), listed, "{line}");
                let Some(lesson) = lesson else { continue };
                seen += 1;
                let number = model.catalog[lesson].number.unwrap().to_string();
                assert!(begins_with(&number), "{number}: {line}");
                let mut clicked = model.clone();
                let effect = update(&mut clicked, Message::List(Listing::Take(lesson)));
                assert_eq!((effect, clicked.chosen), (Effect::Open(lesson), lesson));
            }
            assert!(seen >= usize::from(model.size.height) / 3, "{seen} of {} lines", model.size.height);
            assert!(view::lesson_at(&model, 0).is_none());
        }
    }
    assert_eq!(update(&mut menu(), Message::List(Listing::Take(99))), Effect::None);
}

/// As much of a title as a narrow screen shows.
fn beginning(title: &str) -> String {
    title.chars().take(6).collect()
}

#[test]
fn the_entry_of_a_list_under_the_mouse_is_taken() {
    for start in [after("i", &at(5, 9)), after("i End", &at(5, 7)), after("Enter", &at(5, 7))] {
        for model in sizes(&start) {
            let shown = screen(&model);
            let (view, theme) = (view::build(&model), Theme::new(model.settings.theme, ColourDepth::True));
            let screen = Screen { view: &view, theme: &theme };
            let mut seen = Vec::new();
            for y in 0..model.size.height {
                let hit = (0..model.size.width).find_map(|x| screen.entry_at(At { x, y }));
                let line = row(&shown, y);
                let inside = line.split('│').nth(1).unwrap_or_default();
                let first = inside.split_whitespace().find(|word| word.len() < 3 && *word != "▶");
                let numbered = first.is_some_and(|word| word.parse::<usize>().is_ok());
                assert_eq!(hit.is_some(), numbered, "{line}");
                let Some(entry) = hit else { continue };
                seen.push(entry);
                let number = (entry + 1).to_string();
                assert!(inside.split_whitespace().take(2).any(|word| word == number), "{entry}: {line}");
                assert_eq!(screen.entry_at(At { x: 0, y }), None, "beside the list");
            }
            assert!(seen.len() > 3 && seen.windows(2).all(|pair| pair[1] == pair[0] + 1), "{seen:?}");
        }
    }
    let mut model = after("i", &at(5, 9));
    update(&mut model, Message::List(Listing::Take(3)));
    assert_eq!(state(&model), "05 step 4/18");
    let mut actions = after("Enter", &at(5, 7));
    update(&mut actions, Message::List(Listing::Take(0)));
    assert!(
        actions.walk.as_ref().unwrap().looking.is_some(),
        "the first action is to look: {}",
        state(&actions)
    );
    let mut beyond = after("i", &at(5, 9));
    update(&mut beyond, Message::List(Listing::Take(99)));
    assert!(matches!(beyond.overlay, Some(Overlay::List(_))));
}

#[test]
fn the_option_of_a_question_under_the_mouse_is_taken_as_its_number_would() {
    for (step, options) in [(2, 3), (4, 3), (5, 4), (6, 3), (7, 3)] {
        let mut start = quiz();
        start.walk.as_mut().unwrap().go_to(step - 1);
        for model in sizes(&start).iter().flat_map(|model| [model.clone(), after("L", model)]) {
            let shown = screen(&model);
            let mut seen = std::collections::BTreeSet::new();
            for (x, y) in (0..model.size.height).flat_map(|y| (0..model.size.width).map(move |x| (x, y))) {
                let Some(option) = view::option_at(&model, At { x, y }) else { continue };
                let number = (option + 1).to_string();
                if seen.insert(option) {
                    let line: String = row(&shown, y).chars().skip(usize::from(x)).collect();
                    assert!(line.split_whitespace().take(3).any(|word| word == number), "{number}: {line}");
                }
                assert!(model.size.width > 60 || y + 1 < model.size.height);
            }
            let all = model.size.height > 12;
            assert!(if all { seen.len() == options } else { !seen.is_empty() }, "{seen:?} of {options}");
            for option in seen {
                let mut clicked = model.clone();
                update(&mut clicked, Message::Answer(Answering::Point(option)));
                assert_eq!(state(&clicked), state(&after(&format!("Enter {}", option + 1), &model)));
            }
        }
        let answered = after("n", &start);
        let places = (0..80).flat_map(|x| (0..24).map(move |y| At { x, y }));
        assert!(places.into_iter().all(|at| view::option_at(&answered, at).is_none()));
    }
    let mut beyond = quiz();
    update(&mut beyond, Message::Answer(Answering::Point(99)));
    assert_eq!(beyond.walk.unwrap().answering(), Some(qkv::lesson::question::Manner::Typing));
}
