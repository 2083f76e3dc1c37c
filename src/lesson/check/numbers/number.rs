//! Single numbers as they are written.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::graph::Axis;
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::names::slips::{Slip, plain};
use crate::lesson::expression::{self, Surroundings};
use crate::yaml::Tree;

impl Checker<'_> {
    /// A number, or arithmetic; reports what is none.
    pub(in crate::lesson::check) fn number(&mut self, tree: &Tree) -> Option<f64> {
        if let Some(number) = tree.as_number() {
            if number.is_finite() {
                return Some(number);
            }
            self.report_infinite(tree, number);
            return None;
        }
        let text = tree.as_text()?;
        if self.has_lost_its_point(tree, text, None) {
            return None;
        }
        if let Slip::Reported { meant } = self.slip_of_a_number(tree, text) {
            return meant;
        }
        let number = expression::parse(text).map_err(|finding| vec![finding]);
        match number.and_then(|expression| expression.constant(&self.scope())) {
            Ok(number) => Some(number),
            Err(mut findings) => {
                let sizes: Vec<&str> = self.sizes.keys().map(String::as_str).collect();
                for finding in &mut findings {
                    not_a_number(finding, text, &sizes);
                }
                if text.contains(['(', '\\']) || text.contains("**") || text.starts_with('=') {
                    let scope = self.scope();
                    let reads =
                        |text: &str| expression::parse(text).is_ok_and(|it| it.constant(&scope).is_ok());
                    findings = expression::meant(findings, text, Surroundings::none(&scope), reads);
                }
                self.report_in(tree, findings.into_iter().map(without_cells).collect());
                None
            }
        }
    }

    /// The same in a row that has as many entries as this axis.
    pub(in crate::lesson::check) fn number_along(&mut self, axis: &Axis, tree: &Tree) -> Option<f64> {
        match tree.as_text().filter(|_| tree.as_number().is_none()) {
            Some(text) if self.has_lost_its_point(tree, text, Some(axis)) => None,
            Some(_) | None => self.number(tree),
        }
    }

    fn report_infinite(&mut self, tree: &Tree, number: f64) {
        let text = tree.as_text().unwrap_or_default();
        let is_written_out = text.bytes().any(|byte| byte.is_ascii_digit());
        let message = if is_written_out {
            both!("`{text}` is too large a number", "`{text}` 这个数太大")
        } else if number.is_nan() {
            both!("`{text}` stands for no number at all", "`{text}` 表示“不是数”")
        } else {
            both!(
                "`{text}` stands for infinity, and a lesson computes with ordinary numbers",
                "`{text}` 表示无穷大，而课程只用普通的数来计算"
            )
        };
        let hint = if number == f64::NEG_INFINITY && !is_written_out {
            both!(
                "write an ordinary number, such as 0; to hide scores, use a mask such as `mask: causal`, which puts −∞ there",
                "请写普通的数，例如 0；要遮住分数，请用掩码，例如 `mask: causal`，它会在那里放上 −∞"
            )
        } else {
            both!("write an ordinary number, such as 0 or 1.5", "请写普通的数，例如 0 或 1.5")
        };
        self.report(Code::NotFinite, tree.span, message, hint);
    }

    /// A number or −∞, as a mask may hold.
    pub(in crate::lesson::check) fn number_or_minus_infinity(&mut self, tree: &Tree) -> Option<f64> {
        let is_infinite = matches!(tree.as_text(), Some("-inf" | "-.inf" | "-.Inf" | "-∞" | "−∞"));
        if is_infinite { Some(f64::NEG_INFINITY) } else { self.number(tree) }
    }

    /// A whole number from `least` up; reports any other.
    pub(in crate::lesson::check) fn whole(&mut self, tree: &Tree, least: usize) -> Option<usize> {
        let number = self.number(tree)?;
        // No axis is nearly as long, so that larger numbers need not be told apart.
        let most = f64::from(u32::MAX);
        if number.fract() == 0.0 && (least as f64..=most).contains(&number) {
            return Some(number as usize);
        }
        let text = tree.as_text().unwrap_or_default();
        self.report(
            Code::BadNumber,
            tree.span,
            both!(
                "this must be a whole number from {least} up, not `{text}`",
                "这里应当是不小于 {least} 的整数，而不是 `{text}`"
            ),
            both!("write a whole number such as {least} or 2", "请写整数，例如 {least} 或 2"),
        );
        None
    }
}

/// A finding whose hint names no cell, where none may stand.
pub(in crate::lesson::check) fn without_cells(mut finding: Diagnostic) -> Diagnostic {
    let names_a_cell = |hint: &Localised<String>| hint.en.contains("X[1, 2]");
    if finding.hint.as_ref().is_some_and(names_a_cell) {
        finding.hint =
            Some(both!("write a number, such as 0.5, 1/3 or sqrt(2)", "请写一个数，如 0.5、1/3、sqrt(2)"));
    }
    finding
}

/// Says of a name that nothing has that it is no number, which is what a teacher wanted to write.
fn not_a_number(finding: &mut Diagnostic, text: &str, sizes: &[&str]) {
    if finding.code != Code::UnknownName {
        return;
    }
    let word = text.get(finding.span.range()).unwrap_or(text);
    finding.code = Code::BadNumber;
    finding.message = both!("`{word}` is no number", "`{word}` 不是数");
    let digit = match word {
        "O" | "o" => Some('0'),
        "l" | "I" => Some('1'),
        _ => None,
    };
    let behind = text[finding.span.end.min(text.len())..].trim_start();
    if behind.starts_with('(') {
        let call = behind.split_inclusive(')').next().unwrap_or_default();
        finding.hint = Some(both!(
            "work out `{word}{call}` yourself, and write the number",
            "请先算出 `{word}{call}`，再写这个数"
        ));
        return;
    }
    if let Some(size) = plain(word).filter(|plain| sizes.contains(&plain.as_str())) {
        finding.hint = Some(both!("write `{size}`", "请写 `{size}`"));
        return;
    }
    finding.hint = Some(match (digit, nearest(word, sizes.iter().copied())) {
        (Some(digit), _) => {
            both!(
                "this is the letter `{word}`: write the digit `{digit}`",
                "这是字母 `{word}`：请写数字 `{digit}`"
            )
        }
        (None, Some(size)) => both!("did you mean `{size}`?", "是不是想写 `{size}`？"),
        (None, None) if word == "e" => both!(
            "write the number itself: 2.71828, if that of the logarithm is meant",
            "请直接写数；如果指的是自然对数的底，请写 2.71828"
        ),
        (None, None) => both!(
            "write a number, such as 0.5, 1/3 or sqrt(2); only the sizes of axes have names",
            "请写一个数，如 0.5、1/3、sqrt(2)；只有轴的大小可以写名称"
        ),
    });
}
