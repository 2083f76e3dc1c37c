//! Claims about numbers: `head.pattern[creature, fluffy] = 0.42 ± 0.005`.

mod borne_out;
mod label;
mod refuted;
mod weak;

use super::Expression;
use super::entry::{self, Entry};
use super::finding::{bad, finding, hinted};
use super::lexer::{Relation, Token};
use super::parser::Parser;
use super::resolve::{Outcome, Referent, Scope, both_of};
use super::shares::no_shares;
use super::syntax::{Term, TermKind};
use super::value::{Content, Resolved, Selection, Value};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::graph::{Cell, NodeId, Trace};
pub(in crate::lesson) use borne_out::stated;
use label::{expected_label, label};
pub use refuted::Refuted;
pub(super) use refuted::half_of;

/// How far rounding may carry equal numbers apart, relative to their size and at least absolute.
const ROUNDING: f64 = 1e-9;

/// A longer text is not repeated in a hint.
const SHORT_CLAIM: usize = 60;

/// A claim as it is written; its names are not looked up yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    left: Term,
    relation: Relation,
    right: Right,
    tolerance: Option<Expression>,
}

#[derive(Debug, Clone, PartialEq)]
enum Right {
    Term(Term),
    /// What `argmax` should be.
    Label(Entry),
}

/// A claim whose names are looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedClaim {
    left: Operand,
    relation: Relation,
    right: Operand,
    tolerance: f64,
}

/// One side of a claim.
#[derive(Debug, Clone, PartialEq)]
enum Operand {
    Number(Resolved),
    /// Every one of many cells.
    Cells(Selection),
    /// What `argmax` finds.
    Name(Resolved),
    /// What it should find.
    Label(String),
}

/// Whether a claim, or what is asked for, is which of some numbers is the largest or the smallest.
pub(in crate::lesson) fn is_of_largest(text: &str) -> bool {
    let left = Claim::parse(text).map(|claim| claim.left).or_else(|_| super::parse(text).map(|it| it.root));
    left.is_ok_and(|left| matches!(left.kind, TermKind::Extreme(..)))
}

