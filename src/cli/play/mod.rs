//! `qkv` and `qkv play`: lessons on the screen. Draw, wait, update, perform, and again.

mod keeping;
mod reload;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};

use keeping::{KeptBook, read_own, readable};
use reload::Reload;
pub(super) use reload::Watching;

use super::arguments::{Look, Page};
use super::opening::{Opened, OpeningLesson};
use super::{Done, Failure, Library, complain, say};
use crate::app::{
    self, Answering, Direction, Effect, Listing, LookAt, Message, Model, Opening, Overlay, Settings, Size,
    ThemeName, keymap, update,
};
use crate::environment::{Background, ColourDepth, Environment};
use crate::files;
use crate::language::Language;
use crate::lesson::Lesson;
use crate::terminal::{Event, Events, Mouse, Session, end_by};
use crate::ui::Screen;
use crate::ui::theme::Theme;
use crate::view::{self, At, View};

/// Opens the menu of lessons.
pub(super) fn menu(
    environment: &Environment,
    language: Language,
    look: &Look,
    watching: Watching,
    paths: &[PathBuf],
) -> Done {
    let folders = watching.folders(paths);
    let library = Library::gather(paths)?;
    let model = screen_model(environment, language, look, &library);
    let mut player = Player::new(environment, look, library, model)?;
    player.reload = Reload::new(watching, paths);
    player.watch_folders(folders);
    player.run()
}

/// Opens one lesson.
pub(super) fn lesson(
    environment: &Environment,
    language: Language,
    look: &Look,
    watching: Watching,
    name: &str,
    step: Option<u32>,
) -> Done {
    let library = Library::find(name)?;
    let seen = watching.look(&library, 0);
    // What is wrong with a file that is not waited for is said before the screen is taken.
    let opening = OpeningLesson::start(&library, 0, watching);
    let opened = match opening.read().or_else(|| opening.soon()) {
        Some(Opened { lesson: Err(cannot), .. }) if !watching.waits(&library, 0, &cannot) => {
            return Err(cannot.into());
        }
        opened => opened,
    };
    let model = screen_model(environment, language, look, &library);
    let mut player = Player::new(environment, look, library, model)?;
    player.first_step = step.map(|step| step as usize - 1);
    player.reload = Reload::new(watching, &[]);
    player.watch(seen);
    match opened {
        Some(opened) => player.take_opened(0, opening, opened)?,
        None => player.wait_for(0, opening),
    }
    player.run()
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
        entry.progress = progress.get(&entry.key).cloned();
    }
    let size = Size { width: 80, height: 24 };
    Model::new(catalog, language, settings, size)
}

