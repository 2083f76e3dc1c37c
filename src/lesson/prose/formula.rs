//! Formulas in LaTeX, which are words like all others here.

use std::ops::Range;

use super::{braces, is_han, is_inside};
use crate::both;
use crate::diagnostic::Span;
use crate::language::Localised;
use crate::yaml::tex_sign;

/// A longer text between two `$` is none.
const LONGEST: usize = 100;

/// The formulas of a text: `$x_1$`, `$$x$$` or `\(x\)`. A price, `$5`, is none.
pub(in crate::lesson) fn formulas(text: &str) -> Vec<Span> {
    let computed = braces(text);
    let mut found = [between_dollars(text), between_backslashes(text)].concat();
    found.retain(|span| !is_inside(&computed, span.start));
    found.sort();
    found
}

fn between_dollars(text: &str) -> Vec<Span> {
    let signs = dollars(text);
    let mut found = Vec::new();
    let mut rest = &signs[..];
    while let [open, close, behind @ ..] = rest {
        let are_alike = open.end - open.start == close.end - close.start;
        if are_alike && is_formula(&text[open.end..close.start]) {
            found.push(Span::new(open.start, close.end));
            rest = behind;
        } else {
            rest = &rest[1..];
        }
    }
    found
}

/// What may begin or end a formula: each `$` of a text, two in a row as one.
fn dollars(text: &str) -> Vec<Span> {
    let mut signs: Vec<Span> = Vec::new();
    for (at, sign) in text.match_indices('$') {
        match signs.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + sign.len(),
            None => signs.push(Span::new(at, at + sign.len())),
        }
    }
    signs
}

/// Whether what stands between two `$` is a formula, and not what costs so many dollars.
fn is_formula(inner: &str) -> bool {
    let begins = inner.starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_digit());
    let is_one = !inner.ends_with(char::is_whitespace) && !inner.contains('\n') && !inner.contains(is_han);
    begins && is_one && inner.len() <= LONGEST
}

/// Each `\(` and what follows up to `\)`. Any other backslash may be that of a folder.
fn between_backslashes(text: &str) -> Vec<Span> {
    let starts = text.match_indices(r"\(").map(|(start, _)| start);
    starts.filter_map(|start| Some(Span::new(start, start + text[start..].find(r"\)")? + 2))).collect()
}

/// Where the formula around a part of it is: up to its two `$`, or the part alone.
pub(super) fn around(text: &str, part: Range<usize>) -> Range<usize> {
    let signs = dollars(text);
    let (before, behind) = signs.split_at(signs.partition_point(|sign| sign.start < part.start));
    let open = before.last().filter(|_| before.len() % 2 == 1);
    match (open, behind.iter().find(|sign| sign.start >= part.end)) {
        (Some(open), Some(close)) => open.start..close.end,
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

    #[test]
    fn every_formula_of_a_text_is_found_whole() {
        let found =
            |text: &str| formulas(text).into_iter().map(|it| text[it.range()].to_owned()).collect::<Vec<_>>();
        assert_eq!(found(r"\(\alpha\) 和 $x_1$ 是 1，价格是 $5 到 $6"), [r"\(\alpha\)", "$x_1$"]);
        assert_eq!(found("$$x$$, $y$ and $$z$$"), ["$$x$$", "$y$", "$$z$$"]);
        assert_eq!(found("costs $5 or $6, {$a$}"), Vec::<String>::new());
        let text = r"so $$\frac{a}{b}$$ is";
        let part = text.find('\\').unwrap_or_default()..text.find("$$ is").unwrap_or_default();
        assert_eq!(&text[around(text, part)], r"$$\frac{a}{b}$$");
    }
}
