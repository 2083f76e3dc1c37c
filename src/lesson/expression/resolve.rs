//! Looking up the names of an expression: matrices, axes, rows and columns.

use std::collections::{BTreeMap, BTreeSet};

use super::entry;
use super::finding::{
    bad, beyond_the_last, finding, hinted, in_first_round, listed, no_mask, no_output, of_one_line,
    others_of_its_group, with_this_end,
};
use super::part_words::by_another_word;
use super::syntax::{Cells, Comparison, Extreme, Reference, Term, TermKind};
use super::value::{Computation, Content, Kind, Numbers, Selection};
use crate::both;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::graph::{Graph, Node, NodeId, Side};
use crate::language::{Localised, joined};

/// The most rows that are proposed where one is missing.
const FEW: usize = 3;

/// What the names of an expression can stand for.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The matrices that are defined so far.
    pub graph: &'a Graph,
    /// The sizes of axes by name.
    pub sizes: &'a BTreeMap<String, usize>,
    /// Names whose definition is wrong, which is reported already: `head`, `X`, `d_k`. What uses them, or a part of
    /// them such as `head.Q`, fails without another finding.
    pub broken: &'a BTreeSet<String>,
}

/// What a reference stands for.
pub(super) enum Referent {
    Size(f64),
    Cells(Selection),
}

pub(super) type Outcome<T> = Result<T, Vec<Diagnostic>>;

