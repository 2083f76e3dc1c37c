//! Fullwidth signs between brackets: `{en：A}`, `[1，2]`, `［1, 2］`.

use crate::diagnostic::Span;

/// A fullwidth sign where a plain one belongs.
pub(super) struct Sign {
    pub(super) span: Span,
    pub(super) fullwidth: char,
    pub(super) plain: char,
}

/// Where in brackets and quotation marks a text is, from line to line.
#[derive(Default)]
pub(super) struct Flow {
    /// The closing brackets that are awaited.
    closing: Vec<char>,
    /// The quotation mark that is awaited.
    quote: Option<char>,
    /// Whether a value or name may begin here, so that a quotation mark or bracket has its meaning.
    at_start: bool,
    /// Whether this entry of a map has its colon.
    has_colon: bool,
    /// What was found.
    pub(super) found: Vec<Sign>,
}

impl Flow {
    /// Whether the next line belongs to a bracket or quotation mark that is open.
    pub(super) fn is_open(&self) -> bool {
        self.quote.is_some() || !self.closing.is_empty()
    }

    /// Reads one line, or what is left of it, up to the end of the value that begins there.
    pub(super) fn take(&mut self, text: &str, offset: usize) {
        self.at_start = self.at_start || !self.is_open();
        let mut previous = ' ';
        let mut characters = text.char_indices();
        while let Some((at, c)) = characters.next() {
            if let Some(quote) = self.quote {
                if c == '\\' && quote == '"' {
                    characters.next();
                } else if c == quote {
                    self.quote = None;
                }
            } else if c == '#' && previous.is_whitespace() {
                return;
            } else {
                self.sign(c, previous, &text[at + c.len_utf8()..], offset + at);
            }
            if !self.is_open() {
                return;
            }
            previous = if c.is_whitespace() { ' ' } else { c };
        }
    }

    fn sign(&mut self, c: char, previous: char, rest: &str, offset: usize) {
        let in_map = self.closing.last() == Some(&'}');
        match c {
            '"' | '\'' if self.at_start => {
                self.quote = Some(c);
                self.at_start = false;
            }
            '[' | '{' => self.open(c),
            '［' | '｛' if self.at_start && !rest.trim_start().starts_with([',', ']']) => {
                let plain = if c == '［' { '[' } else { '{' };
                self.report(offset, c, plain);
                self.open(plain);
            }
            ']' | '}' => self.close(),
            '］' | '｝' if self.is_open() && !self.at_start => {
                let plain = if c == '］' { ']' } else { '}' };
                if self.closing.last() == Some(&plain) {
                    self.report(offset, c, plain);
                    self.close();
                }
            }
            ',' => self.next_entry(),
            '，' if separates(previous, rest, in_map) => {
                self.report(offset, c, ',');
                self.next_entry();
            }
            '：' if in_map && !self.has_colon && !self.at_start => {
                self.report(offset, c, ':');
                self.has_colon = true;
                self.at_start = true;
            }
            ':' if rest.starts_with([' ', ',', ']', '}', '[', '{'])
                || rest.is_empty()
                || matches!(previous, '"' | '\'') =>
            {
                self.has_colon = true;
                self.at_start = true;
            }
            c if c.is_whitespace() => {}
            _ => self.at_start = false,
        }
    }

    fn open(&mut self, bracket: char) {
        self.closing.push(if bracket == '[' { ']' } else { '}' });
        self.at_start = true;
        self.has_colon = false;
    }

    fn close(&mut self) {
        self.closing.pop();
        self.at_start = false;
        // Whatever was closed was the value, or an item; a colon after it is no slip of this kind.
        self.has_colon = true;
    }

    fn next_entry(&mut self) {
        self.at_start = true;
        self.has_colon = false;
    }

    fn report(&mut self, offset: usize, fullwidth: char, plain: char) {
        let span = Span::new(offset, offset + fullwidth.len_utf8());
        self.found.push(Sign { span, fullwidth, plain });
    }
}

/// Whether a fullwidth comma stands between two numbers or brackets, or before the next name of a map, and so is no
/// part of a text.
fn separates(previous: char, rest: &str, in_map: bool) -> bool {
    let rest = rest.trim_start();
    let between_values = (previous.is_ascii_digit() || matches!(previous, ']' | '}'))
        && rest.starts_with(|c: char| c.is_ascii_digit() || "-+.[{".contains(c));
    let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    between_values || (in_map && name > 0 && rest[name..].starts_with(": "))
}