impl Claim {
    /// Both sides as they are written, where neither is a number or a name alone and none is long.
    pub fn sides<'t>(&self, text: &'t str) -> Option<[&'t str; 2]> {
        let Right::Term(right) = &self.right else { return None };
        let sides = [self.left(text), self.right(text)?];
        let is_short = |side: &&str| side.len() <= SHORT_CLAIM && !side.contains('`');
        (!right.is_constant() && sides.iter().all(is_short)).then_some(sides)
    }

    /// What stands on its right, as it is typed, unless that is a name.
    pub fn right<'t>(&self, text: &'t str) -> Option<&'t str> {
        let Right::Term(right) = &self.right else { return None };
        Some(text.get(right.span.range())?.trim())
    }

    /// Reads a claim. Spans of findings, here and later, count bytes of `text`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let mut parser = Parser::new(text)?;
        let left = parser.sum()?;
        let Token::Relation(relation) = parser.peek() else {
            if parser.peek() != Token::End {
                parser.finish()?;
            }
            let message = both!("nothing is claimed here", "这里没有作出断言");
            let own = Some(text.trim())
                .filter(|own| !own.is_empty() && own.len() <= SHORT_CLAIM && !own.contains('`'));
            let own = own.unwrap_or("X[1, 2]");
            let hint = if matches!(left.kind, TermKind::Extreme(..)) {
                both!("say which it is: `{own} = …`", "请写明是哪一个：`{own} = …`")
            } else {
                both!(
                    "say what it is: `{own} = … ± …`; or with <, >, <= or >=",
                    "请写明它等于多少：`{own} = … ± …`；也可以用 <、>、<=、>="
                )
            };
            return Err(hinted(bad(Span { start: 0, end: text.len() }, message), hint));
        };
        let named = match left.kind {
            TermKind::Extreme(extreme, _) => Some(extreme.word()),
            TermKind::Shape(_) => Some("shape"),
            TermKind::Number(_)
            | TermKind::Reference(_)
            | TermKind::Negate(_)
            | TermKind::Operation(..)
            | TermKind::Elementary(..)
            | TermKind::Reduction(..)
            | TermKind::Extent(..)
            | TermKind::Comparison(..) => None,
        };
        if let Some(word) = named
            && let Some(right) = label(&parser)?
        {
            return Self::of_label(left, word, relation, right, parser.span());
        }
        parser.advance()?;
        let right = parser.sum()?;
        let mut tolerance = None;
        if parser.peek() == Token::PlusMinus {
            if relation != Relation::Equal {
                return Err(bad(parser.span(), both!("± belongs after =", "± 只能用在 = 之后")));
            }
            parser.advance()?;
            tolerance = Some(Expression { root: parser.sum()? });
        }
        parser.finish()?;
        // A claim is about its left side: `0.5 < x` is read as `x > 0.5`.
        let (left, relation, right) = if left.is_constant() && !right.is_constant() {
            (right, relation.turned(), left)
        } else {
            (left, relation, right)
        };
        Ok(Self { left, relation, right: Right::Term(right), tolerance })
    }

    fn of_label(
        left: Term,
        word: &str,
        relation: Relation,
        right: Entry,
        sign: Span,
    ) -> Result<Self, Diagnostic> {
        if relation != Relation::Equal {
            let message = both!("names are equal or not, never larger", "名称只能相等或不等，不能比较大小");
            return Err(hinted(
                bad(sign, message),
                both!("write `=` after `{word}`", "`{word}` 之后请写 `=`"),
            ));
        }
        Ok(Self { left, relation, right: Right::Label(right), tolerance: None })
    }

    /// Looks up its names. A range on the left claims something of each of its cells, with one number or with the
    /// cells of a range of the same size.
    ///
    /// # Errors
    /// As [`Expression::resolve`], and when the two sides cannot be compared.
    pub fn resolve(&self, scope: &Scope<'_>) -> Result<ResolvedClaim, Vec<Diagnostic>> {
        let right = |left: &Operand| match &self.right {
            Right::Term(term) => {
                operand(term, scope).map_err(|findings| with_argmax(findings, left, term, scope))
            }
            Right::Label(entry) => expected_label(left, entry, scope).map(Operand::Label),
        };
        let sides = match operand(&self.left, scope) {
            Ok(left) => right(&left).map(|right| (left, right)),
            Err(findings) => match &self.right {
                Right::Term(term) => both_of(Err(findings), operand(term, scope)),
                Right::Label(_) => Err(findings),
            },
        };
        let sides = sides.and_then(|(left, right)| self.comparable(left, right, scope));
        let tolerance = self.tolerance.as_ref().map_or(Ok(0.0), |of| tolerance(of, scope));
        let ((left, right), tolerance) = both_of(sides, tolerance)?;
        Ok(ResolvedClaim { left, relation: self.relation, right, tolerance })
    }

    fn comparable(&self, left: Operand, right: Operand, scope: &Scope<'_>) -> Outcome<(Operand, Operand)> {
        let (own, other) = match &self.right {
            Right::Term(term) => (self.left.span, term.span),
            Right::Label(entry) => (self.left.span, entry.span()),
        };
        let span = Span { start: own.start.min(other.start), end: own.end.max(other.end) };
        let (message, hint) = match (&left, &right) {
            (Operand::Cells(a), Operand::Cells(b)) if a.size() != b.size() => {
                let ((a, b), (c, d)) = (a.size(), b.size());
                let message = both!(
                    "{a} × {b} cells cannot be compared with {c} × {d}",
                    "{a} × {b} 个单元格无法与 {c} × {d} 个相比"
                );
                return Err(vec![finding(Code::ShapeMismatch, span, message)]);
            }
            (Operand::Number(_), Operand::Cells(cells)) => {
                let name = &scope.graph.node(cells.node).name;
                let message = both!(
                    "one number cannot be compared with many cells of `{name}`",
                    "一个数无法与 `{name}` 的多个单元格相比"
                );
                let hint = both!(
                    "put the many cells on the left: `{name} = 1` claims it of each",
                    "请把多个单元格写在左边：`{name} = 1` 表示每个都等于 1"
                );
                (message, hint)
            }
            (Operand::Name(_) | Operand::Label(_), Operand::Number(_) | Operand::Cells(_))
            | (Operand::Number(_) | Operand::Cells(_), Operand::Name(_) | Operand::Label(_)) => (
                both!("a name cannot be compared with a number", "名称无法与数相比"),
                both!(
                    "`argmax` gives a name and stands on the left: `argmax(X[1]) = creature`",
                    "`argmax` 得到的是名称，应写在左边：`argmax(X[1]) = creature`"
                ),
            ),
            (Operand::Number(_) | Operand::Cells(_), Operand::Number(_))
            | (Operand::Cells(_), Operand::Cells(_))
            | (Operand::Name(_) | Operand::Label(_), Operand::Name(_) | Operand::Label(_)) => {
                return Ok((left, right));
            }
        };
        Err(vec![hinted(bad(span, message), hint)])
    }
}

/// The findings, or for `X[a] = b` with the name of a column on the right, what was meant by it.
fn with_argmax(
    mut findings: Vec<Diagnostic>,
    left: &Operand,
    right: &Term,
    scope: &Scope<'_>,
) -> Vec<Diagnostic> {
    let (Operand::Cells(cells), TermKind::Reference(reference)) = (left, &right.kind) else {
        return findings;
    };
    let (node, name) = (scope.graph.node(cells.node), &reference.name);
    let (rows, columns) = (&node.shape.rows, &node.shape.columns);
    let line = if cells.rows.len() == 1 && columns.find(name).is_ok() {
        format!("{}[{}]", node.name, entry::written(rows, cells.rows.start))
    } else if cells.columns.len() == 1 && rows.find(name).is_ok() {
        format!("{}[:, {}]", node.name, entry::written(columns, cells.columns.start))
    } else {
        return findings;
    };
    for finding in findings.iter_mut().filter(|finding| finding.code == Code::UnknownName) {
        finding.hint =
            Some(both!("did you mean `argmax({line}) = {name}`?", "是不是想写 `argmax({line}) = {name}`？"));
    }
    findings
}

