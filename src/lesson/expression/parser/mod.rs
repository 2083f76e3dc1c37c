//! From the text of an expression to its parts.

mod refused;

use std::f64::consts::PI;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::lesson::expression::entry::Extent;
use crate::lesson::expression::finding::{bad, finding, hinted};
use crate::lesson::expression::lexer::{Lexer, Stop, Token, is_pi};
use crate::lesson::expression::syntax::{Cells, Elementary, Function, Operator, Reference, Term, TermKind};
use refused::no_function;

/// Bytes that an expression may have. It bounds the length of a chain of operations.
const LONGEST: usize = 1000;
/// Brackets and signs inside each other.
const DEEPEST: usize = 64;

/// Reads an expression, one word or sign ahead.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    next: Token<'a>,
    span: Span,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, Diagnostic> {
        let whole = Span { start: 0, end: text.len() };
        if text.len() > LONGEST {
            return Err(finding(
                Code::TooLarge,
                whole,
                both!("this is longer than {LONGEST} bytes", "这里超过了 {LONGEST} 字节"),
            ));
        }
        let mut lexer = Lexer::new(text);
        let (next, span) = lexer.token()?;
        Ok(Self { text, lexer, next, span, depth: 0 })
    }

    /// The word or sign that comes next.
    pub(super) const fn peek(&self) -> Token<'a> {
        self.next
    }

    /// Where it is.
    pub(super) const fn span(&self) -> Span {
        self.span
    }

    pub(super) fn advance(&mut self) -> Result<(), Diagnostic> {
        (self.next, self.span) = self.lexer.token()?;
        Ok(())
    }

    /// What comes after the next word or sign, unread, and where it starts.
    pub(super) fn rest(&self) -> (&'a str, usize) {
        self.lexer.rest()
    }

    /// Nothing may come any more.
    pub(super) fn finish(&self) -> Result<(), Diagnostic> {
        if self.next == Token::End { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Sums and differences.
    pub(super) fn sum(&mut self) -> Result<Term, Diagnostic> {
        let mut left = self.product()?;
        loop {
            let operator = if self.next == Token::Plus {
                Operator::Plus
            } else if self.next == Token::Minus {
                Operator::Minus
            } else {
                return Ok(left);
            };
            self.advance()?;
            left = operation(operator, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Term, Diagnostic> {
        let mut left = self.signed()?;
        loop {
            let operator = if self.next == Token::Times {
                Operator::Times
            } else if self.next == Token::Over {
                Operator::Over
            } else {
                return Ok(left);
            };
            self.advance()?;
            left = operation(operator, left, self.signed()?);
        }
    }

    fn signed(&mut self) -> Result<Term, Diagnostic> {
        let start = self.span.start;
        if self.next == Token::Plus {
            self.advance()?;
            return self.deeper(Self::signed);
        }
        let wrap: fn(Box<Term>) -> TermKind = if self.next == Token::Minus {
            TermKind::Negate
        } else if self.next == Token::Root {
            |of| TermKind::Elementary(Elementary::Root, of)
        } else {
            return self.power();
        };
        let sign = self.span;
        self.advance()?;
        if self.next == Token::Minus && sign.end == self.span.start {
            return Err(self.two_minus(start));
        }
        let of = self.deeper(Self::signed)?;
        Ok(Term { span: Span { start, end: of.span.end }, kind: wrap(Box::new(of)) })
    }

    /// `2^3^2` is `2^(3^2)`, and `-2^2` is `-(2^2)`.
    fn power(&mut self) -> Result<Term, Diagnostic> {
        let base = self.primary()?;
        if self.next != Token::Power {
            return Ok(base);
        }
        self.advance()?;
        let exponent = self.deeper(Self::signed)?;
        Ok(operation(Operator::Power, base, exponent))
    }

    fn primary(&mut self) -> Result<Term, Diagnostic> {
        let span = self.span;
        if let Token::Number(number) = self.next {
            self.advance()?;
            return Ok(Term { span, kind: TermKind::Number(number) });
        }
        if let Token::Name(name) = self.next {
            self.advance()?;
            return self.named(name, span);
        }
        if self.next != Token::Open {
            return Err(self.unexpected());
        }
        self.advance()?;
        let mut inner = self.deeper(Self::sum)?;
        inner.span = Span { start: span.start, end: self.close(span)? };
        Ok(inner)
    }

    /// What a name begins: a function, a reference or π.
    fn named(&mut self, name: &str, span: Span) -> Result<Term, Diagnostic> {
        if self.next == Token::Open {
            return self.call(name, span);
        }
        if self.next == Token::Bracket {
            let (cells, end) = self.cells()?;
            let reference = Box::new(Reference { name: name.to_owned(), span, cells: Some(cells) });
            return Ok(Term { span: Span { start: span.start, end }, kind: TermKind::Reference(reference) });
        }
        if is_pi(name) {
            return Ok(Term { span, kind: TermKind::Number(PI) });
        }
        if Function::named(name).is_some() && starts_operand(self.next) {
            let message = both!("`{name}` needs round brackets", "`{name}` 后面要加圆括号");
            return Err(hinted(bad(span, message), both!("write `{name}(…)`", "写成 `{name}(…)`")));
        }
        let reference = Box::new(Reference { name: name.to_owned(), span, cells: None });
        Ok(Term { span, kind: TermKind::Reference(reference) })
    }

    fn call(&mut self, name: &str, span: Span) -> Result<Term, Diagnostic> {
        let Some(function) = Function::named(name) else {
            return Err(no_function(name, span, self.span, self.text));
        };
        let open = self.span;
        self.advance()?;
        let mut operands = vec![self.deeper(Self::sum)?];
        while self.next == Token::Comma {
            self.advance()?;
            operands.push(self.deeper(Self::sum)?);
        }
        let span = Span { start: span.start, end: self.close(open)? };
        let count = operands.len();
        let kind = match (function, operands.pop()) {
            (Function::Reduction(reduction), last) => {
                operands.extend(last);
                TermKind::Reduction(reduction, operands)
            }
            (Function::Elementary(elementary), Some(only)) if count == 1 => {
                TermKind::Elementary(elementary, Box::new(only))
            }
            (Function::Extreme(extreme), Some(only)) if count == 1 => {
                TermKind::Extreme(extreme, Box::new(only))
            }
            (Function::Comparison(comparison), Some(second)) if count == 2 => {
                TermKind::Comparison(comparison, Box::new(operands.remove(0)), Box::new(second))
            }
            (Function::Extent(side), Some(only)) if count == 1 => TermKind::Extent(side, Box::new(only)),
            (Function::Shape, Some(only)) if count == 1 => TermKind::Shape(Box::new(only)),
            (Function::Comparison(_), _) => {
                let message = both!(
                    "`{name}` compares two rows, not {count}",
                    "`{name}` 比较两行，而这里写了 {count} 行"
                );
                return Err(hinted(
                    bad(span, message),
                    both!("write `{name}(NAME[ROW], NAME[NEXT])`", "请写 `{name}(名称[行], 名称[下一行])`"),
                ));
            }
            (Function::Elementary(_) | Function::Extreme(_) | Function::Extent(_) | Function::Shape, _) => {
                let message = both!(
                    "`{name}` is of one thing, not of {count}",
                    "`{name}` 只能用于一项，这里有 {count} 项"
                );
                return Err(bad(span, message));
            }
        };
        Ok(Term { span, kind })
    }

    /// What stands in brackets, and where they end.
    fn cells(&mut self) -> Result<(Cells, usize), Diagnostic> {
        let open = self.span;
        let (rows, stop) = self.lexer.extent(open)?;
        let columns = match stop {
            Stop::Bracket => Extent::All,
            Stop::Comma => {
                let (columns, stop) = self.lexer.extent(open)?;
                if stop == Stop::Comma {
                    let message = both!(
                        "a cell has a row and a column, and nothing more",
                        "单元格只有行和列，不能再多"
                    );
                    let hint = both!(
                        "a name with a comma in it is written in quotes: `[\"a,b\", 1]`",
                        "名称中有逗号时请加引号：`[\"a,b\", 1]`"
                    );
                    return Err(hinted(bad(Span { start: open.start, end: self.rest().1 }, message), hint));
                }
                columns
            }
        };
        let end = self.rest().1;
        self.advance()?;
        let span = Span { start: open.end, end: end - 1 };
        Ok((Cells { span, rows, columns }, end))
    }

    fn close(&mut self, open: Span) -> Result<usize, Diagnostic> {
        if self.next == Token::End {
            return Err(bad(open, both!("the bracket `(` is never closed", "圆括号 `(` 没有闭合")));
        }
        if self.next != Token::Close {
            return Err(self.unexpected());
        }
        let end = self.span.end;
        self.advance()?;
        Ok(end)
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Result<Term, Diagnostic>) -> Result<Term, Diagnostic> {
        if self.depth == DEEPEST {
            let message = both!("too many brackets inside each other", "括号嵌套太深");
            return Err(finding(Code::TooLarge, self.span, message));
        }
        self.depth += 1;
        let term = read(self);
        self.depth -= 1;
        term
    }
}

const fn starts_operand(token: Token<'_>) -> bool {
    matches!(token, Token::Number(_) | Token::Name(_) | Token::Root)
}

fn operation(operator: Operator, left: Term, right: Term) -> Term {
    let span = Span { start: left.span.start, end: right.span.end };
    Term { span, kind: TermKind::Operation(operator, Box::new(left), Box::new(right)) }
}
