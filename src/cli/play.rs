//! `qkv` and `qkv play`: lessons on the screen. Draw, wait, update, perform, and again.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};

use super::arguments::{Look, Page};
use super::{Done, Failure, Library, complain, say};
use crate::app::{
    self, Answering, Direction, Effect, Listing, LookAt, Message, Model, Overlay, Settings, Size, ThemeName,
    keymap, update,
};
use crate::environment::{Background, ColourDepth, Environment};
use crate::files;
use crate::language::Language;
use crate::terminal::{Event, Events, Mouse, Session, end_by};
use crate::ui::Screen;
use crate::ui::theme::Theme;
use crate::view::{self, At, View};
use crate::yaml;

/// Opens the menu of lessons.
pub(super) fn menu(environment: &Environment, language: Language, look: &Look, paths: &[PathBuf]) -> Done {
    let library = Library::gather(paths)?;
    let model = screen_model(environment, language, look, &library);
    Player::new(environment, look, library, model)?.run()
}

/// Opens one lesson.
pub(super) fn lesson(
    environment: &Environment,
    language: Language,
    look: &Look,
    name: &str,
    step: Option<u32>,
) -> Done {
    let library = Library::find(name)?;
    let lesson = library.open(0)?;
    let mut model = screen_model(environment, language, look, &library);
    model.enter(0, Arc::new(lesson));
    if let (Some(walk), Some(step)) = (&mut model.walk, step) {
        walk.go_to(step as usize - 1);
    }
    Player::new(environment, look, library, model)?.run()
}

/// The model for the screen: in the theme that was asked for, or that was chosen last, or that fits the terminal.
fn screen_model(environment: &Environment, language: Language, look: &Look, library: &Library) -> Model {
    let mut model = model(environment, language, &look.page, library);
    let kept = files::settings_path(environment).and_then(|path| read_own::<Settings>(&path));
    let by_background = match environment.background() {
        Some(Background::Light) => ThemeName::Light,
        Some(Background::Dark) | None => ThemeName::Dark,
    };
    model.settings.chosen_theme = kept.and_then(|kept| kept.chosen_theme);
    model.settings.theme = look.theme().or(model.settings.chosen_theme).unwrap_or(by_background);
    model.settings.decimals = kept.map_or(model.settings.decimals, |kept| kept.decimals.min(6));
    model
}

/// The model of a library, with what was kept of earlier walks.
pub(super) fn model(environment: &Environment, language: Language, page: &Page, library: &Library) -> Model {
    let settings = Settings { glyphs: page.glyphs(), convention: page.convention(), ..Settings::default() };
    let progress = files::progress_path(environment).and_then(|path| read_own::<KeptBook>(&path));
    let progress = progress.map(readable).unwrap_or_default();
    let mut catalog: Vec<_> = (0..library.len()).map(|index| library.entry(index)).collect();
    for entry in &mut catalog {
        entry.progress = progress.get(&entry.key).copied();
    }
    let size = Size { width: 80, height: 24 };
    Model::new(catalog, language, settings, size)
}

/// The progress file with every entry as it is written, readable or not.
type KeptBook = BTreeMap<String, yaml::Kept>;

/// The entries that this version can read.
fn readable(book: KeptBook) -> app::ProgressBook {
    book.into_iter().filter_map(|(key, value)| Some((key, yaml::from_value(value).ok()?))).collect()
}

/// One of the program's own files; one that is missing or damaged counts as empty and is written anew.
fn read_own<T: serde::de::DeserializeOwned>(path: &std::path::Path) -> Option<T> {
    yaml::read(&files::read_own(path).ok()??).ok()
}

struct Player<'a> {
    environment: &'a Environment,
    library: Library,
    model: Model,
    session: Session,
    events: Events,
    depth: ColourDepth,
    theme: Theme,
    /// What is on the screen, for clicks.
    view: View,
    /// What could not be kept; said when the screen is given back.
    losses: Vec<files::Error>,
}

/// Whether the program goes on.
enum Then {
    GoOn,
    End(ExitCode),
}

