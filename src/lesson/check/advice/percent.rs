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
    /// What is seen of them, about.
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
        let own = if braces.format.form == Form::Percent { "%" } else { "" };
        let shown = |number: f64| match braces.format.decimals {
            Some(decimals) => format!("{number:.*}{own}{signs}", usize::from(decimals)),
            None => format!("{}{own}{signs}", short(number)),
        };
        let (shown, meant, instead) = match (braces.format.form, sign, share) {
            (Form::Percent, _, Some(share)) => {
                let digits = braces.format.decimals.map(|digits| format!(".{digits}")).unwrap_or_default();
                (shown(number * 100.0), number, format!("{{{share}:{digits}%}}"))
            }
            (Form::Percent, Some(_), None) => {
                (shown(number * 100.0), number * 100.0, format!("{{{inner}}}"))
            }
            (Form::Plain | Form::Scientific, Some(_), None) if number.abs() <= 1.0 => {
                let decimals = braces.format.decimals.map_or(0, |decimals| decimals.saturating_sub(2));
                let digits = if decimals > 0 { format!(".{decimals}") } else { String::new() };
                (shown(number), number * 100.0, format!("{{{formula}:{digits}%}}"))
            }
            (Form::Percent, None, None) | (Form::Plain | Form::Scientific, ..) => return None,
        };
        Some(Self { span: whole, shown, meant: format!("{}%", short(meant)), instead })
    }
}

/// A number with two decimals, or fewer.
fn short(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}
