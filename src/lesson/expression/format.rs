//! How a number is to be written: `{head.pattern[1, 2]:.4}` has four decimals, `{…:.1%}` is in per cent.

use super::{Expression, bad, parse, with_hint};
use crate::both;
use crate::diagnostic::{Diagnostic, Span};

/// The most decimals that can be asked for: more than a number has.
pub(super) const MOST_DECIMALS: u8 = 15;

/// An expression with how its number is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Formatted {
    /// What is computed.
    pub expression: Expression,
    /// How its number is written.
    pub format: NumberFormat,
}

/// How a number is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberFormat {
    /// How many decimals are asked for; `None` for as many as the screen shows, or none in per cent.
    pub decimals: Option<u8>,
    /// In which form.
    pub form: Form,
}

/// In which form a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// `0.42`
    #[default]
    Plain,
    /// `42%`
    Percent,
    /// `4.2e−1`
    Scientific,
}

impl NumberFormat {
    /// How many digits stand after the point of the number itself, on a screen that shows so many: one in per cent has
    /// two more than are written.
    pub fn decimals_on(self, shown: u8) -> u8 {
        match self.form {
            Form::Plain | Form::Scientific => self.decimals.unwrap_or(shown),
            Form::Percent => self.decimals.unwrap_or(0) + 2,
        }
    }

    /// Whether this says how a number is to be written.
    pub(in crate::lesson) fn reads(text: &str) -> bool {
        Self::read(text).is_some()
    }

    /// Reads `.4`, `.1%`, `%`, `.2e` or `e`, with blanks around it.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (digits, form) = match (text.strip_suffix('%'), text.strip_suffix('e')) {
            (Some(digits), _) => (digits, Form::Percent),
            (None, Some(digits)) => (digits, Form::Scientific),
            (None, None) => (text, Form::Plain),
        };
        if digits.is_empty() && form != Form::Plain {
            return Some(Self { decimals: None, form });
        }
        let decimals =
            digits.strip_prefix('.')?.parse().ok().filter(|decimals| *decimals <= MOST_DECIMALS)?;
        Some(Self { decimals: Some(decimals), form })
    }
}

impl Formatted {
    /// Reads `EXPRESSION` or `EXPRESSION:.4`.
    ///
    /// # Errors
    /// As [`parse`], and when what follows the `:` is no format. Spans count bytes of `text`.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let colon = last_colon(text);
        let formula = &text[..colon.unwrap_or(text.len())];
        let format = match colon.map(|colon| NumberFormat::read(&text[colon + 1..])) {
            None => NumberFormat::default(),
            Some(Some(format)) => format,
            Some(None) => {
                let own = formula.trim();
                let hint = both!(
                    "write `{own}:.2` for two decimals, or `{own}:%` for per cent; {MOST_DECIMALS} decimals are the most",
                    "两位小数请写 `{own}:.2`，百分数请写 `{own}:%`；小数最多 {MOST_DECIMALS} 位"
                );
                let message = both!(
                    "this does not say with how many decimals the number is shown",
                    "这里没有写明显示几位小数"
                );
                return Err(with_hint(bad(Span::new(formula.len(), text.len()), message), hint));
            }
        };
        Ok(Self { expression: parse(formula)?, format })
    }

    /// The text without its format.
    pub fn formula(text: &str) -> &str {
        text[..Self::formula_end(text)].trim()
    }

    /// Where its format begins, or the text ends.
    pub fn formula_end(text: &str) -> usize {
        last_colon(text).unwrap_or(text.len())
    }
}

/// Where the last `:` outside of `[ ]` is.
fn last_colon(text: &str) -> Option<usize> {
    let (mut colon, mut in_brackets, mut in_quotes) = (None, false, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' if in_brackets => in_quotes = !in_quotes,
            _ if in_quotes => {}
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            ':' if !in_brackets => colon = Some(at),
            _ => {}
        }
    }
    colon
}
