//! Entropy that is asked of what is no share, in words.

use super::finding::{finding, hinted};
use super::value::NoShares;
use crate::both;
use crate::diagnostic::{Code, Diagnostic, line_numbers};
use crate::graph::{Graph, Node, NodeId, Op};
use crate::language::Localised;
use crate::math::NotShares;

/// Names for shares, of which the first that is free is proposed.
const NAMES: [&str; 4] = ["P", "shares", "pattern", "P_1"];

/// So many numbers are written again.
const MOST: usize = 6;

/// The finding for an entropy of what is no share, with the matrices that there are, if it is of one of them.
pub(super) fn no_shares(
    NoShares { span, why, number, cell, numbers }: &NoShares,
    graph: Option<&Graph>,
) -> Diagnostic {
    let number = printed(*number);
    let place = |graph: &Graph| cell.map(|cell| super::reference(graph, cell));
    let message = match (why, graph.and_then(place)) {
        (NotShares::Negative(_), Some(cell)) => both!(
            "entropy needs shares that are 0 or more, and `{cell}` is {number}",
            "求熵要用非负的份额，而 `{cell}` 是 {number}"
        ),
        (NotShares::Negative(_), None) => both!(
            "entropy needs shares that are 0 or more, and this is {number}",
            "求熵要用非负的份额，而这里有 {number}"
        ),
        (NotShares::Sum(sum), _) => {
            let sum = printed(*sum);
            both!(
                "entropy needs shares that add up to 1, and these add up to {sum}",
                "求熵要用总和为 1 的份额，而这里的总和是 {sum}"
            )
        }
    };
    let hint = match (graph, cell) {
        (Some(graph), Some(cell)) => as_shares(graph, cell.node, &[]),
        (_, _) => in_shares(numbers),
    };
    hinted(finding(Code::NotFinite, *span, message), hint)
}

/// What to write instead of numbers that stand in an entropy: each as a part of their sum.
fn in_shares(numbers: &[f64]) -> Localised<String> {
    let sum = printed(numbers.iter().sum());
    if sum <= 0.0 || numbers.iter().any(|number| *number < 0.0) || numbers.len() > MOST {
        return both!("write shares that add up to 1", "请写总和为 1 的份额");
    }
    let parts: Vec<String> = numbers.iter().map(|number| format!("{number} / {sum}")).collect();
    let parts = parts.join(", ");
    both!(
        "write each as a part of their sum: `entropy({parts})`",
        "请把每个数写成占总和的几分之几：`entropy({parts})`"
    )
}

/// How shares are made of a matrix, and where they are to be named instead of it: here, and in these lines as well.
pub(in crate::lesson) fn as_shares(graph: &Graph, node: NodeId, also: &[usize]) -> Localised<String> {
    let Localised { en: lines, zh: lines_zh } = match also {
        [] => Localised::default(),
        lines => {
            let Localised { en, zh } = line_numbers(lines);
            both!(" and in {en}", "和{zh}")
        }
    };
    let of = &graph.node(node).name;
    let is_made = |own: &Node| matches!(&own.op, Op::Softmax(softmax) if softmax.of == node);
    if let Some((_, Node { name, .. })) = graph.nodes().find(|(_, own)| is_made(own)) {
        return both!(
            "write `{name}` instead of `{of}` here{lines}: its rows add up to 1",
            "请把这里{lines_zh}的 `{of}` 改成 `{name}`，它的每行之和为 1"
        );
    }
    let name = NAMES.into_iter().find(|name| graph.find(name).is_none()).unwrap_or("P_2");
    both!(
        "below `{of}` in `matrices` add the line `- {name}: {{softmax: {of}}}`, and write `{name}` instead of `{of}` here{lines}",
        "请在 `matrices` 中 `{of}` 的下面加一行 `- {name}: {{softmax: {of}}}`，再把这里{lines_zh}的 `{of}` 改成 `{name}`"
    )
}

/// A sum of decimals without the last bits: 0.1 and 0.2 make 0.3.
pub(in crate::lesson) fn printed(sum: f64) -> f64 {
    const DIGITS: f64 = 1e9;
    if sum.abs() < DIGITS { (sum * DIGITS).round() / DIGITS } else { sum }
}
