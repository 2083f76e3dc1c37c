//! An expression as it is written: in symbols, or with its numbers.

use super::{place_role, printed};
use crate::app::Visit;
use crate::graph::{Expr, Fold, Leaf, Line as CellLine, Place};
use crate::view::names::{self, role_of};
use crate::view::number::{Format, Precision};
use crate::view::picture::Canvas;
use crate::view::text::{Line, Role};

/// Longer sums show this many terms at their start, or one less and the one that is marked, and one at their end.
const FIRST_TERMS: usize = 6;

/// The terms of a sum that are written: where they are many, the marked one is among them.
fn written_terms(count: usize, marked: Option<usize>) -> Vec<usize> {
    if count <= FIRST_TERMS + 2 {
        return (0..count).collect();
    }
    let marked = marked.filter(|term| (FIRST_TERMS..count - 1).contains(term));
    let first = FIRST_TERMS - usize::from(marked.is_some());
    let mut written: Vec<usize> = (0..first).collect();
    for term in marked.into_iter().chain([count - 1]) {
        // One term takes no more room than saying that there is one more.
        if written.last().is_some_and(|last| last + 2 == term) {
            written.push(term - 1);
        }
        written.push(term);
    }
    written
}

/// Whether an expression is written in symbols or in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    Symbols,
    Numbers,
}

/// How tightly the place binds in which an expression is written; weaker expressions are put in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binding {
    Sum,
    Product,
    Operand,
    /// What is raised to a power, or made negative.
    Base,
}

