//! From the text of an expression to its parts.

use std::f64::consts::PI;

use super::comma::{self, Meant};
use super::entry::Extent;
use super::finding::{bad, finding, hinted};
use super::lexer::{Lexer, Stop, Token, is_pi};
use super::syntax::{Cells, Elementary, Function, Operator, Reference, Term, TermKind};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::language::Localised;

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
            let doubled = Span { start, end: self.span.end };
            let message = both!("two `-` stand here", "这里有两个 `-`");
            return Err(hinted(
                bad(doubled, message),
                both!("write one of them, or none", "请只写一个，或不写"),
            ));
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

    /// A comma between two digits: `3,5`.
    fn decimal_comma(&self) -> Option<Diagnostic> {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (&self.text[..self.span.start], &self.text[self.span.end..]);
        let between =
            self.next == Token::Comma && digit(before.chars().next_back()) && digit(after.chars().next());
        between.then(|| {
            let in_number = |c: char| c.is_ascii_digit() || c == ',';
            let start = before.trim_end_matches(in_number).len();
            let mut numbers = comma::numbers(self.text, start).into_iter();
            let first = numbers.next().unwrap_or(Span { start, end: self.span.end });
            let Meant { number, hint, .. } = comma::meant(&self.text[first.range()]);
            let message = both!("a comma in a number", "数里面有逗号");
            let one = finding(Code::BadNumber, first, message).with_fix(first, number.as_str());
            let mut written = format!("{}{number}", &self.text[..first.start]);
            let mut end = first.end;
            let mut all = one;
            for span in numbers {
                let Meant { number, .. } = comma::meant(&self.text[span.range()]);
                written += &self.text[end..span.start];
                written += &number;
                end = span.end;
                all = all.with_another(span).with_fix(span, number);
            }
            written += &self.text[end..];
            let several = all.fix.len() > 1;
            hinted(all, if several { both!("write `{written}`", "请写 `{written}`") } else { hint })
        })
    }

    /// For `2 X[1, 1]`, the product that is probably meant.
    fn as_product(&self) -> Option<String> {
        const QUOTED: usize = 80;
        let (before, after) = self.text.split_at_checked(self.span.start)?;
        // In a claim only one side is meant.
        let relation = |c: char| "=<>≈≠≤≥±".contains(c);
        let before = before.rsplit(relation).next().unwrap_or(before);
        let after = after.split(relation).next().unwrap_or(after);
        let product = format!("{} * {}", before.trim(), after.trim());
        let is_product = before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')');
        // What is read once more is short, because its own remedy may be another product.
        (is_product && self.text.len() <= QUOTED && super::parse(&product).is_ok()).then_some(product)
    }

    /// For `0.5 N` and `1.96 0.01`, where a number is followed by a unit, or the sign between two is lost.
    fn beside_a_number(&self) -> Option<Localised<String>> {
        let (before, word) = (&self.text[..self.span.start], &self.text[self.span.start..self.span.end]);
        let claimed = before.rsplit_once('=').map(|(_, right)| right);
        let number = claimed.unwrap_or(before).trim();
        number.parse::<f64>().ok()?;
        let is_last = self.rest().0.trim().is_empty();
        let is_unit = word.chars().all(char::is_alphabetic);
        if matches!(self.next, Token::Number(_)) && claimed.is_some() && is_last {
            return Some(both!("write `{number} ± {word}`", "请写 `{number} ± {word}`"));
        }
        (matches!(self.next, Token::Name(_)) && is_last && is_unit).then(|| {
            both!(
                "leave a unit out: write `{number}`; a product is written `{number} * {word}`",
                "单位不写：请写 `{number}`；乘积写成 `{number} * {word}`"
            )
        })
    }

    fn unexpected(&self) -> Diagnostic {
        if let Some(finding) = self.decimal_comma() {
            return finding;
        }
        let at_end = self.next == Token::End;
        let sign = &self.text[self.span.start..self.span.end];
        let is_operand = matches!(self.next, Token::Number(_) | Token::Name(_));
        let beside = self.beside_a_number();
        let product = (is_operand && beside.is_none()).then(|| self.as_product()).flatten();
        let as_tolerance = beside.as_ref().filter(|_| matches!(self.next, Token::Number(_)));
        let message = if at_end && self.text.trim().is_empty() {
            both!("there is nothing here", "这里是空的")
        } else if at_end {
            both!("something is missing at the end", "末尾缺少内容")
        } else if as_tolerance.is_some() {
            both!("a `±` is missing before `{sign}`", "`{sign}` 前面缺少 `±`")
        } else if product.is_some() {
            both!("a `*` is missing before `{sign}`", "`{sign}` 前面缺少 `*`")
        } else if is_operand {
            both!("`{sign}` does not belong here", "这里不应有 `{sign}`")
        } else {
            both!("`{sign}` cannot stand here", "这里不能写 `{sign}`")
        };
        let before = &self.text[..self.span.start];
        let is_open = before.matches('(').count() > before.matches(')').count();
        let relation = matches!(self.next, Token::Relation(_) | Token::PlusMinus);
        let hint = if self.next == Token::Bracket && before.trim_end().ends_with(']') {
            both!(
                "write row and column in one pair of brackets: `X[1, 2]`",
                "行和列写在同一对方括号里：`X[1, 2]`"
            )
        } else if self.next == Token::Comma && !is_open && !before.trim().is_empty() {
            both!("write the cell of a matrix like this: `X[1, 2]`", "矩阵的单元格要这样写：`X[1, 2]`")
        } else if relation && is_open {
            both!("close the bracket `(` first, with `)`", "请先写 `)`，把前面的 `(` 闭合")
        } else if let Some(number) = relation.then(|| before.trim()).filter(|it| it.parse::<f64>().is_ok()) {
            both!("write the number alone: `{number}`", "请只写这个数：`{number}`")
        } else if relation {
            both!(
                "a comparison belongs in `expect`, once: `X[1, 2] = 0.42 ± 0.005`",
                "比较只能写在 `expect` 里，且只有一次：`X[1, 2] = 0.42 ± 0.005`"
            )
        } else if let Some(hint) = beside {
            hint
        } else if let Some(product) = product {
            both!("write `{product}`", "请写 `{product}`")
        } else if is_operand {
            both!("between two numbers stands + - * or /", "两个数之间要有 + - * 或 /")
        } else {
            both!("write a number, or a cell such as `X[1, 2]`", "请写一个数，或 `X[1, 2]` 这样的单元格")
        };
        let span = if at_end { Span { start: 0, end: self.text.len() } } else { self.span };
        hinted(bad(span, message), hint)
    }
}

