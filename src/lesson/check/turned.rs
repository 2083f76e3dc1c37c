//! Given matrices that would fit if their rows were their columns, and what to type instead of them.

use super::Checker;
use super::sizes::called;
use crate::both;
use crate::graph::{Axis, AxisOf, Node, NodeId, Origin, Side};
use crate::language::Localised;

impl Checker<'_> {
    /// Of two operands the given one that would fit if its rows were its columns; the second first, because weights
    /// stand there.
    pub(super) fn written_turned(&self, left: &AxisOf, right: &AxisOf) -> Option<NodeId> {
        let turned = |of: &AxisOf, other: &AxisOf| {
            let origin = self.graph.node(of.node).op.origin();
            let is_given = matches!(origin, Some(Origin::Written | Origin::Random { .. }));
            (is_given && self.fits_turned(of, other)).then_some(of.node)
        };
        turned(right, left).or_else(|| turned(left, right))
    }

    /// Whether the other side of an operand is what its counterpart asks for.
    pub(super) fn fits_turned(&self, of: &AxisOf, counterpart: &AxisOf) -> bool {
        let other = match of.side {
            Side::Rows => Side::Columns,
            Side::Columns => Side::Rows,
        };
        let (own, its) = (&self.graph.node(of.node).shape, &self.graph.node(counterpart.node).shape);
        // Where both meet with the same side and the other sides agree, turning one of them would help nothing.
        let is_upright = of.side == counterpart.side && own.axis(other).agrees_with(its.axis(other));
        !is_upright && own.axis(other).agrees_with(&counterpart.axis)
    }

    /// What to type where a matrix is given, so that its rows are its columns.
    pub(super) fn to_turn(&self, node: NodeId) -> Localised<String> {
        let (name, instead) = (&self.graph.node(node).name, self.turned(node));
        both!(
            "rows and columns of `{name}` are exchanged: where it is given, write `{instead}`",
            "`{name}` 的行列写反了：请在给出它的地方写 `{instead}`"
        )
    }

    /// How a matrix gets as many rows or columns as an axis has: for one of random numbers, the axis does it.
    pub(super) fn to_resize(&self, node: NodeId, side: Side, axis: &Axis) -> Localised<String> {
        let Node { name, op, .. } = self.graph.node(node);
        let is_random = matches!(op.origin(), Some(Origin::Random { .. }));
        if is_random && self.definitions.contains_key(name) {
            let (field, along) = (field(side), super::grid::called(axis));
            return both!(
                "where `{name}` is given, write `{field}: {along}`",
                "请在给出 `{name}` 的地方写 `{field}: {along}`"
            );
        }
        let Localised { en, zh } = called(axis, side);
        both!("give `{name}` {en}", "请让 `{name}` 有 {zh}")
    }

    /// For a computed matrix whose rows are put together with rows of another length: the one whose rows are as long.
    pub(super) fn goes_with(&self, left: &AxisOf, right: &AxisOf) -> Option<Localised<String>> {
        let partner = |of: NodeId, instead: NodeId| {
            let (own, other) = (self.graph.node(of), self.graph.node(instead));
            let axis = own.shape.columns.name()?;
            let fits = |(id, node): &(NodeId, &Node)| {
                *id != of
                    && node.op.origin().is_none()
                    && node.shape.columns.name() == Some(axis)
                    && node.shape.rows == other.shape.rows
                    && self.definitions.contains_key(&node.name)
            };
            let (_, found) = self.graph.nodes().find(fits)?;
            let (own, found, instead) = (&own.name, &found.name, &other.name);
            Some(both!(
                "the columns of `{own}` and of `{found}` are `{axis}`: write `{found}` instead of `{instead}`",
                "`{own}` 与 `{found}` 的列都是 `{axis}`：请把 `{instead}` 改成 `{found}`"
            ))
        };
        let is_computed = |of: &AxisOf| self.graph.node(of.node).op.origin().is_none();
        let names_last = is_computed(right).then(|| partner(right.node, left.node)).flatten();
        names_last.or_else(|| is_computed(left).then(|| partner(left.node, right.node)).flatten())
    }

    /// What to type where a matrix is given whose columns are the tokens of a text.
    pub(super) fn to_make_tokens_rows(&self, node: NodeId) -> Localised<String> {
        let (name, instead) = (&self.graph.node(node).name, self.turned(node));
        both!(
            "tokens must be the rows: where `{name}` is given, write `{instead}`",
            "一个词元应占一行：请在给出 `{name}` 的地方写 `{instead}`"
        )
    }

    /// A written matrix whose columns, and not its rows, are the tokens of a text.
    pub(super) fn has_tokens_across(&self, of: &AxisOf) -> Option<NodeId> {
        let node = self.graph.node(of.node);
        let is_text = |side: Side| {
            let name = node.shape.axis(side).name();
            name.is_some_and(|name| self.is_text(name))
        };
        let written = node.op.origin() == Some(Origin::Written);
        (written && is_text(Side::Columns) && !is_text(Side::Rows)).then_some(of.node)
    }

    /// The fields of a given matrix with its rows as its columns: `rows: d_model, cols: d_k, layout: columns`.
    fn turned(&self, id: NodeId) -> String {
        let Node { name, shape, op, .. } = self.graph.node(id);
        let named = |field: &str, side: Side| Some(format!("{field}: {}", shape.axis(side).name()?));
        let sized = |field: &str, side: Side| format!("{field}: {}", super::grid::called(shape.axis(side)));
        if let Some(Origin::Random { .. }) = op.origin() {
            return [sized("rows", Side::Columns), sized("cols", Side::Rows)].join(", ");
        }
        let layout = if self.given_by_columns.contains(&id) { "rows" } else { "columns" };
        let axes =
            [named("rows", Side::Columns), named("cols", Side::Rows), Some(format!("layout: {layout}"))];
        let axes: Vec<String> = axes.into_iter().flatten().collect();
        if axes.len() > 1 {
            return axes.join(", ");
        }
        format!("- {name}: {{given: {{{}, values: [[…]]}}}}", axes.join(", "))
    }
}

const fn field(side: Side) -> &'static str {
    match side {
        Side::Rows => "rows",
        Side::Columns => "cols",
    }
}