impl<'a> Player<'a> {
    fn new(
        environment: &'a Environment,
        look: &Look,
        library: Library,
        mut model: Model,
    ) -> Result<Self, Failure> {
        let depth = environment.colour_depth(look.color.into());
        let (session, events) = Session::start(depth)?;
        model.size = size(&session)?;
        let theme = Theme::new(model.settings.theme, depth);
        let view = view::build(&model);
        Ok(Self { environment, library, model, session, events, depth, theme, view, losses: Vec::new() })
    }

    fn run(mut self) -> Done {
        let ended = self.play();
        if ended.is_err() {
            // A window that is closed may be noticed first by a frame that cannot be written.
            self.save_progress();
        }
        let code = ended?;
        let farewell = self.farewell();
        let losses = std::mem::take(&mut self.losses);
        let language = self.model.language;
        drop(self);
        for loss in losses {
            complain(loss.message().get(language));
        }
        if let Some(farewell) = farewell {
            say(&farewell)?;
        }
        Ok(code)
    }

    fn play(&mut self) -> Done {
        loop {
            self.draw()?;
            let event = self.events.wait();
            if let Then::End(code) = self.handle(event)? {
                return Ok(code);
            }
        }
    }

    fn draw(&mut self) -> Result<(), Failure> {
        if self.theme.name() != self.model.settings.theme {
            self.theme = Theme::new(self.model.settings.theme, self.depth);
        }
        self.view = view::build(&self.model);
        let screen = Screen { view: &self.view, theme: &self.theme };
        self.session.draw(|frame| frame.render_widget(screen, frame.area()))?;
        Ok(())
    }

    /// Takes an event and all that wait behind it, so that a burst of them costs one frame.
    fn handle(&mut self, event: Event) -> Result<Then, Failure> {
        let mut next = Some(event);
        while let Some(event) = next {
            if let Then::End(code) = self.take(event)? {
                return Ok(Then::End(code));
            }
            next = self.events.ready();
        }
        Ok(Then::GoOn)
    }

    fn take(&mut self, event: Event) -> Result<Then, Failure> {
        let message = match event {
            Event::Key(key) => self.key(key),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Resize(width, height) => Some(Message::Resize(Size { width, height })),
            Event::Suspend => Some(Message::Suspend),
            Event::Continue => {
                self.session.resume()?;
                None
            }
            Event::Terminate(signal) => {
                self.save_progress();
                return Ok(Then::End(end_by(signal)));
            }
            Event::Lost => {
                self.save_progress();
                return Ok(Then::End(ExitCode::FAILURE));
            }
        };
        match message {
            Some(message) => {
                let effect = update(&mut self.model, message);
                self.perform(effect)
            }
            None => Ok(Then::GoOn),
        }
    }

    fn key(&self, key: KeyEvent) -> Option<Message> {
        self.model.message(key)
    }

    fn mouse(&self, mouse: MouseEvent) -> Option<Message> {
        match mouse.kind {
            MouseEventKind::ScrollUp => Some(self.wheel(Direction::Up)),
            MouseEventKind::ScrollDown => Some(self.wheel(Direction::Down)),
            MouseEventKind::ScrollLeft => Some(self.wheel(Direction::Left)),
            MouseEventKind::ScrollRight => Some(self.wheel(Direction::Right)),
            // What lies over the screen hides its cells.
            MouseEventKind::Down(MouseButton::Left) if self.model.overlay.is_none() => {
                let place = self.view.place_at(At { x: mouse.column, y: mouse.row });
                place.map(|place| Message::Look(LookAt::Select(place)))
            }
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved => None,
        }
    }

    /// The wheel moves what is seen: the window over a matrix, or the menu, list or text that is open.
    fn wheel(&self, direction: Direction) -> Message {
        match self.model.context() {
            keymap::Context::Walking
            | keymap::Context::Asked
            | keymap::Context::Typing
            | keymap::Context::Looking => Message::Scroll(direction),
            keymap::Context::Choosing | keymap::Context::Picking => match direction {
                Direction::Up | Direction::Left => Message::Answer(Answering::Previous),
                Direction::Down | Direction::Right => Message::Answer(Answering::Next),
            },
            keymap::Context::Menu
            | keymap::Context::List
            | keymap::Context::Reading
            | keymap::Context::Jump => match direction {
                Direction::Up | Direction::Left => Message::List(Listing::Previous),
                Direction::Down | Direction::Right => Message::List(Listing::Next),
            },
        }
    }