/// The finding for a name before a round bracket, which is at `open`.
fn no_function(name: &str, mut span: Span, open: Span, text: &str) -> Diagnostic {
    // Matrices are named by capital letters and dots, what is computed is not.
    let is_known = Function::named(&name.to_lowercase()).is_some();
    let is_of_a_program = name.rsplit_once('.').is_some_and(|(_, own)| Function::named(own).is_some());
    if name.contains('.') && !is_of_a_program || name.starts_with(char::is_uppercase) && !is_known {
        let message = both!("the cell of a matrix stands in square brackets", "矩阵的单元格要写在方括号里");
        return hinted(bad(open, message), both!("write `{name}[…]`", "请写 `{name}[…]`"));
    }
    let message = both!("`{name}(…)` is not known here", "这里没有 `{name}(…)` 这种写法");
    let near = nearest(name, Function::NAMES);
    let others = Function::NAMES.into_iter().filter(|other| Some(*other) != near);
    let names = near.into_iter().chain(others).collect::<Vec<_>>().join(", ");
    let hint = match near {
        _ if name == "softmax" => {
            let inside =
                text[open.start..].trim_start_matches('(').split(')').next().unwrap_or_default().trim();
            let (of, cell) = inside.split_at(inside.find('[').unwrap_or(inside.len()));
            span.end = text[open.start..].find(')').map_or(text.len(), |at| open.start + at + 1);
            both!(
                "in `matrices` make the softmax with a line such as `- P: {{softmax: {of}}}`, and write `P{cell}` here",
                "请在 `matrices` 中用一行得到它，例如 `- P: {{softmax: {of}}}`，再把这里改成 `P{cell}`"
            )
        }
        Some(meant) => {
            both!("did you mean `{meant}`? There are: {names}", "是不是想写 `{meant}`？可用的有：{names}")
        }
        None => {
            both!("there are: {names}; a product is written with `*`", "可用的有：{names}；乘法要写 `*`")
        }
    };
    hinted(finding(Code::UnknownName, span, message), hint)
}

const fn starts_operand(token: Token<'_>) -> bool {
    matches!(token, Token::Number(_) | Token::Name(_) | Token::Root)
}

fn operation(operator: Operator, left: Term, right: Term) -> Term {
    let span = Span { start: left.span.start, end: right.span.end };
    Term { span, kind: TermKind::Operation(operator, Box::new(left), Box::new(right)) }
}
