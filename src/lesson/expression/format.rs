//! How a number is to be written: `{head.pattern[1, 2]:.4}` has four decimals.

use super::{Expression, bad, parse, with_hint};
use crate::both;
use crate::diagnostic::{Diagnostic, Span};

/// The most decimals that can be asked for: more than a number has.
const MOST_DECIMALS: u8 = 15;

/// An expression with how its number is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Formatted {
    /// What is computed.
    pub expression: Expression,
    /// How many decimals are asked for; `None` for as many as the screen shows.
    pub decimals: Option<u8>,
}

impl Formatted {
    /// Reads `EXPRESSION` or `EXPRESSION:.4`.
    ///
    /// # Errors
    /// As [`parse`], and when what follows the `:` is no number of decimals. Spans count bytes of `text`.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let colon = last_colon(text);
        let formula = &text[..colon.unwrap_or(text.len())];
        let decimals = match colon.map(|colon| read_decimals(&text[colon + 1..])) {
            None => None,
            Some(Some(decimals)) => Some(decimals),
            Some(None) => {
                let hint = both!(
                    "write `:.4` for four decimals; {MOST_DECIMALS} is the most",
                    "四位小数写成 `:.4`，最多 {MOST_DECIMALS} 位"
                );
                let message = both!("after `:` comes how many decimals to show", "`:` 之后应写小数位数");
                return Err(with_hint(bad(Span::new(formula.len(), text.len()), message), hint));
            }
        };
        Ok(Self { expression: parse(formula)?, decimals })
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

/// `.4`, with blanks around it.
fn read_decimals(text: &str) -> Option<u8> {
    let digits = text.trim().strip_prefix('.')?;
    digits.parse().ok().filter(|decimals| *decimals <= MOST_DECIMALS)
}