    fn perform(&mut self, effect: Effect) -> Result<Then, Failure> {
        match effect {
            Effect::None => {}
            Effect::Open(entry) => self.open(entry),
            Effect::SaveProgress(entry) => self.save_progress_of(entry),
            Effect::SaveSettings => self.save_settings(),
            Effect::SetMouse(mouse) => self.session.set_mouse(match mouse {
                app::Mouse::Off => Mouse::Terminal,
                app::Mouse::On => Mouse::Program,
            })?,
            Effect::Repaint => self.session.repaint()?,
            Effect::Suspend => self.session.suspend()?,
            Effect::Quit => {
                self.save_progress();
                return Ok(Then::End(ExitCode::SUCCESS));
            }
        }
        Ok(Then::GoOn)
    }

    fn open(&mut self, entry: usize) {
        match self.library.open(entry) {
            Ok(lesson) => self.model.enter(entry, Arc::new(lesson)),
            Err(cannot) => {
                let text = cannot.message(self.model.language);
                self.model.overlay = Some(Overlay::Report { text, scroll: 0 });
            }
        }
    }

    /// Keeps the progress of the lesson being walked, if one is.
    fn save_progress(&mut self) {
        self.model.remember();
        if let Some(entry) = self.model.walk.as_ref().map(|walk| walk.entry) {
            self.save_progress_of(entry);
        }
    }

    /// Keeps the progress of one lesson. All else in the file stays as it is, also what another run has
    /// written meanwhile, or a later version that this one cannot read.
    fn save_progress_of(&mut self, entry: usize) {
        let entry = &self.model.catalog[entry];
        let (Some(path), Some(progress)) = (files::progress_path(self.environment), entry.progress) else {
            return;
        };
        let (key, value) = (entry.key.clone(), yaml::to_value(&progress).expect("numbers are YAML"));
        let mut book: KeptBook = match files::read_own(&path) {
            Ok(None) => KeptBook::new(),
            Ok(Some(text)) => yaml::read(&text).unwrap_or_else(|_| {
                self.keep_damaged(&path, &text);
                KeptBook::new()
            }),
            Err(error) => return self.losses.push(error),
        };
        book.insert(key, value);
        self.write(&path, &book);
    }

    /// Puts a file that cannot be read aside, so that nothing of it is lost.
    fn keep_damaged(&mut self, path: &std::path::Path, text: &str) {
        let aside = path.with_extension("damaged.yaml");
        if let Err(error) = files::write(&aside, text.as_bytes()) {
            self.losses.push(error);
        }
    }

    fn save_settings(&mut self) {
        if let Some(path) = files::settings_path(self.environment) {
            let settings = self.model.settings;
            self.write(&path, &settings);
        }
    }

    fn write<T: serde::Serialize>(&mut self, path: &std::path::Path, value: &T) {
        let text = yaml::write(value).expect("names and numbers are YAML");
        if let Err(error) = files::write(path, text.as_bytes())
            && self.losses.iter().all(|loss| loss.path() != error.path())
        {
            self.losses.push(error);
        }
    }

    /// Where the learner stopped, and how to go on.
    fn farewell(&self) -> Option<String> {
        let walk = self.model.walk.as_ref()?;
        let id = &self.model.catalog[walk.entry].id;
        let (step, steps) = (walk.step + 1, walk.lesson.steps.len());
        Some(match self.model.language {
            Language::English => {
                format!("Stopped at step {step}/{steps}. Go on with: qkv play {id} --step {step}\n")
            }
            Language::Chinese => format!("停在第 {step}/{steps} 步。继续：qkv play {id} --step {step}\n"),
        })
    }
}

fn size(session: &Session) -> Result<Size, Failure> {
    let (width, height) = session.size()?;
    Ok(Size { width, height })
}
