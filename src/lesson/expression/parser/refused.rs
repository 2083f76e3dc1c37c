//! What is said of a word or sign that cannot stand where it stands, and what to write instead.

use super::Parser;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::language::Localised;
use crate::lesson::expression;
use crate::lesson::expression::comma::{self, Meant};
use crate::lesson::expression::finding::{bad, finding, hinted};
use crate::lesson::expression::lexer::Token;
use crate::lesson::expression::syntax::Function;

impl Parser<'_> {
    /// What is said of `--1`, of which this is the second `-`.
    pub(super) fn two_minus(&self, start: usize) -> Diagnostic {
        let number = self.text[self.span.end..].trim();
        let is_all = self.text[..start].trim().is_empty() && number.parse::<f64>().is_ok_and(|it| it >= 0.0);
        let hint = if is_all {
            both!(
                "write `-{number}`; or, if minus of minus is meant, `{number}`",
                "请写 `-{number}`；如果是负负得正，请写 `{number}`"
            )
        } else {
            both!("write only one `-`; minus of minus is `+`", "请只写一个 `-`；如果是负负得正，请写 `+`")
        };
        let doubled = Span { start, end: self.span.end };
        hinted(bad(doubled, both!("two `-` stand here", "这里有两个 `-`")), hint)
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
        (is_product && self.text.len() <= QUOTED && expression::parse(&product).is_ok()).then_some(product)
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

    pub(super) fn unexpected(&self) -> Diagnostic {
        if let Some(finding) = self.decimal_comma() {
            return finding;
        }
        let at_end = self.next == Token::End;
        let sign = &self.text[self.span.start..self.span.end];
        let before = &self.text[..self.span.start];
        let is_second_pair = self.next == Token::Bracket && before.trim_end().ends_with(']');
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
        } else if is_second_pair {
            both!("row and column stand in one pair of brackets", "行和列要写在同一对方括号里")
        } else {
            both!("`{sign}` cannot stand here", "这里不能写 `{sign}`")
        };
        let is_open = before.matches('(').count() > before.matches(')').count();
        let relation = matches!(self.next, Token::Relation(_) | Token::PlusMinus);
        let hint = if is_second_pair {
            both!("write a cell like this: `X[1, 2]`", "单元格要这样写：`X[1, 2]`")
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
pub(super) fn no_function(name: &str, mut span: Span, open: Span, text: &str) -> Diagnostic {
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