impl Scope<'_> {
    /// The matrix of a full name, as in `show: head.scores`. The span of a finding is that of the whole name.
    ///
    /// # Errors
    /// When there is none; without a finding when its definition is broken.
    pub fn matrix(&self, name: &str) -> Result<NodeId, Vec<Diagnostic>> {
        self.node(name, Span { start: 0, end: name.len() }, None)
    }

    pub(super) fn content(&self, term: &Term) -> Outcome<Content> {
        if let TermKind::Extreme(extreme, of) = &term.kind {
            return self.extreme(*extreme, of);
        }
        if let TermKind::Shape(of) = &term.kind {
            let (of, rows, columns) = self.size(of, "shape")?;
            return Ok(Content::Shape { of, rows, columns });
        }
        self.number(term).map(Content::Number)
    }

    fn number(&self, term: &Term) -> Outcome<Computation> {
        let boxed = |term: &Term| self.number(term).map(Box::new);
        let kind = match &term.kind {
            TermKind::Number(number) => Kind::Number(*number),
            TermKind::Reference(reference) => match self.referent(reference)? {
                Referent::Size(size) => Kind::Number(size),
                Referent::Cells(selection) => match selection.cell() {
                    Some(cell) => Kind::Cell(cell),
                    None => return Err(vec![self.too_many(&selection, term.span)]),
                },
            },
            TermKind::Negate(of) => Kind::Negate(boxed(of)?),
            TermKind::Operation(operator, left, right) => {
                let (left, right) = both_of(boxed(left), boxed(right))?;
                Kind::Operation(*operator, left, right)
            }
            TermKind::Elementary(elementary, of) => Kind::Elementary(*elementary, boxed(of)?),
            TermKind::Reduction(reduction, of) => {
                Kind::Reduction(*reduction, all_of(of.iter().map(|term| self.numbers(term)))?)
            }
            TermKind::Comparison(comparison, left, right) => {
                let (left, right) =
                    both_of(self.line(*comparison, left, right), self.line(*comparison, right, left))?;
                self.of_one_length(*comparison, &left, &right, term.span)?;
                Kind::Comparison(*comparison, left, right)
            }
            TermKind::Extent(side, of) => self.extent(*side, of)?,
            TermKind::Shape(_) => return Err(vec![shape_for_number(term.span)]),
            TermKind::Extreme(extreme, _) => return Err(vec![name_for_number(*extreme, term.span)]),
        };
        Ok(Computation { span: term.span, kind })
    }

    fn numbers(&self, term: &Term) -> Outcome<Numbers> {
        if let TermKind::Reference(reference) = &term.kind
            && let Referent::Cells(selection) = self.referent(reference)?
        {
            return Ok(Numbers::Cells(selection));
        }
        self.number(term).map(Numbers::One)
    }

    fn extent(&self, side: Side, of: &Term) -> Outcome<Kind> {
        Ok(match side {
            Side::Rows => {
                let (of, rows, _) = self.size(of, "rows")?;
                Kind::Size(of, rows)
            }
            Side::Columns => {
                let (of, _, columns) = self.size(of, "columns")?;
                Kind::Size(of, columns)
            }
        })
    }

    /// The matrix of a reference, and how many of its rows and columns it names.
    fn size(&self, of: &Term, word: &str) -> Outcome<(NodeId, usize, usize)> {
        if let TermKind::Reference(reference) = &of.kind
            && let Referent::Cells(selection) = self.referent(reference)?
        {
            let (rows, columns) = selection.size();
            return Ok((selection.node, rows, columns));
        }
        let message = both!("`{word}` is asked of a matrix", "`{word}` 只能用于矩阵");
        let [matrix, ..] = self.lines_of(of);
        let hint = both!("write such as `{word}({matrix})`", "请写成 `{word}({matrix})` 这样");
        Err(vec![hinted(bad(of.span, message), hint)])
    }

    /// How the matrix of a term, a row and a column of it are written; those of another matrix if it names none.
    fn lines_of(&self, of: &Term) -> [String; 3] {
        let named = self.cells_of(of).map(|selection| selection.node);
        let Some(id) = named.or_else(|| Some(self.graph.nodes().last()?.0)) else {
            return ["X", "X[1]", "X[:, 1]"].map(str::to_owned);
        };
        let node = self.graph.node(id);
        let column =
            if node.shape.columns.size() > 0 { entry::written(&node.shape.columns, 0) } else { "1".into() };
        [node.name.clone(), super::row_reference(self.graph, id, 0), format!("{}[:, {column}]", node.name)]
    }

    fn extreme(&self, extreme: Extreme, of_term: &Term) -> Outcome<Content> {
        let of = self.one_line(extreme.word(), of_term, || {
            let (word, [_, row, column]) = (extreme.word(), self.lines_of(of_term));
            both!(
                "write `{word}({row})` for a row, or `{word}({column})` for a column",
                "一行请写 `{word}({row})`，一列请写 `{word}({column})`"
            )
        })?;
        if let TermKind::Reference(reference) = &of_term.kind
            && reference.cells.as_ref().is_some_and(Cells::is_one)
        {
            return Err(vec![self.of_one_cell(extreme, &of, of_term.span)]);
        }
        let along = if of.rows.len() == 1 { Side::Columns } else { Side::Rows };
        Ok(Content::Extreme { extreme, of, along })
    }

    /// What is said of `argmax(X[1, 2])`, which can be nothing but that cell.
    fn of_one_cell(&self, extreme: Extreme, of: &Selection, span: Span) -> Diagnostic {
        let (word, row) = (extreme.word(), super::row_reference(self.graph, of.node, of.rows.start));
        let message = both!(
            "`{word}` looks at a row or a column, and this is one cell",
            "`{word}` 要用于一行或一列，而这里只有一个单元格"
        );
        hinted(bad(span, message), both!("write `{word}({row})`", "请写 `{word}({row})`"))
    }

    /// The cells that a term refers to, if it refers to any.
    fn cells_of(&self, of: &Term) -> Option<Selection> {
        let TermKind::Reference(reference) = &of.kind else { return None };
        let Ok(Referent::Cells(selection)) = self.referent(reference) else { return None };
        Some(selection)
    }

    /// One of the two lines that are compared; where it is none, a row that the other one is not.
    fn line(&self, comparison: Comparison, of: &Term, other: &Term) -> Outcome<Selection> {
        self.one_line(comparison.word(), of, || {
            let (word, [_, row, _]) = (comparison.word(), self.lines_of(of));
            let own = self.cells_of(of).filter(|own| own.rows.len() > 1);
            let is_taken = |own: &Selection| {
                self.cells_of(other).is_some_and(|it| it.node == own.node && it.rows.start == own.rows.start)
            };
            let row = match own.filter(is_taken) {
                Some(own) => super::row_reference(self.graph, own.node, own.rows.start + 1),
                None => row,
            };
            both!(
                "write one of its rows or columns here, such as `{row}`: `{word}` compares two of them",
                "请在这里写它的一行或一列，例如 `{row}`：`{word}` 比较的是两行或两列"
            )
        })
    }

    /// The cells of a term that must be one row or one column.
    fn one_line(&self, word: &str, of: &Term, hint: impl Fn() -> Localised<String>) -> Outcome<Selection> {
        let wrong = |message| Err(vec![hinted(bad(of.span, message), hint())]);
        let selection = match &of.kind {
            TermKind::Reference(reference) => match self.referent(reference).map_err(|findings| {
                match reference.cells.as_ref().and_then(Cells::one_of_half) {
                    Some(own) => of_one_line(word, &own, findings),
                    None => findings,
                }
            })? {
                Referent::Cells(selection) => Some(selection),
                Referent::Size(_) => None,
            },
            TermKind::Number(_)
            | TermKind::Negate(_)
            | TermKind::Operation(..)
            | TermKind::Elementary(..)
            | TermKind::Reduction(..)
            | TermKind::Extreme(..)
            | TermKind::Extent(..)
            | TermKind::Shape(_)
            | TermKind::Comparison(..) => None,
        };
        let Some(selection) = selection else {
            return wrong(both!("`{word}` looks at the cells of a matrix", "`{word}` 只能用于矩阵的单元格"));
        };
        match selection.size() {
            (1, _) | (_, 1) => Ok(selection),
            (rows, columns) => wrong(both!(
                "`{word}` looks at one row or one column, and these are {rows} × {columns} cells",
                "`{word}` 只能用于一行或一列，而这里有 {rows} × {columns} 个单元格"
            )),
        }
    }

    /// Reports two lines that cannot be compared number by number.
    fn of_one_length(
        &self,
        comparison: Comparison,
        left: &Selection,
        right: &Selection,
        span: Span,
    ) -> Outcome<()> {
        let length = |of: &Selection| of.rows.len() * of.columns.len();
        let (a, b) = (length(left), length(right));
        if a == b {
            return Ok(());
        }
        let name = |of: &Selection| &self.graph.node(of.node).name;
        let (word, left, right) = (comparison.word(), name(left), name(right));
        let message = both!(
            "`{word}` compares rows of one length, and these are {a} numbers of `{left}` and {b} of `{right}`",
            "`{word}` 比较的两行应当一样长，而 `{left}` 这里有 {a} 个数，`{right}` 有 {b} 个数"
        );
        let hint = both!(
            "compare rows of the same length, such as two rows of one matrix",
            "请比较长度相同的两行，例如同一个矩阵的两行"
        );
        Err(vec![hinted(finding(Code::ShapeMismatch, span, message), hint)])
    }

    pub(super) fn referent(&self, reference: &Reference) -> Outcome<Referent> {
        let Reference { name, span, cells } = reference;
        if let (None, None, Some(size)) = (cells, self.graph.find(name), self.sizes.get(name)) {
            return Ok(Referent::Size(*size as f64));
        }
        let id = self.node(name, *span, cells.as_ref())?;
        let node = self.graph.node(id);
        let (rows, columns) = match cells {
            None => (0..node.shape.rows.size(), 0..node.shape.columns.size()),
            Some(cells) => cells.find(node)?,
        };
        Ok(Referent::Cells(Selection { node: id, rows, columns }))
    }

    /// The matrix of a name, before these cells if there are any.
    fn node(&self, name: &str, span: Span, cells: Option<&Cells>) -> Outcome<NodeId> {
        if let Some(id) = self.graph.find(name) {
            return Ok(id);
        }
        Err(if self.is_broken(name) { Vec::new() } else { vec![self.unknown(name, span, cells)] })
    }

    /// Whether the name, or what it is a part of, is defined wrongly.
    fn is_broken(&self, name: &str) -> bool {
        let starts = name.match_indices(['.', '@']).map(|(end, _)| &name[..end]);
        starts.chain([name]).any(|start| self.broken.contains(start))
    }

    fn unknown(&self, name: &str, span: Span, cells: Option<&Cells>) -> Diagnostic {
        let known = || self.graph.nodes().map(|(_, node)| node.name.as_str());
        let starting = |sign: char| {
            known().filter(move |known| known.strip_prefix(name).is_some_and(|rest| rest.starts_with(sign)))
        };
        let texts: Vec<_> = starting('@').collect();
        let parts: Vec<_> = starting('.').collect();
        let ending = with_this_end(name, known());
        let matrices: Vec<&str> = known().collect();
        let why = no_output(name, &matrices)
            .or_else(|| no_mask(name, &matrices))
            .or_else(|| in_first_round(name, &matrices))
            .or_else(|| beyond_the_last(name, &matrices));
        let all = || known().chain(self.sizes.keys().map(String::as_str));
        let decimals = name.strip_prefix(['O', 'o']).filter(|rest| rest.starts_with('.'));
        let is_digits = |rest: &&str| rest.len() > 1 && rest[1..].bytes().all(|byte| byte.is_ascii_digit());
        let hint = if let Some(decimals) = decimals.filter(is_digits) {
            both!(
                "this begins with the letter O: write the digit, `0{decimals}`",
                "开头是字母 O：请写数字 `0{decimals}`"
            )
        } else if let Some(why) = why {
            why
        } else if self.sizes.contains_key(name) {
            both!(
                "`{name}` is an axis: only its size, `{name}` without brackets, is a number",
                "`{name}` 是轴：只能不带方括号地写 `{name}`，表示它的大小"
            )
        } else if !texts.is_empty() {
            let Localised { en, zh } = listed(texts.into_iter());
            both!("say of which text, after an @: {en}", "请用 @ 注明是哪段文本的：{zh}")
        } else if !parts.is_empty() {
            let Localised { en, zh } = listed(parts.into_iter());
            both!("`{name}` has parts; name one of them: {en}", "`{name}` 由几部分组成，请写出其中一个：{zh}")
        } else if let Some((node, side)) = self.label(name) {
            let Node { name: node, shape, .. } = self.graph.node(node);
            let rows = (0..shape.rows.size().min(FEW)).map(|at| shape.rows.unique_label(at));
            let Localised { en, zh } = joined(rows.map(|row| format!("`{node}[{row}, {name}]`")));
            match side {
                Side::Rows => both!(
                    "`{name}` is a row: write `{node}[{name}]`",
                    "`{name}` 是一行：请写 `{node}[{name}]`"
                ),
                Side::Columns => both!(
                    "`{name}` is a column of `{node}`: write its row too, {en}; the whole column is `{node}[:, {name}]`",
                    "`{name}` 是 `{node}` 的一列：请把行也写上，即 {zh}；整列是 `{node}[:, {name}]`"
                ),
            }
        } else if let Some(part) = by_another_word(name, &matrices) {
            part
        } else if let Some(meant) = ending.or_else(|| nearest(name, all())) {
            both!("did you mean `{meant}`?", "是不是想写 `{meant}`？")
        } else if let Some(others) = others_of_its_group(name, &matrices) {
            others
        } else if all().next().is_none() {
            both!("there is no matrix and no axis above this place", "在此之前还没有定义任何矩阵或轴")
        } else if let Some(hint) =
            cells.and_then(|cells| self.having(name, cells)).or_else(|| self.of_whom(name))
        {
            hint
        } else {
            let names: Vec<String> = all().map(|name| format!("`{name}`")).collect();
            let Localised { en, zh } = listed(names.iter().map(String::as_str));
            let are = if names.len() == 1 { "is" } else { "are" };
            both!("there {are} {en}", "现有：{zh}")
        };
        let message = both!("nothing is called `{name}`", "没有名为 `{name}` 的矩阵或轴");
        hinted(finding(Code::UnknownName, span, message), hint)
    }

    /// The last matrix that has a row, or else a column, of this name.
    pub(in crate::lesson) fn label(&self, name: &str) -> Option<(NodeId, Side)> {
        let of = |side: Side| {
            let nodes = self.graph.nodes().filter(move |(_, node)| node.shape.axis(side).find(name).is_ok());
            nodes.last().map(|(id, _)| (id, side))
        };
        of(Side::Rows).or_else(|| of(Side::Columns))
    }

    fn too_many(&self, selection: &Selection, span: Span) -> Diagnostic {
        let cell = super::reference(self.graph, selection.nth(0));
        let (rows, columns) = (selection.rows.len(), selection.columns.len());
        hinted(
            bad(
                span,
                both!(
                    "one number is needed here, and these are {rows} × {columns} cells",
                    "这里需要一个数，而这里有 {rows} × {columns} 个单元格"
                ),
            ),
            both!(
                "write a cell, such as `{cell}`, or make one number of them: sum, max, min, mean",
                "请写一个单元格，例如 `{cell}`，或用 sum、max、min、mean 得出一个数"
            ),
        )
    }
}

