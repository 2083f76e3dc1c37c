//! The words and signs of an expression, one after the other.

use super::entry::{Entry, Extent};
use super::finding::{bad, finding, hinted};
use super::{number, sign};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};

/// A word or sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    Number(f64),
    Name(&'a str),
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Root,
    Open,
    Close,
    /// `[`, after which [`Lexer::extent`] reads on.
    Bracket,
    Comma,
    Relation(Relation),
    PlusMinus,
    End,
}

/// How the two sides of a claim compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

impl Relation {
    /// The same with its sides exchanged.
    pub(super) const fn turned(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::Less => Self::Greater,
            Self::Greater => Self::Less,
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
        }
    }
}

/// What ends a row or column between brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Comma,
    Bracket,
}

/// Reads a text from left to right.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is not read yet, and where it starts.
    pub(super) fn rest(&self) -> (&'a str, usize) {
        (&self.text[self.at..], self.at)
    }

    /// The next word or sign outside brackets.
    pub(super) fn token(&mut self) -> Result<(Token<'a>, Span), Diagnostic> {
        self.skip_blanks();
        let start = self.at;
        let Some(first) = self.peek() else { return Ok((Token::End, Span { start, end: start })) };
        let token = if first.is_ascii_digit() || (first == '.' && self.digit_follows(1)) {
            self.number()?
        } else if starts_name(first) {
            Token::Name(self.name())
        } else {
            self.sign(first)?
        };
        Ok((token, Span { start, end: self.at }))
    }

    /// A row or column between brackets, of which the first is at `open`, and what ends it.
    pub(super) fn extent(&mut self, open: Span) -> Result<(Extent, Stop), Diagnostic> {
        let start = self.at;
        let from = self.entry()?;
        let extent = if self.eat(':') {
            match (from, self.entry()?) {
                (None, None) => Extent::All,
                (Some(from), Some(to)) => Extent::Range(from, to),
                (Some(from), None) => Extent::From(from),
                (None, Some(to)) => Extent::To(to),
            }
        } else {
            match from {
                Some(entry) => Extent::One(entry),
                None if self.peek().is_none() => return Err(self.never_closed(open)),
                None => return Err(missing(Span { start: start - 1, end: self.at })),
            }
        };
        if self.eat(',') {
            return Ok((extent, Stop::Comma));
        }
        if self.eat(']') {
            return Ok((extent, Stop::Bracket));
        }
        Err(match self.peek() {
            None => self.never_closed(open),
            Some(sign) => hinted(
                bad(self.span_of(sign), both!("`{sign}` cannot stand here", "这里不能写 `{sign}`")),
                both!(
                    "put a name that is no plain word in quotes: `[\"[CLS]\", 1]`",
                    "名称里有特殊符号时请加引号：`[\"[CLS]\", 1]`"
                ),
            ),
        })
    }

    /// One end of a row or column; `None` where nothing is written.
    pub(super) fn entry(&mut self) -> Result<Option<Entry>, Diagnostic> {
        self.skip_blanks();
        let start = self.at;
        if self.eat('"') {
            let label = self.quoted(start)?;
            let entry = Entry::quoted(label, Span { start, end: self.at });
            self.skip_blanks();
            return Ok(Some(entry));
        }
        while self.peek().is_some_and(|c| !matches!(c, ',' | ']' | ':' | '[')) {
            self.advance();
        }
        let label = self.text[start..self.at].trim_end();
        Ok((!label.is_empty()).then(|| Entry::plain(label, Span { start, end: start + label.len() })))
    }

    /// The rest of a label in quotes, in which `""` is one quote.
    fn quoted(&mut self, start: usize) -> Result<String, Diagnostic> {
        let mut label = String::new();
        loop {
            match self.advance() {
                Some('"') if self.eat('"') => label.push('"'),
                Some('"') => return Ok(label),
                Some(c) => label.push(c),
                None => {
                    let span = Span { start, end: self.at };
                    return Err(bad(span, both!("the quote is never closed", "引号没有闭合")));
                }
            }
        }
    }

    fn number(&mut self) -> Result<Token<'a>, Diagnostic> {
        let start = self.at;
        self.skip_digits();
        if self.eat('.') {
            self.skip_digits();
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            let sign = self.text[self.at + 1..].chars().next().filter(|c| matches!(c, '+' | '-' | '−'));
            let to_digits = 1 + sign.map_or(0, char::len_utf8);
            if self.digit_follows(to_digits) {
                self.at += to_digits;
                self.skip_digits();
            }
        }
        let digits_end = self.at;
        if self.text[start..digits_end] == *"0" && matches!(self.peek(), Some('·' | '⋅')) {
            let point = self.text[digits_end..].chars().next().map_or(0, char::len_utf8);
            if self.digit_follows(point) {
                self.at += point;
                self.skip_digits();
            }
        }
        while self.peek().is_some_and(|c| continues_name(c) || c == '.') {
            self.advance();
        }
        let (text, span) = (&self.text[start..self.at], Span { start, end: self.at });
        if self.at > digits_end {
            return Err(number::slip(text, span));
        }
        match text.replace('−', "-").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Number(number)),
            Ok(_) => {
                let message = both!("`{text}` is too large for a number", "`{text}` 太大，无法表示");
                Err(finding(Code::NotFinite, span, message))
            }
            Err(_) => Err(bad(span, both!("`{text}` is no number", "`{text}` 不是数"))),
        }
    }

    /// A name with its dots and `@`, each of which must be followed by more of the name.
    fn name(&mut self) -> &'a str {
        let start = self.at;
        while let Some(c) = self.peek() {
            let joins =
                matches!(c, '.' | '@') && self.text[self.at + 1..].chars().next().is_some_and(continues_name);
            if !continues_name(c) && !joins {
                break;
            }
            self.advance();
        }
        &self.text[start..self.at]
    }

    fn sign(&mut self, sign: char) -> Result<Token<'a>, Diagnostic> {
        let span = self.span_of(sign);
        self.advance();
        Ok(match sign {
            '+' if self.text[self.at..].starts_with("/-") => {
                self.at += 2;
                Token::PlusMinus
            }
            '+' if self.eat('-') => Token::PlusMinus,
            '±' => Token::PlusMinus,
            '+' => Token::Plus,
            '-' | '−' | '–' => Token::Minus,
            '*' | '×' | '·' | '⋅' => Token::Times,
            '/' | '÷' => Token::Over,
            '^' => Token::Power,
            '√' => Token::Root,
            '(' => Token::Open,
            ')' => Token::Close,
            '[' => Token::Bracket,
            ',' => Token::Comma,
            '=' => {
                self.eat('=');
                Token::Relation(Relation::Equal)
            }
            '<' if self.eat('>') => return Err(sign::unknown(self.text, '≠', Span { end: self.at, ..span })),
            '!' if self.eat('=') => return Err(sign::unknown(self.text, '≠', Span { end: self.at, ..span })),
            '<' if self.eat('=') => Token::Relation(Relation::AtMost),
            '>' if self.eat('=') => Token::Relation(Relation::AtLeast),
            '<' => Token::Relation(Relation::Less),
            '>' => Token::Relation(Relation::Greater),
            '≤' => Token::Relation(Relation::AtMost),
            '≥' => Token::Relation(Relation::AtLeast),
            other => return Err(sign::unknown(self.text, other, span)),
        })
    }

    fn never_closed(&self, open: Span) -> Diagnostic {
        let message = both!("the bracket `[` is never closed", "方括号 `[` 没有闭合");
        let joins = |c: char| continues_name(c) || matches!(c, '.' | '@');
        let start = self.text[..open.start].trim_end_matches(joins).len();
        let cell = self.text[start..].trim_end();
        // Signs of arithmetic would stand behind the bracket.
        let inside = &self.text[open.end..];
        let is_one_cell = inside.trim().len() > 1
            && !inside.trim().ends_with([',', ':'])
            && !inside.contains(|c| "[(){}=<>+*/±\"`".contains(c))
            && inside.split([',', ':']).all(|part| part.split_whitespace().count() == 1);
        let hint = if is_one_cell && start < open.start {
            both!("write `{cell}]`", "请写 `{cell}]`")
        } else {
            both!("write a cell like this: `X[1, 2]`", "单元格要这样写：`X[1, 2]`")
        };
        hinted(bad(open, message), hint)
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn skip_digits(&mut self) {
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
    }

    fn digit_follows(&self, bytes: usize) -> bool {
        self.text.as_bytes().get(self.at + bytes).is_some_and(u8::is_ascii_digit)
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn eat(&mut self, sign: char) -> bool {
        let there = self.peek() == Some(sign);
        if there {
            self.at += sign.len_utf8();
        }
        there
    }

    const fn span_of(&self, next: char) -> Span {
        Span { start: self.at, end: self.at + next.len_utf8() }
    }
}

/// Whether a matrix, axis or text may have this name: a letter or `_`, then letters, digits and `_`.
///
/// ```
/// use qkv::lesson::expression::is_name;
/// assert!(is_name("W_Q1") && is_name("动物"));
/// assert!(!is_name("2x") && !is_name("head.Q") && !is_name("pi"));
/// ```
pub fn is_name(text: &str) -> bool {
    text.starts_with(starts_name) && text.chars().all(continues_name) && !is_pi(text)
}

pub(super) fn is_pi(name: &str) -> bool {
    matches!(name, "pi" | "π")
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() && !is_fullwidth(c) || c == '_'
}

pub(super) fn continues_name(c: char) -> bool {
    c.is_alphanumeric() && !is_fullwidth(c) || c == '_'
}

const fn is_fullwidth(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}')
}

