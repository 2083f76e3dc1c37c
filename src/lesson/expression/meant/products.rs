//! Products, tolerances and names as they are written on paper: `Q[a] · K[b]`, `± 1 %`, `head. Q`.

use super::Surroundings;
use crate::graph::Part;
use crate::lesson::expression::{self, Resolved};

/// `head.Q[a] * head.K[b]`, the product of a query and a key, which is a score.
pub(super) fn score(text: &str, around: Surroundings<'_>) -> String {
    let relation = super::relation(text).unwrap_or(text.len());
    let (product, rest) = text.split_at(relation);
    let of_signs = |sign: &str| product.split_once(sign).filter(|(_, key)| !key.contains(sign));
    let found = [" * ", " · ", " @ ", "*", "·", "@", " × "].into_iter().find_map(of_signs);
    let Some((query, key)) = found else { return text.to_owned() };
    let score = || {
        let [query, key] = [row_of(query, Part::Queries, around)?, row_of(key, Part::Keys, around)?];
        let head = query.0.strip_suffix(".Q").filter(|head| key.0.strip_suffix(".K") == Some(head))?;
        Some(format!("{head}.scores[{}, {}]", query.1, key.1))
    };
    let blank = if rest.is_empty() { "" } else { " " };
    score().map_or_else(|| text.to_owned(), |score| format!("{score}{blank}{}", rest.trim_start()))
}

/// The matrix and the row of `head.Q[a]`, if it is one row of such a matrix.
fn row_of(text: &str, part: Part, around: Surroundings<'_>) -> Option<(String, String)> {
    let text = text.trim().trim_end_matches("^T").trim_end_matches('ᵀ');
    let (name, inside) = text.split_once('[')?;
    let row = inside.strip_suffix(']')?.trim_end_matches([':', ' ']).trim_end_matches(',').trim();
    let selection = expression::parse(text).ok()?.selection(around.scope).ok()?;
    let is_one = selection.rows.len() == 1 && selection.columns.len() > 1;
    let is_part = around.scope.graph.node(selection.node).part == part;
    (is_one && is_part && !row.contains(',')).then(|| (name.trim().to_owned(), row.to_owned()))
}

/// `= 7.07 ± 1 %`, whose tolerance is a part of the number that is claimed.
pub(super) fn share_as_tolerance(text: &str, around: Surroundings<'_>) -> String {
    const DIGITS: usize = 6;
    let absolute = || {
        let (claim, tolerance) = text.rsplit_once('±')?;
        let share: f64 = tolerance.trim().strip_suffix('%')?.trim().parse().ok()?;
        let number = claim.get(super::relation(claim)?..)?.trim_start_matches(['=', ' ']);
        let number: Resolved = expression::parse(number.trim()).ok()?.resolve(around.scope).ok()?;
        let number = match around.trace.map(|trace| number.evaluate(trace)) {
            Some(expression::Value::Number(number)) => number,
            Some(expression::Value::Label(_)) | None => return None,
        };
        let tolerance = format!("{:.DIGITS$}", (number * share / 100.0).abs());
        let tolerance = tolerance.trim_end_matches('0').trim_end_matches('.');
        Some(format!("{} ± {tolerance}", claim.trim_end()))
    };
    absolute().unwrap_or_else(|| text.to_owned())
}

/// `head.Q` for `head. Q`.
pub(super) fn name_without_blanks(text: &str, _: Surroundings<'_>) -> String {
    let mut parts = text.split('.');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let next = part.trim_start();
        let in_name = |c: char| c.is_alphanumeric() || c == '_';
        let begins = next.starts_with(|c: char| c.is_alphabetic());
        if begins && whole.trim_end().ends_with(in_name) {
            whole.truncate(whole.trim_end().len());
            whole.push('.');
            whole.push_str(next);
        } else {
            whole.push('.');
            whole.push_str(part);
        }
    }
    whole
}
