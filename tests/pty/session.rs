//! A program with nothing but a session: it shows what it has heard, and does as its keys say.
//!
//! `q` quits, `e` ends with an error, `p` panics, `t` panics in another thread, `m` gives the mouse to the program,
//! `M` gives it back, `b` is busy for ever.

use std::io;
use std::process::{self, ExitCode};
use std::thread;

use qkv::environment::{ColourChoice, Environment};
use qkv::terminal::{Event, Mouse, Session, end_by};
use ratatui::Frame;
use ratatui::style::Stylize;
use ratatui::text::{Line, Text};

fn main() -> io::Result<ExitCode> {
    let environment = Environment::from_process();
    let (mut session, mut events) = Session::start(environment.colour_depth(ColourChoice::Auto))?;
    let mut heard = vec!["started".to_owned()];
    loop {
        session.draw(|frame| show(frame, &heard))?;
        let event = events.wait();
        match event {
            Event::Key(key) => match key.code.as_char() {
                Some('q') => return Ok(ExitCode::SUCCESS),
                Some('e') => return Err(io::Error::other("an error")),
                Some('p') => panic!("a panic"),
                Some('t') => drop(thread::spawn(|| panic!("a panic elsewhere")).join()),
                Some('m') => session.set_mouse(Mouse::Program)?,
                Some('M') => session.set_mouse(Mouse::Terminal)?,
                Some('b') => {
                    heard.push("busy".into());
                    session.draw(|frame| show(frame, &heard))?;
                    loop {
                        thread::park();
                    }
                }
                Some(_) | None => {}
            },
            Event::Mouse(_) | Event::Resize(..) | Event::Wake => {}
            Event::Suspend => session.suspend()?,
            Event::Continue => session.resume()?,
            Event::Terminate(signal) => return Ok(end_by(signal)),
            Event::Lost => return Ok(ExitCode::from(9)),
        }
        heard.push(name(event));
    }
}

fn name(event: Event) -> String {
    match event {
        Event::Key(key) => format!("key {}", key.code),
        Event::Mouse(mouse) => format!("mouse {:?}", mouse.kind),
        Event::Resize(columns, rows) => format!("resize {columns}x{rows}"),
        Event::Suspend => "suspend".into(),
        Event::Continue => "continue".into(),
        Event::Terminate(signal) => format!("terminate {signal}"),
        Event::Wake => "wake".into(),
        Event::Lost => "lost".into(),
    }
}

fn show(frame: &mut Frame<'_>, heard: &[String]) {
    let area = frame.area();
    let size = format!("{}x{} process {}", area.width, area.height, process::id());
    let latest = heard.iter().rev().take(usize::from(area.height).saturating_sub(2)).rev();
    let lines = [Line::from(size), Line::from("red".red())].into_iter();
    let lines = lines.chain(latest.map(|heard| Line::from(heard.as_str())));
    frame.render_widget(lines.collect::<Text<'_>>(), area);
}