pub(super) fn missing(span: Span) -> Diagnostic {
    hinted(
        bad(span, both!("a row or column is missing here", "这里缺少行或列")),
        both!(
            "write a name, a number counted from 1, or `:` for all",
            "写名称、从 1 数起的序号，或用 `:` 表示全部"
        ),
    )
}

/// Signs that say that numbers are nearly the same.
pub(super) const NEARLY: [char; 6] = ['≈', '≃', '≅', '~', '∼', '≒'];

/// The blank that belongs behind a plain sign before `rest`: after a comma there is one, and before a comparison that
/// has one behind it.
pub(super) fn gap_after(plain: char, rest: &str) -> &'static str {
    let is_missing = match plain {
        ',' => rest.starts_with(|c: char| !c.is_whitespace()),
        ')' | ']' => {
            let behind = rest.trim_start_matches(['=', '<', '>', '≤', '≥', '＝', '＜', '＞', '《', '》']);
            behind.len() < rest.len() && behind.starts_with(' ')
        }
        _ => false,
    };
    if is_missing { " " } else { "" }
}

/// The plain sign for one that a Chinese input method writes.
pub(in crate::lesson) fn halfwidth(sign: char) -> Option<char> {
    match sign {
        '【' => Some('['),
        '】' => Some(']'),
        '、' => Some(','),
        '“' | '”' => Some('"'),
        _ if is_fullwidth(sign) => char::from_u32(u32::from(sign) - 0xfee0),
        _ => None,
    }
}
