//! Per cent signs that do not go with the number before them.

use super::languages::Braces;
use super::prose::prose;
use super::versions;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::Trace;
use crate::lesson::Lesson;
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::{Form, Formatted, Value};
use crate::yaml::Tree;

impl Checker<'_> {
    /// Reports `{X[1]:.2}%`, which is shown as 0.82%, and `{100 * X[1]:%}`, which is shown as 8200%.
    pub(super) fn per_cent_is_meant(&mut self, tree: &Tree, lesson: &Lesson) {
        for text in prose(tree).into_iter().flat_map(versions) {
            let words = text.as_text().unwrap_or_default();
            for braces in self.in_braces(words) {
                let meant = PerCent::of(&braces, words, &lesson.trace);
                let Some(PerCent { span, shown, meant, instead }) = meant else { continue };
                let place = locate::in_source(self.source, text, span);
                let message = both!(
                    "`{shown}` is shown here, where {meant} is meant",
                    "这里会显示成 `{shown}`，而实际是 {meant}"
                );
                let written = &words[span.range()];
                let hint = both!(
                    "write `{instead}` in the place of `{written}`",
                    "请把 `{written}` 改成 `{instead}`"
                );
                let finding = Diagnostic::new(Code::Questionable, place, message).with_hint(hint);
                self.findings.push(self.with_fix_of(finding, place, written, &instead));
            }
        }
    }
}

/// Braces with a wrong per cent sign.
struct PerCent {
    /// Where they are, with the sign behind them.
    span: Span,
    /// What is seen of them.
    shown: String,
    meant: String,
    instead: String,
}

impl PerCent {
    /// What braces in a text show with the signs behind them, if something else was meant.
    fn of(braces: &Braces, words: &str, trace: &Trace) -> Option<Self> {
        let ([value], span) = (braces.values.as_slice(), braces.span) else { return None };
        let Value::Number(number) = value.evaluate(trace) else { return None };
        let inner = words.get(span.start + 1..span.end - 1)?;
        let formula = Formatted::formula(inner);
        let behind = words[span.end..].trim_start_matches(' ');
        let sign = behind.chars().next().filter(|sign| matches!(sign, '%' | '％'));
        let end = words.len() - behind.len() + sign.map_or(0, char::len_utf8);
        let whole = if sign.is_some() { Span::new(span.start, end) } else { span };
        let share = ["100 * ", "100*", "100 × "].iter().find_map(|times| formula.strip_prefix(times));
        let share =
            share.or_else(|| [" * 100", "*100", " × 100"].iter().find_map(|it| formula.strip_suffix(it)));
        let signs: String = sign.into_iter().collect();
        let written = braces.format.decimals;
        // The number that is seen, the one that is meant, and of what it is to be shown with so many decimals.
        let (seen, meant, of, decimals) = match (braces.format.form, sign, share) {
            (Form::Percent, _, Some(share)) => (number * 100.0, number, share, written),
            (Form::Percent, Some(_), None) => (number * 100.0, number * 100.0, formula, written),
            (Form::Plain | Form::Scientific, Some(_), None) if number.abs() <= 1.0 => {
                let fewer = written.map(|decimals| decimals.saturating_sub(2)).filter(|it| *it > 0);
                (number, number * 100.0, formula, fewer)
            }
            (Form::Percent, None, None) | (Form::Plain | Form::Scientific, ..) => return None,
        };
        let with = |number: f64, decimals: u8| format!("{number:.*}", usize::from(decimals));
        let shown = match braces.format.form {
            Form::Percent => with(seen, written.unwrap_or(0)) + "%" + &signs,
            Form::Plain | Form::Scientific => {
                written.map_or_else(|| short(seen), |decimals| with(seen, decimals)) + &signs
            }
        };
        let digits = decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default();
        let meant = with(meant, decimals.unwrap_or(0)) + "%";
        Some(Self { span: whole, shown, meant, instead: format!("{{{of}:{digits}%}}") })
    }
}

/// A number with two decimals, or fewer.
fn short(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}
