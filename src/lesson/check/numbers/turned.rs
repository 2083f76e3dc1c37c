//! Given matrices that would fit if their rows were their columns, and what to type instead of them.

use crate::both;
use crate::graph::{AxisOf, Node, NodeId, Op, Origin, Side};
use crate::language::Localised;
use crate::lesson::check::Checker;
use crate::lesson::check::remedies::definition::{Field, field, to_write};

impl Checker<'_> {
    /// Of two operands the given one that would fit if its rows were its columns; the second first, because weights
    /// stand there.
    pub(in crate::lesson::check) fn written_turned(&self, left: &AxisOf, right: &AxisOf) -> Option<NodeId> {
        let turned = |of: &AxisOf, other: &AxisOf| {
            let origin = self.graph.node(of.node).op.origin();
            let is_given = matches!(origin, Some(Origin::Written | Origin::Random { .. }));
            (is_given && self.fits_turned(of, other)).then_some(of.node)
        };
        turned(right, left).or_else(|| turned(left, right))
    }

    /// Whether the other side of an operand is what its counterpart asks for.
    pub(in crate::lesson::check) fn fits_turned(&self, of: &AxisOf, counterpart: &AxisOf) -> bool {
        let other = match of.side {
            Side::Rows => Side::Columns,
            Side::Columns => Side::Rows,
        };
        let (own, its) = (&self.graph.node(of.node).shape, &self.graph.node(counterpart.node).shape);
        // Where both meet with the same side and the other sides agree, turning one of them would help nothing.
        let is_upright = of.side == counterpart.side && own.axis(other).agrees_with(its.axis(other));
        !is_upright && own.axis(other).agrees_with(&counterpart.axis)
    }

    /// What to type so that a matrix meets what it stands beside with its columns instead of its rows: the one that the
    /// lesson has turned already, or else what is to be changed where it is given.
    pub(in crate::lesson::check) fn to_turn(&self, node: NodeId) -> Localised<String> {
        let name = &self.graph.node(node).name;
        let is_it = |op: &Op| matches!(op, Op::Transpose(transpose) if transpose.of == node);
        if let Some((_, Node { name: turned, .. })) = self.graph.nodes().find(|(_, other)| is_it(&other.op)) {
            return both!(
                "write `{turned}` here, which is `{name}` with rows and columns exchanged",
                "请在这里写 `{turned}`：它就是行列对调后的 `{name}`"
            );
        }
        let Localised { en, zh } = self.turned(node);
        both!("rows and columns of `{name}` are exchanged: {en}", "`{name}` 的行列写反了：{zh}")
    }

    /// For a computed matrix whose rows are put together with rows of another length: the one whose rows are as long.
    pub(in crate::lesson::check) fn goes_with(
        &self,
        left: &AxisOf,
        right: &AxisOf,
    ) -> Option<Localised<String>> {
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
                "the rows of both must be equally long: instead of `{instead}` write a matrix with columns `{axis}`, as `{own}` has, such as `{found}`",
                "两者的行应当一样长：请把 `{instead}` 换成列为 `{axis}`（与 `{own}` 相同）的矩阵，例如 `{found}`"
            ))
        };
        let is_computed = |of: &AxisOf| self.graph.node(of.node).op.origin().is_none();
        let names_last = is_computed(right).then(|| partner(right.node, left.node)).flatten();
        names_last.or_else(|| is_computed(left).then(|| partner(left.node, right.node)).flatten())
    }

    /// What to type where a matrix is given whose columns are the tokens of a text, and where the weights are given that
    /// would meet it the wrong way round then.
    pub(in crate::lesson::check) fn to_make_tokens_rows(
        &self,
        node: NodeId,
        beside: &AxisOf,
    ) -> Localised<String> {
        let Localised { en, zh } = self.turned(node);
        let (vectors, other) = (&self.graph.node(node).shape.rows, self.graph.node(beside.node));
        let is_turned = beside.node != node
            && beside.side == Side::Rows
            && matches!(other.op.origin(), Some(Origin::Written | Origin::Random { .. }))
            && !other.shape.rows.agrees_with(vectors)
            && other.shape.columns.agrees_with(vectors);
        if is_turned {
            let Localised { en: weights, zh: weights_zh } = self.turned(beside.node);
            let name = &other.name;
            return both!(
                "tokens must be the rows: {en}; `{name}` is turned as well: {weights}",
                "一个词元应占一行：{zh}；`{name}` 的行列也写反了：{weights_zh}"
            );
        }
        both!("tokens must be the rows: {en}", "一个词元应占一行：{zh}")
    }

    /// A written matrix whose columns, and not its rows, are the tokens of a text.
    pub(in crate::lesson::check) fn has_tokens_across(&self, of: &AxisOf) -> Option<NodeId> {
        let node = self.graph.node(of.node);
        let is_text = |side: Side| {
            let name = node.shape.axis(side).name();
            name.is_some_and(|name| self.is_text(name))
        };
        let written = node.op.origin() == Some(Origin::Written);
        (written && is_text(Side::Columns) && !is_text(Side::Rows)).then_some(of.node)
    }

    /// What to type where a matrix is given, so that its rows are its columns.
    pub(in crate::lesson::check) fn turned(&self, id: NodeId) -> Localised<String> {
        /// A longer matrix is not written out.
        const LONGEST: usize = 120;
        let Node { name, shape, .. } = self.graph.node(id);
        let definition = self.item(name).map(|(_, definition)| definition);
        let kinds = ["random", "given", "load"];
        let found = definition.and_then(|it| kinds.into_iter().find_map(|kind| Some((kind, it.get(kind)?))));
        let Some((kind, given)) = found else {
            return both!("exchange the rows and columns of `{name}`", "请对调 `{name}` 的行与列");
        };
        let named = |side: Side, from: Side| Some((field(side), shape.axis(from).name()?.to_owned()));
        let sized = |side: Side, from: Side| {
            (field(side), crate::lesson::check::numbers::grid::called(shape.axis(from)))
        };
        let across = [(Side::Rows, Side::Columns), (Side::Columns, Side::Rows)];
        if kind == "random" {
            return to_write(self.source, given, &across.map(|(side, from)| sized(side, from)), None);
        }
        let layout = if self.given_by_columns.contains(&id) { "rows" } else { "columns" };
        if given.as_map().is_some() {
            let mut fields: Vec<Field> =
                across.iter().filter_map(|(side, from)| named(*side, *from)).collect();
            fields.push(("layout", layout.to_owned()));
            return to_write(self.source, given, &fields, None);
        }
        let Some(rows) = given.as_list() else {
            let file = self.source.slice(given.span);
            return self.to_define(name, &format!("{{load: {{file: {file}, layout: {layout}}}}}"));
        };
        let rows: Vec<&str> = rows.iter().map(|row| self.source.slice(row.span)).collect();
        let rows = Some(rows.join(", ")).filter(|rows| rows.len() <= LONGEST);
        let values = rows.unwrap_or_else(|| "[…]".to_owned());
        self.to_define(name, &format!("{{given: {{layout: {layout}, values: [{values}]}}}}"))
    }
}
