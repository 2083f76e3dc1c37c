//! What lies over the screen: help, lists, code, reports and the field for a step's number.

use super::text::{Align, Line, Role};
use super::wrap::wrap;
use super::{PopupView, code, menu, report};
use crate::app::keymap::{self, Context, Key, Named};
use crate::app::{Direction, Glyphs, List, ListKind, Model, Overlay};
use crate::language::{Words, words};

/// The popup of the model's overlay.
pub(super) fn build(model: &Model) -> Option<PopupView> {
    let room = Room { width: usize::from(model.size.width) - 6, height: usize::from(model.size.height) - 3 };
    let titled = |title: Words| Line::of(*title.get(model.language), Role::Title);
    Some(match model.overlay.as_ref()? {
        Overlay::Help { of, scroll } => {
            room.text(model, titled(words("Keys", "按键")), &help(model, *of, room.width), *scroll)
        }
        Overlay::Code { scroll } => {
            let walk = model.walk.as_ref()?;
            let title = titled(words("The same in code", "对应的代码"));
            room.text(model, title, &code::lines(walk, model.language), *scroll)
        }
        Overlay::Report { text, scroll } => {
            let text = text.get(model.language);
            let lines = report::lines(text, model.language, model.settings.glyphs, room.width);
            let title = match model.walk {
                Some(_) if model.broken.is_none() && model.advice.is_some() => {
                    words("Advice on the file", "对文件的建议")
                }
                Some(_) => words("What is wrong with the file", "文件有什么错误"),
                None => words("This lesson cannot be opened", "无法打开这节课"),
            };
            room.text(model, titled(title), &lines, *scroll)
        }
        Overlay::List(list) => room.list(model, *list),
        Overlay::Jump(digits) => {
            let steps = model.walk.as_ref().map_or(0, |walk| walk.lesson.steps.len());
            let mut line = Line::of(format!("{digits}_"), Role::Strong);
            line.push(&format!("  / {steps}"), Role::Muted);
            PopupView {
                title: titled(words("Go to step", "跳到第几步")), lines: vec![line], entries: None
            }
        }
    })
}

/// The name of a key: an arrow, a letter, `Space`.
pub(super) fn key_name(key: Key, glyphs: Glyphs) -> String {
    match key.arrow() {
        Some(Direction::Left) => glyphs.left().to_owned(),
        Some(Direction::Right) => glyphs.right().to_owned(),
        Some(Direction::Up) => glyphs.up().to_owned(),
        Some(Direction::Down) => glyphs.down().to_owned(),
        None => key.to_string(),
    }
}

/// The cells of a list before its entries: a marker and the number.
const BEFORE: usize = 6;

/// The room inside of a popup.
#[derive(Debug, Clone, Copy)]
struct Room {
    width: usize,
    height: usize,
}

impl Room {
    /// A text, wrapped, from the line scrolled to; the last line says that there is more.
    fn text(self, model: &Model, title: Line, text: &[Line], scroll: usize) -> PopupView {
        let plain = text.iter().map(|line| line.clone().plain(model.settings.glyphs));
        let lines: Vec<_> = plain.flat_map(|line| wrap_code(&line, self.width)).collect();
        let (lines, place) = scrolled(lines, self.height, scroll, model.settings.glyphs);
        let mut title = title;
        title.append(&place);
        PopupView { title, lines, entries: None }
    }

    fn list(self, model: &Model, list: List) -> PopupView {
        let (title, entries) = match list.kind {
            ListKind::Actions(context) => {
                (words("Actions", "操作"), actions(model, context, self.width - BEFORE))
            }
            ListKind::Index => (words("Steps", "目录"), steps(model)),
        };
        let plain = entries.into_iter().map(|line| line.plain(model.settings.glyphs));
        let entries: Vec<_> = plain.collect();
        let widest = entries.iter().map(Line::width).max().unwrap_or(0);
        let first = menu::window(list.chosen, entries.len(), self.height);
        let mut title = Line::of(*title.get(model.language), Role::Title);
        if entries.len() > self.height {
            title.append(&place(first, self.height, entries.len(), model.settings.glyphs));
        }
        let mut lines = Vec::new();
        for (index, entry) in entries.into_iter().enumerate().skip(first).take(self.height) {
            let chosen = index == list.chosen;
            let marker = if chosen { model.settings.glyphs.then() } else { " " };
            let mut line = Line::of(format!("{marker} {:>2}  ", index + 1), Role::Plain);
            line.append(&entry);
            let line = line
                .truncate(self.width, model.settings.glyphs)
                .pad((widest + BEFORE).min(self.width), Align::Left);
            lines.push(if chosen { Line::of(line.text(), Role::Current) } else { line });
        }
        PopupView { title, lines, entries: Some(first) }
    }
}