impl ResolvedClaim {
    /// Whether the numbers bear it out.
    ///
    /// Without a tolerance `a = b` leaves `1e-9·max(1, |b|)` for rounding, and so do `<=`, `>=` and the edge of a
    /// tolerance. What is no number satisfies nothing.
    ///
    /// # Errors
    /// When they do not.
    pub fn check(&self, trace: &Trace) -> Result<(), Refuted> {
        let once = self.right.single(trace);
        let count = match &self.left {
            Operand::Cells(selection) => selection.cells().count(),
            Operand::Number(_) | Operand::Name(_) | Operand::Label(_) => 1,
        };
        for index in 0..count {
            let got = self.left.value(index, trace);
            let expected = once.clone().unwrap_or_else(|| self.right.value(index, trace));
            if !self.holds(&got, &expected) {
                let (relation, tolerance) = (self.relation, self.tolerance);
                return Err(Refuted { cell: self.left.cell(index), got, relation, expected, tolerance });
            }
        }
        Ok(())
    }

    /// What is asked that has no answer with these numbers: the entropy of what is no share.
    pub fn misuse(&self, trace: &Trace) -> Option<Diagnostic> {
        let asked = [&self.left, &self.right].into_iter().find_map(|side| match side {
            Operand::Number(resolved) | Operand::Name(resolved) => resolved.no_shares(trace),
            Operand::Cells(_) | Operand::Label(_) => None,
        });
        Some(no_shares(&asked?, Some(trace.graph())))
    }

    /// The matrix that it is about.
    pub fn node(&self) -> Option<NodeId> {
        match &self.left {
            Operand::Number(resolved) | Operand::Name(resolved) => resolved.node(),
            Operand::Cells(selection) => Some(selection.node),
            Operand::Label(_) => None,
        }
    }

    /// How far one number is from another that it should be; `None` for other claims.
    pub fn difference(&self, trace: &Trace) -> Option<f64> {
        match (&self.left, self.relation, &self.right) {
            (Operand::Number(left), Relation::Equal, Operand::Number(right)) => {
                Some(left.number(trace) - right.number(trace)).filter(|difference| difference.is_finite())
            }
            _ => None,
        }
    }

    /// The cells that it reads.
    pub fn cells(&self) -> Vec<Cell> {
        let of = |side: &Operand| match side {
            Operand::Number(resolved) | Operand::Name(resolved) => resolved.cells(),
            Operand::Cells(selection) => selection.cells().collect(),
            Operand::Label(_) => Vec::new(),
        };
        [of(&self.left), of(&self.right)].concat()
    }

    fn holds(&self, got: &Value, expected: &Value) -> bool {
        let (Value::Number(a), Value::Number(b)) = (got, expected) else { return got == expected };
        let rounding = ROUNDING * b.abs().max(1.0);
        match self.relation {
            // Equal infinities have no difference, and an infinite one would allow every difference.
            Relation::Equal if b.is_infinite() => a.is_infinite() && a.signum() == b.signum(),
            Relation::Equal => (a - b).abs() <= self.tolerance + rounding,
            Relation::Less => a < b,
            Relation::Greater => a > b,
            Relation::AtMost => a <= b || *a <= b + rounding,
            Relation::AtLeast => a >= b || *a >= b - rounding,
        }
    }
}

impl Operand {
    /// Its value, if it is one for all cells of the other side.
    fn single(&self, trace: &Trace) -> Option<Value> {
        match self {
            Self::Number(resolved) | Self::Name(resolved) => Some(resolved.evaluate(trace)),
            Self::Label(label) => Some(Value::Label(label.clone())),
            Self::Cells(_) => None,
        }
    }

    fn value(&self, index: usize, trace: &Trace) -> Value {
        match self {
            Self::Number(resolved) | Self::Name(resolved) => resolved.evaluate(trace),
            Self::Label(label) => Value::Label(label.clone()),
            Self::Cells(selection) => Value::Number(trace.cell(selection.nth(index))),
        }
    }

    fn cell(&self, index: usize) -> Option<Cell> {
        match self {
            Self::Number(_) | Self::Name(_) | Self::Label(_) => None,
            Self::Cells(selection) => Some(selection.nth(index)),
        }
    }
}

fn operand(term: &Term, scope: &Scope<'_>) -> Outcome<Operand> {
    if let TermKind::Reference(reference) = &term.kind
        && let Referent::Cells(selection) = scope.referent(reference)?
        && selection.cell().is_none()
    {
        return Ok(Operand::Cells(selection));
    }
    let content = scope.content(term)?;
    let make = match content {
        Content::Number(_) => Operand::Number,
        Content::Extreme { .. } | Content::Shape { .. } => Operand::Name,
    };
    Ok(make(Resolved::new(content)))
}

fn tolerance(expression: &Expression, scope: &Scope<'_>) -> Outcome<f64> {
    let tolerance = expression.constant(scope)?;
    if tolerance >= 0.0 {
        return Ok(tolerance);
    }
    let message = both!("a tolerance is not negative", "误差范围不能是负数");
    Err(vec![finding(Code::BadNumber, expression.root.span, message)])
}
