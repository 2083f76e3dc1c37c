//! Signals, and the end of a terminal that nobody signals.

#[cfg(not(unix))]
pub(super) use elsewhere::{Signals, can_stop, start, stop};
#[cfg(unix)]
pub(super) use unix::{Signals, can_stop, start, stop};

use std::process::ExitCode;

/// Gives the terminal back and ends the process by `signal`, as if it had never been caught, so that whoever waits for
/// the process learns how it ended. Returns, with the code a shell would show, only if that is impossible.
pub fn end_by(signal: i32) -> ExitCode {
    super::hold::give_back();
    #[cfg(unix)]
    drop(signal_hook::low_level::emulate_default_handler(signal));
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(1))
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::os::fd::AsFd;
    use std::sync::mpsc::Sender;
    use std::thread;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::low_level::emulate_default_handler;

    use super::super::{Event, hold};

    /// How long a program that is asked to end may take to do so by itself.
    const GRACE: Duration = Duration::from_secs(2);

    /// The signals that are caught from now on.
    pub(in super::super) struct Signals(signal_hook::iterator::Signals);

    impl Signals {
        pub(in super::super) fn register() -> io::Result<Self> {
            let caught = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
            signal_hook::iterator::Signals::new(caught).map(Self)
        }
    }

    /// Tells of signals, and of a terminal that is closed, from threads of their own.
    pub(in super::super) fn start(signals: Signals, events: &Sender<Event>) {
        let to_signals = events.clone();
        thread::spawn(move || tell_of_signals(signals, &to_signals));
        let to_end = events.clone();
        thread::spawn(move || tell_of_closed_terminal(&to_end));
    }

    /// Whether there is a shell that would come forward and could continue the process. Shells put each job into a group
    /// of its own; a process in the first group of its session was started by the terminal itself.
    pub(in super::super) fn can_stop() -> bool {
        getsid(None).is_ok_and(|session| session != getpgrp())
    }

    /// Stops the process and its group: whatever started it, or stands in a pipeline with it, stops as well, and the
    /// shell comes forward.
    pub(in super::super) fn stop() -> io::Result<()> {
        Ok(kill_current_process_group(Signal::STOP)?)
    }

    fn tell_of_signals(mut signals: Signals, events: &Sender<Event>) {
        for signal in signals.0.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                SIGCONT => Event::Continue,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Event::Resize(columns, rows),
                    Err(_) => continue,
                },
                _ => Event::Terminate(signal),
            };
            let Event::Terminate(signal) = event else {
                let _ = events.send(event);
                continue;
            };
            // Without a session nobody reads events, and a caught signal would do nothing at all.
            if hold::is_taken_or_busy() && events.send(event).is_ok() {
                thread::sleep(GRACE);
            }
            hold::give_back_soon();
            drop(emulate_default_handler(signal));
        }
    }

    /// The session of a terminal that is closed gets SIGHUP, but only its leader does; and reading from the terminal, as
    /// crossterm does it, would then go round in a circle. So this waits for nothing but the end of the terminal.
    fn tell_of_closed_terminal(events: &Sender<Event>) {
        let terminal = io::stdout();
        let gone = PollFlags::HUP | PollFlags::ERR;
        let mut watched = [PollFd::from_borrowed_fd(terminal.as_fd(), PollFlags::empty())];
        loop {
            match poll(&mut watched, None) {
                Err(Errno::INTR) => {}
                Ok(_) if watched[0].revents().intersects(gone) => {
                    let _ = events.send(Event::Lost);
                    return;
                }
                // The system cannot watch this terminal; SIGHUP and failing writes have to do.
                Ok(_) | Err(_) => return,
            }
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::io;
    use std::sync::mpsc::Sender;

    use super::super::Event;

    /// Processes cannot be stopped and continued here.
    pub(in super::super) const fn can_stop() -> bool {
        false
    }

    /// There are no signals here.
    pub(in super::super) struct Signals;

    impl Signals {
        #[expect(clippy::unnecessary_wraps, reason = "the same as where there are signals")]
        pub(in super::super) fn register() -> io::Result<Self> {
            Ok(Self)
        }
    }

    pub(in super::super) fn start(_: Signals, _: &Sender<Event>) {}

    pub(in super::super) fn stop() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
