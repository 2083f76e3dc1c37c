//! The small language of numbers and cells, with one meaning everywhere: in given matrices, divisors, prose,
//! expectations and the places that a lesson points at.
//!
//! A text is first [read](parse), which needs nothing else; then its names are [looked up](Expression::resolve) in a
//! graph; after that nothing can fail, and it is [evaluated](Resolved::evaluate) as often as the numbers change.
//!
//! * Numbers: `2`, `.58`, `1e-3`, `pi`, and the sizes of axes by name: `d_k`.
//! * Cells: `NAME[ROW, COLUMN]`, `NAME[ROW]`, `NAME`; a row or column is a token or feature, `the#2` for the second
//!   `the`, `"quoted"` where it is no plain word, a number counted from 1, `:` for all or `a:b` with both ends.
//! * Arithmetic: `+ - * / ^ ( )`, also `× · ÷ −`; `sqrt` or `√`, `ln`, `exp`, `abs`.
//! * Of a matrix: `rows`, `columns`, and `shape`, which is written as `8×2`.
//! * Of many cells: `sum`, `max`, `min`, `mean`, `variance`, `std`, `norm`, `entropy`, `count`, and `argmax` and
//!   `argmin`, which give a name.
//! * Of two rows or columns: `cosine`, `distance`.
//! * [Claims](Claim): two of these with `=`, `<`, `>`, `<=` or `>=` between them.

mod claim;
pub(in crate::lesson) mod comma;
mod entry;
mod exchange;
mod finding;
mod format;
mod keyboard;
mod lexer;
mod meant;
mod number;
mod numeral;
mod otherwise;
mod parser;
mod part_words;
mod resolve;
mod shares;
mod sign;
mod syntax;
mod value;
mod whose;

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Cell, Graph, NodeId, Op, Origin, Place};
use finding::hinted;
use parser::Parser;
use syntax::{Elementary, Operator, Term, TermKind};
use value::{Computation, Content, Kind, Numbers};

pub use claim::{Claim, Refuted, ResolvedClaim};
pub(in crate::lesson) use claim::{is_of_largest, stated};
pub use entry::Entry;
pub(in crate::lesson) use entry::written as written_entry;
pub use format::{Form, Formatted, NumberFormat};
pub(in crate::lesson) use lexer::halfwidth;
pub use lexer::{Relation, is_name};
pub use resolve::Scope;
pub(in crate::lesson) use shares::{as_shares, printed};
pub use value::{Resolved, Selection, Value};

pub(in crate::lesson) use exchange::{exchanged, is_unknown};
pub(in crate::lesson) use finding::{
    bad, beyond_the_last, hinted as with_hint, in_first_round, listed, no_mask, no_output,
    others_of_its_group, with_this_end,
};
pub(in crate::lesson) use meant::{
    Surroundings, first_cell, makes_sense, meant, missing_matrix, of_text_last, several, softmax_of,
};
pub(in crate::lesson) use numeral::numeral;
pub(in crate::lesson) use part_words::by_another_word;

/// An expression as it is written; its names are not looked up yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    root: Term,
}

/// Reads an expression. Spans of findings, here and later, count bytes of `text`.
///
/// # Errors
/// When it cannot be read, or is too long or too deep.
///
/// ```
/// use qkv::lesson::expression::{Scope, parse};
/// let scope = Scope { graph: &Default::default(), sizes: &[("d_k".into(), 4)].into(), broken: &Default::default() };
/// assert_eq!(parse("6 / sqrt(d_k) - 1").unwrap().constant(&scope), Ok(2.0));
/// ```
pub fn parse(text: &str) -> Result<Expression, Diagnostic> {
    let mut parser = Parser::new(text)?;
    let root = parser.sum()?;
    parser.finish()?;
    Ok(Expression { root })
}

impl Expression {
    /// Looks up its names.
    ///
    /// # Errors
    /// When a name, row or column does not exist, or many cells stand where one number is needed: all findings at
    /// once. They are none where every mistake is a use of a [broken](Scope::broken) name.
    pub fn resolve(&self, scope: &Scope<'_>) -> Result<Resolved, Vec<Diagnostic>> {
        scope.content(&self.root).map(Resolved::new)
    }

    /// The number that it is, without the cells of any matrix: arithmetic and the sizes of axes.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve), and when it uses cells or the number is not finite.
    pub fn constant(&self, scope: &Scope<'_>) -> Result<f64, Vec<Diagnostic>> {
        let resolved = self.resolve(scope)?;
        let content = resolved.content();
        let Content::Number(computation) = content else {
            return Err(vec![no_cells(&self.root, &resolved, scope)]);
        };
        if uses_cells(computation) {
            return Err(vec![no_cells(&self.root, &resolved, scope)]);
        }
        let number = |computation: &Computation| computation.compute(&|_| f64::NAN);
        if let Some(asked) = computation.no_shares(&|_| f64::NAN) {
            return Err(vec![shares::no_shares(&asked, None)]);
        }
        match first_not_finite(computation, &number) {
            None => Ok(number(computation)),
            Some(part) => Err(vec![not_finite(part, &number)]),
        }
    }

