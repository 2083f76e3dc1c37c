//! Claims that the numbers of a lesson bear out, as they are typed: what a hint proposes can be copied.

use std::cmp::Ordering;

use super::{Claim, Operand, ResolvedClaim, half_of};
use crate::graph::Trace;
use crate::lesson::expression::lexer::Relation;
use crate::lesson::expression::value::{Resolved, Value};
use crate::lesson::expression::{self, Scope};

/// A number with more decimals than these is claimed with a tolerance.
const DECIMALS: usize = 4;
/// Longer numbers are not written into a hint.
const LONGEST: usize = 24;

/// The claim that says what a text is worth: `P[1, 2] = 0.731 ± 0.0005`, `argmax(P[1]) = cat`. Of many cells it is about
/// the first.
pub(in crate::lesson) fn stated(text: &str, scope: &Scope<'_>, trace: &Trace) -> Option<String> {
    let read = expression::parse(text).ok()?;
    let (of, is) = match read.selection(scope) {
        Ok(selection) if selection.cell().is_none() => {
            let first = selection.nth(0);
            (expression::reference(trace.graph(), first), Resolved::of_cell(first))
        }
        Ok(_) | Err(_) => (text.trim().to_owned(), read.resolve(scope).ok()?),
    };
    let claims = match is.evaluate(trace) {
        Value::Number(number) => exact(&of, number, 0).chain(rounded(&of, number)).collect(),
        Value::Label(label) => named(&of, &label),
    };
    claims.into_iter().find(|claim| holds(claim, scope, trace))
}

impl Claim {
    /// For a claim that is not so, the one that is: with the number that comes out in its place, as long as the one that
    /// was claimed, or with the sign turned round. `None` where no such claim proves anything.
    pub fn borne_out(&self, text: &str, scope: &Scope<'_>, trace: &Trace) -> Option<String> {
        let claim = self.resolve(scope).ok()?;
        let refuted = claim.check(trace).err()?;
        let left = self.left(text);
        let Some(right) = self.right(text) else { return stated(left, scope, trace) };
        let other = match (&claim.left, &claim.right) {
            (Operand::Number(_), Operand::Number(other)) => other,
            (Operand::Cells(cells), Operand::Number(_)) => {
                let numbers: Vec<f64> = cells.cells().map(|cell| trace.cell(cell)).collect();
                let mut claims = self.of_each(left, decimals_of(right), &numbers);
                return claims.find(|claim| holds(claim, scope, trace));
            }
            (Operand::Name(_), _) => return stated(left, scope, trace),
            (Operand::Number(_) | Operand::Cells(_) | Operand::Label(_), _) => return None,
        };
        let (Value::Number(got), Value::Number(expected)) = (&refuted.got, &refuted.expected) else {
            return None;
        };
        let claims = if self.relation == Relation::Equal && other.cells().is_empty() {
            let tolerance = self.tolerance.as_ref().and_then(|it| text.get(it.root.span.range()));
            let rounded = refuted.rounding(right).map(|rounded| format!("{left} = {rounded}"));
            rounded.into_iter().chain(like(left, *got, decimals_of(right), tolerance)).collect()
        } else {
            let sign = match got.total_cmp(expected) {
                Ordering::Less => '<',
                Ordering::Equal => '=',
                Ordering::Greater => '>',
            };
            vec![format!("{left} {sign} {right}")]
        };
        let stated = || stated(left, scope, trace);
        claims.into_iter().find(|claim| holds(claim, scope, trace)).or_else(stated)
    }

    /// For a claim of a rounded number that says nothing of its rounding, the one that does.
    pub(in crate::lesson::expression) fn rounded(
        &self,
        text: &str,
        scope: &Scope<'_>,
        trace: &Trace,
    ) -> Option<String> {
        let typed = self.right(text)?;
        let rounding = self.resolve(scope).ok()?.check(trace).err()?.rounding(typed)?;
        let claim = format!("{} = {rounding}", self.left(text));
        holds(&claim, scope, trace).then_some(claim)
    }

