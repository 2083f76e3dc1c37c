//! What each message changes.

use super::list::{Choice, Typed};
use super::{Curtain, Effect, Entry, List, Listing, Message, Model, Mouse, Overlay, Panel, Setting};
use crate::language::words;

/// Changes the model as the message says, and tells what is to be done outside of it.
pub fn update(model: &mut Model, message: Message) -> Effect {
    let behind_curtain = model.curtain == Curtain::Closed;
    match message {
        Message::Resize(size) => model.size = size,
        Message::Computed(percent) => {
            if let Some(opening) = &mut model.opening {
                opening.percent = percent;
            }
        }
        Message::QuitNow => return Effect::Quit,
        Message::Suspend => return Effect::Suspend,
        Message::Repaint => return Effect::Repaint,
        // The first key draws the curtain again and does nothing else.
        _ if behind_curtain => model.curtain = Curtain::Open,
        Message::Set(setting) => return set(model, setting),
        Message::Open(panel) => open(model, panel),
        Message::List(listing) => return list(model, listing),
        Message::Quit => return quit(model),
        Message::Walk(walking) => {
            model.overlay = None;
            if let Some(walk) = &mut model.walk {
                walk.walk(walking);
            }
        }
        Message::Look(look) => {
            if let Some(walk) = &mut model.walk {
                walk.look(look);
            }
        }
        Message::Answer(answering) => {
            let shown = model.settings.decimals;
            if let Some(walk) = &mut model.walk {
                walk.answer(answering, shown);
            }
        }
        Message::Scroll(direction) => {
            if let Some(walk) = &mut model.walk {
                walk.scroll(direction);
            }
        }
    }
    Effect::None
}

fn set(model: &mut Model, setting: Setting) -> Effect {
    match setting {
        Setting::Convention => {
            if let Some(walk) = &mut model.walk {
                walk.turn();
            }
            Effect::None
        }
        Setting::Language => {
            model.language = model.language.other();
            // Wide glyphs give way to narrow ones everywhere at once: a full repaint leaves no ink behind.
            Effect::Repaint
        }
        Setting::Theme => {
            model.settings.theme = model.settings.theme.next();
            model.settings.chosen_theme = Some(model.settings.theme);
            Effect::SaveSettings
        }
        Setting::Decimals => {
            model.settings.cycle_decimals();
            Effect::SaveSettings
        }
        Setting::Notes => {
            model.settings.notes = model.settings.notes.other();
            Effect::None
        }
        Setting::Mouse => {
            model.mouse = match model.mouse {
                Mouse::Off => Mouse::On,
                Mouse::On => Mouse::Off,
            };
            Effect::SetMouse(model.mouse)
        }
        Setting::Curtain => {
            model.curtain = Curtain::Closed;
            Effect::None
        }
    }
}

fn open(model: &mut Model, panel: Panel) {
    let context = model.context();
    let step = model.walk.as_ref().map(|walk| walk.step);
    model.overlay = match (panel, step) {
        (Panel::Help, _) => Some(Overlay::Help { of: context, scroll: 0 }),
        (Panel::Actions, _) => Some(Overlay::List(List::actions(context))),
        (Panel::Report, Some(_)) => Some(report(model)),
        (Panel::Code, Some(_)) => Some(Overlay::Code { scroll: 0 }),
        (Panel::Index, Some(step)) => Some(Overlay::List(List::index(step))),
        (Panel::Jump(digit), Some(_)) => Some(Overlay::Jump(digit.to_string())),
        (Panel::Code | Panel::Report | Panel::Index | Panel::Jump(_), None) => None,
    };
}

/// What is wrong with the file of the lesson being walked, or what could be better, or that nothing is.
fn report(model: &Model) -> Overlay {
    let well = words("nothing: what you see is what the file says", "没有错误：现在显示的就是文件的内容");
    let broken = model.broken.as_ref().map(|broken| &broken.report);
    let text = broken.or(model.advice.as_ref()).cloned().unwrap_or_else(|| well.map(str::to_owned));
    Overlay::Report { text, scroll: 0 }
}

/// Closes the top layer; with none left, goes back to the menu, or out of the program where there is no menu to go to.
fn quit(model: &mut Model) -> Effect {
    if model.overlay.take().is_some() {
        return Effect::None;
    }
    model.remember();
    model.advice = None;
    let (broken, opening) = (model.broken.take(), model.opening.take());
    if model.catalog.len() == 1 {
        return Effect::Quit;
    }
    match model.walk.take() {
        Some(walk) => Effect::SaveProgress(walk.entry),
        None if broken.is_some() || opening.is_some() => Effect::Cancel,
        None => Effect::Quit,
    }
}

