//! Walking for tests: keys as text in, a line of text or a screen out.

#![expect(clippy::unwrap_used, reason = "what fails here fails a test")]

pub(crate) mod dump;

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use qkv::app::keymap::Key;
use qkv::app::{
    Broken, Curtain, Effect, Entry, ListKind, Model, Mouse, Notes, Outcome, Overlay, Settings, Size, Visit,
    Walk, update,
};
use qkv::diagnostic::Source;
use qkv::environment::ColourDepth;
use qkv::graph::{AggregateKind, Convention, Place, Trace};
use qkv::language::{Language, Localised};
use qkv::lesson::question::{Manner, Verdict};
use qkv::lesson::{LESSONS, Lesson, check};
use qkv::ui::Screen;
use qkv::ui::theme::Theme;
use qkv::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

pub(crate) const WIDE: Size = Size { width: 120, height: 36 };
pub(crate) const USUAL: Size = Size { width: 80, height: 24 };
pub(crate) const SMALL: Size = Size { width: 60, height: 16 };

/// The shipped lessons, checked once, in the order of the menu.
pub(crate) fn lessons() -> &'static [Arc<Lesson>] {
    static LESSONS_CHECKED: LazyLock<Vec<Arc<Lesson>>> =
        LazyLock::new(|| LESSONS.iter().map(|lesson| checked(&lesson.source())).collect());
    &LESSONS_CHECKED
}

/// A lesson written in a test.
pub(crate) fn written(yaml: &str) -> Arc<Lesson> {
    checked(&Source::new("lesson.yaml", yaml))
}

fn checked(source: &Source) -> Arc<Lesson> {
    let checked = check(source);
    Arc::new(checked.lesson.unwrap_or_else(|| panic!("{:#?}", checked.findings)))
}

/// A lesson with a question of every kind, one on each step.
pub(crate) fn quiz() -> Model {
    alone(written(include_str!("../quiz.yaml")))
}

/// The menu of all shipped lessons.
pub(crate) fn menu() -> Model {
    let entries = LESSONS.iter().zip(lessons()).map(|(builtin, lesson)| Entry {
        id: builtin.id.to_owned(),
        number: builtin.number().parse().ok(),
        ..entry(lesson)
    });
    Model::new(entries.collect(), Language::English, Settings::default(), USUAL)
}

/// The shipped lesson of this number, in the menu of all, at a step from 1.
pub(crate) fn at(number: usize, step: usize) -> Model {
    let mut model = menu();
    let place = (0..model.catalog.len()).find(|entry| model.catalog[*entry].number == Some(number)).unwrap();
    model.enter(place, lessons()[place].clone());
    model.walk.as_mut().unwrap().go_to(step - 1);
    model
}

/// A lesson alone that cannot be opened yet, with this report.
pub(crate) fn waiting(report: String) -> Model {
    let mut model = alone(lessons()[0].clone());
    model.walk = None;
    let report = Localised { en: report.clone(), zh: report };
    let place = Some((7, 18));
    model.broken = Some(Broken { entry: 0, file: "course/pets.yaml".into(), place, report, scroll: 0 });
    model
}

/// A lesson alone, as `qkv play FILE` opens it.
pub(crate) fn alone(lesson: Arc<Lesson>) -> Model {
    let entry = entry(&lesson);
    let mut model = Model::new(vec![entry], Language::English, Settings::default(), USUAL);
    model.enter(0, lesson);
    model
}

fn entry(lesson: &Lesson) -> Entry {
    Entry {
        id: "lesson".into(),
        key: "lesson".into(),
        number: None,
        title: lesson.title.clone(),
        source: lesson.source.clone(),
        steps: Some(lesson.steps.len()),
        progress: None,
    }
}

