//! Norms with their gain and bias.

use crate::both;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Constant, Node, Op, Trace, op};
use crate::language::{Localised, Words, counted, words};
use crate::lesson::check::names::operands::{Member, Operand};
use crate::lesson::check::remedies::insertion;
use crate::lesson::check::{Checker, Reported};
use crate::lesson::expression;
use crate::transformer::{Naming, Norm, NormKind};
use crate::yaml::{Key, Tree};

/// What is added under the root where a lesson says nothing else.
const EPSILON: f64 = 1e-5;

/// What the fields of a norm name.
#[derive(Debug, Clone)]
pub(super) struct NormFields {
    kind: NormKind,
    epsilon: Constant,
    gain: Option<Operand>,
    bias: Option<Operand>,
}

impl NormFields {
    pub(super) fn operands(&self) -> impl Iterator<Item = Option<Operand>> {
        [&self.gain, &self.bias].into_iter().filter(|operand| operand.is_some()).cloned()
    }

    /// The norm for a text.
    pub(super) fn member(&self, text: &str) -> Norm {
        let of = |operand: &Option<Operand>| operand.as_ref().and_then(|operand| operand.member(text));
        Norm { kind: self.kind, epsilon: self.epsilon.clone(), gain: of(&self.gain), bias: of(&self.bias) }
    }
}

impl Checker<'_> {
    pub(super) fn define_norm(&mut self, key: &Key, value: &Tree, kind: NormKind) -> Option<()> {
        let of = self.operand(value.get("of").unwrap_or(value));
        let epsilon = self.epsilon(value);
        // The table of fields has reported a bias that this norm has not.
        if matches!(kind, NormKind::RootMeanSquare) && value.get("bias").is_some() {
            return None;
        }
        let width = of.as_ref().and_then(|of| self.width_of(of));
        let norm = self.norm_fields(Some(value), kind, &epsilon?, width)?;
        let operands: Vec<_> = [of.clone()].into_iter().chain(norm.operands()).collect();
        let mut family = Vec::new();
        for Member { suffix, text, .. } in self.members(&operands, key.span)? {
            let own = text.clone().unwrap_or_default();
            let of = of.as_ref()?.member(&own)?;
            let last = format!("{}{suffix}", key.text);
            let naming = Naming { prefix: key.text.clone(), suffix };
            let mut made = None;
            self.build(key, |checker| {
                made = Some(norm.member(&own).build(&mut checker.graph, of, &naming, &last)?);
                Ok(())
            })?;
            family.extend(text.zip(made));
        }
        self.keep_family(&key.text, family);
        self.keep_families(&key.text);
        Some(())
    }

    /// The gain and the bias of a norm of rows of so many numbers; nothing where nothing is written.
    pub(super) fn norm_fields(
        &mut self,
        tree: Option<&Tree>,
        kind: NormKind,
        epsilon: &Constant,
        width: Option<usize>,
    ) -> Option<NormFields> {
        let gain = tree.map_or(Ok(None), |tree| self.single_row(tree, "gain", GAIN, width));
        let bias = tree.map_or(Ok(None), |tree| self.single_row(tree, "bias", BIAS, width));
        if let (NormKind::RootMeanSquare, Some(tree)) = (kind, tree)
            && let Some((field, _)) = tree.entry("bias")
        {
            let Localised { en, zh } = insertion::to_remove(self.source, tree, &["bias"]);
            self.report(
                Code::ConflictingFields,
                field.span,
                both!("RMS norm has no `bias`", "RMS 归一化没有 `bias`"),
                both!("{en}, or `norm: rms`", "请{zh}，或删去 `norm: rms`"),
            );
            return None;
        }
        Some(NormFields { kind, epsilon: epsilon.clone(), gain: gain.ok()?, bias: bias.ok()? })
    }

    /// How many numbers each row of what a name stands for has.
    pub(super) fn width_of(&self, of: &Operand) -> Option<usize> {
        of.nodes().first().map(|node| self.graph.node(*node).shape.columns.size())
    }

    /// What is added under the root; reports a negative number.
    pub(super) fn epsilon(&mut self, tree: &Tree) -> Option<Constant> {
        let value = match tree.get("epsilon") {
            None => EPSILON,
            Some(written) => {
                let value = self.number(written)?;
                if value < 0.0 {
                    self.report(
                        Code::OutOfRange,
                        written.span,
                        both!("`epsilon` must not be negative", "`epsilon` 不能是负数"),
                        both!("write a small number, such as 1e-5", "请写一个很小的数，例如 1e-5"),
                    );
                    return None;
                }
                value
            }
        };
        Some(Constant { value, symbol: "ε".to_owned() })
    }

    /// A field that names a matrix of a single row, which stands for every row, with as many numbers as they have where
    /// that is known; reports one that has more.
    pub(super) fn single_row(
        &mut self,
        tree: &Tree,
        field: &str,
        what: Words,
        width: Option<usize>,
    ) -> Result<Option<Operand>, Reported> {
        let Some(written) = tree.get(field) else { return Ok(None) };
        let operand = self.operand(written).ok_or(Reported)?;
        let mut nodes = operand.nodes().into_iter().map(|node| self.graph.node(node));
        let tall = nodes.find(|node| node.shape.rows.size() != 1);
        let Some(tall) = tall else { return Ok(Some(operand)) };
        let (name, rows, columns) = (&tall.name, &tall.shape.rows, &tall.shape.columns);
        let (en, zh) = (what.en, what.zh);
        let (height, width_own) = (rows.size(), columns.size());
        let (rows_en, columns_en) = (counted(height, "row", "rows"), counted(width_own, "column", "columns"));
        let message = both!(
            "{en} is a single row, and `{name}` has {rows_en} and {columns_en}",
            "{zh}必须只有一行，而 `{name}` 有 {height} 行 {width_own} 列"
        );
        let own = if columns.size() == 1 { rows } else { columns };
        let count = width.unwrap_or(own.size());
        let tall = self.graph.find(name).into_iter().collect::<Vec<_>>();
        let hint = tall.first().map(|tall| self.to_write_row(*tall, count)).unwrap_or_default();
        let finding = Diagnostic::new(Code::ShapeMismatch, written.span, message).with_hint(hint);
        self.findings.push(self.with_definitions(finding, &tall));
        Err(Reported)
    }
}