fn list(model: &mut Model, listing: Listing) -> Effect {
    let steps = model.walk.as_ref().map_or(0, |walk| walk.lesson.steps.len());
    match &mut model.overlay {
        None => match &mut model.broken {
            Some(broken) => read(&mut broken.scroll, listing),
            None => return menu(model, listing),
        },
        Some(_) if listing == Listing::Close => model.overlay = None,
        Some(Overlay::Help { scroll, .. } | Overlay::Code { scroll } | Overlay::Report { scroll, .. }) => {
            read(scroll, listing);
        }
        Some(Overlay::Jump(digits)) => {
            if let Some(step) = jump(digits, listing, steps) {
                go_to(model, step);
            }
        }
        Some(Overlay::List(list)) => match list.update(listing, steps) {
            None => {}
            Some(Choice::Step(step)) => go_to(model, step),
            Some(Choice::Action(action)) => {
                model.overlay = None;
                return update(model, action);
            }
        },
    }
    Effect::None
}

fn go_to(model: &mut Model, step: usize) {
    model.overlay = None;
    if let Some(walk) = &mut model.walk {
        walk.go_to(step);
    }
}

fn menu(model: &mut Model, listing: Listing) -> Effect {
    let last = model.catalog.len().saturating_sub(1);
    let typed = std::mem::take(&mut model.typed);
    model.chosen = match listing {
        Listing::Choose | Listing::Take(_) if model.catalog.is_empty() => 0,
        Listing::Choose => return Effect::Open(model.chosen),
        Listing::Take(entry) if entry <= last => {
            model.chosen = entry;
            return Effect::Open(entry);
        }
        Listing::Next => (model.chosen + 1).min(last),
        Listing::Previous => model.chosen.saturating_sub(1),
        Listing::NextPage => (model.chosen + 10).min(last),
        Listing::PreviousPage => model.chosen.saturating_sub(10),
        Listing::First => 0,
        Listing::Last => last,
        Listing::Digit(digit) => match numbered(model, typed, digit) {
            Some((number, entry)) => {
                model.typed = Typed::understood(number);
                entry
            }
            None => model.chosen,
        },
        Listing::Take(_) | Listing::Erase | Listing::Close => model.chosen,
    };
    Effect::None
}

/// What was typed, and the lesson that it means: 1 then 2 is lesson 12 where there is one, else lesson 2. A digit that is
/// no lesson's number points at the first whose number begins with it, so that 1 shows the way to 12.
fn numbered(model: &Model, typed: Typed, digit: u8) -> Option<(usize, usize)> {
    let find = |number: usize| {
        let entry = model.catalog.iter().position(|entry| entry.number == Some(number))?;
        Some((number, entry))
    };
    let begins = |number: usize| {
        let own = |entry: &Entry| entry.number.map_or_else(String::new, |own| own.to_string());
        let begins = |entry: &Entry| own(entry).starts_with(&number.to_string());
        Some((number, model.catalog.iter().position(begins)?))
    };
    typed.candidates(digit).find_map(find).or_else(|| begins(usize::from(digit)))
}

/// Moves through a text that may be longer than its window; the view stops at the end.
fn read(scroll: &mut usize, listing: Listing) {
    *scroll = match listing {
        Listing::Next => scroll.saturating_add(1),
        Listing::Previous => scroll.saturating_sub(1),
        Listing::NextPage => scroll.saturating_add(10),
        Listing::PreviousPage => scroll.saturating_sub(10),
        Listing::First => 0,
        Listing::Last => usize::MAX,
        Listing::Digit(_) | Listing::Erase | Listing::Choose | Listing::Take(_) | Listing::Close => *scroll,
    };
}

/// Types the number of a step; gives the step, from 0, once it is entered.
fn jump(digits: &mut String, listing: Listing, steps: usize) -> Option<usize> {
    match listing {
        Listing::Digit(digit) if digits.len() < 4 => digits.push_str(&digit.to_string()),
        Listing::Erase => {
            digits.pop();
        }
        Listing::Choose => return digits.parse::<usize>().ok().map(|step| step.clamp(1, steps) - 1),
        Listing::Digit(_)
        | Listing::Next
        | Listing::Previous
        | Listing::NextPage
        | Listing::PreviousPage
        | Listing::First
        | Listing::Last
        | Listing::Take(_)
        | Listing::Close => {}
    }
    None
}
