//! The terminal: taken, drawn on, listened to, and always given back.
//!
//! A program takes the terminal with [`Session::start`] and then draws, waits and acts in turns:
//!
//! ```no_run
//! # use qkv::{environment::ColourDepth, terminal::{Event, Session, end_by}};
//! # fn main() -> std::io::Result<std::process::ExitCode> {
//! let (mut session, mut events) = Session::start(ColourDepth::Sixteen)?;
//! loop {
//!     session.draw(|frame| frame.render_widget("a frame", frame.area()))?;
//!     match events.wait() {
//!         Event::Key(_) => break,
//!         Event::Mouse(_) | Event::Resize(..) | Event::Wake => {}
//!         Event::Suspend => session.suspend()?,
//!         Event::Continue => session.resume()?,
//!         Event::Terminate(signal) => return Ok(end_by(signal)),
//!         Event::Lost => return Ok(std::process::ExitCode::FAILURE),
//!     }
//! }
//! # Ok(std::process::ExitCode::SUCCESS)
//! # }
//! ```
//!
//! A session asks nothing of the terminal, so nothing can wait for an answer; only `qkv doctor` [asks](ask), and not for
//! long. Nothing ticks: a program that waits costs no time.

mod events;
mod hold;
mod probe;
mod session;
mod signals;

pub use events::{Event, Events, Waker};
pub use hold::Mouse;
pub use probe::{Answers, ask, size};
pub use session::Session;
pub use signals::end_by;