pub(super) struct Writer<'a> {
    canvas: &'a Canvas<'a>,
    wording: Wording,
    pub(super) line: Line,
    /// The operand that Enter goes into, while one looks.
    marked: Option<Place>,
    /// The operand whose term is written in any case.
    followed: Option<Place>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(canvas: &'a Canvas<'a>, wording: Wording, visit: Visit) -> Self {
        let followed = canvas.trace.derive(visit.place).source(visit.operand);
        let marked = followed.filter(|_| canvas.walk.looking.is_some());
        Self { canvas, wording, line: Line::new(), marked, followed }
    }

    fn sign(&mut self, sign: &str) {
        self.line.push(sign, Role::Plain);
    }

    pub(super) fn expr(&mut self, expr: &Expr, binding: Binding) {
        match expr {
            Expr::Constant(divisor) => match self.wording {
                Wording::Symbols => self.line.push(&divisor.symbol, Role::Number),
                Wording::Numbers => {
                    let text = printed(self.canvas, Leaf::Constant(divisor));
                    self.number(&text, divisor.value, binding, Role::Number);
                }
            },
            Expr::Place(place) => self.place(*place, binding),
            Expr::Running(line) => self.running(*line),
            Expr::Plus(a, b) => self.two(a, " + ", b, Binding::Product, binding),
            Expr::Minus(a, b) => self.two(a, " − ", b, Binding::Product, binding),
            Expr::Times(a, b) => self.two(a, "·", b, Binding::Operand, binding),
            Expr::Over(a, b) => self.two(a, " ÷ ", b, Binding::Operand, binding),
            Expr::Apply(function, a) => {
                let (before, after) = names::function(*function);
                self.sign(before);
                self.expr(a, if after == ")" { Binding::Sum } else { Binding::Base });
                self.sign(after);
            }
            Expr::Fold { fold, count, body } => self.fold(*fold, *count, body, binding),
            Expr::Ruled { value, .. } => self.expr(value, binding),
            Expr::Defined { value, .. } => {
                let text =
                    Format::for_values([*value], Precision::new(self.canvas.decimals), self.canvas.glyphs)
                        .explained(*value);
                self.number(&text, *value, binding, Role::Number);
            }
        }
    }

    /// `a sign b`, where `right` is how tightly the right side must bind.
    fn two(&mut self, a: &Expr, sign: &str, b: &Expr, right: Binding, around: Binding) {
        let own = match right {
            Binding::Sum | Binding::Product => Binding::Sum,
            Binding::Operand | Binding::Base => Binding::Product,
        };
        let brackets = around > own;
        if brackets {
            self.sign("(");
        }
        self.expr(a, own);
        self.sign(sign);
        self.expr(b, right);
        if brackets {
            self.sign(")");
        }
    }

    fn place(&mut self, place: Place, binding: Binding) {
        let marked = self.marked == Some(place);
        match self.wording {
            Wording::Symbols => {
                let name = names::place(self.canvas.trace, place, self.canvas.language);
                let role = if marked { Role::Focus } else { place_role(self.canvas, place) };
                self.line.push(&name, role);
            }
            Wording::Numbers => {
                let role = if marked { Role::Focus } else { place_role(self.canvas, place) };
                let text = printed(self.canvas, Leaf::Place(place));
                self.number(&text, self.canvas.trace.number(place), binding, role);
            }
        }
    }

    fn number(&mut self, text: &str, value: f64, binding: Binding, role: Role) {
        // A minus sign after another sign needs brackets: 2·(−3).
        let within = binding > Binding::Sum && !self.line.is_empty() && !self.opens();
        let brackets = value < 0.0 && (within || binding == Binding::Base);
        if brackets {
            self.sign("(");
        }
        self.line.push(text, role);
        if brackets {
            self.sign(")");
        }
    }

    /// Whether the line ends where a number may begin with its own sign.
    fn opens(&self) -> bool {
        let text = self.line.text();
        text.ends_with('(') || text.ends_with(", ")
    }

    fn running(&mut self, line: CellLine) {
        let shape = &self.canvas.trace.node(line.node()).shape;
        let name = self.canvas.trace.graph().symbol(line.node());
        let text = match line {
            CellLine::Row { row, .. } => format!("{name}[{}, i]", shape.rows.unique_label(row)),
            CellLine::Column { column, .. } => format!("{name}[i, {}]", shape.columns.unique_label(column)),
        };
        self.line.push(&text, role_of(self.canvas.trace.node(line.node()).part));
    }

    fn fold(&mut self, fold: Fold, count: usize, body: &Expr, around: Binding) {
        let (open, between, close) = match (fold, self.wording) {
            (Fold::Sum, Wording::Symbols) => ("Σ ", "", ""),
            (Fold::Sum, Wording::Numbers) => ("", " + ", ""),
            (Fold::Maximum, Wording::Symbols | Wording::Numbers) => ("max(", ", ", ")"),
            (Fold::Minimum, Wording::Symbols | Wording::Numbers) => ("min(", ", ", ")"),
            (Fold::FirstLargest, Wording::Symbols | Wording::Numbers) => ("argmax(", ", ", ")"),
            (Fold::FirstSmallest, Wording::Symbols | Wording::Numbers) => ("argmin(", ", ", ")"),
        };
        let is_one_term = self.wording == Wording::Numbers && count == 1;
        let brackets = fold == Fold::Sum && around > Binding::Sum && !is_one_term;
        if brackets {
            self.sign("(");
        }
        self.sign(open);
        match self.wording {
            Wording::Symbols => self.expr(body, Binding::Product),
            Wording::Numbers => self.terms(count, body, between),
        }
        self.sign(close);
        if brackets {
            self.sign(")");
        }
    }

    fn terms(&mut self, count: usize, body: &Expr, between: &str) {
        let mut next = 0;
        let followed = self.followed.and_then(|place| body.term_with(place, count));
        for index in written_terms(count, followed) {
            let skipped = index - next;
            if skipped > 0 {
                let more = crate::both!("… {skipped} more …", "……另 {skipped} 项……");
                self.sign(between);
                self.line.push(more.get(self.canvas.language), Role::Muted);
            }
            if index > 0 {
                self.sign(between);
            }
            self.expr(&body.term(index), Binding::Product);
            next = index + 1;
        }
        if count == 0 {
            self.sign("0");
        }
    }
}
