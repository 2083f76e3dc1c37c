//! Fullwidth signs between brackets: `{en：A}`, `[1，2]`, `［1, 2］`, `{en: “A, B”}`.

use crate::diagnostic::Span;
use crate::yaml::structure::blank;

/// A sign that YAML does not know where a plain one belongs.
pub(in crate::yaml) struct Sign {
    pub(in crate::yaml) span: Span,
    pub(in crate::yaml) found: char,
    pub(in crate::yaml) plain: char,
    /// What follows it at once, which decides whether a blank is needed.
    pub(in crate::yaml) before_blank: bool,
    /// For a quotation mark, its other half.
    pub(in crate::yaml) other_half: Option<Span>,
}

/// Where in brackets and quotation marks a text is, from line to line.
#[derive(Default)]
pub(in crate::yaml) struct Flow {
    /// The closing brackets that are awaited.
    closing: Vec<char>,
    /// The quotation mark that is awaited.
    quote: Option<char>,
    /// Whether a value or name may begin here, so that a quotation mark or bracket has its meaning.
    at_start: bool,
    /// Whether this entry of a map has its colon.
    has_colon: bool,
    /// Where the last bracket was opened.
    opened: usize,
    /// How many fullwidth braces in a text are open.
    wide: usize,
    /// What stands before this byte has been read.
    skip_to: usize,
    /// What was found.
    pub(in crate::yaml) found: Vec<Sign>,
}

impl Flow {
    /// Whether the next line belongs to a bracket or quotation mark that is open.
    pub(in crate::yaml) fn is_open(&self) -> bool {
        self.quote.is_some() || !self.closing.is_empty()
    }

    /// Whether the next line belongs to a bracket, and to no text in quotation marks in it.
    pub(in crate::yaml) fn is_in_bracket(&self) -> bool {
        self.quote.is_none() && !self.closing.is_empty()
    }

    /// Takes all brackets for closed.
    pub(in crate::yaml) fn leave(&mut self) {
        *self = Self { found: std::mem::take(&mut self.found), ..Self::default() };
    }

    /// Reads one line, or what is left of it, up to the end of the value that begins there.
    pub(in crate::yaml) fn take(&mut self, text: &str, offset: usize) {
        self.at_start = self.at_start || !self.is_open();
        let mut previous = ' ';
        let mut characters = text.char_indices();
        while let Some((at, c)) = characters.next() {
            if offset + at < self.skip_to {
                continue;
            }
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
                let rest = &text[at + c.len_utf8()..];
                let after = rest.trim_start();
                if after.starts_with('＃') && after.len() < rest.len() {
                    self.report(offset + text.len() - after.len(), '＃', '#', &after['＃'.len_utf8()..]);
                }
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
            '[' | '{' => self.open(c, offset),
            '［' | '｛' if self.at_start && !rest.trim_start().starts_with([',', ']']) => {
                let plain = if c == '［' { '[' } else { '{' };
                self.report(offset, c, plain, rest);
                self.open(plain, offset);
            }
            ']' | '}' => self.close(),
            '｛' => {
                self.wide += 1;
                self.at_start = false;
            }
            '｝' if self.wide > 0 => self.wide -= 1,
            '］' | '｝' if self.is_open() && !self.at_start => {
                let plain = if c == '］' { ']' } else { '}' };
                if self.closing.last() == Some(&plain) {
                    self.report(offset, c, plain, rest);
                    self.close();
                }
            }
            ',' => self.next_entry(),
            '，' | '、' if self.separates(c, previous, rest) || self.ends_list(c, rest) => {
                self.report(offset, c, ',', rest);
                self.next_entry();
            }
            '：' if in_map && !self.has_colon && !self.at_start => {
                self.report(offset, c, ':', rest);
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
            '“' | '”' | '‘' | '’' | '＂' | '＇' if self.at_start => self.curly(c, rest, offset),
            c if blank::width(c).is_some() && self.at_start => self.report(offset, c, ' ', rest),
            c if c.is_whitespace() => {}
            _ => self.at_start = false,
        }
    }

    /// A text in curly quotation marks. It is a text of YAML with these marks in it, unless it holds signs that end it.
    fn curly(&mut self, mark: char, rest: &str, offset: usize) {
        self.at_start = false;
        let Some((length, after)) = curly_text(mark, rest) else { return };
        let inner = &rest[..length];
        let ends = after.trim_start();
        let ends = ends.is_empty() || ends.starts_with([',', ']', '}', ':', '，', '］', '｝']);
        if !ends || !(breaks_off(inner) || inner.contains([',', '[', ']', '{', '}'])) {
            return;
        }
        let inner_start = offset + mark.len_utf8();
        let closing = rest[length..].chars().next().map_or(0, char::len_utf8);
        self.found.push(Sign {
            span: Span::new(offset, inner_start),
            found: mark,
            plain: '"',
            before_blank: false,
            other_half: Some(Span::new(inner_start + length, inner_start + length + closing)),
        });
        self.skip_to = inner_start + length + closing;
    }

    /// Whether a fullwidth comma stands between two numbers, brackets or words of a list, or before the next name of a
    /// map, and so is no part of a text.
    fn separates(&self, comma: char, previous: char, rest: &str) -> bool {
        let in_map = self.closing.last() == Some(&'}');
        let rest = rest.trim_start();
        let after_value = previous.is_ascii_digit() || matches!(previous, ']' | '}' | '］' | '｝' | '"');
        let value = |c: char| c.is_ascii_digit() || "-+.[{［｛".contains(c);
        if after_value && (rest.starts_with(value) || (rest.is_empty() && !previous.is_ascii_digit())) {
            return true;
        }
        let name = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let before_name = name > 0 && rest[name..].starts_with([':', '：']);
        let between_words =
            comma == '，' && !self.at_start && rest.starts_with(|c: char| !"，,]］、".contains(c));
        if in_map { before_name && !rest[name..].starts_with("：//") } else { between_words }
    }

    /// Whether a fullwidth comma stands behind the last word of a list in which another stands between words.
    fn ends_list(&self, comma: char, rest: &str) -> bool {
        let another = self.found.last().is_some_and(|it| it.found == comma && it.span.start > self.opened);
        comma == '，' && another && self.closing.last() == Some(&']') && rest.trim_start().starts_with(']')
    }

    fn open(&mut self, bracket: char, offset: usize) {
        self.opened = offset;
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

    fn report(&mut self, offset: usize, found: char, plain: char, rest: &str) {
        let span = Span::new(offset, offset + found.len_utf8());
        let before_blank = rest.is_empty() || rest.starts_with([' ', ']']);
        self.found.push(Sign { span, found, plain, before_blank, other_half: None });
    }
}

/// How long the text is that a curly quotation mark begins, and what comes after its other half.
pub(in crate::yaml) fn curly_text(mark: char, rest: &str) -> Option<(usize, &str)> {
    let halves: &[char] = match mark {
        '“' | '”' => &['”', '“'],
        '‘' | '’' => &['’', '‘'],
        '＂' => &['＂'],
        '＇' => &['＇'],
        _ => return None,
    };
    let length = rest.find(halves)?;
    let closing = rest[length..].chars().next()?;
    // What stands in plain marks afterwards must not hold any.
    let inner = &rest[..length];
    (!inner.contains(['"', '\\']) && !inner.trim().is_empty())
        .then(|| (length, &rest[length + closing.len_utf8()..]))
}

/// Whether YAML would end a text, or read a name in it.
pub(in crate::yaml) fn breaks_off(text: &str) -> bool {
    text.contains(": ") || text.contains(" #") || text.ends_with(':')
}