    /// The cells that it stands for, if it is a reference and nothing else, as the points of a plot are.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve), and when it is more than a reference.
    pub fn selection(&self, scope: &Scope<'_>) -> Result<Selection, Vec<Diagnostic>> {
        let not_cells = || {
            let message = both!("these are no cells of a matrix", "这不是矩阵中的单元格");
            let hint = both!("write a cell like this: `X[1, 2]`", "单元格要这样写：`X[1, 2]`");
            vec![hinted(bad(self.root.span, message), hint)]
        };
        let TermKind::Reference(reference) = &self.root.kind else { return Err(not_cells()) };
        match scope.referent(reference)? {
            resolve::Referent::Cells(selection) => Ok(selection),
            resolve::Referent::Size(_) => Err(not_cells()),
        }
    }
}

/// How a lesson writes this cell: `head.scores[creature, fluffy]`, `M[1, 2]`, `X["[CLS]", noun]`.
pub fn reference(graph: &Graph, cell: Cell) -> String {
    let node = graph.node(cell.node);
    let (rows, columns) = (&node.shape.rows, &node.shape.columns);
    format!("{}[{}, {}]", node.name, entry::written(rows, cell.row), entry::written(columns, cell.column))
}

/// How a lesson writes this row: `X[creature]`.
pub fn row_reference(graph: &Graph, node: NodeId, row: usize) -> String {
    let node = graph.node(node);
    format!("{}[{}]", node.name, entry::written(&node.shape.rows, row))
}

/// The most numbers of a row or column that are written into a sentence.
const MOST_IN_A_LINE: usize = 12;

impl Expression {
    /// The cells of the short row or column that it names, if it is one and more than a cell.
    pub fn line(&self, scope: &Scope<'_>) -> Option<Vec<Cell>> {
        let selection = self.selection(scope).ok()?;
        let (rows, columns) = selection.size();
        let is_line = (rows == 1) != (columns == 1) && rows.max(columns) <= MOST_IN_A_LINE;
        is_line.then(|| selection.cells().collect())
    }
}

fn uses_cells(computation: &Computation) -> bool {
    let own = match &computation.kind {
        Kind::Cell(_) | Kind::Comparison(..) => true,
        Kind::Reduction(_, numbers) => numbers.iter().any(|part| matches!(part, Numbers::Cells(_))),
        Kind::Number(_) | Kind::Size(..) | Kind::Negate(_) | Kind::Operation(..) | Kind::Elementary(..) => {
            false
        }
    };
    own || computation.parts().into_iter().any(uses_cells)
}

fn no_cells(term: &Term, resolved: &Resolved, scope: &Scope<'_>) -> Diagnostic {
    let message = both!("cells of matrices cannot be used here", "这里不能使用矩阵的单元格");
    let hint = match written_number(resolved, scope) {
        Some(number) => both!("write the number itself: `{number}`", "请直接写出这个数：`{number}`"),
        None => both!(
            "write the number itself, such as 0.5, 1/3 or sqrt(2)",
            "请直接写出这个数，如 0.5、1/3、sqrt(2)"
        ),
    };
    hinted(finding::finding(Code::BadNumber, term.span, message), hint)
}

/// The number in a cell that the lesson writes down, where it is short.
fn written_number(resolved: &Resolved, scope: &Scope<'_>) -> Option<String> {
    const LONGEST: usize = 12;
    let Place::Cell(cell) = resolved.place()? else { return None };
    let Op::Given(given) = &scope.graph.node(cell.node).op else { return None };
    let number = given.values.get((cell.row, cell.column))?.to_string();
    (given.origin == Origin::Written && number.len() <= LONGEST).then_some(number)
}

/// The innermost part that is not finite although what it is made of is.
fn first_not_finite<'a>(
    of: &'a Computation,
    number: &impl Fn(&Computation) -> f64,
) -> Option<&'a Computation> {
    if number(of).is_finite() {
        return None;
    }
    let part = of.parts().into_iter().find_map(|part| first_not_finite(part, number));
    Some(part.unwrap_or(of))
}

fn not_finite(part: &Computation, number: &impl Fn(&Computation) -> f64) -> Diagnostic {
    let message = match &part.kind {
        Kind::Operation(Operator::Over, _, divisor) if number(divisor) == 0.0 => {
            both!("this divides by 0", "这里除以了 0")
        }
        Kind::Elementary(Elementary::Logarithm, _) => {
            both!("only a number above 0 has a logarithm", "只有大于 0 的数才有对数")
        }
        Kind::Elementary(Elementary::Root, _) => {
            both!("a negative number has no square root", "负数没有平方根")
        }
        Kind::Operation(Operator::Power, base, exponent)
            if number(base) < 0.0 && number(exponent).fract() != 0.0 =>
        {
            both!("a negative number has no such power", "负数没有这样的幂")
        }
        Kind::Elementary(Elementary::Exponential | Elementary::Absolute, _)
        | Kind::Operation(..)
        | Kind::Number(_)
        | Kind::Cell(_)
        | Kind::Size(..)
        | Kind::Negate(_)
        | Kind::Comparison(..)
        | Kind::Reduction(..) => both!("this number is too large", "这个数太大"),
    };
    let hint = both!("write a number in its place, such as 0 or 1.5", "请在这里换一个数，例如 0 或 1.5");
    hinted(finding::finding(Code::NotFinite, part.span, message), hint)
}
