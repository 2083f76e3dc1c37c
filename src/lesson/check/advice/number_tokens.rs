//! Tokens that are numbers: `X[3, noun]` is the third row, also where another row is that of the token 3.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Axis, Node, Side, Trace};
use crate::lesson::check::{Checker, locate};
use crate::lesson::expression::{self, Claim};
use crate::yaml::{Tree, Value};

/// The row or column of a reference that counts, although a token is called so.
struct Counted {
    span: Span,
    number: usize,
    side: Side,
}

/// What a number is likelier to be.
#[derive(Clone, Copy)]
enum Likelier {
    /// The name of a row or column.
    Name,
    /// The number of a row or column: the claim is right as it stands.
    Place,
}

impl Checker<'_> {
    /// Reports rows and columns that are counted, where a token has this number for its name.
    pub(super) fn tokens_are_no_numbers(&mut self, tree: &Tree, trace: &Trace) {
        let has_numbers =
            |axis: &Axis| axis.labels().iter().enumerate().any(|(at, label)| is_other(label, at));
        if !self.axes.values().any(|axis| has_numbers(axis)) {
            return;
        }
        let mut open: Vec<&Tree> =
            ["steps", "expect"].into_iter().filter_map(|part| tree.get(part)).collect();
        while let Some(tree) = open.pop() {
            match &tree.value {
                Value::Scalar(scalar) => self.numbers_count(tree, &scalar.text, trace),
                Value::List(items) => open.extend(items),
                Value::Map(entries) => open.extend(entries.iter().map(|(_, value)| value)),
            }
        }
    }

    fn numbers_count(&mut self, tree: &Tree, text: &str, trace: &Trace) {
        let is_right = |claim: Claim| claim.resolve(&self.scope()).is_ok_and(|it| it.check(trace).is_ok());
        let likelier = if Claim::parse(text).is_ok_and(is_right) { Likelier::Place } else { Likelier::Name };
        for (at, _) in text.match_indices('[') {
            let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@');
            let name = &text[text[..at].trim_end_matches(in_name).len()..at];
            let Some(node) = self.graph.find(name).map(|id| self.graph.node(id)) else { continue };
            let findings: Vec<Diagnostic> = counted(text, at + 1, node)
                .into_iter()
                .map(|counted| told(&counted, node, likelier))
                .collect();
            for finding in findings {
                self.findings.push(locate::located(self.source, tree, finding));
            }
        }
    }
}

/// The entries of a reference, from behind its bracket on, that count where a token is called so.
fn counted(text: &str, start: usize, node: &Node) -> Vec<Counted> {
    let Some(length) = text[start..].find(']') else { return Vec::new() };
    let mut at = start;
    let mut found = Vec::new();
    for (entry, side) in text[start..start + length].split(',').zip([Side::Rows, Side::Columns]) {
        let digits = entry.trim();
        let from = at + entry.len() - entry.trim_start().len();
        at += entry.len() + 1;
        let axis = node.shape.axis(side);
        let own = axis.labels().iter().position(|label| label == digits);
        if let (Ok(number), Some(own)) = (digits.parse::<usize>(), own)
            && own + 1 != number
            && (1..=axis.size()).contains(&number)
        {
            found.push(Counted { span: Span::new(from, from + digits.len()), number, side });
        }
    }
    found
}

fn told(Counted { span, number, side }: &Counted, node: &Node, likelier: Likelier) -> Diagnostic {
    let axis = node.shape.axis(*side);
    let (label, written) = (axis.label(number - 1), expression::written_entry(axis, number - 1));
    let (line, hang) = match side {
        Side::Rows => ("row", "行"),
        Side::Columns => ("column", "列"),
    };
    let message = both!(
        "`{number}` counts here: it is {line} {number}, which is called `{label}`",
        "不加引号的 `{number}` 是序号，指第 {number} {hang}，即 `{label}`"
    );
    let hint = match likelier {
        Likelier::Name => both!(
            "for the {line} called `{number}` write `\"{number}\"`; for {line} {number} write its name, `{written}`",
            "如果指的是叫 `{number}` 的那一{hang}，请写 `\"{number}\"`；如果指的是第 {number} {hang}，请写它的名称 `{written}`"
        ),
        Likelier::Place => both!(
            "this claim is right for {line} {number}: write its name, `{written}`; for the {line} called `{number}` write `\"{number}\"`",
            "对第 {number} {hang}来说，这条断言是对的：请写它的名称 `{written}`；如果指的是叫 `{number}` 的那一{hang}，请写 `\"{number}\"`"
        ),
    };
    Diagnostic::new(Code::Questionable, *span, message).with_hint(hint)
}

/// Whether a label is the number of another place than its own.
fn is_other(label: &str, at: usize) -> bool {
    label.parse::<usize>().is_ok_and(|number| number != at + 1)
}
