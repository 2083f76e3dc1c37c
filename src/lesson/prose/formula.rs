//! Formulas in LaTeX, which are words like all others here.

use std::ops::Range;

use super::{braces, is_han, is_inside};
use crate::both;
use crate::diagnostic::Span;
use crate::language::Localised;
use crate::yaml::tex_sign;

/// A longer text between two `$` is none.
const LONGEST: usize = 100;

/// The first formula of a text: `$x_1$` or `\(x\)`. A price, `$5`, is none.
pub(in crate::lesson) fn formula(text: &str) -> Option<Span> {
    let computed = braces(text);
    let found = [between_dollars(text), between_backslashes(text)].into_iter().flatten();
    found.filter(|span| !is_inside(&computed, span.start)).min()
}

fn between_dollars(text: &str) -> Option<Span> {
    let signs: Vec<usize> = text.match_indices('$').map(|(at, _)| at).collect();
    signs.windows(2).find_map(|ends| {
        let (start, end) = (ends[0], ends[1] + 1);
        let inner = &text[start + 1..end - 1];
        let begins = inner.starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_digit());
        let is_one =
            !inner.ends_with(char::is_whitespace) && !inner.contains('\n') && !inner.contains(is_han);
        (begins && is_one && inner.len() <= LONGEST).then(|| Span::new(start, end))
    })
}

/// `\(` and what follows up to `\)`. Any other backslash may be that of a folder.
fn between_backslashes(text: &str) -> Option<Span> {
    let start = text.find(r"\(")?;
    let end = start + text[start..].find(r"\)")? + 2;
    Some(Span::new(start, end))
}

/// Where the formula around a part of it is: up to its two `$`, or the part alone.
pub(super) fn around(text: &str, part: Range<usize>) -> Range<usize> {
    let (before, behind) = (&text[..part.start], &text[part.end..]);
    let is_open = before.matches('$').count() % 2 == 1;
    match (before.rfind('$').filter(|_| is_open), behind.find('$')) {
        (Some(start), Some(end)) => start..part.end + end + 1,
        (Some(_) | None, _) => part,
    }
}

/// What to write instead of a formula: the same in plain signs, where that can be said.
pub(in crate::lesson) fn in_plain_signs(formula: &str) -> Localised<String> {
    match plain(formula) {
        Some(plain) => both!("write it in plain signs: `{plain}`", "请用普通符号写：`{plain}`"),
        None => both!(
            "write the formula in plain signs, such as `q·k / √d_k`, without `$` and `\\`",
            "请用普通符号写公式，例如 `q·k / √d_k`，不用 `$` 和 `\\`"
        ),
    }
}

/// A formula without LaTeX: `q·k / √d_k` for `$\frac{q \cdot k}{\sqrt{d_k}}$`.
fn plain(formula: &str) -> Option<String> {
    let inner = formula.trim_matches('$');
    let inner = inner.strip_prefix(r"\(").and_then(|inner| inner.strip_suffix(r"\)")).unwrap_or(inner);
    let written = signs(inner)?;
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ").replace(" · ", "·");
    (!written.is_empty() && !written.contains(['\\', '{', '}', '`'])).then_some(written)
}

/// What is left of LaTeX when each of its words is a sign.
fn signs(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (word, behind) = rest.split_at(end);
                rest = behind;
                match word {
                    "frac" => {
                        let (above, behind) = group(rest)?;
                        let (below, behind) = group(behind)?;
                        out.extend([together(&signs(above)?).as_str(), " / ", &together(&signs(below)?)]);
                        rest = behind;
                    }
                    "sqrt" => {
                        let (of, behind) = group(rest)?;
                        out.extend(["√", &together(&signs(of)?)]);
                        rest = behind;
                    }
                    "text" | "mathrm" | "mathbf" | "operatorname" => {
                        let (of, behind) = group(rest)?;
                        out += of;
                        rest = behind;
                    }
                    _ => out += tex_sign(word)?,
                }
            }
            '_' | '^' if rest.starts_with('{') => {
                let (of, behind) = group(rest)?;
                out.push(c);
                out += &signs(of)?;
                rest = behind;
            }
            _ => out.push(c),
        }
    }
    Some(out.replace("^T", "ᵀ").replace("^ᵀ", "ᵀ").replace("^2", "²"))
}

/// What stands in the braces that a text begins with, and what follows them.
fn group(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start().strip_prefix('{')?;
    let mut depth = 1_usize;
    let end = inner.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map(|(end, _)| (&inner[..end], &inner[end + 1..]))
}

/// A part of a fraction or root, in brackets where it would fall apart without them.
fn together(part: &str) -> String {
    let part = part.trim();
    if part.contains(['+', '-', '−', '/']) { format!("({part})") } else { part.replace(" · ", "·") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_in_plain_signs() {
        let written = |formula| plain(formula).unwrap_or_default();
        assert_eq!(written(r"$\frac{q \cdot k}{\sqrt{d_k}}$"), "q·k / √d_k");
        assert_eq!(written("$x_1 + x_2$"), "x_1 + x_2");
        assert_eq!(written(r"\(\alpha\)"), "α");
        assert_eq!(written(r"$QK^T$"), "QKᵀ");
        assert_eq!(written(r"$\frac{a + b}{2}$"), "(a + b) / 2");
        assert_eq!(plain(r"$\begin{matrix}1\end{matrix}$"), None);
    }
}
