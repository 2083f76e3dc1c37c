//! Asking the terminal, for `qkv doctor` alone: what it answers, if it answers at all.

use std::io;
#[cfg(unix)]
use std::io::IsTerminal;
#[cfg(unix)]
use std::time::{Duration, Instant};

#[cfg(unix)]
use super::{hold, signals};

/// The longest wait for all answers together. Terminals answer within milliseconds, slow lines within a few hundred.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(1);

/// What a terminal has answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// How many cells each sign takes, in the order asked; empty if not all answers came.
    pub widths: Vec<usize>,
    /// Red, green and blue of its background, 0 to 255.
    pub background: Option<[u8; 3]>,
}

/// Where the cursor is.
const WHERE: &str = "\x1b[6n";
/// What the background is.
const BACKGROUND: &str = "\x1b]11;?\x1b\\";
/// What kind of terminal it is: all of them answer this one, and they answer in order, so nothing comes after it.
const LAST: &str = "\x1b[c";

/// Draws each sign on a screen of its own and asks where the cursor is then, and asks for the background. The terminal is
/// given back as in a session.
///
/// # Errors
///
/// [`io::ErrorKind::Unsupported`] where standard input or output is no terminal, [`io::ErrorKind::TimedOut`] if it does
/// not answer within a second.
#[cfg(unix)]
pub fn ask(signs: &[&str]) -> io::Result<Answers> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let caught = signals::Signals::register()?;
    hold::give_back_before_panics();
    // Nobody listens to these events: a signal then gives the terminal back and ends the program at once.
    let (events, _) = std::sync::mpsc::channel();
    signals::start(caught, &events);
    hold::take()?;
    let answered = hold::write(questions(signs).as_bytes()).and_then(|()| hear());
    hold::give_back();
    Ok(Answers::read(&answered?, signs.len()))
}

/// Elsewhere terminals are not asked.
///
/// # Errors
///
/// Always [`io::ErrorKind::Unsupported`].
#[cfg(not(unix))]
pub fn ask(_: &[&str]) -> io::Result<Answers> {
    Err(io::ErrorKind::Unsupported.into())
}

/// How many cells the terminal has, across and down.
///
/// # Errors
///
/// If there is no terminal.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

#[cfg_attr(not(unix), expect(dead_code, reason = "terminals are asked on Unix alone"))]
fn questions(signs: &[&str]) -> String {
    let signs: Vec<_> = signs.iter().map(|sign| format!("\x1b[H\x1b[2K{sign}{WHERE}")).collect();
    let mut questions = signs.concat();
    questions += BACKGROUND;
    questions += LAST;
    // Terminals without a screen of its own would keep the last sign.
    questions += "\x1b[H\x1b[2K";
    questions
}

/// What the terminal sends, up to the last answer.
#[cfg(unix)]
fn hear() -> io::Result<Vec<u8>> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    let until = Instant::now() + PATIENCE;
    let input = io::stdin();
    let mut heard = Vec::new();
    while !ended(&heard) {
        let left = until.saturating_duration_since(Instant::now());
        let left = Timespec::try_from(left).expect("a second is a time");
        match poll(&mut [PollFd::new(&input, PollFlags::IN)], Some(&left)) {
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let mut some = [0; 1024];
        match rustix::io::read(&input, &mut some)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => heard.extend_from_slice(&some[..read]),
        }
    }
    Ok(heard)
}

/// An answer of the terminal: `ESC [ … letter` or `ESC ] … end`.
#[derive(Debug, PartialEq, Eq)]
enum Answer<'a> {
    /// The numbers of a control sequence, and its letter.
    Control(&'a str, char),
    /// The text of a command to the system.
    System(&'a str),
}

/// The answers in what was heard; keys that were typed meanwhile are left out.
fn answers(heard: &str) -> impl Iterator<Item = Answer<'_>> {
    heard.split('\x1b').filter_map(|part| {
        if let Some(text) = part.strip_prefix(']') {
            return Some(Answer::System(text.split('\x07').next().unwrap_or(text)));
        }
        let rest = part.strip_prefix('[')?;
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        Some(Answer::Control(&rest[..end], rest[end..].chars().next()?))
    })
}

#[cfg_attr(not(unix), expect(dead_code, reason = "terminals are asked on Unix alone"))]
fn ended(heard: &[u8]) -> bool {
    let heard = String::from_utf8_lossy(heard);
    answers(&heard)
        .any(|answer| matches!(answer, Answer::Control(numbers, 'c') if numbers.starts_with(['?', '>'])))
}

impl Answers {
    #[cfg_attr(not(unix), expect(dead_code, reason = "terminals are asked on Unix alone"))]
    fn read(heard: &[u8], signs: usize) -> Self {
        let heard = String::from_utf8_lossy(heard);
        let mut read = Self::default();
        for answer in answers(&heard) {
            match answer {
                Answer::Control(numbers, 'R') => {
                    let column = numbers.split_once(';').and_then(|(_, column)| column.parse::<usize>().ok());
                    read.widths.extend(column.map(|column| column.saturating_sub(1)));
                }
                Answer::System(text) => read.background = read.background.or_else(|| colour(text)),
                Answer::Control(..) => {}
            }
        }
        if read.widths.len() != signs {
            // Which sign an answer belongs to would be a guess.
            read.widths.clear();
        }
        read
    }
}

/// The colour of `11;rgb:1e1e/1e1e/2e2e`, each part with one to four hexadecimal digits.
fn colour(text: &str) -> Option<[u8; 3]> {
    let (_, parts) = text.strip_prefix("11;")?.split_once(':')?;
    let mut parts = parts.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok().filter(|n| (1..=4).contains(n))?)? - 1;
        let value = u32::from_str_radix(part, 16).ok()?;
        u8::try_from(value * 255 / most).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_the_background_are_read_in_the_midst_of_keys() {
        let heard = b"\x1b[1;2Rq\x1b[1;3R\x1b[A\x1b]11;rgb:1e1e/ffff/0000\x1b\\\x1b[?62;4c";
        assert!(ended(heard));
        let background = Some([0x1e, 0xff, 0]);
        assert_eq!(Answers::read(heard, 2), Answers { widths: vec![1, 2], background });
        assert_eq!(Answers::read(heard, 3), Answers { widths: vec![], background });
    }

    #[test]
    fn the_end_is_the_answer_to_the_last_question_and_no_other() {
        for more in ["", "\x1b[1;2R", "\x1b[?62;4", "c", "\x1b[C", "\x1b]11;rgb:0/0/0\x07c"] {
            assert!(!ended(more.as_bytes()), "{more:?}");
        }
        assert!(ended(b"\x1b]11;rgb:0/0/0\x07\x1b[?6c"));
    }

    #[test]
    fn colours_have_one_to_four_digits_in_each_part() {
        assert_eq!(colour("11;rgb:f/0/8"), Some([255, 0, 136]));
        assert_eq!(colour("11;rgba:ffff/8080/0000/ffff"), Some([255, 128, 0]));
        for text in
            ["11;?", "11;rgb:ff/00", "11;rgb:/0/0", "10;rgb:0/0/0", "11;rgb:fffff/0/0", "11;rgb:g/0/0"]
        {
            assert_eq!(colour(text), None, "{text}");
        }
    }

    #[test]
    fn each_sign_is_asked_for_and_the_last_question_comes_last() {
        let questions = questions(&["─", "中"]);
        assert_eq!(questions.matches(WHERE).count(), 2);
        assert!(questions.ends_with(&format!("{LAST}\x1b[H\x1b[2K")));
    }
}