/// As many lines as there is room for, from the one scrolled to, and which they are where there are more.
pub(super) fn scrolled(lines: Vec<Line>, height: usize, scroll: usize, glyphs: Glyphs) -> (Vec<Line>, Line) {
    let count = lines.len();
    if count <= height {
        return (lines, Line::new());
    }
    let first = scroll.min(count - height);
    let place = place(first, height, count, glyphs);
    (lines.into_iter().skip(first).take(height).collect(), place)
}

/// Which of so many lines are seen: `  1–13/18  ↑↓`
fn place(first: usize, height: usize, count: usize, glyphs: Glyphs) -> Line {
    let place = Line::of(format!("  {}–{}/{count}", first + 1, first + height), Role::Muted);
    place.with(&format!("  {}{}", glyphs.up(), glyphs.down()), Role::Key)
}

/// Code and reports keep their own line ends; what is longer is wrapped.
pub(super) fn wrap_code(line: &Line, width: usize) -> Vec<Line> {
    if line.width() <= width { vec![line.clone()] } else { wrap(line, width) }
}

/// All keys of a screen with what they do, in two columns of which the second has most of the room.
fn help(model: &Model, context: Context, width: usize) -> Vec<Line> {
    let glyphs = model.settings.glyphs;
    let names = |binding: &keymap::Binding| {
        let keys = match binding.named {
            Named::Alone => binding.keys,
            Named::Together(keys) => keys,
            Named::Before => return None,
        };
        Some(keys.iter().map(|key| key_name(*key, glyphs)).collect::<Vec<_>>().join(" "))
    };
    let digits = match context {
        Context::Walking | Context::Asked | Context::Answered | Context::Looking => {
            Some(words("go to the step of this number", "跳到这一步"))
        }
        Context::Typing => Some(words("belong to the answer, like every sign", "与其他字符一样属于答案")),
        Context::Choosing | Context::Picking => Some(words("the option of this number", "选这一项")),
        Context::Menu | Context::Actions | Context::List | Context::Jump => {
            Some(words("choose by number", "按编号选择"))
        }
        Context::Opening | Context::Reading | Context::Waiting => None,
    };
    let mut rows: Vec<(String, &str)> = keymap::bindings(context)
        .filter(|binding| model.offers(binding))
        .filter_map(|binding| Some((names(binding)?, *binding.help.get(model.language))))
        .collect();
    rows.extend(digits.map(|digits| ("0 – 9".to_owned(), *digits.get(model.language))));
    let widest = rows.iter().map(|(names, _)| super::text::cells(names)).max().unwrap_or(0);
    let column = widest.min(width * 2 / 5);
    let row = |(names, help): (String, &str)| {
        let names = wrap(&Line::of(names, Role::Key), column);
        let help = wrap(&Line::of(help, Role::Plain), width.saturating_sub(column + 2));
        (0..names.len().max(help.len())).map(move |index| {
            let mut line = names.get(index).cloned().unwrap_or_default().pad(column, Align::Left);
            if let Some(help) = help.get(index) {
                line.push("  ", Role::Plain);
                line.append(help);
            }
            line
        })
    };
    let lines: Vec<Line> = rows.into_iter().flat_map(row).collect();
    // However it is scrolled, it is as wide.
    let widest = lines.iter().map(Line::width).max().unwrap_or(0);
    lines.into_iter().map(|line| line.pad(widest, Align::Left)).collect()
}

/// Everything that can be done on a screen, with its key. Where there is too little room for both, the key is whole.
fn actions(model: &Model, context: Context, width: usize) -> Vec<Line> {
    let glyphs = model.settings.glyphs;
    let rows: Vec<_> = keymap::actions(context).collect();
    let key = |row: &keymap::Binding| key_name(row.keys[0], glyphs);
    let keys = rows.iter().map(|row| super::text::cells(&key(row))).max().unwrap_or(0);
    let widest = rows.iter().map(|row| super::text::cells(row.help.get(model.language))).max().unwrap_or(0);
    let column = widest.min(width.saturating_sub(keys + 2));
    let line = |row: &&keymap::Binding| {
        let words = Line::of(*row.help.get(model.language), Role::Plain).truncate(column, glyphs);
        words.pad(column + 2, Align::Left).with(&key(row), Role::Key)
    };
    rows.iter().map(line).collect()
}

fn steps(model: &Model) -> Vec<Line> {
    let Some(walk) = &model.walk else { return Vec::new() };
    let line = |step: &crate::lesson::Step| Line::of(step.title.get(model.language).as_str(), Role::Plain);
    walk.lesson.steps.iter().map(line).collect()
}
