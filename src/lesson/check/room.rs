//! How large a lesson may be, asked before any memory is taken.

use std::sync::Arc;

use super::Checker;
use crate::both;
use crate::diagnostic::{Code, Span};
use crate::graph::{self, Axis, BUDGET, NodeId, Op};
use crate::language::Localised;

/// The most entries that an axis may have.
pub(super) const LONGEST_AXIS: usize = 4096;

/// The most characters that a token or feature may have; longer ones would leave no room for numbers.
const LONGEST_LABEL: usize = 100;

/// The most numbers that a lesson may give, most of which may be 0 by being left out.
const MOST_GIVEN: usize = 4_000_000;

/// The most numbers that a lesson may keep in memory: half a gigabyte.
const MOST_KEPT: usize = 64_000_000;

/// The most numbers that a lesson may have in memory at once while it is evaluated.
const MOST_AT_ONCE: usize = 80_000_000;

/// The most multiplications that the evaluation of a lesson may take: some ten seconds.
const MOST_STEPS: u64 = 400_000_000_000;

/// The most matrices that a lesson may have, those of heads and texts counted one by one.
const MOST_MATRICES: usize = 10_000;

/// Whether a lesson is within its bounds. One that is not is never evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Enough,
    None,
}

impl Checker<'_> {
    /// Whether an axis may have so many entries; reports if not.
    pub(super) fn fits(&mut self, size: usize, span: Span) -> bool {
        if (1..=LONGEST_AXIS).contains(&size) {
            return true;
        }
        if size == 0 {
            self.report(
                Code::Empty,
                span,
                both!("a size cannot be 0", "大小不能是 0"),
                both!("write a number from 1 up, such as 4", "请写不小于 1 的数，例如 4"),
            );
        } else {
            self.report(
                Code::TooLarge,
                span,
                both!("a size of {size} is more than a lesson can have", "{size} 太大，超出了课程的上限"),
                both!(
                    "write a number up to {LONGEST_AXIS}, such as 8",
                    "请改成不超过 {LONGEST_AXIS} 的数，例如 8"
                ),
            );
        }
        false
    }

    /// Reports the name of a token or feature that would fill the screen.
    pub(super) fn is_short(&mut self, label: &str, span: Span) {
        let length = label.chars().count();
        if length > LONGEST_LABEL && !self.has_enough_findings() {
            self.report(
                Code::TooLarge,
                span,
                both!(
                    "this name has {length} characters, and {LONGEST_LABEL} is the most that the screen can show",
                    "这个名字有 {length} 个字符，而屏幕上最多显示 {LONGEST_LABEL} 个"
                ),
                both!(
                    "make it shorter; if it is several words, put spaces between them",
                    "请写短一些；如果是好几个词，请用空格分开"
                ),
            );
        }
    }

    /// Whether matrices side by side are no wider than an axis may be; asked before their labels are copied.
    pub(super) fn fits_side_by_side(&mut self, parts: &[NodeId], span: Span) -> Option<()> {
        let width = parts.iter().map(|part| self.graph.node(*part).shape.columns.size()).sum();
        self.fits(width, span).then_some(())
    }

    /// Notes where a node is defined and what it takes; reports if that is too much, after which nothing is computed.
    pub(super) fn count(&mut self, node: NodeId, span: Span) -> Option<()> {
        self.places.insert(node, span);
        if self.room == Room::None {
            return None;
        }
        self.estimate.add(&self.graph, node);
        let (rows, columns) = self.graph.node(node).shape.size();
        let name = self.graph.node(node).name.clone();
        if matches!(self.graph.node(node).op, Op::Given(_)) {
            self.has_room((rows, columns), span)?;
            self.given += rows * columns;
        }
        if self.estimate.steps() > MOST_STEPS {
            // Each language has its own word for so many.
            let (billions, hundred_millions) = (MOST_STEPS / 1_000_000_000, MOST_STEPS / 100_000_000);
            return self.no_room(
                span,
                both!(
                    "with `{name}` ({rows}×{columns}) the lesson takes too long to compute: more than {billions} billion multiplications",
                    "加上 `{name}`（{rows}×{columns}），课程要算得太久：计算量超过了 {hundred_millions} 亿次乘法的上限"
                ),
                self.less(node, self.smaller((rows, columns))),
            );
        }
        if self.graph.len() > MOST_MATRICES {
            return self.no_room(
                span,
                both!(
                    "the lesson has more than {MOST_MATRICES} matrices, counting all those that are made on the way",
                    "课程中的矩阵超过了 {MOST_MATRICES} 个（中间得出的也计算在内）"
                ),
                self.less(node, self.fewer_matrices()),
            );
        }
        if self.estimate.stored(BUDGET) <= MOST_KEPT {
            return Some(());
        }
        let Localised { en, zh } = millions(MOST_KEPT);
        self.no_room(
            span,
            both!(
                "with `{name}` ({rows}×{columns}) the lesson has more than {en} numbers in all",
                "加上 `{name}`（{rows}×{columns}），课程中的数总共超过了 {zh}个的上限"
            ),
            self.less(node, self.smaller((rows, columns))),
        )
    }

    /// What to do about a node that is too much: what a text takes that is written token by token, a shorter one saves.
    fn less(&self, node: NodeId, otherwise: Localised<String>) -> Localised<String> {
        if self.graph.node(node).replays.is_none() {
            return otherwise;
        }
        // The rounds before the one that has no room are those that have.
        let round =
            self.graph.node(node).name.split('.').nth(1).and_then(|round| round.parse::<usize>().ok());
        match round.and_then(|round| round.checked_sub(1)).filter(|most| *most > 0) {
            Some(most) => both!(
                "each token that `generate` adds computes the whole model again: write `at_most: {most}` or less",
                "`generate` 每添加一个词元，都要重新计算整个模型：请写 `at_most: {most}` 或更小的数"
            ),
            None => both!(
                "each token that `generate` adds computes the whole model again: use fewer heads or layers",
                "`generate` 每添加一个词元，都要重新计算整个模型：请减少头数或层数"
            ),
        }
    }

    /// What to do about too many matrices: what makes most of them becomes smaller.
    fn fewer_matrices(&self) -> Localised<String> {
        let steps = self.graph.nodes().filter(|(_, node)| matches!(node.op, Op::Recur(_)));
        if steps.count() * 2 < MOST_MATRICES {
            return both!(
                "use fewer or shorter texts, or fewer heads",
                "请减少文本的数量或长度，或减少注意力头的数量"
            );
        }
        let lengths = self.axes.iter().filter(|(name, _)| !self.is_text(name)).map(|(_, axis)| axis.size());
        let Localised { en, zh } = self.smaller((0, lengths.max().unwrap_or_default()));
        both!(
            "a `recurrence` makes matrices for each row that it reads: {en}",
            "`recurrence` 每读一行都要得出几个矩阵：{zh}"
        )
    }

    /// The same for every node from this place in the order on.
    pub(super) fn count_since(&mut self, before: usize, span: Span) -> Option<()> {
        let added: Vec<NodeId> = self.graph.nodes().skip(before).map(|(id, _)| id).collect();
        added.into_iter().try_for_each(|id| self.count(id, span))
    }

    /// Whether a matrix of `(rows, columns)` that the lesson gives still fits into a lesson; asked before its
    /// numbers are read, and reported if not.
    pub(super) fn has_room(&mut self, (rows, columns): (usize, usize), span: Span) -> Option<()> {
        if self.room == Room::None {
            return None;
        }
        if self.given + rows * columns <= MOST_GIVEN {
            return Some(());
        }
        let Localised { en, zh } = millions(MOST_GIVEN);
        self.no_room(
            span,
            both!(
                "these {rows}×{columns} numbers, with those of the given and made matrices above, are more than {en}",
                "加上这 {rows}×{columns} 个数，给出和生成的矩阵一共超过了 {zh}个数的上限"
            ),
            self.smaller((rows, columns)),
        )
    }

    /// Asks before the evaluation whether all that is in memory at once has room there; reports if not.
    pub(super) fn fits_at_once(&mut self) {
        if self.room == Room::None {
            return;
        }
        let (numbers, Some(at)) = graph::peak(&self.graph, BUDGET) else { return };
        if numbers <= MOST_AT_ONCE {
            return;
        }
        let (rows, columns) = self.graph.node(at).shape.size();
        let name = &self.graph.node(at).name;
        let Localised { en, zh } = millions(MOST_AT_ONCE);
        let message = both!(
            "to compute `{name}` ({rows}×{columns}) more than {en} numbers are needed at once",
            "计算 `{name}`（{rows}×{columns}）时，同时要用到的数超过了 {zh}个的上限"
        );
        let span = self.places.get(&at).copied().unwrap_or_default();
        self.no_room(span, message, self.smaller((rows, columns)));
    }

    /// Which size to make smaller where so many rows and columns are too much: the larger of the two.
    pub(super) fn smaller(&self, (rows, columns): (usize, usize)) -> Localised<String> {
        let large = rows.max(columns);
        let is_meant = |(name, axis): &(&String, &Arc<Axis>)| axis.size() == large && !self.is_text(name);
        match self.axes.iter().find(is_meant) {
            Some((name, _)) => both!(
                "in `axes` write a smaller number for `{name}`, such as 8; a lesson shows small numbers best",
                "请在 `axes` 中把 `{name}` 改小，例如 8；小矩阵更适合讲解"
            ),
            None => {
                both!(
                    "use smaller sizes; a lesson shows small numbers best",
                    "请把大小改小一些；小矩阵更适合讲解"
                )
            }
        }
    }

    /// Reports the first thing that is too large, after which nothing is computed.
    pub(super) fn no_room(
        &mut self,
        span: Span,
        message: Localised<String>,
        hint: Localised<String>,
    ) -> Option<()> {
        self.room = Room::None;
        self.report(Code::TooLarge, span, message, hint);
        None
    }
}

/// A large number as it is said: `4 million`, `400 万`.
fn millions(number: usize) -> Localised<String> {
    let (millions, ten_thousands) = (number / 1_000_000, number / 10_000);
    both!("{millions} million", "{ten_thousands} 万")
}