/// Why numbers of a norm without `ε` are none.
pub(in crate::lesson::check) fn division_by_zero(
    node: &Node,
    trace: &Trace,
) -> Option<(Localised<String>, Localised<String>)> {
    let (Op::LayerNorm(op::LayerNorm { of, epsilon }) | Op::RmsNorm(op::RmsNorm { of, epsilon })) = &node.op
    else {
        return None;
    };
    if epsilon.value != 0.0 {
        return None;
    }
    let is_root = matches!(node.op, Op::RmsNorm(_));
    let why = if is_root { words("all 0", "全为 0") } else { words("all equal", "都相同") };
    let value = trace.value(*of);
    let is_without_size = |row: usize| {
        let row = value.row(row);
        let from = if is_root { 0.0 } else { row[0] };
        row.iter().all(|cell| cell - from == 0.0)
    };
    let (name, own) = (&node.name, &trace.node(*of).name);
    let at = (0..value.nrows()).find(|row| is_without_size(*row));
    let Localised { en, zh } = at.map_or_else(
        || both!("a row of `{own}`", "`{own}` 的某一行"),
        |row| format!("`{}`", expression::row_reference(trace.graph(), *of, row)).into(),
    );
    let (why, why_zh) = (why.en, why.zh);
    Some((
        both!(
            "`{name}` would divide by 0: the numbers of {en} are {why}",
            "`{name}` 会除以 0：{zh} 的各数{why_zh}"
        ),
        both!("remove `epsilon: 0`, or write `epsilon: 1e-5`", "请删去 `epsilon: 0`，或写 `epsilon: 1e-5`"),
    ))
}

const GAIN: Words = words("a gain", "增益");
/// How a bias is called.
pub(super) const BIAS: Words = words("a bias", "偏置");
