//! Claims that the numbers of a lesson do not bear out, and what is said of them.

use crate::both;
use crate::graph::{Cell, Trace};
use crate::language::Localised;
use crate::lesson::expression::{Relation, Value, printed, reference};

/// A claim that the numbers of the lesson do not bear out.
#[derive(Debug, Clone, PartialEq)]
pub struct Refuted {
    /// The first cell for which it is wrong, where many are claimed about.
    pub cell: Option<Cell>,
    /// What stands there.
    pub got: Value,
    /// How it should compare.
    pub relation: Relation,
    /// With what.
    pub expected: Value,
    /// How far it may be off, beyond rounding.
    pub tolerance: f64,
}

impl Refuted {
    /// The claimed number, as it was typed, with a tolerance that holds, where it is probably a rounded one: less than 1 %
    /// away.
    pub fn rounding(&self, typed: &str) -> Option<String> {
        let (Value::Number(got), Value::Number(expected)) = (&self.got, &self.expected) else { return None };
        let away = (got - expected).abs();
        if self.relation != Relation::Equal || self.tolerance > 0.0 || away >= 0.01 * expected.abs() {
            return None;
        }
        // `0.80` says that two decimals are right.
        let is_number = typed.parse::<f64>().is_ok() && !typed.contains(['e', 'E']);
        let written = if is_number { typed.to_owned() } else { format!("{expected}") };
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let half = half_of(decimals);
        half.parse().is_ok_and(|half: f64| away <= half).then(|| format!("{written} ± {half}"))
    }

    /// What two sides are, each named, that should compare otherwise.
    pub fn between(&self, left: &str, right: &str) -> Localised<String> {
        let (got, expected) = (written(&self.got, &self.expected), written(&self.expected, &self.got));
        both!(
            "`{left}` is {got}, and `{right}` is {expected}",
            "`{left}` 是 {got}，而 `{right}` 是 {expected}"
        )
    }

    /// What is the case and what is claimed, as it was typed where that is known, in one sentence without a final full stop.
    pub fn message(&self, trace: &Trace, typed: Option<&str>) -> Localised<String> {
        let got = written(&self.got, &self.expected);
        let is_typed = |typed: &&str| typed.parse().is_ok_and(|it| Value::Number(it) == self.expected);
        let expected = match (&self.expected, typed.filter(is_typed)) {
            (Value::Number(_), Some(typed)) => typed.to_owned(),
            (Value::Number(number), None) => {
                let whole = printed(*number).to_string();
                if whole.len() > TYPED { written(&self.expected, &self.got) } else { whole }
            }
            (Value::Label(label), _) => format!("`{label}`"),
        };
        let expected =
            if self.tolerance > 0.0 { format!("{expected} ± {}", self.tolerance) } else { expected };
        let subject = self.cell.map(|cell| reference(trace.graph(), cell));
        let (is_en, is_zh) = match &subject {
            Some(subject) => (format!("`{subject}` is {got}"), format!("`{subject}` 是 {got}")),
            None => (format!("it is {got}"), format!("实际是 {got}")),
        };
        if matches!(self.got, Value::Number(number) if number.is_nan()) {
            return both!("{is_en}, which is no number", "{is_zh}，不是一个数");
        }
        match self.relation {
            Relation::Equal => both!("{is_en}, not {expected}", "{is_zh}，不是 {expected}"),
            Relation::Less => {
                both!("{is_en}, which is not less than {expected}", "{is_zh}，不小于 {expected}")
            }
            Relation::Greater => {
                both!("{is_en}, which is not more than {expected}", "{is_zh}，不大于 {expected}")
            }
            Relation::AtMost => both!("{is_en}, which is more than {expected}", "{is_zh}，大于 {expected}"),
            Relation::AtLeast => both!("{is_en}, which is less than {expected}", "{is_zh}，小于 {expected}"),
        }
    }
}

/// Half of the last of so many decimals, as it is written.
pub(in crate::lesson::expression) fn half_of(decimals: usize) -> String {
    format!("0.{}5", "0".repeat(decimals))
}

/// A number in so many digits as tell it from what is expected; whole ones with all of theirs.
fn written(got: &Value, expected: &Value) -> String {
    let (number, expected) = match (got, expected) {
        (Value::Label(label), _) => return format!("`{label}`"),
        (Value::Number(number), _) if number.is_nan() => return "NaN".to_owned(),
        (Value::Number(number), Value::Number(expected)) => (*number, *expected),
        (Value::Number(number), Value::Label(_)) => (*number, f64::INFINITY),
    };
    if number.fract() == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    let away = (number - expected).abs();
    let tells = |short: &String| {
        !away.is_finite() || short.parse::<f64>().is_ok_and(|short| (short - expected).abs() * 2.0 >= away)
    };
    let lengths = FEWEST_DIGITS..=MOST_DIGITS;
    lengths.map(|digits| in_digits(number, digits)).find(tells).unwrap_or_else(|| format!("{number}"))
}

/// A longer number was computed, not typed, and need not be told with all of its digits.
const TYPED: usize = 8;
/// The digits of a number in words, from its first one on that is not 0.
const FEWEST_DIGITS: i32 = 4;
/// No number has more.
const MOST_DIGITS: i32 = 17;

fn in_digits(number: f64, digits: i32) -> String {
    let first = number.abs().log10().floor() as i32;
    let decimals = usize::try_from(digits - 1 - first).unwrap_or(0);
    let fixed = format!("{number:.decimals$}");
    if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.').to_owned() } else { fixed }
}