fn shape_for_number(span: Span) -> Diagnostic {
    let message = both!("a shape is no number", "形状不是一个数");
    let hint = both!(
        "write `rows(X)` or `columns(X)` for one of its two numbers",
        "要其中一个数请写 `rows(X)` 或 `columns(X)`"
    );
    hinted(bad(span, message), hint)
}

fn name_for_number(extreme: Extreme, span: Span) -> Diagnostic {
    let (word, number) = (extreme.word(), extreme.number());
    let message =
        both!("`{word}` gives a name, and here a number is needed", "`{word}` 得到的是名称，而这里需要数");
    let hint = both!("write `{number}(…)` for the number itself", "要数值本身请写 `{number}(…)`");
    hinted(bad(span, message), hint)
}

/// Both, or the findings of both.
pub(super) fn both_of<A, B>(a: Outcome<A>, b: Outcome<B>) -> Outcome<(A, B)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
    }
}

/// All, or the findings of all.
fn all_of<T>(outcomes: impl Iterator<Item = Outcome<T>>) -> Outcome<Vec<T>> {
    let (mut good, mut findings, mut failed) = (Vec::new(), Vec::new(), false);
    for outcome in outcomes {
        match outcome {
            Ok(value) => good.push(value),
            Err(more) => {
                failed = true;
                findings.extend(more);
            }
        }
    }
    if failed { Err(findings) } else { Ok(good) }
}