/// Every step of every shipped lesson and of the quiz, before its first portion.
pub(crate) fn every_step() -> impl Iterator<Item = Model> {
    let quiz = (0..7).map(|step| {
        let mut model = quiz();
        model.walk.as_mut().unwrap().go_to(step);
        model
    });
    let shipped = lessons().iter().enumerate().flat_map(|(place, lesson)| {
        (0..lesson.steps.len()).map(move |step| {
            let mut model = menu();
            model.enter(place, lesson.clone());
            model.walk.as_mut().unwrap().go_to(step);
            model
        })
    });
    shipped.chain(quiz)
}

/// Every step of every shipped lesson and of the quiz with every number of portions uncovered.
pub(crate) fn every_portion() -> impl Iterator<Item = Model> {
    every_step().flat_map(|model| {
        (0..=model.walk.as_ref().unwrap().portions()).map(move |uncovered| {
            let mut model = model.clone();
            model.walk.as_mut().unwrap().uncovered = uncovered;
            model
        })
    })
}

/// Presses keys, written as in the help and parted by blanks, and performs what does not need a terminal.
pub(crate) fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = keys.split(' ').filter(|key| !key.is_empty());
    keys.map(|key| press_one(model, Key::parse(key).unwrap_or_else(|| panic!("no key is called {key}"))))
        .collect()
}

/// Presses one key.
pub(crate) fn press_one(model: &mut Model, key: Key) -> Effect {
    let effect = model.message(key.event()).map_or(Effect::None, |message| update(model, message));
    if let Effect::Open(entry) = effect {
        model.enter(entry, lessons()[entry].clone());
    }
    effect
}

/// The state after some keys, in one line.
pub(crate) fn keys(keys: &str, start: &Model) -> String {
    state(&after(keys, start))
}

/// The model after some keys.
pub(crate) fn after(keys: &str, start: &Model) -> Model {
    let mut model = start.clone();
    press(&mut model, keys);
    model
}

/// Where the learner is and what is out of the ordinary, in one line:
/// `05 step 8/18, 2 of 8 uncovered, at head.scores[creature, fluffy] operand 2, rows, help`.
pub(crate) fn state(model: &Model) -> String {
    let mut text = String::new();
    match &model.walk {
        None if model.broken.is_some() => {
            text += &scrolled("waiting", model.broken.as_ref().map_or(0, |broken| broken.scroll));
        }
        None => write!(text, "menu at {:02}", number(model, model.chosen)).unwrap(),
        Some(walk) => {
            let number = number(model, walk.entry);
            write!(text, "{number:02} step {}/{}", walk.step + 1, walk.lesson.steps.len()).unwrap();
            if walk.portions() > 0 {
                write!(text, ", {} of {} uncovered", walk.uncovered, walk.portions()).unwrap();
            }
            for (index, Visit { place, operand }) in
                walk.looking.iter().flat_map(qkv::app::Looking::path).enumerate()
            {
                let word = if index == 0 { ", at" } else { " >" };
                write!(text, "{word} {}", name(&walk.lesson.trace, *place)).unwrap();
                // The mark begins at the number that weighs most.
                let trace = &walk.lesson.trace;
                if *operand != trace.derive(*place).heaviest(trace) {
                    write!(text, " operand {}", operand + 1).unwrap();
                }
            }
            text += &answered(walk);
            if walk.convention != walk.lesson.convention {
                text += match walk.convention {
                    Convention::Rows => ", rows",
                    Convention::Columns => ", columns",
                };
            }
            if walk.scroll != (0, 0) {
                write!(text, ", scrolled by {:?}", walk.scroll).unwrap();
            }
        }
    }
    let unusual = [
        (model.language == Language::Chinese, "Chinese".to_owned()),
        (model.settings.theme != Settings::default().theme, format!("{:?}", model.settings.theme)),
        (model.settings.decimals != 2, format!("{} decimals", model.settings.decimals)),
        (model.settings.notes == Notes::Shown, "notes".to_owned()),
        (model.mouse == Mouse::On, "mouse".to_owned()),
        (model.curtain == Curtain::Closed, "blank".to_owned()),
    ];
    for (_, what) in unusual.into_iter().filter(|(is, _)| *is) {
        write!(text, ", {what}").unwrap();
    }
    match &model.overlay {
        None => {}
        Some(Overlay::Help { scroll, .. }) => text += &scrolled("help", *scroll),
        Some(Overlay::Code { scroll }) => text += &scrolled("code", *scroll),
        Some(Overlay::Report { scroll, .. }) => text += &scrolled("report", *scroll),
        Some(Overlay::Jump(digits)) => write!(text, ", jump to {digits}_").unwrap(),
        Some(Overlay::List(list)) => {
            let what = match list.kind {
                ListKind::Actions(_) => "actions",
                ListKind::Index => "index",
            };
            write!(text, ", {what} at {}", list.chosen + 1).unwrap();
        }
    }
    text
}

