//! Claims in one line that are several: `0 < x < 1`, `a = 1 and b = 2`, `x between 0 and 1`, `x = 0~1`, `X[1] = [0, 1]`,
//! `sum(X, axis=1) = 1`.

use super::{Surroundings, calls, makes_sense, relation, spelled};
use crate::graph::{Cell, Side};
use crate::language::{Words, words};
use crate::lesson::expression::{self, Claim};

/// More claims than these are not written out.
const MOST: usize = 12;

/// What is said of several claims in one.
const IN_ONE: Words = words("these are several claims in one", "这里把几条断言写成了一条");

/// What is said of an `axis`.
const ALONG_AXIS: Words = words(
    "`axis` is not known here: each row or column has a claim of its own",
    "这里没有 `axis` 这种写法：每一行或每一列各写一条断言",
);

/// The claims that a text makes, if it makes several and each of them can be read, and what is said of them.
pub(in crate::lesson) fn several(text: &str, around: Surroundings<'_>) -> Option<(Vec<String>, Words)> {
    let along_axis = || Some((along_axis(text.trim(), around)?, ALONG_AXIS));
    let in_one = || {
        let ways = [chain, listed, joined, between, within];
        Some((ways.into_iter().find_map(|split| split(text.trim(), around))?, IN_ONE))
    };
    let (found, told) = along_axis().or_else(in_one)?;
    let reads = |text: &str| Claim::parse(text).is_ok_and(|claim| makes_sense(claim.resolve(around.scope)));
    let claims = found.into_iter().map(|claim| {
        if reads(&claim) { Some(claim) } else { spelled(&claim, around, reads).map(|spelled| spelled.text) }
    });
    let claims: Vec<String> = claims.collect::<Option<_>>()?;
    (2..=MOST).contains(&claims.len()).then_some((claims, told))
}

/// `0 < x` and `x < 1` for `0 < x < 1`.
fn chain(text: &str, _: Surroundings<'_>) -> Option<Vec<String>> {
    let (mut sides, mut signs, mut rest) = (Vec::new(), Vec::new(), text);
    while let Some(at) = relation(rest) {
        let behind = rest[at..].trim_start_matches(['=', '<', '>', '≤', '≥']);
        sides.push(rest[..at].trim());
        signs.push(&rest[at..rest.len() - behind.len()]);
        rest = behind;
    }
    sides.push(rest.trim());
    (signs.len() > 1 && !sides.contains(&"") && !has_joint(text)).then(|| {
        let claims = sides.windows(2).zip(&signs);
        claims.map(|(sides, sign)| format!("{} {sign} {}", sides[0], sides[1])).collect()
    })
}

/// What stands between two claims.
const JOINTS: [&str; 11] = [" and ", " && ", " & ", "; ", ", ", "；", "，", "、", "并且", "而且", "且"];

fn has_joint(text: &str) -> bool {
    JOINTS.iter().any(|joint| outside(text, joint).is_some())
}

/// Where something stands outside of brackets.
fn outside(text: &str, what: &str) -> Option<usize> {
    let is_outside = |at: &usize| {
        let open = |sign| text[..*at].matches(sign).count();
        open('[') == open(']') && open('(') == open(')')
    };
    text.match_indices(what).map(|(at, _)| at).find(is_outside)
}

/// Two claims with a word or a comma between them; the second may be without its left side.
fn joined(text: &str, _: Surroundings<'_>) -> Option<Vec<String>> {
    let (at, joint) = JOINTS.iter().find_map(|joint| Some((outside(text, joint)?, joint)))?;
    let (first, second) = (text[..at].trim(), text[at + joint.len()..].trim());
    relation(second)?;
    let of = &first[..relation(first)?];
    let second = if relation(second) == Some(0) { format!("{of}{second}") } else { second.to_owned() };
    Some(vec![first.to_owned(), second])
}

/// `x >= 0` and `x <= 1` for `x between 0 and 1`.
fn between(text: &str, _: Surroundings<'_>) -> Option<Vec<String>> {
    let (of, ends) = text.split_once(" between ")?;
    let (low, high) = ends.split_once(" and ")?;
    let of = of.trim_end().strip_suffix(" is").unwrap_or(of);
    Some(vec![format!("{of} >= {}", low.trim()), format!("{of} <= {}", high.trim())])
}

/// `x >= 0` and `x <= 1` for `x = 0~1` and `x in [0, 1]`.
fn within(text: &str, _: Surroundings<'_>) -> Option<Vec<String>> {
    const UP_TO: [&str; 7] = ["...", "..", "~", "～", " to ", "到", "至"];
    const IN: [&str; 5] = [" is in [", " in [", "∈ [", "∈[", "属于 ["];
    let in_brackets = || {
        let (of, ends) = IN.iter().find_map(|word| text.split_once(word))?;
        Some((of, ends.strip_suffix(']')?.split_once([',', '，'])?))
    };
    let from_to = || {
        let (of, ends) = text.split_once('=')?;
        Some((of, UP_TO.iter().find_map(|word| ends.split_once(word))?))
    };
    let (of, (low, high)) = in_brackets().or_else(from_to)?;
    let (of, low, high) = (of.trim(), low.trim(), high.trim());
    let are_numbers = [low, high].iter().all(|end| end.parse::<f64>().is_ok());
    are_numbers.then(|| vec![format!("{of} >= {low}"), format!("{of} <= {high}")])
}

/// A claim for each number of a list: `X[1] = [0, 1]`.
fn listed(text: &str, around: Surroundings<'_>) -> Option<Vec<String>> {
    let (left, right) = text.split_at(relation(text)?);
    let list = right.trim_start_matches('=').trim();
    let list = list.strip_prefix(['[', '(']).map_or(list, |list| list.trim_end_matches([']', ')']));
    let numbers: Vec<&str> =
        list.split([',', ';', '，', '；', '、', ' ']).filter(|it| !it.is_empty()).collect();
    let cells: Vec<Cell> = expression::parse(left).ok()?.line(around.scope)?;
    let claim = |(cell, number): (&Cell, &&str)| {
        format!("{} = {number}", expression::reference(around.scope.graph, *cell))
    };
    let is_list = cells.len() == numbers.len() && numbers.iter().all(|it| it.parse::<f64>().is_ok());
    is_list.then(|| cells.iter().zip(&numbers).map(claim).collect())
}

/// A claim for each row, or column, of `sum(X, axis=1) = 1`.
fn along_axis(text: &str, around: Surroundings<'_>) -> Option<Vec<String>> {
    let (call, of, is_column, behind) = calls::with_axis(text)?;
    let node = around.scope.graph.find(of.trim()).filter(|_| relation(behind).is_some())?;
    let side = if is_column { Side::Columns } else { Side::Rows };
    let axis = around.scope.graph.node(node).shape.axis(side);
    let entries = (0..axis.size().min(MOST + 1)).map(|at| expression::written_entry(axis, at));
    let line = |entry: String| if is_column { format!("[:, {entry}]") } else { format!("[{entry}]") };
    Some(entries.map(|entry| format!("{call}({}{}){behind}", of.trim(), line(entry))).collect())
}