    /// The same of each of many numbers, with a bound that all of them keep, as long as the one that was claimed.
    fn of_each(&self, left: &str, decimals: usize, numbers: &[f64]) -> impl Iterator<Item = String> {
        let is_above = matches!(self.relation, Relation::Greater | Relation::AtLeast);
        let signs = if is_above { [">", ">="] } else { ["<", "<="] };
        let outermost = numbers.iter().copied().reduce(if is_above { f64::min } else { f64::max });
        let is_bound = self.relation != Relation::Equal;
        let bounds = outermost.filter(|_| is_bound).into_iter().flat_map(move |number| {
            let lengths = decimals..=decimals.max(DECIMALS);
            lengths.filter_map(move |decimals| {
                let scale = 10_f64.powf(decimals as f64);
                let bound = if is_above { (number * scale).floor() } else { (number * scale).ceil() };
                printed(bound / scale, decimals)
            })
        });
        bounds.flat_map(move |bound| signs.map(|sign| format!("{left} {sign} {bound}")))
    }
}

/// A number in the way of one with so many decimals and this tolerance.
fn like(of: &str, number: f64, decimals: usize, tolerance: Option<&str>) -> impl Iterator<Item = String> {
    let within = tolerance.into_iter().flat_map(move |it| within(of, number, decimals, it));
    let with_half = lengths(decimals.max(2)).filter_map(move |it| with_half(of, number, it));
    within.chain(exact(of, number, decimals)).chain(with_half)
}

/// Whether a claim is read, true, and not true of other numbers as well.
fn holds(text: &str, scope: &Scope<'_>, trace: &Trace) -> bool {
    let proves = |claim: &ResolvedClaim| {
        claim.check(trace).is_ok()
            && claim.loose(trace).is_none()
            && claim.alike(trace).is_empty()
            && !claim.is_true_of_all_shares(trace)
    };
    let read = Claim::parse(text).ok().and_then(|claim| claim.resolve(scope).ok());
    text.len() < 4 * LONGEST && read.is_some_and(|claim| proves(&claim))
}

fn decimals_of(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// Numbers of decimals, beginning with those that were claimed.
fn lengths(decimals: usize) -> impl Iterator<Item = usize> {
    decimals..=decimals.max(3 * DECIMALS)
}

/// The number itself, where it is short.
fn exact(of: &str, number: f64, decimals: usize) -> impl Iterator<Item = String> {
    let whole = (number.fract() == 0.0).then_some(0);
    let lengths = whole.into_iter().chain(decimals..=decimals.max(DECIMALS));
    lengths.filter_map(move |decimals| Some(format!("{of} = {}", printed(number, decimals)?)))
}

/// The number within the tolerance that was claimed.
fn within(of: &str, number: f64, decimals: usize, tolerance: &str) -> impl Iterator<Item = String> {
    lengths(decimals).filter_map(move |it| with_tolerance(of, number, it, tolerance.trim()))
}

/// Three digits, and half of the last.
fn rounded(of: &str, number: f64) -> Option<String> {
    let first = if number == 0.0 { 0 } else { number.abs().log10().floor() as i32 };
    with_half(of, number, (2 - first).clamp(0, 12) as usize)
}

fn with_half(of: &str, number: f64, decimals: usize) -> Option<String> {
    with_tolerance(of, number, decimals, &half_of(decimals))
}

fn with_tolerance(of: &str, number: f64, decimals: usize, tolerance: &str) -> Option<String> {
    Some(format!("{of} = {} ± {tolerance}", printed(number, decimals)?))
}

/// A number with so many decimals; `None` where it is long, or none of its digits would be seen.
fn printed(number: f64, decimals: usize) -> Option<String> {
    let written = format!("{:.decimals$}", number + 0.0);
    let is_seen = number == 0.0 || written.contains(|c| ('1'..='9').contains(&c));
    (is_seen && written.len() < LONGEST).then_some(written)
}

/// A name as it stands, or in quotation marks where it is no plain word.
fn named(of: &str, label: &str) -> Vec<String> {
    vec![format!("{of} = {label}"), format!("{of} = \"{label}\"")]
}