/// What the learner has said to the question of the step: `, asked`, `, answering 0.5, wrong, 1 hint`, `, told`.
fn answered(walk: &Walk) -> String {
    let Some(attempt) = walk.attempt() else { return String::new() };
    let mut text = match (attempt.outcome, walk.answering()) {
        (Outcome::Open, None) => ", asked".to_owned(),
        (Outcome::Open, Some(Manner::Typing)) => ", answering".to_owned(),
        (Outcome::Open, Some(Manner::One | Manner::Several | Manner::Order)) => {
            format!(", answering at {}", attempt.cursor + 1)
        }
        (Outcome::Found, _) => ", found".to_owned(),
        (Outcome::Told, _) => ", told".to_owned(),
        (Outcome::Passed, _) => ", passed".to_owned(),
    };
    if !attempt.typed.is_empty() {
        write!(text, " {:?}", attempt.typed).unwrap();
    }
    if !attempt.picked.is_empty() {
        let picked: Vec<_> = attempt.picked.iter().map(|picked| (picked + 1).to_string()).collect();
        write!(text, " taking {}", picked.join(" ")).unwrap();
    }
    text += match attempt.verdict {
        Some(Verdict::Wrong) => ", wrong",
        Some(Verdict::Unreadable) => ", unreadable",
        Some(Verdict::Right) | None => "",
    };
    if attempt.hints > 0 {
        write!(text, ", hint {}", attempt.hints).unwrap();
    }
    text
}

fn scrolled(what: &str, scroll: usize) -> String {
    if scroll == 0 { format!(", {what}") } else { format!(", {what} from line {}", scroll + 1) }
}

/// `head.scores[creature, fluffy]`, or `sum of head.pattern[creature]` for what a row shares.
pub(crate) fn name(trace: &Trace, place: Place) -> String {
    let node = trace.node(place.node());
    let row = |row| node.shape.rows.unique_label(row);
    match place {
        Place::Cell(cell) => {
            format!("{}[{}, {}]", node.name, row(cell.row), node.shape.columns.unique_label(cell.column))
        }
        Place::Aggregate(shared) => {
            let kind = match shared.kind {
                AggregateKind::Maximum => "max",
                AggregateKind::Total => "sum",
                AggregateKind::Mean => "mean",
                AggregateKind::Variance => "variance",
                AggregateKind::MeanSquare => "mean square",
                AggregateKind::Norm => "length",
            };
            format!("{kind} of {}[{}]", node.name, row(shared.row))
        }
    }
}

/// The screen of a model at its size, with all colours.
pub(crate) fn screen(model: &Model) -> Buffer {
    screen_in(model, ColourDepth::True)
}

/// The screen of a model for a terminal with so many colours.
pub(crate) fn screen_in(model: &Model, depth: ColourDepth) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.width, model.size.height));
    let theme = Theme::new(model.settings.theme, depth);
    Screen { view: &view::build(model), theme: &theme }.render(buffer.area, &mut buffer);
    buffer
}

/// The number of a lesson in the course, or its place in the menu.
fn number(model: &Model, entry: usize) -> usize {
    model.catalog[entry].number.unwrap_or(entry + 1)
}