struct Player<'a> {
    environment: &'a Environment,
    library: Library,
    model: Model,
    session: Session,
    events: Events,
    /// The lesson that is being computed.
    opening: Option<OpeningLesson>,
    /// The files that are worked on.
    reload: Reload,
    /// The step that the call asks for, from 0, until a lesson is entered.
    first_step: Option<usize>,
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
        Ok(Self {
            environment,
            library,
            model,
            session,
            events,
            opening: None,
            reload: Reload::default(),
            first_step: None,
            depth,
            theme,
            view,
            losses: Vec::new(),
        })
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
            Event::Wake => {
                self.take_saved();
                self.news()?
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
            MouseEventKind::Down(MouseButton::Left) => self.click(At { x: mouse.column, y: mouse.row }),
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved => None,
        }
    }

    /// A click looks at a cell, or takes an option of a question, or an entry of the menu or of a list, which hides the
    /// cells below it.
    fn click(&self, at: At) -> Option<Message> {
        match self.model.context() {
            keymap::Context::Actions | keymap::Context::List => {
                let screen = Screen { view: &self.view, theme: &self.theme };
                screen.entry_at(at).map(|entry| Message::List(Listing::Take(entry)))
            }
            keymap::Context::Menu => {
                view::lesson_at(&self.model, at.y).map(|lesson| Message::List(Listing::Take(lesson)))
            }
            keymap::Context::Walking
            | keymap::Context::Asked
            | keymap::Context::Answered
            | keymap::Context::Typing
            | keymap::Context::Choosing
            | keymap::Context::Picking
            | keymap::Context::Looking => {
                let option = view::option_at(&self.model, at);
                let option = option.map(|option| Message::Answer(Answering::Point(option)));
                option.or_else(|| self.view.place_at(at).map(|place| Message::Look(LookAt::Select(place))))
            }
            keymap::Context::Reading
            | keymap::Context::Jump
            | keymap::Context::Opening
            | keymap::Context::Waiting => None,
        }
    }

    /// The wheel moves what is seen: the window over a matrix, or the menu, list or text that is open.
    fn wheel(&self, direction: Direction) -> Message {
        match self.model.context() {
            keymap::Context::Walking
            | keymap::Context::Asked
            | keymap::Context::Answered
            | keymap::Context::Typing
            | keymap::Context::Looking
            | keymap::Context::Opening => Message::Scroll(direction),
            keymap::Context::Choosing | keymap::Context::Picking => match direction {
                Direction::Up | Direction::Left => Message::Answer(Answering::Previous),
                Direction::Down | Direction::Right => Message::Answer(Answering::Next),
            },
            keymap::Context::Menu
            | keymap::Context::Actions
            | keymap::Context::List
            | keymap::Context::Reading
            | keymap::Context::Waiting
            | keymap::Context::Jump => match direction {
                Direction::Up | Direction::Left => Message::List(Listing::Previous),
                Direction::Down | Direction::Right => Message::List(Listing::Next),
            },
        }
    }

    fn perform(&mut self, effect: Effect) -> Result<Then, Failure> {
        match effect {
            Effect::None => {}
            Effect::Open(entry) => self.open(entry)?,
            Effect::Cancel => {
                self.opening = None;
                self.unwatch();
            }
            Effect::SaveProgress(entry) => {
                self.save_progress_of(entry);
                self.unwatch();
            }
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

    /// Opens a lesson at once, or has the screen say that it will come.
    fn open(&mut self, entry: usize) -> Result<(), Failure> {
        let seen = self.reload.watching.look(&self.library, entry);
        self.watch(seen);
        let opening = OpeningLesson::start(&self.library, entry, self.reload.watching);
        if let Some(opened) = opening.soon() {
            return self.take_opened(entry, opening, opened);
        }
        self.wait_for(entry, opening);
        Ok(())
    }

    fn wait_for(&mut self, entry: usize, opening: OpeningLesson) {
        opening.wake(self.events.waker());
        self.model.opening = Some(Opening { entry, percent: opening.percent() });
        self.opening = Some(opening);
    }

    /// Looks at what the thread that opens a lesson has told.
    fn news(&mut self) -> Result<Option<Message>, Failure> {
        let Some(opening) = self.opening.take() else { return Ok(None) };
        let Some(opened) = opening.now() else {
            let percent = opening.percent();
            self.opening = Some(opening);
            return Ok(Some(Message::Computed(percent)));
        };
        if let Some(Opening { entry, .. }) = self.model.opening.take() {
            self.take_opened(entry, opening, opened)?;
        }
        Ok(None)
    }

    /// Enters a lesson, or reports why it cannot be opened: until it is saved again if its file is watched, else over the
    /// menu, or in its place where there is none.
    fn take_opened(&mut self, entry: usize, opening: OpeningLesson, opened: Opened) -> Result<(), Failure> {
        let Opened { lesson, beside } = opened;
        match lesson {
            Ok(lesson) => {
                self.watch_beside(beside);
                self.enter(entry, lesson);
                self.advise(opening);
            }
            Err(cannot) if self.reload.watching.waits(&self.library, entry, &cannot) => {
                self.watch_beside(beside);
                self.show_report(entry, &cannot);
            }
            Err(cannot) if self.model.catalog.len() == 1 => return Err(cannot.into()),
            Err(cannot) => {
                let text = cannot.message();
                self.model.overlay = Some(Overlay::Report { text, scroll: 0 });
                self.unwatch();
            }
        }
        Ok(())
    }

    fn enter(&mut self, entry: usize, lesson: Arc<Lesson>) {
        self.model.enter(entry, lesson);
        if let (Some(walk), Some(step)) = (&mut self.model.walk, self.first_step.take()) {
            walk.go_to(step);
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
