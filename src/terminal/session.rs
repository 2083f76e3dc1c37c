//! A stretch of time in which the terminal is ours.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use crossterm::queue;
use crossterm::style::force_color_output;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};

use super::events::Events;
use super::hold::{self, Mouse};
use super::signals::{self, Signals};
use crate::environment::ColourDepth;

/// The terminal while it is ours: raw mode, the alternate screen, no cursor, pastes set apart from typing.
///
/// It is given back when the session is dropped, before a panic speaks, and on a signal that ends the program; exactly
/// once, whichever comes first. A process has one session at a time.
#[derive(Debug)]
pub struct Session {
    terminal: Terminal<CrosstermBackend<Page>>,
    page: Page,
}

impl Session {
    /// Takes the terminal on standard output, and starts to listen to it and to signals.
    ///
    /// `depth` decides whether colours are sent at all; `NO_COLOR` has had its say in
    /// [`Environment::colour_depth`](crate::environment::Environment::colour_depth).
    ///
    /// # Errors
    ///
    /// If there is no terminal, or it cannot be written to. Then it is as it was.
    pub fn start(depth: ColourDepth) -> io::Result<(Self, Events)> {
        // Raw mode would be set on the terminal that the process belongs to, and the frames would go into a file.
        if !io::stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "standard output is not a terminal"));
        }
        force_color_output(depth != ColourDepth::Mono);
        // Signals first: one that comes between two steps finds whatever has been taken, and gives it back.
        let signals = Signals::register()?;
        hold::give_back_before_panics();
        let page = Page::default();
        let session = Self { terminal: Terminal::new(CrosstermBackend::new(page.clone()))?, page };
        hold::take()?;
        Ok((session, Events::start(signals)))
    }

    /// Draws what has changed since the last frame, as one write that the terminal shows at once.
    ///
    /// Between [`suspend`](Self::suspend) and [`resume`](Self::resume) nothing is drawn.
    ///
    /// # Errors
    ///
    /// If the terminal cannot be written to: it is lost, and the program should end.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if !hold::is_taken() {
            return Ok(());
        }
        self.terminal.draw(render)?;
        let mut frame = Vec::new();
        // Terminals that do not know this mode ignore it, so there is no need to ask.
        queue!(frame, BeginSynchronizedUpdate)?;
        frame.append(&mut self.page.bytes.borrow_mut());
        queue!(frame, EndSynchronizedUpdate)?;
        hold::write(&frame)
    }

    /// Makes the next frame a full one: for when something else may have written on the screen.
    ///
    /// # Errors
    ///
    /// If the size of the terminal cannot be read.
    pub fn repaint(&mut self) -> io::Result<()> {
        // `Terminal::clear` would ask the terminal where its cursor is; `resize` clears without asking.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from(size))
    }

    /// Has the mouse report to the program, or leaves it to the terminal's own selecting and copying.
    ///
    /// # Errors
    ///
    /// If the terminal cannot be written to.
    pub fn set_mouse(&mut self, mouse: Mouse) -> io::Result<()> {
        hold::set_mouse(mouse)
    }

    /// Gives the terminal back and stops the process and its group, as Ctrl-Z does; [`Event::Continue`] follows when
    /// it goes on. Where nobody could continue it, as there is no shell or on Windows, nothing happens.
    ///
    /// # Errors
    ///
    /// If the process cannot be stopped; the terminal is then taken again.
    ///
    /// [`Event::Continue`]: super::Event::Continue
    pub fn suspend(&mut self) -> io::Result<()> {
        // A second request that was waiting behind the first must not stop a program that has just been continued.
        if !signals::can_stop() || !hold::is_taken() {
            return Ok(());
        }
        hold::give_back();
        signals::stop().or_else(|_| self.resume())
    }

    /// Takes the terminal again after a stop, whoever asked for it, and makes the next frame a full one.
    ///
    /// # Errors
    ///
    /// If the terminal cannot be taken again: it is lost.
    pub fn resume(&mut self) -> io::Result<()> {
        hold::take()?;
        self.repaint()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        hold::give_back();
    }
}

/// What a frame is written on before it goes to the terminal in one piece. The backend flushes several times a frame;
/// here that does nothing.
#[derive(Debug, Clone, Default)]
struct Page {
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
