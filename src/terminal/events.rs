//! What happens outside while the program waits.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent, MouseEventKind};

use super::signals::{self, Signals};

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// A key was pressed, or repeats while it is held. Releases, pastes and Ctrl-Z do not come as keys.
    Key(KeyEvent),
    /// A click, a drag or the wheel, while the mouse is the program's. Mere movement is left out.
    Mouse(MouseEvent),
    /// The terminal has another size: columns, rows.
    Resize(u16, u16),
    /// Someone asks to stop the program: call [`Session::suspend`](super::Session::suspend).
    Suspend,
    /// The program goes on after a stop: call [`Session::resume`](super::Session::resume).
    Continue,
    /// This signal is to end the program: save what must be saved, then [`end_by`](super::end_by) it. After two seconds
    /// the program is ended anyway.
    Terminate(i32),
    /// Another thread has something to say, and used a [`Waker`] to be heard.
    Wake,
    /// The terminal is gone: save what must be saved and end.
    Lost,
}

/// Ends the waiting of [`Events`] from another thread.
#[derive(Debug, Clone)]
pub struct Waker(Sender<Event>);

impl Waker {
    /// Makes [`Event::Wake`] the next event that is not there yet.
    pub fn wake(&self) {
        // With nobody waiting any more there is nobody to wake.
        let _ = self.0.send(Event::Wake);
    }
}

/// The events, in the order in which they happened.
#[derive(Debug)]
pub struct Events {
    incoming: Receiver<Event>,
    sender: Sender<Event>,
    next: Option<Event>,
}

impl Events {
    /// What another thread uses to be heard.
    pub fn waker(&self) -> Waker {
        Waker(self.sender.clone())
    }

    /// Waits for the next event, without using any time of the processor. Several changes of size in a row are one.
    pub fn wait(&mut self) -> Event {
        let first = self.next.take().or_else(|| self.incoming.recv().ok());
        self.coalesce(first).unwrap_or(Event::Lost)
    }

    /// The next event if it is there already: for acting on a burst of keys before drawing once.
    pub fn ready(&mut self) -> Option<Event> {
        let first = self.next.take().or_else(|| self.incoming.try_recv().ok());
        self.coalesce(first)
    }

    pub(super) fn start(signals: Signals) -> Self {
        let (sender, incoming) = mpsc::channel();
        signals::start(signals, &sender);
        let reader = sender.clone();
        thread::spawn(move || read_terminal(reader));
        Self { incoming, sender, next: None }
    }

    fn coalesce(&mut self, first: Option<Event>) -> Option<Event> {
        let mut event = first?;
        while let Event::Resize(..) = event {
            match self.incoming.try_recv() {
                Ok(newer @ Event::Resize(..)) => event = newer,
                Ok(other) => {
                    self.next = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        Some(event)
    }
}

fn read_terminal(events: Sender<Event>) {
    let events = UntilLost(events);
    while let Ok(read) = event::read() {
        if let Some(event) = translated(&read)
            && events.0.send(event).is_err()
        {
            return;
        }
    }
}

/// Says at its end, also by a panic, that nothing more will be read: a program that nobody can talk to must end.
struct UntilLost(Sender<Event>);

impl Drop for UntilLost {
    fn drop(&mut self) {
        // Nobody may be left to hear it, which is as good.
        let _ = self.0.send(Event::Lost);
    }
}

fn translated(read: &event::Event) -> Option<Event> {
    match read {
        event::Event::Key(key) => match key.kind {
            KeyEventKind::Press | KeyEventKind::Repeat if is_ctrl_z(key) => Some(Event::Suspend),
            KeyEventKind::Press | KeyEventKind::Repeat => Some(Event::Key(*key)),
            KeyEventKind::Release => None,
        },
        event::Event::Mouse(mouse) => (mouse.kind != MouseEventKind::Moved).then_some(Event::Mouse(*mouse)),
        // Where there are signals, they tell the size sooner: crossterm notices it only between two keys.
        event::Event::Resize(columns, rows) => (!cfg!(unix)).then_some(Event::Resize(*columns, *rows)),
        // A paste is not typing: forty pasted blanks must not turn forty pages.
        event::Event::Paste(_) | event::Event::FocusGained | event::Event::FocusLost => None,
    }
}

fn is_ctrl_z(key: &KeyEvent) -> bool {
    key.code == KeyCode::Char('z') && key.modifiers == KeyModifiers::CONTROL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::MouseButton;

    fn events(happened: impl IntoIterator<Item = Event>) -> Events {
        let (sender, incoming) = mpsc::channel();
        for event in happened {
            sender.send(event).unwrap();
        }
        Events { incoming, sender, next: None }
    }

    fn key(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> event::Event {
        event::Event::Key(KeyEvent::new_with_kind(code, modifiers, kind))
    }

    fn mouse(kind: MouseEventKind) -> MouseEvent {
        MouseEvent { kind, column: 1, row: 1, modifiers: KeyModifiers::NONE }
    }

    #[test]
    fn changes_of_size_in_a_row_are_one_and_what_follows_is_kept() {
        let sizes = [Event::Resize(80, 24), Event::Resize(81, 24), Event::Resize(90, 30)];
        let mut events = events(sizes.into_iter().chain([Event::Suspend, Event::Resize(1, 1)]));
        assert_eq!(events.wait(), Event::Resize(90, 30));
        assert_eq!(events.wait(), Event::Suspend);
        assert_eq!(events.ready(), Some(Event::Resize(1, 1)));
        assert_eq!(events.ready(), None);
    }

    #[test]
    fn when_nobody_reads_any_more_the_terminal_is_lost() {
        let mut events = events([]);
        drop(UntilLost(events.sender.clone()));
        assert_eq!(events.wait(), Event::Lost);
    }

    #[test]
    fn another_thread_can_end_the_waiting() {
        let mut events = events([]);
        let waker = events.waker();
        thread::spawn(move || waker.wake());
        assert_eq!(events.wait(), Event::Wake);
    }

    #[test]
    fn keys_count_when_pressed_and_held_but_not_when_released() {
        let space = |kind| translated(&key(KeyCode::Char(' '), KeyModifiers::NONE, kind));
        assert!(matches!(space(KeyEventKind::Press), Some(Event::Key(_))));
        assert!(matches!(space(KeyEventKind::Repeat), Some(Event::Key(_))));
        assert_eq!(space(KeyEventKind::Release), None);
    }

    #[test]
    fn ctrl_z_asks_to_stop_and_is_no_key() {
        let pressed = translated(&key(KeyCode::Char('z'), KeyModifiers::CONTROL, KeyEventKind::Press));
        assert_eq!(pressed, Some(Event::Suspend));
    }

    #[test]
    fn pastes_and_mere_movement_of_the_mouse_are_left_out() {
        assert_eq!(translated(&event::Event::Paste("    ".into())), None);
        assert_eq!(translated(&event::Event::Mouse(mouse(MouseEventKind::Moved))), None);
        let click = mouse(MouseEventKind::Down(MouseButton::Left));
        assert_eq!(translated(&event::Event::Mouse(click)), Some(Event::Mouse(click)));
    }
}
