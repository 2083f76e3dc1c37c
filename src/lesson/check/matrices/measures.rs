//! Definitions that measure: one number for many, cosines, principal components.

use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{CannotAdd, Cell, Graph, NodeId, Op, Quantity, Side, Trace, op};
use crate::language::{Localised, counted, joined, words};
use crate::lesson::check::Checker;
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::sizes::called;
use crate::lesson::expression;
use crate::math::{self, NotShares};
use crate::transformer::{Cosines, Naming, PrincipalComponents, Spread, SpreadUnit};
use crate::yaml::{Key, Tree};

/// The most columns of which principal components are looked for: the search takes the third power of them.
const WIDEST_COMPARED: usize = 256;

impl Checker<'_> {
    pub(super) fn define_measure(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let word = |field: &str| value.get(field).and_then(Tree::as_text);
        let each = match word("of_each") {
            Some("column") => Side::Columns,
            Some(_) | None => Side::Rows,
        };
        let quantity = match word("what")? {
            "variance" => return self.define_spread(key, of, each, SpreadUnit::Variance),
            "std" => return self.define_spread(key, of, each, SpreadUnit::Deviation),
            // The table of fields has reported a word that is none.
            word => Quantity::called(word)?,
        };
        self.define_members(key, &[of], |_, nodes| {
            Some(Op::Measure(op::Measure { of: nodes[0], each, quantity }))
        })
    }

    fn define_spread(&mut self, key: &Key, of: Option<Operand>, each: Side, unit: SpreadUnit) -> Option<()> {
        self.build_members(key, &[of], |graph, nodes, naming| {
            Spread { of: nodes[0], each, unit }.build(graph, naming)
        })
    }

    pub(super) fn define_cosine(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let operands: Vec<_> = value.as_list()?.iter().map(|tree| self.operand(tree)).collect();
        if operands.len() != 2 {
            return None;
        }
        self.build_members(key, &operands, |graph, nodes, naming| {
            Cosines { left: nodes[0], right: nodes[1] }.build(graph, naming)
        })
    }

    pub(super) fn define_principal_components(&mut self, key: &Key, value: &Tree) -> Option<()> {
        let of = self.operand_in(value, "of");
        let (count, span) = match value.get("count") {
            Some(tree) => (tree.as_count()? as usize, tree.span),
            None => (2, value.span),
        };
        for Member { nodes, .. } in self.members(std::slice::from_ref(&of), key.span)? {
            self.has_components(nodes[0], count, span)?;
        }
        self.build_members(key, &[of], |graph, nodes, naming| {
            PrincipalComponents { of: nodes[0], count }.build(graph, naming)
        })
    }

    /// Whether so many directions can be found; reports if not.
    fn has_components(&mut self, of: NodeId, count: usize, span: Span) -> Option<()> {
        let node = self.graph.node(of);
        let (name, columns) = (node.name.clone(), node.shape.columns.clone());
        let (size, has) = (columns.size(), called(&columns, Side::Columns));
        if size > WIDEST_COMPARED {
            return self.no_room(
                span,
                Localised {
                    en: format!(
                        "`{name}` has {}; principal components can be computed of at most {WIDEST_COMPARED}",
                        has.en
                    ),
                    zh: format!("`{name}` 有 {}，而求主成分最多只能有 {WIDEST_COMPARED} 列", has.zh),
                },
                self.smaller((0, size)),
            );
        }
        if (1..=size).contains(&count) {
            return Some(());
        }
        let asked = counted(count, "direction", "directions");
        let counts = if size <= 2 {
            joined((1..=size).map(|count| format!("`count: {count}`")))
        } else {
            both!("a number from 1 to {size}, such as `count: 2`", "1 到 {size} 之间的数，例如 `count: 2`")
        };
        self.report(
            Code::OutOfRange,
            span,
            Localised {
                en: format!("`count: {count}` asks for {asked}, and `{name}` has {}", has.en),
                zh: format!("`count: {count}` 要取 {count} 个方向，而 `{name}` 有 {}", has.zh),
            },
            Localised { en: format!("write {}", counts.en), zh: format!("请写 {}", counts.zh) },
        );
        None
    }

    /// Reports the first line of which an entropy is asked for although it holds no shares; whether there is one.
    pub(in crate::lesson::check) fn report_no_entropy(&mut self, trace: &Trace, node: NodeId) -> bool {
        let Op::Measure(op::Measure { of, each, quantity: Quantity::Entropy }) = trace.node(node).op else {
            return false;
        };
        let value = trace.value(of);
        let (lines, length) = match each {
            Side::Rows => value.shape(),
            Side::Columns => (value.ncols(), value.nrows()),
        };
        let cell = |line: usize, at: usize| match each {
            Side::Rows => (line, at),
            Side::Columns => (at, line),
        };
        let no_shares = |line: usize| {
            let numbers: Vec<f64> = (0..length).map(|at| value[cell(line, at)]).collect();
            math::not_shares(&numbers)
        };
        let wrong = (0..lines).find_map(|line| Some((line, no_shares(line)?)));
        let Some((line, why)) = wrong else { return false };
        let message = match why {
            NotShares::Negative(at) => {
                let (row, column) = cell(line, at);
                let number = value[(row, column)];
                let cell = expression::reference(trace.graph(), Cell { node: of, row, column });
                both!(
                    "entropy needs shares that are 0 or more, and `{cell}` is {number}",
                    "求熵要用非负的份额，而 `{cell}` 是 {number}"
                )
            }
            NotShares::Sum(sum) => {
                let shape = &trace.node(of).shape;
                let (name, label) = (&trace.node(of).name, shape.axis(each).unique_label(line));
                let side = match each {
                    Side::Rows => words("row", "行"),
                    Side::Columns => words("column", "列"),
                };
                let (en, zh, sum) = (side.en, side.zh, expression::printed(sum));
                both!(
                    "entropy needs shares that add up to 1, and the {en} `{label}` of `{name}` adds up to {sum}",
                    "求熵要用总和为 1 的份额，而 `{name}` 的 `{label}` {zh}之和是 {sum}"
                )
            }
        };
        let span = self.places.get(&node).copied().unwrap_or_default();
        let name = &trace.node(of).name;
        let (turned, shares) = (format!("{name}_T"), format!("{name}_shares"));
        let is_free = |own: &String| expression::is_name(own) && trace.graph().find(own).is_none();
        let hint = match each {
            Side::Rows => {
                let own = format!("entropy({name}[");
                let axis = &trace.node(of).shape.rows;
                // What is asked of a row of shares is right.
                let is_wrong = |text: &str| {
                    let row = text.split_once(&own).and_then(|(_, row)| row.split([',', ']']).next());
                    let row = row.and_then(|row| {
                        axis.find(row.trim())
                            .ok()
                            .or_else(|| row.trim().parse::<usize>().ok()?.checked_sub(1))
                    });
                    row.is_some_and(|row| row < lines && no_shares(row).is_some())
                };
                let text = self.source.text.lines().zip(1..);
                let also: Vec<usize> = text.filter(|(line, _)| is_wrong(line)).map(|(_, at)| at).collect();
                expression::as_shares(trace.graph(), of, &also)
            }
            Side::Columns if is_free(&turned) && is_free(&shares) => both!(
                "`softmax` makes rows add up to 1, and not columns: below `{name}` in `matrices` add the lines `- {turned}: {{transpose: {name}}}` and `- {shares}: {{softmax: {turned}}}`, and write `of: {shares}` here instead of `of: {name}, of_each: column`",
                "`softmax` 让每一行而不是每一列之和为 1：请在 `matrices` 中 `{name}` 的下面加两行 `- {turned}: {{transpose: {name}}}` 和 `- {shares}: {{softmax: {turned}}}`，再把这里的 `of: {name}, of_each: column` 改成 `of: {shares}`"
            ),
            Side::Columns => both!(
                "write a matrix whose columns add up to 1 instead of `{name}`",
                "请把 `{name}` 换成每列之和为 1 的矩阵"
            ),
        };
        self.report(Code::NotFinite, span, message, hint);
        true
    }

    /// Runs a builder whose result bears the name of its definition, once or for each text.
    fn build_members(
        &mut self,
        key: &Key,
        operands: &[Option<Operand>],
        build: impl Fn(&mut Graph, &[NodeId], &Naming) -> Result<NodeId, CannotAdd>,
    ) -> Option<()> {
        let mut family = Vec::new();
        for Member { suffix, text, nodes } in self.members(operands, key.span)? {
            let naming = Naming { prefix: key.text.clone(), suffix };
            let mut whole = None;
            self.build(key, |checker| {
                build(&mut checker.graph, &nodes, &naming).map(|node| whole = Some(node))
            })?;
            family.extend(text.zip(whole));
        }
        self.keep_families(&key.text);
        self.keep_family(&key.text, family);
        Some(())
    }
}
